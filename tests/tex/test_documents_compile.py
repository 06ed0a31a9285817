"""Every worked solution, worksheet and key is a document that pdflatex accepts, with nothing beyond the margin."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.export.hostile import TITLES, crowded_network, deep_network, long_circuit, titled, wide_network
from tui_backprop import course
from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation import Derivation, Solution
from tui_backprop.derivation.formulas import DETAILS
from tui_backprop.derivation.notation import NOTATIONS
from tui_backprop.export.paper import document, drawing, solution_paper
from tui_backprop.export.sheet_paper import latex_sheets
from tui_backprop.export.worksheet import sheet_of
from tui_backprop.typeset.glyphs import Glyphs

EXERCISES = [entry.name for entry in course.exercises()]


def compile_document(lines: Iterable[str], folder: Path) -> None:
    """Compile it; no error, and no line that runs over the margin."""
    source = folder / "document.tex"
    source.write_text("\n".join(lines), encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", source.name]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    said = result.stdout.splitlines()
    assert result.returncode == 0, [line for line in said if line.startswith(("!", "l."))]
    assert [line for line in said if line.startswith(("Overfull", "LaTeX Warning: Command"))] == []
    assert source.with_suffix(".pdf").stat().st_size > 1000


def solution(exercise: Exercise, glyphs: Glyphs = Glyphs.FULL) -> Iterable[str]:
    solved = exercise.solve()
    return solution_paper(solved, solved.steps, glyphs)


@pytest.mark.parametrize("name", EXERCISES)
def test_the_solution_of_a_shipped_exercise(name: str, tmp_path: Path) -> None:
    exercise = course.load(name)
    for detail in DETAILS if not name.startswith("circuit") else ("full",):
        solved = exercise.solve(detail)
        compile_document(solution_paper(solved, solved.steps, Glyphs.FULL), tmp_path)


@pytest.mark.parametrize("key", [False, True])
@pytest.mark.parametrize("notation", NOTATIONS)
def test_a_worksheet_of_all_exercises_and_its_key(notation: str, key: bool, tmp_path: Path) -> None:
    exercises = [course.load(name) for name in EXERCISES]
    sheets = [sheet_of(exercise, Derivation(exercise.task, exercise.detail, NOTATIONS[notation]))
              for exercise in exercises]
    compile_document(latex_sheets(sheets, Glyphs.FULL, key=key), tmp_path)


@pytest.mark.parametrize("notation", NOTATIONS)
def test_a_solution_in_every_notation(notation: str, tmp_path: Path) -> None:
    for name in ("exercise-3", "mazur"):
        solved = Solution("A title", Derivation(course.load(name).task, "full", NOTATIONS[notation]))
        compile_document(solution_paper(solved, solved.steps, Glyphs.FULL), tmp_path)


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_only_ever_text(title: str, tmp_path: Path) -> None:
    exercise = titled(title)
    for glyphs in (Glyphs.FULL, Glyphs.ASCII):
        compile_document(solution(exercise, glyphs), tmp_path)
        sheet = sheet_of(exercise, Derivation(exercise.task))
        compile_document(latex_sheets([sheet], glyphs, key=False), tmp_path)
    log = (tmp_path / "document.log").read_text(encoding="utf-8", errors="replace")
    assert "passwd" not in log


@pytest.mark.parametrize("make", [wide_network, long_circuit, deep_network])
def test_what_is_hard_to_set(make: object, tmp_path: Path) -> None:
    assert callable(make)
    exercise = make()
    compile_document(solution(exercise), tmp_path)
    for key in (False, True):
        sheet = sheet_of(exercise, Derivation(exercise.task))
        compile_document(latex_sheets([sheet], Glyphs.FULL, key=key), tmp_path)


def test_the_drawing_of_a_crowded_network(tmp_path: Path) -> None:
    compile_document(document(drawing(Derivation(crowded_network().task), Glyphs.FULL)), tmp_path)
