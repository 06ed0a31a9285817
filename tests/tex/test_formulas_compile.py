"""Every name, formula and substitution of the shipped exercises is LaTeX that pdflatex accepts."""

from __future__ import annotations

import subprocess
from itertools import chain
from pathlib import Path

from tui_backprop import course
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.formulas import DETAILS, Detail
from tui_backprop.derivation.notation import HAND_OUT, NOTATIONS, Notation
from tui_backprop.derivation.solution import step_dict
from tui_backprop.network.model import Circuit

PREAMBLE = r"\documentclass{article}\usepackage[landscape,margin=1cm]{geometry}\usepackage{amsmath}\begin{document}"


def lines(detail: Detail, notation: Notation = HAND_OUT) -> list[str]:
    rows = []
    for entry in course.exercises():
        task = course.load(entry.name).task
        if isinstance(task, Circuit) and (detail != "full" or notation is not HAND_OUT):
            continue
        for step in map(step_dict, Derivation(task, detail, notation).steps):
            parts = (step["name"]["latex"], step["formula"]["latex"], step["substituted"]["latex"])
            rows.append(f"${' = '.join(parts)}$\n")
    return rows


CASES = [(detail, HAND_OUT) for detail in DETAILS] + [("delta", other) for other in NOTATIONS.values()][1:]


def test_every_step_compiles(tmp_path: Path) -> None:
    """In one document: a start of pdflatex takes longer than what it then sets. A line that it refuses it shows."""
    bodies = [lines(detail, notation) for detail, notation in CASES]
    assert all(len(body) > 100 for body in bodies)
    source = tmp_path / "steps.tex"
    source.write_text("\n".join((PREAMBLE, *chain(*bodies), r"\end{document}")), encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", source.name]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False)
    assert result.returncode == 0, [line for line in result.stdout.splitlines() if line.startswith(("!", "l."))]
    assert (tmp_path / "steps.pdf").stat().st_size > 1000
