"""Kinds of mistakes with brackets, samples and half-finished formulas, each on networks drawn at random."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import exp, log

import numpy as np
import pytest

from tests.effort import rounds
from tests.tutor.test_kinds_of_mistakes import circuit, named
from tui_backprop import course
from tui_backprop.derivation import Derivation
from tui_backprop.maths.precision import THREE_DIGITS
from tui_backprop.network.model import Network, Sample
from tui_backprop.tutor.display import rule_for
from tui_backprop.tutor.judging import judge_step
from tui_backprop.tutor.mistakes.diagnosis import diagnose, sentence
from tui_backprop.tutor.numbers import read_number
from tui_backprop.tutor.quiz import Quiz

V = Callable[[str], float]
Wrong = Callable[[V], float]


@cache
def networks(activation: str, output: str, cost: str, samples: int = 1, outputs: int = 1) -> tuple[Derivation, ...]:
    """Two networks x, y -> h, g -> outputs with numbers drawn at random."""
    rng = np.random.default_rng(23)

    def drawn(count: int) -> tuple[float, ...]:
        return tuple(float(n) for n in np.round(rng.uniform(0.3, 1.2, count) * rng.choice([-1, 1], count), 2))

    def one() -> Derivation:
        ends = tuple("kmn"[:outputs])
        shares = [(1.0, *(0.0,) * (outputs - 1)), (*(0.0,) * (outputs - 1), 1.0 if outputs > 1 else 0.0)]
        free = [tuple(abs(n) for n in drawn(outputs)) for _ in range(samples)]
        targets = [shares[at % 2] for at in range(samples)] if "entropy" in cost else free
        return Derivation(Network(
            layers=(("x", "y"), ("h", "g"), ends), activations=(activation, output), cost=cost, learning_rate=0.3,
            weights=((drawn(2), drawn(2)), (drawn(outputs), drawn(outputs))), biases=(drawn(2), drawn(outputs)),
            samples=tuple(Sample(drawn(2), target) for target in targets)), "full")

    return tuple(one() for _ in range(2))


SIGMOID = networks("sigmoid", "sigmoid", "squared_error")
TANH = networks("tanh", "identity", "squared_error")
BATCH = networks("sigmoid", "sigmoid", "half_squared_error", 3)
BINARY = networks("tanh", "sigmoid", "binary_cross_entropy", 2)
SOFTMAX = networks("leaky_relu", "softmax", "cross_entropy", 1, 3)
SHARES = networks("softplus", "softmax", "cross_entropy", 2, 2)
TWO_OUTPUTS = networks("tanh", "sigmoid", "half_squared_error", 1, 2)


def mean_of(v: V, name: str) -> float:
    return sum(v(f"#{sample} {name}") for sample in (1, 2, 3)) / 3


def missed(v: V, unit: str) -> float:
    return v(f"a 2:{unit}") - v(f"y 2:{unit}")


KINDS: list[tuple[tuple[Derivation, ...], str, str, Wrong]] = [
    # A bracket left out, or put where there is none.
    (SIGMOID, "dC/da 2:k", "bracket_lost", lambda v: 2 * v("a 2:k") - v("y 2:k")),
    (SIGMOID, "a 1:h", "bracket_lost", lambda v: 1 + exp(-v("z 1:h"))),
    (SIGMOID, "w' 2:h->k", "bracket_lost", lambda v: (v("w 2:h->k") - 0.3) * v("dC/dw 2:h->k")),
    (SIGMOID, "z 1:h", "bracket_lost", lambda v: (v("w 1:x->h") + v("w 1:y->h")) * (v("a 0:x") + v("a 0:y"))
     + v("b 1:h")),
    (TANH, "da/dz 1:h", "bracket_lost", lambda v: (1 - v("a 1:h")) ** 2),
    (SOFTMAX, "a 2:k", "bracket_lost", lambda v: exp(v("z 2:k") - v("z 2:k") - v("z 2:m") - v("z 2:n"))),
    (TWO_OUTPUTS, "C", "bracket_lost", lambda v: sum(missed(v, k) for k in "km") ** 2 / 2),
    # A formula that stops half-way, or has powers of 10.
    (SIGMOID, "a 1:h", "other_activation", lambda v: exp(-v("z 1:h"))),
    (SIGMOID, "a 1:h", "other_activation", lambda v: 1 / (1 + 10 ** -v("z 1:h"))),
    (TANH, "da/dz 1:h", "one_input_missing", lambda v: v("a 1:h") ** 2),
    (SIGMOID, "da/dz 1:h", "one_input_missing", lambda v: v("a 1:h") ** 2),
    (SOFTMAX, "a 2:k", "other_activation", lambda v: exp(v("z 2:k")) / (exp(v("z 2:m")) + exp(v("z 2:n")))),
    (SOFTMAX, "C", "other_cost", lambda v: 1 - v("a 2:k")),
    (SOFTMAX, "dC/dz 2:k", "wrong_layer", lambda v: v("a 2:k")),
    (SOFTMAX, "dC/dz 2:m", "wrong_layer", lambda v: v("a 2:m") - 1),
    (BINARY, "#2 C", "factor_missing", lambda v: -log(v("#2 a 2:k"))),
    (BINARY, "#1 C", "factor_missing", lambda v: -log(1 - v("#1 a 2:k"))),
    (TWO_OUTPUTS, "C 2:k", "other_cost", lambda v: (v("a 2:k") ** 2 - v("y 2:k") ** 2) / 2),
    (SHARES, "#1 a 1:h", "other_activation", lambda v: 1 + exp(v("#1 z 1:h"))),
    (SHARES, "#1 a 1:h", "other_logarithm", lambda v: log(1 + exp(v("#1 z 1:h")), 10)),
    (SHARES, "#1 da/dz 1:h", "sign", lambda v: 1 / (1 + exp(v("#1 z 1:h")))),
    (SHARES, "#1 C", "wrong_layer", lambda v: -log(v("#1 a 2:m"))),
    (BINARY, "#1 C", "other_cost", lambda v: 1 - v("#1 a 2:k")),
    # Joined in another way than added.
    (TWO_OUTPUTS, "dC/da 1:h", "mean_twice", lambda v: v("dC/da 1:h") / 2),
    (TWO_OUTPUTS, "C", "sign", lambda v: v("C 2:k") - v("C 2:m")),
    (SIGMOID, "z 1:h", "multiplied_terms", lambda v: v("w 1:x->h") * v("a 0:x") * v("w 1:y->h") * v("a 0:y")
     + v("b 1:h")),
    # The samples of a batch.
    (BATCH, "#2 dC/da 2:k", "other_sample", lambda v: v("#2 a 2:k") - v("#3 y 2:k")),
    (BATCH, "#2 z 1:h", "other_sample", lambda v: v("w 1:x->h") * v("#1 a 0:x") + v("w 1:y->h") * v("#2 a 0:y")
     + v("b 1:h")),
    (BATCH, "#2 a 1:h", "other_sample", lambda v: v("#1 a 1:h")),
    (BATCH, "C", "averaged_first", lambda v: (mean_of(v, "a 2:k") - mean_of(v, "y 2:k")) ** 2 / 2),
    (BATCH, "dC/dw 2:h->k", "averaged_first", lambda v: mean_of(v, "dC/da 2:k") * mean_of(v, "da/dz 2:k")
     * mean_of(v, "a 1:h")),
    (BATCH, "dC/dw 2:h->k", "sum_for_mean", lambda v: 1.5 * v("dC/dw 2:h->k")),
    (BATCH, "dC/dw 2:h->k", "sign", lambda v: v("dC/dw 2:h->k") - 2 * v("#2 dC/dw 2:h->k") / 3),
    (BATCH, "w' 2:h->k", "one_input_missing", lambda v: v("w 2:h->k") - 0.3 * v("#2 dC/dw 2:h->k")),
    (BATCH, "w' 2:h->k", "sum_for_mean", lambda v: v("w 2:h->k") - 0.9 * v("dC/dw 2:h->k")),
    (BATCH, "w' 2:h->k", "mean_twice", lambda v: v("w 2:h->k") - 0.1 * v("dC/dw 2:h->k")),
    # Another unit's error; the weighted sum's slope by its bias; the bias as a factor.
    (SIGMOID, "dC/dw 1:x->h", "wrong_layer", lambda v: v("a 0:x") * v("da/dz 1:h") * v("dC/da 1:g")),
    (TANH, "dC/dw 1:x->h", "wrong_layer", lambda v: v("a 0:x") * v("da/dz 1:h") * v("dC/da 2:k")),
    (SIGMOID, "dC/db 1:h", "bias_times_input", lambda v: v("dC/db 1:h") * v("b 1:h")),
    (TANH, "dC/db 1:h", "factor_missing", lambda v: 0 * v("b 1:h") + 1),
    # Other costs over several outputs.
    (TWO_OUTPUTS, "C", "other_cost", lambda v: sum(missed(v, k) ** 2 for k in "km") ** 0.5),
    (TWO_OUTPUTS, "C", "other_cost", lambda v: sum(abs(missed(v, k)) for k in "km")),
    # Updates.
    (SIGMOID, "w' 2:h->k", "divided_factors", lambda v: v("w 2:h->k") - v("dC/dw 2:h->k") / 0.3),
    (SIGMOID, "w' 2:h->k", "input_factor_missing", lambda v: v("w 2:h->k") - 0.3 * v("dC/db 2:k")),
    (SIGMOID, "b' 2:k", "bias_times_input", lambda v: v("b 2:k") - 0.3 * v("dC/dw 2:g->k")),
]


@pytest.mark.parametrize(("derivations", "quantity", "code", "wrong"), KINDS,
                         ids=[f"{number} {kind[1]} {kind[2]}" for number, kind in enumerate(KINDS)])
def test_a_kind_is_named_on_every_network(
    derivations: tuple[Derivation, ...], quantity: str, code: str, wrong: Wrong
) -> None:
    apart = [each for each in derivations
             if not rule_for(each, quantity).alike(wrong(each.values), each.values(quantity))]
    assert apart
    tried = apart[:rounds(len(apart), least=1)]
    assert [found for each in tried if code not in (found := named(each, quantity, wrong(each.values)))] == []


@pytest.mark.parametrize(("gates", "quantity", "typed", "code"), [
    (["f = ln(x + 2)"], "f", log(1.4) + 2, "bracket_lost"),
    (["f = x * (y + 3)"], "f", 1.4 * 0.6 + 3, "bracket_lost"),
    (["f = y - 3 * x"], "f", (0.6 - 3) * 1.4, "bracket_lost"),
    (["f = (x - y) ^ 2"], "f", 1.4 ** 2 - 0.6 ** 2, "bracket_lost"),
    (["f = (x - y) ^ 2"], "d[f]/dx", 2 * 1.4 - 0.6, "bracket_lost"),
    (["f = (x - y) ^ 2"], "d[f]/dx", 2 * 1.4, "one_input_missing"),
    (["f = sqrt(x)"], "f", 1.4 / 2, "other_activation"),
    (["f = sqrt(x)"], "d[f]/dx", 1 / 1.4 ** 0.5, "factor_two"),
    (["f = sqrt(x)"], "d[f]/dx", 1.4 ** 0.5 / 2, "operand_swapped"),
    (["f = exp(x)"], "f", 10 ** 1.4, "other_activation"),
    (["f = exp(x)"], "f", exp(1) * 1.4, "other_activation"),
    (["f = exp(x)"], "d[f]/dx", 1.4 * exp(0.4), "derivative_of_other_function"),
    (["f = ln(x + 2)"], "d[f]/dx", 1 / 1.4, "derivative_at_wrong_point"),
    (["f = ln(x + 2)"], "d[f]/dx", 3.4, "operand_swapped"),
    (["f = y / x"], "d[f]/dx", -0.6 / 1.4, "square_missing"),
    (["f = y / x"], "d[f]/dx", 1 / 1.4, "operand_swapped"),
    (["f = y / x"], "d[f]/dx", 0.6, "derivative_of_other_function"),
    (["f = x ^ 3"], "d[f]/dx", 1.4 ** 2, "factor_missing"),
    (["f = x ^ 3"], "d[f]/dx", 3 * 1.4, "square_missing"),
    (["f = x ^ 3 - 2 * y"], "f", 1.4 ** 2 - 1.2, "square_missing"),
    (["f = x ^ 3 - 2 * y"], "f", 4.2 - 1.2, "square_missing"),
    # Rules of differentiation changed, as the lessons on them tell it: an exponent, a constant, an inside, a product.
    (["f = x ^ 3 - 2 * y"], "d[f]/dx", 3 * 1.4 ** 2 - 1.2, "derivative_of_other_function"),
    (["f = x ^ 3 - 2 * y"], "d[f]/dx", 3 * 1.4 ** 3, "derivative_of_other_function"),
    (["f = exp(3 * x)"], "d[f]/dx", exp(4.2), "factor_missing"),
    (["f = x * exp(x)"], "d[f]/dx", exp(1.4), "derivative_of_other_function"),
    (["f = y / (1 + x)"], "d[f]/dx", -0.6 / 2.4, "square_missing"),
    (["f = leaky_relu(0 - x)"], "d[f]/dx", 0, "derivative_of_other_function"),
    (["p = x * y", "q = 3 * x", "f = p + q"], "df/dx", 1.8, "mean_twice"),
])
def test_a_kind_in_a_circuit_is_named(gates: list[str], quantity: str, typed: float, code: str) -> None:
    assert code in named(circuit(*gates, x=1.4, y=0.6), quantity, typed)


def test_a_lost_minus_of_the_old_weight_is_told() -> None:
    network = Network((("x",), ("k",)), ("identity",), "squared_error", 0.1, (((-0.7,),),), None,
                      (Sample((0.9,), (0.4,)),))
    derivation = Derivation(network, "full")
    assert named(derivation, "w' 1:x->k", 0.7 - 0.1 * derivation.values("dC/dw 1:x->k"))[0] == "sign"


def test_a_leaky_relu_is_told_by_its_sides_and_not_by_the_parts_of_a_formula_that_nobody_sees() -> None:
    network = Network((("x",), ("k",)), ("leaky_relu",), "squared_error", 0.1, (((-0.7,),),), None,
                      (Sample((0.9,), (0.4,)),))
    derivation = Derivation(network, "full")
    assert named(derivation, "da/dz 1:k", 1)[0] == "relu_gate_ignored"
    assert named(derivation, "dC/dw 1:x->k", 0)[0] == "relu_gate_ignored"
    said = sentence(diagnose(derivation, "da/dz 1:k", 1))
    assert "slope above 0" in said
    assert "added" not in said


def quiz_at(quantity: str) -> Quiz:
    """Mazur's network, all steps before this one answered right."""
    quiz = Quiz(course.load("mazur"))
    for step in quiz.plan[:quiz.plan.index(quantity)]:
        quiz.answer(repr(quiz.derivation.values(step)))
    return quiz


