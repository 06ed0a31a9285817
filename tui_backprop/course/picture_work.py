"""How much work the pictures of a lesson are, all of which are on one page: the reader waits for it."""

from __future__ import annotations

from itertools import takewhile

from tui_backprop.course.exercise import Exercise, ExerciseError
from tui_backprop.course.lesson import Block, Lesson, NetworkPicture, Plot
from tui_backprop.course.source import load_source
from tui_backprop.network.model import Network

MOST_WORK = 1_000_000
"""The most work of all pictures of a lesson together, in numbers of a network that are updated: two seconds or so."""
_OVERHEAD = 100
"""An update of a small network takes as long as one of so many numbers."""
_CURVE, _MAP = 5_000, 50_000
"""The work of a curve and of a map of a small network."""


def why_too_much(block: Block, lesson: Lesson) -> str | None:
    """Why the block is a picture that takes, with those before it, longer than anybody waits; None where it is not."""
    work = _work_of(block, lesson)
    if isinstance(block, Plot) and block.training and work > MOST_WORK:
        return (f"{block.training:,} updates of so large a network take too long in a lesson: "
                f"{max(MOST_WORK * block.training // work, 1):,} are the most")
    before = takewhile(lambda other: other is not block, lesson.blocks)
    if work and work + sum(_work_of(other, lesson) for other in before) > MOST_WORK:
        return "the pictures of the lesson up to this one take too long: make them fewer, or their networks smaller"
    return None


def _work_of(block: Block, lesson: Lesson) -> int:
    """The work of a picture; 0 of any other block, and of a picture without a network or with a broken one."""
    if not isinstance(block, NetworkPicture | Plot) or (isinstance(block, Plot) and block.formula):
        return 0
    try:
        exercise = load_source(block.source, lesson.folder)
    except ExerciseError:
        return 0
    if isinstance(block, NetworkPicture):
        task = exercise.task
        return 2 * task.parameter_count if isinstance(task, Network) else 0
    numbers = _count_numbers(exercise)
    if block.training:
        return block.training * max(numbers, _OVERHEAD)
    return max(numbers * 10, _MAP) if len(block.against) > 1 else max(numbers // 4, _CURVE)


def _count_numbers(exercise: Exercise) -> int:
    """The numbers that one update works with: every parameter in every sample, or the gates of a circuit."""
    task = exercise.task
    return task.parameter_count * len(task.samples) if isinstance(task, Network) else len(task.gates)
