"""What there is to say of one kind of field: rows, checks, keys and lights follow from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tui_backprop.course.draft import Draft, Where
from tui_backprop.dataclass import dataclass
from tui_backprop.derivation.ids import Ref
from tui_backprop.drawing.diagram import Highlight

Names = Sequence[tuple[Any, str]]
"""What may be chosen: the value, and how it is shown."""


@dataclass(frozen=True, slots=True)
class Item:
    """What a field belongs to, of which there may be more or fewer: a layer, a sample, an input, a gate.

    ``add`` puts one after a place, ``take_out`` takes the one there; ``first`` is the field to go on with.
    """

    add: Callable[..., Draft]
    take_out: Callable[..., Draft]
    first: Callable[..., Where]


@dataclass(frozen=True, slots=True)
class Field:
    """One kind of field. Functions take the draft, then a value where there is one, then the field's places.

    ``label`` is what it is called, with a quantity's ``symbol`` behind it; ``note`` what it is for. A field with
    ``names`` is chosen, any other typed: ``read`` makes a value of the text, ``put`` puts it in; ``typed`` is the
    value as it is typed, ``shown`` as the list shows it. ``problem`` says why it is not right yet. ``begins`` is what
    is typed before a first digit, where a digit begins typing. One ``more`` and ``less`` is an item more or less where
    nothing else is said; ``cleared`` is what taking out means where it takes nothing out. ``lit`` lights the diagram.
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
