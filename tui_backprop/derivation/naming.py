"""The names of a derivation's quantities, set in type, and the spellings a learner may type for them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Protocol

from tui_backprop.derivation.circuit_graph import CircuitGraph
from tui_backprop.derivation.ids import EDGE_ROLES, VIA, Ref
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.derivation.notation import Notation
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import Fraction, Layout, Row, Text, row, symbol
from tui_backprop.typeset.linear import linear

PARTIAL = Text("∂")
_LETTERS = {
    "a": "activation", "z": "pre_activation", "w": "weight", "b": "bias", "y": "target", "C": "cost", "r": "rate",
}


class Naming(Protocol):
    """What a graph's quantities are called."""

    def name(self, quantity: str) -> Layout:
        """The quantity's name, set in type."""
        ...

    def spellings(self, quantity: str) -> tuple[str, ...]:
        """What may be typed for the quantity; none for what has no name of its own in a formula."""
        ...


class NetworkNaming:
    """Names of a network's quantities in a notation.

    The layer is written only where units of different layers share a name; a batch's sample numbers the cost.
    """

    def __init__(self, graph: NetworkGraph, notation: Notation) -> None:
        self.graph = graph
        self.notation = notation
        self._name = lru_cache(maxsize=4096)(self._make)

    def name(self, quantity: str) -> Layout:
        return self._name(quantity)

    def spellings(self, quantity: str) -> tuple[str, ...]:
        ref = self.graph.ref(quantity)
        if "/" in ref.role or ref.role == VIA:
            return _derivative_spellings(self.name(quantity))
        short = self._base(ref, with_layer=False)
        forms = (self.name(quantity), *(self._base(ref, with_layer=True) for _ in "1" if ref.layer is not None))
        forms += (short,) if self._unique(ref) else ()
        return tuple(dict.fromkeys(linear(form, Glyphs.ASCII) for form in forms))

    @cached_property
    def shows_layers(self) -> bool:
        """Do units of different layers share a name, so that the layer must be written?"""
        names = [name for layer in self.graph.network.layers for name in layer]
        return len(set(names)) < len(names)

    def layer_title(self, layer: int) -> str:
        """How a layer is called above the diagram: ``L−1``."""
        if self.notation.layer == "absolute":
            return str(layer + self.notation.first_layer)
        back = self.graph.network.last - layer
        return f"L−{back}" if back else "L"

    def _make(self, quantity: str) -> Layout:
        ref = self.graph.ref(quantity)
        top, slash, bottom = ref.role.partition("/")
        if ref.role == VIA:
            through = self._base(Ref("a", (ref.layer or 0) + 1, ref.units[1:], ref.sample))
            whole = self._make(str(Ref("dC/da", ref.layer, ref.units[:1], ref.sample)))
            return row(whole, Text(" via ", "words"), through)
        if not slash:
            return self._base(ref)
        if ref.role == "dC/dz":
            return self._delta(ref)
        return self._derivative(ref, top.removeprefix("d"), bottom.removeprefix("d"))

    def _derivative(self, ref: Ref, top: str, bottom: str) -> Layout:
        layer, units = ref.layer or 0, ref.units
        if top == "C":
            above = self._base(Ref("C", sample=ref.sample))
        else:
            above = self._base(Ref(top, layer, units[:1] if ref.role == "da/dz" else units[-1:]))
        if bottom == "w":
            below = self._base(Ref("w", layer, units))
        elif ref.role in ("dz/da", "da/da"):
            below = self._base(Ref("a", layer - 1, units[:1]))
        else:
            below = self._base(Ref(bottom, layer, units[-1:]))
        return Fraction(Row((PARTIAL, above)), Row((PARTIAL, below)))

    def _delta(self, ref: Ref) -> Layout:
        if self.graph.detail == "delta" or self.graph.is_coupled(ref.layer or 1):
            return self._scripted(self.notation.delta, ref, self.shows_layers)
        return self._derivative(ref, "C", "z")

    def _base(self, ref: Ref, with_layer: bool | None = None) -> Layout:
        plain = ref.role.removesuffix("'")
        if plain == "z_max":
            return row(Text("max ", "function"), Text(self.notation.pre_activation))
        letter = getattr(self.notation, _LETTERS[plain]) + ("′" if plain != ref.role else "")
        return self._scripted(letter, ref, self._layer_needed(ref) if with_layer is None else with_layer)

    def _layer_needed(self, ref: Ref) -> bool:
        return self.shows_layers and ref.layer is not None and ref.role not in ("y", "C", "C'")

    def _scripted(self, letter: str, ref: Ref, with_layer: bool) -> Layout:
        sub = self._indices(ref)
        if ref.role.removesuffix("'") == "C" and ref.sample is not None:
            sub = f"{ref.sample}{',' if sub else ''}{sub}"
        elif ref.role == "y" and len(self.graph.network.layers[-1]) == 1:
            sub = ""
        title = self.layer_title(ref.layer) if with_layer and ref.layer is not None else ""
        return symbol(letter, sub, title if self.notation.bare or not title else f"({title})")

    def _indices(self, ref: Ref) -> str:
        units = ref.units[::-1] if self.notation.to_from and ref.role in EDGE_ROLES else ref.units
        return ("," if any(len(unit) > 1 for unit in units) else "").join(units)

    def _unique(self, ref: Ref) -> bool:
        """Does the name without its layer mean one quantity only?"""
        layers = self.graph.network.layers
        if ref.layer is None or ref.role.removesuffix("'") in ("y", "C"):
            return True
        if len(ref.units) == 2:
            source, target = ref.units
            return sum(source in before and target in after for before, after in pairwise(layers)) == 1
        first = 0 if ref.role == "a" else 1
        return sum(ref.units[0] in layer for layer in layers[first:]) == 1


