"""What a learner has mastered, by first attempts without help, and when it should be practised again.

A skill is mastered once its latest attempts went right at two or more different instances: steps with numbers of their
own. A day's attempts are one review for the scheduler (FSRS, https://github.com/open-spaced-repetition/py-fsrs), which
lets the gaps grow while it goes well. A skill that is due again, or went wrong since, is to be refreshed; it is never
lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from tui_backprop.dataclass import dataclass
from tui_backprop.tutor.skills import SKILLS, Skill

State = Literal["new", "begun", "mastered", "due"]

INSTANCES: Final = 2
"""A skill is mastered when it was right at so many different instances in a row."""
SITTING: Final = 12 * 3600.0
"""Seconds after the first attempt of a sitting in which further attempts belong to the same sitting."""
_ORDER: Final[Sequence[State]] = ("due", "begun", "new")


@dataclass(frozen=True, slots=True)
class Attempt:
    """A learner's first attempt at a step: right and without help, or not.

    ``skill`` is a skill's key; ``instance`` is the step with its numbers; ``time`` is in seconds since 1970.
    """

    skill: str
    instance: str
    time: float
    unaided: bool


@dataclass(frozen=True, slots=True)
class Mastery:
    """How a skill stands. ``right`` of the ``attempts`` that count were right at once, at ``instances`` different
    steps.

    ``running``: at how many different steps the latest attempts were right in a row. ``due`` is when the skill should
    be practised again, in seconds since 1970; 0 while nothing was tried.
    """

    skill: Skill
    state: State = "new"
    attempts: int = 0
    right: int = 0
    instances: int = 0
    running: int = 0
    due: float = 0.0


def mastery(attempts: Iterable[Attempt], now: float) -> Mapping[str, Mastery]:
    """How each skill stands at the time ``now``, by its key and in the order of the course.

    ``attempts`` must come in order of time.
    """
    by_skill: dict[str, list[Attempt]] = {}
    for attempt in _count(attempts):
        by_skill.setdefault(attempt.skill, []).append(attempt)
    return {key: _of_skill(skill, by_skill.get(key, ()), now) for key, skill in SKILLS.items()}


def newly_mastered(attempts: Sequence[Attempt], since: float, now: float) -> tuple[Skill, ...]:
    """The skills that are mastered now, and would not be by the attempts before the time ``since`` alone."""
    before, after = mastery((each for each in attempts if each.time < since), now), mastery(attempts, now)
    return tuple(each.skill for key, each in after.items()
                 if each.state == "mastered" and before[key].state != "mastered")


def what_next(standing: Iterable[Mastery]) -> tuple[Mastery, ...]:
    """What is not mastered: first what is due again, then what was begun, then what is new."""
    left = [each for each in standing if each.state != "mastered"]
    return tuple(sorted(left, key=lambda each: _ORDER.index(each.state)))


def _count(attempts: Iterable[Attempt]) -> Iterable[Attempt]:
    """The attempts that count: the first at each instance and, of later sittings, those that went right.

    So trying a step once more never lowers anything, and remembering it days later counts.
    """
    latest: dict[tuple[str, str], float] = {}
    for attempt in attempts:
        before = latest.get((attempt.skill, attempt.instance))
        latest[attempt.skill, attempt.instance] = attempt.time
        if before is None or (attempt.unaided and attempt.time - before > SITTING):
            yield attempt


def _of_skill(skill: Skill, attempts: Sequence[Attempt], now: float) -> Mastery:
    if not attempts:
        return Mastery(skill)
    was_mastered, running = False, frozenset[str]()
    for attempt in attempts:
        running = running | {attempt.instance} if attempt.unaided else frozenset()
        was_mastered = was_mastered or len(running) >= INSTANCES
    due = _due(attempts)
    fresh = len(running) >= INSTANCES and now < due
    return Mastery(
        skill, "mastered" if fresh else "due" if was_mastered else "begun", len(attempts),
        sum(attempt.unaided for attempt in attempts),
        len({attempt.instance for attempt in attempts if attempt.unaided}), len(running), due,
    )


def _due(attempts: Sequence[Attempt]) -> float:
    """When the scheduler wants the skill to be practised again, in seconds since 1970."""
    from datetime import UTC, datetime

    from fsrs import Card, Rating, Scheduler

    scheduler, card = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False), Card(card_id=1)
    for sitting in _sittings(attempts):
        rating = Rating.Good if _went_well(sitting) else Rating.Again
        card, _ = scheduler.review_card(card, rating, datetime.fromtimestamp(sitting[-1].time, UTC))
    return card.due.timestamp()


def _sittings(attempts: Iterable[Attempt]) -> Iterable[Sequence[Attempt]]:
    sitting: list[Attempt] = []
    for attempt in attempts:
        if sitting and attempt.time - sitting[0].time > SITTING:
            yield sitting
            sitting = []
        sitting.append(attempt)
    if sitting:
        yield sitting


def _went_well(sitting: Sequence[Attempt]) -> bool:
    """Did a sitting end right, and go right more often than not?"""
    return sitting[-1].unaided and sum(attempt.unaided for attempt in sitting) * 2 > len(sitting)
