"""A worked solution as lines of text or Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tui_backprop.export.outline import derive_lines, list_given_rows, number_of
from tui_backprop.patterns import late_pattern
from tui_backprop.tutor.wording import title_for
from tui_backprop.typeset.glyphs import Glyphs, plain_text, plain_title
from tui_backprop.typeset.layout import EQUALS, Layout, Text
from tui_backprop.typeset.linear import linear, untagged

if TYPE_CHECKING:  # a quiz needs no solution
    from tui_backprop.derivation import Derivation, Solution, Step

WIDTH = 80
_KEPT = "\u00a0"
"""A space at which no line is broken."""
_SPECIAL = late_pattern(r"([\\`*_\[\]<>#|$~&])")
"""Characters that may mean something to Markdown within a line."""
_SIGN = late_pattern(r" ([=+−*·-]) ")
_WORD = late_pattern(r"( *)([^ ]+)")
_BEFORE_TERM = late_pattern(r" (?=[+−-])")


def solution_text(
    solution: Solution, steps: Sequence[Step], glyphs: Glyphs, *, markdown: bool = False
) -> Iterator[str]:
    """The title, the givens, and each step: its name, formula, formula with numbers, and value."""
    from tui_backprop.export.equation_text import EquationTexts  # a quiz writes the givens alone

    title = plain_title(solution.title, glyphs)
    yield f"# {escape(title)}" if markdown else title
    yield ""
    write_givens = tabulate_givens if markdown else list_given_lines
    yield from write_givens(solution.derivation, glyphs)
    yield ""
    texts = EquationTexts(solution.derivation, glyphs)
    for step in steps:
        number = number_of(step)
        title = plain_text(title_for(solution.derivation, step.id), glyphs)
        yield f"{number}. **{title}**  " if markdown else f"{number:3}. {title}"
        made = list(derive_lines(step))
        parts = _join_parts(texts.of(step), glyphs)
        yield from ("   " + "".join(parts) + "  " * bool(made),) if markdown else _lines(parts)
        for place, one in enumerate(made):
            first, *rest = _join_parts([linear(part, glyphs) for part in one], glyphs)
            parts = [f"with {first}" if place == 0 else first, *rest]
            end = "  " if place < len(made) - 1 else ""
            yield from ("   " + "".join(parts) + end,) if markdown else _lines(parts, "       ")


def solution_markdown(solution: Solution, steps: Sequence[Step], glyphs: Glyphs) -> Iterator[str]:
    """:func:`solution_text` in Markdown."""
    return solution_text(solution, steps, glyphs, markdown=True)


def tabulate_givens(derivation: Derivation, glyphs: Glyphs) -> Iterator[str]:
    """The givens as a table of Markdown, a row for each kind."""
    yield "| given | |"
    yield "| --- | --- |"
    for given in list_given_rows(derivation):
        yield table_row(given.label, given.items, glyphs)


def table_row(label: str, items: Sequence[Layout], glyphs: Glyphs) -> str:
    """A row of Markdown: formulas as code, words as words."""
    return f"| {label} | {', '.join(_cell(item, glyphs) for item in items)} |"


def code(layout: Layout, glyphs: Glyphs) -> str:
    """A formula as inline code, in which no sign means anything to Markdown."""
    return f"`{linear(layout, glyphs)}`"


def _cell(layout: Layout, glyphs: Glyphs) -> str:
    inside = untagged(layout)
    if isinstance(inside, Text) and inside.role == "words":
        return escape(plain_text(inside.text, glyphs))
    return code(layout, glyphs).replace("|", r"\|")


def list_given_lines(derivation: Derivation, glyphs: Glyphs) -> Iterator[str]:
    """The givens as text: one line or more for each kind, broken between givens."""
    yield "Given"
    for given in list_given_rows(derivation):
        items = [linear(item, glyphs).replace(" ", _KEPT) for item in given.items]
        yield from _wrap(f"{given.label}: {', '.join(items)}", "  ", "    ")


def escape(text: str) -> str:
    """Text with Markdown's own characters escaped, so that it is shown literally."""
    return _SPECIAL.sub(r"\\\1", text)


def _join_parts(parts: Sequence[str], glyphs: Glyphs) -> list[str]:
    """The parts of an equation, each but the first with an equals sign before it."""
    first, *rest = parts
    return [first, *(linear(EQUALS, glyphs) + part for part in rest)]


def _lines(parts: Sequence[str], indent: str = "     ") -> Iterator[str]:
    """A step in 80 columns: in one line, or else a line for each part; the rest of a long part is indented."""
    whole = indent + "".join(parts)
    if len(whole) <= WIDTH:
        yield whole
        return
    for place, part in enumerate(parts):
        yield from _fold(part.strip(), indent if place == 0 else indent + "  ", indent + "    ")


def _fold(text: str, first: str, rest: str) -> list[str]:
    """A formula in 80 columns, broken before the signs of a sum where that is enough, else before those of a product.

    An equals sign stays on the line of what stands on either side of it.
    """
    if len(first) + len(text) <= WIDTH:
        return [first + text.replace(_KEPT, " ")]
    kept = _SIGN.sub(rf" \1{_KEPT}", text).replace(" =", f"{_KEPT}=")
    if kept.startswith("= "):
        kept = f"={_KEPT}{kept[2:]}"
    terms = _BEFORE_TERM.split(kept)
    room = WIDTH - len(rest)
    return _wrap(" ".join(term.replace(" ", _KEPT) if len(term) <= room else term for term in terms), first, rest)


def _wrap(text: str, first: str, rest: str) -> list[str]:
    """Text in 80 columns, broken at spaces other than :data:`_KEPT`."""
    lines: list[str] = []
    for blanks, word in _WORD.findall(text):
        longer = (lines[-1] if lines else first) + blanks + word
        if lines and len(longer) > WIDTH:
            lines.append(rest + word)
        else:
            lines[-1:] = [longer]
    return [line.replace(_KEPT, " ") for line in lines]
