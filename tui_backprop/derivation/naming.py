"""The names of a derivation's quantities, set in type, and the spellings a learner may type for them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Protocol

from tui_backprop.dataclass import replace
from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.labels import Labels
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.derivation.notation import Notation
from tui_backprop.derivation.roles import ACTIVATION, ARRIVING, ROLES
from tui_backprop.maths.spelling import Vocabulary
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import Fraction, Layout, Row, Scripted, Text, row, symbol
from tui_backprop.typeset.linear import linear

if TYPE_CHECKING:
    from tui_backprop.derivation.circuit_graph import CircuitGraph

PARTIAL = Text("∂")
_COUNTS: Final = {2: "Two", 3: "Three"}
_MOST_CHOICES: Final = 3


class Naming(Protocol):
    """The names of a graph's quantities."""

    def name(self, quantity: str) -> Layout:
        """The quantity's name, set in type."""
        ...

    def indices(self, quantity: str) -> tuple[Hashable, Sequence[str]]:
        """A kind of name, and the texts of all scripts in which names of that kind may differ, in reading order."""
        ...

    def spellings(self, quantity: str) -> tuple[str, ...]:
        """The ways to type the quantity's name; none where it has no name of its own in a formula."""
        ...

    def namesakes(self, quantity: str) -> tuple[str, ...]:
        """The quantities that would share a name if layers were not written, this one included, in order of layers."""
        ...

    def telling_apart(self, quantity: str) -> tuple[str, str]:
        """A name that would mean several quantities without a layer, and what to say of it; empty if there is none."""
        ...

    def unit_labels(self) -> Iterator[tuple[str, str]]:
        """Every unit's label and its name in the exercise; a circuit has no units."""
        ...

    def ends_of_numbered(self, number: int, /) -> tuple[str, str] | None:
        """The ends of the weight with this number; None where weights are not numbered, or none has it."""
        ...


