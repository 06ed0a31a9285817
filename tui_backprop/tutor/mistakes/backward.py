"""The known mistakes of the backward pass, as changed formulas of its factors and gradients."""

from __future__ import annotations

from collections.abc import Iterator

from tui_backprop.maths.expression import Add, Mul, Neg, Symbol, substitute, total
from tui_backprop.tutor.mistakes import known
from tui_backprop.tutor.mistakes.known import Mistake
from tui_backprop.tutor.mistakes.outputs import other_targets
from tui_backprop.tutor.mistakes.products import ADDED, chain, hidden_slope, signed
from tui_backprop.tutor.mistakes.slip import NEAREST, Site, Slip, of_another_unit, other_outputs
from tui_backprop.tutor.mistakes.slopes import own_slope, slopes
from tui_backprop.tutor.mistakes.update import value_for_gradient


def by_weight(site: Site) -> Iterator[Slip]:
    """∂z/∂w and, in one piece with the slope, ∂a/∂w."""
    source, target = site.ref.units
    weight, a = site.symbol("w", site.layer, source, target), site.symbol("a", site.layer - 1, source)
    yield Slip(known.OPERAND_SWAPPED, "swapped", substitute(site.formula, {a.name: weight}.get),
               f"That has {{{weight.name}}} where {{{a.name}}} belongs. When {{{weight.name}}} grows by 1, how much "
               "does the sum grow?")
    if site.ref.role == "da/dw":
        yield from _merged(site, target, a, known.INPUT_FACTOR_MISSING, f"That leaves {{{a.name}}} out of the product.")
    if site.layer > 1:
        z = site.symbol("z", site.layer - 1, source)
        yield Slip(known.Z_TAKEN_FOR_A, "z for a", substitute(site.formula, {a.name: z}.get),
                   f"That takes {{{z.name}}}. What arrives through this weight?")
    for place, other in enumerate(site.other_activations(site.layer - 1, source)):
        yield Slip(known.WRONG_LAYER, f"other {place}", substitute(site.formula, {a.name: Symbol(other)}.get),
                   f"That takes {{{other}}}. Which activation does this weight multiply?")
    yield Slip(known.SIGN, "sign", Neg(site.formula), "The size is right, the sign is not.")


def by_activation(site: Site) -> Iterator[Slip]:
    """∂z/∂a and, in one piece with the slope, ∂a/∂a."""
    source, target = site.ref.units
    weight, a = site.symbol("w", site.layer, source, target), site.symbol("a", site.layer - 1, source)
    new = site.id("w'", site.layer, source, target)
    yield Slip(known.UPDATED_WEIGHT, "updated", substitute(site.formula, {weight.name: Symbol(new)}.get),
               f"That goes back through {{{new}}}. All gradients use the old weights: here {{{weight.name}}}.")
    yield Slip(known.OPERAND_SWAPPED, "swapped", substitute(site.formula, {weight.name: a}.get),
               f"That has {{{a.name}}} where {{{weight.name}}} belongs. When {{{a.name}}} grows by 1, how much "
               "does the sum grow?")
    swapped = site.swapped_weight(source, target)
    before, after = site.units(site.layer - 1), site.units(site.layer)
    if swapped or before.index(source) == after.index(target):
        other = Symbol(swapped or weight.name)
        yield Slip(known.TRANSPOSED, "transposed", substitute(site.formula, {weight.name: other}.get),
                   f"That takes {{{other.name}}}: the indices the other way round.")
    if site.ref.role == "da/da":
        yield from _merged(site, target, weight, known.WEIGHT_FACTOR_MISSING,
                           f"That leaves {{{weight.name}}} out of the product.")
    for name in site.other_weights(source, target):
        yield Slip(known.WRONG_LAYER, name, substitute(site.formula, {weight.name: Symbol(name)}.get),
                   f"That takes {{{name}}}. Which weight lies on this path?")
    yield Slip(known.SIGN, "sign", Neg(site.formula), "The size is right, the sign is not.")


def _merged(site: Site, unit: str, inner: Symbol, missing: Mistake, say: str) -> Iterator[Slip]:
    """Slips at the slope inside ∂a/∂w or ∂a/∂a, and at the product of the two."""
    yield from slopes(site, unit, inner)
    if site.activation == "identity":
        return
    right = site.slope(unit)
    yield Slip(missing, "no inner factor", right, say)
    yield Slip(known.ADDED_FACTORS, "added", right + inner, ADDED)


