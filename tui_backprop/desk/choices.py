"""The ways an exercise can be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

Choice = Literal["quiz", "formulas", "watch", "exam"]
"""How an exercise is done: the modes of a quiz, and a quiz that asks for formulas first."""

CHOICES: Final[Mapping[Choice, tuple[str, str]]] = {
    "quiz": ("Quiz", "Each value is asked for before it is shown."),
    "formulas": ("Quiz with formulas", "Each kind of factor is asked for as an expression, then as a number."),
    "watch": ("Watch", "Each step is shown and explained. Enter goes on."),
    "exam": ("Exam", "No hints, and no word until you hand in. Then it is marked."),
}
"""The title of each choice, and what it means."""
