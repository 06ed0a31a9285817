"""The records in words, and what can be done with them: forget, undo, export, import. No screen is needed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tui_backprop import course
from tui_backprop.course.confinement import find_confinement
from tui_backprop.course.files import format_path
from tui_backprop.course.library import entry_at, is_path
from tui_backprop.dataclass import dataclass
from tui_backprop.desk.paths import format_short
from tui_backprop.export.days import date
from tui_backprop.maths.numerals import many
from tui_backprop.records.journal import Journal
from tui_backprop.records.ledger import Ledger, Tally, ledger_of
from tui_backprop.records.transfer import RecordsError

_EXPORT_NAME: Final = "tui-backprop-records.jsonl"
"""The name of an exported file, unless the learner gives another."""
NOTHING_TO_UNDO: Final = "Nothing was forgotten, so there is nothing to bring back."


@dataclass(frozen=True, slots=True)
class Subject:
    """An exercise or a lesson, by its key in the records; with neither, everything."""

    exercise: str = ""
    lesson: str = ""


EVERYTHING: Final = Subject()


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A line of the records: an exercise or lesson, and how much is recorded."""

    subject: Subject
    title: str
    tally: Tally

    @property
    def detail(self) -> str:
        """How much is recorded, and when it was used last."""
        much = many(self.tally.answers, "answer") if self.tally.answers else "opened"
        return f"{much}   {date(self.tally.last)}"


class RecordsDesk:
    """Describes a learner's records, and changes which of them count. Nothing is ever deleted from the disk."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def refresh(self) -> None:
        """Take in what other sessions have noted."""
        self._journal.refresh()

    @property
    def rows(self) -> tuple[RecordRow, ...]:
        """Every exercise and lesson of which anything is recorded, the last used first."""
        ledger, titles = self._ledger, _titles()
        subjects = [(Subject(exercise=name), tally) for name, tally in ledger.exercises.items()]
        subjects += [(Subject(lesson=name), tally) for name, tally in ledger.lessons.items()]
        subjects.sort(key=lambda pair: pair[1].last, reverse=True)
        return tuple(RecordRow(subject, title_of(subject, titles), tally) for subject, tally in subjects)

    @property
    def summary(self) -> str:
        """How much is recorded, since when, and in which folder."""
        whole, place = self._ledger.everything, format_path(format_short(self._journal.folder))
        if not whole:
            return (f"No answers count now. What you did is kept in {place}" if self.can_undo
                    else f"Nothing is recorded yet. It will be kept in {place}")
        sessions = many(len(whole.sessions), "session")
        return f"{many(whole.answers, 'answer')} in {sessions} since {date(whole.first)}, in {place}"

    @property
    def warnings(self) -> tuple[str, ...]:
        """What could not be saved, and what could not be read; one sentence each."""
        return tuple(text for text in (self._journal.warning, self._journal.remark) if text)

    @property
    def can_undo(self) -> bool:
        return bool(self._journal.resets)

    def question(self, subject: Subject) -> str | None:
        """The question before this is forgotten, which says how much is lost; None where nothing is recorded."""
        tally = self._tally(subject)
        if not tally:
            return None
        if not tally.answers:
            return f"Forget your place in {'everything' if subject == EVERYTHING else _name(subject)}?"
        if subject == EVERYTHING:
            return f"Forget everything, which is {many(tally.answers, 'answer')}?"
        return f"Forget your {many(tally.answers, 'answer')} in {_name(subject)}?"

    def nothing(self, subject: Subject) -> str:
        """The message where there is nothing to forget."""
        return "Nothing is recorded." if subject == EVERYTHING else f"Nothing is recorded of {_name(subject)}."

    def forget(self, subject: Subject) -> str:
        """Forget this, as if it had never been opened; gives the message."""
        answers = self._tally(subject).answers
        self._journal.reset(subject.exercise, lesson=subject.lesson)
        what = many(answers, "answer") if answers else "your place"
        return f"Forgotten: {what}. Press u to undo that, now or later."

    def undo(self) -> str:
        """Take back the last reset that was not taken back yet, of whatever session; gives the message."""
        resets = self._journal.resets
        if not resets:
            return NOTHING_TO_UNDO
        note = resets[-1].note
        subject = Subject(note.exercise, note.lesson)
        before = self._tally(subject).answers
        self._journal.undo(resets[-1])
        back = self._tally(subject).answers - before
        of = "" if subject == EVERYTHING else f" in {_name(subject)}"
        return f"Back again: {many(back, 'answer')}{of}."

    def export(self, text: str) -> str:
        """Write everything to a new file; gives the message. Raises :class:`RecordsError`."""
        file = _path(text)
        count = self._journal.export(file)
        return f"{many(count, 'event')} of your records are now in {format_path(format_short(file))}"

    def take_in(self, text: str) -> str:
        """Add the events of an exported file; gives the message. Raises :class:`RecordsError`."""
        return f"{self._journal.take_in(_path(text)).message}."

    @property
    def _ledger(self) -> Ledger:
        return ledger_of(self._journal.events)

    def _tally(self, subject: Subject) -> Tally:
        return self._ledger.of(subject.exercise, lesson=subject.lesson)


def title_of(subject: Subject, titles: Mapping[Subject, str]) -> str:
    """The title of a subject; of one that was opened by its path, the title in that file."""
    name = subject.exercise or subject.lesson
    return titles.get(subject) or (entry_at(name).title if is_path(name) else format_path(name))


def _titles() -> dict[Subject, str]:
    exercises = {Subject(exercise=entry.key): entry.title for entry in course.exercises()}
    return exercises | {Subject(lesson=entry.key): f"Lesson: {entry.title}" for entry in course.lessons()}


def _name(subject: Subject) -> str:
    return f"“{title_of(subject, _titles())}”"


def propose_file() -> str:
    """The path offered for an export or import: at home, or in the folder that files are confined to."""
    root = find_confinement()
    return f"~/{_EXPORT_NAME}" if root is None else str(root / _EXPORT_NAME)


def _path(text: str) -> Path:
    try:
        return Path(text.strip()).expanduser()
    except RuntimeError:  # ~somebody whom this machine does not know
        raise RecordsError(f"there is no home folder {text.strip().partition('/')[0]}") from None
