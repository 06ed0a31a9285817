"""The rule for how near an answer must come to the right value."""

from __future__ import annotations

import math
from typing import Literal, assert_never

from tui_backprop.dataclass import dataclass
from tui_backprop.maths.numerals import leading_power, many, to_text
from tui_backprop.maths.precision import EXTRA_DIGITS, Precision

Measure = Literal["significant_digits", "relative", "absolute", "decimals"]

SIGN_TURNED = "The size is right, the sign is not."
_ROUNDING = 0.51
"""How far off a rounded value may be, in units of the last digit: a half, and a little for ties."""
_FLOATS = 1e-12
"""Relative slack for what floating point itself loses; far below any digit a person types."""
_SLACK = 1.001
"""By this factor a distance is larger that serves to sort out at once what is too far off."""
_SHOWN = 6
"""Significant digits in which a value is shown where no digits are asked for."""
_CHANGE_SHARE = 0.05
"""The share of its change by which an updated parameter may be off."""
_LOOSE_SHARE, _LOOSE_UNITS = 0.005, 1.0
"""How far off a value may be that was rounded on the way: a share of it, and units of the last digit asked for."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How near an answer s must come to the right value c.

    ``significant_digits`` n: s is right where it rounds to the same n digits. So that rounding on the way does no harm,
    it is also right where it is off by no more than one unit of the n-th digit and 0.5·10^(1−n)·|c|, which is 0.005·|c|
    for 3 digits; for c = 0 only 0 is right. (A known mistake's number is right by rounding alone:
    :mod:`tui_backprop.tutor.judging`.)

    ``decimals`` d: 0.51 units of the d-th decimal. ``relative`` and ``absolute``: that share of |c|, that distance.

    ``change``, for an updated parameter: its true change −r·g. s must also be within a twentieth of it, since otherwise
    the old value would often pass for the new one; where the change is 0, s must be the old value in all digits that
    are shown. An exercise that asks for decimals asks for no more here, whatever shows of the change.
    """

    measure: Measure = "significant_digits"
    amount: float = 3
    change: float | None = None

    @classmethod
    def of(cls, precision: Precision, change: float | None = None) -> Rule:
        """The rule for values that are asked for with this precision."""
        return cls(precision.places, precision.amount, change)

    def tolerance(self, expected: float) -> float:
        """The largest |s − c| that is right, where c is ``expected``."""
        nearest = self._by_measure(expected)
        if self.change is None or self.measure == "decimals":
            return nearest
        if self.change == 0:
            return min(nearest, self.rounding(expected) * math.pow(10, -EXTRA_DIGITS))
        return min(nearest, _CHANGE_SHARE * abs(self.change))

    @property
    def widest(self) -> tuple[float, float]:
        """A share of c and a distance whose sum :meth:`tolerance` never exceeds: what sorts out what is far off."""
        match self.measure:
            case "significant_digits":
                return _SLACK * max(_ROUNDING, 100 * _LOOSE_SHARE) * math.pow(10, 1 - self.amount), 0.0
            case "relative":
                return self.amount, 0.0
            case "absolute" | "decimals":
                return 0.0, self._by_measure(0.0)
            case _:
                assert_never(self.measure)

    def _by_measure(self, expected: float) -> float:
        match self.measure:
            case "relative":
                return self.amount * abs(expected)
            case "absolute":
                return self.amount
            case "decimals":
                return self.rounding(expected)
            case "significant_digits":
                share = _LOOSE_SHARE * math.pow(10, 3 - self.amount) * abs(expected)
                return max(self.rounding(expected), min(share, _LOOSE_UNITS * self.unit(expected)))
            case _:
                assert_never(self.measure)

    def rounding(self, expected: float) -> float:
        """How far off a number may be that is ``expected`` rounded to the digits asked for."""
        return _ROUNDING * self.unit(expected)

    def unit(self, value: float) -> float:
        """What one unit of the last digit asked for is worth in this value; 0 where no digits are asked for."""
        match self.measure:
            case "significant_digits":
                return math.pow(10, leading_power(value) + 1 - self.amount) if value else 0.0
            case "decimals":
                return math.pow(10, -self.amount)
            case "relative" | "absolute":
                return 0.0
            case _:
                assert_never(self.measure)

    def last_unit(self, expected: float) -> float:
        """What one unit of the last digit is worth that an entry needs: of an update, one that shows its change."""
        unit = self.unit(expected)
        if self.change and self.measure == "significant_digits":
            return min(unit, math.pow(10, -places_of(self.change)))
        return unit

    def alike(self, value: float, expected: float) -> bool:
        """Do both round to the same number with the digits asked for (of an update, those that show its change)?"""
        unit = self.last_unit(expected)
        if not unit:
            return self.near(value, expected)
        first, second = (math.floor(number / unit + 0.5 + _FLOATS) for number in (value, expected))
        return first == second

    def near(self, value: float, expected: float) -> bool:
        """Is ``value`` within the tolerance of ``expected``?"""
        return within(value, expected, self.tolerance(expected))

    def is_finer(self, expected: float) -> bool:
        """Is this an updated parameter whose change shows only in more digits than the significant ones asked for?"""
        by_digits = self.measure == "significant_digits"
        return by_digits and bool(self.change) and self.places(expected) > self._places_of_digits(expected)

    def is_by_places(self, expected: float) -> bool:
        """Is the value ``expected`` asked for with a number of digits behind the point?"""
        return self.measure == "decimals" or self.is_finer(expected)

    def places(self, expected: float) -> int:
        """With how many decimals an entry for an updated parameter is fine enough; below 0 for tens and hundreds."""
        digits = self._places_of_digits(expected)
        if self.measure == "decimals":
            return int(self.amount)
        return max(places_of(self.change), digits) if self.change else digits

    def _places_of_digits(self, expected: float) -> int:
        return int(self.amount) - 1 - leading_power(expected) if expected else 0

    def tell_digits(self, expected: float) -> str:
        """How finely the value ``expected`` is asked for, as a noun: ``3 significant digits``."""
        if self.is_finer(expected):
            places = self.places(expected)
            if places > 0:
                return many(places, "decimal")
            return many(places + 1 + leading_power(expected), "significant digit")
        return self._precision.said if self._precision else "more digits"

    def shown(self, value: float) -> str:
        """A value as it is shown where answers are judged by this rule."""
        return self._precision.shown(value) if self._precision else to_text(value, _SHOWN)

    @property
    def _precision(self) -> Precision | None:
        if self.measure in ("significant_digits", "decimals"):
            return Precision(int(self.amount), self.measure)
        return None

    def request(self, expected: float) -> str:
        """What to ask of an entry with too few digits, where ``expected`` is right."""
        return f"give {self.needed(expected)}"

    def needed(self, expected: float) -> str:
        """How many digits an entry needs where ``expected`` is right, and why, if it is more than usual."""
        return f"{self.tell_digits(expected)}{', so that the change shows' if self.is_finer(expected) else ''}"


