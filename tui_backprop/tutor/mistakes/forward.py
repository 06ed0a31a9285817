"""The known mistakes of the forward pass and of the cost, as changed formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from tui_backprop.derivation.ids import before_update, parse_id
from tui_backprop.derivation.roles import ACTIVATION, BIAS, ROLES, SLOPE, WEIGHT
from tui_backprop.maths.expression import (
    Add,
    Call,
    Expr,
    Neg,
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
from tui_backprop.maths.template import bind
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.tutor.mistakes import known
from tui_backprop.tutor.mistakes.slip import (
    MOST_TERMS,
    NEAREST,
    Site,
    Slip,
    leave_out,
    of_another_unit,
    other_logarithms,
    turn_sign,
)

_FEW = 3
"""With more terms than this nobody joins them all by another operation."""
_MOST_MIXED = 6
"""In a sum of more terms than this nobody can tell which term was mixed up."""


def without_each_term(formula: Expr, say: str) -> Iterator[Slip]:
    """Slips at a sum: each of its terms left out in turn."""
    if not isinstance(formula, Add) or len(formula.terms) > MOST_TERMS:
        return
    for place in range(len(formula.terms)):
        others = leave_out(formula.terms, place)
        yield Slip(known.ONE_INPUT_MISSING, f"term {place} missing", total(others), say)


def pre_activation(site: Site) -> Iterator[Slip]:
    """Slips at the sum z = Σ w a + b."""
    terms = site.formula.terms if isinstance(site.formula, Add) else (site.formula,)
    unit = site.ref.units[0]
    weighted = tuple(term for term in terms if not isinstance(term, Symbol))
    if len(weighted) < len(terms):
        bias = next(term.name for term in terms if isinstance(term, Symbol))
        yield Slip(known.BIAS_MISSING, "no bias", total(weighted),
                   f"That is the weighted sum alone. What does the bias {{{bias}}} add?")
        if site.nearby:
            yield Slip(known.ONE_INPUT_MISSING, "only the bias", Symbol(bias),
                       f"That is {{{bias}}} alone. What comes through the weights?", unlikely=0.5)
        yield Slip(known.PATH_TWICE, "bias twice", total((*terms, Symbol(bias))),
                   f"That adds {{{bias}}} twice.", unlikely=0.6)
        for place, term in enumerate(weighted[:MOST_TERMS]):
            a = symbols(term)[-1]
            yield Slip(known.BIAS_TIMES_INPUT, f"bias times input {place}",
                       total((*weighted, Symbol(bias) * Symbol(a))),
                       f"That multiplies {{{bias}}} by {{{a}}}. A bias is added as it is.")
    if 1 < len(weighted) <= MOST_TERMS:
        rest = terms[len(weighted):]
        for place, term in enumerate(weighted):
            source = symbols(term)[-1]
            kept = leave_out(weighted, place) + rest
            yield Slip(known.ONE_INPUT_MISSING, f"no input {place}", total(kept),
                       f"That leaves the term with {{{source}}} out of the sum.")
            yield Slip(known.PATH_TWICE, f"input {place} twice", total((*terms, term)),
                       f"That has the term with {{{source}}} in the sum twice.", unlikely=0.6)
            yield Slip(known.ONE_INPUT_MISSING, f"only input {place}", term,
                       f"That is the term with {{{source}}} alone. What else goes into the sum?", unlikely=0.5)
    yield Slip(known.PRE_ACTIVATION_FOR_ACTIVATION, "a for z", site.symbol(site.primed("a"), site.layer, unit),
               f"That is {{{site.id(site.primed('a'), site.layer, unit)}}}. What goes into the activation function?",
               unlikely=0.5)
    if site.role.after_update:
        yield from _half_updated(site)
    yield from _signs(site, weighted, terms[len(weighted):])
    yield from _transpose_sum(site, unit)
    if not site.role.after_update and len(weighted) <= _MOST_MIXED:
        yield from _mix_up_terms(site, weighted, terms[len(weighted):])
    yield from of_another_unit(site)


def _half_updated(site: Site) -> Iterator[Slip]:
    """Slips after the update: new weights with old activations, or the other way round."""
    for role, say in ((WEIGHT, "the old weight"), (ACTIVATION, "the activation from before the update"),
                      (BIAS, "the old bias")):
        new = ROLES[role].after
        old = {name: Symbol(before_update(name)) for name in symbols(site.formula) if parse_id(name).role == new}
        if old:
            first = next(iter(old.values())).name
            yield Slip(known.NOT_UPDATED, f"old {new}", substitute(site.formula, old.get),
                       f"That takes {{{first}}}, {say}. Is everything new in the new forward pass?")
        for name, one in old.items() if role == WEIGHT and 1 < len(old) <= _MOST_MIXED else ():
            yield Slip(known.NOT_UPDATED, f"old {name}", substitute(site.formula, {name: one}.get),
                       f"That takes {{{one.name}}}, {say}. Is everything new in the new forward pass?", unlikely=0.3)


def _signs(site: Site, weighted: tuple[Expr, ...], rest: tuple[Expr, ...]) -> Iterator[Slip]:
    """A lost minus: of the whole sum, or of one of its terms."""
    yield turn_sign(site.formula, " Which of the numbers in it are below 0?")
    for bias in rest:
        yield Slip(known.SIGN, "sign of the bias", total((*weighted, Neg(bias))),
                   f"That takes {{{symbols(bias)[0]}}} off. A bias is added, with the sign that it has.", unlikely=0.5)
    if len(weighted) + len(rest) > 1 and len(weighted) <= _MOST_MIXED:
        for place, term in enumerate(weighted):
            others = leave_out(weighted, place) + rest
            yield Slip(known.SIGN, f"sign {place}", total((*others, Neg(term))),
                       f"That has the term with {{{symbols(term)[-1]}}} with the wrong sign.", unlikely=1.0)


def _mix_up_terms(site: Site, weighted: tuple[Expr, ...], rest: tuple[Expr, ...]) -> Iterator[Slip]:
    """Terms made of the wrong weight or the wrong activation, or added where they are multiplied."""
    pairs = [(symbols(term)[0], symbols(term)[-1]) for term in weighted]
    added = [Symbol(weight) + Symbol(a) for weight, a in pairs]
    weight, a = pairs[0]
    yield Slip(known.ADDED_FACTORS, "added", total((*added, *rest)),
               f"That adds {{{weight}}} and {{{a}}}. A weight multiplies what comes through it.")
    left_out, what = (f"{{{weight}}}", f"{{{a}}}") if len(pairs) == 1 else ("the weights", "the activations")
    yield Slip(known.FACTOR_MISSING, "no weights", total((*(Symbol(a) for _, a in pairs), *rest)),
               f"That leaves {left_out} out. What does a weight do with what comes through it?",
               unlikely=0.1 if len(pairs) == 1 and site.nearby else 1.0)
    yield Slip(known.INPUT_FACTOR_MISSING, "no inputs", total((*(Symbol(weight) for weight, _ in pairs), *rest)),
               f"That leaves {what} out. What comes through {{{weight}}}?")
    if len(pairs) == 1:
        quotient = Symbol(weight) / Symbol(a)
        for way, wrong in (("divided", quotient), ("divided, turned round", 1 / quotient)):
            yield Slip(known.DIVIDED_FACTORS, way, total((wrong, *rest)),
                       f"That divides. A weight multiplies what comes through it: {{{weight}}} · {{{a}}}.")
    for place, (weight, a) in enumerate(pairs):
        def takes(other: Expr, at: int = place) -> Expr:
            """The sum with another product at this place: the rest of it is not built again."""
            return total((*weighted[:at], other, *weighted[at + 1:], *rest))

        source, unit = parse_id(weight).units
        for other in site.other_activations(site.layer - 1, source, site.layer - 1):
            yield Slip(known.WRONG_LAYER, f"{place} takes {other}", takes(Symbol(weight) * Symbol(other)),
                       f"That takes {{{other}}} for {{{a}}}. What arrives through {{{weight}}}?",
                       unlikely=-1.0 if parse_id(other).layer == site.layer - 2 else 0.0)
        for other in site.other_weights(source, unit):
            yield Slip(known.OPERAND_SWAPPED, f"{place} by {other}", takes(Symbol(weight) * Symbol(other)),
                       f"That multiplies {{{weight}}} by {{{other}}}, a weight. What comes through {{{weight}}}?",
                       unlikely=2.0)
            yield Slip(known.WRONG_LAYER, f"{place} takes {other}", takes(Symbol(other) * Symbol(a)),
                       f"That takes {{{other}}} for {{{weight}}}. Which weight lies between {{{a}}} and this unit?")
    if 1 < len(pairs) <= _FEW:
        yield Slip(known.MULTIPLIED_TERMS, "terms multiplied", total((product(weighted), *rest)),
                   "That multiplies the weighted inputs by one another. They are added.", unlikely=0.8)
        both = (total(tuple(Symbol(pair[at]) for pair in pairs)) for at in (0, 1))
        yield Slip(known.BRACKET_LOST, "sums multiplied", total((product(tuple(both)), *rest)),
                   "That adds the weights and the activations up first. Each weight multiplies its own activation.",
                   unlikely=0.5)
    for here, there in combinations(range(len(pairs) if len(pairs) <= _FEW + 1 else 0), 2):
        (first, a_of_first), (second, a_of_second) = pairs[here], pairs[there]
        crossed = (Symbol(first) * Symbol(a_of_second), Symbol(second) * Symbol(a_of_first))
        others = tuple(term for place, term in enumerate(weighted) if place not in (here, there))
        yield Slip(known.WRONG_LAYER, f"crossed {here}, {there}", total((*crossed, *others, *rest)),
                   f"That has {{{first}}} and {{{second}}} changed about. Which of them starts at {{{a_of_first}}}?",
                   unlikely=-1.0)
    yield from _layer_before(site, pairs)
    yield from _into_another_unit(site, pairs, weighted, rest)


def _into_another_unit(
    site: Site, pairs: Sequence[tuple[str, str]], weighted: tuple[Expr, ...], rest: tuple[Expr, ...]
) -> Iterator[Slip]:
    """The weights, or the bias, that lead into another unit of the layer."""
    own = site.ref.units[0]
    for other in site.units(site.layer)[:NEAREST] if site.nearby else ():
        if other == own:
            continue
        z = f"{{{site.id('z', site.layer, other)}}}"
        if len(pairs) > 1:
            terms = (site.symbol(WEIGHT, site.layer, parse_id(weight).units[0], other) * Symbol(a)
                     for weight, a in pairs)
            yield Slip(known.WRONG_LAYER, f"weights into {other}", total((*terms, *rest)),
                       f"That has the weights into {z}. Which weights arrive at this unit?", unlikely=-1.0)
        if rest:
            bias = site.symbol(BIAS, site.layer, other)
            yield Slip(known.WRONG_LAYER, f"bias of {other}", total((*weighted, bias)),
                       f"That adds {{{bias.name}}}, the bias of another unit.", unlikely=-1.0)


def _layer_before(site: Site, pairs: Sequence[tuple[str, str]]) -> Iterator[Slip]:
    """All activations taken from one layer too far back."""
    before = site.units(site.layer - 2) if site.layer > 1 else ()
    if 1 < len(pairs) == len(before):
        taken = {a: site.symbol("a", site.layer - 2, unit) for (_, a), unit in zip(pairs, before, strict=True)}
        yield Slip(known.WRONG_LAYER, "the layer before", substitute(site.formula, taken.get),
                   f"That takes {{{taken[pairs[0][1]].name}}} and its neighbours. Which layer comes right before?")


def _transpose_sum(site: Site, unit: str) -> Iterator[Slip]:
    if site.role.after_update or len(site.units(site.layer - 1)) > MOST_TERMS:
        return
    swapped: dict[str, Expr] = {}
    for source in site.units(site.layer - 1):
        own = site.id("w", site.layer, source, unit)
        other = site.swap_indices(source, unit)
        if other is None and site.units(site.layer - 1).index(source) != site.units(site.layer).index(unit):
            return
        swapped[own] = Symbol(other or own)
    yield Slip(known.TRANSPOSED, "transposed", substitute(site.formula, swapped.get),
               "That reads the weights' indices the other way round. Which weights arrive at this unit?")


def _has_exponent(activation: str) -> bool:
    """Is the function taught with a power of e whose sign can be turned round? tanh has both signs already."""
    entry = ACTIVATIONS[activation]
    powers = {node.arguments[0] for node in walk(entry.definition or entry.formula)
              if isinstance(node, Call) and node.function == "exp"}
    return bool(powers) and not any(Neg(power) in powers for power in powers)


def activation(site: Site) -> Iterator[Slip]:
    """Slips at the activation a = g(z)."""
    unit = site.ref.units[0]
    z = site.symbol(site.primed("z"), site.layer, unit)
    if site.activation != "identity":
        say = f"That is {{{z.name}}}: it still goes through the activation function."
        apart = ACTIVATIONS[site.activation].coupled
        yield Slip(known.PRE_ACTIVATION_FOR_ACTIVATION, "no activation", z, say, apart=apart)
        yield Slip(known.ACTIVATION_MISSING, "no activation here", z, say, apart=apart)
    yield from _softmax_in_part(site, z) if ACTIVATIONS[site.activation].coupled else _other_functions(site, z)
    yield from other_logarithms(_write_out(site, z))
    yield from _other_powers(site, z) if site.nearby else ()
    if site.activation == "relu":
        yield from _gates(site, z)
    if not ACTIVATIONS[site.activation].coupled and site.activation != "identity" and not site.role.after_update:
        yield Slip(known.VALUE_FOR_GRADIENT, "slope", site.symbol(SLOPE, site.layer, unit),
                   f"That is the slope of the activation function. Here its value at {{{z.name}}} is asked for.",
                   unlikely=0.4 if site.activation == "relu" else 0.0)
    if _has_exponent(site.activation):
        yield Slip(known.SIGN, "sign inside", substitute(site.formula, lambda name: Neg(Symbol(name))),
                   f"That takes the activation function of −{{{z.name}}}. What sign stands in the exponent?",
                   unlikely=3.0 if ACTIVATIONS[site.activation].coupled and len(site.units(site.layer)) == 2 else 0.0)
    yield turn_sign(site.formula)
    yield from of_another_unit(site)
    yield from _own_parameters(site, unit)
    if site.is_output:
        target = site.symbol("y", site.layer, unit)
        yield Slip(known.WRONG_LAYER, "target", target,
                   f"That is {{{target.name}}}, the target. Here it is asked what comes out of the unit.",
                   unlikely=-2.0)
    if not site.role.after_update:
        for name in site.other_activations(site.layer, unit, site.layer):
            before = parse_id(name).layer == site.layer - 1  # what came in, passed on as it is
            yield Slip(known.WRONG_LAYER, name, Symbol(name), f"That is {{{name}}}, which belongs to another unit.",
                       unlikely=-1.0 if before else 0.0)
        for earlier in range(site.layer - 1) if site.nearby else ():
            for name in (site.id("a", earlier, other) for other in site.units(earlier)[:_MOST_MIXED]):
                yield Slip(known.WRONG_LAYER, name, Symbol(name), f"That is {{{name}}}, of a layer further back.")


def _own_parameters(site: Site, unit: str) -> Iterator[Slip]:
    """A weight into the unit, or its bias, given for what comes out of it."""
    sum_of = site.graph.formula(site.id(site.primed("z"), site.layer, unit)) if site.nearby else None
    for name in symbols(sum_of)[:_MOST_MIXED] if sum_of is not None else ():
        if ROLES[parse_id(name).role].kind != "activation":
            yield Slip(known.WRONG_LAYER, f"own {name}", Symbol(name),
                       f"That is {{{name}}}. Here it is asked what comes out of the unit.", unlikely=-1.2)


def _write_out(site: Site, z: Symbol) -> Expr:
    """The activation's formula, spelled out where it only names a function."""
    entry = ACTIVATIONS[site.activation]
    if entry.definition is None or entry.coupled:
        return site.formula
    return bind(entry.definition, {"j": 0}, lambda _offset: 1, lambda _node, _units: z)


