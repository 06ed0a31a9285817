"""What stands at the end of a walk: its result, and what is asked there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal

from tui_backprop.dataclass import dataclass
from tui_backprop.drawing.paragraphs import Paragraph


@dataclass(frozen=True, slots=True)
class Asking:
    """What the prompt asks for at the end. ``suggestion`` is typed in it already; Enter takes it."""

    text: str
    placeholder: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class YesNo:
    """A question that comes before something is done. ``yes`` and ``no`` do what follows, and may return a message.

    Where there is no ``no``, that answer changes nothing.
    """

    text: str
    yes: Callable[[], str | None]
    no: Callable[[], str | None] | None = None


NextIntent = Literal["again", "restart", "quiz", "open", "leave"]
NEXT_WORDS: Final[Mapping[NextIntent, str]] = {
    "again": "another round", "restart": "the same again", "quiz": "as a quiz", "open": "next exercise",
    "leave": "back",
}
"""What Enter does at the end, in words for the line of keys."""


@dataclass(frozen=True, slots=True)
class NextThing:
    """What Enter does at the end: in words, and as an intent; ``exercise``: the name of the one to ``open``."""

    text: str
    intent: NextIntent
    exercise: str = ""


class Ending(ABC):
    """The end of a walk. A kind of end overrides what it has."""

    @property
    @abstractmethod
    def title(self) -> str:
        """The title of the ending."""

    @property
    def explains(self) -> bool:
        """Is the last step shown above it, explained?"""
        return False

    @property
    @abstractmethod
    def keys(self) -> Mapping[str, Callable[[], str]]:
        """What keys do here: by intent, a function that does it and returns a message."""

    @property
    @abstractmethod
    def next_thing(self) -> NextThing | None:
        """The one thing to do next; None while something else is asked for."""

    @property
    def doubt(self) -> YesNo | None:
        """The question that must be answered with yes or no before anything else; None where there is none."""
        return None

    @property
    def asking(self) -> Asking | None:
        """What the prompt asks for now; None when nothing is left to ask."""
        return None

    @property
    def unsaved(self) -> str:
        """The question before everything is begun again, where something would be lost; else empty."""
        return ""

    @abstractmethod
    def paragraphs(self) -> Sequence[Paragraph]:
        """The result of the walk, and what is asked for."""

    def reply(self, text: str) -> str:
        """Take the answer to the question; gives a message. Raises ExerciseError where a file cannot be written."""
        del text
        return ""
