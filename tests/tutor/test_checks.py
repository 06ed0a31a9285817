"""The lessons' questions: every shipped one takes its own answer and refuses the wrong ones it expects."""

import pytest

from tests.course.shipped import checks_of, shipped_lesson
from tui_backprop import course
from tui_backprop.course.lesson import Check, CheckKind, InlineRun, Wrong
from tui_backprop.tutor.check_texts import how_to_answer, order_parts, right_answer
from tui_backprop.tutor.checks import judge_check
from tui_backprop.tutor.options import option_letter

LESSONS = [entry.name for entry in course.lessons()]


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_shipped_check_takes_its_answer(lesson: str) -> None:
    """And no wrong one: tests/course/test_lesson_answers.py."""
    for check in checks_of(shipped_lesson(lesson)):
        assert judge_check(check, right_answer(check)).right, check.line


@pytest.mark.parametrize(("answer", "text", "verdict", "said"), [
    ("-0.9", "-.898", "too_coarse", ""),  # −1.15 + 0.252: the −1.152 was told
    ("-0.72562672", "0.602*-1.21", "correct", "−0.7256"),
    ("0.1156", ".115", "correct", "0.1156"),
    ("-0.9", "-.89", "wrong", ""),
])
def test_who_goes_on_with_rounded_numbers_is_right(answer: str, text: str, verdict: str, said: str) -> None:
    judged = judge_check(Check("number", (), (answer,), 7), text)
    told = f"A little off, as after rounding on the way. The lesson goes on with {said}." if said else ""
    assert (judged.verdict, judged.remark) == (verdict, told)


@pytest.mark.parametrize(("typed", "is_told"), [
    ("-0.76", True), ("-0.7600", True), ("-0.760", False), ("-0.759", False), ("-0.7599", False), ("-0.761", False),
])
def test_a_wrong_number_near_the_right_one_is_told_of_only_where_it_is_meant(typed: str, is_told: bool) -> None:
    """−0.75975 is right, to four digits; −0.76 is the slope itself, and −0.760 may be either, rounded."""
    wrong = Wrong(("-0.76",), (InlineRun("That is the gradient."),), 8)
    judged = judge_check(Check("number", (), ("-0.75975",), 7, significant_digits=4, wrong=(wrong,)), typed)
    assert bool(judged.say) == is_told


def test_a_decimal_near_a_whole_number_is_not_the_whole_number() -> None:
    check = Check("number", (), ("6",), 7)
    judged = judge_check(check, "6.001")
    assert (judged.verdict, judged.message) == ("wrong", "I read 6.001. Near, but the number here is whole.")
    for typed in ("9.614", "9.62"):
        judged = judge_check(Check("number", (), ("9.61",), 7, significant_digits=3), typed)
        assert (judged.verdict, judged.message) == (
            "too_coarse", f"I read {typed}. Near, but not it: reckon with all digits.")
    judged = judge_check(Check("number", (), ("2000",), 7), "2001")
    assert (judged.verdict, judged.message) == ("wrong", "I read 2001. Near, but not it.")
    assert all(judge_check(check, text).right for text in ("6", "6.0", "6.00", "0.6/0.1", "six"))


@pytest.mark.parametrize(("kind", "answer", "typed"), [
    ("formula", "6x(x^2+1)^2", "6 times x times open bracket x squared plus 1 close bracket squared"),
    ("formula", "a_0", "a 0"), ("formula", "a_0*w_12", "a 0 times w from 1 to 2"),
    ("formula", "x^4", "x to the power 4"),
    ("number", "-0.76", "minus point seven six"), ("number", "9", "nine"), ("number", "1.06", "one point oh six"),
    ("number", "24.09", "twenty-four point zero nine"), ("number", "24.09", "twenty four point nought nine"),
    ("number", "12.006", "twelve point zero zero six"), ("number", "1024.5", "one thousand and twenty-four point five"),
    ("choice", "$2x$", "two times x"), ("choice", "$2x$", "two x"), ("choice", "$w_{12}$", "w one two"),
    ("number", "2000", "two thousand"), ("number", "1024", "one thousand and twenty-four"),
    ("number", "1000000", "a million"), ("number", "300", "three hundred"), ("formula", "a_0", "a nought"),
    ("number", "2.5", "two point 5"),
    ("choice", "$x^2 + 1$", "x squared plus 1"), ("choice", "the weight $w_{jk}$", "wjk"),
    ("choice", r"$\frac{\partial a_k}{\partial z_k}$", "∂aₖ/∂zₖ"),
    ("choice", r"$\frac{\partial a_k}{\partial z_k}$", "d a k by d z k"),
])
def test_an_answer_may_be_typed_as_it_is_heard_or_as_it_stands_there(kind: CheckKind, answer: str, typed: str) -> None:
    check = Check(kind, (), (answer,), 7, variables=("x", "a_0", "w_12"), choices=(answer, "$x^2$", "$a_j$"))
    assert judge_check(check, typed).right


