"""Parts that have no scroll bars: laying them out once is enough.

Textual lays a screen out a second time wherever a widget's size has changed, in case a scroll bar has come or gone.
"""

from __future__ import annotations

from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.reactive import Reactive


def virtual_size() -> Reactive[Size]:
    """In the place of a widget's ``virtual_size``: a new one asks for no new layout."""
    return Reactive(Size(0, 0))


class UnscrolledRow(Horizontal):
    """Parts beside each other, without scroll bars."""

    virtual_size = virtual_size()


class UnscrolledColumn(Vertical):
    """Parts below each other, without scroll bars."""

    virtual_size = virtual_size()
