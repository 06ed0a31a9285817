"""Pictures of networks: whole, in focus, in every glyph level, and cheap at any size."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import examples
from tests.terminal.networks import Counted, chain, network
from tests.terminal.screen_text import check_golden, text_of
from tui_backprop.drawing.diagram import (
    NOTHING,
    Diagram,
    Edge,
    Highlight,
    Layer,
    Unit,
    draw_diagram,
    fits_whole,
    picture,
)
from tui_backprop.typeset.glyphs import Glyphs

FULL, CONSOLE, ASCII = Glyphs.FULL, Glyphs.CONSOLE, Glyphs.ASCII

LAST_FACTOR = Highlight(lit=frozenset({"a 1:j", "w 2:j->k", "a 2:k"}))
FIRST_LAYER = Highlight(lit=frozenset({"a 0:x2", "w 1:1->0", "a 1:h1"}), focus=(1, 0))
PATHS = Highlight(path=frozenset({"w 1:0->0", "w 1:0->1", "w 2:0->0", "w 2:1->0"}), focus=(1, 0))
DEEP_IN = Highlight(lit=frozenset({"a 0:x391", "w 1:390->7", "a 1:h8"}), focus=(1, 7))
EVERY_EDGE = frozenset(f"w {layer}:{i}->{j}" for layer in (1, 2) for i in range(4) for j in range(4))
AT_OUTPUT = Highlight(lit=frozenset({"w 2:64->3"}), focus=(2, 3))

PICTURES = [
    ("chain", chain(), LAST_FACTOR, 50, 5),
    ("two_inputs", network((2, 1, 1)), FIRST_LAYER, 50, 6),
    ("biases_tight", network((2, 2, 1), biases=True), FIRST_LAYER, 50, 6),
    ("biases_roomy", network((2, 2, 1), biases=True), PATHS, 58, 12),
    ("three_four_two", network((3, 4, 2)), FIRST_LAYER, 62, 16),
    ("three_four_two_small", network((3, 4, 2)), FIRST_LAYER, 50, 6),
    ("eight_eight_four", network((8, 8, 4)), FIRST_LAYER, 62, 16),
    ("large", network((784, 128, 10), biases=True), DEEP_IN, 62, 12),
    ("large_output", network((784, 128, 10)), AT_OUTPUT, 50, 6),
]


@pytest.mark.parametrize("glyphs", Glyphs)
@pytest.mark.parametrize(("name", "diagram", "highlight", "width", "height"), PICTURES)
def test_pictures(
    name: str, diagram: Diagram, highlight: Highlight, width: int, height: int, glyphs: Glyphs
) -> None:
    lines = picture(diagram, highlight, width, height, glyphs).lines()
    check_golden(f"diagram_{name}_{glyphs.value}", text_of(lines))


def roles_of(diagram: Diagram, highlight: Highlight, width: int = 62, height: int = 16) -> dict[str, str]:
    """The role of every run of text, by the text without its blanks."""
    rows = draw_diagram(diagram, highlight, width, height, FULL)
    return {text.strip(): role for row in rows for text, role in row}


def test_the_edge_asked_for_and_its_two_units_stand_out() -> None:
    roles = roles_of(chain(), LAST_FACTOR)
    assert {text for text, role in roles.items() if role == "lit"} == {"(j)", "+0.66", "(k)"}
    assert {frozenset(text) for text, role in roles.items() if role == "active"} == {frozenset("━")}


def test_an_active_line_is_drawn_over_those_it_crosses() -> None:
    rows = draw_diagram(network((3, 4, 2)), Highlight(lit=frozenset({"w 1:2->0"})), 62, 16, FULL)
    active = [text for row in rows for text, role in row if role == "active"]
    among = draw_diagram(network((3, 4, 2)), Highlight(path=EVERY_EDGE, lit=frozenset({"w 1:2->0"})), 62, 16, FULL)
    assert len("".join(active).replace(" ", "")) >= 15
    assert [*map(len, active)] == [len(text) for row in among for text, role in row if role == "active"]


def test_values_not_earned_leave_their_place_empty() -> None:
    with_values = picture(network((2, 2, 1)), FIRST_LAYER, 62, 12, FULL).lines()
    without = picture(network((2, 2, 1), values=False), FIRST_LAYER, 62, 12, FULL).lines()
    assert "0.13" in "\n".join(with_values)
    assert "0.13" not in "\n".join(without)
    assert [line.find("(x2)") for line in with_values] == [line.find("(x2)") for line in without]


def test_in_ascii_edges_that_cross_are_rows_of_marks_and_labels_name_their_source() -> None:
    text = "\n".join(picture(network((2, 2, 1)), FIRST_LAYER, 62, 12, ASCII).lines())
    assert text.isascii()
    assert "x2:-0.45" in text
    assert text.count("=") > 5
    assert text.count(".") > 20
    assert not any(sign in text for sign in ("+-", "-+", "=+-", "+="))  # no line leads into another's corner


def test_in_ascii_of_many_edges_only_those_asked_for_are_drawn() -> None:
    lines = picture(network((4, 4, 4)), FIRST_LAYER, 62, 24, ASCII).lines()
    assert not any("..." in line for line in lines)
    assert sum(line.count("=") for line in lines) > 5
    assert not any(".." in line for line in picture(network((2, 3)), NOTHING, 62, 16, ASCII).lines())  # mere scraps
    assert any(".." in line for line in picture(network((6, 1)), NOTHING, 62, 16, ASCII).lines())  # they cross nothing


@pytest.mark.parametrize("sizes", [(2, 2, 1), (2, 3, 2), (3, 3, 2)])
def test_no_edge_runs_into_a_bias_or_touches_a_value(sizes: Sequence[int]) -> None:
    lines = picture(network(sizes, biases=True), Highlight(), 62, 16, FULL).lines()
    places = [part for line in lines for part in re.findall(" b [-+]", line)]
    assert len(places) == sizes[1] + sizes[2]
    assert not any(value + sign in line for line in lines for value in ("0.00", "0.13") for sign in "⠈⠘⢕⢌⠑")


@pytest.mark.parametrize(("height", "is_whole"), [(5, True), (4, False)])
def test_where_edges_cross_the_units_stand_a_row_apart_or_the_picture_is_cut_out(height: int, is_whole: bool) -> None:
    diagram = network((2, 2, 1))
    assert fits_whole(diagram, 62, height, FULL) is is_whole
    lines = picture(diagram, Highlight(), 62, height, FULL).lines()
    firsts = [n for n, line in enumerate(lines) if "(x1)" in line or "(x2)" in line]
    assert not is_whole or firsts[1] - firsts[0] == 3


def test_it_is_drawn_as_on_the_usual_rows_where_there_are_more() -> None:
    diagram = network((2, 2, 1))
    assert "units" in "\n".join(picture(diagram, Highlight(), 62, 9, FULL, usual=4).lines())
    assert "units" not in "\n".join(picture(diagram, Highlight(), 62, 9, FULL).lines())


class Asked:
    """Counts which edges are looked at."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.edges = 0
        layers = (Layer(f"L{n}", Counted(size, self.unit)) for n, size in enumerate(sizes))
        self.diagram = Diagram(tuple(layers), self.edge)

    def unit(self, place: int) -> Unit:
        return Unit(f"a {place}", str(place))

    def edge(self, layer: int, source: int, destination: int) -> Edge:
        self.edges += 1
        return Edge(f"w {layer}:{source}->{destination}", "+0.50")


