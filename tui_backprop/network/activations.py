"""The activation functions: each a formula, what to evaluate where the formula overflows, and the derivative as taught.

Formulas are templates for one unit ``j`` of a layer: ``z[j]`` its pre-activation, ``a[j]`` its activation. That each
taught derivative is the formula's derivative is proved with SymPy in the tests.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui_backprop.dataclass import dataclass
from tui_backprop.maths.expression import Cell, Expr, IfSame, Sum, call, number
from tui_backprop.maths.functions import LEAKY_SLOPE

Z = Cell("z", 0, ("j",))
A = Cell("a", 0, ("j",))
_ONE = number(1)
_NOTHING = number(0)


@dataclass(frozen=True, slots=True)
class Activation:
    """One activation function.

    ``rule`` and ``slope_rule`` say in plain English how its value and its slope are found; ``{z}`` and ``{a}`` in them
    are the unit's pre-activation and activation. ``formula``: the activation of unit j from pre-activations.
    ``definition``: the same spelled out, where ``formula`` only names a function. ``derivative``: ∂a/∂z of one unit, or
    for a coupled function ∂a_i/∂z_j with ``IfSame``. ``stable``: what to evaluate where ``formula`` overflows.
    ``coupled``: every activation of the layer depends on every pre-activation (softmax). ``kinked``: its slope jumps,
    and is 1 on one side (ReLU), so that merged detail leaves the 1 out.
    """

    name: str
    title: str
    rule: str
    slope_rule: str
    formula: Expr
    derivative: Expr
    definition: Expr | None = None
    stable: Expr | None = None
    coupled: bool = False
    kinked: bool = False


def _softmax(shift: Expr | None) -> Expr:
    def power(unit: str) -> Expr:
        z = Cell("z", 0, (unit,))
        return call("exp", z if shift is None else z - shift)

    return power("j") / Sum("k", 0, power("k"))


_A_I = Cell("a", 0, ("i",))

_ACTIVATIONS = (
    Activation("identity", "identity", "This unit passes the weighted sum on as it is.",
               "A straight line of slope 1: the slope is 1 everywhere.",
               Z, _ONE),
    Activation("relu", "ReLU", "ReLU passes a positive number on as it is, and turns a negative one into 0.",
               "ReLU's slope is step({z}): 1 while {z} is above 0, else 0.",
               call("relu", Z), call("step", Z), definition=call("max", _NOTHING, Z), kinked=True),
    Activation("leaky_relu", "leaky ReLU",
               "Leaky ReLU passes a positive number on, and keeps a hundredth of a negative one.",
               "Leaky ReLU's slope is 1 while {z} is above 0, else 0.01: step({z}) is 1 or 0.",
               call("leaky_relu", Z),
               LEAKY_SLOPE + (1 - LEAKY_SLOPE) * call("step", Z),
               definition=call("max", LEAKY_SLOPE * Z, Z), kinked=True),
    Activation("sigmoid", "sigmoid", "The sigmoid is 1 divided by (1 + e to the power of minus {z}).",
               "The sigmoid's slope is {a}(1 − {a}), with the activation you already have.",
               call("sigmoid", Z), A * (1 - A), definition=1 / (1 + call("exp", -Z))),
    Activation("tanh", "tanh", "Put the weighted sum into tanh.",
               "The slope of tanh is 1 minus the square of {a}, the activation you already have.",
               call("tanh", Z), 1 - A ** 2,
               definition=(call("exp", Z) - call("exp", -Z)) / (call("exp", Z) + call("exp", -Z))),
    Activation("softplus", "softplus", "Softplus is the natural logarithm of (1 + e to the power of {z}).",
               "The slope of softplus is the sigmoid of {z}.",
               call("softplus", Z), call("sigmoid", Z),
               definition=call("ln", 1 + call("exp", Z))),
    Activation("softmax", "softmax", "Raise e to each weighted sum, and divide this unit's by the total.",
               "For the same unit it is {a}(1 − {a}); for two different ones, minus their product.",
               _softmax(None), IfSame("i", "j", A * (1 - A), -(_A_I * A)),
               stable=_softmax(Cell("z_max", 0)), coupled=True),
)

ACTIVATIONS: Mapping[str, Activation] = {activation.name: activation for activation in _ACTIVATIONS}
"""Every activation function by its name in an exercise file."""

