"""Every question of the shipped lessons has the right key, and no wrong answer of theirs passes for a right one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
import sympy

from tests.course.shipped import checks_of, shipped_lesson
from tests.maths.oracle import to_sympy
from tui_backprop.course import lessons, load
from tui_backprop.course.lesson import Check
from tui_backprop.course.library import shipped_folder
from tui_backprop.derivation.derivation import Derivation
from tui_backprop.desk.lesson.lines import Manner
from tui_backprop.desk.lesson.text import answer_text
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.parse import parse
from tui_backprop.tutor.check_texts import order_parts
from tui_backprop.tutor.checks import judge_check
from tui_backprop.tutor.options import option_letter
from tui_backprop.typeset.glyphs import Glyphs

LESSONS = [entry.name for entry in lessons() if not entry.course]
Key = Any
"""An expression of SymPy, a number, a text or a tuple of texts."""


@cache
def keys() -> Mapping[str, Sequence[Key]]:
    """What SymPy and the engine say: worked out where it is needed, not in each process that collects the tests."""
    from tests.course.lesson_keys import KEYS

    return KEYS


def checks(lesson: str) -> list[Check]:
    return checks_of(shipped_lesson(lesson))


def typed(check: Check, answer: tuple[str, ...]) -> str:
    """What a learner types to give an answer of the lesson's file."""
    if check.kind == "choice":
        return option_letter(check.choices.index(answer[0]) + 1)
    if check.kind == "order":
        shown = order_parts(check)
        return " ".join(option_letter(shown.index(check.answer.index(part)) + 1) for part in answer)
    return answer[0]


def number(text: str) -> float:
    return evaluate(parse(text, {}), lambda _name: sympy.nan)


def asked(lesson: str) -> Iterator[tuple[str, Check]]:
    """Each question with the name by which it is told: its lesson and its place there."""
    return ((f"{lesson[:2]}-{place}", check) for place, check in enumerate(checks(lesson), 1))


def test_every_question_has_its_key() -> None:
    asked_in = {lesson: len(checks(lesson)) for lesson in LESSONS}
    assert asked_in == {lesson: len(known) for lesson, known in keys().items()}


def is_right(check: Check, key: Key) -> bool:
    """Is the answer that the lesson gives the one that was worked out?"""
    if check.kind == "number":
        return bool(float(number(check.answer[0])) == pytest.approx(float(key), rel=1e-6, abs=1e-12))
    if check.kind == "formula":
        letters = {name: name for name in check.variables}
        written = to_sympy(parse(check.answer[0], letters), {name: sympy.Symbol(name) for name in letters})
        return bool(sympy.simplify(written - key) == 0)
    return bool(check.answer == (key if isinstance(key, tuple) else (key,)))


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_answers_are_what_sympy_or_the_engine_says(lesson: str) -> None:
    keyed = list(zip(asked(lesson), keys()[lesson], strict=True))
    assert [(name, check.answer, key) for (name, check), key in keyed if not is_right(check, key)] == []
    assert [name for name, check in asked(lesson) if not judge_check(check, typed(check, check.answer)).right] == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_right_answer_is_right_as_it_is_heard(lesson: str) -> None:
    manner = Manner(1000, Glyphs.FULL, "spelled" if shipped_lesson(lesson).spell_indices else "words")
    heard = [(name, check, answer_text(check, manner)) for name, check in asked(lesson)]
    told = [(name, check, text.partition(") ")[2] if check.kind == "choice" else text) for name, check, text in heard]
    assert [(name, text) for name, check, text in told if not judge_check(check, text).right] == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_wrong_answer_is_wrong_and_hears_its_own_sentence(lesson: str) -> None:
    for name, check in asked(lesson):
        for wrong in check.wrong:
            judged = judge_check(check, typed(check, wrong.answer))
            assert (judged.right, judged.say) == (False, wrong.say), (name, wrong.answer)


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_choice_that_is_not_right_is_answered(lesson: str) -> None:
    for name, check in asked(lesson):
        if check.kind == "choice":
            assert {wrong.answer[0] for wrong in check.wrong} == set(check.choices) - {check.answer[0]}, name


WORK_OUT = re.compile(r"[Ww]ork out \$([^$]+)\$\.?$")


@pytest.mark.parametrize("lesson", LESSONS)
def test_what_a_hint_says_to_work_out_is_the_answer(lesson: str) -> None:
    for name, check in asked(lesson):
        assert check.hints, f"{name} is a question without a hint"
        for hint in check.hints if check.kind == "number" else ():
            written = WORK_OUT.search("".join(f"${run.text}$" if run.kind == "math" else run.text for run in hint))
            if written:
                sum_of_it = written[1].replace(r"\cdot", "*").replace("{", "(").replace("}", ")")
                assert number(sum_of_it) == pytest.approx(number(check.answer[0]), rel=1e-5), name


def test_the_sense_of_what_is_counted() -> None:
    """The table of lesson 9, and what its text and lesson 11's say."""
    from tests.course.lesson_keys import chain_cost, two_two_one_cost

    assert [chain_cost(weights) for weights in (1, 2, 3, 4)] == [(2, 2), (5, 4), (9, 6), (14, 8)]
    assert (chain_cost(10), chain_cost(100)) == ((65, 20), (5150, 200))
    assert two_two_one_cost() == (21, 9)


