"""Equations filled into what was laid out before read as if each had been laid out."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest

from tui_backprop.derivation import Derivation
from tui_backprop.derivation.formulas import Detail
from tui_backprop.derivation.notation import NOTATIONS
from tui_backprop.export.equation_text import EquationTexts
from tui_backprop.export.outline import equation
from tui_backprop.network.model import Network, Sample
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.line_template import Filling, LineTemplate
from tui_backprop.typeset.linear import linear


def drawn(random: Random, names: str, samples: int) -> Network:
    """A network with units of these names in a hidden layer, and with numbers of every form a formula looks at."""
    def row(count: int) -> tuple[float, ...]:
        return tuple(random.choice([0, 1, -1, 0.5, -3e-8, random.uniform(-1, 1)]) for _ in range(count))

    units = tuple(names)
    return Network(
        layers=(("1", "2"), units, ("u", "v")), activations=("relu", "softmax"), cost="cross_entropy",
        learning_rate=0.1, weights=(tuple(row(len(units)) for _ in range(2)), tuple(row(2) for _ in units)),
        biases=(row(len(units)), row(2)), samples=tuple(Sample(row(2), (0.0, 1.0)) for _ in range(samples)))


@pytest.mark.parametrize(("notation", "detail", "glyphs", "names", "samples"), [
    ("hand-out", "merged", Glyphs.FULL, "ijkabdc", 1), ("hand-out", "full", Glyphs.ASCII, "123", 2),
    ("mazur", "full", Glyphs.FULL, "ijk", 1), ("nielsen", "delta", Glyphs.CONSOLE, "12", 1)])
def test_every_equation_is_as_it_is_laid_out(
    notation: str, detail: Detail, glyphs: Glyphs, names: str, samples: int, monkeypatch: pytest.MonkeyPatch,
) -> None:
    derivation = Derivation(drawn(Random(notation), names, samples), detail, NOTATIONS[notation])
    filled: list[LineTemplate] = []
    fill = LineTemplate.fill

    def count(template: LineTemplate, parts: Sequence[Filling]) -> str:
        filled.append(template)
        return fill(template, parts)

    monkeypatch.setattr(LineTemplate, "fill", count)
    texts = EquationTexts(derivation, glyphs)
    for step in derivation.steps:
        assert texts.of(step) == [linear(part, glyphs) for part in equation(step)], step.id
    assert len(filled) > len(derivation.order) / 3
