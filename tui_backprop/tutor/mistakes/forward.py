"""The known mistakes of the forward pass and of the cost, as changed formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui_backprop.derivation.ids import before_update, parse_id
from tui_backprop.derivation.roles import ACTIVATION, BIAS, ROLES, TARGET, WEIGHT
from tui_backprop.maths.expression import (
    Add,
    Call,
    Div,
    Expr,
    Mul,
    Neg,
    Pow,
    Symbol,
    call,
    number,
    substitute,
    symbols,
    total,
    walk,
)
from tui_backprop.maths.template import bind
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.network.costs import COSTS, A, Y
from tui_backprop.tutor.mistakes import known
from tui_backprop.tutor.mistakes.known import Mistake
from tui_backprop.tutor.mistakes.slip import MOST_TERMS, Site, Slip, of_another_unit, other_logarithms, other_outputs

HALF = number(1) / 2
_MOST_MIXED = 6
"""In a sum of more terms than this nobody can tell which term was mixed up."""


def without_each_term(formula: Expr, say: str, mistake: Mistake = known.ONE_INPUT_MISSING) -> Iterator[Slip]:
    """Slips at a sum: each of its terms left out in turn."""
    if not isinstance(formula, Add) or len(formula.terms) > MOST_TERMS:
        return
    for place in range(len(formula.terms)):
        yield Slip(mistake, f"term {place} missing", total(formula.terms[:place] + formula.terms[place + 1:]), say)


def pre_activation(site: Site) -> Iterator[Slip]:
    """Slips at the sum z = Σ w a + b."""
    terms = site.formula.terms if isinstance(site.formula, Add) else (site.formula,)
    unit = site.ref.units[0]
    weighted = tuple(term for term in terms if not isinstance(term, Symbol))
    if len(weighted) < len(terms):
        bias = next(term.name for term in terms if isinstance(term, Symbol))
        yield Slip(known.BIAS_MISSING, "no bias", total(weighted),
                   f"That is the weighted sum alone. What does the bias {{{bias}}} add?")
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
            kept = weighted[:place] + weighted[place + 1:] + rest
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
    yield from _transposed_sum(site, unit)
    if not site.role.after_update and len(weighted) <= _MOST_MIXED:
        yield from _mixed_up(site, weighted, terms[len(weighted):])
    yield from of_another_unit(site)


def _half_updated(site: Site) -> Iterator[Slip]:
    """Slips after the update: new weights with old activations, or the other way round."""
    for role, say in ((ACTIVATION, "the activation from before the update"), (WEIGHT, "the old weight"),
                      (BIAS, "the old bias")):
        new = ROLES[role].after
        old = {name: Symbol(before_update(name)) for name in symbols(site.formula) if parse_id(name).role == new}
        if old:
            first = next(iter(old.values())).name
            yield Slip(known.NOT_UPDATED, f"old {new}", substitute(site.formula, old.get),
                       f"That takes {{{first}}}, {say}. Is everything new in the new forward pass?")


def _signs(site: Site, weighted: tuple[Expr, ...], rest: tuple[Expr, ...]) -> Iterator[Slip]:
    """A lost minus: of the whole sum, or of one of its terms."""
    yield Slip(known.SIGN, "sign", Neg(site.formula), "The size is right, the sign is not. Which terms are below 0?")
    for bias in rest:
        yield Slip(known.SIGN, "sign of the bias", total((*weighted, Neg(bias))),
                   f"That takes {{{symbols(bias)[0]}}} off. A bias is added, with the sign that it has.", unlikely=0.5)
    if len(weighted) + len(rest) > 1 and len(weighted) <= _MOST_MIXED:
        for place, term in enumerate(weighted):
            others = weighted[:place] + weighted[place + 1:] + rest
            yield Slip(known.SIGN, f"sign {place}", total((*others, Neg(term))),
                       f"That has the term with {{{symbols(term)[-1]}}} with the wrong sign.", unlikely=1.0)


def _mixed_up(site: Site, weighted: tuple[Expr, ...], rest: tuple[Expr, ...]) -> Iterator[Slip]:
    """Terms made of the wrong weight or the wrong activation, or added where they are multiplied."""
    pairs = [(symbols(term)[0], symbols(term)[-1]) for term in weighted]
    added = [Symbol(weight) + Symbol(a) for weight, a in pairs]
    weight, a = pairs[0]
    yield Slip(known.ADDED_FACTORS, "added", total((*added, *rest)),
               f"That adds {{{weight}}} and {{{a}}}. A weight multiplies what comes through it.")
    yield Slip(known.FACTOR_MISSING, "no weights", total((*(Symbol(a) for _, a in pairs), *rest)),
               f"That leaves {{{weight}}} out. What does a weight do with what comes through it?", unlikely=1.0)
    yield Slip(known.INPUT_FACTOR_MISSING, "no inputs", total((*(Symbol(weight) for weight, _ in pairs), *rest)),
               f"That leaves {{{a}}} out. What comes through {{{weight}}}?")
    for place, (weight, a) in enumerate(pairs):
        def takes(other: Expr, at: int = place) -> Expr:
            """The sum with another product at this place: the rest of it is not built again."""
            return total((*weighted[:at], other, *weighted[at + 1:], *rest))

        source, unit = parse_id(weight).units
        for other in site.other_activations(site.layer - 1, source, site.layer - 1):
            yield Slip(known.WRONG_LAYER, f"{place} takes {other}", takes(Symbol(weight) * Symbol(other)),
                       f"That takes {{{other}}} for {{{a}}}. What arrives through {{{weight}}}?",
                       unlikely=-1.0 if parse_id(other).layer == site.layer - 2 else 0.0)
        for other in site.other_weights(source, unit, site.layer):
            yield Slip(known.OPERAND_SWAPPED, f"{place} by {other}", takes(Symbol(weight) * Symbol(other)),
                       f"That multiplies {{{weight}}} by {{{other}}}, a weight. What comes through {{{weight}}}?",
                       unlikely=1.0)
            yield Slip(known.WRONG_LAYER, f"{place} takes {other}", takes(Symbol(other) * Symbol(a)),
                       f"That takes {{{other}}} for {{{weight}}}. Which weight lies between {{{a}}} and this unit?")
    if len(pairs) == 2:
        (first, a_of_first), (second, a_of_second) = pairs
        crossed = (Symbol(first) * Symbol(a_of_second), Symbol(second) * Symbol(a_of_first))
        yield Slip(known.WRONG_LAYER, "crossed", total((*crossed, *rest)),
                   f"That has {{{first}}} and {{{second}}} changed about. Which of them starts at {{{a_of_first}}}?",
                   unlikely=-1.0)
    yield from _layer_before(site, pairs)


def _layer_before(site: Site, pairs: Sequence[tuple[str, str]]) -> Iterator[Slip]:
    """All activations taken from one layer too far back."""
    before = site.units(site.layer - 2) if site.layer > 1 else ()
    if 1 < len(pairs) == len(before):
        taken = {a: site.symbol("a", site.layer - 2, unit) for (_, a), unit in zip(pairs, before, strict=True)}
        yield Slip(known.WRONG_LAYER, "the layer before", substitute(site.formula, taken.get),
                   f"That takes {{{taken[pairs[0][1]].name}}} and its neighbours. Which layer comes right before?")


def _transposed_sum(site: Site, unit: str) -> Iterator[Slip]:
    if site.role.after_update or len(site.units(site.layer - 1)) > MOST_TERMS:
        return
    swapped: dict[str, Expr] = {}
    for source in site.units(site.layer - 1):
        own = site.id("w", site.layer, source, unit)
        other = site.swapped_weight(source, unit)
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
    yield from other_logarithms(site.formula)
    if site.activation == "relu":
        yield from _gates(site, z)
    if not ACTIVATIONS[site.activation].coupled and site.activation != "identity" and not site.role.after_update:
        yield Slip(known.VALUE_FOR_GRADIENT, "slope", site.slope(unit),
                   f"That is the slope of the activation function. Here its value at {{{z.name}}} is asked for.")
    if _has_exponent(site.activation):
        yield Slip(known.SIGN, "sign inside", substitute(site.formula, lambda name: Neg(Symbol(name))),
                   f"That takes the activation function of −{{{z.name}}}. What sign stands in the exponent?",
                   unlikely=3.0 if ACTIVATIONS[site.activation].coupled else 0.0)  # of two shares, it is the other
    yield Slip(known.SIGN, "sign", Neg(site.formula), "The size is right, the sign is not.")
    yield from of_another_unit(site)
    if not site.role.after_update:
        for name in site.other_activations(site.layer, unit, site.layer):
            before = parse_id(name).layer == site.layer - 1  # what came in, passed on as it is
            yield Slip(known.WRONG_LAYER, name, Symbol(name), f"That is {{{name}}}, which belongs to another unit.",
                       unlikely=-1.0 if before else 0.0)


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


def _other_targets(site: Site) -> Iterator[Slip]:
    """A difference with its target added, left out, or squared by itself."""
    targets = [name for name in symbols(site.formula) if parse_id(name).role == TARGET]
    if not targets or not site.graph.cost.square:
        return
    y, a = targets[0], site.id(site.primed("a"), site.layer, *parse_id(targets[0]).units)
    added = {name: Neg(Symbol(name)) for name in targets}
    without = dict.fromkeys(targets, number(0))
    yield Slip(known.SIGN, "target added", substitute(site.formula, added.get),
               f"That adds {{{y}}}. The cost takes the difference: {{{a}}} − {{{y}}}.", unlikely=0.2)
    yield Slip(known.ONE_INPUT_MISSING, "no target", substitute(site.formula, without.get),
               f"That leaves the target {{{y}}} out. What is {{{a}}} compared with?")
    if site.ref.units or len(targets) == 1:
        squares = Symbol(a) ** 2 - Symbol(y) ** 2
        for way, wrong in (("each squared", squares), ("each squared, turned round", Neg(squares))):
            yield Slip(known.OTHER_COST, way, wrong,
                       f"That squares {{{a}}} and {{{y}}} each. First comes the difference, then its square.")


def _other_costs(site: Site) -> Iterator[Slip]:
    """The value of another cost, of a logarithm without its target, or of another output's logarithm."""
    own, units = site.graph.cost, site.ref.units or site.units(site.layer)
    for other in COSTS.values():
        if other is not own and not (own.square and other.square):
            yield Slip(known.OTHER_COST, other.name, total(tuple(site.of_cost(other.part, unit) for unit in units)),
                       f"That is {other.title}. This cost is {own.title}.")
    if own.square:
        return
    targets = {site.id("y", site.layer, unit): number(1) for unit in units}
    parts = tuple(substitute(site.of_cost(own.part, unit), targets.get) for unit in units)
    if len(site.units(site.layer)) > len(units) or len(units) > 1 or own.targets == "shares":
        yield Slip(known.FACTOR_MISSING, "no targets", total(parts),
                   f"That leaves {{{next(iter(targets))}}} out: each logarithm is multiplied by its target.")
    if own.targets == "distribution" and not site.ref.units:
        for unit, part in zip(units, parts, strict=True):
            a = site.id(site.primed("a"), site.layer, unit)
            yield Slip(known.WRONG_LAYER, f"logarithm of {unit}", part,
                       f"That is the logarithm of {{{a}}} alone. Which outputs have a target that is not 0?",
                       unlikely=-1.5)


