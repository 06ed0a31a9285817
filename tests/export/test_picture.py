"""The drawing of a network: weights stand on their lines only where they do not stand on each other."""

from __future__ import annotations

from tests.export.hostile import deep_network
from tui_backprop import course
from tui_backprop.derivation import Derivation
from tui_backprop.drawing.picture import picture_of
from tui_backprop.export.paper import drawing
from tui_backprop.typeset.glyphs import Glyphs


def test_weights_are_left_out_where_they_would_overlap() -> None:
    few = [label.text for label in picture_of(Derivation(course.load("exercise-3").task)).labels]
    many = [label.text for label in picture_of(Derivation(deep_network().task)).labels]
    assert any("." in text for text in few)
    assert "0.1111" not in many
    assert "L" in many


def test_lines_on_paper_end_in_a_tip() -> None:
    derivation = Derivation(course.load("exercise-3").task)
    lines = picture_of(derivation).lines
    curves = "\n".join(drawing(derivation, Glyphs.FULL)).count("qbezier")
    assert curves == 3 * len(lines)
