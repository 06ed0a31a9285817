"""Reads the fenced blocks of a lesson that are more than code: ``check``, ``network``, ``plot`` and ``exercise``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from tui_backprop.course import fields
from tui_backprop.course.fields import FieldError, Notes, Table, quote
from tui_backprop.course.lesson import (
    CHECK_KINDS,
    LINK_MODES,
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
from tui_backprop.dataclass import dataclass, field, replace
from tui_backprop.maths.precision import LEAST_DIGITS, MOST_DIGITS
from tui_backprop.patterns import late_pattern

_EXERCISE_NAME = late_pattern(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}")
_QUANTITY = late_pattern(r"(?:a|w|b) [0-9]{1,3}:[A-Za-z0-9_]{1,12}(?:->[A-Za-z0-9_]{1,12})?")
MOST_ENTRIES = 26
"""The most choices, parts, hints or wrong answers of a check. Choices are lettered, hence 26."""
_CHECK_KEYS = ("kind", "prompt", "answer", "hints", "wrong", "skill")
_OWN_KEYS: dict[CheckKind, tuple[str, ...]] = {
    "formula": ("variables", "positive", "of", "by"), "number": ("significant_digits",), "choice": ("choices",),
    "order": (), "edge": ("exercise",),
}
_MOST_UPDATES = 10_000

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block that is being read: its data, the line it opens on, and the notes of its mistakes.

    ``inline(text, where)`` reads the Markdown at a place of the data; ``at(where)`` gives the file's line of a place.
    """

    data: Table
    line: int
    inline: Callable[[str, KeyPath], Inline]
    at: Callable[[KeyPath], int]
    notes: Notes = field(default_factory=Notes)

    def inline_of(self, key: str, example: str) -> Inline:
        """The key's text, which is Markdown."""
        return self.notes.get(lambda: self.inline(
            fields.text(fields.require(self.data, key, (), example), (key,), key), (key,)), ())

    def text(self, key: str, example: str) -> str:
        """The key's one line of text. Where it is missing or wrong that is noted, and the text is empty."""
        return self.notes.get(
            lambda: fields.line_of_text(fields.require(self.data, key, (), example), (key,), key), "")

    def texts(self, key: str, example: str) -> tuple[str, ...]:
        """The key's list of texts; empty where it is absent."""
        return self.notes.get(lambda: _texts(self.data.get(key, []), (key,), key, example), ())

    def inlines(self, key: str, example: str) -> tuple[Inline, ...]:
        return tuple(self.inline(text, (key, n)) for n, text in enumerate(self.texts(key, example)))

    def caption(self, key: str) -> Inline:
        return self.inline_of(key, "") if key in self.data else ()

    def number(self, key: str) -> float | None:
        """The key's number; None where it is absent."""
        if key not in self.data:
            return None
        return self.notes.find(lambda: fields.number(self.data[key], (key,), key))

    def option(self, key: str, options: Sequence[_Read], what: str, otherwise: _Read) -> _Read:
        """The one of ``options`` that the key names; ``otherwise`` where the key is absent or wrong."""
        def chosen() -> _Read:
            wanted = fields.one_of(self.data.get(key, otherwise), [str(each) for each in options], (key,), what)
            return next(each for each in options if each == wanted)

        return self.notes.get(chosen, otherwise)

    def source(self, *own_keys: str) -> Source:
        """The exercise that the block names with ``exercise = "…"``, or holds."""
        if "network" in self.data or "circuit" in self.data:
            from tui_backprop.course.read import exercise_from_data

            held = {key: value for key, value in self.data.items() if key not in own_keys}
            source: Source | None = self.notes.find(lambda: exercise_from_data(held, ""))
            return source or ""
        self.notes.keys(self.data, ("exercise", *own_keys), (), "this block")
        return self.name()

    def name(self) -> str:
        """The name of an exercise: a name only, so that it cannot lead out of the course's folder."""
        name = self.text("exercise", 'exercise = "exercise-1"')
        if name and not _EXERCISE_NAME.fullmatch(name):
            self.note(f"{quote(name)} is no exercise's name: use letters, digits and - only", "exercise")
        return name

    def note(self, message: str, *where: str | int) -> None:
        self.notes.add(FieldError(message, where))


def read_fence(kind: str, fence: Fence) -> Block:
    """The block of this kind. Its mistakes are in the fence's notes; with any mistake the block must not be used."""
    return FENCES[kind](fence)


