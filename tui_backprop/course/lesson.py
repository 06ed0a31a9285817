"""A lesson as plain data: blocks of text, maths, code, questions, and pictures made from exercises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, Protocol, get_args

from tui_backprop.course.exercise import Exercise
from tui_backprop.dataclass import dataclass, field

RunKind = Literal["text", "emphasis", "strong", "code", "math", "link"]
CheckKind = Literal["formula", "number", "choice", "order", "edge"]
Side = Literal["left", "right", "centre"]
LinkMode = Literal["guided", "quiz", "watch"]
LINK_MODES: tuple[LinkMode, ...] = get_args(LinkMode)
CHECK_KINDS: tuple[CheckKind, ...] = get_args(CheckKind)


@dataclass(frozen=True, slots=True)
class InlineRun:
    """A piece of a line in one style. ``math`` holds LaTeX source; a ``link`` has a ``target``."""

    text: str
    kind: RunKind = "text"
    target: str = ""
    line: int = field(default=0, compare=False)


Inline = tuple[InlineRun, ...]
"""Text within a block. A newline in a run is a line break that the writer asked for."""

Source = str | Exercise
"""An exercise in a lesson: the name of one, or one written out in the block."""


StyledRow = tuple[tuple[str, str], ...]
"""One row of a lesson: texts, each with the name of its style."""


class Page(Protocol):
    """What a lesson is set on: it turns parts of blocks into rows. The desk has one for the screen and for paper."""

    def text(self, content: Inline, lead: tuple[str, str] = ("", ""), role: str = "") -> Iterator[StyledRow]:
        """Running text, wrapped; ``lead`` stands before its first row. ``role`` is the style of runs that have none."""
        ...

    def heading(self, level: int, content: Inline) -> Iterator[StyledRow]: ...

    def table(self, table: TableBlock) -> Iterator[StyledRow]: ...

    def formula(self, latex: str) -> Iterator[StyledRow]:
        """A formula on rows of its own."""
        ...

    def code(self, text: str, said: str) -> Iterator[StyledRow]: ...

    def rule(self) -> Iterator[StyledRow]: ...

    def quotation(self, quote: Quote) -> Iterator[StyledRow]: ...

    def question(self, check: Check) -> Iterator[StyledRow]: ...

    def picture(self, block: NetworkPicture | Plot) -> Iterator[StyledRow]: ...

    def invitation(self, source: Source, say: Inline) -> Iterator[StyledRow]:
        """An invitation to do an exercise at the workbench."""
        ...

    def lay_out_broken(self, message: str) -> Iterator[StyledRow]:
        """A message in place of a block that cannot be shown."""
        ...


class Block(Protocol):
    """A block of a lesson. It lists its own text and lays itself out, so that no kind of block can be forgotten."""

    @property
    def line(self) -> int:
        """The line of the file on which it begins."""
        ...

    def contents(self) -> Iterator[Inline]:
        """Every line of text in the block, for checks and searches."""
        ...

    def rows(self, page: Page) -> Iterator[StyledRow]:
        """The block as rows of a page. Raises ValueError, with one sentence, where it cannot be shown."""
        ...


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    content: Inline
    line: int

    def contents(self) -> Iterator[Inline]:
        yield self.content

    def rows(self, page: Page) -> Iterator[StyledRow]:
        return page.heading(self.level, self.content)


@dataclass(frozen=True, slots=True)
class Prose:
    content: Inline
    line: int

    def contents(self) -> Iterator[Inline]:
        yield self.content

    def rows(self, page: Page) -> Iterator[StyledRow]:
        return page.text(self.content)


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list. ``depth`` is 0 for the outermost list; ``marker`` is ``•`` or a number with a point."""

    marker: str
    depth: int
    content: Inline


@dataclass(frozen=True, slots=True)
class List:
    items: tuple[ListItem, ...]
    line: int

    def contents(self) -> Iterator[Inline]:
        return (item.content for item in self.items)

    def rows(self, page: Page) -> Iterator[StyledRow]:
        for item in self.items:
            yield from page.text(item.content, ("  " * item.depth + item.marker + " ", "key"))


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table. ``sides``: on which side each column's text stands; empty: on the left everywhere."""

    header: tuple[Inline, ...]
    body: tuple[tuple[Inline, ...], ...]
    line: int
    sides: tuple[Side, ...] = ()

    def contents(self) -> Iterator[Inline]:
        return (cell for row in (self.header, *self.body) for cell in row)

    def rows(self, page: Page) -> Iterator[StyledRow]:
        return page.table(self)


