"""A worked solution for listening: formulas in words, a line for each part of an equation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from tui_backprop.derivation import Derivation, Solution, Step
from tui_backprop.export.outline import derive_lines, equation, list_given_rows, number_of
from tui_backprop.tutor.wording import title_for
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import Layout
from tui_backprop.typeset.spoken import count_weights, pronounce, speak_message, speak_text, turn_ends

_Said = TypeVar("_Said")


def solution_told(solution: Solution, steps: Sequence[Step], glyphs: Glyphs) -> Iterator[str]:
    """The title, the givens, and each step: its name, formula, formula with numbers, and value, all in words."""
    del glyphs  # words need no other characters
    yield f"{speak_text(solution.title)}."
    yield from give_told(solution.derivation)
    yield ""
    say = _in_notation(pronounce, solution.derivation)
    for step in steps:
        yield f"Step {number_of(step)}: {speak_text(title_for(solution.derivation, step.id))}."
        yield from _equation_told(equation(step), say)
        for place, made in enumerate(derive_lines(step)):
            first, *rest = _equation_told(made, say)
            yield from (f"with {first}" if place == 0 else first, *rest)


def give_told(derivation: Derivation) -> Iterator[str]:
    """The givens in words, a line for each kind."""
    yield "Given"
    say = _in_notation(pronounce, derivation)
    for given in list_given_rows(derivation):
        yield f"{given.label}: {', '.join(map(say, given.items))}"


def say_texts_of(derivation: Derivation) -> Callable[[str], str]:
    """How texts about a derivation are said in words: its weights from the right end, in the notation it has."""
    return _in_notation(speak_message, derivation)


def _in_notation(say: Callable[[_Said], str], derivation: Derivation) -> Callable[[_Said], str]:
    if derivation.notation.numbered:
        return lambda thing: count_weights(say(thing))
    return (lambda thing: turn_ends(say(thing))) if derivation.notation.to_from else say


def _equation_told(parts: Sequence[Layout], say: Callable[[Layout], str]) -> Iterator[str]:
    """The parts of an equation in words, a line for each, so that a listener can repeat a single line."""
    first, *rest = map(say, parts)
    yield first if not rest else f"{first} equals"
    yield from (f"    {part}{', equals' if place < len(rest) - 1 else '.'}" for place, part in enumerate(rest))
