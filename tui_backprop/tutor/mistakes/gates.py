"""The known mistakes at the value of a circuit's gate, as changed formulas."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from tui_backprop.derivation.circuit_graph import CircuitGraph
from tui_backprop.maths.expression import (
    Add,
    Call,
    Div,
    Expr,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
    call,
    number,
    product,
    rebuild,
    substitute,
    symbols,
    total,
    walk,
)
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.tutor.mistakes import known
from tui_backprop.tutor.mistakes.forward import without_each_term
from tui_backprop.tutor.mistakes.slip import MOST_TERMS, NEAREST, Slip, StepAt, leave_out, other_logarithms, turn_sign

CHOOSING = frozenset({"max", "min"})
_FEW = 4
_EXCHANGED = {"max": "min", "min": "max"}


def gate_slips(graph: CircuitGraph, place: StepAt) -> Iterator[Slip]:
    """Slips at a gate's value: a part left out or with its sign turned, another operation or value in its place."""
    formula = place.formula
    yield from without_each_term(formula, "That leaves one term of the sum out.")
    yield turn_sign(formula)
    yield from _parts(formula)
    if isinstance(formula, Call):
        yield from _functions(formula)
    yield from _operations(formula)
    yield from brackets(formula)
    yield from other_logarithms(formula)
    if place.nearby:
        yield from _other_values(graph, place)


def _operations(formula: Expr) -> Iterator[Slip]:
    """A gate's numbers joined by another operation than its own."""
    powers = [node for node in walk(formula) if isinstance(node, Pow)]
    for place, power in enumerate(powers[:_FEW]):
        alone = "That is what goes into this gate." if power is formula else "That leaves a power out."
        ways = ((power.base, "no power", f"{alone} Which power does the gate take of it?"),
                (power.base * power.exponent, "times the exponent",
                 "That is multiplied by the exponent. A power multiplies the number by itself."),
                (power.base ** (power.exponent - 1), "one less",
                 "That is one power less. How often is the number multiplied by itself?"))
        for wrong, way, say in ways:
            yield Slip(known.SQUARE_MISSING, f"{way} {place}", put(formula, power, wrong), say)
        if isinstance(power.base, Symbol) and isinstance(power.exponent, Number):
            yield Slip(known.SQUARE_MISSING, f"turned round {place}", put(formula, power, power.exponent ** power.base),
                       f"That raises {power.exponent.value} to the power {{{power.base.name}}}. It is the other way "
                       "round.", unlikely=0.5)
    if isinstance(formula, Mul):
        yield Slip(known.ADDED_FACTORS, "added", total(formula.factors), "That adds what this gate multiplies.")
        for first, second in permutations(formula.factors) if len(formula.factors) == 2 else ():
            yield Slip(known.DIVIDED_FACTORS, f"divided by {second}", first / second,
                       "That divides. This gate multiplies.")
    if isinstance(formula, Add) and number(1) not in formula.terms:  # 1 times the others is as if it were left out
        yield Slip(known.MULTIPLIED_TERMS, "multiplied", product(formula.terms), "That multiplies what this gate adds.")
    if isinstance(formula, Div):
        yield Slip(known.OPERAND_SWAPPED, "turned round", formula.denominator / formula.numerator,
                   "That is the quotient turned round.")
        if symbols(formula.numerator):  # 1 times the number is its quotient turned round
            yield Slip(known.OTHER_ACTIVATION, "multiplied", formula.numerator * formula.denominator,
                       "This gate divides, it does not multiply.")


def put(formula: Expr, part: Expr, other: Expr) -> Expr:
    """The formula with another expression in the place of one part of it."""
    return other if formula is part else rebuild(formula, lambda node: put(node, part, other))


def brackets(formula: Expr) -> Iterator[Slip]:
    """A bracket left out, or one put round a sum of which only one term is multiplied, or round a product."""
    yield from _powers_of_products(formula)
    lost = "That leaves a bracket out: all of the sum in it is multiplied."
    added = "That puts a bracket where there is none. Multiply first, and then add."
    if isinstance(formula, Call) and len(formula.arguments) == 1 and isinstance(formula.arguments[0], Add):
        first, *rest = formula.arguments[0].terms
        yield Slip(known.BRACKET_LOST, "function of the first term", total((Call(formula.function, (first,)), *rest)),
                   f"That is {formula.function} of the first term alone. It is taken of the whole sum.")
    if isinstance(formula, Pow) and isinstance(formula.base, Add):
        powers = (Neg(term.operand ** formula.exponent) if isinstance(term, Neg) else term ** formula.exponent
                  for term in formula.base.terms)
        yield Slip(known.BRACKET_LOST, "powers of the terms", total(tuple(powers)),
                   "That takes the power of each term by itself. It is taken of the whole sum.")
    if isinstance(formula, Mul):
        for place, factor in enumerate(formula.factors):
            if isinstance(factor, Add) and len(factor.terms) <= _FEW:
                others = product(leave_out(formula.factors, place))
                for at, term in enumerate(factor.terms):
                    kept = leave_out(factor.terms, at)
                    yield Slip(known.BRACKET_LOST, f"bracket {place}, {at}", total((*kept, others * term)), lost)
    if isinstance(formula, Add) and len(formula.terms) == 2:
        for alone, multiplied in (formula.terms, formula.terms[::-1]):
            minus = isinstance(multiplied, Neg)
            inner = multiplied.operand if isinstance(multiplied, Neg) else multiplied
            if isinstance(inner, Mul) and len(inner.factors) == 2:
                for first, second in (inner.factors, inner.factors[::-1]):
                    yield Slip(known.BRACKET_LOST, f"bracket round {first}",
                               (alone - first if minus else alone + first) * second, added)