@dataclass(frozen=True, slots=True)
class Math:
    """A displayed formula, as LaTeX source."""

    latex: str
    line: int

    def contents(self) -> Iterator[Inline]:
        yield (InlineRun(self.latex, "math", line=self.line),)

    def rows(self, page: Page) -> Iterator[StyledRow]:
        return page.formula(self.latex)


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Text that is shown as it stands. ``said``: what a drawing in it shows, for those who listen to the lesson."""

    text: str
    line: int
    said: str = ""

    def contents(self) -> Iterator[Inline]:
        yield from ()

    def rows(self, page: Page) -> Iterator[StyledRow]:
        return page.code(self.text, self.said)


@dataclass(frozen=True, slots=True)
class Divider:
    """A ruled line across the page."""

    line: int

    def contents(self) -> Iterator[Inline]:
        yield from ()

    def rows(self, page: Page) -> Iterator[StyledRow]:
        return page.rule()


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation; with a ``callout`` (a key of :data:`CALLOUTS`), a definition, a trap or something to try."""

    blocks: tuple[Prose | List | Math | TableBlock | CodeBlock, ...]
    line: int
    callout: str = ""

    def contents(self) -> Iterator[Inline]:
        return (content for block in self.blocks for content in block.contents())

    def rows(self, page: Page) -> Iterator[StyledRow]:
        return page.quotation(self)


CALLOUTS: Mapping[str, str] = {"definition": "Definition", "trap": "Trap", "try": "Try it", "note": "Note"}
"""The callouts by their key: the word in bold that a quotation begins with, as in ``> **Trap.** …``."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Stands in place of a block that cannot be shown, and says what is wrong with it."""

    message: str
    line: int

    def contents(self) -> Iterator[Inline]:
        yield from ()

    def rows(self, page: Page) -> Iterator[StyledRow]:
        return page.lay_out_broken(self.message)


@dataclass(frozen=True, slots=True)
class Wrong:
    """An expected wrong answer, and what to say to it. ``answer`` has several parts where an order is asked for."""

    answer: tuple[str, ...]
    say: Inline
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Check:
    """A question.

    ``formula``: ``answer`` is an expression over ``variables``; those in ``positive`` only take values above 0. ``of``
    is the expression whose derivative by the variable ``by`` is asked for; empty where the prompt holds it, or where no
    derivative is asked for. ``number``: ``answer`` is a number or an expression without variables, to
    ``significant_digits``. ``choice``: ``answer`` is one of ``choices``. ``order``: ``answer`` has all parts in the
    right order. ``edge``: ``answer`` is a weight of the network in ``source``, as ``2:j->k``.

    ``labels`` are what to show for the choices, or for the parts of the answer in the right order. ``skill`` is the key
    of the skill that a right answer shows, or empty.
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
    skill: str = ""
    of: str = ""
    by: str = ""
    answer_line: int = field(default=0, compare=False)

    def contents(self) -> Iterator[Inline]:
        yield from (self.prompt, *self.labels, *self.hints, *(wrong.say for wrong in self.wrong))

    def rows(self, page: Page) -> Iterator[StyledRow]:
        return page.question(self)


@dataclass(frozen=True, slots=True)
class NetworkPicture:
    """A network's diagram. ``values``: its activations are shown too, not only what is given."""

    source: Source
    line: int
    values: bool = False
    caption: Inline = ()

    def contents(self) -> Iterator[Inline]:
        yield self.caption

    def rows(self, page: Page) -> Iterator[StyledRow]:
        return page.picture(self)


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture of numbers, of one of three kinds.

    ``against``: an exercise's cost against one quantity, such as ``w 1:j->k``, or over two, a map. ``training``: the
    cost over so many updates. ``formula``: a curve of one ``variable``. ``low`` and ``high`` are the ends of its range,
    None where they are to be chosen; ``at`` is where its point stands.
    """

    line: int
    source: Source = ""
    against: tuple[str, ...] = ()
    training: int = 0
    formula: str = ""
    variable: str = ""
    low: float | None = None
    high: float | None = None
    at: float | None = None
    caption: Inline = ()

    def contents(self) -> Iterator[Inline]:
        yield self.caption

    def rows(self, page: Page) -> Iterator[StyledRow]:
        return page.picture(self)


@dataclass(frozen=True, slots=True)
class ExerciseLink:
    """An invitation to do an exercise: guided, in quiz, or to watch."""

    source: Source
    line: int
    mode: LinkMode = "guided"
    say: Inline = ()

    def contents(self) -> Iterator[Inline]:
        yield self.say

    def rows(self, page: Page) -> Iterator[StyledRow]:
        return page.invitation(self.source, self.say)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson. ``name`` is its name on the command line; exercises that it names are looked for in ``folder`` first.

    ``skills`` and ``symbols`` are what it is the first to teach: keys of skills, and letters or signs of formulas.
    ``spell_indices``: read aloud, w_jk is "w j k" and not "w from j to k", since its indices are the subject.
    """

    name: str
    title: str
    order: float
    summary: str
    blocks: tuple[Block, ...]
    folder: Path
    skills: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    spell_indices: bool = False
    digest: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A mistake in a file. ``line`` is 0 where it is not known. A ``warning`` does not keep the file from use."""

    line: int
    message: str
    severity: Literal["error", "warning"] = field(default="error", compare=False)


def plain_text(content: Inline) -> str:
    """The text of a line without its styles; maths as LaTeX source."""
    return "".join(run.text for run in content)
