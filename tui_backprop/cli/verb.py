"""A verb of the command line as data: what it takes, what is said of it, and where it is done."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import Literal

from tui_backprop.dataclass import dataclass
from tui_backprop.garbage import collect_garbage

PROGRAM = "tui-backprop"
DONE, NO, BAD, INTERRUPTED = 0, 1, 2, 130
"""Exit statuses: done; the answer is "no"; bad usage or input; interrupted."""

Candidates = Callable[[], Iterable[str]]
Offer = Literal["exercise", "lesson", "file"]


class UsageError(Exception):
    """The call can't be understood or done: one line, exit status 2."""


def none() -> Sequence[str]:
    """No names to choose from: anything may be typed."""
    return ()


@dataclass(frozen=True, slots=True)
class Argument:
    """An option, ``--format``, or a word, ``exercise``, as it is read, explained and completed.

    ``value`` is what its value is called on the page; an option without one is a switch. ``names`` are all that may be
    typed, asked for when they are needed, so that a start waits for no other module. ``times``: ``?`` at most once
    (every option is), ``+`` once or more (an option: again and again). An argument without ``about`` is on no page.
    ``offers`` is what a shell completes it with beside ``names``.
    """

    name: str
    about: str = ""
    value: str = ""
    names: Candidates = none
    default: str | None = None
    times: Literal["", "?", "+"] = ""
    read: Callable[[str], object] = str
    offers: tuple[Offer, ...] = ()

    @property
    def is_option(self) -> bool:
        return self.name.startswith("--")

    @property
    def is_switch(self) -> bool:
        return self.is_option and not self.value

    @property
    def shown(self) -> str:
        """How it stands on its page and, but for brackets, in the usage: ``--format FORMAT``."""
        if self.is_option:
            return f"{self.name} {self.value}".rstrip()
        return self.value or "|".join(self.names())

    @property
    def usage(self) -> str:
        many = "..." if self.times == "+" else ""
        return f"[{self.shown}]{many}" if self.is_option or self.times == "?" else self.shown + many


@dataclass(frozen=True, slots=True)
class Either:
    """Switches of which one call takes one."""

    options: tuple[Argument, ...]

    @property
    def usage(self) -> str:
        return f"[{'|'.join(option.shown for option in self.options if option.about)}]"


@dataclass(frozen=True, slots=True)
class Verb:
    """``tui-backprop NAME …``. Its module's ``run`` takes the arguments read and gives the exit status.

    ``summary`` is a line that goes on after "does" or "NAME:", and ends without a full stop. ``more`` is the rest of
    its page, as it stands; ``table`` rows that stand below that, made when the page is asked for; ``examples`` are what
    follows the program's name. ``module`` is that of its name in this package unless it says otherwise.
    """

    name: str
    summary: str
    arguments: tuple[Argument | Either, ...] = ()
    more: str = ""
    examples: tuple[str, ...] = ()
    module: str = ""
    table: Callable[[], Iterable[tuple[str, str]]] = tuple

    def run(self, arguments: Namespace) -> int:
        module = import_module(self.module or f"tui_backprop.cli.{self.name}")
        collect_garbage()
        status: int = module.run(arguments)
        return status

    @property
    def usage(self) -> tuple[str, ...]:
        """The parts of its call: ``tui-backprop solve``, ``EXERCISE``, ``[--json]`` …"""
        shown = (part for part in self.arguments if isinstance(part, Either) or part.about)
        return (f"{PROGRAM} {self.name}".rstrip(), *(part.usage for part in shown))

    def each(self) -> Iterator[Argument]:
        """Its words and options, those of a choice among them one by one."""
        for part in self.arguments:
            yield from part.options if isinstance(part, Either) else (part,)
