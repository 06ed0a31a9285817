"""``progress``: what this learner has mastered, and what comes next."""

from __future__ import annotations

import json
import time
from argparse import Namespace

from tui_backprop.cli.arguments import glyphs_of
from tui_backprop.export.progress import progress_dict, text_lines
from tui_backprop.records.attempts import first_attempts
from tui_backprop.records.folder import read_folder, records_folder
from tui_backprop.tutor.mastery import mastery
from tui_backprop.typeset.glyphs import plain_text


def run(arguments: Namespace) -> int:
    """Print the progress as a page of text or as JSON."""
    standing = mastery(first_attempts(read_folder(records_folder()).events), time.time())
    if arguments.json:
        print(json.dumps(progress_dict(standing), ensure_ascii=True, indent=1))
    else:
        print(*(plain_text(line, glyphs_of(arguments)) for line in text_lines(standing)), sep="\n")
    return 0
