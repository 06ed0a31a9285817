"""Well-known worked examples: every right figure reproduced, and every famous wrong one by its mistake."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from tests.derivation.classics import MISTAKE, Classic, classics
from tui_backprop import course
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.formulas import DETAILS, Detail
from tui_backprop.derivation.layer_values import LayerValues
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.derivation.values import Values
from tui_backprop.network.model import Network, Sample
from tui_backprop.tutor.display import rule_for
from tui_backprop.tutor.mistakes.diagnosis import diagnose
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.tutor.rules import Rule

CASES = classics()
MAZUR, MACLEOD = CASES["mazur-2-2-2"], CASES["macleod-rgu-3.1"]
ROUNDS = ("C_after_", "a_after_")
"""Figures of ten thousand rounds: they take their time in tests/oracle."""
BIASES_TOO = "C+_if_biases_updated"

SHIPPED = {
    "mazur-2-2-2": "mazur", "macleod-rgu-3.1": "macleod", "exercise-ex1": "exercise-1", "exercise-ex2": "exercise-2",
}


def one_round(keys: list[str]) -> list[str]:
    return [key for key in keys if not key.removeprefix(MISTAKE).startswith(ROUNDS) and key != BIASES_TOO]


COMPUTED = [(case, key) for case in CASES.values() for key in one_round(list(case.computed))]
PUBLISHED = [(case, figure) for case in CASES.values() for figure in case.figures if one_round([figure.key])]


@pytest.mark.parametrize(("case", "key"), [pytest.param(case, key, id=f"{case.id} {key}") for case, key in COMPUTED])
def test_every_computed_value_is_reproduced(case: Classic, key: str) -> None:
    """With ``BUG_…`` in front: by the derivation with the mistake in it."""
    assert math.isclose(case.value(key), case.computed[key], rel_tol=1e-9, abs_tol=1e-12)


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_every_detail_comes_to_the_same_gradients(case: Classic, detail: Detail) -> None:
    derivation, steps = Derivation(case.task, detail), case.derivation.values
    for quantity in derivation.order:
        if derivation.graph.kind(quantity) in ("gradient", "update"):
            assert math.isclose(derivation.values(quantity), steps(quantity), rel_tol=1e-12, abs_tol=1e-15), quantity


RIGHT = [(case, figure) for case, figure in PUBLISHED if figure.verdict == "ok"]


@pytest.mark.parametrize(
    ("case", "key"), [pytest.param(case, figure.key, id=f"{case.id} {figure.key}") for case, figure in RIGHT])
def test_every_right_figure_is_reproduced_to_its_printed_decimals(case: Classic, key: str) -> None:
    assert case.figure(key).is_printed(case.value(key))


def test_the_cases_are_all_there() -> None:
    assert len(CASES) == 8
    assert len(RIGHT) == 55
    assert len(COMPUTED) == 202


@pytest.mark.parametrize(("case", "name"), SHIPPED.items())
def test_the_shipped_exercises_are_these_cases(case: str, name: str) -> None:
    assert course.load(name).task == CASES[case].task


def test_what_a_wrong_figure_says_is_not_what_it_is() -> None:
    wrong = [(case, figure) for case, figure in PUBLISHED if figure.verdict == "WRONG"]
    assert {figure.key for _, figure in wrong} == {"C+", "delta_err:top", "delta_err:bot"}
    for case, figure in wrong:
        assert not figure.is_printed(case.value(figure.key))


def test_mazurs_printed_cost_is_that_of_updated_weights_to_all_nine_digits() -> None:
    printed = MAZUR.figure(MISTAKE + "C+")
    assert printed.text == MAZUR.figure("C+").text == "0.291027924"
    assert printed.is_printed(MAZUR.value(MISTAKE + "C+"))
    found = diagnose(MAZUR.derivation, "C'", printed.value, Rule(amount=9))
    assert [diagnosis.code for diagnosis in found] == ["updated_weight"]
    assert math.isclose(found[0].value, MAZUR.computed[MISTAKE + "C+"], rel_tol=1e-12)


def test_mazurs_printed_cost_is_right_to_the_digits_a_quiz_asks_for() -> None:
    quiz = Quiz(course.load("mazur"))
    while quiz.plan[quiz.position] != "C'":
        quiz.reveal()
    assert quiz.answer("0.291027924").accepted


def test_mazurs_cost_with_biases_that_learn() -> None:
    trained = Derivation(replace(MAZUR.network, train_biases=True))
    assert math.isclose(trained.values("C'"), MAZUR.computed[BIASES_TOO], rel_tol=1e-9)


@pytest.mark.parametrize("key", ["w+:w1", "w+:w2", "w+:w3", "w+:w4"])
@pytest.mark.parametrize("detail", DETAILS)
def test_mazurs_weights_with_the_mistake_are_told_apart_and_named(key: str, detail: Detail) -> None:
    """The article lists the right ones."""
    derivation, quantity = Derivation(MAZUR.task, detail), MAZUR.quantity(key)
    rule = rule_for(derivation, quantity)
    assert not diagnose(derivation, quantity, MAZUR.figure(key).value, rule)
    found = diagnose(derivation, quantity, MAZUR.computed[MISTAKE + key], rule)
    assert found[0].code == "updated_weight"


@pytest.mark.parametrize("detail", ["full", "delta"])
@pytest.mark.parametrize(("key", "as_slope"), [("delta_err:top", 0.002406), ("delta_err:bot", 0.007916)])
def test_macleods_printed_deltas_are_named_as_updated_weights(key: str, as_slope: float, detail: Detail) -> None:
    """Printed with the opposite sign, (t − o)o(1 − o); worked out with rounded values, hence two digits of nine."""
    assert MACLEOD.figure(key).value == -as_slope
    derivation, quantity = Derivation(MACLEOD.task, detail), MACLEOD.quantity(key)
    found = diagnose(derivation, quantity, as_slope)
    assert found[0].code == "updated_weight"
    assert math.isclose(found[0].value, -MACLEOD.computed[MISTAKE + key], rel_tol=1e-12)
    assert MACLEOD.figure(MISTAKE + key).is_printed(-found[0].value, units=11)


@pytest.mark.parametrize("key", ["w+:w3", "w+:w4", "w+:w5", "w+:w6"])
def test_macleods_hidden_weights_are_named_as_updated_weights(key: str) -> None:
    """Judged by six digits: two of the mistaken steps are so nearly right that three would let them pass."""
    derivation, quantity = MACLEOD.derivation, MACLEOD.quantity(key)
    assert diagnose(derivation, quantity, MACLEOD.value(MISTAKE + key), Rule(amount=6))[0].code == "updated_weight"


def test_a_figure_cut_short_is_cut_short() -> None:
    figure = MACLEOD.figure(MISTAKE + "w+:w6")
    assert figure.value == math.floor(MACLEOD.value(figure.key) * 1e4) / 1e4 == 0.5928


def test_mazurs_other_figure_is_off_by_one_in_its_ninth_decimal() -> None:
    figure = MAZUR.figure("dE_o2/da_h1")
    assert not figure.is_printed(MAZUR.value(figure.key))
    assert figure.is_printed(MAZUR.value(figure.key), units=1)


ROUNDED = {
    "z:out": {"a 1:top": 0.68, "a 1:bot": 0.6637},
    "delta_err:out": {"a 2:out": 0.69},
    "w+:w1": {"dC/dz 2:out": 0.0406, "a 1:top": 0.68},
    "w+:w2": {"dC/dz 2:out": 0.0406, "a 1:bot": 0.6637},
}
"""MacLeod's figures that carry a rounded value on: the numbers he prints before, and goes on with."""


