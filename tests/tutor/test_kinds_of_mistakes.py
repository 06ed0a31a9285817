"""Kinds of mistakes that strangers' problems show, each on many networks: the wrong number is worked out here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from math import exp

import numpy as np
import pytest

from tests.effort import rounds, some
from tui_backprop import course
from tui_backprop.derivation import Derivation
from tui_backprop.maths.parse import parse
from tui_backprop.network.model import Circuit, Gate, Network, Sample
from tui_backprop.tutor.display import rule_for
from tui_backprop.tutor.judging import judge_value, what_is_known
from tui_backprop.tutor.mistakes.diagnosis import diagnose
from tui_backprop.tutor.numbers import read_number
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.tutor.rules import Rule

Wrong = Callable[[Callable[[str], float]], float]


def named(derivation: Derivation, quantity: str, value: float) -> list[str]:
    rule = rule_for(derivation, quantity)
    return [each.code for each in diagnose(derivation, quantity, float(f"{value:.6g}"), rule)]


@cache
def chains(activation: str = "sigmoid", cost: str = "squared_error") -> tuple[Derivation, ...]:
    """Eight networks i -> h, g -> k with numbers drawn at random."""
    rng = np.random.default_rng(11)

    def one() -> Derivation:
        def drawn(count: int) -> tuple[float, ...]:
            return tuple(float(n) for n in np.round(rng.uniform(0.2, 1.3, count) * rng.choice([-1, 1], count), 2))

        network = Network(
            layers=(("i",), ("h", "g"), ("k",)), activations=("sigmoid", activation), cost=cost, learning_rate=0.3,
            weights=((drawn(2),), (drawn(1), drawn(1))), biases=(drawn(2), drawn(1)),
            samples=(Sample(drawn(1), (0.35,)),))
        return Derivation(network, "full")

    return tuple(one() for _ in range(8))


KINDS: list[tuple[str, str, Wrong]] = [
    ("dC/dw 2:h->k", "input_factor_missing", lambda v: v("dC/da 2:k") * v("da/dz 2:k")),
    ("dC/dw 2:h->k", "divided_factors", lambda v: v("dC/da 2:k") * v("da/dz 2:k") / v("a 1:h")),
    ("dC/dw 2:h->k", "wrong_layer", lambda v: v("dC/dw 2:g->k")),
    ("dC/dw 2:h->k", "value_for_gradient", lambda v: v("w' 2:h->k")),
    ("dC/dw 2:h->k", "value_for_gradient", lambda v: v("w 2:h->k") - v("dC/dw 2:h->k")),
    ("dC/dw 2:h->k", "value_for_gradient", lambda v: v("dC/dw 2:h->k") - v("w 2:h->k")),
    ("w' 2:h->k", "value_for_gradient", lambda v: v("dC/dw 2:h->k")),
    ("w' 2:h->k", "input_factor_missing", lambda v: v("w 2:h->k") - 0.3 * v("dC/da 2:k") * v("da/dz 2:k")),
    ("da/dz 2:k", "derivative_at_wrong_point", lambda v: v("dC/da 2:k") * (1 - v("dC/da 2:k"))),
    ("da/dz 2:k", "derivative_at_wrong_point", lambda v: (v("a 2:k") - 0.35) * (1.35 - v("a 2:k"))),
    ("dC/da 1:h", "weight_factor_missing", lambda v: v("dC/da 2:k") * v("da/dz 2:k")),
    ("dC/dw 1:i->h", "weight_factor_missing",
     lambda v: v("a 0:i") * v("da/dz 1:h") * v("da/dz 2:k") * v("dC/da 2:k")),
    ("a 1:h", "point_slipped", lambda v: 10 * v("a 1:h")),
    ("dC/dw 2:h->k", "point_slipped", lambda v: v("dC/dw 2:h->k") / 10),
    ("z 2:k", "path_twice", lambda v: v("z 2:k") + v("w 2:h->k") * v("a 1:h")),
    ("dC/da 2:k", "one_input_missing", lambda v: 2 * v("a 2:k")),
]


@pytest.mark.parametrize(("quantity", "code", "wrong"), KINDS, ids=[f"{kind[0]} {kind[1]}" for kind in KINDS])
def test_a_kind_is_named_on_every_network(quantity: str, code: str, wrong: Wrong) -> None:
    apart = [each for each in chains()
             if not rule_for(each, quantity).alike(wrong(each.values), each.values(quantity))]
    assert [(each.values(quantity), wrong(each.values), found) for each in some(apart)
            if code not in (found := named(each, quantity, wrong(each.values)))] == []


TANH: list[tuple[str, str, Wrong]] = [
    ("da/dz 2:k", "derivative_at_wrong_point", lambda v: 1 - v("dC/da 2:k") ** 2),
    ("da/dz 2:k", "derivative_of_other_function", lambda v: v("a 2:k") * (1 - v("a 2:k"))),
    ("dC/dw 2:g->k", "activation_derivative_missing", lambda v: v("a 1:g") * v("dC/da 2:k")),
    ("dC/dw 1:i->g", "weight_factor_missing",
     lambda v: v("a 0:i") * v("da/dz 1:g") * v("da/dz 2:k") * v("dC/da 2:k")),
    ("w' 2:g->k", "wrong_base", lambda v: v("w 2:h->k") - 0.3 * v("dC/dw 2:g->k")),
]


@pytest.mark.parametrize(("quantity", "code", "wrong"), TANH, ids=[f"{kind[0]} {kind[1]}" for kind in TANH])
def test_a_kind_is_named_after_a_tanh(quantity: str, code: str, wrong: Wrong) -> None:
    missed = [(derivation.values(quantity), found) for derivation in islice(chains("tanh", "half_squared_error"), 3)
              if not rule_for(derivation, quantity).alike(wrong(derivation.values), derivation.values(quantity))
              and code not in (found := named(derivation, quantity, wrong(derivation.values)))]
    assert missed == []


def test_z_in_a_cross_entropy_is_told_where_a_target_of_0_leaves_the_other_logarithm_out() -> None:
    """ln(1 − z) alone is worked out with a target of 0, though z has no logarithm of its own."""
    network = Network((("i",), ("p", "q")), ("sigmoid",), "binary_cross_entropy", 0.1, (((-0.6, 0.8),),), None,
                      (Sample((0.5,), (0.0, 1.0)),))
    z = -0.3
    assert "activation_missing" in named(Derivation(network, "full"), "C 1:p", float(-np.log(1 - z)))


def test_a_habit_at_open_relus_shuts_none_that_is_on() -> None:
    """Who leaves every slope out takes 1 for a ReLU's, on or off: another function's slope is then still missing."""
    network = Network((("i",), ("h", "g"), ("k",)), ("relu", "tanh"), "squared_error", 0.1,
                      (((0.9, -0.7),), ((0.4,), (0.6,))), None, (Sample((0.8,), (-0.5,)),))
    derivation = Derivation(network, "full")
    v = derivation.values
    assert "activation_derivative_missing" in named(derivation, "dC/dw 1:i->h", v("dC/da 2:k") * 0.4 * 0.8)


def test_what_needs_no_new_factor_comes_before_a_factor_of_2() -> None:
    """Twice the gradient is the gradient without a factor, wherever what comes in is one half."""
    derivation = Derivation(course.load("exercise-1").task, "merged")
    assert named(derivation, "dC/dw 1:j->k", -1.52)[0] == "input_factor_missing"
    assert named(derivation, "w' 1:j->k", 0.48 + 0.152)[0] == "input_factor_missing"
    assert named(derivation, "dC/dw 1:j->k", -0.76 / 2)[0] == "factor_two"


@pytest.mark.parametrize(("z", "typed", "code"), [
    (0.24, 0.0, "relu_gate_ignored"), (-0.41, 0.41, "relu_gate_ignored"), (0.24, -0.24, "sign"),
    (-0.41, -0.41, "pre_activation_for_activation"), (0.24, 2.4, "point_slipped"), (0.7, 0.07, "point_slipped")])
def test_a_relu_is_told_as_what_it_is(z: float, typed: float, code: str) -> None:
    network = Network((("j",), ("k",)), ("relu",), "squared_error", 0.1, (((z / 0.5,),),), None,
                      (Sample((0.5,), (1.0,)),))
    found = diagnose(Derivation(network, "full"), "a 1:k", typed)
    assert found[0].code == code
    assert "was used" not in found[0].say
    assert "this number comes from" not in found[0].say


def softmax(*targets: float) -> Derivation:
    weights = (((0.5, -0.3, 0.8),), )
    return Derivation(Network((("i",), ("p", "q", "s")), ("softmax",), "cross_entropy", 0.1, weights, None,
                              (Sample((0.9,), targets),)), "delta")


def test_an_output_without_its_target_or_with_anothers_and_a_cost_averaged_over_outputs() -> None:
    derivation = softmax(0.0, 1.0, 0.0)
    a = [exp(0.9 * w) for w in (0.5, -0.3, 0.8)]
    shares = [one / sum(a) for one in a]
    assert named(derivation, "dC/dz 1:q", shares[1])[0] == "derivative_of_other_function"
    assert "wrong_layer" in named(derivation, "dC/dz 1:p", shares[0] - 1)
    assert "mean_twice" in named(derivation, "C", -np.log(shares[1]) / 3)


def circuit(*gates: str, **inputs: float) -> Derivation:
    names = [*inputs, *(gate.partition(" = ")[0] for gate in gates)]
    read = {name: name for name in names}
    return Derivation(Circuit(tuple(inputs.items()), tuple(
        Gate(name, parse(text, read)) for name, _, text in (gate.partition(" = ") for gate in gates)), 0.1))


@pytest.mark.parametrize(("derivation", "quantity", "typed", "code"), [
    # A node that two gates use: its path counted twice.
    (circuit("c = a + b", "d = b + 1", "f = c * d", a=2.0, b=1.0), "df/db", 2 + 3 + 2, "path_twice"),
    (circuit("c = a + b", "d = b + 1", "f = c * d", a=2.0, b=1.0), "df/db", 2 + 3 + 3, "path_twice"),
    (circuit("c = x * y", "d = x * 3", "f = c + d", x=2.0, y=5.0), "df/dx", 5 + 5 + 3, "path_twice"),
    # The weight, or what comes through it, left out of the chain.
    (circuit("z = w * x", "a = sigmoid(z)", "f = a * v", w=0.25, x=0.8, v=0.7), "df/dx",
     0.7 * exp(-0.2) / (1 + exp(-0.2)) ** 2, "weight_factor_missing"),
    (circuit("z = w * x", "a = sigmoid(z)", "f = a * v", w=0.25, x=0.8, v=0.7), "df/dw",
     0.7 * exp(-0.2) / (1 + exp(-0.2)) ** 2, "input_factor_missing"),
    # A gate's slope at its own value, of another kind of gate, or passed on by the wrong side.
    (circuit("r = x + y", "f = r ^ 2", x=1.2, y=0.4), "d[f]/dr", 2 * 1.6 ** 2, "derivative_at_wrong_point"),
    (circuit("f = exp(x)", x=0.7), "d[f]/dx", 0.7, "derivative_at_wrong_point"),
    (circuit("f = x + y", x=1.2, y=0.4), "d[f]/dx", 0.4, "derivative_of_other_function"),
    (circuit("f = x * y", x=1.2, y=0.4), "d[f]/dx", 1.0, "derivative_of_other_function"),
    (circuit("m = max(x, y)", "f = 3 * m", x=1.2, y=0.4), "d[m]/dy", 1.0, "relu_gate_ignored"),
    (circuit("m = max(x, y)", "f = 3 * m", x=1.2, y=0.4), "d[m]/dx", 0.0, "relu_gate_ignored"),
    (circuit("q = x * y", "f = q * z", x=1.2, y=0.4, z=3.0), "df/dx", 3 / 0.4, "divided_factors"),
    (circuit("q = x * y", "f = q * z", x=1.2, y=0.4, z=3.0), "x'", 1.2 - 1.2 * 0.1, "wrong_base wrong_layer"
     " value_for_gradient input_factor_missing weight_factor_missing learning_rate_twice not_updated sign"),
])
def test_a_kind_in_a_circuit_is_named(derivation: Derivation, quantity: str, typed: float, code: str) -> None:
    found = named(derivation, quantity, typed)
    assert (not code.count(" ") and code in found) or set(found) <= set(code.split()), found


def test_the_output_given_for_a_path_is_told_by_the_name_that_the_path_begins_at() -> None:
    derivation = circuit("c = x * y", "d = x * 3", "f = c + d", x=2.0, y=5.0)
    quantity = next(name for name in derivation.order if name.startswith("df/dx via "))
    found = diagnose(derivation, quantity, derivation.values("f"), rule_for(derivation, quantity))
    assert "That is f itself. How does it change with x?" in [each.say for each in found]


def test_a_given_misread_is_not_told_as_a_bias_or_an_input_left_out() -> None:
    """Of 0.5·1 + 0.4·0.5 + 0.9: with 0.9 for 0.09 read; no bias would give the same as a bias of opposite sign."""
    network = Network((("x", "y"), ("k",)), ("relu",), "squared_error", 0.1, (((0.5,), (0.4,)),), ((0.1,),),
                      (Sample((1.0, 0.5), (1.0,)),))
    derivation = Derivation(network, "full")
    assert named(derivation, "z 1:k", 0.7)[0] == "bias_missing"
    misread = Network((("x", "y"), ("k",)), ("relu",), "squared_error", 0.1, (((0.45,), (0.4,)),), ((0.09,),),
                      (Sample((1.0, 0.5), (1.0,)),))
    assert named(Derivation(misread, "full"), "z 1:k", 0.54 + 0.2)[0:1] != ["bias_missing"]  # 0.45 read as 0.54


def nearly_right(rng: np.random.Generator) -> Iterator[tuple[Derivation, str, float, str]]:
    """Single steps with a number that a known mistake gives and that is hardly off the right one, and its code."""
    drawn = tuple((float(w),) for w in np.round(rng.uniform(0.8, 1.2, 2), 2))

    def network(inputs: tuple[float, ...], target: float) -> Derivation:
        weights = drawn[:len(inputs)]
        return Derivation(Network((tuple("xyz"[:len(inputs)]), ("k",)), ("identity",), "squared_error", 0.1, (weights,),
                                  None, (Sample(inputs, (target,)),)), "full")

    small, large = (round(float(rng.uniform(*ends)), 4) for ends in ((0.004, 0.012), (1.0, 1.8)))
    derivation = network((large, small), 0.3)
    term = derivation.values("w 1:y->k") * small
    yield derivation, "z 1:k", derivation.values("z 1:k") + term, "path_twice"
    yield derivation, "z 1:k", derivation.values("z 1:k") - term, "one_input_missing"
    derivation = network((large,), round(large * drawn[0][0] - float(rng.uniform(0.9989, 0.9994)), 4))
    yield derivation, "C", derivation.values("a 1:k") - derivation.values("y 1:k"), "square_missing"
    derivation = network((round(float(rng.uniform(0.9960, 0.9975)), 4),), -0.4)
    new = derivation.values("w 1:x->k") - 0.1 * derivation.values("dC/da 1:k")
    yield derivation, "w' 1:x->k", new, "input_factor_missing"


def test_a_known_mistakes_number_is_no_right_one_for_being_near() -> None:
    """Within the tolerance a number that no mistake gives is right, and one that a mistake gives is wrong and named,
    unless both round to the same digits of those that are asked for.
    """
    all_of_them = {"path_twice", "one_input_missing", "square_missing", "input_factor_missing"}
    rng, right_beside = np.random.default_rng(5), 0
    tried: set[str] = set()

    def cases() -> Iterator[tuple[Derivation, str, float, str]]:
        for networks in range(40):
            if networks >= rounds(40) and tried == all_of_them and right_beside > 5:
                return
            yield from nearly_right(rng)

    for derivation, quantity, wrong, code in cases():
        right, rule = derivation.values(quantity), rule_for(derivation, quantity)
        entered = float(f"{wrong:.6g}")
        if not rule.near(entered, right) or rule.alike(entered, right):
            continue
        verdict, found = judge_value(derivation, quantity, read_number(repr(entered)), [right], rule, {}, {})
        assert verdict.verdict == "wrong", (quantity, entered, right)
        assert code in [each.code for each in found], (quantity, entered, right)
        tried.add(code)
        beside = float(f"{right + (entered - right) * 0.93:.7g}")  # a slip of the pen, as large as the mistake
        if not rule.alike(beside, right) and not diagnose(derivation, quantity, beside, rule, doubted=True):
            verdict, _ = judge_value(derivation, quantity, read_number(repr(beside)), [right], rule, {}, {})
            assert verdict.verdict == "correct", (quantity, beside, right)
            right_beside += 1
    assert right_beside > 5
    assert tried == all_of_them


def test_an_unchanged_weight_takes_no_number_beside_it() -> None:
    """With an input of 0 the step is 0: w − r·δ, the number without that input, is wrong however near it is."""
    network = Network((("i",), ("k",)), ("identity",), "squared_error", 0.01, (((0.6,),),), None,
                      (Sample((0.0,), (0.1,)),))
    derivation = Derivation(network, "full")
    for text, verdict in (("0.6", "correct"), ("0.600", "correct"), ("0.602", "wrong"), ("0.603", "wrong")):
        judged, found = judge_value(derivation, "w' 1:i->k", read_number(text), [0.6],
                                    rule_for(derivation, "w' 1:i->k"), {}, {})
        assert judged.verdict == verdict, text
        if text == "0.602":
            assert found[0].code == "input_factor_missing"


def test_an_unexplained_number_is_told_what_is_known_of_it() -> None:
    """Never only that it is wrong: the sign, and how its size stands to the right one."""
    quiz = Quiz(course.load("exercise-2"))
    said = {text: quiz.answer(text).message.partition(". ")[2] for text in ("7.77", "-0.137", "0.555", "0.0123")}
    assert said["7.77"] == "The sign is right, but the number is much too large, by more than a factor of 10."
    assert said["0.555"].endswith("too small.")
    assert said["-0.137"].startswith("The sign is not right")


def test_of_an_unexplained_update_it_is_told_where_the_step_goes() -> None:
    """Not how the new value compares with the right one, for nearly all of it is the old value."""
    assert what_is_known(0.47, 0.556, Rule(change=0.076)) == (
        "The step goes the wrong way. From the old value it should go up.")
    assert what_is_known(0.5, 0.556, Rule(change=0.076)).endswith("but it is much too small.")
    assert what_is_known(0.603, 0.6, Rule(change=0.0)).endswith("How large is its gradient here, and so the step?")
