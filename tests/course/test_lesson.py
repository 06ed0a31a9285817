"""Lessons: the blocks they are cut into, and every mistake in one with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.course.shipped import checks_of, shipped_lesson
from tests.effort import examples
from tui_backprop.course import lessons
from tui_backprop.course.exercise import Exercise, ExerciseError
from tui_backprop.course.lesson import (
    Broken,
    Check,
    CodeBlock,
    ExerciseLink,
    Heading,
    InlineRun,
    Lesson,
    List,
    ListItem,
    Math,
    NetworkPicture,
    Plot,
    Prose,
    TableBlock,
    Wrong,
)
from tui_backprop.course.library import shipped_folder
from tui_backprop.course.lint import Tools, lint, lint_lesson
from tui_backprop.course.read_lesson import lesson_from_text, read_lesson

HEAD = '+++\ntitle = "T"\norder = 3\nsummary = "S"\n+++\n'
CHECK = """\
```check
kind = "number"
prompt = 'What is $2 + 2$?'
answer = 4
hints = ["Count."]
wrong = [{ answer = "5", say = "One too many." }]
```
"""


def read(body: str, head: str = HEAD) -> tuple[Lesson, list[tuple[int, str]]]:
    lesson, findings = lesson_from_text(head + body, "name", shipped_folder())
    return lesson, [(finding.line, finding.message) for finding in findings]


def mistakes(body: str, head: str = HEAD) -> list[tuple[int, str]]:
    """What the reader and the lint say of a lesson, in the order of its lines."""
    lesson, findings = lesson_from_text(head + body, "name", shipped_folder())
    return [(f.line, f.message) for f in sorted((*findings, *lint_lesson(lesson)))]


def test_the_blocks_of_a_lesson() -> None:
    lesson, findings = read("""\
# One $x^2$ two

