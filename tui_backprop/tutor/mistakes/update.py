"""The known mistakes of a parameter's update, as changed formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui_backprop.derivation.derivation import Derivation
from tui_backprop.derivation.ids import before_update
from tui_backprop.derivation.roles import ACTIVATION, BIAS, RATE, WEIGHT
from tui_backprop.maths.expression import Expr, Neg, Symbol, number
from tui_backprop.tutor.mistakes import known
from tui_backprop.tutor.mistakes.batches import of_sample
from tui_backprop.tutor.mistakes.slip import NEAREST, Site, Slip
from tui_backprop.tutor.rules import SIGN_TURNED

_USUAL_RATES = ("0.1", "0.5", "0.01")
"""Rates that somebody may have in mind from another exercise."""
_FEW = 4
"""In a larger batch, or of more inputs, nobody can tell whose gradient was taken."""


def step_here(old: Symbol, gradient: Symbol, rate: Symbol, *, negative: bool) -> Iterator[Slip]:
    """Slips that are made at the very step that is asked for; ``negative``: is w below 0?"""
    change = rate * gradient
    if negative:
        for way, wrong in (("lost", Neg(old) - change), ("lost, uphill", Neg(old) + change)):
            yield Slip(known.SIGN, f"sign of the old value {way}", wrong,
                       f"The step starts from {{{old.name}}}, which is below 0. Where is its minus sign?", unlikely=0.4)
    for wrong, said in ((old - rate, "less"), (old + rate, "plus")):
        yield Slip(known.FACTOR_MISSING, f"{said} the rate", wrong,
                   f"That is {{{old.name}}} {said} {{{rate.name}}}. The step is {{{rate.name}}} times "
                   f"{{{gradient.name}}}.")
    for other in _USUAL_RATES:
        yield Slip(known.OTHER_RATE, f"rate {other}", old - number(other) * gradient,
                   f"That takes a step with the rate {other}. Which learning rate is given here?")
    yield Slip(known.DIVIDED_FACTORS, "divided by the rate", old - gradient / rate,
               f"That divides by {{{rate.name}}}. The learning rate multiplies the gradient.")
    yield Slip(known.BRACKET_LOST, "rate taken off", (old - rate) * gradient,
               f"That takes {{{rate.name}}} off {{{old.name}}} first. It belongs to the gradient, which it multiplies.",
               unlikely=0.4)


def step(old: Symbol, gradient: Symbol, rate: Symbol) -> Iterator[Slip]:
    """Slips at w′ = w − r g."""
    change = rate * gradient
    uphill = f"That steps the wrong way. {{{rate.name}}} · {{{gradient.name}}} is taken off, and its own sign counts."
    yield Slip(known.ASCENT, "ascent", old + change, uphill)
    yield Slip(known.SIGN, "sign", old + change, uphill)
    yield Slip(known.STEP_ONLY, "change", Neg(change), f"That is the step. Where does it take {{{old.name}}}?")
    yield Slip(known.STEP_ONLY, "unsigned change", change,
               f"That is the size of the step. Where does it take {{{old.name}}}?")
    yield Slip(known.LEARNING_RATE_MISSING, "no rate", old - gradient,
               f"That takes the whole of {{{gradient.name}}} off. How long is one step?")
    yield Slip(known.LEARNING_RATE_TWICE, "rate twice", old - rate * rate * gradient,
               f"The learning rate {{{rate.name}}} is in there twice.")
    yield Slip(known.LEARNING_RATE_MISSING, "no rate uphill", old + gradient,
               f"That adds the whole of {{{gradient.name}}}. How long is one step, and which way?")
    yield Slip(known.VALUE_FOR_GRADIENT, "gradient", gradient,
               f"That is {{{gradient.name}}}, the gradient. Where does the step take {{{old.name}}}?")
    yield Slip(known.VALUE_FOR_GRADIENT, "size of the gradient", Neg(gradient),
               f"That is {{{gradient.name}}} with its sign turned round. Where does the step take {{{old.name}}}?",
               unlikely=0.3)
    yield Slip(known.SIGN, "step less old", change - old,
               f"{SIGN_TURNED} The step is taken off {{{old.name}}}, not the other way round.")
    yield Slip(known.SIGN, "gradient less old", gradient - old,
               f"That takes {{{old.name}}} off the whole gradient. It is the other way round, and with the learning "
               "rate.")
    yield Slip(known.NOT_UPDATED, "old value", old, f"That is {{{old.name}}} as it was. Where does the step take it?")


def typed_steps(derivation: Derivation, quantity: str) -> Iterator[Slip]:
    """Slips that only somebody shows who types the step out: it is taken off, with the gradient's sign turned round."""
    graph = derivation.graph
    if graph.kind(quantity) != "update":
        return
    old, rate = Symbol(before_update(quantity)), Symbol(graph.rate)
    gradient = Symbol(graph.gradient_id(old.name))
    say = f"That takes the step off, which is right, but with the sign of {{{gradient.name}}} turned round."
    yield Slip(known.SIGN, "sign of the gradient", old - rate * Neg(gradient), say)


def wrong_base(others: Iterable[str], change: Expr, own: str) -> Iterator[Slip]:
    """Slips: the step taken from another parameter."""
    for other, _ in zip(others, range(NEAREST), strict=False):
        yield Slip(known.WRONG_BASE, other, Symbol(other) - change,
                   f"That starts from {{{other}}}. This step starts from {{{own}}}.")


