"""A worked solution as lines of text or Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from textwrap import wrap

from tui_backprop.derivation import Solution, Step
from tui_backprop.export.outline import EQUALS, MOST_GIVEN, equation, givens, number_of
from tui_backprop.tutor.wording import words_for
from tui_backprop.typeset.glyphs import Glyphs, plain_text
from tui_backprop.typeset.linear import linear

_WIDTH = 80
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|$~&])")
"""What may mean something to Markdown within a line."""


def solution_text(
    solution: Solution, steps: Sequence[Step], glyphs: Glyphs, *, markdown: bool = False
) -> Iterator[str]:
    """The title, what is given, and each step: its name, formula, numbers and value."""
    title = plain_text(solution.title, glyphs)
    yield f"# {escaped(title)}" if markdown else title
    yield ""
    listed = [linear(item, glyphs) for item in islice(givens(solution.derivation), MOST_GIVEN + 1)]
    given = "Given: " + ", ".join((*listed[:MOST_GIVEN], *("..." for _ in listed[MOST_GIVEN:])))
    yield from (given,) if markdown else _folded(given, "", "       ")
    yield ""
    for step in steps:
        number = number_of(step)
        title = plain_text(words_for(solution.derivation, step.id).title, glyphs)
        sample = f", sample {step.sample}" if step.id.startswith("#") else ""
        yield f"{number}. **{title}{sample}**  " if markdown else f"{number:3}. {title}{sample}"
        parts = _parts(step, glyphs)
        yield from ("   " + "".join(parts),) if markdown else _lines(parts)


def escaped(text: str) -> str:
    """Text as Markdown shows it as it is: no markup, no HTML, no formula."""
    return _SPECIAL.sub(r"\\\1", text)


def _parts(step: Step, glyphs: Glyphs) -> list[str]:
    """The parts of a step's equation as text, each but the first with its sign of equality."""
    first, *rest = (linear(part, glyphs) for part in equation(step))
    return [first, *(linear(EQUALS, glyphs) + part for part in rest)]


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
