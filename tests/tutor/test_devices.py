"""What is told and asked beside the values: manners of gates, wishes, reuse, signs, what matters most, rules."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.effort import examples
from tests.strategies import networks
from tui_backprop import course
from tui_backprop.course.read import exercise_from_text
from tui_backprop.derivation import Derivation
from tui_backprop.maths.precision import THREE_DIGITS
from tui_backprop.network.model import Network
from tui_backprop.tutor.asked import BESIDE
from tui_backprop.tutor.explaining import Explainer
from tui_backprop.tutor.guided import Guided
from tui_backprop.tutor.manners import manner
from tui_backprop.tutor.modes import MODES
from tui_backprop.tutor.multiplications import Multiplications, multiplications
from tui_backprop.tutor.posed import judge_posed
from tui_backprop.tutor.predictions import PREDICTIONS, reuse_said
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.tutor.rule_question import open_question, principle_of, rule_question
from tui_backprop.tutor.wishes import wish
from tui_backprop.tutor.wording import words_for

REUSED = ("All gradients took 4 multiplications on the way back, because products are kept. "
          "From scratch for each weight it would be 5. "
          "A factor right before a bracket, as in 2(a − y), counts as one.")


def derive(name: str) -> Derivation:
    return course.load(name).derive()


@pytest.mark.parametrize(("name", "step", "said"), [
    ("exercise-2", "da/dw 2:j->k", "In a product the slope for wⱼₖ is the other factor, aⱼ."),
    ("exercise-2", "da/da 2:j->k", "In a product the slope for aⱼ is the other factor, wⱼₖ."),
    ("two-paths", "dz/dw 2:3->5", "In a product the slope for w₃₅ is the other factor, a₃."),
    ("two-paths", "dC/db 2:5", "Plus passes on: b₅ is added, so its slope is 1."),
    ("off-relu", "da/dz 1:m", "A ReLU is a switch: the unit is on, so all passes."),
    ("off-relu", "da/dz 1:n", "A ReLU is a switch: the unit is off, so nothing passes."),
    ("circuit-two-gates", "d[q]/dx", "Plus passes on: x is added, so its slope is 1."),
    ("circuit-two-gates", "d[f]/dq", "In a product the slope for q is the other factor, z."),
    ("sigmoid-chain", "da/dz 1:j", ""),
    ("exercise-2", "dC/da 2:k", ""),
])
def test_a_gate_says_its_manners(name: str, step: str, said: str) -> None:
    assert manner(derive(name), step) == said


def test_max_routes_and_minus_turns() -> None:
    text = ('format = 1\ntitle = "m"\n[circuit]\ninputs = { x = 1.0, y = 2.0, z = 3.0 }\n'
            'gates = ["m = max(x, y)", "d = m - z"]\n')
    derivation = exercise_from_text(text, "m", "m.toml").derive()
    assert manner(derivation, "d[m]/dx") == "Max routes: all goes to the larger one; x is the smaller."
    assert manner(derivation, "d[m]/dy") == "Max routes: all goes to the larger one; y is the larger."
    assert "Minus passes on with the sign turned" in manner(derivation, "d[d]/dz")


def test_the_sentence_comes_after_a_right_answer() -> None:
    quiz = Quiz(course.load("exercise-2"))
    while quiz.here != "da/dw 2:j->k":
        quiz.answer(repr(quiz.derivation.values(str(quiz.here))))
    assert quiz.answer("0.602").message.endswith("= 0.602. In a product the slope for wⱼₖ is the other factor, aⱼ.")


@pytest.mark.parametrize(("name", "kept", "afresh"), [("exercise-2", 4, 5), ("exercise-3", 5, 8), ("two-paths", 9, 21)])
def test_reuse_is_counted_as_the_lessons_count_it(name: str, kept: int, afresh: int) -> None:
    assert multiplications(derive(name)) == Multiplications(kept, afresh)


def test_reuse_pays_more_with_every_layer() -> None:
    def chain(weights: int) -> Multiplications | None:
        layers = ", ".join(f'["u{n}"]' for n in range(weights + 1))
        edges = ", ".join("[[0.9]]" for _ in range(weights))
        text = ('format = 1\ntitle = "chain"\n[network]\nlayers = [' + layers + ']\nactivation = "relu"\n'
                'cost = "squared_error"\nlearning_rate = 0.1\nweights = [' + edges + ']\ndetail = "merged"\n'
                "[[samples]]\ninputs = [0.7]\ntargets = [1.0]\n")
        return multiplications(exercise_from_text(text, "chain", "chain.toml").derive())

    assert [chain(n) for n in (2, 3, 4, 10)] == [
        Multiplications(4, 5), Multiplications(6, 9), Multiplications(8, 14), Multiplications(20, 65)]


@examples(20)
@given(networks(most_layers=3, most_samples=1))
def test_reuse_never_costs_more(network: Network) -> None:
    found = multiplications(Derivation(network))
    assert found is None or 0 < found.kept < found.afresh


def test_outputs_wish_and_a_hidden_unit_hears_the_sum() -> None:
    derivation = derive("two-outputs")
    assert wish(derivation, "dC/da 2:m") == "aₘ is an output, and its slope is −1.28: it wants to go up."
    assert wish(derivation, "dC/da 2:n") == "aₙ is an output, and its slope is 0.36: it wants to go down."
    assert wish(derivation, "dC/da 1:h") == (
        "aₕ hears the sum of the wishes: −1.152 and 0.252, together −0.9. It should go up.")
    assert wish(derive("exercise-2"), "dC/da 2:k") == ""


def predicting(step: str, name: str = "exercise-2") -> Quiz:
    quiz = Quiz(course.load(name), predictions=True)
    while quiz.here != step:
        if quiz.posed is not None:
            quiz.reveal()
        else:
            assert quiz.answer(repr(quiz.derivation.values(str(quiz.here)))).accepted
    return quiz


def test_the_sign_comes_before_the_size() -> None:
    quiz = predicting("dC/dw 2:j->k")
    assert quiz.request == "The sign first: a little more wⱼₖ, and C goes …"
    assert not quiz.answer("up").right
    assert quiz.answer("-").message == "Yes: one factor is below 0, so the gradient is below 0, and C goes down."
    assert quiz.asked == "value"
    assert quiz.answer("-0.7256").accepted
    assert quiz.entry("dC/dw 2:j->k").unaided  # what is predicted is no help


def test_reuse_is_predicted_then_which_weight_matters_and_why() -> None:
    quiz = predicting("w' 2:j->k")
    answers = [quiz.answer(text) for text in ("5", "4", "a", "w_jk", "c", "b")]
    assert not any(each.accepted for each in answers)  # the step itself is still to come
    assert [(each.asked, each.right) for each in answers] == [
        ("reuse", False), ("reuse", True), ("most", False), ("most", True), ("why", False), ("why", True)]
    assert "Fewer" in answers[0].message
    assert answers[1].message == REUSED
    assert "Another one is larger" in answers[2].message
    assert "0.602 · (−1.20536)" in answers[5].message
    assert quiz.asked == "value"


def test_a_quiz_that_is_not_asked_to_predict_tells_what_reuse_saved() -> None:
    quiz, said = Quiz(course.load("exercise-2")), ""
    while quiz.here != "w' 2:j->k":
        assert quiz.posed is None
        said = quiz.answer(repr(quiz.derivation.values(str(quiz.here)))).message
    assert said.endswith(REUSED)


def test_every_prediction_is_asked_beside_the_value_and_every_mode_begins() -> None:
    assert {prediction.asked for prediction in PREDICTIONS} < BESIDE
    assert next(iter(MODES)) == "guided"


@pytest.mark.parametrize("name", ["exercise-1", "two-paths", "circuit-max", "softmax-2-3-2"])
def test_the_rule_of_a_step_stands_among_rules_of_other_steps(name: str) -> None:
    explainer = Explainer(derive(name), THREE_DIGITS)
    for step in explainer.derivation.order:
        posed = rule_question(explainer, step, explainer.derivation.order)
        if posed is not None:
            assert posed.choices[posed.right] == principle_of(explainer.derivation, step)
            assert words_for(explainer.derivation, step).rule not in posed.choices  # which was just read
            assert len(set(posed.choices)) == 3
            verdicts = [judge_posed(step, posed, letter).verdict for letter in "abc"]
            assert verdicts.count("correct") == 1


def test_no_rule_is_offered_that_the_exercise_asks_for_at_no_step() -> None:
    walk = Guided(course.load("power-rule"))
    while walk.here != "d[f]/dx":
        walk.advance()
    walk.advance()
    assert open_question(walk, "d[f]/dx") is None  # the chain rule, which ends this circuit, is a later lesson's
    assert open_question(watched("chain-rule"), "d[f]/dg") is not None


def test_a_sign_is_asked_of_the_cost_of_its_own_sample_and_read_in_words() -> None:
    walk = Quiz(course.load("batch-of-three"), predictions=True)
    while walk.here != "#1 dC/dw 1:i->k":
        walk.reveal()
    assert walk.posed is not None
    assert "and C₁ goes" in walk.posed.request
    ways = [judge_posed("", walk.posed, word).verdict for word in ("positive", "negative")]
    assert sorted(ways) == ["correct", "wrong"]


def watched(name: str) -> Guided:
    """A guided walk with every step worked or shown."""
    walk = Guided(course.load(name))
    while walk.here is not None:
        walk.advance() if not walk.asks else walk.reveal()
    return walk


def test_a_hidden_unit_says_its_wish_in_guided_mode() -> None:
    walk = Guided(course.load("two-outputs"))
    while walk.here != "dC/da 1:h":
        walk.advance() if not walk.asks else walk.reveal()
    assert "hears the sum of the wishes" in walk.advance()


def test_a_product_that_is_no_step_and_counts_once_is_named() -> None:
    assert "products are kept: ∂aₖ⁽ᴸ⁾/∂aⱼ⁽ᴸ⁻¹⁾ · ∂C/∂aₖ⁽ᴸ⁾, which several chains share, is worked out only once. " in \
        reuse_said(derive("exercise-3"))
    assert reuse_said(derive("exercise-2")) == REUSED
