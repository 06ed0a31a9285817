"""What happens at the map: move the point, step downhill from it, zoom, pan, another pair of weights, another start."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from tui_backprop.dataclass import dataclass, replace
from tui_backprop.derivation.landscape import cost_map, spans_around
from tui_backprop.desk.plots.curve_play import plottable
from tui_backprop.desk.plots.given_away import Learner, of_everything
from tui_backprop.desk.plots.play import RATES, PlotPlay, neighbour, tell_change
from tui_backprop.drawing.canvas import Canvas
from tui_backprop.drawing.paragraphs import Paragraph
from tui_backprop.drawing.plots.frame import Point
from tui_backprop.drawing.plots.map import Contours, MapPicture, Relief, contours_of, draw_map, map_grid
from tui_backprop.maths.numerals import many, tell_value, to_text, typographic
from tui_backprop.typeset.glyphs import Glyphs

Interval = tuple[float, float]
UPDATES = 20
"""The updates of a path of descent."""
_ZOOM = 2.0
_PAN = 0.25
"""How far one press pans, as a share of the picture's width or height."""
_MOVES = 30
"""How many moves of the point lead across the picture."""
_LEAST_SPAN, _MOST_SPAN = 1e-9, 1e9


@dataclass(frozen=True)
class _Drawn:
    """What was worked out for a picture of one size, kept while only the point moves."""

    key: tuple[object, ...]
    relief: Relief
    contours: Contours


