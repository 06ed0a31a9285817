"""Which mistake a wrong number is. Every wrong number here is worked out by plain arithmetic, never by the tutor."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from math import exp, log, tanh

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import examples, rounds
from tests.soak_mistakes import soak
from tests.strategies import circuits, networks
from tui_backprop import course
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.formulas import Detail
from tui_backprop.network.model import Circuit, Network, Sample
from tui_backprop.tutor.display import rule_for
from tui_backprop.tutor.mistakes.diagnosis import Diagnosis, diagnose, sentence
from tui_backprop.tutor.mistakes.known import MISTAKES
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.tutor.rules import Rule
from tui_backprop.tutor.sheets import mark

RAW_ID = re.compile(r"\d:\w|->")
"""Part of a quantity's id: what no learner should read."""
Case = tuple[str, float, str]
"""A quantity, what is entered for it, and the mistake that this is."""


def sigmoid(z: float) -> float:
    return 1 / (1 + exp(-z))


@cache
def derivation_of(name: str, detail: Detail) -> Derivation:
    return Derivation(course.load(name).task, detail)


def codes(derivation: Derivation, quantity: str, value: float) -> list[str]:
    rule = rule_for(derivation, quantity)
    return [diagnosis.code for diagnosis in diagnose(derivation, quantity, value, rule)]


# Exercise 2: a_i = 0.7, w_ij = 0.86, w_jk = 0.66, y = 1, r = 0.1, every unit an active ReLU, C = (a − y)².
A_J = 0.7 * 0.86
A_K = A_J * 0.66
SLOPE = 2 * (A_K - 1)
G_JK, G_IJ = A_J * SLOPE, 0.7 * 0.66 * SLOPE
EXERCISE_2: list[Case] = [
    ("a 2:k", 0.7 * 0.66, "wrong_layer"),
    ("a 2:k", 0.86 * A_J, "wrong_layer"),
    ("a 2:k", A_J + 0.66, "added_factors"),
    ("C", A_K - 1, "square_missing"),
    ("C", 1 - A_K, "square_missing"),
    ("C'", (A_K - 1) ** 2, "not_updated"),
    ("C'", (A_J * (0.66 - 0.1 * A_J * 2 * (A_K - 1)) - 1) ** 2, "not_updated"),
    ("C'", (0.7 * (0.86 - 0.07 * 0.66 * 2 * (A_K - 1)) * 0.66 - 1) ** 2, "not_updated"),
    ("dC/da 2:k", 1 - A_K, "factor_two"),
    ("dC/da 2:k", 1 - A_K, "sign"),
    ("dC/dw 1:i->j", 0.7 * SLOPE, "weight_factor_missing"),
    ("dC/dw 1:i->j", 0.7 * 0.66, "factor_missing"),
    ("dC/dw 1:i->j", 2 * 0.66 * (0.86 * 0.66 - 1), "input_factor_missing"),
    ("w' 2:j->k", 0.66, "not_updated"),
    ("dC/da 2:k", A_K - 1, "factor_two"),
    ("dC/da 2:k", 2 * (1 - A_K), "sign"),
    ("dC/da 2:k", (A_K - 1) ** 2, "cost_for_derivative"),
    ("C", (A_K - 1) ** 2 / 2, "factor_two"),
    ("da/dw 2:j->k", 0.66, "operand_swapped"),
    ("da/dw 2:j->k", 0.7, "wrong_layer"),
    ("da/dw 2:j->k", 0.0, "relu_gate_ignored"),
    ("da/da 2:j->k", A_J, "operand_swapped"),
    ("da/da 2:j->k", 0.66 - 0.1 * G_JK, "updated_weight"),
    ("dC/dw 2:j->k", SLOPE, "input_factor_missing"),
    ("dC/dw 2:j->k", A_J + SLOPE, "added_factors"),
    ("dC/dw 2:j->k", G_JK / 2, "factor_two"),
    ("dC/dw 2:j->k", 0.66 * SLOPE, "operand_swapped"),
    ("dC/dw 2:j->k", 0.7 * SLOPE, "wrong_layer"),
    ("dC/dw 1:i->j", 0.7 * (0.66 - 0.1 * G_JK) * SLOPE, "updated_weight"),
    ("dC/dw 1:i->j", 0.7 * 0.66 * (A_K - 1), "factor_two"),
    ("w' 2:j->k", 0.66 + 0.1 * G_JK, "ascent"),
    ("w' 2:j->k", 0.66 + 0.1 * G_JK, "sign"),
    ("w' 2:j->k", 0.66 - G_JK, "learning_rate_missing"),
    ("w' 2:j->k", 0.66 - 0.01 * G_JK, "learning_rate_twice"),
    ("w' 2:j->k", -0.1 * G_JK, "step_only"),
    ("w' 2:j->k", 0.86 - 0.1 * G_JK, "wrong_base"),
    ("w' 2:j->k", 0.66 - 0.1 * G_IJ, "wrong_layer"),
    ("w' 1:i->j", 0.86 - 0.1 * 0.7 * (0.66 - 0.1 * G_JK) * SLOPE, "updated_weight"),
]

