"""Checking a gradient by nudging a parameter: two costs, rise over run, and the chain rule's product below it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.message import Message

from tui_backprop.desk import nudge_view as view
from tui_backprop.desk.plots.play import neighbour
from tui_backprop.desk.typed_number import TypedNumber
from tui_backprop.drawing.canvas import Runs, merge
from tui_backprop.drawing.paragraphs import Paragraph, wrong
from tui_backprop.drawing.plots.curve import CurvePicture, draw_curve
from tui_backprop.terminal.screen import LeavableScreen
from tui_backprop.terminal.widgets.cursor_view import CursorView
from tui_backprop.terminal.widgets.formula import FormulaView
from tui_backprop.terminal.widgets.key_line import KeyLine
from tui_backprop.terminal.widgets.message import MessageView
from tui_backprop.terminal.widgets.runs_view import RunsView
from tui_backprop.terminal.widgets.title_bar import TitleBar
from tui_backprop.terminal.widgets.titled import entitle
from tui_backprop.tutor.nudge import SIZES, Nudge, nudge, nudgeable, read_size
from tui_backprop.tutor.walk import Walk

_NOT_FIRST = frozenset("-e/")
"""No size of a nudge begins with these."""


class ParameterList(CursorView):
    """The parameters that can be nudged, one in each row."""

    class Chosen(Message):
        """The cursor is on another parameter."""

    def __init__(self, walk: Walk) -> None:
        super().__init__(classes="panel")
        self._walk = walk
        self.parameters: Sequence[str] = nudgeable(walk.derivation)
        self.border_title = "Nudge"

    def count(self) -> int:
        return len(self.parameters)

    def item_row(self, index: int, width: int) -> Runs:
        text = f" {view.parameter_text(self._walk, self.parameters[index], self.glyphs)}"
        return merge([(f"{text[:width]:{width}}", "cursor" if index == self.cursor else "plain")])

    def watch_cursor(self) -> None:
        super().watch_cursor()
        self.post_message(self.Chosen())


class CostView(RunsView):
    """The costs at the three points; empty while they would give something away."""

    nudged: Nudge | None = None

    def show(self, nudged: Nudge | None) -> None:
        self.nudged = nudged
        self.redraw()

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        rows = view.cost_rows(self.nudged, width, self.glyphs) if self.nudged else []
        return [((row, ""),) for row in rows[:height]]


class NearbyView(RunsView):
    """The cost's curve near the parameter's value; empty while it would give something away."""

    _nudged: Nudge | None = None
    _picture: CurvePicture | None = None

    def show(self, nudged: Nudge | None) -> None:
        self._nudged, self._picture = nudged, None
        self.redraw()

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        if self._picture is None and self._nudged is not None:  # worked out where there is room for it
            self._picture = view.curve_picture(self._nudged)
        return draw_curve(self._picture, width, height, self.glyphs).runs() if self._picture is not None else ()


class NudgeScreen(LeavableScreen[tuple[str, ...]], inherit_bindings=False):
    """Opened at a parameter (an id such as ``w 1:i->j``), by default the first.

    The result is the ids of gradients that were looked at before they were earned.
    """

    CSS_PATH = Path(__file__).with_name("nudge.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "reveal", "show it", tooltip="Show a gradient that is not found yet"),
        Binding("escape", "back", "back"),
        Binding("left", "resize(-1)", "nudge, or type it", key_display="Left, Right", tooltip="A larger nudge"),
        Binding("right", "resize(1)", "smaller nudge", show=False, tooltip="A smaller nudge"),
    ]

    choices = query_one(ParameterList)
    size_line = query_one("#size", MessageView)
    costs = query_one(CostView)
    nearby = query_one(NearbyView)
    both = query_one(FormulaView)
    words = query_one("#words", MessageView)

    def __init__(self, walk: Walk, parameter: str | None = None) -> None:
        super().__init__()
        self._walk = walk
        self._opened_at = parameter
        self._by = SIZES[1]
        self._typed = TypedNumber()
        self._revealed: dict[str, None] = {}
        self._nudged: Nudge | None = None

    def compose(self) -> ComposeResult:
        yield TitleBar(f"Check by nudging · {self._walk.exercise.title}")
        with Horizontal(id="parts"):
            with Vertical(id="left"):
                yield ParameterList(self._walk)
                nearby = NearbyView(classes="panel")
                nearby.border_title = "Near by"
                yield nearby
            with Vertical(id="right"):
                with Vertical(id="points", classes="panel") as points:
                    entitle(points, view.goal_title(self._walk))
                    yield MessageView(id="size")
                    yield CostView()
                both = FormulaView(classes="panel")
                both.border_title = "Rise over run, and the chain rule"
                yield both
                yield MessageView(id="words")
        yield KeyLine()

    def on_mount(self) -> None:
        if self._opened_at in self.choices.parameters:
            self.choices.cursor = self.choices.parameters.index(self._opened_at)
        self.choices.focus()
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter is offered where there is something to show."""
        del parameters
        return action != "reveal" or (self._nudged is not None and not self._is_open(self._nudged))

    async def on_key(self, event: events.Key) -> None:
        """Type a size of nudge without an input; keys that arrive together are taken in order."""
        typed, key = self._typed, event.key
        if typed.text and key == "enter":
            self._take_size()
        elif typed.text and key == "escape":
            typed.take()
        elif key == "backspace":
            if not typed.rub_out():
                return
        elif (not typed.text and event.character in _NOT_FIRST) or not typed.add(event.character):
            return
        self._show_size()
        event.stop()
        event.prevent_default()

    @on(ParameterList.Chosen)
    def _choose(self) -> None:
        self._show()

    def action_resize(self, step: int) -> None:
        """Take the next size that is offered: larger with −1, smaller with 1."""
        self._by = neighbour(SIZES, self._by, -step)
        self._typed.take()
        self._show()

    def action_reveal(self) -> None:
        """Show a gradient that has not been found yet."""
        if self._nudged is not None:
            self._revealed[self._nudged.gradient_id] = None
        self._show()

    def action_back(self) -> None:
        self.dismiss(tuple(self._revealed))

    def _take_size(self) -> None:
        try:
            self._by = read_size(self._typed.take())
        except ValueError as problem:
            self.words.show(wrong(str(problem)))
        else:
            self._show()

    def _show_size(self) -> None:
        self.size_line.show(Paragraph(view.size_text(self._by, self._typed.text)))

    def _show(self) -> None:
        self._show_size()
        try:
            self._nudged = nudge(self._walk, self.choices.parameters[self.choices.cursor], self._by)
        except ValueError as problem:
            self._nudged = None
            self._show_only(wrong(str(problem)))
        else:
            if self._is_open(self._nudged):
                self.set_class(False, "-covered")
                self.costs.show(self._nudged)
                self.nearby.show(self._nudged)
                self.both.show(*view.comparison(self._nudged))
                self.both.display = True
                self.words.show(*view.describe_nudge(self._nudged))
            else:
                self._show_only(*view.ask_first(self._nudged))
        self.refresh_bindings()

    def _show_only(self, *paragraphs: Paragraph) -> None:
        self.set_class(True, "-covered")
        self.costs.show(None)
        self.nearby.show(None)
        self.both.display = False
        self.words.show(*paragraphs)

    def _is_open(self, nudged: Nudge) -> bool:
        return nudged.earned or nudged.gradient_id in self._revealed