def _powers_of_products(formula: Expr) -> Iterator[Slip]:
    """The power of one factor taken of the whole product: (3x)² for 3x²."""
    for place, node in enumerate(node for node in walk(formula) if isinstance(node, Mul)):
        powers = [factor for factor in node.factors if isinstance(factor, Pow)]
        if len(powers) == 1 and len(node.factors) <= _FEW:
            power = powers[0]
            whole = product(tuple(power.base if factor is power else factor for factor in node.factors))
            yield Slip(known.BRACKET_LOST, f"power of the product {place}", put(formula, node, whole ** power.exponent),
                       "The exponent belongs to what it stands at, not to the whole product.")


def _parts(formula: Expr) -> Iterator[Slip]:
    """A term with its sign turned, a factor left out."""
    if isinstance(formula, Add) and len(formula.terms) <= MOST_TERMS:
        which = ("Which are added, which are taken off?" if any(isinstance(term, Neg) for term in formula.terms)
                 else "This gate adds them all.")
        for place, term in enumerate(formula.terms):
            turned = term.operand if isinstance(term, Neg) else Neg(term)
            yield Slip(known.SIGN, f"sign {place}", total((*formula.terms[:place], turned, *formula.terms[place + 1:])),
                       f"One of the terms has the wrong sign. {which}", unlikely=1.0)
    if isinstance(formula, Mul) and len(formula.factors) <= MOST_TERMS:
        for place in range(len(formula.factors)):
            rest = product(leave_out(formula.factors, place))
            yield Slip(known.FACTOR_MISSING, f"factor {place} missing", rest,
                       "That leaves one factor of the product out.", unlikely=0.8)


def _functions(formula: Call) -> Iterator[Slip]:
    """The gate's function left out, exchanged for another, or applied to its input with the sign turned."""
    if formula.function in _EXCHANGED:
        size = "larger" if formula.function == "max" else "smaller"
        yield Slip(known.OTHER_ACTIVATION, "other choice", Call(_EXCHANGED[formula.function], formula.arguments),
                   f"This gate gives the {size} of its inputs.")
        yield Slip(known.OTHER_ACTIVATION, "added", total(formula.arguments), f"This gate gives the {size} of its "
                   "inputs. It does not add them.")
    if len(formula.arguments) > 1:
        return
    inside = formula.arguments[0]
    yield Slip(known.PRE_ACTIVATION_FOR_ACTIVATION, "no function", inside,
               "That is what goes into this gate. What does the gate make of it?")
    yield Slip(known.SIGN, "sign inside", Call(formula.function, (Neg(inside),)),
               "That is the same function of what goes in with its sign turned round.", unlikely=1.0)
    if formula.function == "exp":
        for way, wrong in (("power of 10", number(10) ** inside), ("e times", call("exp", number(1)) * inside)):
            yield Slip(known.OTHER_ACTIVATION, way, wrong,
                       "exp raises e, about 2.718, to the power of what goes in.", unlikely=-0.4)
    if formula.function == "sqrt":
        for way, wrong in (("square", inside ** 2), ("half", inside / 2)):
            yield Slip(known.OTHER_ACTIVATION, way, wrong, "A root is the number that times itself gives what goes in.")
    for other in (*ACTIVATIONS, "exp", "ln"):
        if other not in (formula.function, "identity") and other in _OF_ONE:
            yield Slip(known.OTHER_ACTIVATION, other, Call(other, (inside,)),
                       f"That is {other} of what goes in. Which function is this gate's?", unlikely=0.5)


_OF_ONE = frozenset({"relu", "leaky_relu", "sigmoid", "tanh", "softplus", "exp", "ln"})
"""Functions of one number that are taken for one another."""


def _other_values(graph: CircuitGraph, place: StepAt) -> Iterator[Slip]:
    """Another value of the circuit in place of the gate's, or of one of its inputs."""
    own, into = place.quantity, symbols(place.formula)
    names = [name for name, _ in graph.circuit.inputs]
    for gate in graph.circuit.gates:
        if gate.name == own:
            break
        names.append(gate.name)
    for name in sorted(names[-NEAREST:], key=lambda name: name not in into):
        yield Slip(known.WRONG_LAYER, name, Symbol(name),
                   f"That is {{{name}}}. What does this gate make of what goes into it?", unlikely=-1.5)
        for used in into:
            if name not in into:
                wrong = substitute(place.formula, {used: Symbol(name)}.get)
                yield _gate_skipped(graph, name, used, wrong) or Slip(
                    known.WRONG_LAYER, f"{name} for {used}", wrong,
                    f"That takes {{{name}}} for {{{used}}}. What goes into this gate?")


def _gate_skipped(graph: CircuitGraph, name: str, used: str, wrong: Expr) -> Slip | None:
    """A gate's input for what it gives: its function was left out, or the other of its inputs chosen."""
    formula = graph.formula(used)
    if not isinstance(formula, Call) or Symbol(name) not in formula.arguments:
        return None
    if formula.function in CHOOSING:
        size = "larger" if formula.function == "max" else "smaller"
        return Slip(known.OTHER_ACTIVATION, f"{name} for {used}", wrong,
                    f"That takes {{{name}}} for {{{used}}}, which is the {size} of its inputs.")
    return Slip(known.ACTIVATION_MISSING, f"{name} for {used}", wrong,
                f"That takes {{{name}}} for {{{used}}}: the function in between is left out.", unlikely=0.4)
