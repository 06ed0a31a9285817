"""Which mistake a wrong number is: the known slips as changed formulas, worked out again, and compared.

A slip is an override of a step's formula, or of one of the steps it uses; what it leads to follows from the same graph
as the right value does. So it works on every network, and a right value is never accused: this is asked only about
numbers that were judged wrong. The codes are those of the project's list of mistakes; not all of them are here yet.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tui_backprop.derivation import Derivation
from tui_backprop.derivation.derivation import LARGE
from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.maths.expression import Add, Div, Expr, Mul, Neg, Pow, Symbol, call, number, product, total
from tui_backprop.tutor.rules import Rule


@dataclass(frozen=True, slots=True)
class Slip:
    """A known mistake at one step: its code, and the formula it comes to, over ids."""

    code: str
    formula: Expr


SENTENCES: Final[Mapping[str, str]] = {
    "factor_two": "It is off by a factor of 2. Which number does the square bring down in front?",
    "sign": "The size is right, the sign is not. Is it output minus target, or the other way round?",
    "activation_derivative_missing": "That leaves ∂a/∂z out of the product: the slope of the activation function.",
    "relu_gate_ignored": "This ReLU is off: its slope is 0. What does a factor of 0 do to the product?",
    "derivative_at_wrong_point": "The slope is written with the activation a. Which value did you put in?",
    "derivative_of_other_function": "That is the slope of another activation function.",
    "updated_weight": "That goes back through the new weight. All gradients are taken with the old ones.",
    "operand_swapped": "In weight times activation, the slope by the one is the other. Which one is asked?",
    "input_factor_missing": "That stops one factor early. How does the sum change with the weight itself?",
    "wrong_layer": "That is the same kind of value, but of another unit or weight.",
    "path_missing": "That follows one path back. How many paths lead from this unit to the cost?",
    "added_factors": "Those are the right factors, added. The chain rule multiplies them.",
    "ascent": "That step goes uphill. The slope points up: which way lowers the cost?",
    "learning_rate_missing": "That takes the whole gradient off. How long is one step?",
    "learning_rate_twice": "The learning rate is in there twice.",
    "step_only": "That is the change. What is the new value, once the change is made?",
    "wrong_base": "That takes the step from another weight.",
    "cost_for_derivative": "That is the cost itself. How does it change with the output?",
    "half_without_square": "That is half the difference. The cost takes half its square.",
    "difference_only": "That is output minus target. What does the square bring down in front?",
    "bias_missing": "That leaves the bias out.",
    "one_input_missing": "That leaves one term of the sum out.",
    "pre_activation_for_activation": "That is z. The activation comes after the activation function.",
    "sum_for_mean": "That is the sum over the samples. What is their mean?",
    "mean_twice": "That is divided by the number of samples twice.",
    "bias_times_input": "A bias is added as it is: its own factor is 1, not an input.",
}
"""What to say of each mistake: about the factor, and with a question where that helps."""

_NEAREST = 20
_HALF = number(1) / 2


def diagnose(derivation: Derivation, quantity: str, value: float) -> tuple[tuple[str, ...], str]:
    """The codes of the mistakes whose number ``value`` is, likeliest first, and a sentence; both empty if none is."""
    codes: dict[str, None] = {}
    for code, mistaken in _candidates(derivation, quantity):
        if math.isfinite(mistaken) and Rule().near(value, mistaken):
            codes[code] = None
    if not codes:
        return (), ""
    first, *others = codes
    named = SENTENCES[first]
    if others:
        named += f" Or: {SENTENCES[others[0]][0].lower()}{SENTENCES[others[0]][1:]}"
    return tuple("factor_two" if code == "difference_only" else code for code in codes), named


def _candidates(derivation: Derivation, quantity: str) -> Iterator[tuple[str, float]]:
    """Mistakes at the step itself, then at the steps it uses, each with the number it leads to."""
    for slip in slips_at(derivation, quantity):
        yield slip.code, derivation.values_with(formulas={quantity: slip.formula})(quantity)
    if len(derivation.order) > LARGE:
        return
    for used in derivation.inputs_of(quantity)[:_NEAREST]:
        if derivation.graph.kind(used) == "given":
            continue
        for slip in slips_at(derivation, used):
            yield slip.code, derivation.values_with(formulas={used: slip.formula})(quantity)


def slips_at(derivation: Derivation, quantity: str) -> Iterator[Slip]:
    """The known mistakes at one step, likeliest first."""
    formula = derivation.graph.formula(quantity)
    if formula is None:
        return
    kind = derivation.graph.kind(quantity)
    if isinstance(derivation.graph, NetworkGraph):
        ref = derivation.graph.ref(quantity)
        maker = _MAKERS.get(ref.role.removesuffix("'") if kind != "update" else "update")
        if kind == "mean":
            yield from _mean(derivation, formula)
        elif maker is not None and ref.role not in ("z'", "a'", "C'"):
            yield from maker(derivation, ref, formula)
    if kind in ("factor", "path", "gradient"):
        yield Slip("sign", Neg(formula))
        yield from _of_product(derivation, formula)


def _of_product(derivation: Derivation, formula: Expr) -> Iterator[Slip]:
    if not isinstance(formula, Mul) or not all(isinstance(factor, Symbol) for factor in formula.factors):
        return
    for place, factor in enumerate(formula.factors):
        rest = formula.factors[:place] + formula.factors[place + 1:]
        code = _left_out(derivation, factor)
        if rest and code:
            yield Slip(code, product(rest))
    yield Slip("added_factors", total(formula.factors))


def _left_out(derivation: Derivation, factor: Expr) -> str | None:
    if not isinstance(factor, Symbol):
        return None
    name = factor.name.partition(" ")[2] if factor.name.startswith("#") else factor.name
    if name.startswith("da/dz"):
        return "relu_gate_ignored" if derivation.values(factor.name) == 0 else "activation_derivative_missing"
    return "input_factor_missing" if name.startswith(("dz/dw", "da/dw")) else None


def _pre_activation(_derivation: Derivation, _ref: Ref, formula: Expr) -> Iterator[Slip]:
    terms = formula.terms if isinstance(formula, Add) else ()
    for place, term in enumerate(terms):
        rest = terms[:place] + terms[place + 1:]
        yield Slip("bias_missing" if isinstance(term, Symbol) else "one_input_missing", total(rest))


def _activation(_derivation: Derivation, ref: Ref, formula: Expr) -> Iterator[Slip]:
    z = Symbol(str(Ref("z", ref.layer, ref.units, ref.sample)))
    if formula != z:
        yield Slip("pre_activation_for_activation", z)


def _cost(_derivation: Derivation, _ref: Ref, formula: Expr) -> Iterator[Slip]:
    yield Slip("factor_two", formula * _HALF)
    yield Slip("factor_two", 2 * formula)
    if isinstance(formula, Mul) and isinstance(square := formula.factors[-1], Pow):
        yield Slip("half_without_square", square.base * _HALF)


def _cost_slope(derivation: Derivation, ref: Ref, formula: Expr) -> Iterator[Slip]:
    graph = derivation.graph
    if isinstance(graph, NetworkGraph) and ref.layer == graph.network.last:
        sample = f"#{ref.sample} " if ref.sample is not None else ""
        yield Slip("difference_only", formula / 2)
        yield Slip("factor_two", 2 * formula)
        yield Slip("cost_for_derivative", Symbol(f"{sample}C"))
        yield Slip("sign", Neg(formula / 2))
    elif isinstance(formula, Add):
        yield from (Slip("path_missing", term) for term in formula.terms)


def _slope(_derivation: Derivation, ref: Ref, formula: Expr) -> Iterator[Slip]:
    if len(ref.units) != 1:
        return
    a = Symbol(str(Ref("a", ref.layer, ref.units, ref.sample)))
    z = Symbol(str(Ref("z", ref.layer, ref.units, ref.sample)))
    again = call("sigmoid", a)
    yield Slip("derivative_at_wrong_point", z * (1 - z))
    yield Slip("derivative_at_wrong_point", again * (1 - again))
    yield from (Slip("derivative_of_other_function", other) for other in (a * (1 - a), 1 - a ** 2) if other != formula)


def _local(derivation: Derivation, ref: Ref, _formula: Expr) -> Iterator[Slip]:
    """A factor of weight times activation: the other operand, the updated weight, a neighbour's."""
    layer, (source, target) = ref.layer or 1, ref.units
    weight = Ref("w", layer, (source, target))
    activation = Ref("a", layer - 1, (source,), ref.sample)
    by_weight = ref.role in ("dz/dw", "da/dw")
    yield Slip("operand_swapped", Symbol(str(weight if by_weight else activation)))
    if not by_weight:
        yield Slip("updated_weight", Symbol(f"w' {layer}:{source}->{target}"))
    graph = derivation.graph
    if not isinstance(graph, NetworkGraph):
        return
    if by_weight:
        units = [(at, unit) for at in (layer - 1, layer, layer - 2) if at >= 0
                 for unit in graph.network.layers[at][:_NEAREST]]
        others = [Ref("a", at, (unit,), ref.sample) for at, unit in units]
        yield from (Slip("wrong_layer", Symbol(str(other))) for other in others if other != activation)
    else:
        edges = [(a, b) for a in graph.network.layers[layer - 1] for b in graph.network.layers[layer]][:_NEAREST]
        refs = [Ref("w", layer, edge) for edge in edges]
        yield from (Slip("wrong_layer", Symbol(str(other))) for other in refs if other != weight)


