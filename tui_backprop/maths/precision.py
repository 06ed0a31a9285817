"""How finely values are asked for and shown: in significant digits, or in decimals."""

from __future__ import annotations

from typing import Final, Literal

from tui_backprop.dataclass import dataclass
from tui_backprop.maths.numerals import leading_power, many, round_to_text, to_text

Places = Literal["significant_digits", "decimals"]

LEAST_DIGITS: Final = 2
LEAST_DECIMALS: Final = 1
MOST_DIGITS: Final = 10
"""How fine answers may be asked for: significant digits from the first to the last, decimals from the second."""
EXTRA_DIGITS: Final = 1
"""Digits shown beyond those asked for, so that working on with what is on the screen stays right."""
_LEAST_SHOWN: Final = 2


@dataclass(frozen=True, slots=True)
class Precision:
    """``amount`` significant digits, or ``amount`` decimals."""

    amount: int = 3
    places: Places = "significant_digits"

    @property
    def said(self) -> str:
        """As a noun: ``3 significant digits``, ``1 decimal``."""
        return many(self.amount, "decimal" if self.places == "decimals" else "significant digit")

    def digits(self, value: float) -> int:
        """How many significant digits of this value are asked for; below 1 where it is too small for any."""
        if self.places == "significant_digits" or not value:
            return self.amount
        return self.amount + 1 + leading_power(value)

    def rounded(self, value: float) -> str:
        """The value in the digits asked for and no more, without zeros at the end."""
        return round_to_text(value, self.digits(value)) if self.digits(value) > 0 else "0"

    def shown(self, value: float) -> str:
        """The value as a screen shows it, with a digit more than is asked for."""
        return to_text(value, max(_LEAST_SHOWN, self.digits(value) + EXTRA_DIGITS))


THREE_DIGITS: Final = Precision()
"""The precision where an exercise names none."""
