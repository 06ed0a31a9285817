"""When the program itself fails: the details go to a file, the reader gets one line."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from pathlib import Path

from tui_backprop.user_folders import state_folder


def report_crash() -> str:
    """Save the details of the exception that is being handled; gives a line that says so, and where they are."""
    error = sys.exc_info()[1]
    kind = type(error).__name__ if error else "error"
    where = _save(traceback.format_exc())
    details = f"the details are in {where}" if where else "the details could not be saved"
    return f"tui-backprop: stopped by a fault of its own ({kind}); your answers are saved; {details}"


def _save(details: str) -> Path | None:
    """Write to the user's state folder, or else to the temporary one; None where neither can be written."""
    for folder in (Path(state_folder()), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix="fault-", suffix=".txt", dir=folder)
            with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(details)
        except OSError:
            continue
        return Path(name)
    return None
