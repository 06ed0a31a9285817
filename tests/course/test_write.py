"""What is saved is read back unchanged."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given

from tests.effort import examples
from tests.exercise_files import write_exercise
from tests.strategies import exercises
from tui_backprop.course import exercises as shipped
from tui_backprop.course import load
from tui_backprop.course.exercise import Exercise
from tui_backprop.course.read import PRECISIONS, exercise_from_text
from tui_backprop.network.model import Network


def again(exercise: Exercise) -> Exercise:
    """The exercise written and read; digests belong to texts, and are taken over."""
    return replace(exercise_from_text(write_exercise(exercise), exercise.name, "saved.toml"), digest=exercise.digest)


@examples(75, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(exercises(precisions=len(PRECISIONS)))
def test_read_after_write_gives_the_same_exercise(exercise: Exercise) -> None:
    assert again(exercise) == exercise


@pytest.mark.parametrize("name", [entry.name for entry in shipped()])
def test_shipped_exercises_survive_saving(name: str) -> None:
    exercise = load(name)
    assert again(exercise) == exercise


def test_small_networks_are_written_by_edge_and_large_ones_as_matrices() -> None:
    small = load("exercise-3")
    assert '"i->j" = 0.48' in write_exercise(small)
    assert isinstance(small.task, Network)
    wide = replace(
        small.task, layers=(tuple(map(str, range(1, 81))), ("1",), ("1",)), samples=(
            replace(small.task.samples[0], inputs=(0.5,) * 80),), weights=(((0.25,),) * 80, ((0.5,),)))
    text = write_exercise(replace(small, task=wide))
    assert "->" not in text
    assert "layers = [80, 1, 1]" in text
    assert again(replace(small, task=wide)).task == wide


def test_every_digit_is_kept() -> None:
    exercise = load("exercise-1")
    assert isinstance(exercise.task, Network)
    odd = replace(exercise.task, weights=(((0.1 + 0.2,),),), learning_rate=1e-05)
    text = write_exercise(replace(exercise, task=odd))
    assert re.search(r"0\.30000000000000004", text)
    assert again(replace(exercise, task=odd)).task == odd
