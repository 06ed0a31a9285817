"""Finds out whether the environment's locale can show more than ASCII."""

from __future__ import annotations

from collections.abc import Mapping

_UNSET = ("", "C", "POSIX")


def is_utf8(locale: str) -> bool:
    return locale.lower().endswith(("utf8", "utf-8"))


def is_plain_locale(environment: Mapping[str, str]) -> bool:
    """Does the environment name a locale, and one that is not UTF-8?"""
    locale = locale_of(environment)
    return bool(locale) and not is_utf8(locale)


def locale_of(environment: Mapping[str, str]) -> str:
    """The locale that decides about characters: ``LC_ALL``, else ``LC_CTYPE``, else ``LANG``.

    Where the locale is C or unset, Python itself puts ``LC_CTYPE=C.UTF-8`` into the environment (PEP 538). That says
    nothing about the terminal, so then ``LANG`` counts.
    """
    if environment.get("LC_ALL"):
        return environment["LC_ALL"]
    lang, characters = environment.get("LANG", ""), environment.get("LC_CTYPE", "")
    return lang if not characters or (characters == "C.UTF-8" and lang in _UNSET) else characters
