"""The workbench: a network, its parameters, the chain of factors, and the step that is asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.getters import query_one

from tui_backprop.course.exercise import ExerciseError
from tui_backprop.derivation.notation import Notation
from tui_backprop.desk import workbench_view as view
from tui_backprop.desk.choices import Choice
from tui_backprop.desk.workbench import Workbench
from tui_backprop.drawing.paragraphs import Paragraph, right, wrapped, wrong
from tui_backprop.terminal.screen import TutorScreen
from tui_backprop.terminal.widgets.confirm import Confirm
from tui_backprop.terminal.widgets.key_line import KeyLine
from tui_backprop.terminal.widgets.message import MessageView
from tui_backprop.terminal.widgets.prompt import Prompt
from tui_backprop.terminal.widgets.title_bar import Progress, TitleBar
from tui_backprop.terminal.workbench.answer_prompt import AnswerPrompt
from tui_backprop.terminal.workbench.panels import WorkbenchPanels
from tui_backprop.terminal.workbench.parameter_table import ParameterTable
from tui_backprop.tutor.narrowing import Narrowing
from tui_backprop.tutor.quiz import Feedback

_FEW_LINES, _MORE_LINES = 2, 3
"""So many lines of feedback have room under any question, on a short screen and on a taller one."""


class WorkbenchScreen(TutorScreen):
    """Shows a :class:`Workbench` and passes on what the learner does."""

    CSS_PATH = Path(__file__).with_name("screen.tcss")
    AUTO_FOCUS = ""  # the prompt, while something is asked; Textual would take the table
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "advance", "next", key_display="Enter", tooltip="Show the next step"),
        Binding("n", "again", "again with the new weights", tooltip="Another round, from the updated weights"),
        Binding("r", "restart", "start again", tooltip="The same exercise from its first step"),
        Binding("escape", "leave", "contents", tooltip="Back to the contents; everything is saved"),
        Binding("pageup,b", "look(-1)", "back", key_display="PgUp", tooltip="Look at earlier steps again"),
        Binding("pagedown,f", "look(1)", "forward", show=False, key_display="PgDn", tooltip="And forward again"),
        Binding("f2,p", "parameters", "parameters", key_display="F2", tooltip="To the table of parameters, and back"),
        Binding("f3,ctrl+l,l", "steps", "steps", show=False, tooltip="The list of all steps"),
        Binding("f4,w", "narrow", "what is asked", show=False,
                tooltip="Be asked for everything, for what one weight needs, or for what is not mastered yet"),
        Binding("f5,a", "mode", "quiz, watch or exam", show=False,
                tooltip="Be asked for the steps, be shown them, or take an exam"),
        Binding("f6,c", "nudge", "check by nudging", show=False,
                tooltip="Change a weight a little, and compare what the cost does with the gradient"),
        Binding("ctrl+n,o", "notation", "notation", show=False, tooltip="Whose symbols and indices are used"),
    ]

    title_bar = query_one(TitleBar)
    panels = query_one(WorkbenchPanels)
    table = query_one(ParameterTable)
    feedback = query_one("#feedback", MessageView)
    prompt = query_one(AnswerPrompt)
    confirm = query_one(Confirm)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self._looking: int | None = None
        self._unpainted = 0
        self._said: tuple[Paragraph, ...] = ()

    def compose(self) -> ComposeResult:
        yield TitleBar(self.bench.title)
        yield WorkbenchPanels(self.bench)
        yield Confirm()
        yield KeyLine()

    def on_mount(self) -> None:
        if not self.query(AnswerPrompt):  # the program is left before the screen was there
            return
        self._say()
        self._begin()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are offered where they do something."""
        del parameters
        if self.confirm.display:
            return False
        finished, watching = self.bench.quiz.finished, self.bench.quiz.mode == "watch"
        if action == "advance":
            return (watching and not finished) or self._looking is not None or (not finished and self.focused is None)
        if action == "again":
            return finished and self.bench.exam is None and bool(self.bench.quiz.results())
        if action == "restart":
            return finished and not self._exam_goes_on and self.focused is not self.prompt
        if action in ("narrow", "nudge"):
            return self.bench.exam is None
        return True

    def does(self, binding: Binding) -> str:
        """From an earlier step Escape leads back to the one that is asked; in an exam nothing is shown."""
        if binding.action == "ask_reveal" and self.bench.exam is not None:
            return "leave out"
        if binding.action != "leave" or self._looking is None:
            return super().does(binding)
        return "to the end" if self.bench.quiz.finished else "to the question"

    @on(Prompt.Answered)
    def _answer(self, event: Prompt.Answered) -> None:
        if self.bench.pending is not None:
            self._confirm(event.text)
            return
        if self.bench.quiz.finished:
            self._reply(event.text)
            return
        self._live()
        self._unpainted += 1
        self.bench.answer(event.text, self._painter)

    def _painter(self, feedback: Feedback, text: str) -> Callable[[], None]:
        """What the writing thread calls once the answer is safe: a judgement is painted then."""
        def painted() -> None:
            app = self.app
            if app.is_running:
                app.call_later(partial(self._judged, feedback, text))

        return painted

    def _judged(self, feedback: Feedback, text: str) -> None:
        self._unpainted -= 1
        self._say(*view.judgement_paragraphs(feedback, text, self.feedback.size.width))
        if feedback.right:
            typed = self.prompt.value  # ahead of the judgement: it belongs to the next step
            self._begin()
            self.prompt.value, self.prompt.cursor_position = typed, len(typed)
            return
        self._show()  # something smaller may be asked now
        nothing_behind = not self.prompt.value and not self._unpainted
        if self.bench.quiz.asked == feedback.asked and nothing_behind:
            self.prompt.keep(text, replaced=True)

    def _reply(self, text: str) -> None:
        """An answer to a question at the end of an exam."""
        try:
            said = Paragraph(self.bench.reply(text), role="note")
        except ExerciseError as error:
            said = wrong(str(error))
        self._say(said)
        self._begin()

    @on(Prompt.HintRequested)
    def _hint(self) -> None:
        self._live()
        if not self.bench.quiz.finished:
            self._say(Paragraph(self.bench.hint(), "?", "note"))
            self._show()

    @on(Prompt.RevealRequested)
    def _reveal(self) -> None:
        self._live()
        if not self.bench.quiz.finished:
            self._say(Paragraph(self.bench.reveal(), role="note"))
            self._begin()

    @on(ParameterTable.ParameterEdited)
    def _edit(self, event: ParameterTable.ParameterEdited) -> None:
        if self.bench.ask_edit(event.key, event.text):
            self._changed("The steps start again with the new number.")
        else:
            self._say(Paragraph(self.bench.edit_question, "?", "note"))
            self.prompt.ask("reply", "y or n", "")
            self._focus_prompt()

    @on(ParameterTable.UndoRequested)
    def _undo(self) -> None:
        said = "The last change is taken back." if self.bench.undo() else "There is no change to take back."
        self._changed(said)

    def action_advance(self) -> None:
        quiz = self.bench.quiz
        if self._looking is not None:
            self._live()
        elif quiz.mode == "watch" and not quiz.finished:
            self._say(right(self.bench.advance()))
        self._begin()

    def action_again(self) -> None:
        self.bench.again()
        self._changed("Another round, from the new weights.")

    def action_restart(self) -> None:
        if self.bench.unsaved_sheet:
            self.confirm.ask(self.bench.unsaved_sheet, self._restart)
        else:
            self._restart()

    def _restart(self) -> None:
        self.bench.restart()
        self._chosen("From the first step again.")

    def action_narrow(self) -> None:
        from tui_backprop.terminal.workbench.narrowing import NarrowingScreen

        self.app.push_screen(NarrowingScreen(self.bench.quiz, self.bench.mastered), self._narrow)

    def _narrow(self, narrowing: Narrowing | None) -> None:
        if narrowing is not None:
            self._chosen(self.bench.narrow(narrowing))

    def action_mode(self) -> None:
        from tui_backprop.terminal.workbench.modes import ModesScreen

        self.app.push_screen(ModesScreen(self.bench.choice), self._choose_mode)

    def _choose_mode(self, choice: Choice | None) -> None:
        if choice is not None and (question := self.bench.gives_up(choice)):
            self.confirm.ask(question, partial(self._do_it_so, choice))
        elif choice is not None:
            self._do_it_so(choice)

    def _do_it_so(self, choice: Choice) -> None:
        self._chosen(self.bench.choose(choice))

    def action_notation(self) -> None:
        from tui_backprop.terminal.workbench.notation import NotationScreen

        def use(notation: Notation | None) -> None:
            if notation is not None:
                self._chosen(self.bench.use(notation))

        self.app.push_screen(NotationScreen(self.bench.notation), use)

    def action_nudge(self) -> None:
        from tui_backprop.terminal.workbench.nudge import NudgeScreen

        self.app.push_screen(NudgeScreen(self.bench.quiz, self.bench.parameter_in_hand), self._nudged)

    def _nudged(self, seen: tuple[str, ...] | None) -> None:
        self.bench.looked_up(seen or ())
        self._show()

    def action_parameters(self) -> None:
        """To the table, or back to the prompt."""
        there = self._in_table
        self.set_class(not there, "-parameters")
        if there:
            self._focus_prompt()
        else:
            self.call_after_refresh(self.table.grid.focus)

    def action_steps(self) -> None:
        from tui_backprop.terminal.workbench.steps import StepsScreen

        self.app.push_screen(StepsScreen(self.bench.quiz), self._go_to)

    def _go_to(self, place: int | None) -> None:
        """To a step chosen in the list: back to look at it, or on from there."""
        if place is None:  # the keyboard stays where it was
            return
        if place > self.bench.quiz.position and self.bench.exam is None:
            self._chosen(self.bench.go_on_from(place))
        else:
            self._leave_table()
            self._look_at(place)

    def action_look(self, by: int) -> None:
        """Back to earlier steps, and forward again."""
        self._look_at((self.bench.quiz.position if self._looking is None else self._looking) + by)

    def action_leave_prompt(self) -> None:
        """So that letters are keys."""
        self.set_focus(None)
        self.refresh_bindings()

    def on_key(self, event: events.Key) -> None:
        """A character that is no key goes into the prompt, which was left for the keys."""
        asks = self.bench.asks and self._looking is None
        if self.focused is None and asks and event.character and event.is_printable \
                and event.key not in self.active_bindings:
            event.stop()
            self._focus_prompt()
            if self.prompt.value == self.prompt.kept:  # a suggestion, or what was put back
                self.prompt.value = ""
            self.prompt.insert_text_at_cursor(event.character)

    def action_leave(self) -> None:
        if self._looking is not None:
            self._look_at(self.bench.quiz.position)
        elif self._in_table:
            self.action_parameters()
        else:
            self.dismiss()

    def _look_at(self, place: int | None) -> None:
        if place is not None and self._exam_goes_on:
            self.bench.go_to(place)
            self._say()
            self._begin()
        elif place is not None:
            self._looking = None if place >= self.bench.quiz.position else max(place, 0)
            self._show_said(() if self._looking is not None else self._said)
            self._show_prompt()
            self._show()

    @property
    def _exam_goes_on(self) -> bool:
        """In an exam that is not handed in, looking at a step is going there."""
        return self.bench.exam is not None and not self.bench.exam.handed_in

    def _show_prompt(self) -> None:
        """The prompt is there while something is asked; what is typed in it stays while earlier steps are shown."""
        asks = self.bench.asks and self._looking is None
        self.query_one("#answer", Horizontal).display = asks
        if asks and self.focused is None:
            self.prompt.focus()
        elif not asks and self.focused is self.prompt:
            self.set_focus(None)
        self.refresh_bindings()

    def _live(self) -> None:
        """Back from looking at an earlier step."""
        self._looking = None

    def _confirm(self, text: str) -> None:
        if text.casefold() in ("y", "yes"):
            self.bench.confirm_edit()
            self._changed("The steps start again with the new number.")
        else:
            self.bench.drop_edit()
            self._changed("Nothing is changed.")

    def _chosen(self, said: str) -> None:
        """Something was chosen from a list, or asked anew: whatever had the keyboard before, the prompt has it now."""
        self._leave_table()
        self._changed(said)

    @property
    def _in_table(self) -> bool:
        """Has the table of parameters the keyboard? Its own word for that comes late."""
        return self.focused is not None and self.table in self.focused.ancestors_with_self

    def _leave_table(self) -> None:
        self.remove_class("-parameters")
        self.set_focus(None)

    def _changed(self, said: str) -> None:
        """Numbers, mode or goal are others now."""
        self._live()
        self._say(Paragraph(said, role="note"))
        self._begin()

    def _begin(self) -> None:
        """The next step, or the end."""
        asking = self.bench.asks
        self.set_class(self.bench.quiz.finished, "-ended")
        self.query_one("#answer", Horizontal).display = asking
        if asking:
            self.prompt.ask(self.bench.prompt_use, self.bench.placeholder, self.bench.suggestion)
            if not self._in_table:
                self._focus_prompt()
        elif not self._in_table:
            self.set_focus(None)
        self._show()
        self.refresh_bindings()

    def _focus_prompt(self) -> None:
        self.remove_class("-parameters")
        if self.prompt.display:
            self.prompt.focus()

    def show_afresh(self) -> None:
        self._show()

    def _show(self) -> None:
        """Everything but the feedback, from the state."""
        quiz = self.bench.quiz
        self.set_class(quiz.finished and self.bench.exam is not None and self._looking is None, "-exam-ended")
        place = quiz.position if self._looking is None else self._looking
        mode = "LOOKING BACK" if self._looking is not None else quiz.mode.upper()
        self.title_bar.show(self.bench.title, mode, Progress(min(place + 1, quiz.total), quiz.total))
        self.panels.show(self._looking)

    def _say(self, *paragraphs: Paragraph) -> None:
        """Say this of the step that is asked."""
        self._said = paragraphs
        self._show_said(paragraphs)

    def _show_said(self, paragraphs: tuple[Paragraph, ...]) -> None:
        """Show what there is to say, and make room for it where it is long: it is the news."""
        said = (*paragraphs, *self._warning())
        lines = len(wrapped(said, max(self.feedback.size.width, 1), self.feedback.glyphs))
        self.set_class(lines > (_FEW_LINES if self.has_class("-short") else _MORE_LINES), "-long")
        self.set_class(lines < _FEW_LINES, "-quiet")
        self.feedback.show(*said)

    def _warning(self) -> tuple[Paragraph, ...]:
        return (Paragraph(self.bench.warning, "!", "bad"),) if self.bench.warning else ()
