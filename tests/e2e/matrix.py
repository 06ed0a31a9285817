"""Every terminal, locale and size, each started in by itself: `python -m tests.e2e.matrix [--tutor PROGRAM]`.

The tests start each terminal in each locale once and go through the sizes; this starts all 120 (some minutes). Prints a
row for each terminal and locale; the exit status is 1 where one did not start, answer, record or end as it should.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from traceback import extract_tb

from tests.e2e.test_matrix import LOCALES, NO_SCREENS, SCREENS, SIZES, answered_in_lines, answered_on_a_screen, right


def works(tutor: str, term: str, locale: str, size: tuple[int, int]) -> str:
    """Empty where it does, else why not, in a line."""
    try:
        with TemporaryDirectory() as folder:
            sit = answered_on_a_screen if term in SCREENS else answered_in_lines
            if sit(tutor, Path(folder), term, locale, [size]) != right(1):
                return "its answer is not in the records"
    except AssertionError as error:
        return str(error).partition("\n")[0] or str(extract_tb(error.__traceback__)[-1].line)
    return ""


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.matrix", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--tutor", default=str(Path(sys.executable).with_name("tui-backprop")))
    tutor = parser.parse_args(words).tutor
    faults: list[str] = []
    for term in (*SCREENS, *NO_SCREENS):
        for locale in LOCALES:
            found = {f"{width}x{height}": works(tutor, term, locale, (width, height)) for width, height in SIZES}
            said = ", ".join(f"{size} {'NO: ' + fault if fault else 'yes'}" for size, fault in found.items())
            print(f"{term or 'none':15} {locale:8} {said}", flush=True)
            faults += filter(None, found.values())
    print(f"{len(faults)} of {len(SIZES) * len(LOCALES) * len((*SCREENS, *NO_SCREENS))} did not work")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
