"""Exercise files that several tests write."""

from __future__ import annotations

from typing import assert_never

from tui_backprop.course.exercise import Exercise
from tui_backprop.course.write import circuit_lines, document, network_lines
from tui_backprop.maths.plain import plain
from tui_backprop.network.model import Circuit, Network


def write_exercise(exercise: Exercise) -> str:
    """The file's text of an exercise; the name and the digest are not in it."""
    task = exercise.task
    match task:
        case Network():
            return document(exercise, network_lines(task, exercise.detail))
        case Circuit():
            gates = [f"{gate.name} = {plain(gate.expression)}" for gate in task.gates]
            return document(exercise, circuit_lines(task.inputs, gates, task.learning_rate))
        case _:
            assert_never(task)


def chain_file(*, learning_rate: float = 0.1) -> str:
    """An exercise of one weight, as a file's text. Its gradient is −1: an update changes the weight by the rate."""
    return f"""
format = 1
title = "A chain"
[network]
layers = [["i"], ["k"]]
activation = "relu"
cost = "squared_error"
learning_rate = {learning_rate}
weights = [{{ "i->k" = 0.5 }}]
[[samples]]
inputs = {{ i = 1.0 }}
targets = {{ k = 1.0 }}
"""
