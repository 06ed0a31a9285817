"""Warns of what shows without complaint, but not as its writer meant it: marks left open, hints that are the answer."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from tui_backprop.course.fields import did_you_mean, quote
from tui_backprop.course.lesson import (
    CALLOUTS,
    Block,
    Check,
    Finding,
    Heading,
    Inline,
    InlineRun,
    Lesson,
    Plot,
    Prose,
    Quote,
    plain_text,
)
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.parse import parse
from tui_backprop.patterns import late_pattern
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear
from tui_backprop.typeset.read_latex import LatexError, parse_latex

_SHOWN_AS_TEXT = (
    (late_pattern(r"^\s*#+[^\s#]"), "this is no heading without a space after the #"),
    (late_pattern(r"^\s*\|.*\|"), "this is no table: below its head goes a row such as | --- | --- |, as long"),
    (late_pattern(r"\*\*\S|\S\*\*"), "this ** has no partner, so it is shown: write **bold**, without a space inside"),
    (late_pattern(r"<!--|</?[a-z]+>", re.IGNORECASE), "there is no HTML in a lesson: it is shown as it stands here"),
    (late_pattern(r"\\\(|\\\[.*\\\]|^\s*:::"), "this has no meaning in a lesson: formulas stand between $…$"),
)
"""What is left of Markdown in running text where it was not read as such, and what to say of it."""
_ALERT = late_pattern(r"\[!\w+\]")
"""How some other viewers begin a callout."""
_LOOKED_AT = 40
"""How many places of a plot are tried for a value."""
_SAID = r"(?:=|\b(?:it|answer|result) is)\s*\$?\s*"
_GIVEN = late_pattern(_SAID + r"(-?\d[\d.]*\d|-?\d)(?![\w.]*\d)(?!\s*[-+*/\\^])", re.IGNORECASE)
"""A number that a hint says is the answer."""


def list_silent(lesson: Lesson) -> Iterator[Finding]:
    """What in a lesson is allowed, and most likely a mistake."""
    yield from _headings(lesson.blocks)
    for block in lesson.blocks:
        for content in block.contents():
            for run in content:
                yield from _run(run, block.line)
        if isinstance(block, Quote | Prose):
            yield from _callout(block)
        elif isinstance(block, Plot):
            yield from _plot(block)
        elif isinstance(block, Check):
            yield from _given_away(block)


def _warn(line: int, message: str) -> Finding:
    return Finding(line, message, "warning")


def _headings(blocks: Sequence[Block]) -> Iterator[Finding]:
    """Headings that stand twice: a link to one, and its entry in the table of contents, cannot be told apart."""
    first: dict[str, int] = {}
    for block in blocks:
        if isinstance(block, Heading) and (text := plain_text(block.content)):
            if text in first:
                yield _warn(block.line, f"the heading {quote(text)} stands on line {first[text]} already: change one")
            first.setdefault(text, block.line)
        elif isinstance(block, Heading):
            yield _warn(block.line, "this heading is empty: write something there")


def _run(run: InlineRun, line: int) -> Iterator[Finding]:
    if run.kind == "math" and "\t" in run.text:
        yield _warn(run.line or line, 'a tab stands in this formula: \\t in "…" is one, so write \'…\' around the text')
    if run.kind == "text":
        said = next((said for pattern, said in _SHOWN_AS_TEXT if pattern.search(run.text)), "")
        if said:
            yield _warn(run.line or line, said)


def _callout(block: Quote | Prose) -> Iterator[Finding]:
    """A quotation that begins with a word in bold and a point, as a callout does, and is none."""
    first = block.blocks[0] if isinstance(block, Quote) and block.blocks else None
    if not isinstance(first, Prose) or (isinstance(block, Quote) and block.callout) or not first.content:
        return
    said = first.content[0]
    if said.kind == "text" and (alert := _ALERT.match(said.text)) is not None:
        yield _warn(block.line, f"{quote(alert[0])} begins no callout: one begins with a word in bold, as **Note.**")
    if said.kind == "strong" and said.text.rstrip().endswith((".", ":")) and len(said.text.split()) < 3:
        near = did_you_mean(said.text.strip(" .:"), CALLOUTS.values())
        yield _warn(block.line, f"{quote(said.text)} begins no callout{near}")


def _plot(plot: Plot) -> Iterator[Finding]:
    low, high, at = plot.low, plot.high, plot.at
    if low is not None and high is not None and at is not None and not low <= at <= high:
        yield _warn(plot.line, f"the point at {at:g} lies outside the plot, which goes from {low:g} to {high:g}")
    if plot.formula and low is not None and high is not None and not _has_values(plot, low, high):
        yield _warn(plot.line, f"{quote(plot.formula)} has no value from {low:g} to {high:g}: the plot is empty")


def _has_values(plot: Plot, low: float, high: float) -> bool:
    expr = parse(plot.formula, {plot.variable: plot.variable})
    places = (low + (high - low) * n / _LOOKED_AT for n in range(_LOOKED_AT + 1))
    return any(math.isfinite(evaluate(expr, {plot.variable: place}.__getitem__)) for place in places)


def _given_away(check: Check) -> Iterator[Finding]:
    """Hints that hold the answer as it stands: whoever wants that asks for the answer."""
    for number, hint in enumerate(check.hints, 1):
        if _holds(check, hint):
            line = next((run.line for run in hint if run.line), check.line)
            yield _warn(line, f"hint {number} gives the answer away: say what leads to it")


def _holds(check: Check, hint: Inline) -> bool:
    text = plain_text(hint)
    if check.kind == "choice":
        labels = [plain_text(label) for label in check.labels]
        right = dict(zip(check.choices, labels, strict=False)).get(check.answer[0], "")
        return bool(right) and _names(text, right) and not any(
            _names(text, other) for other in labels if other != right)
    if check.kind == "number":
        return check.answer[0] in _GIVEN.findall(text)
    if check.kind == "formula":
        return _holds_formula(_plain(check.answer[0]), hint)
    return check.kind == "edge" and check.answer[0] in text


def _holds_formula(answer: str, hint: Inline) -> bool:
    """Does a hint have the formula as it stands? One symbol may be spoken of, unless it is said to be the answer."""
    before = ""
    for run in hint:
        formula = _bare(run)
        if run.kind != "text" and formula.rpartition("=")[2] == answer and (
                "=" in formula or re.search(r"\W", answer) or re.search(_SAID + "$", before, re.IGNORECASE)):
            return True
        before = run.text
    return False


def _names(text: str, label: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(label)}(?!\w)", text, re.IGNORECASE) is not None


def _bare(run: InlineRun) -> str:
    try:
        return _plain(linear(parse_latex(run.text), Glyphs.ASCII) if run.kind == "math" else run.text)
    except LatexError:
        return run.text


def _plain(formula: str) -> str:
    return re.sub(r"[\s*·_{}]", "", formula)
