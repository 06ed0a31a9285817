"""A slip is a known mistake at one quantity: another formula for it, and what to say where a number matches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tui_backprop.dataclass import dataclass
from tui_backprop.derivation.derivation import Derivation
from tui_backprop.derivation.ids import Ref, parse_id
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.derivation.roles import ROLES, Role
from tui_backprop.maths.expression import (
    Add,
    Call,
    Cell,
    Expr,
    Mul,
    Neg,
    Number,
    Symbol,
    call,
    number,
    rebuild,
    substitute,
    symbols,
)
from tui_backprop.maths.template import bind
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.network.costs import COUNT
from tui_backprop.tutor.mistakes import known
from tui_backprop.tutor.mistakes.known import Mistake
from tui_backprop.tutor.rules import SIGN_TURNED

NEAREST: Final = 20
"""The most other quantities that are tried in place of one."""
MOST_TERMS: Final = 40
"""In a sum of more terms than this, leaving out each in turn is not tried."""


def is_activation(quantity: str) -> bool:
    """Is it a unit's activation, before any update?"""
    role = ROLES[parse_id(quantity).role]
    return role.kind == "activation" and not role.after_update


def other_layer_same_name(one: str, other: str) -> bool:
    """Are these quantities of units with one name in two layers? Nothing is mixed up more easily."""
    return parse_id(one).units == parse_id(other).units


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake made at one quantity.

    ``formula``: the quantity's formula with the mistake in it, over ids. ``way`` tells several slips of one mistake
    apart; the same way at several quantities is one habit, and is tried at all of them together. ``say``: one or two
    sentences, ids in braces; mistakes that give the same number have the same sentence. ``unlikely``: how much less
    likely it is than its mistake. ``apart``: the habit is also tried without this slip, since a learner who has it
    elsewhere may know better here.
    """

    mistake: Mistake
    way: str
    formula: Expr
    say: str
    unlikely: float = 0.0
    apart: bool = False

    @property
    def code(self) -> str:
        return self.mistake.code

    @property
    def rank(self) -> float:
        """How likely it is, the smaller the likelier."""
        return self.mistake.rank + self.unlikely


def turn_sign(formula: Expr, more: str = "") -> Slip:
    """The slip of a value with the other sign; ``more`` says where to look, if the formula's form does not."""
    return Slip(known.SIGN, "sign", Neg(formula), f"{SIGN_TURNED}{more or _where_the_sign_is(formula)}")


def _where_the_sign_is(formula: Expr) -> str:
    """What the sign of a formula follows from, as a further sentence; empty where its form does not tell."""
    if isinstance(formula, Symbol):
        return f" It is {{{formula.name}}} as it stands, with its own sign."
    if isinstance(formula, Mul) and all(isinstance(factor, Symbol | Number) for factor in formula.factors):
        return " How many of its factors are below 0?"
    return " Which of the numbers in it are below 0?" if isinstance(formula, Add) else ""


def leave_out(parts: tuple[Expr, ...], place: int) -> tuple[Expr, ...]:
    """The parts of a sum or product without the one at this place."""
    return parts[:place] + parts[place + 1:]


@dataclass(frozen=True, slots=True)
class StepAt:
    """A quantity at which a mistake may have been made, with its right formula.

    ``nearby``: the quantity is close enough to the step asked for that another one may have been taken for one in its
    formula.
    """

    derivation: Derivation
    quantity: str
    formula: Expr
    nearby: bool


