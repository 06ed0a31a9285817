"""One kind of field in the builder as data: its row, checks, keys and lights follow from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tui_backprop.course.draft import Draft, Where
from tui_backprop.dataclass import dataclass
from tui_backprop.derivation.ids import Ref
from tui_backprop.drawing.diagram import Highlight

Names = Sequence[tuple[Any, str]]
"""The choices of a field: each value, and the text that shows it."""


@dataclass(frozen=True, slots=True)
class Item:
    """What a field belongs to, and of which there may be more or fewer: a layer, a sample, an input, a gate.

    ``add`` puts one after a place, ``take_out`` removes the one there; ``first`` is the field to go on with.
    """

    add: Callable[..., Draft]
    take_out: Callable[..., Draft]
    first: Callable[..., Where]


@dataclass(frozen=True, slots=True)
class Field:
    """One kind of field. Functions take the draft, then a value where there is one, then the field's places.

    ``label`` is its name, with a quantity's ``symbol`` behind it; ``note`` says what it is for. A field with ``names``
    is chosen from them, any other is typed: ``read`` makes a value of the text, ``put`` puts it into the draft;
    ``typed`` is the value as text to edit, ``shown`` the value in the list. ``problem`` says why it is not right yet.
    ``begins``: what is put before a first digit, where a digit begins typing. ``more`` and ``less`` add or take one, by
    default an ``item``; ``cleared`` replaces removing where nothing can be removed. ``lit`` lights the diagram.
    """

    label: str | Callable[..., str]
    note: str | Callable[..., str] = ""
    symbol: Callable[..., Ref] | None = None
    names: Callable[..., Names] | None = None
    read: Callable[[str], Any] = str
    put: Callable[..., Draft] | None = None
    typed: Callable[[Any], str] = str
    shown: Callable[[Any], str] | None = None
    problem: Callable[..., str] = lambda *_: ""
    begins: Callable[[Any], str] | None = None
    item: Item | None = None
    more: Callable[..., Draft] | None = None
    less: Callable[..., Draft] | None = None
    cleared: Callable[[Draft], tuple[Draft, Where]] | None = None
    lit: Callable[..., Highlight] = lambda *_: Highlight()
