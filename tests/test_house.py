"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tui_backprop.derivation.roles import ROLES

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "tui_backprop"
MOST_LINES = {"tui_backprop": 400, "tests": 600}
MOST_LINES_OF_A_FUNCTION = 60

TAKES_MARKUP = {"Static", "Label", "notify"}
"""What Textual reads markup in, unless it is told not to: there, `x[i] = W` shows as `x = W`, and `[/]` raises."""
RUNS_TEXT = {"eval", "exec", "compile", "__import__", "sympify", "parse_expr"}
"""What would run a learner's text, or a teacher's file, as code."""
LOOSE_ENDS = re.compile(
    r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b|# type: ig" r"nore|# no" r"qa|pytest\.mark\.(sk" r"ip|xf" r"ail)\b")
"""Spelled in two halves, so that this file does not find itself."""


def modules(folder: Path) -> list[Path]:
    found = sorted(folder.rglob("*.py"))
    assert found, f"no modules in {folder}"
    return found


@cache
def tree(path: Path) -> ast.Module:
    """A module's syntax; parsed once for all these tests."""
    return ast.parse(path.read_text("utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All of them, found once."""
    return tuple(ast.walk(tree(path)))


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a file with the last part of the called name."""
    for node in nodes(path):
        if isinstance(node, ast.Call):
            called = node.func
            yield (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")), node


def markup_left_on(path: Path) -> list[str]:
    return [
        f"{path}:{call.lineno}: {name}(…) without markup=False"
        for name, call in calls(path)
        if name in TAKES_MARKUP and not any(
            word.arg == "markup" and isinstance(word.value, ast.Constant) and word.value.value is False
            for word in call.keywords)
    ]


def test_no_text_on_a_screen_is_read_as_markup() -> None:
    assert [line for path in modules(PACKAGE / "terminal") for line in markup_left_on(path)] == []


@pytest.mark.parametrize(("source", "expected"), [
    ('Static("x[i]")', 1), ('Static("x[i]", markup=True)', 1), ('self.app.notify(text)', 1),
    ('Static("x[i]", markup=False)', 0), ('print(Static)', 0),
])
def test_the_check_for_markup_sees_it(tmp_path: Path, source: str, expected: int) -> None:
    path = tmp_path / "module.py"
    path.write_text(source, "utf-8")
    assert len(markup_left_on(path)) == expected


def test_every_screen_is_one_that_is_left_once() -> None:
    straight = [node.name for path in modules(PACKAGE / "terminal") for node in nodes(path)
                if isinstance(node, ast.ClassDef)
                and any(ast.unparse(base).split("[")[0].split(".")[-1] == "Screen" for base in node.bases)]
    assert straight == ["LeavableScreen"]


def test_nothing_runs_text_as_code() -> None:
    called = {
        f"{path}:{call.lineno}: {name}"
        for path in modules(PACKAGE) for name, call in calls(path)
        # re.compile is a method call; the builtin is a plain name.
        if name in RUNS_TEXT and isinstance(call.func, ast.Name)
    }
    assert called == set()


@pytest.mark.parametrize("folder", MOST_LINES)
def test_a_module_has_one_purpose_and_is_short(folder: str) -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in modules(ROOT / folder)}
    assert {str(path): lines for path, lines in lengths.items() if lines > MOST_LINES[folder]} == {}


def test_a_function_is_short() -> None:
    long = [
        f"{path}:{node.lineno}: {node.name}"
        for path in modules(PACKAGE)
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= MOST_LINES_OF_A_FUNCTION
    ]
    assert long == []


def names_of_types(module: ast.Module) -> Iterator[str]:
    """The classes and the names for types that a module has for others."""
    for node in module.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id


def test_the_name_of_a_type_means_one_thing() -> None:
    places: dict[str, list[str]] = {}
    for path in modules(PACKAGE):
        for name in names_of_types(tree(path)):
            if re.fullmatch(r"[A-Z]+[a-z]\w*", name):
                places.setdefault(name, []).append(str(path))
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


NO_VERBS = {
    "told", "said", "made_of", "assembled", "begun", "cleaned", "described", "diagnosed", "drawn", "entered", "escaped",
    "expanded", "guarded", "inserted", "joined", "keyed", "listed", "matched", "passed", "removed",
    "confined_to", "divided", "elided", "given_away", "lowered", "ordered", "scrolled", "shared", "signed", "written",
    "sealed", "shifted", "shown", "shuffled", "simplified", "spaced", "spelled", "spoken", "tidied", "trained",
    "unsealed",
    "wrapped",
}
"""Participles that would leave open what a function does: it describes, writes, speaks or finds something."""


def test_a_function_is_not_called_by_a_participle_alone() -> None:
    found = [f"{path}:{node.lineno}: {node.name}" for path in modules(PACKAGE) for node in tree(path).body
             if isinstance(node, ast.FunctionDef) and node.name in NO_VERBS]
    assert found == []


def test_a_name_is_made_a_line_of_text_in_one_place() -> None:
    found = [f"{path}:{call.lineno}" for path in modules(PACKAGE) for name, call in calls(path)
             if name == "linear" and re.match(r"[\w.]+\.naming\.name\(", ast.unparse(call.args[0]))
             and path.name != "derivation.py"]
    assert found == []


def compared_with_roles(path: Path) -> list[str]:
    """Every place where something is decided by the name of a role, ``ref.role == "z"``, and not read off its row."""
    found = []
    for node in nodes(path):
        if not isinstance(node, ast.Compare | ast.Match):
            continue
        asked = node.left if isinstance(node, ast.Compare) else node.subject
        against = node.comparators if isinstance(node, ast.Compare) else [case.pattern for case in node.cases]
        words = {part.value for each in against for part in ast.walk(each) if isinstance(part, ast.Constant)}
        if "role" in ast.unparse(asked) and words & set(ROLES):
            found.append(f"{path}:{node.lineno}")
    return found


def test_nothing_is_decided_by_the_name_of_a_role() -> None:
    rooms = ("derivation", "tutor", "export", "desk")
    assert [place for room in rooms for path in modules(PACKAGE / room) for place in compared_with_roles(path)] == []


@pytest.mark.parametrize(("source", "expected"), [
    ('if ref.role == "dC/dw": pass', 1), ('if role in ("a", "b"): pass', 1),
    ('match ref.role:\n    case "z": pass', 1), ('if ROLES[ref.role].kind == "update": pass', 0),
    ('if letter == "z": pass', 0),
])
def test_the_check_for_names_of_roles_sees_them(tmp_path: Path, source: str, expected: int) -> None:
    path = tmp_path / "module.py"
    path.write_text(source, "utf-8")
    assert len(compared_with_roles(path)) == expected


def test_no_loose_ends() -> None:
    found = [
        f"{path}:{number}: {line.strip()}"
        for folder in MOST_LINES for path in modules(ROOT / folder)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1) if LOOSE_ENDS.search(line)
    ]
    assert found == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [str(path) for path in modules(PACKAGE)
              if path.name != "__init__.py" and not ast.get_docstring(tree(path))]
    assert silent == []


def forgotten_branches(path: Path) -> list[str]:
    """Every ``match`` that does not say what becomes of everything else."""
    return [
        f"{path}:{node.lineno}: match {ast.unparse(node.subject)}"
        for node in nodes(path)
        if isinstance(node, ast.Match) and not takes_everything(node.cases[-1])
    ]


def takes_everything(case: ast.match_case) -> bool:
    """``case _:`` or ``case name:``, without a condition."""
    return isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None and case.guard is None


def test_a_match_ends_in_a_case_for_everything_else() -> None:
    assert [line for path in modules(PACKAGE) for line in forgotten_branches(path)] == []


@pytest.mark.parametrize(("last", "expected"), [
    ("case _: pass", 0), ("case never: assert_never(never)", 0), ("case Number(): pass", 1),
    ("case name if name: pass", 1), ("case str() as name: pass", 1),
])
def test_the_check_for_a_forgotten_branch_sees_it(tmp_path: Path, last: str, expected: int) -> None:
    path = tmp_path / "module.py"
    path.write_text(f"match x:\n    case 1: pass\n    {last}\n", "utf-8")
    assert len(forgotten_branches(path)) == expected


@cache
def our_classes() -> frozenset[str]:
    return frozenset(node.name for path in modules(PACKAGE) for node in nodes(path)
                     if isinstance(node, ast.ClassDef))


def unproved_matches(path: Path, ours: frozenset[str]) -> list[str]:
    """Every ``match`` that only tells our own classes apart and does not end in ``assert_never``."""
    return [
        f"{path}:{node.lineno}: match {ast.unparse(node.subject)}"
        for node in nodes(path)
        if isinstance(node, ast.Match) and len(node.cases) > 1
        and all(case.guard is None and tells_class(case.pattern, ours) for case in node.cases[:-1])
        and "assert_never" not in ast.unparse(node.cases[-1])
    ]


def tells_class(pattern: ast.pattern, ours: frozenset[str]) -> bool:
    """Is it one of our classes, or several, whatever is in it?"""
    match pattern:
        case ast.MatchOr(patterns):
            return all(tells_class(each, ours) for each in patterns)
        case ast.MatchClass(ast.Name(name), patterns, _, parts):
            return name in ours and all(isinstance(part, ast.MatchAs) and part.pattern is None
                                        for part in (*patterns, *parts))
        case ast.MatchAs(ast.pattern() as inner):
            return tells_class(inner, ours)
        case _:
            return False


def test_a_match_over_our_own_classes_ends_in_assert_never() -> None:
    assert [line for path in modules(PACKAGE) for line in unproved_matches(path, our_classes())] == []


@pytest.mark.parametrize(("cases", "expected"), [
    ("case Sum(a) | Cell(): pass\n    case _: pass", 1), ("case Sum() as s: pass\n    case _: return", 1),
    ("case Sum(): pass\n    case n: assert_never(n)", 0), ("case Sum(Cell()): pass\n    case _: pass", 0),
    ("case Sum() if x: pass\n    case _: pass", 0), ("case str(): pass\n    case _: pass", 0),
])
def test_the_check_for_an_unproved_match_sees_it(tmp_path: Path, cases: str, expected: int) -> None:
    path = tmp_path / "module.py"
    path.write_text(f"match x:\n    {cases}\n", "utf-8")
    assert len(unproved_matches(path, frozenset(("Sum", "Cell")))) == expected
