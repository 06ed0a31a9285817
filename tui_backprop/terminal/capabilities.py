"""What this terminal can show, told from its environment alone: glyphs and colours. No Textual here.

Textual never reads terminfo, and takes a terminal it does not know for one with 24-bit colour: so TERM is looked at
here, before anything is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from tui_backprop.dataclass import dataclass
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.locale import is_far, is_utf8, locale_of


class Colours(Enum):
    """How many colours the terminal has; the values are Textual's and Rich's names for them."""

    NONE = "none"
    STANDARD = "standard"
    """The 16 colours of the terminal's own palette."""
    EIGHT_BIT = "256"
    TRUE = "truecolor"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the terminal can show."""

    glyphs: Glyphs
    colours: Colours


_NO_COLOUR_TERMS = ("vt52", "vt100", "vt102", "vt220", "vt320", "xterm-mono", "dumb", "")
_CONSOLE_GLYPH_TERMS = ("linux", "cons25", "cygwin", "putty")
_ASCII_TERMS = ("vt52", "vt100", "vt102", "vt220", "vt320", "ansi", "dumb", "")
_MULTIPLEXERS = ("screen", "tmux")


def detect(environment: Mapping[str, str], ascii_only: bool = False, no_colour: bool = False) -> Capabilities:
    """What the terminal can show according to these environment variables; the flags are those of the command line."""
    term = environment.get("TERM", "").lower()
    glyphs = Glyphs.ASCII if ascii_only else _glyphs(term, environment)
    return Capabilities(glyphs, Colours.NONE if no_colour else _colours(term, environment))


def why_no_screen(environment: Mapping[str, str], stdin_is_terminal: bool, stdout_is_terminal: bool) -> str | None:
    """Why no full screen can be shown here, in half a sentence; None where it can."""
    if environment.get("TEXTUAL_DRIVER"):  # a browser at the other end
        return None
    if not stdin_is_terminal or not stdout_is_terminal:
        return f"the {'input' if not stdin_is_terminal else 'output'} is not a terminal"
    term = environment.get("TERM", "").lower()
    if term == "dumb":
        return "this terminal cannot move its cursor (TERM=dumb)"
    return None if term else "the kind of terminal is not known (TERM is not set)"


def _glyphs(term: str, environment: Mapping[str, str]) -> Glyphs:
    if environment.get("WT_SESSION"):
        return Glyphs.FULL
    locale = locale_of(environment)
    # A locale is often simply forgotten in containers; tmux and screen themselves go by it, though.
    modern = not locale and not is_far(environment) and "256color" in term and not term.startswith(_MULTIPLEXERS)
    if term in _ASCII_TERMS or not (modern or is_utf8(locale)):
        return Glyphs.ASCII
    return Glyphs.CONSOLE if term.startswith(_CONSOLE_GLYPH_TERMS) else Glyphs.FULL


def _colours(term: str, environment: Mapping[str, str]) -> Colours:
    if environment.get("NO_COLOR"):
        return Colours.NONE
    if environment.get("WT_SESSION"):
        return Colours.TRUE
    if term in _NO_COLOUR_TERMS or term.endswith("-m"):
        return Colours.NONE
    if environment.get("COLORTERM", "").lower() in ("truecolor", "24bit") or term.endswith("-direct"):
        return Colours.TRUE
    if "256color" in term or term.startswith(("xterm-kitty", "alacritty", "foot", "wezterm", "ghostty")):
        return Colours.EIGHT_BIT
    return Colours.STANDARD
