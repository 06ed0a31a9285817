"""What happens at the curve: predict first, then move the point, take steps, change the rate, descend by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum
from typing import assert_never

from tui_backprop.dataclass import replace
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.landscape import Hill, step_from
from tui_backprop.desk.plots.given_away import Learner, along
from tui_backprop.desk.plots.play import RATES, PlotPlay, neighbour, tell_change
from tui_backprop.desk.plots.point import cost_point
from tui_backprop.drawing.paragraphs import Paragraph, right, wrong
from tui_backprop.drawing.plots.curve import CurvePicture
from tui_backprop.maths.numerals import many, to_text
from tui_backprop.tutor.numbers import read_number
from tui_backprop.tutor.readings import Unread

SIZES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""The lengths of step to choose from when descending by hand."""
_ABOUT = 0.25
"""A guess that is off by no more than this share counts as about right."""
_SAME = 1e-12
_MOST_STEPS = 25


class CurveStage(Enum):
    """What the learner is asked for, or may do, at the curve; the values are the intents that do something then."""

    LOCKED = frozenset(("enter", "quantity"))
    WAY = frozenset(("sideways", "stays", "skip", "quantity"))
    RISE = frozenset(("upwards", "stays", "skip", "quantity"))
    FAR = frozenset(("enter", "skip", "quantity"))
    OPEN = frozenset(("enter", "sideways", "upwards", "ask", "descend", "map", "training", "start", "quantity"))
    HAND = frozenset(("enter", "sideways", "upwards"))


_INTENTS = frozenset[str]().union(*(stage.value for stage in CurveStage))
_OF_DESCENT = frozenset(("enter", "upwards", "ask", "descend"))
"""What an open curve hears only where gradient descent takes steps along it."""


