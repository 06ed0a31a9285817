"""Steps asked otherwise than by their value: formulas first, smaller questions, remarks on right numbers."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.effort import examples
from tests.strategies import networks
from tui_backprop import course
from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.ids import parse_id
from tui_backprop.derivation.naming import names_for
from tui_backprop.maths import equivalence
from tui_backprop.maths.expression import symbols
from tui_backprop.network.model import Network, Sample
from tui_backprop.tutor.asking import has_formula, judge_formula, part_entered, part_of, say_formula
from tui_backprop.tutor.plan import nearest_first
from tui_backprop.tutor.quiz import Quiz


def at(step: str, *, name: str = "exercise-2", formulas: bool = False) -> Quiz:
    """A quiz with everything shown up to this step."""
    quiz = Quiz(course.load(name), formulas=formulas)
    while quiz.question is not None and quiz.question.id != step:
        quiz.reveal()
    return quiz


MAZUR = Network(
    layers=(("i1", "i2"), ("h1", "h2"), ("o1", "o2")), activations=("sigmoid", "sigmoid"), cost="half_squared_error",
    learning_rate=0.5, weights=(((0.15, 0.25), (0.20, 0.30)), ((0.40, 0.50), (0.45, 0.55))),
    biases=((0.35, 0.35), (0.60, 0.60)), samples=(Sample((0.05, 0.10), (0.01, 0.99)),), train_biases=False,
)


def test_the_formula_comes_before_the_value() -> None:
    quiz = at("dC/da 2:k", formulas=True)
    asked = [quiz.asked]
    assert quiz.answer("2(a_k - y)").right
    assert [*asked, quiz.asked] == ["formula", "value"]
    assert quiz.answer("-1.205").accepted


@pytest.mark.parametrize("text", ["2ak-2y", "2*(a_k-y)", "-2(y-ak)", "2(aₖ − y)", "dC/dak = 2(ak - y)", "x=2ak-2y"])
def test_a_formula_may_be_written_in_many_ways(text: str) -> None:
    assert at("dC/da 2:k", formulas=True).answer(text).right


@pytest.mark.parametrize(("text", "code"), [("a_k-y", "factor_two"), ("2(y-a_k)", "sign")])
def test_a_wrong_formula_is_told_which_slip_it_is(text: str, code: str) -> None:
    feedback = at("dC/da 2:k", formulas=True).answer(text)
    assert feedback.verdict == "different"
    assert code in feedback.mistakes


def test_a_number_is_not_taken_for_a_formula_and_costs_nothing() -> None:
    quiz = at("dC/da 2:k", formulas=True)
    assert quiz.answer("-1.205").verdict == "invalid"
    assert quiz.entry("dC/da 2:k").attempts == 0


def test_what_cannot_be_read_is_pointed_at_and_the_likely_name_offered() -> None:
    feedback = at("dC/da 2:k", formulas=True).answer("2(a_m - y)")
    assert feedback.verdict == "invalid"
    assert feedback.end > feedback.start


def test_a_formula_found_once_is_not_asked_again() -> None:
    quiz = at("dC/da 2:k", formulas=True)
    quiz.answer("2(ak-y)")
    assert [quiz.asked, quiz.answer("-1.205").accepted] == ["value", True]
    asked = set()
    while quiz.question is not None:
        asked.add((quiz.question.id, quiz.asked))
        quiz.reveal()
    assert ("dC/da 2:k", "formula") not in asked


@examples(8)
@given(networks(most_layers=4, most_units=2))
def test_every_formula_that_is_asked_is_accepted_as_it_is_written(network: Network) -> None:
    derivation = Derivation(network)
    everything = [*derivation.graph.givens(), *derivation.order]
    names_near: dict[int | None, dict[str, str]] = {}
    for quantity in derivation.order[:60]:
        if has_formula(derivation, quantity):
            right, sample = derivation.formula(quantity), parse_id(quantity).sample
            assert right is not None
            if sample not in names_near:  # they are the same for all of a sample
                names_near[sample] = names_for(derivation.naming, nearest_first(derivation, quantity, everything))
            assert judge_formula(derivation, quantity, say_formula(derivation, right), names_near[sample]).right


def test_the_same_slip_twice_brings_a_smaller_question_and_no_answer() -> None:
    quiz = at("dC/da 2:k")
    for _ in range(2):
        assert not quiz.answer("1.205").accepted
    asked = [quiz.asked]
    assert quiz.part is not None
    assert say_formula(quiz.derivation, quiz.part) == "aₖ − y"
    part = quiz.answer("-0.603")
    assert part.right
    assert not part.accepted
    assert [*asked, quiz.asked] == ["part", "value"]
    assert quiz.answer("-1.205").accepted


def test_a_part_shown_instead_leads_back_to_the_whole_step_which_is_still_asked() -> None:
    quiz = at("dC/da 2:k")
    for _ in range(2):
        quiz.answer("1.205")
    assert quiz.asked == "part"
    assert quiz.reveal() == "aₖ − y = −0.6027. Now the whole step again."
    assert (quiz.here, quiz.asked, quiz.entry("dC/da 2:k").status) == ("dC/da 2:k", "value", "open")


def test_a_formula_that_cannot_be_told_from_the_right_one_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(equivalence, "equivalent", lambda *_: "undecided")
    feedback = at("dC/da 2:k", formulas=True).answer("2(a_k - y) + 0")
    assert (feedback.verdict, feedback.right, feedback.mistakes) == ("undecided", False, ())


def test_a_formula_that_is_no_known_slip_is_told_so() -> None:
    feedback = at("dC/da 2:k", formulas=True).answer("7 a_k + y^3")
    assert (feedback.verdict, feedback.mistakes) == ("different", ())


def test_different_slips_bring_no_smaller_question() -> None:
    quiz = at("dC/da 2:k")
    quiz.answer("-0.603")
    quiz.answer("1.205")
    assert quiz.asked == "value"


def test_the_whole_step_may_be_answered_while_a_part_is_asked() -> None:
    quiz = at("dC/da 2:k")
    quiz.answer("1.205")
    quiz.answer("1.205")
    assert quiz.answer("-1.2").verdict == "too_coarse"  # of the whole step, not a wrong part
    assert quiz.answer("-1.205").accepted
    assert quiz.asked == "value"


def test_who_entered_just_the_part_twice_is_asked_what_the_formula_makes_of_it() -> None:
    quiz = at("dC/da 2:k")
    quiz.answer("-0.603")
    quiz.answer("-0.603")
    assert quiz.asked == "value"
    assert quiz.request == "You have aₖ − y = −0.6027. Now the whole: what is 2(aₖ − y)?"
    assert quiz.answer("-1.205").accepted
    assert quiz.request == ""


@examples(25)
@given(networks())
def test_a_part_is_never_the_whole_step(network: Network) -> None:
    derivation = Derivation(network)
    for quantity in derivation.order[:60]:
        part, whole = part_of(derivation, quantity), derivation.step(quantity).evaluated
        assert part is None or part != whole


def test_mazurs_printed_cost_is_right_and_draws_its_remark() -> None:
    quiz = Quiz(Exercise("mazur", "Mazur", MAZUR))
    while quiz.question is not None and quiz.question.id != "C'":
        quiz.reveal()
    feedback = quiz.answer("0.291027924")
    assert feedback.accepted
    assert "All gradients use the old weights" in feedback.message
    assert not feedback.mistakes


@pytest.mark.parametrize("text", ["0.2910277737", "0.291", "0.29103"])
def test_a_right_number_draws_no_remark(text: str) -> None:
    quiz = Quiz(Exercise("mazur", "Mazur", MAZUR))
    while quiz.question is not None and quiz.question.id != "C'":
        quiz.reveal()
    assert "slip" not in quiz.answer(text).message


def test_a_part_after_the_update_is_told_where_its_numbers_come_from() -> None:
    quiz = at("C'")
    quiz.answer("0.444")
    quiz.answer("0.555")
    assert quiz.request == "A smaller step first: what is w′ᵢⱼ · aᵢ?"
    assert quiz.hint() == "With the numbers: w′ᵢⱼ · aᵢ = 0.9157 · 0.7. Press ! to see the value."
    assert quiz.answer("0.641").right
    assert quiz.answer("0.281").accepted


def test_a_smaller_step_is_made_of_numbers_at_hand() -> None:
    for entry in course.exercises():
        derivation = course.load(entry.name).derive()
        for quantity in derivation.order[:90]:
            part = part_of(derivation, quantity)
            at_hand = derivation.inputs_at_hand(quantity)
            assert part is None or not at_hand or set(symbols(part)) <= set(at_hand)


def test_what_was_entered_before_is_not_asked_as_a_smaller_step() -> None:
    quiz = at("C")
    quiz.answer("-0.603")  # the difference without its square
    quiz.answer("0.603")
    quiz.answer("0.603")
    assert quiz.asked == "value"
    assert quiz.request == "You have aₖ − y = −0.6027. Now the whole: what is (aₖ − y)²?"


def test_four_wrong_answers_bring_a_smaller_step_whatever_they_were() -> None:
    quiz = at("dC/da 2:k")
    for text in ("-0.603", "1.205", "-0.603", "1.205"):
        assert quiz.request == ""
        quiz.answer(text)
    assert quiz.request == "You have aₖ − y = −0.6027. Now the whole: what is 2(aₖ − y)?"


def test_no_smaller_step_into_what_is_multiplied_by_0() -> None:
    derivation = course.load("softmax-2-3-2").derive()
    costs = [quantity for quantity in derivation.order if derivation.graph.kind(quantity) == "cost"]
    assert part_of(derivation, costs[0]) is None


def test_where_no_part_is_smaller_the_formula_is_told_and_the_same_number_again_costs_nothing() -> None:
    quiz = Quiz(course.load("exercise-1"))
    assert "Here:" not in quiz.answer("0.31").message
    assert quiz.answer("0.33").message.endswith("Here: zₖ = wⱼₖ · aⱼ.")
    assert not quiz.answer("0.35").repeated
    assert quiz.answer("0.350").repeated
    assert quiz.entry("z 1:k").attempts == 3


@pytest.mark.parametrize("call", ["idk", "No idea?", "I don’t know how", "help me please"])
def test_a_call_for_help_in_words_is_a_hint_and_no_answer(call: str) -> None:
    quiz = Quiz(course.load("exercise-1"))
    assert quiz.answer(call).message == "Multiply each incoming activation by its weight, and add it all up."
    assert quiz.entry("z 1:k").attempts == 0


def test_a_cost_to_which_a_thousand_paths_lead_is_not_written_out() -> None:
    layers = tuple((f"u{layer}", f"v{layer}") for layer in range(11))
    network = Network(layers, ("sigmoid",) * 10, "half_squared_error", 0.5, (((0.1, 0.2), (0.3, 0.4)),) * 10, None,
                      (Sample((0.5, 0.6), (0.1, 0.2)),))
    derivation = Derivation(network)
    assert part_entered(derivation, "C'", lambda part: pytest.fail(f"this part was tried: {part}")) is None
