"""Containers without scroll bars, which are laid out only once.

Textual lays a screen out a second time wherever a widget's size has changed, in case a scroll bar has come or gone.
"""

from __future__ import annotations

from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.reactive import Reactive


def virtual_size() -> Reactive[Size]:
    """A replacement for a widget's ``virtual_size`` that does not ask for a new layout."""
    return Reactive(Size(0, 0))


class UnscrolledRow(Horizontal):
    """A container of parts beside each other, without scroll bars."""

    virtual_size = virtual_size()


class UnscrolledColumn(Vertical):
    """A container of parts below each other, without scroll bars."""

    virtual_size = virtual_size()
