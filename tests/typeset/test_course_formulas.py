r"""The course's formulas, from the LaTeX of its lessons, in the three glyph levels: looked at once, then kept.

After a change that is meant, write the goldens anew and read the difference::

    UPDATE_GOLDEN=1 python -m pytest tests/typeset/test_course_formulas.py
    git diff tests/typeset/golden
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tui_backprop.typeset.box import draw
from tui_backprop.typeset.glyphs import Glyphs, cells
from tui_backprop.typeset.read_latex import parse_latex

GOLDEN = Path(__file__).parent / "golden"

FORMULAS = (
    r"f(x) = x^2",
    r"\frac{\partial f}{\partial x} = 2x",
    r"f(x) = x^n \rightarrow f'(x) = n x^{n-1}",
    r"\frac{1}{x} = x^{-1}",
    r"\frac{\partial f(g(x))}{\partial x} = \frac{\partial f}{\partial g} \cdot \frac{\partial g}{\partial x}",
    r"(f(g(x)))' = f'(g(x)) \cdot g'(x)",
    r"\frac{\partial a_2}{\partial w_{01}} = \frac{\partial a_1}{\partial w_{01}} \cdot "
    r"\frac{\partial a_2}{\partial a_1} = a_0 \cdot w_{12}",
    r"C = (a_k - y)^2 \rightarrow \frac{\partial C}{\partial a_k} = 2(a_k - y)",
    r"C = \tfrac{1}{2}(a_k - y)^2",
    r"C = \frac{1}{n} \sum_k (a_k - y_k)^2",
    r"z_k^{(L)} = \sum_j w_{jk}^{(L)} \cdot a_j^{(L-1)} + b_k^{(L)}",
    r"a_k^{(L)} = \operatorname{ReLU}(z_k^{(L)}) = \max(0, z_k^{(L)})",
    r"\frac{\partial C}{\partial w_{jk}^{(L)}} = \frac{\partial z}{\partial w} \cdot "
    r"\frac{\partial a}{\partial z} \cdot \frac{\partial C}{\partial a}",
    r"\frac{\partial C}{\partial w_{jk}^{(L)}} = \frac{\partial z_k^{(L)}}{\partial w_{jk}^{(L)}} \cdot "
    r"\frac{\partial a_k^{(L)}}{\partial z_k^{(L)}} \cdot \frac{\partial C}{\partial a_k^{(L)}}",
    r"\frac{\partial C}{\partial w_{ij}} = \frac{\partial a_j}{\partial w_{ij}} \cdot "
    r"\frac{\partial a_k}{\partial a_j} \cdot \frac{\partial C}{\partial a_k}",
    r"\frac{\partial a_k}{\partial w_{jk}} = a_j \text{ if } z_k > 0",
    r"w'_{jk} = w_{jk} - r \cdot \frac{\partial C}{\partial w_{jk}}",
    r"w_{new} = w_{old} - r \frac{\partial C}{\partial w}",
    r"\nabla C = \left(\frac{\partial C}{\partial w_{ij}}, \frac{\partial C}{\partial w_{jk}}\right)",
    r"\delta_j = \sigma'(z_j) \cdot \sum_k w_{jk} \cdot \delta_k",
    r"\sigma(z) = \frac{1}{1 + \exp(-z)}",
    r"\frac{\partial a_j}{\partial z_j} = a_j(1 - a_j)",
    r"\frac{\partial a_j}{\partial z_j} = 1 - \tanh(z_j)^2 = 1 - a_j^2",
    r"a_k = \frac{\exp(z_k)}{\sum_i \exp(z_i)}",
    r"C = -\left(y \cdot \ln a + (1 - y) \cdot \ln(1 - a)\right)",
    r"\frac{\partial C}{\partial a_k} = -\frac{y_k}{a_k}",
    r"\frac{\partial C}{\partial w} \approx \frac{C(w + h) - C(w - h)}{2h}",
    r"\frac{C_1 + C_2 + \dots + C_N}{N} \le 0.01",
    r"w_{jk} = 0.66 - 0.1 \cdot (-0.726) = 0.733",
    r"\frac{\partial f}{\partial x} = \frac{\partial f}{\partial q} \cdot \frac{\partial q}{\partial x} = -4 \times 1",
)


@pytest.mark.parametrize("glyphs", list(Glyphs), ids=lambda glyphs: str(glyphs.value))
def test_the_courses_formulas_are_drawn_as_they_were_when_looked_at(glyphs: Glyphs) -> None:
    boxes = [draw(parse_latex(text), glyphs) for text in FORMULAS]
    drawn = "\n".join("".join(line.rstrip() + "\n" for line in box.lines) for box in boxes)
    path = GOLDEN / f"formulas_{glyphs.value}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(drawn, encoding="utf-8")
    assert drawn == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", FORMULAS)
def test_the_courses_formulas_fit_sixty_columns(text: str) -> None:
    assert all(cells(line) <= 60 for glyphs in Glyphs for line in draw(parse_latex(text), glyphs).lines)
