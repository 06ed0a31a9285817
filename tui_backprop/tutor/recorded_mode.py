"""The modes as records name them. They stand apart from the walks, so that records are read without loading one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tui_backprop.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class RecordedMode:
    """``word``: what a record calls it, and the title line of the screen.

    ``is_exam``: no answer is judged before all are handed in. ``is_guided``: steps may be done for the learner, so that
    a walk can be finished without an answer.
    """

    word: str
    is_exam: bool = False
    is_guided: bool = False


QUIZ: Final = RecordedMode("quiz")
GUIDED: Final = RecordedMode("guided", is_guided=True)
WATCH: Final = RecordedMode("watch")
EXAM: Final = RecordedMode("exam", is_exam=True)
RECORDED_MODES: Final[Mapping[str, RecordedMode]] = {mode.word: mode for mode in (QUIZ, GUIDED, WATCH, EXAM)}
"""Those of exercises, by their words."""


def recorded_mode(word: str) -> RecordedMode:
    """The mode of a record; a word that is not known, or of a lesson, stands for one with nothing special about it."""
    return RECORDED_MODES.get(word) or RecordedMode(word)
