"""``course.toml``: a course's title, its sections in order, and what comes before what. A course may do without one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from tui_backprop.course import fields
from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.fields import FieldError, Notes, Table, did_you_mean, shown
from tui_backprop.course.files import read_text, shown_path
from tui_backprop.course.lines import KeyPath, find_line
from tui_backprop.course.toml import load_toml
from tui_backprop.dataclass import dataclass, field

NAME = "course.toml"
SIZE = 64 * 1024
"""The largest course file."""
_ENDING, _NUMBER = re.compile(r"\.md$"), re.compile(r"^\d+[-_]")


@dataclass(frozen=True, slots=True)
class Section:
    """Lessons under one heading. ``needs``: titles of sections, or lessons, that come before all of them."""

    title: str
    lessons: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Syllabus:
    """What a course file says, without what is wrong in it. ``needs``: for a lesson, the lessons that come before it.

    Lessons stand as the file names them, with or without their number and ``.md``.
    """

    title: str = ""
    sections: tuple[Section, ...] = ()
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: Mapping[tuple[str, str], KeyPath] = field(default_factory=dict, compare=False)
    """Where in the data a lesson stands (``lesson``, its name) and where its needs do (``needs``, its name)."""

    def order(self, names: Collection[str]) -> tuple[str, ...]:
        """The lessons of these names that the sections list, in their order."""
        found = (lesson_named(each, names) for section in self.sections for each in section.lessons)
        return tuple(dict.fromkeys(name for name in found if name))

    def sections_of(self, names: Collection[str]) -> dict[str, str]:
        """For each lesson that stands in a section, that section's title."""
        found: dict[str, str] = {}
        for section in self.sections:
            for each in section.lessons:
                found.setdefault(lesson_named(each, names), section.title)
        return found

    def before(self, names: Collection[str]) -> dict[str, tuple[str, ...]]:
        """For each lesson, the lessons that are said to come before it, those of needed sections among them."""
        found: dict[str, list[str]] = {name: [] for name in names}
        for lesson, needed, _ in self.needed():
            name = lesson_named(lesson, names)
            if name:
                found[name] += [each for each in self.meant(needed, names) if each not in found[name]]
        return {name: tuple(each) for name, each in found.items()}

    def needed(self) -> Iterator[tuple[str, str, KeyPath]]:
        """Each lesson with each thing that it needs, and where that is said."""
        for number, section in enumerate(self.sections):
            where = self.places.get(("section", str(number)), ())
            for lesson in section.lessons:
                yield from ((lesson, need, (*where, "needs", n)) for n, need in enumerate(section.needs))
        for lesson, needs in self.needs.items():
            yield from ((lesson, need, ("needs", lesson, n)) for n, need in enumerate(needs))

    def meant(self, need: str, names: Collection[str]) -> tuple[str, ...]:
        """The lessons that a need is: one, or those of the section of this title; none where there is nothing such."""
        if name := lesson_named(need, names):
            return (name,)
        listed = (each for section in self.sections if section.title == need for each in section.lessons)
        return tuple(name for each in listed if (name := lesson_named(each, names)))


def lesson_named(written: str, names: Collection[str]) -> str:
    """The lesson that is meant: by its name, its file's, or its name without the number; empty where there is none."""
    name = _ENDING.sub("", written)
    if name in names:
        return name
    return next((each for each in names if _NUMBER.sub("", each) == name), "")


def read_syllabus(folder: Path) -> tuple[Syllabus, tuple[ExerciseError, ...]]:
    """A folder's course file as far as it can be read, and what is wrong in it. Never raises."""
    path = folder / NAME
    try:
        if not path.exists():
            return Syllabus(), ()
        text = read_text(path, SIZE)
    except (ExerciseError, OSError) as error:
        return Syllabus(), (error if isinstance(error, ExerciseError) else ExerciseError(str(error), NAME),)
    return syllabus_from_text(text, shown_path(path))


def syllabus_from_text(text: str, file: str) -> tuple[Syllabus, tuple[ExerciseError, ...]]:
    """The same, from its text."""
    notes = Notes()
    try:
        data = load_toml(text, file)
        fields.check_strings(data)
        syllabus = _syllabus(data, notes)
    except ExerciseError as error:
        return Syllabus(), (error,)
    except FieldError as error:
        notes.errors.append(error)
        syllabus = Syllabus()
    return syllabus, tuple(ExerciseError(error.message, file, find_line(text, error.where)) for error in notes.errors)


