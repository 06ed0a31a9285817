"""The functions a formula may call: each once, with its value on a float, on an array, and its derivative.

Values outside a function's domain are NaN or an infinity, never an exception: whoever asks for a number decides what
to say about one that is not finite.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from tui_backprop.dataclass import dataclass
from tui_backprop.maths.expression import Call, Expr, Number, call, number

Derivative = Callable[..., tuple[Expr, ...]]


@dataclass(frozen=True, slots=True)
class Function:
    """One function of the learner's grammar.

    ``shown``: how it is written, and may be typed too. ``torch``: PyTorch code with the same value, and the same slope
    at kinks; ``{}`` stands for each argument (two of them for a function of any number). ``exact``: its value at
    rational numbers, where that is rational. ``on_floats`` takes floats; ``on_arrays`` takes the numpy module and
    arrays of one shape; ``derivative`` takes the arguments as expressions and gives the partial derivative by each.
    ``least`` and ``most`` bound the number of arguments; ``most`` is None where there is no bound.
    """

    name: str
    shown: str
    torch: str
    on_floats: Callable[..., float]
    on_arrays: Callable[..., Any]
    derivative: Derivative
    exact: Callable[..., Fraction] | None = None
    least: int = 1
    most: int | None = 1


def _exp(x: float) -> float:
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf


def _ln(x: float) -> float:
    if x > 0:
        return math.log(x)
    return -math.inf if x == 0 else math.nan


def _sqrt(x: float) -> float:
    return math.sqrt(x) if x >= 0 else math.nan


def _sigmoid(x: float) -> float:
    """1 / (1 + exp(−x)), without overflow for large negative x."""
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    small = math.exp(x)
    return small / (1 + small)


def _sigmoid_array(np: Any, x: Any) -> Any:
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + small), small / (1 + small))


def _softplus(x: float) -> float:
    """ln(1 + exp(x)), without overflow and without losing small values."""
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


def _step(x: float) -> float:
    return x if math.isnan(x) else float(x > 0)


def _sign(x: float) -> float:
    return x if math.isnan(x) else float((x > 0) - (x < 0))


def _extreme(pick: Callable[[tuple[float, ...]], float]) -> Callable[..., float]:
    return lambda *xs: math.nan if any(map(math.isnan, xs)) else pick(xs)


def _half() -> Number:
    return number(Fraction(1, 2))


def _extreme_derivative(name: str, direction: int) -> Derivative:
    """For two arguments: 1 to the winner, half to each at a tie. More arguments nest as max(a, max(b, c))."""

    def derivative(*xs: Expr) -> tuple[Expr, ...]:
        if len(xs) == 1:
            return (number(1),)
        head, rest = xs[0], xs[1] if len(xs) == 2 else Call(name, xs[1:])
        lead = call("sign", head - rest if direction > 0 else rest - head)
        others = derivative(*xs[1:])
        return (_half() * (1 + lead), *(_half() * (1 - lead) * part for part in others))

    return derivative


LEAKY_SLOPE = Fraction(1, 100)

_TABLE = (
    Function("exp", "exp", "torch.exp({})", _exp, lambda np, x: np.exp(x), lambda x: (call("exp", x),)),
    Function("ln", "ln", "torch.log({})", _ln, lambda np, x: np.log(x), lambda x: (1 / x,)),
    Function("log", "ln", "torch.log({})", _ln, lambda np, x: np.log(x), lambda x: (1 / x,)),
    Function("sqrt", "√", "torch.sqrt({})", _sqrt, lambda np, x: np.sqrt(x), lambda x: (1 / (2 * call("sqrt", x)),)),
    Function("abs", "abs", "torch.abs({})", abs, lambda np, x: np.abs(x), lambda x: (call("sign", x),), exact=abs),
    Function("max", "max", "torch.maximum({}, {})", _extreme(max), lambda np, *xs: _fold(np.maximum, xs),
             _extreme_derivative("max", 1), exact=lambda *xs: max(xs), most=None),
    Function("min", "min", "torch.minimum({}, {})", _extreme(min), lambda np, *xs: _fold(np.minimum, xs),
             _extreme_derivative("min", -1), exact=lambda *xs: min(xs), most=None),
    Function("relu", "ReLU", "torch.relu({})", lambda x: x if math.isnan(x) else max(x, 0.0),
             lambda np, x: np.maximum(x, 0.0), lambda x: (call("step", x),), exact=lambda x: max(x, Fraction(0))),
    Function("leaky_relu", "leakyReLU", f"torch.nn.functional.leaky_relu({{}}, {float(LEAKY_SLOPE)})",
             lambda x: x if x > 0 else float(LEAKY_SLOPE) * x,
             lambda np, x: np.where(x > 0, x, float(LEAKY_SLOPE) * x),
             lambda x: (LEAKY_SLOPE + (1 - LEAKY_SLOPE) * call("step", x),)),
    Function("step", "step", "torch.relu(torch.sign({}))", _step, lambda np, x: np.where(x > 0, 1.0, 0.0),
             lambda _: (number(0),), exact=lambda x: Fraction(int(x > 0))),
    Function("sign", "sign", "torch.sign({})", _sign, lambda np, x: np.sign(x), lambda _: (number(0),),
             exact=lambda x: Fraction((x > 0) - (x < 0))),
    Function("sigmoid", "σ", "torch.sigmoid({})", _sigmoid, _sigmoid_array,
             lambda x: (call("sigmoid", x) * (1 - call("sigmoid", x)),)),
    Function("tanh", "tanh", "torch.tanh({})", math.tanh, lambda np, x: np.tanh(x),
             lambda x: (1 - call("tanh", x) ** 2,)),
    # Beyond 40 the softplus of a 64-bit number is the number itself.
    Function("softplus", "softplus", "torch.nn.functional.softplus({}, threshold=40)", _softplus,
             lambda np, x: np.maximum(x, 0.0) + np.log1p(np.exp(-np.abs(x))), lambda x: (call("sigmoid", x),)),
)

FUNCTIONS: Mapping[str, Function] = {function.name: function for function in _TABLE}
"""Every function by name. ``log`` is the natural logarithm; ``step`` and ``sign`` are 0 at 0."""

CONSTANTS: Mapping[str, float] = {"e": math.e, "pi": math.pi}
"""The constants of the grammar, as floats."""


def _fold(combine: Callable[[Any, Any], Any], xs: tuple[Any, ...]) -> Any:
    result = xs[0]
    for x in xs[1:]:
        result = combine(result, x)
    return result
