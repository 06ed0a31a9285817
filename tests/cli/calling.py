"""Calls of the command line: within this process, as nearly all tests need them, or in one of their own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

from tui_backprop.cli.main import run

ROOT = Path(__file__).resolve().parents[2]
Done = subprocess.CompletedProcess[str]


def environment_of(state: Path) -> dict[str, str]:
    """What a call finds around it; the learner's records are in the folder ``state``."""
    own = {"TUI_BACKPROP_STATE": str(state), "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return {**os.environ, **own}


def call(environment: Mapping[str, str], *words: str, typed: str = "") -> Done:
    """Run the console command here, its streams and its environment as a process of its own would have them."""
    encoding = environment["PYTHONIOENCODING"] or "utf-8"  # as Python has it in a plain locale too
    typed_in = io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8")
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors=errors)
                for errors in ("strict", "backslashreplace"))
    with (patch.dict(os.environ, environment, clear=True), patch.object(sys, "argv", ["tui-backprop", *words]),
          patch.object(sys, "stdin", typed_in), patch.object(sys, "stdout", out), patch.object(sys, "stderr", err)):
        try:
            run()
        except SystemExit as end:
            status = end.code
    assert isinstance(status, int)
    return Done(words, status, _text(out), _text(err))


def call_a_process(environment: Mapping[str, str], *words: str, typed: str = "") -> Done:
    """Run ``python -m tui_backprop``, as a shell does."""
    command = [sys.executable, "-m", "tui_backprop", *words]
    return subprocess.run(command, input=typed, capture_output=True, text=True, env=dict(environment), encoding="utf-8",
                          check=False)


def refused(done: Done) -> str:
    """The one line that a refused call says; nothing else is printed, and the status is 2."""
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    written = stream.buffer
    assert isinstance(written, io.BytesIO)
    return written.getvalue().decode(stream.encoding)
