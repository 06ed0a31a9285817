"""Names every mistake in lesson and exercise files, with its line. Runs nothing that is in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from tui_backprop.course.exercise import Exercise, ExerciseError
from tui_backprop.course.fields import FieldError
from tui_backprop.course.files import EXERCISE_SIZE, printable, read_text, shown_path
from tui_backprop.course.lesson import (
    Block,
    Check,
    ExerciseLink,
    Finding,
    Heading,
    Inline,
    Lesson,
    List,
    Math,
    NetworkPicture,
    Paragraph,
    Plot,
    Table,
)
from tui_backprop.course.library import load_source
from tui_backprop.course.read import check_parameter, exercise_from_text
from tui_backprop.course.read_lesson import inspect_lesson
from tui_backprop.network.model import Circuit, Network
from tui_backprop.typeset.read_latex import LatexError, parse_latex

Judge = Callable[[Check, tuple[str, ...]], str | None]
"""Judges an answer to a check as a learner's would be: None where it is right, else a sentence that says why not."""


def lint(path: str | Path, judge: Judge | None = None) -> tuple[Finding, ...]:
    """What is wrong in a lesson (``.md``) or an exercise file, in the order of its lines.

    ``judge`` tries each check's own answer; without it that is not looked at. Raises :class:`ExerciseError` where
    there is no text to look at.
    """
    if Path(path).suffix == ".md":
        lesson, found = inspect_lesson(path)
        return tuple(sorted((*found, *lint_lesson(lesson, judge))))
    return lint_exercise(path)


def lint_exercise(path: str | Path) -> tuple[Finding, ...]:
    """The first mistake of an exercise file, if it has one. Raises :class:`ExerciseError` where there is no text."""
    text = read_text(path, EXERCISE_SIZE)
    try:
        exercise_from_text(text, Path(path).stem, shown_path(path))
    except ExerciseError as error:
        return (Finding(error.line or 0, error.message),)
    return ()


def lint_lesson(lesson: Lesson, judge: Judge | None = None) -> Iterator[Finding]:
    """What is wrong in a lesson beyond what its reader noted."""
    asked = [block for block in lesson.blocks if isinstance(block, Check)]
    if not asked:
        yield Finding(1, "the lesson asks nothing: add a check block", "warning")
    for block in lesson.blocks:
        yield from _formulas(block)
        match block:
            case Check():
                yield from _check(block, lesson, judge)
            case NetworkPicture() | ExerciseLink():
                yield from _source(block, lesson, isinstance(block, NetworkPicture))
            case Plot():
                yield from _plot(block, lesson)


def _formulas(block: Block) -> Iterator[Finding]:
    sources = [block.latex] if isinstance(block, Math) else []
    sources += [run.text for content in _contents(block) for run in content if run.kind == "math"]
    for latex in sources:
        try:
            parse_latex(latex)
        except LatexError as error:
            yield Finding(block.line, f"the formula {_short(latex)} cannot be set: {printable(error.message)}")


def _contents(block: Block) -> Iterator[Inline]:
    """Every line of text in a block."""
    match block:
        case Heading(content=content) | Paragraph(content=content):
            yield content
        case List(items):
            yield from (item.content for item in items)
        case Table(header, rows):
            yield from header
            yield from (cell for row in rows for cell in row)
        case Check():
            yield from (block.prompt, *block.labels, *block.hints, *(wrong.say for wrong in block.wrong))
        case NetworkPicture(caption=content) | Plot(caption=content) | ExerciseLink(say=content):
            yield content


def _check(check: Check, lesson: Lesson, judge: Judge | None) -> Iterator[Finding]:
    if not check.hints and check.kind != "choice":
        yield Finding(check.line, "this check has no hint: add hints = [\"…\"]", "warning")
    if check.kind == "formula" and not check.variables:
        yield Finding(check.line, 'this check names no variables: add variables = ["x"]')
    if check.kind == "edge":
        yield from _edge(check, lesson)
    if judge is not None and (reason := judge(check, check.answer)) is not None:
        yield Finding(check.line, f"the answer {_shown(check.answer)} is not judged right: {reason}")
        return
    for wrong in check.wrong:
        right = wrong.answer == check.answer if judge is None else judge(check, wrong.answer) is None
        if right:
            yield Finding(check.line, f"the wrong answer {_shown(wrong.answer)} is right: take it out")


def _edge(check: Check, lesson: Lesson) -> Iterator[Finding]:
    exercise = _load(check, lesson)
    if isinstance(exercise, Finding):
        yield exercise
        return
    for answer in (check.answer, *(wrong.answer for wrong in check.wrong)):
        try:
            check_parameter(answer[0], exercise.task, ())
        except FieldError as error:
            yield Finding(check.line, error.message)


def _source(block: NetworkPicture | ExerciseLink, lesson: Lesson, network_only: bool) -> Iterator[Finding]:
    exercise = _load(block, lesson)
    if isinstance(exercise, Finding):
        yield exercise
    elif network_only and isinstance(exercise.task, Circuit):
        yield Finding(block.line, "a network block shows a network, and this exercise is a circuit: name another")


def _plot(plot: Plot, lesson: Lesson) -> Iterator[Finding]:
    exercise = _load(plot, lesson)
    if isinstance(exercise, Finding):
        yield exercise
    elif not isinstance(exercise.task, Network) or not _has(exercise.task, plot.against):
        yield Finding(plot.line, f'there is no "{plot.against}" in the exercise: name a weight, as "w 1:j->k"')


def _has(network: Network, quantity: str) -> bool:
    role, _, place = quantity.partition(" ")
    layer, _, unit = place.partition(":")
    if role == "a":
        return int(layer) < len(network.layers) and unit in network.layers[int(layer)]
    if (role == "w") != ("->" in unit):
        return False
    try:
        check_parameter(place, network, ())
    except FieldError:
        return False
    return True


def _load(block: Check | NetworkPicture | Plot | ExerciseLink, lesson: Lesson) -> Exercise | Finding:
    try:
        return load_source(block.source, lesson.folder)
    except ExerciseError as error:
        return Finding(block.line, str(error))


def _shown(answer: tuple[str, ...]) -> str:
    return f'"{printable(", ".join(answer))}"'


def _short(latex: str) -> str:
    joined = printable(" ".join(latex.split()))
    return f"${joined}$" if len(joined) <= 40 else f"${joined[:39]}…"


