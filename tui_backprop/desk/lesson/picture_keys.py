"""The names of the keys of pictures in a lesson, whatever each kind of picture does with them."""

from __future__ import annotations

from typing import Final

SIDEWAYS: Final = "sideways"
UPWARDS: Final = "upwards"
ENTER: Final = "enter"
MORE: Final = "more"
"""The name for + and −, after those for Left and Right, Up and Down, and Enter."""
