"""The roles that quantities of a network play: one row for each, which says everything about the role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Final, Literal

from tui_backprop.dataclass import dataclass, replace
from tui_backprop.derivation import formulas
from tui_backprop.derivation.formulas import Detail, LayerKind
from tui_backprop.derivation.words import FACTOR_GOAL, MEAN, MEAN_COST, Words
from tui_backprop.maths.expression import Expr
from tui_backprop.network.activations import ACTIVATIONS

StepKind = Literal[
    "given", "pre_activation", "activation", "cost", "factor", "path", "gradient", "mean", "update", "gate"
]
Shape = Literal["whole", "layer", "unit", "edge", "onwards", "path"]
Stage = Literal["", "forward", "cost", "arriving", "slope", "delta", "gradient", "update"]
GivenWord = Literal["", "rate", "weight", "bias", "target", "input"]
Family = Literal["", "sum", "activation", "cost", "slope", "by_weight", "by_activation", "onwards", "cost_slope",
                 "delta", "gradient", "bias_gradient", "update", "by_shape"]
LayerKey = tuple[str, int]
"""A role and a layer: the key of all its values in that layer, as one array."""

RATE: Final = "r"
WEIGHT: Final = "w"
BIAS: Final = "b"
TARGET: Final = "y"
PRE_ACTIVATION: Final = "z"
LARGEST: Final = "z_max"
ACTIVATION: Final = "a"
COST: Final = "C"
VIA: Final = "via"
"""The role of one path's term, written ``dC/da LAYER:FROM via NEXT:TO``."""
ARRIVING: Final = "dC/da"
"""∂C/∂a, which comes back to a unit from the cost; where several paths lead there it is the sum of their terms."""
SLOPE: Final = "da/dz"
"""The slope of a unit's activation function."""
SUM_BY_ACTIVATION: Final = "dz/da"
DELTA: Final = "dC/dz"
"""δ = ∂C/∂z, which the gradients of a unit's weights and bias and its path back all use."""
GRADIENT: Final = "dC/dw"
BIAS_GRADIENT: Final = "dC/db"


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a quantity stands: this decides its formula and its words, and whether it is a step.

    ``coupled``: its layer is a softmax's; ``short``: δ is simply a − y there. ``part``: it is one output's part of the
    cost. ``last``: it belongs to the output layer. ``several``: there are several units one layer on.
    """

    kind: LayerKind
    detail: Detail
    coupled: bool
    short: bool
    last: bool
    part: bool = False

    @property
    def several(self) -> bool:
        return self.kind.next_size > 1

    @property
    def merged(self) -> bool:
        """Is the unit's slope ∂a/∂z merged into one factor with ∂z/∂w or ∂z/∂a?"""
        return self.detail == "merged" and not self.coupled

    @property
    def merged_onwards(self) -> bool:
        """Are the slopes of the next layer merged in the same way?"""
        following = self.kind.next_activation
        return self.detail == "merged" and not (following is not None and ACTIVATIONS[following].coupled)


Test = Callable[[Setting], bool]


def _always(_at: Setting) -> bool:
    return True


def _never(_at: Setting) -> bool:
    return False


