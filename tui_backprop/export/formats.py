"""The export formats: a new one is one more entry, and its module. A writer is imported when it is first used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from tui_backprop.dataclass import dataclass

if TYPE_CHECKING:  # so that help and completion may list the formats
    from tui_backprop.derivation import Solution, Step
    from tui_backprop.export.worksheet import WorksheetPart
    from tui_backprop.typeset.glyphs import Glyphs

SolutionWriter = Callable[["Solution", Sequence["Step"], "Glyphs"], Iterable[str]]
"""Writes a worked solution, of these steps alone, line by line."""


class SheetWriter(Protocol):
    """Writes a worksheet, or its key, line by line."""

    def __call__(self, sheets: Sequence[WorksheetPart], glyphs: Glyphs, *, key: bool) -> Iterable[str]: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format: which function writes each kind of document, as ``MODULE:FUNCTION``; empty: none in this format.

    ``whole``: a solution has all steps or none. ``lacks``: the function that finds the characters of a text that are
    left out.
    """

    solution: str = ""
    sheets: str = ""
    whole: bool = False
    lacks: str = ""

    def solution_writer(self) -> SolutionWriter:
        """The function that writes a worked solution."""
        writer: SolutionWriter = _find(self.solution)
        return writer

    def sheet_writer(self) -> SheetWriter:
        """The function that writes worksheets and keys."""
        writer: SheetWriter = _find(self.sheets)
        return writer

    def left_out(self, texts: Iterable[str]) -> str:
        """The characters of these texts that cannot be written."""
        return str(_find(self.lacks)("".join(texts))) if self.lacks else ""


def _find(place: str) -> Any:
    """The function at ``MODULE:FUNCTION``; the module is one of this package unless it begins with the program's."""
    module, _, name = place.partition(":")
    return getattr(import_module(module if "." in module else f"{__package__}.{module}"), name)


FORMATS: dict[str, Format] = {
    "text": Format("text:solution_text"),
    "markdown": Format("text:solution_markdown", "sheet_text:markdown_sheets"),
    "latex": Format("paper:solution_paper", "sheet_paper:latex_sheets", lacks="tui_backprop.typeset.latex:left_out"),
    "html": Format("page:solution_page", "sheet_page:html_sheets"),
    "python": Format("scripts:python_lines", whole=True),
    "pytorch": Format("scripts:pytorch_lines", whole=True),
}
TOLD = Format("told:solution_told")
"""The format of a solution in words, for listening."""