Text with *stress*, **weight**, `code $5`, a [link](https://example.org) and \\$5
on two lines.

- first $a$
- second
  1. inner

$$
z = w \\cdot a
$$

| a | b |
|---|---|
| $x$ | 1 |

```python
print("$5")
```
""")
    assert findings == []
    assert (lesson.title, lesson.order, lesson.summary) == ("T", 3.0, "S")
    assert lesson.blocks == (
        Heading(1, (InlineRun("One "), InlineRun("x^2", "math"), InlineRun(" two")), 6),
        Prose((
            InlineRun("Text with "), InlineRun("stress", "emphasis"), InlineRun(", "), InlineRun("weight", "strong"),
            InlineRun(", "),
            InlineRun("code $5", "code"), InlineRun(", a "), InlineRun("link", "link", "https://example.org"),
            InlineRun(" and $5 on two lines."),
        ), 8),
        List((ListItem("•", 0, (InlineRun("first "), InlineRun("a", "math"))), ListItem("•", 0, (InlineRun("second"),)),
              ListItem("1.", 1, (InlineRun("inner"),))), 11),
        Math("z = w \\cdot a", 15),
        TableBlock(((InlineRun("a"),), (InlineRun("b"),)), (((InlineRun("x", "math"),), (InlineRun("1"),)),), 19),
        CodeBlock('print("$5")', 23),
    )


def test_a_check() -> None:
    lesson, findings = read(CHECK)
    assert findings == []
    assert lesson.blocks == (Check(
        "number", (InlineRun("What is "), InlineRun("2 + 2", "math"), InlineRun("?")), ("4",), 6,
        hints=((InlineRun("Count."),),),
        wrong=(Wrong(("5",), (InlineRun("One too many."),)),)),)


def test_pictures_and_links() -> None:
    lesson, findings = read("""\
```network
exercise = "exercise-2"
values = true
caption = 'With $w$'
```
```plot
exercise = "exercise-1"
against = "w 1:j->k"
from = -1
to = 3
```
```exercise
exercise = "exercise-1"
mode = "watch"
```
""")
    assert findings == []
    assert lesson.blocks == (
        NetworkPicture("exercise-2", 6, True, (InlineRun("With "), InlineRun("w", "math"))),
        Plot(11, "exercise-1", ("w 1:j->k",), low=-1.0, high=3.0),
        ExerciseLink("exercise-1", 17, "watch"),
    )


def test_an_exercise_written_out_in_a_lesson() -> None:
    text = (shipped_folder() / "exercises" / "exercise-2.toml").read_text().replace("[network]", "[network]", 1)
    lesson, findings = read(f"```exercise\n{text}```\n")
    assert findings == []
    block = lesson.blocks[0]
    assert isinstance(block, ExerciseLink)
    assert isinstance(block.source, Exercise)
    assert block.source.title.startswith("Exercise 2")
    _, findings = read(f"\n```exercise\n{text.replace('0.66', 'nan')}```\n")
    assert findings == [(18, "weights of layer 2 must be finite, not nan: use a number such as 0.5")]


def check(**changes: str) -> str:
    """A check's fence; a part that is given as "" is left out."""
    parts = {"kind": '"number"', "prompt": '"Two and two?"', "answer": "4", "hints": '["Count."]'} | changes
    return "```check\n" + "".join(f"{key} = {value}\n" for key, value in parts.items() if value) + "```\n"


BAD = [
    (HEAD, "", [(1, "the lesson asks nothing: add a check block")]),
    ("", CHECK, [(1, "a lesson begins with its title and order between two lines +++")]),
    ('+++\ntitle = "T"\n', CHECK, [(1, "a lesson begins with its title and order between two lines +++")]),
    ("+++\ntitle = T\n+++\n", CHECK, [
        (2, "this is not valid TOML: Invalid value: a text stands between '…', a list between […], "
            "and 0.5 has its 0")]),
    ("+++\norder = 1\n+++\n", CHECK, [
        (1, 'summary is missing: add a line such as summary = "One line for the contents."'),
        (1, 'title is missing: add a line such as title = "Slopes"')]),
    ('+++\ntitle = "T"\nsummary = "S"\norder = "1"\n+++\n', CHECK,
     [(4, 'order must be a number such as 0.5, not "1"')]),
    ('+++\ntitle = "T"\nauthor = "me"\norder = 1\nsummary = "S"\n+++\n', CHECK,
     [(3, 'a lesson\'s front matter has no key "author": use one of title, order, summary, skills, symbols, '
         'spell_indices')]),
    (HEAD, CHECK + "Costs $5 more\nor $x\n", [
        (13, r"a $ has no partner: close the formula, or write \$ for a dollar sign"),
        (14, r"a $ has no partner: close the formula, or write \$ for a dollar sign")]),
    (HEAD, CHECK + "Five $ only.\n",
     [(13, r"a $ has no partner: close the formula, or write \$ for a dollar sign")]),
    (HEAD, CHECK + "&#x202e;\n", [(13, "the character U+202E is not allowed in text: take it out")]),
    (HEAD, CHECK + "![alt](x.png)\n",
     [(13, "an image has no place in a lesson: use a network or a plot block")]),
    (HEAD, CHECK + "> ## quoted\n\ntext\n", [(13, "a quotation holds no heading and no ruled line: use text")]),
    (HEAD, CHECK + "> ```check\n> ```\n",
     [(13, "this kind of block has no place here: in a quotation use text, lists, tables and formulas")]),
    (HEAD, CHECK + "```chek\n```\n", [(13, 'there is no block "chek": did you mean "check"?')]),
    (HEAD, CHECK + "[the next](09-dep-chain.md)\n\n[above](#ttle) [in](#tt)\n## Tt\n[out](../x.md) [web](ftp://x)\n", [
        (13, 'the link to "09-dep-chain.md" leads nowhere: there is no such file in the course\'s folder'),
        (15, 'the link to "#ttle" leads nowhere: there is no such heading: did you mean "tt"?'),
        (17, 'the link to "../x.md" leads nowhere: it leads out of the course\'s folder'),
        (17, 'the link to "ftp://x" leads nowhere: use a lesson\'s file or an https address')]),
    (HEAD, CHECK + "- one\n\n  $$\n  x\n  $$\n",
     [(15, "a list holds text and lists: put this block after the list")]),
    (HEAD, CHECK + "```\nopen\n", [(13, "this block is never closed: end it with a line ```")]),
    (HEAD, CHECK.replace("4\n", "4 5\n"),
     [(9, "this is not valid TOML: Expected newline or end of document after a statement: one KEY = VALUE a line; "
          "a text with ' in it stands between \"…\"")]),
    (HEAD, check(kind='"numbr"'), [(7, 'there is no kind "numbr": did you mean "number"?')]),
    (HEAD, CHECK + check(prompt=""), [(13, "prompt is missing: add a line such as prompt = 'What is $2 + 2$?'")]),
    (HEAD, CHECK + check(answer=""), [(13, 'answer is missing: add a line such as answer = "4"')]),
    (HEAD, CHECK + check(answer="nan"), [(16, "answer must be finite, not nan: use a number such as 0.5")]),
    (HEAD, CHECK + check(hint='["x"]'), [(18, 'a number check has no key "hint": did you mean "hints"?')]),
    (HEAD, CHECK + check(hints='"x"'), [(17, 'hints must be a list, as in ["Look at the exponent."], not "x"')]),
    (HEAD, CHECK + check(hints='["x", "x"]'), [(17, '"x" stands twice in hints: take one out')]),
    (HEAD, CHECK + check(hints='["a $ b"]'),
     [(17, r"a $ has no partner: close the formula, or write \$ for a dollar sign")]),
    (HEAD, CHECK + check(hints=""), [(13, 'this check has no hint: add hints = ["…"]')]),
    (HEAD, CHECK + check(prompt=r'"a\u001b"'),
     [(15, "the character U+001B is not allowed in text: take its escape out")]),
    (HEAD, CHECK + check(wrong='[{ answer = "4", say = "x" }]'),
     [(18, 'the wrong answer "4" is right: take it out')]),
    (HEAD, CHECK + check(wrong='[{ answer = "5" }]'), [(18, 'say is missing: add a line such as say = "…"')]),
    (HEAD, CHECK + check(kind='"choice"', answer='"4"', choices='["4"]'), [
        (18, 'a choice needs two choices or more: write choices = ["uphill", "downhill"]')]),
    (HEAD, CHECK + check(kind='"choice"', answer='"five"', choices='["three", "four"]'), [
        (16, 'there is no choice "five": use one of three, four')]),
    (HEAD, CHECK + check(kind='"order"', answer='["a"]'), [(16, "an order needs two parts or more")]),
    (HEAD, CHECK + check(kind='"order"', answer='["a", "b"]', wrong='[{ answer = ["a", "c"], say = "x" }]'), [
        (18, "a wrong order has the same parts as the right one")]),
    (HEAD, CHECK + check(kind='"edge"', answer='"1:j->k"'),
     [(14, 'an edge check needs a network: write exercise = "exercise-2"')]),
    (HEAD, CHECK + check(kind='"edge"', answer='"1:j->k"', exercise='"exercise-2"'),
     [(16, 'there is no parameter "1:j->k": did you mean "2:j->k"?')]),
    (HEAD, CHECK + check(kind='"formula"', answer='"2x"'),
     [(13, 'this check names no variables: add variables = ["x"]')]),
    (HEAD, CHECK + check(kind='"formula"', answer='"2x"', variables='["x"]', positive='["y"]'),
     [(19, 'there is no variable "y": use x')]),
    (HEAD, CHECK + check(significant_digits="1"),
     [(18, "significant_digits must be a whole number from 2 to 10, not 1")]),
    (HEAD, CHECK + '```exercise\nexercise = "../../etc/passwd"\n```\n',
     [(14, '"../../etc/passwd" is no exercise\'s name: use letters, digits and - only')]),
    (HEAD, CHECK + '```network\nexercise = "exercise-22"\n```\n',
     [(13, 'there is no exercise "exercise-22": did you mean "exercise-2"?')]),
    (HEAD, CHECK + "```network\n```\n", [(13, 'exercise is missing: add a line such as exercise = "exercise-1"')]),
    (HEAD, CHECK + '```plot\nexercise = "exercise-1"\nagainst = "w 1:i->k"\n```\n',
     [(13, 'there is no "w 1:i->k" in the exercise: name a weight, as "w 1:j->k"')]),
    (HEAD, CHECK + '```plot\nexercise = "exercise-1"\nagainst = "C"\n```\n',
     [(15, '"C" cannot be plotted against: name a weight as "w 1:j->k", a bias as "b 1:k" or an activation as '
           '"a 1:k"')]),
    (HEAD, CHECK + '```plot\nexercise = "exercise-1"\nagainst = "a 1:k"\nfrom = 2\nto = 1\n```\n',
     [(17, "from must be smaller than to")]),
]


@pytest.mark.parametrize(("head", "body", "expected"), BAD, ids=range(len(BAD)))
def test_each_mistake_in_a_lesson_is_named_with_its_line(
    head: str, body: str, expected: list[tuple[int, str]],
) -> None:
    assert mistakes(body, head) == expected


def test_latex_outside_the_subset() -> None:
    found = mistakes(CHECK + "\nText $\\begin{array}a\\end{array}$.\n\n$$\n\\frac{a}\n$$\n")
    assert [line for line, _ in found] == [14, 16]
    assert all(message.startswith("the formula $") for _, message in found)


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "bad.md"
    path.write_text(HEAD + CHECK.replace("= 4", "= nan") + "> # quoted\n" + check(kind='"nmber"') + "A $ sign.\n"
                    + check(prompt="3", hints='"x"', choices='["a"]', wrong='[{ answer = "5" }, { say = "x" }]'))
    errors = [finding.line for finding in lint(path) if finding.severity == "error"]
    assert errors == [9, 13, 15, 20, 23, 25, 26, 27, 27]
    broken = [block for block in read_lesson(path).blocks if isinstance(block, Broken)]
    assert broken[0] == Broken("answer must be finite, not nan: use a number such as 0.5", 9)
    assert len(broken) == 3


def test_a_file_that_is_not_there_is_no_finding(tmp_path: Path) -> None:
    with pytest.raises(ExerciseError, match="there is no such file"):
        lint(tmp_path / "none.md")


def test_an_exercise_file_has_every_mistake_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text('format = 2\ntitle = ""\n[circuit]\ninputs = { x = "1", exp = 2 }\n'
                    'gates = ["f = x +", "g = f * y"]\n')
    assert [(finding.line, finding.message.split(":")[0]) for finding in lint(path)] == [
        (1, "format must be 1, not 2"), (2, "title is empty"), (4, '"exp" is a function'),
        (4, 'input x must be a number such as 0.5, not "1"'), (5, 'the gate "f = x +" cannot be read'),
        (5, 'the gate "g = f * y" cannot be read')]
    text = (shipped_folder() / "exercises" / "exercise-2.toml").read_text()
    for right, wrong in (("0.66", '"x"'), ('"relu"', '"relo"'), ("0.1", "0"), ("= 0.7", "= nan")):
        text = text.replace(right, wrong)
    path.write_text(text)
    assert [finding.message.split(",")[0].split(":")[0] for finding in lint(path)] == [
        'there is no activation "relo"', "learning_rate must be larger than 0",
        "weights of layer 2 must be a number such as 0.5", "inputs of sample 1 must be finite"]


@pytest.mark.parametrize(("activation", "target", "warned"), [
    ("relu", "-0.5", True), ("sigmoid", "1.5", True), ("sigmoid", "1.0", False), ("tanh", "-1.5", True),
    ("leaky_relu", "-5.0", False), ("softplus", "-0.1", True), ("identity", "-7.0", False)])
def test_a_target_that_the_output_can_never_reach_is_told(
    activation: str, target: str, warned: bool, tmp_path: Path,
) -> None:
    text = (shipped_folder() / "exercises" / "exercise-1.toml").read_text()
    path = tmp_path / "far.toml"
    path.write_text(text.replace('"relu"', f'"{activation}"').replace("k = 1.0", f"k = {target}"))
    found = lint(path)
    assert [finding.severity for finding in found] == ["warning"] * warned
    assert all("can never reach its target" in finding.message and finding.line for finding in found)


def test_a_lesson_takes_exercises_of_its_own_folder_first(tmp_path: Path) -> None:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "own.toml").write_text((shipped_folder() / "exercises/exercise-1.toml").read_text())
    path = tmp_path / "a.md"
    path.write_text(HEAD + CHECK + '```exercise\nexercise = "own"\n```\n')
    assert lint(path) == ()