def _bias_gradient(derivation: Derivation, ref: Ref, formula: Expr) -> Iterator[Slip]:
    graph = derivation.graph
    if isinstance(graph, NetworkGraph) and ref.layer is not None:
        for unit in graph.network.layers[ref.layer - 1][:_NEAREST]:
            yield Slip("bias_times_input", formula * Symbol(str(Ref("a", ref.layer - 1, (unit,), ref.sample))))


def _update(derivation: Derivation, ref: Ref, _formula: Expr) -> Iterator[Slip]:
    letter = ref.role.removesuffix("'")
    old = Symbol(str(Ref(letter, ref.layer, ref.units)))
    gradient, rate = Symbol(str(Ref(f"dC/d{letter}", ref.layer, ref.units))), Symbol("r")
    yield Slip("ascent", old + rate * gradient)
    yield Slip("learning_rate_missing", old - gradient)
    yield Slip("step_only", Neg(rate * gradient))
    yield Slip("step_only", rate * gradient)
    yield Slip("learning_rate_twice", old - rate * rate * gradient)
    others = [name for name in derivation.order if name.startswith(f"{letter}' ")][:_NEAREST]
    for name in others:
        other = name.replace("'", "", 1)
        if other != old.name:
            yield Slip("wrong_base", Symbol(other) - rate * gradient)


def _mean(derivation: Derivation, formula: Expr) -> Iterator[Slip]:
    graph = derivation.graph
    if isinstance(graph, NetworkGraph) and isinstance(formula, Div):
        yield Slip("sum_for_mean", formula.numerator)
        yield Slip("mean_twice", formula / graph.batch)


_MAKERS: Final[Mapping[str, Callable[[Derivation, Ref, Expr], Iterator[Slip]]]] = {
    "z": _pre_activation, "a": _activation, "C": _cost, "dC/da": _cost_slope, "da/dz": _slope, "dz/dw": _local,
    "dz/da": _local, "da/dw": _local, "da/da": _local, "dC/db": _bias_gradient, "update": _update,
}
