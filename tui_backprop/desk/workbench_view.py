"""What the workbench shows of a quiz, as plain data: parameter rows, chain of factors, paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from tui_backprop.derivation.lazy import Made
from tui_backprop.desk.parameter_rows import ParameterRow
from tui_backprop.drawing.boxes import Setter
from tui_backprop.drawing.paragraphs import Paragraph, right, wrong
from tui_backprop.maths.numerals import shown
from tui_backprop.records.notes import FREE
from tui_backprop.tutor.at_hand import at_hand
from tui_backprop.tutor.display import EXTRA_DIGITS
from tui_backprop.tutor.entries import Feedback
from tui_backprop.tutor.exam import Exam
from tui_backprop.tutor.explaining import LONG_SUM
from tui_backprop.tutor.marking import Mark, MarkVerdict
from tui_backprop.tutor.narrowing import said_skills
from tui_backprop.tutor.quiz import Parameter, Quiz
from tui_backprop.tutor.skills import Skill
from tui_backprop.typeset.align import align
from tui_backprop.typeset.box import Box
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import Layout, Tagged, Text, operator
from tui_backprop.typeset.linear import linear

_EQUALS, _TIMES = operator(" = "), operator(" · ")
_NOT_YET, _ASKED = Text("…", "blank"), Text("[ ? ]", "blank")
_FULL_FORMULA_HINT = 3
"""From this rung of the hints on, the formula stands in the panel."""
_MOST_WRONG = 7
_MOST_ROUNDS = 6
_MOST_SKILLS = 2
VERDICT_WORDS: Mapping[MarkVerdict, str] = {
    "correct": "right", "follow_through": "right for your earlier values", "wrong": "wrong",
    "invalid": "not readable or too coarse", "missing": "left out",
}
"""A mark's verdict, as the learner is told."""
_MANY = 60


def parameter_rows(quiz: Quiz, changed: frozenset[str], glyphs: Glyphs) -> Sequence[ParameterRow]:
    """The table: every given, those that differ from the file marked as changed. Rows are made when looked at."""
    naming = quiz.derivation.naming

    def row(parameter: Parameter) -> ParameterRow:
        sample = f" #{parameter.id[1:].split()[0]}" if parameter.id.startswith("#") else ""
        return ParameterRow(parameter.id, parameter.kind + sample, linear(naming.name(parameter.id), glyphs),
                            quiz.shown(parameter.id), changed=parameter.id in changed)

    return Made(quiz.parameters, row)


def chain_setter(quiz: Quiz, quantity: str, *, looking_back: bool = False) -> tuple[Setter, dict[str, str]]:
    """What the chain-rule panel shows for a step, and the roles of its parts."""
    chain = quiz.chain(quantity)
    if looking_back and (chain is None or chain[0] != quantity):
        cells: list[list[Layout]] = [list(row) for row in quiz.explanation(quantity)]
        return (lambda glyphs, width: align(cells, glyphs, width)), {}
    if chain is None:
        return _plain_setter(quiz, quantity)
    gradient, factors = chain
    name = quiz.derivation.naming.name
    top: list[Layout] = [Tagged(gradient, name(gradient)), _EQUALS]
    below: list[Layout] = [Text(""), _EQUALS]
    for number, factor in enumerate(factors):
        between = [_TIMES] if number else []
        top += [*between, Tagged(factor, name(factor))]
        below += [*between, Tagged(factor + " value", _ASKED if factor == quantity else _value(quiz.shown(factor)))]
    if gradient == quantity:
        below += [_EQUALS, Tagged(quantity + " value", _value(quiz.shown(quantity)) if looking_back else _ASKED)]
    rows = [top, below]
    if looking_back:
        return (lambda glyphs, width: align(rows, glyphs, width)), {}
    roles = {quantity: "lit", quantity + " value": "lit"}
    for factor in factors:
        if factor != quantity:
            role = "good" if quiz.shown(factor) else "dim"
            roles |= {factor: role, factor + " value": role}
    return (lambda glyphs, width: align(rows, glyphs, width)), roles


def _plain_setter(quiz: Quiz, quantity: str) -> tuple[Setter, dict[str, str]]:
    """A step that is no part of a chain: its name, what is asked, and after some hints its formula."""
    step = quiz.derivation.step(quantity)
    row: list[Layout] = [Tagged(quantity, step.name), _EQUALS]
    if quiz.entry(quantity).hints >= _FULL_FORMULA_HINT:
        row += [step.formula_layout(elide=LONG_SUM), _EQUALS]
    row.append(Tagged(quantity + " value", _ASKED))
    return (lambda glyphs, width: align([row], glyphs, width)), {quantity + " value": "lit"}


def step_paragraphs(quiz: Quiz, quantity: str) -> tuple[Paragraph, ...]:
    """The question in words: what it is for, and the values at hand; in watch mode, the rule; in an exam, the mark.

    The last paragraph is what can least be done without.
    """
    if quiz.mode == "watch":
        return (Paragraph(quiz.hints_of(quantity)[1]),)
    if isinstance(quiz, Exam) and (mark := quiz.mark_of(quantity)) is not None:
        return mark_paragraphs(mark)
    entry, current = quiz.entry(quantity), not quiz.finished and quiz.plan[quiz.position] == quantity
    if not current and entry.status in ("answered", "revealed"):
        found = f"You found it{' with help' if entry.hints else ''}: {entry.given}"
        goal = Paragraph(quiz.question_of(quantity).goal, role="note")
        return (goal, Paragraph(found if entry.status == "answered" else "It was shown to you."))
    known = at_hand(quiz, quantity)
    have = (Paragraph(known, role="note"),) if known else ()
    if current and quiz.request:
        return (*have, Paragraph(quiz.request))
    note = f" {quiz.digits_note}" if current and quiz.digits_note else ""
    return (Paragraph(quiz.question_of(quantity).goal + note), *have)


