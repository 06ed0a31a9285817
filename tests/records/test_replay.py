"""What the events come to."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from tests.records.samples import OTHER, START, odd_history, quiz, stamped
from tui_backprop.records import notes
from tui_backprop.records.events import Event, Note
from tui_backprop.records.folder import in_order
from tui_backprop.records.history import ExerciseRun, History, Place, StepState
from tui_backprop.records.replay import counting, replay

HERE = "exercise-2"


def history_of(*of: Note) -> History:
    return replay(stamped(*of))


def step_of(*of: Note) -> StepState:
    """The step ``s`` after these notes, which name it."""
    return history_of(notes.opened(HERE), *of).exercises[HERE][0].steps["s"]


def answer(verdict: str, given: str = "1", **more: object) -> Note:
    value = float(given) if verdict == "correct" else None
    mistakes = [str(code) for code in more.values()]
    return notes.answered("s", given, verdict, exercise=HERE, value=value, mistakes=mistakes)


@given(odd_history)
def test_any_events_come_to_something(events: list[Event]) -> None:
    merged = in_order(events)
    history = replay(merged)
    assert replay(merged) == history
    kept = counting(merged)
    assert set(map(id, kept)) <= set(map(id, merged))
    subjects = {event.note[1:3] for event in kept} - {("", "")}
    assert {(name, "") for name in history.exercises} | {("", name) for name in history.lessons} <= {
        (exercise if not lesson else "", lesson) for exercise, lesson in subjects
    }
    for place in history.unfinished:
        assert place.run.started <= place.run.touched


def test_what_is_typed_and_not_given_stays_until_it_is_given() -> None:
    def run(*of: Note) -> ExerciseRun:
        left = notes.moved("s", exercise=HERE, typed=("s", "0.6"))
        return history_of(notes.opened(HERE), left, *of).exercises[HERE][0]

    assert run().typed_at("s") == "0.6"
    assert run(notes.opened(HERE), notes.hinted("s", 1, exercise=HERE)).typed_at("s") == "0.6"
    assert run().typed_at("sign:s") == ""
    assert run(answer("wrong", "0.61")).typed_at("s") == ""
    assert run(notes.moved("s", exercise=HERE)).typed_at("s") == ""
    assert run(notes.opened(HERE, again=True)).typed_at("s") == ""


def test_a_run_and_where_it_is() -> None:
    history = history_of(*quiz(HERE, answers=2), notes.moved("a 2:k", exercise=HERE))
    steps = {
        "z 1:j": StepState("1", "correct", "1", 1.0, attempts=1, unaided=True),
        "z 2:j": StepState("2", "correct", "2", 2.0, attempts=1, unaided=True),
    }
    run = ExerciseRun("d1", "quiz", "full", {}, "a 2:k", steps, False, None, START + 10, START + 40)
    assert history.exercises == {HERE: (run,)}
    assert history.resume == Place(HERE, "", run)
    assert history.run(HERE, digest="d1", detail="full") == run
    assert history.run(HERE, digest="d2", detail="full") is None
    assert history.run(HERE, digest="d1", detail="full", parameters={"r": 0.5}) is None


def test_first_attempts() -> None:
    assert step_of(answer("correct")).unaided
    assert not step_of(answer("wrong", m="sign_lost"), answer("correct")).unaided
    assert not step_of(notes.hinted("s", 1, exercise=HERE), answer("correct")).unaided
    assert not step_of(notes.revealed("s", exercise=HERE), answer("correct")).unaided
    assert step_of(answer("too_coarse"), answer("invalid"), answer("ambiguous"), answer("correct")).unaided


def test_attempts_hints_and_mistakes_are_counted() -> None:
    step = step_of(
        answer("wrong", "3", m="sign_lost"),
        notes.hinted("s", 1, exercise=HERE),
        notes.hinted("s", 2, exercise=HERE),
        answer("invalid", "?"),
        answer("wrong", "4", m="factor_missing"),
    )
    assert step == StepState("4", "wrong", None, None, attempts=2, hints=2, mistakes=("factor_missing",))
    assert not step.done


def test_a_retry_after_the_right_answer_lowers_nothing() -> None:
    assert step_of(answer("correct"), answer("wrong", "7"), notes.hinted("s", 3, exercise=HERE)) == step_of(
        answer("correct")
    )


def test_a_shown_value_is_known() -> None:
    step = step_of(notes.revealed("s", exercise=HERE))
    assert step.done
    assert step.accepted is None


def test_an_exam_keeps_the_last_entry_and_ends_with_its_result() -> None:
    exam = (
        notes.opened(HERE, mode="exam"),
        notes.answered("s", "1", "", exercise=HERE, value=1.0),
        notes.answered("s", "2", "", exercise=HERE, value=2.0),
        notes.submitted(HERE, score=3, out_of=5),
    )
    history = history_of(*exam)
    run = history.exercises[HERE][0]
    assert run.steps["s"].given == "2"
    assert run.completed
    assert not run.finished  # its sheet is still to be written
    assert run.result == {"score": 3, "out_of": 5}
    assert history.resume is not None
    assert history_of(*exam, notes.finished(exercise=HERE)).resume is None


def test_an_edit_begins_a_run_and_its_undo_brings_the_answers_back() -> None:
    before = quiz(HERE)
    edited = history_of(*before, notes.edited({"w 1:i->j": 0.5}, exercise=HERE))
    run = edited.exercises[HERE][0]
    assert run.parameters == {"w 1:i->j": 0.5}
    assert (run.digest, run.mode, run.detail, run.steps) == ("d1", "quiz", "full", {})
    back = history_of(*before, notes.edited({"w 1:i->j": 0.5}, exercise=HERE), notes.edited({}, exercise=HERE))
    assert back.exercises[HERE][0].steps == history_of(*before).exercises[HERE][0].steps


def test_once_more_from_the_start() -> None:
    again = notes.opened(HERE, digest="d1", detail="full", again=True)
    history = history_of(*quiz(HERE), notes.finished(exercise=HERE), again)
    assert history.exercises[HERE][0].steps == {}
    assert not history.exercises[HERE][0].finished
    assert len(counting(stamped(*quiz(HERE), again))) == 5


def test_a_guided_walk_that_was_gone_through_is_done() -> None:
    walk = [notes.opened(HERE, mode="guided"), notes.moved("z 1:k", exercise=HERE)]
    assert not history_of(*walk).finished(HERE)
    assert history_of(*walk, notes.finished(exercise=HERE)).finished(HERE)


def test_another_guided_round_is_gone_on_with_once_a_gap_was_filled() -> None:
    first = [notes.opened(HERE, mode="guided"), notes.finished(exercise=HERE)]
    again = [*first, notes.opened(HERE, mode="guided", parameters={"w 1:j->k": 0.5})]
    assert not history_of(*again).unfinished
    gap = notes.answered(notes.aside("z 1:k", "gap"), "0.5", "correct", exercise=HERE)
    assert [place.exercise for place in history_of(*again, gap).unfinished] == [HERE]


def test_continue_is_the_last_touched_that_is_not_finished() -> None:
    first, second = quiz("exercise-1"), quiz("exercise-2")
    lesson = [
        notes.opened(lesson="08-a-simple-chain", mode="lesson"),
        notes.moved("section-2", lesson="08-a-simple-chain"),
    ]
    history = history_of(*first, *lesson, *second, notes.finished(exercise="exercise-2"))
    assert [place.exercise or place.lesson for place in history.unfinished] == ["08-a-simple-chain", "exercise-1"]
    assert history.resume is not None
    assert history.resume.run.step == "section-2"
    assert history.finished("exercise-2")
    assert not history.finished("exercise-1")


def test_a_lessons_checks() -> None:
    check = notes.answered("power-rule", "3x^2", "equivalent", lesson="01-derivatives")
    history = history_of(notes.opened(lesson="01-derivatives", mode="lesson"), check)
    assert history.lessons["01-derivatives"][0].steps["power-rule"].done
    assert history.exercises == {}


def test_settings_are_the_last_chosen_and_outlive_a_reset() -> None:
    history = history_of(notes.setting("notation", "a"), notes.setting("notation", "b"), notes.reset())
    assert history.settings == {"notation": "b"}


def test_a_reset_hides_what_was_before_and_its_undo_brings_it_back() -> None:
    before = [*quiz("exercise-1"), *quiz("exercise-2")]
    events = stamped(*before, notes.reset(exercise="exercise-2"))
    assert replay(events).exercises == replay(stamped(*quiz("exercise-1"))).exercises
    later = Event(START + 1000, OTHER, 1, notes.undone(events[-1]))
    assert replay([*events, later]) == replay(stamped(*before))
    everything = stamped(*before, notes.reset())
    assert replay(everything) == History()
    assert replay([*everything, Event(START + 1000, OTHER, 1, notes.undone(everything[-1]))]) == replay(
        stamped(*before)
    )


def test_after_a_reset_another_session_goes_on_in_its_run() -> None:
    mine = stamped(*quiz(HERE), answer("correct", "5"), every=10)
    reset = Event(START + 45, OTHER, 1, notes.reset(exercise=HERE))
    run = replay(in_order([*mine, reset])).run(HERE, digest="d1", detail="full")
    assert run is not None
    assert list(run.steps) == ["s"]


@given(st.randoms(use_true_random=False), st.integers(1, 6), st.integers(1, 6))
def test_two_sessions_at_once_do_not_mix_their_runs(chance: random.Random, ones: int, others: int) -> None:
    edit = notes.edited({"r": 0.5}, exercise=HERE)
    mine = stamped(*quiz(HERE, answers=ones), every=chance.uniform(1, 20))
    theirs = stamped(*quiz(HERE, 0), edit, *quiz(HERE, others)[1:], session=OTHER, every=chance.uniform(1, 20))
    history = replay(in_order([*mine, *theirs]))
    own = history.run(HERE, digest="d1", detail="full")
    other = history.run(HERE, digest="d1", detail="full", parameters={"r": 0.5})
    assert own is not None
    assert other is not None
    assert len(own.steps) == ones
    assert len(other.steps) == others