def test_another_inputs_gradient_comes_before_a_2_that_nobody_put_in() -> None:
    """Its second input is twice the first, and ∂C/∂a, with its 2 or without, is right already."""
    quiz = quiz_at("dC/dw 1:i1->h1")
    wrong = quiz.derivation.values("dC/dw 1:i2->h1")
    assert quiz.answer(f"{wrong:.3g}").mistakes[0] == "wrong_layer"


def test_two_functions_left_out_are_not_told_where_the_first_is_right() -> None:
    """ln(exp(u) + 2) without both functions is u + 2; who has exp(u) right forgot a bracket."""
    derivation = circuit("u = w * a", "v = exp(u)", "g = ln(v + 2)", w=0.8, a=1.5)
    known = {"u": 1.2, "v": derivation.values("v")}
    found = diagnose(derivation, "g", 3.2, rule_for(derivation, "g"), known=known)
    assert "first term" in sentence(found)
    assert "goes into this gate" not in sentence(found)


def test_a_half_that_would_have_to_be_lost_at_every_derivative_is_told_nobody() -> None:
    """A quarter, with the sign it has, comes of two halves turned round: of no mistake that anybody makes."""
    network = Network((("x",), ("h",), ("k",)), ("tanh", "identity"), "mean_squared_error", 0.5,
                      (((1.4,),), ((-0.85,),)), ((-0.3,), (0.35,)), (Sample((0.75,), (0.4,)),))
    derivation = Derivation(network, "delta")
    found = diagnose(derivation, "dC/db 1:h", derivation.values("dC/db 1:h") / 4)
    assert "factor_two" not in [each.code for each in found]


