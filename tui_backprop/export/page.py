"""A page of HTML that needs no other file: no script, font or picture from elsewhere. Formulas are MathML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from tui_backprop.derivation import Derivation, Solution, Step
from tui_backprop.drawing.picture import picture_of
from tui_backprop.drawing.svg import svg
from tui_backprop.export.fitting import break_lines, scientific
from tui_backprop.export.outline import derive_lines, equation, list_given_rows, number_of, sections
from tui_backprop.export.plots import CurvePlot
from tui_backprop.tutor.wording import words_for
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import EQUALS, Layout, Text, row
from tui_backprop.typeset.linear import untagged
from tui_backprop.typeset.mathml import mathml

_ROOM = 70
"""The width of a line of formula in digits: what fits on paper."""

_STYLE = """\
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --quiet: #5a5a5a; --line: #b5b5b5; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e6e6; --paper: #17181a; --quiet: #a5a5a5; --line: #5c5c5c; } }
body { color: var(--ink); background: var(--paper); font: 1rem/1.5 Georgia, "Times New Roman", serif;
  max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
h1, h2, h3 { line-height: 1.2; break-after: avoid; font-weight: 600; }
table.given { border-collapse: collapse; } .given th { text-align: left; font-weight: 600; padding-right: 1.5rem;
  white-space: nowrap; }
.given th, .given td { border-top: 1px solid var(--line); padding-block: .3rem; vertical-align: baseline; }
.given .item { display: inline-block; margin-right: 1.2rem; }
ol { list-style: none; padding: 0; } li { margin: .7rem 0; break-inside: avoid; }
.words { color: var(--quiet); } .number { display: inline-block; min-width: 2rem; font-variant-numeric: tabular-nums; }
math { math-style: normal; }
.equation { margin: .2rem 0 0 2rem; display: grid; grid-template-columns: minmax(4rem, auto) 1fr; column-gap: .4rem;
  align-items: baseline; }
.made { margin-left: 4rem; grid-template-columns: minmax(6rem, auto) 1fr; }
.equation .name { text-align: right; }
.equation .parts { display: flex; flex-wrap: wrap; align-items: baseline; gap: .3rem .4rem; }
.equation .more { flex-basis: 100%; margin-left: 1.5rem; }
.blank { flex: 1 1 10rem; max-width: 22rem; border-bottom: 1px solid currentColor; height: 2.2rem; }
.picture { max-width: 100%; height: auto; display: block; margin: 1rem 0; color: var(--quiet); }
.picture text { fill: var(--ink); font: 12px system-ui, sans-serif; text-anchor: middle;
  paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
.picture .unit { font-style: italic; font-size: 13px; stroke: none; }
.picture .node { fill: var(--paper); stroke: var(--ink); stroke-width: 1.3; }
.plot { max-width: 100%; height: auto; display: block; margin: 1rem 0; }
.picture .edge { stroke: currentColor; stroke-width: 1; }
.line { display: flex; align-items: baseline; gap: .4rem; margin-left: 2rem; min-height: 2.6rem; }
.values { columns: 2; } .values li { margin: .3rem 0; }
.person { display: flex; gap: 2rem; align-items: baseline; margin-bottom: 2rem; }
.exercise + .exercise { break-before: page; }
@media print { :root { --ink: #000; --paper: #fff; --quiet: #333; --line: #999; } body { margin: 0; max-width: none; }
  @page { margin: 18mm; } }
"""


def solution_page(solution: Solution, steps: Iterable[Step], glyphs: Glyphs) -> Iterator[str]:
    """The worked solution as a page."""
    yield from page(solution.title, _solution(solution, steps), glyphs)


def page(title: str, body: Iterable[str], glyphs: Glyphs) -> Iterator[str]:
    """A whole page, line by line; at poorer glyph levels every character beyond ASCII is a reference."""
    head = ("<!DOCTYPE html>", '<html lang="en">', "<head>", '<meta charset="utf-8"/>',
            '<meta name="viewport" content="width=device-width"/>', f"<title>{escape(title)}</title>",
            f"<style>\n{_STYLE}</style>", "</head>", "<body>")
    for line in (*head, *body, "</body>", "</html>"):
        yield line if glyphs is Glyphs.FULL else line.encode("ascii", "xmlcharrefreplace").decode("ascii")


def tabulate_givens(derivation: Derivation, worked_out: Sequence[str] = ()) -> Iterator[str]:
    """The givens, a row for each kind, and then what is ``worked_out`` already."""
    yield '<table class="given">'
    rows = [(given.label, [maths(item) for item in given.items]) for given in list_given_rows(derivation)]
    for label, formulas in (*rows, *((("worked out already", worked_out),) if worked_out else ())):
        items = " ".join(f'<span class="item">{item}</span>' for item in formulas)
        yield f"<tr><th>{escape(label)}</th><td>{items}</td></tr>"
    yield "</table>"


def drawing(derivation: Derivation, place: int = 0) -> str:
    """The network or circuit as SVG; ``place`` is its number on the page."""
    return svg(picture_of(derivation), f"tip{place}")


def maths(layout: Layout) -> str:
    """A formula; running words stay words."""
    inside = untagged(layout)
    if isinstance(inside, Text) and inside.role == "words":
        return escape(inside.text)
    return mathml(scientific(layout))


def step_words(step: Step) -> str:
    """A step's number, and what it is in words."""
    words = escape(words_for(step.derivation, step.id).title)
    return f'<span class="number">{number_of(step)}.</span><span class="words">{words}</span>'


def _solution(solution: Solution, steps: Iterable[Step]) -> Iterator[str]:
    derivation = solution.derivation
    yield f"<h1>{escape(solution.title)}</h1>"
    yield drawing(derivation)
    yield from tabulate_givens(derivation)
    for heading, members in sections(steps):
        yield f"<h2>{escape(heading)}</h2>"
        yield "<ol>"
        for step in members:
            more = "".join(_write_part(made, place) for place, made in enumerate(derive_lines(step)))
            yield f'<li>{step_words(step)}<div class="equation">{_equation(equation(step))}</div>{more}</li>'
        yield "</ol>"
    yield from _curve(solution)


def _curve(solution: Solution) -> Iterator[str]:
    """The cost against the first weight, with its slope; nothing for a large network, whose weights are many."""
    graph = solution.derivation.graph
    if graph.is_large or not graph.parameters():
        return
    plot = CurvePlot(solution.title, solution.derivation, graph.parameters()[0])
    yield f"<h2>{escape(plot.subject)}</h2>"
    yield plot.svg()


def _write_part(parts: Sequence[Layout], place: int) -> str:
    """The equation of one of the quantities that a step is made of."""
    word = '<span class="words">with</span> ' if place == 0 else ""
    return f'<div class="equation made">{_equation(parts, word)}</div>'


def _equation(parts: Sequence[Layout], before: str = "") -> str:
    first, *rest = parts
    pieces: list[str] = []
    for part in rest:
        lines = break_lines(scientific(row(EQUALS, part)), _ROOM)
        pieces += [f"<span>{mathml(line)}</span>" for line in lines[:1]]
        pieces += [f'<span class="more">{mathml(line)}</span>' for line in lines[1:]]
    return f'<span class="name">{before}{maths(first)}</span><span class="parts">{"".join(pieces)}</span>'
