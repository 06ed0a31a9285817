"""What the keys of a picture in a lesson are called, whatever each kind of picture does with them."""

from __future__ import annotations

from typing import Final

SIDEWAYS: Final = "sideways"
UPWARDS: Final = "upwards"
ENTER: Final = "enter"
MORE: Final = "more"
"""Left and right, up and down, Enter, + and −."""
