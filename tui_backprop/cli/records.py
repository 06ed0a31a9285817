"""``records``: the learner's history, to and from another machine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tui_backprop.cli.arguments import common, parse
from tui_backprop.records.folder import records_folder
from tui_backprop.records.transfer import export_records, import_records

HELP = """usage: tui-backprop records export FILE
       tui-backprop records import FILE

What you have done, to another machine: export writes all of it to a new file,
import adds what such a file has, each event once. To forget or bring back:
open the tutor and press r in the contents.
"""


def run(words: Sequence[str]) -> int:
    """Export to a file, or import from one."""
    parser = common("records", "records export|import FILE")
    parser.add("way", choices=("export", "import"), metavar="export|import").add("file", metavar="FILE")
    arguments = parse(parser, words)
    if arguments.way == "export":
        count = export_records(records_folder(), Path(arguments.file))
        print(f"{count} events are in {arguments.file}")
    else:
        came = import_records(records_folder(), Path(arguments.file))
        print(f"{came.added} events added, {came.known} known already, {came.refused} lines refused")
    return 0
