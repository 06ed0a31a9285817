"""The two error rates of the rule by which a number is right: wrong ones let through, honest work refused.

``python -m tests.soak_rules --networks 1000`` (``--seed`` for others) prints a table of four rules, each stricter or
wiser than the one before. A wrong number is one of each mistake that the soak of mistakes knows, at each network, with
3 digits; it counts where it differs from the right one in the digits asked. Honest work is every step worked out from
the steps before as they were written down, with 3 digits; it counts at every step, whatever it has come to.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Mapping

from tests.soak_backward import rounding
from tests.soak_mistakes import cases, network_at, typed
from tests.soak_networks import Sheet
from tui_backprop.derivation import Derivation
from tui_backprop.tutor.display import rule_for
from tui_backprop.tutor.judging import judge_value
from tui_backprop.tutor.numbers import judge, read_number
from tui_backprop.tutor.rules import Rule

_SHARE, _OF_CHANGE = 0.005, 0.05

Accepts = Callable[[Derivation, str, float, Mapping[str, float]], bool]
"""Is the number right for the quantity? The learner's own earlier numbers come last."""


def half_a_percent(derivation: Derivation, quantity: str, entry: float, _own: Mapping[str, float]) -> bool:
    """The first rule: 0.5 % of the value, of an update at most a twentieth of its change."""
    right, change = derivation.values(quantity), rule_for(derivation, quantity).change
    off = abs(entry - right)
    return off <= _SHARE * abs(right) and (not change or off <= _OF_CHANGE * abs(change))


def rounds_alike(derivation: Derivation, quantity: str, entry: float, _own: Mapping[str, float]) -> bool:
    return rule_for(derivation, quantity).alike(entry, derivation.values(quantity))


def one_unit(derivation: Derivation, quantity: str, entry: float, _own: Mapping[str, float]) -> bool:
    """Rounds alike, or is off by at most a unit of the third digit and half a percent."""
    return rule_for(derivation, quantity).near(entry, derivation.values(quantity))


def ours(derivation: Derivation, quantity: str, entry: float, own: Mapping[str, float]) -> bool:
    """The same, but for a known mistake's number; and for the learner's own numbers as well as for the true ones."""
    rule, right = rule_for(derivation, quantity), derivation.values(quantity)
    references = [right, derivation.values_near(own)(quantity)] if own else [right]
    reading = read_number(_text(entry, rule, right))
    if judge(reading, references, rule).verdict != "correct":
        return False  # no mistake makes it right: which one it is need not be looked for, and takes long
    judged, _ = judge_value(derivation, quantity, reading, references, rule, own, {})
    return judged.verdict == "correct"


RULES: Mapping[str, Accepts] = {
    "rounds to the same 3 digits": rounds_alike, "half a percent": half_a_percent,
    "one unit of the 3rd digit and half a percent": one_unit, "the rule of the tutor": ours}


def _text(entry: float, rule: Rule, right: float) -> str:
    return f"{entry:.{max(0, rule.places(right))}f}" if rule.is_finer(right) else f"{entry:.2e}"


def measure(networks: int, seed: int) -> tuple[Counter[str], Counter[str], int, int]:
    """By rule the wrong numbers let through and the honest ones refused, and how many there were of each."""
    through: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    wrong_ones = honest_ones = 0
    for place in range(networks):
        exercise = network_at(place, seed)
        derivation = exercise.derivation
        for quantity, _code, value in cases(exercise.rng, exercise.wrong):
            rule, right = rule_for(derivation, quantity), derivation.values(quantity)
            entry = typed(value, rule.change)
            if not rule.alike(entry, right) and not rule.alike(value, right):
                wrong_ones += 1
                through.update(name for name, accepts in RULES.items() if accepts(derivation, quantity, entry, {}))
        sheet = Sheet(exercise.network, derivation.detail, frozenset(derivation.order), rounding(3)).values
        written = {quantity: typed(sheet[quantity], rule_for(derivation, quantity).change)
                   for quantity in derivation.order if quantity in sheet}
        for quantity, entry in written.items():
            honest_ones += 1
            own = {used: written[used] for used in derivation.inputs_of(quantity) if used in written}
            refused.update(name for name, accepts in RULES.items() if not accepts(derivation, quantity, entry, own))
    return through, refused, wrong_ones, honest_ones


def main() -> None:
    reader = argparse.ArgumentParser(description="The two error rates of the rule by which a number is right.")
    reader.add_argument("--networks", type=int, default=1000)
    reader.add_argument("--seed", type=int, default=1)
    chosen = reader.parse_args()
    through, refused, wrong_ones, honest_ones = measure(chosen.networks, chosen.seed)
    print(f"{wrong_ones} wrong numbers, {honest_ones} honest ones")
    print("| a number is right if | wrong let through | honest refused |\n| --- | --- | --- |")
    for name in RULES:
        print(f"| {name} | {through[name] / wrong_ones:.2%} | {refused[name] / honest_ones:.2%} |")


if __name__ == "__main__":
    main()
