"""Guided mode: worked, half open, whole; what is known decides, nothing is shown too early, and it always ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import examples
from tests.strategies import exercises
from tui_backprop import course
from tui_backprop.course.exercise import Exercise
from tui_backprop.tutor.asked import Opening
from tui_backprop.tutor.debrief import debrief_of
from tui_backprop.tutor.entries import StepEntry
from tui_backprop.tutor.fading import Experience, from_attempts, kind_of, next_opening
from tui_backprop.tutor.guided import Guided
from tui_backprop.tutor.half_open import describe_gap
from tui_backprop.tutor.mastery import Attempt
from tui_backprop.tutor.narrowing import Narrowing
from tui_backprop.tutor.skills import SKILLS

ALL_WHOLE = Experience(skills=dict.fromkeys(SKILLS, "whole"))
ALL_HALF = Experience(skills=dict.fromkeys(SKILLS, "half"))


_MOST_TRIES = 4


def missing_value(walk: Guided) -> str:
    assert walk.gap is not None
    return repr(walk.derivation.values(walk.gap.missing))


def do_right(walk: Guided) -> None:
    """Do the current step as a learner does who knows it."""
    while walk.posed is not None:
        posed = walk.posed
        assert walk.answer("abcdefgh"[posed.right] if posed.choices else str(posed.right)).right
    if not walk.asks:
        walk.advance()
    elif walk.gap is not None:
        assert walk.answer(missing_value(walk)).accepted
    else:
        assert walk.answer(repr(walk.derivation.values(str(walk.here)))).accepted


def test_the_first_of_a_kind_is_worked_the_second_half_open_the_third_whole() -> None:
    walk = Guided(course.load("exercise-3"))
    seen: dict[str, list[Opening]] = {}
    while walk.here is not None:
        seen.setdefault(kind_of(walk.derivation, walk.here), []).append(walk.opening)
        do_right(walk)
    assert seen["chain-rule dC/dw"] == ["worked", "half", "whole"]
    assert seen.pop("cost-after C'") == ["half"]  # the cost once more
    assert all(openings == ["worked", "half", "whole"][:len(openings)] for openings in seen.values())


def test_something_is_asked_of_a_newcomer_even_where_each_kind_comes_once() -> None:
    walk, asked = Guided(course.load("exercise-1")), []
    while walk.here is not None:
        if walk.asks:
            asked.append((walk.here, walk.asked))
        do_right(walk)
    assert asked == [("dC/dw 1:j->k", "sign"), ("C'", "gap")]
    assert walk.had_worked


def test_the_first_of_a_kind_that_is_asked_whole_says_why() -> None:
    walk = Guided(course.load("exercise-3"), experience=ALL_WHOLE)
    said: dict[str, list[str]] = {}
    while walk.here is not None:
        said.setdefault(kind_of(walk.derivation, walk.here), []).append(walk.encouragement)
        do_right(walk)
    assert all(first and not any(later) for first, *later in said.values())
    assert any(len(each) > 1 for each in said.values())
    assert not Guided(course.load("exercise-3")).encouragement


def test_the_first_sum_with_a_bias_is_not_asked_whole() -> None:
    known: dict[str, Opening] = {"weighted-sum z": "whole"}
    assert Guided(course.load("exercise-3"), experience=Experience(known)).opening == "whole"
    assert Guided(course.load("two-paths"), experience=Experience(known)).opening == "worked"
    walk = Guided(course.load("two-paths"), experience=Experience(known, {"weighted-sum": "half"}))
    assert walk.gap is not None
    assert walk.gap.missing.startswith("b ")


def test_who_has_had_nothing_worked_goes_on() -> None:
    walk = Guided(course.load("exercise-1"), experience=ALL_HALF)
    while walk.here is not None:
        do_right(walk)
    assert not walk.had_worked


def test_a_half_open_step_shows_its_formula_and_asks_for_one_number() -> None:
    walk = Guided(course.load("exercise-2"), experience=ALL_HALF)
    while walk.here != "dC/da 2:k":
        do_right(walk)
    assert walk.request == "Which number belongs at [?] in the formula?"
    assert walk.gap is not None
    assert walk.gap.missing == "a 2:k"
    wrong = walk.answer("0.602")
    assert wrong.message == "I read 0.602. That is zⱼ or aⱼ. [?] stands for aₖ."
    assert walk.answer("0.397").message.startswith("∂C/∂aₖ = 2(aₖ − y) = 2(0.3973 − 1) = −1.205.")


def test_a_half_open_product_shows_its_factors_and_asks_what_they_come_to() -> None:
    walk = Guided(course.load("exercise-2"), experience=ALL_HALF)
    while walk.here != "dC/dw 2:j->k":
        do_right(walk)
    assert walk.answer("-").right  # the sign first
    assert walk.request == "Which number is it?"
    assert walk.gap is not None
    told = describe_gap(walk.explainer, walk.gap)
    assert told == "∂C/∂wⱼₖ = ∂aₖ/∂wⱼₖ · ∂C/∂aₖ = 0.602 · (−1.20536) = [?]"  # as finely as the product is true
    wrong = walk.answer("-1.205")
    assert wrong.message == "I read −1.205. That stops one factor early: ∂aₖ/∂wⱼₖ is still to come."
    right = walk.answer("-0.7256")
    assert right.message == "∂C/∂wⱼₖ = ∂aₖ/∂wⱼₖ · ∂C/∂aₖ = 0.602 · (−1.20536) = −0.7256."
    assert walk.learnt == {"chain-rule dC/dw": "half"}  # there was a slip: half open once more


def test_a_name_fills_the_gap_too() -> None:
    walk = Guided(course.load("exercise-2"), experience=ALL_HALF)
    assert walk.answer("a_i").accepted


def at_gap(name: str, quantity: str) -> Guided:
    """A walk at the gap of this step, all before it half open too."""
    walk = Guided(course.load(name), experience=ALL_HALF)
    while walk.here != quantity:
        walk.go_on_from(walk.position + 1)
    while walk.posed is not None:
        walk.note_answer_beside(quantity, walk.posed.asked)
    assert walk.gap is not None
    return walk


@pytest.mark.parametrize(("name", "quantity", "text", "said"), [
    ("exercise-3", "z 2:k", "aj", "Two units are called j: type a_j^(L-1) or a_j^(L-2)."),
    ("two-paths", "da/dz 1:3", "1", "I read 1. That is the whole of it already. [?] stands for z₃ alone."),
    ("two-paths", "dz/da 2:4->5", ".55",
     "I read .55. The size is right, the sign is not. It is w₄₅ as it stands, with its own sign."),
    ("too-high", "da/dz 1:k", "ak", "aₖ has the same number here, but [?] stands for zₖ."),
    ("batch-with-relu", "#1 z 1:k", "1.2", "I read 1.2. That is aᵢ of sample 2. [?] stands for aᵢ of sample 1."),
    ("too-high", "da/dz 1:k", "0.9", "I read 0.9. That is wⱼₖ. [?] stands for zₖ."),
    ("exercise-3", "C'", "0.3485", "I read 0.3485. That is zₖ⁽ᴸ⁾ or aₖ⁽ᴸ⁾. [?] stands for a′ₖ⁽ᴸ⁾."),
])
def test_what_was_entered_for_the_missing_number_is_recognized(name: str, quantity: str, text: str, said: str) -> None:
    assert at_gap(name, quantity).answer(text).message == said


def test_hints_at_a_gap_say_where_its_number_comes_from() -> None:
    walk = at_gap("exercise-2", "z 1:j")
    walk.hint()
    assert walk.hint() == "aᵢ is given: its number stands with what is given."
    walk = at_gap("exercise-2", "dC/da 2:k")
    walk.hint()
    assert walk.hint() == "aₖ was found at step 4: the activation of a unit."
    walk = at_gap("exercise-2", "C'")
    walk.hint()
    assert walk.hint() == "z′ⱼ = w′ᵢⱼ · aᵢ. a′ⱼ = ReLU(z′ⱼ). z′ₖ = w′ⱼₖ · a′ⱼ. a′ₖ = ReLU(z′ₖ)."


def test_how_it_went_counts_what_was_worked_and_what_was_filled_in() -> None:
    walk = Guided(course.load("exercise-1"))
    while walk.here is not None:
        do_right(walk)
    debrief = debrief_of(walk)
    assert debrief.filled > 0
    assert debrief.worked > 0
    assert debrief.filled + debrief.worked + debrief.at_once == walk.total
    assert debrief.went_well


def test_the_sign_may_be_told_by_the_number_itself() -> None:
    walk = Guided(course.load("exercise-2"), experience=ALL_HALF)
    while walk.here != "dC/dw 2:j->k":
        do_right(walk)
    assert not walk.answer("0.7256").right
    assert walk.answer("-0.7256").right


def test_who_has_a_value_shown_is_asked_half_next_time() -> None:
    walk = Guided(course.load("exercise-2"), experience=ALL_WHOLE)
    walk.reveal()
    assert walk.learnt == {"weighted-sum z": "half"}


def test_no_answer_is_taken_where_nothing_is_asked() -> None:
    walk = Guided(course.load("exercise-1"))
    assert walk.answer("0.24").verdict == "invalid"
    assert walk.position == 0


def test_what_is_mastered_is_not_asked_when_narrowed() -> None:
    walk = Guided(course.load("exercise-2"), narrowing=Narrowing(known=("weighted-sum", "activation:relu")))
    assert walk.here == "C"


@pytest.mark.parametrize(("rights", "opening"), [([], "worked"), ([False], "worked"), ([True], "half"),
                                                 ([True, True], "whole"), ([True, True, False], "half")])
def test_answers_elsewhere_open_a_step_by_what_they_came_to(rights: list[bool], opening: Opening) -> None:
    attempts = [Attempt("chain-rule", str(n), float(n), unaided) for n, unaided in enumerate(rights)]
    assert Experience(skills=from_attempts(attempts)).opening("chain-rule dC/dw") == opening


def test_a_guided_step_says_more_than_a_skill() -> None:
    experience = Experience({"chain-rule dC/dw": "whole"}, {"chain-rule": "half"})
    assert experience.opening("chain-rule dC/dw") == "whole"
    assert experience.opening("chain-rule dC/db") == "half"


def test_openings_only_close_when_help_was_needed() -> None:
    assert next_opening("whole", "helped") == "whole"
    assert next_opening("whole", "shown") == "half"
    assert next_opening("half", "helped") == "half"
    assert next_opening("worked", "seen") == "half"


@examples(10)
@given(exercises(), st.data())
def test_nothing_is_shown_before_its_turn_and_it_always_ends(exercise: Exercise, data: st.DataObject) -> None:
    try:
        exercise.derive().check_finite()
    except ValueError:
        return
    opened: st.SearchStrategy[Opening] = st.sampled_from(["worked", "half", "whole"])
    skills = data.draw(st.dictionaries(st.sampled_from(sorted(SKILLS)), opened))
    walk, tries = Guided(exercise, experience=Experience(skills=skills)), 0
    while walk.here is not None:
        place = walk.position
        while walk.posed is not None:
            walk.reveal()
        assert all(walk.shown(step) is None for step in walk.plan[place:])
        if walk.gap is not None:
            used = set(walk.derivation.step(walk.here).symbols) - {walk.gap.missing}
            assert not used & set(walk.plan[place:])
        deed = data.draw(st.sampled_from(["right", "wrong", "hint", "show"])) if tries < _MOST_TRIES else "show"
        match deed:
            case "wrong" if walk.asks:
                walk.answer("12345.678")
            case "hint" if walk.asks:
                walk.hint()
            case "show" if walk.asks:
                walk.reveal()
            case _:
                do_right(walk) if walk.asked != "part" else walk.reveal()
        assert walk.position in (place, place + 1)
        tries = tries + 1 if walk.position == place else 0
        assert tries < 2 * _MOST_TRIES, "what is shown is passed"
    assert walk.position == walk.total


def test_a_long_way_to_a_number_is_told_from_its_beginning() -> None:
    walk = at_gap("two-paths", "C'")
    walk.hint()
    assert walk.hint() == ("Layer by layer from the input on: each sum with the new weights, then its activation. At "
                           "the end: z′₅ = w′₃₅ · a′₃ + w′₄₅ · a′₄ + b′₅. a′₅ = ReLU(z′₅).")


def test_the_whole_of_a_half_open_step_is_known_as_it_was_told_in_the_lesson() -> None:
    assert "the whole of it already" in at_gap("exercise-3", "C").answer("0.4245").message


def test_what_was_done_before_a_break_counts_as_it_was_done() -> None:
    walk = Guided(course.load("exercise-1"))
    while walk.position < 5:
        do_right(walk)
    before = debrief_of(walk)
    gaps = {quantity: StepEntry(beside=frozenset({"gap"})) for quantity, entry in walk.entries.items() if entry.filled}
    found = {quantity: entry for quantity, entry in walk.entries.items() if entry.status == "answered"}
    again = Guided(course.load("exercise-1"))
    again.take_up({**gaps, **found}, walk.whereabouts or "")
    assert again.position == walk.position
    after = debrief_of(again)
    assert (after.filled, after.worked, after.at_once, after.jumped) == (
        before.filled, before.worked, before.at_once, 0)