# Mazur: 2-2-2, sigmoid, C = Σ ½(a − y)².
Z_H1, Z_H2 = 0.15 * 0.05 + 0.2 * 0.1 + 0.35, 0.25 * 0.05 + 0.3 * 0.1 + 0.35
H1, H2 = sigmoid(Z_H1), sigmoid(Z_H2)
Z_O1, Z_O2 = 0.4 * H1 + 0.45 * H2 + 0.6, 0.5 * H1 + 0.55 * H2 + 0.6
O1, O2 = sigmoid(Z_O1), sigmoid(Z_O2)
E1, E2 = O1 - 0.01, O2 - 0.99
D1, D2 = E1 * O1 * (1 - O1), E2 * O2 * (1 - O2)
MAZUR: list[Case] = [
    ("z 1:h1", Z_H1 - 0.35, "bias_missing"),
    ("z 1:h1", 0.15 * 0.05 + 0.35, "one_input_missing"),
    ("z 1:h1", 0.15 * 0.05 + 0.25 * 0.1 + 0.35, "transposed"),
    ("z 1:h1", H1, "pre_activation_for_activation"),
    ("z 2:o1", 0.4 * Z_H1 + 0.45 * Z_H2 + 0.6, "activation_missing"),
    ("z 2:o1", 0.4 * 0.05 + 0.45 * 0.1 + 0.6, "wrong_layer"),
    ("z 2:o1", 0.4 + H1 + 0.45 + H2 + 0.6, "added_factors"),
    ("a 1:h1", tanh(Z_H1), "other_activation"),
    ("a 1:h1", Z_H1, "pre_activation_for_activation"),
    ("a 1:h1", H2, "wrong_layer"),
    ("a 1:h1", sigmoid(Z_H1 - 0.35), "bias_missing"),
    ("a 2:o1", sigmoid(0.45 * H2 + 0.6), "one_input_missing"),
    ("C", E1 ** 2 + E2 ** 2, "factor_two"),
    ("C 2:o1", E1 / 2, "half_without_square"),
    ("C", E1 ** 2 / 2, "one_input_missing"),
    ("C 2:o1", E1, "square_missing"),
    ("C 2:o1", -E1, "square_missing"),
    ("dC/dw 2:h1->o1", E1, "factor_missing"),
    ("da/dz 1:h1", O1 * (1 - O1), "wrong_layer"),
    ("dC/da 2:o1", E1 / 2, "half_without_square"),
    ("dC/da 2:o1", 2 * E1, "factor_two"),
    ("da/dz 1:h1", Z_H1 * (1 - Z_H1), "derivative_at_wrong_point"),
    ("da/dz 1:h1", sigmoid(H1) * (1 - sigmoid(H1)), "derivative_at_wrong_point"),
    ("da/dz 1:h1", 1 - H1 ** 2, "derivative_of_other_function"),
    ("dz/dw 1:i1->h1", 0.15, "operand_swapped"),
    ("dz/dw 2:h1->o1", H2, "wrong_layer"),
    ("dz/da 2:h2->o1", 0.5, "transposed"),
    ("dC/da 1:h1", 0.4 * D1, "path_missing"),
    ("dC/da 1:h1", 0.4 * D1 + 0.45 * D2, "transposed"),
    ("dC/da 1:h1", 0.4 * E1 + 0.5 * E2, "activation_derivative_missing"),
    ("dC/dw 2:h1->o1", H1 * E1, "activation_derivative_missing"),
    ("dC/dw 2:h1->o1", D1, "input_factor_missing"),
    ("dC/dw 2:h1->o1", H1 + O1 * (1 - O1) + E1, "added_factors"),
    ("dC/dw 2:h1->o1", H1 * E1 * Z_O1 * (1 - Z_O1), "derivative_at_wrong_point"),
    ("dC/dw 1:i1->h1", 0.05 * H1 * (1 - H1) * ((0.4 - 0.5 * H1 * D1) * D1 + (0.5 - 0.5 * H1 * D2) * D2),
     "updated_weight"),
]

