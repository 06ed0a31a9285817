"""An answer that would be right with letters where numbers stand: ``0.7 · w`` where ``a · w`` is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, permutations

from tui_backprop.course.lesson import Check
from tui_backprop.maths.equivalence import equivalent
from tui_backprop.maths.expression import Expr, Number, Symbol, rebuild, symbols, walk
from tui_backprop.maths.numerals import to_text
from tui_backprop.tutor.differentiating import read_formula

_MOST_LETTERS, _MOST_NUMBERS = 3, 6
"""An answer with more of either is not searched: there would be too many ways to put letters in."""


def tell_numbers(check: Check, typed: str) -> str:
    """What to say where only letters are missing, some number standing for each; else empty.

    It names the numbers and never the letters: which ones belong there is what is asked.
    """
    answer, expr = read_formula(check, check.answer[0]), read_formula(check, typed)
    if answer is None or expr is None:
        return ""
    missing = [name for name in symbols(answer) if name not in symbols(expr)]
    for numbers in _ways(expr, len(missing)):
        place_to_letter = {place: name for places, name in zip(numbers, missing, strict=True) for place in places}
        if equivalent(_put_in(expr, place_to_letter), answer, check.positive) == "equivalent":
            leaves = _numbers(expr)
            return _tell([to_text(float(leaves[place].value)) for place in sorted(min(each) for each in numbers)])
    return ""


def _tell(numbers: Sequence[str]) -> str:
    if len(numbers) == 1:
        return f"Right, but for {numbers[0]}: a letter belongs there."
    return f"Right, but for {' and '.join(numbers)}: letters belong there."


def _numbers(expr: Expr) -> list[Number]:
    """The numbers of an expression, in reading order."""
    return [node for node in walk(expr) if isinstance(node, Number)]


def _ways(expr: Expr, count: int) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Each choice of ``count`` numbers to become letters: by their places, one alone or all that are the same."""
    values = [leaf.value for leaf in _numbers(expr)]
    if not symbols(expr) or not 1 <= count <= _MOST_LETTERS or len(values) > _MOST_NUMBERS:
        return
    alike = [tuple(place for place, value in enumerate(values) if value == each) for each in dict.fromkeys(values)]
    alone = [(place,) for places in alike if len(places) > 1 for place in places]
    for way in permutations((*alike, *alone), count):
        if len(set(chain(*way))) == sum(map(len, way)):
            yield way


def _put_in(expr: Expr, letters: Mapping[int, str]) -> Expr:
    """The expression with letters in the places of some of its numbers."""
    place = iter(range(len(_numbers(expr))))

    def change(part: Expr) -> Expr:
        if not isinstance(part, Number):
            return rebuild(part, change)
        letter = letters.get(next(place))
        return part if letter is None else Symbol(letter)

    return change(expr)