@dataclass(frozen=True)
class Role:
    """A role that quantities play, such as ``z`` or ``dC/dw``.

    ``kind``: the kind of its steps. ``shape``: what it belongs to: the ``whole`` network, a ``layer``, a ``unit``, an
    ``edge`` looked at from the unit it ends in (or ``onwards``, from the unit it starts in), or a ``path``.

    ``template``: its formula; None for a given. ``template_on``: the same where the unit's slope is 1. ``stable``: a
    second form of the same value that never overflows, where there is one. ``words``: what it is called, what for, by
    which rule, and the skill. ``slips``: the family of its known mistakes (``by_shape``: those that the shape of its
    formula suggests). ``letter``: the name of the notation's letter for it, or the letter.

    ``stage``: where its steps stand in the order, among others of the stage in the order of the table; empty: nowhere.
    ``asked``: whether it is a step in a setting; ``there``: whether it exists in a setting at all. ``adds_up``: it is a
    sum over paths.

    ``per_sample``: each sample has its own. ``mean``: in a batch there is also the mean over the samples. ``changes``:
    an update changes it, so that there is a primed role too; ``after_update``: this is such a primed role.
    ``is_units``: the words for it are about its first unit, whose ``a`` and ``z`` they may name. ``pairs``: in a
    softmax layer it belongs to two units. ``word``: which of the exercise's own numbers it is, in a word.
    ``first_layer``: the first layer that has any; those of layer 0 are given. ``one_layer``: no other layer has a
    quantity of this name. ``inline``: in programs for whole layers its formula is written out in place of its name.
    ``code``: its name in a script, with ``{}`` for the layer, where that does not follow from the role's. ``lights``:
    what stands out with its unit: its ``bias``, the weights that come ``in``, all that lies ``onwards``.
    """

    name: str
    kind: StepKind
    shape: Shape
    template: Callable[[Setting], Expr] | None = None
    words: Callable[[Setting], Words] | None = None
    template_on: Callable[[Setting], Expr] | None = None
    stable: Callable[[Setting], Expr | None] | None = None
    stage: Stage = ""
    asked: Test = _always
    there: Test = _always
    adds_up: Test = _never
    slips: Family = "by_shape"
    letter: str = ""
    lights: Literal["", "bias", "in", "onwards"] = ""
    pairs: bool = False
    inline: bool = False
    code: str = ""
    per_sample: bool = True
    mean: bool = False
    mean_words: Words = MEAN
    changes: bool = False
    after_update: bool = False
    is_units: bool = False
    word: GivenWord = ""
    first_layer: int = 1
    one_layer: bool = False

    @cached_property
    def is_edge(self) -> bool:
        """Is it written with an edge, ``LAYER:FROM->TO``?"""
        return self.shape in ("edge", "onwards")

    @cached_property
    def is_path(self) -> bool:
        """Is it one path's term of a sum over paths?"""
        return self.shape == "path"

    @cached_property
    def is_derivative(self) -> bool:
        """Is it written as a fraction, ``dC/dw``, or as a term of one?"""
        return "/" in self.name or self.is_path

    @cached_property
    def largest_of(self) -> str:
        """The role whose largest value in a layer this is: z for ``z_max``."""
        return self.name.replace("_max", "")

    @cached_property
    def is_parameter(self) -> bool:
        """Is it a weight or a bias?"""
        return self.word in ("weight", "bias")

    @cached_property
    def is_of_batch(self) -> bool:
        """In arrays for whole layers: is there one number for all samples? Gradients are means over them there."""
        return not self.per_sample or self.kind == "gradient"

    @cached_property
    def is_merged(self) -> bool:
        """Is it written differently where the unit's slope ∂a/∂z is 1?"""
        return self.template_on is not None

    @cached_property
    def before(self) -> str:
        """The role that it was before the update; itself where it is not primed."""
        return self.name.removesuffix("'")

    @cached_property
    def after(self) -> str:
        """The role that an update makes of it; itself where no update changes it."""
        return f"{self.name}'" if f"{self.name}'" in ROLES else self.name

    @cached_property
    def whole(self) -> str:
        """For a derivative the role that changes: C for ``dC/dw``; otherwise empty."""
        return self.name.partition("/")[0].removeprefix("d") if "/" in self.name else ""

    @cached_property
    def part(self) -> str:
        """For a derivative the role that it is taken by: w for ``dC/dw``; otherwise empty."""
        return self.name.rpartition("/d")[2] if "/" in self.name else ""

    @cached_property
    def indices(self) -> tuple[str, str]:
        """The index variables of its template for its two units; a quantity of one unit has the second."""
        return ("j", "k") if self.is_path else ("i", "j")


def only(title: str, goal: str, rule: str, skill: str = "") -> Callable[[Setting], Words]:
    """Words that are the same wherever the quantity stands."""
    words = Words(title, goal, rule, skill)
    return lambda _at: words


def _sum_words(at: Setting) -> Words:
    rule = ("Multiply each incoming activation by its weight, add it all up, and add the bias." if at.kind.has_biases
            else "Multiply each incoming activation by its weight, and add it all up.")
    return Words("the weighted sum into a unit", "What arrives at the unit, before its activation function.", rule,
                 "weighted-sum")


def _cost_words(at: Setting) -> Words:
    if at.part:
        return Words("one output's part of the cost", "How far this output is from its target: its {cost name}.",
                     "{cost}", "cost")
    if at.kind.outputs > 1:
        return Words("the cost of the sample", "How far all the outputs are from their targets.",
                     "Add up the outputs' parts.", "cost")
    return Words("the cost", "How far the output is from the target, as one number: the {cost name}.", "{cost}", "cost")


