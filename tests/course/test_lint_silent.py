"""What shows without complaint, but not as its writer meant it, is told by a check, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_backprop.cli.check import TOOLS
from tui_backprop.course.lesson import Check
from tui_backprop.course.lint import lint, lint_lesson
from tui_backprop.course.read_lesson import lesson_from_text
from tui_backprop.tutor.checks import judge_check

HEAD = '+++\ntitle = "T"\norder = 3\nsummary = "S"\n%s+++\n'


def check(kind: str = "number", answer: str = "4", **more: str) -> str:
    keys = {"kind": f'"{kind}"', "prompt": '"Two and two?"', "answer": answer, "hints": '["Count."]', **more}
    return "\n".join(["```check", *(f"{key} = {value}" for key, value in keys.items() if value), "```"])


CHOICES = {"kind": "choice", "answer": '"up"', "choices": '["up", "down"]'}
CUBE = {"kind": "formula", "answer": '"3x^2"', "variables": '["x"]', "prompt": "'Differentiate $x^3$.'"}

SILENT = [
    ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", "8: this row has 3 cells and the table 2 columns"),
    ("> | a |\n> |---|\n> | 1 | 2 |", "8: this row has 2 cells and the table 1 columns"),
    ("| a | b |\n|---|\n| 1 | 2 |", "6: this is no table"),
    (check(**{**CHOICES, "hints": ""}), "6: this check has no hint"),
    (check(hints='["Count.", "It is 4."]'), "10: hint 2 gives the answer away"),
    (check(hints="['So $2 + 2 = 4$.']"), "10: hint 1 gives the answer away"),
    (check(**{**CHOICES, "hints": '["It goes up."]'}), "10: hint 1 gives the answer away"),
    (check(**{**CUBE, "hints": "['It is $3x^2$.']"}), "10: hint 1 gives the answer away"),
    (check(**{**CUBE, "answer": '"x"', "prompt": "'What comes out?'", "hints": "['It is $x$.']"}), "10: hint 1 gives"),
    (check(**{**CUBE, "answer": '"3x^3"'}), '9: "3x^3" is not the derivative by x'),
    (check(wrong='[{ answer = "5", say = "a" }, { answer = "5.0", say = "b" }]'),
     '11: nobody is told what is said to "5.0"'),
    (check(**CUBE, wrong='[{ answer = "3y^", say = "a" }]'), '12: nobody is told what is said to "3y^"'),
    (check(prompt='"What is $2 \\times 2$?"'), "8: a tab stands in this formula"),
    ("# A\n\n## A", '8: the heading "A" stands on line 6 already'),
    ("#", "6: this heading is empty"),
    ("##Two", "6: this is no heading"),
    ("> [!NOTE]\n> One.", '6: "[!NOTE]" begins no callout: one begins with a word in bold, as **Note.**'),
    ("> **Defintion.** One.", '6: "Defintion." begins no callout: did you mean "Definition"?'),
    ("A **word and no end.", "6: this ** has no partner"),
    ("One.\n<br> two", "6: there is no HTML"),
    ("One \\\\(x\\\\) two", "6: this has no meaning in a lesson"),
    ('```plot\nformula = "x^2"\nfrom = 0\nto = 1\nat = 7\n```', "6: the point at 7 lies outside the plot"),
    ('```plot\nformula = "ln(x)"\nfrom = -3\nto = -1\n```', '6: "ln(x)" has no value from -3 to -1'),
]

MEANT = [
    "| a | b |\n|---|---|\n| 1 | \\| |\n| 2 |",
    check(hints="['Work out $2 + 2$.', 'Is 4 too much?']"),
    check(**{**CHOICES, "hints": '["Is it up or down?"]'}),
    check(**{**CUBE, "answer": '"x"', "prompt": "'What comes out?'", "hints": "['Hold $x$ still.']"}),
    check(**{**CUBE, "prompt": "'What is the slope of $x^3$?'", "hints": "['The 3 comes down: $3x^{3-1}$.']"}),
    check(**CUBE, wrong='[{ answer = "3", say = "a" }, { answer = "3x", say = "b" }]'),
    "> **Definition.** One.\n\n> **Bold** is no callout.\n\n**A word** in bold.",
    "# A\n\n## B\n\n1 < 2, and 3 > 2; 2 ** 3.",
    '```plot\nformula = "x^2"\nfrom = 0\nto = 1\nat = 1\n```',
    '```plot\nformula = "1/x"\nfrom = -1\nto = 1\n```',
]


def found_in(text: str, head: str = "") -> list[str]:
    lesson, read = lesson_from_text(f"{HEAD % head}{text}\n", "name", Path())
    found = sorted({*read, *lint_lesson(lesson, TOOLS)})
    return [f"{each.line}: {each.message}" for each in found if "asks nothing" not in each.message]


@pytest.mark.parametrize(("text", "said"), SILENT, ids=[said for _, said in SILENT])
def test_what_reads_as_something_else_is_told_of(text: str, said: str) -> None:
    [found] = found_in(text)
    assert found.startswith(said)


@pytest.mark.parametrize("text", MEANT)
def test_what_is_meant_is_not_told_of(text: str) -> None:
    assert found_in(text) == []


def test_a_wrong_answer_that_cannot_be_read_ends_nothing() -> None:
    """The right one is judged, and any other, as if the entry were not there."""
    lesson, _ = lesson_from_text(
        HEAD % "" + check(**CUBE, wrong='[{ answer = "3y^", say = "a" }]') + "\n", "name", Path())
    [question] = [block for block in lesson.blocks if isinstance(block, Check)]
    assert judge_check(question, "3x^2").right
    assert judge_check(question, "5x^2").verdict == "different"


def test_advice_stands_beside_what_tomls_reader_says(tmp_path: Path) -> None:
    path = tmp_path / "l.md"
    path.write_text(HEAD % "" + '```check\nkind = "number"\nkind = "number"\n```\n')
    assert ["this key stands there twice" in each.message for each in lint(path)] == [True]