def update(site: Site) -> Iterator[Slip]:
    """Slips at w′ or b′."""
    role = site.role.before
    old, rate = site.symbol(role, site.layer, *site.ref.units), site.symbol(RATE)
    gradient = Symbol(site.graph.gradient_id(old.name))
    yield from step(old, gradient, rate)
    if site.nearby:
        yield from step_here(old, gradient, rate, negative=site.derivation.values(old.name) < 0)
    yield from _of_samples(old, gradient, rate, site)
    yield from _of_bias_or_weight(old, rate, site)
    others = [site.id(role, *place) for place in _others(site)] if site.nearby else []
    ends = zip((site.layer - 1, site.layer), site.ref.units, strict=True) if site.role.is_edge and site.nearby else ()
    activations = [site.id(ACTIVATION, *end) for end in ends] if site.graph.batch == 1 else []
    yield from wrong_base((*others, *activations), rate * gradient, old.name)
    for other in others[:NEAREST]:
        name = site.graph.gradient_id(other)
        yield Slip(known.WRONG_LAYER, name, old - rate * Symbol(name),
                   f"That takes off {{{name}}}, which belongs to another parameter.", unlikely=0.3)
        new = site.graph.update_id(other)
        yield Slip(known.WRONG_LAYER, new, Symbol(new), f"That is {{{new}}}, another parameter.", unlikely=-1.0)


def _of_samples(old: Symbol, gradient: Symbol, rate: Symbol, site: Site) -> Iterator[Slip]:
    """Slips in a batch: the sum of the samples' gradients, their mean divided again, or one sample's alone."""
    if (count := site.graph.batch) == 1:
        return
    yield Slip(known.SUM_FOR_MEAN, "samples added", old - rate * count * gradient,
               f"That takes off the sum over the {count} samples. Each step uses the mean.")
    yield Slip(known.MEAN_TWICE, "mean divided again", old - rate * gradient / count,
               f"That divides by {count} once more. {{{gradient.name}}} is the mean already.")
    for sample in range(1, count + 1) if count <= _FEW else ():
        name = of_sample(gradient.name, sample)
        yield Slip(known.ONE_INPUT_MISSING, name, old - rate * Symbol(name),
                   f"That takes off {{{name}}}, of sample {sample} alone. Each step uses the mean.")


def _of_bias_or_weight(old: Symbol, rate: Symbol, site: Site) -> Iterator[Slip]:
    """Slips: a bias moved by the gradient of a weight into its unit, or a weight by its unit's bias's."""
    unit = site.ref.units[-1]
    sources = site.units(site.layer - 1)
    if not site.nearby or site.graph.network.biases is None or len(sources) > _FEW:
        return
    if site.role.is_edge:
        name = site.graph.gradient_id(site.id(BIAS, site.layer, unit))
        yield Slip(known.INPUT_FACTOR_MISSING, "gradient of the bias", old - rate * Symbol(name),
                   f"That takes off {{{name}}}, which belongs to the bias. A weight's gradient has one more factor: "
                   "what comes through the weight.", unlikely=0.1)
        return
    for name in (site.graph.gradient_id(site.id(WEIGHT, site.layer, source, unit)) for source in sources):
        yield Slip(known.BIAS_TIMES_INPUT, f"gradient {name}", old - rate * Symbol(name),
                   f"That takes off {{{name}}}, which belongs to a weight. A bias's own factor is 1.", unlikely=-0.2)


def _others(site: Site) -> Iterator[tuple[int, *tuple[str, ...]]]:
    """Layer and units of the other parameters of the same role, the nearest first."""
    layers = [at for at in (site.layer, site.layer + 1, site.layer - 1) if 1 <= at <= site.graph.network.last]
    own = (site.layer, *site.ref.units)
    for at in layers:
        if site.role.is_edge:
            places: Iterator[tuple[int, *tuple[str, ...]]] = (
                (at, a, b) for a in site.units(at - 1) for b in site.units(at))
        else:
            places = ((at, unit) for unit in site.units(at))
        yield from (place for place, _ in zip(places, range(NEAREST + 1), strict=False) if place != own)


def value_for_gradient(site: Site) -> Iterator[Slip]:
    """Slips at a gradient: the new parameter, or the old one less the gradient, given instead."""
    old = site.graph.parameter_of(site.quantity)
    if site.ref.sample is not None or old is None or site.graph.is_fixed(old):
        return
    yield from gradient_slips(Symbol(old), Symbol(site.graph.update_id(old)), site.formula, nearby=site.nearby)


def gradient_slips(old: Symbol, new: Symbol, gradient: Expr, *, nearby: bool) -> Iterator[Slip]:
    """What learners enter for a gradient when they are a step ahead already."""
    yield Slip(known.VALUE_FOR_GRADIENT, "new value", new,
               f"That is {{{new.name}}}, the new value. Here its gradient is asked for.")
    if nearby:
        yield Slip(known.VALUE_FOR_GRADIENT, "old value", old,
                   f"That is {{{old.name}}} itself. How fast does the result change when it grows?", unlikely=0.2)
    for way, wrong, said in (("old less gradient", old - gradient, f"{{{old.name}}} less the gradient"),
                             ("gradient less old", gradient - old, f"the gradient less {{{old.name}}}")):
        yield Slip(known.VALUE_FOR_GRADIENT, way, wrong, f"That is {said}. Only the gradient is asked for.")
