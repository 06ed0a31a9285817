"""Pictures of circuits: every line traceable, nothing written over anything, values and gradients once earned."""

from __future__ import annotations

from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import examples, some
from tests.strategies import circuits
from tests.terminal.apps import ASCII, FULL
from tests.terminal.screen_text import check_golden, screen_text, text_of
from tests.terminal.test_workbench import app_with, type_in
from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation.graph import Highlight
from tui_backprop.derivation.ids import line_key
from tui_backprop.desk.diagram_view import highlight_of, picture_of
from tui_backprop.drawing.diagram import circuit_model as diagram
from tui_backprop.drawing.diagram import picture
from tui_backprop.drawing.diagram.circuit import CircuitPlan, plan_circuit
from tui_backprop.drawing.gate_signs import symbol_of
from tui_backprop.maths.parse import parse
from tui_backprop.network.model import Circuit, Gate
from tui_backprop.records.journal import Journal
from tui_backprop.terminal.capabilities import Capabilities, Colours
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.typeset.glyphs import Glyphs

CONSOLE = Capabilities(Glyphs.CONSOLE, Colours.STANDARD)
HORIZONTAL, VERTICAL = 1 | 2, 4 | 8
SIZES = {"panel": (48, 6), "wide": (76, 16)}


def circuit(inputs: dict[str, float], *gates: str) -> Circuit:
    """A circuit from its gates as they are written in a file."""
    names = {name: name for name in (*inputs, *(gate.partition(" = ")[0] for gate in gates))}
    made = tuple(Gate(name, parse(text, names)) for name, _, text in (gate.partition(" = ") for gate in gates))
    return Circuit(tuple(inputs.items()), made)


CIRCUITS = {
    "two_gates": circuit({"x": -2.0, "y": 5.0, "z": -4.0}, "q = x + y", "f = q * z"),
    "sigmoid": circuit({"w0": 2.0, "x0": -1.0, "w1": -3.0, "x1": -2.0, "w2": -3.0}, "a = w0 * x0", "b = w1 * x1",
                       "c = a + b", "s = c + w2", "n = -s", "u = exp(n)", "d = u + 1", "f = 1 / d"),
    "max": circuit({"x": 3.0, "y": -4.0, "z": 2.0, "w": -1.0}, "p = x * y", "m = max(z, w)", "s = p + m", "f = 2 * s"),
    "three_places": circuit({"x": 2.0, "y": 3.0}, "p = x * y", "q = x + y", "r = x^2", "s = p + q", "f = s * r"),
    "thirty": circuit({"x": 0.5, "y": -0.25}, *(f"g{n + 1} = {'x' if n < 2 else f'g{n - 1}'} {'+*'[n % 2]} "
                                                f"{'y' if n < 1 else f'g{n}'}" for n in range(30))),
}


def quiz_of(task: Circuit, at: int = 0) -> Quiz:
    quiz = Quiz(Exercise("drawn", "Drawn", task, ""))
    quiz.go_on_from(at)
    return quiz


def planned(task: Circuit, at: int, width: int, height: int) -> CircuitPlan | None:
    quiz = quiz_of(task, at)
    quantity = quiz.plan[quiz.position]
    shown = picture_of(quiz, quantity)
    assert isinstance(shown, diagram.CircuitDiagram)
    return plan_circuit(shown, highlight_of(quiz, quantity), width, height)


@pytest.mark.parametrize(("name", "size", "glyphs"), some(list(product(CIRCUITS, SIZES, Glyphs))))
def test_pictures(name: str, size: str, glyphs: Glyphs) -> None:
    """At the first gate, at a gate's own slope, and at the end of the way back."""
    task = CIRCUITS[name]
    pictures = []
    for at in (0, len(task.gates) + 1, len(Quiz(Exercise("drawn", "Drawn", task, "")).plan) - 1):
        quiz = quiz_of(task, at)
        quantity = quiz.plan[quiz.position]
        shown = picture_of(quiz, quantity)
        lines = picture(shown, highlight_of(quiz, quantity), *SIZES[size], glyphs).lines()
        assert glyphs is not Glyphs.ASCII or all(line.isascii() for line in lines)
        pictures.append(f"{quantity}\n{text_of(lines)}")
    check_golden(f"circuit_{name}_{size}_{glyphs.value}", "\n".join(pictures))


