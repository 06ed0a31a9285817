"""The table of known mistakes: a new one is an entry, and the tests and the time a diagnosis takes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bench.bench_diagnosis import EXERCISES
from tests.effort import some
from tui_backprop import course
from tui_backprop.cli.main import main
from tui_backprop.dataclass import replace
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.formulas import DETAILS, Detail
from tui_backprop.maths.expression import number
from tui_backprop.network.model import Network, Sample
from tui_backprop.tutor.display import rule_for
from tui_backprop.tutor.mistakes.diagnosis import diagnose, workings_of
from tui_backprop.tutor.mistakes.known import MISTAKES, Mistake
from tui_backprop.tutor.mistakes.slip import Slip, StepAt
from tui_backprop.tutor.sheets import mark


def test_a_new_mistake_is_one_entry(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It is diagnosed in a network and in a circuit, stands on a marked sheet, and is explained on mark's page."""
    def turn_over(place: StepAt) -> Iterator[Slip]:
        yield Slip(MISTAKES["turned_over"], "turned over", number(1) / place.formula, "That is 1 over the value.")

    entry = Mistake("turned_over", 0.1, "turned a fraction over", made=turn_over)
    monkeypatch.setitem(MISTAKES, "turned_over", entry)
    exercise = replace(course.load("exercise-2"))  # slips of a derivation that another test has made are kept
    found = diagnose(Derivation(exercise.task, "merged"), "dC/da 2:k", 1 / (2 * (0.7 * 0.86 * 0.66 - 1)))
    assert found[0].code == "turned_over"
    circuit = Derivation(course.load("circuit-two-paths").task)
    assert "turned_over" in [each.code for each in diagnose(circuit, "df/dy", 1 / circuit.values("df/dy"))]
    marked = mark(exercise, {"C": repr(1 / (0.7 * 0.86 * 0.66 - 1) ** 2)})["marks"]
    assert next(each["mistakes"] for each in marked if each["id"] == "C")[0] == "turned_over"
    assert main(["mark", "--help"]) == 0
    assert "turned_over" in capsys.readouterr().out


@pytest.mark.parametrize(("cost", "last", "units"), [
    ("binary_cross_entropy", "sigmoid", ("k",)), ("cross_entropy", "softmax", ("k", "l"))])
@pytest.mark.parametrize("detail", DETAILS)
def test_the_extra_factor_is_named_for_either_cross_entropy(
    cost: str, last: str, units: tuple[str, ...], detail: Detail
) -> None:
    """(a − y)·a(1 − a) for a − y, where the slope has cancelled already, after a sigmoid as after a softmax."""
    network = Network(
        layers=(("i",), units), activations=(last,), cost=cost, learning_rate=0.1,
        weights=((tuple(0.7 - n for n in range(len(units))),),), biases=None,
        samples=(Sample((0.9,), (0.75, 0.25)[:len(units)]),))
    derivation = Derivation(network, detail)
    a = derivation.values("a 1:k")
    extra = (a - 0.75) * a * (1 - a)
    wrong = {"dC/dz 1:k": extra, "dC/da 1:k": a - 0.75}
    if detail == "delta":
        wrong["dC/dw 1:i->k"] = 0.9 * extra
    for quantity, value in wrong.items():  # also where a sheet answers what this detail does not list
        named = [(each.code, each.here) for each in diagnose(derivation, quantity, value)]
        assert ("softmax_extra_factor", True) in named, quantity


def test_every_mistake_says_what_was_done() -> None:
    for code, mistake in MISTAKES.items():
        assert mistake.code == code
        assert mistake.done[0].islower()
        assert not mistake.done.endswith(".")


@pytest.mark.parametrize(("title", "most"), [
    ("2-2-1", 36_000), ("32-32-10", 24_000), ("20 layers of 6", 24_000), ("500 gates", 24_000)])
def test_a_wrong_answer_is_looked_up_with_little_work_however_large_the_graph(title: str, most: int) -> None:
    """Names looked up in formulas, which a busy machine does not change; tests.bench.bench_diagnosis has the times."""
    make, _ = EXERCISES[title]
    derivation = Derivation(make())
    for place in some(range(0, len(derivation.order), len(derivation.order) // 3)):
        quantity = derivation.order[place]
        workings_of.cache_clear()
        diagnose(derivation, quantity, derivation.values(quantity) * 1.37 + 0.113, rule_for(derivation, quantity))
        assert workings_of(derivation).work < most, quantity


@pytest.mark.parametrize(("quantity", "said"), [
    ("dC/dw 2:j->k", "value_for_gradient"), ("w' 2:j->k", "step_only"),
])
def test_the_slips_of_an_update_are_told_apart(quantity: str, said: str) -> None:
    """Its new value where the gradient is asked for, and the step where the new value is."""
    derivation = Derivation(course.load("exercise-2").task, "merged")
    values = derivation.values
    step = 0.1 * values("dC/dw 2:j->k")
    wrong = values("w' 2:j->k") if said == "value_for_gradient" else -step
    assert diagnose(derivation, quantity, wrong)[0].code == said


def test_an_update_the_wrong_way_is_told_by_its_direction_and_its_rate() -> None:
    derivation = Derivation(course.load("exercise-2").task, "merged")
    old, gradient = derivation.values("w 2:j->k"), derivation.values("dC/dw 2:j->k")
    for wrong, code in ((old + 0.1 * gradient, "ascent"), (old - gradient, "learning_rate_missing"),
                        (old + gradient, "learning_rate_missing"), (old - 0.01 * gradient, "learning_rate_twice")):
        assert diagnose(derivation, "w' 2:j->k", wrong)[0].code == code


def test_one_samples_own_gradient_has_no_new_value_to_be_taken_for() -> None:
    derivation = Derivation(course.load("batch-of-three").task, "merged")
    sample, mean = (next(name for name in derivation.order if name.removeprefix("#1 ").startswith("dC/dw 1:")
                         and name.startswith("#") == own) for own in (True, False))
    new = derivation.values(derivation.graph.update_id(derivation.graph.parameter_of(mean) or ""))
    assert "value_for_gradient" not in [each.code for each in diagnose(derivation, sample, new)]
    assert "value_for_gradient" in [each.code for each in diagnose(derivation, mean, new)]
