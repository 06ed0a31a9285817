"""Numbers shown to people, exact values, and why there is none."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_backprop.maths.exact import exact
from tui_backprop.maths.numerals import leading_power, round_to_text, to_places, to_text
from tui_backprop.maths.parse import parse
from tui_backprop.maths.undefined import why_undefined


@pytest.mark.parametrize(("value", "digits", "text"), [
    (0.39732, 3, "0.397"), (-1.20536, 3, "−1.21"), (-1.20536, 5, "−1.2054"), (0.0, 3, "0"), (-0.0, 3, "0"), (1.0, 3,
    "1"),
    (784.0, 2, "784"), (0.5, 3, "0.5"), (1.5e-7, 3, "1.5e−7"), (0.00012345, 3, "0.000123"), (1234.5, 3, "1235"),
    (-14503.25, 4, "−14503"), (9999.6, 3, "10000"), (0.99996, 4, "1"),
    (1e20, 3, "1e20"), (-2.5e300, 3, "−2.5e300"), (0.9996, 3, "1"), (math.nan, 3, "undefined"), (math.inf, 3,
    "too large"), (0.3925, 3, "0.393"), (0.3775, 3, "0.378"), (-0.3925, 3, "−0.393"), (2.675, 3, "2.68"),
])
def test_shown(value: float, digits: int, text: str) -> None:
    assert to_text(value, digits) == text


def test_rounded_to_so_many_digits_even_before_the_point() -> None:
    numbers = (1920.8, 784.0, -0.0123456, math.inf)
    assert [round_to_text(number, 2) for number in numbers] == ["1900", "784", "−0.012", "too large"]


@given(st.floats(-1e300, 1e300), st.integers(1, 17))
def test_shown_is_the_value_rounded(value: float, digits: int) -> None:
    read = float(to_text(value, digits).replace("−", "-"))
    assert read == pytest.approx(value, rel=0.51 * 10.0 ** (1 - digits), abs=0)


@given(st.floats(allow_nan=False, allow_infinity=False).filter(bool))
def test_leading_power(value: float) -> None:
    first = Fraction(10) ** leading_power(value)
    assert first <= Fraction(repr(abs(value))) < 10 * first


@pytest.mark.parametrize(("text", "value"), [
    ("0.3 - 0.1 - 0.2", Fraction(0)), ("1/3 + 1/6", Fraction(1, 2)), ("2^-3", Fraction(1, 8)),
    ("max(1/3, 0.3)", Fraction(1, 3)),
    ("abs(-2)*sign(-3)*step(2)", Fraction(-2)), ("max(2)", Fraction(2)), ("1/0", None), ("sqrt(4)", None), ("x", None),
    ("2^0.5", None), ("9^9^9", None), ("0^-1", None), ("pi", None), ("(1/3)^999", Fraction(1, 3**999)),
    ("(1/3)^99999", None),
    ("10^400^2", None),
])
def test_exact(text: str, value: Fraction | None) -> None:
    assert exact(parse(text)) == value


@pytest.mark.parametrize(("text", "reason"), [
    ("1 + 2/(3 - 3)", "divides by 0"), ("ln(0)", "above 0"), ("log(1 - 2)", "above 0"), ("sqrt(-1)",
    "0 and numbers above"),
    ("0^-2", "no negative powers"), ("(-8)^(1/3)", "no such power"), ("exp(1000)", "too large"), ("1e308*10",
    "too large"),
    ("ln(1/0)", "divides by 0"), ("exp(exp(9)) - exp(exp(9))", "too large"),
])
def test_why_there_is_no_value(text: str, reason: str) -> None:
    assert reason in why_undefined(parse(text), dict[str, float]().__getitem__)


def test_so_many_places_and_a_half_upwards() -> None:
    assert [to_places(*pair) for pair in ((0.3925, 3), (-0.3925, 3), (2.675, 2), (1.0, 2), (1e300, 0), (1e-9, 4))] == [
        "0.393", "-0.393", "2.68", "1.00", "1" + 300 * "0", "0.0000"]