# Softmax 2-3-2 in delta detail: tanh, then δ = a − y.
A_H = [tanh(z) for z in (0.5 * 0.9 + 0.35 * 0.4 + 0.05, -0.6 * 0.9 + 0.8 * 0.4 - 0.1, 0.25 * 0.9 - 0.45 * 0.4 + 0.2)]
Z_1 = 0.7 * A_H[0] + 0.15 * A_H[1] - 0.65 * A_H[2] + 0.12
Z_2 = -0.2 * A_H[0] + 0.9 * A_H[1] + 0.55 * A_H[2] - 0.08
P_1 = exp(Z_1) / (exp(Z_1) + exp(Z_2))
SOFTMAX: list[Case] = [
    ("dC/dz 2:o1", -P_1, "sign"),
    ("dC/dz 2:o1", P_1 * P_1 * (1 - P_1), "softmax_extra_factor"),
    ("dC/dz 2:o1", -log(1 - P_1), "cost_for_derivative"),
    ("dC/db 2:o1", P_1 * A_H[0], "bias_times_input"),
    ("dC/dw 2:h1->o1", A_H[0] * P_1 * P_1 * (1 - P_1), "softmax_extra_factor"),
    ("dC/da 1:h1", 0.7 * P_1, "path_missing"),
    ("dC/dz 1:h1", 0.7 * P_1 - 0.2 * -P_1, "activation_derivative_missing"),
    ("dC/dz 1:h1", (0.7 * P_1 - 0.2 * -P_1) * A_H[0] * (1 - A_H[0]), "derivative_of_other_function"),
]

# A batch of three: a = 0.6 x + 0.2, C = (a − y)².
PAIRS = ((0.5, 0.9), (1.5, 0.7), (-0.8, 0.1))
GRADIENTS = [2 * x * (0.6 * x + 0.2 - y) for x, y in PAIRS]
BATCH: list[Case] = [
    ("dC/dw 1:i->k", sum(GRADIENTS), "sum_for_mean"),
    ("dC/dw 1:i->k", sum(GRADIENTS) / 9, "mean_twice"),
    ("dC/dw 1:i->k", sum(2 * (0.6 * x + 0.2 - y) for x, y in PAIRS) / 3, "input_factor_missing"),
    ("dC/dw 1:i->k", sum(2 * x * (0.6 * x - y) for x, y in PAIRS) / 3, "bias_missing"),
    ("C", sum((0.6 * x + 0.2 - y) ** 2 for x, y in PAIRS), "sum_for_mean"),
    ("w' 1:i->k", 0.6 - 0.1 * sum(GRADIENTS), "sum_for_mean"),
    ("b' 1:k", 0.2 - 0.1 * sum(GRADIENTS) / 3, "bias_times_input"),
]

# A unit that is off: z_n = −0.7·0.8 + 0.5·0.3 < 0, so a_n = 0.
Z_N = -0.7 * 0.8 + 0.5 * 0.3
A_M = 0.9 * 0.8 - 0.4 * 0.3
OFF_SLOPE = 2 * (0.85 * A_M - 0.2)
OFF_RELU: list[Case] = [
    ("a 1:n", Z_N, "pre_activation_for_activation"),
    ("da/dz 1:n", 1.0, "relu_gate_ignored"),
    ("da/dz 1:m", 0.0, "relu_gate_ignored"),
    ("dC/dw 1:i->n", 0.8 * 0.65 * OFF_SLOPE, "relu_gate_ignored"),
    ("dC/dw 2:n->k", Z_N * OFF_SLOPE, "pre_activation_for_activation"),
]

