"""The lines at the top and the bottom, wrapped text, and what is sent when rows change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_backprop.drawing.boxes import box_runs
from tui_backprop.drawing.canvas import Runs
from tui_backprop.drawing.paragraphs import Paragraph, right, wrap, wrong
from tui_backprop.terminal.widgets.key_line import fit
from tui_backprop.terminal.widgets.runs_view import find_changed_regions
from tui_backprop.terminal.widgets.title_bar import Progress, title_row
from tui_backprop.typeset.box import draw
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import Fraction, Row, Tagged, Text, symbol

QUIZ_KEYS = (
    ("Enter", "answer"), ("?", "hint"), ("!", "show"), ("PgUp", "earlier steps"), ("F2", "parameters"), ("F1", "keys"),
)  # fmt: skip


def plain(runs: Runs) -> str:
    return "".join(text for text, _ in runs)


def test_all_keys_of_a_quiz_are_shown_at_80_columns() -> None:
    line = " Enter answer   ? hint   ! show   PgUp earlier steps   F2 parameters   F1 keys"
    assert plain(fit(QUIZ_KEYS, 80)) == line


def test_at_60_columns_the_least_important_keys_give_way_but_not_the_way_to_all_others() -> None:
    assert plain(fit(QUIZ_KEYS, 60)) == " Enter answer  ? hint  ! show  PgUp earlier steps  F1 keys"


@given(st.integers(9, 90))
def test_no_key_is_ever_cut(width: int) -> None:
    line = plain(fit(QUIZ_KEYS, width))
    assert len(line) <= width
    shown = [hint for hint in QUIZ_KEYS if f"{hint[0]} {hint[1]}" in line]
    assert shown[:-1] == list(QUIZ_KEYS[: len(shown) - 1])
    assert line.split() == [word for key, does in shown for word in f"{key} {does}".split()]


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (80, " Exercise 2 · Three-layer chain           QUIZ   step 6 of 12  ▓▓▓▓▓▓▓▓░░░░░░░░ "),
        (70, " Exercise 2 · Three-layer chain         QUIZ   step 6 of 12  ▓▓▓▓░░░░ "),
        (60, " Exercise 2 · Three-layer chain         QUIZ   step 6 of 12 "),
        (50, " Exercise 2 · Three-layer chain       QUIZ   6/12 "),
        (45, " Exercise 2 · Three-layer cha…   QUIZ   6/12 "),
        (30, " Exercise 2 · …   QUIZ   6/12 "),
        (20, " Exercise 2 · Thre… "),
    ],
)
def test_the_title_line_keeps_what_matters_most(width: int, line: str) -> None:
    shown = plain(title_row("Exercise 2 · Three-layer chain", "QUIZ", Progress(6, 12), width))
    assert shown.rstrip() == line.rstrip()
    assert len(shown) <= width


@pytest.mark.parametrize(("done", "bar"), [(0, "░░░░"), (1, "░░░░"), (3, "▓░░░"), (11, "▓▓▓░"), (12, "▓▓▓▓")])
def test_the_bar_is_full_only_at_the_end(done: int, bar: str) -> None:
    assert Progress(done, 12).bar(4) == bar


def test_text_is_wrapped_under_itself_behind_its_mark() -> None:
    rows = wrap([wrong("I read −0.603. That is aₖ − y."), right("Right.")], 20)
    assert [plain(row) for row in rows] == ["✗ I read −0.603.", "  That is aₖ − y.", "✓ Right."]


def test_in_ascii_words_are_translated_before_they_are_wrapped() -> None:
    rows = wrap([right("∂C/∂aₖ = 2(aₖ − y)")], 40, Glyphs.ASCII)
    assert [plain(row) for row in rows] == ["ok dC/da_k = 2(a_k - y)"]


@given(st.text(alphabet="ab [/]$w=∂", max_size=60), st.integers(3, 30))
def test_no_word_is_lost_and_nothing_is_taken_for_markup(text: str, width: int) -> None:
    rows = wrap([Paragraph(text)], width)
    assert "".join(plain(row) for row in rows).replace(" ", "") == "".join(text.split())
    assert all(len(plain(row)) <= width for row in rows)


def test_the_factor_asked_for_is_lit_in_every_row_of_its_fraction() -> None:
    factor = Tagged("dC/da", Fraction(symbol("∂C"), symbol("∂a", "k")))
    box = draw(Row((Text("x "), factor)), Glyphs.FULL)
    lit = [[text for text, role in row if role == "lit"] for row in box_runs(box, {"dC/da": "lit"})]
    assert [len(texts) for texts in lit] == [1, 1, 1]
    assert {len(text) for texts in lit for text in texts} == {3}


def test_of_tagged_parts_in_one_another_the_inner_role_shows() -> None:
    layout = Tagged("outer", Row((Text("a"), Tagged("inner", Text("b")), Text("c"))))
    (row,) = box_runs(draw(layout, Glyphs.FULL), {"outer": "good", "inner": "lit"})
    assert [role for text, role in row if "b" in text] == ["lit"]
    assert [role for text, role in row if "a" in text or "c" in text] == ["good", "good"]


CELLS = st.lists(st.tuples(st.text("ab ", min_size=1, max_size=4), st.sampled_from(["", "lit"])), max_size=4)
ROWS = st.lists(CELLS.map(tuple), max_size=4)


@given(ROWS, ROWS)
def test_only_rows_that_differ_are_sent_and_all_of_them(before: list[Runs], after: list[Runs]) -> None:
    def cells(rows: list[Runs], row: int, column: int) -> tuple[str, str]:
        runs = rows[row] if row < len(rows) else ()
        line = [(character, role) for text, role in runs for character in text]
        return line[column] if column < len(line) else (" ", "")

    regions = list(find_changed_regions(before, after, 16))
    sent = {(row, column) for region in regions for row in region.line_range for column in region.column_range}
    different = {(r, c) for r in range(4) for c in range(16) if cells(before, r, c) != cells(after, r, c)}
    assert different <= sent
    assert {row for row, _ in sent} == {row for row, _ in different}


def test_no_line_is_broken_between_a_name_and_its_value() -> None:
    said = Paragraph("You have  w = 0.5   aₓ = 0.9 and w′ = −0.6816")
    lines = [plain(line) for line in wrap([said], 21)]
    assert lines == ["You have  w = 0.5", "aₓ = 0.9 and", "w′ = −0.6816"]