@pytest.mark.parametrize(("width", "height"), [(56, 4), (48, 6), (48, 9)])
def test_what_stands_where_is_said_and_a_gap_parts_two_gates(width: int, height: int) -> None:
    task = circuit({"x": 2.0, "y": 1.0}, "s = x + y", "t = y + 1", "f = s * t")
    for at in range(len(Quiz(Exercise("drawn", "Drawn", task, "")).plan)):
        quiz = quiz_of(task, at)
        quantity = quiz.plan[quiz.position]
        lines = picture(picture_of(quiz, quantity), highlight_of(quiz, quantity), width, height, Glyphs.FULL).lines()
        assert "value, gradient below it" in lines[-1] or "value above, gradient below" in lines[-1]
        upper, lower = (next(n for n, line in enumerate(lines) if name in line) for name in ("(+) s", "(+1) t"))
        assert lower - upper >= (2 if height < 6 else 3)


@st.composite
def diagrams(draw: st.DrawFn) -> diagram.CircuitDiagram:
    """Any circuit to draw: each gate uses one to four of the nodes before it, near or far."""
    keys = [f"x{n}" for n in range(draw(st.integers(1, 5)))]
    nodes = [diagram.CircuitNode(key, key, value="−1.234", gradient="0.5", gradient_key=f"d{key}") for key in keys]
    for n in range(draw(st.integers(1, 20))):
        sources = draw(st.lists(st.sampled_from(keys), min_size=1, max_size=4, unique=True))
        value = draw(st.sampled_from([None, "1", "−1.234"]))
        nodes.append(diagram.CircuitNode(f"g{n}", f"g{n}", "+", tuple(sources), value, value, f"dg{n}"))
        keys.append(f"g{n}")
    return diagram.CircuitDiagram(tuple(nodes), 6)


@examples(100)
@given(circuit=diagrams(), width=st.integers(0, 130), height=st.integers(0, 40), data=st.data())
def test_no_label_lies_on_another_and_no_line_on_a_label(
    circuit: diagram.CircuitDiagram, width: int, height: int, data: st.DataObject
) -> None:
    focus = data.draw(st.sampled_from([node.key for node in circuit.nodes]))
    plan = plan_circuit(circuit, Highlight(frozenset({focus})), width, height)
    if plan is None:
        assert width < 20 or height < 3
        return
    assert focus in {label.key for label in plan.labels}
    down = plan.down(height)
    labels = [{(label.column + n, label.row + down) for n in range(len(label.text))} for label in plan.labels]
    for one, other in combinations(labels, 2):
        assert one.isdisjoint(other)
    written = set().union(*labels)
    assert all(0 <= column < width and 0 <= row < height for column, row in written)
    for wire in plan.wires:
        cells = {(column, row + down) for column, row in wire.cells}
        assert cells.isdisjoint(written)
        assert all(0 <= column < width and 0 <= row < height for column, row in cells)


@examples(100)
@given(circuit=diagrams(), width=st.integers(30, 250), height=st.integers(6, 60))
def test_every_line_is_in_one_piece_and_touches_no_other_sources(
    circuit: diagram.CircuitDiagram, width: int, height: int
) -> None:
    """Two sources share a cell only where their lines cross, one level and one upright; so each can be followed."""
    plan = plan_circuit(circuit, Highlight(), width, height)
    if plan is None:
        return
    shared: dict[tuple[int, int], dict[str, int]] = {}
    for wire in plan.wires:
        reached = [min(wire.cells)]
        for column, row in reached:
            sides = wire.cells[column, row][0]
            near = ((1, (-1, 0)), (2, (1, 0)), (4, (0, -1)), (8, (0, 1)))
            found = [(column + x, row + y) for side, (x, y) in near if sides & side]
            reached += [cell for cell in found if cell in wire.cells and cell not in reached]
        assert len(reached) == len(wire.cells)
        for cell, (sides, net) in wire.cells.items():
            nets = shared.setdefault(cell, {})
            nets[net] = nets.get(net, 0) | sides
    for nets in shared.values():
        assert len(nets) <= 2
        if len(nets) == 2:
            assert sorted(nets.values()) == [HORIZONTAL, VERTICAL]


