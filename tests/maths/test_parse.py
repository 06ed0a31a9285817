"""What people type, read as the grammar says, or refused with a sentence and a place."""

from __future__ import annotations

import math
import os
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import examples, rounds
from tests.maths.expressions import NAMES, expressions
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Add, Expr, Mul, Neg, Pow, Symbol, number, walk
from tui_backprop.maths.parse import LIMITS, AmbiguousError, Limits, ParseError, parse, read
from tui_backprop.maths.plain import plain
from tui_backprop.maths.spelling import Vocabulary

FUZZ = int(os.environ.get("TUI_BACKPROP_FUZZ", rounds(4_000)))
"""How many random strings to try. The long run: ``TUI_BACKPROP_FUZZ=200000 pytest tests/maths/test_parse.py``."""

SPELLINGS = {
    "a_k": "ak", "ak": "ak", "a_k^(L)": "ak", "a_j": "aj", "aj": "aj", "a_j^(L-1)": "aj", "y": "y", "x": "x",
    "w_jk": "w", "w_jk^(L)": "w", "w_jk'": "w2", "∂C/∂a_k": "g", "dC/da_k": "g", "δ_k": "d", "w_{1,12}": "w12",
    "r": "r",
    "a_1": "a1",
}
VALUES = {"ak": 0.397, "aj": 0.602, "y": 1.0, "x": 3.0, "w": 0.66, "w2": 0.7, "g": -1.2, "d": 0.3, "w12": 5.0, "r": 0.1,
          "a1": 7.0}


def value(text: str) -> float:
    return evaluate(parse(text, SPELLINGS), VALUES.__getitem__)


