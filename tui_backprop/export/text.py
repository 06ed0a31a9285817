"""A worked solution as lines of text or Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from tui_backprop.derivation import Derivation, Solution, Step
from tui_backprop.maths.numerals import shown
from tui_backprop.tutor.display import shown_value
from tui_backprop.tutor.plan import givens_of
from tui_backprop.tutor.wording import words_for
from tui_backprop.typeset.glyphs import Glyphs, plain_text
from tui_backprop.typeset.layout import Row, Text, operator
from tui_backprop.typeset.linear import linear

_DIGITS = 6
_LONG_SUM = 6
_WIDTH = 80
_EQUALS = operator(" = ")


def solution_text(
    solution: Solution, steps: Sequence[Step], glyphs: Glyphs, *, markdown: bool = False
) -> Iterator[str]:
    """The title, what is given, and each step: its name, formula, numbers and value."""
    yield plain_text(f"# {solution.title}" if markdown else solution.title, glyphs)
    yield ""
    given = "Given: " + ", ".join(_givens(solution.derivation, glyphs))
    yield from (given,) if markdown else _folded(given, "", "       ")
    yield ""
    for step in steps:
        number = (solution.derivation.order.find(step.id) or 0) + 1
        title = plain_text(words_for(solution.derivation, step.id).title, glyphs)
        sample = f", sample {step.sample}" if step.id.startswith("#") else ""
        yield f"{number}. **{title}{sample}**  " if markdown else f"{number:3}. {title}{sample}"
        parts = _parts(step, glyphs)
        yield from ("   " + "".join(parts),) if markdown else _lines(parts)


def _parts(step: Step, glyphs: Glyphs) -> list[str]:
    """What stands between the signs of equality, each part but the first with its sign; no part twice running."""

    def number(value: float) -> str:
        return shown(value, _DIGITS).replace("−", "-")

    value = Text(number(step.value), "number")
    parts = [step.name, step.formula_layout(elide=_LONG_SUM), step.substituted_layout(number, elide=_LONG_SUM), value]
    lines = [linear(part, glyphs) for part in parts]
    kept = [line for place, line in enumerate(lines) if place == 0 or line != lines[place - 1]]
    return [kept[0], *(linear(_EQUALS, glyphs) + line for line in kept[1:])]


def _lines(parts: Sequence[str]) -> Iterator[str]:
    """A step in 80 columns: on one line, or else a line for each part; longer parts go on further in."""
    whole = "     " + "".join(parts)
    if len(whole) <= _WIDTH:
        yield whole
        return
    for place, part in enumerate(parts):
        yield from _folded(part.strip(), "     " if place == 0 else "       ", "         ")


def _folded(text: str, first: str, rest: str) -> list[str]:
    """Text in 80 columns, broken at spaces; a sign of equality stays with what is on both its sides."""
    kept = text.replace(" = ", "\u00a0=\u00a0").replace("= ", "=\u00a0")
    lines = wrap(kept, _WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False,
                 break_on_hyphens=False)
    return [line.replace("\u00a0", " ") for line in lines]


def _givens(derivation: Derivation, glyphs: Glyphs) -> Iterator[str]:
    for count, (quantity, _) in enumerate(givens_of(derivation)):
        if count == _MOST_GIVENS:
            yield "..."
            return
        value = Text(shown_value(derivation, quantity, _DIGITS).replace("−", "-"), "number")
        yield linear(Row((derivation.naming.name(quantity), _EQUALS, value)), glyphs)


_MOST_GIVENS = 60
