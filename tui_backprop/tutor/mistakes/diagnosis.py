"""Which mistake a wrong number comes from: known slips are put in as changed formulas, worked out, and compared.

A slip is another formula at the step that is asked for, or at one it is made of; the number follows from the same graph
as the right value does. So it works on every network and circuit. A right value is never accused, and of several
mistakes that give one number all are named, the likeliest first. The codes are those of answer sheets.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import Final

from tui_backprop.dataclass import dataclass, replace
from tui_backprop.derivation.derivation import Derivation
from tui_backprop.patterns import late_pattern
from tui_backprop.tutor.mistakes import known as known_mistakes
from tui_backprop.tutor.mistakes.chance import expected_hits, last_unit
from tui_backprop.tutor.mistakes.misread import is_misreading
from tui_backprop.tutor.mistakes.search import Candidate, Tried, search
from tui_backprop.tutor.mistakes.workings import Base, Numbers, Workings
from tui_backprop.tutor.rules import SIGN_TURNED, Rule, within

__all__ = ["Diagnosis", "diagnose", "list_told", "put_names", "sentence", "workings_of"]

_NOT_ALL_DIGITS: Final = 0.6
_INEXACT: Final = 2.0
"""Added to the rank of a mistake whose number agrees only within the tolerance: at its edge; less when nearer."""
_ROUNDED_SHARE: Final = 0.005
"""The share of a mistaken number by which an entry may be off that was rounded on the way to it."""
_HALF: Final = 0.501
_FLOATS: Final = 1e-9
"""Half a unit of the last digit entered, with some slack; and the share that floating point may lose of a number."""
_NOTHING: Final = 1e-12
"""A smaller number is 0 on paper: terms that cancel leave as much by floating point."""
_AS_LIKELY: Final = 1.0
"""A mistake whose rank is this much behind another's is not told."""
_ON_THE_WAY_BACK: Final = frozenset({"factor", "path", "gradient"})
"""Kinds of step that people write out again in a longer product; values of the forward pass they take as they stand."""
_DENIED: Final = 1.5
_DENIED_CARELESS: Final = 2.5
"""Added to the rank where the mistake would have led to another number at an earlier step than stands there."""
_NEARLY: Final = 1.5
"""A number that follows from a mistake and one rounding may be off by so many units of the last digit asked for."""
_CHANCE: Final = 1.0
_NOT_WHOLE: Final = 1.0
_NOT_NEAR: Final = 3.0
_MOST_BY_CHANCE: Final = 2.2
"""A mistake is told where its rank, raised for chance, is no more than this.

The rank is raised by ``_CHANCE`` for each power of e in the number of mistakes that would be hit by chance, by
``_NOT_WHOLE`` where the number is the mistaken one within rounding only, and by ``_NOT_NEAR`` where it is further off.
How these were measured: docs/judgement.md.
"""
_PLAIN: Final = 0.9
"""Of a number with fewer digits than asked for, a mistake at the step of a lower rank counts in those few, …"""
_FAR_FETCHED: Final = 1.4
"""… and then none of a higher rank than this does."""
_MIXED_UP: Final = 2.6
"""What is mixed up again and again, such as two units of one name, has no higher rank than this."""
_CHANCE_ALONE: Final = 4.5
"""A mistake whose rank, raised for chance, is more than this is not even counted."""
_SHUT: Final = frozenset({known_mistakes.RELU_GATE_IGNORED.code})
"""Mistakes that make a step 0 by putting a 0 before it."""
_OFTEN_MISREAD: Final = frozenset({known_mistakes.BIAS_MISSING.code, known_mistakes.ONE_INPUT_MISSING.code})
"""Mistakes that are not named where a misread given gives the same number: no lead is better than a false one."""
_GIVES_ANOTHER: Final = frozenset({known_mistakes.PRE_ACTIVATION_FOR_ACTIVATION.code})
"""Mistakes whose sentence says which quantity the number is: it is another one where they were made before as well."""
_UNDECIDED: Final = 0.7
"""Of two mistakes before the step that come to one number, only what both have in common is said where their ranks are
no further apart; and of mistakes at the step whose rank is not below …
"""
_LIKELY_HERE: Final = 2.5
_LEFT_OUT: Final = frozenset(mistake.code for mistake in (
    known_mistakes.FACTOR_MISSING, known_mistakes.INPUT_FACTOR_MISSING, known_mistakes.WEIGHT_FACTOR_MISSING,
    known_mistakes.ACTIVATION_DERIVATIVE_MISSING))
