"""One step of a walk in a list: its row of mark, number, name and value, and how it went, in words."""

from __future__ import annotations

from collections.abc import Mapping

from tui_backprop.desk.workbench.view import verdict_words
from tui_backprop.drawing.canvas import Run, Runs, merge
from tui_backprop.tutor.entries import Status
from tui_backprop.tutor.marking import MarkVerdict
from tui_backprop.tutor.walk import Walk
from tui_backprop.typeset.glyphs import Glyphs, plain_text, shorten
from tui_backprop.typeset.linear import linear

_MARKS: Mapping[Status, Run] = {
    "answered": ("[x]", "good"), "revealed": ("[!]", "note"), "shown": ("[-]", "note"), "open": ("[ ]", "note"),
}
_MARKED: Mapping[MarkVerdict, Run] = {
    "correct": (" ✓", "good"), "follow_through": ("(✓)", "good"), "wrong": (" ✗", "bad"), "invalid": (" !", "bad"),
    "missing": (" -", "note"),
}
"""The marks; one in brackets is for what is right only for the learner's own earlier values."""
_LEAST_WORDS = 44
"""On fewer columns than this a step's words are left out."""


def step_row(walk: Walk, place: int, width: int, glyphs: Glyphs, role: str) -> Runs:
    """The row of the step at this place, ``width`` columns wide; ``role``: of all but its mark."""
    quantity = walk.plan[place]
    mark, mark_role = _mark(walk, quantity, glyphs)
    question = walk.explainer.question(quantity)
    value = plain_text(walk.shown(quantity) or "…", glyphs)
    number = f"{place + 1:>{max(len(str(walk.total)), 3)}}"
    room = max(width - len(mark) - len(value) - 2, 0)
    text = f" {number}  {linear(question.name, glyphs)}"
    if width >= _LEAST_WORDS:
        text += f"  {question.title}"
    elif (sample := walk.derivation.graph.sample_of(quantity)) is not None and walk.derivation.graph.batch > 1:
        text += f"  #{sample}"
    text = shorten(text, room, plain_text("…", glyphs))
    return merge([(mark, mark_role), (f"{text:{room}} {value} ", role)])


def _mark(walk: Walk, quantity: str, glyphs: Glyphs) -> Run:
    """The mark for the step's status; in an exam that is handed in, for its result."""
    marked = walk.mark_of(quantity)
    if marked is None:
        return _MARKS[walk.entry(quantity).status]
    sign, role = _MARKED[marked.verdict]
    return f"{plain_text(sign, glyphs):4}", role


def tell_step(walk: Walk, place: int) -> str:
    """How the step at this place went, and what Enter does there."""
    ahead = place - walk.position
    if ahead < 0 or walk.moves_freely:
        return f"{_how(walk, walk.plan[place])}Enter goes to this step."
    return "This is the step you are at." if ahead == 0 else "This step is still to come. Enter goes on from here."


def _how(walk: Walk, quantity: str) -> str:
    """How a step went, in a sentence; empty in an exam that is not handed in."""
    mark = walk.mark_of(quantity)
    if mark is None:
        entry = walk.entry(quantity)
        return "" if walk.moves_freely else _FILLED if entry.filled else _HOW[entry.status]
    given = f"You wrote {mark.given}: " if mark.given else ""
    words = f"{given}{verdict_words(mark)}. "
    return words[0].upper() + words[1:]


_HOW: Mapping[Status, str] = {
    "answered": "You found it. ", "revealed": "It was shown to you. ", "shown": "It was shown. ", "open": "",
}
_FILLED = "You found its missing number. "
