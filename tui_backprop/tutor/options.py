"""What the options of a question are called."""

from __future__ import annotations

from string import ascii_lowercase


def option_letter(number: int) -> str:
    """The letter of an option, counted from 1. Letters, so that the value 1 is not option 1."""
    return ascii_lowercase[number - 1]
