"""What is said in words names the symbols of the notation in use, and of no other."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from tests.effort import examples
from tests.strategies import networks
from tui_backprop import course
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.notation import NOTATIONS, Notation
from tui_backprop.network.model import Network, Sample
from tui_backprop.tutor.mistakes.diagnosis import put_names, workings_of
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.tutor.wording import words_for

STRANGE = Notation("strange", "Strange", "no author", "", activation="Act", pre_activation="Pre", weight="Wt",
                   bias="Bi", target="Tar", cost="Cost", rate="Rate", delta="Del", units="network", layers="never")
"""Letters that no sentence has by chance."""
COURSE_LETTER = re.compile(r"(?<![A-Za-z₀-₉ᵢⱼₖ])(?:[zwyrCδ](?![A-Za-z’'])|a(?=\(|²|[₀-₉ᵢⱼₖ_]| [−+/·=] ))")


@examples(25)
@given(networks(most_layers=3, most_units=2, most_samples=2))
def test_no_sentence_has_the_courses_letters_in_another_notation(network: Network) -> None:
    for detail in ("full", "delta", "merged"):
        derivation = Derivation(network, detail, STRANGE)
        workings = workings_of(derivation)
        for quantity in derivation.order:
            words = words_for(derivation, quantity)
            said = [words.title, words.goal, words.rule]
            said += [put_names(derivation, slip.say) for slip in workings.slips(quantity).values()]
            for sentence in said:
                assert not COURSE_LETTER.search(sentence), sentence
                assert "{" not in sentence, sentence


def test_a_units_name_with_an_underscore_is_put_into_rules_as_it_is() -> None:
    """Its symbol has braces, a_{A_}, which no later sentence may take for a place to fill in."""
    network = Network((("A",), ("A_",)), ("softmax",), "cross_entropy", 0.01, (((0.5,),),), None,
                      (Sample((0.5,), (1.0,)),))
    assert words_for(Derivation(network, "full"), "dC/da 1:A_").rule.endswith("The slope of ln a_{A_} is 1/a_{A_}; "
                                                                              "the minus stays.")


def test_the_check_sees_a_letter() -> None:
    for sentence in ("it is a(1 − a)", "while z is above 0", "Which way does C change?", "a − y", "the unit's δ"):
        assert COURSE_LETTER.search(sentence)
    assert not COURSE_LETTER.search("Put a weighted sum into a unit's activation function.")


@pytest.mark.parametrize(("key", "rule"), [
    ("hand-out", "The sigmoid's slope is aₒ₁(1 − aₒ₁), with the activation you already have."),
    ("mazur", "The sigmoid's slope is outₒ₁(1 − outₒ₁), with the activation you already have."),
    ("nielsen", "The sigmoid's slope is a³₁(1 − a³₁), with the activation you already have."),
    ("russell-norvig", "The sigmoid's slope is ŷ₅(1 − ŷ₅), with the activation you already have."),
])
def test_a_hint_names_the_units_own_symbol(key: str, rule: str) -> None:
    quiz = Quiz(course.load("mazur"), notation=NOTATIONS[key])
    assert quiz.explainer.hints("da/dz 2:o1")[1] == rule


@pytest.mark.parametrize(("key", "answer", "said"), [
    ("hand-out", "0.5*(ao1-yo1)", "That is (aₒ₁ − yₒ₁)/2."),
    ("mazur", "0.5*(out_o1-target_o1)", "That is (outₒ₁ − targetₒ₁)/2."),
    ("goodfellow", "0.5*(ŷ_1-y_1)", "That is (ŷ₁ − y₁)/2."),
    ("3blue1brown", "0.5(a0^(L) - y0)", "That is (a₀⁽ᴸ⁾ − y₀)/2."),
])
def test_an_answer_is_read_and_its_mistake_told_in_the_notation(key: str, answer: str, said: str) -> None:
    quiz = Quiz(course.load("mazur"), notation=NOTATIONS[key])
    while quiz.plan[quiz.position] != "dC/da 2:o1":
        quiz.reveal()
    feedback = quiz.answer(answer)
    assert feedback.verdict == "wrong"
    assert said in feedback.message
