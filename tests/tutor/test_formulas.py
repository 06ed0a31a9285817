"""Formulas as people write them, compared with the right one."""

from __future__ import annotations

import pytest

from tui_backprop.tutor.formulas import check_formula, spellings


@pytest.mark.parametrize(("text", "expected", "variables", "verdict"), [
    ("2(a_k - y)", "2*a_k - 2*y", ["a_k", "y"], "equivalent"), ("2ak-2y", "2*a_k - 2*y", ["a_k", "y"], "equivalent"),
    ("2(aₖ − y)", "2*a_k - 2*y", ["a_k", "y"], "equivalent"), ("-2(y - a_k)", "2*a_k - 2*y", ["a_k", "y"],
    "equivalent"),
    ("2(a_k^(L) - y)", "2*a_k - 2*y", ["a_k", "y"], "equivalent"), ("(a_k-y)·2", "2*a_k - 2*y", ["a_k", "y"],
    "equivalent"),
    ("2(y - a_k)", "2*a_k - 2*y", ["a_k", "y"], "different"), ("a_k - y", "2*a_k - 2*y", ["a_k", "y"], "different"),
    ("(a_k - y)²", "2*a_k - 2*y", ["a_k", "y"], "different"), ("2(a_q - y)", "2*a_k - 2*y", ["a_k", "y"], "invalid"),
    ("", "2*a_k - 2*y", ["a_k", "y"], "invalid"), ("2(a_k - y", "2*a_k - 2*y", ["a_k", "y"], "invalid"),
    ("3x²", "3x^2", ["x"], "equivalent"), ("3x^3", "3x^2", ["x"], "different"), ("3xx", "3x^2", ["x"], "equivalent"),
    ("wjk·aj", "w_jk^(L) a_j^(L-1)", ["w_jk^(L)", "a_j^(L-1)"], "equivalent"),
    ("w_jk^(L)a_j^(L−1)", "w_jk a_j", ["w_jk", "a_j"], "equivalent"), ("σ(z)(1-σ(z))", "a(1-a)", ["z", "a"],
    "different"),
    ("a(1-a)", "a - a^2", ["a"], "equivalent"), ("δ_k a_j", "a_j*δ_k", ["δ_k", "a_j"], "equivalent"),
    ("delta_k aj", "a_j*δ_k", ["δ_k", "a_j"], "equivalent"), ("w - r g", "w - r*g", ["w", "r", "g"], "equivalent"),
    ("sqrt(-1-x^2)", "sqrt(-2-x^2)", ["x"], "undecided"),
])
def test_verdicts(text: str, expected: str, variables: list[str], verdict: str) -> None:
    assert check_formula(text, expected, variables=variables).verdict == verdict


def test_a_positive_variable_makes_more_forms_equivalent() -> None:
    assert check_formula("2ln(x)", "ln(x^2)", ["x"]).verdict == "different"
    assert check_formula("2ln(x)", "ln(x^2)", ["x"], positive=["x"]).verdict == "equivalent"
    assert check_formula("-y/a", "-(y/a)", ["a", "y"], positive=("a",)).verdict == "equivalent"


def test_what_is_said() -> None:
    right = check_formula("2(aₖ−y)", "2a_k-2y", ["a_k", "y"])
    assert (right.message, right.reading) == ("I read 2 * (a_k - y). That is right.", "2 * (a_k - y)")
    noted = check_formula("1/2x", "1/(2x)", ["x"])
    assert noted.verdict == "different"
    assert noted.message == (
        "1/2x is read from left to right, as (1/2) * x. I read 1 / 2 * x. That is not the expression asked for.")
    unread = check_formula("2(a_q - y)", "2a_k-2y", ["a_k", "y"])
    assert (unread.message, unread.start, unread.end) == ("I do not know “a_q”. Did you mean a_k?", 2, 5)


def test_what_stands_before_an_equals_sign_is_not_judged() -> None:
    right = check_formula("dC/da = 2(a - y)", "2a-2y", ["a", "y"])
    assert (right.verdict, right.reading) == ("equivalent", "2 * (a - y)")
    unread = check_formula("f'(x) = 2q", "2a-2y", ["a", "y"])
    assert (unread.verdict, unread.start, unread.end) == ("invalid", 9, 10)


def test_a_spelling_that_two_variables_share_is_neither_s() -> None:
    known = spellings(["a_k^(L)", "a_k^(L-1)", "y"])
    assert "a_k" not in known
    assert known["ak^(L-1)"] == "a_k^(L-1)"
    assert spellings(["a_k", "ak"]).get("ak") == "ak"


def test_mistakes_of_the_caller_are_named() -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        check_formula("x", "2(q", ["x"])
    with pytest.raises(ValueError, match="positive names q"):
        check_formula("x", "x", ["x"], positive=["q"])
