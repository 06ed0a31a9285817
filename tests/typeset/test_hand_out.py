r"""Every formula of the hand-out that the course is built from is set, in 76 columns, in Unicode and in ASCII alone.

They stand here as the hand-out writes them, its slips included: ``w_01`` is w₀1 in TeX too. After a change that is
meant, write the golden anew and look at it::

    UPDATE_GOLDEN=1 python -m pytest tests/typeset/test_hand_out.py
    git diff tests/typeset/golden
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tui_backprop.typeset.box import draw
from tui_backprop.typeset.glyphs import Glyphs, cells
from tui_backprop.typeset.linear import linear
from tui_backprop.typeset.read_latex import parse_latex
from tui_backprop.typeset.spoken import pronounce

GOLDEN = Path(__file__).parent / "golden"
FORMULAS = (GOLDEN / "hand_out.tex.txt").read_text("utf-8").splitlines()
COLUMNS = 76


@pytest.mark.parametrize("glyphs", [Glyphs.FULL, Glyphs.ASCII], ids=lambda glyphs: str(glyphs.value))
def test_the_hand_outs_formulas_are_set_as_they_were_when_looked_at(glyphs: Glyphs) -> None:
    drawn = "".join(f"{line.rstrip()}\n" for formula in FORMULAS for line in (
        formula, *draw(parse_latex(formula), glyphs).lines, ""))
    path = GOLDEN / f"hand_out_{glyphs.value}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(drawn, "utf-8")
    assert drawn == path.read_text("utf-8")


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_of_the_hand_out_fits_and_is_said(formula: str) -> None:
    layout = parse_latex(formula)
    for glyphs in Glyphs:
        box = draw(layout, glyphs)
        assert max(map(cells, box.lines)) <= COLUMNS
        assert len({cells(line) for line in box.lines}) == 1
        assert glyphs is not Glyphs.ASCII or "".join(box.lines).isascii()
    assert "?" not in linear(layout, Glyphs.ASCII)
    assert pronounce(layout).isascii()
