"""The table of roles: what is read off a row agrees with the quantities that networks have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from runpy import run_path
from typing import cast

import pytest

from tests.export.running import differences, numbers
from tui_backprop import course
from tui_backprop.derivation import Derivation, Solution
from tui_backprop.derivation.formulas import DETAILS, Detail, cell
from tui_backprop.derivation.ids import before_update, parse_id
from tui_backprop.derivation.roles import ROLES, Role, only
from tui_backprop.derivation.training import train_for
from tui_backprop.export.formats import FORMATS
from tui_backprop.maths.expression import number
from tui_backprop.tutor.mistakes.diagnosis import diagnose
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.tutor.skills import skill_of
from tui_backprop.tutor.wording import words_for
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("name", ["exercise-2", "batch-of-three"])
def test_every_quantity_is_of_a_role_in_the_table(name: str, detail: Detail) -> None:
    derivation = Derivation(course.load(name).task, detail)
    for quantity in (*derivation.graph.givens(), *derivation.order):
        ref = parse_id(quantity)
        role = ROLES[ref.role]
        assert role.is_edge == ("->" in quantity)
        assert role.per_sample or ref.sample is None
        if role.kind == "given":
            assert derivation.graph.describe_given(quantity) == role.word


def test_what_an_update_changes_is_there_once_more() -> None:
    for role in [role for role in ROLES.values() if role.changes]:
        after = ROLES[f"{role.name}'"]
        assert after.after_update
        assert (after.kind, after.shape, after.per_sample, after.mean) == (
            role.kind, role.shape, role.per_sample, role.mean)


VELOCITY = Role(
    "v", "gradient", "edge", lambda _: number("0.1") * cell("dC/dw", 0, "i", "j"),
    only("the velocity of the weight", "Where the weight is heading: the first step of a momentum of 0.9.",
         "Velocity = a tenth of the gradient: before it there was none.", "update"),
    stage="update", letter="v", per_sample=False)
PENALTY = Role(
    "p", "cost", "edge", lambda _: number("0.01") * cell("w", 0, "i", "j") ** 2,
    only("the weight's penalty", "What a large weight costs by itself.", "A hundredth of the weight's square.", "cost"),
    stage="update", letter="p", per_sample=False)


@pytest.fixture
def enter() -> Iterator[Callable[..., None]]:
    """Puts a row in the table before the update of a weight, or before another update, for the length of the test."""
    table, rows = cast("dict[str, Role]", ROLES), dict(ROLES)

    def enter(row: Role, update: Role = rows["w'"]) -> None:
        table.clear()
        for name, role in rows.items():
            table.update({row.name: row, name: update} if name == "w'" else {name: role})

    yield enter
    table.clear()
    table.update(rows)


@pytest.mark.parametrize(("row", "wrong"), [
    (VELOCITY, lambda at: at("dC/dw 1:i->j")), (PENALTY, lambda at: at("w 1:i->j") ** 2)], ids=["velocity", "penalty"])
@pytest.mark.parametrize("detail", DETAILS)
def test_a_new_role_is_one_row(
    row: Role, wrong: Callable[[Callable[[str], float]], float], detail: Detail,
    enter: Callable[..., None],
) -> None:
    exercise = replace(course.load("exercise-2"), detail=detail)
    before = list(Derivation(exercise.task, detail).order)
    enter(row)
    quiz = Quiz(exercise)
    derivation = quiz.derivation
    quantity = f"{row.name} 1:i->j"
    assert str(parse_id(quantity)) == quantity
    assert [step for step in derivation.order if step in before] == before
    assert derivation.order.index(quantity) == derivation.order.index("w' 1:i->j") - 1
    at = derivation.values
    assert at(quantity) == pytest.approx(
        at("dC/dw 1:i->j") / 10 if row is VELOCITY else at("w 1:i->j") ** 2 / 100)
    assert derivation.inputs_of(quantity)
    assert linear(derivation.naming.name(quantity), Glyphs.FULL) == f"{row.letter}ᵢⱼ"
    words = words_for(derivation, quantity)
    skill = skill_of(derivation, quantity)
    assert words.title in ("the velocity of the weight", "the weight's penalty")
    assert skill is not None
    assert skill.key.partition(":")[0] == words.skill
    assert derivation.graph.light(quantity).lit == {"w 1:i->j", "0:i", "1:j"}
    assert quantity in quiz.plan
    assert diagnose(derivation, quantity, wrong(at))[0].code == "factor_missing"
    solution = exercise.solve()
    assert solution.to_dict()["updated_cost"] == at("C'")
    assert quantity in [step["id"] for step in solution.to_dict()["steps"]]
    for form in FORMATS.values():
        assert list(form.solution_writer()(solution, solution.steps, Glyphs.FULL))
    hints = quiz.explainer.hints(quantity)
    assert words.rule in hints
    while not quiz.finished:
        asked = quiz.plan[quiz.position]
        assert quiz.answer(repr(at(asked))).verdict == "correct", asked


@pytest.mark.parametrize("name", ["exercise-2", "batch-of-three"])
def test_an_update_with_momentum_is_that_row_and_its_formula(
    name: str, enter: Callable[..., None], tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    momentum = replace(ROLES["w'"], template=lambda _: cell("w", 0, "i", "j") - cell("r") * cell("v", 0, "i", "j"))
    enter(VELOCITY, momentum)
    exercise = course.load(name)
    derivation = Derivation(exercise.task, exercise.detail)
    at = derivation.values
    quantity = next(step for step in derivation.order if step.startswith("w' "))
    old, place = before_update(quantity), quantity.partition(" ")[2]
    assert at(quantity) == pytest.approx(at(old) - at("r") * at(f"dC/dw {place}") / 10)
    assert f"v {place}" in derivation.inputs_of(quantity)
    state = train_for(exercise.task, at("r"), 1)
    assert state.cost == pytest.approx(at("C'"))
    path = tmp_path / "script.py"
    solution = Solution(exercise.title, derivation)
    path.write_text("\n".join(FORMATS["python"].solution_writer()(solution, solution.steps, Glyphs.FULL)), "utf-8")
    run_path(str(path))
    printed = numbers(capsys.readouterr().out.splitlines())
    assert printed[f"v {place}"] == pytest.approx(at(f"v {place}"))
    assert not differences(printed, derivation)