def _cost_slope_words(at: Setting) -> Words:
    if at.last:
        return Words("how the cost changes with the output",
                     "The slope of the cost: which way, and how fast, it goes when the output grows.",
                     "Differentiate the cost with respect to the output. {cost slope}", "cost-slope")
    title = "how the cost changes with a hidden unit"
    if at.several:
        return Words(title, "The unit reaches the cost by several paths.", "Add up what comes back along every path.",
                     "paths")
    return Words(title, "The slope of the cost, one layer further back.",
                 "Multiply the factors along the way from this unit to the cost.", "chain-rule")


def _slope_words(at: Setting) -> Words:
    if at.coupled:
        return Words("how one output changes with one sum",
                     FACTOR_GOAL.format("an output", "a weighted sum"),
                     "For the same unit it is {a}(1 − {a}); for two different ones, minus their product.",
                     "activation-slope")
    return Words("the slope of the activation function",
                 "One factor of the chain rule: the slope of {function} at this unit.", "{slope}", "activation-slope")


_DELTA = "the unit's {delta}: the cost's slope at its sum"


def _delta_words(at: Setting) -> Words:
    if at.short:
        return Words(_DELTA,
                     "How the cost changes with the weighted sum. Every weight into it uses this.",
                     "With this cost and this activation function the factors shrink to output minus target.", "delta")
    if at.coupled:
        return Words(_DELTA, "This weighted sum changes every output: several paths lead to the cost.",
                     "For each output multiply the two factors, and add up the products.", "paths")
    return Words(_DELTA,
                 "How the cost changes with the weighted sum. Every weight into the unit uses it.",
                 "Multiply the slope of the activation function by how the cost changes with the activation.", "delta")


