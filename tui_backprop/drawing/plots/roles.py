"""The roles that the parts of a plot play: the names by which the theme colours them."""

from __future__ import annotations

from typing import Final

AXIS: Final = "dim"
CURVE: Final = "unit"
TANGENT: Final = "active"
POINT: Final = "bad"
STEP: Final = "path"
OWN: Final = "note"
"""The role of what the learner chose, as against what gradient descent does."""

BANDS: Final = 12
"""How many bands a heat map's values are sorted into."""
BAND: Final = "band-"
"""How the role of a band begins; ``band-0`` is the lowest."""


def band_role(band: int) -> str:
    """The role of a heat map's band, from 0 for the lowest."""
    return f"{BAND}{band}"
