"""What the screens of curve, map and training share: a picture, text below it, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.getters import query_one

from tui_backprop.course.exercise import Exercise
from tui_backprop.dataclass import dataclass
from tui_backprop.desk.plots.play import PlotPlay
from tui_backprop.drawing.canvas import Canvas, Run, Runs
from tui_backprop.drawing.paragraphs import Paragraph
from tui_backprop.terminal.screen import LeavableScreen
from tui_backprop.terminal.shades import has_shades
from tui_backprop.terminal.widgets.key_line import KeyLine
from tui_backprop.terminal.widgets.message import QuestionView
from tui_backprop.terminal.widgets.runs_view import RunsView
from tui_backprop.terminal.widgets.title_bar import TitleBar
from tui_backprop.terminal.widgets.unscrolled import UnscrolledRow
from tui_backprop.typeset.glyphs import Glyphs

_TILES = 4
"""The number of strips in which a picture is sent."""

BACK = Binding("escape", "back", "back", tooltip="Back to where this was opened")

Draw = Callable[[int, int, Glyphs, bool], Canvas]
"""Draws a picture in so many columns and rows; the last argument: can shades be told apart by colour?"""


@dataclass(frozen=True, slots=True)
class PictureOutcome:
    """A screen's result. ``revealed``: values shown before they were earned; ``exercise``: one to go on with."""

    revealed: tuple[str, ...] = ()
    exercise: Exercise | None = None


class Tile(RunsView):
    """A strip of the picture from top to bottom. Textual sends a changed row from the widget's left edge on."""

    DEFAULT_CSS = "Tile { width: 1fr; height: 1fr; }"

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        picture = self.parent
        if not isinstance(picture, PictureView):
            return ()
        start = self.region.x - picture.region.x
        return [part_of(row, start, width) for row in picture.rows()[:height]]


class PictureView(UnscrolledRow):
    """A plot in strips; where only some change, only those are sent."""

    _draw: Draw | None = None
    _rows: tuple[tuple[object, ...], Sequence[Runs]] = ((), ())

    def compose(self) -> ComposeResult:
        yield from (Tile() for _ in range(_TILES))

    def show(self, draw: Draw | None) -> None:
        """Show this picture, or none."""
        self._draw = draw
        self._rows = ((), ())
        for tile in self.query(Tile):
            tile.redraw()

    def rows(self) -> Sequence[Runs]:
        """All rows, drawn once for all strips."""
        glyphs, shaded = getattr(self.app, "glyphs", Glyphs.FULL), has_shades(self.app.theme)
        key = (self.size, glyphs, shaded)
        if self._rows[0] != key:
            drawn = self._draw(self.size.width, self.size.height, glyphs, shaded).runs() \
                if self._draw is not None and self.size else ()
            self._rows = (key, drawn)
        return self._rows[1]


def part_of(row: Runs, start: int, width: int) -> Runs:
    """The runs of a row from column ``start`` on, ``width`` columns wide."""
    found: list[Run] = []
    column = 0
    for text, role in row:
        part = text[max(start - column, 0):max(start + width - column, 0)]
        if part:
            found.append((part, role))
        column += len(text)
    return tuple(found)


class PlotScreen(LeavableScreen[PictureOutcome], inherit_bindings=False):
    """A picture with text below it. A subclass shows both in :meth:`show_all`."""

    CSS_PATH = Path(__file__).with_name("picture.tcss")
    AUTO_FOCUS = None
    title_bar = query_one(TitleBar)
    picture = query_one(PictureView)
    words = query_one("#words", QuestionView)
    play: PlotPlay

    def __init__(self, play: PlotPlay) -> None:
        super().__init__()
        self.play = play

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield PictureView()
        yield QuestionView(id="words")
        yield KeyLine()

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self.show_all())
        self.show_all()

    def show_all(self) -> None:
        """Show picture and text as they are now."""
        raise NotImplementedError  # a subclass overrides it; Textual's metaclass allows no ABC

    def say(self, paragraphs: Sequence[Paragraph]) -> None:
        self.set_class(self.play.cover.is_on, "-covered")  # then there is no picture to leave room for
        self.words.show(*paragraphs)
        self.refresh_bindings()

    def action_back(self) -> None:
        self.dismiss(PictureOutcome(tuple(self.play.cover.revealed)))


def pass_on(intent: Callable[..., object], show: Callable[[Any], None] | None = None) -> Callable[..., None]:
    """An action of a screen that does this with its play, and shows what came of it, by ``show`` if that is given."""
    @wraps(intent)  # Textual gives an action as many values as it takes
    def action(screen: PlotScreen, *values: int) -> None:
        intent(screen.play, *values)
        if show is None:
            screen.show_all()
        else:
            show(screen)

    return action