CASES = [
    *(("exercise-2", "merged", *case) for case in EXERCISE_2), *(("mazur", "full", *case) for case in MAZUR),
    *(("softmax-2-3-2", "delta", *case) for case in SOFTMAX), *(("batch-of-three", "full", *case) for case in BATCH),
    *(("off-relu", "full", *case) for case in OFF_RELU),
]


@pytest.mark.parametrize(("name", "detail", "quantity", "value", "code"), CASES)
def test_a_mistake_is_named(name: str, detail: Detail, quantity: str, value: float, code: str) -> None:
    assert code in codes(derivation_of(name, detail), quantity, value)


def test_every_code_has_an_example() -> None:
    assert {case[-1] for case in CASES} | {"rounded_early"} <= MISTAKES.keys()


@pytest.mark.parametrize(("quantity", "printed"), [("dC/dz 1:top", 0.002406), ("dC/dz 1:bot", 0.007916)])
def test_macleods_printed_deltas_go_back_through_updated_weights(quantity: str, printed: float) -> None:
    """The textbook's own figures for its hidden layer; the right ones are 0.002654 and 0.008172."""
    found = diagnose(derivation_of("macleod", "delta"), quantity, printed)
    assert found[0].code == "updated_weight"
    assert "old weights" in found[0].say


def test_mazurs_printed_cost_comes_of_updated_weights() -> None:
    """Right to three digits; to all nine that are printed, it is the mistake's number."""
    derivation = derivation_of("mazur", "full")
    assert diagnose(derivation, "C'", 0.291027924) == ()
    found = diagnose(derivation, "C'", 0.291027924, Rule(amount=9))
    assert [diagnosis.code for diagnosis in found] == ["updated_weight"]


def test_a_value_rounded_on_the_way_is_named() -> None:
    """Mazur's o1 from hidden activations of one digit each: 0.6 and 0.6."""
    value = sigmoid(round(0.4 * 0.6 + 0.45 * 0.6 + 0.6, 0))
    assert "rounded_early" in codes(derivation_of("mazur", "full"), "a 2:o1", value)


CIRCUIT: list[Case] = [
    # x = 2, y = 1, s = x + y = 3, t = y + 1 = 2, f = s t.
    ("df/dy", 2.0, "path_missing"), ("d[f]/ds", 3.0, "operand_swapped"), ("df/dx", -2.0, "sign"),
    ("df/dx", 3.0, "added_factors"), ("df/dx", 6.0, "cost_for_derivative"), ("s", 2.0, "one_input_missing"),
]


@pytest.mark.parametrize(("quantity", "value", "code"), CIRCUIT)
def test_a_mistake_in_a_circuit_is_named(quantity: str, value: float, code: str) -> None:
    assert code in codes(derivation_of("circuit-two-paths", "full"), quantity, value)


def test_what_is_said_is_about_the_factor_in_the_derivations_own_symbols() -> None:
    derivation = derivation_of("exercise-2", "merged")
    assert sentence(diagnose(derivation, "dC/da 2:k", A_K - 1)) \
        == "That is aₖ − y: the square brings a 2 down in front."
    said = sentence(diagnose(derivation, "w' 2:j->k", 0.66 + 0.1 * G_JK, rule_for(derivation, "w' 2:j->k")))
    assert said == "That steps the wrong way. r · ∂C/∂wⱼₖ is taken off, and its own sign counts."


def test_a_slip_of_an_earlier_step_is_told_as_such() -> None:
    """In Exercise 2 a_k = 0.462 comes of a_i taken for a_j in z_k, which no step asks for in merged detail."""
    derivation = derivation_of("exercise-2", "merged")
    assert sentence(diagnose(derivation, "a 2:k", 0.7 * 0.66)) == (
        "zₖ is 0.3973, but it looks as if 0.462 was used. That takes aᵢ for aⱼ. What arrives through wⱼₖ?")
    found = diagnose(derivation, "w' 2:j->k", 0.66 - 0.1 * G_JK / 2, rule_for(derivation, "w' 2:j->k"))
    assert sentence(found).startswith("∂C/∂aₖ is −1.205, but it looks as if −0.6027 was used. ")


