"""What a check finds in lessons and courses, each with its line: maths, symbols and skills not taught, course files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_backprop.course.library import Course, shipped_folder
from tui_backprop.course.lint import lint, lint_lesson
from tui_backprop.course.lint_course import files_of
from tui_backprop.course.lint_exercise import lint_exercise
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


def test_a_link_to_a_heading_of_another_lesson_is_followed(tmp_path: Path) -> None:
    (tmp_path / "01-one.md").write_text(f"{HEAD}## The rule\n", "utf-8")
    links = "[a](01-one.md#the-rule) [b](01-one.md#the-rul) [c](01-one.md)"
    lesson, read = lesson_from_text(f"{HEAD}{links}\n", "02-two", tmp_path)
    [found] = [*read, *(finding for finding in lint_lesson(lesson) if finding.severity != "warning")]
    assert found.message == (
        'the link to "01-one.md#the-rul" leads nowhere: there is no such heading: did you mean "the-rule"?')


CHECK = '```check\nkind = "number"\nprompt = "Two and two?"\nanswer = 4\nhints = ["Count."]\nskill = "%s"\n```\n'


def course_of(folder: Path, *lessons: tuple[str, str]) -> list[list[tuple[int, str]]]:
    """What is found in lessons of this front matter and text, one after the other."""
    for number, (head, text) in enumerate(lessons, 1):
        (folder / f"{number:02}-l.md").write_text(
            f'+++\ntitle = "T"\norder = {number}\nsummary = "S"\n{head}\n+++\n{text}\n{CHECK % "slopes"}')
    return [[(each.line, each.message) for each in lint(folder / f"{number:02}-l.md")]
            for number in range(1, len(lessons) + 1)]


def test_a_symbol_before_its_lesson_is_found_where_it_is_used_first(tmp_path: Path) -> None:
    first, second = course_of(
        tmp_path, ("symbols = ['x', '\\partial']\nskills = ['slopes']", "One $x$.\n\nTwo $\\delta_j + \\delta$ and Σ."),
        ("symbols = ['\\delta', '\\sum']", "$\\delta$, $\\hat{x}$ and $\\nabla x$."))
    assert first == [
        (10, "the symbol j is used before any lesson has taught it: add it to symbols at the head of the lesson that "
             "explains it"),
        (10, "the symbol δ is used before any lesson has taught it: 02-l does, which comes later"),
        (10, "the symbol ∑ is used before any lesson has taught it: 02-l does, which comes later")]
    assert [message.partition(" is used")[0] for _, message in second] == ["the symbol \\hat", "the symbol ∇"]


def test_the_order_of_a_course_file_decides_what_comes_before(tmp_path: Path) -> None:
    lessons = (("symbols = ['x']\nskills = ['slopes']", "$y$"), ("symbols = ['y']", "$y$"))
    assert [len(found) for found in course_of(tmp_path, *lessons)] == [1, 0]
    (tmp_path / "course.toml").write_text(
        'title = "T"\n[[sections]]\ntitle = "S"\nlessons = ["02-l", "01-l"]\n')
    first, second = course_of(tmp_path, *lessons)
    assert first == []
    assert [message for _, message in second] == [
        'the skill "slopes" is asked for before any lesson has taught it: 01-l does, which comes later']


def test_a_skill_that_no_lesson_teaches_is_found(tmp_path: Path) -> None:
    [found] = course_of(tmp_path, ("", "One."))
    assert found == [(8, 'the skill "slopes" is asked for before any lesson has taught it: '
                         "add it to skills at the head of the lesson that explains it")]


def test_the_shipped_course_has_nothing_wrong() -> None:
    assert [finding for file in files_of(shipped_folder()) for finding in lint(file)] == []


@pytest.mark.parametrize(("text", "said"), [
    ('titel = "T"', ['course.toml:1: a course.toml has no key "titel": did you mean "title"?',
                     'title is missing: add a line such as title = "My course"']),
    ('title = "T"\n[[sections]]\ntitle = "S"\nlessons = ["1-l", "02-l"]', [
        '4: there is no lesson "1-l" in this folder: did you mean "01-l"?',
        '2: the lesson "01-l" stands in no section: name it in one']),
    ('title = "T"\n[[sections]]\ntitle = "S"\nlessons = ["01-l", "02-l",\n  "l.md"]', [
        '5: the lesson "01-l" stands here for the second time: take it out']),
    ('title = "T"\n[needs]\n"01-l" = ["02-l"]\n"02-l" = [\n  "01-l"]', [
        "these lessons each come before the next, in a circle: "]),
    ('title = "T"\n[[sections]]\ntitle = "S"\nlessons = ["01-l", "02-l"]\nneeds = ["S"]', ["in a circle: 01-l → "]),
    ('title = "T"\n[[sections]]\ntitle = "S"\nlessons = ["01-l", "02-l"]\n[needs]\n"01-l" = ["02-l"]', [
        '6: the lesson "01-l" stands before "02-l", which it needs: change their order']),
    ('title = "T"\n[needs]\n"01-l" = ["03-l"]\n"04-l" = ["01-l"]', [
        '3: there is no lesson and no section "03-l": did you mean "02-l"?', '4: there is no lesson "04-l"']),
    ('title = "T"\n\n[[sections]]\ntitle = 3', ['4: title must be text']),
    ('title = "T"\nsections = 3', ['2: sections must be a list']),
    ('title = "T"\n\n[[sections\n', ['3: this is not valid TOML: ']),
    ('title = "\\u001b[31m"', ['1: the character U+001B is not allowed in text: ']),
])
def test_what_is_wrong_in_a_course_file(tmp_path: Path, text: str, said: list[str]) -> None:
    course_of(tmp_path, ("skills = ['slopes']", "One."), ("", "Two."))
    (tmp_path / "course.toml").write_text(text + "\n")
    found = [f"course.toml:{each.line}: {each.message}" for each in lint(tmp_path / "course.toml")]
    for each in said:
        assert any(each in line for line in found), found
    assert [entry.title for entry in Course("mine", tmp_path).lessons()] == ["T", "T"]


def test_a_target_out_of_reach_is_found_in_an_exercise_that_a_lesson_holds() -> None:
    held = ('format = 1\ntitle = "T"\n[network]\nlayers = [1, 1]\nactivation = "sigmoid"\ncost = "squared_error"\n'
            'learning_rate = 0.1\nweights = [[[0.5]]]\n[[samples]]\ninputs = [1]\ntargets = [2]\n')
    lesson, _ = lesson_from_text(f"{HEAD}```exercise\n{held}```\n", "name", shipped_folder())
    found = [(each.line, each.message) for each in lint_lesson(lesson)]
    assert (6, "1 can never reach its target 2: sigmoid lies from 0 to 1") in found


@pytest.mark.parametrize(("decimals", "said"), [(8, ""), (6, "one digit is left of C'"), (3, "nothing is left")])
def test_decimals_that_leave_little_of_a_value_are_warned_of(tmp_path: Path, decimals: int, said: str) -> None:
    """The output is 0.002 off its target: in three decimals nothing is left of the cost."""
    path = tmp_path / "small.toml"
    path.write_text(f"""format = 1
title = "Small"
[network]
layers = [["i"], ["k"]]
activation = "identity"
cost = "squared_error"
learning_rate = 0.5
weights = [{{ "i->k" = 0.5 }}]
[[samples]]
inputs = {{ i = 0.4 }}
targets = {{ k = 0.202 }}
[answers]
decimals = {decimals}
""")
    found = [finding for finding in lint_exercise(path) if finding.severity == "warning"]
    assert [finding.line for finding in found] == ([13] if said else [])
    assert all(said in finding.message for finding in found)
