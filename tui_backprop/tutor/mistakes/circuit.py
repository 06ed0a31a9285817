"""The known mistakes a circuit can show, as changed formulas of its gates, local derivatives, paths and gradients."""

from __future__ import annotations

from collections.abc import Iterator

from tui_backprop.derivation.circuit_graph import CircuitGraph
from tui_backprop.derivation.roles import ACTIVATION, PRE_ACTIVATION
from tui_backprop.maths.derivative import derivative
from tui_backprop.maths.expression import (
    Add,
    Call,
    Div,
    Expr,
    Mul,
    Pow,
    Symbol,
    number,
    product,
    rebuild,
    substitute,
    symbols,
    total,
    walk,
)
from tui_backprop.maths.functions import LEAKY_SLOPE
from tui_backprop.maths.template import bind
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.tutor.mistakes import known
from tui_backprop.tutor.mistakes.backward import division_slips, joined_otherwise, other_path
from tui_backprop.tutor.mistakes.cost import HALF
from tui_backprop.tutor.mistakes.gates import CHOOSING, gate_slips
from tui_backprop.tutor.mistakes.local_slopes import half_done
from tui_backprop.tutor.mistakes.slip import MOST_TERMS, NEAREST, Slip, StepAt, leave_out, turn_sign
from tui_backprop.tutor.mistakes.update import gradient_slips, step, step_here, wrong_base

_GATED = CHOOSING | {"relu"}


def circuit_slips(graph: CircuitGraph, place: StepAt) -> Iterator[Slip]:
    """The known mistakes at one quantity of a circuit."""
    quantity, formula = place.quantity, place.formula
    match graph.kind(quantity):
        case "gate":
            yield from gate_slips(graph, place)
        case "factor":
            yield from _local(graph, quantity, formula, nearby=place.nearby)
        case "update":
            yield from _update(graph, quantity.removesuffix("'"))
        case _:
            yield from _gradient(graph, place)


def _update(graph: CircuitGraph, name: str) -> Iterator[Slip]:
    gradient = Symbol(graph.gradient_id(name))
    yield from step(Symbol(name), gradient, Symbol(graph.rate))
    yield from step_here(Symbol(name), gradient, Symbol(graph.rate), negative=dict(graph.circuit.inputs)[name] < 0)
    others = [other for other, _ in graph.circuit.inputs if other != name]
    yield from wrong_base(others, Symbol(graph.rate) * gradient, name)
    for other in others[:NEAREST]:
        yield Slip(known.WRONG_LAYER, f"gradient of {other}",
                   Symbol(name) - Symbol(graph.rate) * Symbol(graph.gradient_id(other)),
                   f"That takes off {{{graph.gradient_id(other)}}}, which belongs to another input.")


def _local(graph: CircuitGraph, quantity: str, formula: Expr, *, nearby: bool) -> Iterator[Slip]:
    """Slips at ∂gate/∂input: another operand, another point, another function's slope, the gate itself, the sign."""
    gate, _, name = quantity.removeprefix("d[").partition("]/d")
    expression = graph.formula(gate)
    if expression is None:
        return
    operands = symbols(expression)
    yield turn_sign(formula)
    nodes = list(walk(expression))
    root = any(isinstance(node, Call) and node.function == "sqrt" for node in nodes)
    if root or any(isinstance(node, Pow) for node in nodes):
        down = f"What does {'a root, a power of ½,' if root else 'a power'} bring down?"
        yield Slip(known.FACTOR_TWO, "half", HALF * formula, f"That is half of the slope. {down}")
        yield Slip(known.FACTOR_TWO, "double", 2 * formula, f"That is twice the slope. {down}")
    for other in operands[:NEAREST]:
        if other != name and other in symbols(formula):
            yield Slip(known.OPERAND_SWAPPED, other, substitute(formula, {other: Symbol(name)}.get),
                       f"That has {{{name}}} where {{{other}}} belongs. When {{{name}}} grows a little, how many "
                       f"times as much does {{{gate}}} grow?")
    yield Slip(known.OPERAND_SWAPPED, "itself", Symbol(name),
               f"That is {{{name}}} itself. When {{{name}}} grows a little, how many times as much does "
               f"{{{gate}}} grow?", unlikely=0.5)
    if not (isinstance(expression, Call) and expression.function in _GATED):  # their slope is 0 or 1, at no point
        yield from _other_points(gate, name, formula)
    yield from _other_rules(gate, name, expression, formula)
    yield from half_done(gate, name, expression, formula, nearby=nearby)
    yield Slip(known.COST_FOR_DERIVATIVE, "gate", Symbol(gate),
               f"That is {{{gate}}} itself. How does it change with {{{name}}}?")
    if gate != graph.circuit.output:
        yield Slip(known.WRONG_LAYER, "what comes back", Symbol(graph.gradient_id(gate)),
                   f"That is {{{graph.gradient_id(gate)}}}, which comes back to {{{gate}}}. Here the gate's own slope "
                   f"{{{quantity}}} is asked for.", unlikely=-1.5)


