"""The known mistakes of the cost, as changed formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui_backprop.derivation.ids import parse_id
from tui_backprop.derivation.roles import ACTIVATION, TARGET, WEIGHT
from tui_backprop.maths.expression import (
    Add,
    Div,
    Expr,
    Mul,
    Neg,
    Pow,
    Symbol,
    call,
    number,
    product,
    substitute,
    symbols,
    total,
)
from tui_backprop.network.costs import COSTS, A, Y
from tui_backprop.tutor.mistakes import known
from tui_backprop.tutor.mistakes.forward import without_each_term
from tui_backprop.tutor.mistakes.known import Mistake
from tui_backprop.tutor.mistakes.slip import (
    Site,
    Slip,
    leave_out,
    of_another_unit,
    other_logarithms,
    other_outputs,
    turn_sign,
)

HALF = number(1) / 2
_FEW_SOURCES = 3
"""Where an output has at most so many weights into it, one of them may be taken for its activation."""


def _other_targets(site: Site) -> Iterator[Slip]:
    """Slips at a difference: its target added, left out, or squared by itself."""
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
        if (square := _square(site.formula)) is not None:
            squares = substitute_square(site.formula, square, squares)
        for way, wrong in (("each squared", squares), ("each squared, turned round", Neg(squares))):
            yield Slip(known.OTHER_COST, way, wrong,
                       f"That squares {{{a}}} and {{{y}}} each. First comes the difference, then its square.")


def _other_costs(site: Site) -> Iterator[Slip]:
    """Slips: the value of another cost, of a logarithm without its target, or of another output's logarithm."""
    own, units = site.graph.cost, site.ref.units or site.units(site.layer)
    for other in COSTS.values():
        if other is not own and not (own.square and other.square):
            yield Slip(known.OTHER_COST, other.name, total(tuple(site.of_cost(other.part, unit) for unit in units)),
                       f"That is {other.title}. This cost is {own.title}.")
    if own.square:
        return
    yield from _without_logarithm(site)
    yield from _changed_about(site, units)
    targets = {site.id("y", site.layer, unit): number(1) for unit in units}
    parts = tuple(substitute(site.of_cost(own.part, unit), targets.get) for unit in units)
    if len(site.units(site.layer)) > len(units) or len(units) > 1 or own.targets == "shares":
        yield Slip(known.FACTOR_MISSING, "no targets", total(parts),
                   f"That leaves {{{next(iter(targets))}}} out: each logarithm is multiplied by its target.")
    if own.targets == "shares" and len(units) == 1:
        y = site.symbol("y", site.layer, units[0])
        value = site.derivation.values(y.name)
        if value in (0, 1):
            yield Slip(known.FACTOR_MISSING, "the other logarithm",
                       substitute(site.of_cost(own.part, units[0]), {y.name: number(1 - round(value))}.get),
                       f"That is the logarithm that counts for a target of {1 - value:.0f}. Which one is left where "
                       f"{{{y.name}}} is {value:.0f}?", unlikely=-0.3)
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
    yield from _take_for_cost(site)
    yield from _joined_otherwise(site)
    if site.graph.cost.square and len(site.units(site.layer)) == 1:
        yield from weights_for_activation(site, site.units(site.layer)[0])
    yield from other_logarithms(site.formula)
    kind, outputs = site.graph.cost.square, len(site.units(site.graph.network.last))
    if kind:
        half = ("half the square of output minus target" if kind == "half" else
                "the square itself, not half of it")
        yield Slip(known.FACTOR_TWO, "half", HALF * site.formula, f"That is half of the cost. This cost is {half}.")
        yield Slip(known.FACTOR_TWO, "double", 2 * site.formula, f"That is twice the cost. This cost is {half}.")
    yield from mean_over_outputs(site)
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
    yield turn_sign(site.formula, _why_this_sign(site))


def _why_this_sign(site: Site) -> str:
    """Why the cost is above 0, as it mostly is, or below 0."""
    if site.graph.cost.square:
        return " A cost made of squares is never below 0."
    if site.derivation.values(site.quantity) < 0:
        return " Here an output is above 1. Its logarithm is above 0, and the minus in front turns that round."
    return " The logarithm of a number below 1 is below 0, and the minus in front turns that round."


