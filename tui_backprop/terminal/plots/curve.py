"""The screen of a curve: predict, move, step, change the rate, descend by hand."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from tui_backprop.desk.plots.curve_play import CurvePlay, CurveStage
from tui_backprop.desk.typed_number import TypedNumber
from tui_backprop.drawing.canvas import Canvas
from tui_backprop.drawing.paragraphs import Paragraph
from tui_backprop.drawing.plots.curve import CurvePicture, draw_curve
from tui_backprop.maths.numerals import to_text
from tui_backprop.terminal.plots.picture import BACK, Draw, PictureOutcome, PlotScreen, pass_on
from tui_backprop.typeset.glyphs import Glyphs

_DOES = {
    ("enter", CurveStage.LOCKED): "show it", ("enter", CurveStage.FAR): "answer", ("enter", CurveStage.HAND): "done",
    ("sideways", CurveStage.WAY): "answer", ("sideways", CurveStage.HAND): "step", ("upwards",
                                                                                    CurveStage.RISE): "answer",
    ("upwards", CurveStage.HAND): "length of a step",
}
"""What a key does in a stage, where that is not what it does in the open stage."""


class CurveScreen(PlotScreen):
    """Plots the cost against a quantity."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "enter", "step", key_display="Enter", tooltip="Take a step; show what is asked for"),
        BACK,
        Binding("left", "sideways(-1)", "move", key_display="Left, Right", tooltip="To the left, also as an answer"),
        Binding("right", "sideways(1)", "right", show=False, tooltip="To the right, also as an answer"),
        Binding("up", "upwards(1)", "rate", key_display="Up, Down",
                tooltip="A larger learning rate; as an answer, it rises"),
        Binding("down", "upwards(-1)", "smaller rate", show=False,
                tooltip="A smaller learning rate; as an answer, it falls"),
        Binding("m", "map", "map", tooltip="The cost over two weights, as a map"),
        Binding("t", "training", "train", tooltip="Many updates, and what the cost does meanwhile"),
        Binding("0", "stays", "it stays", tooltip="Answer that it stays where it is"),
        Binding("exclamation_mark", "skip", "show", key_display="!", tooltip="Uncover the curve without an answer"),
        Binding("d", "descend", "by hand", tooltip="Cover the curve, and find the valley by slope and cost alone"),
        Binding("p", "ask", "predict", show=False, tooltip="Be asked what the next step will do"),
        Binding("pagedown,n", "quantity(1)", "other variable", key_display="PgDn",
                tooltip="The next weight or activation"),
        Binding("pageup,b", "quantity(-1)", "weight before", show=False, tooltip="The weight or activation before"),
        Binding("home,r", "start", "start again", show=False, tooltip="Back to the exercise's own value"),
    ]

    play: CurvePlay

    def __init__(self, play: CurvePlay) -> None:
        super().__init__(play)
        self._typed = TypedNumber()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are offered where they do something."""
        del parameters
        return self.play.offers(action)

    def does(self, binding: Binding) -> str:
        """What a key does now: the same keys answer, move, step and choose."""
        return _DOES.get((binding.action.partition("(")[0], self.play.stage), binding.description)

    async def on_key(self, event: events.Key) -> None:
        """Type a number without an input; keys that arrive together are taken in order."""
        if self.play.stage is not CurveStage.FAR:
            return
        if event.key == "enter":
            self.play.answer_far(self._typed.take())
        elif not (self._typed.add(event.character) or (event.key == "backspace" and self._typed.rub_out())):
            return
        event.stop()
        event.prevent_default()
        self.show_all()

    def show_all(self) -> None:
        picture = self.play.picture
        self.picture.show(None if picture is None else _drawer(picture))
        title = f"Curve · {self.play.goal} against {self.play.name} · {self.play.exercise.title}"
        self.title_bar.show(title, f"{self.play.rate_name} = {to_text(self.play.rate)}")
        typed = [Paragraph(f"{self._typed.text}_", ">", "key")] if self.play.stage is CurveStage.FAR else []
        self.say([*self.play.paragraphs, *typed])

    action_enter = pass_on(CurvePlay.enter)
    action_sideways = pass_on(CurvePlay.sideways)
    action_upwards = pass_on(CurvePlay.upwards)
    action_stays = pass_on(CurvePlay.stays)
    action_skip = pass_on(CurvePlay.skip)
    action_descend = pass_on(CurvePlay.descend)
    action_ask = pass_on(CurvePlay.ask)

    def action_quantity(self, by: int) -> None:
        self._typed.take()
        self.play.next_quantity(by)
        self.show_all()

    action_start = pass_on(CurvePlay.start_again)

    def action_map(self) -> None:
        from tui_backprop.desk.plots.map_play import MapPlay
        from tui_backprop.terminal.plots.map import MapScreen

        play = MapPlay(self.play.learner, self.play.against, self.play.cover.revealed)
        self.app.push_screen(MapScreen(play), self._looked)

    def action_training(self) -> None:
        from tui_backprop.desk.plots.training_play import TrainingPlay
        from tui_backprop.terminal.plots.training import TrainingScreen

        screen = TrainingScreen(TrainingPlay(self.play.learner, self.play.cover.revealed))
        self.app.push_screen(screen, self._looked)

    def _looked(self, outcome: PictureOutcome | None) -> None:
        """Take what another picture revealed; go on to the workbench with the exercise opened there, if any."""
        if outcome is not None:
            self.play.cover.revealed.update(dict.fromkeys(outcome.revealed))
            if outcome.exercise is not None:
                self.dismiss(PictureOutcome(tuple(self.play.cover.revealed), outcome.exercise))


def _drawer(picture: CurvePicture) -> Draw:
    def draw(width: int, height: int, glyphs: Glyphs, shaded: bool) -> Canvas:
        del shaded  # a curve has none
        return draw_curve(picture, width, height, glyphs)

    return draw
