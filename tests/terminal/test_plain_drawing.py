"""Drawings for paper have what is given, and nothing that follows from it."""

from __future__ import annotations

import re

import pytest

from tests.export.hostile import crowded_network, wide_network
from tui_backprop import course
from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation import Derivation
from tui_backprop.drawing.plain import draw
from tui_backprop.typeset.glyphs import Glyphs

EXERCISES = [entry.name for entry in course.exercises()]


def drawing(exercise: Exercise, glyphs: Glyphs = Glyphs.ASCII) -> tuple[str, ...]:
    return draw(Derivation(exercise.task), glyphs)


@pytest.mark.parametrize("glyphs", Glyphs)
@pytest.mark.parametrize("name", EXERCISES)
def test_a_drawing_fits_the_paper_and_has_no_idle_rows(name: str, glyphs: Glyphs) -> None:
    lines = drawing(course.load(name), glyphs)
    assert max(map(len, lines)) <= 78
    assert lines[0] != "" != lines[-1]
    assert "\n\n\n" not in "\n".join(lines)


@pytest.mark.parametrize("name", EXERCISES)
def test_every_number_in_a_drawing_is_given(name: str) -> None:
    derivation = Derivation(course.load(name).task)
    given = {derivation.values(quantity) for quantity in derivation.graph.givens()}
    text = "\n".join(draw(derivation, Glyphs.FULL)).replace("−", "-")
    # What touches a letter is a name, such as x1 or L-2, and what stands in brackets is a unit or a gate's expression.
    numbers = re.findall(r"(?<![\w.*-])[-+]?\d+(?:\.\d+)?(?![\w.])", re.sub(r"\([^()]*\)", "()", text))
    assert {float(number) for number in numbers} <= given


def test_what_is_drawn_for_the_second_exercise() -> None:
    lines = drawing(course.load("exercise-2"))
    assert lines[-2:] == (
        " (i)--------------------------+0.86 (j)--------------------------+0.66 (k)  y",
        " 0.7                                                                        1",
    )


def test_a_layer_too_large_for_paper_is_not_drawn_and_a_batch_has_its_numbers_in_the_table() -> None:
    assert drawing(wide_network()) != ()
    assert "0." not in "".join(drawing(course.load("batch-of-three"))).replace("+0.6", "").replace("+0.2", "")
    assert all(len(line) <= 78 for line in drawing(crowded_network()))
