"""The lessons' questions: every shipped one takes its own answer and refuses the wrong ones it expects."""

import pytest

from tests.course.shipped import checks_of, shipped_lesson
from tui_backprop import course
from tui_backprop.course.lesson import Check
from tui_backprop.tutor.check_texts import how_to_answer, right_answer, shown_parts
from tui_backprop.tutor.checks import judge_check
from tui_backprop.tutor.options import option_letter

CHECKS = [(lesson.name, check) for lesson in map(shipped_lesson, (entry.name for entry in course.lessons()))
          for check in checks_of(lesson)]


@pytest.mark.parametrize(("name", "check"), CHECKS, ids=[f"{name}:{check.line}" for name, check in CHECKS])
def test_a_shipped_check_takes_its_answer_and_no_wrong_one(name: str, check: Check) -> None:
    assert judge_check(check, right_answer(check)).right, name
    for wrong in check.wrong:
        typed = wrong.answer[0]
        if check.kind == "choice":
            typed = option_letter(check.choices.index(typed) + 1)
        judged = judge_check(check, typed)
        if check.kind != "order":
            assert (judged.right, judged.say) == (False, wrong.say)


def test_an_order_is_never_shown_in_the_right_order() -> None:
    labels = ((), (), ())
    check = Check("order", (), ("a", "b", "c"), 7, labels=labels)
    assert sorted(shown_parts(check)) == [0, 1, 2]
    assert shown_parts(check) != (0, 1, 2)
    assert judge_check(check, right_answer(check)).right
    assert not judge_check(check, "a b c").right


def test_an_edge_may_be_typed_with_an_arrow() -> None:
    check = Check("edge", (), ("2:j->k",), 7)
    for text in ("2: j → k", "j->k", "w_jk", "wⱼₖ", "w_{j,k}", "jk", "w_jk^(L)"):
        assert judge_check(check, text).right, text
    for text in ("2:k->j", "1:j->k", "kj", "w_kj", "w", ""):
        assert not judge_check(check, text).right, text


@pytest.mark.parametrize(("text", "verdict"), [
    ("0.24", "correct"), ("0.2", "too_coarse"), ("0.3", "wrong"), ("0.24=", "invalid"), ("1,205", "ambiguous")])
def test_what_cannot_be_read_is_no_wrong_answer(text: str, verdict: str) -> None:
    assert judge_check(Check("number", (), ("0.24",), 7), text).verdict == verdict


def test_a_sign_turned_round_is_named_where_the_lesson_says_nothing_of_it() -> None:
    check = Check("number", (), ("0.24",), 7)
    assert judge_check(check, "-0.24").message == "I read −0.24. The size is right, the sign is not."
    assert judge_check(check, "-0.25").message == "I read −0.25. That is not the value asked for."


def test_a_choice_is_made_by_its_letter_or_its_words_and_any_other_answer_costs_nothing() -> None:
    check = Check("choice", (), ("down",), 7, choices=("up", "down"))
    verdicts = [judge_check(check, text).verdict for text in ("b", "B)", "down", "2", "a", "up", "c", "3", "0.5")]
    assert verdicts == ["correct"] * 4 + ["wrong"] * 2 + ["invalid"] * 3
    assert judge_check(check, "0.5").message == "Choose by letter: a or b."


def test_the_value_1_is_not_the_first_option() -> None:
    check = Check("choice", (), ("1",), 7, choices=("2", "1", "$0.5$"))
    assert [judge_check(check, text).verdict for text in ("1", "1.0", "b", "2", "1/2", "3")] == [
        "correct", "correct", "correct", "wrong", "wrong", "invalid"]


@pytest.mark.parametrize(("text", "verdict", "said"), [
    ("a b c d", "correct", "right"), ("abcd", "correct", "right"), ("A, B, C, D", "correct", "right"),
    ("a b d c", "wrong", "only d and c stand in each other's place"), ("a c d b", "wrong", "Right up to a"),
    ("b c a d", "wrong", "Right from d on"), ("b c d a", "wrong", "Not in this order"), ("a b", "invalid", "each part"),
    ("a a b c", "invalid", "each part once")])
def test_an_order_that_is_nearly_right_hears_which_part(text: str, verdict: str, said: str) -> None:
    """Of four parts, in whatever order they are shown."""
    check = Check("order", (), ("p", "q", "r", "s"), 7, labels=((), (), (), ()))
    shown = dict(zip("abcd", right_answer(check).split(), strict=True))
    judged = judge_check(check, "".join(shown.get(char.lower(), char) for char in text))
    assert judged.verdict == verdict
    for letter, other in shown.items():
        said = said.replace(f" {letter} ", f" <{other}> ").replace(f" {letter}.", f" <{other}>.")
    assert said.replace("<", "").replace(">", "").removesuffix(" a") in judged.message


def test_an_edge_may_be_named_by_its_weight_or_by_its_place() -> None:
    check = Check("edge", (), ("2:j->k",), 7, source="exercise-2")
    for text in ("0.66", ".66", "second", "last", "the last one", "The second weight"):
        assert judge_check(check, text).right, text
    for text in ("0.86", "first", "third", "0.7", "nonsense"):
        assert not judge_check(check, text).right, text


def test_no_placeholder_is_the_answer() -> None:
    for name, check in CHECKS:
        if check.kind == "choice":  # all of them are named
            assert how_to_answer(check).endswith(f" or {option_letter(len(check.choices))}")
            continue
        assert right_answer(check) not in how_to_answer(check), name
