"""Whatever sessions do beside each other and however they end, all that was safe is read, and everywhere the same."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from tests.effort import examples
from tests.records.samples import START
from tui_backprop.records import notes
from tui_backprop.records.events import Event, Note
from tui_backprop.records.folder import SUFFIX, in_order, read_folder
from tui_backprop.records.journal import Journal
from tui_backprop.records.replay import replay

NAMES = ("exercise-1", "exercise-2")
names = st.sampled_from(NAMES)
steps = st.sampled_from(["z 1:j", "a 1:j", "C", "dC/da 2:k"])
notes_taken = st.one_of(
    names.map(lambda name: notes.opened(name, digest="d1", detail="full")),
    st.builds(lambda name, step, text, verdict: notes.answered(step, text, verdict, exercise=name, value=0.5),
              names, steps, st.sampled_from(["0.5", "½", "2(", "−1"]),
              st.sampled_from(["correct", "wrong", "invalid", "too_coarse"])),
    st.builds(lambda name, step, level: notes.hinted(step, level, exercise=name), names, steps, st.integers(1, 4)),
    st.builds(lambda name, step: notes.revealed(step, exercise=name), names, steps),
    st.builds(lambda name, step: notes.moved(step, exercise=name), names, steps),
    names.map(lambda name: notes.finished(exercise=name)),
    st.builds(lambda name, rate: notes.edited({"r": rate}, exercise=name), names, st.floats(0.01, 1)),
)


class Sessions(RuleBasedStateMachine):
    """Sessions in one folder: opened, written in, killed in the middle of a line, closed, and merged elsewhere."""

    open_ones = Bundle("open_ones")
    resets = Bundle("resets")

    def __init__(self) -> None:
        super().__init__()
        self.home = TemporaryDirectory()
        self.folder = Path(self.home.name) / "records"
        self.events: list[Event] = []
        self.journals: list[Journal] = []
        self.copies = count(1)
        self.now = START

    def journal(self, folder: Path) -> Journal:
        opened = Journal(folder, clock=lambda: self.now)
        self.journals.append(opened)
        return opened

    @rule(target=open_ones)
    def open(self) -> Journal:
        return self.journal(self.folder)

    @rule(by=st.sampled_from([-3600.0, 0.0, 0.5, 60.0]))
    def the_clock_goes_on_or_is_put_back(self, by: float) -> None:
        self.now += by

    @rule(journal=open_ones, taken=st.lists(notes_taken, min_size=1, max_size=4))
    def note(self, journal: Journal, taken: list[Note]) -> None:
        self.events += [journal.record(note) for note in taken]
        assert journal.flush()

    @rule(target=resets, journal=open_ones, name=st.sampled_from([*NAMES, ""]))
    def reset(self, journal: Journal, name: str) -> Event:
        journal.refresh()
        reset = journal.reset(name)
        self.events.append(reset)
        assert journal.flush()
        assert not journal.history.exercises if not name else name not in journal.history.exercises
        return reset

    @rule(journal=open_ones, reset=consumes(resets))
    def take_a_reset_back(self, journal: Journal, reset: Event) -> None:
        self.events.append(journal.undo(reset))
        assert journal.flush()

    @rule(journal=consumes(open_ones), torn=st.binary(max_size=40))
    def kill(self, journal: Journal, torn: bytes) -> None:
        """What was safe stays; half a line of what was not is left behind."""
        file = self.folder / f"{journal.session}{SUFFIX}"
        if file.exists():
            with file.open("ab") as left:
                left.write(torn.replace(b"\n", b" "))

    @rule(target=open_ones, journal=consumes(open_ones), stays=st.booleans())
    def close(self, journal: Journal, stays: bool) -> object:
        """Closing may save a summary of the past: what is read after it is the same."""
        assert journal.close()
        return multiple(*([self.journal(self.folder)] if stays else []))

    @rule(journal=open_ones)
    def look_what_others_did(self, journal: Journal) -> None:
        journal.refresh()
        assert journal.history == replay(in_order(self.events))

    @rule(again=st.booleans())
    def merge_elsewhere(self, again: bool) -> None:
        """An export read into an empty folder comes to the same; reading it in twice is reading it in once."""
        number = next(self.copies)
        file, other = Path(self.home.name) / f"{number}{SUFFIX}", Path(self.home.name) / f"elsewhere-{number}"
        here, there = self.journal(self.folder), self.journal(other)
        assert here.export(file) == len(self.events)
        if not self.events:
            return
        assert there.take_in(file).added == len(self.events)
        assert not again or there.take_in(file).added == 0
        assert there.history == here.history

    @invariant()
    def all_that_was_safe_is_read(self) -> None:
        assert read_folder(self.folder).events == in_order(self.events)
        assert self.journal(self.folder).history == replay(in_order(self.events))

    def teardown(self) -> None:
        for journal in self.journals:
            journal.close()
        self.home.cleanup()


TestSessions = Sessions.TestCase
TestSessions.settings = examples(40, stateful_step_count=25, suppress_health_check=[HealthCheck.too_slow])
