"""Notations side by side, as plain data: one small network, and its formulas in each of them."""

from __future__ import annotations

from functools import lru_cache

from tui_backprop.dataclass import replace
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.notation import NOTATIONS, Notation
from tui_backprop.drawing.boxes import Setter
from tui_backprop.network.model import Network, Sample
from tui_backprop.typeset.align import align
from tui_backprop.typeset.box import Box
from tui_backprop.typeset.glyphs import Glyphs, plain_text
from tui_backprop.typeset.layout import EQUALS, Layout, Row, Text
from tui_backprop.typeset.linear import linear

CHOICES: tuple[Notation, ...] = tuple(NOTATIONS.values())
"""The notations in the order in which they are offered."""

_SAMPLE = Network(
    layers=(("h", "i"), ("j",), ("k",)), activations=("sigmoid", "sigmoid"), cost="squared_error", learning_rate=0.1,
    weights=(((0.5,), (0.5,)), ((0.5,),)), biases=((0.1,), (0.1,)), samples=(Sample((1.0, 1.0), (1.0,)),))
_SUM, _CHAIN, _UPDATE = "z 2:k", "dC/dw 2:j->k", "w' 2:j->k"
_TITLES = max(len(notation.title) for notation in CHOICES)


def choice_line(notation: Notation, glyphs: Glyphs) -> str:
    """A notation in one line: its author, and a formula in it."""
    title = plain_text(notation.title, glyphs)
    return f"{title:{_TITLES}}  {linear(Row(_cells(_derivation(notation, has_biases=False), _SUM)), glyphs)}"


def sample_setter(notation: Notation) -> Setter:
    """A sample of the notation: the chain rule for one weight, the sum it stands in, and its update."""
    derivation = _derivation(notation, has_biases=True)

    def box(glyphs: Glyphs, width: int, height: int) -> Box:
        name, equals, update = _cells(derivation, _UPDATE)
        level = Text(linear(update, glyphs))
        rows = [_cells(derivation, _CHAIN), _cells(derivation, _SUM), [name, equals, level]]
        return align(rows, glyphs, width, height)

    return box


def _cells(derivation: Derivation, quantity: str) -> tuple[Layout, ...]:
    step = derivation.step(quantity)
    return step.name, EQUALS, step.formula_layout()


@lru_cache(maxsize=2 * len(NOTATIONS))
def _derivation(notation: Notation, *, has_biases: bool) -> Derivation:
    return Derivation(_SAMPLE if has_biases else replace(_SAMPLE, biases=None), "full", notation)
