"""The app's shell: themes, filters, signals, keys that work everywhere, and what happens when something fails."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, ScreenStackError, SystemCommand
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.driver import Driver
from textual.events import Event, Key, MouseDown, MouseUp, Paste, Resize
from textual.filter import LineFilter
from textual.geometry import Offset
from textual.reactive import var
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input

from tui_backprop.garbage import collect_garbage
from tui_backprop.terminal.capabilities import Capabilities, Colours
from tui_backprop.terminal.cells import Cells
from tui_backprop.terminal.crash import report_crash
from tui_backprop.terminal.ending import INTERRUPTED, ProcessEnding
from tui_backprop.terminal.keyboard import Keyboard
from tui_backprop.terminal.keys import format_key
from tui_backprop.terminal.leading import cursor_place
from tui_backprop.terminal.screen import LeavableScreen, TutorScreen
from tui_backprop.terminal.stylesheet import KeptStylesheet
from tui_backprop.terminal.theme import DARK, LIGHT, OWN_COLOURS, THEMES, GlyphFilter, NoColours, first_theme
from tui_backprop.terminal.too_small import LEAST, TooSmallScreen, is_within
from tui_backprop.terminal.widgets.runs_view import RunsView
from tui_backprop.typeset.glyphs import Glyphs

if TYPE_CHECKING:
    from rich.console import RenderableType

    from tui_backprop.terminal.waking import Waking

_MOUSE_ON, _MOUSE_OFF = "\x1b[?1000h\x1b[?1006h", "\x1b[?1000l\x1b[?1006l"
"""Clicks and the wheel only: reports of every movement would load a slow line."""

_WIDTHS = [(0, "-narrow"), (80, "-normal"), (110, "-wide")]
_HEIGHTS = [(0, "-short"), (24, "-tall"), (34, "-high")]
"""From so many columns or rows on, a screen has this class."""

_ENDING_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT")
_MOST_FAULTS = 3
"""The program survives so many faults; the next one ends it, since going on does not help."""
_RECOVERY = 2.0
"""Seconds in which the first screen must answer after a fault."""
_START = 1.0
"""Seconds after the first frame by which the screen that was asked for is there too."""
_ENDED_BY_SIGNAL = 128
"""A shell's exit status for a program that a signal ended is this and the signal's number."""


class TutorApp(App[None], inherit_bindings=False):
    """The tutor in a terminal. ``first`` makes the first screen; other screens are imported when they are opened."""

    TITLE = "tui-backprop"
    CSS_PATH = Path(__file__).with_name("theme.tcss")  # by its full path, so that a subclass elsewhere finds it
    COMMAND_PALETTE_BINDING = "ctrl+p"
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS
    DEFAULT_MODE = "tutor"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "help", "keys", key_display="F1", tooltip="Show what every key does here"),
        Binding("ctrl+p", "command_palette", "commands", show=False, tooltip="Find a command by its name"),
        Binding("f7", "next_theme", "colours", show=False, tooltip="Dark, light, or the terminal's own colours"),
        Binding("f8", "next_glyphs", "characters", show=False, tooltip="Plainer or richer characters"),
        Binding("f9", "mouse", "mouse", show=False, tooltip="Switch the mouse on or off"),
        Binding("ctrl+l", "paint_afresh", "paint again", show=False,
                tooltip="Paint the whole screen again, after something else wrote on it"),
        Binding("ctrl+c", "quit", "leave", show=False, priority=True, tooltip="Leave; everything is saved"),
    ]

    glyphs: var[Glyphs] = var(Glyphs.FULL, init=False)
    """What this terminal can show; pictures are drawn for it, and everything else is translated on its way out."""

    def __init__(
        self, capabilities: Capabilities, first: Callable[[], Screen[None]], ending: ProcessEnding | None = None
    ) -> None:
        few = capabilities.colours in (Colours.NONE, Colours.STANDARD)
        super().__init__(ansi_color=True if few else None)  # set later, Textual would pick the wrong filter
        self.stylesheet = KeptStylesheet(variables=self.get_css_variables())
        self._own_filters: list[LineFilter] = [NoColours()] if capabilities.colours is Colours.NONE else []
        self._glyph_filter = GlyphFilter(capabilities.glyphs)
        self.keyboard = Keyboard(self, super().on_event)
        self._event_loop: asyncio.AbstractEventLoop | None = None
        self._faults: list[str] = []
        self._cells: Cells | None = None
        self._waking: Waking | None = None
        self.last_words = ""
        """The line that tells why the program ended, where a fault ended it."""
        self.ending = ending or ProcessEnding()
        self.least_size = LEAST
        self._mouse_is_on = False
        self._disable_tooltips = True  # no part has one, and every screen would be made with a place for it
        self.set_reactive(TutorApp.glyphs, capabilities.glyphs)
        self.add_mode(self.DEFAULT_MODE, first)  # a mode's screen gets its style sheet, the default screen would not
        for theme in THEMES:
            self.register_theme(theme)
        self._begin_with_theme(first_theme(capabilities))
        self._themes_here = (OWN_COLOURS.name,) if few else (DARK.name, LIGHT.name)

    def _begin_with_theme(self, name: str) -> None:
        """Set the theme before anything is styled; setting it the usual way would read every sheet again."""
        self.set_reactive(TutorApp.theme, name)
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)
        self.add_class(f"-theme-{name}", update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_driver_class(self) -> type[Driver]:
        """Ours in place of Textual's, for a terminal and for a browser; on Windows, and in tests, Textual's own."""
        chosen = super().get_driver_class()
        match chosen.__module__:
            case "textual.drivers.linux_driver":
                from tui_backprop.terminal.driver import TutorDriver

                return TutorDriver
            case "textual.drivers.web_driver":
                from tui_backprop.terminal.web_driver import TutorWebDriver

                return TutorWebDriver
            case _:
                return chosen

    async def on_event(self, event: Event) -> None:
        """Keys, pastes and clicks go through the keyboard's queue; only leaving does not wait."""
        if isinstance(event, Key) and event.key == "ctrl+c":
            self.keyboard.forget()
            await super().on_event(event)
        elif isinstance(event, Key | Paste | MouseDown | MouseUp) and not event.is_forwarded:
            self.keyboard.take(event)
        else:
            if isinstance(event, Resize) and self._cells is not None:
                self._cells.begin_anew(*event.size)
            await super().on_event(event)

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's own cursor stands; asked for at every painting."""
        try:
            return cursor_place(self.screen) or self._cursor_elsewhere
        except ScreenStackError:
            return self._cursor_elsewhere

    @cursor_position.setter
    def cursor_position(self, place: Offset) -> None:
        self._cursor_elsewhere = place  # Textual's own parts say it too

    def get_line_filters(self) -> Sequence[LineFilter]:
        own = [*self._own_filters, self._glyph_filter] if self._glyph_filter.enabled else self._own_filters
        return [*super().get_line_filters(), *own]

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The commands of the palette: all that the screen's keys do, in case a key does not come through."""
        offered: set[str] = set()
        for node, binding, enabled, tooltip in screen.active_bindings.values():
            if binding.action in offered:  # a second key of the same
                continue
            if enabled and binding.description and not binding.group and binding.action != "command_palette":
                does = tooltip or binding.tooltip or binding.description
                offered.add(binding.action)
                yield SystemCommand(
                    f"{binding.description.capitalize()} ({format_key(binding)})",
                    does,
                    partial(self.run_action, binding.action, node),
                )

    def on_mount(self) -> None:
        """Listen to signals, so that a dropped line or a request to end closes the app as a key would."""
        self._event_loop = asyncio.get_running_loop()
        if self.is_headless:
            return
        if sys.platform != "win32":
            from tui_backprop.terminal.driver import TutorDriver
            from tui_backprop.terminal.waking import Waking

            self._waking = Waking(self._event_loop)
            if isinstance(self._driver, TutorDriver):
                self._driver.asked_to_end = partial(self._expect_end, INTERRUPTED)
                self._cells = self._driver.cells
                self._cells.begin_anew(*self.size)
        if self.ending.asked is not None:  # before the loop ran
            self._end(self.ending.asked)

    def listen_to_signals(self) -> None:
        """From now on answer the signals that ask for the end. Windows has fewer of them."""
        for name in _ENDING_SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                signal.signal(number, self._ask_to_end)

    def _ask_to_end(self, number: int, _frame: object) -> None:
        """A signal asks for the end.

        Runs in the main thread, between any two lines of ours: the loop may be waiting for something slow.
        """
        status = _ENDED_BY_SIGNAL + number
        self._expect_end(status)
        if self._event_loop is not None and not self._event_loop.is_closed():  # else it has ended by now
            self._event_loop.call_soon_threadsafe(self._end, status)

    def _expect_end(self, status: int) -> None:
        """Paint nothing more, and end in time. May be called in any thread: a large window's frame takes long."""
        self._begin_batch()
        self.ending.expect(status)

    def _end(self, status: int) -> None:
        self.exit(return_code=status)

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leave; the status is settled from here on, and nothing that is typed is lost."""
        self.ending.leave(return_code)
        for screen in self._screen_stacks.get(self.DEFAULT_MODE, ()):
            if isinstance(screen, LeavableScreen) and screen.is_mounted:
                screen.keep_typed()
        super().exit(result, return_code, message)

    def set_timer(self, *arguments: Any, **options: Any) -> Timer:
        """Call once, later. Textual's own timer drops the call where the processor is taken away as the timer starts:

        of the one for resizes, and no resize would be heard any more.
        """
        timer = super().set_timer(*arguments, **options)
        timer._skip = False
        return timer

    def on_ready(self) -> None:
        """The first frame is out: soon collect garbage again, which was put off for the start."""
        self.set_timer(_START, collect_garbage)

    def watch_glyphs(self, glyphs: Glyphs) -> None:
        self._glyph_filter = GlyphFilter(glyphs)
        for screen in self.screen_stack:
            for view in screen.query(RunsView):
                view.draw_afresh()
            screen.refresh(layout=True)
            if isinstance(screen, TutorScreen):
                screen.show_afresh()

    def on_resize(self, event: Resize) -> None:
        """Below the least size show a sentence in place of every screen, until the window has grown."""
        covered = any(isinstance(screen, TooSmallScreen) for screen in self.screen_stack)
        if not covered and not is_within(self.least_size, event.size):
            self.push_screen(TooSmallScreen(self.least_size))

    async def action_help(self) -> None:
        """Show every key of the screen in front."""
        from tui_backprop.terminal.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            await self.push_screen(HelpScreen.of(self.screen))

    def action_command_palette(self) -> None:
        """Open Textual's palette without its blinking cursor: nothing is sent while nobody does anything."""
        super().action_command_palette()
        self.call_later(self._still_the_palette)

    def _still_the_palette(self) -> None:
        if isinstance(self.screen, CommandPalette):
            for line in self.screen.query(Input):
                line.cursor_blink = False

    def action_paint_afresh(self) -> None:
        if self._cells is not None:
            self._cells.forget()
        self.screen.refresh(layout=True)

    def action_next_glyphs(self) -> None:
        levels = list(Glyphs)
        self.glyphs = levels[(levels.index(self.glyphs) + 1) % len(levels)]

    def action_next_theme(self) -> None:
        names = self._themes_here
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else names[0]

    def take_theme(self, name: str) -> None:
        """Use the theme of this name, if this terminal can show it."""
        if name in self._themes_here:
            self.theme = name

    def action_mouse(self) -> None:
        self._mouse_is_on = not self._mouse_is_on
        self._send_mouse(_MOUSE_ON if self._mouse_is_on else _MOUSE_OFF)

    def on_unmount(self) -> None:
        if self._waking is not None:
            self._waking.end()
        if self._mouse_is_on:
            self._send_mouse(_MOUSE_OFF)

    def _send_mouse(self, codes: str) -> None:
        if self._driver is not None and not self.is_headless:
            self._driver.write(codes)
            self._driver.flush()

    def pop_screen(self) -> AwaitComplete:
        """Leave the screen in front; the first screen stays."""
        return super().pop_screen() if len(self.screen_stack) > 1 else AwaitComplete(asyncio.sleep(0))

    def _handle_exception(self, error: Exception) -> None:
        """A fault costs the screen it happened on, not the session; tests are told of it, as Textual does."""
        if self._exit and not self.is_headless:
            return  # a screen that was being made as the program was left
        if self.is_headless or len(self._faults) >= _MOST_FAULTS:
            super()._handle_exception(error)
            return
        self._faults.append(report_crash())
        self._recovery = asyncio.create_task(self._recover())

    async def _recover(self) -> None:
        """Go back to the first screen with a line on what happened; end where that screen is broken too."""
        try:
            async with asyncio.timeout(_RECOVERY):
                while len(self.screen_stack) > 1:
                    await super().pop_screen()
                first, answer = self.screen, asyncio.get_running_loop().create_future()
                self.call_later(first.call_later, partial(answer.set_result, None))
                await answer
        except Exception:  # whatever else is broken: out, with the first line
            self._end_with(self._faults[-1])
            return
        if isinstance(first, TutorScreen):
            first.tell_fault(self._faults[-1])

    def _fatal_error(self) -> None:
        """End with one line; the details go to a file. Textual would print a traceback."""
        self._end_with(report_crash())

    def _end_with(self, line: str) -> None:
        self.last_words = line
        self._return_code = 1
        self._close_messages_no_wait()
