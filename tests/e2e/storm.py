"""Keys faster than anyone types, foreign bytes, pastes, clicks, sizes and signals, and never a wait for the program.

``python -m tests.e2e.storm --events 200000`` is the long form of what the tests do with a few thousand. A session
starts the tutor somewhere, sends bursts of events with gaps as a lagging line has them, and ends with Ctrl-C or a
signal. What counts as a fault: a line that tells of one, a traceback, an exit status that nothing asked for, a program
that does not end in time, and a record that can't be read afterwards.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.e2e.screen import Pane
from tui_backprop.records.folder import read_folder
from tui_backprop.tutor.modes import MODES

KEYS = (
    *"\r\r\r\r\r\t\x7f\x15\x10\x0e", "\x1b", "\x1b[A", "\x1b[B", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[H", "\x1b[F",
    "\x1b[5~", "\x1b[6~", "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[19~",
    "\x1b[20~", *"?!/q0123456789.-+*()=ynruwlpcaodsgi ", "0.24\r", "0.602\r", "2(a_k-y)\r",
)
FOREIGN = (b"r\xe9ponse", b"\xff\xfe", b"\xc3a", b"\x1b[1114112u", b"\x1b[99999999999999999999A", b"\x00",
           b"\x1b[<0;10;10M\x1b[<0;10;10m", b"\x1b[<64;10;10M", b"\x1b[I", b"\x1b[O", "∂C/∂w\r".encode())
GAPS = (0.0, 0.005, 0.02, 0.1)
SIZES = ((80, 24), (60, 20), (120, 40), (20, 5), (1, 1), (300, 100))
STARTS = ((), (), ("exercise-1",), ("exercise-2",), ("08-a-simple-chain",), ("softmax-2-3-2",), ("circuit-max",))
CURVE, DOWN = "\x1b[21~", "\x1b[B"
WAYS = (
    ((), "\x1bOP", "Keys"), ((), "p", "Progress"), ((), "r", "Records"), ((), "n", "Notation"),
    ((), "\x10", "everything is saved"), ((), "/build a network\r\r", "Build a network"),
    ((), "/build a circuit\r\r", "Build a circuit"), ((), "/open a file\r\r", "Open an exercise file"),
    (("08-a-simple-chain",), "\x1bOQ", "Sections"), (("06-the-loss-landscape",), "", "LESSON"),
    (("exercise-3",), "\x1bOR", "Steps"), (("exercise-2",), "\x1bOS", "What is asked"),
    (("exercise-2",), "\x1b[15~", "How to do this exercise"), (("mazur",), "\x1b[17~", "Check by nudging"),
    (("exercise-1",), "\x0e", "Notation"), (("exercise-2",), CURVE, "Curve ·"),
    (("exercise-3",), f"{CURVE}\r!m", "Map ·"), (("mazur",), f"{CURVE}\r!t", "Training ·"),
    *((("exercise-2",), f"\x1b[15~\x1b[H{DOWN * place}\r", mode.recorded.word.upper())
      for place, mode in enumerate(MODES.values())),
)
"""Words to start with, keys to a screen from there, and what then stands there: every screen, and every mode."""
DISTURBANCES = ((signal.SIGWINCH,) * 20, (signal.SIGWINCH,), (signal.SIGTSTP,), (signal.SIGCONT,))
ENDS = (None, None, signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
"""How a session ends: by Ctrl-C, or by a signal."""
SESSION = 150
"""Events until a program is ended and another started."""
ENDS_WITHIN = 60.0
"""Seconds in which Ctrl-C ends it, on a machine that is busy with other tests."""
PAINTED = 0.8
"""So many sessions begin once a screen stands there, the others while the program starts: after one on each way."""

_TELLS = 10_000
"""After so many events the long form says how it goes."""


@dataclass
class Tally:
    """What came of it. ``faults``: one sentence each."""

    events: int = 0
    sessions: int = 0
    reached: set[str] = field(default_factory=set)
    statuses: Counter[int | None] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


class Storm:
    """Sessions one after the other, in records under ``folder``: in new ones, or in those of all that began at once."""

    def __init__(self, folder: Path, seed: int, command: Sequence[str], environment: Mapping[str, str],
                 painted: float = PAINTED) -> None:
        self.tally = Tally()
        self._painted = painted
        self._folder = folder
        self._command = command
        self._environment = {**environment, "TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONFAULTHANDLER": "1"}
        self._chance = random.Random(seed)
        self._ways: list[tuple[tuple[str, ...], str, str]] = []

    def run(self, events: int) -> Tally:
        """Sessions until so many events have been sent."""
        while self.tally.events < events:
            self.tally.sessions += 1
            self._session(min(SESSION, events - self.tally.events))
        return self.tally

    def _session(self, events: int) -> None:
        painted = self.tally.sessions <= len(WAYS) or self._chance.random() < self._painted
        words, keys, shows = self._way() if painted else (self._chance.choice(STARTS), "", "")
        sent: list[bytes] = []
        state = self._folder / (str(self.tally.sessions) if painted else "same")
        environment = {**self._environment, "TUI_BACKPROP_STATE": str(state)}
        with Pane([*self._command, *words], environment, draws=painted) as pane:
            if painted:
                self._go(pane, keys, shows)
            end = self.tally.events + events
            while self.tally.events < end and pane.is_running:
                self._burst(pane, sent)
            self._end(pane, " ".join(words), sent)
        self._look_at_records(state / "records")

    def _way(self) -> tuple[tuple[str, ...], str, str]:
        """Each in its turn, in any order."""
        if not self._ways:
            self._ways = self._chance.sample(WAYS, len(WAYS))
        return self._ways.pop()

    def _go(self, pane: Pane, keys: str, shows: str) -> None:
        """Along a way, to its screen."""
        try:
            pane.until("F1")
            pane.press(keys)
            pane.until(shows)
            self.tally.reached.add(shows)
        except AssertionError as error:
            self.tally.faults.append(f"{keys!r} does not lead to {shows!r}: {error}")
        pane.draws = False  # what comes now is read by nobody

    def _burst(self, pane: Pane, sent: list[bytes]) -> None:
        chance = self._chance
        kind = chance.choices(("keys", "foreign", "paste", "size", "signal", "way"), (76, 8, 3, 6, 3, 4))[0]
        count = chance.randint(1, 30) if kind == "keys" else 1
        self.tally.events += count
        match kind:
            case "keys":
                data = "".join(chance.choices(KEYS, k=count)).encode()
            case "foreign":
                data = chance.choice(FOREIGN)
            case "paste":
                data = b"\x1b[200~" + b"0.24 x\n" * chance.choice((1, 10, 15_000)) + b"\x1b[201~"
            case "size":
                pane.resize(*chance.choice(SIZES))
                data = b""
            case "way":
                data = b"\x1b" + chance.choice(WAYS)[1].encode()
            case _:
                for number in chance.choice(DISTURBANCES):
                    self._disturb(pane, number)
                data = b""
        sent.append(data[:200])
        pane.send(data)
        pane.listen(chance.choice(GAPS))

    def _disturb(self, pane: Pane, number: signal.Signals) -> None:
        """Send a signal; what has been stopped goes on once it has stopped, as a shell has it."""
        if not pane.is_running:
            return
        pane.signal(number)
        if number is signal.SIGTSTP:
            end = time.monotonic() + ENDS_WITHIN
            while pane.is_running and not pane.is_stopped and time.monotonic() < end:
                pane.listen(0.02)
            if pane.is_running:
                pane.signal(signal.SIGCONT)

    def _end(self, pane: Pane, words: str, sent: Sequence[bytes]) -> None:
        number = self._chance.choice(ENDS)
        if pane.is_running and number is None:
            pane.send(b"\x03")
        elif pane.is_running and number is not None:
            pane.signal(number)
        status, told = pane.status_within(ENDS_WITHIN), pane.tail
        self.tally.statuses[status] += 1
        where = f"session {self.tally.sessions} ({words or 'contents'}) after {b''.join(sent[-3:])!r}"
        if status is None:
            pane.signal(signal.SIGABRT)  # it tells where each of its threads is
            pane.status_within(ENDS_WITHIN)
            at = pane.tail.rpartition(b"Fatal Python error")[2].decode(errors="replace")
            self.tally.faults.append(f"{where}: {number or 'Ctrl-C'} did not end it, nor did it go on from here:\n{at}")
        elif is_before_the_program(told):
            return
        elif status not in (0, 130, 128 + (number or 0)):
            self.tally.faults.append(f"{where}: exit status {status}")
        if b"fault of its own" in told or b"Traceback" in told:
            self.tally.faults.append(f"{where}: {told[-600:]!r}")

    def _look_at_records(self, folder: Path) -> None:
        damaged = read_folder(folder).damaged if folder.exists() else 0
        if damaged:
            self.tally.faults.append(f"session {self.tally.sessions}: {damaged} damaged lines")


def is_before_the_program(told: bytes) -> bool:
    """Was Python itself still starting as it was interrupted, and no line of the tutor had been run?"""
    return told.rstrip().endswith(b"KeyboardInterrupt") and b"tui_backprop/__main__.py" not in told


def main(arguments: Sequence[str] | None = None) -> int:
    """Do it, and say what came of it; 1 if there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "tui_backprop"]
    with TemporaryDirectory() as name:
        storm = Storm(Path(name), options.seed, command, environment)
        for part in range(_TELLS, options.events, _TELLS):
            tally = storm.run(part)
            print(f"{tally.events} events, {len(tally.faults)} faults", file=sys.stderr, flush=True)
        tally = storm.run(options.events)
    print(f"{tally.events} events in {tally.sessions} sessions from {len(tally.reached)} screens, exit statuses "
          f"{dict(tally.statuses)}: {len(tally.faults)} faults")
    print(*tally.faults, sep="\n", end="")
    return int(bool(tally.faults))


if __name__ == "__main__":
    raise SystemExit(main())
