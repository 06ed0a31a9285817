"""What somebody did who answers a smaller question wrongly: the slips that the part asked for has of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tui_backprop.derivation import Derivation
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import (
    Add,
    Call,
    Div,
    Expr,
    Mul,
    Neg,
    Number,
    Pow,
    product,
    total,
)
from tui_backprop.tutor.asking import say_formula
from tui_backprop.tutor.mistakes.slip import leave_out

ADDS = "That adds."
TO_BE = "It is to be {}."
"""Behind a sentence on a term with its sign turned round."""
POINT_MISPLACED = "The digits are right, the decimal point is not."
_FEW = 4
"""In a product or sum of more parts than this, nobody can tell which one was left out."""
_SAME = 1e-9


def tell_part(derivation: Derivation, part: Expr, is_it: Callable[[Expr], bool]) -> str:
    """What to say of a wrong number for a part; empty where no slip of the part's own gives it.

    ``is_it``: is the number entered what this expression comes to?
    """
    right = evaluate(part, derivation.values)
    if is_it(Neg(part)):  # that its sign is turned round is said of any number
        return ""
    for wrong, say in list_slips(part, partial(say_formula, derivation)):
        makes_a_difference = abs(evaluate(wrong, derivation.values) - right) > _SAME * abs(right)
        if makes_a_difference and is_it(wrong):
            return say
    return ""


def list_slips(part: Expr, said: Callable[[Expr], str]) -> Iterator[tuple[Expr, str]]:
    """The slips that a formula's own form invites to, the likeliest first, each with what to say.

    ``said`` writes a formula. The last two are a decimal point that is not in its place.
    """
    match part:
        case Mul(factors) if len(factors) <= _FEW:
            yield from _of_product(factors, said)
        case Add(terms) if len(terms) <= _FEW:
            yield from _of_sum(terms, said)
        case Div(top, bottom):
            yield top, f"That is {said(top)} alone. It is still to be divided by {said(bottom)}."
            yield bottom / top, f"That is upside down. Divide {said(top)} by {said(bottom)}."
            yield top * bottom, f"That multiplies by {said(bottom)}. Here it divides."
        case Pow(base, exponent):
            yield base, f"That is {said(base)} itself. Here {said(part)} is asked for."
            yield base * exponent, f"That multiplies by the {said(exponent)}. A power multiplies a number by itself."
        case Call(function, (inside,)):
            yield inside, f"That is {said(inside)}, which goes in. What does {function} make of it?"
        case _:
            pass
    for power in (10, -10):
        wrong = part * power if power > 0 else part / -power
        yield wrong, POINT_MISPLACED


def _of_product(factors: tuple[Expr, ...], said: Callable[[Expr], str]) -> Iterator[tuple[Expr, str]]:
    """One factor left out, with its sign or not; the factors added; divided; one in there twice."""
    whole = said(product(factors))
    for place, factor in enumerate(factors):
        rest = product(leave_out(factors, place))
        yield rest, f"That is {said(rest)} alone. It is still to be multiplied by {said(factor)}."
    yield total(factors), f"{ADDS} Here the numbers are multiplied: {whole}."
    for place in range(len(factors)):
        rest = product(leave_out(factors, place))
        yield Neg(rest), f"That is {said(rest)} with its sign turned round. Here {whole} is asked for."
    for place, factor in enumerate(factors):
        if not isinstance(factor, Number):
            yield product((*factors, factor)), f"That has {said(factor)} in it twice."
            rest = product(leave_out(factors, place))
            yield rest / factor, f"That divides by {said(factor)}. Here it multiplies."


def _of_sum(terms: tuple[Expr, ...], said: Callable[[Expr], str]) -> Iterator[tuple[Expr, str]]:
    """One term left out, or with its sign turned round."""
    for place, term in reversed(list(enumerate(terms))):  # what is taken off mostly stands at the end
        before, after = terms[:place], terms[place + 1:]
        way, other = ("taken off", "added") if isinstance(term, Neg) else ("added", "taken off")
        bare = term.operand if isinstance(term, Neg) else term
        rest = total(before + after)
        alone = rest.operand if isinstance(rest, Neg) else rest
        whole = f"Here {said(total(terms))} is asked for."
        yield rest, (f"That is {said(rest)} alone. {whole}" if alone != rest else
                     f"That leaves {said(bare)} out. It is still to be {way}.")
        if alone != rest:
            yield alone, f"That is {said(alone)} alone. {whole}"
        turned = bare if isinstance(term, Neg) else Neg(term)
        yield total((*before, turned, *after)), f"There {said(bare)} is {other}. {TO_BE.format(way)}"
