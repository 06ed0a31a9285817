"""The panels of the workbench: network or circuit, parameters, chain of factors, and the step with its prompt."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.geometry import Size
from textual.getters import query_one

from tui_backprop.course.exercise import Exercise
from tui_backprop.desk.diagram_view import highlight_of, network_title, picture_of
from tui_backprop.desk.workbench import view
from tui_backprop.desk.workbench.workbench import Workbench
from tui_backprop.drawing.paragraphs import Paragraph, wrap
from tui_backprop.terminal.widgets.confirm import Confirm
from tui_backprop.terminal.widgets.diagram import DiagramView
from tui_backprop.terminal.widgets.formula import FormulaView
from tui_backprop.terminal.widgets.message import MessageView, QuestionView
from tui_backprop.terminal.widgets.titled import entitle, subtitle
from tui_backprop.terminal.widgets.unscrolled import UnscrolledColumn, UnscrolledRow
from tui_backprop.terminal.workbench.answer_prompt import AnswerPrompt
from tui_backprop.terminal.workbench.parameter_table import ParameterTable
from tui_backprop.terminal.workbench.step_panels import HEIGHTS, StepPanel, WorkedPanel
from tui_backprop.tutor.at_hand import LISTED
from tui_backprop.tutor.walk import Walk
from tui_backprop.tutor.wording import functions_of
from tui_backprop.typeset.glyphs import Glyphs, cells, plain_title

_FRAME, _BORDER, _LINES = 4, 2, 2
"""Columns of a panel's border and padding, rows of its border, and the lines of title and keys."""
_LEAST_PICTURE = 8
"""The fewest rows of a picture with something below it."""
_TABLE = 40
"""The most rows of the table above the list of steps, as a percentage of all rows."""
_CHAIN_ROWS, _MOST_CHAIN_ROWS = 4, 10
"""The most rows of a formula, and the most on a high screen."""
_FEW_CHOICES, _FEWEST_CHOICES = 5, 4
"""A question with its choices in at most so many lines leaves rows to the network and the table."""
_MORE_LINES = 3
"""The lines of a message that fit under any question on a screen that is not short."""
_END_ROWS = {"-short": (9, 12), "-tall": (11, 14), "-high": (16, 20)}
"""The most rows of the panel at the end, and at an exam's, by the screen's height."""
_ROOM, _SHORT_ROOM, _SHORT_LINE_ROOM = (5, 7), (3, 5), (6, 8)
"""Rows for question and messages, usually and at most: of a screen, and of a short one with a high formula or a line.
"""


