"""The first attempts in the records: for every step of every run, the first attempt or help that counts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tui_backprop.records.events import Event, Json
from tui_backprop.records.notes import ACCEPTED, FREE, EventKind, aside_of
from tui_backprop.records.replay import RunKey, SubjectName, by_run
from tui_backprop.tutor.mastery import Attempt
from tui_backprop.tutor.recorded_mode import recorded_mode


def first_attempts(events: Sequence[Event]) -> tuple[Attempt, ...]:
    """The first attempts at steps that show a skill, in order of time. Attempts that a reset hides do not count.

    ``events`` are in order and each once. A step's instance is its exercise with the numbers it was done with, in
    whatever mode. An exam's answers count once they are marked.
    """
    found: list[Attempt] = []
    for subject, key, own in by_run(events):
        if subject[1]:
            found += _of_quiz(subject, key, own)
        elif subject[0]:
            found += _of_exam(subject, key, own) if recorded_mode(key[1]).is_exam else _of_quiz(subject, key, own)
    return tuple(sorted(found, key=lambda attempt: attempt.time))


def list_tried(
    attempts: Iterable[Attempt], exercise: str, digest: str, parameters: Mapping[str, float],
) -> frozenset[str]:
    """The ids of the steps of an exercise that were tried with these numbers; ``parameters``: the edited ones."""
    start = _instance((exercise, ""), (digest, "", "", json.dumps(parameters, sort_keys=True)), "")
    return frozenset(each.instance.removeprefix(start) for each in attempts if each.instance.startswith(start))


def _of_quiz(subject: SubjectName, key: RunKey, events: Iterable[Event]) -> Iterator[Attempt]:
    tried: set[str] = set()
    for event in events:
        note, verdict = event.note, event.note.data.get("verdict")
        asked_more = note.kind == EventKind.ANSWERED and verdict in FREE
        tries = note.kind in (EventKind.ANSWERED, EventKind.HINTED, EventKind.REVEALED)
        if not tries or asked_more or note.step in tried:
            continue
        tried.add(note.step)
        if skill := _skill(note.step, note.data):
            unaided = note.kind == EventKind.ANSWERED and verdict in ACCEPTED
            yield Attempt(skill, _instance(subject, key, note.step), event.time, unaided)


def _of_exam(subject: SubjectName, key: RunKey, events: Sequence[Event]) -> Iterator[Attempt]:
    marked = next((event for event in events if event.note.kind == EventKind.SUBMITTED), None)
    if marked is None:
        return
    right = marked.note.data.get("right")
    scored = {step for step in right if isinstance(step, str)} if isinstance(right, list) else set()
    answers = {event.note.step: event for event in events if event.note.kind == EventKind.ANSWERED}
    for step, event in answers.items():
        if event.note.data.get("given") and (skill := _skill(step, event.note.data)):
            yield Attempt(skill, _instance(subject, key, step), event.time, step in scored)


def _skill(step: str, data: Mapping[str, Json]) -> str:
    """The key of the skill; empty where something else than the step's value was asked for."""
    skill = data.get("skill")
    return skill if isinstance(skill, str) and aside_of(step) == (step, "value") else ""


def _instance(subject: SubjectName, key: RunKey, step: str) -> str:
    digest, _, _, parameters = key
    return "\n".join((subject[0] or f"lesson {subject[1]}", digest, parameters, step))