def delta(site: Site) -> Iterator[Slip]:
    """∂C/∂z: the slope times what arrives, or the short form a − y."""
    unit = site.ref.units[0]
    if site.graph.has_short_delta(site.layer):
        a, y = site.symbol("a", site.layer, unit), site.symbol("y", site.layer, unit)
        names = f"{{{a.name}}} − {{{y.name}}}"
        yield Slip(known.SIGN, "sign", Neg(site.formula), f"The sign is turned round. Is it {names} or its opposite?")
        yield Slip(known.SOFTMAX_EXTRA_FACTOR, "extra", site.formula * a * (1 - a),
                   f"{names} has the slope of the activation in it already: no further {own_slope(a)}.")
        yield Slip(known.FACTOR_TWO, "double", 2 * site.formula,
                   f"That is 2({names}). Which square would bring that 2?")
        yield Slip(known.ACTIVATION_DERIVATIVE_MISSING, "by the output", site.of_cost(site.graph.cost.derivative, unit),
                   f"That is {{{site.id('dC/da', site.layer, unit)}}}: the slope of the activation is still to come.")
        yield Slip(known.FACTOR_MISSING, "slope alone", a * (1 - a),
                   f"That is {own_slope(a)}, the slope of the activation alone. What else lies on the way to the cost?")
        if (outputs := len(site.units(site.layer))) > 1:
            yield Slip(known.MEAN_TWICE, "mean over outputs", site.formula / outputs,
                       f"That is divided by {outputs}, the number of outputs. This cost adds its parts up.")
        yield Slip(known.COST_FOR_DERIVATIVE, "cost", site.symbol("C"), f"That is {{{site.id('C')}}} itself.")
        yield Slip(known.COST_FOR_DERIVATIVE, "square", site.formula ** 2, f"That is ({names})². What is its slope?")
        yield from other_targets(site, unit)
        yield from of_another_unit(site)
        yield from other_outputs(site)
        return
    if isinstance(site.formula, Add):
        yield from hidden_slope(site)
        a, y = site.symbol("a", site.layer, unit), site.symbol("y", site.layer, unit)
        yield Slip(known.SOFTMAX_EXTRA_FACTOR, "extra", (a - y) * a * (1 - a),
                   f"{{{a.name}}} − {{{y.name}}} has the slope of softmax in it already.")
        if site.graph.network.cost == "cross_entropy":
            yield Slip(known.DERIVATIVE_OF_OTHER_FUNCTION, "no target", a,
                       f"That is {{{a.name}}} alone. Where is the target {{{y.name}}}?", unlikely=-1.0)
        return
    yield from chain(site)
    yield from of_another_unit(site)
    if site.is_output and site.graph.cost.output == site.activation:
        a = site.symbol("a", site.layer, unit)
        yield Slip(known.SOFTMAX_EXTRA_FACTOR, "extra", site.formula * a * (1 - a),
                   f"The slope of the activation cancels here: no further {own_slope(a)}.")


def weight_gradient(site: Site) -> Iterator[Slip]:
    """∂C/∂w."""
    yield from chain(site)
    if site.is_output and site.graph.has_short_delta(site.layer):
        a, y = (site.symbol(role, site.layer, site.ref.units[1]) for role in ("a", "y"))
        yield Slip(known.SOFTMAX_EXTRA_FACTOR, "extra", site.formula * a * (1 - a),
                   f"{{{a.name}}} − {{{y.name}}} has the slope of the activation in it already: "
                   f"no further {own_slope(a)}.")
    yield Slip(known.COST_FOR_DERIVATIVE, "cost", site.symbol("C"), f"That is {{{site.id('C')}}} itself.")
    edges = [(a, b) for a in site.units(site.layer - 1) for b in site.units(site.layer)][:NEAREST]
    for edge in edges:
        if edge != site.ref.units:
            name = site.id("dC/dw", site.layer, *edge)
            yield Slip(known.WRONG_LAYER, f"edge {edge}", Symbol(name),
                       f"That is {{{name}}}, which belongs to another weight.", unlikely=-0.5)
    yield from value_for_gradient(site)


def bias_gradient(site: Site) -> Iterator[Slip]:
    """∂C/∂b."""
    if site.graph.detail == "merged" and not site.graph.is_coupled(site.layer):
        yield from slopes(site, site.ref.units[0], site.graph.merged_formula(site.ref, on=True))
        yield from signed(site)
        factors = site.formula.factors if isinstance(site.formula, Mul) else ()
        if factors:
            yield Slip(known.ADDED_FACTORS, "added", total(factors), ADDED)
    else:
        yield from chain(site)
    yield from of_another_unit(site)
    yield from value_for_gradient(site)
    for source in site.units(site.layer - 1)[:NEAREST]:
        a = site.symbol("a", site.layer - 1, source)
        yield Slip(known.BIAS_TIMES_INPUT, f"times {source}", site.formula * a,
                   f"That is multiplied by {{{a.name}}}. A bias is added as it is: its own factor is 1.")