@pytest.mark.parametrize("key", ROUNDED)
def test_macleods_other_figures_come_of_the_rounded_ones_before(key: str) -> None:
    figure = MACLEOD.figure(key)
    assert figure.verdict == "rounding_propagated"
    assert not figure.is_printed(MACLEOD.value(key))
    sign = -1 if key.startswith("delta") else 1
    carried = Derivation(MACLEOD.task, "delta").values_with(numbers=ROUNDED[key])
    assert figure.is_printed(sign * carried(MACLEOD.quantity(key)))


def test_olahs_circuit_by_one_path_alone_is_named() -> None:
    derivation = CASES["olah-e"].derivation
    assert all(diagnose(derivation, "de/db", one_path)[0].code == "path_missing" for one_path in (2.0, 3.0))


def test_aimas_formulas_are_these() -> None:
    """Russell and Norvig, 4th edition, figure 21.3: two inputs, units 3 and 4, output 5; they print formulas alone."""
    x1, x2, y = 0.8, -0.3, 0.25
    weights = (((0.4, -0.7), (0.2, 0.5)), ((0.9,), (-0.6,)))
    network = Network((("1", "2"), ("3", "4"), ("5",)), ("tanh", "sigmoid"), "squared_error", 0.1, weights,
                      ((0.1, -0.2), (0.05,)), (Sample((x1, x2), (y,)),))
    in3, in4 = 0.1 + 0.4 * x1 + 0.2 * x2, -0.2 - 0.7 * x1 + 0.5 * x2
    a3, a4 = math.tanh(in3), math.tanh(in4)
    yhat = 1 / (1 + math.exp(-(0.05 + 0.9 * a3 - 0.6 * a4)))
    slope5, slope3 = yhat * (1 - yhat), 1 - a3 ** 2
    delta5 = 2 * (yhat - y) * slope5
    expected = {
        "C": (y - yhat) ** 2,
        "dC/dw 2:3->5": -2 * (y - yhat) * slope5 * a3,
        "dC/dw 1:1->3": -2 * (y - yhat) * slope5 * 0.9 * slope3 * x1,
        "dC/dz 2:5": delta5, "dC/dz 1:3": delta5 * 0.9 * slope3,
        "dC/db 2:5": delta5, "dC/db 1:3": delta5 * 0.9 * slope3,
    }
    for detail in DETAILS:
        derivation = Derivation(network, detail)
        for quantity, value in expected.items():
            assert math.isclose(derivation.values(quantity), value, rel_tol=1e-12), quantity


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CASES.items() if "edges" in case.data])
def test_arrays_agree_with_floats(case: Classic) -> None:
    graph = case.derivation.graph
    assert isinstance(graph, NetworkGraph)
    arrays = Values(graph, back_end=LayerValues(graph))
    for quantity in case.derivation.order:
        assert math.isclose(arrays(quantity), case.derivation.values(quantity), rel_tol=1e-12, abs_tol=1e-15)
