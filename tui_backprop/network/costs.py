"""The costs: each a formula for one output's part, what to evaluate where that has no value, and the taught derivative.

Formulas are templates for one output unit ``k``: its activation ``a[k]``, its target ``y[k]``, and the number of
outputs ``n``. A sample's cost is the sum of its parts. Costs with ``output`` set want that activation in the output
layer, and their δ = ∂C/∂z has the short form a − y (for softmax: where the targets sum to 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tui_backprop.maths.expression import Cell, Expr, call, number

A = Cell("a", 0, ("k",))
Y = Cell("y", 0, ("k",))
OUTPUTS = Cell("n", 0)
_HALF = number(Fraction(1, 2))
TINY = number(Fraction(1, 10**300))


@dataclass(frozen=True, slots=True)
class Cost:
    """One cost of a sample.

    ``part``: what output k adds. ``derivative``: ∂C/∂a_k as it is taught. ``stable_derivative``: what to evaluate
    where that is 0/0 (a target of 0 or 1 met exactly). ``shortcut``: ∂C/∂z_k with the cost's own output activation.
    """

    name: str
    title: str
    part: Expr
    derivative: Expr
    stable_derivative: Expr | None = None
    output: str | None = None
    shortcut: Expr | None = None


_COSTS = (
    Cost("squared_error", "squared error", (A - Y) ** 2, 2 * (A - Y)),
    Cost("half_squared_error", "half squared error", _HALF * (A - Y) ** 2, A - Y),
    Cost("mean_squared_error", "mean squared error", (A - Y) ** 2 / OUTPUTS, 2 * (A - Y) / OUTPUTS),
    Cost("binary_cross_entropy", "binary cross-entropy",
         -(Y * call("ln", A) + (1 - Y) * call("ln", 1 - A)), (A - Y) / (A * (1 - A)),
         stable_derivative=(1 - Y) / call("max", 1 - A, TINY) - Y / call("max", A, TINY),
         output="sigmoid", shortcut=A - Y),
    Cost("cross_entropy", "cross-entropy", -(Y * call("ln", A)), -(Y / A),
         stable_derivative=-(Y / call("max", A, TINY)), output="softmax", shortcut=A - Y),
)

COSTS: Mapping[str, Cost] = {cost.name: cost for cost in _COSTS}
"""Every cost by its name in an exercise file."""