def _network(fence: Fence) -> NetworkPicture:
    source = fence.source("values", "caption")
    values = fence.notes.get(lambda: fields.truth(fence.data.get("values", False), ("values",), "values"), False)
    return NetworkPicture(source, fence.line, values, fence.caption("caption"))


def _plot(fence: Fence) -> Plot:
    low, high, caption = fence.number("from"), fence.number("to"), fence.caption("caption")
    if low is not None and high is not None and low >= high:
        fence.note("from must be smaller than to", "to")
    if "formula" in fence.data:
        return _formula_plot(fence, Plot(fence.line, low=low, high=high, at=fence.number("at"), caption=caption))
    source = fence.source("against", "training", "from", "to", "caption")
    if "training" in fence.data:
        if "against" in fence.data:
            fence.note("a plot is against something, or of a training: take one of the two out", "training")
        return Plot(fence.line, source, training=_updates(fence), caption=caption)
    return Plot(fence.line, source, _against(fence), low=low, high=high, caption=caption)


def _formula_plot(fence: Fence, plot: Plot) -> Plot:
    """A plot with a formula of one variable, whose range must be given."""
    from tui_backprop.maths.parse import ParseError, parse

    fence.notes.keys(fence.data, ("formula", "variable", "from", "to", "at", "caption"), (), "a plot of a formula")
    for key, value in (("from", plot.low), ("to", plot.high)):
        if value is None and key not in fence.data:
            fence.note(f"{key} is missing: a plot of a formula says from where to where it goes")
    variable = fence.text("variable", "") if "variable" in fence.data else "x"
    formula = fence.text("formula", 'formula = "x^2"')
    try:
        parse(formula, {variable: variable})
    except ParseError as error:
        fence.note(f"the formula {quote(formula)} cannot be read: {error.message}", "formula")
    return replace(plot, formula=formula, variable=variable)


def _updates(fence: Fence) -> int:
    value = fence.data["training"]
    if type(value) is not int or not 1 <= value <= _MOST_UPDATES:
        fence.note(f"training must be a number of updates from 1 to {_MOST_UPDATES:,}, not {quote(value)}", "training")
        return 1
    return value


def _against(fence: Fence) -> tuple[str, ...]:
    """The ids that a plot is against: one, or two for a map."""
    value = fence.data.get("against")
    if value is None:
        fence.note('against is missing: add a line such as against = "w 1:j->k"')
        return ()
    wanted = value if isinstance(value, list) else [value]
    if not 1 <= len(wanted) <= 2:
        fence.note(f"a plot is against one quantity or two, not {len(wanted)}", "against")
    for name in wanted:
        if not isinstance(name, str) or not _QUANTITY.fullmatch(name):
            fence.note(f'{quote(name)} cannot be plotted against: name a weight as "w 1:j->k", a bias as "b 1:k" '
                       'or an activation as "a 1:k"', "against")
    if len(wanted) == 2 and wanted[0] == wanted[1]:
        fence.note(f"a map is against two quantities: {quote(wanted[0])} stands there twice", "against")
    return tuple(map(str, wanted))


def _exercise(fence: Fence) -> ExerciseLink:
    source = fence.source("mode", "say")
    return ExerciseLink(source, fence.line, fence.option("mode", LINK_MODES, "mode", "guided"), fence.caption("say"))


