"""The fields of a draft: what may be typed or chosen in each, what one more and one less of it means."""

from __future__ import annotations

from dataclasses import replace

from tui_backprop.course import build_circuit as circuit
from tui_backprop.course import build_network as network
from tui_backprop.course.draft import BIAS_USES, BuildError, CircuitDraft, Draft, NetworkDraft, Number, Where
from tui_backprop.course.exercise import Ask
from tui_backprop.course.files import UNSAFE
from tui_backprop.course.read import LEAST_DIGITS, MOST_DIGITS
from tui_backprop.course.read_circuit import QUANTITY_NAME
from tui_backprop.derivation.formulas import DETAILS
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.network.costs import COSTS
from tui_backprop.tutor.edit import read_parameter

LONGEST_TITLE = 80
MOST_SEED = 999_999
NUMBERS = frozenset({"rate", "weight", "bias", "input", "target"})
"""Fields that hold one number or a blank."""
TYPED = NUMBERS | {"given"}
"""Fields where a digit, a point or a sign begins typing."""

Choices = tuple[tuple[str, str], ...]
"""What may be chosen: its name in a file, and how it is shown."""


def cleaned(text: str) -> str:
    """Typed or pasted text in one line, without what could reach a terminal."""
    return " ".join(UNSAFE.sub("", text).split())


def entered(draft: Draft, where: Where, text: str) -> Draft:
    """The draft with this text typed into a field; an empty text leaves a number blank. Raises BuildError."""
    text = cleaned(text)
    if where == ("title",):
        if len(text) > LONGEST_TITLE:
            raise BuildError(f"a title has {LONGEST_TITLE} characters at most")
        return replace(draft, title=text)
    if isinstance(draft, NetworkDraft):
        if where == ("samples",):
            return network.set_sample_count(draft, text)
        if where[0] == "units":
            layer = _place(where)
            return draft if text == network.shown_units(draft.layers[layer]) else network.set_units(
                draft, layer, network.read_units(text))
        return network.set_number(draft, where, read_number_or_blank(text))
    if where == ("rate",):
        return circuit.set_rate(draft, read_number_or_blank(text))
    if where[0] == "given":
        return _given(draft, _place(where), text)
    return circuit.set_gate(draft, _place(where), text)


def read_number_or_blank(text: str) -> Number:
    """The number typed, None for an empty text. Raises BuildError."""
    if not text:
        return None
    try:
        return read_parameter(text)
    except ValueError as error:
        raise BuildError(str(error)) from None


def read_seed(text: str) -> int:
    """The seed typed. Raises BuildError."""
    text = cleaned(text)
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_SEED))):
        raise BuildError(f"a seed is a whole number from 0 to {MOST_SEED}")
    return int(text)


def choices(draft: Draft, where: Where) -> Choices:
    """What may be chosen in a field as things are; nothing for a field that is typed."""
    if where == ("digits",):
        return tuple((str(digits), str(digits)) for digits in range(LEAST_DIGITS, MOST_DIGITS + 1))
    if isinstance(draft, CircuitDraft):
        return ()
    match where:
        case ("activation", int(layer)):
            return tuple((name, ACTIVATIONS[name].title) for name in network.activations_for(draft, layer))
        case ("cost",):
            return tuple((name, COSTS[name].title) for name in network.costs_for(draft))
        case ("detail",):
            return tuple((detail, detail) for detail in DETAILS)
        case ("biases",):
            return tuple((use, use) for use in BIAS_USES)
    return ()


def chosen(draft: Draft, where: Where) -> str:
    """What is chosen in a field."""
    if where == ("digits",):
        return str(draft.significant_digits)
    if isinstance(draft, NetworkDraft):
        match where:
            case ("activation", int(layer)):
                return draft.activations[layer - 1]
            case ("cost",):
                return draft.cost
            case ("detail",):
                return draft.detail
            case ("biases",):
                return draft.bias_use
    raise KeyError(where)


