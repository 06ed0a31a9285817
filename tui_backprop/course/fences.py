"""The fenced blocks of a lesson that are more than code: ``check``, ``network``, ``plot`` and ``exercise``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tui_backprop.course import fields
from tui_backprop.course.fields import FieldError, Table, shown
from tui_backprop.course.lesson import (
    CHECK_KINDS,
    Block,
    Check,
    CheckKind,
    ExerciseLink,
    Inline,
    NetworkPicture,
    Plot,
    Source,
    Wrong,
)
from tui_backprop.course.lines import KeyPath
from tui_backprop.course.read import LEAST_DIGITS, MOST_DIGITS, exercise_from_data

_EXERCISE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}")
_QUANTITY = re.compile(r"(?:a|w|b) [0-9]{1,3}:[A-Za-z0-9_]{1,12}(?:->[A-Za-z0-9_]{1,12})?")
MOST_ENTRIES = 26
"""Of choices, parts, hints and wrong answers; choices are lettered."""
_CHECK_KEYS = ("kind", "prompt", "answer", "hints", "wrong")
_OWN_KEYS: dict[CheckKind, tuple[str, ...]] = {
    "formula": ("variables", "positive"), "number": ("significant_digits",), "choice": ("choices",), "order": (),
    "edge": ("exercise",),
}


@dataclass(frozen=True, slots=True)
class Fence:
    """A fence's data, the line it opens on, and how to read Markdown that stands at a place in it."""

    data: Table
    line: int
    inline: Callable[[str, KeyPath], Inline]

    def written(self, key: str, example: str) -> Inline:
        """The key's text, which is Markdown."""
        return self.inline(fields.text(fields.required(self.data, key, (), example), (key,), key), (key,))

    def text(self, key: str, example: str) -> str:
        return fields.line_of_text(fields.required(self.data, key, (), example), (key,), key)

    def texts(self, key: str, example: str) -> tuple[str, ...]:
        """The key's list of texts; empty where it is absent."""
        return _texts(self.data.get(key, []), (key,), key, example)

    def inlines(self, key: str, example: str) -> tuple[Inline, ...]:
        return tuple(self.inline(text, (key, n)) for n, text in enumerate(self.texts(key, example)))

    def caption(self, key: str) -> Inline:
        return self.written(key, "") if key in self.data else ()

    def source(self, *own_keys: str) -> Source:
        """The exercise that the block names with ``exercise = "…"``, or holds."""
        if "network" in self.data or "circuit" in self.data:
            return exercise_from_data({key: value for key, value in self.data.items() if key not in own_keys}, "")
        fields.check_keys(self.data, ("exercise", *own_keys), (), "this block")
        return self.name()

    def name(self) -> str:
        """The name of an exercise: a name only, so that it cannot lead out of the course's folder."""
        name = self.text("exercise", 'exercise = "exercise-1"')
        if not _EXERCISE_NAME.fullmatch(name):
            raise FieldError(f"{shown(name)} is no exercise's name: use letters, digits and - only", ("exercise",))
        return name


def read_fence(kind: str, fence: Fence) -> Block:
    """The block of this kind. Raises :class:`FieldError`."""
    return FENCES[kind](fence)


def _network(fence: Fence) -> NetworkPicture:
    source = fence.source("values", "caption")
    values = fields.truth(fence.data.get("values", False), ("values",), "values")
    return NetworkPicture(source, fence.line, values, fence.caption("caption"))


def _plot(fence: Fence) -> Plot:
    source = fence.source("against", "from", "to", "caption")
    against = fence.text("against", 'against = "w 1:j->k"')
    if not _QUANTITY.fullmatch(against):
        raise FieldError(f'{shown(against)} cannot be plotted against: name a weight as "w 1:j->k", a bias as "b 1:k" '
                         'or an activation as "a 1:k"', ("against",))
    low, high = (fields.number(fence.data[key], (key,), key) if key in fence.data else None for key in ("from", "to"))
    if low is not None and high is not None and low >= high:
        raise FieldError("from must be smaller than to", ("to",))
    return Plot(source, against, fence.line, low, high, fence.caption("caption"))


def _exercise(fence: Fence) -> ExerciseLink:
    source = fence.source("mode", "say")
    mode = fields.one_of(fence.data.get("mode", "quiz"), ("quiz", "watch"), ("mode",), "mode")
    return ExerciseLink(source, fence.line, "watch" if mode == "watch" else "quiz", fence.caption("say"))


