"""A page whose pictures can be given the keys, and what the keys do to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from textual import events
from textual.binding import Binding
from textual.getters import query_one

from tui_backprop.course.lesson import NetworkPicture, Plot
from tui_backprop.desk.lesson.picture_keys import ENTER, MORE, SIDEWAYS, UPWARDS
from tui_backprop.desk.typed_number import is_of_a_number
from tui_backprop.drawing.paragraphs import wrong
from tui_backprop.terminal.lesson.view import LessonView
from tui_backprop.terminal.screen import TutorScreen
from tui_backprop.terminal.widgets.message import MessageView

if TYPE_CHECKING:
    from tui_backprop.desk.lesson.live import LivePicture

PICTURE_KEYS: Final = {"nudge": SIDEWAYS, "vertical": UPWARDS, "on": ENTER, "more": MORE}
"""Which of a picture's keys each action stands for."""


class IllustratedScreen(TutorScreen):
    """A screen with a :class:`LessonView`. A picture that was given the keys has those of :data:`PICTURE_KEYS`."""

    text = query_one(LessonView)
    say = query_one("#say", MessageView)

    @property
    def _holds(self) -> bool:
        """Has a picture been given the keys?"""
        return self.is_mounted and self.text.pictures.in_hand is not None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of pictures are offered where there is a picture."""
        match action:
            case "nudge":
                return self._holds or self.text.picture_in_view(Plot) is not None
            case "hold":
                return self.is_current and (
                    self._holds or self.text.picture_at_hand() is not None)
            case "more":
                return self._holds and self.text.pictures.more_or_less
            case "start":
                return self._holds
            case _:
                return super().check_action(action, parameters)

    def picture_does(self, binding: Binding) -> str | None:
        """What a key does while a picture has the keys; None where that makes no difference."""
        action = binding.action.partition("(")[0]
        if not self._holds:
            return None
        if action == "hold":
            return "next" if self._picture_after() is not None else "text"
        if action == "leave":
            return "text"
        return self.text.pictures.does(PICTURE_KEYS[action]) if action in PICTURE_KEYS else None

    def type_into(self, event: events.Key) -> None:
        """Type a number for the network that has the keys; keys that arrive together are taken in order."""
        pictures = self.text.pictures
        if pictures.takes_numbers and (
                pictures.add_typed(event.character) or (event.key == "backspace" and pictures.typed.rub_out())):
            event.stop()
            event.prevent_default()
            self.say.show(*pictures.explain_keys())
            return
        refused = ""
        if pictures.takes_numbers and event.is_printable:
            refused = "Only a number can be typed here."
        elif not pictures.takes_numbers and is_of_a_number(event.character):
            refused = "This picture takes no number: the arrows change it."
        if refused and event.key not in self.active_bindings:
            event.stop()
            self.say.show(*pictures.explain_keys(), wrong(refused))

    def action_hold(self) -> None:
        """Give the keys to the picture at hand; from there to the next one in view, or back to the text."""
        self.hold_picture(self._picture_after() if self._holds else self.text.picture_at_hand())

    def _picture_after(self) -> int | None:
        """The place of the next picture in view after the one that has the keys."""
        return self.text.picture_in_view(Plot, NetworkPicture, after=self.text.pictures.held)

    def hold_picture(self, place: int | None) -> None:
        """Give the keys to the picture at a place, or with None back to the text."""
        pictures = self.text.pictures
        pictures.hold(place)
        self.say.show(*pictures.explain_keys())
        if place is not None:
            self.call_after_refresh(self.text.bring, place)

    def action_nudge(self, by: int) -> None:
        """Move what can be moved in the picture that has the keys, or else in the one in view."""
        held = self.text.pictures.held
        self._change(held if held is not None else self.text.picture_in_view(Plot), lambda live: live.sideways(by))

    def action_vertical(self, way: int) -> None:
        self._change(self.text.pictures.held, lambda live: live.upwards(way))

    def action_more(self, way: int) -> None:
        self._change(self.text.pictures.held, lambda live: live.more(way))

    def action_start(self) -> None:
        self._change(self.text.pictures.held, lambda live: live.start())

    def enter_picture(self) -> None:
        """Enter, while a picture has the keys: set the number typed, or do what Enter does to the picture."""
        try:
            self.text.pictures.enter()
        except ValueError as problem:
            self.say.show(wrong(str(problem)))
        else:
            self._show_change(self.text.pictures.held)

    def _change(self, place: int | None, how: Callable[[LivePicture], LivePicture]) -> None:
        if place is not None and self.text.pictures.change(place, how):
            self._show_change(place)

    def _show_change(self, place: int | None) -> None:
        self.text.redraw()
        if place is not None and place == self.text.pictures.held:
            self.say.show(*self.text.pictures.explain_keys())
            self.text.bring(place)
