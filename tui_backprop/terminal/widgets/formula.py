"""A widget for typeset formulas, with parts lit or dimmed by their tags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from tui_backprop.drawing.boxes import Setter, box_runs
from tui_backprop.drawing.canvas import LIT, Runs
from tui_backprop.terminal.widgets.runs_view import RunsView
from tui_backprop.typeset.glyphs import Glyphs


class FormulaView(RunsView):
    """Shows the box that a setter makes; ``roles`` gives the role of each tag: lit, earned or not there yet."""

    DEFAULT_CSS = "FormulaView { height: auto; }"

    _setter: Setter | None = None
    _roles: Mapping[str, str] = MappingProxyType({})
    _set: tuple[Glyphs, int, int, tuple[Runs, ...]] | None = None

    def show(self, setter: Setter, roles: Mapping[str, str] | None = None) -> None:
        """Show this formula with these roles; only what changed is sent."""
        self._setter, self._roles, self._set = setter, dict(roles or {}), None
        self.redraw()

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        """The formula from its top or, where it is too high, the part with what is lit."""
        runs = self._all_rows(width, height)
        if len(runs) <= height:
            return runs
        lit = [n for n, row in enumerate(runs) if any(role == LIT for _, role in row)]
        first = min(max(lit[-1] - height + 1, 0), lit[0]) if lit else 0
        return runs[first : first + height]

    def _all_rows(self, width: int, height: int) -> tuple[Runs, ...]:
        """The whole formula, set once for each size: its height is asked for before it is drawn."""
        if self._setter is None:
            return ()
        if self._set is None or self._set[:3] != (self.glyphs, width, height):
            box = self._setter(self.glyphs, width, height)
            self._set = self.glyphs, width, height, box_runs(box, self._roles)
        return self._set[3]
