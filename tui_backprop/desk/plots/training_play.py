"""What happens at a training: how many updates, from which samples, at which rates; and where to stop."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator

from tui_backprop.course.exercise import Exercise
from tui_backprop.dataclass import dataclass, replace
from tui_backprop.derivation.training import ALL_SAMPLES, Batching, TrainingRun, train, train_for
from tui_backprop.desk.plots.given_away import Learner, of_everything
from tui_backprop.desk.plots.play import RATES, PlotPlay, neighbour
from tui_backprop.drawing.paragraphs import Paragraph, wrong
from tui_backprop.drawing.plots.training import MOST_RUNS, TrainingPicture
from tui_backprop.maths.numerals import many, tell_value, to_text

LENGTHS = (5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
"""Numbers of updates to choose from."""


@dataclass(frozen=True)
class TrainingPlan:
    """What to train: how many updates, at each of these rates."""

    updates: int
    rates: tuple[float, ...]
    batching: Batching = ALL_SAMPLES


_LEAST_TOLD = 5
"""Costs that a training must have before more than its end is told in words."""


class TrainingPlay(PlotPlay):
    """The cost during many updates. ``runs`` grow while another thread works.

    ``generation`` grows by one with each new plan: results for an older plan are dropped.
    """

    def __init__(self, learner: Learner, revealed: Iterable[str] = ()) -> None:
        super().__init__(learner, revealed)
        graph = self.derivation.graph
        self.cover.put_on(of_everything(self.derivation, graph.parameters()[:1]))
        self.samples = graph.batch
        self.plan = TrainingPlan(100, (self.first_rate,))
        self.log = False
        self.at = 0
        self.generation = 0
        self.stopped = False
        self.runs: tuple[TrainingRun, ...] = ()

    @property
    def done(self) -> int:
        """Updates made so far, of all rates together."""
        return sum(max(len(run.costs) - 1, 0) for run in self.runs)

    @property
    def is_running(self) -> bool:
        return not self.cover.is_on and not self.stopped and self.done < self.plan.updates * len(self.plan.rates)

    @property
    def picture(self) -> TrainingPicture:
        updates = self.plan.updates if self.is_running else None
        return TrainingPicture(self.runs, self.log, None if self.is_running else self.at, updates, goal=self.goal)

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The texts below the picture."""
        if self.cover.is_on:
            return self.cover.paragraphs
        if self.is_running:
            every = self.plan.updates * len(self.plan.rates)
            return (Paragraph(f"Update {self.done:,} of {every:,}. Enter stops it."), Paragraph(self.how))
        taken = "Enter takes this update's numbers; the steps then start again."
        return (*self.results, Paragraph(taken, role="note"))

    @property
    def results(self) -> tuple[Paragraph, ...]:
        """What the training came to, once it is done."""
        return (*self._warn(), self._here(), *self._samples_taken())

    @property
    def results_in_short(self) -> tuple[Paragraph, ...]:
        """The same in little room: that a run grows without end, in the place of a cost too large to tell."""
        lost = not all(map(math.isfinite, self._at_cursor()))
        return (*(self._warn() if lost else (self._here(),)), *self._samples_taken())

    @property
    def longest_results(self) -> tuple[str, ...]:
        """What may come first in short, as long as it becomes with as many rates as there can be."""
        return self._tell([f"{self.goal} = 0.1234 with r = 0.01"] * MOST_RUNS), self._run_away("r = 0.01")

    def _here(self) -> Paragraph:
        costs = zip(self.runs, self._at_cursor(), strict=True)
        return Paragraph(self._tell([f"{self._told(cost)} with r = {to_text(run.rate)}" for run, cost in costs]))

    def _told(self, cost: float) -> str:
        return tell_value(self.goal, cost, 4) if math.isfinite(cost) else f"{self.goal} is too large to tell"

    def _samples_taken(self) -> tuple[Paragraph, ...]:
        """Which samples the updates were made from, where there is more than one."""
        return (Paragraph(self.how),) if self.samples > 1 else ()

    @property
    def course(self) -> str:
        """How the first run goes, in a sentence for those who see no curve; empty while there is none."""
        costs = self.runs[0].costs if self.runs else ()
        if len(costs) < _LEAST_TOLD:
            return ""
        places = sorted({0, 1, 2, len(costs) // 4, len(costs) // 2})
        told = [f"{self._told(costs[n])} {f'after update {n}' if n else 'at the start'}" for n in places]
        return f"{', '.join(told)}."

    def _tell(self, costs: Iterable[str]) -> str:
        return f"After {many(self.at, 'update')}: {', '.join(costs)}."

    @property
    def how(self) -> str:
        """Which samples each update is made from, in a sentence."""
        size = self.plan.batching.size
        if self.samples == 1:
            return f"{many(self.plan.updates, 'update')} from the one sample."
        if size is None:
            return f"{many(self.plan.updates, 'update')}, each from all {self.samples} samples."
        each = "one sample" if size == 1 else f"{size} samples"
        seed = self.plan.batching.seed
        return f"{many(self.plan.updates, 'update')}, each from {each}, in a drawn order (number {seed})."

    def offers(self, intent: str) -> bool:
        """Would this do something now?"""
        if self.cover.is_on:
            return intent in ("enter", "back")
        match intent:
            case "batching":
                return self.samples > 1
            case "seed":
                return self.plan.batching.size is not None
            case "move":
                return not self.is_running
            case _:
                return True

    # What the learner does.

    def lengthen(self, way: int) -> None:
        """Plan more (1) or fewer (−1) updates."""
        self.begin(replace(self.plan, updates=int(neighbour(LENGTHS, self.plan.updates, way))))

    def change_rate(self, way: int) -> None:
        """Plan another rate for the last run."""
        self.take_rate(neighbour(RATES, self.plan.rates[-1], way))

    def take_rate(self, rate: float) -> None:
        """Plan this rate for the last run."""
        self.begin(replace(self.plan, rates=(*self.plan.rates[:-1], rate)))

    def one_more_rate(self) -> None:
        """Plan one more run beside the others; after the last that fits, the first alone again."""
        rates = self.plan.rates
        others = [rate for rate in RATES if rate not in rates]
        further = neighbour(others, rates[-1], 1 if rates[-1] < others[-1] else -1)
        self.begin(replace(self.plan, rates=rates[:1] if len(rates) == MOST_RUNS else (*rates, further)))

    def next_batching(self) -> None:
        """Plan updates from all samples, from one, or from a few at a time, in turn."""
        sizes = [None, 1, *([max(self.samples // 2, 2)] if self.samples > 3 else [2] if self.samples > 2 else [])]
        now = self.plan.batching
        size = sizes[(sizes.index(now.size) + 1) % len(sizes)] if self.samples > 1 else None
        self.begin(replace(self.plan, batching=Batching(size, now.seed)))

    def next_seed(self) -> None:
        """Plan another order of the samples."""
        now = self.plan.batching
        self.begin(replace(self.plan, batching=Batching(now.size, now.seed + 1)))

    def move(self, way: int, far: bool = False) -> None:
        """Move the cursor along the updates, to look at one or to stop there."""
        longest = max((len(run.costs) for run in self.runs), default=1) - 1
        by = max(longest // 10, 1) if far else max(longest // 100, 1)
        self.at = min(max(self.at + way * by, 0), longest)

    def stop(self) -> None:
        """End the work where it is."""
        self.stopped = True
        self.generation += 1
        self.move(0)

    def opened(self) -> Exercise:
        """The exercise with its numbers at the cursor's update, at the first rate.

        Raises ValueError, with one sentence, where they are not finite.
        """
        rate = self.plan.rates[0]
        task = train_for(self.exercise.task, rate, self.at, self.plan.batching).task
        opened = replace(self.exercise, task=task)
        try:
            opened.derive().check_finite()
        except ValueError:
            raise ValueError("There the numbers have grown too large to go on with. Take an earlier update.") from None
        return opened

    def work(self, still_wanted: Callable[[], bool]) -> Iterator[tuple[TrainingRun, ...]]:
        """Train as planned. Gives the runs so far, again and again, while ``still_wanted``. May run on any thread."""
        plan, task = self.plan, self.exercise.task
        finished: list[TrainingRun] = []
        for rate in plan.rates:
            costs: list[float] = []
            for cost in train(task, rate, plan.updates, plan.batching):
                costs.append(cost)
                if len(costs) % 64 == 0:
                    if not still_wanted():
                        return
                    yield (*finished, TrainingRun(rate, tuple(costs)))
            finished.append(TrainingRun(rate, tuple(costs)))
            yield tuple(finished)

    def take(self, runs: tuple[TrainingRun, ...]) -> None:
        """Take the runs that were worked out so far."""
        self.runs = runs
        if not self.is_running:
            self.at = self.plan.updates

    # Helpers.

    def begin(self, plan: TrainingPlan) -> None:
        """Begin a new plan."""
        self.plan, self.runs, self.at, self.stopped = plan, (), 0, False
        self.generation += 1

    def _at_cursor(self) -> list[float]:
        return [run.costs[self.at] if self.at < len(run.costs) else math.nan for run in self.runs]

    def _warn(self) -> tuple[Paragraph, ...]:
        lost = [run for run in self.runs if run.costs and not math.isfinite(run.costs[-1])]
        if not lost:
            return ()
        rates = ", ".join(f"r = {to_text(run.rate)}" for run in lost)
        return (wrong(self._run_away(rates)),)

    def _run_away(self, rates: str) -> str:
        return f"With {rates} {self.goal} grows without end: the steps are too long."
