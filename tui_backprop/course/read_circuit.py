"""Reads the ``[circuit]`` of an exercise file."""

from __future__ import annotations

from functools import partial

from tui_backprop.course import fields
from tui_backprop.course.fields import FieldError, Notes, Table, quote
from tui_backprop.course.lines import KeyPath
from tui_backprop.maths.expression import Expr
from tui_backprop.maths.functions import CONSTANTS, FUNCTIONS
from tui_backprop.maths.parse import ParseError, parse
from tui_backprop.maths.spelling import canonical
from tui_backprop.network.model import Circuit, Gate
from tui_backprop.patterns import late_pattern

QUANTITY_NAME = late_pattern(r"[A-Za-z][A-Za-z0-9_]{0,23}")
MOST_GATES = 500
MOST_INPUTS = 1000
MOST_SIGNS = 20_000
"""The most characters in the texts of all gates together."""

_HERE: KeyPath = ("circuit",)


def inspect_circuit(data: Table, notes: Notes) -> Circuit | None:
    """The circuit that an exercise's data describes; None where anything is wrong, all of which is noted."""
    table = notes.find(lambda: fields.table(data["circuit"], _HERE, "circuit", "[circuit]"))
    if table is None:
        return None
    notes.keys(table, ("inputs", "gates", "learning_rate"), _HERE, "[circuit]")
    inputs = notes.find(
        lambda: _inputs(fields.require(table, "inputs", _HERE, "inputs = { x = -2.0, y = 5.0 }"), notes))
    rate = table.get("learning_rate")
    if rate is not None:
        rate = notes.find(lambda: fields.positive(rate, (*_HERE, "learning_rate"), "learning_rate"))
    if inputs is None:
        return None
    gates = notes.find(lambda: _gates(fields.require(table, "gates", _HERE, 'gates = ["f = x * y"]'), inputs, notes))
    return None if gates is None or notes.errors else Circuit(inputs, gates, rate)


def _inputs(value: object, notes: Notes) -> tuple[tuple[str, float], ...]:
    where = (*_HERE, "inputs")
    table = fields.table(value, where, "inputs", "{ x = -2.0, y = 5.0 }")
    if not table:
        raise FieldError("a circuit needs an input: write inputs = { x = -2.0 }", where)
    if len(table) > MOST_INPUTS:
        raise FieldError(f"a circuit has 1 to {MOST_INPUTS:,} inputs, not {len(table):,}", where)
    for name in table:
        notes.find(partial(check_name, name, False, (*where, name)))
    return tuple((name, notes.get(partial(fields.number, value, (*where, name), f"input {name}"), 0.0))
                 for name, value in table.items())


def _gates(value: object, inputs: tuple[tuple[str, float], ...], notes: Notes) -> tuple[Gate, ...]:
    """The gates. The name of one that cannot be read is known to those after it, so that each mistake is told once."""
    where = (*_HERE, "gates")
    texts = fields.array(value, where, "gates", '["q = x + y", "f = q * z"]')
    if not 1 <= len(texts) <= MOST_GATES:
        raise FieldError(f"a circuit has 1 to {MOST_GATES} gates, not {len(texts)}", where)
    if sum(len(text) for text in texts if isinstance(text, str)) > MOST_SIGNS:
        raise FieldError(f"the gates have over {MOST_SIGNS:,} characters together: make two circuits of it", where)
    known = {name: name for name, _ in inputs}
    gates = []
    for place, text in enumerate(texts):
        gate = notes.find(partial(read_gate, text, known, place == len(texts) - 1, (*where, place)))
        name = gate.name if gate is not None else text.partition("=")[0].strip() if isinstance(text, str) else ""
        if gate is not None:
            gates.append(gate)
        if QUANTITY_NAME.fullmatch(name):
            known[name] = name
        if notes.is_full:
            break
    return tuple(gates)


def read_gate(text: object, known: dict[str, str], is_output: bool, where: KeyPath) -> Gate:
    """The gate in a text, over the names that are known before it. Raises :class:`FieldError`."""
    if not isinstance(text, str):
        raise FieldError(f'a gate must be text, as in "q = x + y", not {quote(text)}', where)
    name, equals, formula = (part.strip() for part in text.partition("="))
    if not equals:
        raise FieldError(f'the gate {quote(text)} has no name: write it as "q = x + y"', where)
    check_name(name, is_output, where)
    if name in known:
        raise FieldError(f"{quote(name)} is defined twice: give this gate another name", where)
    return Gate(name, _expression(formula, text, known, where))


def _expression(formula: str, gate: str, known: dict[str, str], where: KeyPath) -> Expr:
    """The gate's formula.

    Only names that can occur in it are looked for, so that long circuits stay quick to read.
    """
    spelled = canonical(formula[:1000])
    try:
        try:
            return parse(formula, {name: name for name in known if name in spelled})
        except ParseError:
            return parse(formula, known)  # with all names, for its “did you mean”
    except ParseError as error:
        if not formula:
            raise FieldError(f"the gate {quote(gate)} has no formula: write an expression after the =", where) from None
        raise FieldError(f"the gate {quote(gate)} cannot be read: {error.message}", where) from None


def check_name(name: str, is_output: bool, where: KeyPath) -> None:
    """Refuse what cannot name an input or a gate. Raises :class:`FieldError`."""
    if not QUANTITY_NAME.fullmatch(name):
        raise FieldError(f"{quote(name)} cannot name a value of a circuit: use a letter followed by letters, digits "
                         "or _ (24 at most)", where)
    if name in FUNCTIONS:
        raise FieldError(f"{quote(name)} is a function: give this value another name", where)
    if name in CONSTANTS and not is_output:  # nothing can refer to the output, so there it takes nothing away
        raise FieldError(f"{quote(name)} is a constant of formulas: give this value another name", where)
