"""The screen of a map: the cost over two weights."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from tui_backprop.desk.plots.map_play import MapPlay
from tui_backprop.maths.numerals import to_text
from tui_backprop.terminal.plots.picture import BACK, PlotScreen, pass_on


class MapScreen(PlotScreen):
    """Opened with one quantity on the horizontal axis; the other axis has the last of the other quantities."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "enter", "step", key_display="Enter",
                tooltip="A step of gradient descent from the point"),
        BACK,
        Binding("left", "move(-1,0)", "move", key_display="arrows", tooltip="Move the point to the left"),
        Binding("right", "move(1,0)", "right", show=False, tooltip="Move the point to the right"),
        Binding("up", "move(0,1)", "up", show=False, tooltip="Move the point up"),
        Binding("down", "move(0,-1)", "down", show=False, tooltip="Move the point down"),
        Binding("s", "descend", "start here", tooltip="Gradient descent from the point on: another start"),
        Binding("plus,equals_sign,i", "zoom(1)", "zoom", key_display="+ -", tooltip="Nearer"),
        Binding("minus,underscore,o", "zoom(-1)", "further away", show=False, tooltip="Further away"),
        Binding("h,shift+left", "pan(-1,0)", "pan left", show=False, tooltip="Look further to the left"),
        Binding("l,shift+right", "pan(1,0)", "pan right", show=False, tooltip="Look further to the right"),
        Binding("k,shift+up", "pan(0,1)", "pan up", show=False, tooltip="Look further up"),
        Binding("j,shift+down", "pan(0,-1)", "pan down", show=False, tooltip="Look further down"),
        Binding("x,pagedown", "quantity(0,1)", "other variable", key_display="x y", tooltip="Another weight below"),
        Binding("y,pageup", "quantity(1,1)", "other variable up", show=False, tooltip="Another weight at the left"),
        Binding("full_stop,greater_than_sign", "rate(1)", "rate", key_display=", .", tooltip="A larger learning rate"),
        Binding("comma,less_than_sign", "rate(-1)", "smaller rate", show=False, tooltip="A smaller learning rate"),
        Binding("home,r", "start", "start again", show=False, tooltip="Back to the exercise's own values"),
    ]

    play: MapPlay

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the map is locked, only showing it and going back are offered."""
        del parameters
        return action in ("enter", "back") or action.startswith("app.") or not self.play.cover.is_on

    def does(self, binding: Binding) -> str:
        """What a key does now: while the map is locked, Enter shows it."""
        return "show it" if binding.action == "enter" and self.play.cover.is_on else binding.description

    def show_all(self) -> None:
        first, second = self.play.names
        title = f"Map · {self.play.goal} over {first} and {second} · {self.play.exercise.title}"
        self.title_bar.show(title, f"{self.play.rate_name} = {to_text(self.play.rate)}")
        self.picture.show(None if self.play.cover.is_on else self.play.draw)
        self.say(self.play.paragraphs)

    action_enter = pass_on(MapPlay.enter)
    action_move = pass_on(MapPlay.move)
    action_pan = pass_on(MapPlay.pan)
    action_zoom = pass_on(MapPlay.zoom)
    action_quantity = pass_on(MapPlay.next_quantity)
    action_rate = pass_on(MapPlay.change_rate)
    action_descend = pass_on(MapPlay.descend)
    action_start = pass_on(MapPlay.start_again)
