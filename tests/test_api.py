"""What other people's scripts import."""

import subprocess
import sys

import pytest

import tui_backprop as tb


def test_an_exercise_is_loaded_and_solved() -> None:
    solution = tb.load("exercise-2").solve()
    assert solution.to_dict()["gradients"]["weights"][0][0][0] == pytest.approx(-0.55687632, rel=1e-12)
    assert solution.steps[5].id == "dC/da 2:k"


def test_a_bad_name_is_one_line() -> None:
    with pytest.raises(tb.ExerciseError, match="nosuch") as refusal:
        tb.load("nosuch")
    assert "\n" not in str(refusal.value)


def test_numbers_and_formulas_are_judged() -> None:
    assert tb.check_number("2*(0.24-1)", -1.52).verdict == "correct"
    assert tb.check_number("-0.76", -1.52).verdict == "wrong"
    assert tb.check_formula("2(a_k - y)", "2*a_k - 2*y", variables=["a_k", "y"], positive=()).verdict == "equivalent"


def test_a_sheet_is_marked() -> None:
    marked = tb.mark(tb.load("exercise-2"), {"C": "0.363"})
    verdicts = {mark["id"]: mark["verdict"] for mark in marked["marks"]}
    assert verdicts["C"] == "correct"
    assert verdicts["z 1:j"] == "missing"
    assert (marked["score"], marked["out_of"]) == (1.0, 14.0)


def test_importing_it_loads_neither_textual_nor_numpy() -> None:
    code = "import sys, tui_backprop; print([m for m in ('textual', 'numpy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_name_that_is_promised_is_there() -> None:
    assert all(getattr(tb, name) is not None for name in tb.__all__)
    with pytest.raises(AttributeError, match="nosuch"):
        _ = tb.nosuch
