"""A widget that shows rows of runs (text with a role) and sends only what changed: the base of all our widgets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tui_backprop.drawing.canvas import Run, Runs, fills
from tui_backprop.drawing.plots.roles import BAND
from tui_backprop.terminal.shades import band_style, on_ground
from tui_backprop.terminal.theme import role_styles
from tui_backprop.terminal.widgets.unscrolled import virtual_size
from tui_backprop.typeset.glyphs import Glyphs, cells


class RunsView(Widget):
    """Shows what :meth:`rows` gives for its size; :meth:`redraw` repaints only the cells that differ."""

    _rows: Sequence[Runs] = ()
    _plain = Style.null()
    _plain_for: tuple[int, ...] = ()
    virtual_size = virtual_size()
    _drawn_for = Size(0, 0)

    @property
    def glyphs(self) -> Glyphs:
        """The glyph level to draw for: the app's, where it has one."""
        level = getattr(self.app, "glyphs", Glyphs.FULL)
        return level if isinstance(level, Glyphs) else Glyphs.FULL

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        """The picture for this size: at most ``height`` rows, each at most ``width`` characters."""
        raise NotImplementedError  # a subclass overrides it; Textual's metaclass allows no ABC

    def natural_height(self, width: int) -> int:
        """The rows wanted where the style says ``height: auto``."""
        return len(self.rows(width, 1000))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        del container, viewport  # only the width counts
        return self.natural_height(width)

    def redraw(self) -> None:
        """Draw again; only rows that differ are repainted, from their first changed cell to their last."""
        if not self.is_attached:
            return
        if not self.display:
            self._drawn_for = Size(0, 0)  # it is drawn, and room made for it, when it is shown
            return
        if not self._has_room():
            self.draw_afresh()
            return
        if not self.size:
            return  # nothing to say, and no row for it
        before, self._rows, self._drawn_for = self._rows, self.rows(*self.size), self.size
        regions = list(find_changed_regions(before, self._rows, self.size.width))
        if regions:
            self.refresh(*regions)

    def _has_room(self) -> bool:
        """Has the widget been laid out, and in the height it wants?"""
        auto = self.styles.height is not None and self.styles.height.is_auto
        width, height = self.size
        return height == self.natural_height(width) if auto and width else bool(self.size)

    def draw_afresh(self) -> None:
        """Draw and send everything again, as after a change of glyphs."""
        self._drawn_for = Size(0, 0)
        self.refresh(layout=True)

    def render_line(self, y: int) -> Strip:
        if self._drawn_for != self.size:
            self._rows, self._drawn_for = self.rows(*self.size), self.size
        runs = self._rows[y] if y < len(self._rows) else ()
        strip = Strip(Segment(text, self.role_style(role)) for text, role in runs)
        return strip.adjust_cell_length(self.size.width, self._plain)

    def render_lines(self, crop: Region) -> list[Strip]:
        styled = tuple(node.styles._cache_key for node in self.ancestors_with_self)
        if styled != self._plain_for:  # it is gathered from every ancestor, and blended
            self._plain, self._plain_for = self.rich_style, styled
        return super().render_lines(crop)

    def role_style(self, role: str) -> Style:
        """The style of a role here: the widget's own style with the theme's look of the role added.

        ``ink/ground`` is the colour of one role on the colour of another.
        """
        ink, slash, ground = role.partition("/")
        if slash:
            return on_ground(None if ink == "plain" else self._one_role(ink), self._one_role(ground))
        return self._one_role(role)

    def _one_role(self, role: str) -> Style:
        theme = self.app.theme
        over = band_style(theme, int(role.removeprefix(BAND))) if role.startswith(BAND) else role_styles(theme)[role]
        return self._plain + over


def find_changed_regions(before: Sequence[Runs], after: Sequence[Runs], width: int) -> Iterator[Region]:
    """For each row that differs, the region from its first changed cell to its last."""
    for row, (old, new) in enumerate(zip_longest(before, after, fillvalue=())):
        if old == new:
            continue
        old_cells, new_cells = _cells(old, width), _cells(new, width)
        differing = [n for n, (a, b) in enumerate(zip(old_cells, new_cells, strict=True)) if a != b]
        if differing:
            yield Region(differing[0], row, differing[-1] - differing[0] + 1, 1)


def _cells(runs: Runs, width: int) -> list[Run]:
    """Each cell with its role; a blank has none where its role cannot be seen."""
    row: list[Run] = []
    for text, role in runs:
        row += [(piece, role if piece != " " or fills(role) else "") for piece in _pieces(text)]
    return row[:width] + [(" ", "")] * (width - len(row))


def _pieces(text: str) -> Iterable[str]:
    """The content of each cell: a wide character in both of its cells, a mark in that of its letter."""
    if cells(text) == len(text):
        return text
    found: list[str] = []
    for character in text:
        width = cells(character)
        if not width and found:
            found[-1] += character
        found += [character] * width
    return found
