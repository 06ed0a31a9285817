"""Answer sheets: read from a file or a script, and what the wrong answers of many sheets have in common."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from tui_backprop.course.exercise import Exercise
from tui_backprop.dataclass import dataclass
from tui_backprop.derivation.notation import HAND_OUT, NOTATIONS, Notation
from tui_backprop.tutor.marking import Mark, Marked, mark_answers

_ALIKE: Final = 3
"""Wrong numbers that are equal to so many digits count as the same answer."""
_MOST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Sheet:
    """What somebody handed in. ``exercise`` is the name or the digest of the exercise it answers; all may be empty."""

    answers: Mapping[str, object]
    learner: str = ""
    exercise: str = ""
    notation: Notation | None = None

    def mark(self, exercise: Exercise, notation: Notation | None = None) -> Marked:
        """Mark what can be marked, reading names in the sheet's notation unless another is named.

        Raises ValueError, in one line, where nothing can be marked.
        """
        return mark_answers(exercise, self.answers, notation or self.notation or HAND_OUT, whole=False)

    def written_for(self, exercise: Exercise) -> bool:
        """Does the sheet belong to this exercise as it is now? One that does not say may."""
        return self.exercise in ("", exercise.name, exercise.digest)


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """A wrong answer that ``count`` sheets share, as most of them wrote it, with its mistakes and the reason.

    ``follows``: on all of them it results from earlier mistakes.
    """

    id: str
    given: str
    count: int
    mistakes: tuple[str, ...]
    reason: str
    follows: bool = False

    def to_dict(self) -> dict[str, Any]:
        """What ``mark --json`` prints for it."""
        return {"id": self.id, "given": self.given, "count": self.count, "mistakes": list(self.mistakes)}


def mark(exercise: Exercise, answers: Mapping[str, object]) -> dict[str, Any]:
    """The marks of answers, a map of step ids to what was written, as the dict that ``mark --json`` prints.

    ``answers`` may be a whole sheet, with its answers under ``answers``. Raises ValueError, in one line, where it is
    neither.
    """
    sheet = sheet_of(answers)
    return mark_answers(exercise, sheet.answers, sheet.notation or HAND_OUT).to_dict()


def read_sheet(text: str) -> Sheet:
    """The sheet in a file's text. Raises ValueError, in one line, where there is none."""
    try:
        data = json.loads(text, object_pairs_hook=_each_once)
    except json.JSONDecodeError as error:
        raise ValueError(f"this is not JSON: line {error.lineno} is mistyped or cut off") from None
    except RecursionError:
        raise ValueError("this is nested too deeply for a sheet") from None
    except ValueError as error:
        reason = "a number has too many digits: 17 are enough" if "digits" in str(error) else error
        raise ValueError(reason) from None
    if not isinstance(data, Mapping):
        raise ValueError("a sheet is a JSON object of step ids and answers")
    return sheet_of(data)


def sheet_of(data: Mapping[str, object]) -> Sheet:
    """The sheet in an object; bare answers are a sheet too. Raises ValueError, in one line, where there is none."""
    if "answers" not in data:
        return Sheet(data)
    answers = data["answers"]
    if not isinstance(answers, Mapping):
        raise ValueError("answers: a sheet maps each step's id to what was written")
    texts = {name: data.get(name) or "" for name in ("learner", "exercise", "notation")}
    for name, text in texts.items():
        if not isinstance(text, str) or len(text) > _MOST_NAME:
            raise ValueError(f"{name}: this must be a text of at most {_MOST_NAME} characters")
    return Sheet(answers, str(texts["learner"]), str(texts["exercise"]), NOTATIONS.get(str(texts["notation"])))


def commonest(sheets: Iterable[Marked]) -> list[WrongAnswer]:
    """The wrong answers of these sheets, the most frequent first, then in the order of steps."""
    places: dict[str, int] = {}
    alike: dict[tuple[str, str], list[Mark]] = {}
    for marked in sheets:
        for each in marked.marks:
            places.setdefault(each.id, len(places))
            if each.verdict == "wrong":
                alike.setdefault((each.id, f"{each.value:.{_ALIKE - 1}e}"), []).append(each)
    answers = [_as_most_wrote_it(marks) for marks in alike.values()]
    return sorted(answers, key=lambda answer: (-answer.count, places[answer.id], answer.given))


def _as_most_wrote_it(marks: Sequence[Mark]) -> WrongAnswer:
    given = Counter(mark.given or "" for mark in marks).most_common(1)[0][0]
    one = min((mark for mark in marks if mark.given == given), key=lambda mark: mark.follows)
    return WrongAnswer(one.id, given, len(marks), one.mistakes, one.reason, all(mark.follows for mark in marks))


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        raise ValueError(f"{twice[:_MOST_NAME]!r} is there twice")
    return found
