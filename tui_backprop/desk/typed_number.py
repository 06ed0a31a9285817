"""A number that is typed where there is no input for it: at a curve, at a picture in a lesson, as a nudge."""

from __future__ import annotations

_CHARACTERS = frozenset("0123456789.,-e/")
_LONGEST = 12


def is_of_a_number(character: str | None) -> bool:
    """Can this character be typed in a number?"""
    return character in _CHARACTERS


class TypedNumber:
    """What is typed so far, in ``text``."""

    def __init__(self) -> None:
        self.text = ""

    def add(self, character: str | None) -> bool:
        """Add a character, if one can be typed in a number; False for any other."""
        if not is_of_a_number(character):
            return False
        self.text = (self.text + (character or ""))[:_LONGEST]
        return True

    def rub_out(self) -> bool:
        """Take the last character back; False where there was none."""
        before, self.text = self.text, self.text[:-1]
        return bool(before)

    def take(self) -> str:
        """The text, which is gone with that."""
        text, self.text = self.text, ""
        return text