class NetworkNaming:
    """Names of a network's quantities in a notation.

    In a batch the number of the sample is written at the cost, and at no other quantity.
    """

    def __init__(self, graph: NetworkGraph, notation: Notation) -> None:
        self.graph = graph
        self.notation = notation
        self.labels = Labels(graph.network, notation)
        self._name = lru_cache(maxsize=4096)(self._make)

    def name(self, quantity: str) -> Layout:
        return self._name(quantity)

    def indices(self, quantity: str) -> tuple[Hashable, Sequence[str]]:
        ref = self.graph.ref(quantity)
        return (ref.role, ref.layer, ref.sample, len(ref.units)), [
            index for part in self._parts(ref) if (index := self._indices(part))]

    def spellings(self, quantity: str) -> tuple[str, ...]:
        ref, forms = self.graph.ref(quantity), [self.name(quantity)]
        is_derivative = ROLES[ref.role].is_derivative
        if self.notation.layers == "shared" and ref.layer is not None and not is_derivative:
            forms.append(self._base(ref, with_layer=True))
        if self.notation.bare:
            forms.append(self._bracketed.name(quantity))
        elif len(self.namesakes(quantity)) == 1:
            forms.append(self._layerless.name(quantity))
        if ref.units and ROLES[ref.role].letter == "target":  # where there is one output its index is not written
            forms.append(self._symbol(self.letter(ref.role), self._indices(ref), "", ROLES[ref.role].after_update))
        if is_derivative:
            return tuple(dict.fromkeys(spelling for form in forms for spelling in _derivative_spellings(form)))
        return tuple(dict.fromkeys(spelling for form in forms for spelling in _list_spellings(form)))

    def namesakes(self, quantity: str) -> tuple[str, ...]:
        ref = self.graph.ref(quantity)
        role, is_edge = ROLES[ref.role], ROLES[ref.role].is_edge
        if ref.layer is None or role.one_layer or (len(ref.units) == 2 and not (is_edge or _is_own(ref))):
            return (quantity,)
        own = ref.units if is_edge else ref.units[:1]
        labels = [self.labels.label(ref.layer - is_edge + n, unit) for n, unit in enumerate(own)]
        found = (replace(ref, layer=layer, units=units * times)
                 for layer in range(role.first_layer, self.graph.network.last + 1)
                 if (units := self._units_called(labels, layer - is_edge)) is not None for times in (1, 2))
        short = self._layerless.name(quantity)
        return tuple(str(other) for other in found
                     if other == ref or (self.graph.has(other) and self._layerless.name(str(other)) == short))

    def telling_apart(self, quantity: str) -> tuple[str, str]:
        alike = self.namesakes(quantity)
        typed = [self.spellings(other)[:1] for other in alike]
        if len(alike) < 2 or self.notation.bare or len(set(typed)) < len(alike) or () in typed:
            return "", ""
        ref, count = self.graph.ref(quantity), _COUNTS.get(len(alike), "Several")
        first = (ref.layer or 0) - len(ref.units) + 1
        called = [self.labels.label(first + n, unit) for n, unit in enumerate(ref.units)]
        what = f"units are called {called[0]}" if len(called) == 1 else f"weights lead from {called[0]} to {called[1]}"
        choices = " or ".join(spelling for (spelling,) in typed[::-1][:_MOST_CHOICES])
        return linear(self._layerless.name(quantity), Glyphs.ASCII), f"{count} {what}: type {choices}."

    def unit_labels(self) -> Iterator[tuple[str, str]]:
        for names, labels in zip(self.graph.network.layers, self.labels.layers, strict=True):
            yield from zip(labels, names, strict=True)

    def ends_of_numbered(self, number: int) -> tuple[str, str] | None:
        for layer, (before, units) in enumerate(pairwise(self.graph.network.layers), 1):
            place = number - self.labels.weight(layer, before[0], units[0])
            if self.notation.numbered and 0 <= place < len(before) * len(units):
                return before[place % len(before)], units[place // len(before)]
        return None

    def layer_title(self, layer: int) -> str:
        """How a layer is called above the diagram: ``L−1``, ``layer 2``, or ``hidden``."""
        if self.notation.layers == "never":
            return "input" if layer == 0 else "output" if layer == self.graph.network.last else "hidden"
        return self.labels.layer(layer) if self.notation.layer == "relative" else f"layer {self.labels.layer(layer)}"

    def letter(self, role: str, layer: int | None = None) -> str:
        """The letter of a role (``a``, ``z``, ``w``, ``b``, ``y``, ``r``, ``dC/dz``), without any index."""
        notation, letter = self.notation, ROLES[role].letter
        if letter == "activation" and layer == 0:
            return notation.input or notation.activation
        if letter == "activation" and layer == self.graph.network.last:
            return notation.output or notation.activation
        if letter == "bias" and notation.bias_unit:
            return notation.weight + notation.bias_unit
        return str(getattr(notation, letter, letter))

    def _make(self, quantity: str) -> Layout:
        ref = self.graph.ref(quantity)
        if ROLES[ref.role].is_path:
            whole, through = _along(ref)
            return row(self._make(str(whole)), Text(" via ", "words"), self._base(through))
        if ref.part is None:
            return self._base(ref)
        if self._is_delta(ref):
            return self._symbol(self.notation.delta, self._indices(ref), self._layer(ref))
        return Fraction(Row((PARTIAL, self._base(ref.whole))), Row((PARTIAL, self._below(ref.part))))

    def _parts(self, ref: Ref) -> tuple[Ref, ...]:
        """The quantities whose symbols its name is made of."""
        if ROLES[ref.role].is_path:
            whole, through = _along(ref)
            return *self._parts(whole), through
        return (ref,) if ref.part is None or self._is_delta(ref) else (ref.whole, ref.part)

    def _is_delta(self, ref: Ref) -> bool:
        """Is it called δ, and not ∂C/∂z?"""
        return ROLES[ref.role].letter == "delta" and (
            self.graph.detail == "delta" or self.graph.is_coupled(ref.layer or 1))

    def _below(self, part: Ref) -> Layout:
        """The symbol below the bar of a derivative; for a bias that its layer shares, that of this unit's share."""
        if (ROLES[part.role].word == "bias" and self.labels.shares_biases
                and len(self.graph.network.layers[part.layer or 0]) > 1):
            return self._symbol(self.notation.bias, self.labels.index(part.layer or 0, part.units[0]), "")
        return self._base(part)

    def _base(self, ref: Ref, with_layer: bool | None = None) -> Layout:
        """The symbol of a quantity that is no derivative; ``with_layer`` overrules the notation's habit."""
        role = ROLES[ref.role]
        primed = role.before != role.name
        letter, layer = self.letter(role.name, ref.layer), self._layer(ref, with_layer)
        several = ref.layer == 0 or len(self.graph.network.layers[-1]) > 1
        match role.letter:
            case "pre_activation" if role.shape == "layer":
                return row(Text("max ", "function"), Text(letter))
            case "rate":
                return Text(letter)
            case "cost":
                return self._cost(ref, primed)
            case "target":
                return self._symbol(letter, self._indices(ref) if several else "", "", primed)
            case "activation" if letter != self.notation.activation:
                index = self._indices(ref).removeprefix(letter if self.notation.units == "kind" else "")
                return self._symbol(letter, index if several else "", "", primed)
            case "bias" if self.notation.bias_unit:
                return self._symbol(self.notation.weight, self._indices(ref), layer, primed)
            case _:
                return self._symbol(letter, self._indices(ref), layer, primed)

    def _cost(self, ref: Ref, primed: bool) -> Layout:
        """The whole cost, one sample's, or one output's part."""
        notation = self.notation
        sample = ref.sample if ref.sample is not None or not notation.only_sample or self.graph.batch > 1 else 1
        whole = sample is None and not ref.units
        letter = notation.cost if whole or not notation.part else notation.part
        number = "" if sample is None else str(sample - 1 + notation.first_sample)
        index = notation.whole if whole else self._indices(ref)
        if notation.sample_above:
            return self._symbol(letter, index, f"({number})" if number else "", primed)
        return self._symbol(letter, f"{number}{',' if number and index else ''}{index}", "", primed)

    def _symbol(self, letter: str, sub: str, sup: str, primed: bool = False) -> Layout:
        """A letter with its scripts; a value after the update is marked as the author marks it."""
        if primed and self.notation.updated == "′":
            letter += "′"
        elif primed:
            sup += self.notation.updated
        return symbol(letter, sub, sup, sup_first=self.notation.bare and bool(sup),
                      written_sub=bool(sub) and not self.labels.has_small_indices)

    def _layer(self, ref: Ref, with_layer: bool | None = None) -> str:
        """The superscript of a quantity's layer, if it has one."""
        if ref.layer is None or not (self.labels.shows_layers if with_layer is None else with_layer):
            return ""
        layer = self.labels.layer(ref.layer)
        return layer if self.notation.bare else f"({layer})"

    def _indices(self, ref: Ref) -> str:
        """The subscript: units in the author's order, or a weight's number."""
        role, layer, notation = ROLES[ref.role], ref.layer or 0, self.notation
        if role.letter == "weight" and notation.numbered:
            return str(self.labels.weight(layer, *ref.units))
        if role.letter == "bias" and notation.numbered and self.labels.shares_biases:
            return str(layer)
        if role.is_edge:
            indices = [self.labels.index(layer - 1, ref.units[0]), self.labels.index(layer, ref.units[1])]
        else:
            indices = [self.labels.index(layer, unit) for unit in ref.units]
        if role.letter == "bias" and notation.bias_unit:
            indices.insert(0, notation.bias_unit)
        if notation.to_from and role.is_edge:
            indices.reverse()
        return self._comma(indices).join(indices)

    def _comma(self, indices: list[str]) -> str:
        commas = self.notation.commas
        long = any(len(index) > 1 for index in indices)
        numbers = commas == "numbers" and any(index.isdecimal() for index in indices)
        return "," if commas == "always" or long or numbers else ""

    @cached_property
    def _layerless(self) -> NetworkNaming:
        """The same names without any layer."""
        return NetworkNaming(self.graph, replace(self.notation, layers="never"))

    @cached_property
    def _bracketed(self) -> NetworkNaming:
        """The same names with the layer in brackets, behind the indices: so they are typed when heard."""
        return NetworkNaming(self.graph, replace(self.notation, bare=False))

    def _units_called(self, labels: Sequence[str], layer: int) -> tuple[str, ...] | None:
        """The exercise's names of the units with these labels: the first in ``layer``, each further one a layer on.

        None where one is missing.
        """
        if layer < 0:
            return None
        names = tuple(self.labels.named(layer + n, label) for n, label in enumerate(labels))
        return tuple(name for name in names if name is not None) if None not in names else None


def _along(path: Ref) -> tuple[Ref, Ref]:
    """The slope that a path's term is a part of, and the activation through which it goes."""
    layer = path.layer or 0
    return (Ref(ARRIVING, layer, path.units[:1], path.sample), Ref(ACTIVATION, layer + 1, path.units[1:], path.sample))


def _is_own(ref: Ref) -> bool:
    """Is it about one unit alone, as a softmax's ∂a_i/∂z_i is? Then it is named as any unit's slope is."""
    return len(set(ref.units)) == 1


class CircuitNaming:
    """Names of a circuit's quantities: the file's own.

    The output's own slope by what goes into it is written with the gate in brackets, ``∂[f]/∂s``: without them it would
    be called like the gradient ``∂f/∂s``, which may be another number where s reaches f in other ways too.
    """

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
        above = self._symbol(top[1:])
        if self._is_own_slope_of_output(quantity):
            above = row(Text("["), above, Text("]"))
        return Fraction(Row((PARTIAL, above)), Row((PARTIAL, self._symbol(bottom[1:]))))

    def indices(self, quantity: str) -> tuple[Hashable, Sequence[str]]:
        return quantity, ()

    def spellings(self, quantity: str) -> tuple[str, ...]:
        if self.graph.kind(quantity) in ("gate", "given", "update"):
            return (quantity,)
        if self._is_own_slope_of_output(quantity):
            return (quantity, quantity.replace("d[", "∂[").replace("/d", "/∂"))
        return _derivative_spellings(self.name(quantity))

    def namesakes(self, quantity: str) -> tuple[str, ...]:
        return (quantity,)

    def telling_apart(self, _quantity: str) -> tuple[str, str]:
        return "", ""

    def unit_labels(self) -> Iterator[tuple[str, str]]:
        return iter(())

    def ends_of_numbered(self, _number: int) -> None:
        return None

    def _is_own_slope_of_output(self, quantity: str) -> bool:
        return quantity.startswith(f"d[{self.graph.circuit.output}]/")

    def _symbol(self, name: str) -> Layout:
        letter, underscore, sub = name.removesuffix("'").partition("_")
        if not underscore and letter.rstrip("0123456789") != letter and letter[0].isalpha():
            letter, sub = letter.rstrip("0123456789"), letter[len(letter.rstrip("0123456789")):]
        return symbol(letter + ("′" if name.endswith("'") else ""), sub)


def naming_of(graph: NetworkGraph | CircuitGraph, notation: Notation) -> NetworkNaming | CircuitNaming:
    """The names of a graph's quantities in a notation; a circuit keeps the file's own names in all of them."""
    return NetworkNaming(graph, notation) if isinstance(graph, NetworkGraph) else CircuitNaming(graph)


def vocabulary_for(naming: Naming, quantities: Iterable[str]) -> Vocabulary:
    """The names of these quantities, and what to say of a name that could mean several or is not found yet."""
    listed = dict.fromkeys(quantities)
    shared = dict(naming.telling_apart(quantity) for quantity in listed)
    shared |= {spelling: f"{spelling} is not found yet: use only what is given or already found."
               for quantity in listed for other in naming.namesakes(quantity) if other not in listed
               for spelling in naming.spellings(other)}
    return Vocabulary(names_for(naming, listed),
                      {short: say for name, say in shared.items() for short in (name, *_loose(name))})


def names_for(naming: Naming, quantities: Iterable[str]) -> dict[str, str]:
    """Maps the spellings of these quantities to their ids, for :func:`tui_backprop.maths.parse.parse`.

    Of two quantities with one spelling the first counts. ``ak`` is read as ``a_k``, ``w13`` as ``w_1,3``, where that
    can mean nothing else.
    """
    spelled = [(spelling, quantity) for quantity in quantities for spelling in naming.spellings(quantity)]
    table: dict[str, str] = {}
    for spelling, quantity in spelled:
        table.setdefault(spelling, quantity)
    short: dict[str, str | None] = {}
    for spelling in table:
        for loose in _loose(spelling):
            short[loose] = table[spelling] if short.get(loose, table[spelling]) == table[spelling] else None
    return table | {loose: quantity for loose, quantity in short.items() if quantity and loose not in table}


def _loose(spelling: str) -> Iterator[str]:
    """A spelling as people shorten it: without its underscore, and without the comma between its indices."""
    plain = spelling.replace("_{", "_").replace("}", "").replace("_", "")
    yield from dict.fromkeys((plain, plain.replace(",", "")))


def _list_spellings(name: Layout) -> Iterator[str]:
    """The ways to type a name: in ASCII, in Unicode; ``y_hat`` for ŷ, and a prime for the plus of an updated value."""
    text = linear(name, Glyphs.ASCII)
    yield text
    if "yhat" in text:
        yield text.replace("yhat", "y_hat")
    yield linear(name, Glyphs.FULL)
    if isinstance(name, Scripted) and name.written_sub:
        yield linear(replace(name, written_sub=False), Glyphs.FULL)
    if isinstance(name, Scripted) and name.sup_first:
        yield linear(replace(name, sup_first=False), Glyphs.ASCII)
    if text.endswith("^+"):
        yield text.removesuffix("^+") + "'"


def _derivative_spellings(name: Layout) -> tuple[str, ...]:
    texts = tuple(dict.fromkeys(_list_spellings(name)))
    return () if " " in texts[0] else texts