@pytest.mark.parametrize(("answer", "typed"), [
    ("below 0", "negative"), ("below 0", "-"), ("below 0", "it is negative"), ("below 0", "below zero"),
    ("both below 0", "both below zero"), ("above 0", "+"), ("above 0", "> 0"),
    ("both below 0", "both negative"), ("exactly 0", "0"),
])
def test_a_sign_may_be_said_in_other_words(answer: str, typed: str) -> None:
    both = "both " if answer.startswith("both") else ""
    check = Check("choice", (), (answer,), 7, choices=(f"{both}above 0", f"{both}below 0", "exactly 0"))
    assert judge_check(check, typed).right


@pytest.mark.parametrize(("typed", "said"), [
    ("0.730", "I read 0.730. That is right."), ("0.7301", "I read 0.7301. That is right."),
    ("0.73", "I read 0.73. That fits to 2 digits: give 3 significant digits."),
    ("0.731", "I read 0.731. That is right."),
])
def test_a_number_rounded_on_the_way_is_taken_whatever_its_last_digit(typed: str, said: str) -> None:
    assert judge_check(Check("number", (), ("0.732562672",), 7), typed).message == said


@pytest.mark.parametrize(("typed", "said"), [
    ("-0.121", "Near, but not it: look at its last digit again."),
    ("-0.123", "Near, but not it: look at its last digit again."),
    ("-0.125", "That is not the value asked for."),
    ("0.121", "That is not the value asked for."),
])
def test_a_last_digit_cut_off_or_rounded_wrongly_is_near(typed: str, said: str) -> None:
    assert judge_check(Check("number", (), ("-0.1219707913",), 7), typed).message.endswith(said)


@pytest.mark.parametrize("typed", ["2000", "2,000", "2.000", "2 000", "2'000"])
def test_a_whole_number_may_have_its_thousands_parted(typed: str) -> None:
    assert judge_check(Check("number", (), ("2000",), 7, significant_digits=4), typed).right
    assert not judge_check(Check("number", (), ("2001",), 7, significant_digits=4), typed).right


@pytest.mark.parametrize(("typed", "same"), [
    ("minus 1.2", "-1.2"), ("negative 0.73", "-0.73"), ("minus 1.21", "-1.21")])
def test_a_minus_in_words_is_a_minus(typed: str, same: str) -> None:
    check = Check("number", (), ("-1.20536",), 7)
    assert judge_check(check, typed) == judge_check(check, same)


@pytest.mark.parametrize("typed", ["σ(0)", "sigma(0)", "sigmoid(0)"])
def test_a_function_has_one_name_in_three_spellings(typed: str) -> None:
    prompt = (InlineRun("What is "), InlineRun(r"\sigma(0)", "math"), InlineRun("?"))
    assert judge_check(Check("number", prompt, ("0.5",), 7), typed).message.startswith("That is what is asked for.")
    assert judge_check(Check("number", (), ("0.5",), 7), typed).right


def test_a_letter_without_its_label_is_asked_for_it() -> None:
    check = Check("formula", (), ("2(a_k - y)",), 7, variables=("a_k", "y"))
    said = "Which a is it? Type its label too. The letters here: aₖ, y."
    assert judge_check(check, "2(a - y)").message == said


def test_about_so_much_need_not_be_exact() -> None:
    prompt = (InlineRun("By "), InlineRun("about", "emphasis"), InlineRun(" how much does f grow?"))
    assert judge_check(Check("number", prompt, ("0.08",), 7), "0.0801").right
    assert judge_check(Check("number", (), ("0.08",), 7), "0.0801").verdict == "too_coarse"
    assert not judge_check(Check("number", prompt, ("0.08",), 7), "0.09").right


