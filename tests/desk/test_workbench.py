"""What the workbench does at moments that learners stumbled over, without its screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_backprop import course
from tui_backprop.desk.diagram_view import picture_of
from tui_backprop.desk.workbench.setup import Setup
from tui_backprop.desk.workbench.workbench import Workbench
from tui_backprop.drawing.diagram import Diagram
from tui_backprop.maths.expression import Symbol
from tui_backprop.records.journal import Journal
from tui_backprop.tutor.at_hand import at_hand, candidates
from tui_backprop.tutor.exam import Exam
from tui_backprop.tutor.modes import MODES
from tui_backprop.tutor.quiz import Quiz


def opened(mode: str = "quiz", name: str = "exercise-2", journal: Journal | None = None) -> Workbench:
    return Workbench(Setup(course.load(name), journal=journal, mode=mode))


def answer(bench: Workbench, *texts: str) -> None:
    for text in texts:
        feedback = bench.sitting.answer(text)
        bench.show_judgement(feedback, text, 80)


def solve(bench: Workbench) -> None:
    while bench.walk.current is not None:
        answer(bench, repr(bench.walk.current.value))


def text_of(bench: Workbench) -> str:
    return " ".join(paragraph.text for paragraph in bench.news)


def test_the_same_wrong_answer_twice_costs_nothing(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        bench = opened(journal=journal)
        answer(bench, "0.955", "0.955")
        assert bench.walk.entry("z 1:j").attempts == 1
        run = journal.history.run("exercise-2", digest=course.load("exercise-2").digest, detail="merged")
        assert run is not None
        assert run.steps["z 1:j"].attempts == 1


def test_only_a_newcomer_to_a_quiz_is_told_of_the_guided_mode(tmp_path: Path) -> None:
    with Journal(tmp_path / "led") as journal:
        assert "F5" not in text_of(opened("guided", journal=journal))
    with Journal(tmp_path / "asked") as journal:
        bench = opened(journal=journal)
        assert "F5, guided" in text_of(bench)
        answer(bench, "0.602")
        assert "F5" not in text_of(bench)
        assert "F5" not in text_of(opened(name="exercise-1", journal=journal))


def test_two_wrong_answers_without_a_name_bring_a_smaller_question() -> None:
    quiz = Quiz(course.load("exercise-2"))
    while quiz.here != "dC/da 2:k":
        quiz.reveal()
    for text in ("17.3", "41.9"):
        assert quiz.asked == "value"
        assert not quiz.answer(text).mistakes
    assert quiz.asked == "part"


def test_a_refusal_that_brings_a_smaller_question_is_told_as_one_of_the_whole_step() -> None:
    bench = opened()
    while bench.walk.here != "dC/da 2:k":
        bench.reveal()
        bench.advance()
    answer(bench, "1.205", "1.205")
    assert text_of(bench).startswith("Of the whole step: I read 1.205.")
    assert [paragraph.mark for paragraph in bench.news] == ["✗"]


@pytest.mark.parametrize("name", [entry.name for entry in course.exercises()])
def test_a_value_that_is_the_answer_never_stands_alone(name: str) -> None:
    quiz = Quiz(course.load(name))
    while quiz.here is not None and quiz.position < 60:
        if isinstance(quiz.derivation.formula(quiz.here), Symbol) and at_hand(quiz, quiz.here):
            assert len(candidates(quiz.derivation, quiz.here)) > 1
        quiz.reveal()


def test_a_slope_has_the_input_before_its_weight_at_hand() -> None:
    quiz = Quiz(course.load("exercise-2"))
    while quiz.here != "da/dw 2:j->k":
        quiz.reveal()
    assert at_hand(quiz, "da/dw 2:j->k").replace("\u00a0", " ") == "You have  aⱼ = 0.602   wⱼₖ = 0.66"


def test_an_impatient_second_press_shows_no_second_value() -> None:
    bench = opened()
    bench.reveal()
    bench.reveal()
    assert bench.walk.here == "a 1:j"
    assert bench.typing is not None
    assert bench.walk.entry("a 1:j").status == "open"
    bench.reveal()
    assert bench.walk.entry("a 1:j").status == "revealed"


def test_what_is_shown_stays_until_the_learner_goes_on() -> None:
    bench = opened()
    bench.reveal()
    assert text_of(bench) == "Shown: zⱼ = 0.602 Enter goes on."
    assert bench.shown_step == "z 1:j"
    assert bench.typing is None
    bench.advance()
    assert bench.shown_step == "a 1:j"
    assert bench.typing is not None
    assert text_of(bench) == "Shown: zⱼ = 0.602"


@pytest.mark.parametrize(("yes", "position"), [(True, 0), (False, 5)])
def test_after_watching_a_quiz_asks_where_to_begin(yes: bool, position: int) -> None:
    bench = opened("watch")
    for _ in range(5):
        bench.advance()
    bench.changes.choose(MODES["quiz"])
    assert bench.doubt is not None
    assert bench.doubt.text == "You have watched the first 5 steps. Be asked from step 1 on?"
    then = bench.doubt.yes if yes else bench.doubt.no
    assert then is not None
    then()
    assert bench.walk.asks
    assert bench.walk.position == position


def test_starting_again_asks_first_wherever_there_is_something_to_lose() -> None:
    bench = opened()
    assert bench.offers("restart")
    bench.changes.restart()
    assert bench.doubt is None
    answer(bench, "0.602")
    assert bench.offers("restart")
    bench.changes.restart()
    assert bench.doubt is not None
    assert bench.doubt.text == "Start again from the first step? Your answer will not count any more."
    bench.doubt.yes()
    assert bench.walk.position == 0


def test_the_end_tells_how_it_went_and_enter_does_what_comes_next() -> None:
    bench = opened()
    answer(bench, "0.955", "0.602")
    bench.reveal()
    bench.advance()
    solve(bench)
    said = [paragraph.text for paragraph in bench.ending.paragraphs()]
    assert "Of 14 steps: 12 right at once, 1 after help or another try, 1 shown." in said
    assert any(line.startswith("Enter: another round, from the new weights. Worth another look, ") for line in said)
    assert bench.offers("advance")
    bench.advance()
    assert bench.walk.position == 0
    assert bench.setup.numbers.costs


def test_after_a_round_without_a_slip_the_next_exercise_is_offered(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        bench = opened(name="exercise-1", journal=journal)
        solve(bench)
        bench.advance()
        names = [entry.name for entry in course.exercises()]
        assert bench.opens == names[names.index("exercise-1") + 1]


def test_exam_chosen_again_over_its_marks_is_told_as_what_it_is(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        bench = opened(journal=journal)
        bench.changes.choose(MODES["exam"])
        solve(bench)
        assert bench.typing is None
        bench.do_at_end("hand_in")
        assert isinstance(bench.walk, Exam)
        bench.changes.choose(MODES["exam"])
        assert text_of(bench) == "These are the marks of your last exam here. r begins another one."


@pytest.mark.parametrize("text", ["sheets/ada", "C:\\ada", "ada.json"])
def test_a_path_is_no_name(text: str) -> None:
    bench = opened("exam")
    solve(bench)
    bench.do_at_end("hand_in")
    bench.reply(text)
    assert "looks like a file" in text_of(bench)


def test_before_an_exam_is_handed_in_its_diagram_has_the_learners_own_weights() -> None:
    bench = Workbench(Setup(course.load("exercise-1"), mode="exam"))
    answer(bench, "0.3", "0.3", "0.49", "0.5", "0.5", "0.25", "0.455", "0.5")
    drawn = picture_of(bench.walk, None, at_work=True)
    assert isinstance(drawn, Diagram)
    assert drawn.edge(1, 0, 0).weight == "+0.455"
    bench.do_at_end("hand_in")
    drawn = picture_of(bench.walk, None, at_work=True)
    assert isinstance(drawn, Diagram)
    assert drawn.edge(1, 0, 0).weight == "+0.556"


def test_at_the_end_a_key_asks_for_the_steps_alone_that_went_worst() -> None:
    bench = opened()
    answer(bench, "0.955", "0.602")
    solve(bench)
    assert any(paragraph.text.endswith(" k: practise this kind alone.") for paragraph in bench.ending.paragraphs())
    assert bench.offers("practise")
    bench.do_at_end("practise")
    assert bench.setup.title.startswith("Practice: the weighted sum into a unit · ")
    assert bench.walk.total < len(bench.walk.derivation.order)
    assert bench.setup.numbers.costs, "with the new weights, since a skill is mastered at different numbers"
    solve(bench)
    said = [paragraph.text for paragraph in bench.ending.paragraphs()]
    assert said[0] == "All steps that were asked are done."
    assert not bench.offers("practise")


def test_the_question_by_which_rule_has_a_hint_may_be_left_and_is_shown_once(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        bench = opened("guided", journal=journal)
        bench.explain()
        assert bench.typing is not None
        bench.hint()
        assert text_of(bench) == "What arrives at the unit, before its activation function."
        bench.drop_rule()
        assert (text_of(bench), bench.rule, bench.offers("explain")) == ("", None, True)
        bench.explain()
        bench.reveal()
        assert text_of(bench) == "Shown: the weighted sum: products, added up."
        assert not bench.offers("explain")
        assert (bench.walk.here, bench.walk.entry("z 1:j").status) == ("z 1:j", "open")
        assert not opened("guided", journal=journal).offers("explain")
