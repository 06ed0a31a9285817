"""What stands at the end of a walk: what came of it, and what is asked there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tui_backprop.drawing.paragraphs import Paragraph


@dataclass(frozen=True, slots=True)
class Asking:
    """What the prompt asks at an end. ``suggestion`` stands in it already; Enter takes it."""

    text: str
    placeholder: str
    suggestion: str = ""


class Ending(Protocol):
    """The end of a walk."""

    @property
    def title(self) -> str:
        """What stands over it."""
        ...

    @property
    def explains(self) -> bool:
        """Is the last step to be seen above it, explained?"""
        ...

    @property
    def asking(self) -> Asking | None:
        """The question now; None when nothing is left to ask."""
        ...

    @property
    def unsaved(self) -> str:
        """What to ask before everything is begun again, because something would be lost; else empty."""
        ...

    def paragraphs(self) -> Sequence[Paragraph]:
        """What came of the walk, and what is asked."""
        ...

    def reply(self, text: str) -> str:
        """Take the answer to the question, and say what became of it. ExerciseError where a file can't be written."""
        ...
