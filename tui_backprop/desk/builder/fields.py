"""What can be done to the fields of a draft, each according to its kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tui_backprop.course.draft import BuildError, Draft, Where, value_at, with_value
from tui_backprop.course.files import UNSAFE
from tui_backprop.desk.builder.kinds import FIELDS, Field, Names
from tui_backprop.drawing.diagram import Highlight

MOST_SEED = 999_999


def field_of(draft: Draft, where: Where) -> Field:
    """The kind of a field, as an entry of the table."""
    return FIELDS[draft.kind][str(where[0])]


def phrase(words: str | Callable[..., str], draft: Draft, where: Where) -> str:
    """A label or a note, made from the draft where it is a function."""
    return words if isinstance(words, str) else words(draft, *where[1:])


def enter(draft: Draft, where: Where, text: str) -> Draft:
    """The draft with this text typed into a field; an empty text leaves a number blank. Raises BuildError."""
    field = field_of(draft, where)
    if field.names:
        return _with(draft, where, _choice_called(clean(text), field.names(draft, *where[1:])))
    return _with(draft, where, field.read(clean(text)))


def choose_next(draft: Draft, where: Where, by: int) -> Draft:
    """The draft with the next of a field's choices, or with −1 the one before."""
    field = field_of(draft, where)
    values = [value for value, _ in field.names(draft, *where[1:])] if field.names else []
    return _with(draft, where, values[(values.index(value_at(draft, where)) + by) % len(values)]) if values else draft


def one_more(draft: Draft, where: Where) -> tuple[Draft, Where]:
    """The draft with one more of what the field counts or belongs to; and the field to go to. Raises BuildError."""
    more = field_of(draft, where).more
    return (more(draft, *where[1:]), where) if more else insert(draft, where)


def one_less(draft: Draft, where: Where) -> tuple[Draft, Where]:
    """The draft with one fewer of what the field counts or belongs to; and the field to go to. Raises BuildError."""
    less = field_of(draft, where).less
    return (less(draft, *where[1:]), where) if less else remove(draft, where)


def insert(draft: Draft, where: Where) -> tuple[Draft, Where]:
    """The draft with a new layer, sample, input or gate after this one; and its field. Raises BuildError."""
    item = field_of(draft, where).item
    if item is None:
        raise BuildError("nothing can be added here: go to a layer, a sample, an input or a gate")
    place = int(where[1])
    return item.add(draft, place), item.first(draft, place + 1)


def remove(draft: Draft, where: Where) -> tuple[Draft, Where]:
    """The draft without this layer, sample, input or gate; and the field to go on with. Raises BuildError."""
    field = field_of(draft, where)
    if field.cleared:
        return field.cleared(draft)
    if field.item is None:
        raise BuildError("nothing can be taken out here: go to a layer, a sample, an input or a gate")
    place = int(where[1])
    return field.item.take_out(draft, place), field.item.first(draft, max(place - 1, 0))


def highlight_for(draft: Draft, where: Where) -> Highlight:
    """The parts of the diagram that are lit for a field: a weight's edge and its units, a layer's units, a gate."""
    return field_of(draft, where).lit(draft, *where[1:]) if where else Highlight()


def _choice_called(text: str, names: Names) -> Any:
    """The choice that this text names, as it is shown or as it stands in a file. Raises BuildError for any other."""
    for value, name in names:
        if text in (name, str(value)):
            return value
    offered = ", ".join(name for _, name in names)
    raise BuildError(f"{text or 'nothing'} cannot stand here: choose from {offered}" if offered else
                     "this is not typed: d asks for everything again")


def _with(draft: Draft, where: Where, value: Any) -> Draft:
    put = field_of(draft, where).put
    return put(draft, value, *where[1:]) if put else with_value(draft, where, value)


def clean(text: str) -> str:
    """Typed or pasted text in one line, without what could reach a terminal."""
    return " ".join(UNSAFE.sub("", text).split())


def read_seed(text: str) -> int:
    """A typed seed. Raises BuildError."""
    text = clean(text)
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_SEED))):
        raise BuildError(f"a seed is a whole number from 0 to {MOST_SEED}")
    return int(text)