def places_of(change: float) -> int:
    """The number of decimals in which two digits of a change show. ``change`` is not 0."""
    return 1 - leading_power(change)


def within(value: float, expected: float, distance: float) -> bool:
    """Is |value − expected| ≤ distance, apart from what floating point itself loses?"""
    return abs(value - expected) <= distance + _FLOATS * min(abs(value), abs(expected))


def rule(significant_digits: int | None = None, relative: float | None = None, absolute: float | None = None,
         decimals: int | None = None) -> Rule:
    """The rule that the one argument states; 3 significant digits where none is given.

    Raises ValueError for more than one argument, or one that is impossible.
    """
    given: dict[Measure, float | None] = {
        "significant_digits": significant_digits, "relative": relative, "absolute": absolute, "decimals": decimals,
    }
    stated = [(measure, amount) for measure, amount in given.items() if amount is not None]
    if len(stated) > 1:
        names = " and ".join(measure for measure, _ in stated)
        raise ValueError(f"{names} are given: state exactly one rule")
    if not stated:
        return Rule()
    measure, amount = stated[0]
    if measure in ("relative", "absolute"):
        if not (isinstance(amount, int | float) and math.isfinite(amount) and amount >= 0):
            raise ValueError(f"{measure} is {amount!r}: it must be a finite number, 0 or above")
    elif not isinstance(amount, int) or isinstance(amount, bool) or not 0 <= amount <= 15:
        raise ValueError(f"{measure} is {amount!r}: it must be a whole number up to 15")
    elif measure == "significant_digits" and amount == 0:
        raise ValueError("significant_digits is 0: at least 1 is needed")
    return Rule(measure, amount)
