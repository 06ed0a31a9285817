"""How much is recorded of each exercise and lesson, counted from the events that no reset hides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tui_backprop.dataclass import dataclass, field
from tui_backprop.records.events import Event, Note
from tui_backprop.records.notes import EventKind


@dataclass(frozen=True, slots=True)
class Tally:
    """So many ``answers``, judged or taken down, by so many ``sessions``. Times are seconds since 1970, 0 for none."""

    answers: int = 0
    sessions: frozenset[str] = frozenset()
    first: float = 0.0
    last: float = 0.0

    def __bool__(self) -> bool:
        """Whether anything is recorded, if only that it was opened."""
        return bool(self.sessions)

    def with_event(self, event: Event) -> Tally:
        answers = self.answers + (event.note.kind == EventKind.ANSWERED)
        return Tally(answers, self.sessions | {event.session}, self.first or event.time, event.time)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The sums: of each exercise and lesson by name, and of everything. Settings are no part of it."""

    exercises: Mapping[str, Tally] = field(default_factory=dict)
    lessons: Mapping[str, Tally] = field(default_factory=dict)
    everything: Tally = field(default_factory=Tally)

    def of(self, exercise: str = "", *, lesson: str = "") -> Tally:
        """The sum of an exercise or a lesson; of neither: of everything."""
        if not exercise and not lesson:
            return self.everything
        return (self.lessons.get(lesson) if lesson else self.exercises.get(exercise)) or Tally()


def ledger_of(events: Iterable[Event]) -> Ledger:
    """The sums of these events, which are in order, and none of them hidden by a reset."""
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
