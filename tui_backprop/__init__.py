"""Learn back-propagation by hand: load exercises, solve them step by step, judge numbers and formulas, mark sheets.

Importing this imports neither Textual nor NumPy; each name is fetched when it is first used.
"""

from __future__ import annotations

TYPE_CHECKING = False
"""``typing.TYPE_CHECKING`` without importing ``typing``: until the program is loaded, Ctrl-C prints a traceback."""
if TYPE_CHECKING:
    from typing import Any

    from tui_backprop.course.exercise import Exercise, ExerciseError
    from tui_backprop.course.library import load
    from tui_backprop.derivation.solution import Solution
    from tui_backprop.tutor.formulas import check_formula
    from tui_backprop.tutor.numbers import check_number
    from tui_backprop.tutor.readings import Judgement
    from tui_backprop.tutor.sheets import mark

__version__ = "0.1.0"
__all__ = [
    "Exercise", "ExerciseError", "Judgement", "Solution", "__version__", "check_formula", "check_number", "load",
    "mark",
]

_HOMES = {
    "Exercise": "course.exercise", "ExerciseError": "course.exercise", "load": "course.library",
    "Solution": "derivation.solution", "Judgement": "tutor.numbers", "check_number": "tutor.numbers",
    "check_formula": "tutor.formulas", "mark": "tutor.sheets",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
