"""Compiles what is written as LaTeX: `python -m pytest tests/tex`."""

from __future__ import annotations

from tests.tools import require


def pytest_configure() -> None:
    require("tests/tex", "apt-get install", programs={"pdflatex": "texlive-latex-recommended"})
