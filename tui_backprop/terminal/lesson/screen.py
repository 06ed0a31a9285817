"""A lesson: text that stops at each question until it is answered or shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.getters import query_one

from tui_backprop.course.lesson import Check, ExerciseLink, Lesson
from tui_backprop.desk.lesson.text import block_rows, inline_text
from tui_backprop.drawing.canvas import Runs
from tui_backprop.drawing.paragraphs import Paragraph, right, wrapped, wrong
from tui_backprop.records import notes
from tui_backprop.records.journal import Journal
from tui_backprop.records.notes import FREE
from tui_backprop.terminal.screen import TutorScreen
from tui_backprop.terminal.widgets.key_line import KeyLine
from tui_backprop.terminal.widgets.message import MessageView
from tui_backprop.terminal.widgets.prompt import Prompt
from tui_backprop.terminal.widgets.runs_view import RunsView
from tui_backprop.terminal.widgets.title_bar import Progress, TitleBar
from tui_backprop.tutor.checks import CheckJudgement, how_to_answer, judge_check, right_answer
from tui_backprop.typeset.glyphs import Glyphs


class LessonView(RunsView):
    """The lesson's text as far as it is open, scrolled by rows."""

    def __init__(self, lesson: Lesson, answers: Mapping[int, str]) -> None:
        super().__init__()
        self._lesson = lesson
        self._answers = answers
        self._open = 0
        self.first = 0

    def show(self, count: int) -> None:
        """Open the first ``count`` blocks, and bring what is new into view."""
        before = len(self._all(self.size.width)) if self._open else 0
        self._open = count
        if before:
            self.first = max(before - 3, 0)
        self.scroll_rows(0)

    def scroll_rows(self, by: int) -> None:
        """Scroll, as far as there is text."""
        last = max(len(self._all(self.size.width)) - self.size.height, 0)
        self.first = min(max(self.first + by, 0), last)
        self.redraw()

    def at_end(self) -> bool:
        """Is the last row with text that is open in view? The empty one behind it need not be."""
        return self._open > 0 and self.first + self.size.height >= len(self._all(self.size.width)) - 1

    def rows(self, width: int, height: int) -> Sequence[Runs]:
        return self._all(width)[self.first:self.first + height]

    def _all(self, width: int) -> list[Runs]:
        rows: list[Runs] = []
        for place, block in enumerate(self._lesson.blocks[:self._open]):
            *own, last = block_rows(block, self._lesson.folder, width, self.glyphs)
            answer = self._answers.get(place)
            rows += [*own, *(wrapped([right(answer)], width, self.glyphs) if answer else ()), last]
        return rows


READ_ON = "There is more below: Enter reads on."


