"""Counts the multiplications that the gradients of a network take, with every product kept, and with none."""

from __future__ import annotations

from typing import Final

from tui_backprop.dataclass import dataclass, field
from tui_backprop.derivation import Derivation
from tui_backprop.maths.expression import Add, Expr, Mul, Number, Symbol, children
from tui_backprop.tutor.walk import FEW_STEPS

_BACKWARD: Final = frozenset({"factor", "path", "gradient"})


@dataclass(frozen=True, slots=True)
class Multiplications:
    """``kept``: each product is worked out once and used again; ``afresh``: every gradient is worked out by itself.

    ``shared``: the factors of the first product that ends more than one chain and is no step of its own;
    ``before_brackets``: examples of products among them that are written without a sign, ``2(a − y)`` and ``a(1 − a)``.
    """

    kept: int
    afresh: int
    shared: tuple[Expr, ...] = field(default=(), compare=False)
    before_brackets: tuple[str, ...] = field(default=(), compare=False)


def multiplications(derivation: Derivation) -> Multiplications | None:
    """The multiplications for the gradients of one sample; a factor of 1, such as an active ReLU's slope, takes none.

    None where nothing is saved, in a batch, in a circuit, and where there are too many to count.
    """
    graph = derivation.graph
    if graph.cost is None or graph.batch != 1 or len(derivation.order) > FEW_STEPS:
        return None
    gradients = [quantity for quantity in derivation.order if graph.kind(quantity) == "gradient"]
    counter = _Counter(derivation)
    kept = sum(map(counter.count_new, gradients))
    found = Multiplications(kept, sum(map(counter.count_afresh, gradients)), counter.shared,
                            tuple(sorted(counter.before_brackets)))
    return found if found.kept < found.afresh else None


class _Counter:
    """Counts multiplications in the formulas as they are shown."""

    def __init__(self, derivation: Derivation) -> None:
        self._derivation = derivation
        self._seen: set[object] = set()
        """Quantities and products that were worked out already."""
        self.shared: tuple[Expr, ...] = ()
        self.before_brackets: set[str] = set()

    def count_afresh(self, quantity: str) -> int:
        """Multiplications to this quantity after the forward pass, as if nothing of the backward pass were known."""
        return self._in(self._formula(quantity), kept=False)

    def count_new(self, quantity: str) -> int:
        """Multiplications that this quantity adds to those counted so far."""
        if quantity in self._seen:
            return 0
        self._seen.add(quantity)
        return self._in(self._formula(quantity), kept=True)

    def _in(self, expr: Expr, *, kept: bool) -> int:
        if isinstance(expr, Symbol):
            if self._derivation.graph.kind(expr.name) not in _BACKWARD:
                return 0
            return self.count_new(expr.name) if kept else self.count_afresh(expr.name)
        inside = sum(self._in(child, kept=kept) for child in children(expr))
        return inside + (self._of_product(expr, kept=kept) if isinstance(expr, Mul) else 0)

    def _of_product(self, product: Mul, *, kept: bool) -> int:
        """The multiplications in a product. A tail of factors that another product ended with is not counted again."""
        factors = tuple(factor for factor in product.factors if not self._is_one(factor))
        if len(factors) > 1 and isinstance(factors[1], Add) and isinstance(factors[0], Number | Symbol):
            self.before_brackets.add("2(a − y)" if isinstance(factors[0], Number) else "a(1 − a)")
        if not kept:
            return max(len(factors) - 1, 0)
        ends = [factors[start:] for start in range(len(factors) - 1)]
        tails = {*ends} - self._seen
        self.shared = self.shared or next((end for end in ends if end in self._seen), ())
        self._seen |= tails
        return len(tails)

    def _is_one(self, factor: Expr) -> bool:
        return isinstance(factor, Symbol) and self._derivation.values(factor.name) == 1

    def _formula(self, quantity: str) -> Expr:
        formula = self._derivation.formula(quantity)
        assert formula is not None  # gradients and their factors have one
        return formula
