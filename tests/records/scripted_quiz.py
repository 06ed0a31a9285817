"""A quiz without a screen: answers one step after the other, and says on stdout which judgement is painted.

``python -m tests.records.scripted_quiz FOLDER ANSWERS [BYTES]``: BYTES is what the disk takes at once, so that a kill
finds a line half written.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from tui_backprop.records import notes
from tui_backprop.records.journal import Journal
from tui_backprop.records.log import Disk


def main(folder: Path, answers: int, at_once: int = 1_000_000) -> None:
    """Open the exercise and answer; each answer waits for the last one's judgement to be painted."""
    disk = Disk(write=lambda file, content: os.write(file, content[:at_once]))
    with Journal(folder, disk=disk) as journal:
        journal.record(notes.opened("exercise-2", digest="d1", detail="full"))
        journal.flush(timeout=None)
        for number in range(1, answers + 1):
            judged = threading.Event()
            note = notes.answered(f"z {number}:j", "-1.205", "correct", exercise="exercise-2", value=-1.205)
            event = journal.record(note, judged.set)
            judged.wait()
            if journal.warning is not None:
                raise SystemExit(journal.warning)
            os.write(1, f"{event.session} {event.sequence}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
