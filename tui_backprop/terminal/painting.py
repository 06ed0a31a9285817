"""Paints the parts of a screen that changed, and works out nothing else.

Textual's own partial update renders every widget that lies anywhere between the first and the last change, with its
border, and the containers behind it: most of what an answer costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui_backprop.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class FrontPiece:
    """Cells from ``start`` up to ``end`` of one row of the screen, and the widget that is in front there."""

    row: int
    start: int
    end: int
    widget: Widget


class PiecesUpdate(ChopsUpdate):
    """Strips with their places, column first, as a terminal is sent them."""

    def __init__(self, strips: Sequence[tuple[int, int, Strip]]) -> None:
        super().__init__([], [], [])
        self.strips = strips

    def render_segments(self, console: Console) -> str:
        return "".join(f"\x1b[{row + 1};{column + 1}H{strip.render(console)}" for column, row, strip in self.strips)


class PieceCompositor(Compositor):
    """Textual's compositor, whose partial updates look only at the widget in front of each cell that changed."""

    def render_partial_update(self) -> ChopsUpdate | None:
        screen = self.size.region
        regions = [region.intersection(screen) for region in self._dirty_regions]
        self._dirty_regions.clear()
        pieces = [piece for span in self._regions_to_spans(regions) for piece in self._in_front(*span)]
        return PiecesUpdate(list(self._strips(pieces))) if pieces else None

    def _in_front(self, row: int, start: int, end: int) -> Iterator[FrontPiece]:
        """The pieces of one row from ``start`` up to ``end``, each of the widget that is in front there."""
        bare = [(start, end)]
        for widget, (region, clip) in self.visible_widgets.items():
            left, top, width, height = region.intersection(clip)
            if not top <= row < top + height:
                continue
            still_bare: list[tuple[int, int]] = []
            for first, last in bare:
                begin, stop = max(first, left), min(last, left + width)
                if begin >= stop:
                    still_bare.append((first, last))
                    continue
                yield FrontPiece(row, begin, stop, widget)
                still_bare += [(a, b) for a, b in ((first, begin), (stop, last)) if a < b]
            bare = still_bare
            if not bare:
                return

    def _strips(self, pieces: Sequence[FrontPiece]) -> Iterator[tuple[int, int, Strip]]:
        """The contents of the pieces, each widget asked once for all its rows from the first to the last wanted."""
        rows: dict[Widget, tuple[int, int]] = {}
        for piece in pieces:
            first, last = rows.get(piece.widget, (piece.row, piece.row))
            rows[piece.widget] = min(first, piece.row), max(last, piece.row)
        lines = {widget: self._lines(widget, first, last) for widget, (first, last) in rows.items()}
        for piece in pieces:
            left, found = lines[piece.widget]
            strip = found[piece.row - rows[piece.widget][0]]
            yield piece.start, piece.row, strip.crop(piece.start - left, piece.end - left)

    def _lines(self, widget: Widget, first: int, last: int) -> tuple[int, list[Strip]]:
        """The leftmost column that is seen of a widget, and its rows on the screen from ``first`` to ``last``."""
        region, clip = self.visible_widgets[widget]
        left, _, width, _ = region.intersection(clip)
        return left, widget.render_lines(Region(left - region.x, first - region.y, width, last - first + 1))
