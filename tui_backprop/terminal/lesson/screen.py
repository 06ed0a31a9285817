"""A lesson: text that stops at each question until it is answered or shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one

from tui_backprop.course.lesson import ExerciseLink, Lesson
from tui_backprop.course.library import course_of
from tui_backprop.desk.lesson.picture_keys import UPWARDS
from tui_backprop.desk.lesson.reading import LessonReading
from tui_backprop.desk.lesson.text import inline_text, prompt_text
from tui_backprop.drawing.paragraphs import Paragraph, wrong
from tui_backprop.records.journal import Journal
from tui_backprop.records.notes import FREE
from tui_backprop.terminal.lesson.illustrated import PICTURE_KEYS, IllustratedScreen
from tui_backprop.terminal.lesson.turns import Turns
from tui_backprop.terminal.lesson.view import LessonView
from tui_backprop.terminal.widgets.key_line import KeyLine
from tui_backprop.terminal.widgets.message import MessageView
from tui_backprop.terminal.widgets.prompt import REVEAL, Prompt
from tui_backprop.terminal.widgets.title_bar import Progress, TitleBar
from tui_backprop.terminal.widgets.unscrolled import UnscrolledRow
from tui_backprop.tutor.check_texts import how_to_answer
from tui_backprop.typeset.glyphs import Glyphs

if TYPE_CHECKING:
    from tui_backprop.terminal.lesson.outline import Outline
    from tui_backprop.tutor.checks import CheckJudgement

GoOn = Callable[[ExerciseLink, LessonReading], None]
"""Opens the exercise that a lesson invites to, on top of the lesson."""
READ_ON, PAGE_ON = "There is more below: Enter reads on.", "There is more below: PgDn reads on."
TYPE_FIRST = "Type an answer first. ? gives a hint, ! shows the answer."
THEIRS = "The numbers in the picture are yours. The question is about the lesson's."
OVER, SHORTLY_OVER = "That is the end of the lesson.", "The end."


class LessonScreen(IllustratedScreen):
    """Shows a lesson. ``go_on`` opens an exercise that the lesson invites to.

    ``following``: name and title of the next lesson, which ``open_next`` opens once this screen is left for it.
    """

    CSS_PATH = Path(__file__).with_name("screen.tcss")
    AUTO_FOCUS = ""  # the prompt is given the keyboard once its question is in sight
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "on", "go on", key_display="Enter", tooltip="Scroll on; at an exercise, to it"),
        Binding("question_mark", "hint_early", "hint", show=False, tooltip="A hint for the question below"),
        Binding("n", "next_lesson", "next lesson", tooltip="At the end of the lesson: on to the one after it"),
        Binding("f2", "sections", "sections", tooltip="The lesson's sections, and any word in it"),
        Binding("left", "nudge(-1)", "move", key_display="←→", priority=True,
                tooltip="The point of the picture in view to the left, while no answer is begun"),
        Binding("right", "nudge(1)", "move", show=False, priority=True, tooltip="The same, to the right"),
        Binding("up", "vertical(1)", "line up", key_display="↑↓", tooltip="A line up; what the picture in hand does"),
        Binding("down", "vertical(-1)", "line down", show=False, tooltip="A line down; the same of the picture"),
        Binding("plus,equals_sign", "more(1)", "more", key_display="+ -", tooltip="Of the picture in hand: more"),
        Binding("minus,underscore", "more(-1)", "less", show=False, tooltip="Of the picture in hand: less"),
        Binding("home", "start", "as it was", show=False, tooltip="The picture in hand as it was; of the text the top"),
        Binding("end", "bottom", "the end", show=False, tooltip="To the end of the text, as far as it is open"),
        Binding("tab", "hold", "picture",
                tooltip="Take the picture in view in hand: all its keys; then the next one, or the text again"),
        Binding("tab", "other_link(1)", "next one", tooltip="Of the exercises in view, the next one"),
        Binding("shift+tab", "other_link(-1)", "one before", show=False,
                tooltip="Of the exercises in view, the one before"),
        Binding("pagedown", "scroll(1)", "down", key_display="PgDn"),
        Binding("pageup", "scroll(-1)", "up", key_display="PgUp"),
        Binding("slash", "sections", "find", show=False, tooltip="Find a word in the lesson"),
        Binding("escape", "leave", "contents", tooltip="Back to the contents; everything is saved"),
    ]

    title_bar = query_one(TitleBar)
    prompt = query_one(Prompt)

    def __init__(
        self, lesson: Lesson, journal: Journal, go_on: GoOn, following: tuple[str, str] | None,
        open_next: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._following, self._open_next = following, open_next
        self._reading = LessonReading(lesson, journal, course_of(lesson.folder))
        self.journal = journal
        self._go_on = go_on
        self._asked = -1
        """The question whose prompt is there; it comes once the question itself can be read."""
        self._outline: Outline | None = None
        self._turns = Turns(lambda: self._reading.check is not None)

    def compose(self) -> ComposeResult:
        yield TitleBar(self._reading.lesson.title)
        yield LessonView(self._reading)
        yield MessageView(id="say")
        with UnscrolledRow(id="answer"):
            yield MessageView(id="mark")
            yield Prompt(finds=True)
            yield MessageView(id="more")
        if self.has_class("-wide"):
            yield self._make_outline()
        yield KeyLine()

    def on_mount(self) -> None:
        self._reading.begin()
        self.query_one("#mark", MessageView).show(Paragraph(">", role="key"))
        self.call_after_refresh(self._take_up)

    def _take_up(self) -> None:
        """Open at the line that was read last, or behind the last answer."""
        reading = self._reading
        if reading.done:
            self.text.show(reading.checks[reading.done - 1] + 1)
        self._open(reading.left_at)

    def _open(self, at: int | None = None) -> None:
        """Show the text up to the next question."""
        reading = self._reading
        self.title_bar.show(reading.lesson.title, "LESSON", Progress(reading.number, len(reading.checks)))
        if reading.check is not None:
            self.prompt.begin(how_to_answer(reading.check), self.prompt.ahead)
            if reading.typed and not self.prompt.value:
                self.prompt.insert_text_at_cursor(reading.typed)
        else:
            reading.finish()
        self.call_after_refresh(self._show, reading.open, at)

    def _show(self, count: int, at: int | None) -> None:
        self.text.show(count)
        if self.prompt.ahead:
            self.text.go_to_end()
        elif at is not None:
            self.text.go_to(at)
        self._ask()

    @on(LessonView.Settled)
    def _ask(self) -> None:
        """Show the prompt once its question is in sight; before that, say that there is more to read."""
        reading = self._reading
        if not self.text.is_open:
            return
        if reading.check is not None and self.text.at_end():
            self._asked = reading.done
        asks = reading.check is not None and self._asked == reading.done and not self._holds
        self.query_one("#mark", MessageView).display = self.prompt.display = asks
        (more := self.query_one("#more", MessageView)).display = not asks and not self._holds
        self._show_outline()
        self.text.choose_first()
        below = PAGE_ON if self._opens_link else READ_ON
        more.show(*self._tell_end() if self.text.at_end() else [Paragraph(below, role="note")])
        if asks and reading.check is not None:
            in_view, room = self.text.begins_in_view(reading.open - 1), self.query_one("#answer").size.width - 4
            self.prompt.placeholder = prompt_text(reading.check, self.text.glyphs, room, in_view=in_view)
            self.prompt.focus()
        else:
            self.set_focus(None)
        self.refresh_bindings()

    def _show_outline(self) -> None:
        """Where there is room beside the text, show the sections."""
        if self._outline is None and self.has_class("-wide"):
            self.mount(self._make_outline())
        if self._outline is not None:
            self._outline.display = self.has_class("-wide")
            self._outline.show(self._reading.open - 1 if self.text.at_end() else self.text.block_at_top())

    def _make_outline(self) -> Outline:
        from tui_backprop.terminal.lesson.outline import Outline

        self._outline = Outline(self._reading, self.app.size.width)
        return self._outline

    @on(Prompt.Answered)
    def _answered(self, event: Prompt.Answered) -> None:
        self._turns.take(partial(self._answer, event.text))

    @on(Prompt.Empty)
    def _empty_given(self) -> None:
        if self._turns.is_empty and not self._reading.hints:  # a hint is not wiped out before it is read
            self.say.show(Paragraph(TYPE_FIRST, role="note"))

    @on(Prompt.FindRequested)
    def _find_asked(self) -> None:
        self.action_sections()

    @on(Prompt.HintRequested)
    def _hint_asked(self) -> None:
        self._turns.take(self._hint)

    @on(Prompt.RevealRequested)
    def _reveal_asked(self) -> None:
        self._turns.take(self._reveal)

    def _answer(self, text: str) -> None:
        self.text.go_to_end()
        self._turns.hold()
        judged, note = self._reading.judge(text, self.text.pictures.own_numbers)
        self.journal.record(note, partial(self.take_later, self._judged, judged, text))

    def _judged(self, judged: CheckJudgement, text: str) -> None:
        if judged.right:
            self._reading.accept(text, judged)  # the message stands below its question, not at the next one
            self.say.show()
            self._open()
        else:
            said = inline_text(judged.say, Glyphs.FULL) or judged.message
            free, meant = judged.verdict in FREE, Paragraph(THEIRS, role="note")
            told = [Paragraph(said, "!", "note") if free else wrong(said)]
            self.say.show(*told, *([meant] if not free and self.text.shows_changed else []))
            if not self.prompt.value and self._turns.is_empty:  # nothing was typed behind it
                self.prompt.keep(text, replaced=True)
        self._turns.go_on()

    def _hint(self) -> None:
        self.text.go_to_end()
        self.say.show(Paragraph(f"Hint: {inline_text(self._reading.hint(), Glyphs.FULL)}", role="note"))

    def _reveal(self) -> None:
        self._reading.reveal()
        self.say.show()
        self._open()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A picture's keys are offered where there is one; the arrows are the prompt's once an answer is begun."""
        holds, reading = self._holds, self._reading
        match action:
            case "nudge" if not holds:
                return self.is_current and self.prompt.is_free and super().check_action(action, parameters)
            case "hint_early":
                return self.is_current and not holds and self.focused is None and reading.check is not None
            case "other_link":
                return self.is_current and not holds and len(self.text.links_in_view()) > 1
            case "next_lesson":
                return self.is_current and not holds and self._is_over and self._following is not None
            case "on":
                return holds or not self._is_over or self.text.link is not None
            case "scroll":
                return not holds and self.text.has_more(1 if parameters == (1,) else -1)
            case "sections" | "bottom":
                return not holds
            case "start":
                return True
            case _:
                return super().check_action(action, parameters)

    def does(self, binding: Binding) -> str:
        """What a key does now: a picture that has the keys says so itself; otherwise Up and Down need no words."""
        does = self.picture_does(binding)
        if does is not None:
            return does
        action = binding.action.partition("(")[0]
        if action == "on":
            return "to the exercise" if self._opens_link else "go on"
        return "" if PICTURE_KEYS.get(action) == UPWARDS else binding.description

    async def on_key(self, event: events.Key) -> None:
        if self._holds:
            self.type_into(event)
        else:
            self._keep_early(event)

    def _keep_early(self, event: events.Key) -> None:
        """Take a learner who types an answer before the prompt is there to the prompt, with all that is typed.

        A character that comes here was given before the prompt had the keyboard, though it may have it by now.
        """
        early = self.focused in (None, self.prompt) and self._reading.check is not None and event.is_printable
        has_focus = self.focused is self.prompt
        if event.character == REVEAL and early and not self.prompt.ahead:
            event.stop()  # first the question is read, of which the answer would be shown
            self.text.go_to_end()
            self._ask()
        elif event.character and early and (has_focus or self.prompt.ahead or event.key not in self.active_bindings):
            event.stop()
            self.prompt.insert_text_at_cursor(event.character)
            self._asked = self._reading.done
            self.text.go_to_end()
            self._ask()
            self.set_focus(self.prompt)

    def hold_picture(self, place: int | None) -> None:
        super().hold_picture(place)
        if place is None and self._asked == self._reading.done:
            self.text.go_to_end()  # the picture may have grown
        self._ask()

    def action_vertical(self, way: int) -> None:
        if self._holds:
            super().action_vertical(way)
        else:
            self.action_line(-way)

    def action_start(self) -> None:
        """The picture in hand as it was; or else the top of the page."""
        if self._holds:
            super().action_start()
        else:
            self.text.go_to(0)
            self._ask()

    def action_bottom(self) -> None:
        self.text.go_to_end()
        self._ask()

    def action_on(self) -> None:
        """Scroll on or, at an invitation, go to the workbench. The lesson stays in its place meanwhile."""
        link = self.text.link
        block = self._reading.lesson.blocks[link] if link is not None else None
        if self._holds:
            self.enter_picture()
        elif self.prompt.ahead:  # typed before the prompt had the keyboard
            self.prompt.submit()
        elif isinstance(block, ExerciseLink) and self._opens_link:
            self.keep_typed()
            self._go_on(block, self._reading)
        elif not self.text.at_end():
            self.action_scroll(1)

    @property
    def _opens_link(self) -> bool:
        """Does Enter open an exercise?"""
        return self.text.link is not None and (self.text.at_end() or self._reading.check is None)

    def action_other_link(self, by: int) -> None:
        links, link = self.text.links_in_view(), self.text.link
        self.text.choose(links[(links.index(link) + by) % len(links)] if link in links else links[0])
        self.refresh_bindings()

    @property
    def _is_over(self) -> bool:
        """Is every question done, and the last line in view?"""
        return self._reading.check is None and self.text.at_end()

    def _tell_end(self) -> list[Paragraph]:
        """A line that the lesson is over, and what comes next."""
        if self._reading.check is not None:
            return []
        following = f" n: on to “{self._following[1]}”." if self._following else ""
        over = OVER if len(OVER + following) <= self.query_one("#answer").size.width else SHORTLY_OVER
        return [Paragraph(f"{over}{following}", role="good")]

    def action_next_lesson(self) -> None:
        if self._following is not None:
            self.dismiss()
            self.call_later(self._open_next, self._following[0])

    def action_sections(self) -> None:
        """Go to another section, or to a place where a word stands."""
        from tui_backprop.terminal.lesson.sections import SectionsScreen

        def go_to(block: int | None) -> None:
            if block is not None:
                self.text.go_to(block)
                self._ask()

        self.app.push_screen(SectionsScreen(self._reading, self.text.block_at_top()), go_to)

    def action_scroll(self, pages: int) -> None:
        self.action_line(self.text.rows_of_page(pages))

    def action_line(self, rows: int) -> None:
        self.text.scroll_rows(rows)
        self._ask()

    @on(events.Resize)
    @on(events.ScreenResume)
    def _ask_again(self) -> None:
        """After the workbench, show the prompt again only if its question is asked.

        Of two exercises Enter opens the one that is still to be done.
        """
        if self.text.link is not None and self.text.is_done(self.text.link):
            self.text.link = None
            self.text.bring_open_link()
        self.call_after_refresh(self._ask)

    def action_leave(self) -> None:
        if self._holds:
            self.hold_picture(None)
            return
        self.dismiss()

    def keep_typed(self) -> None:
        """Note the line that is read, and what is typed and not given yet."""
        if self.text.is_open:
            self._reading.leave(self.text.block_at_top(), self.prompt.ahead)