def test_another_weights_gradient_of_0_is_not_told_of_a_0() -> None:
    """A 0 may be anything: where a unit is on, it is first that it was taken to be off."""
    network = Network((("x",), ("h", "g"), ("k",)), ("relu", "identity"), "squared_error", 0.1,
                      (((0.9, -0.7),), ((0.4,), (0.6,))), None, (Sample((0.8,), (0.5,)),))
    assert named(Derivation(network, "full"), "dC/dw 1:x->h", 0)[0] == "relu_gate_ignored"


def test_outputs_and_targets_changed_about_in_a_cross_entropy_are_told() -> None:
    network = Network((("x",), ("k", "m")), ("softmax",), "cross_entropy", 0.1, (((0.9, -0.7),),), None,
                      (Sample((0.8,), (0.3, 0.7)),))
    derivation = Derivation(network, "full")
    a, b = derivation.values("a 1:k"), derivation.values("a 1:m")
    assert named(derivation, "C", -(a * log(0.3) + b * log(0.7)))[0] == "operand_swapped"
    assert named(derivation, "C", -(0.7 * log(a) + 0.3 * log(b)))[0] == "wrong_layer"


def test_of_a_batch_whose_other_samples_give_0_it_is_the_sum_that_is_told_first() -> None:
    network = Network((("x",), ("k",)), ("relu",), "squared_error", 0.1, (((0.9,),),), None,
                      (Sample((0.8,), (0.5,)), Sample((-0.8,), (0.0,))))
    derivation = Derivation(network, "full")
    found = diagnose(derivation, "dC/dw 1:x->k", 2 * derivation.values("dC/dw 1:x->k"))
    assert found[0].code == "sum_for_mean"
    assert "off" not in sentence(found)  # who takes a 0 off does nothing


