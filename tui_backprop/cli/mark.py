"""``mark``: marks answer sheets, or folders of them."""

from __future__ import annotations

import csv
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tui_backprop import course
from tui_backprop.cli.arguments import glyphs_of, print_json
from tui_backprop.cli.verb import BAD, DONE, NO
from tui_backprop.course.exercise import Exercise, ExerciseError
from tui_backprop.course.files import format_path, printable, read_text
from tui_backprop.derivation.notation import NOTATIONS, Notation
from tui_backprop.export.marks import CSV_HEADER, MarkedSheet, as_json, as_rows, as_text
from tui_backprop.tutor.sheets import Sheet, read_sheet

SHEET_SIZE = 1024 * 1024


def run(arguments: Namespace) -> int:
    """Print the marks; status 1 where a sheet has a wrong answer, 2 where something could not be marked."""
    exercise = course.load(arguments.exercise)
    marking = _Marking(exercise, NOTATIONS.get(arguments.notation or ""))
    files = list(dict.fromkeys(file for name in arguments.sheets for file in marking.files(Path(name))))
    for file in files:
        marking.mark(file)
    if not marking.sheets:
        return BAD
    several, glyphs, sheets, unmarked = len(files) > 1, glyphs_of(arguments), marking.sheets, marking.unmarked
    if arguments.json:
        print_json(as_json(sheets, unmarked, several=several), arguments)
    elif arguments.csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows([CSV_HEADER, *as_rows(sheets, unmarked)])
    else:
        print(*as_text(exercise, sheets, glyphs, several=several, unmarked=len(unmarked)), sep="\n")
    if marking.complained:
        return BAD
    return DONE if all(sheet.marked.score == sheet.marked.out_of for sheet in sheets) else NO


class _Marking:
    """The sheets marked so far. For each one that cannot be marked, or only in part, a line on stderr says why."""

    def __init__(self, exercise: Exercise, notation: Notation | None) -> None:
        self._exercise, self._notation = exercise, notation
        self.sheets: list[MarkedSheet] = []
        self.unmarked: dict[str, str] = {}
        self.complained = False

    def files(self, path: Path) -> Iterator[Path]:
        """The file itself, or all sheets in a folder; those in folders below it are not taken."""
        if not path.is_dir():
            yield path
            return
        found = []
        try:
            found = sorted(file for file in path.iterdir()
                           if file.suffix.lower() == ".json" and not file.name.startswith("."))
        except OSError as error:
            self._complain(f"{format_path(path)}: this folder cannot be read ({error.strerror})")
        else:
            if not found:
                self._complain(f"{format_path(path)}: this folder has no sheets (*.json)")
        yield from found

    def mark(self, file: Path) -> None:
        """Mark one sheet, as far as possible."""
        shown = format_path(file)
        try:
            sheet = read_sheet(read_text(file, SHEET_SIZE))
        except ExerciseError as error:
            self._leave(shown, str(error).removeprefix(shown).lstrip(":0123456789 "))
        except ValueError as error:
            self._leave(shown, printable(str(error)))
        else:
            self._mark(shown, sheet)

    def _mark(self, shown: str, sheet: Sheet) -> None:
        other = self._mismatch(sheet)
        try:
            marked = sheet.mark(self._exercise, self._notation)
        except ValueError as error:
            self._leave(shown, f"{other}, and does not fit it" if other else printable(str(error)))
            return
        if other and marked.complaints:
            self._leave(shown, f"{other}, and does not fit it")
            return
        self.sheets.append(MarkedSheet(shown, sheet.learner, marked))
        if other:
            _tell(f"{shown}: {other}; it is marked all the same")
        if marked.complaints:
            first, *more = marked.complaints
            named = "; ".join([first, *(each.removeprefix("answers: ") for each in more[:_MOST_COMPLAINTS])])
            others = f"; and {len(more) - _MOST_COMPLAINTS} more" if len(more) > _MOST_COMPLAINTS else ""
            self._complain(f"{shown}: {printable(named)}{others}; the rest is marked")

    def _mismatch(self, sheet: Sheet) -> str:
        """A sentence, where the sheet says that it was written for another exercise; else empty."""
        if sheet.written_for(self._exercise):
            return ""
        named = _name_of(sheet.exercise)
        if named == self._exercise.name:
            return f"this sheet says it is for {named} as it was before the file was changed"
        return f"this sheet says it is for {named or 'another exercise'}, not for {self._exercise.name}"

    def _leave(self, file: str, why: str) -> None:
        self.unmarked[file] = why
        self._complain(f"{file}: {why}")

    def _complain(self, line: str) -> None:
        self.complained = True
        _tell(line)


def _name_of(exercise: str) -> str:
    """The name of a sheet's exercise; found by its digest if it is a shipped one. Empty for an unknown digest."""
    for entry in course.exercises():
        with suppress(ExerciseError):
            if exercise in (entry.name, course.load(entry.name).digest):
                return entry.name
    return "" if len(exercise) >= _DIGEST and exercise.isalnum() else printable(exercise)


def _tell(line: str) -> None:
    print(f"tui-backprop: {line}", file=sys.stderr)


_MOST_COMPLAINTS = 4
"""At most so many further parts of a sheet that cannot be marked are named."""
_DIGEST = 12
"""A text of so many letters and digits is taken for a digest, which tells a reader nothing."""