def mean_over_outputs(site: Site) -> Iterator[Slip]:
    """Slips where the cost is a mean over the outputs: not divided by their number, or twice."""
    outputs = len(site.units(site.graph.network.last))
    if site.graph.cost.square == "mean" and outputs > 1:
        yield Slip(known.SUM_FOR_MEAN, "sum over outputs", outputs * site.formula,
                   f"That is not divided by {outputs}, the number of outputs.")
        yield Slip(known.MEAN_TWICE, "mean over outputs twice", site.formula / outputs,
                   f"That is divided by {outputs}, the number of outputs, twice.")


def _changed_about(site: Site, units: Sequence[str]) -> Iterator[Slip]:
    """Slips: outputs and targets changed about in a cross-entropy, or the targets of two outputs."""
    ends = [(site.id(site.primed("a"), site.layer, unit), site.id("y", site.layer, unit)) for unit in units]
    a, y = ends[0]
    if all(site.derivation.values(target) > 0 for _, target in ends):
        turned = {**{one: Symbol(other) for one, other in ends}, **{other: Symbol(one) for one, other in ends}}
        parts = (substitute(site.of_cost(site.graph.cost.part, unit), turned.get) for unit in units)
        yield Slip(known.OPERAND_SWAPPED, "logarithm of the target", total(tuple(parts)),
                   f"That has {{{a}}} and {{{y}}} changed about. The logarithm is taken of the output.")
    if len(units) == 2:
        exchanged = {ends[0][1]: Symbol(ends[1][1]), ends[1][1]: Symbol(ends[0][1])}
        parts = (substitute(site.of_cost(site.graph.cost.part, unit), exchanged.get) for unit in units)
        yield Slip(known.WRONG_LAYER, "targets changed about", total(tuple(parts)),
                   "That has the targets of the two outputs changed about.", unlikely=-1.5)


def _without_logarithm(site: Site) -> Iterator[Slip]:
    """Slips: target minus output, or the other way round, for the logarithm of the output."""
    for unit in site.ref.units or site.units(site.layer):
        a, y = site.symbol(site.primed("a"), site.layer, unit), site.symbol("y", site.layer, unit)
        if site.derivation.values(y.name):
            if len(site.units(site.layer)) != 2:  # of two shares, 1 less one is the other
                yield Slip(known.OTHER_COST, f"logarithm of 1 less {unit}", Neg(call("ln", 1 - a)),
                           f"That is the logarithm of 1 − {{{a.name}}}. This cost takes that of {{{a.name}}}.",
                           unlikely=-0.2)
            for way, wrong in (("", y - a), (", turned round", a - y)):
                yield Slip(known.OTHER_COST, f"difference of {unit}{way}", wrong,
                           f"That is how far {{{a.name}}} is from {{{y.name}}}. This cost takes a logarithm.",
                           unlikely=-0.4 + bool(way) / 2)


def _joined_otherwise(site: Site) -> Iterator[Slip]:
    """Slips at a sum over outputs: the differences added up and squared at once, the parts taken off or multiplied."""
    units, kind = site.units(site.layer), site.graph.cost.square
    if not isinstance(site.formula, Add) or not 1 < len(units) <= _FEW_SOURCES:
        return
    if kind:
        differences = tuple(site.of_cost(A - Y, unit) for unit in units)
        squared = total(differences) ** 2
        wrong = HALF * squared if kind == "half" else squared / len(units) if kind == "mean" else squared
        yield Slip(known.BRACKET_LOST, "sum squared", wrong,
                   "That adds the differences up first, and squares their sum. Each difference is squared by itself.")
        squares = total(tuple(difference ** 2 for difference in differences))
        yield Slip(known.OTHER_COST, "root", call("sqrt", squares),
                   "That is the root of the sum of squares. This cost has no root.", unlikely=-0.4)
        yield Slip(known.OTHER_COST, "sizes", total(tuple(call("abs", difference) for difference in differences)),
                   "That adds up how far the outputs are off. This cost adds up the squares of that.", unlikely=-0.4)
    for place, term in enumerate(site.formula.terms):
        rest = leave_out(site.formula.terms, place)
        yield Slip(known.SIGN, f"part {place} taken off", total((*rest, Neg(term))),
                   "That takes one output's part off. The parts are added.", unlikely=0.5)
    yield Slip(known.MULTIPLIED_TERMS, "parts multiplied", product(site.formula.terms),
               "That multiplies the outputs' parts. They are added.", unlikely=0.5)


