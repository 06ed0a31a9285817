"""What a network's units and layers are called in a notation, and which number a weight has."""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate, pairwise

from tui_backprop.derivation.notation import Notation
from tui_backprop.network.model import Network
from tui_backprop.typeset.scripts import subscript


class Labels:
    """The labels of one network's units: the exercise's own names, or numbers in the author's way.

    Ids always hold the exercise's names; labels are only what is shown and typed.
    """

    def __init__(self, network: Network, notation: Notation) -> None:
        self.network = network
        self.notation = notation

    @cached_property
    def layers(self) -> tuple[tuple[str, ...], ...]:
        """The labels of all units, input layer first."""
        layers, first = self.network.layers, self.notation.first_unit
        starts = list(accumulate((len(layer) for layer in layers), initial=0))
        match self.notation.units:
            case "kind":
                return tuple(self._by_kind(layer, starts) for layer in range(len(layers)))
            case "layer" if not self._letters:
                return tuple(tuple(str(first + n) for n in range(len(layer))) for layer in layers)
            case "network" if not self._letters or not self._distinct:
                return tuple(tuple(str(first + start + n) for n in range(len(layer)))
                             for layer, start in zip(layers, starts, strict=False))
            case _:
                return layers

    def label(self, layer: int, unit: str) -> str:
        """What a unit is called, by its name in the exercise."""
        return self._labels[layer][unit]

    def index(self, layer: int, unit: str) -> str:
        """The unit's index in a symbol; none where the author writes none."""
        return "" if self.is_chain else self.label(layer, unit)

    def named(self, layer: int, label: str) -> str | None:
        """The exercise's name of the unit with this label; None where there is none. The reverse of :meth:`label`."""
        return self._names[layer].get(label) if layer < len(self.layers) else None

    @cached_property
    def has_small_indices(self) -> bool:
        """Can every unit's index be written in subscript characters? If not, none is, so that all look alike."""
        characters = {character for layer in self.indices for character in "".join(layer)}
        return subscript("".join(characters)) is not None

    @cached_property
    def is_chain(self) -> bool:
        """Is every layer a single unit, and does the author leave the indices out then?"""
        return self.notation.chain and all(len(layer) == 1 for layer in self.network.layers)

    @cached_property
    def shows_layers(self) -> bool:
        """Is a symbol's layer written?"""
        if self.notation.layers != "shared":
            return self.notation.layers == "always"
        names = [name for layer in self.network.layers for name in layer]
        return len(set(names)) < len(names)

    @cached_property
    def shares_biases(self) -> bool:
        """Has every layer one bias: a single unit, or fixed biases that are all the same?"""
        biases, fixed = self.network.biases, not self.network.train_biases
        return biases is not None and all(len(row) == 1 or (fixed and len(set(row)) == 1) for row in biases)

    def layer(self, layer: int) -> str:
        """A layer as it is written in a symbol, without parentheses: ``L−1``, or ``2``."""
        if self.notation.layer == "absolute":
            return str(layer + self.notation.first_layer)
        back = self.network.last - layer
        return f"L−{back}" if back else "L"

    def weight(self, layer: int, source: str, target: str) -> int:
        """A weight's number, counted from 1, unit by unit: all weights into the first hidden unit, then the next."""
        before = self.network.layers[layer - 1]
        into_target = self._weights_before[layer - 1] + self._places[layer][target] * len(before)
        return into_target + self._places[layer - 1][source] + 1

    @cached_property
    def _names(self) -> tuple[dict[str, str], ...]:
        return tuple(dict(zip(labels, names, strict=True))
                     for names, labels in zip(self.network.layers, self.layers, strict=True))

    @cached_property
    def indices(self) -> tuple[frozenset[str], ...]:
        """For each layer the indices its units have."""
        return tuple(frozenset(self.index(layer, name) for name in names)
                     for layer, names in enumerate(self.network.layers))

    def _by_kind(self, layer: int, starts: list[int]) -> tuple[str, ...]:
        """i1, i2 for inputs, o1 for outputs, h1, h2, … through all hidden layers."""
        last = self.network.last
        is_hidden = 0 < layer < last
        letter = "h" if is_hidden else "i" if layer == 0 else "o"
        before = starts[layer] - starts[1] if is_hidden else 0
        return tuple(f"{letter}{before + n + 1}" for n in range(len(self.network.layers[layer])))

    @cached_property
    def _letters(self) -> bool:
        return all(len(name) == 1 and name.isalpha() for layer in self.network.layers for name in layer)

    @cached_property
    def _distinct(self) -> bool:
        names = [name for layer in self.network.layers for name in layer]
        return len(set(names)) == len(names)

    @cached_property
    def _labels(self) -> tuple[dict[str, str], ...]:
        return tuple(dict(zip(names, labels, strict=True))
                     for names, labels in zip(self.network.layers, self.layers, strict=True))

    @cached_property
    def _places(self) -> tuple[dict[str, int], ...]:
        return tuple({name: place for place, name in enumerate(names)} for names in self.network.layers)

    @cached_property
    def _weights_before(self) -> tuple[int, ...]:
        return tuple(accumulate((len(a) * len(b) for a, b in pairwise(self.network.layers)), initial=0))
