"""Cuts Markdown with maths into the blocks of a lesson. What a lesson cannot show is noted, not passed over.

Raw HTML is text here, and images have no place in a terminal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from tui_backprop.course.files import UNSAFE
from tui_backprop.course.lesson import (
    CALLOUTS,
    Block,
    CodeBlock,
    Divider,
    Heading,
    Inline,
    InlineRun,
    List,
    ListItem,
    Math,
    Prose,
    Quote,
    RunKind,
    Side,
    TableBlock,
)
from tui_backprop.patterns import late_pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

NoteMistake = Callable[[int, str], None]
"""Is called with each mistake: its line, and a sentence."""

_UNBALANCED = r"a $ has no partner: close the formula, or write \$ for a dollar sign"
_CELL_END = late_pattern(r"(?<!\\)\|")
_EMPHASIS: dict[str, RunKind] = {"em": "emphasis", "strong": "strong", "link": "link"}


def blocks(
    text: str, first_line: int, note: NoteMistake, fence: Callable[[str, str, int], Block | None]
) -> Iterator[Block]:
    """The blocks of a Markdown text whose first line is ``first_line`` of its file.

    ``fence`` makes a block of a fence's info string, its body, and the line it opens on.
    """
    lines = text.split("\n")
    walker = _Walker(_parser().parse(text), first_line, note, lines)
    while (token := walker.next()) is not None:
        line = walker.line
        if token.type == "blockquote_open":
            yield walker.quote(token, line)
        elif token.type == "fence":
            if not _is_closed(token, lines):
                note(line, f"this block is never closed: end it with a line {token.markup}")
            yield from [block for block in (fence(token.info.strip(), token.content, line),) if block is not None]
        elif (simple := walker.simple(token, line)) is not None:
            callout = _callout([simple]) if isinstance(simple, Prose) else ""
            yield Quote((simple,), line, callout) if isinstance(simple, Prose) and callout else simple
        else:
            walker.refuse(token, "use text, headings, lists, tables, quotations and fenced blocks")


def inline(text: str, line: int, note: NoteMistake) -> Inline:
    """A piece of Markdown without blocks, as in a prompt or a hint."""
    tokens = _parser().parseInline(text)
    return _runs(tokens[0].children or (), line, note) if tokens else ()


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Without text_join an escaped \$ stays apart from a $ that has no partner.
    return parser.use(dollarmath_plugin, allow_labels=False, allow_space=False, double_inline=True).disable("text_join")


def _is_closed(token: Token, lines: Sequence[str]) -> bool:
    last = lines[token.map[1] - 1].strip() if token.map and token.map[1] <= len(lines) else ""
    return last.startswith(token.markup) and token.map is not None and token.map[1] - token.map[0] > 1


_Simple = Prose | List | TableBlock | Math | CodeBlock
_SIDES: dict[str, Side] = {"text-align:right": "right", "text-align:center": "centre"}


def _callout(blocks: Sequence[_Simple]) -> str:
    """The key of the callout that a quotation with these blocks is; empty for a plain quotation."""
    content = blocks[0].content if blocks and isinstance(blocks[0], Prose) else ()
    said = content[0].text.lower() if content and content[0].kind == "strong" else ""
    return next((key for key, title in CALLOUTS.items() if re.match(rf"{title.lower()}\b", said)), "")


class _Walker:
    """Goes through the tokens of a text once, from the front."""

    def __init__(self, tokens: Sequence[Token], first_line: int, note: NoteMistake, lines: Sequence[str]) -> None:
        self.tokens = iter(tokens)
        self.first_line = first_line
        self.line = first_line
        self.note = note
        self.lines = lines

    def next(self) -> Token | None:
        token = next(self.tokens, None)
        if token is not None and token.map:
            self.line = self.first_line + token.map[0]
        return token

    def until(self, closing: str, level: int) -> Iterator[Token]:
        while (token := self.next()) is not None and not (token.type == closing and token.level == level):
            yield token

    def content(self) -> Inline:
        """The text of the heading or paragraph that has just been opened."""
        token = self.next()
        self.next()
        return _runs(token.children or (), self.line, self.note) if token else ()

    def items(self, opening: Token, depth: int) -> Iterator[ListItem]:
        """The items of a list, those of lists within it too, in reading order."""
        number = int(opening.attrGet("start") or 1)
        marker = ""
        for token in self.until(opening.type.replace("open", "close"), opening.level):
            match token.type:
                case "list_item_open":
                    marker = "•" if opening.type == "bullet_list_open" else f"{number}."
                    number += 1
                case "inline":
                    yield ListItem(marker, depth, _runs(token.children or (), self.line, self.note))
                    marker = ""
                case "bullet_list_open" | "ordered_list_open":
                    yield from self.items(token, depth + 1)
                case "paragraph_open" | "paragraph_close" | "list_item_close":
                    continue
                case _:
                    self.note(self.line, "a list holds text and lists: put this block after the list")

    def simple(self, token: Token, line: int) -> _Simple | Heading | Divider | None:
        """The block that a token opens, unless that is a quotation or a fence; None for what a lesson cannot show."""
        match token.type:
            case "heading_open":
                return Heading(int(token.tag[1]), self.content(), line)
            case "paragraph_open":
                return Prose(self.content(), line)
            case "bullet_list_open" | "ordered_list_open":
                return List(tuple(self.items(token, 0)), line)
            case "table_open":
                return self.table(token, line)
            case "math_block":
                return Math(token.content.strip(), line)
            case "code_block":
                return CodeBlock(token.content.rstrip("\n"), line)
            case "hr":
                return Divider(line)
            case _:
                return None

    def quote(self, opening: Token, line: int) -> Quote:
        """A quotation with the blocks in it."""
        blocks: list[_Simple] = []
        for token in self.until("blockquote_close", opening.level):
            block = self.simple(token, self.line)
            if isinstance(block, _Simple):
                blocks.append(block)
            elif block is None:
                self.refuse(token, "in a quotation use text, lists, tables and formulas")
            else:
                self.note(self.line, "a quotation holds no heading and no ruled line: use text")
        return Quote(tuple(blocks), line, _callout(blocks))

    def table(self, opening: Token, line: int) -> TableBlock:
        rows: list[list[Inline]] = []
        sides: list[Side] = []
        for token in self.until("table_close", opening.level):
            if token.type == "tr_open":
                rows.append([])
                self.count_cells(len(rows[0]))
            elif token.type == "th_open":
                sides.append(_SIDES.get(str(token.attrGet("style") or ""), "left"))
            elif token.type == "inline":
                rows[-1].append(_runs(token.children or (), self.line, self.note))
        return TableBlock(tuple(rows[0]), tuple(map(tuple, rows[1:])), line,
                          tuple(sides) if set(sides) > {"left"} else ())

    def count_cells(self, columns: int) -> None:
        """Note a row with more cells than the table's head: Markdown leaves out what is too much."""
        row = self.lines[self.line - self.first_line].strip(" >")
        cells = len(_CELL_END.findall(row.removeprefix("|").removesuffix("|"))) + 1
        if 0 < columns < cells:
            self.note(self.line, f"this row has {cells} cells and the table {columns} columns: the last would not be "
                      r"seen; write \| for a | within a cell")

    def refuse(self, token: Token, instead: str) -> None:
        self.note(self.line, f"this kind of block has no place here: {instead}")
        if token.nesting == 1:
            for _ in self.until(token.type.replace("open", "close"), token.level):
                continue