def _take_for_cost(site: Site) -> Iterator[Slip]:
    """Slips: a part of the cost given for the cost: an output, its target, the one weight before it."""
    if not site.ref.units and len(site.units(site.layer)) == 1:
        unit = site.units(site.layer)[0]
        yield Slip(known.VALUE_FOR_GRADIENT, "slope", site.of_cost(site.graph.cost.derivative, unit),
                   "That is the slope of the cost. Here the cost itself is asked for.", unlikely=-0.3)
    units = () if site.ref.units else site.units(site.layer)[:_FEW_SOURCES]
    outputs = (site.id(site.primed(ACTIVATION), site.layer, unit) for unit in units)
    for name in dict.fromkeys((*symbols(site.formula), *outputs)):
        if parse_id(name).role in (site.primed(ACTIVATION), TARGET):
            yield Slip(known.WRONG_LAYER, f"only {name}", Symbol(name),
                       f"That is {{{name}}}. The cost tells how far the output is from its target.",
                       unlikely=-2.0 if site.graph.cost.square or site.derivation.values(name) else 0.0)
    if len(site.units(site.layer)) == len(site.units(site.layer - 1)) == 1:
        weight = site.id(site.primed(WEIGHT), site.layer, *site.units(site.layer - 1), *site.units(site.layer))
        yield Slip(known.WRONG_LAYER, "only the weight", Symbol(weight),
                   f"That is {{{weight}}}, a weight. The cost is worked out from what comes out of the network.")


def weights_for_activation(site: Site, unit: str, *, halved: bool = False) -> Iterator[Slip]:
    """Slips: a weight into an output compared with the target in place of the activation; ``halved``: half too."""
    sources = site.units(site.layer - 1)
    a = site.id(site.primed(ACTIVATION), site.layer, unit)
    for source in sources if len(sources) <= _FEW_SOURCES else ():
        weight = site.symbol(site.primed(WEIGHT), site.layer, source, unit)
        wrong = substitute(site.formula, {a: weight}.get)
        say = f"That takes {{{weight.name}}} for {{{a}}}. What is compared with the target is what comes out."
        yield Slip(known.OPERAND_SWAPPED, f"{source} for the output", wrong, say, unlikely=0.3)
        if halved:
            yield Slip(known.OPERAND_SWAPPED, f"{source} for the output, half", HALF * wrong,
                       f"{say} The 2 that the square brings down is missing as well.", unlikely=0.9)


def _without_square(site: Site, square: Pow, mistake: Mistake) -> Iterator[Slip]:
    """The difference without its square, either way round."""
    wrong = substitute_square(site.formula, square)
    say = "That is the difference without its square. What is squared here?"
    yield Slip(mistake, "no square", wrong, say)
    yield Slip(mistake, "no square, turned round", Neg(wrong), say, unlikely=0.5)
    doubled = substitute_square(site.formula, square, 2 * square.base)
    for way, result in (("doubled", doubled), ("doubled, turned round", Neg(doubled))):
        yield Slip(mistake, way, result, "That doubles the difference. A square is a number times itself.",
                   unlikely=0.9)
    if wrong != square.base:
        yield Slip(known.SQUARE_MISSING, "difference", square.base, say)
        yield Slip(known.SQUARE_MISSING, "difference, turned round", Neg(square.base), say, unlikely=0.5)


def _square(formula: Expr) -> Pow | None:
    parts = formula.factors if isinstance(formula, Mul) else (formula,)
    if isinstance(formula, Div):
        parts = (formula.numerator,)
    return next((part for part in parts if isinstance(part, Pow)), None)


def substitute_square(formula: Expr, square: Pow, by: Expr | None = None) -> Expr:
    """The formula with another expression, or the square's base, in place of the square."""
    by = by or square.base
    if isinstance(formula, Mul):
        return Mul(tuple(by if part is square else part for part in formula.factors))
    if isinstance(formula, Div):
        return by / formula.denominator
    return by