def _syllabus(data: Table, notes: Notes) -> Syllabus:
    notes.keys(data, ("title", "sections", "needs"), (), "a course.toml")
    title = notes.get(lambda: fields.line_of_text(
        fields.required(data, "title", (), 'title = "My course"'), ("title",), "title"), "")
    written: Sequence[object] = notes.find(lambda: fields.array(
        data.get("sections", []), ("sections",), "sections", '[[sections]] with title = "First steps"')) or ()
    sections: list[Section] = []
    places: dict[tuple[str, str], KeyPath] = {}
    for number, each in enumerate(written):
        section = notes.find(partial(_section, each, number, notes))
        if section is not None:
            places["section", str(len(sections))] = ("sections", number)
            sections.append(section)
    needs: Table = notes.find(lambda: fields.table(
        data.get("needs", {}), ("needs",), "needs", '[needs] with "02-second" = ["01-first"]')) or {}
    return Syllabus(title, tuple(sections), {
        lesson: notes.find(partial(_names, value, ("needs", lesson), "each of needs")) or ()
        for lesson, value in needs.items()}, places)


def _section(value: object, number: int, notes: Notes) -> Section:
    where: KeyPath = ("sections", number)
    section = fields.table(value, where, "each of the sections", '[[sections]] with title = "First steps"')
    notes.keys(section, ("title", "lessons", "needs"), where, "a section")
    title = fields.line_of_text(
        fields.required(section, "title", where, 'title = "First steps"'), (*where, "title"), "title")
    lessons = notes.find(lambda: _names(
        fields.required(section, "lessons", where, 'lessons = ["01-first"]'), (*where, "lessons"), "lessons"))
    needs = notes.find(lambda: _names(section.get("needs", []), (*where, "needs"), "needs"))
    return Section(title, lessons or (), needs or ())


def _names(value: object, where: KeyPath, what: str) -> tuple[str, ...]:
    entries = fields.array(value, where, what, '["01-first"]')
    return tuple(fields.line_of_text(each, (*where, n), what) for n, each in enumerate(entries))


def lint_syllabus(syllabus: Syllabus, names: Collection[str]) -> Iterator[FieldError]:
    """What does not fit together in a course of these lessons: dead names, one twice, an order that cannot be."""
    at: dict[str, KeyPath] = {}
    for number, section in enumerate(syllabus.sections):
        where = (*syllabus.places.get(("section", str(number)), ("sections", number)), "lessons")
        for n, written in enumerate(section.lessons):
            name = lesson_named(written, names)
            if not name:
                yield FieldError(f"there is no lesson {shown(written)} in this folder{did_you_mean(written, names)}"
                                 if names else "there is no lesson in this folder", (*where, n))
            elif name in at:
                yield FieldError(f"the lesson {shown(name)} stands here for the second time: take it out", (*where, n))
            else:
                at[name] = (*where, n)
    yield from _dead_needs(syllabus, names)
    yield from _impossible(syllabus, names)
    if syllabus.sections:
        for name in sorted(set(names) - at.keys()):
            yield FieldError(f"the lesson {shown(name)} stands in no section: name it in one", ("sections",))


def _dead_needs(syllabus: Syllabus, names: Collection[str]) -> Iterator[FieldError]:
    known = (*names, *(section.title for section in syllabus.sections))
    told: set[KeyPath] = set()
    for _, need, where in syllabus.needed():
        if where not in told and need not in known and not lesson_named(need, names):
            told.add(where)
            yield FieldError(f"there is no lesson and no section {shown(need)}{did_you_mean(need, known)}", where)
    for lesson in syllabus.needs:
        if not lesson_named(lesson, names):
            yield FieldError(f"there is no lesson {shown(lesson)} in this folder{did_you_mean(lesson, names)}",
                             ("needs", lesson))


def _impossible(syllabus: Syllabus, names: Collection[str]) -> Iterator[FieldError]:
    """A lesson that comes before itself, round about; else one that stands before what it needs."""
    from graphlib import CycleError, TopologicalSorter

    before = syllabus.before(names)
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        circle = list(reversed(error.args[1]))
        yield FieldError("these lessons each come before the next, in a circle: " + " → ".join(circle),
                         _where(syllabus, circle, names))
        return
    order = syllabus.order(names)
    told: set[KeyPath] = set()
    for lesson, need, where in syllabus.needed():
        name = lesson_named(lesson, names)
        late = [each for each in syllabus.meant(need, names)
                if name in order and each in order and order.index(each) > order.index(name)]
        if late and where not in told:
            told.add(where)
            yield FieldError(f"the lesson {shown(name)} stands before {shown(late[0])}, which it needs: "
                             "change their order", where)


def _where(syllabus: Syllabus, circle: Sequence[str], names: Collection[str]) -> KeyPath:
    """The first place in the file that closes the circle."""
    steps = {(before, after) for after, before in zip(circle[1:], circle, strict=False)}
    steps |= {(after, before) for before, after in steps}
    for lesson, need, where in syllabus.needed():
        if any((lesson_named(lesson, names), each) in steps for each in syllabus.meant(need, names)):
            return where
    return ("needs",)