def choose(draft: Draft, where: Where, name: str) -> Draft:
    """The draft with one of :func:`choices` in a field."""
    if where == ("digits",):
        return replace(draft, significant_digits=int(name))
    if isinstance(draft, NetworkDraft):
        match where:
            case ("activation", int(layer)):
                return network.set_activation(draft, layer, name)
            case ("cost",):
                return replace(draft, cost=name)
            case ("detail",):
                return replace(draft, detail=next(detail for detail in DETAILS if detail == name))
            case ("biases",):
                return network.set_bias_use(draft, name)
    raise KeyError(where)


def one_more(draft: Draft, where: Where) -> tuple[Draft, Where]:
    """One more unit, sample, input or gate than there are; and the field to go on with. Raises BuildError."""
    if isinstance(draft, NetworkDraft) and where[0] in ("units", "activation"):
        return network.add_unit(draft, _place(where)), where
    if isinstance(draft, NetworkDraft) and where == ("samples",):
        return network.add_sample(draft, len(draft.samples) - 1), where
    return inserted(draft, where)


def one_less(draft: Draft, where: Where) -> tuple[Draft, Where]:
    """One unit less in a layer; or without this sample, input or gate. Raises BuildError."""
    if isinstance(draft, NetworkDraft) and where[0] in ("units", "activation"):
        return network.remove_unit(draft, _place(where)), where
    if isinstance(draft, NetworkDraft) and where == ("samples",):
        return network.remove_sample(draft, len(draft.samples) - 1), where
    return removed(draft, where)


def inserted(draft: Draft, where: Where) -> tuple[Draft, Where]:
    """A new layer, sample, input or gate after this one; and its field. Raises BuildError."""
    place = _place(where)
    if isinstance(draft, CircuitDraft):
        if where[0] == "given":
            return circuit.add_input(draft, place), ("given", place + 1)
        if where[0] == "gate":
            return circuit.add_gate(draft, place), ("gate", place + 1)
    elif where[0] in ("units", "activation"):
        return network.add_layer(draft, place), ("units", min(place + 1, draft.last))
    elif where[0] in ("input", "target"):
        return network.add_sample(draft, place), ("input", place + 1, 0)
    raise BuildError("nothing can be added here: go to a layer, a sample, an input or a gate")


def removed(draft: Draft, where: Where) -> tuple[Draft, Where]:
    """Without this layer, sample, input or gate; and the field to go on with. Raises BuildError."""
    place = _place(where)
    before = max(place - 1, 0)
    if where == ("ask",):
        return replace(draft, ask=Ask()), ("digits",)
    if isinstance(draft, CircuitDraft):
        if where[0] == "given":
            return circuit.remove_input(draft, place), ("given", before)
        if where[0] == "gate":
            return circuit.remove_gate(draft, place), ("gate", before)
    elif where[0] in ("units", "activation"):
        return network.remove_layer(draft, place), ("units", before)
    elif where[0] in ("input", "target"):
        return network.remove_sample(draft, place), ("input", before, 0)
    raise BuildError("nothing can be taken out here: go to a layer, a sample, an input or a gate")


def _given(draft: CircuitDraft, place: int, text: str) -> CircuitDraft:
    """``x = -2``, or the name alone, or the number alone."""
    name, equals, number = (part.strip() for part in text.partition("="))
    old_name, old_value = draft.inputs[place]
    if not equals:
        if not text:
            return circuit.set_input(draft, place, old_name, None)
        if not QUANTITY_NAME.fullmatch(text):
            return circuit.set_input(draft, place, old_name, read_number_or_blank(text))
        return circuit.set_input(draft, place, name, old_value)
    return circuit.set_input(draft, place, name, read_number_or_blank(number))


def _place(where: Where) -> int:
    """The layer, sample, input or gate that a field belongs to."""
    return where[1] if len(where) > 1 and isinstance(where[1], int) else 0
