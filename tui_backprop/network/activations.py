"""The activation functions: each a formula, what to evaluate where the formula overflows, and the derivative as taught.

Formulas are templates for one unit ``j`` of a layer: ``z[j]`` its pre-activation, ``a[j]`` its activation. That each
taught derivative is the formula's derivative is proved with SymPy in the tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tui_backprop.maths.expression import Cell, Expr, IfSame, Sum, call, number
from tui_backprop.maths.functions import LEAKY_SLOPE

Z = Cell("z", 0, ("j",))
A = Cell("a", 0, ("j",))
_ONE = number(1)
_NOTHING = number(0)


@dataclass(frozen=True, slots=True)
class Activation:
    """One activation function.

    ``formula``: the activation of unit j from pre-activations. ``definition``: the same spelled out, where
    ``formula`` only names a function. ``derivative``: ∂a/∂z of one unit, or for a coupled function
    ∂a_i/∂z_j with ``IfSame``. ``stable``: what to evaluate where ``formula`` overflows. ``coupled``: every
    activation of the layer depends on every pre-activation (softmax).
    """

    name: str
    title: str
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
    Activation("identity", "identity", Z, _ONE),
    Activation("relu", "ReLU", call("relu", Z), call("step", Z), definition=call("max", _NOTHING, Z), kinked=True),
    Activation("leaky_relu", "leaky ReLU", call("leaky_relu", Z),
               LEAKY_SLOPE + (1 - LEAKY_SLOPE) * call("step", Z),
               definition=call("max", LEAKY_SLOPE * Z, Z), kinked=True),
    Activation("sigmoid", "sigmoid", call("sigmoid", Z), A * (1 - A), definition=1 / (1 + call("exp", -Z))),
    Activation("tanh", "tanh", call("tanh", Z), 1 - A ** 2,
               definition=(call("exp", Z) - call("exp", -Z)) / (call("exp", Z) + call("exp", -Z))),
    Activation("softplus", "softplus", call("softplus", Z), call("sigmoid", Z),
               definition=call("ln", 1 + call("exp", Z))),
    Activation("softmax", "softmax", _softmax(None), IfSame("i", "j", A * (1 - A), -(_A_I * A)),
               stable=_softmax(Cell("z_max", 0)), coupled=True),
)

ACTIVATIONS: Mapping[str, Activation] = {activation.name: activation for activation in _ACTIVATIONS}
"""Every activation function by its name in an exercise file."""

