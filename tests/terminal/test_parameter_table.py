"""The parameter table by its keys: change, validate, cancel, undo, scroll."""

from __future__ import annotations

import pytest
from textual.message import Message
from textual.pilot import Pilot

from tests.terminal.apps import ASCII, FULL, bench
from tests.terminal.screen_text import check_golden, screen_text
from tui_backprop.desk.workbench.view import ParameterRow
from tui_backprop.terminal.app import TutorApp
from tui_backprop.terminal.capabilities import Capabilities
from tui_backprop.terminal.workbench.parameter_table import ParameterTable

ROWS = (
    ParameterRow("a 0:i", "input", "aᵢ", "0.7"),
    ParameterRow("w 1:i->j", "weight", "wᵢⱼ", "0.86"),
    ParameterRow("w 2:j->k", "weight", "wⱼₖ", "0.66", changed=True),
    ParameterRow("y 2:k", "target", "y", "1"),
    ParameterRow("r", "rate", "r", "0.1"),
    ParameterRow("C", "cost", "C", None),
)


def is_number(_key: str, text: str) -> str | None:
    try:
        float(text)
    except ValueError:
        return f"“{text}” is not a number."
    return None


class Watched(ParameterTable):
    """Keeps the messages it posts."""

    def __init__(self) -> None:
        super().__init__(is_number, lambda _: ())
        self.posted: list[Message] = []

    def post_message(self, message: Message) -> bool:
        if isinstance(message, ParameterTable.ParameterEdited | ParameterTable.UndoRequested):
            self.posted.append(message)
        return super().post_message(message)

    @property
    def edits(self) -> list[tuple[str, str]]:
        return [(m.key, m.text) for m in self.posted if isinstance(m, ParameterTable.ParameterEdited)]


async def shown(pilot: Pilot[None], app: TutorApp, rows: tuple[ParameterRow, ...] = ROWS) -> Watched:
    table = app.screen.query_one(Watched)
    table.show(rows)
    table.grid.focus()
    await pilot.pause()
    return table


def table_app(capabilities: Capabilities = FULL) -> TutorApp:
    return bench(Watched, capabilities=capabilities)


async def test_a_cell_is_changed_in_place() -> None:
    app = table_app()
    async with app.run_test(size=(30, 10)) as pilot:
        table = await shown(pilot, app)
        await pilot.press("down", "enter")
        assert table.is_editing
        await pilot.press(*"0.5", "enter")
        assert table.edits == [("w 1:i->j", "0.5")]
        assert not table.is_editing
        assert app.focused is table.grid


async def test_what_is_wrong_is_said_while_it_is_typed_and_is_not_kept() -> None:
    app = table_app()
    async with app.run_test(size=(40, 10)) as pilot:
        table = await shown(pilot, app)
        await pilot.press("enter", *"0.x")
        assert "“0.x” is not a number." in screen_text(app)
        await pilot.press("enter")
        assert table.edits == []
        assert table.is_editing
        await pilot.press("backspace", "3")
        assert "is not a number" not in screen_text(app)
        await pilot.press("enter")
        assert table.edits == [("a 0:i", "0.3")]


async def test_escape_leaves_the_value_as_it_was() -> None:
    app = table_app()
    async with app.run_test(size=(30, 10)) as pilot:
        table = await shown(pilot, app)
        before = screen_text(app)
        await pilot.press("enter", *"9.9", "escape")
        assert table.posted == []
        assert screen_text(app) == before


async def test_the_same_value_again_is_no_change() -> None:
    app = table_app()
    async with app.run_test(size=(30, 10)) as pilot:
        table = await shown(pilot, app)
        await pilot.press("enter", "enter")
        assert table.posted == []


async def test_undo_is_asked_for_by_u() -> None:
    app = table_app()
    async with app.run_test(size=(30, 10)) as pilot:
        table = await shown(pilot, app)
        await pilot.press("u")
        assert [type(message) for message in table.posted] == [ParameterTable.UndoRequested]


async def test_a_longer_table_scrolls_and_edits_the_row_under_the_cursor() -> None:
    rows = tuple(ParameterRow(f"w {n}", "weight", f"w{n}", f"0.{n}") for n in range(40))
    app = table_app()
    async with app.run_test(size=(30, 8)) as pilot:
        table = await shown(pilot, app, rows)
        table.styles.height = 8
        await pilot.press("end")
        text = screen_text(app)
        assert "w39" in text
        assert "w0 " not in text
        await pilot.press("up", "enter", *"1.5")
        row = next(line for line in screen_text(app).splitlines() if "w38" in line)
        assert "1.5" in row
        await pilot.press("enter")
        assert table.edits == [("w 38", "1.5")]


@pytest.mark.parametrize(("name", "capabilities"), [("full", FULL), ("ascii", ASCII)])
async def test_how_it_looks(name: str, capabilities: Capabilities) -> None:
    app = table_app(capabilities)
    async with app.run_test(size=(30, 11)) as pilot:
        await shown(pilot, app)
        check_golden(f"parameter_table_{name}", screen_text(app))
