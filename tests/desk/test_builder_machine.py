"""Whatever is done in the builder, every change can be taken back and brought again, and the draft is on the disk."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.effort import examples
from tui_backprop.course.draft import BuildError, Draft, TaskKind, Where, draft_text
from tui_backprop.desk.builder.builder import Builder
from tui_backprop.desk.builder.fields import insert, one_less, one_more, remove
from tui_backprop.records.drafts import Drafts
from tui_backprop.typeset.glyphs import Glyphs

TEXTS = ("", "0.5", "-2", "3", "1e400", "nan", "i, j", "x = 2", "q = x + y", "f = q*z", "none", "[red]", "7 8", "relu")
MOST_FIELDS = 60
"""A draft does not grow beyond so many fields here: what is done to it, not how large it is, is tried."""


class Maker(RuleBasedStateMachine):
    """Changes a draft field by field, back and forth, beside a list of all the drafts there have been."""

    builder: Builder

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.seeds = count(1)
        self.past: list[Draft] = []
        self.future: list[Draft] = []

    @initialize(kind=st.sampled_from(["network", "circuit"]))
    def begin_at_all(self, kind: TaskKind) -> None:
        self.kind: TaskKind = kind
        self.builder = self.builder_here()
        self.draft = self.builder.draft

    def builder_here(self) -> Builder:
        return Builder(self.kind, Drafts(Path(self.folder.name)), seeds=lambda: next(self.seeds))

    def fields(self) -> list[Where]:
        """Where each field is; headings are nowhere."""
        return [row.where for row in self.builder.rows(Glyphs.ASCII) if row.where]

    def some_field(self, chance: float) -> Where:
        fields = self.fields()
        return fields[int(chance * len(fields))]

    def change(self, do: Callable[[], object]) -> None:
        """Do something that makes one new draft, or none; what is refused changes nothing."""
        try:
            do()
        except BuildError:
            assert self.builder.draft == self.draft
            return
        if self.builder.draft != self.draft:
            self.past.append(self.draft)
            self.future.clear()
            self.draft = self.builder.draft

    chances = st.floats(0, 1, exclude_max=True)

    @rule(chance=chances, text=st.sampled_from(TEXTS))
    def enter(self, chance: float, text: str) -> None:
        where = self.some_field(chance)
        refused = self.builder.why_not(where, text)
        before = self.draft
        self.change(lambda: self.builder.enter(where, text))
        assert refused is None or self.draft == before

    @rule(chance=chances, by=st.sampled_from([-1, 1]))
    def choose(self, chance: float, by: int) -> None:
        self.change(lambda: self.builder.choose(self.some_field(chance), by))

    @rule(chance=chances, way=st.sampled_from([one_more, one_less, insert, remove]))
    def grow_or_shrink(self, chance: float, way: Callable[[Draft, Where], tuple[Draft, Where]]) -> None:
        if way in (one_less, remove) or len(self.fields()) < MOST_FIELDS:
            self.change(lambda: self.builder.change(way, self.some_field(chance)))

    @rule()
    def draw(self) -> None:
        self.change(self.builder.draw)
        assert self.builder.missing == 0 or self.kind == "circuit"

    @rule()
    def begin_another(self) -> None:
        self.change(self.builder.begin)

    @rule()
    def undo(self) -> None:
        self.builder.undo()
        if self.past:
            self.future.append(self.draft)
            self.draft = self.past.pop()

    @rule()
    def redo(self) -> None:
        self.builder.redo()
        if self.future:
            self.past.append(self.draft)
            self.draft = self.future.pop()

    @rule()
    def take_everything_back_and_bring_it_again(self) -> None:
        here, steps = self.draft, len(self.past)
        for _ in range(steps):
            self.undo()
        assert not self.past
        for _ in range(steps):
            self.redo()
        assert self.draft == here == self.builder.draft

    @rule()
    def leave_and_come_back(self) -> None:
        assert self.builder.drafts.flush()
        again = self.builder_here()
        assert draft_text(again.draft) == draft_text(self.draft)  # biases that are not used are in no file
        assert again.warning is None

    @invariant()
    def it_is_the_draft_that_was_made(self) -> None:
        assert self.builder.draft == self.draft
        assert self.builder.kind == self.kind

    @invariant()
    def it_is_on_the_disk_once_it_was_changed(self) -> None:
        kept = self.builder.drafts.read(self.kind)
        assert kept == draft_text(self.draft) if kept is not None else not self.past

    @invariant()
    def every_field_can_be_shown(self) -> None:
        fields = self.fields()
        assert len(set(fields)) == len(fields) > 0

    def teardown(self) -> None:
        self.builder.drafts.flush(None)
        self.folder.cleanup()


TestMaker = Maker.TestCase
TestMaker.settings = examples(30, stateful_step_count=25, suppress_health_check=[HealthCheck.too_slow])