def test_the_judge_is_asked_about_every_answer() -> None:
    lesson, _ = read(CHECK)

    def judge(_check: Check, answer: tuple[str, ...]) -> str | None:
        return None if answer == ("5",) else "that is not 5"

    strict, mild = ([f.message for f in lint_lesson(lesson, Tools(each))] for each in (judge, lambda *_: None))
    assert strict == ['the answer "4" is not judged right: that is not 5']
    assert mild == ['the wrong answer "5" is right: take it out']


@pytest.mark.parametrize("name", [entry.name for entry in lessons()])
def test_a_shipped_lesson_asks_something(name: str) -> None:
    assert checks_of(shipped_lesson(name))


@pytest.mark.parametrize("name", [entry.name for entry in lessons()])
def test_something_is_asked_on_every_screen(name: str) -> None:
    """No stretch of a shipped lesson longer than a screen of 80x24 goes without a question."""
    rows = 0
    for block in shipped_lesson(name).blocks:
        match block:
            case Check() | ExerciseLink():
                rows = 0
            case Prose(content) | Heading(content=content):
                rows += 1 + sum(len(run.text) for run in content) // 70 + 1
            case List(items):
                rows += len(items) + 1
            case NetworkPicture():
                rows += 7
            case Math():
                rows += 4
        assert rows <= 40, block


@examples(200)
@given(st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("$`*_[]|+-#>&\\\n")), max_size=200))
def test_random_texts_never_raise(text: str) -> None:
    lesson, findings = lesson_from_text(text, "x", Path())
    assert all(finding.message.isprintable() for finding in (*findings, *lint_lesson(lesson)))


@examples(60)
@given(st.data())
def test_mutated_lessons_never_raise(data: st.DataObject) -> None:
    entry = data.draw(st.sampled_from(lessons()))
    text = entry.path.read_text(encoding="utf-8")[:2500]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 30)))
        text = text[:start] + data.draw(st.text(max_size=5) | st.sampled_from(["```", "$", "+++", "'", "{", "\n"])) \
            + text[end:]
    lesson, findings = lesson_from_text(text, "x", shipped_folder())
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1  # Markdown ends a line at each of the three
    for finding in (*findings, *lint_lesson(lesson)):
        assert finding.message.isprintable()
        assert 0 <= finding.line <= lines
