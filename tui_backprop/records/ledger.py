"""How much is recorded of each exercise and lesson, counted from the events that no reset hides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tui_backprop.dataclass import dataclass, field
from tui_backprop.records.events import Event, Note
from tui_backprop.records.notes import EventKind


@dataclass(frozen=True, slots=True)
class Tally:
    """How many ``answers`` were judged or taken down, in which ``sessions``. Times: seconds since 1970, 0 for none."""

    answers: int = 0
    sessions: frozenset[str] = frozenset()
    first: float = 0.0
    last: float = 0.0

    def __bool__(self) -> bool:
        """Is anything recorded, even if only that it was opened?"""
        return bool(self.sessions)

    def with_event(self, event: Event) -> Tally:
        answers = self.answers + (event.note.kind == EventKind.ANSWERED)
        return Tally(answers, self.sessions | {event.session}, self.first or event.time, event.time)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The tallies of each exercise and lesson by name, and of everything. Settings are not counted."""

    exercises: Mapping[str, Tally] = field(default_factory=dict)
    lessons: Mapping[str, Tally] = field(default_factory=dict)
    everything: Tally = field(default_factory=Tally)

    def of(self, exercise: str = "", *, lesson: str = "") -> Tally:
        """The tally of an exercise or a lesson; with no name, of everything."""
        if not exercise and not lesson:
            return self.everything
        return (self.lessons.get(lesson) if lesson else self.exercises.get(exercise)) or Tally()


def ledger_of(events: Iterable[Event]) -> Ledger:
    """The tallies of these events, which must be in order, and without those that a reset hides."""
    exercises: dict[str, Tally] = {}
    lessons: dict[str, Tally] = {}
    everything = Tally()
    for event in events:
        note = event.note
        if _is_of_something(note):
            subjects, name = (lessons, note.lesson) if note.lesson else (exercises, note.exercise)
            subjects[name] = subjects.get(name, Tally()).with_event(event)
            everything = everything.with_event(event)
    return Ledger(exercises, lessons, everything)


def _is_of_something(note: Note) -> bool:
    return bool(note.exercise or note.lesson)
