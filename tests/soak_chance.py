"""How often a number without a cause is told a known mistake: numbers at random, digits mistyped, slips of arithmetic.

``python -m tests.soak_chance --networks 100 --circuits 40`` prints, for each kind of number and for all, how many were
entered, what share was told a mistake, and for what share a mistake was counted without being told. A number with the
wrong sign and another digit may be told its sign. Of an updated parameter it is the change that is mistyped.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from tests.soak_circuits import random_board
from tests.soak_networks import random_network
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.formulas import DETAILS
from tui_backprop.tutor.display import rule_for
from tui_backprop.tutor.mistakes.diagnosis import diagnose, sentence

_STEPS = 6
_OF_THE_SIGN = frozenset({"sign", "ascent"})


@dataclass
class Chance:
    """How many numbers of each kind were entered, told a mistake, and counted as one without a word."""

    entered: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    counted: Counter[str] = field(default_factory=Counter)
    leads: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of all that was told a mistake."""
        return self.told.total() / max(1, self.entered.total())


def causeless(rng: np.random.Generator, right: float) -> Iterator[tuple[str, float]]:
    """Numbers near a right one that is not 0, of three digits, with what they are."""
    mantissa, power = f"{abs(right):.2e}".split("e")
    digits, size = mantissa.replace(".", ""), float(np.copysign(10.0 ** (int(power) - 2), right))
    yield "any three digits", int(rng.integers(100, 1000)) * size
    yield "of another size", int(rng.integers(100, 1000)) * size * 10.0 ** int(rng.integers(-1, 2))
    place = int(rng.integers(3))
    other = digits[:place] + str((int(digits[place]) + int(rng.integers(1, 10))) % 10) + digits[place + 1:]
    yield "a digit mistyped", int(other) * size
    yield "a digit mistyped, and the sign", -int(other) * size
    place = int(rng.integers(2))
    if "0" != digits[place + 1] != digits[place]:  # else it is the right one, or has its point in another place
        turned = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2:]
        yield "digits changed about", int(turned) * size
    yield "a slip of arithmetic", right * (1 + float(rng.choice([-1, 1]) * rng.uniform(0.02, 0.3)))


def enter(found: Chance, derivation: Derivation, quantity: str, rng: np.random.Generator) -> None:
    """Enter a number of each kind at one step."""
    rule, right = rule_for(derivation, quantity), derivation.values(quantity)
    base = right if rule.change is None else rule.change
    known = {step: derivation.values(step) for step in derivation.order[:derivation.order.index(quantity)]}
    for kind, number in causeless(rng, base) if base else ():
        value = float(f"{number:.2e}") if rule.change is None else round(right - base + number, rule.places(right))
        if rule.near(value, right):
            continue
        diagnoses = diagnose(derivation, quantity, value, rule, known=known)
        said = sentence(diagnoses)
        if diagnoses and kind.endswith("sign") and diagnoses[0].code in _OF_THE_SIGN:
            said, diagnoses = "", ()
        found.entered[kind] += 1
        found.told[kind] += bool(said)
        found.counted[kind] += bool(diagnoses) and not said
        if said:
            found.leads.append(f"{quantity} = {value:g} for {right:.4g}: {said}")


def soak(networks: int, circuits: int, seed: int) -> Chance:
    """Enter numbers at some steps of so many random networks and circuits."""
    rng, found = np.random.default_rng(seed), Chance()
    for place in range(networks + circuits):
        derivation = (Derivation(random_network(rng), DETAILS[int(rng.integers(3))]) if place < networks
                      else Derivation(random_board(rng).circuit()))
        for step in rng.integers(len(derivation.order), size=_STEPS):
            enter(found, derivation, derivation.order[int(step)], rng)
    return found


def main() -> None:
    reader = argparse.ArgumentParser(description="How often a number without a cause is told a mistake.")
    reader.add_argument("--networks", type=int, default=100)
    reader.add_argument("--circuits", type=int, default=40)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--leads", type=int, default=0, help="print so many that were told a mistake")
    chosen = reader.parse_args()
    found = soak(chosen.networks, chosen.circuits, chosen.seed)
    for kind, count in found.entered.items():
        print(f"{kind:32}{count:7}  told {found.told[kind] / count:7.2%}  counted {found.counted[kind] / count:7.2%}")
    total = found.entered.total()
    print(f"{'all':32}{total:7}  told {found.share:7.2%}  counted {found.counted.total() / max(1, total):7.2%}")
    print(*found.leads[:chosen.leads], sep="\n")


if __name__ == "__main__":
    main()
