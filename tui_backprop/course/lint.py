"""Names every mistake in lesson and exercise files, with its line. Runs nothing that is in them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tui_backprop.course.exercise import Exercise, ExerciseError
from tui_backprop.course.fields import FieldError, did_you_mean, quote
from tui_backprop.course.files import printable
from tui_backprop.course.lesson import (
    Block,
    Broken,
    Check,
    ExerciseLink,
    Finding,
    Heading,
    InlineRun,
    Lesson,
    NetworkPicture,
    Plot,
    plain_text,
)
from tui_backprop.course.lint_course import lint_course
from tui_backprop.course.lint_exercise import lint_exercise, unreachable
from tui_backprop.course.lint_silent import list_silent
from tui_backprop.course.lint_taught import SkillsOf, list_taught, untaught
from tui_backprop.course.picture_work import why_too_much
from tui_backprop.course.read import check_parameter
from tui_backprop.course.read_lesson import inspect_lesson, read_lesson
from tui_backprop.course.source import load_source
from tui_backprop.course.syllabus import NAME as COURSE_FILE
from tui_backprop.dataclass import dataclass, replace
from tui_backprop.network.model import Network
from tui_backprop.typeset.read_latex import LatexError, parse_latex

Judge = Callable[[Check, tuple[str, ...]], str | None]
"""Judges an answer to a check as a learner's would be: None where it is right, else a sentence that says why not."""
Doubts = Callable[[Check], Iterator[tuple[int, str]]]
"""What is doubtful in the answers of a check: lines, and a sentence to each."""
BlockLint = Callable[[Block, Lesson, int], int]
"""Gives how many columns a block takes when it may take so many; more than allowed where it cannot be made to fit."""

NARROW = 58
"""The columns of text that a lesson has on a screen of 60."""
MOST_FOUND = 200
"""The most mistakes that are looked for in one file: nobody reads more at once."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What a lint may use of the rooms above this one; a check whose tool is None is left out.

    ``skills``: the keys of all skills. ``anchors``: those of the lesson's headings, where they are worked out already.
    """

    judge: Judge | None = None
    skills: Collection[str] | None = None
    measure: BlockLint | None = None
    skills_of: SkillsOf | None = None
    anchors: Collection[str] | None = None
    doubts: Doubts | None = None


def lint(path: str | Path, tools: Tools | None = None) -> tuple[Finding, ...]:
    """What is wrong in a lesson (``.md``), a ``course.toml`` or an exercise file, in the order of its lines.

    Raises :class:`ExerciseError` where there is no text to look at.
    """
    if Path(path).suffix == ".md":
        lesson, found = inspect_lesson(path)
        return tuple(sorted({*found, *islice(lint_lesson(lesson, tools or Tools()), MOST_FOUND)}))
    return lint_course(path) if Path(path).name == COURSE_FILE else lint_exercise(path)


def lint_lesson(lesson: Lesson, tools: Tools | None = None) -> Iterator[Finding]:
    """What is wrong in a lesson beyond what its reader noted."""
    tools = replace(tools or Tools(), anchors=_anchors(lesson))
    if not any(isinstance(block, Check | Broken) for block in lesson.blocks):
        yield Finding(1, "the lesson asks nothing: add a check block", "warning")
    for skill in lesson.skills:
        yield from _skill(skill, 1, tools)
    for block in lesson.blocks:
        yield from lint_block(block, lesson, tools)
        if isinstance(block, Check) and tools.doubts is not None:
            yield from (Finding(line, printable(said), "warning") for line, said in tools.doubts(block))
    yield from list_silent(lesson)
    yield from untaught(lesson, list_taught(lesson), tools.skills_of)


def lint_block(block: Block, lesson: Lesson, tools: Tools) -> Iterator[Finding]:
    """What is wrong in one block."""
    for content in block.contents():
        for run in content:
            yield from _run(run, lesson, tools)
    if isinstance(block, Check):
        yield from _check(block, lesson, tools)
    elif isinstance(block, NetworkPicture | ExerciseLink):
        yield from _source(block, lesson)
    elif isinstance(block, Plot):
        yield from _plot(block, lesson)
    if reason := why_too_much(block, lesson):
        yield Finding(block.line, reason)
        return
    fits = isinstance(block, Plot)  # it is drawn as wide as there is room
    if tools.measure is not None and not fits and (columns := tools.measure(block, lesson, NARROW)) > NARROW:
        yield Finding(block.line, f"this is {columns - NARROW} columns too wide for a screen of 60: break it up",
                      "warning")


def _run(run: InlineRun, lesson: Lesson, tools: Tools) -> Iterator[Finding]:
    if run.kind == "math":
        try:
            parse_latex(run.text)
        except LatexError as error:
            yield Finding(run.line, f"the formula {_short(run.text)} cannot be set: {printable(error.message)}")
    if run.kind == "link" and (reason := _dead(run.target, lesson, tools)):
        yield Finding(run.line, f"the link to {quote(run.target)} leads nowhere: {reason}")


