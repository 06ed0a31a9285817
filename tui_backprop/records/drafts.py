"""What a learner is building, kept as it is typed: one file for a network, one for a circuit, in the state folder."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tui_backprop.records.folder import records_folder
from tui_backprop.records.private import make_private_folder, read_bytes, write_whole

TextMaker = Callable[[], str]
"""Makes the text to write. It is called on the writing thread, since a large draft's text takes a while."""


def drafts_folder() -> Path:
    """Where drafts are kept: beside the records."""
    return records_folder().parent / "drafts"


class Drafts:
    """The files of drafts by name. A newer text for a name replaces an older one that still waits to be written."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = drafts_folder() if folder is None else folder
        self._change = threading.Condition()
        self._waiting: dict[str, TextMaker] = {}
        self._running = False
        self.warning: str | None = None
        """One sentence while the latest draft is in memory only, else None."""

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.toml"

    def read(self, name: str) -> str | None:
        """A draft's text; None where there is none, or none that can be read. Never raises."""
        self.flush()
        try:
            return read_bytes(self.path(name)).decode("utf-8")
        except (OSError, ValueError):
            return None

    def keep(self, name: str, text: TextMaker) -> None:
        """Write a draft. Returns at once."""
        with self._change:
            self._waiting[name] = text
            if not self._running:
                self._running = True
                threading.Thread(target=self._run, name="drafts").start()  # the program's end waits for it

    def set_aside(self, name: str, other: str) -> None:
        """Keep a draft's file under another name, since another draft takes its place."""
        self.flush()
        with suppress(OSError):
            os.replace(self.path(name), self.path(other))

    def flush(self, timeout: float | None = 5.0) -> bool:
        """Wait at most ``timeout`` seconds until everything has been tried; True where it has."""
        with self._change:
            return self._change.wait_for(lambda: not self._running, timeout)

    def _run(self) -> None:
        while True:
            with self._change:
                if not self._waiting:
                    self._running = False
                    self._change.notify_all()
                    return
                name = next(iter(self._waiting))
                text = self._waiting.pop(name)
            self.warning = self._write(name, text())

    def _write(self, name: str, text: str) -> str | None:
        try:
            make_private_folder(self.folder)
            write_whole(self.path(name), text.encode("utf-8"))
        except OSError as error:
            return f"This draft is not kept on disk ({error.strerror or 'unknown reason'}): save it with s."
        return None
