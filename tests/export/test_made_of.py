"""The cost after the update shows the forward pass it comes from, in every format; JSON lists it as one step still."""

from __future__ import annotations

import pytest

from tests.export.hostile import deep_network
from tui_backprop import course
from tui_backprop.export.outline import MOST_HIDDEN, derive_lines
from tui_backprop.export.page import solution_page
from tui_backprop.export.paper import solution_paper
from tui_backprop.export.text import solution_text
from tui_backprop.export.told import solution_told
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import Text


def test_each_quantity_comes_after_what_it_is_made_of() -> None:
    lines = list(solution_text(course.load("exercise-2").solve(), course.load("exercise-2").solve().steps, Glyphs.FULL))
    assert lines[-4:] == [
        "       with z′ⱼ = w′ᵢⱼ · aᵢ = 0.915688 · 0.7 = 0.640981",
        "       a′ⱼ = ReLU(z′ⱼ) = ReLU(0.640981) = 0.640981",
        "       z′ₖ = w′ⱼₖ · a′ⱼ = 0.732563 · 0.640981 = 0.469559",
        "       a′ₖ = ReLU(z′ₖ) = ReLU(0.469559) = 0.469559"]


@pytest.mark.parametrize("kind", ["markdown", "latex", "html"])
def test_every_format_has_them(kind: str) -> None:
    solution = course.load("exercise-2").solve()
    writers = {"markdown": lambda: solution_text(solution, solution.steps, Glyphs.FULL, markdown=True),
               "latex": lambda: solution_paper(solution, solution.steps, Glyphs.FULL),
               "html": lambda: solution_page(solution, solution.steps, Glyphs.FULL)}
    assert "0.640981" in "\n".join(writers[kind]()).rpartition("0.281368")[2]


def test_a_few_and_then_an_ellipsis() -> None:
    solution = deep_network().solve()
    made = list(derive_lines(solution.derivation.step("C'")))
    assert len(made) == MOST_HIDDEN + 1
    assert made[-1] == [Text("…", "blank")]
    assert not any(list(derive_lines(step)) for step in solution.steps if step.id != "C'")
    assert not any("'" in step["id"] and step["id"][0] in "az" for step in solution.to_dict()["steps"])


def test_a_solution_to_be_heard_has_words_in_the_place_of_signs() -> None:
    solution = course.load("two-outputs").solve()
    told = list(solution_told(solution, solution.steps, Glyphs.FULL))
    assert not set("".join(told)) & set("∂·−=∑+²′½()/")
    assert f"Step {len(solution.steps)}: the cost after the update." in told
