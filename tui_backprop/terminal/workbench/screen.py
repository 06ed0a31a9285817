"""The workbench: a network, its parameters, the chain of factors, and the step that is asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import monotonic
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one

from tui_backprop.desk.workbench.ending import NEXT_WORDS
from tui_backprop.desk.workbench.sitting import load_judges
from tui_backprop.desk.workbench.typing import Typing
from tui_backprop.desk.workbench.workbench import Workbench
from tui_backprop.terminal.screen import TutorScreen
from tui_backprop.terminal.widgets.confirm import Confirm
from tui_backprop.terminal.widgets.key_line import KeyLine
from tui_backprop.terminal.widgets.prompt import REVEAL, Prompt
from tui_backprop.terminal.widgets.title_bar import Progress, TitleBar
from tui_backprop.terminal.widgets.unscrolled import UnscrolledRow
from tui_backprop.terminal.workbench.answer_prompt import AnswerPrompt
from tui_backprop.terminal.workbench.panels import WorkbenchPanels
from tui_backprop.terminal.workbench.parameter_table import ParameterTable
from tui_backprop.terminal.workbench.side_screens import SIDE_SCREENS
from tui_backprop.tutor.entries import Feedback

_JUDGES_AFTER = 0.1
"""Seconds after the first painting until what judges an answer is loaded: by then all is painted."""


class WorkbenchScreen(TutorScreen):
    """Shows a :class:`Workbench` and passes on what the learner does."""

    CSS_PATH = Path(__file__).with_name("screen.tcss")
    AUTO_FOCUS = ""  # the prompt, while something is asked; Textual would take the table
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "advance", "next", key_display="Enter", tooltip="Show the next step"),
        Binding("x", "explain", "which rule?", tooltip="After a worked step: say by which rule it goes"),
        Binding("n", "again", "another round", tooltip="Another round, from the updated weights"),
        Binding("y", "at_end('hand_in')", "hand in", tooltip="Hand the exam in: it is marked, and the answers stay"),
        Binding("s", "at_end('write_sheet')", "answer sheet", tooltip="Write the answer sheet once more"),
        Binding("k", "at_end('practise')", "practise it", tooltip="Be asked for the steps that went worst alone"),
        Binding("r", "restart", "start again", tooltip="The same exercise from its first step"),
        Binding("ctrl+r", "start_again", "start again", show=False, tooltip="Start again, also while typing"),
        Binding("escape", "leave", "contents", tooltip="Back to the contents; everything is saved"),
        Binding("pageup,b", "look(-1)", "back", key_display="PgUp", tooltip="Look at earlier steps again"),
        Binding("pagedown,f", "look(1)", "forward", show=False, key_display="PgDn", tooltip="Forward again from there"),
        Binding("up", "read(-1)", "read up", show=False, tooltip="At the end: the lines before"),
        Binding("down", "read(1)", "read on", key_display="Down", tooltip="At the end: what goes on below"),
        Binding("f2,p", "parameters", "parameters", key_display="F2", tooltip="To the table of parameters, and back"),
        *(side.binding for side in SIDE_SCREENS.values()),
    ]

    title_bar = query_one(TitleBar)
    panels = query_one(WorkbenchPanels)
    table = query_one(ParameterTable)
    answer_line = query_one("#answer", UnscrolledRow)
    prompt = query_one(AnswerPrompt)
    confirm = query_one(Confirm)

    def __init__(self, bench: Workbench, go_on: Callable[[str, str | None], None] | None = None) -> None:
        """``go_on`` opens another exercise, by its name and the mode to begin it in, once this screen is left."""
        super().__init__(classes="-quiet -line")  # most steps begin so: set at once, it need not be styled twice
        self.bench = bench
        self._go_on = go_on
        self._typing: Typing | None = None
        self._unpainted = 0
        self._typed_in_vain = False
        """Was something typed at the end, where nothing is asked?"""
        self._ended_at = 0.0
        """When the end was painted, in the time of keys."""

    def compose(self) -> ComposeResult:
        yield TitleBar(self.bench.setup.title)
        yield WorkbenchPanels(self.bench)
        yield Confirm()
        yield KeyLine()

    def on_mount(self) -> None:
        if self.query(AnswerPrompt):  # else the program is left before the screen was there
            self.show_all()
            self.call_after_refresh(self.set_timer, _JUDGES_AFTER, load_judges)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are offered where they do something."""
        if self.confirm.display:
            return False
        if action in ("at_end", "open"):
            return self.bench.offers(str(parameters[0]))
        if action == "advance" and self._in_table:
            return False  # Enter is the table's there
        if action == "advance" and self.focused is None and not self.bench.walk.finished:
            return True  # back to the prompt
        if action == "restart" and self.focused is self.prompt:
            return False  # r is a letter there
        if action == "look" and parameters == (-1,):
            return self.bench.offers("look back")
        if action == "read":
            return self.panels.question.goes_on(int(str(parameters[0])))
        return self.bench.offers("restart" if action == "start_again" else action)

    def does(self, binding: Binding) -> str:
        """What a key does now: from an earlier step Escape leads back to the question; in an exam nothing is shown."""
        if binding.action == "ask_reveal":
            return self.bench.walk.reveals
        bench = self.bench
        if binding.action == "advance" and bench.typing is not None:
            return "answer"
        next_thing = bench.ending.next_thing if bench.shown_step is None else None
        if next_thing is not None and binding.action == "advance":
            return NEXT_WORDS[next_thing.intent]
        if next_thing is not None and binding.action == next_thing.intent:
            return ""  # Enter does the same
        if binding.action != "leave":
            return super().does(binding)
        if bench.rule is not None:
            return "no question"
        if bench.is_looking_back:
            return "to the end" if bench.walk.finished else "to the question"
        if self._in_table:
            return "out of the table"
        return bench.setup.back_to.rpartition(" ")[2] or super().does(binding)

    @on(Prompt.Answered)
    def _answer(self, event: Prompt.Answered) -> None:
        if self.bench.walk.finished and self.bench.rule is None:
            self.bench.reply(event.text)
            self.show_all(anew=True)
            self.paint_now()
            return
        self._unpainted += 1
        self.bench.answer(event.text, self._painter)

    def _painter(self, feedback: Feedback, text: str) -> Callable[[], None]:
        """The function that the writing thread calls once the answer is saved: only then is a judgement painted."""
        return partial(self.take_later, self._judged, feedback, text)

    def _judged(self, feedback: Feedback, text: str) -> None:
        self._unpainted -= 1
        self.bench.show_judgement(feedback, text, self.panels.feedback.size.width)
        typed, at = self.prompt.value, self.prompt.cursor_position  # typed ahead of the judgement, so for the next step
        self.show_all()
        self.prompt.value, self.prompt.cursor_position = typed, at
        if not feedback.right and self.bench.walk.asked == feedback.asked and not typed and not self._unpainted:
            self.prompt.keep(text, replaced=True)
        self.paint_now()
        if self.bench.shown_step is None:
            self._ended_at, self._typed_in_vain = monotonic(), bool(typed)

    @on(Prompt.Empty)
    def _empty_given(self) -> None:
        if not self._unpainted:
            self.bench.give_nothing()
            self.show_all()

    @on(Prompt.HintRequested)
    def _hint(self) -> None:
        self.bench.hint()
        self.prompt.keep("")  # so that Enter does not give the wrong answer again
        self.show_all()

    @on(Prompt.RevealRequested)
    def _reveal(self) -> None:
        self.bench.reveal()
        self.show_all()

    @on(ParameterTable.ParameterEdited)
    def _edit(self, event: ParameterTable.ParameterEdited) -> None:
        self.bench.changes.edit(event.key, event.text)
        self.show_all()

    @on(ParameterTable.UndoRequested)
    def _undo(self) -> None:
        self.bench.changes.undo()
        self.show_all()

    def action_advance(self) -> None:
        self.bench.advance()
        if self.bench.leaves:
            self.dismiss()
        elif self.bench.opens and self._go_on is not None:
            self.dismiss()
            self.call_later(self._go_on, self.bench.opens, self.bench.setup.keeps_mode)
        else:
            self.show_all()

    def action_explain(self) -> None:
        """Ask by which rule this step goes."""
        self.bench.explain()
        self.show_all(anew=True)

    def action_again(self) -> None:
        self.bench.changes.again()
        self.show_all()

    def action_at_end(self, intent: str) -> None:
        self.bench.do_at_end(intent)
        self.show_choice(anew=True)

    def action_restart(self) -> None:
        self.bench.changes.restart()
        self.show_choice()

    action_start_again = action_restart

    def action_open(self, side: str) -> None:
        """Open one of the screens beside the workbench."""
        SIDE_SCREENS[side].open(self)

    def action_parameters(self) -> None:
        """Go to the table, or back to the prompt."""
        there = self._in_table
        self.set_class(not there, "-parameters")
        if there:
            self._focus_prompt()
        else:
            self.call_after_refresh(self.table.grid.focus)

    def action_look(self, by: int) -> None:
        """Look at earlier steps, and forward again."""
        self.bench.look(by)
        self.show_all()

    def action_read(self, by: int) -> None:
        """Scroll the text at the end."""
        self.panels.question.read(by)
        self.refresh_bindings()

    def action_leave_prompt(self) -> None:
        """Leave the prompt, so that letters are keys; a question that a key asked for is dropped."""
        if self.bench.rule is not None:
            self.action_leave()
            return
        self.set_focus(None)
        self.refresh_bindings()

    def on_key(self, event: events.Key) -> None:
        """Type a character that is no key into the prompt, even if the prompt was left for keys or an earlier step."""
        if event.key == "enter" and self._is_impatient(event):
            event.stop()
            event.prevent_default()
            return
        if self.focused is not None or self.confirm.display or event.key in self.active_bindings \
                or not (event.character and event.is_printable):
            return
        was_just_shown = self.bench.revealing
        if self.bench.looking is not None:
            self.action_advance()
        if was_just_shown and event.character == REVEAL:  # an impatient second press shows no second value
            event.stop()
            event.prevent_default()
            return
        if self.bench.typing is None:
            self._typed_in_vain = self.bench.shown_step is None
            return
        event.stop()
        self._focus_prompt()
        if self.prompt.value == self.prompt.kept:  # a suggestion, or what was put back
            self.prompt.value = ""
        self.prompt.put(event.character)

    def _is_impatient(self, event: events.Key) -> bool:
        """Does this Enter belong to an answer that is given already?

        It was pressed before the end was seen, or after an answer typed again there: it begins nothing new.
        """
        if self.bench.shown_step is not None or self.focused is not None:
            return False
        typed, self._typed_in_vain = self._typed_in_vain, False
        return typed or event.time < self._ended_at

    def keep_typed(self) -> None:
        if self.bench.rule is None and self.query(AnswerPrompt):
            self.bench.sitting.note_typed(self.prompt.ahead)

    def action_leave(self) -> None:
        if self.bench.rule is not None:
            self.bench.drop_rule()
            self.show_all()
        elif self.bench.is_looking_back:
            self.bench.look_at(self.bench.walk.position)
            self.show_all()
        elif self._in_table:
            self.action_parameters()
        else:
            self.dismiss()

    def show_afresh(self) -> None:
        with self.restyle_once():
            self._show()

    def show_choice(self, *, anew: bool = False) -> None:
        """Show what was chosen, and give the focus back to the prompt, whatever had it before."""
        self.remove_class("-parameters")
        self.set_focus(None)
        self.show_all(anew=anew)

    @property
    def _in_table(self) -> bool:
        """Has the table of parameters the focus? Its own message about that comes too late."""
        return self.focused is not None and self.table in self.focused.ancestors_with_self

    def _focus_prompt(self) -> None:
        self.remove_class("-parameters")
        if self.answer_line.display and self.focused is not self.prompt:
            self.prompt.focus()

    def show_all(self, *, anew: bool = False) -> None:
        """Show everything as it is now; ``anew``: the prompt begins again with its suggestion."""
        with self.restyle_once():
            self._show_prompt(anew=anew)
            self._show()
            self.panels.show_news()
        self._ask_first()
        self.refresh_bindings()

    def _show_prompt(self, *, anew: bool) -> None:
        """Show the prompt while something is asked for; its text stays while earlier steps are shown."""
        typing = self.bench.typing
        self.answer_line.display = typing is not None
        if typing is not None and (anew or typing != self._typing):
            stays = self.prompt.ahead if self._typing is not None and typing.asks_as(self._typing) else ""
            self._typing = typing
            self.prompt.ask(typing)
            if self.bench.rule is None and (draft := stays or self.bench.sitting.draft):
                self.prompt.value = draft
                self.prompt.cursor_position = len(draft)
        if typing is not None and not self._in_table:
            self._focus_prompt()
        elif typing is None and self.focused is self.prompt:
            self.set_focus(None)

    def _ask_first(self) -> None:
        """Ask the question that must be answered with yes or no before anything else, if there is one."""
        doubt, self.bench.doubt = self.bench.doubt, None
        if doubt is not None:
            no = partial(self._carry_out, doubt.no) if doubt.no is not None else None
            self.confirm.ask(doubt.text, partial(self._carry_out, doubt.yes), otherwise=no)

    def _carry_out(self, consequence: Callable[[], str | None]) -> None:
        consequence()
        self.show_choice()

    def _show(self) -> None:
        """Show everything but the prompt and the messages, from the state."""
        bench, walk = self.bench, self.bench.walk
        mode = "SHOWN" if bench.revealing else "LOOKING BACK" if bench.looking is not None else walk.mode.word.upper()
        self.title_bar.show(bench.setup.title, mode, Progress(min(bench.place + 1, walk.total), walk.total))
        self.set_class(bench.shown_step is None, "-ended", update=False)
        self.set_class(bench.shown_step is None and not bench.ending.explains, "-exam-ended", update=False)
        self.panels.show()
