"""A lesson's pictures as the reader has changed them, and which of them has the keys; without a terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.lesson import Lesson, NetworkPicture, Plot
from tui_backprop.desk.lesson.picture_keys import MORE
from tui_backprop.desk.typed_number import TypedNumber
from tui_backprop.drawing.paragraphs import Paragraph

if TYPE_CHECKING:  # a page without pictures waits for none
    from tui_backprop.desk.lesson.live import LivePicture

HELD = "The arrow keys now move the picture. Esc leads back to the text."
HOW_TO_CHANGE = "Type it, or use Up, Down. Home: as before."


class Pictures:
    """The pictures as the reader has changed them, by the place of their block in the lesson."""

    def __init__(self, lesson: Lesson) -> None:
        self._lesson = lesson
        self._live: dict[int, LivePicture | None] = {}
        self._awaited: set[int] = set()
        self.held: int | None = None
        """The place of the picture that has the keys."""
        self.typed = TypedNumber()
        """The number that is typed for it."""

    def live(self, place: int) -> LivePicture | None:
        """The picture at a place as it is now; None where the block is no picture or cannot be shown."""
        block = self._lesson.blocks[place]
        if place not in self._live and isinstance(block, Plot | NetworkPicture):
            if isinstance(block, Plot) and block.training:
                from tui_backprop.desk.lesson.live import AwaitedPicture

                self._live[place] = AwaitedPicture()
                self._awaited.add(place)
            else:
                self._live[place] = self._make(block)
        return self._live.get(place)

    def awaited(self, places: Sequence[int]) -> int | None:
        """The first of these places whose picture is still to be worked out; None where all are there."""
        return next((place for place in places if place in self._awaited), None)

    def work_out(self, place: int) -> None:
        """Make a picture that is awaited."""
        block = self._lesson.blocks[place]
        if isinstance(block, Plot) and place in self._awaited:
            self._awaited.remove(place)
            self._live[place] = self._make(block)

    def _make(self, block: Plot | NetworkPicture) -> LivePicture | None:
        from tui_backprop.desk.lesson.live import live_picture

        try:
            return live_picture(block, self._lesson.folder)
        except (ExerciseError, ValueError):  # its rows say what is wrong
            return None

    @property
    def own_numbers(self) -> set[float]:
        """What the reader's changes have made of the numbers of all pictures."""
        return {number for live in self._live.values() if live is not None for number in live.own_numbers()}

    @property
    def in_hand(self) -> LivePicture | None:
        return None if self.held is None else self.live(self.held)

    def hold(self, place: int | None) -> None:
        """Give the keys to this picture, or with None to the text."""
        self.held = place
        self.typed.take()

    def change(self, place: int, how: Callable[[LivePicture], LivePicture]) -> bool:
        """Change a picture; False where there is none."""
        live = self.live(place)
        if live is not None:
            self._live[place] = how(live)
        return live is not None

    @property
    def takes_numbers(self) -> bool:
        """Can a number be typed for the picture that has the keys?"""
        return self.in_hand is not None and bool(self.in_hand.asks)

    def enter(self) -> None:
        """Set the number typed, or else do what Enter does to the picture.

        Raises ValueError, with a sentence, where it is no number.
        """
        typed = self.typed.take()
        if self.held is not None:
            self.change(self.held, lambda live: live.typed(typed) if typed else live.enter())

    def does(self, key: str | None) -> str:
        """What a key does to the picture that has the keys, in a word or two; empty for nothing."""
        return self.in_hand.does.get(key, "") if self.in_hand is not None and key is not None else ""

    @property
    def more_or_less(self) -> bool:
        """Do + and − do anything to the picture that has the keys?"""
        return self.in_hand is not None and MORE in self.in_hand.does

    def add_typed(self, character: str | None) -> bool:
        """Add a character to the number typed; False where it belongs to none.

        Where + and − do something of their own, no number begins with them.
        """
        begins_otherwise = self.more_or_less and not self.typed.text and character in ("+", "-")
        return not begins_otherwise and self.typed.add(character)

    def explain_keys(self) -> list[Paragraph]:
        """A line that says which picture has the keys, and what is typed for it; nothing where the text has them."""
        if (held := self.in_hand) is None:
            return []
        said = f"{held.asks} = {self.typed.text}_   {HOW_TO_CHANGE}" if held.asks else HELD
        return [Paragraph(said, ">", "key")]
