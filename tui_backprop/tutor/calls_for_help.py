"""Calls for help in words, where an answer is asked for."""

from __future__ import annotations

from typing import Final

from tui_backprop.patterns import late_pattern

LAST_HINT: Final = "There is no further hint: ! shows the answer."
TO_SEE_IT: Final = "Press ! to see the value."

_CALLS: Final = late_pattern("help|hints?|idk|dunno|stuck|clue|idea|lost|confused|understand|h[mu]+h?|u[hm]+")
"""Words of which one makes a call for help, …"""
_BESIDE: Final = late_pattern(
    "i|im|am|me|my|you|please|pls|plz|an?|the|any|some|this|it|need|give|get|want|can|could|cant|have|no|not|do|dont|"
    "how|to|for|at|all|here|now|again|another|more|really|so|ok|what")
"""… with any of these beside it."""
_SENTENCES: Final = late_pattern(
    "(i )?(dont|do not) know( how)?|((im|i am) )?not sure|(i )?give up|(i )?(cant|dont get)( do)?( this| it)?|pass|"
    "skip|h|what|why|how|what now|what do i do|how do i do (this|it)")
_MARKS: Final = late_pattern(r"[?!.,…\s]+")
_MOST: Final = 60
"""Nobody calls for help in more characters than this."""


def as_last(hint: str) -> str:
    """A hint that there is nothing to follow, and which says so; that ``!`` shows the value is said once."""
    said = hint.removesuffix(TO_SEE_IT).rstrip()
    return f"{said}{'' if said.endswith(('.', '?', '!')) else '.'} {LAST_HINT}"


def _is_mark(character: str) -> bool:
    """Is it a mark between words, or at a sentence's end?"""
    return character in "?!.,…’'" or character.isspace()


def asks_for_help(text: str) -> bool:
    """Is this a call for help in words, and no answer?"""
    if len(text) > _MOST:
        return False
    if not any(map(str.isalpha, text)):  # a number, most often: nothing to compare with words
        return len(text.strip()) > 1 and "?" in text and all(map(_is_mark, text))
    said = _MARKS.sub(" ", text.casefold().replace("’", "").replace("'", "")).strip()
    words = said.split()
    calls = [word for word in words if _CALLS.fullmatch(word)]
    beside = all(_CALLS.fullmatch(word) or _BESIDE.fullmatch(word) for word in words)
    return bool(calls and beside) or _SENTENCES.fullmatch(said) is not None
