"""What is mastered, what should be refreshed, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one

from tui_backprop.drawing.canvas import Runs, merge
from tui_backprop.drawing.paragraphs import Paragraph
from tui_backprop.export.progress import HOW_IT_COUNTS, advice, progress_rows, summary
from tui_backprop.terminal.screen import TutorScreen
from tui_backprop.terminal.widgets.cursor_view import CursorView
from tui_backprop.terminal.widgets.key_line import KeyLine
from tui_backprop.terminal.widgets.message import MessageView
from tui_backprop.terminal.widgets.title_bar import TitleBar
from tui_backprop.tutor.mastery import Mastery, what_next

_MARKS: dict[str, tuple[str, str]] = {
    "mastered": ("[x]", "good"), "due": ("[~]", "bad"), "begun": ("[-]", "note"), "new": ("[ ]", "note"),
}


class SkillList(CursorView):
    """A line for each skill, under headings for how the skills stand."""

    def __init__(self, standing: Mapping[str, Mastery]) -> None:
        super().__init__(classes="panel")
        self.border_title = "Skills"
        self._standing = standing
        self._lines = progress_rows(standing)

    @property
    def mastery(self) -> Mastery:
        """The standing of the skill under the cursor."""
        return self._standing[self._lines[self.cursor].key]

    def place_of(self, skill: str) -> int:
        """The line of the skill with this key; without one, of the skill that comes next."""
        left = what_next(self._standing.values())
        wanted = skill or (left[0].skill.key if left else "")
        return next((place for place, line in enumerate(self._lines) if wanted and line.key == wanted), 1)

    def count(self) -> int:
        return len(self._lines)

    def can_hold(self, index: int) -> bool:
        return bool(self._lines[index].key)

    def item_row(self, index: int, width: int) -> Runs:
        row = self._lines[index]
        if not row.key:
            return ((row.title[:width], "title"),)
        said = f"{row.counted}{row.again}"
        if len(row.title) + len(said) + 6 > width:  # the day is told below, of the skill under the cursor
            said = row.counted
        if len(row.title) + len(said) + 6 > width:
            said = said.removesuffix(" right at once")
        room = max(width - 6 - len(said), 0)
        title = row.title if len(row.title) <= room else f"{row.title[:max(room - 1, 0)]}…"
        role = "cursor" if index == self.cursor else "plain"
        return merge([_MARKS[self._standing[row.key].state], (f" {title:{room}} {said} "[:width - 3], role)])


class ProgressScreen(TutorScreen):
    """Shows how each skill stands, and what to do about the one under the cursor."""

    CSS_PATH = Path(__file__).with_name("progress.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "practise", "practise it", tooltip="Open an exercise with this skill, or its lesson"),
        Binding("escape,q", "app.pop_screen", "contents", key_display="Esc"),
    ]

    skills = query_one(SkillList)
    note = query_one("#note", MessageView)

    def __init__(
        self, standing: Mapping[str, Mastery], practise: Callable[[str], None], skill: str,
    ) -> None:
        """``practise`` takes the key of a skill, once this screen is left for it. ``skill`` was practised just now."""
        super().__init__()
        self._standing, self._skill = standing, skill
        self._practise = practise

    def compose(self) -> ComposeResult:
        yield TitleBar("Progress")
        yield MessageView(id="summary")
        yield SkillList(self._standing)
        yield MessageView(id="note")
        yield KeyLine()

    def on_mount(self) -> None:
        lines = (Paragraph(summary(self._standing)), Paragraph(HOW_IT_COUNTS, role="note"))
        self.query_one("#summary", MessageView).show(*lines)
        self.watch(self.skills, "cursor", self._tell, init=False)
        self.skills.focus()
        self.skills.action_move_to(self.skills.place_of(self._skill))
        self._tell()

    def action_practise(self) -> None:
        self.dismiss()
        self.call_later(self._practise, self.skills.mastery.skill.key)

    def _tell(self) -> None:
        self.note.show(Paragraph(advice(self.skills.mastery), role="note"))
