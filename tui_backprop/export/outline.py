"""What all written solutions and worksheets share: the givens, the steps in sections, and each step's equation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from tui_backprop.derivation import Derivation, Step
from tui_backprop.derivation.roles import StepKind
from tui_backprop.export.functions import GivenRow, function_rows
from tui_backprop.maths.precision import Precision
from tui_backprop.tutor.display import format_value
from tui_backprop.typeset.formula import formula
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import EQUALS, Layout, Row, Text
from tui_backprop.typeset.linear import linear

PRECISION = Precision(6)
"""The precision of the numbers in a written solution."""
LONG_SUM = 6
"""A sum of more terms than this is shortened."""
MOST_GIVEN = 60
"""The most givens of one kind that are listed."""
MOST_HIDDEN = 12
"""The most quantities of the forward pass after the update that are listed."""

_LABELS = {"input": "inputs", "weight": "weights", "bias": "biases", "target": "targets", "rate": "learning rate"}


def list_given_rows(derivation: Derivation) -> Iterator[GivenRow]:
    """The givens by kind; in a batch, the inputs and targets of each sample by themselves.

    Givens with the same name and the same value, such as a bias that a layer shares, are listed once.
    """
    graph, name = derivation.graph, derivation.naming.name
    rows: dict[str, dict[Layout, None]] = {}
    for givens in graph.givens().parts():
        for quantity in givens:
            items = rows.setdefault(_label_given(derivation, quantity), {})
            if len(items) >= MOST_GIVEN:
                items[Text("…", "blank")] = None
                break
            items[_lay_out_given(derivation, quantity)] = None
    if graph.gates:
        rows["gates"] = dict.fromkeys(
            _equation_of(name(gate.name), formula(gate.expression, name)) for gate in graph.gates)
    yield from (GivenRow(label, tuple(items)) for label, items in rows.items())
    yield from function_rows(derivation)


def sections(steps: Iterable[Step]) -> Iterator[tuple[str, Iterator[Step]]]:
    """The steps in their order, in parts with a heading: forward, cost, backward, update, of each sample."""
    return groupby(steps, key=heading)


def equation(step: Step, *, elide: int = LONG_SUM) -> list[Layout]:
    """The parts of a step's equation: name, formula, formula with numbers, value; without equal neighbours."""
    numbers = step.lay_out_substituted(write_number, elide=elide)
    parts = [step.name, step.formula_layout(elide=elide), numbers, value_of(step)]
    texts = [linear(part, Glyphs.FULL) for part in parts]
    return [part for place, part in enumerate(parts) if place == 0 or texts[place] != texts[place - 1]]


def derive_lines(step: Step) -> Iterator[list[Layout]]:
    """For the cost after the update: the equations of the second forward pass, whose quantities are no steps.

    After :data:`MOST_HIDDEN` of them an ellipsis follows. None for any other step.
    """
    derivation = step.derivation
    if step.id != derivation.graph.goal_after:
        return
    for place, quantity in enumerate(_list_hidden(derivation, step.id, set())):
        if place == MOST_HIDDEN:
            yield [Text("…", "blank")]
            return
        yield equation(derivation.step(quantity))


def _list_hidden(derivation: Derivation, quantity: str, seen: set[str]) -> Iterator[str]:
    """The quantities that this one is made of and that are no steps, each after those it is made of itself."""
    for name in derivation.graph.sources(quantity):
        if name not in seen and derivation.order.find(name) is None:
            seen.add(name)
            yield from _list_hidden(derivation, name, seen)
            yield name


def value_of(step: Step) -> Layout:
    """A step's value as a written solution shows it."""
    return number_layout(step.value)


def number_layout(value: float) -> Layout:
    """A number as a written solution shows it."""
    return Text(write_number(value), "number")


def number_of(step: Step) -> int:
    """A step's number, from 1, in the whole solution."""
    return (step.derivation.order.find(step.id) or 0) + 1


def heading(step: Step) -> str:
    """The heading of the section that a step belongs to."""
    graph = step.derivation.graph
    sample = step.sample if graph.batch > 1 else None
    part = "Update" if step.id == graph.goal_after else _PARTS[step.kind]
    return part if sample is None else f"Sample {sample}: {part.lower()}"


_PARTS: dict[StepKind, str] = {
    "pre_activation": "Forward", "activation": "Forward", "gate": "Forward", "cost": "Cost", "factor": "Backward",
    "path": "Backward", "gradient": "Backward", "mean": "Means over the batch", "update": "Update", "given": "Given",
}


def write_number(value: float) -> str:
    """A number's text in a written solution, with a hyphen for its minus."""
    return PRECISION.rounded(value).replace("−", "-")


def _label_given(derivation: Derivation, quantity: str) -> str:
    graph, kind = derivation.graph, derivation.graph.describe_given(quantity)
    if graph.batch > 1 and (sample := graph.sample_of(quantity)) is not None:
        return f"sample {sample}"
    fixed = kind == "bias" and derivation.order.find(graph.update_id(quantity)) is None
    return f"{_LABELS[kind]} (not trained)" if fixed else _LABELS[kind]


def _lay_out_given(derivation: Derivation, quantity: str) -> Layout:
    value = Text(format_value(derivation, quantity, PRECISION).replace("−", "-"), "number")
    return _equation_of(derivation.naming.name(quantity), value)


def _equation_of(name: Layout, value: Layout) -> Layout:
    return Row((name, EQUALS, value))