def test_who_leaves_every_slope_out_is_told_though_earlier_steps_were_right() -> None:
    """It may be believed each time anew; a sentence on this step is true all the same."""
    network = Network((("x",), ("h",), ("k",)), ("sigmoid", "tanh"), "squared_error", 0.1,
                      (((0.9,),), ((0.6,),)), None, (Sample((0.8,), (-0.5,)),))
    derivation = Derivation(network, "full")
    known = {name: derivation.values(name) for name in derivation.order}
    wrong = derivation.values("dC/da 2:k") * 0.6 * 0.8
    found = diagnose(derivation, "dC/dw 1:x->h", float(f"{wrong:.4g}"), known=known)
    assert found[0].code == "activation_derivative_missing"
    assert found[0].told


def test_a_number_right_by_ones_own_numbers_is_asked_for_again_where_only_a_far_fetched_mistake_gives_it() -> None:
    """From one's own −0.741 it is 0.5705, and 0.57 with fewer digits: off what is right, and still no wrong number."""
    network = Network(
        (("x", "y"), ("p", "q"), ("a", "b", "c")), ("leaky_relu", "softmax"), "cross_entropy", 0.5,
        (((0.9, -1.3), (-0.4, 0.2)), ((0.7, -0.2, 0.35), (0.15, 1.2, -0.8))), ((0.1, 0.05), (0.0, 0.2, -0.1)),
        (Sample((1.0, 0.5), (0.0, 1.0, 0.0)),))
    derivation = Derivation(network, "full")
    step, own = "b' 2:b", {"dC/db 2:b": -0.741}
    known = {name: derivation.values(name) for name in derivation.order if name != step}
    right = [derivation.values(step), 0.5705]
    feedback = judge_step(derivation, step, read_number("0.57"), right, THREE_DIGITS, own, known)
    assert feedback.verdict == "too_coarse"


