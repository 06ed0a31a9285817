"""What can be typed at the workbench now: an answer, an exam's answer, or a reply to a question."""

from __future__ import annotations

from tui_backprop.dataclass import dataclass
from tui_backprop.tutor.half_open import is_on_the_way
from tui_backprop.tutor.posed import Posed
from tui_backprop.tutor.walk import Walk


@dataclass(frozen=True, slots=True)
class Typing:
    """What is to be typed, and what the prompt says and holds.

    ``about``: what it is about; when that changes, the prompt begins empty. ``hints``, ``reveals``: do ``?`` and ``!``
    ask for help there? In a reply they are characters like others. ``what``: what is to be typed, in a word or two.
    """

    placeholder: str
    about: tuple[object, ...]
    suggestion: str = ""
    hints: bool = True
    reveals: bool = True
    what: str = "a number"

    @property
    def empty(self) -> str:
        """What is said to who gives nothing."""
        instead = ", or ? for a hint" if self.hints else ", or ! to leave the step out" if self.reveals else " first"
        return f"Type {self.what}{instead}."

    def asks_as(self, before: Typing) -> bool:
        """Is the same asked as before, on another walk, so that what is typed for it stays?"""
        return self.about[0] is not before.about[0] and self.about[1:] == before.about[1:]


def typing_at(walk: Walk, step: str) -> Typing:
    """What is to be typed at a step that is asked for."""
    about = (walk, step, walk.asked)
    if walk.posed is not None:
        return Typing(walk.posed.how, about, what="an answer")
    digits, layered = walk.explainer.digits_asked(step), walk.explainer.spell_with_layer(step)
    number = f"a number ({digits})"
    if walk.moves_freely:
        return Typing(f"{number}; ! leaves the step out", about, walk.entry(step).given or "", hints=False)
    if walk.asked == "formula":
        return Typing(f"a formula, such as 2*{layered}" if layered else "a formula", about, what="a formula")
    if walk.gap is not None:
        nameless = walk.gap.is_whole or is_on_the_way(walk.derivation, walk.gap.missing)
        return Typing("the missing number" + ("" if nameless else ", or its name"), about)
    expression = f"{digits}, or a term such as 2*{layered}" if layered else f"{number}, or a sum"
    return Typing(expression, about)


def typing_beside(walk: Walk, step: str | None, posed: Posed) -> Typing:
    """What is to be typed for a question beside a finished step."""
    return Typing(posed.how, (walk, step, posed.asked), what="an answer")