@pytest.mark.parametrize(("text", "expected"), [
    ("-0.76", -0.76), (".5", 0.5), ("5.", 5.0), ("−0,24", -0.24), (",5", 0.5), ("−1,2054", -1.2054), ("1/2", 0.5),
    ("1e-3", 0.001), ("1E3", 1000.0), ("2.5e2", 250.0), ("0,24e1", 2.4), ("2*(0.24-1)", -1.52), ("+3", 3.0),
    ("½", 0.5), ("¾x", 2.25), ("２＋３", 5.0), ("٣", 3.0), ("1234,5", 1234.5), ("0,241", 0.241),
    ("2ak-2y", -1.206), ("2(a_k − y)", -1.206), ("2(aₖ−y)", -1.206), ("2 (a_k^(L) - y)", -1.206), ("2[a_k-y]", -1.206),
    ("2·a_k⋅y×1", 0.794), ("0.5a_j", 0.301), ("a_jw_jk", 0.602 * 0.66), ("ajak", 0.602 * 0.397), ("a_j^(L−1)", 0.602),
    ("wⱼₖ⁽ᴸ⁾aⱼ⁽ᴸ⁻¹⁾", 0.602 * 0.66), ("w^(L)_jk", 0.66), ("w^{(L)}_{jk}", 0.66), ("w_{jk}", 0.66), ("w_{j k}", 0.66),
    ("w_jk'", 0.7), ("w_jk′", 0.7), ("wⱼₖ′", 0.7), ("w_{1,12}", 5.0), ("w_{1 12}", 5.0), ("w_1,12", 5.0),
    ("∂C/∂aₖ", -1.2), ("∂C/∂a_k·2", -2.4), ("dC/da_k", -1.2), ("∂C / ∂a_k", -1.2), ("delta_k", 0.3), ("δₖ", 0.3),
    ("a_1x", 21.0), ("a₁", 7.0), ("a_ k", 0.397),
    ("x²", 9.0), ("x⁻²", 1 / 9), ("aₖ²", 0.397**2), ("x^2", 9.0), ("x**2", 9.0), ("x^{2}", 9.0), ("a_k^(2)", 0.397**2),
    ("2x²y", 18.0), ("-x^2", -9.0), ("(-x)^2", 9.0), ("-x²", -9.0), ("2^3^2", 512.0), ("2^-1", 0.5),
    ("2^-x^2", 2.0**-9),
    ("x²⁺¹", 27.0), ("4--3", 7.0), ("4-+3", 1.0), ("2*-3", -6.0), ("--3", 3.0), ("-x y", -3.0),
    ("1/2x", 1.5), ("1/2(x+1)", 2.0), ("1/2*x", 1.5), ("8/2/2", 2.0), ("8-2-2", 4.0), ("6÷2", 3.0), ("2-(3-4)", 3.0),
    ("exp(0)", 1.0), ("e^2", math.e**2), ("2e", 2 * math.e), ("2pi", 2 * math.pi), ("π", math.pi), ("x e", 3 * math.e),
    ("ln(e)", 1.0), ("log(e)", 1.0), ("sqrt(4)x", 6.0), ("√(4)", 2.0), ("xexp(0)", 3.0), ("σ(0)", 0.5),
    ("ReLU(x)", 3.0),
    ("max(1,2)", 2.0), ("max(0,5)", 5.0), ("min(1, x, -2)", -2.0), ("max(1.5,2,5)", 5.0), ("max((1,5),1)", 1.5),
    ("step(0)", 0.0), ("sign(-x)", -1.0), ("abs(1-x)", 2.0), ("|1-x|", 2.0), ("2|1-x|x", 12.0), ("|-1||x|", 3.0),
    ("2|x-|y-x||", 2.0), ("(|x|)", 3.0), ("leaky_relu(-x)", -0.03), ("tanh(0)+softplus(0)", math.log(2)),
])
def test_reads(text: str, expected: float | None) -> None:
    if expected is None:
        with pytest.raises(ParseError):
            value(text)
    else:
        assert value(text) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("text", "start", "end", "words"), [
    ("", 0, 0, "Nothing is typed"), ("   ", 0, 3, "Nothing is typed"),
    ("2(a_k - y", 1, 2, "never closed"), ("2(a_k] - y)", 5, 6, "does not fit"), ("a_k - y)", 7, 8, "never opened"),
    ("2*()", 3, 4, "Nothing stands in the brackets"), ("|x", 0, 1, "never closed"), ("x +", 2, 3, "after the “+”"),
    ("x × ", 2, 4, "after the “×”"), ("* x", 0, 1, "before “*”"), ("x */ y", 3, 4, "before “/”"),
    ("2 3", 2, 3, "side by side"), ("2½", 1, 2, "side by side"), ("x2", 0, 2, "I do not know “x2”"),
    ("x²3", 2, 3, "side by side"),
    ("2(a_q - y)", 2, 5, "Did you mean a_k?"), ("2·aᵩ", 2, 4, "I do not know “aᵩ”"),
    ("a_12", 0, 4, "I do not know “a_12”"), ("a_k'", 0, 4, "I do not know “a_k'”"), ("epoch", 0, 5, "“epoch”"),
    ("w_jk^(L-1)", 0, 10, "Did you mean w_jk^(L)?"), ("sigmod(x)", 0, 6, "Did you mean sigmoid?"),
    ("ln x", 0, 2, "brackets"), ("abs(1, 2)", 0, 9, "takes one value"), ("max(1,,2)", 6, 7, "comma"), ("x,y", 1, 2,
    "comma"),
    ("1.2.3", 0, 5, "more than one decimal point"), ("5,", 1, 2, "comma"), ("x = 3", 2, 3, "Leave out the “=”"),
    ("5%", 1, 2, "0.05"), ("≈ 3", 0, 1, "≈"), ("0.333…", 5, 6, "dots"), ("\\frac{1}{2}", 0, 1, "LaTeX"),
    ("1e401", 0, 5, "power of ten"), ("1" * 61, 0, 61, "60 digits"), ("1e" + "9" * 300, 0, 302, "too long"),
    ("\x1b[31m", 0, 1, "U+001B"), ("x\x00", 1, 2, "U+0000"), ("x" * 401, 400, 401, "400 characters"),
    ("(" * 61 + "1" + ")" * 61, 60, 61, "nested"), ("-" * 70 + "1", 60, 61, "nested"), ("1" + "+1" * 150, 200, 301,
    "long"),
])
def test_refuses_with_a_sentence_and_a_place(text: str, start: int, end: int, words: str) -> None:
    with pytest.raises(ParseError) as refusal:
        parse(text, SPELLINGS)
    assert words in refusal.value.message
    assert (refusal.value.start, refusal.value.end) == (start, end)
    assert refusal.value.message.isprintable()


@pytest.mark.parametrize("text", ["1,205", "12,205", "123,456", "1,205,300", "1,205.3", "1.205,3", "1.205.300",
    "-1,205", "1 000 000", "1'000'000", "12 345,5"])
def test_asks_where_a_comma_a_space_or_a_stroke_could_part_thousands(text: str) -> None:
    with pytest.raises(AmbiguousError):
        parse(text)


