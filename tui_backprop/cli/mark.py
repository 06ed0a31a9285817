"""``mark``: marks sheets of answers, or folders of them."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tui_backprop import course
from tui_backprop.cli.arguments import common, glyphs_of, notation_of, parse
from tui_backprop.course.exercise import Exercise, ExerciseError
from tui_backprop.course.files import printable, read_text, shown_path
from tui_backprop.derivation.notation import Notation
from tui_backprop.tutor.marking import Marked, mark_answers
from tui_backprop.typeset.glyphs import Glyphs, plain_text

SHEET_SIZE = 1_000_000


def run(words: Sequence[str]) -> int:
    """Print the marks; status 1 where a sheet has a wrong answer."""
    parser = common("mark", "mark EXERCISE SHEET...").add("exercise").add("sheets", nargs="+")
    arguments = parse(parser.add("--json", action="store_true").add("--csv", action="store_true"), words)
    exercise = course.load(arguments.exercise)
    files = [file for name in arguments.sheets for file in _files(Path(name))]
    marked = {shown_path(file): _mark(exercise, file, notation_of(arguments)) for file in files}
    if arguments.json:
        print(json.dumps(_json(marked), ensure_ascii=glyphs_of(arguments) is Glyphs.ASCII))
    elif arguments.csv:
        _csv(marked)
    else:
        for line in _lines(marked):
            print(plain_text(line, glyphs_of(arguments)))
    return 0 if all(sheet.score == sheet.out_of for sheet in marked.values()) else 1


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(path.glob("*.json"))
    if not files:
        raise ExerciseError("this folder has no sheets (*.json)", shown_path(path))
    return files


def _mark(exercise: Exercise, file: Path, notation: Notation) -> Marked:
    try:
        sheet = json.loads(read_text(file, SHEET_SIZE))
        answers = sheet.get("answers", sheet) if isinstance(sheet, Mapping) else None
        if not isinstance(answers, Mapping):
            raise ValueError("a sheet is a JSON object of step ids and answers")
        return mark_answers(exercise, answers, notation)
    except ExerciseError:
        raise
    except (ValueError, RecursionError) as error:
        raise ExerciseError(printable(str(error)), shown_path(file)) from None


def _json(marked: Mapping[str, Marked]) -> dict[str, Any]:
    if len(marked) == 1:
        return next(iter(marked.values())).to_dict()
    return {"sheets": {name: sheet.to_dict() for name, sheet in marked.items()}, "commonest": _commonest(marked)}


def _commonest(marked: Mapping[str, Marked]) -> list[dict[str, Any]]:
    """The wrong answers that several sheets share, the commonest first."""
    wrong = [mark for sheet in marked.values() for mark in sheet.marks if mark.verdict == "wrong"]
    counts = Counter((mark.id, mark.given) for mark in wrong)
    codes = {(mark.id, mark.given): list(mark.mistakes) for mark in wrong}
    return [{"id": key[0], "given": key[1], "count": count, "mistakes": codes[key]}
            for key, count in counts.most_common(20)]


def _csv(marked: Mapping[str, Marked]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("sheet", "id", "given", "verdict", "expected", "mistakes", "counts"))
    for name, sheet in marked.items():
        for mark in sheet.marks:
            given = mark.given or ""
            safe = f"'{given}" if given[:1] in ("=", "+", "-", "@") and not _is_number(given) else given
            codes = " ".join(mark.mistakes)
            writer.writerow((name, mark.id, safe, mark.verdict, mark.expected, codes, int(mark.asked)))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _lines(marked: Mapping[str, Marked]) -> Iterator[str]:
    for name, sheet in marked.items():
        yield f"{name}: {sheet.score} of {sheet.out_of}"
        if len(marked) == 1:
            for mark in sheet.marks:
                yield f"  {mark.verdict:14} {mark.id:24} {printable(mark.given or ''):16} {mark.feedback}"
    if len(marked) > 1:
        yield "Commonest wrong answers:"
        for row in _commonest(marked)[:10]:
            yield f"  {row['count']:3} x {row['id']:24} {printable(row['given'])}"
