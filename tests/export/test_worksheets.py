"""A worksheet asks for every value and has none of them; its key has them all, to the digits that are asked."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from tests.effort import pairs, some
from tests.export.hostile import TITLES, titled
from tui_backprop import course
from tui_backprop.course.exercise import Ask, Exercise
from tui_backprop.derivation import Derivation
from tui_backprop.export.sheet_page import html_sheets
from tui_backprop.export.sheet_paper import latex_sheets
from tui_backprop.export.sheet_text import markdown_sheets
from tui_backprop.export.worksheet import WorksheetPart, key_text, parts, sheet_of
from tui_backprop.maths.numerals import to_text
from tui_backprop.maths.precision import Precision
from tui_backprop.network.model import Network, Sample
from tui_backprop.tutor.display import rule_for
from tui_backprop.tutor.numbers import check_number
from tui_backprop.typeset.glyphs import Glyphs

EXERCISES = [entry.name for entry in course.exercises()]
FORMATS = ("markdown", "latex", "html")
TEX_LENGTHS = (r"\\setlength\{[^}]*\}\{[^}]*\}|[\d.]+\\textwidth|"
               r"\\(?:put|oval|makebox|framebox|qbezier(?:\[\d+\])?)(?:\([^)]*\))+")
NUMBER = re.compile(r"[-−]?\d+(?:\.\d+)?")


def sheet_for(exercise: Exercise) -> WorksheetPart:
    return sheet_of(exercise, Derivation(exercise.task, exercise.detail))


def printed(sheets: list[WorksheetPart], kind: str, *, key: bool) -> str:
    if kind == "html":
        return "\n".join(html_sheets(sheets, Glyphs.FULL, key=key))
    if kind == "latex":
        return "\n".join(latex_sheets(sheets, Glyphs.FULL, key=key))
    return "\n".join(markdown_sheets(sheets, Glyphs.ASCII, key=key))


def numbers(text: str) -> set[str]:
    """Every number that a reader sees, with ASCII minus signs."""
    seen = re.sub(r"<style>.*?</style>|" + TEX_LENGTHS, "", text, flags=re.DOTALL)
    seen = unescape(re.sub(r"<[^>]*>", " ", seen)).replace("−", "-").replace(r"\cdot 10", "e")
    return set(NUMBER.findall(seen)) | {number.removeprefix("-") for number in NUMBER.findall(seen)}


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", some(EXERCISES))
def test_the_key_has_every_value_and_the_sheet_none(name: str, kind: str) -> None:
    sheet = sheet_for(course.load(name))
    values = {key_text(sheet, step) for step in sheet.asked}
    in_key, on_sheet = (numbers(printed([sheet], kind, key=key)) for key in (True, False))
    assert {value for value in values if "e" not in value} <= in_key
    # Numbers without a fraction, such as 0 and 1, number exercises and stand in formulas.
    given = {to_text(value, 6).replace("−", "-").removeprefix("-") for value in _givens(sheet)}
    assert {value for value in values if "." in value and value.removeprefix("-") not in given} & on_sheet == set()


def _givens(sheet: WorksheetPart) -> list[float]:
    used = {name for step in sheet.asked for name in step.symbols if sheet.derivation.graph.kind(name) == "given"}
    return [sheet.derivation.values(name) for name in used]


@pytest.mark.parametrize(("name", "digits"), pairs(EXERCISES, [2, 3, 5]))
def test_a_value_of_the_key_is_right_and_not_too_coarse(name: str, digits: int) -> None:
    sheet = sheet_for(replace(course.load(name), precision=Precision(digits)))
    for step in sheet.asked:
        text = key_text(sheet, step)
        assert rule_for(sheet.derivation, step.id, Precision(digits)).near(float(text), step.value), step.id
        if step.kind != "update":
            assert check_number(text, step.value, significant_digits=digits).verdict == "correct", (step.id, text)


@pytest.mark.parametrize("name", EXERCISES)
def test_a_key_has_no_zeros_at_the_end(name: str) -> None:
    sheet = sheet_for(course.load(name))
    assert not [text for step in sheet.asked if "." in (text := key_text(sheet, step)) and text.endswith("0")]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_blank_for_each_step_asked_and_a_number_for_each(kind: str) -> None:
    sheets = [sheet_for(course.load(name)) for name in ("exercise-2", "circuit-max", "batch-of-three")]
    marks = {"markdown": "_" * 24 + "\n", "latex": r"\underline{\hspace{7cm}}\end{minipage}", "html": '"line"'}
    text = printed(sheets, kind, key=False)
    assert text.count(marks[kind]) == sum(len(sheet.asked) for sheet in sheets)
    for sheet in sheets:
        asked = [blank.number for _, blanks in parts(sheet) for blank in blanks]
        assert asked == list(range(1, len(sheet.asked) + 1))


@pytest.mark.parametrize("kind", FORMATS)
def test_the_blank_of_a_new_weight_asks_for_the_decimals_that_it_is_judged_by(kind: str) -> None:
    sheet = sheet_for(course.load("mazur"))
    fine = [rule.tell_digits(step.value) for step in sheet.asked
            if (rule := rule_for(sheet.derivation, step.id)).is_finer(step.value)]
    assert fine == ["5 decimals"] * 4
    text = printed([sheet], kind, key=False)
    assert text.count("the new weight. Give 5 decimals, so that the change shows.") == 4
    assert "decimals" not in printed([sheet_for(course.load("exercise-2"))], kind, key=False)


def test_only_what_is_to_be_asked_and_what_it_takes() -> None:
    exercise = course.load("exercise-3")
    only = sheet_for(replace(exercise, ask=Ask(None, ("gradient",))))
    assert {step.kind for step in only.asked} == {"gradient"}
    assert "z 1:j" in {step.id for step in only.shown}
    assert not any(step.id in ("w' 2:j->k", "C'") for step in only.shown)
    text = printed([only], "markdown", key=False)
    assert "worked out already" in text
    assert "z_j^(L-1) = 0.528" in text
    narrowed = sheet_for(replace(exercise, ask=Ask(("1:i->j",), ("update",))))
    assert [step.id for step in narrowed.asked] == ["w' 1:i->j"]
    assert "worked out already" not in printed([sheet_for(exercise)], "markdown", key=False)


def test_more_than_a_sheet_can_hold_is_refused_in_one_line() -> None:
    layer = tuple(str(n) for n in range(1, 21))
    weights = (tuple(tuple(0.01 for _ in layer) for _ in layer),)
    network = Network((layer, layer), ("sigmoid",), "squared_error", 0.1, weights, None,
                      (Sample((0.1,) * 20, (0.2,) * 20),))
    with pytest.raises(ValueError, match=r"big asks for \d+ values, and a worksheet has room for 500"):
        sheet_for(Exercise("big", "Big", network))


@pytest.mark.parametrize("kind", FORMATS)
def test_a_heading_has_one_number_at_most(kind: str) -> None:
    sheets = [sheet_for(course.load(name)) for name in ("exercise-2", "circuit-max")]
    heading = re.compile(r"^(?:## |<h2>|\\section\*\{)(.*?)(?:</h2>|\})?$", re.MULTILINE)
    first, second = heading.findall(printed(sheets, kind, key=True))[-2:]
    assert first.startswith("Exercise 2")
    assert second.startswith("2.")
    assert heading.findall(printed(sheets[1:], kind, key=True))[-1] == "A circuit with a max gate"
    assert "Exercise 2 - A deep chain" in printed(sheets, "markdown", key=True)


@pytest.mark.parametrize("title", some(TITLES))
def test_a_title_in_markdown_brings_no_markup(title: str) -> None:
    from markdown_it import MarkdownIt

    sheets = [sheet_for(titled(title))]
    for key in (False, True):
        text = "\n".join(markdown_sheets(sheets, Glyphs.FULL, key=key))
        tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
        headings = [tokens[place + 1] for place, token in enumerate(tokens) if token.type == "heading_open"]
        children = headings[-1].children or []
        assert {child.type for child in children} <= {"text", "text_special"}
        assert "".join(child.content for child in children) == title
        assert not any(token.type.startswith("html") for token in tokens)


def test_the_formulas_of_a_sheet_survive_markdown() -> None:
    from markdown_it import MarkdownIt

    sheet = sheet_for(course.load("circuit-max"))
    absolute = sheet_for(replace(course.load("circuit-max"), title="t"))
    html = MarkdownIt("gfm-like", {"linkify": False}).render(printed([sheet, absolute], "markdown", key=False))
    assert "<code>m = max(z, w)</code>" in html
    assert html.count("________________________") == 2 * len(sheet.asked) + 1
    assert "<table>" in html
    assert "<em>" not in html


@pytest.mark.parametrize("kind", ["markdown", "html"])
def test_a_sheet_has_axes_to_draw_a_curve_into_and_its_key_the_curve(kind: str) -> None:
    sheets = [sheet_for(course.load(name)) for name in ("exercise-2", "exercise-3", "circuit-two-gates")]
    page, key = (printed(sheets, kind, key=key) for key in (False, True))
    assert "Draw how C goes with" in page
    assert "slope" in key
    if kind == "html":
        ids = re.findall(r'id="([^"]+)"', key)
        assert {"plot-title-1", "plot-title-2"} <= set(ids)
        assert page.count('class="plot"') >= 2
    else:
        assert "slope −0.557" in key.replace("-0.557", "−0.557")


def test_where_no_update_is_asked_there_is_no_curve() -> None:
    exercise = course.load("exercise-2")
    sheet = sheet_for(replace(exercise, ask=Ask(None, ("gradient",))))
    assert "Draw how" not in printed([sheet], "html", key=False)
