"""``quiz --plain``: the quiz as prompts and answers, one line each."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable

from tui_backprop import course
from tui_backprop.cli.arguments import glyphs_of
from tui_backprop.export.text import given_lines
from tui_backprop.records.journal import Journal
from tui_backprop.records.session import Recorder, restore, take_up
from tui_backprop.records.settings import chosen_notation
from tui_backprop.tutor.at_hand import at_hand, passed
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.typeset.glyphs import Glyphs, plain_text
from tui_backprop.typeset.linear import linear


def run(arguments: Namespace) -> int:
    """Ask step after step; ``?`` hints, ``!`` shows and moves on, the end of input ends it, all saved."""
    exercise = course.load(arguments.exercise)
    if not arguments.plain:
        from tui_backprop.terminal.tutor_app import open_tutor

        return open_tutor(arguments.exercise, ascii_only=arguments.ascii, no_colour=arguments.no_color,
                          notation=arguments.notation)
    with Journal() as journal:
        start = take_up(journal, arguments.exercise, exercise)
        quiz = Quiz(start.exercise, notation=chosen_notation(journal.history, arguments.notation))
        restore(quiz, start.run if start.mode != "exam" else None)
        _ask(quiz, Recorder(journal, arguments.exercise, exercise, quiz), glyphs_of(arguments))
        if journal.warning:
            print(f"tui-backprop: {journal.warning}", file=sys.stderr)
    return 0


def _ask(quiz: Quiz, recorder: Recorder, glyphs: Glyphs) -> None:
    def say(text: str) -> None:
        if text:
            print(plain_text(text, glyphs), flush=True)

    say(f"{quiz.exercise.title}. One line an answer; ? a hint, ! shows the value, Ctrl-D ends.")
    for line in given_lines(quiz.derivation, glyphs):
        say(line.replace("\u00a0", " "))
    asked = quiz.position - 1  # of what was done in an earlier session, the step tells what it needs
    while (question := quiz.question) is not None:
        if asked != quiz.position:
            _tell_passed(quiz, asked, say)
            asked = quiz.position
            say(f"Step {quiz.number} of {quiz.total}: {question.title}. {linear(question.name, Glyphs.FULL)} = ?")
            say(at_hand(quiz, question.id))
            say(quiz.digits_note)
        line = sys.stdin.readline()
        if not line:
            return
        text = line.strip()
        if text == "?":
            say(quiz.hint())
            recorder.hinted(question.id)
        elif text == "!":
            part = quiz.asked == "part"
            say(f"Shown: {quiz.reveal()}")
            if not part:
                recorder.revealed(question.id)
        elif text:
            feedback = quiz.answer(text)
            recorder.answered(feedback, text)
            say(f"{'Right' if feedback.right else 'Not yet'}: {feedback.message}")
            if quiz.asked == "part":
                say(quiz.request)
    _tell_passed(quiz, asked, say)
    for change in quiz.results():
        say(f"{linear(quiz.derivation.naming.name(change.id), Glyphs.FULL)}: {change.old} → {change.new}")


def _tell_passed(quiz: Quiz, before: int, say: Callable[[str], None]) -> None:
    """What is not asked is told when its turn comes."""
    for step in passed(quiz, before, quiz.position):
        say(f"Shown: {quiz.statement(step)}")