class CircuitNaming:
    """Names of a circuit's quantities: the file's own."""

    def __init__(self, graph: CircuitGraph) -> None:
        self.graph = graph

    def name(self, quantity: str) -> Layout:
        kind = self.graph.kind(quantity)
        if kind in ("gate", "given", "update"):
            return self._symbol(quantity)
        if kind == "path":
            gradient, _, gate = quantity.partition(" via ")
            return row(self.name(gradient), Text(" via ", "words"), self._symbol(gate))
        top, _, bottom = quantity.replace("[", "").replace("]", "").partition("/")
        return Fraction(Row((PARTIAL, self._symbol(top[1:]))), Row((PARTIAL, self._symbol(bottom[1:]))))

    def spellings(self, quantity: str) -> tuple[str, ...]:
        if self.graph.kind(quantity) in ("gate", "given", "update"):
            return (quantity,)
        return _derivative_spellings(self.name(quantity))

    def _symbol(self, name: str) -> Layout:
        letter, underscore, sub = name.removesuffix("'").partition("_")
        if not underscore and letter.rstrip("0123456789") != letter and letter[0].isalpha():
            letter, sub = letter.rstrip("0123456789"), letter[len(letter.rstrip("0123456789")):]
        return symbol(letter + ("′" if name.endswith("'") else ""), sub)


def names_for(naming: Naming, quantities: Iterable[str]) -> dict[str, str]:
    """Spelling to id for the quantities given, for :func:`tui_backprop.maths.parse.parse`; the first one wins.

    ``ak`` is read as ``a_k`` where nothing else is spelled so.
    """
    spelled = [(spelling, quantity) for quantity in quantities for spelling in naming.spellings(quantity)]
    table: dict[str, str] = {}
    for spelling, quantity in (*spelled, *((spelling.replace("_", ""), quantity) for spelling, quantity in spelled)):
        table.setdefault(spelling, quantity)
    return table


def _derivative_spellings(name: Layout) -> tuple[str, ...]:
    text = linear(name, Glyphs.ASCII)
    return () if " " in text else (text,)
