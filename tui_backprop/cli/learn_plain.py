"""A lesson as plain lines on standard input and output, with formulas in words if asked for."""

from __future__ import annotations

import sys
from argparse import Namespace
from shlex import quote
from typing import assert_never

from tui_backprop.cli.arguments import glyphs_of
from tui_backprop.cli.lines import print_line
from tui_backprop.cli.saving import TellTrouble, open_records
from tui_backprop.course.lesson import Block, Check, ExerciseLink, Heading, Lesson, LinkMode
from tui_backprop.course.library import course_of, is_path
from tui_backprop.desk.following import lesson_after
from tui_backprop.desk.lesson.lines import Manner, Speech
from tui_backprop.desk.lesson.reading import LessonReading
from tui_backprop.desk.lesson.text import answer_text, block_rows
from tui_backprop.patterns import late_pattern
from tui_backprop.tutor.check_texts import how_to_answer
from tui_backprop.typeset.glyphs import Glyphs, plain_text
from tui_backprop.typeset.spoken import speak_keys, speak_message

_COLUMNS = 78
_SPOKEN_COLUMNS = 100_000
"""For listening a paragraph is one line, which only a terminal breaks."""


def read_plainly(lesson: Lesson, arguments: Namespace) -> int:
    """Read and ask, block after block.

    ``?`` gives a hint, ``!`` shows the answer and moves on, the end of input ends it; everything is saved.
    """
    with open_records() as (journal, tell):
        reading = LessonReading(lesson, journal, course_of(lesson.folder))
        reading.begin()
        speech: Speech = ("spelled" if lesson.spell_indices else "words") if arguments.spoken else ""
        manner = Manner(_SPOKEN_COLUMNS if speech else _COLUMNS, glyphs_of(arguments), speech)
        _PlainReading(reading, manner, tell).read()
    return 0


_TWO_STOPS = late_pattern(r",(?=[,.;:?!)]|\n|$)")
"""A pause behind a formula that another one, or the end of the line, makes idle."""
_READ_AS_SAID = late_pattern(r'We read ([a-z]+(?: [a-z]+)*) as "\1"\. ?')
_READ_SO = late_pattern(r'\b([a-z]+(?: [a-z]+)*), read "\1"')
"""How a formula is read, which was said just now: ``f of x, read "f of x"``."""


class _PlainReading:
    """The reading of a lesson on standard input and output."""

    def __init__(self, reading: LessonReading, manner: Manner, tell: TellTrouble) -> None:
        self.reading = reading
        self.manner = manner
        self.tell = tell

    def read(self) -> None:
        """Read from the first block, or from behind the last answer, to the end of the lesson or of the input."""
        reading = self.reading
        self.say(f"{reading.lesson.title}. A line is an answer; ? gives a hint, ! shows the answer, Ctrl-D ends.")
        shown = reading.checks[reading.done - 1] + 1 if reading.done else int(reading.repeats_title(0))
        if reading.done and reading.check is None:
            self.say("You have done all of it. Here it is once more, with the answers.")
            shown = int(reading.repeats_title(0))
        elif reading.done:
            self.say(f"You have {reading.done} of {len(reading.checks)} questions behind you.")
            headings = [block for block in reading.lesson.blocks[1:shown] if isinstance(block, Heading)]
            for heading in headings[-1:]:
                if not isinstance(reading.lesson.blocks[shown], Heading):  # of its section something is left
                    self.show(heading)
        while True:
            check = reading.check
            for block in reading.lesson.blocks[shown:reading.open]:
                if block is check:
                    self.say(f"Question {reading.number} of {len(reading.checks)}.")
                self.show(block)
                if isinstance(block, Check) and block is not check:
                    self.say(f"Answer: {answer_text(block, self.manner)}\n")
            shown = reading.open
            if check is None:
                reading.finish()
                self.say("That is the end of the lesson.")
                if (following := lesson_after(reading.lesson)) is not None:
                    self.say(f"The next one is {following[1]}: tui-backprop learn {following[0]} {self.options}")
                return
            self.say(f"Answer with {how_to_answer(check)}.")
            if not self.ask():
                return

    def ask(self) -> bool:
        """Ask until the question is done; False where the input ends first."""
        before = self.reading.done
        while self.reading.done == before:
            line = sys.stdin.readline()
            if not line:
                return False
            text = line.strip()
            if text == "?":
                self.say(f"Hint: {self.manner.text(self.reading.hint())}")
            elif text == "!":
                self.say(f"Shown: {answer_text(self.reading.reveal(), self.manner)}\n")
            elif text:
                self.answer(text)
            self.tell()
        return True

    def answer(self, text: str) -> None:
        judged, note = self.reading.judge(text)
        self.reading.journal.record(note)
        message = judged.remark or judged.message
        said = self.manner.text(judged.say) or (speak_message(message) if self.manner.spoken else message)
        if judged.right:
            said = said.removesuffix("That is right.").strip()
            self.say(f"Right: {said}\n" if said else "Right.\n")
            self.reading.accept(text, judged)
        else:
            self.say(f"Not yet: {said}")

    def show(self, block: Block) -> None:
        manner = self.manner
        for row in block_rows(block, self.reading.lesson.folder, manner.width, manner.glyphs, spoken=manner.speech):
            self.say("".join(text for text, _ in row).rstrip())
        if isinstance(block, ExerciseLink) and isinstance(block.source, str):
            named = self.reading.lesson.folder / block.source if is_path(block.source) else block.source
            self.say(f"{self._invite(block.mode, quote(str(named)))}\n")

    def _invite(self, mode: LinkMode, exercise: str) -> str:
        """The command with which an exercise is done, or looked at, in lines of text."""
        match mode:
            case "guided" | "quiz":
                guided = " --guided" if mode == "guided" else ""
                return f"To do it, type: tui-backprop quiz {exercise}{guided} {self.options}"
            case "watch":
                solve = f"tui-backprop solve {exercise}{' --spoken' if self.manner.spoken else ''}"
                return f"On the screen: tui-backprop {exercise}. All its steps as text: {solve}"
            case _:
                assert_never(mode)

    @property
    def options(self) -> str:
        """What a command needs so that all goes on in the same way."""
        spoken = " --spoken" if self.manner.spoken else ""
        return f"--plain{spoken}{' --ascii' if self.manner.glyphs is Glyphs.ASCII else ''}"

    def say(self, text: str) -> None:
        if self.manner.spoken:
            text = _READ_AS_SAID.sub("", _TWO_STOPS.sub("", text))
            text = text.replace("from->to", "from one unit to the other, such as 1 to 2")
            text = speak_keys(_READ_SO.sub(r"\1", text))
        print_line(plain_text(text, self.manner.glyphs))
