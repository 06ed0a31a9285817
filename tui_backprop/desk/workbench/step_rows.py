"""One step of a walk as a row: mark, number and name, its words if there is room, and its value once earned."""

from __future__ import annotations

from collections.abc import Mapping

from tui_backprop.drawing.canvas import Run, Runs, merge
from tui_backprop.tutor.entries import Status
from tui_backprop.tutor.marking import MarkVerdict
from tui_backprop.tutor.walk import Walk
from tui_backprop.typeset.glyphs import Glyphs, plain_text
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
        text += f"  sample {sample}"
    text = text if len(text) <= room else f"{text[:max(room - 1, 0)]}…"
    return merge([(mark, mark_role), (f"{text:{room}} {value} ", role)])


def _mark(walk: Walk, quantity: str, glyphs: Glyphs) -> Run:
    """The mark for the step's status; in an exam that is handed in, for its result."""
    marked = walk.mark_of(quantity)
    if marked is None:
        return _MARKS[walk.entry(quantity).status]
    sign, role = _MARKED[marked.verdict]
    return f"{plain_text(sign, glyphs):4}", role
