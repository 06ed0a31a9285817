"""The end of an exam: hand in, put a name on the sheet, and write it where the learner says. One question at a time."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal, assert_never

from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.files import format_path, printable
from tui_backprop.course.library import short_name
from tui_backprop.course.save import FileInTheWayError, FileState, save_text
from tui_backprop.derivation.notation import HAND_OUT
from tui_backprop.desk.paths import expand_home
from tui_backprop.desk.workbench.ending import Asking, Ending, NextThing, YesNo
from tui_backprop.desk.workbench.round_end import practice_keys
from tui_backprop.desk.workbench.sitting import Sitting
from tui_backprop.desk.workbench.view import verdict_words
from tui_backprop.drawing.paragraphs import Paragraph, wrong
from tui_backprop.tutor.debrief import weakest_skill
from tui_backprop.tutor.exam import Exam
from tui_backprop.tutor.marking import VERDICTS
from tui_backprop.tutor.mistakes.known import in_words
from tui_backprop.tutor.skills import Skill

EndStage = Literal["hand in", "name", "file", "over", "done", "once more"]

_NO_NAME = "-"
_MOST_NAME = 80
_LISTED = 12
_MOST_WRONG = 7


def is_sheet(text: str) -> bool:
    """Is this the text of an answer sheet?"""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and "answers" in data


class ExamEnd(Ending):
    """The questions at the end of ``exam``; ``name`` is the exercise's key in the records.

    ``practise`` begins the steps of the skill with this key. ``is_over``: they were answered before, and the marks are
    looked at again.
    """

    def __init__(
        self, exam: Exam, sitting: Sitting, name: str, practise: Callable[[str], str] | None = None, *,
        is_over: bool = False,
    ) -> None:
        self.exam = exam
        self._sitting = sitting
        self.stage: EndStage = "once more" if is_over else "name" if exam.handed_in else "hand in"
        self._name, self._practise = name, practise
        self._learner = ""
        self._path: Path | None = None
        self._in_the_way: FileState | None = None
        """The file that may be written over, if the learner agrees."""

    @property
    def title(self) -> str:
        return "Your answer sheet" if self.exam.handed_in else "The end of the exam"

    @property
    def unsaved(self) -> str:
        if not self.exam.handed_in or self.stage in ("done", "once more"):
            return ""
        return "Begin the exam again? Its answer sheet is not written yet, and would not be."

    def paragraphs(self) -> Sequence[Paragraph]:
        """Once handed in, the marks and what was wrong; and what can be done now."""
        match self.stage:
            case "hand in":
                now = f"{self.answered}{self._coarse} Press y to hand the exam in, or PgUp to go back to the steps."
            case "once more":
                now = f"Enter: its steps as a quiz. {self._look_out}s writes its answer sheet once more; r begins anew."
            case "done":
                now = f"Enter: do the same steps as a quiz, with help. {self._look_out}r begins another exam."
            case "name" | "file" | "over":
                now = self.asking.text if self.asking else ""
            case never:
                assert_never(never)
        return (*_marks(self.exam), *([Paragraph(now)] if now else []))

    @property
    def keys(self) -> Mapping[str, Callable[[], str]]:
        match self.stage:
            case "hand in":
                return {"hand_in": self.hand_in}
            case "once more":
                return {"write_sheet": self._write_sheet, **self._practice}
            case "done":
                return self._practice
            case "name" | "file" | "over":
                return {}
            case never:
                assert_never(never)

    @property
    def _weakest(self) -> tuple[Skill, Sequence[int]] | None:
        """The skill at which most marks were lost, with the numbers of its steps."""
        marks = [(place, self.exam.mark_of(quantity)) for place, quantity in enumerate(self.exam.plan)]
        right = ("correct", "follow_through")
        lost = [place for place, mark in marks if mark is not None and mark.verdict not in right]
        return weakest_skill(self.exam, lost)

    @property
    def _practice(self) -> Mapping[str, Callable[[], str]]:
        return practice_keys(self.exam, self._weakest, self._practise)

    @property
    def _look_out(self) -> str:
        """What to practise, and how; empty where no mark was lost."""
        return f"k: only {self._weakest[0].title}. " if self._weakest is not None and self._practice else ""

    @property
    def asking(self) -> Asking | None:
        if self.stage == "name":
            return Asking("Your answer sheet, for your teacher: whose name shall stand on it?",
                          f"your name, or {_NO_NAME} for none")
        if self.stage == "file":
            return Asking("In which file shall your answer sheet be?", f"a file, or {_NO_NAME} for no sheet",
                          self._file_name if self._path is None else str(self._path))
        return None

    @property
    def next_thing(self) -> NextThing | None:
        return NextThing("do the same steps as a quiz", "quiz") if self.stage in ("done", "once more") else None

    @property
    def doubt(self) -> YesNo | None:
        if self.stage != "over":
            return None
        question = f"{format_path(self._path or '')} is there already. Write over it?"
        return YesNo(question, lambda: self._write(self._in_the_way), self._keep_file)

    @property
    def _file_name(self) -> str:
        """A name for the sheet's file, different for each learner of a class."""
        learner = "-".join(re.findall(r"\w+", self._learner)) or "answers"
        return f"{Path(short_name(self._name)).stem}-{learner}.json"

    @property
    def answered(self) -> str:
        """A sentence on how many steps have an answer, and which have none."""
        missing = self.exam.missing
        done = self.exam.total - len(missing)
        if not missing:
            return f"All {done} steps are answered."
        which = f"Step {_join_numbers(missing)} is" if len(missing) == 1 else f"Steps {_join_numbers(missing)} are"
        return f"{done} of {self.exam.total} steps {'is' if done == 1 else 'are'} answered. {which} not."

    @property
    def _coarse(self) -> str:
        """A sentence on the steps with few digits, right or wrong; empty where there are none."""
        coarse = self.exam.coarse
        if not coarse:
            return ""
        which = "Step {} has" if len(coarse) == 1 else "Steps {} have"
        return (f" {which.format(_join_numbers(coarse))} fewer digits than are asked for: enough if the number is "
                "exact, too few if it is rounded.")

    def reply(self, text: str) -> str:
        text = printable(text.strip())
        if self.stage == "name":
            if "/" in text or "\\" in text or text.endswith(".json"):
                return "That looks like a file. It is asked for next; here a person's name is."
            self._learner = "" if text == _NO_NAME else text[:_MOST_NAME]
            self.stage = "file"
            return ""
        if text == _NO_NAME:
            self._finish()
            return "No sheet is written."
        self._path = expand_home(text)
        return self._write()

    def hand_in(self) -> str:
        """Hand the exam in and have it marked; the message is empty."""
        self._sitting.note_hand_in(self.exam.hand_in())
        self.stage = "name"
        return ""

    def _write_sheet(self) -> str:
        self.stage = "name"
        return ""

    def _finish(self) -> None:
        self.stage = "done"
        self._sitting.finish()

    def _keep_file(self) -> str:
        self.stage = "file"
        return "Nothing is written over."

    def sheet(self) -> str:
        """The answer sheet as a file's text."""
        sheet: dict[str, object] = {"exercise": self.exam.exercise.digest or short_name(self._name),
                                    "title": self.exam.exercise.title}
        if self._learner:
            sheet["learner"] = self._learner
        notation = self.exam.derivation.notation
        if notation is not HAND_OUT:  # names in answers are in this notation
            sheet["notation"] = notation.key
        return json.dumps({**sheet, "answers": self.exam.answers}, ensure_ascii=False, indent=1) + "\n"

    def _write(self, replace: FileState | None = None) -> str:
        assert self._path is not None  # it was asked for
        try:
            save_text(self._path, self.sheet(), is_sheet, replace=replace, private=True)
        except FileInTheWayError as file:
            self.stage, self._in_the_way = "over", file.state
            return ""
        except ExerciseError:
            self.stage = "file"
            raise
        self._finish()
        return f"Your answer sheet is written. Hand this file to your teacher: {format_path(self._path.absolute())}"


