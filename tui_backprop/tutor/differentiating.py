"""Which derivative a lesson's question asks for, and which mistake a wrong answer to it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tui_backprop.course.lesson import Check, InlineRun
from tui_backprop.maths.derivative import depends, derivative
from tui_backprop.maths.equivalence import equivalent
from tui_backprop.maths.expression import Add, Expr
from tui_backprop.maths.parse import ParseError, parse, right_side
from tui_backprop.maths.spelling import Vocabulary
from tui_backprop.patterns import late_pattern
from tui_backprop.tutor.formulas import spellings
from tui_backprop.tutor.mistakes.derivatives import WrongDerivative, diagnose_derivative
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear
from tui_backprop.typeset.read_latex import LatexError, parse_latex
from tui_backprop.typeset.typed import as_set

DerivativeAsked = tuple[Expr, str]
"""An expression, and the symbol to differentiate it by."""

_OPERATOR = late_pattern(r"^\s*\\[dt]?frac\s*\{\s*(?:d|\\partial)\s*\}\s*\{\s*(?:d|\\partial)\s*[^{}]*\}")
_IN_WORDS = late_pattern(
    r"(?:differentiate|derivative of|slope of)\s+(.+?)(?:\s+(?:with respect|by|at|for)\b.*|[.?!:]?\s*$)", re.IGNORECASE)


@lru_cache(maxsize=256)
def read_derivative_asked(check: Check) -> DerivativeAsked | None:
    """What is differentiated, and by what; None where the question asks for no derivative that can be recognized.

    ``of`` names it; else it is the expression in the prompt whose derivative by one of the variables is the answer.
    """
    if check.kind != "formula":
        return None
    known = Vocabulary(spellings(check.variables))
    answer = _read(check.answer[0], known)
    if answer is None:
        return None
    found = list(list_expressions(check, known))
    names = [check.by] if check.by else list(check.variables)
    pairs = ((expr, name) for expr in found for name in names if depends(expr, name))
    return next((pair for pair in pairs if equivalent(derivative(*pair), answer, check.positive) == "equivalent"), None)


def list_expressions(check: Check, known: Vocabulary) -> Iterator[Expr]:
    """The expressions whose derivative may be asked: the one in ``of``, or those of the prompt that can be read."""
    for text in [check.of] if check.of else _texts(check):
        if (expr := _read(text, known)) is not None:
            yield expr


def is_not_multiplied_out(check: Check, typed: str) -> bool:
    """Is this a product, where a product of the question is to be written as the sum that it is?"""
    known = Vocabulary(spellings(check.variables))
    answer, expr = read_formula(check, check.answer[0]), read_formula(check, typed)
    if not isinstance(answer, Add) or expr is None or isinstance(expr, Add):
        return False
    return any(equivalent(asked, answer, check.positive) == "equivalent" for asked in list_expressions(check, known))


def wrong_derivative(check: Check, typed: str) -> WrongDerivative | None:
    """The mistake that a wrong answer shows; None where none does, or no derivative is asked."""
    asked = read_derivative_asked(check)
    expr = read_formula(check, typed) if asked is not None else None
    return diagnose_derivative(*asked, expr, check.positive) if asked is not None and expr is not None else None


def tell_of(check: Check, mistake: WrongDerivative) -> str:
    """The sentence about a mistake in a check's derivative."""
    asked = read_derivative_asked(check)
    return mistake.say.replace("{x}", as_set(asked[1]) if asked is not None else "x")


def read_formula(check: Check, text: str) -> Expr | None:
    """A formula typed for a check, perhaps with its left side; None where it cannot be read."""
    return _read(text[right_side(text):], Vocabulary(spellings(check.variables)))


def _read(text: str, known: Vocabulary) -> Expr | None:
    try:
        return parse(text, known)
    except ParseError:
        return None


def _texts(check: Check) -> Iterator[str]:
    """Every text of the prompt that may be the expression: formulas, and what stands after the word for it."""
    for run in check.prompt:
        yield from _of_run(run)


def _of_run(run: InlineRun) -> Iterator[str]:
    if run.kind == "math":
        try:
            text = linear(parse_latex(_OPERATOR.sub("", run.text)), Glyphs.ASCII)
        except LatexError:
            return
        yield text.rpartition("=")[2]
    elif run.kind == "code":
        yield run.text.rpartition("=")[2]
    else:
        yield from (found[1].rpartition("=")[2] for found in _IN_WORDS.finditer(run.text))
