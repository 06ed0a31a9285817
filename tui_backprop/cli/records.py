"""``records``: exports the learner's history for another machine, or imports it there."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from tui_backprop.course.files import format_path
from tui_backprop.maths.numerals import many
from tui_backprop.records.folder import records_folder
from tui_backprop.records.transfer import export_records, import_records


def run(arguments: Namespace) -> int:
    """Export to a file, or import from one."""
    if arguments.way == "export":
        count = export_records(records_folder(), Path(arguments.file))
        print(f"{many(count, 'event')} of your records are now in {format_path(arguments.file)}")
    else:
        print(import_records(records_folder(), Path(arguments.file)).message)
    return 0
