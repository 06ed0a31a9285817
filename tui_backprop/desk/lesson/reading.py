"""A learner's way through a lesson: which block is open, what is asked, what was answered, on any screen or none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from tui_backprop.course.exercise import Exercise
from tui_backprop.course.lesson import Check, ExerciseLink, Heading, Inline, InlineRun, Lesson, plain_text
from tui_backprop.course.library import exercise_key, key_of, shipped_folder
from tui_backprop.dataclass import dataclass, replace
from tui_backprop.desk.lesson.lines import Manner
from tui_backprop.desk.lesson.text import MOST_COLUMNS, answer_text
from tui_backprop.maths.numerals import typographic
from tui_backprop.records import notes
from tui_backprop.records.events import Note
from tui_backprop.records.history import ExerciseRun, StepState
from tui_backprop.records.journal import Journal
from tui_backprop.tutor.calls_for_help import LAST_HINT
from tui_backprop.tutor.skills import SKILLS
from tui_backprop.typeset.glyphs import Glyphs

if TYPE_CHECKING:  # a page waits for no judge
    from tui_backprop.tutor.checks import CheckJudgement

_NO_HINT: Inline = (InlineRun("Read the lines above once more."),)
_ON_SCREEN = Manner(MOST_COLUMNS, Glyphs.FULL)


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """What stands below a question that is done: the accepted answer, or the right one that was ``shown``.

    ``read``: how the answer was read, where that differs from what was typed.
    """

    text: str
    shown: bool = False
    read: str = ""


class LessonReading:
    """One learner's way through a lesson. Blocks that cannot be used are replaced by a message."""

    def __init__(self, lesson: Lesson, journal: Journal, course: str = "") -> None:
        self.lesson = lesson if lesson.folder == shipped_folder() else _sound(lesson)  # tests check the shipped lessons
        self.key = journal.history.find_beginning(key_of(course, lesson.name), lesson.digest, lesson=True)
        self.journal = journal
        self.checks = [place for place, block in enumerate(self.lesson.blocks) if isinstance(block, Check)]
        run = journal.history.run(lesson=self.key, digest=lesson.digest, mode="lesson")
        done = {name: state for name, state in run.steps.items() if state.done} if run else {}
        done = {**self._find_kept(lesson.digest), **done}
        self.done = next((n for n in range(len(self.checks)) if str(n + 1) not in done), len(self.checks))
        self.answers: dict[int, AnsweredQuestion] = {}
        """By the place of its question in the lesson, what stands below it."""
        for number in range(self.done):
            self._stays(number, done[str(number + 1)].accepted)
        self.hints = 0
        self.left_at = _place_of(run)
        self.typed = run.typed_at(self._step) if run else ""
        """What is typed for the open question and noted, but not given yet."""

    def _find_kept(self, digest: str) -> dict[str, StepState]:
        """In a lesson that its author has changed: earlier answers that are right for the questions of now."""
        runs = (run for run in self.journal.history.lessons.get(self.key, ()) if run.digest != digest)
        before = next(runs, None)
        kept: dict[str, StepState] = {}
        for number, place in enumerate(self.checks, 1):
            state, check = before.steps.get(str(number)) if before else None, self.lesson.blocks[place]
            if state is None or not state.done or not isinstance(check, Check):
                break
            if state.accepted is not None and not _judge(check, state.accepted).right:
                break
            kept[str(number)] = state
        return kept

    @property
    def check(self) -> Check | None:
        """The question that is open; None after the last one."""
        block = self.lesson.blocks[self.checks[self.done]] if self.done < len(self.checks) else None
        return block if isinstance(block, Check) else None

    @property
    def open(self) -> int:
        """The number of blocks that can be read: up to the open question, or all."""
        return self.checks[self.done] + 1 if self.check is not None else len(self.lesson.blocks)

    @property
    def number(self) -> int:
        """The open question's number, from 1; after the last question, the number of questions."""
        return min(self.done + 1, len(self.checks))

    def repeats_title(self, place: int) -> bool:
        """Is this block the heading at the top that says once more what the lesson is called?"""
        block = self.lesson.blocks[place]
        return place == 0 and isinstance(block, Heading) and plain_text(block.content) == self.lesson.title

    @cached_property
    def sections(self) -> Sequence[int]:
        """The places of the headings at which a section begins."""
        return [n for n, block in enumerate(self.lesson.blocks) if isinstance(block, Heading) and block.level <= 2]

    def section(self, place: int) -> tuple[int, int]:
        """How many questions of the section around a block are done, and how many it has."""
        start = max((n for n in self.sections if n <= place), default=0)
        end = min((n for n in self.sections if n > place), default=len(self.lesson.blocks))
        own = [n for n, check in enumerate(self.checks) if start <= check < end]
        return sum(n < self.done for n in own), len(own)

    def begin(self) -> None:
        self.journal.record(notes.opened(lesson=self.key, digest=self.lesson.digest, mode="lesson"))

    def finish(self) -> None:
        self.journal.record(notes.finished(lesson=self.key))

    def judge(self, text: str, own: Collection[float] = ()) -> tuple[CheckJudgement, Note]:
        """The judgement of an answer to the open question, and the note that keeps it.

        ``own``: numbers that the reader has put into the lesson's pictures; one of them is no mistake.
        """
        assert self.check is not None, "nothing is asked"
        judged, self.typed = _judge(self.check, text), ""
        if own and not judged.right and _is_one_of(text, own):
            judged = replace(judged, verdict="invalid", message=_OF_PICTURE, say=(), mistakes=())
        note = notes.answered(self._step, text, judged.verdict, lesson=self.key, skill=self.skill)
        return judged, note

    def accept(self, text: str, judged: CheckJudgement) -> None:
        """Take an answer to the open question as right, and go on."""
        assert self.check is not None, "nothing is asked"
        self.answers[self.checks[self.done]] = _taken(self.check, text, judged)
        self._next()

    def hint(self) -> Inline:
        """The next hint; where there is no further one, the last, and that it is."""
        assert self.check is not None, "nothing is asked"
        hints = self.check.hints or (_NO_HINT,)
        hint = hints[self.hints] if self.hints < len(hints) else (*hints[-1], InlineRun(f" {LAST_HINT}"))
        self.hints += 1
        self.journal.record(notes.hinted(self._step, self.hints, lesson=self.key, skill=self.skill))
        return hint

    def reveal(self) -> Check:
        """Show the answer and go on; the question counts as not found. Gives that question."""
        assert self.check is not None, "nothing is asked"
        check = self.check
        self.journal.record(notes.revealed(self._step, lesson=self.key, skill=self.skill))
        self._stays(self.done, None)
        self._next()
        return check

    def exercise_of(self, link: ExerciseLink) -> str:
        """The key in the records of an invitation's exercise; its own course's comes before others of that name."""
        source = link.source
        if isinstance(source, Exercise):
            return f"{self.key} line {link.line}"
        own = self.lesson.folder / "exercises" / f"{source}.toml"
        return exercise_key(own) if own.is_file() else source

    def is_done(self, link: int) -> bool:
        """Is the exercise finished that this block invites to?"""
        block = self.lesson.blocks[link]
        return isinstance(block, ExerciseLink) and self.journal.history.finished(self.exercise_of(block))

    def leave(self, block: int, typed: str = "") -> None:
        """Note that the learner was last at this block, and what is typed and not given yet."""
        if (block, typed) != (self.left_at, self.typed):
            self.left_at, self.typed = block, typed
            unsent = (self._step, typed) if typed else ()
            self.journal.record(notes.moved(f"block {block}", lesson=self.key, typed=unsent))

    @property
    def skill(self) -> str:
        """The key of the skill that the open question shows: its own, or the lesson's only one; else empty."""
        own = self.check.skill if self.check is not None else ""
        taught = self.lesson.skills
        key = own or (taught[0] if len(taught) == 1 else "")
        return key if key in SKILLS else ""

    @property
    def _step(self) -> str:
        return str(self.done + 1)

    def _next(self) -> None:
        self.done += 1
        self.hints, self.typed = 0, ""

    def _stays(self, number: int, accepted: str | None) -> None:
        """Let stand below a question what stood there when it was done: an answer taken, or None for one shown."""
        place = self.checks[number]
        block = self.lesson.blocks[place]
        if isinstance(block, Check):
            self.answers[place] = _take_again(block, accepted) if accepted is not None else (
                AnsweredQuestion(answer_text(block, _ON_SCREEN), shown=True))