def mark_paragraphs(mark: Mark) -> tuple[Paragraph, ...]:
    """One step of an exam that is handed in: what was written, and what that is."""
    if mark.given is None:
        return (Paragraph("You gave no answer here.", "–", "note"),)
    say = right if mark.verdict in ("correct", "follow_through") else wrong
    return (Paragraph(f"You wrote {mark.given}."), say(mark.feedback))


def exam_paragraphs(exam: Exam) -> tuple[Paragraph, ...]:
    """The end of an exam: how many steps have an answer; once it is handed in, the marks and what was wrong."""
    if exam.marks is None:
        return ()
    counts = Counter(mark.verdict for mark in exam.marks.marks if mark.asked)
    parts = [f"{counts[verdict]} {words}" for verdict, words in VERDICT_WORDS.items() if counts[verdict]]
    lines = [Paragraph(f"{exam.marks.score} of {exam.marks.out_of} marks: {', '.join(parts)}.", role="key")]
    for place, quantity in enumerate(exam.plan):
        mark = exam.mark_of(quantity)
        if mark is not None and mark.verdict in ("wrong", "invalid"):
            name = linear(exam.derivation.naming.name(quantity), Glyphs.FULL)
            said = f"Step {place + 1}, {name}: you wrote {mark.given}"
            lines.append(wrong(f"{said}.") if mark.verdict == "wrong"
                         else Paragraph(f"{said}, {VERDICT_WORDS[mark.verdict]}.", "!", "bad"))
    shown_lines = lines[:_MOST_WRONG]
    if len(lines) > len(shown_lines):
        shown_lines.append(Paragraph(f"and {len(lines) - len(shown_lines)} more", role="note"))
    return (*shown_lines, Paragraph("PgUp goes back through the steps, each with its mark.", role="note"))


def reuse_note(quiz: Quiz, quantity: str) -> str:
    """Which factors of this chain were found before: the point of back-propagation."""
    chain = quiz.chain(quantity)
    names = [linear(quiz.derivation.naming.name(name), Glyphs.FULL)
             for name in (chain[1] if chain else ()) if quiz.reused(name)]
    return f"Reused from before: {', '.join(names)}." if names else ""


def result_paragraphs(
    quiz: Quiz, costs: Sequence[float] = (), mastered: Sequence[Skill] = ()
) -> tuple[Paragraph, ...]:
    """The end: every parameter before and after, whether the step helped, and what is newly ``mastered``.

    ``costs``: before earlier updates.
    """
    learnt = (Paragraph(f"Mastered now: {said_skills(mastered, _MOST_SKILLS)}.", role="good"),) if mastered else ()
    name = quiz.derivation.naming.name
    results = quiz.results()
    if not results:
        return (Paragraph("All steps are done.", role="good"), *learnt)
    listed = [*results] if len(results) <= _MANY else [*results[:_MANY], results[-1]]  # the cost comes last
    rows = [(linear(name(change.id), Glyphs.FULL), change.old, change.new) for change in listed]
    wide = max(len(label) for label, _, _ in rows), max(len(old) for _, old, _ in rows)
    lines = [Paragraph(f"{label:{wide[0]}}   {old:>{wide[1]}} → {new}") for label, old, new in rows]
    helped = quiz.derivation.values("C'") < quiz.derivation.values("C") if listed[-1].id == "C" else None
    verdict = {True: "The cost went down: the step helped.", None: "All steps are done.",
               False: "The cost did not go down: the step was too long, or there was nowhere lower to go."}[helped]
    if costs and helped is not None:
        lines.append(Paragraph(f"Round by round: {_series(quiz, costs)}", role="note"))
    went_well = helped is not False
    return (*lines, Paragraph(verdict, "✓" if went_well else "", "good" if went_well else "note"), *learnt)


def _series(quiz: Quiz, costs: Sequence[float]) -> str:
    """The cost before the first update and after each, the latest ones of many."""
    values = [shown(cost, quiz.digits + EXTRA_DIGITS) for cost in (*costs, *map(quiz.derivation.values, ("C", "C'")))]
    return ("… → " if len(values) > _MOST_ROUNDS else "") + " → ".join(values[-_MOST_ROUNDS:])


def results_box(quiz: Quiz, glyphs: Glyphs, width: int) -> Box:
    """The last step, explained."""
    return align([list(row) for row in quiz.explanation(quiz.plan[-1])], glyphs, width)


def judgement_paragraphs(feedback: Feedback, text: str, width: int) -> tuple[Paragraph, ...]:
    """What is said of an answer; under what could not be read of it there are carets, where it fits the width."""
    if feedback.right:
        return (Paragraph(feedback.message, role="note") if feedback.verdict == "noted" else right(feedback.message),)
    said = Paragraph(feedback.message, "!", "note") if feedback.verdict in FREE else wrong(feedback.message)
    if feedback.end > feedback.start and len(text) <= width:
        return (Paragraph(text), Paragraph(caret(feedback.start, feedback.end), role="bad"), said)
    return (said,)


def caret(start: int, end: int) -> str:
    """A line of carets under the part of an answer that could not be read."""
    return " " * start + "^" * max(end - start, 1)


def _value(text: str | None) -> Layout:
    return _NOT_YET if text is None else Text(text.replace("−", "-"), "number")
