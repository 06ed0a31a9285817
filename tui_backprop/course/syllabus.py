"""``course.toml``: a course's title, its sections in order, and what comes before what. A course may do without one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from tui_backprop.course import fields
from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.fields import FieldError, Notes, Table, did_you_mean, quote
from tui_backprop.course.files import COURSE_FILE, format_path, read_text
from tui_backprop.course.lines import KeyPath, find_line
from tui_backprop.course.toml import load_toml
from tui_backprop.dataclass import dataclass, field
from tui_backprop.patterns import late_pattern

NAME = COURSE_FILE
SIZE = 64 * 1024
"""The most bytes of a course file."""
MOST_LISTED = 1000
"""The most lessons in all sections together."""
MOST_NEEDS = 50
"""The most entries in what one section or lesson needs."""
_ENDING, _NUMBER = late_pattern(r"\.md$"), late_pattern(r"^\d+[-_]")


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
        """Those of the lessons ``names`` that the sections list, in the order of the sections."""
        named = naming(names)
        found = (named(each) for section in self.sections for each in section.lessons)
        return tuple(dict.fromkeys(name for name in found if name))

    def sections_of(self, names: Collection[str]) -> dict[str, str]:
        """For each lesson that stands in a section, that section's title."""
        found: dict[str, str] = {}
        named = naming(names)
        for section in self.sections:
            for each in section.lessons:
                found.setdefault(named(each), section.title)
        return found

    def before(self, names: Collection[str]) -> dict[str, tuple[str, ...]]:
        """For each lesson, the lessons that must come before it, those of needed sections among them."""
        found: dict[str, dict[str, None]] = {name: {} for name in names}
        named, meant = naming(names), self.meaning(names)
        for lesson, list_needs, _ in self.list_needs():
            if name := named(lesson):
                found[name].update(dict.fromkeys(meant(list_needs)))
        return {name: tuple(each) for name, each in found.items()}

    def list_needs(self) -> Iterator[tuple[str, str, KeyPath]]:
        """Each lesson with each thing that it needs, and where in the data that stands."""
        for number, section in enumerate(self.sections):
            where = self.places.get(("section", str(number)), ())
            for lesson in section.lessons:
                yield from ((lesson, need, (*where, "needs", n)) for n, need in enumerate(section.needs))
        for lesson, needs in self.needs.items():
            yield from ((lesson, need, ("needs", lesson, n)) for n, need in enumerate(needs))

    def meaning(self, names: Collection[str]) -> Callable[[str], tuple[str, ...]]:
        """A function that finds the lessons a need means: one lesson, or those of the section so titled; else none."""
        named = naming(names)
        titled: dict[str, list[str]] = {}
        for section in self.sections:
            titled.setdefault(section.title, []).extend(filter(None, map(named, section.lessons)))

        def meant(need: str) -> tuple[str, ...]:
            name = named(need)
            return (name,) if name else tuple(titled.get(need, ()))

        return meant


def naming(names: Collection[str]) -> Callable[[str], str]:
    """A function that finds the lesson that a written name means; it gives an empty text where there is none.

    A lesson may be written by its name, its file's name, or its name without the number.
    """
    found = {_NUMBER.sub("", name): name for name in reversed(tuple(names))} | {name: name for name in names}
    return lambda written: found.get(_ENDING.sub("", written), "")


def read_syllabus(folder: Path) -> tuple[Syllabus, tuple[ExerciseError, ...]]:
    """A folder's course file as far as it can be read, and what is wrong in it. Never raises."""
    path = folder / NAME
    try:
        if not path.exists():
            return Syllabus(), ()
        text = read_text(path, SIZE)
    except (ExerciseError, OSError) as error:
        return Syllabus(), (error if isinstance(error, ExerciseError) else ExerciseError(str(error), NAME),)
    return syllabus_from_text(text, format_path(path))


def syllabus_from_text(text: str, file: str) -> tuple[Syllabus, tuple[ExerciseError, ...]]:
    """As :func:`read_syllabus`, from the text of the file."""
    notes = Notes()
    try:
        data = load_toml(text, file)
        fields.check_strings(data)
        syllabus = _syllabus(data, notes)
    except ExerciseError as error:
        return Syllabus(), (error,)
    except FieldError as error:
        notes.add(error)
        syllabus = Syllabus()
    return syllabus, tuple(ExerciseError(error.message, file, find_line(text, error.where)) for error in notes.errors)


