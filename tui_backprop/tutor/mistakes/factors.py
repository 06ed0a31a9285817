"""The known mistakes of single factors of a chain: the slope of a unit, and of its weighted sum."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from tui_backprop.derivation.ids import parse_id
from tui_backprop.derivation.roles import ARRIVING, GRADIENT, ROLES, SLOPE, WEIGHT
from tui_backprop.maths.expression import Expr, Neg, Symbol, call, number, product, substitute, symbols, total
from tui_backprop.maths.functions import LEAKY_SLOPE
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.tutor.mistakes import known
from tui_backprop.tutor.mistakes.known import Mistake
from tui_backprop.tutor.mistakes.shape import MOST_DEPTH, wrong_parts
from tui_backprop.tutor.mistakes.slip import Site, Slip, other_layer_same_name, turn_sign

_FEW_OTHERS: Final = 3
"""At most so many weights are tried in place of an activation, or activations in place of a weight."""
ADDED = "Those are the right factors, added. The chain rule multiplies them."


def slope(site: Site) -> Iterator[Slip]:
    """Slips at ∂a/∂z."""
    if len(site.ref.units) == 2:
        yield from _softmax_slope(site)
    else:
        yield from slopes_of_unit(site, site.ref.units[0], None)
        yield from _other_slopes(site, site.ref.units[0])
        for role in ("a", "z"):
            value = site.symbol(role, site.layer, site.ref.units[0])
            yield Slip(known.VALUE_FOR_GRADIENT, f"value {role}", value,
                       f"That is {{{value.name}}}, a value. Here the slope is asked for: how fast the activation "
                       "changes.", unlikely=0.3)
    parts = () if ACTIVATIONS[site.activation].kinked or not site.nearby else wrong_parts(site.formula, MOST_DEPTH)
    for number_of, (wrong, mistake, say) in enumerate(parts):
        unlikely = 0.9 if mistake is known.ONE_INPUT_MISSING else 0.5
        yield Slip(mistake, f"part {number_of}", wrong, say, unlikely=unlikely)
    yield turn_sign(site.formula)


def slopes_of_unit(site: Site, unit: str, inner: Expr | None) -> Iterator[Slip]:
    """Mistaken slopes of a unit of this layer, each times ``inner`` where there is one."""

    def times(wrong: Expr) -> Expr:
        return wrong if inner is None else product((wrong, inner))

    a, z = site.symbol("a", site.layer, unit), site.symbol("z", site.layer, unit)
    right, name = site.slope(unit), f"{{{site.id(SLOPE, site.layer, unit)}}}"
    if site.activation == "relu":
        off = site.is_off(unit)
        say = (f"This ReLU is off: {{{z.name}}} is not above 0. What is its slope there?" if off else
               f"This ReLU is on: {{{z.name}}} is above 0, and its slope there is 1.")
        way, gate = ("slope missing", 1) if off else ("gate shut", 0)
        yield Slip(known.RELU_GATE_IGNORED, way, times(number(gate)), say)
    elif site.activation != "identity":
        if site.activation == "leaky_relu":
            yield _other_side(site, unit, times, 0.2 if inner is None else 0.6)
        yield Slip(known.ACTIVATION_DERIVATIVE_MISSING, "slope missing", times(number(1)), slope_missing(name) if inner
                   else "1 would be the slope if there were no activation function.")
    say = f"The slope is taken at the wrong number. Which stands in its formula: {{{a.name}}} or {{{z.name}}}?"
    formula = site.graph.formula(a.name)
    if symbols(right) and formula is not None:
        other = a if symbols(right) == (z.name,) else z
        yield Slip(known.DERIVATIVE_AT_WRONG_POINT, "other point", times(substitute(right, lambda _: other)), say)
        twice = substitute(formula, lambda _: a)
        yield Slip(known.DERIVATIVE_AT_WRONG_POINT, "twice", times(substitute(right, lambda _: twice)),
                   f"That applies the activation function to {{{a.name}}} again.")
    if symbols(right) == (z.name,) and not ACTIVATIONS[site.activation].kinked:
        yield Slip(known.SIGN, "sign inside", times(substitute(right, {z.name: Neg(z)}.get)),
                   f"That takes the slope at −{{{z.name}}}. What sign stands in the exponent?", unlikely=0.3)
    if site.activation == "tanh":
        yield Slip(known.SQUARE_MISSING, "no square", times(1 - a),
                   f"That is 1 − {{{a.name}}}. The slope of tanh has a square in it.", unlikely=0.7)
        yield Slip(known.BRACKET_LOST, "difference squared", times((1 - a) ** 2),
                   f"That squares all of 1 − {{{a.name}}}. Only {{{a.name}}} itself is squared.")
    if symbols(right) == (a.name,):
        for way, error in _errors(site, unit):
            yield Slip(known.DERIVATIVE_AT_WRONG_POINT, f"error {way}", times(substitute(right, {a.name: error}.get)),
                       f"That has the error where {{{a.name}}} belongs, the unit's own activation.")
    for function in ACTIVATIONS.values():
        # Where 0 or 1 is to be seen at once, nobody works out, inside a product, the slope of a function no unit has.
        is_far = (ACTIVATIONS[site.activation].kinked and site.ref.role != SLOPE
                  and function.name not in site.graph.network.activations)
        if not function.coupled and function.name != site.activation and not is_far:
            yield Slip(known.DERIVATIVE_OF_OTHER_FUNCTION, function.name, times(site.slope(unit, function.name)),
                       f"That is the slope of {function.title}. Which activation function is this unit's?")


def _other_side(site: Site, unit: str, times: Callable[[Expr], Expr], unlikely: float) -> Slip:
    """A leaky ReLU's slope on the other side of 0."""
    z, off = site.id("z", site.layer, unit), site.is_off(unit)
    way, wrong = ("slope above 0", number(1)) if off else ("slope below 0", number(LEAKY_SLOPE))
    return Slip(known.RELU_GATE_IGNORED, way, times(wrong),
                f"That is the {way}. Is {{{z}}} above 0 or below it?", unlikely=unlikely)