"""Of these two are one thing said twice."""
_LEAVES_ONE: Final = frozenset({known_mistakes.WRONG_LAYER.code, known_mistakes.ONE_INPUT_MISSING.code})
_SENTENCE: Final = late_pattern(r".*?[.?](?= |$)")
_LOOKED_AT: Final = 6
"""Of the places where a mistake was made, so many are looked at for one where it shows."""
_LIKELY: Final = 2.0
"""A mistake of a lower rank than this ends the search, once the search has taken some time."""
_CHEAP: Final = 30_000
_MOST_WORK: Final = 60_000
"""So many names are looked up in formulas before a likely answer ends the search, and before it is given up, …"""
_LARGE: Final = 1_000
_WORK_IF_LARGE: Final = 14_000
"""… and so many in a derivation too large to search whole: nobody waits for an answer."""
_IF_DOUBTED: Final = 3
"""Times as much work before a number near the right one is taken for right."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A mistake that leads to the number entered: its code, that number exactly, and what to say of it.

    ``rank``: how likely it is, the smaller the likelier. ``here``: made at the step itself, not before it. ``told``:
    likely enough to be said to a learner.
    """

    code: str
    value: float
    say: str
    rank: float = 0.0
    here: bool = True
    told: bool = True


def diagnose(
    derivation: Derivation, quantity: str, value: float, rule: Rule | None = None,
    entries: Mapping[str, float] | None = None, known: Mapping[str, float] | None = None, *, doubted: bool = False,
    unit: float | None = None,
) -> tuple[Diagnosis, ...]:
    """The known mistakes that lead to ``value``, likeliest first; none where it is right, or no mistake is found.

    ``rule``: how near an entry must come, to the right value and to a mistaken one alike. ``entries``: the learner's
    own numbers for earlier steps; a value that is right for them is right, and mistakes are looked for from them too.
    ``known``: the numbers of earlier steps that the learner can see; a mistake made before one of them is less likely
    than one made here, and is not said to have been made. ``doubted``: the value is near the right one, and is looked
    up all the same; then only mistakes are named that it equals in all its digits. ``unit``: what one unit of the last
    digit typed is worth; zeros at the end of ``value`` do not count where it is not said.
    """
    rule = rule or Rule()
    truth: Base = derivation.values
    own: Base = derivation.values_near(entries) if entries else truth
    right = rule.near(value, truth(quantity)) or rule.near(value, own(quantity))
    if not math.isfinite(value) or (right and not doubted):
        return ()
    workings, base = workings_of(derivation), truth
    compared = _Compared(workings, quantity, value, rule, base, unit)
    matches = compared.matches(doubted)
    if not matches and entries:
        base = own
        compared = _Compared(workings, quantity, value, rule, base, unit)
        matches = compared.matches(doubted)
    telling = _Teller(workings, quantity, rule, base, known or {})
    judged = (compared.without_chance(telling.explain(match)) for match in matches)
    found = [match for match, by_chance in judged if doubted or by_chance <= _CHANCE_ALONE]
    best: dict[str, Candidate] = {}
    for match in sorted(found, key=lambda match: match.rank):
        best.setdefault(match.code, match)
    first = next(iter(best.values()), None)
    if first is not None and (rivals := _rivals(first, found)):
        said = _in_common(first.say, *(rival.say for rival in rivals))
        best = {code: replace(match, told=False) for code, match in best.items()}
        best[first.code] = replace(first, told=first.told and bool(said), say=said or first.say)
    misread = first is not None and first.code in _OFTEN_MISREAD and is_misreading(workings, quantity, value, base)
    if misread and not doubted:
        return ()
    return tuple(Diagnosis(match.code, match.value, put_names(derivation, match.say), match.rank,
                           here=not match.formulas, told=match.told and bool(match.say) and not misread)
                 for match in best.values())


