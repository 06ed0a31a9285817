"""Networks to draw in tests: any sizes, with weights and values of a fixed pattern."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar, overload

from tui_backprop.drawing.diagram import Diagram, Edge, Layer, Target, Unit

Item = TypeVar("Item")


class Counted(Sequence[Item]):
    """A sequence whose members are made when asked for; ``made`` counts them."""

    def __init__(self, size: int, make: Callable[[int], Item]) -> None:
        self.size, self.make, self.made = size, make, 0

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self.size))]
        if not -self.size <= index < self.size:
            raise IndexError(index)
        self.made += 1
        return self.make(index % self.size)


def chain() -> Diagram:
    """Exercise 2 of the course: i - j - k."""
    weights = {1: Edge("w 1:i->j", "+0.86"), 2: Edge("w 2:j->k", "+0.66")}
    target = Target("y 2:k", "y", "1")
    layers = (
        Layer("L−2", (Unit("a 0:i", "i", "0.7"),)),
        Layer("L−1", (Unit("a 1:j", "j", "0.602"),)),
        Layer("L", (Unit("a 2:k", "k", "0.397", target=target),)),
    )
    return Diagram(layers, lambda layer, _source, _destination: weights[layer])


def network(sizes: Sequence[int], biases: bool = False, values: bool = True) -> Diagram:
    """A network of these sizes, with unit n of a layer called x1, h1 or o1, and numbers of a fixed pattern."""
    last = len(sizes) - 1

    def unit(layer: int, place: int) -> Unit:
        letter = "x" if layer == 0 else "o" if layer == last else "h"
        name = f"{letter}{place + 1}"
        bias = Edge(f"b {layer}:{name}", f"{(place * 7 + layer) % 19 / 20 - 0.4:+.2f}") if biases and layer else None
        target = Target(f"y {layer}:{name}", "y", "1") if layer == last else None
        value = f"{(place * 13 + layer) % 90 / 100:.2f}" if values else None
        return Unit(f"a {layer}:{name}", name, value, bias, target)

    def edge(layer: int, source: int, destination: int) -> Edge:
        number = (source * 37 + destination * 61 + layer * 17) % 199 / 100 - 0.99
        return Edge(f"w {layer}:{source}->{destination}", f"{number:+.2f}".replace("-", "−"))

    def units(layer: int, size: int) -> Sequence[Unit]:
        return Counted(size, lambda place: unit(layer, place))

    layers = tuple(Layer(f"L−{last - n}" if n < last else "L", units(n, size)) for n, size in enumerate(sizes))
    return Diagram(layers, edge)
