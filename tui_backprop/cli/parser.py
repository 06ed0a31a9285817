"""Reads a call with argparse, guided by the table of verbs; argparse's complaints become one line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

from tui_backprop.cli.verb import Argument, Either, UsageError, Verb
from tui_backprop.cli.verbs import EVERYWHERE, OPEN
from tui_backprop.patterns import late_pattern

_NEGATIVE = late_pattern(r"-(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$")


class _Formatter(argparse.HelpFormatter):
    """Formats nothing that is printed here; to find the terminal's width it would load much of Python's library."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=80)


class Parser(argparse.ArgumentParser):
    """A parser that raises :class:`UsageError` instead of ending the process."""

    def __init__(self, usage: str) -> None:
        super().__init__(usage=usage, add_help=False, allow_abbrev=False, formatter_class=_Formatter)
        self._negative_number_matcher = _NEGATIVE  # argparse's own takes -1e3 for an option

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (usage: {self.usage})")


def read_call(words: Sequence[str], verbs: Mapping[str, Verb]) -> tuple[Verb, argparse.Namespace, list[str]]:
    """The verb, the options that every verb takes, and the words left for the verb. Raises :class:`UsageError`."""
    parser = Parser("tui-backprop [VERB] ...")
    for argument in EVERYWHERE:
        _add(parser, argument, *(["-h"] if argument.name == "--help" else []))
    options, rest = parser.parse_known_args(list(words))
    first = first_word(rest)
    if first is None or first not in verbs:
        return OPEN, options, rest
    rest.remove(first)
    return verbs[first], options, rest


def first_word(words: Sequence[str]) -> str | None:
    """The verb, or the target: the first word that is neither an option nor an option's value; None if all are."""
    takes_value = {option.name for option in OPEN.each() if option.is_option and not option.is_switch}
    pairs = zip(("", *words), words, strict=False)
    return next((word for before, word in pairs if not word.startswith("-") and before not in takes_value), None)


def read_arguments(verb: Verb, words: Sequence[str], options: argparse.Namespace) -> argparse.Namespace:
    """The values of the verb's own words and options, added to ``options``. Raises :class:`UsageError`."""
    parser = Parser(" ".join(verb.usage))
    for part in verb.arguments:
        if isinstance(part, Either):
            group = parser.add_mutually_exclusive_group()
            for option in part.options:
                _add(group, option)
        else:
            _add(parser, part)
    return parser.parse_args(list(words), options)


def _add(parser: argparse._ActionsContainer, argument: Argument, *short: str) -> None:
    if argument.is_switch:
        parser.add_argument(argument.name, *short, action="store_true")
        return
    how: dict[str, Any] = {"type": _reader(argument), "default": argument.default}
    if argument.is_option:
        how |= {"action": "append" if argument.times else "store"}
    elif argument.times:
        how |= {"nargs": argument.times}
    parser.add_argument(argument.name, metavar=argument.shown.removeprefix(f"{argument.name} "), **how)


def _reader(argument: Argument) -> Callable[[str], object]:
    """The function that turns a word into a value, and refuses one that is not among the allowed names."""
    def read(text: str) -> object:
        names = tuple(argument.names())
        if names and text not in names:
            raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(names)}")
        return argument.read(text)

    read.__name__ = getattr(argument.read, "__name__", "value")  # as argparse's "invalid int value" has it
    return read