def _rivals(first: Candidate, found: Sequence[Candidate]) -> Sequence[Candidate]:
    """Other mistakes, about as likely, whose number is another one, though not in the digits entered.

    None where the likeliest is a likely one at the step itself: that is what somebody does who looks at this step.
    """
    if not first.formulas and first.rank < _LIKELY_HERE:
        return ()
    return [other for other in found if other.rank - first.rank < _UNDECIDED
            and not math.isclose(other.value, first.value, rel_tol=_FLOATS)]


def _in_common(first: str, *others: str) -> str:
    """The sentences that all of these have."""
    sentences = [found[0].strip() for found in _SENTENCE.finditer(first)]
    return " ".join(each for each in sentences if all(each in other for other in others))


@dataclass(frozen=True, slots=True)
class _Teller:
    """Says where a mistake was made, and what it made of the number there, which a "That" in its sentence means."""

    workings: Workings
    quantity: str
    rule: Rule
    base: Base
    known: Mapping[str, float]

    def explain(self, match: Candidate) -> Candidate:
        """The match with all that is to be said of it; its rank is raised where a known number contradicts it."""
        match = self._keep_back(match)
        if any(self._format(self._work_out(match, site)) != self._format(self.known[site])
               for site, _ in zip(match.likewise, range(_LOOKED_AT), strict=False) if site in self.known):
            believed = self._is_believed(match) and match.code not in _GIVES_ANOTHER
            return replace(match, rank=match.rank + _DENIED, told=match.told and believed)
        for site, _ in zip(match.formulas, range(_LOOKED_AT), strict=False):
            wrong, right = self._format(self._work_out(match, site)), self._format(self.base(site))
            stands = self._format(self.known[site]) if site in self.known else None
            match = replace(match, say=match.say.replace(SIGN_TURNED, "There the sign is turned round."))
            if stands not in (None, wrong):
                say = f"You have {{{site}}} = {stands}, but this number comes from {wrong}. {match.say}"
                careless = known_mistakes.MISTAKES[match.code].careless
                rank = match.rank + (_DENIED_CARELESS if careless else _DENIED)
                told = self._is_believed(match) or (careless and self._is_at_hand(site))
                return replace(match, say=say, rank=rank, told=told)
            if wrong != right:
                likewise = ", and likewise elsewhere" if len(match.formulas) > 1 else ""
                is_step = self.workings.derivation.order.find(site) is not None
                stood = f"{{{site}}} is {right}, but it looks as if {wrong}" if is_step else \
                    f"It looks as if {{{site}}} = {wrong}"
                say = f"{stood} was used{likewise}. {match.say}"
                return replace(match, say=say)
        return match

    @staticmethod
    def _is_believed(match: Candidate) -> bool:
        """Is this a mistake that somebody makes who has the place right where it would be made?"""
        by_chance = match.code == known_mistakes.WRONG_LAYER.code and match.rank > _MIXED_UP
        return not known_mistakes.MISTAKES[match.code].careless and not by_chance

    def _keep_back(self, match: Candidate) -> Candidate:
        """Where it is a later step's number: the match without its name, which would give that answer away."""
        order = self.workings.derivation.order
        place, own = order.find(match.other) if match.other else None, order.find(self.quantity)
        if place is None or own is None or place <= own or f"{{{match.other}}}" not in match.say:
            return match
        if not self.known or match.other in self.known:
            return match
        say = f"That belongs to another step, still to come. Here {{{self.quantity}}} is asked for."
        return replace(match, say=say)

    def _is_at_hand(self, site: str) -> bool:
        """Does the step use this quantity, in its formula or on the way back that its derivative goes?"""
        kinds = {self.workings.derivation.graph.kind(name) for name in (site, self.quantity)}
        return kinds <= _ON_THE_WAY_BACK or site in self.workings.find_parts(self.quantity)

    def _work_out(self, match: Candidate, site: str) -> float:
        order = self.workings.order(site, self.workings.levels(site))
        formulas = match.formulas or match.likewise
        made_of = self.workings.downstream(order, formulas.keys() & set(order))
        return self.workings.again(made_of, formulas, Numbers(self.base))

    def _format(self, value: float) -> str:
        return self.rule.shown(value)


