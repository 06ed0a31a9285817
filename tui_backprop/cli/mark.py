"""``mark``: marks sheets of answers, or folders of them."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tui_backprop import course
from tui_backprop.cli.arguments import common, glyphs_of, parse
from tui_backprop.course.exercise import Exercise, ExerciseError
from tui_backprop.course.files import printable, read_text, shown_path
from tui_backprop.derivation.notation import NOTATIONS, Notation
from tui_backprop.export.marks import CSV_HEADER, MarkedSheet, as_json, as_rows, as_text
from tui_backprop.tutor.sheets import Sheet, read_sheet
from tui_backprop.typeset.glyphs import Glyphs

SHEET_SIZE = 1024 * 1024

DONE, WRONG, BAD = 0, 1, 2


def run(words: Sequence[str]) -> int:
    """Print the marks; status 1 where a sheet has a wrong answer, 2 where one could not be marked."""
    parser = common("mark", "mark EXERCISE SHEET...").add("exercise").add("sheets", nargs="+")
    arguments = parse(parser.add("--json", action="store_true").add("--csv", action="store_true"), words)
    exercise = course.load(arguments.exercise)
    files = list(dict.fromkeys(file for name in arguments.sheets for file in _files(Path(name))))
    several = len(files) > 1
    sheets = _marked(exercise, files, NOTATIONS.get(arguments.notation or ""))
    if not sheets:
        return BAD
    glyphs = glyphs_of(arguments)
    if arguments.json:
        print(json.dumps(as_json(sheets, several=several), ensure_ascii=glyphs is Glyphs.ASCII))
    elif arguments.csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows([CSV_HEADER, *as_rows(sheets)])
    else:
        print(*as_text(exercise, sheets, glyphs, several=several), sep="\n")
    if len(sheets) < len(files):
        return BAD
    return DONE if all(sheet.marked.score == sheet.marked.out_of for sheet in sheets) else WRONG


def _files(path: Path) -> list[Path]:
    """The sheet itself, or all in a folder; those in folders below it are somebody else's."""
    if not path.is_dir():
        return [path]
    try:
        files = sorted(file for file in path.iterdir() if file.suffix == ".json" and not file.name.startswith("."))
    except OSError as error:
        raise ExerciseError(f"this folder cannot be read ({error.strerror})", shown_path(path)) from None
    if not files:
        raise ExerciseError("this folder has no sheets (*.json)", shown_path(path))
    return files


def _marked(exercise: Exercise, files: Sequence[Path], notation: Notation | None) -> list[MarkedSheet]:
    """Every sheet that can be marked; of each other one a line on stderr says why it can't."""
    sheets = []
    for file in files:
        shown = shown_path(file)
        try:
            sheet = read_sheet(read_text(file, SHEET_SIZE))
            sheets.append(MarkedSheet(shown, sheet.learner, sheet.mark(exercise, notation)))
        except ExerciseError as error:
            _tell(str(error))
        except ValueError as error:
            _tell(f"{shown}: {printable(str(error))}")
        else:
            _tell_mismatch(shown, sheet, exercise)
    return sheets


def _tell_mismatch(file: str, sheet: Sheet, exercise: Exercise) -> None:
    if not sheet.written_for(exercise):
        _tell(f"{file}: this sheet says it is for {printable(sheet.exercise)}, which is not {exercise.name} as it is "
              f"now ({exercise.digest}); it is marked all the same")


def _tell(line: str) -> None:
    print(f"tui-backprop: {line}", file=sys.stderr)
