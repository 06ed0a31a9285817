"""A lesson: text that stops at each question until it is answered or shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.getters import query_one

from tui_backprop.course.lesson import ExerciseLink, Lesson
from tui_backprop.course.library import course_of
from tui_backprop.desk.lesson.reading import Reading
from tui_backprop.desk.lesson.text import inline_text
from tui_backprop.drawing.paragraphs import Paragraph, wrong
from tui_backprop.records.journal import Journal
from tui_backprop.records.notes import FREE
from tui_backprop.terminal.lesson.sections import SectionsScreen
from tui_backprop.terminal.lesson.view import LessonView
from tui_backprop.terminal.screen import TutorScreen
from tui_backprop.terminal.widgets.key_line import KeyLine
from tui_backprop.terminal.widgets.message import MessageView
from tui_backprop.terminal.widgets.prompt import Prompt
from tui_backprop.terminal.widgets.title_bar import Progress, TitleBar
from tui_backprop.tutor.checks import CheckJudgement, how_to_answer
from tui_backprop.typeset.glyphs import Glyphs

GoOn = Callable[[ExerciseLink, Reading], None]
"""Opens the exercise that a lesson invites to, on top of the lesson."""
READ_ON = "There is more below: Enter reads on."


class LessonScreen(TutorScreen):
    """Shows a lesson. ``go_on`` opens the exercise that it ends with."""

    CSS_PATH = Path(__file__).with_name("screen.tcss")
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "on", "go on", key_display="Enter", tooltip="Scroll on; at an exercise, to it"),
        Binding("f2", "sections", "sections", tooltip="The lesson's sections, and any word in it"),
        Binding("left", "nudge(-1)", "move", key_display="←→", priority=True,
                tooltip="Move the point of the curve in view, while nothing is typed"),
        Binding("right", "nudge(1)", "move", show=False, priority=True),
        Binding("pagedown", "scroll(1)", "down", key_display="PgDn"),
        Binding("pageup", "scroll(-1)", "up", key_display="PgUp"),
        Binding("down", "line(1)", "line down", show=False),
        Binding("up", "line(-1)", "line up", show=False),
        Binding("slash", "sections", "find", show=False, tooltip="Find a word in the lesson"),
        Binding("escape", "leave", "contents", tooltip="Back to the contents; everything is saved"),
    ]

    title_bar = query_one(TitleBar)
    text = query_one(LessonView)
    say = query_one("#say", MessageView)
    prompt = query_one(Prompt)

    def __init__(self, lesson: Lesson, journal: Journal, go_on: GoOn) -> None:
        super().__init__()
        self._reading = Reading(lesson, journal, course_of(lesson.folder))
        self.journal = journal
        self._go_on = go_on
        self._asked = -1
        """The question whose prompt is there; it comes once the question itself can be read."""

    def compose(self) -> ComposeResult:
        yield TitleBar(self._reading.lesson.title)
        yield LessonView(self._reading)
        yield MessageView(id="say")
        with Horizontal(id="answer"):
            yield MessageView(id="mark")
            yield Prompt()
            yield MessageView(id="more")
        yield KeyLine()

    def on_mount(self) -> None:
        self._reading.begin()
        self.query_one("#mark", MessageView).show(Paragraph(">", role="key"))
        self.query_one("#more", MessageView).show(Paragraph(READ_ON, role="note"))
        self.call_after_refresh(self._take_up)

    def _take_up(self) -> None:
        """Open at the line that was read last, or at what comes after the last answer."""
        reading = self._reading
        if reading.done:
            self.text.show(reading.checks[reading.done - 1] + 1)
        self._open(reading.left_at)

    def _open(self, at: int | None = None) -> None:
        """Show the text up to the next question."""
        reading = self._reading
        self.title_bar.show(reading.lesson.title, "LESSON", Progress(reading.number, len(reading.checks)))
        if reading.check is not None:
            self.prompt.begin(how_to_answer(reading.check))
        else:
            reading.finish()
        self.call_after_refresh(self._show, reading.open, at)

    def _show(self, count: int, at: int | None) -> None:
        self.text.show(count)
        if at is not None:
            self.text.go_to(at)
        self._ask()

    def _ask(self) -> None:
        """The prompt, once its question is in sight; before that, that there is more to read."""
        reading = self._reading
        if reading.check is not None and self.text.at_end():
            self._asked = reading.done
        asks = reading.check is not None and self._asked == reading.done
        self.query_one("#mark", MessageView).display = self.prompt.display = asks
        self.query_one("#more", MessageView).display = not asks and not self.text.at_end()
        if asks:
            self.prompt.focus()
        else:
            self.set_focus(None)
        self.refresh_bindings()

    @on(Prompt.Answered)
    def _answer(self, event: Prompt.Answered) -> None:
        if self._reading.check is None:
            return
        judged, note = self._reading.judge(event.text)
        self.journal.record(note, partial(self.take_later, self._judged, judged, event.text))

    def _judged(self, judged: CheckJudgement, text: str) -> None:
        if judged.right:
            self._reading.accept(text, judged.message)  # it stands below its question, not beside the next one
            self.say.show()
            self._open()
            return
        said = inline_text(judged.say, Glyphs.FULL) or judged.message
        self.say.show(Paragraph(said, "!", "note") if judged.verdict in FREE else wrong(said))
        if not self.prompt.value:  # nothing was typed behind it
            self.prompt.keep(text, replaced=True)

    @on(Prompt.HintRequested)
    def _hint(self) -> None:
        if self._reading.check is not None:
            hint = inline_text(self._reading.hint(), Glyphs.FULL)
            self.say.show(Paragraph(hint or "Read the lines above once more.", "?", "note"))

    @on(Prompt.RevealRequested)
    def _reveal(self) -> None:
        if self._reading.check is not None:
            self._reading.reveal()
            self.say.show()
            self._open()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The arrows move a curve's point where there is one and nothing is typed; else they are the prompt's."""
        if action == "nudge":
            return self.is_current and not self.prompt.value and self.text.plot_in_view() is not None
        return super().check_action(action, parameters)

    def action_nudge(self, by: int) -> None:
        """Move the point of the curve in view."""
        found = self.text.plot_in_view()
        if found is not None:
            place, point = found
            self.text.change(place, point.moved(by))

    def action_on(self) -> None:
        """Further down; at an invitation to the workbench, there. The lesson stays where it is until one comes back."""
        link = self.text.link_in_view()
        if link is not None and (self.text.at_end() or self._reading.check is None):
            self._reading.leave(self.text.block_at_top())
            self._go_on(link, self._reading)
        elif not self.text.at_end():
            self.action_scroll(1)

    def action_sections(self) -> None:
        """Another section, or where a word stands."""
        def go_to(block: int | None) -> None:
            if block is not None:
                self.text.go_to(block)
                self._ask()

        self.app.push_screen(SectionsScreen(self._reading, self.text.block_at_top()), go_to)

    def action_scroll(self, pages: int) -> None:
        self.action_line(pages * max(self.text.size.height - 2, 1))

    def action_line(self, rows: int) -> None:
        self.text.scroll_rows(rows)
        self._ask()

    def on_screen_resume(self) -> None:
        """Back from the workbench: the keyboard is where it was, not with a prompt that is not asked."""
        self.call_after_refresh(self._ask)

    def on_resize(self) -> None:
        self.call_after_refresh(self._ask)

    def action_leave(self) -> None:
        self._reading.leave(self.text.block_at_top())
        self.dismiss()
