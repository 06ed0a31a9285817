"""How long a semester's records take to read: ``python -m tests.records.timing``. Milliseconds of processor time."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.records.samples import START, stamped, write
from tui_backprop.records import notes
from tui_backprop.records.events import Note, encode
from tui_backprop.records.folder import read_folder
from tui_backprop.records.past import read_past, save_past
from tui_backprop.records.replay import replay

PER_SESSION = 33


def session_notes(number: int) -> list[Note]:
    """What one session notes: an exercise opened, and 32 answers, every third one wrong."""
    exercise = f"exercise-{number % 20}"
    answers = [
        notes.answered(
            f"dC/dw 2:j{step}->k",
            "2*(0.397-1)",
            "correct" if step % 3 else "wrong",
            exercise=exercise,
            value=-1.206,
            mistakes=[] if step % 3 else ["sign_lost"],
            seconds=12.5,
        )
        for step in range(1, PER_SESSION)
    ]
    return [notes.opened(exercise, digest="0123456789abcdef", detail="full"), *answers]


def semester(folder: Path, events: int) -> None:
    """So many events, in files of one session each."""
    for number in range(events // PER_SESSION):
        name = f"20260105T080000Z-{number:016x}"
        own = stamped(*session_notes(number), session=name, start=START + 1000 * number)
        write(folder, f"{name}.jsonl", b"".join(map(encode, own)))


def best(action: Callable[[], object], times: int = 7) -> float:
    """The shortest of several runs, in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        action()
        taken.append(time.process_time() - start)
    return min(taken) * 1000


def main() -> None:
    """Print one line a size."""
    for count in (1000, 5000, 10_000):
        with TemporaryDirectory() as name:
            folder = Path(name)
            semester(folder, count)
            events = read_folder(folder).events
            reading = best(partial(read_folder, folder))
            replaying = best(partial(replay, events))
            save_past(folder, read_past(folder))
            summary = best(partial(read_past, folder))
        print(f"{count:6} events: read {reading:.0f} ms, replay {replaying:.0f} ms; with the summary {summary:.0f} ms")


if __name__ == "__main__":
    main()
