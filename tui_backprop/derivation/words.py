"""The words for a step: its name, what it is for, the rule that gives it, and the skill that it takes.

Symbols stand in braces, ``{a}``: they are written as the notation writes them, for the very unit of the step.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tui_backprop.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A step in words: a short title, what it is for, and the rule in plain English.

    ``skill``: the key in :mod:`tui_backprop.tutor.skills` of what a learner shows who finds it; empty where no skill is
    needed.
    """

    title: str
    goal: str
    rule: str
    skill: str = ""


FACTOR_GOAL: Final = "One factor of the chain rule: how much {} changes when {} does."

MEAN: Final = Words("the mean gradient", "One gradient for the whole batch.",
                    "Add up the samples' gradients and divide by how many there are.", "mean")
MEAN_COST: Final = Words("the cost of the batch", "How far off the network is on all its samples.",
                         "Add up the samples' costs and divide by how many there are.", "mean")

CIRCUIT_WORDS: Final[Mapping[str, Words]] = {
    "gate": Words("the value of a gate", "Forward through the circuit, gate by gate.",
                  "Put the gate's inputs into its expression.", "gate"),
    "factor": Words("a gate's own slope",
                    "How {gate} changes with {by} alone, all else held still.",
                    "Differentiate the gate's expression with respect to that input alone.", "gate-slope"),
    "own": Words("a gate's own slope",
                 "The brackets around {gate} mean: how this gate alone changes with {by}.",
                 "Differentiate the gate's expression with respect to that input alone.", "gate-slope"),
    "gradient": Words("how the output changes with this value", "The chain rule on the circuit.",
                      "Multiply the gate's own slope by the gradient that arrives at the gate.", "chain-rule"),
    "gradient sum": Words("how the output changes with this value",
                          "The value goes into several gates, and each sends its part back.",
                          "Add up what comes back from every place it is used.", "paths"),
    "output": Words("where the way back starts", "How the output changes with itself.",
                    "Anything changes exactly as fast as itself: 1."),
    "path": Words("one way back", "What comes back through one gate.",
                  "Multiply the gate's own slope by the gradient that arrives at the gate.", "chain-rule"),
    "update": Words("the new value of an input", "One step downhill.", "New = old − learning rate · gradient.",
                    "update"),
}
"""The words for a circuit's steps, by their kind; a gradient's also by what it is made of."""