class WorkbenchPanels(UnscrolledColumn):
    """Shows a :class:`Workbench`; :meth:`show` is called when something has changed."""

    DEFAULT_CSS = "WorkbenchPanels { height: 1fr; }"

    picture = query_one(DiagramView)
    table = query_one(ParameterTable)
    steps = query_one(StepPanel)
    worked = query_one(WorkedPanel)
    chain = query_one("#chain", FormulaView)
    step = query_one("#step", UnscrolledColumn)
    question = query_one("#question", QuestionView)
    feedback = query_one("#feedback", MessageView)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._gave_way: tuple[Size, Exercise] | None = None
        self._end_rows: int | None = None
        self._long_at: str | None = None
        """The step at which a message was long: on a short screen the picture keeps its height until the next one."""
        self._tabled: tuple[Walk, frozenset[str], Glyphs] | None = None

    def compose(self) -> ComposeResult:
        with UnscrolledRow(id="upper"):
            with UnscrolledColumn(id="pictures"):
                picture = DiagramView(id="picture", classes="panel")
                picture.border_title = "Circuit" if self._bench.walk.derivation.graph.gates else "Network"
                yield picture
                yield WorkedPanel()
            with UnscrolledColumn(id="side"):
                yield ParameterTable(self._bench.changes.why_not, self._bench.find_parameters)
                yield StepPanel()
        yield FormulaView(id="chain", classes="panel")
        with UnscrolledColumn(id="step", classes="panel"):
            question = QuestionView(id="question")
            question.rest = LISTED
            yield question
            with UnscrolledRow(id="answer"):
                mark = MessageView(id="mark")
                mark.show(Paragraph(">", role="key"))
                yield mark
                yield AnswerPrompt()
            yield MessageView(id="feedback")

    def show(self) -> None:
        """Show everything but the prompt and the message about an answer; the screen restyles itself after it."""
        bench, quantity = self._bench, self._bench.shown_step
        self._make_room_for_choices()
        self._show_picture(quantity)
        self._show_parameters()
        over = quantity is None and bool(bench.walk.results())
        star = " · * changed" if bench.setup.numbers.changed else ""
        title = ("Old" if star else "Parameters · old") if over else "Parameters"
        entitle(self.table, plain_title(title + star, self.chain.glyphs))
        self.steps.show(bench.walk, bench.place)
        self.worked.show(bench.walk, bench.walk.position)
        if quantity is None:
            self._show_end()
        else:
            self._show_step(quantity)
        self._share_room(update=False)

    def _show_parameters(self) -> None:
        """Show the numbers that are given: in one walk they stay."""
        asked = self._bench.walk, self._bench.setup.numbers.changed, self.picture.glyphs
        if asked != self._tabled:
            self._tabled = asked
            self.table.show(view.parameter_rows(*asked))

    def show_news(self) -> None:
        """Show the messages, and make room for them where they are long."""
        said, asked, screen = self._bench.news, self._bench.asked, self.screen
        width, glyphs = max(self.feedback.size.width or screen.size.width - _FRAME, 1), self.feedback.glyphs
        lines = len(wrap(said, width, glyphs))
        needed = [paragraph for paragraph in asked if paragraph.role != "note"]  # the sentence on its purpose may go
        high, is_short = len(wrap(needed, width, glyphs)) + lines, screen.has_class("-short")
        room, most = (_SHORT_LINE_ROOM if screen.has_class("-line") else _SHORT_ROOM) if is_short else _ROOM
        is_long, step = high > room or (lines > _MORE_LINES and not is_short), self._bench.shown_step
        self._long_at = step if is_long or self._long_at == step else None
        screen.set_class(is_long or (is_short and self._long_at is not None), "-long", update=False)
        may_grow = bool(asked) and not screen.has_class("-choices") and not self._bench.walk.derivation.graph.is_large
        screen.set_class(may_grow and high > most, "-crowded", update=False)
        self.question.leave(lines + (self._bench.typing is not None) if asked else 0)
        self.feedback.show(*said)
        self._give_end_rows()

    def _give_end_rows(self) -> None:
        """At the end give the panel of words the rows that it fills; elsewhere those of the style sheet."""
        bench, rows = self._bench, None
        if bench.shown_step is None:
            said = [*bench.ending.paragraphs(), *bench.news]
            most = next(rows for name, rows in _END_ROWS.items() if self.screen.has_class(name))
            width = max(self.screen.size.width - _FRAME, 1)
            rows = min(len(wrap(said, width, self.feedback.glyphs)) + _BORDER + (2 if bench.ending.asking else 1),
                       most[0 if bench.ending.explains else 1])
        if self._end_rows != rows:
            self._end_rows = self.step.styles.height = rows
            asking = bench.ending.asking is not None
            self.question.styles.max_height = None if rows is None or asking else rows - _BORDER - 1

    def _make_room_for_choices(self) -> None:
        """Leave the rows to a question with many long choices that it needs."""
        posed = self._bench.posed
        is_long = posed is not None and len(posed.lettered) > 1 and not posed.from_picture
        self.screen.set_class(is_long, "-choices", update=False)
        asked = view.lay_out_posed(posed) if posed is not None and is_long else ()
        lines = len(wrap(asked, max(self.feedback.size.width, 1), self.feedback.glyphs))
        self.screen.set_class(0 < lines <= _FEW_CHOICES, "-few", update=False)
        self.screen.set_class(0 < lines <= _FEWEST_CHOICES, "-fewest", update=False)

    def on_resize(self) -> None:
        self.call_after_refresh(self._share_room)
        self.call_after_refresh(self._give_end_rows)

    def _share_room(self, *, update: bool = True) -> None:
        """Hide the table where the whole picture fits only without it; then it stays hidden."""
        if self.screen.query_one(Confirm).display:
            return  # it takes two rows, but only for a moment
        table, width = 38 if self.screen.has_class("-wide") else 28, self.size.width - _FRAME
        picture = self.picture
        height = picture.size.height or self._height_to_come()
        if self.worked.display and picture.size.height:
            height += self.worked.outer_size.height
        gives_way = height > 0 and picture.fits_whole(width, height) and not picture.fits_whole(width - table, height)
        asked = self.size, self._bench.walk.exercise
        if gives_way:
            self._gave_way = asked
        self.screen.set_class(self._gave_way == asked, "-roomy", update=update)
        self._share_side()
        fits = self._share_height(width if self._gave_way == asked else width - table, height)
        self.screen.set_class(fits, "-worked", update=update)

    def _share_height(self, width: int, height: int) -> bool:
        """Does what was worked out fit below the picture? The style sheet shows it on large screens."""
        rows = 0 if self._bench.walk.is_fixed else next(
            (rows for rows in HEIGHTS
             if height - rows >= _LEAST_PICTURE and self.picture.fits_whole(width, height - rows)), 0)
        if rows and (self.worked.styles.height is None or self.worked.styles.height.value != rows):
            self.worked.styles.height = rows
        return rows > 0

    def _height_to_come(self) -> int:
        """The rows of the picture before anything is laid out: what the other parts leave."""
        others = (self.chain.styles.height, self.step.styles.height)
        taken = sum(int(each.value) for each in others if each is not None and each.is_cells)
        return self.screen.size.height - _LINES - taken - _BORDER if all(others) else 0

    def _share_side(self) -> None:
        """Give the table above the list of steps the rows that it needs, if they are not too many."""
        rows = min(self.table.natural_rows, self.size.height * _TABLE // 100) if self.steps.display else 0
        height = self.table.styles.height
        if height is None or height.value != (rows or 1):
            self.table.styles.height = rows or "1fr"

    def _show_picture(self, quantity: str | None) -> None:
        walk = self._bench.walk
        if not walk.derivation.graph.gates:
            entitle(self.picture, plain_title(network_title(walk, quantity), self.chain.glyphs))
            subtitle(self.picture, plain_title(functions_of(walk.derivation), self.chain.glyphs))
        self.picture.show(picture_of(walk, quantity, at_work=True), lit=highlight_of(walk, quantity))

    def _show_step(self, quantity: str) -> None:
        walk, explained = self._bench.walk, self._bench.explains
        posed = self._bench.posed
        back = view.title_posed(posed) if posed is not None else ""
        seen = view.step_before(walk, quantity) if back else quantity
        looking_back = explained or bool(back)
        setter, roles = view.chain_setter(walk, seen, looking_back=looking_back)
        self.chain.show(setter, roles)
        self._give_chain_rows()
        chain = view.shown_chain(walk, seen, looking_back=looking_back)
        entitle(self.chain, "Formula" if chain is None else "Chain rule")
        subtitle(self.chain, "" if explained else view.reuse_note(walk, quantity, self.chain.glyphs))
        step = f"{'Before step' if back else 'Step'} {self._bench.place + 1}"
        title = plain_title(f"{step} · {back or walk.explainer.question(quantity).title}", self.chain.glyphs)
        is_long = cells(title) > self.screen.size.width - _FRAME - _BORDER
        entitle(self.step, title.removeprefix("Step ") if is_long else title)
        self.question.show(*self._bench.asked)

    def _show_end(self) -> None:
        walk, ending = self._bench.walk, self._bench.ending
        entitle(self.step, ending.title)
        show = self.question.show if ending.asking else self.question.show_read  # a question comes last
        show(*ending.paragraphs())
        if ending.explains:
            self.chain.show(view.explanation_setter(walk, walk.plan[-1]))
            entitle(self.chain, "Done")
            self._give_chain_rows()

    def _give_chain_rows(self) -> None:
        """Give the formula's panel the rows that it fills, so that none is empty while the picture is cut."""
        rows = self.chain.natural_height(max(self.size.width - _FRAME, 1))
        most = _MOST_CHAIN_ROWS if self.screen.has_class("-high") else _CHAIN_ROWS
        height = _BORDER + min(max(rows, 1), most)
        if self.chain.styles.height is None or self.chain.styles.height.value != height:
            self.chain.styles.height = height
        self.screen.set_class(rows == 1, "-line", update=False)
