"""The known mistakes with the samples of a batch: the mean over them, and one sample's number taken for another's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tui_backprop.derivation.ids import Ref, parse_id
from tui_backprop.maths.expression import Add, Div, Expr, Neg, Symbol, substitute, symbols, total
from tui_backprop.tutor.mistakes import known
from tui_backprop.tutor.mistakes.slip import MOST_TERMS, Site, Slip, leave_out, turn_sign

_FEW: Final = 4
"""In a larger batch nobody can tell which sample's number was taken, nor which was taken off."""


def of_sample(quantity: str, sample: int) -> str:
    """The same quantity of another sample of the batch."""
    ref = parse_id(quantity)
    return str(Ref(ref.role, ref.layer, ref.units, sample))


def mean(site: Site) -> Iterator[Slip]:
    """Slips at the mean over a batch."""
    count = site.graph.batch
    top = site.formula.numerator if isinstance(site.formula, Div) else count * site.formula
    yield Slip(known.SUM_FOR_MEAN, "sum", top, f"That is the sum over the {count} samples. What is their mean?")
    yield Slip(known.MEAN_TWICE, "mean twice", site.formula / count,
               f"That is divided by {count}, the number of samples, twice.")
    yield turn_sign(site.formula)
    if count > 2:
        yield Slip(known.SUM_FOR_MEAN, "by one less", top / (count - 1),
                   f"That divides by {count - 1}. The mean of {count} samples divides by {count}.", unlikely=0.5)
    yield from _averaged_first(site)
    samples = top.terms if isinstance(top, Add) and len(top.terms) <= MOST_TERMS else ()
    for place, one in enumerate(samples):
        if count <= _FEW and site.derivation.values(of_sample(site.quantity, place + 1)):
            turned = (*samples[:place], Neg(one), *samples[place + 1:])
            for way, wrong in (("", total(turned) / count), (", not divided", total(turned))):
                yield Slip(known.SIGN, f"sample {place} taken off{way}", wrong,
                           f"That takes sample {place + 1} off. The mean adds all samples up, each with its own sign.",
                           unlikely=0.4 + bool(way) / 2)
        yield Slip(known.ONE_INPUT_MISSING, f"sample {place} alone", one,
                   f"That is of sample {place + 1} alone. The mean is over all {count}.")
        if count > 2:
            rest = total(leave_out(samples, place))
            say = f"That leaves sample {place + 1} out of the mean."
            yield Slip(known.ONE_INPUT_MISSING, f"no sample {place}", rest / count, say)
            yield Slip(known.ONE_INPUT_MISSING, f"mean of all but {place}", rest / (count - 1), say, unlikely=0.3)


def _averaged_first(site: Site) -> Iterator[Slip]:
    """A sample's formula with the mean over the batch in place of each of its numbers."""
    count = site.graph.batch
    formula = site.graph.formula(of_sample(site.quantity, 1))
    if count > MOST_TERMS or formula is None:
        return

    def averaged(name: str) -> Expr | None:
        if parse_id(name).sample is None:
            return None
        return total(tuple(Symbol(of_sample(name, sample + 1)) for sample in range(count))) / count

    yield Slip(known.AVERAGED_FIRST, "averaged first", substitute(formula, averaged),
               "That averages over the samples first. Work it out for each sample, and then take the mean.")


def other_samples(site: Site) -> Iterator[Slip]:
    """Slips at a quantity of one sample: it, or one number in its formula, is another sample's."""
    own, count = site.ref.sample, site.graph.batch
    if own is None or not 1 < count <= _FEW or not site.nearby:
        return
    names = [name for name in symbols(site.formula) if parse_id(name).sample is not None]
    for sample in (sample for sample in range(1, count + 1) if sample != own):
        whole = of_sample(site.quantity, sample)
        yield Slip(known.OTHER_SAMPLE, whole, Symbol(whole), f"That is {{{whole}}}, of sample {sample}.")
        for name in names if 1 < len(names) <= MOST_TERMS else ():
            other = of_sample(name, sample)
            wrong = substitute(site.formula, {name: Symbol(other)}.get)
            yield Slip(known.OTHER_SAMPLE, f"{other} in {site.quantity}", wrong,
                       f"That takes {{{other}}}, of sample {sample}. Here sample {own} is worked out.")
