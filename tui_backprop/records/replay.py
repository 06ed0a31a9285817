"""From events to a :class:`History`: leaves out what a reset hides, sorts the rest into runs, sums up each run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, pairwise
from math import isfinite
from typing import TypeAlias

from tui_backprop.records.events import Event, Json, Note
from tui_backprop.records.history import ExerciseRun, History, StepState
from tui_backprop.records.notes import ACCEPTED, FREE, EventKind
from tui_backprop.tutor.asked import Opening, is_opening

SubjectName: TypeAlias = tuple[str, str]
"""An exercise's name and a lesson's name; one of them is empty."""
RunKey: TypeAlias = tuple[str, str, str, str]
"""Digest, mode, detail, and the parameters as text."""

_ALL: SubjectName = ("", "")
_NO_KEY: RunKey = ("", "", "", "{}")
_ABOUT_EVENTS = frozenset({EventKind.RESET, EventKind.UNDONE})
_CHANGES_RUN = frozenset({EventKind.OPENED, EventKind.EDITED})
_UNTOUCHED = StepState()
_OF_A_STEP = frozenset({EventKind.ANSWERED, EventKind.HINTED, EventKind.REVEALED})


def replay(events: Iterable[Event], base: History | None = None) -> History:
    """The history that follows from the events, which are in order and each once. Never raises.

    ``base`` is the history of earlier events, by other sessions; the new events must not hide any of those, see
    :func:`hides_earlier`.
    """
    events = tuple(events)
    base = base or History()
    exercises, lessons = dict(base.exercises), dict(base.lessons)
    for (exercise, lesson), runs in _sort_into_runs(events, _counts(events)).items():
        subjects = lessons if lesson else exercises
        former = {_key_of(run): run for run in subjects.get(lesson or exercise, ())}
        summed = former | {key: _run(key, own, former.get(key)) for key, own in runs.items()}
        latest_first = sorted(summed, key=lambda key: (summed[key].touched, key), reverse=True)
        subjects[lesson or exercise] = tuple(summed[key] for key in latest_first)
    counted = counting(events)
    return History(exercises, lessons, {**base.settings, **_settings(events)}, {**base.openings, **_openings(counted)})


def by_run(events: Sequence[Event]) -> Iterator[tuple[SubjectName, RunKey, Sequence[Event]]]:
    """The events that count, in order, for each way through an exercise or lesson; beginning again starts a new way."""
    for subject, runs in _sort_into_runs(events, _counts(events)).items():
        for key, own in runs.items():
            starts = [0, *(place for place, event in enumerate(own) if place and _begins_again(event.note)), len(own)]
            yield from ((subject, key, own[start:end]) for start, end in pairwise(starts))


def hides_earlier(events: Iterable[Event]) -> bool:
    """Is there a reset among the events, or its undo? Then all events before must be replayed with them."""
    return any(event.note.kind in _ABOUT_EVENTS for event in events)


def counting(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events that no reset hides, without the resets, for counting something else than a :class:`History`."""
    return tuple(compress(events, _counts(events)))


def standing_resets(events: Sequence[Event]) -> tuple[Event, ...]:
    """The resets that were not taken back, in order: the last one is the next to be taken back."""
    return tuple(events[index] for index in _standing(events))


def _standing(events: Sequence[Event]) -> Iterator[int]:
    undone = {_reference(event.note.data.get("of")) for event in events if event.note.kind == EventKind.UNDONE}
    return (index for index, event in enumerate(events)
            if event.note.kind == EventKind.RESET and event.key not in undone)


def _counts(events: Sequence[Event]) -> list[bool]:
    """For each event: does it count? It does unless it is a reset itself, or a later reset hides it."""
    resets = {_subject(events[index].note): index for index in _standing(events)}
    everything = resets.get(_ALL, -1)
    return [
        (note := event.note).kind not in _ABOUT_EVENTS
        and (note.kind == EventKind.SETTING or index > max(everything, resets.get(_subject(note), -1)))
        for index, event in enumerate(events)
    ]


def _reference(of: Json) -> tuple[str, int] | None:
    """The key of the event that an ``undone`` note names; None where the note is not well formed."""
    match of:
        case [str(session), int(sequence)]:
            return session, sequence
        case _:
            return None


def _sort_into_runs(events: Sequence[Event], counts: Sequence[bool]) -> dict[SubjectName, dict[RunKey, list[Event]]]:
    """Each event that counts, sorted into the run that its session had open in that exercise or lesson.

    A session goes on with its run after another session's reset: so ``opened`` is looked at even where it is hidden.
    """
    subjects: dict[SubjectName, dict[RunKey, list[Event]]] = {}
    current: dict[tuple[str, SubjectName], RunKey] = {}
    for event, counted in zip(events, counts, strict=True):
        note = event.note
        subject = _subject(note)
        if subject == _ALL:
            continue
        here = (event.session, subject)
        key = current.get(here)
        if key is None or note.kind in _CHANGES_RUN:
            key = current[here] = _key_after(note, key or _NO_KEY)
        if counted:
            subjects.setdefault(subject, {}).setdefault(key, []).append(event)
    return subjects


