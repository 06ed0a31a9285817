"""One of each kind of entry at once, for the length of a test, through the command line and a lesson's page.

A mode and a screen on a key: ``tests/terminal/test_new_entries.py``.
"""

from __future__ import annotations

import io
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from tests.derivation.test_roles import VELOCITY
from tests.test_one_entry import COS, MY_WAY, NETWORK, QUARTIC, SIN, WAVE, enter
from tui_backprop.cli.main import main
from tui_backprop.cli.verb import Verb
from tui_backprop.cli.verbs import VERBS
from tui_backprop.course.fences import FENCES, Fence
from tui_backprop.course.lesson import Inline, Page, StyledRow
from tui_backprop.course.library import load_lesson
from tui_backprop.derivation import Solution, Step
from tui_backprop.derivation.notation import NOTATIONS
from tui_backprop.derivation.roles import ROLES
from tui_backprop.desk.lesson.text import block_rows
from tui_backprop.export.formats import FORMATS, Format
from tui_backprop.export.text import solution_text
from tui_backprop.export.worksheet import WorksheetPart
from tui_backprop.maths.expression import number
from tui_backprop.maths.functions import FUNCTIONS
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.network.costs import COSTS
from tui_backprop.terminal.lesson.sections import _text as text_to_search
from tui_backprop.tutor.mistakes.known import MISTAKES, Mistake
from tui_backprop.tutor.mistakes.slip import Slip, StepAt
from tui_backprop.typeset.glyphs import Glyphs


@dataclass(frozen=True, slots=True)
class Aside:
    """A block that lessons have for this test alone."""

    content: Inline
    line: int

    def contents(self) -> Iterator[Inline]:
        yield self.content

    def rows(self, page: Page) -> Iterator[StyledRow]:
        return page.text(self.content, ("By the way: ", "note"))


def read_aside(fence: Fence) -> Aside:
    fence.notes.keys(fence.data, ("say",), (), "an aside")
    return Aside(fence.inline_of("say", "say = '…'"), fence.line)


def turn_over(place: StepAt) -> Iterator[Slip]:
    yield Slip(TURNED_OVER, "turned over", number(1) / place.formula, "That is 1 over the value.")


def write_wiki(solution: Solution, steps: Sequence[Step], glyphs: Glyphs) -> Iterator[str]:
    return (f": {line}" for line in solution_text(solution, steps, glyphs))


def wiki_sheets(sheets: Sequence[WorksheetPart], glyphs: Glyphs, *, key: bool) -> Iterator[str]:
    return (f": {sheet.exercise.title}, {key}, {glyphs.value}" for sheet in sheets)


TURNED_OVER = Mistake("turned_over", 0.1, "turned a fraction over", made=turn_over)
WIKI = Format("wiki:write_wiki", "wiki:wiki_sheets")
HAIL = Verb("hail", "says a word", module="tests_hail")
LESSON = """+++
title = "One of each"
order = 1
summary = "A block of a new kind."
+++

```aside
say = 'the sine of $SAID$ is small'
```

```check
kind = "number"
prompt = 'What is $1 + 1$?'
answer = "2"
hints = ["Count."]
```
"""
Calls = Callable[..., str]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Calls:
    """Enters one of each kind, and gives what a call of the program prints."""
    enter(monkeypatch, FUNCTIONS, SIN, COS)
    enter(monkeypatch, ACTIVATIONS, WAVE)
    enter(monkeypatch, COSTS, QUARTIC)
    enter(monkeypatch, NOTATIONS, MY_WAY)
    enter(monkeypatch, ROLES, VELOCITY)
    enter(monkeypatch, VERBS, HAIL)
    monkeypatch.setitem(FORMATS, "wiki", WIKI)
    monkeypatch.setitem(sys.modules, "tui_backprop.export.wiki", sys.modules[__name__])
    monkeypatch.setitem(MISTAKES, TURNED_OVER.code, TURNED_OVER)
    monkeypatch.setitem(FENCES, "aside", read_aside)
    module = ModuleType(HAIL.module)

    def run(_arguments: Namespace) -> int:
        print("hail")
        return 0

    module.__dict__["run"] = run
    monkeypatch.setitem(sys.modules, HAIL.module, module)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def call(*words: str, typed: str = "", status: int = 0) -> str:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        assert main(list(words)) == status, words
        return capsys.readouterr().out

    return call


@pytest.fixture
def exercise(tmp_path: Path) -> str:
    path = tmp_path / "each.toml"
    path.write_text(NETWORK.replace("{activation}", "wave").replace("{cost}", "quartic_error"), "utf-8")
    return str(path)


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    path = tmp_path / "each.md"
    path.write_text(LESSON.replace("SAID", r"\frac{1}{9}"), "utf-8")
    return path


def test_they_are_solved_asked_exported_and_explained(call: Calls, exercise: str) -> None:
    solved = call("solve", exercise, "--notation", "my-way")
    assert "uⱼ = sin(zⱼ)" in solved
    assert "vᵢⱼ = 0.1 · ∂E/∂θᵢⱼ" in solved
    assert call("solve", exercise, "--format", "wiki", "--notation", "my-way") == "".join(
        f": {line}\n" for line in solved.splitlines())
    for name, form in FORMATS.items():
        if form.solution:
            assert "0.7" in call("solve", exercise, "--format", name)
        if form.sheets:
            assert call("worksheet", exercise, "--format", name)
    quiz = call("quiz", exercise, "--plain", typed=f"{1 / (0.7 * 0.86 + 0.1)!r}\n!\n?\n?\n")
    assert "That is 1 over the value." in quiz
    assert "Put the weighted sum into sin." in quiz
    assert "cost: quartic error, C = (a − y)⁴" in quiz
    asked = call("quiz", exercise, "--plain", typed="!\n" * 16 + "?\n?\n?\n")
    assert "Velocity = a tenth of the gradient" in asked


def test_they_stand_in_help_and_completion(call: Calls) -> None:
    assert "says a word" in call("--help")
    assert call("hail") == "hail\n"
    assert "turned_over" in call("mark", "--help")
    assert "wiki" in call("solve", "--help")
    assert "wiki" in call("worksheet", "--help")
    completion = call("completion", "bash")
    assert "hail" in completion
    assert "my-way" in completion
    assert "wiki" in completion


def test_a_block_of_a_lesson_is_read_shown_heard_searched_and_checked(call: Calls, lesson: Path) -> None:
    assert "By the way: the sine of 1/9 is small" in call("learn", str(lesson), "--plain", typed="2\n")
    heard = lesson.with_name("heard.md")
    heard.write_text(lesson.read_text("utf-8"), "utf-8")
    assert "the sine of 1 over 9 is small" in call("learn", str(heard), "--spoken", typed="2\n")
    block, *_ = load_lesson(str(lesson)).blocks
    for glyphs in Glyphs:
        rows = block_rows(block, lesson.parent, 60, glyphs)
        assert rows[0][0] == ("By the way: ", "note")
    assert "sine" in text_to_search(block)
    assert "error" not in call("check", str(lesson))
    lesson.write_text(LESSON.replace("SAID", r"\frac{1}"), "utf-8")
    assert "each.md:8:" in call("check", str(lesson), status=1)
    lesson.write_text(LESSON.replace("say =", "says ="), "utf-8")
    assert "each.md:8:" in call("check", str(lesson), status=1)