def _check(fence: Fence) -> Check:
    kind: CheckKind = fence.option("kind", CHECK_KINDS, "kind", "number")
    if "kind" not in fence.data:
        fence.note('kind is missing: add a line such as kind = "number"')
    elif fence.data["kind"] == kind:
        fence.notes.keys(fence.data, _CHECK_KEYS + _OWN_KEYS[kind], (), f"a {kind} check")
    nothing: tuple[str, ...] = ()
    answer = fence.notes.get(
        lambda: _answer(fields.require(fence.data, "answer", (), 'answer = "4"'), kind, ("answer",)), nothing)
    check = Check(
        kind, fence.inline_of("prompt", "prompt = 'What is $2 + 2$?'"), answer, fence.line,
        variables=fence.texts("variables", '["x"]'),
        positive=fence.texts("positive", '["x"]'),
        choices=fence.texts("choices", '["uphill", "downhill"]'),
        labels=() if kind == "order" and not answer else fence.inlines(
            "answer" if kind == "order" else "choices", '["uphill", "downhill"]'),
        significant_digits=fence.notes.get(lambda: _digits(fence.data.get("significant_digits", 3)), 3),
        source=fence.name() if "exercise" in fence.data else "",
        hints=fence.inlines("hints", '["Look at the exponent."]'),
        wrong=_wrong(fence, kind),
        skill=fence.text("skill", "") if "skill" in fence.data else "",
        of=fence.text("of", "") if "of" in fence.data else "",
        by=fence.text("by", "") if "by" in fence.data else "",
        answer_line=fence.at(("answer",)),
    )
    if not fence.notes.errors:
        _check_sense(check, fence)
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
    entries: Sequence[object] = fence.notes.find(
        lambda: fields.array(fence.data.get("wrong", []), ("wrong",), "wrong", example)) or ()
    if len(entries) > MOST_ENTRIES:
        fence.note(f"wrong has {len(entries):,} entries: {MOST_ENTRIES} are the most", "wrong")
        return ()
    found = (fence.notes.find(partial(_wrong_answer, fence, kind, entry, ("wrong", place), example[1:-1]))
             for place, entry in enumerate(entries))
    return tuple(wrong for wrong in found if wrong is not None)


def _wrong_answer(fence: Fence, kind: CheckKind, entry: object, where: KeyPath, example: str) -> Wrong:
    table = fields.table(entry, where, "each wrong answer", example)
    fields.check_keys(table, ("answer", "say"), where, "a wrong answer")
    answer = _answer(fields.require(table, "answer", where, 'answer = "3x^3"'), kind, (*where, "answer"))
    say = fields.text(fields.require(table, "say", where, 'say = "…"'), (*where, "say"), "say")
    return Wrong(answer, fence.inline(say, (*where, "say")), fence.at((*where, "answer")))


def _check_sense(check: Check, fence: Fence) -> None:
    """Do the parts of a check fit together? (Whether its answer is right is the lint's business.)"""
    answers: list[tuple[tuple[str, ...], KeyPath]] = [
        (check.answer, ("answer",)), *((w.answer, ("wrong", n, "answer")) for n, w in enumerate(check.wrong))]
    if check.kind == "choice" and len(check.choices) < 2:
        fence.note('a choice needs two choices or more: write choices = ["uphill", "downhill"]', "choices")
    for answer, where in answers:
        if check.kind == "choice" and len(check.choices) > 1:
            fence.notes.find(partial(fields.one_of, answer[0], check.choices, where, "choice"))
        if check.kind == "order" and sorted(answer) != sorted(check.answer):
            fence.note("a wrong order has the same parts as the right one", *where)
    if check.kind == "edge" and not check.source:
        fence.note('an edge check needs a network: write exercise = "exercise-2"', "kind")
    if check.by:
        fence.notes.find(partial(fields.one_of, check.by, check.variables, ("by",), "variable"))
        if not check.of:
            fence.note('by goes with of, the expression that is differentiated, such as of = "x^3"', "by")
    for name in check.positive:
        fence.notes.find(partial(fields.one_of, name, check.variables, ("positive",), "variable"))


def _digits(value: object) -> int:
    if not isinstance(value, int) or not LEAST_DIGITS <= value <= MOST_DIGITS:
        raise FieldError(f"significant_digits must be a whole number from {LEAST_DIGITS} to {MOST_DIGITS}, "
                         f"not {quote(value)}", ("significant_digits",))
    return value


def _texts(value: object, where: KeyPath, what: str, example: str) -> tuple[str, ...]:
    entries: Sequence[object] = fields.array(value, where, what, example)
    if len(entries) > MOST_ENTRIES:
        raise FieldError(f"{what} has {len(entries):,} entries: {MOST_ENTRIES} are the most", where)
    found: list[str] = []
    for place, entry in enumerate(entries):
        text = fields.text(entry, (*where, place), f"each entry of {what}")
        if text in found:
            raise FieldError(f"{quote(text)} stands twice in {what}: take one out", (*where, place))
        found.append(text)
    return tuple(found)


FENCES: dict[str, Callable[[Fence], Block]] = {
    "check": _check, "network": _network, "plot": _plot, "exercise": _exercise,
}
"""The kinds of fence whose body is TOML."""
PICTURES = ("network", "plot")