def list_told(diagnoses: Sequence[Diagnosis]) -> Sequence[Diagnosis]:
    """Which mistakes to tell of a wrong number: the likeliest, and another at this step that is about as likely.

    None where there is none, or where the likeliest is too far-fetched to be told.
    """
    if not diagnoses or not diagnoses[0].told:
        return ()
    first, *others = diagnoses
    alike = (other for other in others
             if other.told and other.here and not _is_said_twice(first, other)
             and _first_sentence(other.say) not in first.say
             and other.rank - first.rank < _AS_LIKELY)
    return (first, *islice(alike, 1))


def _is_said_twice(first: Diagnosis, other: Diagnosis) -> bool:
    """Are the two of one thing? A factor that is left out leaves the other, which is a number on the screen too."""
    codes = {first.code, other.code}
    return codes <= _LEFT_OUT or (codes <= _LEFT_OUT | _LEAVES_ONE and math.isclose(first.value, other.value))


def sentence(diagnoses: Sequence[Diagnosis]) -> str:
    """What to say of a wrong number, of the mistakes that :func:`list_told` gives; empty where there is none."""
    first, *others = [each.say for each in list_told(diagnoses)] or [""]
    if not others:
        return first
    other = _first_sentence(others[0])
    return f"{first} Or else: {other[0].lower()}{other[1:]}"


def _first_sentence(say: str) -> str:
    found = _SENTENCE.match(say)
    return found[0] if found else say


