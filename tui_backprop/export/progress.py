"""What a learner has mastered, in words and as JSON; the same rows on the screen and on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tui_backprop.dataclass import dataclass
from tui_backprop.export.days import date
from tui_backprop.maths.numerals import many
from tui_backprop.tutor.mastery import INSTANCES, Mastery, State, what_next

_HEADINGS: Final[Mapping[State, str]] = {
    "mastered": "Mastered", "due": "To be refreshed", "begun": "Begun", "new": "Not tried yet",
}

HOW_IT_COUNTS: Final = ("What counts is your first answer at a step: right, and without a hint. Trying again never "
                        "lowers anything.")
"""How the numbers are counted, in two sentences."""


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """A line: a heading, with no ``key``; or a skill with how often it went right and when to practise it ``again``."""

    title: str
    key: str = ""
    counted: str = ""
    again: str = ""


def progress_rows(standing: Mapping[str, Mastery]) -> tuple[ProgressRow, ...]:
    """All skills under headings: what is due and what was begun first, what was never tried last."""
    rows: list[ProgressRow] = []
    for state in ("due", "begun", "mastered", "new"):
        found = [each for each in standing.values() if each.state == state]
        if found:
            rows += [ProgressRow(_HEADINGS[state]), *map(_row, found)]
    return tuple(rows)


def _row(each: Mastery) -> ProgressRow:
    counted = f"{each.right} of {each.attempts} right at once" if each.attempts else ""
    again = f"; again on {date(each.due)}" if each.state == "mastered" else ""
    return ProgressRow(each.skill.title, each.skill.key, counted, again)


def advice(each: Mastery) -> str:
    """What to do about a skill, in a sentence."""
    if each.state == "mastered":
        return f"Mastered. It is worth another look on {date(each.due)}."
    if each.state == "due":
        return "You had mastered it. Find it once more, without help, at a step with new numbers."
    if each.running:
        return "One more different step right at the first try, and it is mastered."
    return f"A skill is mastered when {INSTANCES} different steps in a row go right at once."


def summary(standing: Mapping[str, Mastery]) -> str:
    """How much is mastered and what comes next, in a sentence or two."""
    states, left = [each.state for each in standing.values()], what_next(standing.values())
    mastered, due = (states.count(state) for state in ("mastered", "due"))
    if mastered:
        said = f"{many(mastered, 'skill')} mastered" + (f", {due} to be refreshed" if due else "")
    else:
        said = f"{many(due, 'skill')} to be refreshed" if due else "No skill is mastered yet"
    return f"{said}. Next: {left[0].skill.title}." if left else f"{said}."


def text_lines(standing: Mapping[str, Mastery]) -> list[str]:
    """The page as lines of text."""
    wide = max(len(each.skill.title) for each in standing.values())
    rows = [row.title if not row.key else f"  {row.title:{wide}}  {row.counted}{row.again}".rstrip()
            for row in progress_rows(standing)]
    return [summary(standing), *rows, HOW_IT_COUNTS]


def progress_dict(standing: Mapping[str, Mastery]) -> dict[str, Any]:
    """The progress as JSON. ``due`` is in seconds since 1970, null while nothing was tried."""
    skills = [
        {"skill": each.skill.key, "title": each.skill.title, "state": each.state, "attempts": each.attempts,
         "right": each.right, "instances": each.instances, "due": each.due or None}
        for each in standing.values()
    ]
    return {"format": 1, "skills": skills, "next": [each.skill.key for each in what_next(standing.values())]}

