"""The tutor as a whole: contents, lessons and workbench over one learner's records."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui_backprop import course
from tui_backprop.records.journal import Journal
from tui_backprop.records.settings import recall_notation
from tui_backprop.terminal.start import start

if TYPE_CHECKING:
    from textual.screen import Screen


def open_tutor(
    target: str | None, *, ascii_only: bool, no_colour: bool, notation: str | None,
    offered: str | None = None,
) -> int:
    """Run the app; gives its exit status. ``target`` is a lesson or an exercise, by name or path, that exists.

    ``notation`` is the key of the one to use this time, by default the one the learner chose last. ``offered``: the key
    of the mode to begin an exercise in, where no run is left to go on with.
    """
    journal = Journal()

    def first() -> Screen[None]:
        from tui_backprop.desk.contents import kind_of
        from tui_backprop.terminal.contents.home import HomeScreen

        named = f"{kind_of(target, course.lessons())} {target}" if target else None
        return HomeScreen(journal, recall_notation(journal.history, notation), named, offered,
                          keeps_glyphs=not ascii_only)

    try:
        return start(first, ascii_only, no_colour)
    finally:
        if not journal.close() and journal.loss:
            print(f"tui-backprop: {journal.loss}", file=sys.stderr)
