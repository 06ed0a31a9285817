"""Numbers as people write them: read, and judged by significant digits."""

from __future__ import annotations

import math
import random
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.effort import examples, rounds
from tests.maths.expressions import expressions
from tui_backprop.maths.plain import plain
from tui_backprop.tutor.numbers import agrees, check_number, judge, read_number
from tui_backprop.tutor.readings import Judgement, Reading, Unread
from tui_backprop.tutor.rules import Rule

finite = st.floats(min_value=-1e12, max_value=1e12, allow_subnormal=False).filter(lambda c: c == 0 or abs(c) > 1e-9)


@pytest.mark.parametrize(("text", "expected", "verdict"), [
    # Exercise 2's ∂C/∂a_k = −1.20536 in the spellings people use.
    ("-1.205", -1.20536, "correct"), ("−1.205", -1.20536, "correct"), ("−1,2054", -1.20536, "correct"),
    ("2*(0.397-1)", -1.20536, "correct"), ("2(0,397 − 1)", -1.20536, "correct"), ("-1.21", -1.20536, "correct"),
    ("-1.20", -1.20536, "correct"), ("-1205/1000", -1.20536, "correct"), ("-12.05e-1", -1.20536, "correct"),
    ("1.205", -1.20536, "wrong"), ("-0.603", -1.20536, "wrong"), ("-1.22", -1.20536, "wrong"), ("-1.19", -1.20536,
    "wrong"),
    # Right to the digits typed, and fewer than asked.
    ("-1.2", -1.2054, "too_coarse"), ("-1", -1.2054, "too_coarse"), ("-1.3", -1.2054, "wrong"), ("0.6", 0.602,
    "too_coarse"),
    ("0.4", 0.39732, "too_coarse"), ("-.8", -0.76, "too_coarse"), ("1200", 1234.5, "too_coarse"), ("1e3", 1234.0,
    "too_coarse"),
    ("1e-7", 1.234e-7, "too_coarse"), ("0.0", 0.04, "wrong"), ("0", 0.3, "wrong"), ("-0", -1e-9, "wrong"),
    ("1", -1.2054, "wrong"), ("5", 5.02, "too_coarse"),
    # A whole number is not the first digit of a fraction, unless the fraction rounds to it.
    ("1", 0.6, "wrong"), ("1", 0.96, "too_coarse"), ("-1", -0.553, "wrong"), ("100", 62.0, "wrong"),
    ("0.1", 0.06, "wrong"), ("1", 0.94, "wrong"), ("1", 0.9, "wrong"), ("0.1", 0.089, "wrong"),
    # A whole number carries all its digits where the value is one, and may be filled up with zeros where it is none.
    ("110", 106.0, "wrong"), ("20", 15.0, "wrong"), ("110", 106.3, "too_coarse"), ("1200", 1234.0, "wrong"),
    # Three digits are three digits: no half a percent of anything.
    ("0.603", 0.6, "wrong"), ("0.602947", 0.6, "wrong"), ("0.9975", 0.99506, "wrong"), ("0.601", 0.6, "correct"),
    ("0.6009", 0.6, "correct"), ("201", 200.0, "correct"), ("1.006", 1.0, "wrong"), ("1.005", 1.0, "correct"),
    # Zeros at the end may be left out.
    ("0.24", 0.24, "correct"), ("1.2", 1.1996, "correct"), ("1", 1.0, "correct"), (".5", 0.5, "correct"), ("5.", 5.0,
    "correct"),
    ("1/2", 0.5, "correct"), ("½", 0.5, "correct"), ("1e-3", 0.001, "correct"), ("0.500", 0.5, "correct"),
    # An expression is never too coarse.
    ("2*0.3", 0.602, "wrong"),
    ("2*0.301", 0.60268, "correct"), ("-2*0.6", -1.2054, "correct"), ("1+0.3", 1.2054, "wrong"), ("sqrt(2)", 1.41421356,
    "correct"),
    ("max(2)", 2.0, "correct"), ("min(3, 1/2, max(0,1))", 0.5, "correct"), ("abs(-2)relu(3)step(1)sign(5)", 6.0,
    "correct"),
    # Nothing but 0 is 0.
    ("0", 0.0, "correct"), ("-0", 0.0, "correct"), ("0.0", 0.0, "correct"), ("0,00", 0.0, "correct"), ("1e-9", 0.0,
    "wrong"),
    ("0.3-0.1-0.2", 0.0, "correct"), ("0.7-0.7", 0.0, "correct"), ("1e-400", 0.0, "invalid"), ("0", -0.0, "correct"),
    # Questions and refusals.
    ("1,205", 1.205, "ambiguous"), ("1,205.3", 1205.3, "ambiguous"), ("−1,205", -1.205, "ambiguous"),
    ("", 1.0, "invalid"), ("hello", 1.0, "invalid"), ("a_k", 1.0, "invalid"), ("5%", 0.05, "invalid"),
    ("≈ 0.24", 0.24, "correct"), ("= 0.24", 0.24, "correct"), ("0.24.", 0.24, "correct"),
    ("0.48 * 0.5 = 0.24", 0.24, "correct"),
    ("0.24 =", 0.24, "invalid"), ("a_k = 0.24", 0.24, "correct"), ("z=0.24", 0.24, "correct"),
    ("(2+1)3", 9.0, "correct"), ("0.5x0.48", 0.24, "correct"), ("2ˆ3", 8.0, "correct"), ("([2)]", 2.0, "invalid"),
    ("（0.24）", 0.24, "correct"), ("❨0.24❩", 0.24, "correct"), ("idk", 0.24, "invalid"), ("hint", 0.24, "invalid"),
    ("No clue!", 0.24, "invalid"), ("??", 0.24, "invalid"), ("z = .24", 0.24, "correct"), ("0,5X0,48", 0.24, "correct"),
    ("0.5 x -0.48", -0.24, "correct"),
    ("{2)", 2.0, "invalid"), ("(2}", 2.0, "invalid"), ("｛2)", 2.0, "invalid"), ("2^{2}", 4.0, "correct"),
    ("⟨0.24⟩", 0.24, "correct"), ("z: 0.24", 0.24, "correct"), ("the answer is 0.24", 0.24, "correct"),
    ("12:50", 0.24, "invalid"), ("0.24?", 0.24, "correct"), ("24!", 24.0, "correct"),
    ("Any hint, please?", 0.24, "invalid"), ("about 0.24", 0.24, "correct"), ("approx. 0,24", 0.24, "correct"),
    ("negative 0.24", -0.24, "correct"), ("0.24;", 0.24, "correct"), ("2.4x10-1", 0.24, "ambiguous"),
    ("-2.4·10-1", -0.24, "ambiguous"), ("2.4x10^-1", 0.24, "correct"), ("(2*10)-1", 19.0, "correct"),
    ("1/0", 1.0, "invalid"), ("0/0", 1.0, "invalid"),
    ("exp(1000)", 1.0, "invalid"), ("1e400", 1.0, "invalid"), ("9^9^9^9", 1.0, "invalid"), ("ln(0)", 1.0, "invalid"),
    ("sqrt(-1)", 1.0, "invalid"), ("nan", 1.0, "invalid"), ("inf", 1.0, "invalid"), ("0^-1", 1.0, "invalid"),
    ("(-8)^(1/3)", -2.0, "invalid"), ("2 3", 6.0, "invalid"), ("__import__('os')", 1.0, "invalid"),
])
def test_three_significant_digits(text: str, expected: float, verdict: str) -> None:
    assert check_number(text, expected).verdict == verdict


