"""What can be noted: one function for each kind, whose keyword arguments become fields of :attr:`Note.data`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from tui_backprop.records.events import Event, Json, Note
from tui_backprop.records.events import EventKind as EventKind
from tui_backprop.tutor.asked import Asked

ACCEPTED = frozenset({"correct", "equivalent", "follow_through"})
"""Verdicts after which a step is done."""
_ASIDES = frozenset(get_args(Asked)) - {"value"}
FREE = frozenset({"too_coarse", "invalid", "ambiguous", "undecided"})
"""Verdicts that cost nothing: the answer is asked for once more, and does not count as an attempt."""


def opened(
    exercise: str = "",
    *,
    lesson: str = "",
    digest: str = "",
    mode: str = "quiz",
    detail: str = "",
    parameters: Mapping[str, float] | None = None,
    again: bool = False,
    notation: str = "",
    goal: str | None = None,
    known: Sequence[str] = (),
) -> Note:
    """An exercise or a lesson was begun, or taken up where it was left.

    ``parameters`` are the values that differ from the file's, by id. ``mode`` is that of a walk, or ``lesson``.
    The same file, mode, detail and parameters go on with the same run; ``again`` begins it from the first step.
    ``notation``: of an exam, in which its answers are read. ``goal`` and ``known``: what a quiz is narrowed to, see
    :class:`~tui_backprop.tutor.narrowing.Narrowing`.
    """
    fields: dict[str, Json] = {"mode": mode, "detail": detail, "parameters": dict(parameters or {}), "again": again,
                               "notation": notation, "goal": goal, "known": list(known)}
    return Note(EventKind.OPENED, exercise, lesson, digest, "", _fill(fields))


def answered(
    step: str,
    given: str,
    verdict: str,
    *,
    exercise: str = "",
    lesson: str = "",
    value: float | None = None,
    mistakes: Sequence[str] = (),
    seconds: float | None = None,
    skill: str = "",
    **more: Json,
) -> Note:
    """An answer to a step (or to a lesson's check) was judged.

    ``given`` is what was typed, ``value`` what was read, ``verdict`` one of the judge's words and empty in an exam
    before it is marked, ``seconds`` the time since the step was asked, ``skill`` what the step shows, by its key.
    """
    taken = None if seconds is None else round(seconds, 1)
    fields: dict[str, Json] = {"given": given, "verdict": verdict, "value": value, "mistakes": list(mistakes),
                               "skill": skill}
    return Note(EventKind.ANSWERED, exercise, lesson, "", step, _fill(fields | {"seconds": taken} | more))


def aside(step: str, asked: str) -> str:
    """The name under which an answer to a step is noted: the step's id for its value, else with what was asked before
    it.

    See :data:`tui_backprop.tutor.asked.Asked`.
    """
    return step if asked == "value" else f"{asked}:{step}"


def aside_of(name: str) -> tuple[str, str]:
    """The step, and what was asked for at it, from a name that :func:`aside` made."""
    kind, colon, step = name.partition(":")
    return (step, kind) if colon and kind in _ASIDES else (name, "value")


def hinted(step: str, level: int, *, exercise: str = "", lesson: str = "", skill: str = "") -> Note:
    """A hint was shown; ``level`` counts from 1."""
    return Note(EventKind.HINTED, exercise, lesson, "", step, _fill({"level": level, "skill": skill}))


def revealed(step: str, *, exercise: str = "", lesson: str = "", skill: str = "") -> Note:
    """The value was shown before it was found."""
    return Note(EventKind.REVEALED, exercise, lesson, "", step, _fill({"skill": skill}))


def edited(parameters: Mapping[str, float], *, exercise: str) -> Note:
    """The parameters were changed by an edit, its undo, or another round: all that differ from the file's, by id."""
    return Note(EventKind.EDITED, exercise, data={"parameters": dict(parameters)})


def moved(
    step: str, *, exercise: str = "", lesson: str = "", openings: Mapping[str, str] | None = None,
    typed: Sequence[str] = (),
) -> Note:
    """The learner is now at this step, or at this place of a lesson.

    ``openings``: how far the next steps of a kind are opened in guided mode, see :mod:`tui_backprop.tutor.fading`.
    ``typed``: the name of what is answered, and what stands there that is not given yet, as the learner leaves.
    """
    fields: dict[str, Json] = {"openings": dict(openings or {}), "typed": list(typed)}
    return Note(EventKind.MOVED, exercise, lesson, "", step, _fill(fields))


def finished(*, exercise: str = "", lesson: str = "", openings: Mapping[str, str] | None = None) -> Note:
    """The last step is done, or the lesson read to its end. ``openings`` as in :func:`moved`."""
    return Note(EventKind.FINISHED, exercise, lesson, "", "", _fill({"openings": dict(openings or {})}))


def submitted(
    exercise: str, *, score: float, out_of: float, right: Sequence[str] = (), **more: Json
) -> Note:
    """An exam was handed in and marked; ``right`` are the ids of the steps that scored."""
    scored = _fill({"right": list(right)})
    return Note(EventKind.SUBMITTED, exercise, data={"score": score, "out_of": out_of, **scored, **more})


def reset(*, exercise: str = "", lesson: str = "") -> Note:
    """What was noted before about this exercise or lesson counts no more; with no name, all. Settings stay."""
    return Note(EventKind.RESET, exercise, lesson)


def undone(event: Event) -> Note:
    """A reset was taken back: what it hid counts again."""
    return Note(EventKind.UNDONE, event.note.exercise, event.note.lesson, data={"of": [event.session, event.sequence]})


def setting(key: str, value: Json) -> Note:
    """A setting was chosen; the last choice holds."""
    return Note(EventKind.SETTING, data={"key": key, "value": value})


def _fill(fields: Mapping[str, Json]) -> dict[str, Json]:
    """The fields that are not empty; a zero is kept. Short lines are read fast."""
    return {name: value for name, value in fields.items() if value or type(value) in (int, float)}
