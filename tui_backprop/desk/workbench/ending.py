"""What stands at the end of a walk: what came of it, and what is asked there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal, Protocol

from tui_backprop.dataclass import dataclass
from tui_backprop.drawing.paragraphs import Paragraph


@dataclass(frozen=True, slots=True)
class Asking:
    """What the prompt asks at an end. ``suggestion`` stands in it already; Enter takes it."""

    text: str
    placeholder: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class YesNo:
    """A question that comes before something is done. Each of both does what follows, and may say what became of it.

    Without a ``no``, all stays as it was, the keyboard too.
    """

    text: str
    yes: Callable[[], str | None]
    no: Callable[[], str | None] | None = None


NextIntent = Literal["again", "restart", "quiz", "open", "leave"]
NEXT_WORDS: Final[Mapping[NextIntent, str]] = {
    "again": "another round", "restart": "the same again", "quiz": "as a quiz", "open": "next exercise",
    "leave": "back to the lesson",
}
"""What Enter does at an end, in the line of keys."""


@dataclass(frozen=True, slots=True)
class NextThing:
    """What Enter does at an end: in words, and as an intent; ``exercise``: the name of the one to ``open``."""

    text: str
    intent: NextIntent
    exercise: str = ""


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
    def keys(self) -> Mapping[str, Callable[[], str]]:
        """What keys do here: by intent, what does it and says what became of it."""
        ...

    @property
    def next_thing(self) -> NextThing | None:
        """The one thing to do next; None while something else is asked."""
        ...

    @property
    def doubt(self) -> YesNo | None:
        """What has to be answered with yes or no before anything else."""
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
