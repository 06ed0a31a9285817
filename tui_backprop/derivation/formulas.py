"""The formulas of a network: one template a role, for a unit and for a whole layer alike.

Index variables: ``j`` a unit of the layer in question, ``i`` one of the layer before, ``k`` one of the layer after;
for softmax's ∂a_i/∂z_j both i and j are units of the layer itself. Cells name other quantities by role, so that
every factor of a chain is a quantity that can be asked for. Sources: the chain rule, and the course's own text for
the order of factors (∂z/∂w · ∂a/∂z · ∂C/∂a) and for the merged forms (∂a/∂w, ∂a/∂a).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from tui_backprop.dataclass import dataclass
from tui_backprop.maths.expression import Cell, Expr, IfSame, Mul, Sum, number, rebuild
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.network.costs import COSTS

Detail = Literal["merged", "full", "delta"]
DETAILS: tuple[Detail, ...] = ("merged", "full", "delta")


@dataclass(frozen=True, slots=True)
class LayerKind:
    """What decides the formulas of a layer: nothing here depends on a number in the network.

    ``next_size`` is the number of units one layer on (0 for the output layer). ``single_chain`` counts the layers right
    after this one that have a single unit: that far there is only one path, which merged detail writes as one chain.
    ``next_chain`` is the same count for the next layer. ``outputs`` is the number of output units.
    """

    activation: str
    cost: str
    has_biases: bool
    trains_biases: bool
    next_activation: str | None
    next_size: int
    single_chain: int
    next_chain: int
    outputs: int


def cell(role: str, offset: int = 0, *indices: str) -> Cell:
    return Cell(role, offset, indices)


def pre_activation(kind: LayerKind) -> Expr:
    """z_j = Σ_i w_ij a_i + b_j."""
    weighted = Sum("i", -1, cell("w", 0, "i", "j") * cell("a", -1, "i"))
    return weighted + cell("b", 0, "j") if kind.has_biases else weighted


def activation(kind: LayerKind) -> Expr:
    """a_j = g(z_j)."""
    return ACTIVATIONS[kind.activation].formula


def cost_part(kind: LayerKind) -> Expr:
    """One output's part of a sample's cost."""
    return _rename(COSTS[kind.cost].part, k="j")


def cost(kind: LayerKind) -> Expr:
    """A sample's cost: the sum of its parts; with one output, the part itself (so that no step repeats another)."""
    return Sum("j", 0, cost_part(kind) if kind.outputs == 1 else cell("C", 0, "j"))


def cost_by_activation(kind: LayerKind, detail: Detail) -> Expr:
    """∂C/∂a_j: of an output from the cost; of a hidden unit the sum over all paths onwards."""
    if kind.next_activation is None:
        return _rename(COSTS[kind.cost].derivative, k="j")
    if kind.next_size == 1:
        return Sum("k", 1, path(kind, detail))
    return Sum("k", 1, cell("via", 0, "j", "k"))


def path(kind: LayerKind, detail: Detail) -> Expr:
    """One path's term of ∂C/∂a_j: through unit k of the next layer."""
    coupled = kind.next_activation is not None and ACTIVATIONS[kind.next_activation].coupled
    if detail == "delta" or coupled:
        return cell("dz/da", 1, "j", "k") * cell("dC/dz", 1, "k")
    if detail == "merged":
        return Mul((cell("da/da", 1, "j", "k"), _chain(kind.next_chain, 1, "k")))
    return cell("dz/da", 1, "j", "k") * cell("da/dz", 1, "k") * cell("dC/da", 1, "k")


def activation_derivative(kind: LayerKind) -> Expr:
    """∂a_j/∂z_j as taught; for softmax ∂a_i/∂z_j."""
    return ACTIVATIONS[kind.activation].derivative


def delta(kind: LayerKind, detail: Detail) -> Expr:
    """δ_j = ∂C/∂z_j. In delta detail an output with its cost's own activation has the short form a − y."""
    entry = ACTIVATIONS[kind.activation]
    short = COSTS[kind.cost].shortcut
    if detail == "delta" and has_shortcut(kind) and short is not None:
        return _rename(short, k="j")
    if entry.coupled:
        return Sum("i", 0, cell("da/dz", 0, "i", "j") * cell("dC/da", 0, "i"))
    return cell("da/dz", 0, "j") * cell("dC/da", 0, "j")


