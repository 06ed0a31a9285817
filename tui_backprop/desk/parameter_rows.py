"""The rows of the table of parameters, as plain data."""

from __future__ import annotations

from tui_backprop.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A row: ``weight``, ``wᵢⱼ``, ``0.86``. ``value`` is None until it is earned."""

    key: str
    kind: str
    symbol: str
    value: str | None
    changed: bool = False
