"""``quiz --plain``: the quiz as prompts and answers, one line each."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable

from tui_backprop import course
from tui_backprop.cli.arguments import glyphs_of
from tui_backprop.cli.lines import print_line
from tui_backprop.cli.saving import TellTrouble, open_records
from tui_backprop.course.library import exercise_key
from tui_backprop.desk.workbench.sitting import Logbook, Sitting
from tui_backprop.export.text import list_given_lines
from tui_backprop.patterns import late_pattern
from tui_backprop.records.settings import recall_notation
from tui_backprop.tutor.asked import BESIDE, Asked
from tui_backprop.tutor.at_hand import at_hand, list_passed
from tui_backprop.tutor.modes import GUIDED, QUIZ, QUIZZES
from tui_backprop.tutor.narrowing import EVERYTHING
from tui_backprop.tutor.walk import Walk
from tui_backprop.typeset.glyphs import Glyphs, plain_text
from tui_backprop.typeset.linear import linear

_YES = late_pattern("^Yes[:,] ")


def run(arguments: Namespace) -> int:
    """Ask step after step.

    ``?`` gives a hint, ``!`` shows the answer and moves on, the end of input ends it; everything is saved.
    """
    exercise = course.load(arguments.exercise)
    mode = next((mode for mode in (GUIDED, *QUIZZES) if getattr(arguments, mode.key)), QUIZ)
    if not (arguments.plain or arguments.spoken):
        from tui_backprop.terminal.tutor_app import open_tutor

        return open_tutor(arguments.exercise, ascii_only=arguments.ascii, no_colour=arguments.no_color,
                          notation=arguments.notation, offered=mode.key if mode is not QUIZ else None)
    with open_records() as (journal, tell):
        log = Logbook(journal, exercise_key(arguments.exercise), exercise)
        start = log.left()
        notation = recall_notation(journal.history, arguments.notation)
        quiz = mode.begin(start.exercise, narrowing=EVERYTHING, notation=notation, experience=journal.experience)
        sitting = log.sit(quiz, None if start.mode.is_exam else start.run)
        _ask(sitting, glyphs_of(arguments), tell, spoken=arguments.spoken)
    return 0


def _ask(sitting: Sitting, glyphs: Glyphs, tell: TellTrouble, *, spoken: bool) -> None:
    walk = sitting.walk
    words, given = _in_words(walk) if spoken else (str, list_given_lines(walk.derivation, glyphs))

    def say(text: str) -> None:
        if text:
            print_line(plain_text(words(text), glyphs).replace("\u00a0", " "))

    say(f"{walk.exercise.title}. One line an answer; ? gives a hint, ! shows the value, Ctrl-D ends.")
    for line in given:
        print_line(line.replace("\u00a0", " "))
    place = walk.position - 1  # of what was done in an earlier session, the step tells what it needs
    put: Asked | None = None
    while (question := walk.question) is not None:
        if place != walk.position:
            _tell_passed(walk, place, say)
            place, put = walk.position, None
            say(f"Step {walk.number} of {walk.total}: {question.title}. {linear(question.name, Glyphs.FULL)} = ?")
        if not walk.asks:
            _tell_worked(sitting, say)
            continue
        if put is None or (put in BESIDE and put != walk.asked):
            _put(walk, question.id, say)
            put = walk.asked
        line = sys.stdin.readline()
        if not line:
            return
        _take(sitting, question.id, line.strip(), say)
        tell()
    _tell_passed(walk, place, say)
    for change in walk.results():
        say(f"{walk.derivation.name_of(change.id)}: {change.old} → {change.new}")
    from tui_backprop.desk.workbench.round_end import debrief_told  # the first question does not wait for it

    for line in debrief_told(walk):
        say(line)


def _in_words(walk: Walk) -> tuple[Callable[[str], str], Iterable[str]]:
    """How texts are spoken, and the givens in words."""
    from tui_backprop.export.told import give_told, say_texts_of

    return say_texts_of(walk.derivation), give_told(walk.derivation)


def _put(walk: Walk, step: str, say: Callable[[str], None]) -> None:
    """Ask: a prediction with its choices; or the missing number or the value, with the values at hand."""
    if walk.posed is not None:
        say(walk.posed.request)
        for mark, choice in walk.posed.lettered:
            say(f"{mark} {choice}".strip())
        return
    if walk.gap is not None and walk.gap.is_whole:
        say(walk.explainer.hints(step)[1])
    say(at_hand(walk, step))
    if walk.gap is not None:
        from tui_backprop.tutor.half_open import describe_gap as said_half_open

        say(f"{said_half_open(walk.explainer, walk.gap)}. {walk.request}")
    else:
        say(walk.request or " ".join(filter(None, (walk.explainer.digits_note(step), walk.encouragement))))


def _take(sitting: Sitting, step: str, text: str, say: Callable[[str], None]) -> None:
    """Take a line: a call for a hint, a call for the value, or an answer."""
    walk = sitting.walk
    if text == "?":
        say(f"Hint: {sitting.hint()}")
    elif text == "!":
        said = sitting.reveal()
        say(f"Shown: {said.removeprefix('Shown: ')}")
        if walk.entry(step).status == "revealed":
            say(walk.explainer.tell_derivation(step))
    elif text:
        feedback = sitting.answer(text)
        say(f"{'Right' if feedback.right else 'Not yet'}: {_YES.sub('', feedback.message)}")
        if walk.asked == "part":
            say(walk.request)


def _tell_worked(sitting: Sitting, say: Callable[[str], None]) -> None:
    """Explain a worked step: what it is for, its rule, and how its value is found."""
    step, explainer = sitting.walk.here, sitting.walk.explainer
    assert step is not None  # there is a question
    goal, rule = explainer.hints(step)[:2]
    say(f"Worked: {goal} {rule}")
    say(explainer.tell_derivation(step))
    sitting.advance()
    say(sitting.walk.remarks(step))


def _tell_passed(walk: Walk, before: int, say: Callable[[str], None]) -> None:
    """Tell the steps between two places that are not asked for."""
    for step in list_passed(walk, before, walk.position):
        say(f"Shown: {walk.statement(step)}")