def test_a_letter_of_the_question_that_the_answer_lacks_is_to_be_put_in() -> None:
    prompt = (InlineRun("Write "), InlineRun("x^2 + 1", "math"), InlineRun(" for "), InlineRun("g", "math"))
    check = Check("formula", prompt, ("2x * 3(x^2 + 1)^2",), 7, variables=("x",))
    assert judge_check(check, "2x * 3g^2").message == "The answer has no g in it: put in what g stands for."


def test_the_name_in_the_question_names_no_edge() -> None:
    prompt = (InlineRun("Which edge carries "), InlineRun("w_{jj}^{(L-1)}", "math"))
    check = Check("edge", prompt, ("1:j->j",), 7, source="exercise-3")
    assert all(judge_check(check, text).verdict == "invalid" for text in ("wjj", "w_jj^(L-1)", "wjj(L-1)", "jj"))
    assert "its name" not in judge_check(check, "j").message
    for typed in ("j->j", "j(L-2)->j(L-1)", "j^(L-2)->j^(L-1)", "j⁽ᴸ⁻²⁾ → j⁽ᴸ⁻¹⁾", "a_j^(L-2) -> a_j^(L-1)",
                  "from the input j to the hidden unit j"):
        assert judge_check(check, typed).right, typed


def test_a_near_number_that_the_lesson_knows_is_told() -> None:
    check = Check("number", (), ("12",), 7, wrong=(Wrong(("12.006",), (InlineRun("Smaller runs."),), 8),))
    assert judge_check(check, "12.006").say == (InlineRun("Smaller runs."),)
    assert judge_check(check, "12").right


@pytest.mark.parametrize(("kind", "answer", "text", "said"), [
    ("number", "9", "f'(2)", "That is what is asked for. Which number is it?"),
    ("number", "1000000", "a zillion", "A number is asked for, in figures: I cannot read “zillion”."),
    ("number", "2.5", "3", "I read 3. Near, but not it: give all of its digits."),
    ("number", "9", "much", "A number is asked for, in figures: I cannot read “much”."),
    ("number", "9.61", "9.6", "I read 9.6. That fits to 2 digits: give all of its digits."),
    ("formula", "x^2", "3y", "I do not know “y”. The letters here: x."),
    ("formula", "7x^6", "7x6", "I do not know “x6”. A power is typed with ^, as in x^6."),
    ("formula", "w_12", "w1", "I do not know “w1”. The letters here: x."),  # not: Did you mean w12?
    ("formula", "w_12 * x", "w_12 x^2", "I read w₁₂ · x². That is not the expression asked for."),
    ("choice", "$w_{23}$", "2", "Choose by letter: a or b."),
])
def test_what_is_said_of_an_answer_of_another_kind(kind: CheckKind, answer: str, text: str, said: str) -> None:
    choices = ("$w_{12}$", "$w_{23}$") if kind == "choice" else ()
    check = Check(kind, (), (answer,), 7, variables=("x", "w_12"), choices=choices, significant_digits=4)
    message = judge_check(check, text).message
    assert message.replace("x, w₁₂", "x") == said


def test_a_choice_may_be_typed_as_it_stands_there_or_without_its_signs() -> None:
    check = Check("choice", (), ("$w_{23}$",), 7, choices=("$w_{12}$", "$w_{23}$"))
    assert all(judge_check(check, text).right for text in ("w23", "w_23", "w₂₃", "$w_{23}$", "b"))


@pytest.mark.parametrize(("text", "said"), [
    ("0.7 * w_jk * 2(a_k - y)", "I read 0.7 · wⱼₖ · 2 · (aₖ − y). Right, but for 0.7: a letter belongs there."),
    ("0.7 w_jk * 2(a_k - 1)", "I read 0.7 · wⱼₖ · 2 · (aₖ − 1). Right, but for 0.7 and 1: letters belong there."),
    ("dC/dw = 2 * 2 * w_jk * (a_k - y)", "I read 2 · 2 · wⱼₖ · (aₖ − y). Right, but for 2: a letter belongs there."),
])
def test_a_number_in_the_place_of_a_letter_costs_nothing(text: str, said: str) -> None:
    check = Check("formula", (), ("a_i * w_jk * 2(a_k - y)",), 7, variables=("a_i", "w_jk", "a_k", "y"))
    judged = judge_check(check, text)
    assert (judged.verdict, judged.message) == ("invalid", said)
    assert judge_check(check, "w_jk * 2(a_k - y)").verdict == "different"
    assert judge_check(check, "a_k * 2(a_k - 1)").verdict == "different"


