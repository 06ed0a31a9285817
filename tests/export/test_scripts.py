"""Exported Python runs as it is, and prints the tutor's numbers."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import examples, some
from tests.export.running import Interpreter, differences, expected, numbers
from tests.strategies import circuits, networks
from tui_backprop import course
from tui_backprop.derivation import Derivation, Solution
from tui_backprop.derivation.formulas import DETAILS, Detail
from tui_backprop.export.scripts import python_script, pytorch_script
from tui_backprop.maths.parse import parse
from tui_backprop.network.model import Circuit, Gate, Network, Sample

EXERCISES = [entry.name for entry in course.exercises()]


@pytest.fixture(scope="module")
def interpreter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Interpreter]:
    with Interpreter(tmp_path_factory.mktemp("scripts")) as running:
        yield running


def check(task: Network | Circuit, interpreter: Interpreter, detail: Detail = "full", title: str = "A title") -> None:
    derivation = Derivation(task, detail)
    printed = interpreter.run(python_script(Solution(title, derivation)))
    assert expected(derivation) <= printed.keys()
    assert differences(printed, derivation) == []


@pytest.mark.parametrize("name", some(EXERCISES))
def test_the_script_of_a_shipped_exercise_runs_by_itself_and_prints_the_same_numbers(
    name: str, tmp_path: Path,
) -> None:
    exercise = course.load(name)
    solution = exercise.solve()
    path = tmp_path / "script.py"
    path.write_text(python_script(solution), encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", str(path)], capture_output=True, text=True, check=True)
    printed = numbers(done.stdout.splitlines())
    assert (done.stderr, differences(printed, solution.derivation)) == ("", [])
    assert expected(solution.derivation) <= printed.keys()


@given(networks(), st.sampled_from(DETAILS))
@examples(60)
def test_random_networks(interpreter: Interpreter, network: Network, detail: Detail) -> None:
    check(network, interpreter, detail)


@given(circuits())
@examples(150)
def test_random_circuits(interpreter: Interpreter, circuit: Circuit) -> None:
    check(circuit, interpreter)


AT_ZERO = Network((("i",), ("j",), ("k",)), ("relu", "leaky_relu"), "squared_error", 0.1, (((0.0,),), ((-0.5,),)),
                  ((0.0,), (0.0,)), (Sample((0.7,), (1.0,)), Sample((-0.7,), (-1.0,))), False)
FAR_OUT = Network((("i",), ("j",), ("k",)), ("softplus", "sigmoid"), "binary_cross_entropy", 0.1,
                  (((30.0,),), ((40.0,),)), None, (Sample((30.0,), (1.0,)), Sample((-30.0,), (0.5,))))
FAR_APART = Network((("i",), ("j", "k")), ("softmax",), "cross_entropy", 0.1, (((900.0, -900.0),),), None,
                    (Sample((1.0,), (1.0, 0.0)),))


@pytest.mark.parametrize("network", [AT_ZERO, FAR_OUT, FAR_APART])
@pytest.mark.parametrize("detail", DETAILS)
def test_kinks_fixed_biases_and_saturated_units(network: Network, detail: Detail, interpreter: Interpreter) -> None:
    check(network, interpreter, detail)


GATES = ("q = max(x, y, x) + abs(x) + min(x, 2)", "lambda = step(q) * sign(y) + relu(-y) + leaky_relu(x)",
         "sum = q", "math = sqrt(x) ln(x) + sum^2 + 2^sum + pi x", "df_dx = lambda * math - 1/3",
         "out = log(df_dx^2) + 1e-30 x")
INPUTS = (("x", 2.0), ("y", 2.0))


def circuit_of(gates: tuple[str, ...], inputs: tuple[tuple[str, float], ...] = INPUTS) -> Circuit:
    names, made = [name for name, _ in inputs], []
    for text in gates:
        gate, _, expression = text.partition(" = ")
        made.append(Gate(gate, parse(expression, {name: name for name in names})))
        names.append(gate)
    return Circuit(inputs, tuple(made), 0.1)


def test_every_function_ties_and_names_that_python_has_a_use_for(interpreter: Interpreter) -> None:
    check(circuit_of(GATES), interpreter)


def test_what_no_script_can_work_out_is_said_in_one_line() -> None:
    solution = Solution("", Derivation(circuit_of(("q = x + 1/exp(1000)",))))
    for script in (python_script, pytorch_script):
        with pytest.raises(ValueError, match="part of q is not a finite number"):
            script(solution)


@pytest.mark.parametrize("title", ['"""', 'import os; """ + """', "\\", 'ends in "', "# coding: utf-16", "Ünïcödé · ∂"])
def test_a_title_is_only_ever_text(title: str, interpreter: Interpreter) -> None:
    for name in ("exercise-2", "circuit-max"):
        task = course.load(name).task
        check(task, interpreter, title=title)
        solution = Solution(title, Derivation(task))
        for script in (python_script(solution), pytorch_script(solution)):
            docstring = ast.get_docstring(ast.parse(script), clean=False)
            assert docstring is not None
            assert docstring.partition("\n")[0] == title


def test_a_script_is_short_and_has_no_line_that_runs_off_the_page() -> None:
    for name in EXERCISES:
        solution = course.load(name).solve()
        for script in (python_script(solution), pytorch_script(solution)):
            assert len(script.splitlines()) < 130, name
            assert max(map(len, script.splitlines())) <= 100, name


def test_the_update_without_biases_to_train_prints_none(interpreter: Interpreter) -> None:
    derivation = Derivation(AT_ZERO)
    printed = interpreter.run(python_script(Solution("", derivation)))
    assert any(quantity.startswith("dC/db") for quantity in printed)
    assert not any(quantity.startswith("b'") for quantity in printed)
    trained = Derivation(replace(AT_ZERO, train_biases=True))
    assert any(q.startswith("b'") for q in interpreter.run(python_script(Solution("", trained))))
