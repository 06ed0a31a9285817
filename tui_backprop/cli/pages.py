"""The help texts of the verbs: the first page, a page for each verb, and the README's table."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tui_backprop import __version__
from tui_backprop.cli.verb import PROGRAM, Argument, Verb
from tui_backprop.cli.verbs import EVERYWHERE, OPEN

WIDTH = 80
_LEFT = 22


def first_page(verbs: Mapping[str, Verb]) -> str:
    """The text of ``tui-backprop --help``."""
    return "\n".join([
        f"usage: {' '.join(OPEN.usage)}", f"       {PROGRAM} VERB ...", "",
        *_fill(f"Without a verb it {OPEN.summary}. The verbs, each with a page, {PROGRAM} VERB --help:"),
        "", *_table((verb.name, verb.summary) for verb in verbs.values()),
        "", "Everywhere:", *_table(map(_explain, EVERYWHERE)),
        "", "An EXERCISE is a shipped name, such as exercise-2, or a file's path. For an exam",
        "open one and press F5; it ends with a sheet for mark.", f"Version {__version__}.", ""])


def verb_page(verb: Verb) -> str:
    """The text of ``tui-backprop VERB --help``."""
    lines = [*_wrap_usage(verb.usage), "", *_fill(f"{verb.summary[0].upper()}{verb.summary[1:]}."), "",
             *_table(_explain(argument) for argument in verb.each() if argument.about)]
    if verb.more:
        lines += ["", verb.more]
    if rows := list(verb.table()):
        lines += ["", *_table(rows)]
    if verb.examples:
        lines += ["", "Such as:", *(f"  {PROGRAM} {example}" for example in verb.examples)]
    options = "  ".join(option.shown for option in EVERYWHERE)
    return "\n".join([*lines, "", f"Everywhere: {options}", ""])


def readme_table(verbs: Mapping[str, Verb]) -> str:
    """The verbs as a table in Markdown."""
    rows = ((" ".join(verb.usage).replace("|", r"\|").replace("...", "…"), verb.summary)
            for verb in (OPEN, *verbs.values()))
    return "\n".join(["| call | does |", "| --- | --- |", *(f"| `{call}` | {does} |" for call, does in rows), ""])


def _explain(argument: Argument) -> tuple[str, str]:
    names = "" if argument.shown == "|".join(argument.names()) else list_names(tuple(argument.names()))
    default = f" ({argument.default}, if left out)" if argument.default else ""
    return argument.shown, f"{argument.about}: {names}{default}" if names else argument.about + default


def list_names(names: Sequence[str]) -> str:
    """``a, b or c``."""
    return " or ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _table(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    for left, right in rows:
        first, *more = _fill(right, WIDTH - _LEFT)
        yield f"  {left:{_LEFT - 3}} {first}" if len(left) <= _LEFT - 3 else f"  {left}\n{'':{_LEFT}}{first}"
        yield from (f"{'':{_LEFT}}{line}" for line in more)


def _wrap_usage(parts: Sequence[str]) -> list[str]:
    """The usage lines, never broken inside an option."""
    call, *rest = parts
    glued = " ".join([call, *(part.replace(" ", "\0") for part in rest)])
    return [line.replace("\0", " ") for line in _fill(f"usage: {glued}", indent=len(f"usage: {call} "))]


def _fill(text: str, width: int = WIDTH, indent: int = 0) -> list[str]:
    """Text in lines of this width, with no word or option broken; lines after the first are indented."""
    return textwrap.wrap(text, width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)