def _syllabus(data: Table, notes: Notes) -> Syllabus:
    notes.keys(data, ("title", "sections", "needs"), (), "a course.toml")
    title = notes.get(lambda: fields.line_of_text(
        fields.require(data, "title", (), 'title = "My course"'), ("title",), "title"), "")
    written: Sequence[object] = notes.find(lambda: fields.array(
        data.get("sections", []), ("sections",), "sections", '[[sections]] with title = "First steps"')) or ()
    sections: list[Section] = []
    places: dict[tuple[str, str], KeyPath] = {}
    for number, each in enumerate(written):
        section = notes.find(partial(_section, each, number, notes))
        if section is not None:
            places["section", str(len(sections))] = ("sections", number)
            sections.append(section)
    if sum(len(section.lessons) for section in sections) > MOST_LISTED:
        notes.add(FieldError(f"the sections list over {MOST_LISTED:,} lessons: make two courses of it", ("sections",)))
        sections = []
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
        fields.require(section, "title", where, 'title = "First steps"'), (*where, "title"), "title")
    lessons = notes.find(lambda: _names(
        fields.require(section, "lessons", where, 'lessons = ["01-first"]'), (*where, "lessons"), "lessons"))
    needs = notes.find(lambda: _names(section.get("needs", []), (*where, "needs"), "needs"))
    return Section(title, lessons or (), needs or ())


def _names(value: object, where: KeyPath, what: str) -> tuple[str, ...]:
    entries = fields.array(value, where, what, '["01-first"]')
    if "needs" in where and len(entries) > MOST_NEEDS:
        raise FieldError(f"{len(entries):,} things are needed here: {MOST_NEEDS} are the most", where)
    return tuple(fields.line_of_text(each, (*where, n), what) for n, each in enumerate(entries))


def lint_syllabus(syllabus: Syllabus, names: Collection[str]) -> Iterator[FieldError]:
    """What does not fit together in a course of these lessons: unknown names, a lesson twice, an impossible order."""
    at: dict[str, KeyPath] = {}
    named = naming(names)
    for number, section in enumerate(syllabus.sections):
        where = (*syllabus.places.get(("section", str(number)), ("sections", number)), "lessons")
        for n, written in enumerate(section.lessons):
            name = named(written)
            if not name:
                yield FieldError(f"there is no lesson {quote(written)} in this folder{did_you_mean(written, names)}"
                                 if names else "there is no lesson in this folder", (*where, n))
            elif name in at:
                yield FieldError(f"the lesson {quote(name)} stands here for the second time: take it out", (*where, n))
            else:
                at[name] = (*where, n)
    yield from _dead_needs(syllabus, names)
    yield from _impossible(syllabus, names)
    if syllabus.sections:
        for name in sorted(set(names) - at.keys()):
            yield FieldError(f"the lesson {quote(name)} stands in no section: name it in one", ("sections",))


def _dead_needs(syllabus: Syllabus, names: Collection[str]) -> Iterator[FieldError]:
    known = dict.fromkeys((*names, *(section.title for section in syllabus.sections)))
    named = naming(names)
    told: set[KeyPath] = set()
    for _, need, where in syllabus.list_needs():
        if where not in told and need not in known and not named(need):
            told.add(where)
            yield FieldError(f"there is no lesson and no section {quote(need)}{did_you_mean(need, known)}", where)
    for lesson in syllabus.needs:
        if not named(lesson):
            yield FieldError(f"there is no lesson {quote(lesson)} in this folder{did_you_mean(lesson, names)}",
                             ("needs", lesson))


def _impossible(syllabus: Syllabus, names: Collection[str]) -> Iterator[FieldError]:
    """An error for lessons that need each other in a circle; else for a lesson that stands before what it needs."""
    from graphlib import CycleError, TopologicalSorter

    before = syllabus.before(names)
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        circle = list(reversed(error.args[1]))
        yield FieldError("these lessons each come before the next, in a circle: " + " → ".join(circle),
                         _where(syllabus, circle, names))
        return
    place = {name: n for n, name in enumerate(syllabus.order(names))}
    named, meant = naming(names), syllabus.meaning(names)
    told: set[KeyPath] = set()
    for lesson, need, where in syllabus.list_needs():
        name = named(lesson)
        late = [each for each in meant(need) if name in place and place.get(each, -1) > place[name]]
        if late and where not in told:
            told.add(where)
            yield FieldError(f"the lesson {quote(name)} stands before {quote(late[0])}, which it needs: "
                             "change their order", where)


def _where(syllabus: Syllabus, circle: Sequence[str], names: Collection[str]) -> KeyPath:
    """The first place in the file that closes the circle."""
    steps = {(before, after) for after, before in zip(circle[1:], circle, strict=False)}
    steps |= {(after, before) for before, after in steps}
    named, meant = naming(names), syllabus.meaning(names)
    for lesson, need, where in syllabus.list_needs():
        if any((named(lesson), each) in steps for each in meant(need)):
            return where
    return ("needs",)
