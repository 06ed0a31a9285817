"""The names of keys on the screen, for the bottom line and for the page of keys."""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding

_NAMES: Mapping[str, str] = {
    "escape": "Esc", "enter": "Enter", "tab": "Tab", "space": "Space", "backspace": "Backspace", "delete": "Del",
    "pageup": "PgUp", "pagedown": "PgDn", "home": "Home", "end": "End", "up": "Up", "down": "Down", "left": "Left",
    "right": "Right", "question_mark": "?", "exclamation_mark": "!", "slash": "/", "ctrl": "Ctrl", "shift": "Shift",
    "plus": "+", "minus": "-", "full_stop": ".", "comma": "Comma", "underscore": "_", "equals_sign": "=",
    "asterisk": "*", "left_square_bracket": "[", "right_square_bracket": "]", "less_than_sign": "<",
    "greater_than_sign": ">",
}  # fmt: skip


def key_name(key: str) -> str:
    """A key's name: ``ctrl+p`` is Ctrl-P, ``question_mark`` is ?, ``f1`` is F1, a letter is itself."""
    *modifiers, last = key.split("+")
    return "-".join([*map(_part, modifiers), _part(last).upper() if modifiers and len(last) == 1 else _part(last)])


def _part(part: str) -> str:
    if part in _NAMES:
        return _NAMES[part]
    return part.upper() if len(part) > 1 else part


def format_key(binding: Binding) -> str:
    """The key of a binding as the binding wants it shown, or else its name."""
    return binding.key_display or key_name(binding.key)
