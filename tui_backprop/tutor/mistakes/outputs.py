"""The known mistakes where the cost meets an output: ∂C/∂a, and the short form a − y of ∂C/∂z."""

from __future__ import annotations

from collections.abc import Iterator

from tui_backprop.maths.expression import Neg, Symbol, number, substitute, symbols
from tui_backprop.tutor.mistakes import known
from tui_backprop.tutor.mistakes.forward import HALF
from tui_backprop.tutor.mistakes.products import half_and_sign
from tui_backprop.tutor.mistakes.slip import NEAREST, Site, Slip, of_another_unit, other_outputs


def cost_slope(site: Site) -> Iterator[Slip]:
    """∂C/∂a of an output."""
    unit, square, layer = site.ref.units[0], site.graph.cost.square, site.layer
    a, y = site.symbol("a", layer, unit), site.symbol("y", layer, unit)
    names, outputs = f"{{{a.name}}} − {{{y.name}}}", len(site.units(layer))
    if square == "half":
        yield Slip(known.FACTOR_TWO, "double", 2 * site.formula,
                   f"That is 2({names}): the 2 of the square meets the ½.")
    elif square:
        yield Slip(known.FACTOR_TWO, "half", HALF * site.formula,
                   f"That is {names}: the square brings a 2 down in front."
                   if square == "whole" or outputs == 1 else
                   f"The 2 is missing: the square of {names} brings a 2 down in front.")
        yield Slip(known.FACTOR_TWO, "double", 2 * site.formula, "The 2 that the square brings down is in there twice.")
        yield from half_and_sign(site, f"That is {{{y.name}}} − {{{a.name}}}: turned round, and without the 2 that "
                                        "the square brings down." if square == "whole" or outputs == 1 else
                                        "The sign is turned round, and the 2 that the square brings down is missing.")
    yield Slip(known.SIGN, "sign", Neg(site.formula), f"The sign is turned round. Is it {names} or its opposite?")
    if square == "half":  # two names for one number, and one thing to say of it
        say = f"That is ({names})/2. The square brings a 2 down: what becomes of the ½?"
        yield Slip(known.FACTOR_TWO, "half", (a - y) * HALF, say)
        yield Slip(known.HALF_WITHOUT_SQUARE, "half of the difference", (a - y) * HALF, say)
    if square == "mean" and outputs > 1:
        yield Slip(known.SUM_FOR_MEAN, "sum over outputs", outputs * site.formula,
                   f"That is not divided by {outputs}, the number of outputs.")
        yield Slip(known.MEAN_TWICE, "mean over outputs twice", site.formula / outputs,
                   f"That is divided by {outputs}, the number of outputs, twice.")
    if outputs > 1:
        part = site.id("C", layer, unit)
        yield Slip(known.COST_FOR_DERIVATIVE, "part", Symbol(part),
                   f"That is {{{part}}} itself. How does it change with {{{a.name}}}?")
    yield Slip(known.COST_FOR_DERIVATIVE, "cost", site.symbol("C"),
               f"That is {{{site.id('C')}}} itself. How does it change with {{{a.name}}}?")
    if square:
        yield Slip(known.COST_FOR_DERIVATIVE, "square", (a - y) ** 2,
                   f"That is ({names})². What is the slope of a square?")
    if site.graph.cost.shortcut is not None:
        yield Slip(known.SOFTMAX_EXTRA_FACTOR, "short form", a - y,
                   f"{names} is {{{site.id('dC/dz', layer, unit)}}}: it has the slope of the activation in it already.")
    yield from other_targets(site, unit)
    if outputs > 1 and square != "mean":
        yield Slip(known.MEAN_TWICE, "mean over outputs", site.formula / outputs,
                   f"That is divided by {outputs}, the number of outputs. This cost adds its parts up.")
    if site.activation not in ("identity", "softmax"):
        z = site.symbol("z", layer, unit)
        yield Slip(known.Z_TAKEN_FOR_A, "z for a", substitute(site.formula, {a.name: z}.get),
                   f"That takes {{{z.name}}} for {{{a.name}}}. What is compared with the target?", unlikely=1.5)
    yield from of_another_unit(site)
    yield from other_outputs(site)


def other_targets(site: Site, unit: str) -> Iterator[Slip]:
    """An output compared with another's target, or with none."""
    a, own = site.symbol("a", site.layer, unit), site.id("y", site.layer, unit)
    if own not in symbols(site.formula):
        return
    mistake = known.DERIVATIVE_OF_OTHER_FUNCTION if site.activation == "softmax" else known.ONE_INPUT_MISSING
    yield Slip(mistake, "no target", substitute(site.formula, {own: number(0)}.get),
               f"That leaves the target {{{own}}} out. What is {{{a.name}}} compared with?",
               unlikely=0.3 - mistake.rank)
    for other in site.units(site.layer)[:NEAREST] if site.nearby else ():
        if other != unit:
            name = site.id("y", site.layer, other)
            yield Slip(known.WRONG_LAYER, f"target {other}", substitute(site.formula, {own: Symbol(name)}.get),
                       f"That takes the target {{{name}}}. Which target is this output's own?", unlikely=-1.5)
