"""Which characters the environment's locale asks for."""

from __future__ import annotations

from collections.abc import Mapping

_UNSET = ("", "C", "POSIX")


def is_utf8(locale: str) -> bool:
    return locale.lower().endswith(("utf8", "utf-8"))


def is_plain_locale(environment: Mapping[str, str]) -> bool:
    """Does the locale ask for something else than UTF-8? One that is not set asks for nothing."""
    locale = locale_of(environment)
    return bool(locale) and not is_utf8(locale)


def locale_of(environment: Mapping[str, str]) -> str:
    """The locale that counts for characters: the first of these that is set.

    Where the locale is C or unset, Python itself puts ``LC_CTYPE=C.UTF-8`` into the environment (PEP 538), which says
    nothing about the terminal.
    """
    if environment.get("LC_ALL"):
        return environment["LC_ALL"]
    lang, characters = environment.get("LANG", ""), environment.get("LC_CTYPE", "")
    return lang if not characters or (characters == "C.UTF-8" and lang in _UNSET) else characters
