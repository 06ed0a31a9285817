"""A worked solution as plain data: what ``solve --json`` prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tui_backprop.dataclass import dataclass
from tui_backprop.derivation.derivation import Derivation, Step
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import Layout
from tui_backprop.typeset.linear import linear

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Solution:
    """The whole worked solution of an exercise; nothing of it is worked out before it is asked for."""

    title: str
    derivation: Derivation

    @property
    def steps(self) -> Sequence[Step]:
        """All steps in order, lazily."""
        return self.derivation.steps

    @property
    def cost(self) -> float:
        """The cost with the parameters given; of a circuit, its output."""
        return self.derivation.values(self.derivation.graph.goal)

    def to_dict(self, steps: Iterable[Step] | None = None) -> dict[str, Any]:
        """What ``solve --json`` prints, with the given steps or with all."""
        chosen = [step_dict(step) for step in (self.steps if steps is None else steps)]
        results = self.derivation.graph.results(self.derivation.values)
        return {"format": FORMAT, "title": self.title, **results, "steps": chosen}


def step_dict(step: Step) -> dict[str, Any]:
    """One step as ``solve --json`` prints it."""
    substituted = _texts(step.lay_out_substituted(exact=True))
    return {
        "id": step.id, "kind": step.kind, "sample": step.sample,
        "name": _texts(step.name), "formula": _texts(step.formula_layout(exact=True)),
        "substituted": {**substituted, "ascii": step.write_substituted()},
        "value": step.value or 0.0, "uses": list(step.uses),
    }


def _texts(layout: Layout) -> dict[str, str]:
    from tui_backprop.typeset.latex import latex  # lines of text do not wait for it

    return {"unicode": linear(layout, Glyphs.FULL), "ascii": linear(layout, Glyphs.ASCII), "latex": latex(layout)}
