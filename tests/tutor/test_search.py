"""Steps and givens are found by number, id, name or words, and among a million as fast as among ten."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import examples, some
from tests.strategies import networks
from tests.tutor.test_plan import large, seconds
from tui_backprop import course
from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.notation import NOTATIONS, Notation
from tui_backprop.network.model import Network
from tui_backprop.tutor.narrowing import Narrowing
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.tutor.search import Finder, givens_finder
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear

IDS = ("dC/dw 2:3->7", "#2 a 1:5", "w' 1:700->100", "#1 dC/da 1:5 via 2:7", "b' 1:64", "#4 C", "C'")


def finder(quiz: Quiz) -> Finder:
    return Finder(quiz.derivation, quiz.plan, quiz.derivation.order)


def found(quiz: Quiz, text: str) -> list[str]:
    return [quiz.plan[place] for place in finder(quiz).find(text)]


@pytest.mark.parametrize("notation", some(list(NOTATIONS.values())), ids=lambda notation: notation.key)
def test_among_a_million_steps_ids_and_names_of_any_notation_lead_to_the_step(notation: Notation) -> None:
    quiz = Quiz(Exercise("large", "Large", large(), ""), notation=notation)
    search = finder(quiz)
    search.find("a")
    for quantity in IDS:
        name = quiz.derivation.naming.name(quantity)
        for text in (quantity, linear(name, Glyphs.FULL), linear(name, Glyphs.ASCII)):
            assert seconds(partial(search.find, text)) < 0.5  # a tenth of that, on a machine with nothing else to do
            places = search.find(text)
            assert quiz.plan.index(quantity) in places, text
            assert len(places) <= 5


def test_a_number_leads_to_that_step_and_words_to_all_of_their_kind() -> None:
    quiz = Quiz(Exercise("large", "Large", large(), ""))
    search = finder(quiz)
    assert list(search.find("90000")) == [89_999]
    assert not search.find("0")
    assert not search.find("99999999")
    assert len(search.find("")) == quiz.total
    updates = search.find("update")
    assert len(updates) == 101_770 + 1
    assert quiz.plan[updates[0]] == "w' 2:1->1"
    assert quiz.plan[updates[90_000]].startswith("w' 1:")
    assert quiz.plan[search.find("mean gradient")[0]] == "dC/dw 2:1->1"
    assert {quiz.plan[place].split()[0] for place in search.find("path #3")[:50]} == {"#3"}
    assert not search.find("no such thing")


def test_a_narrowed_quiz_finds_only_what_it_asks() -> None:
    quiz = Quiz(Exercise("large", "Large", large(), ""), narrowing=Narrowing("w 1:5->3"))
    assert found(quiz, "w' 1:5->3") == ["w' 1:5->3"]
    assert found(quiz, "w' 1:5->4") == []
    assert found(quiz, "update") == ["w' 1:5->3"]


@pytest.mark.parametrize(("text", "expected"), [
    ("dC/dw", ["dC/dw 2:j->k", "dC/dw 1:i->j"]), ("∂C/∂wⱼₖ", ["dC/dw 2:j->k"]), ("3", ["z 2:k"]),
    ("new weight", ["w' 2:j->k", "w' 1:i->j"]), ("zzz", []),
])
def test_in_a_small_exercise_any_part_of_a_name_will_do(text: str, expected: list[str]) -> None:
    assert found(Quiz(course.load("exercise-2")), text) == expected


def test_a_circuits_steps_and_inputs_are_found_too() -> None:
    quiz = Quiz(course.load("circuit-two-gates"))
    assert found(quiz, "df/dx") == ["df/dx"]
    assert found(quiz, "d[q]/dx") == ["d[q]/dx"]
    assert list(givens_finder(quiz.derivation).find("y")) == [1]


@examples(30)
@given(networks(most_layers=3, most_units=3), st.data())
def test_every_step_is_found_by_its_id_and_by_its_name(network: Network, data: st.DataObject) -> None:
    quiz = Quiz(Exercise("drawn", "Drawn", network, ""))
    quantity = data.draw(st.sampled_from(list(quiz.plan)))
    assert quantity in found(quiz, quantity)
    name = linear(quiz.derivation.naming.name(quantity), Glyphs.FULL)
    assert quantity in found(quiz, name) or name.isdecimal()


def test_givens_are_found_among_a_hundred_thousand() -> None:
    search = givens_finder(Derivation(large()))
    quiz = Quiz(Exercise("large", "Large", large(), ""))
    assert [quiz.derivation.graph.givens()[place] for place in search.find("w700,100")] == ["w 1:700->100"]
    assert [quiz.derivation.graph.givens()[place] for place in search.find("b 2:3")] == ["b 2:3"]
    assert len(search.find("bias")) == 138
    assert [quiz.derivation.graph.givens()[place] for place in search.find("r")][-1] == "r"