def _errors(site: Site, unit: str) -> Iterator[tuple[str, Expr]]:
    """What people call a unit's error: ∂C/∂a or, for an output, its distance from its target; each with its name."""
    yield "from the cost", site.symbol(ARRIVING, site.layer, unit)
    if site.is_output:
        a, y = site.symbol("a", site.layer, unit), site.symbol("y", site.layer, unit)
        yield "difference", a - y
        yield "difference, turned round", y - a


def _other_slopes(site: Site, unit: str) -> Iterator[Slip]:
    """The slope of another unit, of this layer or of one next to it."""
    last = site.graph.network.last
    for other in site.other_activations(site.layer, unit):
        ref = parse_id(other)
        if ref.layer and not (ref.layer == last and site.graph.is_coupled(last)):
            name = site.id(SLOPE, ref.layer, *ref.units)
            yield Slip(known.WRONG_LAYER, name, Symbol(name), f"That is {{{name}}}, of another unit.")


def slope_missing(name: str) -> str:
    return f"That leaves {name} out of the product: the slope of the activation function."


def _softmax_slope(site: Site) -> Iterator[Slip]:
    upper, lower = site.ref.units
    names = {site.id("a", site.layer, unit): site.symbol("z", site.layer, unit) for unit in (upper, lower)}
    a_i, a_j = (site.symbol("a", site.layer, unit) for unit in (upper, lower))
    z_i, z_j = (f"{{{site.id('z', site.layer, unit)}}}" for unit in (upper, lower))
    yield Slip(known.DERIVATIVE_AT_WRONG_POINT, "other point", substitute(site.formula, names.get),
               f"The slope is written with {{{a_i.name}}}, not with {z_i}.")
    again = {site.id("a", site.layer, unit): _softmax_again(site, unit) for unit in (upper, lower)}
    yield Slip(known.DERIVATIVE_AT_WRONG_POINT, "twice", substitute(site.formula, again.get),
               f"That applies softmax to {{{a_i.name}}} again.")
    other = -(a_i * a_j) if upper == lower else a_i * (1 - a_i)
    say = (f"For the unit itself the slope of softmax is {own_slope(a_i)}." if upper == lower else
           f"That is the slope by {z_i}, which is the same output's. What is asked for is the slope by {z_j}.")
    yield Slip(known.DERIVATIVE_OF_OTHER_FUNCTION, "other case", other, say)
    yield Slip(known.ACTIVATION_DERIVATIVE_MISSING, "slope missing", number(1 if upper == lower else 0), say,
               apart=True)


def _softmax_again(site: Site, unit: str) -> Expr:
    """Softmax applied to the result of softmax."""
    powers = {other: call("exp", site.symbol("a", site.layer, other)) for other in site.units(site.layer)}
    return powers[unit] / total(tuple(powers.values()))


def own_slope(a: Symbol) -> str:
    """a(1 − a) of this activation, for a message."""
    return f"{{{a.name}}}(1 − {{{a.name}}})"


