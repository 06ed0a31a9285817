"""A derivation as a graph of named quantities, each defined by one small formula over earlier ones.

A graph tells, for any id, its formula and kind, and whatever else differs between a network and a circuit; it computes
nothing. Values come from :class:`tui_backprop.derivation.values.Values`, which can evaluate the same graph with some
formulas overridden: that is how a known mistake, or a learner's own earlier entry, is carried on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from tui_backprop.dataclass import dataclass
from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.roles import StepKind
from tui_backprop.derivation.words import Words
from tui_backprop.maths.expression import Cell, Expr, Sum
from tui_backprop.maths.template import Units
from tui_backprop.network.activations import Activation
from tui_backprop.network.costs import Cost
from tui_backprop.network.model import Circuit, Gate, Network

if TYPE_CHECKING:
    from tui_backprop.derivation.layer_values import LayerValues
    from tui_backprop.derivation.order import Order
    from tui_backprop.derivation.shapes import Shapes

KINDS: tuple[StepKind, ...] = (
    "pre_activation", "activation", "cost", "factor", "path", "gradient", "mean", "update", "gate",
)
"""Every kind a step can have; ``given`` is for what is known from the start."""

ValueOf = Callable[[str], float]
"""A quantity's value by its id."""
CellOf = Callable[[Cell, Units], Expr]
"""What is written for a cell of a template, for given units."""
LongSumOf = Callable[[Sum, Units, Ref], Expr | None]
"""Gives what to write in place of a sum's terms in a quantity's formula, or None to write the terms out."""


class UnknownIdError(KeyError):
    """No quantity of this derivation has that id."""

    def __str__(self) -> str:
        return f"{self.args[0]!r} is not a quantity of this exercise"


@dataclass(frozen=True, slots=True)
class Highlight:
    """What stands out in the drawing: ``lit`` itself, such as one edge and its two units, and the ``path`` from there
    to the cost.

    Both hold ids of weights, biases and targets, and keys of units (``2:k``) or of a circuit's nodes and lines.
    ``focus``: the layer and place of the unit that is shown where there is no room for the whole network; None means
    the first output.
    """

    lit: frozenset[str] = frozenset()
    path: frozenset[str] = frozenset()
    focus: tuple[int, int] | None = None

    def text_role(self, key: str, usual: str) -> str:
        """The role of a label: ``lit`` or ``path``, else ``usual``."""
        return "lit" if key in self.lit else "path" if key in self.path else usual

    def edge_role(self, key: str) -> tuple[str, bool]:
        """The role of an edge's line, and whether it is heavy."""
        return ("active", True) if key in self.lit else ("path", True) if key in self.path else ("edge", False)

    def drawing_order(self, key: str) -> int:
        """A sort key: what stands out most is drawn last, over everything else."""
        return 2 if key in self.lit else 1 if key in self.path else 0


