"""What in the answers of a check its author should look at again: sentences nobody is told, another derivative."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui_backprop.course.lesson import Check, plain_text
from tui_backprop.maths.derivative import depends, derivative
from tui_backprop.maths.equivalence import equivalent
from tui_backprop.maths.parse import ParseError, parse
from tui_backprop.maths.spelling import Vocabulary
from tui_backprop.patterns import late_pattern
from tui_backprop.tutor.checks import why_never_said
from tui_backprop.tutor.differentiating import list_expressions, read_derivative_asked
from tui_backprop.tutor.formulas import spellings

_ASKS_FOR_DERIVATIVE = late_pattern(r"\s*differentiate\b", re.IGNORECASE)
_BY = late_pattern(r"with respect to \$?([^\s$.?,]+)")


def list_doubts(check: Check) -> Iterator[tuple[int, str]]:
    """Each doubt about a check's answers, with its line."""
    for wrong in check.wrong:
        if reason := why_never_said(check, wrong):
            yield wrong.line or check.line, f'nobody is told what is said to "{", ".join(wrong.answer)}": {reason}'
    if said := _is_another_derivative(check):
        yield check.answer_line or check.line, said


def _is_another_derivative(check: Check) -> str:
    """Where the prompt says "differentiate E with respect to x", and the answer is not that derivative: a sentence.

    Only where exactly one expression of the prompt depends on x; others may be said of the numbers in it.
    """
    prompt = plain_text(check.prompt)
    by = _BY.search(prompt)
    if check.kind != "formula" or not _ASKS_FOR_DERIVATIVE.match(prompt) or read_derivative_asked(check) is not None:
        return ""
    name = check.by or (by[1] if by else check.variables[0] if len(check.variables) == 1 else "")
    known = Vocabulary(spellings(check.variables))
    asked = [expr for expr in list_expressions(check, known) if name in check.variables and depends(expr, name)]
    asked = [expr for expr in asked if equivalent(derivative(expr, name), parse("1", known)) != "equivalent"]
    try:
        answer = parse(check.answer[0], known)
    except ParseError:  # reported elsewhere
        return ""
    if len(asked) != 1 or equivalent(derivative(asked[0], name), answer, check.positive) != "different":
        return ""
    return f'"{check.answer[0]}" is not the derivative by {name} of what the prompt has: mend one, or say it in `of`'
