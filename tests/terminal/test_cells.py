"""What is sent in place of a frame leaves the terminal as the frame would have left it."""

from __future__ import annotations

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.style import Style

from tui_backprop.terminal.cells import Cells

WIDTH, HEIGHT = 24, 6
_CONSOLE = Console(color_system="truecolor", force_terminal=True)

colours = st.sampled_from(["default", "red", "bright_blue", "color(200)", "#102030", "#fefefe"])
styles = st.builds(
    Style, color=colours, bgcolor=colours, bold=st.booleans(), dim=st.booleans(), italic=st.booleans(),
    underline=st.booleans(), reverse=st.booleans(), strike=st.booleans(),
)
narrow = st.text(st.sampled_from("ab ─∂δ·₁"), min_size=1, max_size=12)
foreign = st.text(st.sampled_from("ab 漢e\u0301🙂"), min_size=1, max_size=6).map(
    lambda text: text.lstrip("\u0301") or "a")  # Textual never parts an accent from its letter
moves = st.builds("\x1b[{};{}H".format, st.integers(1, HEIGHT), st.integers(1, WIDTH - 12))


def piece(text: str, style: Style) -> str:
    return style.render(text, color_system=_CONSOLE._color_system)


def frames(text: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Pieces at some places, as Textual writes them: a move, styled text, the end of the line, the cursor at last."""
    spans = st.tuples(st.integers(1, HEIGHT), st.integers(1, WIDTH - 12), st.builds(piece, text, styles))
    return st.builds(frame, st.lists(spans, max_size=8), moves)


def frame(spans: list[tuple[int, int, str]], at_last: str) -> str:
    """From top to bottom; a line ends only where another row follows."""
    written, row = "", 0
    for to_row, column, text in sorted(spans, key=lambda span: span[0]):
        written += "\n" * bool(row and to_row != row) + f"\x1b[{to_row};{column}H" + text
        row = to_row
    return written + at_last


def shown(screen: pyte.Screen) -> list[object]:
    """What can be seen of each cell, and where the cursor is."""
    cells: list[object] = [(screen.cursor.y, screen.cursor.x)]
    for y in range(HEIGHT):
        for x in range(WIDTH):
            cell = screen.buffer[y][x]
            written = cell.data != " " or cell.underscore or cell.reverse or cell.strikethrough
            cells.append((cell.data, cell.bg, cell.underscore, cell.reverse, cell.strikethrough,
                          (cell.fg, cell.bold if cell.data != " " else None) if written else None))
    return cells


class Terminal:
    """An emulator, which nobody here wrote."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.Stream(self.screen)

    def receive(self, data: str) -> list[object]:
        self._stream.feed(data)
        return shown(self.screen)


@given(st.lists(frames(narrow), min_size=1, max_size=6))
def test_what_is_sent_shows_what_the_frames_show(sequence: list[str]) -> None:
    cells, whole, cut = Cells(), Terminal(), Terminal()
    for painted in sequence:
        assert cut.receive(cells.changes(painted)) == whole.receive(painted)


@given(st.lists(frames(narrow | foreign), min_size=1, max_size=6))
def test_so_it_is_with_characters_of_other_widths(sequence: list[str]) -> None:
    cells, whole, cut = Cells(), Terminal(), Terminal()
    for painted in sequence:
        assert cut.receive(cells.changes(painted)) == whole.receive(painted)


@given(frames(narrow))
def test_nothing_is_sent_for_what_is_there(painted: str) -> None:
    cells = Cells()
    cells.changes(painted)
    assert cells.changes(painted) == ""


@given(frames(narrow), st.text(max_size=20))
def test_what_is_not_understood_is_sent_as_it_is_and_all_after_it_anew(painted: str, strange: str) -> None:
    cells = Cells()
    cells.changes(painted)
    assert cells.changes("\x1b[?1049h" + strange) == "\x1b[?1049h" + strange
    assert cells.changes(painted) == Cells().changes(painted)


def test_one_character_costs_a_move_and_itself() -> None:
    cells = Cells()
    cells.changes("\x1b[3;1H\x1b[38;2;1;2;3;48;2;4;5;6mslope 0.602\x1b[0m\x1b[1;1H")
    sent = cells.changes("\x1b[3;1H\x1b[38;2;1;2;3;48;2;4;5;6mslope 0.603\x1b[0m\x1b[1;1H")
    assert sent == "\x1b[3;11H\x1b[38;2;1;2;3;48;2;4;5;6m3\x1b[m\x1b[1;1H"


def test_after_a_new_size_everything_is_sent() -> None:
    cells, painted = Cells(), "\x1b[1;1Hslope\x1b[1;1H"
    whole = cells.changes(painted)
    cells.begin_anew(80, 24)
    assert cells.changes(painted) == whole


def test_a_frame_of_another_size_is_not_believed_to_stand_there() -> None:
    """It may have been cut, or have run into the next row, by a terminal that had just become smaller."""
    cells, late = Cells(), "\x1b[1;70H0.602 and more\x1b[1;1H"
    cells.begin_anew(75, 24)
    whole = cells.changes(late)
    assert whole
    assert cells.changes(late) == whole