class Graph(Protocol):
    """What a derivation is made of. Formulas are expressions over ids.

    Methods that take an id raise :class:`UnknownIdError` for what is none here.
    """

    @property
    def batch(self) -> int:
        """How many samples there are; 1 for a circuit."""
        ...

    @property
    def rate(self) -> str:
        """The id of the learning rate."""
        ...

    @property
    def goal(self) -> str:
        """The id of the quantity that learning makes small: the cost; of a circuit its output."""
        ...

    @property
    def goal_word(self) -> str:
        """What the goal is called at the head of a column: ``Cost``, ``Output``."""
        ...

    @property
    def goal_after(self) -> str | None:
        """The id of the goal after the update, where it is a step."""
        ...

    @property
    def at_corner(self) -> tuple[str, str]:
        """What a quantity does at a kink of its function, in the singular and the plural: ``passes 0``, ``pass 0``."""
        ...

    @property
    def is_large(self) -> bool:
        """Is it too large for values to be worked out one at a time?"""
        ...

    @property
    def activations(self) -> tuple[Activation, ...]:
        """The activation functions in it, each once, in the order of the layers; none in a circuit."""
        ...

    @property
    def cost(self) -> Cost | None:
        """The cost of its samples; None for a circuit."""
        ...

    @property
    def gates(self) -> tuple[Gate, ...]:
        """A circuit's gates; a network has none."""
        ...

    def activation_at(self, quantity: str, /) -> Activation | None:
        """The activation function of a quantity's layer, or the output's where it has no layer; None in a circuit."""
        ...

    def kind(self, quantity: str, /) -> StepKind:
        """The kind of step this quantity is."""
        ...

    def formula(self, quantity: str, long: LongSumOf | None = None, /) -> Expr | None:
        """The formula as it is evaluated, symbols being ids; None for a given.

        ``long`` may put something in place of the terms of a sum over units.
        """
        ...

    def shown(self, quantity: str, values: ValueOf, long: LongSumOf | None = None, /) -> Expr | None:
        """The formula as it is shown: a slope of 1 in a merged factor (an active ReLU) is left out."""
        ...

    def elide(self, most: int, /) -> LongSumOf | None:
        """Shortens sums over more than ``most`` units to the first two terms and the last; None if none is so long."""
        ...

    def shapes(self, most: int, /) -> Shapes | None:
        """The shapes of its formulas, with sums over more than ``most`` units shortened; None for a circuit."""
        ...

    def has_fallback(self, quantity: str, /) -> bool:
        """Whether :meth:`fallback` has a formula, without making it."""
        ...

    def is_far_out(self, quantity: str, values: ValueOf, /) -> bool:
        """Does a power in the formula leave the range of floats with these values, so that the fallback is to be taken?

        Then the formula as it is taught gives 0, or a number with few right digits, where there is an exact one.
        """
        ...

    def fallback(self, quantity: str, long: LongSumOf | None = None, /) -> Expr | None:
        """A formula of the same value, for where ``formula`` overflows or is 0/0; None where there is none."""
        ...

    def sources(self, quantity: str, /) -> tuple[str, ...]:
        """The ids in a quantity's formula, without givens. A long formula is not written out for it."""
        ...

    def given(self, quantity: str, /) -> float:
        """The number of a given."""
        ...

    def order(self) -> Order:
        """All steps in order."""
        ...

    def givens(self) -> Order:
        """All givens in the order a learner meets them."""
        ...

    def describe_given(self, quantity: str, /) -> str:
        """What a given is, in a word: ``input``, ``weight``."""
        ...

    def parameters(self) -> Order:
        """The givens whose gradient is of interest: weights and biases; of a circuit its inputs."""
        ...

    def trained(self) -> Order:
        """The weights and biases that an update changes, which a quiz can be narrowed to; a circuit has none."""
        ...

    def is_fixed(self, quantity: str, /) -> bool:
        """Is it a parameter that learning leaves as it is?"""
        ...

    def is_axis(self, quantity: str, /) -> bool:
        """Can the goal be drawn against it? A weight, bias or activation; of a circuit an input or a gate."""
        ...

    @property
    def trained_in_words(self) -> str:
        """What gradient descent changes: the weights and biases; of a circuit its inputs."""
        ...

    @property
    def axes_in_words(self) -> str:
        """What the goal can be drawn against, for a message to somebody who named something else."""
        ...

    def slope_at(self, quantity: str, values: ValueOf, /) -> float:
        """The derivative of the goal by a quantity that it can be drawn against; ``values`` gives every value by id."""
        ...

    def layer_values(self, numbers: Mapping[str, float], /) -> LayerValues | None:
        """Values with other numbers for some givens, whole layers at a time; None where one value at a time will do.

        Loads NumPy for a large network.
        """
        ...

    @property
    def only_input(self) -> str | None:
        """The id of the only input, in a network with one input unit and one sample; else None."""
        ...

    def goals_at(self, changes: Mapping[str, Sequence[float]], /) -> list[float] | None:
        """The goal at many points; None where points can only be worked out one at a time.

        ``changes`` holds for each quantity that differs its value at every point. Loads NumPy for a network.
        """
        ...

    def parameter_id(self, place: str, /) -> str:
        """The id of a parameter from its place, as an exercise file names it: ``1:i->j``, ``1:j``."""
        ...

    def gradient_id(self, parameter: str, /) -> str:
        """The id of the goal's derivative by a parameter."""
        ...

    def update_id(self, parameter: str, /) -> str:
        """The id of what an update makes of a parameter."""
        ...

    def parameter_of(self, quantity: str, /) -> str | None:
        """The parameter that a step is about; None where it is about no single one."""
        ...

    def sample_of(self, quantity: str, /) -> int | None:
        """Which sample a quantity belongs to, from 1; None for means, updates, the cost after them, and in circuits."""
        ...

    def of_any_sample(self, quantity: str, /) -> str:
        """A key that a quantity has in every sample, and that no other quantity has."""
        ...

    def of_any_unit(self, quantity: str, /) -> str:
        """A key that a quantity shares with the same quantity of other units of its layer, and of other samples."""
        ...

    def of_any_layer(self, quantity: str, /) -> str:
        """A key that all quantities share that are found in the same way, whatever their layer."""
        ...

    def of_same_sort(self, quantity: str, /) -> str:
        """A key that quantities share where people make the same slips; in a circuit each has one of its own."""
        ...

    def shape_of(self, quantity: str, /) -> str:
        """A key of the formula's shape: quantities share it whose formulas differ in nothing but indices."""
        ...

    def slope_of(self, quantity: str, /) -> tuple[str, str] | None:
        """For the slope of one operation: the id of what changes, and the id of what it changes with; else None."""
        ...

    def wish_of(self, quantity: str, /) -> tuple[str, bool] | None:
        """For ∂C/∂a of one of several outputs, or of a unit with several paths: the id of a, and is it an output.

        None for any other quantity.
        """
        ...

    def words(self, quantity: str, /) -> Words | None:
        """A step in words, with symbols in braces; None for a quantity that is no step."""
        ...

    def about_unit(self, quantity: str, /) -> dict[str, str]:
        """The ids of ``a``, ``z`` and, for an output, ``y`` of a step's unit, which the words for the step may name."""
        ...

    def light(self, quantity: str, /) -> Highlight:
        """What stands out in the drawing for a step."""
        ...

    def sides(self, parameter: str, values: ValueOf, /) -> Iterator[tuple[str, Any]]:
        """Each quantity with a corner (a ReLU's z) that a parameter may move, and the side of it that it is on."""
        ...

    def with_givens(self, numbers: Mapping[str, float], /) -> Network | Circuit:
        """The network or circuit with other numbers for these givens; parts without a change stay the same objects."""
        ...

    def differences(self, before: Network | Circuit, /) -> Iterator[tuple[str, float]]:
        """The givens that differ from ``before``, with their numbers now.

        Raises TypeError where one is a network and the other a circuit.
        """
        ...

    def results(self, values: ValueOf, /) -> dict[str, Any]:
        """The results that ``solve --json`` prints beside the steps."""
        ...
