"""The kinds of field that a network and a circuit have: a new one is one more entry here, and its place in the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tui_backprop.course import build_circuit as circuit
from tui_backprop.course import build_network as network
from tui_backprop.course.draft import BuildError, CircuitDraft, Draft, NetworkDraft, NumberOrBlank, TaskKind, Where
from tui_backprop.course.exercise import Ask
from tui_backprop.course.read import PRECISIONS
from tui_backprop.course.read_circuit import QUANTITY_NAME
from tui_backprop.dataclass import dataclass, replace
from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.light import MOST_LIT
from tui_backprop.derivation.roles import ACTIVATION, BIAS, TARGET, WEIGHT
from tui_backprop.drawing.diagram import Highlight
from tui_backprop.maths.numerals import typographic
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.network.costs import COSTS
from tui_backprop.tutor.edit import read_parameter

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


BLANK = "…"
LONGEST_TITLE = 80
BIAS_NOTES = {
    "none": "A pre-activation is the weighted sum alone.",
    "trained": "Each unit adds its bias, and an update changes it.",
    "frozen": "Each unit adds its bias, and an update leaves it as it is.",
}
DETAIL_NOTES = {
    "merged": "∂a/∂w in one step, as by hand with ReLU.",
    "full": "Every factor is a step: ∂z/∂w · ∂a/∂z · ∂C/∂a.",
    "delta": "δ = ∂C/∂z is a quantity of its own: ∂z/∂w · δ.",
}


def format_number(value: NumberOrBlank) -> str:
    """A number as it is typed, or the mark for a missing one."""
    return BLANK if value is None else typographic(_write_typed(value))


def sentence(message: str) -> str:
    """A message with a capital and a full stop."""
    return f"{message[:1].upper()}{message[1:]}{'' if message.endswith(('.', '?', '!')) else '.'}"


def layer_name(draft: NetworkDraft, layer: int) -> str:
    """The name of a layer in the list."""
    if layer in (0, draft.last):
        return "output" if layer else "inputs"
    return "hidden" if draft.last == 2 else f"hidden {layer}"


def _write_typed(value: NumberOrBlank) -> str:
    return "" if value is None else repr(value).removesuffix(".0")


def _missing(value: NumberOrBlank) -> str:
    return "Missing: type a number, or g draws one." if value is None else ""


def _read_title(text: str) -> str:
    if len(text) > LONGEST_TITLE:
        raise BuildError(f"a title has {LONGEST_TITLE} characters at most")
    return text


def _read_number(text: str) -> NumberOrBlank:
    """The number typed, None for an empty text."""
    try:
        return read_parameter(text) if text else None
    except ValueError as error:
        raise BuildError(str(error)) from None


def _read_rate(text: str) -> NumberOrBlank:
    value = _read_number(text)
    if value is not None and value <= 0:
        raise BuildError("the learning rate must be above 0")
    return value


def _set_units(draft: NetworkDraft, text: str, layer: int) -> NetworkDraft:
    same = text == network.format_units(draft.layers[layer])
    return draft if same else network.set_units(draft, layer, network.read_units(text))


def _unit_words(units: Sequence[str]) -> str:
    typed = network.format_units(units)
    return typed if typed != str(len(units)) else f"{typed} unit" if len(units) == 1 else f"{typed} units"


def _units_note(draft: NetworkDraft, layer: int) -> str:
    where = " after it" if layer == 0 else " before it" if layer == draft.last else ", d takes this one out"
    return f"A number, as in 3, or names, as in i, j. + and - change it; i adds a layer{where}."


def _activation_note(draft: NetworkDraft, layer: int) -> str:
    wanted = COSTS[draft.cost].output
    if layer == draft.last and wanted is not None:
        return f"With {COSTS[draft.cost].title} it must be {wanted}. For another one, change the cost first."
    return "Space takes the next one, left and right go through them."


def _set_given(draft: CircuitDraft, text: str, place: int) -> CircuitDraft:
    """The draft with an input as typed: ``x = -2``, the name alone, or the number alone."""
    name, equals, number = (part.strip() for part in text.partition("="))
    old_name, old_value = draft.inputs[place]
    if equals:
        return circuit.set_input(draft, place, name, _read_number(number))
    if QUANTITY_NAME.fullmatch(text):
        return circuit.set_input(draft, place, name, old_value)
    return circuit.set_input(draft, place, old_name, _read_number(text))


def _gate_problem(draft: CircuitDraft, text: str, place: int) -> str:
    if not text:
        return "Empty: press Enter and type it, as in q = x + y."
    try:
        circuit.read_gate_at(draft, place)
    except BuildError as error:
        return sentence(error.message)
    return ""


def _unit(draft: NetworkDraft, layer: int, unit: int) -> str:
    """A unit of the diagram."""
    return f"{layer}:{draft.layers[layer][unit]}"


def _light_up(layer: int, unit: int, *parts: str | Ref) -> Highlight:
    """A highlight of these parts of the diagram, with this unit in focus."""
    return Highlight(frozenset(map(str, parts)), focus=(layer, unit))


def _layer_lit(draft: NetworkDraft, layer: int) -> Highlight:
    return Highlight(frozenset(f"{layer}:{name}" for name in draft.layers[layer][:MOST_LIT]), focus=(layer, 0))


def _weight_note(draft: NetworkDraft, layer: int, source: int, unit: int) -> str:
    return f"From unit {draft.layers[layer - 1][source]} to unit {draft.layers[layer][unit]} of the next layer."


def _weight(draft: NetworkDraft, layer: int, source: int, unit: int) -> Ref:
    return Ref(WEIGHT, layer, (draft.layers[layer - 1][source], draft.layers[layer][unit]))


def _bias(draft: NetworkDraft, layer: int, unit: int) -> Ref:
    return Ref(BIAS, layer, (draft.layers[layer][unit],))


def _input(draft: NetworkDraft, sample: int, unit: int) -> Ref:
    return Ref(ACTIVATION, 0, (draft.layers[0][unit],), sample + 1 if len(draft.samples) > 1 else None)


def _target(draft: NetworkDraft, sample: int, unit: int) -> Ref:
    return Ref(TARGET, draft.last, (draft.layers[-1][unit],), sample + 1 if len(draft.samples) > 1 else None)


def _number(label: str, note: str | Callable[..., str], **more: Any) -> Field:
    """A field for one number, or a blank."""
    usual: dict[str, Any] = {"read": _read_number, "typed": _write_typed, "shown": format_number,
                             "begins": lambda _: "",
                             "problem": lambda _, value, *__: _missing(value)}
    return Field(label, note, **usual | more)


def _sample_note(words: str) -> Callable[..., str]:
    return lambda _, sample, __: f"{words}, in sample {sample + 1}. i adds a sample, d takes this one out."


_LAYER = Item(network.add_layer, network.remove_layer, lambda draft, place: ("units", min(place, draft.last)))
_SAMPLE = Item(network.add_sample, network.remove_sample, lambda _, place: ("input", place, 0))
_INPUT = Item(circuit.add_input, circuit.remove_input, lambda _, place: ("given", place))
_GATE = Item(circuit.add_gate, circuit.remove_gate, lambda _, place: ("gate", place))

_EITHER: Mapping[str, Field] = {
    "seed": Field("seed"),  # in no draft: the builder has it
    "title": Field("title", "What it is called in the contents.", read=_read_title,
                   shown=lambda title: title or BLANK,
                   problem=lambda _, title: "" if title else "The title is missing."),
    "digits": Field("digits", "How fine an answer must be: its significant digits, or those behind the point.",
                    names=lambda _: [(each, each.said) for each in PRECISIONS], shown=lambda each: each.said),
    "ask": Field("asked only", "A quiz asks for these alone and shows the rest. d: it asks for everything.",
                 names=lambda _: (), cleared=lambda draft: (replace(draft, ask=Ask()), ("digits",)),
                 shown=lambda ask: ", ".join((*(ask.parameters or ()), *(ask.kinds or ())))),
}
_NETWORK: Mapping[str, Field] = {
    **_EITHER,
    "units": Field(layer_name, _units_note, put=_set_units, typed=network.format_units, shown=_unit_words, item=_LAYER,
                   more=network.add_unit, less=network.remove_unit, lit=_layer_lit),
    "activation": Field(
        "  activation", _activation_note, item=_LAYER, more=network.add_unit, less=network.remove_unit, lit=_layer_lit,
        names=lambda draft, layer: [(name, ACTIVATIONS[name].title) for name in network.activations_for(draft, layer)],
        shown=lambda name: ACTIVATIONS[name].title),
    "cost": Field("cost", "Cross-entropy wants softmax at the output, binary cross-entropy sigmoid: set that first.",
                  names=lambda draft: [(name, COSTS[name].title) for name in network.costs_for(draft)],
                  shown=lambda name: COSTS[name].title),
    "rate": _number("learning rate", "How far an update goes: a number above 0.", read=_read_rate),
    "biases": Field("biases", lambda draft: BIAS_NOTES[draft.bias_use], put=network.set_bias_use,
                    names=lambda _: [(use, use) for use in BIAS_NOTES]),
    "detail": Field("steps", lambda draft: DETAIL_NOTES[draft.detail],
                    names=lambda _: [(detail, detail) for detail in DETAIL_NOTES]),
    "samples": Field(
        "samples", "How many samples there are; gradients are the means of theirs. + and - change it.",
        read=network.read_sample_count, put=network.set_sample_count, typed=lambda samples: str(len(samples)),
        more=lambda draft: network.add_sample(draft, len(draft.samples) - 1),
        less=lambda draft: network.remove_sample(draft, len(draft.samples) - 1)),
    "input": _number("input", _sample_note("What goes in"), symbol=_input, item=_SAMPLE,
                     lit=lambda draft, _, unit: _light_up(0, unit, _unit(draft, 0, unit))),
    "target": _number(
        "target", _sample_note("What this output should be"), symbol=_target, item=_SAMPLE, put=network.set_target,
        lit=lambda draft, _, unit: _light_up(draft.last, unit, replace(_target(draft, 0, unit), sample=None))),
    "weight": _number("weight", _weight_note, symbol=_weight, lit=lambda draft, layer, source, unit: _light_up(
        layer, unit, _weight(draft, layer, source, unit), _unit(draft, layer - 1, source), _unit(draft, layer, unit))),
    "bias": _number("bias", lambda draft, layer, unit: f"The bias of unit {draft.layers[layer][unit]}.", symbol=_bias,
                    lit=lambda draft, layer, unit: _light_up(
        layer, unit, _bias(draft, layer, unit), _unit(draft, layer, unit))),
}
_CIRCUIT: Mapping[str, Field] = {
    **_EITHER,
    "given": Field("input", "A name and its number, as in x = -2. i adds an input, d takes this one out.",
                   put=_set_given, typed=lambda given: circuit.format_input(*given), item=_INPUT,
                   shown=lambda given: f"{given[0]} = {format_number(given[1])}", begins=lambda given: f"{given[0]} = ",
                   problem=lambda _, given, __: _missing(given[1]),
                   lit=lambda draft, place: Highlight(frozenset({draft.inputs[place][0]}))),
    "gate": Field(lambda draft, place: "output" if place == len(draft.gates) - 1 else f"gate {place + 1}",
                  "A name and what it is of names above, as in q = x + y. i adds a gate, d takes this one out.",
                  put=lambda draft, text, place: circuit.set_gate(draft, place, text), item=_GATE,
                  shown=lambda text: text or BLANK, problem=_gate_problem,
                  lit=lambda draft, place: Highlight(frozenset({circuit.gate_name(draft.gates[place])}))),
    "rate": _number("learning rate", "How far an update goes, as in 0.1. Empty: the inputs are not updated.",
                    read=_read_rate, shown=lambda value: _write_typed(value) or "none", problem=lambda *_: ""),
}
FIELDS: Mapping[TaskKind, Mapping[str, Field]] = {"network": _NETWORK, "circuit": _CIRCUIT}
"""Every kind of field by its name."""