def _other_powers(site: Site, z: Symbol) -> Iterator[Slip]:
    """A sigmoid that stops half-way, and powers of 10 in place of powers of e: calculators have a key for either."""
    entry = ACTIVATIONS[site.activation]
    if site.activation == "sigmoid":
        power = call("exp", Neg(z))
        whole = f"Sigmoid is 1 divided by the whole of 1 + e to the power of −{{{z.name}}}."
        for way, wrong in (("not divided", 1 + power), ("power alone", power), ("no 1 below", call("exp", z))):
            mistake = known.BRACKET_LOST if way == "not divided" else known.OTHER_ACTIVATION
            yield Slip(mistake, f"sigmoid, {way}", wrong, f"That is a part of it. {whole}", unlikely=0.2)
    if entry.definition is not None and not entry.coupled and not entry.kinked:
        formula = _write_out(site, z)
        if isinstance(formula, Call):
            yield Slip(known.OTHER_ACTIVATION, "logarithm left out", formula.arguments[0],
                       f"That is what the logarithm is taken of. {entry.title.capitalize()} takes it too.")
        yield Slip(known.OTHER_ACTIVATION, "powers of 10", _to_ten(formula),
                   "That takes powers of 10. Here they are powers of e.", unlikely=0.2)


def _to_ten(formula: Expr) -> Expr:
    """The formula with powers of 10 in place of those of e."""
    if isinstance(formula, Call) and formula.function == "exp":
        return number(10) ** formula.arguments[0]
    return rebuild(formula, _to_ten)