def _take_again(check: Check, accepted: str) -> AnsweredQuestion:
    """An answer taken before, with the same remark as then; one that calls for none waits for no judge."""
    judged = _judge(check, accepted) if check.kind in ("number", "formula") and accepted not in check.answer else None
    return _taken(check, accepted, judged)


def _taken(check: Check, text: str, judged: CheckJudgement | None) -> AnsweredQuestion:
    """What stands below a question that was answered; of a choice the whole option, which may be off the screen."""
    if check.kind == "choice":
        return AnsweredQuestion(answer_text(check, _ON_SCREEN))
    if judged is None or not judged.right:
        return AnsweredQuestion(text)
    read = judged.message.removesuffix(" That is right.")
    adds = read.startswith("I read") and typographic(text.strip()) not in read
    return AnsweredQuestion(text, read=judged.remark or (read if adds else ""))


def _is_one_of(text: str, numbers: Collection[float]) -> bool:
    from tui_backprop.tutor.numbers import agrees, read_number
    from tui_backprop.tutor.readings import Reading
    from tui_backprop.tutor.rules import Rule

    reading = read_number(text)
    return isinstance(reading, Reading) and any(agrees(reading, number, Rule()) for number in numbers)


_OF_PICTURE = "That comes from your own number in the picture. The lesson's is asked for: Tab, then Home, puts it back."


def _judge(check: Check, text: str) -> CheckJudgement:
    from tui_backprop.tutor.checks import judge_check

    return judge_check(check, text)


def _sound(lesson: Lesson) -> Lesson:
    """The lesson with messages in place of blocks that cannot be used."""
    from tui_backprop.course.lint import Tools, sound
    from tui_backprop.tutor.checks import why_not_right

    tools = Tools(why_not_right)
    return replace(lesson, blocks=tuple(sound(block, lesson, tools) for block in lesson.blocks))


def _place_of(run: ExerciseRun | None) -> int | None:
    word, _, place = (run.step if run is not None else "").partition(" ")
    return int(place) if word == "block" and place.isdecimal() else None
