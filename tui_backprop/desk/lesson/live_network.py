"""A network in a lesson, drawn or in words, whose numbers can be changed where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import assert_never

from tui_backprop.course.exercise import Exercise
from tui_backprop.dataclass import dataclass, replace
from tui_backprop.derivation.ids import parse_id
from tui_backprop.desk.diagram_view import highlight_of, picture_of
from tui_backprop.desk.lesson.lines import Manner
from tui_backprop.desk.lesson.live import LivePicture
from tui_backprop.desk.lesson.picture_keys import ENTER, SIDEWAYS, UPWARDS
from tui_backprop.desk.lesson.plots import padded, speak
from tui_backprop.drawing.canvas import Runs
from tui_backprop.drawing.diagram import CircuitDiagram, Diagram, draw_diagram
from tui_backprop.drawing.diagram.circuit import LEGENDS
from tui_backprop.export.outline import list_given_rows, value_of
from tui_backprop.maths.numerals import to_text
from tui_backprop.network.model import Network
from tui_backprop.tutor.edit import edit, with_values
from tui_backprop.tutor.walk import Watch
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import EQUALS, Row
from tui_backprop.typeset.spoken import pronounce

_DIAGRAM_ROWS = 6
_AS_LONG = "0.1234"
"""Stands for the cost while nothing is changed: the line that tells it only takes its place then."""
_BY = 0.1
"""How much one press adds to a number."""


@dataclass(frozen=True, eq=False)
class LiveNetwork(LivePicture):
    """A network whose numbers are chosen and changed; ``values``: what follows from them is shown too."""

    exercise: Exercise
    first: Exercise
    values: bool
    place: int = 0
    moves = False

    @property
    def does(self) -> Mapping[str, str]:
        return {SIDEWAYS: "choose", UPWARDS: "more, less", ENTER: "set"}

    @cached_property
    def _watch(self) -> Watch:
        return Watch(self.exercise)

    @property
    def chosen(self) -> str:
        """The id of the number that the keys change."""
        return self._givens[self.place]

    @cached_property
    def _givens(self) -> Sequence[str]:
        """All givens but the rate, which is not in the picture."""
        graph = self._watch.derivation.graph
        return [given for given in graph.givens() if given != graph.rate]

    @property
    def asks(self) -> str:
        return self._watch.derivation.name_with_sample(self.chosen)

    @property
    def sample(self) -> int | None:
        """The sample whose numbers are drawn; None where there is only one."""
        return None if self._watch.derivation.graph.batch == 1 else parse_id(self.chosen).sample or 1

    @property
    def is_changed(self) -> bool:
        return self.exercise != self.first

    def own_numbers(self) -> Iterator[float]:
        if not self.is_changed:
            return
        now, before = self._watch.derivation, self.first.derive()
        drawn = (*now.graph.givens(), *(step.id for step in now.steps if step.kind in ("activation", "gate")))
        for quantity in drawn:
            value = now.values(quantity)
            if value != before.values(quantity):
                yield value

    def sideways(self, way: int) -> LivePicture:
        return replace(self, place=(self.place + way) % len(self._givens))

    def upwards(self, way: int) -> LivePicture:
        value = round(self._watch.derivation.graph.given(self.chosen) + way * _BY, 10)
        try:
            return replace(self, exercise=with_values(self.exercise, {self.chosen: value}))
        except ValueError:  # a rate of 0, a target that the cost does not take
            return self

    def start(self) -> LivePicture:
        return replace(self, exercise=self.first)

    def typed(self, text: str) -> LivePicture:
        return replace(self, exercise=edit(self.exercise, self.chosen, text))

    def rows(self, manner: Manner, *, held: bool = False) -> Iterator[Runs]:
        if manner.spoken:
            for line in describe_network(self.exercise, self.values):
                yield ((line, ""),)
            return
        values = self.values or self.is_changed  # what the reader's own numbers have changed gives nothing away
        yield from network_rows(self.exercise, values, manner, self.chosen if held else None,
                                covered=None if self.values else self.first,
                                sample=self.sample)
        which = f"This is sample {self.sample}." if self.sample is not None else ""
        told = list(speak(f"{which} {self._tell_change()}".strip(), manner))
        yield from told if self.is_changed else padded(list(speak(which, manner)) if which else (), len(told))

    def _tell_change(self) -> str:
        """What is said of the reader's own numbers; while there are none, a sentence as long."""
        derivation = self._watch.derivation
        goal = derivation.name_of(derivation.graph.goal)
        cost = to_text(derivation.values(derivation.graph.goal), 4) if self.is_changed else _AS_LONG
        if self.sample is None:
            return f"{goal} = {cost} with your numbers. The lesson keeps its own."
        count = derivation.graph.batch
        return f"With your numbers the mean cost of all {count} samples is {cost}. The lesson keeps its own."


