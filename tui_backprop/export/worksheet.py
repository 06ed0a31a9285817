"""A worksheet as plain data: the givens, the values asked for, the values shown, and the key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tui_backprop.course.exercise import Exercise
from tui_backprop.dataclass import dataclass
from tui_backprop.derivation import Derivation, Step
from tui_backprop.export.outline import heading
from tui_backprop.export.plots import CurvePlot
from tui_backprop.tutor.display import digits_note, format_value
from tui_backprop.tutor.plan import plan_steps
from tui_backprop.tutor.wording import words_for
from tui_backprop.typeset.layout import Layout, Text

MOST_ASKED = 500
"""The most blanks of a worksheet."""


@dataclass(frozen=True, slots=True)
class WorksheetPart:
    """One exercise of a worksheet. ``shown``: steps that are not asked for and give no asked one away."""

    exercise: Exercise
    derivation: Derivation
    asked: tuple[Step, ...]
    shown: tuple[Step, ...]

    @property
    def instruction(self) -> str:
        """How the answers are to be given."""
        return f"Work out each value, to {self.exercise.precision.said} at least."


@dataclass(frozen=True, slots=True)
class Blank:
    """One line to fill in: its number on the sheet, what it is in words, its name, and the value for the key."""

    number: int
    words: str
    name: Layout
    value: Layout


def sheet_of(exercise: Exercise, derivation: Derivation) -> WorksheetPart:
    """The worksheet of an exercise. Raises ValueError where it asks for more than a worksheet can hold."""
    asked = plan_steps(derivation, exercise.ask)
    if len(asked) > MOST_ASKED:
        raise ValueError(f"{exercise.name} asks for {len(asked)} values, and a worksheet has room for {MOST_ASKED}: "
                         "say in its [ask] which weights or kinds of step to ask")
    steps = tuple(derivation.step(quantity) for quantity in asked)
    return WorksheetPart(exercise, derivation, steps, tuple(_choose_shown(derivation, asked)))


def curve_of(sheet: WorksheetPart) -> CurvePlot | None:
    """The curve to draw: the cost against the first parameter whose update is asked for.

    None where no update is asked for, and for a large network.
    """
    graph = sheet.derivation.graph
    if graph.is_large:
        return None
    asked = {step.id for step in sheet.asked}
    trained = next((parameter for parameter in graph.trained() if graph.update_id(parameter) in asked), None)
    return None if trained is None else CurvePlot(sheet.exercise.title, sheet.derivation, trained)


def place_of(sheets: Sequence[WorksheetPart], number: int) -> tuple[str, ...]:
    """What stands before an exercise's title: ``2.``; nothing for a single exercise, or if its title has a number."""
    title = sheets[number - 1].exercise.title
    return () if len(sheets) == 1 or title.casefold().startswith("exercise") else (f"{number}.",)


def parts(sheet: WorksheetPart) -> Iterator[tuple[str, list[Blank]]]:
    """The blanks in their order, in parts with a heading."""
    numbered = enumerate(sheet.asked, start=1)
    for title, members in groupby(numbered, key=lambda pair: heading(pair[1])):
        yield title, [_blank(sheet, number, step) for number, step in members]


def key_text(sheet: WorksheetPart, step: Step) -> str:
    """A step's value in the digits that are asked for; of an updated parameter, in those that show the change.

    Zeros at the end are left out everywhere.
    """
    precision = sheet.exercise.precision
    if step.kind != "update" or precision.places == "decimals":
        return precision.rounded(step.value).replace("−", "-")
    text = format_value(sheet.derivation, step.id, precision).replace("−", "-")
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def _blank(sheet: WorksheetPart, number: int, step: Step) -> Blank:
    words = words_for(sheet.derivation, step.id).title
    if note := digits_note(sheet.derivation, step.id, sheet.exercise.precision):
        words = f"{words}. {note}"
    return Blank(number, words, step.name, Text(key_text(sheet, step), "number"))


def _choose_shown(derivation: Derivation, asked: Sequence[str]) -> Iterator[Step]:
    """The steps that are not asked for, without those from which an asked value could be read."""
    if asked is derivation.order or len(asked) == len(derivation.order):
        return
    hidden = set(asked)
    for quantity in derivation.order:
        if quantity not in hidden:
            if any(name in hidden for name in derivation.inputs_of(quantity)):
                hidden.add(quantity)
            else:
                yield derivation.step(quantity)
