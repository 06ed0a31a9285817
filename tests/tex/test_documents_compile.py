"""Every worked solution, worksheet and key is a document that pdflatex accepts, with nothing beyond the margin."""

from __future__ import annotations

import re
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


def complaints(lines: Iterable[str], folder: Path) -> list[str]:
    """Compile it: errors, lines that run over the margin, and that there is no page."""
    source = folder / "document.tex"
    source.write_text("\n".join(lines), encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", source.name]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    said = result.stdout.splitlines()
    found = [line for line in said if line.startswith(("!", "l.", "Overfull", "LaTeX Warning: Command"))]
    page = source.with_suffix(".pdf")
    if result.returncode or not page.exists() or page.stat().st_size <= 1000:
        found.append(f"no page; pdflatex ended with {result.returncode}")
    return found


def solution(exercise: Exercise, glyphs: Glyphs = Glyphs.FULL) -> Iterable[str]:
    solved = exercise.solve()
    return solution_paper(solved, solved.steps, glyphs)


def bound(documents: Iterable[Iterable[str]]) -> list[str]:
    """One document of all their pages: a start of pdflatex takes longer than what it then sets."""
    [(preamble, *first, end), *others] = [list(document) for document in documents]
    assert all((other[0], other[-1]) == (preamble, end) for other in others)
    return [preamble, *first, *(line for other in others for line in (r"\clearpage", *other[1:-1])), end]


@pytest.mark.parametrize("name", EXERCISES)
def test_the_solution_of_a_shipped_exercise(name: str, tmp_path: Path) -> None:
    exercise = course.load(name)
    solved = [exercise.solve(detail) for detail in (DETAILS if not name.startswith("circuit") else ("full",))]
    assert complaints(bound(solution_paper(each, each.steps, Glyphs.FULL) for each in solved), tmp_path) == []


@pytest.mark.parametrize("key", [False, True])
@pytest.mark.parametrize("notation", NOTATIONS)
def test_a_worksheet_of_all_exercises_and_its_key(notation: str, key: bool, tmp_path: Path) -> None:
    exercises = [course.load(name) for name in EXERCISES]
    sheets = [sheet_of(exercise, Derivation(exercise.task, exercise.detail, NOTATIONS[notation]))
              for exercise in exercises]
    assert complaints(latex_sheets(sheets, Glyphs.FULL, key=key), tmp_path) == []


@pytest.mark.parametrize("notation", NOTATIONS)
def test_a_solution_in_every_notation(notation: str, tmp_path: Path) -> None:
    solved = [Solution("A title", Derivation(course.load(name).task, "full", NOTATIONS[notation]))
              for name in ("exercise-3", "mazur")]
    assert complaints(bound(solution_paper(each, each.steps, Glyphs.FULL) for each in solved), tmp_path) == []


def log(folder: Path) -> str:
    return (folder / "document.log").read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("glyphs", [Glyphs.FULL, Glyphs.ASCII])
def test_a_solutions_title_is_only_ever_text(glyphs: Glyphs, tmp_path: Path) -> None:
    assert complaints(bound(solution(titled(title, "exercise-1"), glyphs) for title in TITLES), tmp_path) == []
    [pages] = re.findall(r"\((\d+) pages", log(tmp_path))
    assert int(pages) >= len(TITLES)  # none of them was the end
    assert "passwd" not in log(tmp_path)


@pytest.mark.parametrize("glyphs", [Glyphs.FULL, Glyphs.ASCII])
def test_worksheets_titles_are_only_ever_text(glyphs: Glyphs, tmp_path: Path) -> None:
    task = course.load("exercise-1").task
    sheets = [sheet_of(titled(title, "exercise-1"), Derivation(task)) for title in TITLES]  # one document, of them all
    assert complaints(latex_sheets(sheets, glyphs, key=False), tmp_path) == []
    assert "passwd" not in log(tmp_path)


@pytest.mark.parametrize("make", [wide_network, long_circuit, deep_network])
def test_what_is_hard_to_set(make: object, tmp_path: Path) -> None:
    assert callable(make)
    exercise = make()
    assert complaints(solution(exercise), tmp_path) == []
    for key in (False, True):
        sheet = sheet_of(exercise, Derivation(exercise.task))
        assert complaints(latex_sheets([sheet], Glyphs.FULL, key=key), tmp_path) == []


def test_the_drawing_of_a_crowded_network(tmp_path: Path) -> None:
    assert complaints(document(drawing(Derivation(crowded_network().task), Glyphs.FULL)), tmp_path) == []
