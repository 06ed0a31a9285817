"""Choices for the whole program, kept among the records, so that they go with the learner to another machine."""

from __future__ import annotations

from typing import Final

from tui_backprop.derivation.notation import HAND_OUT, NOTATIONS, Notation
from tui_backprop.records import notes
from tui_backprop.records.history import History
from tui_backprop.records.journal import Journal
from tui_backprop.typeset.glyphs import Glyphs

NOTATION: Final = "notation"
CHARACTERS: Final = "characters"
COLOURS: Final = "colours"


def recall_notation(history: History, asked: str | None = None) -> Notation:
    """The notation to use: the one ``asked`` for now by its key, else the one chosen before, else the course's own."""
    kept = history.settings.get(NOTATION)
    return NOTATIONS.get(asked or (kept if isinstance(kept, str) else ""), HAND_OUT)


def recall_characters(history: History, term: str) -> Glyphs | None:
    """The characters chosen last at a terminal of this kind (``TERM``); None where none were chosen."""
    kept = history.settings.get(f"{CHARACTERS} {term}")
    return Glyphs.__members__.get(kept) if isinstance(kept, str) else None


def keep_characters(journal: Journal, term: str, glyphs: Glyphs) -> None:
    """Use these characters from now on, at terminals of this kind."""
    journal.record(notes.setting(f"{CHARACTERS} {term}", glyphs.name))


def recall_colours(history: History, term: str) -> str:
    """The name of the colours chosen last at a terminal of this kind (``TERM``); empty where none were chosen."""
    kept = history.settings.get(f"{COLOURS} {term}")
    return kept if isinstance(kept, str) else ""


def keep_colours(journal: Journal, term: str, colours: str) -> None:
    """Use the colours of this name from now on, at terminals of this kind."""
    journal.record(notes.setting(f"{COLOURS} {term}", colours))


def keep_notation(journal: Journal, notation: Notation) -> None:
    """Use this notation from now on."""
    journal.record(notes.setting(NOTATION, notation.key))
