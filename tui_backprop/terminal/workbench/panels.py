"""The panels of the workbench: network or circuit, parameters, chain of factors, and the step with its prompt."""

from __future__ import annotations

from collections.abc import Sequence

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
_END_ROWS = {"-short": (9, 12), "-tall": (11, 14), "-high": (16, 20)}
"""The most rows of the panel at the end, and at an exam's, by the screen's height."""
_STEP = {"-tall": 8, "-high": 10}
"""The rows of the step's panel where its words need no more, by the screen's height."""
_WITH_FORMULA = 12
"""The rows of the formula's and the step's panel together on a short screen: so the picture keeps its height."""
_LEAST_BESIDE = {"-short": 4, "-tall": 6, "-high": 6}
"""The fewest rows that a long message leaves to the picture's panel; with fewer it gives way altogether."""


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
        self._step_rows: int | None = None
        self._most_of_question: int | None = None
        self._needed: tuple[str | None, int] = None, 0
        """A step, and the most rows its words have needed: the picture moves once for them, not forth and back."""
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
        self._give_step_rows()
        self._share_room(update=False)

    def _show_parameters(self) -> None:
        """Show the numbers that are given: in one walk they stay."""
        asked = self._bench.walk, self._bench.setup.numbers.changed, self.picture.glyphs
        if asked != self._tabled:
            self._tabled = asked
            self.table.show(view.parameter_rows(*asked))

    def show_news(self) -> None:
        """Show the messages."""
        self.question.leave(self._count_lines(self._bench.news) + (self._bench.typing is not None)
                            if self._bench.asked else 0)
        self.feedback.show(*self._bench.news)

    def _count_lines(self, paragraphs: Sequence[Paragraph]) -> int:
        width = self.feedback.size.width or self.screen.size.width - _FRAME
        return len(wrap(paragraphs, max(width, 1), self.feedback.glyphs))

    def _give_step_rows(self) -> None:
        """Give the step's panel the rows that its words need, and more where they need few.

        The picture gives them up, and where too few would be left to it, it gives way.
        """
        bench, screen = self._bench, self.screen
        chain = self.chain.styles.height
        if bench.shown_step is None or screen.has_class("-choices") or chain is None or not chain.is_cells:
            screen.set_class(False, "-crowded", update=False)
            self._give_end_rows()
            return
        asked = [each for each in bench.asked if each.role != "note"]  # the sentence on its purpose may go
        need = _BORDER + self._count_lines(asked) + self._count_lines(bench.news) + (bench.typing is not None)
        if self._needed[0] == bench.shown_step:
            need = max(need, self._needed[1])
        self._needed = bench.shown_step, need
        room = screen.size.height - _LINES - int(chain.value)
        most = room - next(rows for name, rows in _LEAST_BESIDE.items() if screen.has_class(name))
        is_crowded = need > most and bool(asked) and not bench.walk.derivation.graph.is_large
        screen.set_class(is_crowded, "-crowded", update=False)
        self._set_step_rows(None if is_crowded else min(max(need, self._usual_step_rows(int(chain.value))), most))

    def _usual_step_rows(self, chain: int) -> int:
        """The rows of the step's panel beside a formula's panel of so many rows, where its words need no more."""
        high = next((rows for name, rows in _STEP.items() if self.screen.has_class(name)), None)
        return _WITH_FORMULA - chain if high is None else high

    @property
    def _usual_picture_rows(self) -> int:
        """The rows of the picture beside the highest formula and a short message.

        By them it is decided how it is drawn: so it is drawn alike at every step.
        """
        chain = _BORDER + (_MOST_CHAIN_ROWS if self.screen.has_class("-high") else _CHAIN_ROWS)
        return self.screen.size.height - _LINES - chain - self._usual_step_rows(chain) - _BORDER

    def _set_step_rows(self, rows: int | None) -> None:
        """Give the step's panel so many rows; None for those of the style sheet."""
        if self._step_rows != rows:
            self._step_rows = self.step.styles.height = rows

    def _give_end_rows(self) -> None:
        """At the end give the panel of words the rows that it fills; elsewhere those of the style sheet."""
        bench, rows = self._bench, None
        if bench.shown_step is None:
            said = [*bench.ending.paragraphs(), *bench.news]
            limits = next(rows for name, rows in _END_ROWS.items() if self.screen.has_class(name))
            width = max(self.screen.size.width - _FRAME, 1)
            rows = min(len(wrap(said, width, self.feedback.glyphs)) + _BORDER + (2 if bench.ending.asking else 1),
                       limits[0 if bench.ending.explains else 1])
        self._set_step_rows(rows)
        asking = bench.ending.asking is not None if rows is not None else False
        most = None if rows is None or asking else rows - _BORDER - 1
        if self._most_of_question != most:
            self._most_of_question = self.question.styles.max_height = most

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
        self.call_after_refresh(self._give_step_rows)
        self.call_after_refresh(self._share_room)

    def _share_room(self, *, update: bool = True) -> None:
        """Hide the table where the whole picture fits only without it; then it stays hidden."""
        if self.screen.query_one(Confirm).display:
            return  # it takes two rows, but only for a moment
        table, width = 38 if self.screen.has_class("-wide") else 28, self.size.width - _FRAME
        picture = self.picture
        height = picture.size.height or self._height_to_come()
        if self.worked.display and picture.size.height:
            height += self.worked.outer_size.height
        usual = min(height, self._usual_picture_rows)
        gives_way = usual > 0 and picture.fits_whole(width, usual) and not picture.fits_whole(width - table, usual)
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
        self.picture.usual = self._usual_picture_rows
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