class CurvePlay(PlotPlay):
    """The cost against one quantity, given by its id; without one against the first possible one."""

    def __init__(self, learner: Learner, against: str | None) -> None:
        super().__init__(learner)
        self.quantities = plottable(self.derivation)
        self.rate = self.first_rate
        self.own: tuple[tuple[float, float], ...] = ()
        self.descent: tuple[tuple[float, float], ...] = ()
        self.size = 0.5
        self.stage = CurveStage.LOCKED
        self.choose(against or self.quantities[0])

    # What is shown.

    @property
    def name(self) -> str:
        return self.point.ground.names[0]

    @property
    def covered(self) -> bool:
        """Is the curve itself hidden?"""
        return self.stage in (CurveStage.WAY, CurveStage.RISE, CurveStage.FAR, CurveStage.HAND)

    @property
    def moves(self) -> bool:
        """Does gradient descent take steps along this curve?"""
        return not self.point.why_no_step

    @property
    def picture(self) -> CurvePicture | None:
        """What is drawn; None while it would give something away."""
        if self.stage is CurveStage.LOCKED:
            return None
        shown_point = self.point if self.stage is CurveStage.OPEN and not self.own else replace(self.point, rate=None)
        return replace(shown_point.picture(covered=self.covered), own=self.own, descent=self.descent)

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The texts below the picture: what was just found, where the point is, and what is asked for."""
        if self.stage is CurveStage.LOCKED:
            return self.cover.paragraphs
        here = Paragraph(self.point.sentence() if self.stage is CurveStage.OPEN else self.point.place)
        match self.stage:
            case CurveStage.WAY:
                rate = f"{self.rate_name} = {to_text(self.rate)}"
                asked = f"A step of gradient descent comes, with {rate}. Which way will {self.name} move? " \
                        "Press Left or Right, or 0 if it stays."
            case CurveStage.RISE:
                asked = f"Will {self.goal} rise or fall with this step? Press Up or Down, or 0 if it stays."
            case CurveStage.FAR:
                asked = f"About how far will {self.name} move? Type a number, then Enter."
            case CurveStage.HAND:
                asked = f"Find the valley by slope and {self.goal} alone. Left or Right: a step of " \
                        f"{to_text(self.size)}. Up or Down: longer or shorter steps. Enter: done."
            case CurveStage.OPEN:
                return (*self.said, here)
            case never:
                assert_never(never)
        return (*self.said, here, Paragraph(asked, "?", "bar"))

    # What the learner does.

    def choose(self, against: str) -> None:
        """Plot the cost against another quantity, with the point at the exercise's own value."""
        point = cost_point(self.exercise, against, derivation=self.derivation)
        self.against = against
        self.point = replace(point, rate=self.rate).in_view()
        self.own, self.descent, self.said = (), (), ()
        self.cover.put_on(along(self.derivation, against))
        self.stage = CurveStage.LOCKED if self.cover.is_on else self._first_question()

    def next_quantity(self, by: int) -> None:
        """Plot the cost against the next weight, bias or activation, or with −1 the one before."""
        place = self.quantities.index(self.against) if self.against in self.quantities else 0
        self.choose(self.quantities[(place + by) % len(self.quantities)])

    def offers(self, intent: str) -> bool:
        """Would this do something now?"""
        if intent in _INTENTS - self.stage.value:
            return False
        match intent:
            case "map":
                return len(self.derivation.graph.parameters()) > 1
            case "quantity":
                return len(self.quantities) > 1
            case _:
                return self.moves or self.stage is not CurveStage.OPEN or intent not in _OF_DESCENT

    def enter(self) -> None:
        """Show what is locked, take a step, or end the descent by hand, depending on the stage."""
        if self.stage is CurveStage.LOCKED:
            self.cover.take_off()
            self.stage = self._first_question()
        elif self.stage is CurveStage.OPEN:
            self.step()
        elif self.stage is CurveStage.HAND:
            self._end_descent()

    def sideways(self, way: int) -> None:
        """Left (−1) or Right (1): an answer, a move, or a step by hand."""
        if self.stage is CurveStage.WAY:
            self.answer_way(way)
        elif self.stage is CurveStage.OPEN:
            self.own, self.descent, self.said = (), (), ()
            self.point = self.point.move_on(way)
        elif self.stage is CurveStage.HAND:
            self._step_by_hand(way)

    def upwards(self, way: int) -> None:
        """Up (1) or Down (−1): an answer, or another rate or length of step."""
        if self.stage is CurveStage.RISE:
            self.answer_rise(way)
        elif self.stage is CurveStage.OPEN:
            self.change_rate(way)
        elif self.stage is CurveStage.HAND:
            self.size = neighbour(SIZES, self.size, way)

    def stays(self) -> None:
        """Answer that nothing changes."""
        if self.stage is CurveStage.WAY:
            self.answer_way(0)
        elif self.stage is CurveStage.RISE:
            self.answer_rise(0)

    def answer_way(self, way: int) -> None:
        step, slope = self._step, self.point.spot.slope
        truth = (step > 0) - (step < 0)
        place = {1: "to the right", -1: "to the left", 0: "nowhere"}[truth]
        why = f"The slope is {to_text(slope)}"
        why += ", and a step goes downhill" if truth else (": there is no downhill" if slope == 0 else "")
        text = f"{why}: {self.name} moves {place}." if truth else f"{why}. {self.name} stays."
        self.said = (right(text) if way == truth else wrong(text),)
        self.stage = CurveStage.RISE

    def answer_rise(self, way: int) -> None:
        truth = self._rises
        self._rise_guess = way == truth
        what = {1: "rises", -1: "falls", 0: "stays as it is"}[truth]
        text = f"{self.goal} {what}. {self._why(truth)}"
        self.said = (right(text) if self._rise_guess else wrong(text),)
        self.stage = CurveStage.FAR

    def answer_far(self, text: str) -> None:
        """Judge a guess at the length of the step; then the curve is uncovered."""
        reading = read_number(text)
        if isinstance(reading, Unread):
            self.said = (Paragraph(reading.message, "!", "note"),)
            return
        step = abs(self._step)
        good = abs(abs(reading.value) - step) <= _ABOUT * step + _SAME
        slope = self.point.spot.slope
        length = f"{self.rate_name} times the slope, without its sign: {to_text(self.rate)} · {to_text(abs(slope))} " \
                 f"= {to_text(step)}."
        self.said = (right(f"About right. {length}") if good else wrong(f"It moves by {length}"),)
        self.stage = CurveStage.OPEN

    def skip(self) -> None:
        """Uncover the curve without answering."""
        if self.covered:
            self.said, self.own = (), ()
            self.stage = CurveStage.OPEN

    def ask(self) -> None:
        """Cover the curve and ask what the next step will do."""
        if self.stage is CurveStage.OPEN:
            self.own, self.descent, self.said = (), (), ()
            self.stage = self._first_question()

    def step(self) -> None:
        """Take the step of gradient descent."""
        following, before = self.point.next, self.point.spot
        self.own, self.descent = (), ()
        if following is None:
            self.said = (Paragraph("There is no slope here, so there is no step.", "!", "note"),) if self.moves else ()
            return
        if not math.isfinite(following[1]):
            self._say_run_away(" (Down), or go back to the start (Home)")
            return
        self.point = self.point.step_down()
        self.said = (_tell_step(before.cost, following[1], before.slope, self.point.spot.slope, self.goal),)

    def change_rate(self, way: int) -> None:
        """Take the next larger (1) or smaller (−1) learning rate."""
        if not self.moves:
            return
        self.rate = neighbour(RATES, self.rate, way)
        self.own, self.descent, self.said = (), (), ()
        self.point = replace(self.point, rate=self.rate).in_view()

    def start_again(self) -> None:
        """Move the point back to the exercise's own value."""
        if self.stage is CurveStage.OPEN:
            self.choose(self.against)
            self.skip()

    def descend(self) -> None:
        """Hide the curve and let the learner choose each step."""
        if self.stage is CurveStage.OPEN and self.moves:
            self.said, self.descent = (), ()
            self.point = self.point.around_itself()
            self.own = ((self.point.x, self.point.spot.cost),)
            self.stage = CurveStage.HAND

    # Helpers.

    @property
    def _step(self) -> float:
        following = self.point.next
        return following[0] - self.point.x if following is not None else 0.0

    @property
    def _rises(self) -> int:
        following, cost = self.point.next, self.point.spot.cost
        if following is None or abs(following[1] - cost) <= _SAME * max(abs(cost), 1):
            return 0
        return 1 if not following[1] < cost else -1

    def _why(self, truth: int) -> str:
        following = self.point.next
        if following is None or truth == 0:
            return "Where it is flat, a step leads nowhere."
        beyond = self.point.spot.slope * self.point.ground.hill.spot(following[0]).slope < 0
        if truth > 0:
            return "The step is too long: it leaps over the valley and lands higher."
        return "The step leaps over the valley, but lands lower." if beyond else "The step goes downhill."

    def _first_question(self) -> CurveStage:
        return CurveStage.WAY if self.point.next is not None else CurveStage.OPEN

    def _step_by_hand(self, way: int) -> None:
        if len(self.own) > _MOST_STEPS:
            self.said = (Paragraph("Enough steps. Press Enter to see the landscape.", "!", "note"),)
            return
        x = round(self.point.x + way * self.size, 12)
        moved = replace(self.point, x=x)
        cost = moved.spot.cost
        if not math.isfinite(cost):
            self.said = (wrong(f"There is no finite {self.goal} there. Take a shorter step."),)
            return
        before = self.point.spot.cost
        self.point = replace(moved, rate=None).in_view() if not self._holds(x) else moved
        self.own = (*self.own, (x, cost))
        self.said = (replace(tell_change(self.goal, before, cost), mark="", role="good" if cost < before else "note"),)

    def _holds(self, x: float) -> bool:
        return self.point.ground.low <= x <= self.point.ground.high

    def _end_descent(self) -> None:
        hill, steps = self.point.ground.hill, len(self.own) - 1
        self.point = replace(self.point, rate=self.rate).in_view()
        self.descent = tuple(self._descend(hill, self.own[0][0], steps))
        own, theirs = self.own[-1][1], (self.descent[-1] if self.descent else self.own[0])[1]
        better = "You are lower." if own < theirs else "It is lower." if theirs < own else "Both are as low."
        self.said = (Paragraph(
            f"You (1, 2, …): {many(steps, 'step')}, {self.goal} = {to_text(own, 4)}. Gradient descent (a, b, …) with "
            f"{self.rate_name} = {to_text(self.rate)}: {self.goal} = {to_text(theirs, 4)}. {better}", "✓", "good"),)
        self.stage = CurveStage.OPEN

    def _descend(self, hill: Hill, x: float, steps: int) -> list[tuple[float, float]]:
        found: list[tuple[float, float]] = []
        for _ in range(steps):
            following = step_from(hill, hill.spot(x), self.rate)
            if following is None or not math.isfinite(following[1]):
                break
            found.append(following)
            x = following[0]
        return found


def plottable(derivation: Derivation) -> Sequence[str]:
    """The ids that a curve can be drawn against: weights and biases (of a circuit its inputs), hidden activations."""
    graph = derivation.graph
    parameters = graph.parameters()
    if graph.is_large:
        return parameters
    activations = [quantity for quantity in derivation.order if graph.kind(quantity) in ("activation", "gate")]
    return [*parameters, *(quantity for quantity in activations if quantity != graph.goal and "'" not in quantity)]


def _tell_step(before: float, after: float, slope: float, slope_after: float, goal: str) -> Paragraph:
    """How a step turned out."""
    told = tell_change(goal, before, after, flat=slope == 0)
    if after > before:
        return replace(told, text=f"{told.text} The step leapt over the valley: this rate is too large here.")
    beyond = slope * slope_after < 0 and after < before
    return replace(told, text=f"{told.text} The step leapt over the valley, but landed lower.") if beyond else told
