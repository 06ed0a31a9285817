"""The shell: levels of glyphs and colours, commands, faults, and how it ends."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from rich.style import Style
from textual import _time
from textual.binding import Binding
from textual.color import Color
from textual.dom import DOMNode
from textual.theme import Theme
from textual.widget import Widget
from textual.widgets import Input

import tui_backprop.terminal
from tests.terminal.apps import ASCII, bench
from tests.terminal.networks import chain
from tests.terminal.screen_text import screen_text
from tui_backprop.drawing.paragraphs import Paragraph
from tui_backprop.terminal.app import TutorApp
from tui_backprop.terminal.theme import DARK, LIGHT, OWN_COLOURS, ROLES, THEMES, role_styles
from tui_backprop.terminal.widgets.diagram import DiagramView
from tui_backprop.terminal.widgets.message import MessageView
from tui_backprop.typeset.glyphs import Glyphs

PACKAGE = Path(tui_backprop.terminal.__file__).parent
NEVER = ("ctrl+s", "ctrl+q", "ctrl+b", "ctrl+a", "ctrl+z", "ctrl+e", "ctrl+j", "ctrl+k", "ctrl+h", "ctrl+m", "ctrl+i")


def terminal_classes() -> Iterator[type[DOMNode]]:
    """Every screen, widget and app of the package."""
    for module in pkgutil.walk_packages([str(PACKAGE)], "tui_backprop.terminal."):
        for _, found in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(found, DOMNode) and found.__module__ == module.name:
                yield found


@pytest.mark.parametrize("node", list(terminal_classes()), ids=lambda node: node.__name__)
def test_every_key_survives_ssh_tmux_and_screen(node: type[DOMNode]) -> None:
    for binding in Binding.make_bindings(node.__dict__.get("BINDINGS", ())):
        assert binding.key not in NEVER
        assert "alt" not in binding.key
        assert "ctrl+shift" not in binding.key


async def test_what_a_function_key_does_is_in_the_palette_too() -> None:
    app = bench(MessageView)
    async with app.run_test():
        offered = {command.title.rpartition(" (")[0].casefold() for command in app.get_system_commands(app.screen)}
        for binding in Binding.make_bindings(TutorApp.BINDINGS):
            if binding.key.startswith("f"):
                assert binding.description in offered


async def test_the_palettes_cursor_does_not_blink() -> None:
    """It would send bytes for as long as nobody does anything."""
    app = bench(MessageView)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        lines = list(app.screen.query(Input))
        assert lines
        assert not any(line.cursor_blink for line in lines)


def test_no_widget_that_reads_markup_is_used_and_no_notice_is_given_with_it() -> None:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual.widgets"):
                assert not {alias.name for alias in node.names} & {"Static", "Label", "DataTable", "Header"}, path
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "notify":
                assert any(keyword.arg == "markup" for keyword in node.keywords), path


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_role_has_the_look_that_the_theme_gives_it(theme: Theme) -> None:
    styles = role_styles(theme.name)
    assert set(styles) == set(ROLES)
    assert styles["plain"] == styles[""] == Style.null()
    assert styles["lit"].reverse
    assert styles["cursor"] == Style(reverse=True)
    assert [role for role in ROLES if role not in ("", "plain", "cursor") and styles[role].color is None] == []
    assert styles["edge"] == Style(color=Color.parse(theme.variables["role-edge"]).rich_color)


async def test_another_theme_changes_every_colour_that_is_sent() -> None:
    app = bench(DiagramView)
    async with app.run_test(size=(60, 12)) as pilot:
        app.screen.query_one(DiagramView).show(chain())
        for theme in (DARK, LIGHT):
            app.theme = theme.name
            await pilot.pause()
            sent = {style.color for strip in app.screen._compositor.render_strips() for _, style, _ in strip if style}
            assert role_styles(theme.name)["unit"].color in sent
            assert app.screen.styles.background == Color.parse(theme.background or "")


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21, as the Web Content Accessibility Guidelines 2.2 define it."""

    def luminance(colour: str) -> float:
        parts = [part / 255 for part in Color.parse(colour).rgb]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_every_colour_can_be_read_on_its_background(theme: Theme) -> None:
    background = theme.background or ""
    for name in ("primary", "secondary", "accent", "warning", "error", "success", "foreground"):
        assert contrast(getattr(theme, name), background) >= 4.5, name
    assert contrast(theme.variables["role-dim"], background) >= 4.5
    assert contrast(theme.variables["role-edge"], background) >= 3


