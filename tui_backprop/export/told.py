"""A worked solution for listening: formulas in words, a line for each part of an equation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui_backprop.derivation import Derivation, Solution, Step
from tui_backprop.export.outline import derive_lines, equation, list_given_rows, number_of
from tui_backprop.tutor.wording import title_for
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import Layout
from tui_backprop.typeset.spoken import pronounce, pronounce_given, speak_text


def solution_told(solution: Solution, steps: Sequence[Step], glyphs: Glyphs) -> Iterator[str]:
    """The title, the givens, and each step: its name, formula, formula with numbers, and value, all in words."""
    del glyphs  # words need no other characters
    yield f"{speak_text(solution.title)}."
    yield from give_told(solution.derivation)
    yield ""
    for step in steps:
        yield f"Step {number_of(step)}: {speak_text(title_for(solution.derivation, step.id))}."
        yield from _equation_told(equation(step))
        for place, made in enumerate(derive_lines(step)):
            first, *rest = _equation_told(made)
            yield from (f"with {first}" if place == 0 else first, *rest)


def give_told(derivation: Derivation) -> Iterator[str]:
    """The givens in words, a line for each kind."""
    yield "Given"
    say = pronounce if derivation.notation.to_from else pronounce_given
    for given in list_given_rows(derivation):
        yield f"{given.label}: {', '.join(map(say, given.items))}"


def _equation_told(parts: Sequence[Layout]) -> Iterator[str]:
    """The parts of an equation in words, a line for each, so that a listener can repeat a single line."""
    first, *rest = map(pronounce, parts)
    yield first if not rest else f"{first} equals"
    yield from (f"    {part}{', equals' if place < len(rest) - 1 else '.'}" for place, part in enumerate(rest))
