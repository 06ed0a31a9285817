"""The lines of the contents, as plain data: Continue, lessons and exercises with the progress in each."""

from __future__ import annotations

from collections.abc import Sequence

from tui_backprop import course
from tui_backprop.course.library import OWN, OWN_TITLE, entry_at, is_called, is_path, key_of, lesson_number
from tui_backprop.dataclass import dataclass, replace
from tui_backprop.desk.standing import Standing, name_to_open, standing
from tui_backprop.maths.numerals import many
from tui_backprop.records.drafts import drafts_folder
from tui_backprop.records.history import History
from tui_backprop.tutor.recorded_mode import recorded_mode

LESSON, EXERCISE, GUIDED, BUILD, FILE = "lesson", "exercise", "guided", "build", "file"
"""The first word of an entry's key: what is opened."""
_BUILD_SUMMARY = "From nothing, step by step; then watch it, be quizzed on it, or save it as a file."


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents. ``key`` says what it opens, as in ``lesson NAME``; ``detail`` stands at the right.

    Entries of one ``section`` stand together under it; the first entry with an empty section is Continue.
    """

    key: str
    title: str
    section: str = ""
    standing: Standing = "new"
    detail: str = ""
    summary: str = ""

    @property
    def name(self) -> str:
        """The name of what is opened: ``key`` without its first word."""
        return self.key.partition(" ")[2]


ContentsLine = ContentsEntry | str
"""An entry, or a section's heading."""


def listing(entries: Sequence[ContentsEntry], wanted: str = "") -> tuple[ContentsLine, ...]:
    """The entries under their headings, in the given order; with ``wanted``, those that hold all its words, best first.

    A title counts more than a summary, and its beginning more than the rest. Entries that were searched for have no
    headings.
    """
    if wanted.strip():
        ranked = [(rank, entry) for entry in entries if (rank := _rank(entry, wanted.casefold())) is not None]
        return tuple(entry if entry.detail else replace(entry, detail=entry.section)
                     for _, entry in sorted(ranked, key=lambda pair: pair[0]))
    lines: list[ContentsLine] = []
    section = ""
    for entry in entries:
        if entry.section != section:
            lines.append(entry.section)
        section = entry.section
        lines.append(entry)
    return tuple(lines)


def _rank(entry: ContentsEntry, wanted: str) -> int | None:
    """How well an entry fits, from 0 for the best; None where a word is missing."""
    words, title = wanted.split(), entry.title.casefold()
    if title.startswith(wanted.strip()):
        return 0
    parts = title.split()
    if all(any(part.startswith(word) for part in parts) for word in words):
        return 1
    if all(word in title for word in words):
        return 2
    text = f"{entry.section} {title} {entry.summary}".casefold()
    return 3 if all(word in text for word in words) else None


def entries_of(history: History) -> tuple[ContentsEntry, ...]:
    """The entries: Continue first, then lessons and exercises with the progress in each."""
    lessons = _entries(LESSON, course.lessons(), history)
    exercises = [*_entries(EXERCISE, course.exercises(), history), *_own_entries(history)]
    if (place := _place_to_guide(exercises, history)) is not None:
        exercises.insert(place, _offer_guided(exercises[place]))
    if lessons and is_new(history):
        lessons[0] = replace(lessons[0], summary=f"Start here. {lessons[0].summary}")
    left = history.resume
    if left is None:
        return (*lessons, *exercises)
    name = left.exercise or left.lesson
    title = next((e.title for e in (*lessons, *exercises) if e.name == name), _title_at(name))
    kind = EXERCISE if left.exercise else LESSON
    detail = f"{many(left.run.done, 'step')} done" if left.exercise else ""
    detail = f"practice, {detail}" if left.run.known and detail else detail
    detail = GUIDED if recorded_mode(left.run.mode).is_guided else detail  # where many steps are worked for the learner
    go_on = ContentsEntry(f"{kind} {name}", f"Continue: {title}", "", "started", detail,
                          "Go on at the step where you stopped.")
    return (go_on, *lessons, *exercises)


def _place_to_guide(exercises: Sequence[ContentsEntry], history: History) -> int | None:
    """The place of the exercise that is offered guided: the first one not gone through yet, for somebody who has done
    none in another mode; None where none is.
    """
    if any(not recorded_mode(run.mode).is_guided for runs in history.exercises.values() for run in runs):
        return None
    names = [entry.name for entry in exercises]
    return next((place for place, name in enumerate(names)
                 if not any(run.finished for run in history.exercises.get(name, ()))), None)


def _offer_guided(entry: ContentsEntry) -> ContentsEntry:
    """An exercise, guided, as it is offered above the same exercise."""
    return replace(entry, key=f"{GUIDED} {entry.name}", title=f"{entry.title}, {GUIDED}",
                   summary="New to this? The first step of each kind is worked for you. Then you take over.")


def is_new(history: History) -> bool:
    """Has nothing been opened yet?"""
    return not history.lessons and not history.exercises


def _title_at(name: str) -> str:
    """The title in the file at a path, or else the name."""
    return entry_at(name).title if is_path(name) else name


def _entries(kind: str, entries: Sequence[course.Entry], history: History) -> list[ContentsEntry]:
    """The lessons, or the exercises except the learner's own, of all courses."""
    standings = {each.key: standing(each, entries, history) for each in entries}
    titles = {each.key: each.title for each in entries}
    found = []
    for each in entries:
        if each.course != OWN:
            earlier = next((need for need in each.needs if standings.get(key_of(each.course, need)) != "done"), None)
            first = f"After “{titles[key_of(each.course, earlier)]}”. " if earlier else ""
            number = lesson_number(each.name) if kind == LESSON else None
            title = each.title if number is None else f"{number} · {each.title}"
            found.append(ContentsEntry(f"{kind} {name_to_open(each, entries, history)}", title, each.heading,
                                       standings[each.key], summary=first + each.summary))
    return found


def _own_entries(history: History) -> tuple[ContentsEntry, ...]:
    """The entries to build a network, build a circuit, open a file, and for each saved exercise."""
    exercises = course.exercises()
    saved = [_as_recorded(each, exercises, history) for each in exercises if each.course == OWN]
    return (
        _build("network", "Build a network"), _build("circuit", "Build a circuit"),
        ContentsEntry(FILE, "Open a file…", OWN_TITLE,
                      summary="Any exercise file, from a teacher or from the builder."),
        *saved)


def _build(kind: str, title: str) -> ContentsEntry:
    begun = (drafts_folder() / f"{kind}.toml").exists()
    begun_or_not: Standing = "started" if begun else "new"
    detail = "your draft is kept" if begun else ""
    return ContentsEntry(f"{BUILD} {kind}", title, OWN_TITLE, begun_or_not, detail, _BUILD_SUMMARY)


def _as_recorded(entry: course.Entry, exercises: Sequence[course.Entry], history: History) -> ContentsEntry:
    """The entry of an exercise of the learner's own, which is recorded under its path."""
    done = standing(entry, exercises, history)
    return ContentsEntry(f"exercise {entry.path}", entry.title, OWN_TITLE, done,
                         summary=entry.summary or entry.path.name)


def kind_of(target: str, lessons: Sequence[course.Entry]) -> str:
    """Does a target from the command line mean a lesson or an exercise?"""
    named = any(is_called(entry, target) for entry in lessons)
    return LESSON if named or target.endswith(".md") else EXERCISE
