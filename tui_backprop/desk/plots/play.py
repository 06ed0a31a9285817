"""What is done with any plot of an exercise's cost, a curve, a map or a training; and the rates they offer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tui_backprop.derivation.landscape import name_rate
from tui_backprop.desk.plots.given_away import Cover, Learner
from tui_backprop.drawing.paragraphs import Paragraph, right, wrong
from tui_backprop.maths.numerals import NEARLY_0, to_text, typographic

RATES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
"""Learning rates to choose from."""

FLAT = " Where it is flat, a step leads nowhere."


def neighbour(choices: Sequence[float], value: float, way: int) -> float:
    """The next choice in this direction; the value itself at the end."""
    more = [choice for choice in choices if (choice - value) * way > 1e-12]
    return value if not more else min(more) if way > 0 else max(more)


def tell_change(goal: str, before: float, after: float, *, flat: bool = False) -> Paragraph:
    """How the cost went with a step; ``flat``: there was no slope where it began."""
    told = [f"less than {NEARLY_0:f}".rstrip("0") if 0 < cost < NEARLY_0 else to_text(cost, 4)
            for cost in (before, after)]
    if after == before:
        return Paragraph(f"{goal} stays {told[0]}.{FLAT if flat else ''}", "!", "note")
    went = f"{'fell' if after < before else 'rose'}{', by too little to see' if told[0] == told[1] else ''}"
    text = typographic(f"{goal} {went}: {' → '.join(told)}.")
    return right(text) if after < before else wrong(text)


class PlotPlay:
    """A plot of the exercise that a learner is doing. ``revealed``: as :attr:`Cover.revealed`."""

    def __init__(self, learner: Learner, revealed: Iterable[str] = ()) -> None:
        self.learner, self.exercise, self.derivation = learner, learner.exercise, learner.derivation
        self.cover = Cover(learner, revealed)
        self.said: tuple[Paragraph, ...] = ()

    @property
    def first_rate(self) -> float:
        """The exercise's own learning rate, or else a usual one."""
        return self.derivation.task.learning_rate or 0.1

    @property
    def goal(self) -> str:
        """The name of the cost, or of a circuit's output."""
        return self.derivation.name_of(self.derivation.graph.goal)

    @property
    def rate_name(self) -> str:
        return name_rate(self.derivation)

    def _say_run_away(self, how: str = "") -> None:
        """Say that the next step leads to no number, and ``how`` to go on."""
        self.said = (wrong(f"The next point has no finite {self.goal}: the descent has run away. "
                           f"Take a smaller {self.rate_name}{how}."),)