def has_shortcut(kind: LayerKind) -> bool:
    """Is this an output layer whose ∂C/∂z is simply a − y?"""
    return kind.next_activation is None and COSTS[kind.cost].output == kind.activation


def pre_activation_by_weight(_kind: LayerKind) -> Expr:
    """∂z_j/∂w_ij = a_i."""
    return cell("a", -1, "i")


def pre_activation_by_activation(_kind: LayerKind) -> Expr:
    """∂z_j/∂a_i = w_ij."""
    return cell("w", 0, "i", "j")


def activation_by_weight(kind: LayerKind, on: bool) -> Expr:
    """∂a_j/∂w_ij as one factor. ``on``: the unit's ∂a/∂z is 1, and need not be written."""
    return _merge(kind, on, cell("a", -1, "i"))


def activation_by_activation(kind: LayerKind, on: bool) -> Expr:
    """∂a_j/∂a_i as one factor. ``on``: the unit's ∂a/∂z is 1, and need not be written."""
    return _merge(kind, on, cell("w", 0, "i", "j"))


def gradient(kind: LayerKind, detail: Detail) -> Expr:
    """∂C/∂w_ij: the chain of factors in the detail asked for."""
    if detail == "delta" or ACTIVATIONS[kind.activation].coupled:
        return cell("dz/dw", 0, "i", "j") * cell("dC/dz", 0, "j")
    if detail == "full":
        return cell("dz/dw", 0, "i", "j") * cell("da/dz", 0, "j") * cell("dC/da", 0, "j")
    return cell("da/dw", 0, "i", "j") * _onwards(kind)


def bias_gradient(kind: LayerKind, detail: Detail, on: bool) -> Expr:
    """∂C/∂b_j: the same chain, with ∂z/∂b = 1."""
    if detail == "delta" or ACTIVATIONS[kind.activation].coupled:
        return cell("dC/dz", 0, "j")
    if detail == "full":
        return cell("da/dz", 0, "j") * cell("dC/da", 0, "j")
    return _merge(kind, on, _onwards(kind))


def update(parameter: str, *indices: str) -> Expr:
    """w′ = w − r ∂C/∂w of an edge (``indices`` i and j), or the same of a unit's bias (j)."""
    return Cell(parameter, 0, indices) - cell("r") * Cell(f"dC/d{parameter}", 0, indices)


def _onwards(kind: LayerKind) -> Expr:
    """∂C/∂a_j as merged detail writes it: one factor a layer as long as there is one path, then ∂C/∂a where it ends."""
    return _chain(kind.single_chain, 0, "j")


def _chain(left: int, offset: int, unit: str) -> Expr:
    if left == 0:
        return cell("dC/da", offset, unit)
    onwards = unit + "+"
    step = cell("da/da", offset + 1, unit, onwards)
    return Sum(onwards, offset + 1, Mul((step, _chain(left - 1, offset + 1, onwards))))


def _merge(kind: LayerKind, on: bool, inner: Expr) -> Expr:
    slope = ACTIVATIONS[kind.activation].derivative
    return inner if on or slope == number(1) else slope * inner


@lru_cache(maxsize=256)
def _rename(template: Expr, **names: str) -> Expr:
    """The template with other index variables: ``k="j"`` writes j in place of k."""
    def change(expr: Expr) -> Expr:
        if isinstance(expr, Cell):
            return Cell(expr.role, expr.offset, tuple(names.get(i, i) for i in expr.indices))
        if isinstance(expr, IfSame | Sum):
            raise TypeError("a cost's template has no index variables of its own")
        return rebuild(expr, change)

    return change(template)


def stable_cost_by_activation(kind: LayerKind) -> Expr | None:
    """∂C/∂a_j of an output in a form that has a value everywhere; None in hidden layers and where none is needed."""
    stable = COSTS[kind.cost].stable_derivative if kind.next_activation is None else None
    return None if stable is None else _rename(stable, k="j")
