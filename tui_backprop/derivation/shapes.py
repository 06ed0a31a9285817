"""The shapes of a network's formulas: one for all units of a layer, with numbered places for what differs.

Thousands of steps have the same formula but for the units in it. A shape is that formula once, and how to find the
quantities at its places for any of the units, without making the formula again.
"""

from __future__ import annotations

from functools import cached_property

from tui_backprop.dataclass import dataclass
from tui_backprop.derivation.graph import ValueOf
from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.network_formulas import FEWEST_ELIDED, NetworkFormulas
from tui_backprop.derivation.roles import ROLES
from tui_backprop.maths.expression import Cell, Expr, IfSame, Omitted, Sum, Symbol, total, walk
from tui_backprop.maths.template import Units


@dataclass(frozen=True, slots=True, eq=False)
class FormulaShape:
    """A formula over the numbers of its places, ``0``, ``1``, …

    ``cells``: for each place the cell of the template that stands there, and the units of those index variables that
    a sum runs through. ``samples``: for a mean over a batch, the sample at each place.
    """

    expr: Expr
    cells: tuple[tuple[Cell, Units], ...] = ()
    samples: tuple[int, ...] = ()


class Shapes:
    """The shapes of the formulas of a network, with sums of more than ``most`` terms shortened."""

    def __init__(self, graph: NetworkFormulas, most: int) -> None:
        self._graph = graph
        self._most = most
        self._made: dict[tuple[object, ...], FormulaShape | None] = {}

    def shown(self, quantity: str, values: ValueOf) -> tuple[FormulaShape, list[str]] | None:
        """The shape of a formula as it is shown, and the ids at its places. None where a formula has no shape."""
        graph = self._graph
        ref = graph.ref(quantity)
        if graph.is_mean(ref):
            return self._mean, [str(ref.of_sample(sample)) for sample in self._mean.samples]
        if graph.is_given(ref) or graph.is_special(ref):
            return None
        on = graph.is_on(ref, values)
        return self._bound(ref, graph.template(ref, on=on), ("on" if on else "",))

    @cached_property
    def _mean(self) -> FormulaShape:
        batch = self._graph.batch
        samples = (1, 2, batch) if batch > max(self._most, FEWEST_ELIDED) else tuple(range(1, batch + 1))
        terms = tuple(Symbol(str(place)) for place in range(len(samples)))
        return FormulaShape(total(terms if len(terms) == batch else (*terms[:2], Omitted(), terms[2])) / batch,
                     samples=samples)

    def fallback(self, quantity: str) -> tuple[FormulaShape, list[str]] | None:
        """The same of the formula's stable form."""
        ref = self._graph.ref(quantity)
        stable = self._graph.stable(ref)
        return None if stable is None else self._bound(ref, stable, ("stable",))

    def _bound(self, ref: Ref, template: Expr, which: tuple[str, ...]) -> tuple[FormulaShape, list[str]] | None:
        graph = self._graph
        layer = graph.network.last if ref.layer is None else ref.layer
        places = graph.places(ref, layer)
        key = ref.role, ref.layer, len(ref.units), places.get("i") == places.get("j"), *which
        shape = self._made[key] if key in self._made else self._made.setdefault(key, self._make(ref, template, places))
        if shape is None:
            return None
        primed, sample = ROLES[ref.role].after_update, ref.sample
        return shape, [str(graph.cell_ref(cell, {**places, **units}, layer + cell.offset, sample, primed))
                       for cell, units in shape.cells]

    def _make(self, ref: Ref, template: Expr, places: Units) -> FormulaShape | None:
        if any(isinstance(inner, IfSame) for node in walk(template) if isinstance(node, Sum) for inner in walk(node)):
            return None
        cells: list[tuple[Cell, Units]] = []

        def numbered(cell: Cell, units: Units) -> Expr:
            cells.append((cell, {index: unit for index, unit in units.items() if index not in places}))
            return Symbol(str(len(cells) - 1))

        expr = self._graph.bind(template, ref, self._graph.elide(self._most, numbered), cell=numbered)
        return FormulaShape(expr, tuple(cells))
