"""What a wrong derivative shows: which rule was changed, said without a lesson's own list of wrong answers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import examples
from tui_backprop import course
from tui_backprop.course.lesson import Check, InlineRun
from tui_backprop.maths.derivative import derivative
from tui_backprop.maths.parse import parse
from tui_backprop.maths.plain import plain
from tui_backprop.tutor.checks import judge_check, why_not_right
from tui_backprop.tutor.differentiating import read_derivative_asked
from tui_backprop.tutor.mistakes.derivatives import WRONG_DERIVATIVES, diagnose_derivative

NAMES = {name: name for name in ("x", "w", "y", "a", "p")}
KNOWN = [
    ("x^7", "x", "7x^7", "exponent_kept"),
    ("4x^3 - 2x + 9", "x", "12x^3 - 2", "exponent_kept"),
    ("x^2 + x^3", "x", "2x^2 + 3x^2", "exponent_kept"),  # at one of two places
    ("x^7", "x", "x^6", "exponent_not_in_front"),
    ("x^7", "x", "6x^7", "exponents_swapped"),
    ("x^3", "x", "3x^4", "exponent_raised"),
    ("x^2 + 7", "x", "2x + 7", "constant_kept"),
    ("x^2 + 7", "x", "2x + 1", "constant_as_one"),
    ("(a - y)^2", "a", "2(a - y)(1 - y)", "constant_kept"),
    ("(x^2 + 1)^3", "x", "3(x^2 + 1)^2", "inner_slope_missing"),
    ("e^(2x)", "x", "e^(2x)", "inner_slope_missing"),
    ("sigmoid(3x)", "x", "sigmoid(3x)(1 - sigmoid(3x))", "inner_slope_missing"),
    ("(x^2 + 1)^3", "x", "2x * 3x^2", "outer_at_variable"),
    ("(x^2 + 1)^3", "x", "3x^2", "outer_at_variable_alone"),
    ("(x^2 + 1)^3", "x", "3(2x)^2", "outer_at_slope"),
    ("(x^2 + 1)^3", "x", "2x + 3(x^2 + 1)^2", "sum_for_product"),
    ("(x^2 + 1)^3", "x", "(2x)^3", "outer_not_differentiated"),
    ("(a - y)^2", "a", "2(y - a)", "sign"),
    ("1/x", "x", "1/x^2", "sign"),
    ("3/x", "x", "-3/x", "exponent_kept"),
    ("3x^2", "x", "2x", "factor_dropped"),
    ("w * p", "p", "1", "factor_dropped"),
    ("w * p", "p", "p", "by_another_variable"),
    ("x^3 + 4x", "x", "3x^2 + 4x", "variable_kept"),
    ("x^3 - 4x", "x", "3x^2 + 4", "term_turned"),
    ("x^3 - 4x", "x", "3x^2", "term_left_out"),
    ("x^2 * e^x", "x", "2x * e^x", "product_of_slopes"),
    ("x^2 * ln(x)", "x", "2x * ln(x)", "half_a_product"),
    ("tanh(x)", "x", "tanh(x)", "not_differentiated"),
    ("sigmoid(3x)", "x", "3 sigmoid(3x)", "function_kept"),
    ("x^2/(x + 1)", "x", "2x", "quotient_of_slopes"),
    ("x^2/(x + 1)", "x", "2x/(x + 1)", "denominator_as_constant"),
    ("x^2/(x + 1)", "x", "(2x(x + 1) - x^2)/(x + 1)", "denominator_not_squared"),
    ("2^x", "x", "x * 2^(x - 1)", "power_rule_for_exponential"),
    ("e^(-x^2)", "x", "-x^2 * e^(-x^2 - 1)", "power_rule_for_exponential"),
    ("x^2", "x", "0", "no_slope"),
    ("5(2w - 1)^2", "w", "10(2w - 1)", "inner_slope_missing"),  # and not the 1 of 2w − 1 taken off 2
    ("5(2w - 1)^2", "w", "10(2w - 1) + 2", "sum_for_product"),
    ("(3x + 1)^4", "x", "12(3x + 1)^2", "exponent_lowered_twice"),
    ("x^5", "x", "5x", "exponent_lost"),
    ("x^3 + 5x", "x", "6x", "differentiated_twice"),
    ("x^2 * y^3", "x", "2x * 3y^2", "each_letter_moved"),
    ("3x^2 + 4", "x", "x^3 + 4x", "integrated"),
    ("1/x", "x", "ln(x)", "integrated"),
    ("sqrt(x)", "x", "1/sqrt(x)", "exponent_not_in_front"),
    ("sqrt(3x)", "x", "3/2 * sqrt(3x)", "exponent_kept"),
    ("ln(1 + x^2)", "x", "2x(1 + x^2)", "not_turned_over"),
    ("ln(1 + x^2)", "x", "2x", "outer_slope_missing"),
    ("tanh(x^2)", "x", "2x(1 - tanh(x^2))", "slope_half_done"),
    ("tanh(x^2)", "x", "2x(1 + tanh(x^2)^2)", "slope_half_done"),
    ("sigmoid(3x)", "x", "3(1 - sigmoid(3x))", "slope_half_done"),
]


def check(prompt: str, answer: str, *variables: str, of: str = "", by: str = "") -> Check:
    words = InlineRun("Differentiate "), InlineRun(prompt, "math"), InlineRun(".")
    return Check("formula", words, (answer,), 1, variables, of=of, by=by)


@pytest.mark.parametrize(("expr", "name", "typed", "code"), KNOWN)
def test_a_changed_rule_is_known_by_its_derivative(expr: str, name: str, typed: str, code: str) -> None:
    found = diagnose_derivative(parse(expr, NAMES), name, parse(typed, NAMES))
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(("expr", "typed", "said"), [
    ("(2x - 5)^4", "4(2x - 5)^4", "the exponent drops by one above, and the slope of what is inside is a factor too"),
    ("(x^2 + 1)^3", "3x^3 * 2x", "the exponent drops by one above, and the outer slope is taken at what stands inside"),
    ("x^2 + 7", "2x^2 + 7", "the exponent drops by one above, and a part without {x} adds nothing"),
    ("x^3 + 5x + 7", "3x^2 + 5x + 7", "a part without {x} adds nothing, and {x} by itself has the slope 1"),
    ("x^7", "-7x^7", "the exponent drops by one above, and the sign is the other one"),
])
def test_two_mistakes_in_one_derivative_are_both_told(expr: str, typed: str, said: str) -> None:
    found = diagnose_derivative(parse(expr, NAMES), "x", parse(typed, NAMES))
    assert found is not None
    assert found.say == f"Two things here: {said}."


@pytest.mark.parametrize(("typed", "said"), [
    ("6(x^2 + 1)^2", "At x²: the exponent drops by one, and no further."),
    ("3x(x^2 + 1)^2", "At x²: the exponent drops by one, and it comes down in front as well."),
    ("6x(x^2 + 1)^3", "At (x² + 1)³: the exponent came down in front, but above it drops by one."),
    ("6x^2(x^2 + 1)^3", "The exponent came down in front, but above it drops by one."),
])
def test_of_several_powers_it_is_said_at_which_one_the_mistake_was_made(typed: str, said: str) -> None:
    found = diagnose_derivative(parse("(x^2 + 1)^3", NAMES), "x", parse(typed, NAMES))
    assert found is not None
    assert found.say == said


def test_every_mistake_has_an_example_here_and_a_code_and_a_sentence_of_its_own() -> None:
    codes = [mistake.code for mistake in WRONG_DERIVATIVES]
    assert len(set(codes)) == len(codes)
    assert len({mistake.say for mistake in WRONG_DERIVATIVES}) == len(codes)
    assert set(codes) - {code for *_, code in KNOWN} <= {"quotient_turned"}  # of a whole quotient, that is the sign


@pytest.mark.parametrize(("prompt", "answer", "variables", "wrong", "said"), [
    (r"f(x) = x^3", "3x^2", ("x",), "3x^3", "The exponent came down in front, but above it drops by one."),
    (r"\frac{d}{dx} x^3", "3x^2", ("x",), "3x^3", "The exponent came down"),
    (r"f(x) = \frac{1}{x}", "-1/x^2", ("x",), "1/x^2", "The size is right, the sign is not."),
    (r"C = (a_k - y)^2", "2(a_k - y)", ("a_k", "y"), "2ak", "not at aₖ alone"),
    (r"z = w_{jk} \cdot a_j", "a_j", ("w_jk", "a_j"), "1", "What stands beside as a factor"),
])
def test_the_prompt_says_what_is_differentiated(
    prompt: str, answer: str, variables: tuple[str, ...], wrong: str, said: str
) -> None:
    judged = judge_check(check(prompt, answer, *variables), wrong)
    assert judged.verdict == "different"
    assert said in judged.message
    assert len(judged.mistakes) == 1


def test_a_key_says_it_where_the_prompt_does_not() -> None:
    question = check("What now?", "w", "w", "p", of="w * p", by="p")
    assert judge_check(question, "p").mistakes == ("by_another_variable",)
    assert why_not_right(question, ("w",)) is None
    assert "not the derivative of w^2" in (why_not_right(replace(question, of="w^2"), ("w",)) or "")


def test_where_no_derivative_is_asked_nothing_is_said_of_one() -> None:
    question = check(r"a_j \cdot 2(a_j - y)", "2 a_j^2 - 2 a_j y", "a_j", "y")
    assert read_derivative_asked(question) is None
    assert judge_check(question, "a_j - y").mistakes == ()


def test_the_lesson_s_own_sentence_goes_first() -> None:
    lesson = course.load_lesson("01-slopes")
    question = next(block for block in lesson.blocks if isinstance(block, Check) and block.wrong
                    and block.kind == "formula")
    judged = judge_check(question, question.wrong[0].answer[0])
    assert judged.say == question.wrong[0].say


terms = st.builds("{}x^{}".format, st.integers(1, 9), st.integers(1, 6))
shapes = st.one_of(
    st.lists(terms, min_size=1, max_size=3).map(" + ".join),
    st.builds("({}x + {})^{}".format, st.integers(1, 9), st.integers(1, 9), st.integers(2, 6)),
    st.builds("{}({})".format, st.sampled_from(["sigmoid", "tanh", "exp", "ln"]), terms),
    st.builds("({}) * e^(2x)".format, terms), st.builds("({})/(x^2 + {})".format, terms, st.integers(1, 9)),
)


@given(shapes)
@examples(60)
def test_a_right_derivative_is_never_accused(text: str) -> None:
    expr = parse(text, NAMES)
    right = derivative(expr, "x")
    assert diagnose_derivative(expr, "x", right) is None
    assert diagnose_derivative(expr, "x", parse(f"x * ({plain(right)}) / x", NAMES)) is None
