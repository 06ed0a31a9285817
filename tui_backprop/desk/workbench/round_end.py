"""The end of a round: every parameter before and after, whether the step helped, and what is newly mastered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from tui_backprop.desk.workbench.ending import Ending, NextThing
from tui_backprop.drawing.paragraphs import Paragraph
from tui_backprop.maths.numerals import many
from tui_backprop.tutor.debrief import Debrief, debrief_of, deserved
from tui_backprop.tutor.mistakes.known import in_words
from tui_backprop.tutor.narrowing import EVERYTHING, name_skills, to_skill
from tui_backprop.tutor.skills import Skill
from tui_backprop.tutor.walk import Walk
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear

_MOST_RESULTS: Final = 60
_FEW_RESULTS: Final = 4
"""At most so many results stand below one another."""
_MOST_ROUNDS: Final = 6
_MOST_SKILLS: Final = 2
_MOST_PLACES: Final = 8


class RoundEnd(Ending):
    """The end of a round; nothing is asked. ``costs``: before earlier updates; ``mastered``: the newly mastered skills.

    ``following``: name and title of the exercise that comes next; None where there is none. ``back_to``: where the
    learner came from on the way, and goes back to, in words. ``practise`` begins the steps of the skill with this key.
    """

    def __init__(
        self, walk: Walk, costs: Sequence[float] = (), mastered: Sequence[Skill] = (),
        following: tuple[str, str] | None = None, *, back_to: str = "",
        practise: Callable[[str], str] | None = None,
    ) -> None:
        self._walk, self._costs, self._mastered = walk, costs, deserved(walk, mastered)
        self._debrief = debrief_of(walk, self._mastered) if walk.asks else None
        self._following, self._back_to, self._practise = following, back_to, practise

    @property
    def title(self) -> str:
        return "How it went" if self._debrief is not None else "What changed"

    @property
    def explains(self) -> bool:
        """Is the last step explained? Not after a quiz: the room is needed for how it went."""
        return not self._walk.asks

    @property
    def next_thing(self) -> NextThing | None:
        if self._walk.had_worked and self._walk.results():
            return NextThing("another round, from the new weights. Now more of it is yours", "again")
        well = self._debrief is None or self._debrief.went_well
        if well and self._back_to:
            return NextThing(f"back to {self._back_to}", "leave")
        if well and self._following is not None:
            name, title = self._following
            return NextThing(f"go on to {title}", "open", name)
        if self._walk.results():
            return NextThing("another round, from the new weights", "again")
        return NextThing("the same steps once more", "restart")

    @property
    def keys(self) -> Mapping[str, Callable[[], str]]:
        weakest = self._debrief.weakest if self._debrief is not None else None
        return practice_keys(self._walk, weakest, self._practise)

    def paragraphs(self) -> Sequence[Paragraph]:
        """The verdict, what to do next, how it went, and the new numbers; the last may be long and are scrolled."""
        verdict, *numbers = self._results()
        return (verdict, *self._learnt(), *self._next(), *self._how_it_went(), *numbers)

    def _next(self) -> Sequence[Paragraph]:
        """What Enter does, and which skill to look out for."""
        if self.next_thing is None:
            return ()
        look_out = _look_out(self._debrief) if self._debrief is not None else ""
        how = PRACTISE_IT if self.keys else ""
        return (Paragraph(f"Enter: {self.next_thing.text}. {look_out}{how}".rstrip(), role="key"),)

    def _how_it_went(self) -> Sequence[Paragraph]:
        return debrief_paragraphs(self._debrief) if self._debrief is not None else ()

    def _learnt(self) -> Sequence[Paragraph]:
        if not self._mastered:
            return ()
        return (Paragraph(f"Mastered now: {name_skills(self._mastered, _MOST_SKILLS)}.", role="good"),)

    def _results(self) -> Sequence[Paragraph]:
        """The verdict, and after it the numbers before and after."""
        walk, results = self._walk, self._walk.results()
        if walk.narrowing.known:
            return (Paragraph("All steps that were asked are done.", role="good"),)
        if not results:
            return (Paragraph("All steps are done.", role="good"),)
        listed = [*results] if len(results) <= _MOST_RESULTS else [*results[:_MOST_RESULTS], results[-1]]
        name, last = walk.derivation.naming.name, listed[-1]  # the cost comes last
        rows = [(linear(name(change.id), Glyphs.FULL), change.old, change.new) for change in listed]
        wide = max(len(label) for label, _, _ in rows), max(len(old) for _, old, _ in rows)
        few = len(rows) <= _FEW_RESULTS
        if few:
            lines = [Paragraph(f"{label:{wide[0]}}   {old:>{wide[1]}} → {new}") for label, old, new in rows]
        else:  # side by side, each in one piece
            lines = [Paragraph("    ".join(_in_one_piece(*row) for row in rows[:-1]))]
        values, is_cost = walk.derivation.values, last.id == walk.derivation.graph.goal
        helped = values(last.updated_id) < values(last.id) if is_cost else None
        if self._costs and helped is not None:
            lines.append(Paragraph(f"Round by round: {self._series()}", role="note"))
        went_well = helped is not False
        verdict = _VERDICTS[helped] if few else f"{_in_one_piece(*rows[-1])}. {_VERDICTS[helped]}"
        return (Paragraph(verdict, "✓" if went_well else "", "good" if went_well else "note"), *lines)

    def _series(self) -> str:
        """The costs before the first update and after each; of many, the latest."""
        graph, values = self._walk.derivation.graph, self._walk.derivation.values
        costs = (*self._costs, *(values(goal) for goal in (graph.goal, graph.goal_after) if goal is not None))
        texts = [self._walk.precision.shown(cost) for cost in costs]
        return ("… → " if len(texts) > _MOST_ROUNDS else "") + " → ".join(texts[-_MOST_ROUNDS:])


PRACTISE_IT: Final = " k: practise this kind alone."


def practice_keys(
    walk: Walk, weakest: tuple[Skill, Sequence[int]] | None, practise: Callable[[str], str] | None,
) -> Mapping[str, Callable[[], str]]:
    """The key that asks for the weakest skill's steps alone; none where there is none, or nothing else was asked."""
    if weakest is None or practise is None:
        return {}
    skill, begin = weakest[0].key, practise
    narrowing = to_skill(walk.derivation, skill)
    return {"practise": lambda: begin(skill)} if narrowing not in (EVERYTHING, walk.narrowing) else {}