class _Compared:
    """The known mistakes' numbers compared with the one that was entered."""

    def __init__(
        self, workings: Workings, quantity: str, value: float, rule: Rule, base: Base, unit: float | None,
    ) -> None:
        self.workings, self.quantity, self.value, self.rule, self.base = workings, quantity, value, rule, base
        self._attempts: list[Tried] = []
        self._unit = last_unit(value) if unit is None else unit
        self._exact = _finest(value, rule, self._unit)
        self._few = self._unit > _NEARLY * rule.unit(value) > 0
        self._coarse = self._few and abs(value) >= 10 * self._unit
        """Has it fewer digits than are asked for, and yet two?"""
        self._right_room = 0.0 if rule.change is None else rule.tolerance(base(quantity))
        share, distance = rule.widest
        self._share = max(share, _ROUNDED_SHARE) + _FLOATS
        widest = _HALF * self._unit if self._coarse else self._exact
        self._distance = max(distance, self._right_room, widest) + _NOTHING

    def matches(self, doubted: bool) -> list[Candidate]:
        """The mistakes whose number this is, as far as they are worth the time that it takes to find them.

        Where it is a mistaken number in all its digits, the others are not what was done; and of a number that is
        ``doubted`` no others count.
        """
        found: list[Candidate] = []
        likely, start = False, self.workings.work
        most = _MOST_WORK if len(self.workings.derivation.order) < _LARGE else _WORK_IF_LARGE
        most *= _IF_DOUBTED if doubted else 1
        for attempt in search(self.workings, self.quantity, Numbers(self.base)):
            work = self.workings.work - start
            if work > most or (likely and work > _CHEAP):
                break
            self._attempts.append(attempt)
            if abs(self.value - attempt.value) > self._share * abs(attempt.value) + self._distance:
                continue  # nearly every number is that far off, and need not be looked at closely
            if match := self._match(attempt):
                found.append(match)
                likely = likely or match.rank < _LIKELY
        whole = [match for match in found if match.whole]
        if not doubted and (few := [match for match in found if match.few]):
            return [*few, *(match for match in whole if match.rank <= _FAR_FETCHED)]
        return whole if doubted else whole or found

    def _match(self, attempt: Tried) -> Candidate | None:
        """The mistake, where the value is its number; with ``whole`` it is so in all its digits."""
        wrong = self._differs(attempt)
        if wrong is None:
            return None
        if within(self.value, wrong, self._exact):
            return attempt.candidate
        if self._coarse and within(self.value, wrong, _HALF * self._unit) and self._is_likely_here(attempt.candidate):
            return replace(attempt.candidate, rank=attempt.candidate.rank + _NOT_ALL_DIGITS, whole=False, few=True)
        if not within(self.value, wrong, room := self._room(wrong)):
            return None
        candidate, alike = attempt.candidate, self.rule.alike(self.value, wrong)
        if _has_all_digits(candidate) and not alike:
            return None
        off = 0.0 if alike else abs(self.value - wrong) / room
        return replace(candidate, rank=candidate.rank + _NOT_ALL_DIGITS + _INEXACT * off, whole=False)

    def _is_likely_here(self, candidate: Candidate) -> bool:
        """Is it what somebody does who looks at this step? Any number may be turned round, or near an update's."""
        plain = candidate.rank < _PLAIN and candidate.code != known_mistakes.SIGN.code
        apart = self.rule.change is None or candidate.code == known_mistakes.STEP_ONLY.code
        return plain and apart and not candidate.formulas and not candidate.copied

    def _differs(self, attempt: Tried) -> float | None:
        """The mistaken number; None of a mistake that makes no difference here, and explains nothing."""
        wrong = attempt.value if abs(attempt.value) > _NOTHING else 0.0
        right = self.base(self.quantity)
        return None if not math.isfinite(wrong) or within(wrong, right, _FLOATS * abs(right)) else wrong

    @cached_property
    def _tried(self) -> Sequence[tuple[float, Tried]]:
        """The mistaken numbers that were compared, and where they come from."""
        return [(wrong, attempt) for attempt in self._attempts if (wrong := self._differs(attempt)) is not None]

    def _room(self, wrong: float) -> float:
        """By how much the number may be off a mistaken one that was rounded on the way to it."""
        if self.rule.change is None:
            return max(self.rule.tolerance(wrong), _ROUNDED_SHARE * abs(wrong))
        # An updated parameter is asked for in decimals, so a mistaken number that is smaller has fewer digits.
        return max(self.rule.tolerance(wrong), self._right_room)

    def without_chance(self, match: Candidate) -> tuple[Candidate, float]:
        """The match, not to be told where chance explains its number as well; and its rank, raised for chance."""
        start = 0.0 if self.rule.change is None else self.base(self.quantity) - self.rule.change
        nearly = _NEARLY * self.rule.unit(self.value)
        is_near = match.whole or match.few or within(self.value, match.value, nearly)
        room = self._exact if match.whole else nearly if is_near else self._room(match.value)
        if not match.copied and self.rule.change is None:
            room = max(room, self._unit / 2)  # few digits are easily hit
        hits = expected_hits(self._tried, match.rank, self.value, start, 2 * room)
        by_chance = (match.rank + _CHANCE * math.log(hits) + _NOT_WHOLE * (not match.whole and not match.few)
                     + _NOT_NEAR * (not is_near))
        # Of a 0, a factor of 0 is thought of sooner than terms that cancel.
        cancels = not self.value and match.formulas and match.code not in _SHUT
        far_off = self.rule.change is not None and self._few and bool(match.formulas)
        told = match.told and by_chance <= _MOST_BY_CHANCE and not cancels and not far_off
        return replace(match, told=told), by_chance


def _has_all_digits(candidate: Candidate) -> bool:
    """Does a number come of this only in all its digits? What was copied, or rounded on purpose, does."""
    return candidate.copied or candidate.code == known_mistakes.ROUNDED_EARLY.code


def _finest(value: float, rule: Rule, unit: float) -> float:
    """By how much an entry may differ from a number that it is in all its digits; ``unit``: of the last one typed."""
    return _HALF * min(unit, rule.unit(value)) + _FLOATS * abs(value)


def put_names(derivation: Derivation, say: str) -> str:
    """The text with each id in braces replaced by the quantity's name."""
    return re.sub(r"\{(.+?)\}", lambda found: derivation.name_of(found[1]), say)


@lru_cache(maxsize=8)
def workings_of(derivation: Derivation) -> Workings:
    """The formulas and slips of a derivation, kept from one wrong answer to the next."""
    return Workings(derivation)
