"""``list``: lessons and exercises with progress."""

from __future__ import annotations

from argparse import Namespace

from tui_backprop import course
from tui_backprop.cli.arguments import glyphs_of, print_json
from tui_backprop.records.folder import records_folder
from tui_backprop.records.past import read_past
from tui_backprop.typeset.glyphs import plain_text


def run(arguments: Namespace) -> int:
    """Print them, as a table or as JSON."""
    history = read_past(records_folder()).history
    rows = []
    for kind, entries in (("lesson", course.lessons()), ("exercise", course.exercises())):
        for entry in entries:
            runs = (history.lessons if kind == "lesson" else history.exercises).get(entry.name, ())
            done = history.finished(lesson=entry.name) if kind == "lesson" else history.finished(entry.name)
            state = "done" if done else "started" if runs else "new"
            rows.append({"kind": kind, "name": entry.name, "title": entry.title, "summary": entry.summary,
                         "progress": state})
    if arguments.json:
        print_json(rows, arguments, indent=1)
        return 0
    wide = max(len(row["name"]) for row in rows)
    marks = {"done": "[x]", "started": "[-]", "new": "[ ]"}
    for row in rows:
        print(plain_text(f"{marks[row['progress']]} {row['name']:{wide}}  {row['title']}", glyphs_of(arguments)))
    return 0
