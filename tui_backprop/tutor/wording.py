"""What the steps are called in words, what each is for, and the rule that gives it. Every sentence once.

Symbols stand in braces, ``{a}``: they are written as the notation writes them, for the very unit of the step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tui_backprop.derivation import Derivation
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear


@dataclass(frozen=True, slots=True)
class Words:
    """A step in words: a short title, what it is for, and the rule in plain English."""

    title: str
    goal: str
    rule: str


_FACTOR_GOAL = "One factor of the chain rule: how {} follows {}."

_WORDS: Final[Mapping[str, Words]] = {
    "z": Words("the weighted sum into a unit", "What arrives at the unit, before its activation function.",
               "Multiply each incoming activation by its weight, and add it all up."),
    "z+b": Words("the weighted sum into a unit", "What arrives at the unit, before its activation function.",
                 "Multiply each incoming activation by its weight, add it all up, and add the bias."),
    "a": Words("the activation of a unit", "What the unit passes on. Its activation function: {function}.",
               "{activation}"),
    "C": Words("the cost", "How far the output is from the target, as one number: the {cost name}.", "{cost}"),
    "C part": Words("one output's part of the cost", "How far this output is from its target: its {cost name}.",
                    "{cost}"),
    "C sum": Words("the cost of the sample", "How far all the outputs are from their targets.",
                   "Add up the outputs' parts."),
    "C mean": Words("the cost of the batch", "How far off the network is on all its samples.",
                    "Add up the samples' costs and divide by how many there are."),
    "dC/da output": Words("how the cost changes with the output",
                          "The slope of the cost: which way, and how fast, it goes when the output grows.",
                          "Differentiate the cost with respect to the output. {cost slope}"),
    "dC/da": Words("how the cost changes with a hidden unit", "The slope of the cost, one layer further back.",
                   "Multiply the factors along the way from this unit to the cost."),
    "dC/da sum": Words("how the cost changes with a hidden unit", "The unit reaches the cost by several paths.",
                       "Add up what comes back along every path."),
    "via": Words("one path from a hidden unit to the cost", "What comes back along this one path.",
                 "Multiply the factors along this path."),
    "da/dz": Words("the slope of the activation function",
                   "One factor of the chain rule: the slope of {function} at this unit.", "{slope}"),
    "da/dz softmax": Words("how one output changes with one weighted sum",
                           _FACTOR_GOAL.format("an output", "a weighted sum"),
                           "For the same unit it is {a}(1 − {a}); for two different ones, minus their product."),
    "dC/dz": Words("the unit's {delta}",
                   "How the cost changes with the weighted sum. Every weight into the unit uses it.",
                   "Multiply the slope of the activation function by how the cost changes with the activation."),
    "dC/dz short": Words("the unit's {delta}",
                         "How the cost changes with the weighted sum. Every weight into it uses this.",
                         "With this cost and this activation function the factors shrink to output minus target."),
    "dC/dz sum": Words("the unit's {delta}",
                       "This weighted sum changes every output: several paths lead to the cost.",
                       "For each output multiply the two factors, and add up the products."),
    "dz/dw": Words("how the weighted sum changes with the weight",
                   _FACTOR_GOAL.format("the sum", "the weight in it"),
                   "In weight times activation, the slope by the weight is the activation that it multiplies."),
    "dz/da": Words("how the weighted sum changes with the unit before",
                   _FACTOR_GOAL.format("the sum", "the unit before"),
                   "In weight times activation, the slope by the activation is the weight."),
    "da/dw": Words("how the activation changes with the weight",
                   _FACTOR_GOAL.format("the unit", "a weight into it"),
                   "While the unit is on, this is the activation that the weight multiplies. When it is off, 0."),
    "da/da": Words("how the activation changes with the unit before",
                   _FACTOR_GOAL.format("the unit", "the unit before"),
                   "While the unit is on, this is the weight between the two. When it is off, 0."),
    "dC/dw": Words("the gradient of the weight", "How the cost changes with this weight: the whole chain.",
                   "Multiply the factors of the chain."),
    "dC/db": Words("the gradient of the bias", "How the cost changes with this bias.",
                   "The same chain as for a weight, but the bias is added as it is: its own factor is 1."),
    "mean": Words("the mean gradient", "One gradient for the whole batch.",
                  "Add up the samples' gradients and divide by how many there are."),
    "w'": Words("the new weight", "One step downhill.",
                "New weight = old weight − learning rate · gradient. The slope points uphill: hence the minus."),
    "b'": Words("the new bias", "One step downhill.", "New bias = old bias − learning rate · gradient."),
    "C'": Words("the cost after the update", "Did the step help? Forward once more, with all new weights, to the cost.",
                "Run the network forward again with the new weights, then work out the cost."),
    "gate": Words("the value of a gate", "Forward through the circuit, gate by gate.", "Do what the gate says."),
    "local": Words("a gate's own slope", "How this gate's value changes with one of its inputs, all else held still.",
                   "Differentiate the gate's expression with respect to that input alone."),
    "gradient": Words("how the output changes with this value", "The chain rule on the circuit.",
                      "Multiply the gate's own slope by the gradient that arrives at the gate."),
    "gradient sum": Words("how the output changes with this value", "It is used in several places.",
                          "Add up what comes back from every place it is used."),
    "output": Words("where the way back starts", "How the output changes with itself.",
                    "Anything changes exactly as fast as itself: 1."),
    "path": Words("one way back", "What comes back through one gate.",
                  "Multiply the gate's own slope by the gradient that arrives at the gate."),
    "update": Words("the new value of an input", "One step downhill.", "New = old − learning rate · gradient."),
}


def words_for(derivation: Derivation, quantity: str) -> Words:
    """A step in words."""
    graph, words = derivation.graph, _WORDS[derivation.graph.word_key(quantity)]
    activation, cost = graph.activation_at(quantity), graph.cost
    if activation is None or cost is None:
        return words
    symbols = _symbols(derivation, quantity)
    rules = _Rules(symbols, {"activation": activation.rule, "slope": activation.slope_rule, "cost": cost.rule,
                             "cost slope": cost.slope_rule, "cost name": cost.title, "function": activation.title})
    return Words(words.title.format_map(symbols), words.goal.format_map(rules), words.rule.format_map(rules))


def functions_of(derivation: Derivation) -> str:
    """Which activation functions, in the order of layers, and which cost a network has; of a circuit, nothing."""
    graph = derivation.graph
    if graph.cost is None:
        return ""
    return f"{', '.join(activation.title for activation in graph.activations)} · {graph.cost.title}"


class _Rules(dict[str, str]):
    """Symbols, and rules in which they are put when they are asked for. A symbol may have braces of its own, a_{A_}:
    what it is put in is never formatted again.
    """

    def __init__(self, symbols: Mapping[str, str], rules: Mapping[str, str]) -> None:
        super().__init__(symbols)
        self._rules = rules

    def __missing__(self, key: str) -> str:
        return self._rules[key].format_map(self)


def _symbols(derivation: Derivation, quantity: str) -> dict[str, str]:
    """The names of a step's unit: its activation, its pre-activation and, of an output, its target."""
    name = derivation.naming.name
    units = derivation.graph.about_unit(quantity)
    return {"delta": derivation.notation.delta,
            **{letter: linear(name(of_unit), Glyphs.FULL) for letter, of_unit in units.items()}}