@examples(60)
@given(task=circuits(), data=st.data())
def test_a_circuit_that_fits_is_drawn_whole_else_the_asked_gate(task: Circuit, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(task.gates) - 1))
    names = [name for name, _ in task.inputs] + [gate.name for gate in task.gates]
    whole = planned(task, at, 2000, 400)
    assert whole is not None
    assert {label.key for label in whole.labels} >= set(names)
    quiz = quiz_of(task, at)
    shown = picture_of(quiz, quiz.plan[at])
    assert isinstance(shown, diagram.CircuitDiagram)
    edges = {line_key(source, node.key) for node in shown.nodes for source in node.sources}
    assert {wire.key for wire in whole.wires} == edges
    small = planned(task, at, 48, 6)
    if small is not None:
        assert task.gates[at].name in {label.key for label in small.labels}


def test_a_gate_with_hundreds_of_users_is_drawn_at_once() -> None:
    gates = [f"g{n} = x + {n}" for n in range(1, 300)]
    total = "f = " + " + ".join(f"g{n}" for n in range(1, 60))
    plan = planned(circuit({"x": 1.0}, *gates, total), 100, 48, 6)
    assert plan is not None
    assert plan.left_out > 200


@pytest.mark.parametrize(("expression", "sign"), [
    ("x + y", "+"), ("x - y", "−"), ("x * y", "×"), ("2x", "×2"), ("x + 1", "+1"), ("1 - x", "1−x"), ("-x", "−"),
    ("x / y", "÷"), ("1 / x", "1/x"), ("x^2", "^2"), ("max(x, y)", "max"), ("max(x, 0)", "max(x,0)"),
    ("sigmoid(x)", "σ"), ("2(x - y)", "2(x−y)"), ("0.5x^2*y + exp(-z)", "fn"),
])
def test_a_gate_says_what_it_does(expression: str, sign: str) -> None:
    assert symbol_of(parse(expression, {name: name for name in "xyz"})) == sign


def lit_at(task: Circuit, quantity: str) -> Highlight:
    return highlight_of(Quiz(Exercise("drawn", "Drawn", task, "")), quantity)


def test_a_slope_lights_its_line_and_a_gradient_every_way_back() -> None:
    task = CIRCUITS["three_places"]
    assert lit_at(task, "d[q]/dx").lit == {"x->q", "x", "q"}
    one = lit_at(task, "df/dx via q")
    assert one.lit == {"x->q", "x", "q"}
    assert one.path == {"q->s", "s->f"}
    every = lit_at(task, "df/dx")
    assert every.lit == {"x", "df/dx"}
    assert every.path == {"x->p", "x->q", "x->r", "p->s", "q->s", "s->f", "r->f"}
    assert lit_at(task, "s").path == {"p->s", "q->s"}


@pytest.mark.parametrize("capabilities", some([FULL, CONSOLE, ASCII]))
async def test_values_and_gradients_come_into_the_picture_as_they_are_found(
    tmp_path: Path, capabilities: Capabilities
) -> None:
    journal = Journal(tmp_path)
    app = app_with("circuit-two-gates", journal, capabilities)
    async with app.run_test(size=(80, 24)) as pilot:
        screens = [screen_text(app)]
        assert "[?]" in screens[0]
        assert "-12" not in screens[0].replace("−", "-")
        await type_in(pilot, journal, "3", "-12", "1", "-4")
        screens.append(screen_text(app))
        await type_in(pilot, journal, "-4")
        screens.append(screen_text(app))
        check_golden(f"workbench-circuit-{capabilities.glyphs.value}", "\n".join(screens))
