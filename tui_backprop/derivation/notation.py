"""Notations: what the quantities are called. A notation changes symbols, the numbering of units and the order of
indices; it never changes the shape of a formula.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Notation:
    """The letters and index habits of one author.

    ``to_from``: a weight's first index is the unit it goes to. ``layer``: how a layer is written, ``relative``
    ``(L−1)`` counted back from the output, or ``absolute`` ``2`` counted from ``first_layer``; ``bare`` drops the
    parentheses. ``source`` is where the author writes so.
    """

    key: str
    title: str
    source: str
    activation: str = "a"
    pre_activation: str = "z"
    weight: str = "w"
    bias: str = "b"
    target: str = "y"
    cost: str = "C"
    rate: str = "r"
    delta: str = "δ"
    to_from: bool = False
    layer: Literal["relative", "absolute"] = "relative"
    first_layer: int = 0
    bare: bool = False


HAND_OUT = Notation("hand-out", "the course's own", "the course's hand-out: w_jk^(L) goes from j to k")

NOTATIONS: Mapping[str, Notation] = {notation.key: notation for notation in (HAND_OUT,)}
"""Every notation by its key."""
