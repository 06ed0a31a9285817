"""The known mistakes of the forward pass and of the cost, as changed formulas."""

from __future__ import annotations

from collections.abc import Iterator

from tui_backprop.maths.expression import (
    Add,
    Call,
    Div,
    Expr,
    Mul,
    Neg,
    Pow,
    Symbol,
    number,
    substitute,
    symbols,
    total,
    walk,
)
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.tutor.mistakes_slip import MOST_TERMS, NEAREST, Site, Slip

HALF = number(1) / 2


def without_each_term(formula: Expr, say: str, code: str = "one_input_missing") -> Iterator[Slip]:
    """A sum with each of its terms left out in turn."""
    if not isinstance(formula, Add) or len(formula.terms) > MOST_TERMS:
        return
    for place in range(len(formula.terms)):
        yield Slip(code, f"{code} {place}", total(formula.terms[:place] + formula.terms[place + 1:]), say)


def pre_activation(site: Site) -> Iterator[Slip]:
    """The sum z = Σ w a + b."""
    terms = site.formula.terms if isinstance(site.formula, Add) else (site.formula,)
    unit = site.ref.units[0]
    weighted = tuple(term for term in terms if not isinstance(term, Symbol))
    if len(weighted) < len(terms):
        bias = next(term.name for term in terms if isinstance(term, Symbol))
        yield Slip("bias_missing", "no bias", total(weighted),
                   f"That is the weighted sum alone. What does the bias {{{bias}}} add?")
    if 1 < len(weighted) <= MOST_TERMS:
        rest = terms[len(weighted):]
        for place, term in enumerate(weighted):
            source = symbols(term)[-1]
            kept = weighted[:place] + weighted[place + 1:] + rest
            yield Slip("one_input_missing", f"no input {place}", total(kept),
                       f"That leaves the term with {{{source}}} out of the sum.")
    yield Slip("pre_activation_for_activation", "a for z", site.symbol(site.primed("a"), site.layer, unit),
               f"That is {{{site.id(site.primed('a'), site.layer, unit)}}}. What goes into the activation function?")
    yield from _transposed_sum(site, unit)
    for other in site.units(site.layer)[:NEAREST]:
        if other != unit:
            name = site.id(site.ref.role, site.layer, other)
            yield Slip("wrong_layer", f"unit {other}", Symbol(name), f"That is {{{name}}}, of another unit.")


def _transposed_sum(site: Site, unit: str) -> Iterator[Slip]:
    if site.ref.role != "z" or len(site.units(site.layer - 1)) > MOST_TERMS:
        return
    swapped: dict[str, Expr] = {}
    for source in site.units(site.layer - 1):
        own = site.id("w", site.layer, source, unit)
        other = site.swapped_weight(source, unit)
        if other is None and site.units(site.layer - 1).index(source) != site.units(site.layer).index(unit):
            return
        swapped[own] = Symbol(other or own)
    yield Slip("transposed", "transposed", substitute(site.formula, swapped.get),
               "That reads the weights' indices the other way round. Which weights arrive at this unit?")


def _has_exponent(activation: str) -> bool:
    """Is the function taught with a power of e whose sign can be turned round? tanh has both signs already."""
    entry = ACTIVATIONS[activation]
    powers = {node.arguments[0] for node in walk(entry.definition or entry.formula)
              if isinstance(node, Call) and node.function == "exp"}
    return bool(powers) and not any(Neg(power) in powers for power in powers)


def activation(site: Site) -> Iterator[Slip]:
    """The activation a = g(z)."""
    unit = site.ref.units[0]
    z = site.symbol(site.primed("z"), site.layer, unit)
    if site.activation != "identity":
        yield Slip("pre_activation_for_activation", "no activation", z,
                   f"That is {{{z.name}}}. The activation function comes after it.")
        yield Slip("activation_missing", "no activation ", z,
                   f"That leaves the activation function out: {{{z.name}}} still goes through it.")
    if _has_exponent(site.activation):
        yield Slip("sign", "sign inside", substitute(site.formula, lambda name: Neg(Symbol(name))),
                   f"That takes the activation function of −{{{z.name}}}. What sign stands in the exponent?")
    for other in site.units(site.layer)[:NEAREST]:
        if other != unit:
            name = site.id(site.ref.role, site.layer, other)
            yield Slip("wrong_layer", f"unit {other}", Symbol(name), f"That is {{{name}}}, of another unit.")


def cost(site: Site) -> Iterator[Slip]:
    """C: one output's part, or the sum of the parts."""
    kind, outputs = site.graph.network.cost, len(site.units(site.graph.network.last))
    if kind.endswith("squared_error"):
        half = ("half the square of output minus target" if kind == "half_squared_error" else
                "the square itself, not half of it")
        yield Slip("factor_two", "half", HALF * site.formula, f"It is off by a factor of 2: this cost is {half}.")
        yield Slip("factor_two", "double", 2 * site.formula, f"It is off by a factor of 2: this cost is {half}.")
    if kind == "mean_squared_error" and outputs > 1:
        yield Slip("sum_for_mean", "sum over outputs", outputs * site.formula,
                   f"That is not divided by {outputs}, the number of outputs.")
        yield Slip("mean_twice", "mean over outputs twice", site.formula / outputs,
                   f"That is divided by {outputs}, the number of outputs, twice.")
    square = _square(site.formula)
    if square is not None and kind != "squared_error":
        yield Slip("half_without_square", "no square", substitute_square(site.formula, square),
                   "That is the difference without its square. What is squared here?")
    yield from without_each_term(site.formula, "That leaves one output's part out.")
    yield Slip("sign", "sign", Neg(site.formula), "The size is right, the sign is not.")


def _square(formula: Expr) -> Pow | None:
    parts = formula.factors if isinstance(formula, Mul) else (formula,)
    if isinstance(formula, Div):
        parts = (formula.numerator,)
    return next((part for part in parts if isinstance(part, Pow)), None)


def substitute_square(formula: Expr, square: Pow) -> Expr:
    """The formula with the square's base in place of the square."""
    if isinstance(formula, Mul):
        return Mul(tuple(square.base if part is square else part for part in formula.factors))
    if isinstance(formula, Div):
        return square.base / formula.denominator
    return square.base


def mean(site: Site) -> Iterator[Slip]:
    """The mean over a batch."""
    count = site.graph.batch
    top = site.formula.numerator if isinstance(site.formula, Div) else count * site.formula
    yield Slip("sum_for_mean", "sum", top, f"That is the sum over the {count} samples. What is their mean?")
    yield Slip("mean_twice", "mean twice", site.formula / count, f"That is divided by {count} twice.")
    yield Slip("sign", "sign", Neg(site.formula), "The size is right, the sign is not.")


