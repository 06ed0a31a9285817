"""Calls of the command line: what each prints, where, and with which status it ends."""

from __future__ import annotations

import json
import math
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.calling import ROOT, call, call_a_process, environment_of, refused
from tests.effort import pairs
from tests.exercise_files import chain_file
from tui_backprop import course
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.parse import parse

NO_NAMES: dict[str, float] = {}

GOOD = chain_file()


TABLE = {
    "exercise-1": (0.5776, [[[-0.76]]], [[[0.556]]], 0.521284),
    "exercise-2": (0.3632231824, [[[-0.55687632]], [[-0.72562672]]], [[[0.915687632]], [[0.732562672]]], None),
    "exercise-3": (0.4244783104, [[[-0.60200448], [-0.34400256]], [[-0.68800512]]],
                   [[[0.540200448], [0.514400256]], [[0.728800512]]], None),
}


@pytest.mark.parametrize("name", TABLE)
def test_solve_prints_the_courses_table(name: str, environment: dict[str, str]) -> None:
    solved = json.loads(call(environment, "solve", name, "--json").stdout)
    cost, gradients, updated, after = TABLE[name]
    assert math.isclose(solved["cost"], cost, rel_tol=1e-12)
    assert after is None or math.isclose(solved["updated_cost"], after, rel_tol=1e-12)
    for layer, matrix in enumerate(gradients):
        for source, row in enumerate(matrix):
            assert solved["gradients"]["weights"][layer][source] == pytest.approx(row, rel=1e-12)
            assert solved["updated"]["weights"][layer][source] == pytest.approx(updated[layer][source], rel=1e-12)


def test_every_substituted_line_of_a_printed_solution_comes_to_its_value(environment: dict[str, str]) -> None:
    for entry in course.exercises():
        done = call(environment, "solve", entry.name, "--json")
        assert done.returncode == 0, entry.name
        for step in json.loads(done.stdout)["steps"]:
            value = evaluate(parse(step["substituted"]["ascii"], {}), NO_NAMES.__getitem__)
            assert math.isclose(value, step["value"], rel_tol=1e-9), step["id"]


def test_solve_as_text_in_ascii_and_some_steps_only(environment: dict[str, str]) -> None:
    done = call(environment, "solve", "exercise-2", "--ascii", "--steps", "6:7")
    assert done.stdout.isascii()
    assert "dC/da_k = 2(a_k - y) = 2(0.39732 - 1) = -1.20536" in done.stdout
    assert len([line for line in done.stdout.splitlines() if line.lstrip()[:2] in ("6.", "7.")]) == 2


def test_solve_as_markdown_and_in_another_detail(environment: dict[str, str]) -> None:
    done = call(environment, "solve", "exercise-2", "--format", "markdown", "--detail", "full")
    assert done.stdout.startswith("# Exercise 2")
    assert "∂zⱼ/∂wᵢⱼ" in done.stdout


def test_list_names_lessons_and_exercises_and_their_progress(environment: dict[str, str]) -> None:
    call(environment, "quiz", "exercise-1", "--plain", typed="0.24\n")
    rows = json.loads(call(environment, "list", "--json").stdout)
    progress = {row["name"]: row["progress"] for row in rows}
    assert progress["exercise-1"] == "started"
    assert progress["exercise-2"] == "new"
    assert {row["kind"] for row in rows} == {"lesson", "exercise"}
    assert "exercise-2" in call(environment, "list").stdout


def test_a_plain_quiz_asks_judges_hints_shows_and_goes_on_where_it_was_left(environment: dict[str, str]) -> None:
    first = call(environment, "quiz", "exercise-1", "--plain", typed="0.3\n?\n0.24\n!\n")
    assert first.returncode == 0
    assert "Not yet: I read 0.3." in first.stdout
    assert "Right: zₖ = 0.24" in first.stdout
    assert "Shown: aₖ = 0.24" in first.stdout
    again = call(environment, "quiz", "exercise-1", "--plain", typed="0.5776\n-1.52\n0.5\n-0.76\n0.556\n0.521\n")
    assert "Step 3 of 8" in again.stdout
    assert "wⱼₖ: 0.48 → 0.556" in again.stdout
    assert '"done"' in call(environment, "list", "--json").stdout