def _softmax_in_part(site: Site, z: Symbol) -> Iterator[Slip]:
    """A softmax that stops before the division, or has another function in its place."""
    outputs = [site.symbol(site.primed("z"), site.layer, unit) for unit in site.units(site.layer)]
    power = call("exp", z)
    yield Slip(known.OTHER_ACTIVATION, "not divided", power,
               f"That is e to the power of {{{z.name}}} alone. What is it divided by?")
    yield Slip(known.OTHER_ACTIVATION, "sum of powers", total(tuple(call("exp", other) for other in outputs)),
               "That is the sum of the powers, which is what is divided by.")
    yield Slip(known.OTHER_ACTIVATION, "without powers", z / total(tuple(outputs)),
               f"That is {{{z.name}}}'s share of the sum. Softmax takes powers of e first.")
    if 2 < len(outputs) <= MOST_TERMS:
        others = total(tuple(call("exp", other) for other in outputs if other != z))
        yield Slip(known.OTHER_ACTIVATION, "by the others", power / others,
                   "That divides by the other outputs' powers alone. Its own is a part of the sum too.")
    if len(outputs) <= MOST_TERMS:
        yield Slip(known.BRACKET_LOST, "one power of the sum", power / call("exp", total(tuple(outputs))),
                   "That adds the numbers up and takes one power of the sum. Each output has its own power of e.")
    for place, other in enumerate(outputs):
        if other != z:
            yield Slip(known.OTHER_ACTIVATION, f"by one other {place}", power / call("exp", other),
                       "That divides by one power alone. Softmax divides by the sum of them all.")
    yield from _other_functions(site, z)
    for unit in site.units(site.layer):
        if site.ref.units[0] != unit:
            share = site.id(site.ref.role, site.layer, unit)
            yield Slip(known.WRONG_LAYER, f"share of {unit}", Symbol(share),
                       f"That is {{{share}}}, the share of another output.", unlikely=-2.0)


def _gates(site: Site, z: Symbol) -> Iterator[Slip]:
    """A ReLU that is taken to be off or on, or has its sign changed."""
    if site.is_off(site.ref.units[0], site.primed("z")):
        say = f"{{{z.name}}} is below 0, and there a ReLU gives 0. It does not turn the number round."
        yield Slip(known.RELU_GATE_IGNORED, "absolute", Neg(z), say)
        yield Slip(known.OTHER_ACTIVATION, "absolute value", Neg(z), say)
    else:
        yield Slip(known.RELU_GATE_IGNORED, "gate shut", number(0),
                   f"A ReLU gives 0 where it is off. Is {{{z.name}}} above 0?")
        yield Slip(known.SIGN, "negated", Neg(z), f"A ReLU never gives a number below 0. Is {{{z.name}}} above 0?")


def _other_functions(site: Site, z: Symbol) -> Iterator[Slip]:
    for function in ACTIVATIONS.values():
        if not function.coupled and function.name not in (site.activation, "identity"):
            formula = bind(function.formula, {"j": 0}, lambda _offset: 1, lambda _node, _units: z)
            yield Slip(known.OTHER_ACTIVATION, function.name, formula,
                       f"That is {function.title} of {{{z.name}}}. Which activation function is this unit's?")