def test_the_deltas_and_errors_that_were_printed_come_from_weights_already_updated() -> None:
    """What lesson 16 says of Mazur's error and MacLeod's delta."""
    mazur, macleod = (Derivation(load(name).task, "full") for name in ("mazur", "macleod"))
    assert mazur.values("C'") == pytest.approx(0.291027774, abs=5e-10)
    assert _cost_with_updated_weights(mazur) == pytest.approx(0.291027924, abs=5e-10)
    delta = macleod.values("da/dz 2:out") * macleod.values("dC/da 2:out")
    right, printed = (macleod.values(weight) * delta * macleod.values("da/dz 1:top")
                      for weight in ("w 2:top->out", "w' 2:top->out"))
    assert right == pytest.approx(0.002654, abs=5e-7)
    assert printed == pytest.approx(0.002406, abs=5e-6)


def _cost_with_updated_weights(mazur: Derivation) -> float:
    """Mazur's cost after one update whose hidden gradients went back over the output weights already updated."""
    value = mazur.values
    deltas = {unit: value(f"dC/da 2:{unit}") * value(f"da/dz 2:{unit}") for unit in ("o1", "o2")}

    def sigmoid(z: float) -> float:
        return float(1 / (1 + sympy.exp(-z)))

    hidden = {}
    for unit in ("h1", "h2"):
        heard = sum(value(f"w' 2:{unit}->{out}") * delta for out, delta in deltas.items())
        new = {i: value(f"w 1:{i}->{unit}") - 0.5 * value(f"a 0:{i}") * value(f"da/dz 1:{unit}") * heard
               for i in ("i1", "i2")}
        hidden[unit] = sigmoid(sum(weight * value(f"a 0:{i}") for i, weight in new.items()) + value(f"b 1:{unit}"))
    outputs = {out: sigmoid(sum(value(f"w' 2:{unit}->{out}") * a for unit, a in hidden.items()) + value(f"b 2:{out}"))
               for out in ("o1", "o2")}
    return sum((a - value(f"y 2:{out}")) ** 2 / 2 for out, a in outputs.items())


FAMOUS: Mapping[str, Mapping[str, float]] = {
    "exercise-1": {"a 1:k": 0.24, "C": 0.5776, "dC/dw 1:j->k": -0.76, "w' 1:j->k": 0.556, "C'": 0.521284},
    "exercise-2": {"dC/dw 2:j->k": -0.72562672, "dC/dw 1:i->j": -0.55687632, "w' 2:j->k": 0.732562672,
                   "w' 1:i->j": 0.915687632, "C'": 0.28136764929},
    "exercise-3": {"dC/dw 2:j->k": -0.68800512, "w' 1:i->j": 0.540200448, "w' 1:j->j": 0.514400256,
                   "C'": 0.32999633867},
}
"""The hand-out's exercises, whose printed results every generation of students compares."""


@pytest.mark.parametrize("exercise", FAMOUS)
def test_the_three_exercises_give_the_known_results(exercise: str) -> None:
    values = Derivation(load(exercise).task, "full").values
    for quantity, value in FAMOUS[exercise].items():
        assert values(quantity) == pytest.approx(value, rel=1e-7)


def test_the_exercises_have_what_those_of_the_hand_out_lack() -> None:
    """A positive gradient, a unit that is off, a sum over paths, a bias, a batch; no number twice."""
    ids = {name: {step.id: step.value for step in Derivation(load(name).task, "full").steps}
           for name in ("too-high", "off-relu", "two-outputs", "two-paths", "batch-with-relu")}
    assert ids["too-high"]["dC/dw 1:j->k"] > 0
    assert "dC/db 1:k" in ids["too-high"]
    assert ids["off-relu"]["da/dz 1:n"] == 0
    assert "dC/da 1:h via 2:n" in ids["two-outputs"]
    assert "#3 dC/dw 1:i->k" in ids["batch-with-relu"]
    value = Derivation(load("two-paths").task, "full").values
    edges = ("1:1->3", "1:1->4", "1:2->3", "1:2->4", "2:3->5", "2:4->5")
    units = ("1:3", "1:4", "2:5")
    numbers = [value(name) for name in ("a 0:1", "a 0:2", "y 2:5")]
    numbers += [value(f"w {edge}") for edge in edges] + [value(f"{role} {unit}") for role in "ab" for unit in units]
    assert all(second - first > 1e-9 for first, second in pairwise(sorted(map(abs, numbers))))


@pytest.mark.parametrize(("notation", "written"), [
    ("3blue1brown", "$w_{0,1}^{(L-1)}$"), ("nielsen", "${w^2}_{12}$"), ("russell-norvig", "$w_{2,3}$"),
    ("goodfellow", "$W_{1,2}^{(1)}$"), ("mazur", "$w_2$"),
])
def test_the_weight_that_lesson_5_follows_is_told_in_each_authors_spelling(notation: str, written: str) -> None:
    from tests.course.lesson_keys import called

    assert called("two-paths", "w 1:2->3", notation, written) == written
    assert written in (shipped_folder() / "05-notation.md").read_text("utf-8")


def test_the_course_has_its_sixteen_lessons_in_order() -> None:
    shipped = [entry for entry in lessons() if not entry.course]
    assert [entry.order for entry in shipped] == list(range(1, 17))
