"""Says why an expression has no finite value."""

from __future__ import annotations

import math
from collections.abc import Callable

from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Call, Div, Expr, Pow, children


def why_undefined(expr: Expr, value: Callable[[str], float]) -> str:
    """One sentence that says why ``expr`` has no finite value; ``value`` gives each symbol's number.

    It is about the innermost part that is not finite although all parts of its own are.
    """
    part = expr
    while True:
        culprits = [child for child in children(part) if not math.isfinite(evaluate(child, value))]
        if not culprits:
            break
        part = culprits[0]
    parts = [evaluate(child, value) for child in children(part)]
    match part:
        case Div() if parts[1] == 0:
            return "This divides by 0, which has no value."
        case Call("ln" | "log" as name, _) if parts[0] <= 0:
            return f"{name} has a value only for numbers above 0."
        case Call("sqrt", _) if parts[0] < 0:
            return "sqrt has a value only for 0 and numbers above it."
        case Pow() if parts[0] == 0:
            return "0 has no negative powers."
        case Pow() if parts[0] < 0 and parts[1] != int(parts[1]):
            return "A negative number has no such power."
        case _:
            return "This is too large to be a number here."