def _other_points(gate: str, name: str, formula: Expr) -> Iterator[Slip]:
    """A function's right slope at the wrong point: at the gate's value, or at the input itself."""
    if name in symbols(formula):
        yield Slip(known.DERIVATIVE_AT_WRONG_POINT, "at the gate's value",
                   substitute(formula, {name: Symbol(gate)}.get),
                   f"That has {{{gate}}} in it, which comes out of the gate. Here {{{name}}} belongs, which goes in.")
    inside = _without_functions(formula)
    if inside != formula:
        yield Slip(known.DERIVATIVE_AT_WRONG_POINT, "without the function", inside,
                   f"That has {{{name}}} itself in it. The slope of this gate has a function of {{{name}}} there.")


def _without_functions(formula: Expr) -> Expr:
    """The formula with each function of one argument replaced by its argument."""
    if isinstance(formula, Call) and len(formula.arguments) == 1:
        return formula.arguments[0]
    return rebuild(formula, _without_functions)


def _other_rules(gate: str, name: str, expression: Expr, formula: Expr) -> Iterator[Slip]:
    """The slope of another kind of gate."""
    others = [other for other in symbols(expression) if other != name]
    moving = [term for term in expression.terms if name in symbols(term)] if isinstance(expression, Add) else []
    if len(moving) == 1 and isinstance(moving[0], Mul) and name not in symbols(derivative(moving[0], name)):
        yield Slip(known.COST_FOR_DERIVATIVE, "the term", moving[0],
                   f"That is the part with {{{name}}} itself. How much does it grow when {{{name}}} grows by 1?")
    if isinstance(expression, Add) and len(others) == 1 and not symbols(formula):
        yield Slip(known.DERIVATIVE_OF_OTHER_FUNCTION, "product", Symbol(others[0]),
                   f"The slope of a product would be {{{others[0]}}}. {{{gate}}} is a sum.")
    if isinstance(expression, Div) and len(others) == 1:
        yield Slip(known.DERIVATIVE_OF_OTHER_FUNCTION, "product", Symbol(others[0]),
                   f"The slope of a product would be {{{others[0]}}}. {{{gate}}} is a quotient.")
    if isinstance(expression, Mul):
        yield Slip(known.DERIVATIVE_OF_OTHER_FUNCTION, "sum", number(1),
                   f"1 would be the slope of a sum. {{{gate}}} is a product.")
    if isinstance(expression, Call) and expression.function in _GATED:
        which = "larger" if expression.function == "max" else "smaller"
        say = ("A ReLU passes the gradient on where its input is above 0, and nothing where it is not."
               if expression.function == "relu" else
               f"The gradient goes to the {which} of the inputs alone, for only that one moves {{{gate}}}.")
        yield Slip(known.RELU_GATE_IGNORED, "other gate", 1 - formula, say)
    elif isinstance(expression, Call | Pow):
        yield Slip(known.ACTIVATION_DERIVATIVE_MISSING, "no slope", number(1),
                   f"That leaves the slope of the function out. How does {{{gate}}} change with {{{name}}}?")
    if isinstance(expression, Call) and expression.function in ACTIVATIONS and len(expression.arguments) == 1:
        yield from _function_slopes(gate, name, expression)


def _function_slopes(gate: str, name: str, expression: Call) -> Iterator[Slip]:
    """The slope of another activation function, a factor of the right one, or it at the gate's value."""
    inside, own = expression.arguments[0], expression.function
    inner = derivative(inside, name)

    def slope(function: str, a: Expr, z: Expr) -> Expr:
        """The slope as it is taught, times that of what is inside."""
        return inner * bind(ACTIVATIONS[function].derivative, {"i": 0, "j": 0}, lambda _offset: 1,
                            lambda cell, _units: {ACTIVATION: a, PRE_ACTIVATION: z}[cell.role])

    if own == "leaky_relu":
        for way, wrong in (("above", number(1)), ("below", number(LEAKY_SLOPE))):
            yield Slip(known.RELU_GATE_IGNORED, f"{way} 0", inner * wrong,
                       f"That is the slope {way} 0. Is what goes into the gate above 0 or below it?")
        yield Slip(known.DERIVATIVE_OF_OTHER_FUNCTION, "relu", number(0),
                   "0 would be the slope of a ReLU that is off. A leaky one lets something through.", unlikely=-0.5)
    for function in ACTIVATIONS.values():
        if not function.coupled and function.name not in (own, "identity", "relu", "leaky_relu"):
            yield Slip(known.DERIVATIVE_OF_OTHER_FUNCTION, function.name, slope(function.name, Symbol(gate), inside),
                       f"That is the slope of {function.title}. Which function is this gate's?")
    if not isinstance(inside, Symbol):
        yield Slip(known.DERIVATIVE_AT_WRONG_POINT, "twice", slope(own, Call(own, (Symbol(gate),)), Symbol(gate)),
                   f"That has {{{gate}}} where what goes into the gate belongs.")
    if own == "sigmoid":
        yield Slip(known.FACTOR_MISSING, "without a", inner * (1 - Symbol(gate)),
                   f"That is 1 − {{{gate}}}. The slope of a sigmoid is {{{gate}}}(1 − {{{gate}}}).")
    if own == "tanh":
        yield Slip(known.SQUARE_MISSING, "no square", inner * (1 - Symbol(gate)),
                   f"That is 1 − {{{gate}}}. The slope of tanh has a square in it.", unlikely=0.7)


