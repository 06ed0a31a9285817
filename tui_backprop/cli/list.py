"""``list``: courses, their lessons and exercises, with progress."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from itertools import groupby

from tui_backprop import course
from tui_backprop.cli.arguments import glyphs_of, print_json
from tui_backprop.cli.verb import PROGRAM
from tui_backprop.course.library import course_faults
from tui_backprop.desk.standing import Standing, standing
from tui_backprop.records.folder import records_folder
from tui_backprop.records.past import read_past
from tui_backprop.typeset.glyphs import cells, plain_text

_MARKS: Mapping[Standing, str] = {"done": "[x]", "started": "[-]", "new": "[ ]"}


def run(arguments: Namespace) -> int:
    """Print the contents as a table or as JSON. Mistakes in a course's own file are lines on stderr."""
    history = read_past(records_folder()).history
    standings = [(each, standing(each, entries, history))
                 for entries in (course.lessons(), course.exercises()) for each in entries]
    for fault in course_faults():
        print(f"{PROGRAM}: {fault}", file=sys.stderr)
    if arguments.json:
        print_json([_row(*each) for each in standings], arguments, indent=1)
        return 0
    glyphs = glyphs_of(arguments)
    wide = max(cells(entry.key) for entry, _ in standings)
    for place, (heading, group) in enumerate(groupby(standings, lambda each: each[0].heading)):
        print(plain_text(f"{chr(10) if place else ''}{heading}", glyphs))
        for entry, how_far in group:
            key = entry.key + " " * (wide - cells(entry.key))
            print(plain_text(f"{_MARKS[how_far]} {key}  {entry.title}", glyphs))
    return 0


def _row(entry: course.Entry, progress: Standing) -> Mapping[str, object]:
    """An entry as JSON. ``key`` finds it even if others have its name; ``course`` is empty for the shipped course."""
    return {"kind": entry.kind, "name": entry.name, "title": entry.title, "summary": entry.summary,
            "progress": progress, "key": entry.key, "course": entry.course, "course_title": entry.course_title,
            "section": entry.section, "needs": list(entry.needs)}
