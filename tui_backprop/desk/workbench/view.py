"""What the workbench shows of a walk, as plain data: parameter rows, chain of factors, paragraphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from tui_backprop.dataclass import dataclass
from tui_backprop.derivation.lazy import Made
from tui_backprop.drawing.boxes import Setter
from tui_backprop.drawing.paragraphs import Paragraph, right, wrong
from tui_backprop.records.notes import FREE
from tui_backprop.tutor.asked import Asked
from tui_backprop.tutor.at_hand import at_hand
from tui_backprop.tutor.entries import Feedback
from tui_backprop.tutor.explaining import LONG_SUM
from tui_backprop.tutor.half_open import HalfOpen, lay_out_number, rows_of
from tui_backprop.tutor.marking import Mark, MarkVerdict
from tui_backprop.tutor.plan import chain_of
from tui_backprop.tutor.posed import Posed
from tui_backprop.tutor.walk import Walk
from tui_backprop.typeset.align import align
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.layout import EQUALS, GAP, TIMES, Layout, Tagged, Text
from tui_backprop.typeset.linear import linear

_NOT_YET = Text("…", "blank")
_FULL_FORMULA_HINT = 3
"""From this hint on, the formula stands in the panel."""
_VERDICT_WORDS: Mapping[MarkVerdict, str] = {
    "correct": "right", "follow_through": "right for your earlier values", "wrong": "wrong",
    "invalid": "not readable", "missing": "left out",
}
_TOO_COARSE = "with too few digits"


def verdict_words(mark: Mark) -> str:
    """The words for a mark's verdict, for the learner."""
    return _TOO_COARSE if mark.verdict == "invalid" and mark.value is not None else _VERDICT_WORDS[mark.verdict]


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A row of the table of parameters: ``weight``, ``wᵢⱼ``, ``0.86``. ``value`` is None until it is earned."""

    key: str
    kind: str
    symbol: str
    value: str | None
    changed: bool = False


def parameter_rows(walk: Walk, changed: frozenset[str], glyphs: Glyphs) -> Sequence[ParameterRow]:
    """The table: every given; those that differ from the file are marked. Rows are made when they are looked at."""
    graph, name = walk.derivation.graph, walk.derivation.naming.name

    def row(given: str) -> ParameterRow:
        sample = f" #{given[1:].split()[0]}" if given.startswith("#") else ""
        return ParameterRow(given, graph.describe_given(given) + sample, linear(name(given), glyphs), walk.shown(given),
                            changed=given in changed)

    return Made(graph.givens(), row)


def chain_setter(walk: Walk, quantity: str, *, looking_back: bool) -> tuple[Setter, dict[str, str]]:
    """What the chain-rule panel shows for a step, and the roles of its parts."""
    if not looking_back and walk.here == quantity and walk.gap is not None:
        return _gap_setter(walk, walk.gap)
    chain = shown_chain(walk, quantity, looking_back=looking_back)
    if chain is None:
        return (explanation_setter(walk, quantity), {}) if looking_back else _plain_setter(walk, quantity)
    gradient, factors = chain
    name = walk.derivation.naming.name
    finely = walk.explainer.finely_enough(walk.derivation.step(gradient)) if gradient == quantity else {}
    top: list[Layout] = [Tagged(gradient, name(gradient)), EQUALS]
    below: list[Layout] = [Text(""), EQUALS]
    for number, factor in enumerate(factors):
        between = [TIMES] if number else []
        top += [*between, Tagged(factor, name(factor))]
        known = walk.shown(factor)
        shown = finely[factor] if factor in finely and known == walk.explainer.shown(factor) else known
        value = GAP if factor == quantity else _value(shown, multiplied=bool(number))
        below += [*between, Tagged(factor + " value", value)]
    if gradient == quantity:
        value = _value(walk.explainer.shown(quantity)) if looking_back else GAP
        below += [EQUALS, Tagged(quantity + " value", value)]
    rows = [top, below]
    if looking_back:
        return partial(align, rows), {}
    roles = {quantity: "lit", quantity + " value": "lit"}
    for factor in factors:
        if factor != quantity:
            role = "good" if walk.shown(factor) else "dim"
            roles |= {factor: role, factor + " value": role}
    return partial(align, rows), roles


def shown_chain(walk: Walk, quantity: str, *, looking_back: bool) -> tuple[str, tuple[str, ...]] | None:
    """The product that the panel shows for a step, and its factors; None where it shows the step's own formula.

    A product that the exercise never asks for is not shown: the rule for it may come in a later lesson.
    """
    chain, kinds = chain_of(walk.derivation, quantity), walk.exercise.ask.kinds
    if chain is None or (kinds is not None and walk.derivation.graph.kind(chain[0]) not in kinds):
        return None
    alone = looking_back or (walk.here == quantity and walk.gap is not None)
    return None if alone and chain[0] != quantity else chain


def explanation_setter(walk: Walk, quantity: str) -> Setter:
    """The explanation of a finished step."""
    cells: list[list[Layout]] = [list(row) for row in walk.explainer.explanation(quantity)]
    return partial(align, cells)


def _gap_setter(walk: Walk, gap: HalfOpen) -> tuple[Setter, dict[str, str]]:
    """A half-open step: the formula, and under it the numbers with one missing."""
    rows = [list(row) for row in rows_of(walk.explainer, gap)]
    return partial(align, rows), {}


def _plain_setter(walk: Walk, quantity: str) -> tuple[Setter, dict[str, str]]:
    """A step that is no part of a chain: its name, what is asked, and after some hints its formula."""
    step = walk.derivation.step(quantity)
    row: list[Layout] = [Tagged(quantity, step.name), EQUALS]
    if walk.entry(quantity).hints >= _FULL_FORMULA_HINT and step.symbols:
        row += [step.formula_layout(elide=LONG_SUM), EQUALS]
    row.append(Tagged(quantity + " value", GAP))
    return partial(align, [row]), {quantity + " value": "lit"}


def step_paragraphs(walk: Walk, quantity: str) -> tuple[Paragraph, ...]:
    """The question in words: what it is for, and the values at hand; in watch mode the rule, in an exam the mark.

    The last paragraph is the one that matters most.
    """
    if not walk.asks or walk.entry(quantity).status == "shown":
        goal, rule = walk.explainer.hints(quantity)[:2]
        return (Paragraph(goal, role="note"), Paragraph(rule)) if walk.gives_hints else (Paragraph(rule),)
    if (mark := walk.mark_of(quantity)) is not None:
        return mark_paragraphs(mark)
    entry, current = walk.entry(quantity), walk.here == quantity
    if not current and entry.status in ("answered", "revealed"):
        found = f"You found it{' with help' if entry.hints else ''}: {entry.given}"
        for_what = Paragraph(walk.explainer.question(quantity).goal, role="note")
        return (for_what, Paragraph(found if entry.status == "answered" else "It was shown to you."))
    known = at_hand(walk, quantity)
    have = (Paragraph(known),) if known else ()
    if current and walk.gap is not None:
        by_rule = [Paragraph(walk.explainer.hints(quantity)[1], role="note")] if walk.gap.is_whole else []
        return (*by_rule, *have, Paragraph(walk.request))
    if current and walk.request:
        return (*have, Paragraph(walk.request, role="key" if walk.asked == "part" else ""))
    note = walk.explainer.digits_note(quantity) if current else ""
    why = walk.encouragement if current else ""
    asked_for = " ".join(filter(None, (walk.explainer.question(quantity).goal, note, why)))
    return (Paragraph(asked_for, role="note" if have else ""), *have)


def title_posed(posed: Posed) -> str:
    """The title for a question that looks back from a step; empty where it is about the step itself."""
    return _LOOKING_BACK.get(posed.asked, "")


_LOOKING_BACK: Mapping[Asked, str] = {
    "reuse": "what reuse saves", "most": "which of them matters most", "why": "which of them matters most, and why"}


def step_before(walk: Walk, quantity: str) -> str:
    """The id of the step before this one, asked for or shown: a question that looks back is about it."""
    order = walk.derivation.order
    return order[order.index(quantity) - 1]


def lay_out_posed(posed: Posed) -> tuple[Paragraph, ...]:
    """A question beside the value, with its choices."""
    return (Paragraph(posed.request), *(Paragraph(text, mark) for mark, text in posed.lettered))


def mark_paragraphs(mark: Mark) -> tuple[Paragraph, ...]:
    """One step of an exam that is handed in: what was written, and the mark."""
    if mark.given is None:
        return (Paragraph("You gave no answer here.", "–", "note"),)
    say = right if mark.verdict in ("correct", "follow_through") else wrong
    return (Paragraph(f"You wrote {mark.given}."), say(mark.feedback))


def reuse_note(walk: Walk, quantity: str, glyphs: Glyphs) -> str:
    """A sentence on which factors of this chain were found before, which is the point of back-propagation."""
    chain = shown_chain(walk, quantity, looking_back=False)
    names = [walk.derivation.name_of(name, glyphs)
             for name in (chain[1] if chain else ()) if walk.reused(name)]
    return f"Reused from before: {', '.join(names)}." if names else ""


def judgement_paragraphs(feedback: Feedback, text: str, width: int, *, smaller: bool) -> tuple[Paragraph, ...]:
    """The message for an answer, with carets under what could not be read where the width allows it.

    ``smaller``: a smaller question is asked now in place of the one that was answered.
    """
    if smaller and feedback.verdict == "wrong":
        return (wrong(f"Of the whole step: {feedback.message}"),)
    if feedback.right:
        return (Paragraph(feedback.message, role="note") if feedback.verdict == "noted" else right(feedback.message),)
    said = Paragraph(feedback.message, "!", "note") if feedback.verdict in FREE else wrong(feedback.message)
    if 0 < feedback.end - feedback.start < len(text.strip()) and len(text) <= width:  # all of it needs no marks
        return (Paragraph(text), Paragraph(caret(feedback.start, feedback.end), role="bad"), said)
    return (said,)


def caret(start: int, end: int) -> str:
    """Carets under the part of an answer that could not be read."""
    return " " * start + "^" * max(end - start, 1)


def _value(text: str | None, *, multiplied: bool = False) -> Layout:
    """A number, or a sign that it is missing; in parentheses where it is negative and ``multiplied``."""
    return _NOT_YET if text is None else lay_out_number(text, multiplied=multiplied)
