"""Finds out whether the environment's locale can show more than ASCII."""

from __future__ import annotations

from collections.abc import Mapping

_FAR = ("SSH_CONNECTION", "SSH_TTY")


def is_utf8(locale: str) -> bool:
    return locale.lower().endswith(("utf8", "utf-8"))


def is_plain_locale(environment: Mapping[str, str]) -> bool:
    """Does the environment name a locale that is not UTF-8, or does a far terminal name none?"""
    locale = locale_of(environment)
    return not is_utf8(locale) if locale else is_far(environment)


def is_far(environment: Mapping[str, str]) -> bool:
    """Is the terminal another machine's? What it did not say must not be guessed: ASCII can be read everywhere."""
    return any(environment.get(name) for name in _FAR)


def locale_of(environment: Mapping[str, str]) -> str:
    """The locale that decides about characters: ``LC_ALL``, else ``LC_CTYPE``, else ``LANG``; empty where unset."""
    return next((environment[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(name)), "")
