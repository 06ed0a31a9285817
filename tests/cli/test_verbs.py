"""One table of verbs: help, the README and what a call reads come from it; a new verb is one entry more."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tui_backprop.cli.completion import SHELLS, script
from tui_backprop.cli.main import main
from tui_backprop.cli.pages import WIDTH, first_page, readme_table
from tui_backprop.cli.verb import NO, Argument, Either, Verb
from tui_backprop.cli.verbs import EVERYWHERE, VERBS

README = Path(__file__).resolve().parents[2] / "README.md"
IN_README = re.compile(r"(?<=<!-- verbs -->\n).*?(?=<!-- /verbs -->)", re.DOTALL)

SHOUT = Argument("--shout", "loudly")
WHISPER = Argument("--whisper", "softly")
GREET = Verb(
    "greet", "says a word to somebody",
    (Argument("name", "whom", "NAME"), Either((SHOUT, WHISPER)),
     Argument("--with", "which word", "WORD", lambda: ("hello", "goodbye"), "hello"),
     Argument("--at", "at what hour", "HOUR", times="+", read=int)),
    "Any language will do.", ("greet Ada --with goodbye",), module="tests_greet")


def page_of(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main([*words, "--help"]) == 0
    return capsys.readouterr().out


@pytest.fixture
def greet(monkeypatch: pytest.MonkeyPatch) -> Verb:
    """A verb in the table that is there for this test alone."""
    module = ModuleType(GREET.module)

    def run(arguments: object) -> int:
        print(json.dumps({key: getattr(arguments, key) for key in ("name", "shout", "with", "at", "notation")}))
        return NO

    module.__dict__["run"] = run
    monkeypatch.setitem(sys.modules, GREET.module, module)
    monkeypatch.setitem(VERBS, GREET.name, GREET)
    return GREET


def test_a_new_verb_is_one_entry(greet: Verb, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--notation", "mazur", "greet", "Ada", "--with", "goodbye", "--at", "7", "--at", "8"]) == NO
    assert json.loads(capsys.readouterr().out) == {
        "name": "Ada", "shout": False, "with": "goodbye", "at": [7, 8], "notation": "mazur"}
    assert re.search(rf"^  greet +{greet.summary}$", page_of(capsys), re.MULTILINE)
    page = page_of(capsys, "greet")
    assert page.startswith("usage: tui-backprop greet NAME [--shout|--whisper] [--with WORD] [--at HOUR]...\n")
    for part in ("which word: hello or goodbye (hello, if left out)", greet.more, f"tui-backprop {greet.examples[0]}"):
        assert part in page
    assert f"| {greet.summary} |" in readme_table(VERBS)
    for shell in SHELLS:
        assert all(word in script(shell, VERBS) for word in ("greet", "shout", "goodbye"))


@pytest.mark.parametrize(("words", "says"), [
    ([], "arguments are required: NAME"), (["Ada", "--with", "boo"], "'boo' is none of hello, goodbye"),
    (["Ada", "--shout", "--whisper"], "--whisper: not allowed with argument --shout"),
    (["Ada", "--at", "noon"], "invalid int value: 'noon'"), (["Ada", "Bob"], "unrecognized arguments: Bob"),
    (["Ada", "--sh"], "unrecognized arguments: --sh"), (["Ada", "--notation"], "--notation: expected one argument"),
])
def test_a_call_that_is_wrong_gets_a_line_with_the_usage(
    words: list[str], says: str, greet: Verb, capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([greet.name, *words]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert re.fullmatch(r"tui-backprop: .*\(usage: tui-backprop .*\)\n", told.err)
    assert says in told.err


def test_a_mistyped_verb_is_recognized(greet: Verb, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gret", "Ada", "--shout"]) == 2
    assert f"did you mean '{greet.name}'" in capsys.readouterr().err


@pytest.mark.parametrize("verb", [None, *VERBS])
def test_each_verb_has_a_page_of_its_own(verb: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    page = page_of(capsys, *([verb] if verb else []))
    assert page.startswith(f"usage: tui-backprop {verb or '['}")
    assert max(map(len, page.splitlines())) <= WIDTH
    assert page.isascii()
    assert all(option.shown in page for option in EVERYWHERE)


@pytest.mark.parametrize("name", VERBS)
def test_each_verb_is_there_and_its_examples_are_calls_of_it(name: str) -> None:
    from tui_backprop.cli.parser import read_arguments, read_call

    assert all(example.startswith(f"{name} ") for example in VERBS[name].examples)
    for example in VERBS[name].examples:
        verb, options, rest = read_call(shlex.split(example.partition(" > ")[0]), VERBS)
        assert read_arguments(verb, rest, options)


def test_the_readme_has_the_table() -> None:
    text, table = README.read_text(encoding="utf-8"), readme_table(VERBS)
    if os.environ.get("UPDATE_GOLDEN"):
        text = IN_README.sub(lambda _: table, text)
        README.write_text(text, encoding="utf-8")
    assert IN_README.findall(text) == [table], "UPDATE_GOLDEN=1 writes it"


def test_the_first_page_names_every_verb() -> None:
    assert re.findall(r"^  ([a-z]+) ", first_page(VERBS), re.MULTILINE) == list(VERBS)


def test_a_verb_waits_for_no_other() -> None:
    program = "import sys; from tui_backprop.cli.main import main; main(['--version']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = {name for name in done.stdout.split() if name.startswith("tui_backprop.")}
    modules = ("main", "parser", "streams", "verb", "verbs")
    assert loaded == {"tui_backprop.cli", "tui_backprop.dataclass", "tui_backprop.garbage", "tui_backprop.patterns",
                      "tui_backprop.typeset", "tui_backprop.typeset.locale", "tui_backprop.terminal",
                      "tui_backprop.terminal.ending",
                      *(f"tui_backprop.cli.{name}" for name in modules)}