def _gradient(graph: CircuitGraph, place: StepAt) -> Iterator[Slip]:
    """Slips at a path's product, or at the sum of the paths."""
    quantity, formula, output = place.quantity, place.formula, graph.circuit.output
    if isinstance(formula, Add) and len(formula.terms) <= MOST_TERMS:
        count = len(formula.terms)
        for number_of, term in enumerate(formula.terms):
            yield Slip(known.PATH_MISSING, f"path {number_of}", term,
                       f"That follows one path of {count}. What do the others add?")
            yield Slip(known.PATH_TWICE, f"path {number_of} twice", total((*formula.terms, term)),
                       f"That counts one path of {count} twice. Each path adds its term once.")
        yield from joined_otherwise(formula)
    yield turn_sign(formula)
    if isinstance(formula, Mul):
        yield from _without_slopes(graph, formula)
        yield Slip(known.ADDED_FACTORS, "added", total(formula.factors),
                   "Those are the right factors, added. The chain rule multiplies them.")
        yield from division_slips(formula)
    name, _, through = quantity.removeprefix(f"d{output}/d").partition(" via ")
    for other in graph.consumers[name][:NEAREST] if through else ():
        if other != through:
            yield Slip(known.WRONG_LAYER, f"path through {other}", Symbol(graph.path_id(name, other)),
                       other_path(other, through), unlikely=-2.3)
    yield Slip(known.COST_FOR_DERIVATIVE, "output", Symbol(output),
               f"That is {{{output}}} itself. How does it change with {{{name}}}?")
    if quantity != graph.gradient_id(output):
        if graph.circuit.learning_rate is not None and name in dict(graph.circuit.inputs):
            yield from gradient_slips(Symbol(name), Symbol(f"{name}'"), formula, nearby=place.nearby)
        inputs = dict(graph.circuit.inputs)
        yield Slip(known.OPERAND_SWAPPED, "value itself", Symbol(name),
                   f"That is {{{name}}} itself. When {{{name}}} grows a little, how many times as much does "
                   f"{{{output}}} grow?",
                   unlikely=0.6)
        others = [*inputs, *(gate.name for gate in graph.circuit.gates)]
        for other in others[:NEAREST] if place.nearby else ():
            comes = place.derivation.order.find(graph.gradient_id(other))
            later = comes is None or comes > (place.derivation.order.find(quantity) or 0)
            if other not in (name, output) and graph.consumers[other] and not (later and name not in inputs):
                yield Slip(known.WRONG_LAYER, f"of {other}", Symbol(graph.gradient_id(other)),
                           f"That is {{{graph.gradient_id(other)}}}, the gradient of another value.", unlikely=-1.5)


def _without_slopes(graph: CircuitGraph, formula: Mul) -> Iterator[Slip]:
    """The product without one gate's own slope; the message follows from what that slope is."""
    for place, factor in enumerate(formula.factors):
        if not isinstance(factor, Symbol):
            continue
        rest = product(leave_out(formula.factors, place))
        if graph.kind(factor.name) != "factor":
            alone = f"That is {{{rest.name}}} alone." if isinstance(rest, Symbol) else "That is a part of the product."
            yield Slip(known.FACTOR_MISSING, "nothing from further on", rest,
                       f"{alone} It is still to be multiplied by {{{factor.name}}}.", unlikely=-0.4)
            continue
        say = f"That leaves {{{factor.name}}} out of the product."
        gate, _, name = factor.name.removeprefix("d[").partition("]/d")
        expression, local = graph.formula(gate), graph.formula(factor.name)
        if isinstance(expression, Call) and expression.function in _GATED:
            yield Slip(known.RELU_GATE_IGNORED, "no gate", rest,
                       f"{say} It is 1 where {{{gate}}} passes {{{name}}} on, and 0 where it does not.")
        elif isinstance(expression, Call | Pow):
            yield Slip(known.ACTIVATION_DERIVATIVE_MISSING, "no slope", rest, say)
        weights = (known.WEIGHT_FACTOR_MISSING, known.INPUT_FACTOR_MISSING)
        likelier = weights[int(name in dict(graph.circuit.inputs) and not _is_weight(local))]
        for mistake in weights:
            yield Slip(mistake, f"no local slope: {mistake.code}", rest, say, unlikely=0.01 * (mistake is not likelier))


def _is_weight(slope: Expr | None) -> bool:
    """Is this a weight, judging by its name? In a gate ``w * x`` nothing else tells the two apart."""
    return isinstance(slope, Symbol) and slope.name.lower().startswith("w")
