"""Reads a formula as people write it, and compares it with the right one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from tui_backprop.dataclass import dataclass
from tui_backprop.maths.equivalence import equivalent
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Div, Expr, symbols, walk
from tui_backprop.maths.parse import ParseError, parse, read, right_side
from tui_backprop.maths.plain import plain
from tui_backprop.maths.spelling import Vocabulary, canonical
from tui_backprop.patterns import late_pattern
from tui_backprop.tutor.calls_for_help import asks_for_help

FormulaVerdict = Literal["equivalent", "different", "invalid", "undecided"]

_PARTS = late_pattern(r"(?P<letter>[^_^']+)(?P<prime>'*)(?P<index>_[^^']+)?(?P<prime2>'*)(?P<layer>\^\(.*\))?")
_LAYERS = ("^(L)", "^(L-1)", "^(L-2)", "^(L-3)")
SAID: Mapping[FormulaVerdict, str] = {
    "equivalent": "That is right.",
    "different": "That is not the expression asked for.",
    "undecided": "I cannot tell whether that is right: write it in a simpler form.",
}
"""The message for a formula, by its verdict."""

NAMES_WANTED = "The answer has letters in it."
"""The message for a number where a formula with letters is asked for."""


@dataclass(frozen=True, slots=True)
class FormulaJudgement:
    """What is said about a formula. ``reading``: how it was read, in plain text; empty where it could not be.

    ``start`` and ``end``: the part of the text that could not be read, else 0.
    """

    verdict: FormulaVerdict
    message: str
    reading: str = ""
    start: int = 0
    end: int = 0


def check_formula(text: str, expected: str, variables: Sequence[str], positive: Iterable[str] = ()) -> FormulaJudgement:
    """Compare ``text``, a formula as people write it, with ``expected`` in the same grammar.

    ``variables`` are the names that may be used, each read in its usual spellings (``a_k``, ``ak``, ``aₖ``);
    ``positive`` those of them that only take values above 0. Verdicts: ``equivalent different invalid undecided``.
    ValueError where ``expected`` or ``positive`` does not fit ``variables``.
    """
    known = Vocabulary(spellings(variables))
    above_0 = frozenset(positive)
    strangers = above_0.difference(variables)
    if strangers:
        raise ValueError(f"positive names {', '.join(sorted(strangers))}, which variables does not")
    try:
        answer = parse(expected, known)
    except ParseError as refusal:
        raise ValueError(f'the formula "{expected}" cannot be read: {refusal.message}') from refusal
    if asks_for_help(text) and text.strip() not in known:
        return FormulaJudgement("invalid", "For a hint type ? alone.", "", 0, len(text))
    begin = right_side(text)
    try:
        parsed = read(text[begin:], known)
    except ParseError as refusal:
        return FormulaJudgement("invalid", refusal.message, "", begin + refusal.start, begin + refusal.end)
    reading = plain(parsed.expr)
    refused = _why_no_formula(parsed.expr, answer)
    if refused:
        return FormulaJudgement("invalid", f"I read {reading}. {refused}", reading)
    verdict = equivalent(parsed.expr, answer, above_0)
    message = " ".join((*parsed.notes, f"I read {reading}.", SAID[verdict]))
    return FormulaJudgement(verdict, message, reading)


def _why_no_formula(expr: Expr, answer: Expr) -> str:
    """Why an expression cannot be judged as a formula: it divides by 0, or is a number; else empty."""
    if any(isinstance(node, Div) and not symbols(node.denominator) and evaluate(node.denominator, _no_value) == 0
           for node in walk(expr)):
        return "This divides by 0, which has no value."
    if symbols(answer) and not symbols(expr) and equivalent(expr, answer) != "equivalent":
        return NAMES_WANTED
    return ""


def _no_value(name: str) -> float:
    raise KeyError(name)


def spellings(variables: Sequence[str]) -> dict[str, str]:
    """Every usual spelling of each variable, except those that two variables share.

    ``a_k^(L)`` may be typed ``a_k``, ``ak`` or ``ak^(L)`` too; ``a_k`` with any of the last layers.
    """
    own = {canonical(name): name for name in variables}
    meant: dict[str, set[str]] = {}
    for name in variables:
        for spelling in _usual(canonical(name)):
            meant.setdefault(spelling, set()).add(name)
    shared = {spelling: names.pop() for spelling, names in meant.items() if len(names) == 1 and spelling not in own}
    return {**{name: name for name in variables}, **shared}


def _usual(name: str) -> Iterable[str]:
    parts = _PARTS.fullmatch(name)
    if parts is None:
        return
    prime = parts["prime"] or parts["prime2"]
    index = parts["index"] or ""
    letter = parts["letter"]
    plain_index = index[1:] if index[1:].isalnum() else index
    layers = ("", parts["layer"]) if parts["layer"] else ("", *(_LAYERS if index else ()))
    for layer in layers:
        for joined in (f"{letter}{index}{prime}", f"{letter}{prime}{index}", f"{letter}{plain_index}{prime}"):
            yield joined + layer