class LessonScreen(TutorScreen):
    """Shows a lesson. ``go_on`` opens the exercise that it ends with."""

    CSS_PATH = Path(__file__).with_name("screen.tcss")
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "on", "go on", key_display="Enter", tooltip="Scroll on; at the end, to the exercise"),
        Binding("pagedown", "scroll(1)", "down", key_display="PgDn"),
        Binding("pageup", "scroll(-1)", "up", key_display="PgUp"),
        Binding("down", "line(1)", "line down", show=False),
        Binding("up", "line(-1)", "line up", show=False),
        Binding("escape", "leave", "contents", tooltip="Back to the contents; everything is saved"),
    ]

    title_bar = query_one(TitleBar)
    text = query_one(LessonView)
    say = query_one("#say", MessageView)
    prompt = query_one(Prompt)

    def __init__(self, lesson: Lesson, journal: Journal, go_on: Callable[[str], None]) -> None:
        super().__init__()
        self._lesson = lesson
        self.journal = journal
        self._go_on = go_on
        self._checks = [place for place, block in enumerate(lesson.blocks) if isinstance(block, Check)]
        run = journal.history.run(lesson=lesson.name, digest=lesson.digest, mode="lesson")
        done = {step: state.accepted for step, state in run.steps.items() if state.done} if run else {}
        self._done = next((n for n in range(len(self._checks)) if str(n + 1) not in done), len(self._checks))
        self._hints = 0
        self._asked = -1
        """The question whose prompt is there; it comes once the question itself can be read."""
        self._answers: dict[int, str] = {}
        """By the place of its question, what was answered: it stays on the page."""
        for number in range(self._done):
            self._answer_stays(number, done[str(number + 1)])

    def compose(self) -> ComposeResult:
        yield TitleBar(self._lesson.title)
        yield LessonView(self._lesson, self._answers)
        yield MessageView(id="say")
        with Horizontal(id="answer"):
            yield MessageView(id="mark")
            yield Prompt()
            yield MessageView(id="more")
        yield KeyLine()

    def on_mount(self) -> None:
        self.journal.record(notes.opened(lesson=self._lesson.name, digest=self._lesson.digest, mode="lesson"))
        self.query_one("#mark", MessageView).show(Paragraph(">", role="key"))
        self.query_one("#more", MessageView).show(Paragraph(READ_ON, role="note"))
        self.call_after_refresh(self._take_up)

    @property
    def _check(self) -> Check | None:
        if self._done >= len(self._checks):
            return None
        block = self._lesson.blocks[self._checks[self._done]]
        return block if isinstance(block, Check) else None

    @property
    def _link(self) -> ExerciseLink | None:
        return next((block for block in self._lesson.blocks if isinstance(block, ExerciseLink)), None)

    def _take_up(self) -> None:
        """Open at what comes after the last answer."""
        if self._done:
            self.text.show(self._checks[self._done - 1] + 1)
        self._open()

    def _open(self) -> None:
        """Show the text up to the next question."""
        check = self._check
        count = self._checks[self._done] + 1 if check else len(self._lesson.blocks)
        self._hints = 0
        asked = len(self._checks)
        self.title_bar.show(self._lesson.title, "LESSON", Progress(min(self._done + 1, asked), asked))
        if check is not None:
            self.prompt.begin(how_to_answer(check))
        else:
            self.journal.record(notes.finished(lesson=self._lesson.name))
        self.call_after_refresh(self._show, count)

    def _show(self, count: int) -> None:
        self.text.show(count)
        self._ask()

    def _ask(self) -> None:
        """The prompt, once its question is in sight; before that, that there is more to read."""
        if self._check is not None and self.text.at_end():
            self._asked = self._done
        asks = self._check is not None and self._asked == self._done
        self.query_one("#mark", MessageView).display = self.prompt.display = asks
        self.query_one("#more", MessageView).display = not asks and not self.text.at_end()
        if asks:
            self.prompt.focus()
        else:
            self.set_focus(None)
        self.refresh_bindings()

    @on(Prompt.Answered)
    def _answer(self, event: Prompt.Answered) -> None:
        check = self._check
        if check is None:
            return
        judged = judge_check(check, event.text)
        step = str(self._done + 1)
        note = notes.answered(step, event.text, judged.verdict, lesson=self._lesson.name)
        self.journal.record(note, partial(self.take_later, self._judged, judged, event.text))

    def _judged(self, judged: CheckJudgement, text: str) -> None:
        if judged.right:
            self.say.show(right(judged.message))
            self._answer_stays(self._done, text)
            self._done += 1
            self._open()
            return
        said = inline_text(judged.say, Glyphs.FULL) or judged.message
        self.say.show(Paragraph(said, "!", "note") if judged.verdict in FREE else wrong(said))
        if not self.prompt.value:  # nothing was typed behind it
            self.prompt.keep(text, replaced=True)

    def _answer_stays(self, number: int, text: str | None) -> None:
        """``text``: what was accepted; None where the answer was shown."""
        place = self._checks[number]
        block = self._lesson.blocks[place]
        if isinstance(block, Check):
            self._answers[place] = text if text is not None else right_answer(block)

    @on(Prompt.HintRequested)
    def _hint(self) -> None:
        check = self._check
        if check is None:
            return
        hint = check.hints[min(self._hints, len(check.hints) - 1)] if check.hints else ()
        self._hints += 1
        self.journal.record(notes.hinted(str(self._done + 1), self._hints, lesson=self._lesson.name))
        self.say.show(Paragraph(inline_text(hint, Glyphs.FULL) or "Read the lines above once more.", "?", "note"))

    @on(Prompt.RevealRequested)
    def _reveal(self) -> None:
        check = self._check
        if check is not None:
            self.journal.record(notes.revealed(str(self._done + 1), lesson=self._lesson.name))
            self.say.show(Paragraph(f"The answer is {right_answer(check)}.", role="note"))
            self._answer_stays(self._done, None)
            self._done += 1
            self._open()

    def action_on(self) -> None:
        """Further down; from the end, to the exercise."""
        if not self.text.at_end():
            self.action_scroll(1)
        elif self._link is not None and isinstance(self._link.source, str):
            source = self._link.source
            self.dismiss()
            self._go_on(source)

    def action_scroll(self, pages: int) -> None:
        self.action_line(pages * max(self.text.size.height - 2, 1))

    def action_line(self, rows: int) -> None:
        self.text.scroll_rows(rows)
        self._ask()

    def on_resize(self) -> None:
        self.call_after_refresh(self._ask)

    def action_leave(self) -> None:
        self.dismiss()