def test_in_16_colours_the_blue_is_bright_and_an_example_in_a_prompt_does_not_look_typed() -> None:
    """Plain blue on black has a contrast of 1.6 : 1 on a Linux console."""
    blue = role_styles(OWN_COLOURS.name)["unit"].color
    assert blue is not None
    assert blue.number == 12
    assert OWN_COLOURS.variables["placeholder"] != OWN_COLOURS.foreground


async def test_a_key_makes_everything_plainer_and_richer_again() -> None:
    app = bench(lambda: MessageView(), DiagramView)
    async with app.run_test(size=(60, 12)) as pilot:
        app.screen.query_one(MessageView).show(Paragraph("∂C/∂aₖ = 2(aₖ − y)"))
        diagram = app.screen.query_one(DiagramView)
        diagram.styles.height = 6
        diagram.show(chain())
        await pilot.pause()
        rich = screen_text(app)
        await pilot.press("f8", "f8")
        await pilot.pause()
        assert app.glyphs is Glyphs.ASCII
        assert screen_text(app).isascii()
        assert "dC/da_k = 2(a_k - y)" in screen_text(app)
        await pilot.press("f8")
        await pilot.pause()
        assert screen_text(app) == rich


async def test_without_colours_no_colour_is_sent() -> None:
    app = bench(DiagramView, capabilities=ASCII)
    async with app.run_test(size=(60, 12)) as pilot:
        diagram = app.screen.query_one(DiagramView)
        diagram.show(chain())
        await pilot.pause()
        for strip in app.screen._compositor.render_strips():
            for _, style, _ in strip:
                assert style is None or style.color is None or style.color.is_default
                assert style is None or style.bgcolor is None or style.bgcolor.is_default


class Faulty(Widget):
    """Fails when it is asked to."""

    def on_key(self) -> None:
        raise RuntimeError("the details")

    can_focus = True


async def test_a_fault_leaves_one_line_and_its_details_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    app = bench(Faulty)
    with pytest.raises(RuntimeError, match="the details"):
        async with app.run_test() as pilot:
            await pilot.press("x")
    saved = list(tmp_path.rglob("fault-*.txt"))
    said = capsys.readouterr().err
    assert len(saved) == 1
    assert "the details" in saved[0].read_text(encoding="utf-8")
    assert saved[0].stat().st_mode & 0o077 == 0
    assert "Traceback" not in said
    assert "stopped by a fault of its own (RuntimeError)" in app.last_words
    assert str(saved[0]) in app.last_words


def test_a_fault_is_told_of_even_where_nothing_can_be_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    from tui_backprop.terminal.crash import report_crash

    def full(**_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(tempfile, "mkstemp", full)
    try:
        raise ValueError("first")
    except ValueError:
        assert report_crash().endswith("the details could not be saved")


FIRST_PAINT = """
import asyncio, sys
from tui_backprop.terminal.app import TutorApp
from tui_backprop.terminal.capabilities import detect
from tui_backprop.desk.contents import ContentsEntry
from tui_backprop.terminal.contents.screen import ContentsScreen

async def main():
    app = TutorApp(detect({"TERM": "xterm"}), lambda: ContentsScreen([ContentsEntry("a", "A")]))
    async with app.run_test():
        print(*sorted({"numpy", "sympy", "markdown_it", "pygments", "textual.widgets._markdown"} & set(sys.modules)))

asyncio.run(main())
"""


def test_nothing_heavy_is_imported_before_the_first_screen_is_shown() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_PAINT], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.split() == []


def test_importing_the_terminal_package_does_not_import_textual() -> None:
    program = "import sys, tui_backprop.terminal.start, tui_backprop.drawing.diagram; print('textual' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "False"


async def test_a_call_in_a_moment_comes_though_the_processor_is_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[bool] = []
    async with bench(MessageView).run_test() as pilot:
        monkeypatch.setattr(_time, "get_time", partial(next, count()))  # a second between any two looks at the clock
        timer = pilot.app.set_timer(0.001, partial(called.append, True))
        assert timer._task is not None
        await timer._task
        await pilot.pause()
    assert called
