"""A learner who goes through Exercise 2, every step noted as the program notes it."""

from __future__ import annotations

from tui_backprop import course
from tui_backprop.records.journal import Journal
from tui_backprop.records.session import Recorder
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.tutor.walk import Walk

NAME = "exercise-2"


class Learner:
    """Answers, asks for hints, and has values shown; in another quiz of Exercise 2 where one is given."""

    def __init__(self, journal: Journal, walk: Walk | None = None, *, again: bool = False) -> None:
        self.walk = walk or Quiz(course.load(NAME))
        self.recorder = Recorder(journal, NAME, course.load(NAME), self.walk, again=again)

    def answer(self, *texts: str) -> None:
        for text in texts:
            self.recorder.note_answer(self.walk.answer(text), text)

    def hint(self) -> None:
        step = self.walk.plan[self.walk.position]
        self.walk.hint()
        self.recorder.note_hint(step)

    def show(self) -> None:
        step = self.walk.plan[self.walk.position]
        self.walk.reveal()
        self.recorder.note_reveal(step)
