"""Do two expressions mean the same? Exact for rational functions; else at seeded points with an error bound.

"Equivalent" is said of functions of real numbers: x/x is 1 and √(x²) is |x|, but ln(x²) is not 2 ln x, unless x is
known to be positive, for at −1 the one has a value and the other has none.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import Literal

from tui_backprop.maths.bounded import Bounded, evaluate_bounded
from tui_backprop.maths.exact import exact
from tui_backprop.maths.expression import Expr, Number, symbols, walk
from tui_backprop.maths.modular import is_rational, same_rational

Equivalence = Literal["equivalent", "different", "undecided"]

_POINTS = 24
_CANDIDATES = 96
_FEWEST_POINTS = 8
_PATIENCE = 40
"""If none of so many points is usable, no more are tried."""
_BACKSTOP = 3
_PRECISION = 1e-9
"""How small the error bound must be, relative to the values (or to 1), for agreement to count."""


def equivalent(left: Expr, right: Expr, positive: Collection[str] = ()) -> Equivalence:
    """Whether two expressions have the same value wherever either has one.

    ``positive`` names the symbols that only take values above 0. The answer is ``undecided``, never a guess, where both
    sides have values that floating point can tell apart at too few points. NaN equals nothing.
    """
    if is_rational(left) and is_rational(right):
        same = same_rational(left, right)
        if same is None:
            return "undecided"
        if not same or _clearly_differ(left, right, positive):
            return "different"
        return "equivalent"
    return _at_points(left, right, positive)


def _at_points(left: Expr, right: Expr, positive: Collection[str]) -> Equivalence:
    needed = _FEWEST_POINTS if symbols(left) or symbols(right) else 1
    agreed = 0
    for count, point in enumerate(_points(left, right, positive)):
        if agreed == _POINTS or (count >= _PATIENCE and not agreed) or count == needed == 1:
            break
        agrees = _agree(evaluate_bounded(left, point), evaluate_bounded(right, point))
        if agrees is False or (agrees and agreed < _BACKSTOP and _exactly_differ(left, right, point)):
            return "different"
        agreed += agrees is True
    return "equivalent" if agreed >= needed else "undecided"


def _agree(left: Bounded, right: Bounded) -> bool | None:
    """Whether two values are the same; None where that cannot be told, or neither side has one."""
    bound = left.error + right.error
    if not math.isfinite(bound):
        return None
    if math.isnan(left.value) or math.isnan(right.value):
        return None if math.isnan(left.value) and math.isnan(right.value) else False
    if abs(left.value - right.value) > bound:
        return False
    return True if bound <= _PRECISION * max(abs(left.value), abs(right.value), 1.0) else None


def _clearly_differ(left: Expr, right: Expr, positive: Collection[str]) -> bool:
    """Whether the two differ at some sample point: a backstop against numbers made to vanish modulo the prime."""
    for count, point in enumerate(_points(left, right, positive)):
        a, b = evaluate_bounded(left, point), evaluate_bounded(right, point)
        if abs(a.value - b.value) > a.error + b.error:
            return True
        if count == _BACKSTOP:
            break
    return False


def _exactly_differ(left: Expr, right: Expr, point: dict[str, float]) -> bool:
    """Do the exact values differ, where both are rational (with ``abs``, ``relu`` … as well)?"""
    at = {name: Fraction(value) for name, value in point.items()}
    one = exact(left, at.get)
    other = None if one is None else exact(right, at.get)
    return one is not None and other is not None and one != other


def _points(left: Expr, right: Expr, positive: Collection[str]) -> Iterator[dict[str, float]]:
    """Seeded points of both signs: of size about 1 first, then wider, then near the numbers in the expressions."""
    from random import Random  # few answers need it

    names = sorted({*symbols(left), *symbols(right)})
    landmarks = [float(n.value) for side in (left, right) for n in walk(side)
                 if isinstance(n, Number) and 1e-6 < abs(n.value) < 1e6]
    dice = Random(2015)
    for count in range(_CANDIDATES):
        kind = count % 4
        point = {}
        for name in names:
            if kind < 2 or (kind == 3 and not landmarks):
                size = dice.uniform(0.05, 1.0) if kind else dice.uniform(0.2, 3.0)
            elif kind == 2:
                size = 2.0 ** dice.uniform(-5, 8)
            else:
                size = abs(dice.choice(landmarks)) * dice.uniform(0.6, 1.6)
            sign = 1 if name in positive or dice.random() < 0.5 else -1
            point[name] = sign * math.ceil(size * 4096) / 4096
        yield point
