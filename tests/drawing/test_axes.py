"""Scales, ticks and the numbers at them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_backprop.drawing.plots.axes import Scale, height_range, powers, tick_texts, ticks

FINITE = st.floats(-1e9, 1e9)


@given(FINITE, FINITE, st.integers(1, 12))
def test_ticks_are_round_and_within(low: float, high: float, most: int) -> None:
    found = ticks(low, high, most)
    assert len(found) <= most
    room = 1e-7 * (high - low)
    assert all(low - room <= tick <= high + room for tick in found)
    if len(found) > 2:
        step = (found[-1] - found[0]) / (len(found) - 1)
        assert f"{step:.2e}"[:4] in ("1.00", "2.00", "2.50", "5.00")


@pytest.mark.parametrize(("low", "high", "most", "expected"), [
    (0, 1, 5, ("0.00", "0.25", "0.50", "0.75", "1.00")), (-1, 3, 5, ("−1", "0", "1", "2", "3")),
    (0, 2.5, 6, ("0.0", "0.5", "1.0", "1.5", "2.0", "2.5")), (0, 0.003, 4, ("0.000", "0.001", "0.002", "0.003")),
    (0.363220, 0.363226, 5, ("0.36322", "0.363222", "0.363224", "0.363226")),
    (0, 4e7, 5, ("0", "10000000", "20000000", "30000000", "40000000")),
])
def test_numbers_at_ticks_have_as_many_decimals_each(
    low: float, high: float, most: int, expected: tuple[str, ...]
) -> None:
    assert tick_texts(ticks(low, high, most)) == expected


def test_what_is_counted_has_whole_ticks() -> None:
    assert ticks(0, 10, 5) == (0, 2.5, 5, 7.5, 10)
    assert ticks(0, 10, 5, whole=True) == (0, 5, 10)
    assert ticks(0, 2, 7, whole=True) == (0, 1, 2)


def test_there_are_no_ticks_where_there_is_no_stretch() -> None:
    for low, high in ((1, 1), (2, 1), (math.nan, 1), (0, math.inf)):
        assert ticks(low, high, 5) == ()
        assert powers(low, high, 5) == ()


def test_powers_of_ten_on_a_logarithmic_scale() -> None:
    assert powers(0.001, 10, 5) == pytest.approx((0.001, 0.01, 0.1, 1, 10))
    assert powers(1, 10, 5) == pytest.approx((1, 2, 5, 10))
    assert len(powers(1e-300, 1e300, 6)) in range(2, 7)


@given(st.floats(1e-6, 1e6), st.floats(1.001, 1e6), st.floats(0, 1), st.booleans())
def test_a_scale_leads_there_and_back(low: float, times: float, share: float, log: bool) -> None:
    scale = Scale(low, low * times, 3.0, 97.0, log)
    place = 3 + share * 94
    assert scale.at(scale.value(place)) == pytest.approx(place, abs=1e-4)
    assert math.isnan(scale.at(math.nan))
    assert math.isnan(Scale(low, low * times, 0, 1, log=True).at(0))


def test_a_few_heights_far_above_the_others_are_cut_off() -> None:
    low, high = height_range([n / 100 for n in range(100)] + [1e6, math.inf, math.nan])
    assert low <= 0
    assert 1 < high < 10
    assert height_range([1e6] * 3 + [0.0] * 97, inside=[1e6])[1] > 1e6


def test_heights_that_are_all_one_have_room_around_them() -> None:
    assert height_range([0.25, 0.25]) == (-0.25, 0.75)
    assert height_range([]) == (0.0, 1.0)
