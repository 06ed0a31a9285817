"""``plot``: a curve, a map or a training of an exercise, as text, SVG, JSON or CSV."""

from __future__ import annotations

import math
import shutil
import sys
from argparse import Namespace

from tui_backprop import course
from tui_backprop.cli.arguments import glyphs_of, notation_of
from tui_backprop.cli.verb import UsageError
from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation.training import TrainingRun, train
from tui_backprop.drawing.plots.training import MOST_RUNS
from tui_backprop.export.plots import CurvePlot, MapPlot, Spans, TrainingPlot

MOST_UPDATES = 1_000_000
_ON_A_PIPE = 80
_LEAST, _MOST_ROWS = 20, 24

AnyPlot = CurvePlot | MapPlot | TrainingPlot


def run(arguments: Namespace) -> int:
    """Print the plot."""
    plot = _plot(course.load(arguments.exercise), arguments)
    match arguments.format:
        case "json":
            print(plot.json())
        case "csv":
            print(plot.csv())
        case "svg":
            print(plot.svg())
        case "text":
            width, height = _room()
            print(*(line[:width] for line in plot.text(width, height, glyphs_of(arguments))), sep="\n")
        case other:
            raise UsageError(f"a plot has no format {other!r}")
    return 0


def _plot(exercise: Exercise, arguments: Namespace) -> AnyPlot:
    derivation = exercise.derive(notation_of(arguments))
    against, spans = arguments.against or [], _spans(arguments)
    if arguments.training is not None:
        if against or spans:
            raise UsageError("--training goes without --against, --from and --to: all parameters learn")
        return TrainingPlot(exercise.title, derivation, _train(exercise, arguments))
    if arguments.rate:
        raise UsageError("--rate goes with --training; a curve's step has the exercise's own rate")
    if len(against) not in (1, 2):
        raise UsageError("name what to plot: --against ID for a curve, twice for a map, or --training N")
    if spans and len(spans) != len(against):
        raise UsageError(f"{len(against)} --against and {len(spans)} --from with --to: give one for each, or none")
    if len(against) == 1:
        return CurvePlot(exercise.title, derivation, against[0], spans[0] if spans else None)
    if against[0] == against[1]:
        raise UsageError(f"a map needs two different quantities, not {against[0]!r} twice")
    return MapPlot(exercise.title, derivation, (against[0], against[1]), spans or None)


def _spans(arguments: Namespace) -> Spans:
    lows, highs = getattr(arguments, "from") or [], arguments.to or []
    if len(lows) != len(highs):
        raise UsageError("--from and --to go together: give one --to for each --from")
    pairs = [(_number(low, "--from"), _number(high, "--to")) for low, high in zip(lows, highs, strict=True)]
    for low, high in pairs:
        if low >= high:
            raise UsageError(f"--from {low:g} --to {high:g}: the first must be smaller")
        if not math.isfinite(high - low):
            raise UsageError(f"--from {low:g} --to {high:g}: that is too far apart to draw")
    return pairs


def _train(exercise: Exercise, arguments: Namespace) -> tuple[TrainingRun, ...]:
    updates = _number(arguments.training, "--training")
    if updates != int(updates) or not 1 <= updates <= MOST_UPDATES:
        raise UsageError(f"--training {arguments.training}: take a whole number from 1 to {MOST_UPDATES}")
    rates = [_number(rate, "--rate") for rate in arguments.rate or []]
    if not rates and exercise.task.learning_rate is None:
        raise UsageError("this exercise has no learning rate: give one, such as --rate 0.1")
    rates = rates or [float(exercise.task.learning_rate or 0)]
    if any(rate <= 0 for rate in rates):
        raise UsageError("a --rate must be above 0")
    if len(rates) > MOST_RUNS and arguments.format in ("text", "svg"):
        raise UsageError(f"a picture has room for {MOST_RUNS} rates; --format json or csv takes more")
    return tuple(TrainingRun(rate, tuple(train(exercise.task, rate, int(updates)))) for rate in rates)


def _number(text: str, option: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise UsageError(f"{option} {text}: this is no number") from None
    if not math.isfinite(value):
        raise UsageError(f"{option} {text}: this is no finite number")
    return value


def _room() -> tuple[int, int]:
    """The columns and rows for a text plot: the terminal's, or fixed ones for a pipe."""
    if not sys.stdout.isatty():
        return _ON_A_PIPE, _MOST_ROWS - 4
    columns, rows = shutil.get_terminal_size((_ON_A_PIPE, _MOST_ROWS))
    return max(columns - 1, _LEAST), min(max(rows - 4, 8), 2 * _MOST_ROWS)

