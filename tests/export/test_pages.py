"""HTML that needs nothing but itself: well-formed, without a script, a reference or markup from a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from tests.effort import some
from tests.export.hostile import TITLES, deep_network, long_circuit, titled, wide_network
from tui_backprop import course
from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation import Derivation, Solution
from tui_backprop.derivation.notation import NOTATIONS
from tui_backprop.export.page import solution_page
from tui_backprop.export.sheet_page import html_sheets
from tui_backprop.export.worksheet import sheet_of
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.mathml import mathml

EXERCISES = [entry.name for entry in course.exercises()]
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "table", "tr", "th", "td", "ol", "li", "p",
    "div", "span", "section", "svg", "desc", "defs", "clipPath", "clippath", "circle", "marker", "path",
    "line", "ellipse", "rect", "text", "math", "mrow", "mi",
    "mn", "mo", "mtext", "mspace", "mfrac", "msub", "msup", "msubsup", "msqrt",
}


def pages(exercise: Exercise, glyphs: Glyphs = Glyphs.FULL) -> Iterator[str]:
    """Its solution, its worksheet and its key."""
    solution = exercise.solve()
    yield "\n".join(solution_page(solution, solution.steps, glyphs))
    sheets = [sheet_of(exercise, solution.derivation)]
    yield "\n".join(html_sheets(sheets, glyphs, key=False))
    yield "\n".join(html_sheets(sheets, glyphs, key=True))


def elements(page: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(page).iter())


class Reader(HTMLParser):
    """What a browser's parser sees: every element closed in turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.names.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def check(page: str) -> None:
    for element in elements(page):
        name = str(element.tag).rpartition("}")[2]
        assert name in ALLOWED
        for key, value in element.attrib.items():
            assert not re.match(r"on|src|href|data", key.rpartition("}")[2]), key
            assert "url(" not in value or value.startswith("url(#")
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    assert reader.names <= ALLOWED
    style = page[page.index("<style>"):page.index("</style>")]
    assert not re.search(r"url|@import|http", style)
    links = re.findall(r"https?://[^\s\"<]*", "".join(re.findall(r"<[^>]*>", page)))
    assert set(links) <= {"http://www.w3.org/1998/Math/MathML", "http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("name", some(EXERCISES))
def test_pages_are_well_formed_and_need_nothing_else(name: str) -> None:
    for page in pages(course.load(name)):
        check(page)


@pytest.mark.parametrize("make", some([wide_network, long_circuit, deep_network]))
def test_pages_of_what_is_hard_to_set(make: object) -> None:
    assert callable(make)
    for page in pages(make()):
        check(page)


@pytest.mark.parametrize("title", some(TITLES))
def test_a_title_is_text_and_stays_as_it_is(title: str) -> None:
    for name in ("exercise-1", "circuit-max"):
        solution, sheet, key = pages(titled(title, name))
        for page in (solution, sheet, key):
            check(page)
        headings = [element.text for element in elements(solution) if element.tag in ("h1", "title")]
        assert headings == [title, title]


@pytest.mark.parametrize("notation", NOTATIONS)
def test_a_page_writes_every_step_in_the_notation(notation: str) -> None:
    derivation = Derivation(course.load("exercise-3").task, "full", NOTATIONS[notation])
    solution = Solution("A title", derivation)
    page = "\n".join(solution_page(solution, solution.steps, Glyphs.FULL))
    assert all(mathml(step.name) in page for step in solution.steps)


def test_a_page_for_an_encoding_without_mathematics_says_the_same() -> None:
    exercise = course.load("exercise-2")
    for full, poor in zip(pages(exercise), pages(exercise, Glyphs.ASCII), strict=True):
        assert poor.isascii()
        assert [element.text for element in elements(poor)] == [element.text for element in elements(full)]


def test_the_steps_asked_for_and_no_others() -> None:
    solution = course.load("exercise-2").solve()
    page = "\n".join(solution_page(solution, solution.steps[5:7], Glyphs.FULL))
    assert re.findall(r'class="number">(\d+)', page) == ["6", "7"]