@pytest.mark.parametrize(("text", "expected", "rule", "verdict"), [
    ("3.14", math.pi, {"significant_digits": 4}, "too_coarse"), ("3.142", math.pi, {"significant_digits": 4},
    "correct"),
    ("3", math.pi, {"significant_digits": 1}, "correct"), ("3.1", math.pi, {"relative": 0.02}, "correct"),
    ("3.0", math.pi, {"relative": 0.02}, "wrong"), ("3.2", math.pi, {"absolute": 0.06}, "correct"),
    ("3.21", math.pi, {"absolute": 0.06}, "wrong"), ("0.245", 0.24, {"absolute": 0.005}, "correct"),
    ("0.2451", 0.24, {"absolute": 0.005}, "wrong"), ("0.2", 0.24, {"absolute": 0.005}, "too_coarse"),
    ("3.14", math.pi, {"decimals": 2}, "correct"), ("3.1", math.pi, {"decimals": 2}, "too_coarse"),
    ("3.13", math.pi, {"decimals": 2}, "wrong"), ("0.004", 0.0, {"decimals": 2}, "correct"),
    ("3", math.pi, {"decimals": 0}, "correct"),
    ("0.24", 0.24, {"relative": 0}, "correct"), ("0.2400001", 0.24, {"absolute": 0}, "wrong"),
])
def test_other_rules(text: str, expected: float, rule: dict[str, Any], verdict: str) -> None:
    assert check_number(text, expected, **rule).verdict == verdict