def describe_network(exercise: Exercise, values: bool) -> Iterator[str]:
    """A network's picture in words: its layers, its numbers, a line for each kind; with ``values``, those too."""
    derivation = exercise.derive()
    if isinstance(exercise.task, Network):
        yield "From the input on: " + "; then ".join(map(_name_units, exercise.task.layers))
    for given in list_given_rows(derivation):
        if given.label.partition(" (")[0] in _DRAWN or given.label.startswith("sample"):
            yield f"{given.label}: {', '.join(map(pronounce, given.items))}"
    if values:
        known = (step for step in derivation.steps if step.kind in ("activation", "gate"))
        told = ", ".join(pronounce(Row((step.name, EQUALS, value_of(step)))) for step in known)
        yield f"{'values' if derivation.graph.gates else 'activations'}: {told}"


def _name_units(names: Sequence[str]) -> str:
    return f"unit{'s' * (len(names) > 1)} {' and '.join(names)}"


_DRAWN = frozenset(("inputs", "weights", "biases", "targets", "gates"))
"""The kinds of givens that a picture shows."""


class _Covering(Watch):
    """Shows no value that is the same in another exercise, where a lesson still asks it."""

    def __init__(self, exercise: Exercise, covered: Exercise) -> None:
        super().__init__(exercise)
        self._covered = Watch(covered)

    def shown(self, quantity: str) -> str | None:
        text = super().shown(quantity)
        is_given = self.derivation.graph.kind(quantity) == "given"
        return text if is_given or text != self._covered.explainer.shown(quantity) else None


def network_rows(
    exercise: Exercise, values: bool, manner: Manner, chosen: str | None = None, covered: Exercise | None = None,
    sample: int | None = None,
) -> Iterator[Runs]:
    """The diagram of a network; with ``values``, what follows from its numbers too. The ``chosen`` given is lit.

    ``covered``: of its values only those are shown that are other than in this exercise. ``sample``: whose values are
    shown, of several; None for no sample's.
    """
    walk = Watch(exercise) if covered is None else _Covering(exercise, covered)
    while values and not walk.finished and (not walk.derivation.graph.gates or _is_forward(walk)):
        walk.advance()
    lit = highlight_of(walk, chosen)
    of_sample = next((each for each in walk.derivation.graph.givens() if parse_id(each).sample == sample), None)
    shown = picture_of(walk, of_sample if sample is not None else None)
    match shown:
        case CircuitDiagram():
            height = len(shown.nodes) * 3
        case Diagram():
            height = max(_DIAGRAM_ROWS, 2 + 4 * max(len(layer.units) for layer in shown.layers))
        case _:
            assert_never(shown)
    yield from _trim(draw_diagram(shown, lit, manner.width, height, manner.glyphs))
    if isinstance(shown, Diagram) and manner.glyphs is not Glyphs.FULL and (example := _name_source(shown)):
        unit = example.partition(":")[0]
        yield from speak(f"Here {example} is the weight of the edge from unit {unit}.", manner)


def _is_forward(walk: Watch) -> bool:
    """Is the next step a gate's value? What comes after them all is the way back, which the lesson asks."""
    return walk.here is not None and walk.derivation.step(walk.here).kind == "gate"


def _trim(drawn: Sequence[Runs]) -> Sequence[Runs]:
    """Without the empty rows above and below, and what is said of gradients, which the lesson asks."""
    said = ["".join(text for text, _ in row).strip() for row in drawn]
    full = [place for place, text in enumerate(said) if text and text not in LEGENDS.values()]
    return drawn[full[0]:full[-1] + 1] if full else ()


def _name_source(diagram: Diagram) -> str:
    """A weight as it stands with its unit's name, where no lines tell which edge it is of; mostly none does."""
    place = next((n for n, layer in enumerate(diagram.layers[:-1]) if len(layer.units) > 1), None)
    weight = diagram.edge(place + 1, 0, 0).weight if place is not None else None
    return f"{diagram.layers[place].units[0].label}:{weight}" if place is not None and weight else ""