@pytest.mark.parametrize(("text", "note"), [
    ("1/2x", "1/2x is read from left to right, as (1/2) * x."),
    ("3 + 1/2(x+1)", "1/2(…) is read from left to right, as (1/2) * (…)."),
    ("e^2x", "e^2x is read from left to right, as (e^2) * x."),
])
def test_notes_what_could_be_meant_otherwise(text: str, note: str) -> None:
    assert read(text, SPELLINGS).notes == (note,)


@pytest.mark.parametrize("text", ["(1/2)x", "1/2*x", "x^2y", "2(x+1)", "1/(2x)"])
def test_does_not_note_what_is_plain(text: str) -> None:
    assert read(text, SPELLINGS).notes == ()


@pytest.mark.parametrize(("text", "expected"), [
    ("q * f", Mul((Symbol("q"), Symbol("f")))), ("2h_out", Mul((number(2), Symbol("h_out")))),
    ("x1^2", Pow(Symbol("x1"), number(2))), ("xy", Symbol("xy")), ("w'", Symbol("w'")),
    ("a_k^(L-1)", Symbol("a_k^(L-1)")), ("a_k^2", Pow(Symbol("a_k"), number(2))),
    ("x - y + 1", Add((Symbol("x"), Neg(Symbol("y")), number(1)))),
    ("x - (y + 1)", Add((Symbol("x"), Neg(Add((Symbol("y"), number(1))))))),
    ("(x + y) + 1", Add((Add((Symbol("x"), Symbol("y"))), number(1)))),
])
def test_keeps_the_shape_and_takes_any_word_for_a_name_where_none_are_given(text: str, expected: Expr) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(("text", "same"), [
    ("2 x -.5 a", "2*(-.5)*a"), ("2 x (a-y)", "2*(a-y)"), ("2x(a-y)x3", "2*(a-y)*3"), ("(a-y) x a", "(a-y)*a"),
    ("a x .5", "a*.5"),
    ("2 times a squared minus y over 2", "2*a^2-y/2"), ("minus a cubed plus Y0 Times 3", "-a^3+y0*3"),
    ("a divided by 3", "a/3"),
])
def test_signs_may_be_typed_as_they_are_heard(text: str, same: str) -> None:
    names = {"a": "a", "y": "y", "y0": "y0", "Y0": "y0"}
    assert parse(text, names) == parse(same, names)


@pytest.mark.parametrize("text", ["2xa", "2x", "x a", "2 x", "2x - y", "2xx", "times a", "timesa"])
def test_an_x_that_is_no_times_sign_is_a_letter(text: str) -> None:
    with pytest.raises(ParseError):
        parse(text, {"a": "a", "y": "y"})
    assert parse("2 x a", {"a": "a", "x": "x", "times": "times"}) == parse("2*x*a", {"a": "a", "x": "x"})


def test_known_names_shadow_the_constants_and_the_longest_wins() -> None:
    names = {"e": "error", "ab": "ab", "a": "a", "b": "b", "max": "max"}
    assert parse("e", names) == Symbol("error")
    assert parse("ab", names) == Symbol("ab")
    assert parse("ba", names) == Mul((Symbol("b"), Symbol("a")))
    assert parse("max a", names) == Mul((Symbol("max"), Symbol("a")))


@pytest.mark.parametrize(("text", "expected"), [
    ("A_J", 0.602), ("AK", 0.397), ("Y", 1.0), ("R", 0.1), ("2Y+R", 2.1), ("W_jk'", 0.7), ("w_112", 5.0),
    ("w_1,1", None),
    ("Delta_k", 0.3), ("max(A_j,5)", 5.0), ("aJaK", None),
])
def test_capitals_and_commas_do_not_matter_where_one_name_is_meant(text: str, expected: float | None) -> None:
    if expected is None:
        with pytest.raises(ParseError):
            value(text)
    else:
        assert value(text) == pytest.approx(expected)


def test_a_capital_that_is_another_name_stays_one() -> None:
    assert evaluate(parse("2X", {"x": "x", "X": "big"}), {"x": 1.0, "big": 5.0}.__getitem__) == 10.0
    with pytest.raises(ParseError, match="I do not know"):
        parse("AB", {"aB": "one", "Ab": "other"})


def test_a_large_vocabulary_is_prepared_once() -> None:
    known = Vocabulary({f"w_{{{i},{j}}}": f"w 1:{i}->{j}" for i in range(100) for j in range(100)})
    assert parse("w_{12,34} + w_{1,2}", known) == Add((Symbol("w 1:12->34"), Symbol("w 1:1->2")))


