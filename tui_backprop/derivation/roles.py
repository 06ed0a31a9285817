"""What quantities of a network there are: one row a role, and what is asked of a role is read off its row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

Kind = Literal[
    "given", "pre_activation", "activation", "cost", "factor", "path", "gradient", "mean", "update", "gate"
]
Shape = Literal["whole", "layer", "unit", "edge", "onwards", "path"]

VIA: Final = "via"
"""The role of one path's term, written ``dC/da LAYER:FROM via NEXT:TO``."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role that quantities play, such as ``z`` or ``dC/dw``.

    ``kind``: of the steps that find it. ``shape``: what it belongs to: the ``whole`` network, a ``layer``, a ``unit``,
    an ``edge`` looked at from the unit it ends in (or ``onwards``, from the unit it starts in), or a ``path``.
    ``per_sample``: each sample has its own. ``mean``: a batch has the mean of its samples' too. ``changes``: an update
    changes it, so that it is there once more, primed. ``after_update``: it is that. ``is_units``: the words for it are
    about its first unit, whose ``a`` and ``z`` they may name. ``word``: what a given is, in a word.
    """

    name: str
    kind: Kind
    shape: Shape
    per_sample: bool = True
    mean: bool = False
    changes: bool = False
    after_update: bool = False
    is_units: bool = False
    word: str = ""

    @property
    def is_edge(self) -> bool:
        """Is it written with an edge, ``LAYER:FROM->TO``?"""
        return self.shape in ("edge", "onwards")


_ROWS = (
    Role("r", "given", "whole", per_sample=False, word="rate"),
    Role("w", "given", "edge", per_sample=False, word="weight"),
    Role("b", "given", "unit", per_sample=False, word="bias"),
    Role("y", "given", "unit", word="target"),
    Role("z", "pre_activation", "unit", changes=True, is_units=True),
    Role("z_max", "factor", "layer", changes=True),
    Role("a", "activation", "unit", changes=True, is_units=True, word="input"),
    Role("C", "cost", "whole", mean=True, changes=True, is_units=True),
    Role("dC/da", "factor", "unit", is_units=True),
    Role("da/dz", "factor", "unit", is_units=True),
    Role("dC/dz", "factor", "unit", is_units=True),
    Role("dz/dw", "factor", "edge"),
    Role("dz/da", "factor", "onwards"),
    Role("da/dw", "factor", "edge"),
    Role("da/da", "factor", "onwards"),
    Role(VIA, "path", "path"),
    Role("dC/dw", "gradient", "edge", mean=True),
    Role("dC/db", "gradient", "unit", mean=True),
    Role("w'", "update", "edge", per_sample=False),
    Role("b'", "update", "unit", per_sample=False),
)

ROLES: Final[Mapping[str, Role]] = {
    **{role.name: role for role in _ROWS},
    **{f"{role.name}'": replace(role, name=f"{role.name}'", changes=False, after_update=True, is_units=False, word="")
       for role in _ROWS if role.changes},
}
"""Every role by what its ids start with."""