def _subject(note: Note) -> SubjectName:
    return ("", note.lesson) if note.lesson else (note.exercise, "")


def _begins_again(note: Note) -> bool:
    return note.kind == EventKind.OPENED and note.data.get("again") is True


def _key_of(run: ExerciseRun) -> RunKey:
    return run.digest, run.mode, run.detail, json.dumps(run.parameters, sort_keys=True)


def _key_after(note: Note, key: RunKey) -> RunKey:
    """The run that a session is in after this note."""
    data = note.data
    if note.kind == EventKind.OPENED:
        return note.digest, _text(data.get("mode")), _text(data.get("detail")), _parameters_text(data)
    return (*key[:3], _parameters_text(data)) if note.kind == EventKind.EDITED else key


def _parameters_text(data: Mapping[str, Json]) -> str:
    found = data.get("parameters")
    if not found or not isinstance(found, Mapping):
        return "{}"
    numbers = {name: number for name, value in found.items() if (number := _number(value)) is not None}
    return json.dumps(numbers, sort_keys=True)


def _run(key: RunKey, events: Sequence[Event], former: ExerciseRun | None) -> ExerciseRun:
    """The sum of a run's events, of which there is at least one, added to its ``former`` state."""
    digest, mode, detail, parameters = key
    run = former or ExerciseRun(started=events[0].time)
    by_step: dict[str, list[Event]] = {}
    step, finished, result, notation = run.step, run.finished, run.result, run.notation
    completed, goal, known, typed = run.completed, run.goal, run.known, run.typed
    for event in events:
        note = event.note
        if _begins_again(note):
            run, by_step = ExerciseRun(started=event.time), {}
            step, finished, result, notation, typed = "", False, None, "", ()
        if note.kind in _OF_A_STEP:
            by_step.setdefault(note.step, []).append(event)
            step, typed = note.step, typed if note.kind == EventKind.HINTED else ()
        elif note.kind == EventKind.MOVED:
            step, typed = note.step, _texts(note.data.get("typed"))
        elif note.kind == EventKind.OPENED:
            notation = _text(note.data.get("notation")) or notation
            goal, known = _text(note.data.get("goal")), _texts(note.data.get("known"))
        elif note.kind == EventKind.SUBMITTED:  # finished once its sheet is written
            result, completed = note.data, True
        elif note.kind == EventKind.FINISHED:
            finished = completed = True
    numbers, steps = json.loads(parameters), _steps(run, by_step)
    return ExerciseRun(
        digest=digest, mode=mode, detail=detail, parameters=numbers, step=step, steps=steps, finished=finished,
        result=result, started=run.started, touched=events[-1].time, notation=notation, completed=completed,
        goal=goal, known=known, typed=typed)


def _steps(run: ExerciseRun, by_step: Mapping[str, Sequence[Event]]) -> dict[str, StepState]:
    """The steps of a run after these further events."""
    changed = {name: _step(own, run.steps.get(name, _UNTOUCHED)) for name, own in by_step.items()}
    return {**run.steps, **changed}


def _step(events: Sequence[Event], former: StepState) -> StepState:
    """The sum of a step's events, added to its ``former`` state. Events after the right answer change nothing."""
    given, verdict, accepted, value = former.given, former.verdict, former.accepted, former.value
    attempts, hints, revealed, unaided = former.attempts, former.hints, former.revealed, former.unaided
    mistakes = former.mistakes
    for event in events:
        data = event.note.data
        if accepted is not None:
            break
        if event.note.kind == EventKind.HINTED:
            level = data.get("level")
            hints = max(hints, level if isinstance(level, int) else 1)
        elif event.note.kind == EventKind.REVEALED:
            revealed = True
        elif (judged := _text(data.get("verdict"))) not in FREE:  # as in the quiz, these change nothing
            given, verdict, attempts = _text(data.get("given")), judged, attempts + 1
            if verdict in ACCEPTED:
                accepted, value = given, _number(data.get("value"))
                unaided = attempts == 1 and not hints and not revealed
            else:
                mistakes = _texts(data.get("mistakes"))
    return StepState(given, verdict, accepted, value, attempts, hints, revealed, unaided, mistakes)


def _settings(events: Iterable[Event]) -> dict[str, Json]:
    chosen = (event.note.data for event in events if event.note.kind == EventKind.SETTING)
    return {_text(data.get("key")): data.get("value") for data in chosen}


def _openings(events: Iterable[Event]) -> dict[str, Opening]:
    """How far each kind of step was opened last."""
    noted = (event.note.data.get("openings") for event in events)
    return {kind: opening for each in noted if isinstance(each, Mapping)
            for kind, opening in each.items() if is_opening(opening)}


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Json) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _number(value: Json) -> float | None:
    """The value if it is a number that a float can hold."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        return float(value) if isfinite(value) else None
    except OverflowError:
        return None