def test_progress_tells_what_is_mastered_and_what_comes_next(environment: dict[str, str]) -> None:
    answers = "0.602\n0.602\n0.3973\n0.3973\n?\n0.3632\n"
    assert call(environment, "quiz", "exercise-2", "--plain", typed=answers).returncode == 0
    told = call(environment, "progress").stdout.splitlines()
    assert told[0] == "2 skills mastered. Next: cost: squared error."
    assert (told[1], told[2].split()) == ("Begun", ["cost:", "squared", "error", "0", "of", "1", "right", "at", "once"])
    skills = {each["skill"]: each for each in json.loads(call(environment, "progress", "--json").stdout)["skills"]}
    seen, new = skills["weighted-sum"], skills["mean"]
    assert (seen["state"], seen["attempts"], seen["right"], seen["instances"]) == ("mastered", 2, 2, 2)
    assert (new["state"], new["attempts"], new["due"]) == ("new", 0, None)
    assert "--xapi" in refused(call(environment, "progress", "--xapi"))


def test_a_plain_quiz_says_how_finely_a_new_weight_is_asked_for(environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text(chain_file(learning_rate=0.001), encoding="utf-8")
    lines = call(environment, "quiz", str(file), "--plain", typed="!\n" * 8).stdout.splitlines()
    asked = lines.index("Give 4 decimals, so that the change shows.")
    assert "the new weight" in lines[asked - 2]
    assert sum("decimals" in line for line in lines) == 1


def test_check_tries_each_answer_of_a_lesson_as_a_learner_would(environment: dict[str, str], tmp_path: Path) -> None:
    lesson = tmp_path / "lesson.md"
    lesson.write_text(LESSON, encoding="utf-8")
    found = call(environment, "check", str(lesson))
    assert found.returncode == 1
    lines = found.stdout.splitlines()
    assert [line.partition(": ")[0].rpartition(":")[2] for line in lines] == ["12", "23"]
    assert "not judged right" in lines[0]
    assert 'the wrong answer "4.0" is right' in lines[1]


LESSON = """\
+++
title = "A lesson"
order = 1
summary = "One line."
+++

Text.

```check
kind = "formula"
prompt = 'Differentiate $x^3$.'
answer = "3x^2 + q"
variables = ["x"]
hints = ["The exponent comes down."]
wrong = [{ answer = "x^2", say = "The 3 comes down." }]
```

```check
kind = "number"
prompt = 'What is $2 + 2$?'
answer = "4"
hints = ["Count."]
wrong = [{ answer = "4.0", say = "No." }]
```
"""


def test_check_is_quiet_about_what_is_good_and_tells_of_what_is_not(
    tmp_path: Path, environment: dict[str, str],
) -> None:
    shipped = [str(path) for path in sorted((ROOT / "lessons").rglob("*")) if path.suffix in (".md", ".toml")]
    good = call(environment, "check", *shipped[::8])  # they are all looked at in tests/course
    assert (good.returncode, good.stdout) == (0, "")
    bad = tmp_path / "bad.toml"
    bad.write_text(GOOD.replace('"relu"', '"rleu"'), encoding="utf-8")
    found = call(environment, "check", str(bad))
    assert found.returncode == 1
    assert "bad.toml:6" in found.stdout


def test_mark_marks_a_sheet_and_a_folder_of_them(tmp_path: Path, environment: dict[str, str]) -> None:
    for number, answer in enumerate(("0.24", "0.98", "0.98")):
        (tmp_path / f"{number}.json").write_text(json.dumps({"answers": {"z 1:k": answer}}), encoding="utf-8")
    one = call(environment, "mark", "exercise-1", str(tmp_path / "0.json"), "--json")
    marks = json.loads(one.stdout)
    assert (marks["score"], marks["out_of"], one.returncode) == (1.0, 8.0, 1)
    many = json.loads(call(environment, "mark", "exercise-1", str(tmp_path), "--json").stdout)
    assert len(many["sheets"]) == 3
    assert {key: many["commonest"][0][key] for key in ("id", "given", "count")} == {
        "id": "z 1:k", "given": "0.98", "count": 2}
    assert call(environment, "mark", "exercise-1", str(tmp_path), "--csv").stdout.count("\n") == 1 + 3 * 8
    (tmp_path / "3.json").write_text('{"answers": {"z 7:q": "1"}}', encoding="utf-8")
    assert "z 7:q" in refused(call(environment, "mark", "exercise-1", str(tmp_path / "3.json")))


BAD_FILES = {
    "missing weight": (GOOD.replace('"i->k" = 0.5', ""), "i->k"),
    "unknown unit": (GOOD.replace('"i->k" = 0.5', '"i->k" = 0.5, "i->q" = 1.0'), "i->q"),
    "nan": (GOOD.replace("0.5", "nan"), "nan"),
    "wrong shape": (GOOD.replace('[{ "i->k" = 0.5 }]', "[[[0.5, 0.5]]]"), "weights"),
    "no TOML": ("this is = = no TOML", "bad.toml:1"),
    "too large a value": (GOOD.replace("0.5", "1e200"), "finite"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_gives_one_line(name: str, tmp_path: Path, environment: dict[str, str]) -> None:
    text, says = BAD_FILES[name]
    file = tmp_path / "bad.toml"
    file.write_text(text, encoding="utf-8")
    assert says.lower() in refused(call(environment, "solve", str(file))).lower()


def test_what_is_no_file_gives_one_line(tmp_path: Path, environment: dict[str, str]) -> None:
    huge = tmp_path / "huge.toml"
    with huge.open("wb") as file:
        file.truncate(100_000_000)
    folder = tmp_path / "folder.toml"
    folder.mkdir()
    for path in (huge, folder, tmp_path / "none.toml"):
        assert path.name in refused(call(environment, "solve", str(path)))


AS_NOBODY = """
import contextlib, io, os, sys
from tui_backprop.cli.main import main
from tui_backprop.course import read
with contextlib.redirect_stdout(io.StringIO()):
    main(["solve", "exercise-1"])  # everything is imported while it may be read
if os.geteuid() == 0:
    os.setuid(65534)
sys.exit(main(["solve", sys.argv[1]]))
"""


def test_a_file_that_may_not_be_read_gives_one_line(tmp_path: Path, environment: dict[str, str]) -> None:
    locked = tmp_path / "locked.toml"
    locked.write_text(GOOD, encoding="utf-8")
    locked.chmod(0)
    done = subprocess.run([sys.executable, "-c", AS_NOBODY, str(locked)], capture_output=True, text=True,
                          env=environment, check=False)
    assert "locked.toml" in refused(done)


@pytest.mark.parametrize(("detail", "glyphs"), pairs(["merged", "full", "delta"], [(), ("--ascii",)]))
def test_a_printed_solution_is_eighty_columns_wide_and_lacks_nothing(
    glyphs: tuple[str, ...], detail: str, environment: dict[str, str],
) -> None:
    for name in ("exercise-3", "softmax-2-3-2"):
        done = call(environment, "solve", name, "--detail", detail, *glyphs)
        assert max(map(len, done.stdout.splitlines())) <= 80
        marked = call(environment, "solve", name, "--detail", detail, "--format", "markdown", *glyphs).stdout
        steps = [" ".join(line.split()) for line in marked.splitlines() if line.startswith("   ")]
        assert steps
        assert all(step in " ".join(done.stdout.split()) for step in steps)


@pytest.mark.parametrize("kind", ["markdown", "latex", "html"])
def test_a_worksheet_and_its_key_are_two_documents(kind: str, environment: dict[str, str]) -> None:
    words = ("worksheet", "exercise-1", "circuit-max", "--format", kind)
    sheet, key = call(environment, *words), call(environment, *words, "--key")
    assert (sheet.returncode, sheet.stderr, key.returncode, key.stderr) == (0, "", 0, "")
    assert "Name" in sheet.stdout
    assert "0.5776" not in sheet.stdout
    assert "Key" in key.stdout
    assert "0.578" in key.stdout
    for title in ("Exercise 1", "A circuit with a max gate"):
        assert title in sheet.stdout
        assert title in key.stdout


def test_a_worksheet_in_a_notation_and_in_ascii(environment: dict[str, str]) -> None:
    done = call(environment, "worksheet", "exercise-2", "--notation", "nielsen", "--detail", "delta", "--ascii")
    assert done.stdout.isascii()
    assert "`delta^3_k` = ____" in done.stdout


@pytest.mark.parametrize("words", [("--help",), ("list", "--json"), ("solve", "softmax-2-3-2"),
                                   ("solve", "exercise-2", "--json"), ("solve", "exercise-2", "--format", "markdown"),
                                   *(("solve", "exercise-2", "--format", kind)
                                     for kind in ("latex", "html", "python", "pytorch")),
                                   *(("worksheet", "exercise-2", "circuit-max", "--format", kind)
                                     for kind in ("markdown", "latex", "html"))])
def test_an_encoding_without_mathematics_refuses_nothing(words: tuple[str, ...], environment: dict[str, str]) -> None:
    done = call({**environment, "PYTHONIOENCODING": "ascii"}, *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert "--json" not in words or json.loads(done.stdout) == json.loads(call(environment, *words).stdout)


def test_options_may_stand_before_the_verb(environment: dict[str, str]) -> None:
    first = call(environment, "--notation", "hand-out", "--ascii", "solve", "exercise-2")
    assert first.stdout == call(environment, "solve", "exercise-2", "--ascii", "--notation", "hand-out").stdout != ""


def hears_interrupts() -> None:
    """In the child: a shell's background jobs are started with SIGINT ignored, and what they start inherits that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_an_interrupted_quiz_ends_with_130_and_is_saved(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "tui_backprop", "quiz", "exercise-1", "--plain"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          env=environment, encoding="utf-8", preexec_fn=hears_interrupts) as quiz:
        assert quiz.stdin is not None
        assert quiz.stdout is not None
        assert quiz.stderr is not None
        quiz.stdin.write("0.24\n")
        quiz.stdin.flush()
        while "Step 2" not in quiz.stdout.readline():
            assert quiz.poll() is None
        quiz.send_signal(signal.SIGINT)
        try:
            assert (quiz.wait(timeout=120), quiz.stderr.read()) == (130, "")
        finally:
            quiz.kill()
    assert "Step 2 of 8" in call(environment, "quiz", "exercise-1", "--plain").stdout


@pytest.mark.parametrize(("words", "says"), [
    (("solv", "exercise-2"), "did you mean"), (("exercise-99",), "exercise-99"), (("solve",), "EXERCISE"),
    (("solve", "exercise-2", "--steps", "9:2"), "9 comes after 2"), (("solve", "exercise-2", "--format", "pdf"), "pdf"),
    (("solve", "exercise-2", "--format", "python", "--steps", "1:2"), "--steps"), (("worksheet",), "EXERCISE"),
    (("worksheet", "exercise-2", "exercise-99"), "exercise-99"),
    (("worksheet", "exercise-2", "--format", "text"), "text"),
    (("practice",), "practice"), (("list", "--nonsense"), "--nonsense"), (("quiz", "nosuch", "--plain"), "nosuch"),
    (("records", "import", "nosuch.jsonl"), "nosuch.jsonl"),
])
def test_a_call_that_cannot_be_done_gives_one_line(
    words: tuple[str, ...], says: str, environment: dict[str, str],
) -> None:
    assert says in refused(call(environment, *words))


def test_help_and_version(environment: dict[str, str]) -> None:
    assert "usage: tui-backprop" in call(environment, "--help").stdout
    assert call(environment, "--version").stdout.startswith("tui-backprop ")


@pytest.mark.parametrize(("words", "typed", "encoding"), [
    (("solve", "exercise-2", "--json"), "", "utf-8"), (("quiz", "exercise-1", "--plain"), "0.24\n", "ascii"),
    (("solv",), "", "ascii"), (("check", "nosuch.md"), "", "utf-8"),
])
def test_a_process_of_its_own_says_and_ends_the_same(
    words: tuple[str, ...], typed: str, encoding: str, tmp_path: Path,
) -> None:
    here, there = ({**environment_of(tmp_path / place), "PYTHONIOENCODING": encoding} for place in ("here", "there"))
    done, expected = call_a_process(there, *words, typed=typed), call(here, *words, typed=typed)
    assert (done.returncode, done.stdout, done.stderr) == (expected.returncode, expected.stdout, expected.stderr)


def test_records_go_to_another_machine(tmp_path: Path, environment: dict[str, str]) -> None:
    call(environment, "quiz", "exercise-1", "--plain", typed="0.24\n")
    file = tmp_path / "\x1b]0;out\u202e.jsonl"
    told = call(environment, "records", "export", str(file))
    assert (told.returncode, told.stdout) == (
        0, f"3 events of your records are now in {tmp_path}/\\x1b]0;out\\u202e.jsonl\n")
    other = {**environment, "TUI_BACKPROP_STATE": str(tmp_path / "elsewhere")}
    assert call(other, "records", "import", str(file)).returncode == 0
    assert "Step 2 of 8" in call(other, "quiz", "exercise-1", "--plain").stdout


@pytest.mark.parametrize("words", [("quiz", "exercise-1"), ("learn", "1")])
def test_what_could_not_be_saved_is_said_at_once_and_at_the_end(
    words: tuple[str, str], tmp_path: Path, environment: dict[str, str],
) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    nowhere = {**environment, "TUI_BACKPROP_STATE": str(tmp_path / "file" / "state")}
    done = call(nowhere, *words, "--plain", typed="0.24\n0.24\n")
    first, last = done.stderr.splitlines()
    assert first.startswith("tui-backprop: Not saved yet: ")
    assert re.fullmatch(r"tui-backprop: Not saved: \d things you did in this session: .*", last)


def test_a_closed_pipe_ends_it_quietly(environment: dict[str, str]) -> None:
    program = f"{sys.executable} -m tui_backprop solve mazur --json | head -c 10"
    done = subprocess.run(["bash", "-c", program], capture_output=True, text=True, env=environment, check=False)
    assert done.stderr == ""


@pytest.mark.parametrize("name", ["a\x1b]0;evil\x07b", "d\u202egnp", "e\nf", "g\x9b31m", "h\u200bi", "\udcff"])
def test_a_name_never_reaches_the_terminal_as_it_is(name: str, environment: dict[str, str], tmp_path: Path) -> None:
    lesson = tmp_path / f"{name}.md"
    lesson.write_text("+++\norder = 1\n+++\n\nNo title.\n", "utf-8")
    for words in (("new", "lesson", str(lesson)), (f"--{name}",), ("list", f"--{name}"), (f"--{name} x",),
                  ("learn", str(lesson), "--plain"), ("records", "import", f"{lesson}/x"), ("--notation", name)):
        done = call(environment, *words)
        said = done.stdout + done.stderr
        assert said
        assert all(sign.isprintable() or sign == "\n" for sign in said), words
        assert done.returncode == 0 or done.stderr.count("\n") == 1