@dataclass(frozen=True, slots=True)
class Site(StepAt):
    """A quantity of a network at which a mistake may have been made, with its id taken apart."""

    graph: NetworkGraph
    ref: Ref

    @property
    def role(self) -> Role:
        return ROLES[self.ref.role]

    @property
    def layer(self) -> int:
        return self.graph.network.last if self.ref.layer is None else self.ref.layer

    @property
    def is_output(self) -> bool:
        return self.layer == self.graph.network.last

    @property
    def activation(self) -> str:
        """The name of the layer's activation function."""
        return self.graph.network.activations[self.layer - 1]

    def units(self, layer: int) -> tuple[str, ...]:
        return self.graph.network.layers[layer]

    def id(self, role: str, layer: int | None = None, *units: str) -> str:
        """The id of a quantity of the same sample, where its role has samples."""
        return str(Ref(role, layer, units, self.ref.sample if ROLES[role].per_sample else None))

    def symbol(self, role: str, layer: int | None = None, *units: str) -> Symbol:
        return Symbol(self.id(role, layer, *units))

    def primed(self, role: str) -> str:
        """The role, or its primed one where this quantity belongs to the pass after the update."""
        return ROLES[role].after if self.role.after_update else role

    def slope(self, unit: str, activation: str | None = None) -> Expr:
        """∂a/∂z of a unit of this layer as it is taught, over ids; with ``activation``, another function's."""
        template = ACTIVATIONS[activation or self.activation].derivative

        def named(node: Cell, _units: object) -> Expr:
            return self.symbol(node.role, self.layer, unit)

        return bind(template, {"i": 0, "j": 0}, lambda _offset: 1, named)

    def of_cost(self, template: Expr, unit: str) -> Expr:
        """A template from the table of costs, written out for one output of this layer."""
        outputs = number(len(self.units(self.layer)))

        def named(node: Cell, _units: object) -> Expr:
            if node.role == COUNT:
                return outputs
            return self.symbol(self.primed(node.role), self.layer, unit)

        return bind(template, {"k": 0}, lambda _offset: 1, named)

    def swap_indices(self, source: str, target: str) -> str | None:
        """The weight with the indices of ``source`` → ``target`` the other way round; None where there is none."""
        before, after = self.units(self.layer - 1), self.units(self.layer)
        row, column = before.index(source), after.index(target)
        if row == column or column >= len(before) or row >= len(after):
            return None
        return self.id("w", self.layer, before[column], after[row])

    def other_activations(self, layer: int, unit: str, latest: int | None = None) -> Iterator[str]:
        """Other activations that may be taken for this one, the nearest first: same layer, then its neighbours.

        ``latest``: the last layer whose activations have been found at this point.
        """
        last = self.graph.network.last if latest is None else latest
        layers = [at for at in (layer, layer + 1, layer - 1) if 0 <= at <= last]
        names = [(at, other) for at in layers for other in self.units(at) if (at, other) != (layer, unit)]
        names = names if self.nearby else []
        return (self.id("a", at, other) for at, other in names[:NEAREST])

    def other_weights(self, source: str, target: str) -> Iterator[str]:
        """Other weights that may be taken for this one, the nearest first."""
        layers = [at for at in (self.layer, self.layer + 1, self.layer - 1) if 1 <= at <= self.graph.network.last]
        layers = layers if self.nearby else []
        edges = ((at, a, b) for at in layers for a in self.units(at - 1) for b in self.units(at))
        others = (edge for edge in edges if edge != (self.layer, source, target))
        return (self.id("w", at, a, b) for (at, a, b), _ in zip(others, range(NEAREST), strict=False))

    def is_off(self, unit: str, role: str = "z") -> bool:
        """Is this unit of a ReLU layer off? ``role``: ``z``, or ``z'`` for after the update."""
        return self.derivation.values(self.id(role, self.layer, unit)) <= 0


def of_another_unit(site: Site) -> Iterator[Slip]:
    """Slips: the same quantity of another unit of the layer."""
    for other in site.units(site.layer)[:NEAREST] if site.nearby else ():
        if other != site.ref.units[0]:
            name = site.id(site.ref.role, site.layer, other)
            yield Slip(known.WRONG_LAYER, f"unit {other}", Symbol(name), f"That is {{{name}}}, of another unit.")


def other_logarithms(formula: Expr) -> Iterator[Slip]:
    """Slips: natural logarithms taken to another base, as a calculator's log is to the base 10."""
    for base in (10, 2):
        wrong = _to_base(formula, base)
        if wrong != formula:
            yield Slip(known.OTHER_LOGARITHM, f"base {base}", wrong,
                       f"That is the logarithm to the base {base}. Here it is ln, the natural one, to the base e.")


def _to_base(formula: Expr, base: int) -> Expr:
    if isinstance(formula, Call) and formula.function in ("ln", "log"):
        return formula / call("ln", number(base))
    return rebuild(formula, lambda part: _to_base(part, base))


def other_outputs(site: Site) -> Iterator[Slip]:
    """Slips: another unit's activation in a formula about one output."""
    found = [name for name in symbols(site.formula) if is_activation(name)]
    if len(found) != 1 or parse_id(found[0]).layer != site.graph.network.last:
        return
    for other in site.other_activations(site.layer, parse_id(found[0]).units[0]):
        yield Slip(known.WRONG_LAYER, f"takes {other}", substitute(site.formula, {found[0]: Symbol(other)}.get),
                   f"That takes {{{other}}} for {{{found[0]}}}. Which unit is compared with its target?")
