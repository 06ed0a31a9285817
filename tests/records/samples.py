"""Events for tests: by chance, and those of one short quiz."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tui_backprop.records import notes
from tui_backprop.records.events import Event, Note, clean_note, encode, is_fitting

SESSION = "20260105T080000Z-00000000000000aa"
OTHER = "20260105T080500Z-00000000000000bb"
START = 1_767_600_000.0

texts = st.text(max_size=12)


def _with_parts(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return _single | st.lists(of, max_size=3) | st.dictionaries(texts, of, max_size=3)


_single: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(), texts)
values = _with_parts(_with_parts(_with_parts(_single)))
"""Anything JSON holds, three deep. (`st.recursive` comes to the same, and takes half as long again.)"""
kinds = st.sampled_from([*notes.EventKind, "of a later version"])
names = st.sampled_from(["exercise-1", "exercise-2", ""])
odd_notes = st.builds(
    Note,
    kinds,
    names,
    names,
    texts,
    texts,
    st.dictionaries(texts | st.sampled_from(["mode", "of", "given"]), values, max_size=3),
)
"""Notes whose fields may be of any type, as no line of the records may have them."""
any_notes = odd_notes.filter(is_fitting)


def events_of(notes: st.SearchStrategy[Note]) -> st.SearchStrategy[Event]:
    return st.builds(
        lambda time, session, sequence, note: Event(time, session, sequence, clean_note(note)),
        st.floats(0, 4e9),
        st.sampled_from([SESSION, OTHER]),
        st.integers(1, 12),
        notes,
    )


any_events = events_of(any_notes)
any_history = st.lists(any_events, max_size=12, unique_by=lambda event: event.key)
odd_history = st.lists(events_of(odd_notes), max_size=12, unique_by=lambda event: event.key)


def stamped(*of: Note, session: str = SESSION, start: float = START, every: float = 10.0) -> list[Event]:
    """These notes as the events of one session."""
    return [Event(start + every * number, session, number, clean_note(note)) for number, note in zip(count(1), of)]


def quiz(exercise: str = "exercise-2", answers: int = 3) -> list[Note]:
    """An exercise opened, and so many steps answered right at once."""
    steps = [
        notes.answered(f"z {number}:j", str(number), "correct", exercise=exercise, value=float(number))
        for number in range(1, answers + 1)
    ]
    return [notes.opened(exercise, digest="d1", detail="full"), *steps]


def lines(events: list[Event]) -> bytes:
    """A file of these events."""
    return b"".join(map(encode, events))


def write(folder: Path, name: str, content: bytes) -> Path:
    """A file in the folder of the records."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return path
