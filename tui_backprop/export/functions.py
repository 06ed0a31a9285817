"""The activation functions and the cost of a network as rows among the givens: each with its name and formula."""

from __future__ import annotations

from collections.abc import Iterator

from tui_backprop.dataclass import dataclass
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.naming import NetworkNaming
from tui_backprop.maths.expression import Cell, Expr, Sum, Symbol, call, number, rebuild
from tui_backprop.network.activations import A, Activation, Z
from tui_backprop.network.costs import OUTPUTS
from tui_backprop.typeset.formula import formula
from tui_backprop.typeset.layout import EQUALS, Layout, Row, Text, symbol


@dataclass(frozen=True, slots=True)
class GivenRow:
    """Some givens under a heading: ``weights`` and ``w = 0.86``, …; or words, such as an activation's name."""

    label: str
    items: tuple[Layout, ...]


def function_rows(derivation: Derivation) -> Iterator[GivenRow]:
    """A row for the activations in their order, and one for the cost; none for a circuit."""
    naming = derivation.naming
    if not isinstance(naming, NetworkNaming):
        return
    items: list[Layout] = []
    for entry in naming.graph.activations:
        items += [Text(f"then {entry.title}" if items else entry.title, "words"), _definition(entry, naming)]
    if naming.graph.detail != "merged" and any(entry.kinked for entry in naming.graph.activations):
        items.append(Row((_set(call("step", Z), naming, bare=True), Text(" is 1 above 0, else 0", "words"))))
    yield GivenRow("activation", tuple(items))
    yield GivenRow("cost", tuple(_cost(naming)))


def _definition(entry: Activation, naming: NetworkNaming) -> Layout:
    """A function's definition, ``σ(z) = 1/(1 + exp(−z))``; without a named function only ``a = z``."""
    named = A if entry.definition is None or entry.coupled else entry.formula
    meaning = entry.definition or entry.formula
    return Row((_set(named, naming, bare=not entry.coupled), EQUALS, _set(meaning, naming, bare=not entry.coupled)))


def _cost(naming: NetworkNaming) -> Iterator[Layout]:
    """The cost's name, and the formula of one sample's cost."""
    graph = naming.graph
    entry, outputs = graph.cost, len(graph.network.layers[-1])
    whole = entry.part if outputs == 1 else Sum("k", 0, entry.part)
    name = Text(naming.notation.cost) if graph.batch > 1 else naming.name("C")
    yield Text(entry.title, "words")
    yield Row((name, EQUALS, _set(_count(whole, outputs), naming, graph.network.last, bare=outputs == 1)))
    if graph.batch > 1:
        yield Text("of each sample; for the batch the mean of these", "words")


def _count(expr: Expr, outputs: int) -> Expr:
    """The formula with the number of outputs put in."""
    return number(outputs) if expr == OUTPUTS else rebuild(expr, lambda part: _count(part, outputs))


def _set(expr: Expr, naming: NetworkNaming, layer: int | None = None, *, bare: bool) -> Layout:
    """A template in the notation's letters; ``bare``: it is about one unit, which needs no index."""
    names: dict[str, Layout] = {}

    def named(part: Expr) -> Expr:
        if not isinstance(part, Cell):
            return rebuild(part, named)
        index = "" if bare else "".join(part.indices)
        names[f"{part.role} {index}"] = symbol(naming.letter(part.role, layer), index)
        return Symbol(f"{part.role} {index}")

    return formula(named(expr), names.__getitem__)