def test_two_of_several_inputs_changed_about_are_told() -> None:
    network = Network((("x", "y", "u", "v"), ("k",)), ("tanh",), "squared_error", 0.1,
                      (((0.65,), (-0.43,), (0.97,), (0.2,)),), None, (Sample((0.55, 1.5, -0.78, 2.0), (0.4,)),))
    wrong = 0.65 * -0.78 - 0.43 * 1.5 + 0.97 * 0.55 + 0.2 * 2.0
    found = diagnose(Derivation(network, "full"), "z 1:k", round(wrong, 4))
    assert found[0].code == "wrong_layer"
    assert "changed about" in found[0].say


@pytest.mark.parametrize(("gates", "quantity", "typed", "code", "said"), [
    (["a = tanh(x)", "f = a * y"], "f", 1.4 * 0.6, "activation_missing", "the function in between is left out"),
    (["a = max(x, y)", "f = 3 * a"], "f", 1.8, "other_activation", "the larger of its inputs"),
])
def test_a_gates_input_for_what_it_gives_is_told_as_the_gate_left_out(
    gates: list[str], quantity: str, typed: float, code: str, said: str
) -> None:
    found = diagnose(circuit(*gates, x=1.4, y=0.6), quantity, typed)
    assert found[0].code == code
    assert said in found[0].say