class MapPlay(PlotPlay):
    """The cost over two quantities, one of them ``against``.

    ``path``: a walk of gradient descent, of which ``steps`` are done; empty once the point was moved off it.
    """

    def __init__(self, learner: Learner, against: str, revealed: Iterable[str] = ()) -> None:
        super().__init__(learner, revealed)
        derivation = self.derivation
        parameters = derivation.graph.parameters()
        enough = against in parameters and len(parameters) > 1
        self.quantities: Sequence[str] = parameters if enough else plottable(derivation)
        self.rate = self.first_rate
        self.path: tuple[Point, ...] = ()
        self.steps = 0
        self._kept: _Drawn | None = None
        others = derivation.graph.trained()[-2:] or self.quantities[-2:]
        second = next((each for each in reversed(others) if each != against), self.quantities[0])
        self.choose(against, second)

    # What is shown.

    @property
    def names(self) -> tuple[str, str]:
        first, second = (self.derivation.name_of(quantity) for quantity in self.pair)
        return first, second

    def draw(self, width: int, height: int, glyphs: Glyphs, shaded: bool) -> Canvas:
        """The map on a canvas; costs are worked out again only for another part of the landscape."""
        key = (self.pair, self.spans, width, height, glyphs is Glyphs.FULL and shaded)
        if self._kept is None or self._kept.key != key:
            xs, ys = map_grid(*self.spans, width, height)
            relief = Relief(xs, ys, tuple(map(tuple, cost_map(self.derivation, self.pair, xs, ys))))
            contours = contours_of(self._picture(relief), width, height, lined=bool(key[-1]))
            self._kept = _Drawn(key, relief, contours)
        kept = self._kept
        return draw_map(self._picture(kept.relief), width, height, glyphs, shaded=shaded, contours=kept.contours)

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The texts below the map."""
        if self.cover.is_on:
            return self.cover.paragraphs
        return (*self.said, *self.place)

    @property
    def place(self) -> tuple[Paragraph, ...]:
        """Where the point is, how high, and how steep it is there."""
        x, y = self.here
        first, second = self.names
        where = f"{first} = {to_text(x, 4)}, {second} = {to_text(y, 4)}: {tell_value(self.goal, self._cost(), 4)}."
        return Paragraph(typographic(where)), Paragraph(f"{self.slopes} {self.way}".strip())

    # What the learner does.

    def choose(self, first: str, second: str) -> None:
        """Show another pair of quantities, with the point at the exercise's own values."""
        self.pair = (first, second)
        self.cover.put_on(of_everything(self.derivation, self.pair))
        self.said = ()
        self.start_again()

    def start_again(self) -> None:
        """Put the point at the exercise's own values, with the path from there, and show all of it."""
        values = self.derivation.values
        self.here: Point = (values(self.pair[0]), values(self.pair[1]))
        self._from(self.here)
        self.spans: tuple[Interval, Interval] = spans_around(self.path)
        self.said = ()

    def next_quantity(self, axis: int, by: int) -> None:
        """Put another quantity on one of the axes (0 or 1); never the one on the other axis."""
        other = self.pair[1 - axis]
        place = (self.quantities.index(self.pair[axis]) + by) % len(self.quantities)
        if self.quantities[place] == other:
            place = (place + by) % len(self.quantities)
        chosen = self.quantities[place]
        self.choose(*((chosen, other) if axis == 0 else (other, chosen)))

    def enter(self) -> None:
        """Show what is covered; else take the walk's next step, the first of a new walk where none leads from here."""
        if self.cover.is_on:
            self.cover.take_off()
            return
        if not self.takes_steps:
            return
        before, flat = self._cost(), self.is_flat
        if not self.path:
            self._from(self.here)
        if not self.is_walking:
            self._say_run_away()
            return
        self.steps += 1
        self.here = self.path[self.steps]
        if not self.is_walking:
            self.path = (*self.path, *self._walk(self.here)[1:])
        self.said = (replace(tell_change(self.goal, before, self._cost(), flat=flat), mark=""),)
        self._keep_in_view()

    def descend(self) -> None:
        """Draw the path of descent from the point."""
        self._from(self.here)
        steps = many(len(self.path) - 1, "step")
        self.said = (Paragraph(f"From here {steps} of gradient descent in these two, numbered.", "", "note"),)

    def move(self, across: int, up: int) -> None:
        """Move the point. The walk goes: it did not lead from here."""
        self.said, self.path, self.steps = (), (), 0
        (left, right), (low, high) = self.spans
        self.here = (self.here[0] + across * (right - left) / _MOVES, self.here[1] + up * (high - low) / _MOVES)
        self._keep_in_view()

    def pan(self, across: int, up: int) -> None:
        """Show the landscape further on in this direction."""
        (left, right), (low, high) = self.spans
        dx, dy = across * _PAN * (right - left), up * _PAN * (high - low)
        self.spans = ((left + dx, right + dx), (low + dy, high + dy))

    def zoom(self, way: int) -> None:
        """Zoom in (1) or out (−1), around the point."""
        factor = _ZOOM ** -way
        spans = []
        for place, (low, high) in zip(self.here, self.spans, strict=True):
            half = (high - low) * factor / 2
            middle = place if way > 0 else (low + high) / 2
            if not _LEAST_SPAN < half < _MOST_SPAN:
                return
            spans.append((middle - half, middle + half))
        self.spans = (spans[0], spans[1])

    def change_rate(self, way: int) -> None:
        """Take the next larger (1) or smaller (−1) learning rate for the rest of the walk."""
        self.rate = neighbour(RATES, self.rate, way)
        self.path = (*self.path[:self.steps], *self._walk(self.here))
        self.said = (Paragraph(f"Now {self.rate_name} = {to_text(self.rate)}.", "", "note"),)

    # Helpers.

    def _at(self, point: Point) -> Mapping[str, float]:
        return dict(zip(self.pair, point, strict=True))

    def _cost(self, point: Point | None = None) -> float:
        """The cost at a point, or where the learner's is."""
        return self.derivation.vary(self._at(point or self.here))(self.derivation.graph.goal)

    def _downhill(self, point: Point | None = None) -> Point | None:
        """The way of a step: against the slopes, but not along what learning leaves as it is."""
        slopes = self._gradient(point)
        if slopes is None:
            return None
        x, y = (0.0 if self._is_fixed(quantity) else -slope for quantity, slope in zip(self.pair, slopes, strict=True))
        return x, y

    def _gradient(self, point: Point | None = None) -> Point | None:
        """The two slopes at a point, or where the learner's is; None where there are no steps."""
        graph = self.derivation.graph
        parameters = graph.parameters()
        if not all(quantity in parameters for quantity in self.pair) or all(map(self._is_fixed, self.pair)):
            return None
        values = self.derivation.vary(self._at(point or self.here))
        slopes = [values(graph.gradient_id(quantity)) for quantity in self.pair]
        return (slopes[0], slopes[1]) if all(map(math.isfinite, slopes)) else None

    @property
    def slopes(self) -> str:
        """How steep it is at the point, in a sentence; empty where there are no steps."""
        slopes = self._gradient() or ()
        told = (f"∂{self.goal}/∂{name} = {to_text(slope)}" for name, slope in zip(self.names, slopes, strict=False))
        return f"{', '.join(told)}." if slopes else ""

    @property
    def way(self) -> str:
        """What in the picture shows the way down from the point, in a sentence."""
        if all(map(self._is_fixed, self.pair)):
            return "The exercise keeps both as they are: there is no step."
        if not self.takes_steps:
            return "The walk and the arrow need two weights or biases."
        if self.is_flat:
            return "It is flat here: no way leads down."
        if self.is_walking:
            return "Whole numbers: steps of a walk, where there is room."
        return "The arrow points downhill."

    def _picture(self, relief: Relief) -> MapPicture:
        downhill = None if self.is_walking else self._downhill()
        return MapPicture(relief, self.names, self.path, self.here, downhill, self.goal)

    @property
    def is_walking(self) -> bool:
        """Does a walk lead on from the point? It shows itself which way is downhill."""
        return self.steps + 1 < len(self.path)

    @property
    def is_flat(self) -> bool:
        """Is there no way down from the point?"""
        way = self._downhill()
        return way is not None and not any(way)

    @property
    def takes_steps(self) -> bool:
        """Are there steps of gradient descent from the point?"""
        return self._gradient() is not None

    def _from(self, start: Point) -> None:
        self.path, self.steps = self._walk(start), 0

    def _walk(self, start: Point) -> tuple[Point, ...]:
        """Gradient descent in these two quantities alone: in this land all others stay as they are."""
        path = [start]
        for _ in range(UPDATES):
            way = self._downhill(path[-1])
            if way is None:
                break
            x, y = (place + self.rate * along for place, along in zip(path[-1], way, strict=True))
            if not math.isfinite(self._cost((x, y))):
                break
            path.append((x, y))
        return tuple(path)

    def _is_fixed(self, quantity: str) -> bool:
        return self.derivation.graph.is_fixed(quantity)

    def _keep_in_view(self) -> None:
        spans = []
        for place, (low, high) in zip(self.here, self.spans, strict=True):
            half = (high - low) / 2
            spans.append((low, high) if low <= place <= high else (place - half, place + half))
        self.spans = (spans[0], spans[1])