def test_the_question_itself_is_no_answer() -> None:
    check = Check("number", (InlineRun("What is "), InlineRun(r"\operatorname{ReLU}(2.5)", "math")), ("2.5",), 7)
    assert judge_check(check, "ReLU(2.5)").message == "That is what is asked for. Which number is it?"
    assert judge_check(check, "2.5").right


def test_an_order_is_never_shown_in_the_right_order() -> None:
    labels = ((), (), ())
    check = Check("order", (), ("a", "b", "c"), 7, labels=labels)
    assert sorted(order_parts(check)) == [0, 1, 2]
    assert order_parts(check) != (0, 1, 2)
    assert judge_check(check, right_answer(check)).right
    assert not judge_check(check, "a b c").right


def test_an_edge_may_be_typed_with_an_arrow() -> None:
    check = Check("edge", (), ("2:j->k",), 7)
    for text in ("2: j → k", "j->k", "w_jk", "wⱼₖ", "wjk(L)", "Wjk", "WJK", "(j)->(k)", "(j) → (k)",
                 "w_{j,k}", "jk", "w_jk^(L)"):
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
    verdicts = [judge_check(check, text).verdict for text in ("b", "B)", "down", "a", "up", "2", "c", "3", "0.5")]
    assert verdicts == ["correct"] * 3 + ["wrong"] * 2 + ["invalid"] * 4
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
    assert judge_check(check, "0.5*2").verdict == "invalid"


@pytest.mark.parametrize(("typed", "verdict", "says"), [
    ("four to five", "correct", ""), ("w four five", "correct", ""), ("unit 4 to unit 5", "correct", ""),
    ("4 to 5", "correct", ""), ("from 4 to 5", "correct", ""), ("4-5", "correct", ""), ("4 -> 5", "correct", ""),
    ("5->4", "wrong", "No weight leads from 5 to 4."), ("0.55", "invalid", "with the other sign"),
    ("2", "invalid", "No weight here has that number."), ("banana", "invalid", "names no weight"),
])
def test_an_edge_in_words_and_one_that_is_not_there(typed: str, verdict: str, says: str) -> None:
    judged = judge_check(Check("edge", (), ("2:4->5",), 7, source="two-paths"), typed)
    assert judged.verdict == verdict
    assert says in judged.message


@pytest.mark.parametrize(("typed", "meant"), [
    ("c) L - 2", "c"), ("falls", "a"), ("w_kj", "b"), ("a) it falls", "a"), ("a) $L-2$", None), ("it", None),
])
def test_an_option_is_meant_by_its_letter_and_words_or_by_one_of_its_words(typed: str, meant: str | None) -> None:
    options = ("it falls", "$w_{kj}^{(L)}$", "$L-2$", "it rises")
    for letter, option in zip("abcd", options, strict=True):
        judged = judge_check(Check("choice", (), (option,), 7, choices=options), typed)
        assert judged.verdict == ("invalid" if meant is None else "correct" if letter == meant else "wrong")


def test_a_right_rounding_at_the_end_is_not_taken_for_one_on_the_way() -> None:
    check = Check("number", (), ("-0.4895",), 7)
    assert [judge_check(check, typed).remark for typed in ("-0.49", "-0.490", "-0.4895")] == ["", "", ""]
    assert judge_check(check, "-0.488").remark


def test_a_number_may_stand_behind_a_word_of_its_question() -> None:
    check = Check("number", (InlineRun("From which unit does it come?"),), ("4",), 7)
    assert judge_check(check, "unit 4").right
    assert judge_check(check, "layer 4").verdict == "invalid"


def test_an_edge_is_told_from_another_of_its_letters_by_its_layer() -> None:
    check = Check("edge", (), ("1:j->j",), 7, source="exercise-3")
    assert [judge_check(check, text).verdict for text in ("w_jj^(L-1)", "w_jj", "w_jj^(L)", "0.48")] == [
        "correct", "correct", "invalid", "ambiguous"]


def test_no_placeholder_is_the_answer() -> None:
    for name, check in ((lesson, check) for lesson in LESSONS for check in checks_of(shipped_lesson(lesson))):
        if check.kind == "choice":  # all of them are named
            assert how_to_answer(check).endswith(f" or {option_letter(len(check.choices))}")
            continue
        assert right_answer(check) not in how_to_answer(check), name


