"""The contents and the page of keys, by their keys."""

from __future__ import annotations

import pytest
from textual.geometry import Size

from tests.terminal.apps import ASCII, FULL
from tests.terminal.screen_text import check_golden, screen_text
from tui_backprop.desk.contents import ContentsEntry, listing
from tui_backprop.terminal.app import TutorApp
from tui_backprop.terminal.capabilities import Capabilities
from tui_backprop.terminal.contents.screen import ContentsScreen, EntryList
from tui_backprop.typeset.glyphs import cells

ENTRIES = (
    ContentsEntry("resume", "Continue: Exercise 2, step 6 of 12", standing="started", summary="How the cost changes."),
    ContentsEntry("slopes", "1. Slopes", "Lessons", "done", "12 of 12", "What “differentiate” means."),
    ContentsEntry("chain-rule", "2. The chain rule", "Lessons", "started", "3 of 9", "Multiply the factors: ∂C/∂w."),
    ContentsEntry("derivatives", "3. The two derivatives you need", "Lessons", summary="The cost’s, and ReLU’s."),
    ContentsEntry("exercise-1", "Exercise 1", "Exercises", summary="One weight: a simple chain."),
    ContentsEntry("exercise-2", "Exercise 2", "Exercises", summary="Two weights: a deeper chain."),
)


class Opening(ContentsScreen):
    """Keeps the keys of the entries that were chosen."""

    def __init__(self, entries: tuple[ContentsEntry, ...]) -> None:
        super().__init__(entries)
        self.chosen: list[str] = []

    def open(self, key: str) -> None:
        self.chosen.append(key)


class Watched(TutorApp):
    """An app of contents whose entries open nothing."""

    def __init__(self, entries: tuple[ContentsEntry, ...] = ENTRIES, capabilities: Capabilities = FULL) -> None:
        super().__init__(capabilities, lambda: Opening(entries))

    @property
    def chosen(self) -> list[str]:
        assert isinstance(self.screen, Opening)
        return self.screen.chosen


async def test_continue_comes_first_and_is_one_key_away() -> None:
    app = Watched()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        assert app.chosen == ["resume"]


async def test_the_cursor_skips_headings_and_its_summary_is_shown() -> None:
    app = Watched()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down")
        assert "Multiply the factors: ∂C/∂w." in screen_text(app)
        await pilot.press("down", "down", "enter")
        assert app.chosen == ["exercise-1"]


async def test_typing_after_a_slash_narrows_the_list_and_escape_widens_it() -> None:
    app = Watched()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"deeper chain")
        text = screen_text(app)
        assert "Exercise 2" in text
        assert "Slopes" not in text
        await pilot.press("enter")
        assert app.chosen == ["exercise-2"]
        await pilot.press("escape")
        assert "Slopes" in screen_text(app)
        await pilot.press("enter")  # the cursor has stayed on what was found
        assert app.chosen == ["exercise-2"] * 2


async def test_the_line_of_keys_says_that_enter_opens_what_was_found() -> None:
    async with Watched().run_test(size=(80, 24)) as pilot:
        await pilot.press("slash")
        assert "Enter open   Esc show all" in screen_text(pilot.app)


async def test_nothing_found_is_said_in_words() -> None:
    app = Watched()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"zebra")
        assert "No title and no summary has these words" in screen_text(app)
        await pilot.press("enter")
        assert app.chosen == []


def test_words_are_looked_for_in_any_order_and_case() -> None:
    found = listing(ENTRIES, "CHAIN deeper")
    assert [line.key for line in found if isinstance(line, ContentsEntry)] == [ENTRIES[5].key]


def test_the_best_title_comes_first_and_a_summary_last() -> None:
    entries = [ContentsEntry("a", "A unit that is off", summary="Its ReLU lets nothing through."),
               ContentsEntry("b", "Leaky ReLU"),
               ContentsEntry("c", "ReLU and its slope"), ContentsEntry("d", "Prelude")]
    assert [line.key for line in listing(entries, "relu") if isinstance(line, ContentsEntry)] == ["c", "b", "d", "a"]


async def test_entries_are_shown_as_they_are_written_not_as_markup() -> None:
    app = Watched((ContentsEntry("odd", "x[i] = W[l][j] [/] [b]", summary="[red]$text[/red]"),))
    async with app.run_test(size=(80, 24)):
        assert "x[i] = W[l][j] [/] [b]" in screen_text(app)
        assert "[red]$text[/red]" in screen_text(app)


@pytest.mark.parametrize(
    ("name", "size", "capabilities"),
    [("80x24", (80, 24), FULL), ("60x20", (60, 20), FULL), ("120x40", (120, 40), FULL), ("ascii", (80, 24), ASCII)],
)
async def test_how_it_looks(name: str, size: tuple[int, int], capabilities: Capabilities) -> None:
    app = Watched(capabilities=capabilities)
    async with app.run_test(size=size) as pilot:
        await pilot.press("down")
        check_golden(f"contents_{name}", screen_text(app))


async def test_the_page_of_keys_is_made_from_the_keys_themselves() -> None:
    app = Watched()
    async with app.run_test(size=(80, 24)) as pilot:
        before = screen_text(app)
        await pilot.press("question_mark")
        check_golden("keys_of_contents", screen_text(app))
        await pilot.press("escape")
        assert screen_text(app) == before


async def test_a_short_screen_scrolls_the_page_of_keys_to_its_end() -> None:
    app = Watched()
    app.least_size = Size(1, 1)
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("f1", "end")
        assert "last line" in screen_text(app)


async def test_the_terminals_cursor_stands_on_the_selection() -> None:
    app = Watched()
    async with app.run_test(size=(80, 24)) as pilot:
        for keys in ((), ("down",), ("end",), ("home", "down", "down")):
            await pilot.press(*keys)
            marked = app.screen.query_one(EntryList)
            line = screen_text(app).splitlines()[app.cursor_position.y]
            chosen = next(text for text, role in marked.item_row(marked.cursor, 60) if role == "cursor")
            assert chosen.strip() in line


@pytest.mark.parametrize("capabilities", [FULL, ASCII])
@pytest.mark.parametrize("title", [
    "漢字かな交じり文" * 9, "e\u0301\u0301 \u0e01\u0e38", "[b]x[/] [/] [@click=app.quit]q[/]", "🇨🇭👍",
])
async def test_whatever_a_title_is_written_with_columns_stay_straight(title: str, capabilities: Capabilities) -> None:
    app = Watched(tuple(ContentsEntry(str(n), title, title * 3, "started", "3 of 9", title) for n in range(30)),
                  capabilities)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("end")
        rows = screen_text(app).splitlines()[3:15]
    assert {cells(row) for row in rows} == {60}
    assert {row[-3:] for row in rows} <= {"░ │", "▓ │", ". |", "# |"}
