"""Every name, formula and substitution of the shipped exercises is LaTeX that pdflatex accepts."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tui_backprop import course
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.formulas import DETAILS, Detail
from tui_backprop.derivation.solution import step_dict
from tui_backprop.network.model import Circuit

PREAMBLE = r"\documentclass{article}\usepackage[landscape,margin=1cm]{geometry}\usepackage{amsmath}\begin{document}"


def lines(detail: Detail) -> list[str]:
    rows = []
    for entry in course.exercises():
        task = course.load(entry.name).task
        if isinstance(task, Circuit) and detail != "full":
            continue
        for step in map(step_dict, Derivation(task, detail).steps):
            parts = (step["name"]["latex"], step["formula"]["latex"], step["substituted"]["latex"])
            rows.append(f"${' = '.join(parts)}$\n")
    return rows


@pytest.mark.parametrize("detail", DETAILS)
def test_every_step_compiles(detail: Detail, tmp_path: Path) -> None:
    body = lines(detail)
    assert len(body) > 100
    source = tmp_path / "steps.tex"
    source.write_text("\n".join((PREAMBLE, *body, r"\end{document}")), encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", source.name]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False)
    assert result.returncode == 0, [line for line in result.stdout.splitlines() if line.startswith(("!", "l."))]
    assert (tmp_path / "steps.pdf").stat().st_size > 1000