def _dead(target: str, lesson: Lesson, tools: Tools) -> str:
    """Why a link leads nowhere; empty where it leads to a file, a heading, or into the web."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return "this is no address"
    if parts.scheme:
        return "" if parts.scheme in ("http", "https") and parts.netloc else "use a lesson's file or an https address"
    if not parts.path:
        return _no_heading(parts.fragment, _anchors(lesson) if tools.anchors is None else tools.anchors)
    file = lesson.folder / unquote(parts.path)
    try:
        inside = file.resolve().is_relative_to(lesson.folder.resolve())
        there = file.is_file()
    except (OSError, ValueError):
        return "this is no possible file name"
    if not inside:
        return "it leads out of the course's folder"
    if not there:
        return "there is no such file in the course's folder"
    if parts.fragment and file.suffix == ".md":
        return _no_heading(parts.fragment, _anchors_in(file, file.stat().st_mtime_ns))
    return ""


def _no_heading(fragment: str, headings: Collection[str]) -> str:
    return "" if fragment in headings else f"there is no such heading{did_you_mean(fragment, headings)}"


@lru_cache(maxsize=64)
def _anchors_in(file: Path, _written: int) -> Collection[str]:
    """The headings of another lesson, as it was ``_written``; of one that cannot be read none."""
    try:
        return _anchors(read_lesson(file))
    except ValueError:
        return ()


def _anchors(lesson: Lesson) -> frozenset[str]:
    return frozenset(anchor(block) for block in lesson.blocks if isinstance(block, Heading))


def anchor(heading: Heading) -> str:
    """The name by which a link leads to a heading, as in other Markdown viewers: ``the-chain-rule``."""
    words = "".join(c for c in plain_text(heading.content).lower() if c.isalnum() or c in " -_")
    return words.replace(" ", "-")


def _skill(skill: str, line: int, tools: Tools) -> Iterator[Finding]:
    if tools.skills is not None and skill not in tools.skills:
        yield Finding(line, f"there is no skill {quote(skill)}{did_you_mean(skill, tools.skills)}")


def _check(check: Check, lesson: Lesson, tools: Tools) -> Iterator[Finding]:
    if not check.hints:
        yield Finding(check.line, "this check has no hint: add hints = [\"…\"]", "warning")
    if check.kind == "formula" and not check.variables:
        yield Finding(check.line, 'this check names no variables: add variables = ["x"]')
    if check.skill:
        yield from _skill(check.skill, check.line, tools)
    if check.kind == "edge":
        yield from _edge(check, lesson)
    judge = tools.judge
    if judge is not None and (reason := judge(check, check.answer)) is not None:
        yield Finding(check.answer_line or check.line,
                      f"the answer {_quote_answer(check.answer)} is not judged right: {reason}")
        return
    for wrong in check.wrong:
        right = wrong.answer == check.answer if judge is None else judge(check, wrong.answer) is None
        if right:
            yield Finding(wrong.line or check.line,
                          f"the wrong answer {_quote_answer(wrong.answer)} is right: take it out")


def _edge(check: Check, lesson: Lesson) -> Iterator[Finding]:
    exercise = _load(check, lesson)
    if isinstance(exercise, Finding):
        yield exercise
        return
    answers = ((check.answer, check.answer_line), *((wrong.answer, wrong.line) for wrong in check.wrong))
    for answer, line in answers:
        try:
            check_parameter(answer[0], exercise.task, ())
        except FieldError as error:
            yield Finding(line or check.line, error.message)


def _source(block: NetworkPicture | ExerciseLink, lesson: Lesson) -> Iterator[Finding]:
    exercise = _load(block, lesson)
    if isinstance(exercise, Finding):
        yield exercise
    elif isinstance(block.source, Exercise):
        yield from (replace(found, line=block.line) for found in unreachable(exercise, ""))


def _plot(plot: Plot, lesson: Lesson) -> Iterator[Finding]:
    if plot.formula:
        return
    exercise = _load(plot, lesson)
    if isinstance(exercise, Finding):
        yield exercise
        return
    for quantity in plot.against:
        if not isinstance(exercise.task, Network) or not _has(exercise.task, quantity):
            yield Finding(plot.line, f'there is no "{quantity}" in the exercise: name a weight, as "w 1:j->k"')


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


def sound(block: Block, lesson: Lesson, tools: Tools) -> Block:
    """The block; or what is wrong, where something in the block would keep it from being shown or asked."""
    if isinstance(block, Check | NetworkPicture | Plot | ExerciseLink):
        tools = replace(tools, measure=None, skills=None)
        wrong = next((found for found in lint_block(block, lesson, tools) if found.severity == "error"), None)
        if wrong is not None:
            return Broken(wrong.message, wrong.line)
    return block


def _quote_answer(answer: tuple[str, ...]) -> str:
    return f'"{printable(", ".join(answer))}"'


def _short(latex: str) -> str:
    joined = printable(" ".join(latex.split()))
    return f"${joined}$" if len(joined) <= 40 else f"${joined[:39]}…"