def _check(fence: Fence) -> Check:
    wanted = fields.one_of(fields.required(fence.data, "kind", (), 'kind = "number"'), CHECK_KINDS, ("kind",), "kind")
    kind = next(each for each in CHECK_KINDS if each == wanted)
    fields.check_keys(fence.data, _CHECK_KEYS + _OWN_KEYS[kind], (), f"a {kind} check")
    prompt = fence.written("prompt", "prompt = 'What is $2 + 2$?'")
    answer = _answer(fields.required(fence.data, "answer", (), 'answer = "4"'), kind, ("answer",))
    check = Check(
        kind, prompt, answer, fence.line,
        variables=fence.texts("variables", '["x"]'),
        positive=fence.texts("positive", '["x"]'),
        choices=fence.texts("choices", '["uphill", "downhill"]'),
        labels=fence.inlines("answer" if kind == "order" else "choices", '["uphill", "downhill"]'),
        significant_digits=_digits(fence.data.get("significant_digits", 3)),
        source=fence.name() if "exercise" in fence.data else "",
        hints=fence.inlines("hints", '["Look at the exponent."]'),
        wrong=_wrong(fence, kind),
    )
    _check_sense(check)
    return check


def _answer(value: Any, kind: CheckKind, where: KeyPath) -> tuple[str, ...]:
    if kind == "order":
        parts = _texts(value, where, "the answer to an order check", '["first", "second"]')
        if len(parts) < 2:
            raise FieldError("an order needs two parts or more", where)
        return parts
    if kind == "number" and type(value) in (int, float):
        fields.number(value, where, "answer")
        return (repr(value),)
    return (fields.line_of_text(value, where, "answer"),)


def _wrong(fence: Fence, kind: CheckKind) -> tuple[Wrong, ...]:
    example = '[{ answer = "3x^3", say = "The exponent drops by one." }]'
    entries = fields.array(fence.data.get("wrong", []), ("wrong",), "wrong", example)
    if len(entries) > MOST_ENTRIES:
        raise FieldError(f"wrong has {len(entries):,} entries: {MOST_ENTRIES} are the most", ("wrong",))
    found = []
    for place, entry in enumerate(entries):
        where: KeyPath = ("wrong", place)
        table = fields.table(entry, where, "each wrong answer", example[1:-1])
        fields.check_keys(table, ("answer", "say"), where, "a wrong answer")
        answer = _answer(fields.required(table, "answer", where, 'answer = "3x^3"'), kind, (*where, "answer"))
        say = fields.text(fields.required(table, "say", where, 'say = "…"'), (*where, "say"), "say")
        found.append(Wrong(answer, fence.inline(say, (*where, "say"))))
    return tuple(found)


def _check_sense(check: Check) -> None:
    """Do the parts of a check fit together? (Whether its answer is right is the lint's business.)"""
    answers = [(check.answer, ("answer",)), *((w.answer, ("wrong", n, "answer")) for n, w in enumerate(check.wrong))]
    if check.kind == "choice":
        if len(check.choices) < 2:
            raise FieldError('a choice needs two choices or more: write choices = ["uphill", "downhill"]', ("choices",))
        for answer, where in answers:
            fields.one_of(answer[0], check.choices, where, "choice")
    if check.kind == "order":
        for answer, where in answers:
            if sorted(answer) != sorted(check.answer):
                raise FieldError("a wrong order has the same parts as the right one", where)
    if check.kind == "edge" and not check.source:
        raise FieldError('an edge check needs a network: write exercise = "exercise-2"', ("kind",))
    for name in check.positive:
        fields.one_of(name, check.variables, ("positive",), "variable")


def _digits(value: object) -> int:
    if not isinstance(value, int) or not LEAST_DIGITS <= value <= MOST_DIGITS:
        raise FieldError(f"significant_digits must be a whole number from {LEAST_DIGITS} to {MOST_DIGITS}, "
                         f"not {shown(value)}", ("significant_digits",))
    return value


def _texts(value: object, where: KeyPath, what: str, example: str) -> tuple[str, ...]:
    entries: Sequence[object] = fields.array(value, where, what, example)
    if len(entries) > MOST_ENTRIES:
        raise FieldError(f"{what} has {len(entries):,} entries: {MOST_ENTRIES} are the most", where)
    found: list[str] = []
    for place, entry in enumerate(entries):
        text = fields.text(entry, (*where, place), f"each entry of {what}")
        if text in found:
            raise FieldError(f"{shown(text)} stands twice in {what}: take one out", (*where, place))
        found.append(text)
    return tuple(found)


FENCES: dict[str, Callable[[Fence], Block]] = {
    "check": _check, "network": _network, "plot": _plot, "exercise": _exercise,
}
"""The kinds of fence whose body is TOML."""