def _in_one_piece(label: str, old: str, new: str) -> str:
    return f"{label} {old} → {new}".replace(" ", "\u00a0")


def debrief_paragraphs(debrief: Debrief) -> Sequence[Paragraph]:
    """How it went: counts of steps, and the slips with the numbers of their steps, the most frequent first."""
    counts = [(debrief.at_once, "right at once"), (debrief.later, "after help or another try"),
              (debrief.filled, "with the missing number found"), (debrief.worked, "worked for you"),
              (debrief.revealed, "shown"), (debrief.jumped, "gone past")]
    said = ", ".join(f"{count:,} {words}" for count, words in counts if count)
    if not said:
        return ()
    total = sum(count for count, _ in counts)
    told = [Paragraph(f"{_steps(places)}: you {in_words(code, at_gates=debrief.at_gates)}.".replace(" − ", _MINUS))
            for code, places in debrief.slips.items()]
    if debrief.unnamed:
        told.append(Paragraph(f"{_steps(debrief.unnamed)}: a wrong number. Which slip leads to it, I do not know."))
    whole = " Your progress counts only the steps that you did whole." if debrief.filled or debrief.worked else ""
    return (Paragraph(f"Of {many(total, 'step')}: {said}.{whole}"), *told)


def _look_out(debrief: Debrief) -> str:
    """What is worth another look; empty where all went right at once."""
    if debrief.weakest is None:
        return ""
    skill, places = debrief.weakest
    return f"Worth another look, {_steps(places).lower()}: {skill.title}."


def debrief_told(walk: Walk) -> Sequence[str]:
    """How a finished walk went, where nothing but lines can be shown."""
    debrief = debrief_of(walk)
    return [*(paragraph.text for paragraph in debrief_paragraphs(debrief)), _look_out(debrief)] if walk.asks else []


_MINUS: Final = "\u00a0−\u00a0"


def _steps(places: Sequence[int]) -> str:
    listed = ", ".join(map(str, places[:_MOST_PLACES]))
    more = f" and {len(places) - _MOST_PLACES} more" if len(places) > _MOST_PLACES else ""
    return f"Step{'s' if len(places) > 1 else ''} {listed}{more}"


_VERDICTS: Final[Mapping[bool | None, str]] = {
    True: "The cost went down: the step helped.", None: "All steps are done.",
    False: "The cost did not go down: the step was too long, or there was nowhere lower to go.",
}
"""The sentence for whether the step helped; None where no cost is worked out after it."""