def by_weight(site: Site) -> Iterator[Slip]:
    """Slips at ∂z/∂w and at ∂a/∂w, which is ∂z/∂w merged with the slope."""
    source, target = site.ref.units
    weight, a = site.symbol("w", site.layer, source, target), site.symbol("a", site.layer - 1, source)
    yield Slip(known.OPERAND_SWAPPED, "swapped", substitute(site.formula, {a.name: weight}.get),
               f"That has {{{weight.name}}} where {{{a.name}}} belongs. When {{{weight.name}}} grows a little, how "
               "many times as much does the sum grow?")
    if site.role.is_merged:
        yield from _slope_slips(site, target, a, known.INPUT_FACTOR_MISSING,
                               f"That leaves {{{a.name}}} out.")
    elif site.nearby:
        yield _slope_of_sum(a.name)
    whole = site.id(GRADIENT, site.layer, source, target)
    if site.nearby:
        yield Slip(known.WRONG_LAYER, "the whole", Symbol(whole),
                   f"That is already {{{whole}}}. Here one factor of it is asked for.", unlikely=-1.5)
    if site.layer > 1:
        z = site.symbol("z", site.layer - 1, source)
        yield Slip(known.Z_TAKEN_FOR_A, "z for a", substitute(site.formula, {a.name: z}.get),
                   f"That takes {{{z.name}}}. What arrives through this weight?")
    for place, other in enumerate(site.other_activations(site.layer - 1, source)):
        yield Slip(known.WRONG_LAYER, f"other {place}", substitute(site.formula, {a.name: Symbol(other)}.get),
                   f"That takes {{{other}}}. Which activation does this weight multiply?",
                   unlikely=-1.5 if other_layer_same_name(other, a.name) else 0.0)
    for name in islice(site.other_weights(source, target), _FEW_OTHERS):
        yield Slip(known.WRONG_LAYER, name, substitute(site.formula, {a.name: Symbol(name)}.get),
                   f"That takes {{{name}}}, another weight. What comes through {{{weight.name}}}?", unlikely=0.3)
    yield turn_sign(site.formula)


def by_activation(site: Site) -> Iterator[Slip]:
    """Slips at ∂z/∂a and at ∂a/∂a, which is ∂z/∂a merged with the slope."""
    source, target = site.ref.units
    weight, a = site.symbol("w", site.layer, source, target), site.symbol("a", site.layer - 1, source)
    new = site.id(ROLES[WEIGHT].after, site.layer, source, target)
    yield Slip(known.UPDATED_WEIGHT, "updated", substitute(site.formula, {weight.name: Symbol(new)}.get),
               f"That goes back through {{{new}}}. All gradients use the old weights: here {{{weight.name}}}.")
    yield Slip(known.OPERAND_SWAPPED, "swapped", substitute(site.formula, {weight.name: a}.get),
               f"That has {{{a.name}}} where {{{weight.name}}} belongs. When {{{a.name}}} grows a little, how many "
               "times as much does the sum grow?")
    swapped = site.swap_indices(source, target)
    before, after = site.units(site.layer - 1), site.units(site.layer)
    if swapped or before.index(source) == after.index(target):
        other = Symbol(swapped or weight.name)
        yield Slip(known.TRANSPOSED, "transposed", substitute(site.formula, {weight.name: other}.get),
                   f"That takes {{{other.name}}}: the indices the other way round.")
    if site.role.is_merged:
        yield from _slope_slips(site, target, weight, known.WEIGHT_FACTOR_MISSING,
                           f"That leaves {{{weight.name}}} out.")
    elif site.nearby:
        yield _slope_of_sum(weight.name)
    whole = site.id(ARRIVING, site.layer - 1, source)
    if site.nearby and site.layer > 1 and site.graph.kind(whole) != "given":
        yield Slip(known.WRONG_LAYER, "the whole", Symbol(whole),
                   f"That is already {{{whole}}}. Here one factor of it is asked for.", unlikely=-1.5)
    for name in site.other_weights(source, target):
        yield Slip(known.WRONG_LAYER, name, substitute(site.formula, {weight.name: Symbol(name)}.get),
                   f"That takes {{{name}}}. Which weight lies on this path?")
    for name in islice(site.other_activations(site.layer - 1, source), _FEW_OTHERS):
        yield Slip(known.WRONG_LAYER, name, substitute(site.formula, {weight.name: Symbol(name)}.get),
                   f"That takes {{{name}}}, an activation. Which weight lies on this path?", unlikely=0.3)
    yield turn_sign(site.formula)


def _slope_of_sum(name: str) -> Slip:
    return Slip(known.DERIVATIVE_OF_OTHER_FUNCTION, "sum", number(1),
                f"1 would be the slope of a sum. Here {{{name}}} is a factor.", unlikely=-0.5)


def _slope_slips(site: Site, unit: str, inner: Symbol, missing: Mistake, say: str) -> Iterator[Slip]:
    """Slips at the slope inside a merged ∂a/∂w or ∂a/∂a, and at the product of the two."""
    yield from slopes_of_unit(site, unit, inner)
    if site.activation == "identity":
        if site.nearby:
            yield _slope_of_sum(inner.name)
        return
    right = site.slope(unit)
    yield Slip(missing, "no inner factor", right, say)
    yield Slip(known.ADDED_FACTORS, "added", right + inner, ADDED)
