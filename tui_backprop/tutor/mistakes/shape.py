"""The known mistakes that the shape of a formula suggests, for quantities that have no family of their own."""

from __future__ import annotations

from collections.abc import Iterator

from tui_backprop.maths.expression import Add, Expr, Mul, Neg, Number, product, total
from tui_backprop.tutor.mistakes import known
from tui_backprop.tutor.mistakes.slip import MOST_TERMS, Site, Slip, turn_sign

MOST_DEPTH = 3
"""How deep in a formula a part is looked for."""


def by_shape(site: Site) -> Iterator[Slip]:
    """Slips that any formula suggests: a term or factor left out, a term's sign turned, factors added, the sign."""
    for number, (wrong, mistake, say) in enumerate(wrong_parts(site.formula, MOST_DEPTH)):
        yield Slip(mistake, f"part {number}", wrong, say)
    yield turn_sign(site.formula)


def wrong_parts(formula: Expr, depth: int) -> Iterator[tuple[Expr, known.Mistake, str]]:
    """The formula with one part of it wrong, the mistake, and what to say; once for each part."""
    if depth == 0:
        return
    match formula:
        case Add(terms) if len(terms) <= MOST_TERMS:
            for place, term in enumerate(terms):
                before, after = terms[:place], terms[place + 1:]
                rest = total(before + after)
                yield rest, known.ONE_INPUT_MISSING, "That leaves one term of the sum out."
                if isinstance(rest, Neg):
                    other = term.value if isinstance(term, Number) else "another term"
                    yield rest.operand, known.ONE_INPUT_MISSING, f"That still has to be taken off {other}."
                turned = term.operand if isinstance(term, Neg) else Neg(term)
                yield (total((*before, turned, *after)), known.SIGN,
                       "One of its terms has the wrong sign. Which are added, which are taken off?")
                for part, mistake, say in wrong_parts(term, depth - 1):
                    yield total((*before, part, *after)), mistake, say
        case Mul(factors) if len(factors) <= MOST_TERMS:
            for place, factor in enumerate(factors):
                before, after = factors[:place], factors[place + 1:]
                yield product(before + after), known.FACTOR_MISSING, "That leaves one factor of the product out."
                for part, mistake, say in wrong_parts(factor, depth - 1):
                    yield product((*before, part, *after)), mistake, say
            yield total(factors), known.ADDED_FACTORS, "Those are the right factors, added. They are multiplied here."
        case Neg(part):
            yield from ((Neg(wrong), mistake, say) for wrong, mistake, say in wrong_parts(part, depth - 1))
        case _:
            return
