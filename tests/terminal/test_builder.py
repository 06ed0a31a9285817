"""The builder: from nothing to a network or a circuit that is practised, saved and opened, by real keys."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from tests.effort import some
from tests.terminal.apps import ASCII, FULL
from tests.terminal.screen_text import check_golden, resized, screen_text
from tests.terminal.settled import quick_typist
from tests.terminal.typing import SHORT, paste
from tui_backprop import course
from tui_backprop.course.draft import NEW_CIRCUIT, NEW_NETWORK, BuildError, NetworkDraft, Where, draft_of
from tui_backprop.course.files import UNSAFE
from tui_backprop.desk.builder import fields
from tui_backprop.desk.builder.builder import Builder
from tui_backprop.desk.builder.rows import rows_of
from tui_backprop.desk.builder.view import diagrams_of
from tui_backprop.desk.paths import complete_path, own_folder, path_to_open, path_to_save
from tui_backprop.network.model import Circuit, Network
from tui_backprop.records.drafts import Drafts
from tui_backprop.records.journal import Journal
from tui_backprop.terminal.app import TutorApp
from tui_backprop.terminal.builder.screen import BuilderScreen
from tui_backprop.terminal.capabilities import Capabilities
from tui_backprop.terminal.contents.home import HomeScreen
from tui_backprop.terminal.files.ask import FileScreen
from tui_backprop.terminal.widgets.line_input import LineInput
from tui_backprop.terminal.workbench.screen import WorkbenchScreen
from tui_backprop.typeset.glyphs import Glyphs

SIZES = [(80, 24), (60, 20), (120, 40)]
NAMES = {" ": "space", "-": "minus", "+": "plus", "*": "asterisk", "(": "left_parenthesis", ")": "right_parenthesis",
         ".": "full_stop", ",": "comma", "=": "equals_sign", "/": "slash", "~": "tilde", "_": "underscore"}


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "drafts")


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "records")


def builder_app(builder: Builder, journal: Journal | None = None, capabilities: Capabilities = FULL) -> TutorApp:
    """The tutor with the builder as its first screen."""
    return TutorApp(capabilities, lambda: BuilderScreen(builder, journal))


def seeded(kind: str, drafts: Drafts) -> Builder:
    """A builder whose first seed is 1, the next 2."""
    numbers = count(1)
    return Builder("circuit" if kind == "circuit" else "network", drafts, seeds=lambda: next(numbers))


async def keys(pilot: Pilot[None], *texts: str) -> None:
    """Press each text's characters; a text in angle brackets is a key's name."""
    with quick_typist():
        for text in texts:
            if text.startswith("<"):
                await pilot.press(text[1:-1])
            elif len(text) > SHORT and isinstance(pilot.app.focused, LineInput):
                await paste(pilot, text)
            else:
                await pilot.press(*(NAMES.get(character, character) for character in text))
    await pilot.pause()


async def go_to(pilot: Pilot[None], *where: str | int) -> None:
    """Move the cursor down to a field."""
    screen = pilot.app.screen
    assert isinstance(screen, BuilderScreen)
    with quick_typist():
        await pilot.press("home")
        for _ in range(screen.fields.count()):
            if screen.fields.where == where:
                return
            await pilot.press("down")
    raise AssertionError(f"no field {where}")


def network_of(builder: Builder) -> NetworkDraft:
    assert isinstance(builder.draft, NetworkDraft)
    return builder.draft


async def build_two_two_one(pilot: Pilot[None]) -> None:
    """A 2-2-1 network with biases, from nothing: a hidden layer, one more input, biases, and random numbers."""
    await go_to(pilot, "units", 0)
    await keys(pilot, "+", "i")
    await go_to(pilot, "biases")
    await keys(pilot, " ", "g")


async def test_a_network_is_built_from_nothing_practised_saved_and_opened(drafts: Drafts, journal: Journal) -> None:
    builder = seeded("network", drafts)
    async with builder_app(builder, journal).run_test(size=(80, 24)) as pilot:
        await build_two_two_one(pilot)
        draft = network_of(builder)
        assert [len(units) for units in draft.layers] == [2, 2, 1]
        assert draft.bias_use == "trained"
        assert "READY" in screen_text(pilot.app)
        await keys(pilot, "q")
        assert isinstance(pilot.app.screen, WorkbenchScreen)
        assert pilot.app.screen.bench.walk.total >= 40
        await keys(pilot, "<escape>", "<escape>")
        assert isinstance(pilot.app.screen, BuilderScreen)
        await keys(pilot, "s")
        assert isinstance(pilot.app.screen, FileScreen)
        await keys(pilot, "<ctrl+u>", "xor", "<enter>")
        assert "Saved as xor.toml" in screen_text(pilot.app)
        assert (own_folder() / "xor.toml").exists()
        await keys(pilot, "n")
        assert builder.draft == NEW_NETWORK
        await keys(pilot, "o", "xor", "<enter>")
        assert builder.draft == draft
    loaded = course.load("xor").task
    assert isinstance(loaded, Network)
    assert loaded.weights == draft.weights


async def test_a_circuit_is_built_gate_by_gate(drafts: Drafts) -> None:
    builder = seeded("circuit", drafts)
    async with builder_app(builder).run_test(size=(80, 24)) as pilot:
        await go_to(pilot, "given", 0)
        await keys(pilot, "-2", "<enter>", "i", "y=5", "<enter>", "i", "z = -4", "<enter>")
        await go_to(pilot, "gate", 0)
        await keys(pilot, "<enter>", "q = x + y", "<enter>", "i", "f = q*z", "<enter>", "w")
        bench = pilot.app.screen
        assert isinstance(bench, WorkbenchScreen)
        assert bench.bench.walk.mode.word == "watch"
        task = bench.bench.walk.exercise.task
    assert isinstance(task, Circuit)
    assert dict(task.inputs) == {"x": -2.0, "y": 5.0, "z": -4.0}
    assert bench.bench.walk.derivation.values("f") == -12.0


async def test_a_number_is_typed_in_place_and_the_reason_is_shown_while_it_is_wrong(drafts: Drafts) -> None:
    builder = seeded("network", drafts)
    async with builder_app(builder).run_test(size=(80, 24)) as pilot:
        await go_to(pilot, "weight", 1, 0, 0)
        await keys(pilot, "-0.5(")
        assert "✗" in screen_text(pilot.app)
        await keys(pilot, "<enter>")
        assert network_of(builder).weights[0][0][0] is None
        await keys(pilot, "<backspace>", "<enter>")
        assert network_of(builder).weights[0][0][0] == -0.5
        await keys(pilot, "u")
        assert network_of(builder).weights[0][0][0] is None
        await keys(pilot, "r")
        assert network_of(builder).weights[0][0][0] == -0.5


async def test_numbers_are_typed_one_under_the_other(drafts: Drafts) -> None:
    builder = seeded("network", drafts)
    async with builder_app(builder).run_test(size=(80, 24)) as pilot:
        await go_to(pilot, "units", 0)
        await keys(pilot, "<enter>", "3", "<enter>")
        await go_to(pilot, "input", 0, 0)
        await keys(pilot, "1", "<enter>", "2", "<enter>", "3", "<enter>", ".5", "<enter>")
        assert network_of(builder).samples[0].inputs == (1.0, 2.0, 3.0)
        assert network_of(builder).samples[0].targets == (0.5,)


async def test_only_what_goes_together_is_offered(drafts: Drafts) -> None:
    builder = seeded("network", drafts)
    async with builder_app(builder).run_test(size=(80, 24)) as pilot:
        await go_to(pilot, "cost")
        seen = set()
        for _ in range(6):
            await keys(pilot, " ")
            seen.add(network_of(builder).cost)
        assert "binary_cross_entropy" in seen
        assert "cross_entropy" not in seen
        await go_to(pilot, "activation", 1)
        await keys(pilot, "<left>")
        assert network_of(builder).activations == ("leaky_relu",)


async def test_an_unfinished_draft_says_what_is_missing_with_the_cursor_on_it(drafts: Drafts) -> None:
    async with builder_app(seeded("network", drafts)).run_test(size=(80, 24)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, BuilderScreen)
        for key in "qws":
            await keys(pilot, "<home>")
            assert "This input is missing" not in screen_text(pilot.app)
            await keys(pilot, key)
            assert screen.is_current, key
            assert screen.fields.where == ("input", 0, 0), key
            assert "✗ This input is missing: type a number, or let g draw" in screen_text(pilot.app), key


async def test_samples_layers_and_units_are_added_and_taken_out(drafts: Drafts) -> None:
    builder = seeded("network", drafts)
    async with builder_app(builder).run_test(size=(80, 24)) as pilot:
        await go_to(pilot, "samples")
        await keys(pilot, "++-")
        assert len(network_of(builder).samples) == 2
        await go_to(pilot, "input", 1, 0)
        await keys(pilot, "d")
        assert len(network_of(builder).samples) == 1
        await go_to(pilot, "units", 0)
        await keys(pilot, "i", "+", "d")
        assert network_of(builder).layers == NEW_NETWORK.layers
        await keys(pilot, "d")
        assert "keeps its inputs and its output" in screen_text(pilot.app)


async def test_a_file_is_replaced_only_after_a_yes(drafts: Drafts, tmp_path: Path) -> None:
    builder = seeded("network", drafts)
    builder.draw()
    path = tmp_path / "mine.toml"
    precious = "format = 1\n[circuit]\n# precious\n"
    path.write_text(precious, "utf-8")
    async with builder_app(builder).run_test(size=(80, 24)) as pilot:
        await keys(pilot, "s", "<ctrl+u>", str(path), "<enter>")
        assert "There is a file of that name" in screen_text(pilot.app)
        await keys(pilot, "n", "<enter>")
        assert path.read_text("utf-8") == precious
        await keys(pilot, "<enter>", "y", "<enter>")
        assert isinstance(pilot.app.screen, BuilderScreen)
    assert course.load(path).task == course.load(path).task
    assert "precious" not in path.read_text("utf-8")


async def test_a_place_where_nothing_can_be_saved_is_told_in_one_line(drafts: Drafts) -> None:
    builder = seeded("network", drafts)
    builder.draw()
    async with builder_app(builder).run_test(size=(80, 24)) as pilot:
        for typed, said in (
            ([], "Type a file's name"), (["/nowhere/at/all.toml"], "no such folder"), (["/"], "this is a folder"),
        ):
            await keys(pilot, "s", "<ctrl+u>", *typed, "<enter>")
            assert said in screen_text(pilot.app)
            await keys(pilot, "<escape>")
            assert isinstance(pilot.app.screen, BuilderScreen), said


async def test_tab_goes_on_with_a_path(drafts: Drafts, tmp_path: Path) -> None:
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / "one.toml").write_text("", "utf-8")
    async with builder_app(seeded("network", drafts)).run_test(size=(80, 24)) as pilot:
        await keys(pilot, "o", f"{tmp_path}/les", "<tab>", "<tab>")
        screen = pilot.app.screen
        assert isinstance(screen, FileScreen)
        assert screen.path.value == f"{tmp_path}/lessons/one.toml"
        await keys(pilot, "<enter>")
        assert "one.toml" in screen_text(pilot.app)
        assert isinstance(pilot.app.screen, FileScreen)


async def test_the_contents_lead_to_the_builder_and_to_what_was_saved(journal: Journal) -> None:
    async with TutorApp(FULL, lambda: HomeScreen(journal)).run_test(size=(80, 24)) as pilot:
        await keys(pilot, "<slash>", "build a netw", "<enter>")
        assert isinstance(pilot.app.screen, BuilderScreen)
        await keys(pilot, "g", "s", "<enter>", "q", "<escape>", "<escape>", "<escape>", "<escape>")
        text = screen_text(pilot.app)
        assert "Continue: My network" in text
        await keys(pilot, "<slash>", "your own", "<enter>")
        assert isinstance(pilot.app.screen, BuilderScreen)
        await keys(pilot, "<escape>")
        await keys(pilot, "<end>", "<enter>")
        assert isinstance(pilot.app.screen, WorkbenchScreen)


async def test_any_file_is_opened_from_the_contents(journal: Journal, tmp_path: Path) -> None:
    path = tmp_path / "theirs.toml"
    path.write_text(course.locate("exercise-2", "exercise").read_text("utf-8"), "utf-8")
    async with TutorApp(FULL, lambda: HomeScreen(journal)).run_test(size=(80, 24)) as pilot:
        await keys(pilot, "<slash>", "open a file", "<enter>", str(path), "<enter>")
        assert isinstance(pilot.app.screen, WorkbenchScreen)


def test_a_draft_is_taken_up_again_as_it_was_left(drafts: Drafts) -> None:
    first = seeded("network", drafts)
    first.change(fields.insert, ("units", 0))
    first.enter(("title",), "Half done")
    drafts.flush()
    assert Builder("network", Drafts(drafts.folder)).draft == first.draft


def test_what_a_new_draft_replaces_comes_back_even_the_next_day(drafts: Drafts) -> None:
    first = seeded("network", drafts)
    first.enter(("title",), "Precious")
    first.begin()
    drafts.flush()
    later = Builder("network", Drafts(drafts.folder))
    assert later.draft == NEW_NETWORK
    later.undo()
    assert later.draft.title == "Precious"


def test_a_damaged_draft_is_put_aside_and_not_lost(drafts: Drafts) -> None:
    drafts.folder.mkdir()
    drafts.path("network").write_text("[network", "utf-8")
    assert Builder("network", drafts).draft == NEW_NETWORK
    assert drafts.path("network-damaged").read_text("utf-8") == "[network"


def test_a_draft_that_cannot_be_kept_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    builder = seeded("network", Drafts(tmp_path / "file" / "drafts"))
    builder.draw()
    builder.drafts.flush()
    assert builder.warning is not None
    assert "save it with s" in builder.warning


def test_what_is_practised_is_found_again_after_the_draft_has_changed(drafts: Drafts) -> None:
    builder = seeded("network", drafts)
    builder.draw()
    exercise, name = builder.ready()
    builder.begin()
    again = course.load(name)
    assert (again.task, again.digest) == (exercise.task, exercise.digest)


def test_a_saved_draft_is_practised_under_its_file(drafts: Drafts, tmp_path: Path) -> None:
    builder = seeded("network", drafts)
    builder.draw()
    builder.save(tmp_path / "mine.toml")
    assert builder.ready()[1] == str(tmp_path / "mine.toml")
    builder.enter(("rate",), "0.2")
    assert builder.ready()[1] != str(tmp_path / "mine.toml")


def test_a_seed_draws_the_same_numbers_again(drafts: Drafts) -> None:
    builder = seeded("network", drafts)
    builder.change(fields.insert, ("units", 0))
    builder.draw()
    drawn = builder.draft
    assert "seed 2" in builder.draw()
    builder.enter(("seed",), "1")
    assert builder.draft == drawn


BUILDERS = {"network": draft_of(course.load("two-paths")), "circuit": draft_of(course.load("circuit-two-gates"))}


@pytest.mark.parametrize("kind", BUILDERS)
@given(data=st.data())
def test_random_text_in_any_field_is_taken_or_refused_in_one_line(kind: str, data: st.DataObject) -> None:
    draft = BUILDERS[kind]
    rows = [row for row in rows_of(draft, 1, Glyphs.FULL) if row.kind == "text"]
    where: Where = data.draw(st.sampled_from([row.where for row in rows]))
    alphabet = st.sampled_from("0123456789.,+-*/^()=xyzq _~ \x1b\x00\n½é²") | st.characters()
    text = data.draw(st.text(alphabet, max_size=20) | st.text(alphabet, max_size=500))
    said = ""
    try:
        changed = draft if where == ("seed",) else fields.enter(draft, where, text)
    except BuildError as error:
        changed, said = draft, error.message
    assert len(said.splitlines()) <= 1
    for row in rows_of(changed, None, Glyphs.ASCII):
        assert not UNSAFE.search(row.value)
        if row.where != ("seed",):
            fields.highlight_for(changed, row.where)
    diagrams_of(changed)


@given(st.text(max_size=40) | st.text("/.~ \x00a", max_size=6))
def test_random_text_as_a_path_never_raises_more_than_one_line(text: str) -> None:
    complete_path(text)
    for read in (path_to_save, path_to_open):
        said = ""
        try:
            read(text)
        except course.ExerciseError as error:
            said = str(error)
        assert len(said.splitlines()) <= 1


def test_a_name_alone_is_kept_among_ones_own_and_a_path_goes_where_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/someone")
    assert path_to_save("xor") == own_folder() / "xor.toml"
    assert path_to_save("~/xor") == Path("/home/someone/xor.toml")
    assert path_to_save("./xor.toml") == Path("xor.toml")


@pytest.mark.parametrize("capabilities", [FULL, ASCII], ids=["full", "ascii"])
async def test_the_builder_at_every_size(capabilities: Capabilities, drafts: Drafts) -> None:
    app = builder_app(seeded("network", drafts), capabilities=capabilities)
    async with app.run_test(size=SIZES[0]) as pilot:
        await build_two_two_one(pilot)
        async for size in resized(pilot, SIZES):
            text = screen_text(app)
            assert text.isascii() or capabilities is FULL
            check_golden(f"builder-{size[0]}x{size[1]}-{'full' if capabilities is FULL else 'ascii'}", text)


@pytest.mark.parametrize("size", SIZES)
async def test_a_circuit_in_the_builder_at_every_size(size: tuple[int, int], drafts: Drafts) -> None:
    builder = seeded("circuit", drafts)
    builder.enter(("given", 0), "-2")
    builder.enter(("given", 0), "x = -2")
    builder.change(fields.insert, ("given", 0))
    builder.enter(("gate", 0), "q = x + y")
    builder.change(fields.insert, ("gate", 0))
    app = builder_app(builder)
    async with app.run_test(size=size) as pilot:
        await go_to(pilot, "gate", 1)
        check_golden(f"builder-circuit-{size[0]}x{size[1]}", screen_text(app))


@pytest.mark.parametrize("size", some(SIZES))
async def test_nothing_is_out_of_reach(size: tuple[int, int], drafts: Drafts) -> None:
    builder = seeded("network", drafts)
    async with builder_app(builder).run_test(size=size) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, BuilderScreen)
        await build_two_two_one(pilot)
        await keys(pilot, "<home>")
        reached = []
        for _ in range(screen.fields.count()):
            reached.append(screen.fields.where)
            row = screen.fields.row
            assert row is not None
            assert row.label in screen_text(pilot.app)
            await keys(pilot, "<down>")
        rows = builder.rows(Glyphs.FULL)
        assert set(reached) == {rows.where(n) for n in range(len(rows)) if rows.where(n)}


def test_new_drafts_are_of_their_kinds(drafts: Drafts) -> None:
    assert Builder("circuit", drafts).draft == NEW_CIRCUIT
    assert Builder("network", drafts).draft == NEW_NETWORK
