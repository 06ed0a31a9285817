"""The derivatives that are taught for activations and costs are the derivatives of their formulas: SymPy's proof."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from tests.maths.oracle import to_sympy
from tui_backprop.maths.derivative import derivative
from tui_backprop.maths.expression import Add, Cell, Expr, IfSame, Sum, Symbol, rebuild
from tui_backprop.network.activations import ACTIVATIONS, Activation
from tui_backprop.network.costs import COSTS, OUTPUTS, Cost

UNITS = ("u", "v", "t")
Z = {f"z_{unit}": sympy.Symbol(f"z_{unit}", real=True) for unit in UNITS}


def spell_out(template: Expr, unit: dict[str, str]) -> Expr:
    """A template for a layer of the three units u, v and t, as an ordinary expression over z_u, a_u, y_u and n."""
    match template:
        case Cell(role, _, indices):
            return Symbol("_".join((role, *(unit[index] for index in indices))))
        case Sum(index, _, body):
            return Add(tuple(spell_out(body, {**unit, index: name}) for name in UNITS))
        case IfSame(left, right, same, different):
            return spell_out(same if unit[left] == unit[right] else different, unit)
    return rebuild(template, lambda part: spell_out(part, unit))


def activation_of(activation: Activation, unit: str) -> Any:
    """a_unit as SymPy's function of z_u, z_v and z_t."""
    return to_sympy(spell_out(activation.definition or activation.formula, {"j": unit}), Z)


def vanishes(difference: Any) -> bool:
    return bool(sympy.simplify(difference.rewrite(sympy.exp)) == 0)


@pytest.mark.parametrize("activation", [a for a in ACTIVATIONS.values() if not a.kinked], ids=lambda a: a.name)
@pytest.mark.parametrize("by", ["u", "v"])
def test_an_activation_s_derivative(activation: Activation, by: str) -> None:
    """∂a_u/∂z_u, and ∂a_u/∂z_v, which is 0 for all but softmax."""
    cells = {**Z, **{f"a_{unit}": activation_of(activation, unit) for unit in UNITS}}
    depends = by == "u" or activation.coupled
    taught = to_sympy(spell_out(activation.derivative, {"i": "u", "j": by}), cells) if depends else 0
    assert vanishes(taught - sympy.diff(activation_of(activation, "u"), Z[f"z_{by}"]))


@pytest.mark.parametrize("name", ["relu", "leaky_relu"])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_kinked_activation_s_derivative_on_either_side(name: str, sign: int) -> None:
    positive = sympy.Symbol("p", positive=True)
    activation = ACTIVATIONS[name]
    function = activation_of(activation, "u").subs(Z["z_u"], sign * positive)
    taught = to_sympy(spell_out(activation.derivative, {"j": "u"}), {**Z,
    "a_u": function}).subs(Z["z_u"], sign * positive)
    assert sympy.simplify(taught - sign * sympy.diff(function, positive)) == 0


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=lambda a: a.name)
def test_the_stable_form_and_the_definition_equal_the_formula(activation: Activation) -> None:
    formula = to_sympy(spell_out(activation.formula, {"j": "u"}), Z)
    if activation.stable is not None:
        top = sympy.Symbol("top", real=True)
        assert vanishes(to_sympy(spell_out(activation.stable, {"j": "u"}), {**Z, "z_max": top}) - formula)
    difference = activation_of(activation, "u") - formula
    sides = (sympy.Symbol("p", positive=True), -sympy.Symbol("p", positive=True)) if activation.kinked else (Z["z_u"],)
    assert all(vanishes(difference.subs(Z["z_u"], side)) for side in sides)


a, y = sympy.symbols("a y", positive=True)
COST_SYMBOLS = {"a_u": a, "y_u": y, OUTPUTS.role: sympy.Symbol("n", positive=True, integer=True)}
every_cost = pytest.mark.parametrize("cost", COSTS.values(), ids=lambda c: c.name)


def cost_part(template: Expr) -> Any:
    return to_sympy(spell_out(template, {"k": "u"}), COST_SYMBOLS)


@every_cost
def test_a_cost_s_derivative(cost: Cost) -> None:
    assert sympy.simplify(cost_part(cost.derivative) - sympy.diff(cost_part(cost.part), a)) == 0


@every_cost
def test_the_tutor_s_own_derivative_of_a_cost(cost: Cost) -> None:
    ours = derivative(spell_out(cost.part, {"k": "u"}), "a_u")
    assert sympy.simplify(to_sympy(ours, COST_SYMBOLS) - sympy.diff(cost_part(cost.part), a)) == 0


@pytest.mark.parametrize("cost", [c for c in COSTS.values() if c.stable_derivative], ids=lambda c: c.name)
def test_a_stable_derivative_where_its_guards_are_idle(cost: Cost) -> None:
    """For a in (0, 1) a guard max(a, tiny) is a itself."""
    assert cost.stable_derivative is not None
    guarded = cost_part(cost.stable_derivative).replace(sympy.Max, unguarded)
    assert sympy.simplify(guarded - cost_part(cost.derivative)) == 0


def unguarded(*choices: Any) -> Any:
    return next(choice for choice in choices if choice.free_symbols)


@pytest.mark.parametrize("cost", [c for c in COSTS.values() if c.shortcut], ids=lambda c: c.name)
def test_the_shortcut_through_a_cost_s_own_output_activation(cost: Cost) -> None:
    """∂C/∂z_u = a_u − y_u, over all outputs, where a softmax's targets sum to 1."""
    assert cost.shortcut is not None
    assert cost.output is not None
    activation = ACTIVATIONS[cost.output]
    targets = {"y_u": y, "y_v": sympy.Symbol("y_v"), "y_t": 1 - y - sympy.Symbol("y_v")}
    outputs = {f"a_{unit}": activation_of(activation, unit) for unit in UNITS}
    counted = UNITS if activation.coupled else ("u",)
    whole = sum(to_sympy(spell_out(cost.part, {"k": unit}), {**outputs, **targets}) for unit in counted)
    taught = to_sympy(spell_out(cost.shortcut, {"k": "u"}), {**outputs, **targets})
    assert vanishes(sympy.diff(whole, Z["z_u"]) - taught)
