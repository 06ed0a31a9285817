"""The tutor on a slow disk that takes one byte at a time, so that a kill finds a line half written.

``python tests/e2e/byte_by_byte.py [WORDS…]`` is ``tui-backprop [WORDS…]`` otherwise.
"""

import os
import time
from functools import partial

from tui_backprop.__main__ import run
from tui_backprop.records import log

BYTE = 2e-5
"""Seconds for a byte: a line takes about as long as a judgement takes to be painted."""


def one_byte(file: int, content: bytes) -> int:
    time.sleep(BYTE)
    return os.write(file, content[:1])


if __name__ == "__main__":
    vars(log)["Disk"] = partial(log.Disk, write=one_byte)
    run()
