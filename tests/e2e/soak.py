"""The tutor itself, killed at random moments of a quiz: is every judgement that was painted there afterwards?

``python -m tests.e2e.soak --kills 150`` is the long form of what the tests do with a few. A scripted learner sits at a
pseudo-terminal, starts the tutor, goes on where Continue leads, types right and wrong answers, and reads the screen;
then ``kill -9``: while it starts, while an answer is typed, or within some milliseconds of Enter. In every second
session the disk takes a byte at a time.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.e2e.screen import Pane
from tui_backprop import course
from tui_backprop.records.folder import read_folder
from tui_backprop.records.notes import aside_of
from tui_backprop.tutor.quiz import Quiz

EXERCISE = "mazur"
MOMENTS = ("starting", "typing", "answering", "answering", "answering")
"""Most kills are where it matters: after Enter."""
SHORTLY = 0.08
"""Seconds within which a judgement is painted, and some more."""
START = 1.0
SPARE = 6
"""So many steps before the end of the exercise, a new learner begins."""

_BYTE_BY_BYTE = Path(__file__).with_name("byte_by_byte.py")
_STEP = re.compile(r"step (\d+) of (\d+)")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was typed at a step, and whether it is right."""

    step: str
    text: str
    right: bool


@dataclass
class Learner:
    """Someone with records of their own: what was painted so far, and all that was submitted."""

    folder: Path
    answers: list[Answer] = field(default_factory=list)

    @property
    def done(self) -> int:
        return sum(answer.right for answer in self.answers)

    def recorded(self) -> list[Answer]:
        """The answers in the records; those to parts of a step, which it asks after wrong ones, are the step's."""
        events = [event.note for event in read_folder(self.folder / "records").events if event.note.kind == "answered"]
        return [Answer(aside_of(note.step)[0], str(note.data["given"]), note.data["verdict"] == "correct")
                for note in events]


@dataclass
class Tally:
    """What came of it. ``faults``: one sentence each."""

    kills: Counter[str] = field(default_factory=Counter)
    painted: int = 0
    unpainted: int = 0
    torn: set[Path] = field(default_factory=set)
    learners: int = 0
    faults: list[str] = field(default_factory=list)


class Soak:
    """Learners, one after the other, in folders of their own under ``folder``; ``python`` has the tutor installed."""

    def __init__(self, folder: Path, seed: int, python: str, environment: Mapping[str, str]) -> None:
        self.tally = Tally()
        self._folder = folder
        self._python = python
        self._environment = environment
        self._chance = random.Random(seed)
        quiz = Quiz(course.load(EXERCISE))
        self._steps = [(quantity, repr(quiz.derivation.values(quantity))) for quantity in quiz.plan]
        self._wrong = 7000

    def run(self, kills: int) -> Tally:
        """So many sessions, each killed."""
        learner = self._new_learner()
        for number in range(kills):
            if learner.done >= len(self._steps) - SPARE:
                learner = self._new_learner()
            self._session(learner, by_byte=number % 2 == 1)
        return self.tally

    def _new_learner(self) -> Learner:
        self.tally.learners += 1
        return Learner(self._folder / f"learner-{self.tally.learners}")

    def _session(self, learner: Learner, *, by_byte: bool) -> None:
        moment = self._chance.choice(MOMENTS)
        with self._start(learner, by_byte=by_byte) as pane:
            if moment == "starting":
                pane.listen(self._chance.uniform(0, START))
                submitted = None
            else:
                self._go_on(pane, learner)
                for _ in range(self._chance.randrange(4)):
                    self._painted(pane, learner, self._submit(pane, learner))
                submitted = self._at_the_moment(pane, learner, moment)
            last_screen = pane.kill()
        self.tally.kills[moment] += 1
        if submitted is not None and self._is_painted(last_screen, learner, submitted):
            self._note(learner, submitted)
            submitted = None
        self._check(learner, submitted)

    def _start(self, learner: Learner, *, by_byte: bool) -> Pane:
        words = [str(_BYTE_BY_BYTE)] if by_byte else ["-m", "tui_backprop"]
        command = [self._python, *words, *([] if learner.answers else [EXERCISE])]
        own = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "TUI_BACKPROP_STATE": str(learner.folder)}
        return Pane(command, {**self._environment, **own})

    def _go_on(self, pane: Pane, learner: Learner) -> None:
        """To the step that the records say: by Continue, or at the very first by the exercise's name."""
        if learner.answers:
            pane.until("Continue")
            pane.press("\r")
        shown = pane.until(lambda text: _STEP.search(text) is not None and "hint" in text)
        found = _STEP.search(shown)
        if found is None or int(found[1]) != learner.done + 1:
            self.tally.faults.append(f"{learner.done} steps are done, and it went on at {found and found[0]}")

    def _submit(self, pane: Pane, learner: Learner) -> Answer:
        step, value = self._steps[learner.done]
        right = self._chance.random() < 0.7
        if not right:
            self._wrong += 1
        answer = Answer(step, value if right else str(self._wrong), right)
        # A wrong answer stands in the prompt to be mended: away with it.
        pane.press(f"\x15{answer.text}\r")
        return answer

    def _at_the_moment(self, pane: Pane, learner: Learner, moment: str) -> Answer | None:
        """Come to the moment of the kill; what was submitted and not seen to be painted."""
        if moment == "typing":
            pane.press("\x15123.4")
            pane.listen(self._chance.uniform(0, SHORTLY))
            return None
        answer = self._submit(pane, learner)
        time.sleep(self._chance.uniform(0, SHORTLY))
        return answer

    def _is_painted(self, screen: str, learner: Learner, answer: Answer) -> bool:
        return f"step {learner.done + 2} of" in screen if answer.right else f"I read {answer.text}." in screen

    def _painted(self, pane: Pane, learner: Learner, answer: Answer) -> None:
        pane.until(lambda screen: self._is_painted(screen, learner, answer))
        self._note(learner, answer)

    def _note(self, learner: Learner, answer: Answer) -> None:
        self.tally.painted += 1
        learner.answers.append(answer)

    def _check(self, learner: Learner, submitted: Answer | None) -> None:
        """All that was painted is in the records, and beyond it at most the one that was submitted."""
        found, painted = learner.recorded(), learner.answers
        if found[:len(painted)] != painted:
            self.tally.faults.append(f"painted {painted[-3:]}, recorded {found[-3:]}")
        beyond = found[len(painted):]
        if beyond not in ([], [submitted]):
            self.tally.faults.append(f"never submitted: {beyond}")
        self.tally.unpainted += len(beyond)
        learner.answers = found
        self.tally.torn |= {file for file in learner.folder.rglob("*.jsonl") if not file.read_bytes().endswith(b"\n")}


def main(arguments: Sequence[str] | None = None) -> int:
    """Do it, and say what came of it; 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    with TemporaryDirectory() as name:
        tally = Soak(Path(name), options.seed, sys.executable, environment).run(options.kills)
    moments = ", ".join(f"{count} {moment}" for moment, count in sorted(tally.kills.items()))
    print(f"{options.kills} kills ({moments}) of {tally.learners} learners: {tally.painted} judgements painted, "
          f"{len(tally.faults)} faults; {tally.unpainted} answers more on the disk, {len(tally.torn)} lines torn")
    print(*tally.faults, sep="\n", end="")
    return int(bool(tally.faults))


if __name__ == "__main__":
    raise SystemExit(main())
