"""What a learner has chosen for the whole program, kept among the records: it goes with them to another machine."""

from __future__ import annotations

from typing import Final

from tui_backprop.derivation.notation import HAND_OUT, NOTATIONS, Notation
from tui_backprop.records import notes
from tui_backprop.records.history import History
from tui_backprop.records.journal import Journal

NOTATION: Final = "notation"


def chosen_notation(history: History, asked: str | None = None) -> Notation:
    """The notation to use: what is ``asked`` for now by its key, else what was chosen, else the course's own."""
    kept = history.settings.get(NOTATION)
    return NOTATIONS.get(asked or (kept if isinstance(kept, str) else ""), HAND_OUT)


def keep_notation(journal: Journal, notation: Notation) -> None:
    """Use this notation from now on."""
    journal.record(notes.setting(NOTATION, notation.key))
