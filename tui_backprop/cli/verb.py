"""A verb of the command line as data: its arguments, its help texts, and its module."""

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
    """A call that cannot be understood or done: one line, exit status 2."""


def none() -> Sequence[str]:
    """No names: anything may be typed."""
    return ()


@dataclass(frozen=True, slots=True)
class Argument:
    """An option such as ``--format``, or a word such as ``exercise``, as it is read, explained and completed.

    ``value`` is the name of its value on the help page; an option without one is a switch. ``names`` gives all that may
    be typed; it is called when needed, so that a start imports no other module. ``times``: ``?`` at most once (as every
    option), ``+`` once or more (for an option: repeatedly). An argument without ``about`` is on no help page.
    ``offers``: what a shell completes it with besides ``names``.
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
        """The argument on its help page and, without brackets, in the usage: ``--format FORMAT``."""
        if self.is_option:
            return f"{self.name} {self.value}".rstrip()
        return self.value or "|".join(self.names())

    @property
    def usage(self) -> str:
        many = "..." if self.times == "+" else ""
        return f"[{self.shown}]{many}" if self.is_option or self.times == "?" else self.shown + many


@dataclass(frozen=True, slots=True)
class Either:
    """Switches of which a call takes at most one."""

    options: tuple[Argument, ...]

    @property
    def usage(self) -> str:
        return f"[{'|'.join(option.shown for option in self.options if option.about)}]"


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb, ``tui-backprop NAME …``. Its module's ``run`` takes the arguments read and gives the exit status.

    ``summary`` is a phrase that continues "NAME:" and ends without a full stop. ``more`` is the rest of its page;
    ``table`` makes rows that stand below that, when the page is asked for; ``examples`` are calls without the program's
    name. ``module`` is the module in this package, by default that of the verb's name.
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
        """Its words and options one by one, those of an :class:`Either` too."""
        for part in self.arguments:
            yield from part.options if isinstance(part, Either) else (part,)
