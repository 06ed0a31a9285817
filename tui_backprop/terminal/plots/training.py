"""The screen of a training. The work is done in a thread; keys are answered meanwhile, and can stop it."""

from __future__ import annotations

import time
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui_backprop.derivation.training import TrainingRun
from tui_backprop.desk.plots.training_play import TrainingPlay
from tui_backprop.drawing.canvas import Canvas
from tui_backprop.drawing.paragraphs import wrong
from tui_backprop.drawing.plots.training import draw_training
from tui_backprop.maths.numerals import to_text
from tui_backprop.terminal.plots.picture import BACK, PictureOutcome, PlotScreen, pass_on
from tui_backprop.typeset.glyphs import Glyphs

_BETWEEN_FRAMES = 0.25
"""Seconds between two pictures of the work: with more of them a slow line would lag behind."""


class TrainingScreen(PlotScreen):
    """Shows the cost during many updates."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "enter", "take numbers", key_display="Enter",
                tooltip="Make the numbers of this update the exercise's own: its steps start again with them"),
        BACK,
        Binding("left", "move(-1,False)", "update", key_display="Left, Right", tooltip="To earlier updates"),
        Binding("right", "move(1,False)", "later", show=False, tooltip="To later updates"),
        Binding("pagedown", "move(1,True)", "far on", show=False, tooltip="Far on"),
        Binding("pageup", "move(-1,True)", "far back", show=False, tooltip="Far back"),
        Binding("up", "rate(1)", "rate", key_display="Up, Down", tooltip="A larger learning rate, of the last run"),
        Binding("down", "rate(-1)", "smaller rate", show=False, tooltip="A smaller learning rate, of the last run"),
        Binding("plus,equals_sign", "lengthen(1)", "length", key_display="+ -", tooltip="More updates"),
        Binding("minus,underscore", "lengthen(-1)", "shorter", show=False, tooltip="Fewer updates"),
        Binding("a", "add", "another rate", tooltip="Another rate beside; after the third, one alone again"),
        Binding("g", "log", "log", tooltip="The cost on a logarithmic scale, or not"),
        Binding("s", "batching", "samples", tooltip="Each update from all samples, from one, or from a few"),
        Binding("o", "seed", "other order", show=False, tooltip="The samples in another order"),
    ]

    play: TrainingPlay

    def on_mount(self) -> None:
        super().on_mount()
        self._start()

    def on_unmount(self) -> None:
        self.play.stop()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are offered where they do something."""
        del parameters
        return self.play.offers(action)

    def does(self, binding: Binding) -> str:
        """What a key does now: Enter shows what is locked, stops the work, or opens the result."""
        if binding.action != "enter" or not (self.play.cover.is_on or self.play.is_running):
            return binding.description
        return "show it" if self.play.cover.is_on else "stop"

    def show_all(self) -> None:
        rates = ", ".join(to_text(rate) for rate in self.play.plan.rates)
        self.title_bar.show(f"Training · {self.play.exercise.title}", f"r = {rates}")
        self.picture.show(None if self.play.cover.is_on else self._draw)
        self.say(self.play.paragraphs)

    def _draw(self, width: int, height: int, glyphs: Glyphs, shaded: bool) -> Canvas:
        del shaded  # no shades in it
        return draw_training(self.play.picture, width, height, glyphs)

    def action_enter(self) -> None:
        if self.play.cover.is_on:
            self.play.cover.take_off()
            self._start()
        elif self.play.is_running:
            self.play.stop()
            self.show_all()
        else:
            self._open()

    def _open(self) -> None:
        try:
            exercise = self.play.opened()
        except ValueError as problem:
            self.say([wrong(str(problem)), *self.play.paragraphs])
        else:
            self.dismiss(PictureOutcome(tuple(self.play.cover.revealed), exercise))

    def _start(self) -> None:
        """Begin the planned work, and show its state now and then."""
        self.show_all()
        if self.play.is_running:
            self.run_worker(partial(self._work, self.play.generation), thread=True, group="training", exclusive=True)

    action_move = pass_on(TrainingPlay.move)
    action_rate = pass_on(TrainingPlay.change_rate, _start)
    action_lengthen = pass_on(TrainingPlay.lengthen, _start)
    action_add = pass_on(TrainingPlay.one_more_rate, _start)
    action_batching = pass_on(TrainingPlay.next_batching, _start)
    action_seed = pass_on(TrainingPlay.next_seed, _start)

    def action_log(self) -> None:
        self.play.log = not self.play.log
        self.show_all()

    def _work(self, generation: int) -> None:
        """In a thread: train, and hand the runs over from time to time."""
        play, shown_at = self.play, 0.0
        last: tuple[TrainingRun, ...] = ()
        for runs in play.work(lambda: play.generation == generation):
            last = runs
            if time.monotonic() - shown_at >= _BETWEEN_FRAMES:
                shown_at = time.monotonic()
                self._hand_over(generation, runs)
        if play.generation == generation:
            self._hand_over(generation, last)

    def _hand_over(self, generation: int, runs: tuple[TrainingRun, ...]) -> None:
        if self.app.is_running:
            self.app.call_later(partial(self._take, generation, runs))

    def _take(self, generation: int, runs: tuple[TrainingRun, ...]) -> None:
        if self.play.generation == generation and self.is_attached:
            self.play.take(runs)
            self.show_all()
