"""A derivation as a graph of named quantities, each defined by one small formula over earlier ones.

A graph tells, for any id, its formula and kind; it computes nothing. Values come from
:class:`tui_backprop.derivation.values.Values`, which can evaluate the same graph with some formulas overridden: that
is how a known mistake, or a learner's own earlier entry, is carried on.
"""

from __future__ import annotations

from typing import Literal, Protocol

from tui_backprop.maths.expression import Expr

Kind = Literal[
    "given", "pre_activation", "activation", "cost", "factor", "path", "gradient", "mean", "update", "gate"
]
KINDS: tuple[Kind, ...] = (
    "pre_activation", "activation", "cost", "factor", "path", "gradient", "mean", "update", "gate",
)
"""Every kind a step can have; ``given`` is for what is known from the start."""


class UnknownIdError(KeyError):
    """No quantity of this derivation has that id."""

    def __str__(self) -> str:
        return f"{self.args[0]!r} is not a quantity of this exercise"


class Graph(Protocol):
    """What a derivation is made of. Formulas are expressions over ids."""

    def kind(self, quantity: str) -> Kind:
        """The kind of step this quantity is. Raises :class:`UnknownIdError`."""
        ...

    def formula(self, quantity: str) -> Expr | None:
        """The formula as it is evaluated, symbols being ids; None for a given. Raises :class:`UnknownIdError`."""
        ...

    def has_fallback(self, quantity: str, /) -> bool:
        """Whether :meth:`fallback` has a formula, without making it."""
        ...

    def fallback(self, quantity: str, /) -> Expr | None:
        """A formula of the same value, for where ``formula`` overflows or is 0/0; None where there is none."""
        ...

    def given(self, quantity: str) -> float:
        """The number of a given. Raises :class:`UnknownIdError`."""
        ...