def test_an_input_passed_on_is_not_told_as_a_slip_in_the_sum_that_was_right() -> None:
    found = diagnose(derivation_of("exercise-2", "merged"), "a 1:j", 0.7)
    assert sentence(found) == "That is aᵢ, which belongs to another unit."


def test_the_sources_wrong_gradient_of_exercise_1_is_recognized() -> None:
    """2w − 2 for ∂C/∂w holds for an input of 1; here it is 0.5. The new weight 0.584 follows from it."""
    derivation = derivation_of("exercise-1", "merged")
    for quantity, value in (("dC/dw 1:j->k", 2 * 0.48 - 2), ("w' 1:j->k", 0.48 + 0.1 * 1.04)):
        found = diagnose(derivation, quantity, value, rule_for(derivation, quantity))
        assert "That is what comes of aⱼ = 1." in sentence(found)


def test_several_mistakes_with_one_number_are_said_together() -> None:
    two = (Diagnosis("sign", 1.0, "The sign is turned round."), Diagnosis("wrong_layer", 1.0, "That is z."))
    assert sentence(two) == "The sign is turned round. Or else: that is z."
    far = Diagnosis("wrong_base", 1.0, "That takes the step from w.", rank=3.0)
    assert sentence((two[0], far)) == "The sign is turned round."
    assert sentence(two[:1]) == "The sign is turned round."
    assert sentence(()) == ""


def test_what_is_right_for_the_learners_own_entries_is_right() -> None:
    """0.60 for a_j is accepted; 2·(0.6·0.66 − 1) then is as right as the truth, however finely it is judged."""
    derivation = derivation_of("exercise-2", "merged")
    value, fine = 2 * (0.6 * 0.66 - 1), Rule(amount=6)
    assert diagnose(derivation, "dC/da 2:k", value, fine, {"a 1:j": 0.6}) == ()
    assert diagnose(derivation, "dC/da 2:k", value / 2, fine, {"a 1:j": 0.6})[0].code == "factor_two"


def test_a_number_that_stands_there_rightly_is_not_said_to_have_gone_in_otherwise() -> None:
    quiz = Quiz(course.load("exercise-2"))
    assert quiz.answer("0.602").accepted
    said = quiz.answer("1.229").message
    assert said == ("I read 1.229. You have zⱼ = 0.602, but this number comes from 1.229. "
                    "That divides. A weight multiplies what comes through it: wᵢⱼ · aᵢ.")


def test_what_can_have_gone_wrong_here_comes_before_what_a_known_number_denies() -> None:
    quiz = Quiz(course.load("exercise-2"))
    while quiz.question is not None and quiz.question.id != "da/dw 2:j->k":
        quiz.reveal()
    feedback = quiz.answer("0.7")
    assert feedback.mistakes[0] == "wrong_layer"
    assert feedback.message.startswith("I read 0.7. That takes aᵢ")
    assert "was used" not in feedback.message


def test_a_far_fetched_reading_that_known_numbers_deny_is_not_told() -> None:
    """A slip three formulas before a new weight that stands there rightly happens to give this cost."""
    quiz = Quiz(course.load("exercise-2"))
    while quiz.question is not None and quiz.question.id != "C'":
        quiz.reveal()
    assert quiz.answer("0.2897").message.startswith("I read 0.2897. The sign is right, but the number is ")


def test_a_minus_lost_in_a_sum_and_a_term_standing_for_it_come_before_weights_from_elsewhere() -> None:
    """Of z = 0.5·1 − 0.4·0.5 + 0.1 and z = −0.8·1 + 0.3·0.5 − 0.2, beside outgoing weights 0.9 and 0.6."""
    network = Network(
        layers=(("x1", "x2"), ("h1", "h2"), ("o",)), activations=("relu", "relu"), cost="squared_error",
        learning_rate=0.1, weights=(((0.5, -0.8), (-0.4, 0.3)), ((0.9,), (0.6,))), biases=((0.1, -0.2), (0.05,)),
        samples=(Sample((1.0, 0.5), (1.0,)),))
    derivation = Derivation(network)
    assert codes(derivation, "z 1:h2", 0.85)[0] == "sign"
    assert codes(derivation, "z 1:h1", 0.5 + 0.2 + 0.1)[0] == "sign"
    assert codes(derivation, "z 1:h1", 0.5)[0] == "one_input_missing"