def test_limits_can_be_lifted_for_the_tutor_s_own_long_sums() -> None:
    text = " + ".join(f"0.{n}*1" for n in range(1, 785))
    assert isinstance(parse(text, limits=Limits(characters=100_000, tokens=10_000)), Add)
    with pytest.raises(ParseError):
        parse(text)


def _same(a: float, b: float) -> bool:
    return (math.isnan(a) and math.isnan(b)) or a == b or math.isclose(a, b, rel_tol=1e-9)


@examples(200)
@given(expressions)
def test_plain_text_is_read_back_to_the_same_value(expr: Expr) -> None:
    text = plain(expr)
    again = parse(text, {name: name for name in NAMES}, Limits(characters=100_000, tokens=10_000))
    point = {"x": 0.7, "y": -1.3, "a_k": 2.25, "w_jk'": 0.4}.__getitem__
    assert _same(evaluate(again, point), evaluate(expr, point)), text
    assert plain(again) == plain(parse(plain(again), {name: name for name in NAMES}, Limits(100_000, 10_000)))


@pytest.mark.parametrize("text", [
    "2 * (a_k - y)", "a_k - (y - x)", "a_k - y - x", "-x^2", "(-x)^2", "2^3^2", "(2^3)^2", "1 / 2 * x", "1 / (2 * x)",
    "x * (y / 2)", "x / (y / 2)", "2 * -x", "-(x + y)", "exp(-x)", "max(x, y, -1)", "x^(1 / 2)", "0.001 * x",
    "1e-30 * x",
])
def test_plain_text_has_no_bracket_it_does_not_need(text: str) -> None:
    assert plain(parse(text, {name: name for name in NAMES})) == text


_SOUP = ["a_k", "ak", "y", "w_jk", "x", "∂C/∂a_k", "2", "0.5", "1,205", "1e9", "e", "pi", "exp(", "max(", "(", ")",
    "+", "-",
         "−", "*", "**", "^", "/", ",", ".", "²", "ₖ", "⁽ᴸ⁾", "^(L)", "{", "}", "|", "½", "'", "_", " ", "√", "σ(",
         "=", "\t"]
_ALPHABET = "0123456789.,eE+-*/^()[]{}|_' aky∂σ²ₖ⁽ᴸ⁾½"
_NESTING = [*_SOUP, "(1+", "-(", "2^", "1/", "|1-", "exp(("]
_KNOWN = Vocabulary(SPELLINGS)


def _is_read_or_refused(text: str) -> bool:
    """Whether it is an expression within the limits that has a value, or refused in a line and at a place in it."""
    outcomes = [_outcome(text, names) for names in (None, _KNOWN)]
    return all(
        each.message.isprintable() and 0 <= each.start <= each.end <= len(text) if isinstance(each, ParseError)
        else sum(1 for _ in walk(each)) <= 2 * LIMITS.tokens and isinstance(evaluate(each, lambda _: 0.7), float)
        for each in outcomes)


def _outcome(text: str, names: Vocabulary | None) -> Expr | ParseError:
    try:
        return parse(text, names)
    except ParseError as refusal:
        return refusal


def _random_string(dice: random.Random) -> str:
    size = dice.randrange(1, dice.choice((12, 60, 420)))
    match dice.randrange(5):
        case 0:
            return "".join(chr(dice.choice((dice.randrange(256), dice.randrange(0x3000), dice.randrange(0x110000))))
                           for _ in range(size))
        case 1:
            return "".join(dice.choices(_ALPHABET, k=size))
        case 2:
            return "".join(dice.choices(_SOUP, k=size))
        case 3:
            return dice.choice(_NESTING) * size
    return "".join(dice.choice(_NESTING) * dice.randrange(40) for _ in range(4))


@pytest.mark.parametrize("part", range(4))
def test_any_random_string_is_read_or_refused(part: int) -> None:
    dice = random.Random(part)
    for _ in range(FUZZ // 4):
        text = _random_string(dice)
        assert _is_read_or_refused(text), text


@examples(200)
@given(st.one_of(st.text(max_size=60), st.text(alphabet=_ALPHABET, max_size=80),
                 st.lists(st.sampled_from(_SOUP), max_size=60).map("".join), expressions.map(plain)))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert _is_read_or_refused(text)
