"""Reads the TOML of a stranger's file: bounded, and refused in one line with its place."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from tui_backprop.course.exercise import ExerciseError
from tui_backprop.course.files import printable
from tui_backprop.course.lines import STRING
from tui_backprop.patterns import late_pattern

_SYNTAX = late_pattern(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", re.DOTALL)
_QUOTED = late_pattern(rf"{STRING}|#[^\n]*+", re.DOTALL)
_MOST = (
    ("tables", late_pattern(r"^[ \t]*\[", re.MULTILINE), 20_000),
    ("keys with points in them", late_pattern(r"^[^\n=#.]*+\.[^\n=#]*+=", re.MULTILINE), 4000),
    ("inline tables", late_pattern(r"\{"), 20_000),
    ("keys", late_pattern("="), 120_000),
    ("values", late_pattern(","), 300_000),
    ("escapes", late_pattern(r"\\"), 20_000),
    ("lines", late_pattern("\n"), 300_000),
    ("texts", late_pattern(r"""["'][^"'\n]*+["']"""), 140_000),
    ("dates and times", late_pattern(r"\d\d[-:]\d\d[-:]"), 1000),
)
_MOST_LETTERS = 4_000_000
_OF_NUMBERS = "0123456789.,- \n[]"
_ADVICE = (
    ("Cannot overwrite a value", ": this key stands there twice, take one out"),
    ("Unescaped", ": between '…' it may stand as it is"),
    ("Invalid value", ": a text stands between '…', a list between […], and 0.5 has its 0"),
    ("Expected newline", ": one KEY = VALUE a line; a text with ' in it stands between \"…\""),
    ("Expected '='", ": write KEY = VALUE"),
)
"""What would be right, by what Python's reader says."""
_DEEP_KEY = late_pattern(r"(?<![^=,\[\]{}\n])(?:[^=,\[\]{}\n.]*+\.){8}")
_DIGITS, _MOST_DIGITS = late_pattern(r"[0-9_]++"), 1000


def load_toml(text: str, file: str, line_offset: int = 0) -> dict[str, Any]:
    """The data in a TOML text. Raises :class:`ExerciseError` for a text that is none, or is nested absurdly deep."""
    if _letters(text) > _MOST_LETTERS:
        raise ExerciseError(f"there are over {_MOST_LETTERS:,} letters in this: no exercise needs so many", file)
    for what, sign, most in _MOST:
        if len(sign.findall(text)) > most:  # each of them costs tomllib time or memory out of proportion
            raise ExerciseError(f"there are over {most:,} {what} in this: no exercise needs so many", file)
    if any(len(number[0]) > _MOST_DIGITS for number in _DIGITS.finditer(text)):
        raise ExerciseError("a number has too many digits: 17 are enough", file)
    deep = _DEEP_KEY.search(_QUOTED.sub(lambda quoted: '"' + "\n" * quoted[0].count("\n"), text))
    if deep:  # keys of very many parts take tomllib quadratic time
        raise ExerciseError("a key has too many parts: use tables one or two levels deep", file)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _SYNTAX.fullmatch(str(error))
        reason = match[1] if match else str(error)
        line = int(match[2]) if match and match[2] else text.count("\n") + 1
        advice = next((advice for said, advice in _ADVICE if said in reason), "")
        raise ExerciseError(f"this is not valid TOML: {printable(reason)}{advice}", file, line + line_offset) from None
    except RecursionError:
        raise ExerciseError("the lists or tables are nested too deeply: three levels are enough", file) from None
    except ValueError:
        raise ExerciseError("a number has too many digits: 17 are enough", file) from None


def _letters(text: str) -> int:
    """How many letters there are in names and texts, each of which tomllib looks at by itself.

    Roughly, and never more than the text is long; what is short anyhow is not looked through.
    """
    if len(text) <= _MOST_LETTERS:
        return 0
    in_keys = sum(len(piece) - 1 - max(map(piece.rfind, ",{\n")) for piece in text.split("=")[:-1])
    return max(in_keys, len(text) - sum(map(text.count, _OF_NUMBERS)))