def test_an_unchanged_weight_is_no_matter_of_rounding() -> None:
    """Rounded on the way to one digit, too, this small step comes to nothing."""
    network = Network(
        layers=(("i",), ("j",), ("k",)), activations=("relu", "relu"), cost="squared_error", learning_rate=0.01,
        weights=(((0.86,),), ((1.6347,),)), biases=None, samples=(Sample((0.7,), (1.0,)),))
    assert codes(Derivation(network, "merged"), "w' 2:j->k", 1.6347)[0] == "not_updated"


def test_marks_do_not_guess_at_an_answer_that_the_learner_wrote() -> None:
    marks = mark(course.load("exercise-2"), {"z 1:j": "0.602", "a 1:j": "1.229"})["marks"]
    said = next(each["feedback"] for each in marks if each["id"] == "a 1:j")
    assert "You have zⱼ = 0.602, but this number comes from 1.229." in said
    assert "was used" not in said


def test_a_large_network_is_diagnosed_by_what_is_near() -> None:
    sizes = (60, 40, 3)
    layers = tuple(tuple(f"{'xhy'[at]}{unit}" for unit in range(size)) for at, size in enumerate(sizes))
    weights = tuple(tuple(tuple(0.01 * ((7 * i + 3 * j) % 11 - 5) for j in range(after)) for i in range(before))
                    for before, after in pairwise(sizes))
    network = Network(layers, ("sigmoid", "sigmoid"), "squared_error", 0.1, weights, None,
                      (Sample(tuple(0.1 * (i % 7) for i in range(60)), (0.0, 1.0, 0.5)),))
    derivation = Derivation(network, "full")
    hidden = [sigmoid(sum(0.1 * (i % 7) * weights[0][i][j] for i in range(60))) for j in range(40)]
    output = sigmoid(sum(hidden[j] * weights[1][j][0] for j in range(40)))
    delta = 2 * output * output * (1 - output)
    assert "input_factor_missing" in codes(derivation, "dC/dw 2:h0->y0", delta)
    assert "activation_derivative_missing" in codes(derivation, "dC/dw 2:h0->y0", hidden[0] * 2 * output)


@examples(40)
@given(network=networks(most_layers=3), detail=st.sampled_from(["merged", "full", "delta"]), data=st.data(),
       digits=st.integers(3, 8))
def test_a_right_value_is_never_accused(network: Network, detail: Detail, data: st.DataObject, digits: int) -> None:
    derivation = Derivation(network, detail)
    quantity = derivation.order[data.draw(st.integers(0, len(derivation.order) - 1))]
    value, rule = derivation.values(quantity), rule_for(derivation, quantity)
    rounded = float(f"{value:.{digits - 1}e}")
    if rule.near(rounded, value):
        assert diagnose(derivation, quantity, rounded, rule) == ()
    for wrong in (-value, value / 2, value + 1, 0.0):
        found = diagnose(derivation, quantity, wrong, rule)
        assert not (found and rule.near(wrong, value))
        assert not any(RAW_ID.search(diagnosis.say) or not diagnosis.say for diagnosis in found)


@examples(30)
@given(circuits(), st.data())
def test_a_circuits_right_value_is_never_accused(circuit: Circuit, data: st.DataObject) -> None:
    derivation = Derivation(circuit, "full")
    quantity = derivation.order[data.draw(st.integers(0, len(derivation.order) - 1))]
    value = derivation.values(quantity)
    assert diagnose(derivation, quantity, value) == ()
    found = diagnose(derivation, quantity, -value)
    assert found or value == 0 or derivation.graph.kind(quantity) == "update"
    assert not any("{" in diagnosis.say for diagnosis in found)


def test_the_soak_names_nearly_all_mistakes_and_accuses_no_right_value() -> None:
    """A small part of ``python -m tests.soak_mistakes``, with the same thresholds."""
    networks = rounds(15, least=3)
    tally = soak(range(networks), range(networks // 3), seed=3)
    assert tally.entered.total() > 10 * networks
    assert tally.share(tally.named) >= 0.97, tally.missed
    assert tally.share(tally.first) >= 0.85, tally.missed
    assert tally.right == 20 * (networks + networks // 3)
    assert tally.accepted == []
    assert tally.accused == []