_ROWS = (
    Role(RATE, "given", "whole", letter="rate", code="r", per_sample=False, word="rate"),
    Role(WEIGHT, "given", "edge", letter="weight", code="W{}", per_sample=False, word="weight"),
    Role(BIAS, "given", "unit", letter="bias", there=lambda at: at.kind.has_biases, lights="bias", per_sample=False,
         word="bias"),
    Role(TARGET, "given", "unit", letter="target", code="y", there=lambda at: at.last, word="target",
         one_layer=True),
    Role(PRE_ACTIVATION, "pre_activation", "unit", lambda at: formulas.pre_activation(at.kind), _sum_words,
         stage="forward", slips="sum", letter="pre_activation", lights="in", changes=True, is_units=True),
    Role(LARGEST, "factor", "layer", letter="pre_activation", code="z{}_max", changes=True, slips=""),
    Role(ACTIVATION, "activation", "unit", lambda at: formulas.activation(at.kind),
         only("the activation of a unit", "What the unit passes on. Its activation function: {function}.",
              "{activation}", "activation"),
         stable=lambda at: ACTIVATIONS[at.kind.activation].stable, stage="forward", slips="activation",
         letter="activation", changes=True, is_units=True, word="input",
         first_layer=0),
    Role(COST, "cost", "whole", lambda at: formulas.cost_part(at.kind) if at.part else formulas.cost(at.kind),
         _cost_words, stage="cost", there=lambda at: at.last, slips="cost", letter="cost", code="parts",
         lights="onwards", mean=True, mean_words=MEAN_COST, changes=True, is_units=True, one_layer=True),
    Role(SUM_BY_ACTIVATION, "factor", "onwards", lambda at: formulas.pre_activation_by_activation(at.kind),
         only("how the sum changes with the unit before", FACTOR_GOAL.format("the sum", "the unit before"),
              "It is multiplied by its weight. So the slope with respect to it is the weight.", "sum-slope"),
         stage="arriving", asked=lambda at: not at.last and not at.merged_onwards, slips="by_activation",
         inline=True),
    Role("da/da", "factor", "onwards", lambda at: formulas.activation_by_activation(at.kind, on=False),
         only("how the unit changes with the one before", FACTOR_GOAL.format("the unit", "the unit before"),
              "While the unit is on (its sum is above 0), this is the weight between the two. Else it is 0.",
              "sum-slope"),
         template_on=lambda at: formulas.activation_by_activation(at.kind, on=True), stage="arriving",
         asked=lambda at: not at.last and at.merged_onwards, there=lambda at: not at.coupled, slips="by_activation"),
    Role(VIA, "path", "path", lambda at: formulas.path(at.kind, at.detail),
         only("one path from a hidden unit to the cost", "What comes back along this one path.",
              "Multiply the factors along this path.", "chain-rule"),
         stage="arriving", asked=lambda at: at.several, slips="onwards", inline=True, one_layer=True),
    # Where there is one way onwards, merged detail writes it into the chain of the gradient: then it is no step.
    Role(ARRIVING, "factor", "unit", lambda at: formulas.cost_by_activation(at.kind, at.detail), _cost_slope_words,
         stable=lambda at: formulas.stable_cost_by_activation(at.kind), stage="arriving",
         asked=lambda at: not at.short and (at.last or at.several or not at.merged_onwards),
         adds_up=lambda at: not at.last and at.several, slips="cost_slope", lights="onwards", is_units=True),
    Role(SLOPE, "factor", "unit", lambda at: formulas.activation_derivative(at.kind), _slope_words, stage="slope",
         asked=lambda at: not at.short and not at.merged, slips="slope", pairs=True, is_units=True),
    Role(DELTA, "factor", "unit", lambda at: formulas.delta(at.kind, at.detail), _delta_words, stage="delta",
         asked=lambda at: at.coupled or at.detail == "delta", adds_up=lambda at: at.coupled and not at.short,
         slips="delta", letter="delta", lights="onwards", is_units=True),
    Role("dz/dw", "factor", "edge", lambda at: formulas.pre_activation_by_weight(at.kind),
         only("how the sum changes with the weight", FACTOR_GOAL.format("the sum", "the weight in it"),
              "The weight is multiplied by an activation. So the slope with respect to it is that activation.",
              "sum-slope"),
         stage="gradient", asked=lambda at: not at.merged, slips="by_weight", inline=True),
    Role("da/dw", "factor", "edge", lambda at: formulas.activation_by_weight(at.kind, on=False),
         only("how the activation changes with the weight", FACTOR_GOAL.format("the unit", "a weight into it"),
              "While the unit is on (its sum is above 0), the slope is the activation that the weight multiplies. "
              "Else it is 0.", "sum-slope"),
         template_on=lambda at: formulas.activation_by_weight(at.kind, on=True), stage="gradient",
         asked=lambda at: at.merged, there=lambda at: not at.coupled, slips="by_weight"),
    Role(GRADIENT, "gradient", "edge", lambda at: formulas.gradient(at.kind, at.detail),
         only("the gradient of the weight", "How the cost changes with this weight: the whole chain.",
              "Multiply the factors of the chain.", "chain-rule"),
         stage="gradient", slips="gradient", code="dC_dW{}", mean=True),
    Role(BIAS_GRADIENT, "gradient", "unit", lambda at: formulas.bias_gradient(at.kind, at.detail, on=False),
         only("the gradient of the bias", "How the cost changes with this bias.",
              "The same chain as for a weight, but the bias is added as it is: its own factor is 1.", "chain-rule"),
         template_on=lambda at: formulas.bias_gradient(at.kind, at.detail, on=True), stage="gradient",
         asked=lambda at: at.kind.trains_biases, there=lambda at: at.kind.has_biases, slips="bias_gradient",
         lights="bias", mean=True),
    Role("w'", "update", "edge", lambda _: formulas.update(WEIGHT, "i", "j"),
         only("the new weight", "One step downhill.",
              "New weight = old weight − learning rate · gradient. The slope points uphill: hence the minus.",
              "update"),
         stage="update", slips="update", letter="weight", per_sample=False),
    Role("b'", "update", "unit", lambda _: formulas.update(BIAS, "j"),
         only("the new bias", "One step downhill.", "New bias = old bias − learning rate · gradient.", "update"),
         stage="update", asked=lambda at: at.kind.trains_biases, there=lambda at: at.kind.has_biases, slips="update",
         letter="bias", lights="bias", per_sample=False),
)

_COST_AFTER = only("the cost after the update",
                   "Did the step help? Forward once more, with all new weights, to the cost.",
                   "Run the network forward again with the new weights, then work out the cost.", "cost-after")


def _after_update(role: Role) -> Role:
    """The primed role that follows from a role by the update; of all primed quantities only the cost is a step."""
    words = _COST_AFTER if role.kind == "cost" else role.words
    return replace(role, name=f"{role.name}'", words=words, stage="", changes=False, after_update=True, is_units=False,
                   word="", first_layer=1)


ROLES: Final[Mapping[str, Role]] = {
    **{role.name: role for role in _ROWS}, **{f"{role.name}'": _after_update(role) for role in _ROWS if role.changes},
}
"""Every role by the first part of its ids, primed roles too."""


def roles_of(stage: Stage, *shapes: Shape) -> tuple[Role, ...]:
    """The roles of these shapes whose steps stand at a stage, in their order."""
    return tuple(role for role in ROLES.values() if role.stage == stage and role.shape in shapes)