@pytest.mark.parametrize(("rule", "named"), [
    ({"significant_digits": 3, "relative": 0.01}, "significant_digits and relative"), ({"absolute": 1, "decimals": 2},
    "exactly one"),
    ({"significant_digits": 0}, "significant_digits is 0"), ({"decimals": -1}, "decimals is -1"), ({"decimals": 1.5},
    "decimals is 1.5"),
    ({"relative": -0.1}, "relative is -0.1"), ({"absolute": math.nan}, "absolute is nan"),
    ({"significant_digits": True}, "True"),
])
def test_one_possible_rule_is_needed(rule: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        check_number("1", 1.0, **rule)


@pytest.mark.parametrize("expected", [math.nan, math.inf, -math.inf, "1"])
def test_the_right_value_must_be_a_number(expected: Any) -> None:
    with pytest.raises(ValueError, match="expected is"):
        check_number("1", expected)


@given(finite, st.floats(-1.5, 1.5))
def test_right_is_half_a_unit_of_the_third_digit_or_a_whole_one_within_half_a_percent(c: float, part: float) -> None:
    assume(abs(abs(part) - 1) > 1e-6)
    unit = 10.0 ** (Decimal(repr(c)).adjusted() - 2) if c else 0.0  # below 10^12 a logarithm is rounded up to 12
    entry = c + part * max(0.51 * unit, min(0.005 * abs(c), unit))
    assume(entry == c or len(f"{entry!r}".replace(".", "").replace("-", "").split("e")[0].strip("0")) > 3)
    verdict = check_number(repr(entry), c).verdict
    assert (verdict == "correct") == (abs(part) < 1 or entry == c)


def test_no_right_value_is_refused() -> None:
    """3,000 values in CI, rounded to 3 or more digits in every common way of writing them."""
    dice = random.Random(7)
    for _ in range(rounds(3_000)):
        c = dice.choice((-1, 1)) * 10 ** dice.uniform(-8, 6)
        for text in (f"{c:.3g}", f"{c:.{dice.randrange(4, 12)}g}", f"{c:.2e}", repr(c), f"{c:.3g}".replace("-", "−")):
            assert check_number(text, c).verdict == "correct", (text, c)


@given(finite.filter(lambda c: c != 0), st.integers(1, 2))
def test_the_value_rounded_too_far_is_never_called_wrong(c: float, digits: int) -> None:
    assert check_number(f"{c:.{digits}g}", c).verdict in ("correct", "too_coarse")


@given(st.floats(0.01, 10), st.floats(1e-7, 1.0), st.sampled_from([-1, 1]))
def test_the_old_weight_never_passes_for_the_new_one(weight: float, step: float, sign: int) -> None:
    new = weight + sign * step
    how = Rule(change=sign * step)
    assert judge(read_number(repr(weight)), new, how).verdict != "correct"
    rounded = f"{weight:.3g}"
    assert judge(read_number(rounded), new, how).verdict != "correct" or abs(float(rounded) - new) <= step / 20
    assert judge(read_number(repr(new)), new, how).verdict == "correct"


def test_an_update_is_shown_with_enough_decimals_that_its_change_shows() -> None:
    how = Rule(change=0.0001)
    assert judge(read_number("0.86"), 0.8601, how) == Judgement(
        "too_coarse", 0.86, "I read 0.86. That fits to 2 digits: give 5 decimals, so that the change shows.")
    assert judge(read_number("0.8600"), 0.8601, how).verdict == "wrong"
    assert judge(read_number("0.8601"), 0.8601, how).verdict == "correct"


@given(st.floats(0.001, 1000), st.floats(1e-7, 100.0), st.sampled_from([-1, 1]), st.integers(1, 6))
def test_an_update_rounded_as_finely_as_is_asked_is_right(
    weight: float, step: float, sign: int, digits: int,
) -> None:
    new, how = weight + sign * step, Rule(amount=digits, change=sign * step)
    asked = how.tell_digits(new)
    count = int(asked.split()[0])
    rounded = f"{new:.{count}f}" if "decimal" in asked else f"{new:.{max(count - 1, 0)}e}"
    assert judge(read_number(rounded), new, how).verdict == "correct", (rounded, asked)


@pytest.mark.parametrize(("value", "change", "asked"), [
    (0.7326, 0.0726, "give 3 significant digits"), (0.8601, 0.0001, "give 5 decimals, so that the change shows"),
    (0.895, 0.89, "give 3 significant digits"), (1234.5, 320.0, "give 3 significant digits"),
    (12345.0, 320.0, "give 4 significant digits, so that the change shows"),
    (1234.5, 1.5, "give 1 decimal, so that the change shows"), (0.0, 0.5, "give 2 decimals, so that the change shows"),
])
def test_more_decimals_are_asked_for_only_where_the_digits_do_not_show_the_change(
    value: float, change: float, asked: str,
) -> None:
    assert Rule(change=change).request(value) == asked


@pytest.mark.parametrize(("text", "old", "verdict"), [
    ("0.333", 1 / 3, "correct"), ("0.3333", 1 / 3, "correct"), ("0.33333", 1 / 3, "correct"), ("0.334", 1 / 3, "wrong"),
    ("0.3335", 1 / 3, "wrong"), ("0.6", 0.6, "correct"), ("0.600", 0.6, "correct"), ("0.603", 0.6, "wrong"),
    ("0.6001", 0.6, "wrong"), ("0.602947", 0.6, "wrong"), ("-0.301", -0.3, "wrong"), ("-0.2999", -0.3, "wrong"),
    ("-0.30", -0.3, "correct"), ("0.12", 0.1234, "too_coarse"), ("0.6 - 0.1*0", 0.6, "correct"), ("0", 0.0, "correct"),
    ("0.001", 0.0, "wrong"),
])
def test_a_weight_that_does_not_change_is_the_old_one_in_all_digits(text: str, old: float, verdict: str) -> None:
    assert judge(read_number(text), old, Rule(change=0.0)).verdict == verdict


def test_several_values_may_count_as_right() -> None:
    exact, from_the_screen = 0.3632231824, 0.3636
    assert judge(read_number("0.36360"), [exact], Rule("significant_digits", 4)).verdict == "wrong"
    assert judge(read_number("0.36360"), [exact, from_the_screen], Rule("significant_digits", 4)).verdict == "correct"
    assert judge(read_number("0"), [5.5e-17, 0.0]).verdict == "correct"


@examples(400)
@given(st.one_of(expressions.map(plain), st.text(alphabet="0123456789.,eE+-*/^()|%=≈ maxepi²½", max_size=30)), finite)
def test_any_text_is_judged(text: str, expected: float) -> None:
    judgement = check_number(text, expected)
    assert (judgement.value is None) == (judgement.verdict in ("invalid", "ambiguous"))
    assert judgement.message.isprintable()
    assert 0 <= judgement.start <= judgement.end <= max(len(text), 1)


@pytest.mark.parametrize("digits", range(1, 13))
def test_a_value_between_two_roundings_agrees_with_either(digits: int) -> None:
    """1.26979965 is 1.2697996 to a computer and 1.2697997 by hand, in any number of digits."""
    unit = 10.0 ** (1 - digits)
    between = 1 + 2.5 * unit if digits > 1 else 3.5
    for side in (-unit / 2, unit / 2):
        reading = read_number(f"{between + side:.{digits - 1}f}")
        assert isinstance(reading, Reading)
        assert agrees(reading, between, Rule(amount=digits))


NAMES = {"a_k": "a 2:k", "ak": "a 2:k", "y": "y 2:k", "a_j": "a 1:j"}


def test_names_that_are_known_by_now_may_be_used_and_no_others() -> None:
    known = {"a 2:k": 0.397, "y 2:k": 1.0}
    reading = read_number("2(aₖ − y)", NAMES, known)
    assert isinstance(reading, Reading)
    assert reading.value == pytest.approx(-1.206)
    assert reading.said == "I read −1.206."
    assert judge(reading, -1.20536).verdict == "correct"
    early = read_number("2a_j", NAMES, known)
    assert isinstance(early, Unread)
    assert "not found yet" in early.message
    exact = read_number("a_k - 0.3 - y", NAMES, {"a 2:k": 0.4, "y 2:k": 0.1})
    assert isinstance(exact, Reading)
    assert exact.value == 0  # as a person reckons; with floats it is 3e-17
    unknown = read_number("2(a_q - y)", NAMES, known)
    assert isinstance(unknown, Unread)
    assert (unknown.start, unknown.end) == (2, 5)
    assert unknown.message == "I do not know “a_q”. Did you mean a_j or a_k?"


@pytest.mark.parametrize(("text", "message"), [
    ("-0.603", "I read −0.603. That is not the value asked for."),
    ("0.397-1", "I read −0.603. That is not the value asked for."),
    ("-1.205", "I read −1.205. That is right."),
    ("-1.2", "I read −1.2. That fits to 2 digits: give 3 significant digits."),
    ("1/2e", "1/2e is read from left to right, as (1/2) * e. I read 1.35914. That is not the value asked for."),
    ("-1,205", "With three digits after its comma 1,205 could be a decimal or thousands: type 1.205 or 1205."),
    ("-1", "I read −1. That fits to 1 digit: give 3 significant digits."),
    ("1/0", "This divides by 0, which has no value."),
    ("−1.205x10-2", "Is that a power of 10? Then type −1.205e-2."),
    ("3 =", "Leave out the “=”: type only the answer itself."),
    ("exp(1000)", "This is too large to be a number here."),
    ("sqrt(0-4)", "sqrt has a value only for 0 and numbers above it."),
])
def test_what_is_said(text: str, message: str) -> None:
    assert check_number(text, -1.2054).message == message