def test_a_large_network_is_drawn_without_looking_at_most_of_its_edges() -> None:
    asked = Asked((784, 128, 10))
    picture(asked.diagram, Highlight(focus=(1, 5)), 62, 12, FULL)
    assert asked.edges <= 784 + 10


@examples(60)
@given(
    sizes=st.lists(st.integers(1, 9), min_size=1, max_size=5), width=st.integers(0, 90), height=st.integers(0, 24),
    biases=st.booleans(), glyphs=st.sampled_from(Glyphs), data=st.data(),
)  # fmt: skip
def test_any_network_fits_any_size(
    sizes: list[int], width: int, height: int, biases: bool, glyphs: Glyphs, data: st.DataObject
) -> None:
    layer = data.draw(st.integers(0, len(sizes) - 1))
    highlight = Highlight(focus=(layer, data.draw(st.integers(0, sizes[layer] - 1))))
    rows = draw_diagram(network(sizes, biases), highlight, width, height, glyphs)
    assert len(rows) == height
    assert all(sum(len(text) for text, _ in row) == width for row in rows)


@pytest.mark.parametrize("sizes", [(1, 1), (2, 2, 1), (3, 4, 2)])
def test_a_whole_network_shows_every_weight_in_front_of_its_unit(sizes: tuple[int, ...]) -> None:
    diagram = network(sizes)
    text = "\n".join(picture(diagram, Highlight(), 78, 20, FULL).lines())
    for layer in range(1, len(sizes)):
        for source in range(sizes[layer - 1]):
            for destination in range(sizes[layer]):
                assert (diagram.edge(layer, source, destination).weight or "?") in text


def test_on_two_rows_what_is_left_out_is_counted_in_one_place() -> None:
    lines = picture(network((784, 128, 10), biases=True), DEEP_IN, 62, 2, ASCII).lines()
    assert lines[0].startswith(" (x391)")
    assert lines[1].startswith(" ... 784 more")


def test_gradients_below_weights_are_called_so_once_there_are_any() -> None:
    def lines(gradient: str | None) -> str:
        plain = chain()
        edge = Edge("w 2:j->k", "+0.66", gradient=gradient, gradient_key="dC/dw 2:j->k", gradient_room=6)
        diagram = Diagram(plain.layers, lambda layer, i, j: edge if layer == 2 else plain.edge(layer, i, j), True)
        return "\n".join(picture(diagram, NOTHING, 50, 6, FULL).lines())

    assert "−0.726" in lines("−0.726")
    assert "weight above, gradient below" in lines("−0.726")
    assert "gradient below" not in lines(None)


def test_all_edges_into_a_unit_are_shown_rather_than_titles() -> None:
    rows = picture(network((3, 3, 2), biases=True), Highlight(focus=(2, 0)), 50, 4, FULL).lines()
    assert not any("more" in row or "L−1" in row for row in rows)
    assert all(name in "\n".join(rows) for name in ("bias", "(h1)", "(h2)", "(h3)"))
