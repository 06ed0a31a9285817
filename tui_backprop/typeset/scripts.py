"""Subscripts and superscripts: which characters Unicode has, and how to write the ones it has not."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

_SUBSCRIPTS: Mapping[str, str] = dict(zip(
    "0123456789+−=()aehijklmnoprstuvx",
    "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_SUPERSCRIPTS: Mapping[str, str] = dict(zip(
    "⊤0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
    "ᵀ⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ", strict=True))

_RAISED = frozenset("*⋆†")
"""Signs that every font sets high: ``θ*``."""

FROM_SUBSCRIPT: Mapping[str, str] = {small: plain for plain, small in _SUBSCRIPTS.items()}
"""The ordinary character of each subscript character (``ⱼ`` to ``j``)."""
FROM_SUPERSCRIPT: Mapping[str, str] = {small: plain for plain, small in _SUPERSCRIPTS.items()}
"""The ordinary character of each superscript character (``ᴸ`` to ``L``)."""


@lru_cache(maxsize=4096)
def subscript(text: str) -> str | None:
    """``text`` in subscript characters, or None where one is missing: there is no b c d f g q w y z and no capital.

    A comma between two indices stays as it is: ``₁,₁₂``.
    """
    parts = [_lift(part, _SUBSCRIPTS) if part else None for part in text.split(",")] if text else [""]
    return None if None in parts else ",".join(part for part in parts if part)


@lru_cache(maxsize=4096)
def superscript(text: str) -> str | None:
    """``text`` in superscript characters, or None where one is missing: there is no q and no C F Q S X Y Z."""
    return text if text in _RAISED else _lift(text, _SUPERSCRIPTS)


def write_subscript(text: str) -> str:
    """``text`` as a subscript in plain characters: ``_jk``, or ``_{1,12}`` where more than letters and digits."""
    return f"_{text}" if text.isalnum() else f"_{{{text}}}"


def write_superscript(text: str) -> str:
    """``text`` as a superscript in plain characters: ``^2``, ``^(L-1)``, ``^(ab)``."""
    if len(text) == 1 or text.isdigit() or _is_bracketed(text):
        return f"^{text}"
    return f"^({text})"


def _lift(text: str, table: Mapping[str, str]) -> str | None:
    try:
        return "".join([table[character] for character in text.replace("-", "−")])
    except KeyError:
        return None


def _is_bracketed(text: str) -> bool:
    """Whether one pair of brackets holds all of the text, as in ``(L-1)`` and ``[l]`` but not in ``(a)+(b)``."""
    left, right = text[:1], text[-1:]
    return left + right in ("()", "[]") and left not in text[1:] and right not in text[:-1]
