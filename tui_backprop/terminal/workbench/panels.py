"""The panels of the workbench: network or circuit, parameters, chain of factors, and the step with its prompt."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one

from tui_backprop.desk.circuit_view import circuit_of
from tui_backprop.desk.network_view import diagram_of, highlight_of, network_title
from tui_backprop.desk.workbench import view
from tui_backprop.desk.workbench.workbench import Workbench
from tui_backprop.drawing.paragraphs import Paragraph
from tui_backprop.terminal.widgets.diagram import CircuitView, NetworkDiagram
from tui_backprop.terminal.widgets.formula import FormulaView
from tui_backprop.terminal.widgets.message import MessageView, QuestionView
from tui_backprop.terminal.workbench.answer_prompt import AnswerPrompt
from tui_backprop.terminal.workbench.parameter_table import ParameterTable
from tui_backprop.tutor.plan import chain_of
from tui_backprop.tutor.wording import functions_of

_FRAME = 4
"""Columns of a panel's border and padding."""


class WorkbenchPanels(Vertical):
    """Shows a :class:`Workbench` as it is now; it is told when something has changed."""

    DEFAULT_CSS = "WorkbenchPanels { height: 1fr; }"

    network = query_one(NetworkDiagram)
    gates = query_one("#gates", CircuitView)
    table = query_one(ParameterTable)
    chain = query_one("#chain", FormulaView)
    step = query_one("#step", Vertical)
    question = query_one("#question", QuestionView)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench

    def compose(self) -> ComposeResult:
        is_circuit = circuit_of(self._bench.walk, None) is not None
        with Horizontal(id="upper"):
            diagram = NetworkDiagram()
            diagram.id = "network"
            diagram.add_class("panel")
            diagram.border_title = "Network"
            yield diagram
            gates = CircuitView()
            gates.id = "gates"
            gates.add_class("panel")
            gates.border_title = "Circuit"
            (diagram if is_circuit else gates).display = False  # the other is the style sheet's to hide
            yield gates
            yield ParameterTable(self._bench.why_not, self._bench.find_parameters)
        chain = FormulaView()
        chain.id = "chain"
        chain.add_class("panel")
        yield chain
        with Vertical(id="step", classes="panel"):
            yield QuestionView(id="question")
            with Horizontal(id="answer"):
                mark = MessageView(id="mark")
                mark.show(Paragraph(">", role="key"))
                yield mark
                yield AnswerPrompt()
            yield MessageView(id="feedback")

    def show(self) -> None:
        """Everything but the prompt and what is said of an answer."""
        bench, quantity = self._bench, self._bench.shown_step
        self._show_network(quantity)
        self.table.show(view.parameter_rows(bench.walk, bench.setup.numbers.changed, self.network.glyphs))
        if quantity is None:
            self._show_end()
        else:
            self._show_step(quantity)
        self._share_room()

    def on_resize(self) -> None:
        self.call_after_refresh(self._share_room)

    def _share_room(self) -> None:
        """The table gives way where the whole picture has room without it, and not beside it."""
        table, width = 38 if self.screen.has_class("-wide") else 28, self.size.width - _FRAME
        picture = self.gates if self.gates.display else self.network
        height = picture.size.height
        gives_way = height > 0 and picture.fits_whole(width, height) and not picture.fits_whole(width - table, height)
        self.screen.set_class(gives_way, "-roomy")

    def _show_network(self, quantity: str | None) -> None:
        walk = self._bench.walk
        if (circuit := circuit_of(walk, quantity)) is not None:
            self.gates.show(circuit, highlight_of(walk, quantity))
        elif (diagram := diagram_of(walk, quantity, at_work=True)) is not None:
            self.network.border_title = network_title(walk, quantity)
            self.network.border_subtitle = functions_of(walk.derivation)
            self.network.show(diagram, highlight_of(walk, quantity))

    def _show_step(self, quantity: str) -> None:
        walk, explained = self._bench.walk, self._bench.explains
        setter, roles = view.chain_setter(walk, quantity, looking_back=explained)
        self.chain.show(setter, roles)
        self._give_chain_rows()
        self.chain.border_title = "Chain rule" if chain_of(walk.derivation, quantity) else "Formula"
        self.chain.border_subtitle = "" if explained else view.reuse_note(walk, quantity)
        self.step.border_title = f"Step {self._bench.place + 1} · {walk.explainer.question(quantity).title}"
        posed = self._bench.posed
        said = view.posed_paragraphs(posed) if posed is not None else view.step_paragraphs(walk, quantity)
        shown = self._bench.revealing and posed is None  # that it was shown is the news
        self.question.show(*(said[:1] if shown else said))

    def _show_end(self) -> None:
        walk, ending = self._bench.walk, self._bench.ending
        self.step.border_title = ending.title
        self.question.show(*ending.paragraphs())
        if ending.explains:
            self.chain.show(view.explanation_setter(walk, walk.plan[-1]))
            self.chain.border_title = "Done"
            self._give_chain_rows()

    def _give_chain_rows(self) -> None:
        """A formula of one line leaves the rows it does not need."""
        self.screen.set_class(self.chain.natural_height(max(self.size.width - _FRAME, 1)) == 1, "-line")
