"""A lesson as plain data: blocks of text, maths, code, questions, and pictures made from exercises."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from tui_backprop.course.exercise import Exercise

RunKind = Literal["text", "emphasis", "strong", "code", "math", "link"]
CheckKind = Literal["formula", "number", "choice", "order", "edge"]
CHECK_KINDS: tuple[CheckKind, ...] = get_args(CheckKind)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line in one manner. ``math`` holds LaTeX source; a ``link`` has a ``target``."""

    text: str
    kind: RunKind = "text"
    target: str = ""


Inline = tuple[Run, ...]
"""Text within a block. A newline in a run is a line break that the writer asked for."""

Source = str | Exercise
"""An exercise in a lesson: the name of one, or one written out in the block."""


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    content: Inline
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    content: Inline
    line: int


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list. ``depth`` is 0 for the outermost list; ``marker`` is ``•`` or a number with a point."""

    marker: str
    depth: int
    content: Inline


@dataclass(frozen=True, slots=True)
class List:
    items: tuple[Item, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    header: tuple[Inline, ...]
    rows: tuple[tuple[Inline, ...], ...]
    line: int


@dataclass(frozen=True, slots=True)
class Math:
    """A displayed formula, as LaTeX source."""

    latex: str
    line: int


@dataclass(frozen=True, slots=True)
class Code:
    text: str
    language: str
    line: int


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong answer that is expected, and what to say to it. ``answer`` has several parts where an order is asked."""

    answer: tuple[str, ...]
    say: Inline


@dataclass(frozen=True, slots=True)
class Check:
    """A question.

    ``formula``: ``answer`` is an expression over ``variables``; of those in ``positive`` only values above 0 count.
    ``number``: ``answer`` is a number or an expression without variables, to ``significant_digits``.
    ``choice``: ``answer`` is one of ``choices``. ``order``: ``answer`` has all parts in the right order.
    ``edge``: ``answer`` is a weight of the network in ``source``, as ``2:j->k``.
    ``labels`` are what to show for the choices, or for the parts of the answer in the right order.
    """

    kind: CheckKind
    prompt: Inline
    answer: tuple[str, ...]
    line: int
    variables: tuple[str, ...] = ()
    positive: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    labels: tuple[Inline, ...] = ()
    significant_digits: int = 3
    source: Source = ""
    hints: tuple[Inline, ...] = ()
    wrong: tuple[Wrong, ...] = ()


@dataclass(frozen=True, slots=True)
class NetworkPicture:
    """A network's diagram. ``values``: its activations are shown too, not only what is given."""

    source: Source
    line: int
    values: bool = False
    caption: Inline = ()


@dataclass(frozen=True, slots=True)
class Plot:
    """The cost of an exercise's network against one quantity, such as ``w 1:j->k``, from ``low`` to ``high``."""

    source: Source
    against: str
    line: int
    low: float | None = None
    high: float | None = None
    caption: Inline = ()


@dataclass(frozen=True, slots=True)
class ExerciseLink:
    """An invitation to do an exercise, in quiz or watch mode."""

    source: Source
    line: int
    mode: Literal["quiz", "watch"] = "quiz"
    say: Inline = ()


Block = Heading | Paragraph | List | Table | Math | Code | Check | NetworkPicture | Plot | ExerciseLink


@dataclass(frozen=True, slots=True)
class Lesson:
    """``name`` is what it is called on the command line; ``folder`` is where the exercises it names are looked for."""

    name: str
    title: str
    order: float
    summary: str
    blocks: tuple[Block, ...]
    folder: Path
    skills: tuple[str, ...] = ()
    digest: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A mistake in a file. ``line`` is 0 where it is not known. A ``warning`` does not keep the file from use."""

    line: int
    message: str
    severity: Literal["error", "warning"] = field(default="error", compare=False)


def plain_text(content: Inline) -> str:
    """The text of a line without its manner; maths as its source."""
    return "".join(run.text for run in content)
