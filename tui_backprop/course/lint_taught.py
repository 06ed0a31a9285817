"""Finds what a lesson uses before any lesson of its course has taught it: symbols of formulas, and skills."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from tui_backprop.course.exercise import Exercise, ExerciseError
from tui_backprop.course.fields import list_names, quote
from tui_backprop.course.files import FRONT_MATTER, printable, read_head
from tui_backprop.course.lesson import Block, Check, ExerciseLink, Finding, InlineRun, Lesson
from tui_backprop.course.library import Course
from tui_backprop.course.source import load_source
from tui_backprop.dataclass import dataclass, field
from tui_backprop.typeset.read_latex import LatexError, parse_latex
from tui_backprop.typeset.symbols import symbol_name, symbols_in, symbols_in_text, symbols_taught

SkillsOf = Callable[[Exercise], Collection[str]]
"""The keys of the skills that an exercise asks for."""


@dataclass(frozen=True, slots=True)
class Taught:
    """What a course has taught by the end of a lesson. ``symbols`` is None where no lesson of it names any.

    ``later``: which lesson after it teaches a symbol or a skill.
    """

    symbols: frozenset[str] | None = None
    skills: frozenset[str] = frozenset()
    later: Mapping[str, str] = field(default_factory=dict)


def list_taught(lesson: Lesson) -> Taught:
    """What is taught by the end of this lesson: by itself, and by those of its folder that come before it."""
    symbols = _symbols(lesson.symbols)
    skills = frozenset(lesson.skills)
    later: dict[str, str] = {}
    course = Course("", lesson.folder).lessons()
    place = next((n for n, entry in enumerate(course) if entry.name == lesson.name), len(course))
    names_any = bool(lesson.symbols)
    for n, entry in enumerate(course):
        if n == place:
            continue
        own_symbols, own_skills = _front_matter(entry.path)
        names_any = names_any or bool(own_symbols)
        if n < place:
            symbols |= own_symbols
            skills |= own_skills
        else:
            for each in (*own_symbols, *own_skills):
                later.setdefault(each, entry.name)
    return Taught(symbols if names_any else None, skills, later)


def untaught(lesson: Lesson, taught: Taught, skills_of: SkillsOf | None) -> Iterator[Finding]:
    """A warning where a symbol is first used that no lesson has taught yet, and for each such skill."""
    told: set[str] = set()
    for block in lesson.blocks:
        if taught.symbols is not None:
            for line, symbol in _list_used(block):
                if symbol not in taught.symbols and symbol not in told:
                    told.add(symbol)
                    yield Finding(line or block.line, f"the symbol {printable(symbol_name(symbol))} is used before any "
                                  f"lesson has taught it{_where(symbol, taught, 'symbols')}", "warning")
        yield from _untaught_skills(block, lesson, taught, skills_of)


def _list_used(block: Block) -> Iterator[tuple[int, str]]:
    for content in block.contents():
        for run in content:
            yield from ((run.line, symbol) for symbol in _symbols_of(run))


def _symbols_of(run: InlineRun) -> Iterator[str]:
    if run.kind == "math":
        try:
            yield from symbols_in(parse_latex(run.text))
        except LatexError:  # reported elsewhere
            return
    elif run.kind != "code":
        yield from symbols_in_text(run.text)


def _untaught_skills(block: Block, lesson: Lesson, taught: Taught, skills_of: SkillsOf | None) -> Iterator[Finding]:
    if isinstance(block, Check) and block.skill and block.skill not in taught.skills:
        yield Finding(block.line, f"the skill {quote(block.skill)} is asked for before any lesson has taught it"
                      f"{_where(block.skill, taught, 'skills')}", "warning")
    if isinstance(block, ExerciseLink) and skills_of is not None:
        try:
            exercise = load_source(block.source, lesson.folder)
        except ExerciseError:  # reported elsewhere
            return
        early = sorted(skill for skill in skills_of(exercise) if skill not in taught.skills and skill in taught.later)
        if early:  # what no lesson teaches may be known from another course
            yield Finding(block.line, f"this exercise asks for {list_names(early)} before {taught.later[early[0]]} has "
                          "taught it: let its [ask] leave that out, or move it", "warning")


def _where(what: str, taught: Taught, key: str) -> str:
    if what in taught.later:
        return f": {printable(taught.later[what])} does, which comes later"
    return f": add it to {key} at the head of the lesson that explains it"


def _front_matter(path: Path) -> tuple[frozenset[str], frozenset[str]]:
    """The symbols and skills that a lesson says it teaches; none where the head of its file cannot be read."""
    match = FRONT_MATTER.match(read_head(path, 16 * 1024))
    try:
        data = tomllib.loads(match[1]) if match else {}
    except (ValueError, RecursionError):
        data = {}
    found = {key: [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
             for key, value in data.items()}
    return _symbols(found.get("symbols", ())), frozenset(found.get("skills", ()))


def _symbols(written: Collection[str]) -> frozenset[str]:
    return frozenset(symbol for each in written for symbol in symbols_taught(each))
