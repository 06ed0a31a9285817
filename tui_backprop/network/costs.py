"""The costs: each a formula for one output's part, what to evaluate where that has no value, and the taught derivative.

Formulas are templates for one output unit ``k``: its activation ``a[k]``, its target ``y[k]``, and the number of
outputs ``n``. A sample's cost is the sum of its parts. Costs with ``output`` set want that activation in the output
layer, and their δ = ∂C/∂z has the short form a − y (for softmax: where the targets sum to 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, Literal

from tui_backprop.dataclass import dataclass
from tui_backprop.maths.expression import Cell, Expr, call, number

A = Cell("a", 0, ("k",))
Y = Cell("y", 0, ("k",))
COUNT: Final = "n"
"""How many outputs there are, as the role of a cell."""
OUTPUTS = Cell(COUNT, 0)
_HALF = number(Fraction(1, 2))
TINY = number(Fraction(1, 10**300))

Square = Literal["whole", "half", "mean"]
Targets = Literal["any", "shares", "distribution"]


@dataclass(frozen=True, slots=True)
class Cost:
    """One cost of a sample.

    ``rule`` and ``slope_rule`` say in plain English how a part and its slope are found; ``{a}`` and ``{y}`` in them
    are the output and its target. ``square``: whether a − y is squared in it, and what becomes of the 2 that its
    slope brings down: it stays (``whole``), cancels (``half``), or stays beside the division by the outputs
    (``mean``). ``targets``: what targets a sample may have: any, each from 0 to 1 (``shares``), or such that sum to
    1 (``distribution``). ``part``: what output k adds. ``derivative``: ∂C/∂a_k as it is taught.
    ``stable_derivative``: what to evaluate where that is 0/0 (a target of 0 or 1 met exactly). ``shortcut``:
    ∂C/∂z_k with the cost's own output activation.
    """

    name: str
    title: str
    rule: str
    slope_rule: str
    square: Square | None
    targets: Targets
    part: Expr
    derivative: Expr
    stable_derivative: Expr | None = None
    output: str | None = None
    shortcut: Expr | None = None


_COSTS = (
    Cost("squared_error", "squared error", "Output minus target, squared.",
         "The square brings a 2 down in front.", "whole", "any",
         (A - Y) ** 2, 2 * (A - Y)),
    Cost("half_squared_error", "half squared error", "Half of: output minus target, squared.",
         "The 2 of the square and the ½ cancel.", "half", "any",
         _HALF * (A - Y) ** 2, A - Y),
    Cost("mean_squared_error", "mean squared error", "Output minus target, squared, divided by the number of outputs.",
         "The square brings a 2 down in front; the division stays.", "mean", "any",
         (A - Y) ** 2 / OUTPUTS, 2 * (A - Y) / OUTPUTS),
    Cost("binary_cross_entropy", "binary cross-entropy",
         "Minus: target times ln of the output, plus the same for 1 − target and 1 − output.",
         "It comes to ({a} − {y}) divided by {a}(1 − {a}).", None, "shares",
         -(Y * call("ln", A) + (1 - Y) * call("ln", 1 - A)), (A - Y) / (A * (1 - A)),
         stable_derivative=(1 - Y) / call("max", 1 - A, TINY) - Y / call("max", A, TINY),
         output="sigmoid", shortcut=A - Y),
    Cost("cross_entropy", "cross-entropy", "Minus the target times the natural logarithm of the output.",
         "The slope of ln {a} is 1/{a}; the minus stays.", None, "distribution",
         -(Y * call("ln", A)), -(Y / A),
         stable_derivative=-(Y / call("max", A, TINY)), output="softmax", shortcut=A - Y),
)

COSTS: Mapping[str, Cost] = {cost.name: cost for cost in _COSTS}
"""Every cost by its name in an exercise file."""
