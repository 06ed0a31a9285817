"""Every worked solution, worksheet and key is a document that pdflatex accepts, with nothing beyond the margin."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from tests.export.hostile import TITLES, crowded_network, deep_network, long_circuit, titled, wide_network
from tui_backprop import course
from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation import Derivation, Solution
from tui_backprop.derivation.formulas import DETAILS, Detail
from tui_backprop.derivation.notation import NOTATIONS
from tui_backprop.export.paper import document, drawing, solution_paper
from tui_backprop.export.sheet_paper import latex_sheets
from tui_backprop.export.worksheet import sheet_of
from tui_backprop.typeset.glyphs import Glyphs

EXERCISES = [entry.name for entry in course.exercises()]
PARTS = 4
"""So many documents hold the solutions of all exercises."""
TOLD = "document "
"""How a line begins by which a document tells its name while it is compiled."""


def complaints(lines: Iterable[str], folder: Path) -> list[str]:
    """Compile it: errors, lines that run over the margin, and that there is no page, each with the name last told."""
    source = folder / "document.tex"
    source.write_text("\n".join(lines), encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", source.name]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    found, told = [], ""
    for line in result.stdout.splitlines():
        if line.startswith(TOLD):
            told = line.removeprefix(TOLD)
        elif line.startswith(("!", "l.", "Overfull", "LaTeX Warning: Command")):
            found.append(told + line)
    page = source.with_suffix(".pdf")
    if result.returncode or not page.exists() or page.stat().st_size <= 1000:
        found.append(f"no page; pdflatex ended with {result.returncode}")
    return found


def solution(exercise: Exercise, glyphs: Glyphs = Glyphs.FULL) -> Iterable[str]:
    solved = exercise.solve()
    return solution_paper(solved, solved.steps, glyphs)


def bound(documents: Mapping[str, Iterable[str]]) -> list[str]:
    """One document of all pages, which tell their names: a start of pdflatex takes longer than what it then sets."""
    pages, ends = [], set()
    for name, (preamble, *page, end) in documents.items():
        pages += [rf"\clearpage\typeout{{{TOLD}{name}: }}", *page]
        ends.add((preamble, end))
    [(preamble, end)] = ends
    return [preamble, *pages, end]


def details_of(name: str) -> Iterable[Detail]:
    return DETAILS if not name.startswith("circuit") else ("full",)


@pytest.mark.parametrize("part", range(PARTS))
def test_the_solutions_of_shipped_exercises(part: int, tmp_path: Path) -> None:
    solved = {f"{name}, {detail}": course.load(name).solve(detail)
              for name in EXERCISES[part::PARTS] for detail in details_of(name)}
    papers = {name: solution_paper(each, each.steps, Glyphs.FULL) for name, each in solved.items()}
    assert complaints(bound(papers), tmp_path) == []


@pytest.mark.parametrize("notation", NOTATIONS)
def test_a_worksheet_of_all_exercises_and_its_key(notation: str, tmp_path: Path) -> None:
    exercises = [course.load(name) for name in EXERCISES]
    sheets = [sheet_of(exercise, Derivation(exercise.task, exercise.detail, NOTATIONS[notation]))
              for exercise in exercises]
    papers = {kind: latex_sheets(sheets, Glyphs.FULL, key=kind == "key") for kind in ("sheet", "key")}
    assert complaints(bound(papers), tmp_path) == []


def test_a_solution_in_every_notation(tmp_path: Path) -> None:
    solved = {f"{name}, {key}": Solution("A title", Derivation(course.load(name).task, "full", notation))
              for key, notation in NOTATIONS.items() for name in ("exercise-3", "mazur")}
    papers = {name: solution_paper(each, each.steps, Glyphs.FULL) for name, each in solved.items()}
    assert complaints(bound(papers), tmp_path) == []


def log(folder: Path) -> str:
    return (folder / "document.log").read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("glyphs", [Glyphs.FULL, Glyphs.ASCII])
def test_a_solutions_title_is_only_ever_text(glyphs: Glyphs, tmp_path: Path) -> None:
    papers = {str(number): solution(titled(title, "exercise-1"), glyphs) for number, title in enumerate(TITLES)}
    assert complaints(bound(papers), tmp_path) == []
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
    sheets = [sheet_of(exercise, Derivation(exercise.task))]
    papers = {kind: latex_sheets(sheets, Glyphs.FULL, key=kind == "key") for kind in ("sheet", "key")}
    assert complaints(bound({"solution": solution(exercise), **papers}), tmp_path) == []


def test_the_drawing_of_a_crowded_network(tmp_path: Path) -> None:
    assert complaints(document(drawing(Derivation(crowded_network().task), Glyphs.FULL)), tmp_path) == []
