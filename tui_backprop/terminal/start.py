"""Starts the app: looks at the terminal first, imports Textual after that, and gives one exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tui_backprop.garbage import collect_garbage, put_off_garbage
from tui_backprop.terminal.capabilities import Capabilities, Colours, detect, why_no_screen
from tui_backprop.terminal.ending import INTERRUPTED, is_interrupt, process_ending

if TYPE_CHECKING:
    from textual.screen import Screen


def start(
    first: Callable[[], Screen[None]],
    ascii_only: bool = False,
    no_colour: bool = False,
    environment: Mapping[str, str] = os.environ,
) -> int:
    """Run the app until it is left; gives its exit status.

    ``first`` makes the first screen; it is called when Textual has been imported, so it may import screens. Without a
    terminal to draw on, one line on stderr says so, and the status is 2.
    """
    reason = why_no_screen(environment, sys.stdin.isatty(), sys.stdout.isatty())
    if reason:
        print(f"tui-backprop: {reason}: use “tui-backprop quiz EXERCISE --plain”", file=sys.stderr)
        return 2
    capabilities = detect(environment, ascii_only, no_colour)
    _tell_textual(capabilities)
    ending = process_ending()
    ending.listen_to_interrupts()
    ending.take_terminal()
    put_off_garbage()  # until the first screen is there
    try:
        from tui_backprop.terminal.app import TutorApp

        app = TutorApp(capabilities, first, ending)
        app.listen_to_signals()
        app.run(mouse=False)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if is_interrupt(error):
            return INTERRUPTED
        from tui_backprop.terminal.crash import report_crash

        print(report_crash(), file=sys.stderr)
        return 1
    finally:
        ending.done()
        collect_garbage()
    if app.last_words:
        print(app.last_words, file=sys.stderr)
    return app.return_code or 0


def _tell_textual(capabilities: Capabilities) -> None:
    """Put the colour system into the environment, where Textual reads it on import: its guess from TERM is wrong."""
    system = Colours.STANDARD if capabilities.colours is Colours.NONE else capabilities.colours
    os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", system.value)
