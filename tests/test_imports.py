"""The import contract at run time: what is really loaded, not what the source says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "tui_backprop"
CORE = ("maths", "typeset", "network", "derivation", "course", "tutor", "records", "drawing", "export", "desk", "cli")
SLOW = ("textual", "rich", "numpy")
"""What costs a tenth of a second and more to import."""
WORKS_ON_ARRAYS = {
    "tui_backprop.derivation.layer_values", "tui_backprop.derivation.passes", "tui_backprop.maths.compiled"}
"""Modules that are loaded for large networks, maps and training only, and may import NumPy."""

REPORT = """
import importlib, json, sys
loaded = {}
for name in json.loads(sys.argv[1]):
    before = set(sys.modules)
    importlib.import_module(name)
    loaded[name] = sorted(set(sys.modules) - before)
print(json.dumps(loaded))
"""
FIRST_SCREEN = """
import json, sys
from tui_backprop.cli import main
from tui_backprop.records.journal import Journal
from tui_backprop.terminal.app import TutorApp
from tui_backprop.terminal.capabilities import Capabilities, Colours
from tui_backprop.terminal.contents.home import HomeScreen
from tui_backprop.typeset.glyphs import Glyphs

target, screen = sys.argv[1] or None, sys.argv[2]
JUDGES = "tui_backprop.tutor.mistakes.diagnosis"

async def look(pilot):
    await pilot.pause()
    while type(pilot.app.screen).__name__ != screen:  # on a busy machine it is not there at once
        await pilot.pause()
    while screen == "WorkbenchScreen" and JUDGES not in sys.modules:  # an answer does not wait for what judges it
        await pilot.pause()
    print(json.dumps({"screen": type(pilot.app.screen).__name__, "loaded": sorted(sys.modules)}), file=sys.stderr)
    pilot.app.exit()

app = TutorApp(Capabilities(Glyphs.FULL, Colours.TRUE), lambda: HomeScreen(Journal(), target=target))
app.run(headless=True, size=(80, 24), auto_pilot=look)
"""
CALL = """
import sys
from tui_backprop.cli.main import main
main(sys.argv[1:])
"""
KEEP = """
from tui_backprop import course
course.exercises(), course.lessons(), course.load("exercise-2")
"""
"""After this program, what is made of these files is kept."""
READS = "__future__ argparse gettext importlib locale typing"
"""What is needed of Python's library to read a call."""
LISTS = f"{READS} decimal math pathlib unicodedata"
"""And to find files, and to write numbers and texts."""
SOLVES = f"{LISTS} bisect fractions graphlib"
CALLS = {
    "--version": (READS, "cli"),
    "list": (f"{LISTS} json zlib", "cli course desk maths records tutor typeset"),
    "solve exercise-2": (SOLVES, "cli course derivation export maths network tutor typeset"),
    "quiz exercise-2 --plain": (f"{SOLVES} atexit json threading zlib",
                                "cli course derivation desk export maths network records tutor typeset"),
}
"""Calls that start in a moment, and what they need: of Python's library, and our rooms."""
EVERYWHERE = {"terminal.ending", "typeset.locale"}
"""Modules of other rooms that a call needs: to end in time, and to print no more than can be shown."""
NOT_YET = {
    "course.lesson", "course.read", "derivation.circuit_graph", "derivation.light", "derivation.results",
    "desk.workbench.round_end", "export.told", "maths.equivalence", "maths.parse", "tutor.exam", "tutor.guided",
    "tutor.half_open", "tutor.heard", "tutor.judging", "tutor.marking", "tutor.mistakes", "tutor.numbers",
    "tutor.predictions", "typeset.latex", "typeset.spoken"}
"""What reads a file anew or an answer, judges, or writes what was not asked for; and circuits, where none is asked."""


def module_names(package: Path) -> list[str]:
    paths = sorted(package.rglob("*.py"))
    assert paths, f"no modules in {package}"
    return [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in paths]


def loaded_by(names: list[str]) -> dict[str, list[str]]:
    """What each of these modules loads that those before it did not, in a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", REPORT, json.dumps(names)], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded: dict[str, list[str]] = json.loads(done.stdout)
    return loaded


def modules_after(program: str, *words: str) -> set[str]:
    """All modules that are loaded at the end of a program, in a fresh interpreter that keeps what it makes."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys\nprint(*sys.modules, file=sys.stderr)", *words],
        capture_output=True, text=True, check=True, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)
    return set(done.stderr.split())


def packages(modules: list[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules}


def test_the_core_is_reachable_without_the_terminal_and_without_numpy() -> None:
    loaded = loaded_by([name for room in CORE for name in module_names(PACKAGE / room) if name not in WORKS_ON_ARRAYS])
    offenders = {name: sorted(packages(modules) & set(SLOW)) for name, modules in loaded.items()}
    assert {name: found for name, found in offenders.items() if found} == {}


def test_the_modules_for_arrays_are_there_and_need_no_terminal() -> None:
    for name in sorted(WORKS_ON_ARRAYS):
        assert packages(loaded_by([name])[name]) & set(SLOW) == {"numpy"}, name


def test_importing_the_package_is_cheap() -> None:
    loaded = loaded_by(["tui_backprop"])["tui_backprop"]
    assert packages(loaded) & set(SLOW) == set()


@pytest.mark.parametrize(("target", "screen"), [("", "HomeScreen"), ("exercise exercise-2", "WorkbenchScreen")])
def test_a_first_screen_waits_for_neither_numpy_nor_markdown(target: str, screen: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_SCREEN, target, screen], capture_output=True, text=True, check=True, cwd=ROOT,
        timeout=120)
    seen = json.loads(done.stderr.splitlines()[-1])
    assert seen["screen"] == screen
    assert {"textual", "tui_backprop"} <= packages(seen["loaded"])
    # Textual itself loads markdown_it; its Markdown widget brings Pygments' lexers, and is what costs.
    assert packages(seen["loaded"]) & {"numpy", "sympy", "mdit_py_plugins"} == set()
    assert "textual.widgets._markdown" not in seen["loaded"]
    if screen == "HomeScreen":
        assert "tui_backprop.derivation.derivation" not in seen["loaded"]  # nothing is worked out yet


@pytest.fixture(scope="module")
def course_kept() -> None:
    modules_after(KEEP)


@pytest.mark.usefixtures("course_kept")
@pytest.mark.parametrize("call", CALLS)
def test_a_call_loads_what_it_needs_and_no_more(call: str) -> None:
    needs, rooms = (each.split() for each in CALLS[call])
    allowed = modules_after(f"import {', '.join(needs)}") | set(sys.builtin_module_names)
    loaded = modules_after(CALL, *call.split())
    ours = {name.removeprefix("tui_backprop.") for name in loaded if name.startswith("tui_backprop.")}
    assert {name for name in loaded if not name.startswith("tui_backprop")} - allowed == set()
    assert {name for name in ours if "." in name and name.partition(".")[0] not in rooms} <= EVERYWHERE
    assert ours & NOT_YET == set()
