"""A widget for typeset formulas, with parts lit or dimmed by their tags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from tui_backprop.drawing.boxes import Setter, box_runs
from tui_backprop.drawing.canvas import LIT, Runs
from tui_backprop.terminal.widgets.runs_view import RunsView


class FormulaView(RunsView):
    """Shows the box that a setter makes; ``roles`` gives the role of each tag: lit, earned or not there yet."""

    DEFAULT_CSS = "FormulaView { height: auto; }"

    _setter: Setter | None = None
    _roles: Mapping[str, str] = MappingProxyType({})

    def show(self, setter: Setter, roles: Mapping[str, str] | None = None) -> None:
        """Show this formula with these roles; only what changed is sent."""
        self._setter, self._roles = setter, dict(roles or {})
        self.redraw()

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        """The formula from its top or, where it is too high, the part with what is lit."""
        if self._setter is None:
            return ()
        runs = box_runs(self._setter(self.glyphs, width), self._roles)
        if len(runs) <= height:
            return runs
        lit = [n for n, row in enumerate(runs) if any(role == LIT for _, role in row)]
        first = min(max(lit[-1] - height + 1, 0), lit[0]) if lit else 0
        return runs[first : first + height]