def cost(site: Site) -> Iterator[Slip]:
    """Slips at C: one output's part, or the sum of the parts."""
    yield from _other_targets(site)
    yield from _other_costs(site)
    yield from other_logarithms(site.formula)
    kind, outputs = site.graph.cost.square, len(site.units(site.graph.network.last))
    if kind:
        half = ("half the square of output minus target" if kind == "half" else
                "the square itself, not half of it")
        yield Slip(known.FACTOR_TWO, "half", HALF * site.formula, f"That is half of the cost. This cost is {half}.")
        yield Slip(known.FACTOR_TWO, "double", 2 * site.formula, f"That is twice the cost. This cost is {half}.")
    if kind == "mean" and outputs > 1:
        yield Slip(known.SUM_FOR_MEAN, "sum over outputs", outputs * site.formula,
                   f"That is not divided by {outputs}, the number of outputs.")
        yield Slip(known.MEAN_TWICE, "mean over outputs twice", site.formula / outputs,
                   f"That is divided by {outputs}, the number of outputs, twice.")
    if outputs > 1 and kind != "mean" and not site.ref.units:
        yield Slip(known.MEAN_TWICE, "mean over outputs", site.formula / outputs,
                   f"That is divided by {outputs}, the number of outputs. This cost adds its parts up.")
    if kind == "whole" and (len(site.ref.units) == 1 or outputs == 1):
        difference = HALF * site.of_cost(A - Y, (site.ref.units or site.units(site.layer))[0])
        for way, wrong in (("half the difference", difference),
                           ("half the difference, turned round", Neg(difference))):
            yield Slip(known.HALF_WITHOUT_SQUARE, way, wrong,
                       "That is half of the difference. The difference is squared, not halved.")
    square = _square(site.formula)
    if square is not None and kind is not None:
        yield from _without_square(site, square, known.SQUARE_MISSING if kind == "whole"
                                   else known.HALF_WITHOUT_SQUARE)
    if site.role.after_update:
        old = site.symbol("C")
        yield Slip(known.NOT_UPDATED, "old cost", old,
                   f"That is {{{old.name}}}, from before the update. Which weights does the new forward pass use?")
    if site.ref.units:
        yield from of_another_unit(site)
    yield from other_outputs(site)
    yield from without_each_term(site.formula, "That leaves one output's part out.")
    yield Slip(known.SIGN, "sign", Neg(site.formula), "The size is right, the sign is not.")


def _without_square(site: Site, square: Pow, mistake: Mistake) -> Iterator[Slip]:
    """The difference without its square, either way round."""
    wrong = substitute_square(site.formula, square)
    say = "That is the difference without its square. What is squared here?"
    yield Slip(mistake, "no square", wrong, say)
    yield Slip(mistake, "no square, turned round", Neg(wrong), say, unlikely=0.5)
    if wrong != square.base:
        yield Slip(known.SQUARE_MISSING, "difference", square.base, say)
        yield Slip(known.SQUARE_MISSING, "difference, turned round", Neg(square.base), say, unlikely=0.5)


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
    """Slips at the mean over a batch."""
    count = site.graph.batch
    top = site.formula.numerator if isinstance(site.formula, Div) else count * site.formula
    yield Slip(known.SUM_FOR_MEAN, "sum", top, f"That is the sum over the {count} samples. What is their mean?")
    yield Slip(known.MEAN_TWICE, "mean twice", site.formula / count,
               f"That is divided by {count}, the number of samples, twice.")
    yield Slip(known.SIGN, "sign", Neg(site.formula), "The size is right, the sign is not.")


