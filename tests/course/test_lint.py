"""Maths that cannot be set is found wherever text may stand in a lesson, and told with its line."""

from __future__ import annotations

import pytest

from tui_backprop.course.library import shipped_folder
from tui_backprop.course.lint import lint_lesson
from tui_backprop.course.read_lesson import lesson_from_text

HEAD = '+++\ntitle = "T"\norder = 3\nsummary = "S"\n+++\n'
NUMBER = 'kind = "number"\nanswer = 4\n'
HINTS = 'hints = ["Count."]\n'
BROKEN, SOUND = r"\frac{1", r"\frac{1}{2}"

PLACES = {
    "a heading": "# One $%s$",
    "a paragraph": "One $%s$.",
    "an item of a list": "- one $%s$",
    "a table's header": "| a $%s$ |\n|---|\n| 1 |",
    "a cell of a table": "| a |\n|---|\n| $%s$ |",
    "a formula of its own": "$$\n%s\n$$",
    "a check's prompt": f"```check\n{NUMBER}{HINTS}prompt = 'What is $%s$?'\n```",
    "a hint": f"```check\n{NUMBER}prompt = 'What?'\nhints = ['One.', 'Like $%s$.']\n```",
    "what is said to a wrong answer":
        f"```check\n{NUMBER}{HINTS}prompt = 'What?'\nwrong = [{{ answer = \"5\", say = 'That is $%s$.' }}]\n```",
    "a choice":
        f"```check\nkind = \"choice\"\n{HINTS}prompt = 'What?'\nanswer = 'up'\nchoices = ['up', 'down $%s$']\n```",
    "a caption of a network": "```network\nexercise = \"exercise-2\"\ncaption = 'See $%s$.'\n```",
    "a caption of a plot":
        "```plot\nexercise = \"exercise-2\"\nagainst = \"w 1:i->j\"\ncaption = 'See $%s$.'\n```",
    "what is said of an exercise": "```exercise\nexercise = \"exercise-2\"\nsay = 'Now $%s$.'\n```",
}


def found_in(place: str, latex: str) -> list[tuple[int, str]]:
    """The mistakes of a lesson with this formula in this place."""
    lesson, read = lesson_from_text(f"{HEAD}{PLACES[place].replace('%s', latex)}\n", "name", shipped_folder())
    findings = [*read, *lint_lesson(lesson)]
    return [(finding.line, finding.message) for finding in findings if finding.severity != "warning"]


@pytest.mark.parametrize("place", PLACES)
def test_maths_that_cannot_be_set_is_found(place: str) -> None:
    assert found_in(place, SOUND) == []
    [(line, message)] = found_in(place, BROKEN)
    assert message.startswith(f"the formula ${BROKEN}$ cannot be set: ")
    assert 6 <= line <= 6 + PLACES[place].count("\n")
