"""Contents with records: an entry can be forgotten and brought back, and the records can be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one

from tui_backprop.desk.following import practice_for
from tui_backprop.drawing.paragraphs import Paragraph, right, wrong
from tui_backprop.records.journal import Journal
from tui_backprop.terminal.contents.screen import ContentsEntry, ContentsScreen
from tui_backprop.terminal.widgets.confirm import Confirm

if TYPE_CHECKING:
    from tui_backprop.desk.records import RecordsDesk, Subject


class RecordedContents(ContentsScreen):
    """The keys of an entry are ``lesson NAME`` or ``exercise NAME``; others have no records."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "progress", "progress", tooltip="What you have mastered, and what comes next"),
        Binding("r", "records", "records", tooltip="What is recorded and where; forget all, export, import"),
    ]

    confirm = query_one(Confirm)

    def __init__(self, entries: Sequence[ContentsEntry], journal: Journal) -> None:
        super().__init__(entries)
        self._records = journal

    @cached_property
    def desk(self) -> RecordsDesk:
        """What can be done with the records; what is opened by name does not wait for it."""
        from tui_backprop.desk.records import RecordsDesk

        return RecordsDesk(self._records)

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield Confirm()

    def begin(self) -> None:
        super().begin()
        if self.desk.warnings:
            self._say(wrong(self.desk.warnings[0]))

    def back(self) -> None:
        """Called when the learner comes back from another screen."""
        raise NotImplementedError  # a subclass overrides it; Textual's metaclass allows no ABC

    def renew(self) -> None:
        """Show the progress as it is now."""
        raise NotImplementedError  # a subclass overrides it; Textual's metaclass allows no ABC

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a question is asked, only its own keys are offered."""
        return False if self.confirm.display else super().check_action(action, parameters)

    def action_forget(self) -> None:
        """Ask, and after a yes forget the records of the entry under the cursor."""
        subject = self._subject()
        if subject is None:
            return
        question = self.desk.question(subject)
        if question is None:
            self._say(Paragraph(self.desk.nothing(subject), role="note"))
        else:
            self.confirm.ask(question, lambda: self._say_after(self.desk.forget(subject)), self.summary)

    def action_undo(self) -> None:
        """Bring back what was forgotten last."""
        self._say_after(self.desk.undo())

    def action_records(self) -> None:
        from tui_backprop.terminal.records.screen import RecordsScreen

        self.app.push_screen(RecordsScreen(self.desk), lambda _: self.back())

    def action_progress(self) -> None:
        self.show_progress()

    def show_progress(self, skill: str = "") -> None:
        """Show the progress, with the cursor on the skill with this key or else on the one that comes next."""
        from tui_backprop.terminal.records.progress import ProgressScreen

        self.app.push_screen(ProgressScreen(self.desk.standing(), self._practise, skill), lambda _: self.back())

    def _practise(self, skill: str) -> None:
        """Open the first exercise with a step of this skill, or the lesson that teaches it."""
        place = practice_for(skill, self.desk.history)
        if place is None:
            self._say(Paragraph("No exercise or lesson here has a step of this skill.", role="note"))
        else:
            self.call_later(self.open, place, practised=skill)

    def _subject(self) -> Subject | None:
        """The subject in the records of the entry under the cursor; None where it has none."""
        from tui_backprop.desk.records import Subject

        kind, _, name = self.entries.entry.key.partition(" ") if self.entries.entry else ("", "", "")
        return Subject(lesson=name) if kind == "lesson" else Subject(exercise=name) if kind == "exercise" else None

    def _say_after(self, said: str) -> None:
        self.renew()
        self._say(right(said))

    def _say(self, paragraph: Paragraph) -> None:
        """Show a message below the list, after the list has shown the summary of the entry under the cursor."""
        self.entries.call_later(self.call_later, self.tell, paragraph)
