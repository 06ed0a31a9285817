"""The equations of steps as lines of text. Of a shape that comes again only the first is laid out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from tui_backprop.derivation import Derivation, Step
from tui_backprop.derivation.shapes import FormulaShape
from tui_backprop.export.outline import LONG_SUM, number_layout, write_number
from tui_backprop.typeset.formula import formula
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import Layout
from tui_backprop.typeset.line_template import Filling, Fillings, LineTemplate, make_template
from tui_backprop.typeset.linear import linear

_KEPT = 1 << 14
"""How many names and numbers are kept as text: a weight comes again in every part of a step of learning."""


class EquationTexts:
    """Writes equations of a derivation's steps in one line: what :func:`outline.equation` lays out, as text."""

    def __init__(self, derivation: Derivation, glyphs: Glyphs) -> None:
        self._derivation = derivation
        self._shapes = derivation.graph.shapes(LONG_SUM)
        self._full = _Lines(derivation, Glyphs.FULL)
        self._lines = self._full if glyphs is Glyphs.FULL else _Lines(derivation, glyphs)

    def of(self, step: Step) -> list[str]:
        """The parts of a step's equation: name, formula, formula with numbers, value; without equal neighbours."""
        shown = numbers = None
        if self._shapes is not None:
            shown = self._shapes.shown(step.id, self._derivation.values)
            numbers = shown if step.formula_holds() else self._shapes.fallback(step.id)
        full = self._full.parts(step, shown, numbers)
        parts = full if self._lines is self._full else self._lines.parts(step, shown, numbers)
        return [part for place, part in enumerate(parts) if place == 0 or full[place] != full[place - 1]]


_Bound = tuple[FormulaShape, list[str]]


class _Lines:
    """Equations of a derivation in the characters of one kind of terminal."""

    def __init__(self, derivation: Derivation, glyphs: Glyphs) -> None:
        self._values = derivation.values
        self._glyphs = glyphs
        self._templates: dict[tuple[FormulaShape, tuple[int, ...]], LineTemplate | None] = {}
        self._naming, self._fillings = derivation.naming, Fillings(glyphs)
        self._name = lru_cache(_KEPT)(self._fill_name)
        self._number = lru_cache(_KEPT)(lambda value: self._fillings.make(number_layout(value)))

    def _fill_name(self, quantity: str) -> Filling:
        kind, indices = self._naming.indices(quantity)
        return self._fillings.make_alike(kind, indices, partial(self._naming.name, quantity))

    def parts(self, step: Step, shown: _Bound | None, numbers: _Bound | None) -> list[str]:
        """Name, formula, formula with numbers, and value; the two bound shapes are those of the formulas, if any."""
        return [
            self._name(step.id).text,
            self._write(shown, self._name, lambda: step.formula_layout(elide=LONG_SUM)),
            self._write(numbers, lambda quantity: self._number(self._values(quantity)),
                        lambda: step.lay_out_substituted(write_number, elide=LONG_SUM)),
            self._number(step.value).text,
        ]

    def _write(self, bound: _Bound | None, fill: Callable[[str], Filling], lay_out: Callable[[], Layout]) -> str:
        if bound is None:
            return linear(lay_out(), self._glyphs)
        shape, quantities = bound
        fillings = [fill(quantity) for quantity in quantities]
        key = shape, tuple([one.form for one in fillings])
        template = self._templates.get(key)
        if template is not None:
            return template.fill(fillings)
        text = linear(lay_out(), self._glyphs)
        # Of a small network hardly any shape comes again: a template is made at the second time.
        self._templates[key] = self._make(shape, fillings, text) if key in self._templates else None
        return text

    def _make(self, shape: FormulaShape, fillings: Sequence[Filling], text: str) -> LineTemplate | None:
        return make_template(
            lambda stand_in: formula(shape.expr, lambda number: stand_in(int(number)), elide=LONG_SUM),
            fillings, text, self._glyphs)
