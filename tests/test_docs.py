"""What README.md, CONTRIBUTING.md and docs/ name is there: paths, modules, calls and their options, rooms, links."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui_backprop.cli.verbs import EVERYWHERE, OPEN, VERBS
from tui_backprop.course import library
from tui_backprop.course.fences import FENCES

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]

CODE = re.compile(r"^```[a-z]*\n(.*?)^```$|(?<!`)`([^`\n]+)`(?!`)", re.MULTILINE | re.DOTALL)
"""A fenced block, or a piece of code in a line."""
OURS = re.compile(r"(?<![\w./-])(?:tui_backprop|tests|lessons|docs|\.ci)/[\w./-]*")
MODULE = re.compile(r"(?<![\w.-])-m (tests(?:\.\w+)*|tui_backprop(?:\.\w+)*)")
LINK = re.compile(r"\]\(([^)#:\s]+)\)")
STANDS_IN = re.compile(r"`([\w.]+)` in `((?:tui_backprop|tests)/[\w/]+\.\w+)`")
CALL = re.compile(r"(?:^|(?<=[\s/(]))tui-backprop((?: [^\s|&;#()]+)*)", re.MULTILINE)
OPTION = re.compile(r"--[a-z-]+")
ROOM = re.compile(r"^(?:  |\| `)(\w+)(?:/  |` \| )", re.MULTILINE)


def read(document: Path) -> str:
    return document.read_text("utf-8")


def code_in(text: str) -> Iterator[str]:
    """Each piece of code; a Markdown table writes the bar of a choice with a backslash."""
    for block, piece in CODE.findall(text):
        yield (block or piece).replace("\\|", "|")


def missing_paths(text: str) -> list[str]:
    found = (path.rstrip("./") for code in code_in(text) for path in OURS.findall(code))
    return [path for path in found if not (ROOT / path).exists()]


def missing_modules(text: str) -> list[str]:
    """Modules that ``python -m`` is told to run, and that it could not."""
    found = (module for code in code_in(text) for module in MODULE.findall(code))
    return [module for module in found if not any(
        (ROOT / f"{module.replace('.', '/')}{ending}").is_file() for ending in (".py", "/__main__.py"))]


def missing_names(text: str) -> list[str]:
    """Names that are said to stand in a file, and do not."""
    return [f"{name} in {path}" for name, path in STANDS_IN.findall(text)
            if not (ROOT / path).is_file()
            or not all(re.search(rf"\b{part}\b", read(ROOT / path)) for part in name.split("."))]


def wrong_calls(text: str) -> list[str]:
    """Calls of a verb that does not exist, or with an option that it does not take."""
    exercises = {entry.name for entry in (*library.exercises(), *library.lessons())}
    wrong = []
    for code in code_in(text):
        for words in CALL.findall(code):
            named = next((word for word in words.split() if not word.startswith("-")), "")
            verb = VERBS.get(named, OPEN)
            known = {argument.name for argument in (*verb.each(), *EVERYWHERE)}
            is_target = not named or named in exercises or not named.islower() or "." in named or "/" in named
            if (verb is OPEN and not is_target) or not set(OPTION.findall(words)) <= known:
                wrong.append(f"tui-backprop{words}")
    return wrong


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_names_is_there(document: Path) -> None:
    text = read(document)
    links = [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    assert (missing_paths(text), missing_modules(text), missing_names(text), wrong_calls(text), links) == (
        [], [], [], [], [])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_examples_of_toml_are_toml(document: Path) -> None:
    kinds = "|".join(("toml", *FENCES))
    examples = re.findall(rf"^```({kinds})\n(.*?)^```$", read(document), re.MULTILINE | re.DOTALL)
    assert [(kind, body) for kind, body in examples if not is_toml(body)] == []


def is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


@pytest.mark.parametrize(("document", "heading"), [("README.md", "## How it is built"),
                                                   ("docs/architecture.md", "## The rooms")])
def test_the_rooms_are_all_of_them(document: str, heading: str) -> None:
    section = read(ROOT / document).partition(heading)[2].partition("\n#")[0]
    rooms = {path.parent.name for path in (ROOT / "tui_backprop").glob("*/__init__.py")}
    assert sorted(ROOM.findall(section)) == sorted(rooms)


@pytest.mark.parametrize(("text", "expected"), [
    ("`tests/nowhere`", missing_paths), ("```sh\npython -m pytest tests/nowhere\n```", missing_paths),
    ("`python -m tests.nowhere`", missing_modules), ("`NO_SUCH_NAME` in `tests/effort.py`", missing_names),
    ("`tui-backprop nonsense x`", wrong_calls), ("`tui-backprop list --format x`", wrong_calls),
], ids=lambda value: getattr(value, "__name__", ""))
def test_what_is_not_there_is_seen(text: str, expected: object) -> None:
    checks = (missing_paths, missing_modules, missing_names, wrong_calls)
    assert [check for check in checks if check(text)] == [expected]