def _join_numbers(places: Sequence[int]) -> str:
    return ", ".join(map(str, places[:_LISTED])) + (" …" if len(places) > _LISTED else "")


def _marks(exam: Exam) -> tuple[Paragraph, ...]:
    """The marks of an exam that is handed in, and what was wrong; else nothing."""
    if exam.marks is None:
        return ()
    asked = sorted((mark for mark in exam.marks.marks if mark.asked), key=lambda mark: [*VERDICTS].index(mark.verdict))
    parts = [f"{count} {words}" for words, count in Counter(map(verdict_words, asked)).items()]
    lines = [Paragraph(f"{exam.marks.score} of {exam.marks.out_of} marks: {', '.join(parts)}.", role="key")]
    for place, quantity in enumerate(exam.plan):
        mark = exam.mark_of(quantity)
        if mark is not None and mark.verdict in ("wrong", "invalid"):
            name = exam.derivation.name_of(quantity)
            said = f"Step {place + 1}, {name}: you wrote {mark.given}"
            slip = f": you {in_words(mark.mistakes[0])}" if mark.mistakes and mark.reason else ""
            lines.append(wrong(f"{said}{slip}.") if mark.verdict == "wrong"
                         else Paragraph(f"{said}, {verdict_words(mark)}.", "!", "bad"))
    shown_lines = lines[:_MOST_WRONG]
    if len(lines) > len(shown_lines):
        shown_lines.append(Paragraph(f"and {len(lines) - len(shown_lines)} more", role="note"))
    return (*shown_lines, Paragraph("PgUp goes back through the steps, each with its mark.", role="note"))
