"""Lines and text on a canvas of cells."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_backprop.drawing.canvas import Canvas, merge
from tui_backprop.typeset.glyphs import Glyphs

CELL = st.tuples(st.integers(-3, 15), st.integers(-3, 8))


def cells_of(canvas: Canvas, role: str) -> set[tuple[int, int, str]]:
    """The cells with something of this role in them: row, column and character."""
    found = set()
    for row, runs in enumerate(canvas.runs()):
        cells = [(character, run_role) for text, run_role in runs for character in text]
        found |= {(row, column, c) for column, (c, run_role) in enumerate(cells) if run_role == role and c != " "}
    return found


def test_text_lies_over_lines() -> None:
    canvas = Canvas(9, 1, Glyphs.FULL)
    canvas.text(3, 0, "abc")
    canvas.connect((0, 0), (8, 0), "edge")
    assert canvas.lines() == ("───abc───",)


def test_crossing_box_lines_join() -> None:
    canvas = Canvas(3, 3, Glyphs.FULL)
    canvas.connect((0, 1), (2, 1), "edge")
    canvas.bracket(1, (0, 2), 1, "edge")
    assert canvas.lines() == (" ┐", "─┼─", " ┘")


def test_a_bracket_of_one_row_is_a_line() -> None:
    canvas = Canvas(3, 1, Glyphs.FULL)
    canvas.bracket(1, (0,), 0, "edge")
    assert canvas.lines() == (" ─",)


@pytest.mark.parametrize(
    ("glyphs", "level", "heavy"), [(Glyphs.FULL, "─", "━"), (Glyphs.CONSOLE, "─", "═"), (Glyphs.ASCII, "-", "=")]
)
def test_every_level_has_a_light_and_a_heavy_line(glyphs: Glyphs, level: str, heavy: str) -> None:
    canvas = Canvas(4, 2, glyphs)
    canvas.connect((0, 0), (3, 0), "edge")
    canvas.connect((0, 1), (3, 1), "active", heavy=True)
    assert canvas.lines() == (level * 4, heavy * 4)


@pytest.mark.parametrize("heavy_first", [True, False])
def test_where_two_lines_cross_both_are_whole_and_the_heavy_one_has_the_colour(heavy_first: bool) -> None:
    lines = {"active": ((0, 0), (4, 4)), "edge": ((4, 0), (0, 4))}
    dots = {}
    for role, ends in lines.items():
        canvas = Canvas(5, 5, Glyphs.FULL)
        canvas.slope(*ends, role, heavy=role == "active")
        dots[role] = {(row, column): ord(sign) for row, column, sign in cells_of(canvas, role)}
    canvas = Canvas(5, 5, Glyphs.FULL)
    for role in lines if heavy_first else reversed(lines):
        canvas.slope(*lines[role], role, heavy=role == "active")
    together = {role: {(row, column): ord(sign) for row, column, sign in cells_of(canvas, role)} for role in lines}
    assert set(together["active"]) == set(dots["active"])
    for alone in dots.values():
        assert all((together["active"] | together["edge"])[cell] & sign == sign for cell, sign in alone.items())


@given(st.sampled_from(Glyphs), CELL, CELL, st.booleans())
def test_lines_and_text_are_cut_at_the_edge_and_every_row_is_full(
    glyphs: Glyphs, start: tuple[int, int], end: tuple[int, int], heavy: bool
) -> None:
    canvas = Canvas(12, 6, glyphs)
    canvas.connect(start, end, "edge", heavy)
    canvas.text(*start, "(label)", "lit")
    rows = canvas.runs()
    assert len(rows) == 6
    assert all(sum(len(text) for text, _ in row) == 12 for row in rows)
    assert glyphs is not Glyphs.ASCII or all(text.isascii() for row in rows for text, _ in row)


@given(st.lists(st.tuples(st.sampled_from(["a", " "]), st.sampled_from(["", "edge", "lit"])), max_size=12))
def test_merged_runs_hold_the_same_text_with_fewer_changes_of_style(cells: list[tuple[str, str]]) -> None:
    runs = merge(cells)
    assert "".join(text for text, _ in runs) == "".join(text for text, _ in cells)
    assert len(runs) <= len(cells)
    assert all(before[1] != after[1] for before, after in pairwise(runs))


@given(st.lists(st.tuples(st.sampled_from(["a", " "]), st.sampled_from(["", "edge", "lit"])), max_size=12))
def test_merging_keeps_the_role_of_every_cell_that_shows_it(cells: list[tuple[str, str]]) -> None:
    merged = [(character, role) for text, role in merge(cells) for character in text]
    for (text, role), (_, merged_role) in zip(cells, merged, strict=True):
        if text != " " or role == "lit":
            assert merged_role == role
        else:
            assert merged_role != "lit"
