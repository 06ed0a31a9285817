"""What the options of a question are called."""

from __future__ import annotations


def option_letter(number: int) -> str:
    """The letter of an option, counted from 1. Letters, so that the value 1 is not option 1."""
    return "abcdefghijklmnopqrstuvwxyz"[number - 1]


def bare_letter(text: str) -> str:
    """The letter of an option without what may stand around it: ``b)``, ``(b)``, ``b:``."""
    return text.strip().strip("().:,;=-–+ ").casefold()


def offer_letters(count: int) -> str:
    """The letters of so many options: ``a, b or c``."""
    *others, last = (option_letter(number) for number in range(1, count + 1))
    return f"{', '.join(others)} or {last}"
