"""What is told at the end of a round: in the words of what was done, with every slip, and the one thing to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tui_backprop import course
from tui_backprop.desk.diagram_view import network_title
from tui_backprop.desk.workbench.round_end import RoundEnd, debrief_paragraphs
from tui_backprop.desk.workbench.setup import Setup
from tui_backprop.desk.workbench.workbench import Workbench
from tui_backprop.records.journal import Journal
from tui_backprop.tutor.debrief import Debrief, debrief_of
from tui_backprop.tutor.mistakes.known import MISTAKES
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.tutor.skills import skills_in


def solved(name: str, wrong: Mapping[str, Sequence[str]] | None = None, past: int = 0) -> Quiz:
    """A quiz done to its end, with wrong answers at some steps; ``past``: gone on from this place at once."""
    quiz = Quiz(course.load(name))
    quiz.go_on_from(past)
    while (step := quiz.current) is not None:
        for text in (wrong or {}).get(step.id, ()):
            quiz.answer(text)
        quiz.answer(repr(step.value))
    return quiz


def told(quiz: Quiz) -> list[str]:
    return [paragraph.text for paragraph in RoundEnd(quiz).paragraphs()]


def test_a_circuit_is_told_of_in_words_that_it_has() -> None:
    every = dict.fromkeys(MISTAKES, (1,))
    debrief = debrief_of(solved("circuit-two-paths"))
    assert debrief.at_gates
    said = " ".join(p.text for p in debrief_paragraphs(type(debrief)(0, 1, 0, every, at_gates=True)))
    for of_networks in ("the cost", "left out the weight", "y\u00a0−\u00a0a", "activation function", "another unit"):
        assert of_networks not in said


def test_every_slip_is_told_and_so_is_a_number_without_a_name() -> None:
    quiz = solved("exercise-1", {"z 1:k": ["17.3"], "C": ["-0.76"], "w' 1:j->k": ["0.404", "0.48"]})
    said = told(quiz)
    assert any(line.startswith("Step 1: a wrong number") for line in said)
    assert not any("other slips" in line for line in said)
    assert "Of 8 steps: 5 right at once, 3 after help or another try." in said


def test_the_steps_that_were_gone_past_are_told() -> None:
    quiz = solved("exercise-2", past=10)
    assert "Of 14 steps: 4 right at once, 10 gone past." in told(quiz)
    assert not debrief_of(quiz).went_well


def test_what_is_mastered_now_is_of_this_exercise(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        for name in ("exercise-1", "exercise-2", "circuit-two-paths"):
            bench = Workbench(Setup(course.load(name), name=name, journal=journal, mode="quiz"))
            while bench.walk.current is not None:
                bench.sitting.answer(repr(bench.walk.current.value))
            others = [skill.title for skill in skills_in(course.load("exercise-1").derive())
                      if skill not in skills_in(bench.walk.derivation)]
            mastered = [p.text for p in bench.ending.paragraphs() if p.text.startswith("Mastered now")]
            assert not any(title in line for line in mastered for title in others)


def test_over_the_network_it_is_said_which_values_are_new() -> None:
    assert network_title(solved("exercise-2"), None) == "Network · weights updated, values not yet"
    assert network_title(Quiz(course.load("exercise-2")), None) == "Network"


def test_nothing_is_called_mastered_beside_a_list_of_its_wrong_answers(tmp_path: Path) -> None:
    sums = [step.id for step in course.load("fading-chain").derive().steps if step.id.startswith("z ")]
    skill = next(each for each in skills_in(course.load("fading-chain").derive()) if each.key == "weighted-sum")

    def end(wrong: int) -> str:
        with Journal(tmp_path / str(wrong)) as journal:
            bench = Workbench(Setup(course.load("fading-chain"), name="fading-chain", journal=journal, mode="quiz"))
            while (step := bench.walk.current) is not None:
                if step.id in sums[:wrong]:
                    bench.sitting.answer("17.3")
                bench.sitting.answer(repr(step.value))
            assert journal.flush()
            assert skill in journal.list_newly_mastered(0)
            return next(p.text for p in bench.ending.paragraphs() if p.text.startswith("Mastered now"))

    assert len(sums) == 5
    assert skill.title in end(2)
    assert skill.title not in end(3)


def test_what_is_filled_in_is_said_not_to_count() -> None:
    assert debrief_paragraphs(Debrief(1, 0, 0, {}, filled=2))[0].text == (
        "Of 3 steps: 1 right at once, 2 with the missing number found. "
        "Your progress counts only the steps that you did whole.")
    assert "progress" not in debrief_paragraphs(Debrief(1, 0, 0, {}))[0].text
