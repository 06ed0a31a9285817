"""What may be done to a circuit that is being built. Each change gives a new draft, or a :class:`BuildError`."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tui_backprop.course.draft import BuildError, CircuitDraft, NumberOrBlank, with_value
from tui_backprop.course.draw import spread_numbers
from tui_backprop.course.fields import FieldError
from tui_backprop.course.read_circuit import MOST_GATES, MOST_INPUTS, check_name, read_gate
from tui_backprop.dataclass import replace
from tui_backprop.maths.expression import Symbol, substitute
from tui_backprop.maths.parse import ParseError, parse
from tui_backprop.maths.plain import plain
from tui_backprop.network.model import Gate

_NAMES = "xyzuvwabcdghklmnpqst"


def gate_name(text: str) -> str:
    """The name in a gate's text, ``q`` in ``q = x + y``; empty where it has none yet."""
    name, equals, _ = text.partition("=")
    return name.strip() if equals else ""


def names_before(draft: CircuitDraft, place: int) -> dict[str, str]:
    """The names that the gate at a place may use."""
    names = [name for name, _ in draft.inputs] + [gate_name(gate) for gate in draft.gates[:place]]
    return {name: name for name in names if name}


def read_gate_at(draft: CircuitDraft, place: int, text: str | None = None) -> Gate:
    """The gate at a place, or the gate that ``text`` would make there. Raises :class:`BuildError`."""
    text = draft.gates[place] if text is None else text
    if len(text) > 400:
        raise BuildError("this gate is too long: 400 characters are the most", ("gate", place))
    try:
        gate = read_gate(text, names_before(draft, place), place == len(draft.gates) - 1, ())
    except FieldError as error:
        raise BuildError(error.message, ("gate", place)) from None
    if any(gate_name(later) == gate.name for later in draft.gates[place + 1:]):
        raise BuildError(f"a later gate is called {gate.name} too: give this one another name", ("gate", place))
    return gate


def gates_so_far(draft: CircuitDraft) -> Iterator[Gate | BuildError]:
    """Each gate, or why it cannot be read."""
    for place in range(len(draft.gates)):
        try:
            yield read_gate_at(draft, place)
        except BuildError as error:
            yield error


def set_gate(draft: CircuitDraft, place: int, text: str) -> CircuitDraft:
    """The draft with another gate at a place; an empty text leaves it open. Later gates follow a change of name."""
    text = text.strip()
    old = gate_name(draft.gates[place])
    if text:
        gate = read_gate_at(draft, place, text)
        if old and old != gate.name:
            draft = _rename(draft, old, gate.name)
    return with_value(draft, ("gate", place), text)


def add_gate(draft: CircuitDraft, after: int) -> CircuitDraft:
    """The draft with an empty gate after the one at ``after``."""
    if len(draft.gates) >= MOST_GATES:
        raise BuildError(f"a circuit has {MOST_GATES} gates at most")
    return replace(draft, gates=(*draft.gates[:after + 1], "", *draft.gates[after + 1:]))


def remove_gate(draft: CircuitDraft, place: int) -> CircuitDraft:
    if len(draft.gates) == 1:
        raise BuildError("a circuit has at least one gate")
    return replace(draft, gates=(*draft.gates[:place], *draft.gates[place + 1:]))


def format_input(name: str, value: NumberOrBlank) -> str:
    """An input as it is typed: ``x = -2``, or ``x`` while it has no number."""
    return name if value is None else f"{name} = {repr(value).removesuffix('.0')}"


def set_input(draft: CircuitDraft, place: int, name: str, value: NumberOrBlank) -> CircuitDraft:
    """The draft with another name and number for an input; gates that use the input follow its name."""
    old = draft.inputs[place][0]
    try:
        check_name(name, False, ())
    except FieldError as error:
        raise BuildError(error.message, ("given", place)) from None
    taken = {other for other, _ in draft.inputs if other != old} | {gate_name(gate) for gate in draft.gates}
    if name in taken:
        raise BuildError(f"there is a {name} already: give this input another name", ("given", place))
    if name != old:
        draft = _rename(draft, old, name)
    return with_value(draft, ("given", place), (name, value))


def add_input(draft: CircuitDraft, after: int) -> CircuitDraft:
    """The draft with one more input, with a letter of its own, after the one at ``after``."""
    if len(draft.inputs) >= MOST_INPUTS:
        raise BuildError(f"a circuit has {MOST_INPUTS} inputs at most")
    taken = {name for name, _ in draft.inputs} | {gate_name(gate) for gate in draft.gates}
    numbered = (f"x{number}" for number in range(1, MOST_INPUTS + MOST_GATES + 2))
    name = next(name for name in (*_NAMES, *numbered) if name not in taken)
    return replace(draft, inputs=(*draft.inputs[:after + 1], (name, None), *draft.inputs[after + 1:]))


def remove_input(draft: CircuitDraft, place: int) -> CircuitDraft:
    if len(draft.inputs) == 1:
        raise BuildError("a circuit has at least one input")
    return replace(draft, inputs=(*draft.inputs[:place], *draft.inputs[place + 1:]))


def count_blanks(draft: CircuitDraft) -> int:
    """How many inputs have no number, plus how many gates cannot be read."""
    return (sum(value is None for _, value in draft.inputs)
            + sum(isinstance(gate, BuildError) for gate in gates_so_far(draft)))


def fill(draft: CircuitDraft, seed: int, *, anew: bool = False) -> CircuitDraft:
    """The draft with random numbers for the inputs that have none; ``anew``: for all."""
    kept = set() if anew else {abs(value) for _, value in draft.inputs if value is not None}
    drawn = (value for value in spread_numbers(len(draft.inputs) + len(kept), Random(seed)) if abs(value) not in kept)
    return replace(draft, inputs=tuple(
        (name, next(drawn) if anew or value is None else value) for name, value in draft.inputs))


def _rename(draft: CircuitDraft, old: str, new: str) -> CircuitDraft:
    """The draft with a name replaced in all gates that use it; a gate that cannot be read stays as it was typed."""
    return replace(draft, gates=tuple(_with_name(draft, place, old, new) for place in range(len(draft.gates))))


def _with_name(draft: CircuitDraft, place: int, old: str, new: str) -> str:
    text = draft.gates[place]
    name, _, formula = text.partition("=")
    try:
        expression = parse(formula, names_before(draft, place))
    except ParseError:
        return text
    changed = substitute(expression, lambda symbol: Symbol(new) if symbol == old else None)
    return text if changed == expression else f"{name.strip()} = {plain(changed)}"
