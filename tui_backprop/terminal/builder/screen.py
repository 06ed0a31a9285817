"""The builder: the fields of a draft on the left, its diagram on the right; then watch, quiz, or save."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.getters import query_one

from tui_backprop.course.draft import BuildError, Draft, Where
from tui_backprop.course.save import FileState
from tui_backprop.desk.builder.builder import Builder
from tui_backprop.desk.builder.fields import highlight_for, insert, one_less, one_more, remove
from tui_backprop.desk.builder.kinds import sentence
from tui_backprop.desk.builder.view import diagrams_of
from tui_backprop.desk.paths import name_for
from tui_backprop.drawing.paragraphs import Paragraph, wrap, wrong
from tui_backprop.records.journal import Journal
from tui_backprop.terminal.builder.field_list import FieldList
from tui_backprop.terminal.files.ask import FileScreen
from tui_backprop.terminal.screen import TutorScreen
from tui_backprop.terminal.widgets.diagram import DiagramView
from tui_backprop.terminal.widgets.key_line import KeyLine
from tui_backprop.terminal.widgets.message import MessageView
from tui_backprop.terminal.widgets.title_bar import TitleBar

WELCOME = "Up and down move, Enter changes a line, g fills in random numbers. Esc leaves; everything is kept."
MANY = 5000
"""From so many fields on, a draft is large."""
_Change = Callable[[Draft, Where], tuple[Draft, Where]]
TYPING = "Enter keeps it, Esc leaves it as it was."


class BuilderScreen(TutorScreen):
    """Shows a :class:`Builder` and passes on what the learner does."""

    CSS_PATH = Path(__file__).with_name("screen.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "draw", "random", tooltip="Random numbers for what is missing; or new weights and biases"),
        Binding("q", "practise('quiz')", "quiz", tooltip="Be asked for every value"),
        Binding("w", "practise('watch')", "watch", tooltip="Be shown every step"),
        Binding("s", "save", "save", tooltip="Save it as an exercise file"),
        Binding("o", "open", "open", tooltip="Take up any exercise file"),
        Binding("u", "undo", "undo", tooltip="Take the last change back"),
        Binding("plus,equals_sign", "more", "one more", key_display="+", show=False,
                tooltip="One more unit, sample or gate"),
        Binding("minus", "less", "one less", key_display="-", show=False,
                tooltip="One unit, sample or gate less"),
        Binding("i", "insert", "insert", show=False,
                tooltip="A new layer beside this one; a new sample, input or gate after it"),
        Binding("d", "remove", "take out", show=False, tooltip="Take this layer, sample, input or gate out"),
        Binding("r", "redo", "bring again", show=False, tooltip="Bring again what was taken back"),
        Binding("n", "begin", "new", show=False, tooltip="Begin a new one; u brings this one back"),
        Binding("escape", "leave", "contents", show=False, tooltip="Back to the contents; the draft is kept"),
    ]

    title_bar = query_one(TitleBar)
    fields = query_one(FieldList)
    picture = query_one(DiagramView)
    said = query_one("#said", MessageView)

    def __init__(self, builder: Builder, journal: Journal | None) -> None:
        super().__init__()
        self.builder = builder
        self._journal = journal
        self._news: tuple[Where, Paragraph] | None = (("title",), Paragraph(WELCOME, role="note"))

    def compose(self) -> ComposeResult:
        yield TitleBar()
        with Container(id="upper"):
            yield FieldList(self._keep)
            yield DiagramView(classes="panel")
        yield MessageView(id="said")
        yield KeyLine()

    def on_mount(self) -> None:
        self.fields.border_title = "What it is made of"
        self.fields.focus()
        self._show(("title",))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is typed, only leaving works."""
        del parameters
        return not (self.is_mounted and self.fields.is_editing and action != "leave")

    @on(FieldList.Moved)
    def _moved(self) -> None:
        self.refresh_bindings()
        if not self.fields.is_editing:
            self._show_diagram()
            self._tell_row()

    @on(FieldList.TextChanged)
    def _check(self, event: FieldList.TextChanged) -> None:
        reason = self.builder.why_not(event.where, event.text)
        self.said.show(wrong(reason) if reason else Paragraph(TYPING, role="note"))

    def _keep(self, where: Where, text: str) -> bool:
        reason = self.builder.why_not(where, text)
        if reason:
            self.said.show(wrong(reason))
            return False
        self._changed(self.builder.enter(where, text), where)
        return True

    @on(FieldList.Chosen)
    def _choose(self, event: FieldList.Chosen) -> None:
        self.builder.choose(event.where, event.by)
        self._changed("", event.where)

    def action_draw(self) -> None:
        self._changed(self.builder.draw())

    def action_undo(self) -> None:
        self._changed(self.builder.undo())

    def action_redo(self) -> None:
        self._changed(self.builder.redo())

    def action_begin(self) -> None:
        self._changed(self.builder.begin(), ("title",))

    def action_more(self) -> None:
        self._add(one_more)

    def action_less(self) -> None:
        self._try(one_less)

    def action_insert(self) -> None:
        self._add(insert)

    def action_remove(self) -> None:
        self._try(remove)

    def action_practise(self, mode: str) -> None:
        """Go to the workbench with what is built; on leaving it the builder is here again."""
        if self.fields.count() > MANY:  # it takes seconds to work out
            self.said.show(Paragraph("One moment: this is large.", role="note"))
            self.call_after_refresh(self._practise, mode)
        else:
            self._practise(mode)

    def _practise(self, mode: str) -> None:
        try:
            exercise, name = self.builder.ready()
        except BuildError as error:
            self._point_at(error)
            return
        from tui_backprop.desk.workbench.setup import Setup
        from tui_backprop.desk.workbench.workbench import Workbench
        from tui_backprop.terminal.workbench.screen import WorkbenchScreen

        bench = Workbench(Setup(exercise, name=name, journal=self._journal, mode=mode, notation=self.builder.notation))
        self.app.push_screen(WorkbenchScreen(bench), self._back)

    def _back(self, _: object) -> None:
        self.fields.focus()

    def action_save(self) -> None:
        try:
            self.builder.check()
        except BuildError as error:
            self._point_at(error)
            return
        self.app.push_screen(FileScreen("Save as an exercise file", self._save, save_as=name_for(self.builder.title)),
                             lambda done: self._changed(self._done if done else ""))

    def action_open(self) -> None:
        self.app.push_screen(FileScreen("Open an exercise file", self._open),
                             lambda done: self._changed(self._done, ("title",)) if done else None)

    _done = ""

    def _save(self, path: Path, replace: FileState | None) -> None:
        self._done = self.builder.save(path, replace=replace)

    def _open(self, path: Path, replace: FileState | None) -> None:
        del replace  # there is nothing to replace
        self._done = self.builder.open(path)

    def action_leave(self) -> None:
        self.builder.drafts.flush()
        self.dismiss()

    def _add(self, change: _Change) -> None:
        """Add something; a new input or gate is typed at once."""
        before = self.fields.count()
        if self._try(change) and self.fields.count() > before and self.fields.where[0] in ("given", "gate"):
            self.fields.begin()

    def _try(self, change: _Change) -> bool:
        """Change something at the field under the cursor, or say why not; True where it was done."""
        try:
            where = self.builder.change(change, self.fields.where)
        except BuildError as error:
            self._tell(wrong(sentence(error.message)))
            return False
        self._changed("", where)
        return True

    def _point_at(self, error: BuildError) -> None:
        """Say what is missing, with the cursor on its field."""
        self._changed("", error.where)
        self._tell(wrong(sentence(error.message)))

    def _changed(self, said: str, where: Where = ()) -> None:
        self._show(where)
        if said:
            self._tell(Paragraph(said, role="note"))

    def _tell(self, news: Paragraph) -> None:
        """Show a message until the cursor is moved."""
        self._news = self.fields.where, news
        self._tell_row()

    def _show(self, where: Where = ()) -> None:
        """Show everything from the state, with the cursor on the field ``where``, or in its old place."""
        missing = self.builder.missing
        self.title_bar.show(f"Build a {self.builder.kind}", f"{missing} TO FILL IN" if missing else "READY")
        self.fields.show(self.builder.rows(self.picture.glyphs), where)
        self.picture.border_title = self.builder.kind.capitalize()
        self._show_diagram()
        self._tell_row()
        self.refresh_bindings()

    def _show_diagram(self) -> None:
        draft, where = self.builder.draft, self.fields.where
        self.picture.show(*diagrams_of(draft, where, self.builder.notation), lit=highlight_for(draft, where))

    def _tell_row(self) -> None:
        """Show the last message, what is wrong with the field under the cursor, and what the field is for."""
        row = self.fields.row
        if row is None:
            return
        paragraphs = []
        if self._news is not None and self._news[0] == row.where:
            paragraphs.append(self._news[1])
        else:
            self._news = None
            if row.problem:
                paragraphs.append(wrong(row.problem) if row.text else Paragraph(row.problem, "!", "note"))
        if self.builder.warning:
            paragraphs.insert(0, Paragraph(self.builder.warning, "!", "bad"))
        note = Paragraph(row.note, role="note")
        if not paragraphs or len(wrap([*paragraphs, note], self.said.size.width)) <= self.said.size.height:
            paragraphs.append(note)
        self.said.show(*paragraphs)