def _runs(tokens: Sequence[Token], line: int, note: NoteMistake) -> Inline:
    runs: list[InlineRun] = []
    manners: list[tuple[RunKind, str]] = []

    def put(text: str, kind: RunKind | None = None) -> None:
        manner, target = manners[-1] if manners else ("text", "")
        run = InlineRun(_safe(text, line, note), kind or manner, "" if kind else target, line)
        if runs and (runs[-1].kind, runs[-1].target) == (run.kind, run.target) and run.kind != "math":
            before = runs.pop()
            run = InlineRun(before.text + run.text, run.kind, run.target, before.line)
        if run.text:
            runs.append(run)

    for token in tokens:
        name, _, part = token.type.rpartition("_")
        if token.type in ("softbreak", "hardbreak"):
            line += 1
            put(" " if token.type == "softbreak" else "\n")
        elif token.type in ("math_inline", "math_inline_double"):
            put(token.content.strip(), "math")
        elif token.type == "code_inline":
            put(token.content, "code")
        elif token.type in ("text", "text_special"):
            if token.type == "text" and "$" in token.content:
                note(line, _UNBALANCED)
            put(token.content)
        elif name in _EMPHASIS and part == "open":
            manners.append((_EMPHASIS[name], _safe(str(token.attrGet("href") or ""), line, note)))
        elif name in _EMPHASIS and part == "close":
            manners.pop()
        else:
            note(line, "an image has no place in a lesson: use a network or a plot block")
    return tuple(runs)


def _safe(text: str, line: int, note: NoteMistake) -> str:
    """Text without control characters, which an entity such as ``&#x202e;`` may have made."""
    if found := UNSAFE.search(text):
        note(line, f"the character U+{ord(found[0]):04X} is not allowed in text: take it out")
        return UNSAFE.sub("", text)
    return text
