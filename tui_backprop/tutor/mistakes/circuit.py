"""The known mistakes a circuit can show, as changed formulas of its gates, local derivatives, paths and gradients."""

from __future__ import annotations

from collections.abc import Iterator

from tui_backprop.derivation.circuit_graph import CircuitGraph
from tui_backprop.maths.expression import Add, Expr, Mul, Neg, Symbol, product, substitute, symbols, total
from tui_backprop.tutor.mistakes import known
from tui_backprop.tutor.mistakes.forward import HALF, without_each_term
from tui_backprop.tutor.mistakes.slip import MOST_TERMS, NEAREST, Slip
from tui_backprop.tutor.mistakes.update import step, wrong_base


def circuit_slips(graph: CircuitGraph, quantity: str) -> Iterator[Slip]:
    """The known mistakes at one quantity of a circuit."""
    formula = graph.formula(quantity)
    if formula is None:
        return
    match graph.kind(quantity):
        case "gate":
            yield from without_each_term(formula, "That leaves one term of the sum out.")
            yield Slip(known.SIGN, "sign", Neg(formula), "The size is right, the sign is not.")
        case "factor":
            yield from _local(graph, quantity, formula)
        case "update":
            name = quantity.removesuffix("'")
            change = Symbol(graph.rate) * Symbol(graph.gradient_id(name))
            yield from step(Symbol(name), Symbol(graph.gradient_id(name)), Symbol(graph.rate))
            others = (other for other, _ in graph.circuit.inputs if other != name)
            yield from wrong_base(others, change, name)
        case _:
            yield from _gradient(graph, quantity, formula)


def _local(graph: CircuitGraph, quantity: str, formula: Expr) -> Iterator[Slip]:
    """∂gate/∂input: another of the gate's operands, the gate itself, the sign."""
    gate, _, name = quantity.removeprefix("d[").partition("]/d")
    expression = graph.formula(gate)
    operands = symbols(expression) if expression is not None else ()
    yield Slip(known.SIGN, "sign", Neg(formula), "The size is right, the sign is not.")
    yield Slip(known.FACTOR_TWO, "half", HALF * formula, "It is off by a factor of 2. Does a square bring one down?")
    yield Slip(known.FACTOR_TWO, "double", 2 * formula, "It is off by a factor of 2. Does a square bring one down?")
    for other in operands[:NEAREST]:
        if other != name and other in symbols(formula):
            yield Slip(known.OPERAND_SWAPPED, other, substitute(formula, {other: Symbol(name)}.get),
                       f"That takes {{{name}}}. When {{{name}}} grows by 1, by how much does the product grow?")
    yield Slip(known.COST_FOR_DERIVATIVE, "gate", Symbol(gate),
               f"That is {{{gate}}} itself. How does it change with {{{name}}}?")


def _gradient(graph: CircuitGraph, quantity: str, formula: Expr) -> Iterator[Slip]:
    """A path's product, or the sum of the paths."""
    if isinstance(formula, Add) and len(formula.terms) <= MOST_TERMS:
        for place, term in enumerate(formula.terms):
            yield Slip(known.PATH_MISSING, f"path {place}", term,
                       f"That follows one path of {len(formula.terms)}. What do the others add?")
    yield Slip(known.SIGN, "sign", Neg(formula), "The size is right, the sign is not.")
    if isinstance(formula, Mul):
        for place, factor in enumerate(formula.factors):
            if isinstance(factor, Symbol) and graph.kind(factor.name) == "factor":
                yield Slip(known.INPUT_FACTOR_MISSING, "no local slope", product(
                    formula.factors[:place] + formula.factors[place + 1:]),
                    f"That leaves {{{factor.name}}} out of the product.")
        yield Slip(known.ADDED_FACTORS, "added", total(formula.factors),
                   "Those are the right factors, added. The chain rule multiplies them.")
    if quantity != graph.gradient_id(graph.circuit.output):
        yield Slip(known.COST_FOR_DERIVATIVE, "output", Symbol(graph.circuit.output),
                   f"That is {{{graph.circuit.output}}} itself.")
