"""How much is recorded: answers and sessions, of each exercise and lesson and of all."""

from __future__ import annotations

from hypothesis import given

from tests.effort import examples
from tests.records.samples import OTHER, SESSION, START, any_history, quiz, stamped
from tui_backprop.records import notes
from tui_backprop.records.events import Event
from tui_backprop.records.folder import in_order
from tui_backprop.records.ledger import ledger_of
from tui_backprop.records.replay import counting


def test_answers_and_sessions_are_counted() -> None:
    lesson = [notes.opened(lesson="chain"), notes.answered("1", "3x", "wrong", lesson="chain"), notes.setting("a", 1)]
    events = [*stamped(*quiz("exercise-2"), *lesson),
              *stamped(*quiz("exercise-2", answers=1), session=OTHER, start=START + 1000)]
    ledger = ledger_of(events)
    here = ledger.of("exercise-2")
    assert (here.answers, here.sessions) == (4, frozenset((SESSION, OTHER)))
    assert (here.first, here.last) == (START + 10, START + 1020)
    assert (ledger.of(lesson="chain").answers, len(ledger.of(lesson="chain").sessions)) == (1, 1)
    assert (ledger.of().answers, ledger.of().last) == (5, START + 1020)
    assert not ledger.of("exercise-1")


@examples(50)
@given(any_history)
def test_the_parts_come_to_the_whole(events: list[Event]) -> None:
    ledger = ledger_of(counting(in_order(events)))
    parts = [*ledger.exercises.values(), *ledger.lessons.values()]
    assert sum(part.answers for part in parts) == ledger.everything.answers
    assert all(parts)
    assert frozenset().union(*(part.sessions for part in parts)) == ledger.everything.sessions
