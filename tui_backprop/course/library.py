"""Finds courses, lessons and exercises: the shipped ones, those of the site and the user, and any by path.

A course is a folder with lessons (``*.md``) and ``exercises/*.toml`` in it. Extra courses are the folders in
``courses`` under the user's and the site's data folders. Listing reads only the head of each file.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Literal

from tui_backprop.course.exercise import Exercise, ExerciseError
from tui_backprop.course.files import COURSE_FILE, FRONT_MATTER, UNSAFE, format_path, is_plain_name, read_head, tidy
from tui_backprop.course.kept import kept
from tui_backprop.dataclass import dataclass, is_data_class, replace
from tui_backprop.patterns import late_pattern
from tui_backprop.user_folders import data_folders

if TYPE_CHECKING:
    from tui_backprop.course.lesson import Lesson
    from tui_backprop.course.read import Tell
    from tui_backprop.course.syllabus import Syllabus

EntryKind = Literal["lesson", "exercise"]
OWN, OWN_TITLE = "own", "Your own"
"""The user's course for exercises that they built themselves, and what the contents call it."""
MOST_FILES = 1000
"""The most lessons, and the most exercises, of a course that are listed."""

_PLAIN_TITLE = late_pattern(r"^title[ \t]*=[ \t]*(?:\"([^\"\\\n]*)\"|'([^'\n]*)')[ \t]*(?:#.*)?$", re.MULTILINE)
_FIRST_TABLE = late_pattern(r"^[ \t]*\[", re.MULTILINE)
_DIGITS = late_pattern(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents. ``name`` is what the command line takes; ``course`` is empty for the shipped course.

    ``section`` is the heading it stands under in its course, ``course_title`` the title of the course; ``needs`` are
    the names of the lessons that its course puts before it.
    """

    kind: EntryKind
    name: str
    title: str
    path: Path
    summary: str = ""
    order: float = 0.0
    course: str = ""
    section: str = ""
    course_title: str = ""
    needs: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name by which it is opened and recorded; outside the shipped course, with its course's name in front."""
        return key_of(self.course, self.name)

    @property
    def heading(self) -> str:
        """The heading it stands under in the contents: its course, unless that is the shipped one, and its section."""
        if self.course == OWN:
            return OWN_TITLE
        if not self.course:
            return self.section or f"{self.kind.capitalize()}s"
        section = self.section if self.kind == "lesson" else "exercises"
        return f"{self.course_title}: {section}" if section else self.course_title


@dataclass(frozen=True, slots=True)
class Course:
    """A folder of lessons and exercises. ``name`` is empty for the shipped course."""

    name: str
    folder: Path

    @property
    def title(self) -> str:
        """The title in ``course.toml``, else the folder's name; empty for the shipped course if it has none."""
        return self.syllabus[0].title or self.name

    @property
    def syllabus(self) -> tuple[Syllabus, tuple[ExerciseError, ...]]:
        """What the course's ``course.toml`` says, and what is wrong in it."""
        from tui_backprop.course.syllabus import read_syllabus

        return read_syllabus(self.folder)

    def files(self, kind: EntryKind) -> list[Path]:
        """The files of its lessons or exercises, at most ``MOST_FILES``, in the natural order of their names."""
        return sorted(self._all_files(kind), key=lambda path: natural_key(path.stem))[:MOST_FILES]

    def beyond(self) -> tuple[ExerciseError, ...]:
        """An error for each kind of file of which the course has more than are listed."""
        kinds: tuple[EntryKind, ...] = ("lesson", "exercise")
        return tuple(ExerciseError(f"of {kind}s the first {MOST_FILES:,} are listed: make two courses of it",
                                   format_path(self.folder))
                     for kind in kinds if len(self._all_files(kind)) > MOST_FILES)

    def _all_files(self, kind: EntryKind) -> list[Path]:
        folder, ending = (self.folder / "exercises", ".toml") if kind == "exercise" else (self.folder, ".md")
        return [path for path in _children(folder) if path.suffix == ending]

    def exercises(self) -> tuple[Entry, ...]:
        """The course's exercises in the order their files give, else in the natural order of their names."""
        return self._kept("exercise", self._read_exercises)

    def _read_exercises(self) -> tuple[Entry, ...]:
        title = self.title
        entries = (replace(_exercise_entry(path, self.name), course_title=title) for path in self.files("exercise"))
        return tuple(sorted(entries, key=lambda entry: (entry.order, natural_key(entry.name))))

    def lessons(self) -> tuple[Entry, ...]:
        """The course's lessons as its ``course.toml`` orders them; then the others, as their front matter does."""
        return self._kept("lesson", self._read_lessons)

    def _kept(self, kind: EntryKind, read: Callable[[], tuple[Entry, ...]]) -> tuple[Entry, ...]:
        """The entries, which for the shipped course are kept from one start to the next."""
        if self.folder != shipped_folder():
            return read()
        own = self.folder / COURSE_FILE
        return kept(self.folder, f"{kind}s", (*self.files(kind), *([own] if own.exists() else [])), read, (Entry,))

    def _read_lessons(self) -> tuple[Entry, ...]:
        entries = {path.stem: _lesson_entry(path, self.name) for path in self.files("lesson")}
        syllabus = self.syllabus[0]
        listed = syllabus.order(entries)
        others = sorted((entry for name, entry in entries.items() if name not in listed),
                        key=lambda entry: (entry.order, natural_key(entry.name)))
        sections, before = syllabus.sections_of(entries), syllabus.before(entries)
        return tuple(replace(entry, section=sections.get(entry.name, ""), needs=before[entry.name],
                             course_title=syllabus.title or self.name)
                     for entry in (*(entries[name] for name in listed), *others))


def load(name_or_path: str | os.PathLike[str], tell: Tell | None = None) -> Exercise:
    """The exercise of that name, or in that file.

    Text with a path separator or the ending ``.toml`` is a path, any other a name. Raises :class:`ExerciseError` with
    one line: an unknown name, or what is wrong in the file. ``tell`` is called with the name of each phase, where the
    file is read.
    """
    path = locate(name_or_path, "exercise")
    read = partial(_read_exercise, path, tell)
    if path.parent.parent != shipped_folder():
        return read()
    from tui_backprop.course import exercise
    from tui_backprop.maths import expression, precision
    from tui_backprop.network import model

    kinds = _data_classes(exercise, model, precision, expression)
    return kept(shipped_folder(), f"{path.parent.name}.{path.stem}", [path], read, kinds)


def _read_exercise(path: Path, tell: Tell | None = None) -> Exercise:
    from tui_backprop.course.read import read_exercise, to_nobody

    return read_exercise(path, tell or to_nobody)


def load_lesson(name_or_path: str | os.PathLike[str]) -> Lesson:
    """The lesson of that name (its number may be left out), or in that file. Raises :class:`ExerciseError`."""
    path = locate(name_or_path, "lesson")
    if path.parent != shipped_folder():
        return _read_lesson(path)
    from tui_backprop.course import lesson

    return kept(path.parent, path.stem, [path], partial(_read_lesson, path), _data_classes(lesson))


def _data_classes(*modules: ModuleType) -> list[type]:
    """The data classes of these modules."""
    return [kind for module in modules for kind in vars(module).values() if is_data_class(kind)]


def _read_lesson(path: Path) -> Lesson:
    from tui_backprop.course.read_lesson import read_lesson

    return read_lesson(path)


def exercises() -> tuple[Entry, ...]:
    """All exercises that are found by name: the shipped ones first."""
    return tuple(entry for course in courses() for entry in course.exercises())


def lessons() -> tuple[Entry, ...]:
    """All lessons that are found by name: the shipped ones first."""
    return tuple(entry for course in courses() for entry in course.lessons())


def key_of(course: str, name: str) -> str:
    """The key of a lesson or exercise in the records; ``course`` is empty for the shipped one."""
    return f"{course}/{name}" if course else name


def exercise_key(name_or_path: str | os.PathLike[str]) -> str:
    """The key in the records of the exercise that has this name or path.

    For an exercise of a course it is the course and the name; for any other, and for the user's own, it is the path.
    Raises :class:`ExerciseError` for an unknown name.
    """
    path = locate(name_or_path, "exercise")
    for course in courses():
        if course.name != OWN and path.parent == course.folder / "exercises":
            return key_of(course.name, path.stem)
    return os.fspath(name_or_path) if is_path(name_or_path) else str(path)


def courses() -> tuple[Course, ...]:
    """The shipped course, then those of the user, then those of the site."""
    found = [Course("", shipped_folder())]
    for folder in _data_folders():
        found += [Course(path.name, path) for path in sorted(_folders(folder / "courses"))]
    return tuple(found)


def installed_folders() -> tuple[Path, ...]:
    """The folders that courses are found in by name."""
    return (shipped_folder(), *(folder / "courses" for folder in _data_folders()))


def course_faults() -> tuple[str, ...]:
    """What is wrong in the courses' own files, a line each. A course with a faulty file is listed as if it had none.

    The shipped course is left to the tests.
    """
    return tuple(str(error) for course in courses() if course.name
                 for error in (*course.syllabus[1], *course.beyond()))


def course_of(folder: Path) -> str:
    """The name of the course in a folder: empty for the shipped one, the folder's name for any other."""
    return "" if folder.resolve() == shipped_folder().resolve() else folder.resolve().name


def own_course() -> Course | None:
    """The course of exercises that this user builds, even if its folder is not made yet; None without a home folder."""
    folders = _data_folders()
    return Course(OWN, folders[0] / "courses" / OWN) if folders else None


def entry_at(path: str | os.PathLike[str]) -> Entry:
    """The line of the contents for the exercise in a file, by its path."""
    return _exercise_entry(Path(path), "")


def course_at(path: str | os.PathLike[str]) -> Course:
    """The course in a folder. Raises :class:`ExerciseError` where there is neither a lesson nor an exercise."""
    folder = Path(path)
    course = Course(folder.resolve().name, folder)
    if not course.lessons() and not course.exercises():
        raise ExerciseError("there is no course here: a course is a folder with lessons (.md) and exercises/*.toml",
                            format_path(folder))
    return course


@lru_cache(maxsize=1)
def shipped_folder() -> Path:
    """The folder of the shipped course: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "lessons"
    return installed if installed.is_dir() else package.parent / "lessons"


def is_path(name_or_path: str | os.PathLike[str]) -> bool:
    """Is this a path rather than a name?"""
    text = os.fspath(name_or_path)
    separators = {os.sep, os.altsep or os.sep, "/"}
    return not isinstance(name_or_path, str) or text.endswith((".toml", ".md")) or any(s in text for s in separators)


def locate(name_or_path: str | os.PathLike[str], kind: EntryKind) -> Path:
    """The file of a lesson or an exercise. Raises :class:`ExerciseError` for an unknown name."""
    name = os.fspath(name_or_path)
    if is_path(name_or_path):
        named = isinstance(name_or_path, str) and name.count("/") == 1 and not name.endswith((".toml", ".md"))
        entries = (exercises() if kind == "exercise" else lessons()) if named else ()
        return next((entry.path for entry in entries if entry.key == name), Path(name_or_path))
    if kind == "exercise":  # by its file alone: a lesson may name a great many
        paths = [path for course in courses() for path in course.files(kind)]
        found = next((path for path in paths if path.stem == name), None)
        names = [path.stem for path in paths]
    else:
        entries = lessons()
        found = next((entry.path for entry in entries if is_called(entry, name)), None)
        names = [entry.name for entry in entries]
    if found is None:
        raise ExerciseError(_unknown(name, kind, names))
    return found


def is_called(lesson: Entry, name: str) -> bool:
    """Does this name mean the lesson: its key, its own name, that without its number, or the number alone?"""
    is_number = name.isdecimal() and int(name) == lesson_number(lesson.name)
    return is_number or name in (lesson.key, lesson.name, short_name(lesson.name))


def lesson_number(name: str) -> int | None:
    """The number at the beginning of a lesson's name, by which lessons refer to it: 8 of ``08-a-simple-chain``."""
    number = re.match(r"\d+(?=[-_])", name)
    return int(number[0]) if number is not None else None


def short_name(lesson: str) -> str:
    """A lesson's name without its number: ``a-simple-chain`` for ``08-a-simple-chain``."""
    return re.sub(r"^\d+[-_]", "", lesson)


def natural_key(name: str) -> tuple[tuple[bool, int, str], ...]:
    """A sort key in which ``exercise-2`` comes before ``exercise-10``."""
    parts = _DIGITS.split(name.lower())
    return tuple((part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts)


def _unknown(name: str, kind: str, names: list[str]) -> str:
    from tui_backprop.course.fields import did_you_mean, quote

    if not name:
        return f"the name of the {kind} is empty: use one of {', '.join(names)}"
    return f"there is no {kind} {quote(name)}{did_you_mean(name, names)}"


def _data_folders() -> tuple[Path, ...]:
    return _data_folders_for(os.environ.get("XDG_DATA_HOME"), os.environ.get("XDG_DATA_DIRS"), os.environ.get("HOME"))


@lru_cache(maxsize=4)
def _data_folders_for(*_environment: str | None) -> tuple[Path, ...]:
    try:
        return tuple(map(Path, data_folders()))
    except (OSError, RuntimeError):  # a user without a home folder
        return ()


def _folders(folder: Path) -> list[Path]:
    return [path for path in _children(folder) if path.is_dir()]


def _children(folder: Path) -> list[Path]:
    """The contents of a folder without hidden files and names that would upset a list; empty if it cannot be read."""
    try:
        return [folder / name for name in os.listdir(folder) if not name.startswith(".") and is_plain_name(name)]
    except (OSError, ValueError):
        return []


def _exercise_entry(path: Path, course: str) -> Entry:
    head = read_head(path)
    table = _FIRST_TABLE.search(head)
    title, summary, order = _heading(head[:table.start()] if table else head, path.stem)
    return Entry("exercise", path.stem, title, path, summary, order, course)


def _lesson_entry(path: Path, course: str) -> Entry:
    front_matter = FRONT_MATTER.match(read_head(path))
    title, summary, order = _heading(front_matter[1] if front_matter else "", path.stem)
    return Entry("lesson", path.stem, title, path, summary, order, course)


@lru_cache(maxsize=512)
def _heading(toml: str, fallback: str) -> tuple[str, str, float]:
    """Title, summary and order in the first lines of a file. A file with mistakes is still listed, by its name."""
    import tomllib  # the shipped course is seldom read

    try:
        data = tomllib.loads(toml)
    except (ValueError, RecursionError):
        found = _PLAIN_TITLE.search(toml)
        data = {"title": found[1] or found[2]} if found else {}
    title, summary, order = data.get("title"), data.get("summary"), data.get("order", math.inf)
    return (
        _one_line(title) if isinstance(title, str) and title.strip() else _one_line(fallback),
        _one_line(summary) if isinstance(summary, str) else "",
        float(order) if isinstance(order, int | float) and abs(order) < 1e6 else math.inf,
    )


def _one_line(text: str) -> str:
    return " ".join(tidy(UNSAFE.sub("", text)).split())