def test_a_formula_of_the_question_is_told_by_its_part_in_it() -> None:
    prompt = (InlineRun("What is the slope of "), InlineRun("a - y", "math"), InlineRun(" with respect to "),
              InlineRun("a", "math"), InlineRun("?"))
    check = Check("number", prompt, ("1",), 7)
    assert judge_check(check, "a-y").message == "That is the function itself. Its slope is asked for, as a number."
    assert judge_check(check, "a").message == "That is the letter that moves. How fast does the whole change with it?"


@pytest.mark.parametrize("typed", ["w45", "w_45", "w_{4,5}", "4,5"])
def test_a_weights_name_from_the_question_is_no_answer_however_it_is_spelt(typed: str) -> None:
    check = Check("edge", (InlineRun("Which edge is "), InlineRun("w_{4,5}", "math"), InlineRun("?")), ("2:4->5",), 7,
                  source="two-paths")
    assert judge_check(check, typed).verdict == "invalid"
    assert judge_check(check, "w from 4 to 5").right


@pytest.mark.parametrize("text", ["a", "a)", "(a)", "a.", "a:", "a,", "a -", "A=", "a: right"])
def test_a_letter_with_a_mark_behind_it_is_the_letter(text: str) -> None:
    check = Check("choice", (), ("right",), 7, choices=("right", "a wrong one"))
    assert judge_check(check, text).right


def test_a_formula_as_it_stands_in_the_question_is_no_answer() -> None:
    check = Check("formula", (InlineRun("Multiply it out: "), InlineRun("x(x + 1)", "math")), ("x^2 + x",), 7,
                  variables=("x",))
    assert judge_check(check, "x(x+1)").message == "So it stands in the question. Now do with it what is asked."
    assert judge_check(check, "x + x^2").right
    assert judge_check(check, "nx^(n-1)").message == "I do not know “n”. The letters here: x."


def test_a_slope_typed_for_a_formula_is_told_what_is_wanted() -> None:
    check = Check("formula", (), ("a_i * w_jk",), 7, variables=("a_i", "w_jk"))
    said = judge_check(check, "daj/dwij*dak/daj").message
    assert said == "I do not know “daj”. If it is a slope: say what it comes to, with the letters aᵢ, wⱼₖ."


@pytest.mark.parametrize("typed", ["2", "3", "1"])
def test_a_number_within_an_options_formula_chooses_nothing(typed: str) -> None:
    check = Check("choice", (), ("$3x^2$",), 7, choices=("$3x$", "$3x^2$", "$x + 3$"),
                  labels=tuple((InlineRun(label, "math"),) for label in ("3x", "3x^2", "x + 3")))
    assert judge_check(check, typed).verdict == "invalid"
    assert judge_check(check, "3x^2").right


def test_a_number_within_an_option_chooses_nothing_and_figures_are_no_order() -> None:
    choices = ("for all", "for $a_j = 1$ and $y = 1$", "for $a_j = 0.5$ and $y = 1$")
    check = Check("choice", (), choices[1:2], 7, choices=choices)
    assert [judge_check(check, typed).verdict for typed in ("1", "aj=1", "aj = 1, y = 1", "aj=0.5 and y=1")] == [
        "invalid", "invalid", "correct", "wrong"]
    order = next(check for check in checks_of(shipped_lesson("04-a-network-of-two-units")) if check.kind == "order")
    right = right_answer(order)
    assert [judge_check(order, typed).verdict for typed in (right, "4 2 1 3", "3241", right[::-1])] == [
        "correct", "invalid", "invalid", "wrong"]


def test_what_is_to_be_multiplied_out_is_asked_as_a_sum() -> None:
    check = Check("formula", (InlineRun("Multiply it out: "), InlineRun(r"a \cdot 2(a w - y)", "math"), InlineRun(".")),
                  ("2 a^2 w - 2 a y",), 7, ("a", "w", "y"))
    judged = [judge_check(check, typed) for typed in ("2a(a w - y)", "a(2aw - 2y)", "2a^2 w - 2ay", "a ak")]
    assert [each.verdict for each in judged] == ["invalid", "invalid", "equivalent", "invalid"]
    assert judged[0].message.startswith("The bracket still stands.")
    assert judged[-1].message == "I do not know “ak”. The letters here: a, w, y."
