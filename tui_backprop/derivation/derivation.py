"""A derivation: the graph of an exercise with its values, its names, and its steps in order."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, assert_never

from tui_backprop.dataclass import dataclass
from tui_backprop.derivation.formulas import Detail
from tui_backprop.derivation.graph import LongSumOf
from tui_backprop.derivation.ids import Ref, before_update
from tui_backprop.derivation.lazy import Made
from tui_backprop.derivation.naming import CircuitNaming, NetworkNaming, naming_of
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.derivation.notation import HAND_OUT, Notation
from tui_backprop.derivation.order import Order
from tui_backprop.derivation.roles import StepKind
from tui_backprop.derivation.values import Ready, Rounding, Values, values_near
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Call, Expr, Neg, Sum, Symbol, substitute, symbols, walk
from tui_backprop.maths.plain import plain
from tui_backprop.maths.template import Units
from tui_backprop.maths.walks import depth_first_once
from tui_backprop.network.model import Circuit, Network
from tui_backprop.typeset.formula import formula as set_formula
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import Layout, Text
from tui_backprop.typeset.linear import linear

if TYPE_CHECKING:
    from tui_backprop.derivation.circuit_graph import CircuitGraph
    from tui_backprop.derivation.layer_values import LayerValues

NumberText = Callable[[float], str]


class Derivation:
    """Everything that follows from a network or circuit, made when it is looked at.

    ``values`` gives a quantity's number by id; ``steps`` is every step in order, lazily; ``order`` their ids.
    """

    def __init__(self, task: Network | Circuit, detail: Detail = "full", notation: Notation = HAND_OUT) -> None:
        self.task = task
        self.detail = detail
        self.notation = notation
        self.graph: NetworkGraph | CircuitGraph
        match task:
            case Network():
                self.graph = NetworkGraph(task, detail)
            case Circuit():
                from tui_backprop.derivation.circuit_graph import CircuitGraph  # networks are asked for more often

                self.graph = CircuitGraph(task)
            case _:
                assert_never(task)
        self.naming: NetworkNaming | CircuitNaming = naming_of(self.graph, notation)
        self.order: Order = self.graph.order()
        self._inputs = lru_cache(maxsize=256)(self._trace)
        self._ready: dict[str, Ready | None] | None = None if self.graph.is_large else {}

    def in_notation(self, notation: Notation) -> Derivation:
        """The same quantities with the same values, in the names of another notation."""
        if notation == self.notation:
            return self
        renamed = Derivation.__new__(Derivation)
        vars(renamed).update(vars(self))
        renamed.notation, renamed.naming, renamed.values = notation, naming_of(self.graph, notation), self.values
        return renamed

    @cached_property
    def values(self) -> Values:
        """A quantity's value by its id."""
        return Values(self.graph, back_end=self.layer_values)

    @cached_property
    def layer_values(self) -> LayerValues | None:
        """A large network's values, whole layers at a time; None where values are worked out one by one."""
        return self.graph.layer_values({})

    def check_finite(self) -> None:
        """Raise ValueError, naming the quantity, where a value that follows is not a finite number."""
        if (quantity := self.first_not_finite()) is not None:
            raise ValueError(f"the value of {quantity} is not a finite number: use smaller inputs and parameters")

    def vary(self, numbers: Mapping[str, float]) -> Values:
        """Values with other numbers for some givens; in a large network whole layers at a time."""
        layers = self.graph.layer_values(numbers)
        return self.values_with(numbers=numbers) if layers is None else Values(self.graph, back_end=layers)

    def values_with(
        self, *, formulas: Mapping[str, Expr] | None = None, numbers: Mapping[str, float] | None = None,
        rounding: Rounding | None = None,
    ) -> Values:
        """Values with some formulas or numbers replaced, or all rounded; every quantity that uses them follows."""
        return Values(self.graph, formulas=formulas, numbers=numbers, rounding=rounding, ready=self._ready)

    def values_near(self, numbers: Mapping[str, float]) -> Callable[[str], float]:
        """Values with some numbers replaced.

        In a large network only the quantities whose formulas name a replaced number follow.
        """
        if self.graph.is_large:
            return values_near(self.graph, self.values, numbers)
        return self.values_with(numbers=numbers)

    def updated(self) -> Network | Circuit:
        """The network or circuit with its parameters after the update."""
        if self.layer_values is not None:
            return self.layer_values.updated()
        updates = self.order.only(lambda quantity: self.graph.kind(quantity) == "update")
        return self.graph.with_givens({before_update(quantity): self.values(quantity) for quantity in updates})

    def name_of(self, quantity: str, glyphs: Glyphs = Glyphs.FULL) -> str:
        """A quantity's name as a line of text: ``∂C/∂wⱼₖ``."""
        return linear(self.naming.name(quantity), glyphs)

    def name_with_sample(self, quantity: str) -> str:
        """A quantity's name; in a batch with the sample it is of, since all have one name."""
        name, sample = self.name_of(quantity), self.graph.sample_of(quantity)
        return name if sample is None or self.graph.batch == 1 else f"{name} of sample {sample}"

    def first_not_finite(self) -> str | None:
        """The first quantity without a finite value, by id, or in a large network by role and layer; else None."""
        if self.layer_values is not None:
            return self.layer_values.first_not_finite()
        return next((quantity for quantity in self.order if not math.isfinite(self.values(quantity))), None)

    @property
    def steps(self) -> Sequence[Step]:
        """All steps in order, each made when it is looked at."""
        return Made(self.order, self.step)

    def step(self, quantity: str) -> Step:
        """The step of any quantity, listed or not. Raises :class:`~tui_backprop.derivation.graph.UnknownIdError`."""
        return Step(self, quantity, self.graph.kind(quantity))

    def formula(self, quantity: str, long: LongSumOf | None = None) -> Expr | None:
        """The formula as it is shown, over ids. A slope of 1 in a merged factor (an active ReLU) is left out.

        ``long`` may put something in place of the terms of a sum over units.
        """
        return self.graph.shown(quantity, self.values, long)

    def inputs_of(self, quantity: str) -> tuple[str, ...]:
        """The givens and steps that a quantity's formula uses; in place of what is no step, what that is made of."""
        return self._inputs(quantity)

    def inputs_at_hand(self, quantity: str) -> tuple[str, ...]:
        """As :meth:`inputs_of`, but none for a large network's cost after the update, which uses every parameter."""
        everything = self.graph.is_large and quantity == self.graph.goal_after
        return () if everything else self.inputs_of(quantity)

    def _trace(self, quantity: str) -> tuple[str, ...]:
        def uses(name: str) -> tuple[str, ...]:
            return symbols(self.formula(name) or Symbol(name))

        found: dict[str, bool] = {}

        def is_step(name: str) -> bool:
            if name not in found:  # asked twice, and there may be tens of thousands
                found[name] = self.graph.kind(name) == "given" or name in self.order
            return found[name]

        names = depth_first_once(uses(quantity), lambda name: () if is_step(name) else uses(name))
        return tuple(filter(is_step, names))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a derivation: a quantity with its formula and its value."""

    derivation: Derivation
    id: str
    kind: StepKind

    @property
    def value(self) -> float:
        return self.derivation.values(self.id)

    @property
    def sample(self) -> int | None:
        """Which sample the step belongs to, from 1; None for means, updates, the cost after, and circuits."""
        return self.derivation.graph.sample_of(self.id)

    @property
    def uses(self) -> tuple[str, ...]:
        """The ids of the steps and givens that the step is made of."""
        return self.derivation.inputs_of(self.id)

    @property
    def formula(self) -> Expr:
        """The formula over ids; of a given, its own symbol."""
        return self._bind_shown(None)

    @property
    def symbols(self) -> tuple[str, ...]:
        """The ids that stand in the evaluated formula, steps or not."""
        return symbols(self.evaluated)

    @property
    def name(self) -> Layout:
        return self.derivation.naming.name(self.id)

    def formula_layout(self, *, elide: int | None = None, exact: bool = False) -> Layout:
        """The formula in the names of the notation; sums of more than ``elide`` terms shortened.

        The slope of a max gate reads "1 if z > w, else 0", unless there is a tie or it has to be ``exact``.
        """
        expr = self._bind_shown(self._elide(elide))
        return self.lay_out(expr, self.derivation.naming.name, elide=elide, exact=exact)

    def lay_out_substituted(
        self, number: NumberText = repr, *, elide: int | None = None, exact: bool = False,
    ) -> Layout:
        """The formula with numbers for names, each written by ``number``."""
        values = self.derivation.values
        expr = self._work_out(self._elide(elide))
        return self.lay_out(expr, lambda name: Text(number(values(name)), "number"), elide=elide, exact=exact)

    def lay_out(
        self, expr: Expr, symbol: Callable[[str], Layout], *, elide: int | None = None, exact: bool = False,
    ) -> Layout:
        """A form of the formula in type, with a layout for each symbol."""
        choices = not exact and self.kind == "factor" and not self._is_tied(expr)
        return set_formula(expr, symbol, elide=elide, choices=choices)

    def _is_tied(self, expr: Expr) -> bool:
        """Does the formula ask which of two equal numbers is larger?"""
        return any(isinstance(node, Call) and node.function == "sign" and evaluate(node, self.derivation.values) == 0
                   for node in walk(expr))

    def write_substituted(self) -> str:
        """The substituted formula in the learner's grammar, with round-trip digits: it evaluates to ``value``."""
        values, layers, texts = self.derivation.values, self.derivation.layer_values, set[str]()

        def written(node: Sum, units: Units, ref: Ref) -> Expr | None:
            text = layers.write_sum(node, units, ref) if layers is not None else None
            texts.update(symbols(text) if text else ())
            return text

        expr = self._work_out(written)
        return plain(substitute(expr, lambda name: None if name in texts else literal(values(name))), str)

    @property
    def evaluated(self) -> Expr:
        """The formula that is evaluated, over ids: the stable form where the shown formula overflows."""
        return self._work_out(None)

    def _bind_shown(self, long: LongSumOf | None) -> Expr:
        return self.derivation.formula(self.id, long) or Symbol(self.id)

    def _work_out(self, long: LongSumOf | None) -> Expr:
        if self.formula_holds():
            return self._bind_shown(long)
        return self.derivation.graph.fallback(self.id, long) or self._bind_shown(long)

    def _elide(self, most: int | None) -> LongSumOf | None:
        return None if most is None else self.derivation.graph.elide(most)

    def formula_holds(self) -> bool:
        """Does the formula that is shown give the value? It does not where it overflows and has a stable form."""
        if not self.derivation.graph.has_fallback(self.id):
            return True
        return math.isclose(evaluate(self.formula, self.derivation.values), self.value, rel_tol=1e-9)


def literal(value: float) -> Expr:
    """A number as an expression that is shown with all the digits needed to read it back."""
    return Neg(Symbol(repr(-value))) if value < 0 else Symbol(repr(value))
