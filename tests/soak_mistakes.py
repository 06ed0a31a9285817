"""How many mistakes are named: random networks and circuits, and wrong values worked out sharing no formula.

``python -m tests.soak_mistakes --networks 1000 --circuits 300`` (half an hour; ``--seed`` for others) prints, for
each mistake and for all: how many wrong values were entered, what share was named rightly among others, what share
first, and of what share the learner is told a mistake in words; with ``--steps`` for each kind of step too. A wrong
value is entered with 3 significant digits (an updated parameter with as many decimals as its rule asks for). It is
left out where it is the right one in the digits asked, rounded up or down at a tie. Codes that give one number in the
digits that are entered count as one. Also entered are right values, rounded, and values worked out from inputs rounded
to 3 digits. Last come, each in full, the right ones that were accused or refused and the wrong ones that were accepted.

Each network and circuit depends on the seed and its own place alone: ``--first 300 --networks 1 --circuits 0`` is
network 300 again. ``--near`` enters only the wrong values within the tolerance, which takes a tenth of the time.

Networks have 1 to 3 layers after the input, up to 4 units each, any activations, any cost, and 1 to 3 samples; circuits
2 to 4 inputs and up to 11 gates. The wrong values are in soak_forward, soak_backward, soak_factors, soak_kinds,
soak_cousins and soak_circuit_slips; what the numbers are, in soak_networks and soak_circuits.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from tests.soak_backward import backward
from tests.soak_circuit_slips import circuit_values
from tests.soak_circuits import random_board
from tests.soak_cousins import cousins
from tests.soak_factors import updates
from tests.soak_forward import forward
from tests.soak_found import Found, Wrong, role_of
from tests.soak_kinds import kinds
from tests.soak_networks import random_network
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.formulas import DETAILS
from tui_backprop.maths.plain import plain
from tui_backprop.network.model import Circuit, Network
from tui_backprop.tutor.display import rule_for
from tui_backprop.tutor.judging import judge_value
from tui_backprop.tutor.mistakes.diagnosis import diagnose, sentence
from tui_backprop.tutor.numbers import read_number
from tui_backprop.tutor.rules import Rule

_RIGHT_ONES = 10


@dataclass
class Tally:
    """What came of it: by code, how many were entered, named, and named first; and what was missed."""

    entered: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    first: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    """Of how many the learner hears a mistake in words, who has all earlier steps right on the screen."""
    right: int = 0
    steps: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """The same by code and kind of step; the third is ``entered``, ``named`` or ``first``."""
    near: int = 0
    """Wrong values within the tolerance: they are wrong all the same, where they differ in the digits asked."""
    accused: list[str] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def share(self, counted: Counter[str]) -> float:
        return counted.total() / max(1, self.entered.total())


def typed(value: float, change: float | None) -> float:
    """The value as it is typed: 3 significant digits, and of an updated parameter enough to show its change."""
    rounded = float(f"{value:.2e}")
    if change and value:
        places = 1 - math.floor(math.log10(abs(change)))
        return rounded if abs(rounded - value) < 10 ** -places / 2 else round(value, places)
    return rounded


def wrong_values(network: Network, derivation: Derivation) -> Wrong:
    """Every wrong value there is of the steps of this derivation."""
    found = Found(network, derivation.detail, frozenset(derivation.order))
    with np.errstate(all="ignore"):  # a logarithm of a z that is left for a: no number, and left out
        forward(found)
        backward(found)
        updates(found)
        kinds(found)
        cousins(found)
    return found.wrong


def cases(rng: np.random.Generator, wrong: Wrong) -> Iterator[tuple[str, str, float]]:
    """One case of each code: quantity, code, value. Each kind of step has its turn, however many steps are of it."""
    by_code: dict[str, dict[str, list[tuple[str, str, float]]]] = {}
    for quantity, found in wrong.items():
        for code, value in found:
            by_code.setdefault(code, {}).setdefault(role_of(quantity), []).append((quantity, code, value))
    for by_role in by_code.values():
        of_role = list(by_role.values())[int(rng.integers(len(by_role)))]
        yield of_role[int(rng.integers(len(of_role)))]


@dataclass(frozen=True)
class Exercise:
    """A random network or circuit with its wrong values, what it is called, and the chance that picks among them."""

    title: str
    derivation: Derivation
    wrong: Wrong
    rng: np.random.Generator

    @property
    def network(self) -> Network:
        task = self.derivation.task
        if isinstance(task, Circuit):
            raise TypeError(f"{self.title} is no network")
        return task


def network_at(place: int, seed: int) -> Exercise:
    """The random network of this place, which no other has a part in."""
    rng = np.random.default_rng((seed, 0, place))
    network = random_network(rng)
    derivation = Derivation(network, DETAILS[int(rng.integers(3))])
    return Exercise(f"network {place}", derivation, wrong_values(network, derivation), rng)


def circuit_at(place: int, seed: int) -> Exercise:
    """The random circuit of this place."""
    rng = np.random.default_rng((seed, 1, place))
    board = random_board(rng)
    derivation = Derivation(board.circuit())
    return Exercise(f"circuit {place}", derivation, circuit_values(board, frozenset(derivation.order)), rng)


def exercises(networks: Iterable[int], circuits: Iterable[int], seed: int) -> Iterator[Exercise]:
    """The random networks and circuits of these places."""
    yield from (network_at(place, seed) for place in networks)
    yield from (circuit_at(place, seed) for place in circuits)


def soak(networks: Iterable[int], circuits: Iterable[int], seed: int, *, near: bool = False) -> Tally:
    """Enter wrong and right values of these random networks and circuits; ``near``: only those hardly wrong."""
    tally = Tally()
    for exercise in exercises(networks, circuits, seed):
        for case in cases(exercise.rng, exercise.wrong):
            _enter(tally, exercise, case, near=near)
        derivation = exercise.derivation
        for place in exercise.rng.integers(len(derivation.order), size=0 if near else _RIGHT_ONES):
            _enter_right(tally, exercise, derivation.order[int(place)])
    return tally


def _enter_right(tally: Tally, exercise: Exercise, quantity: str) -> None:
    """The value itself, and what it comes to from inputs rounded to three digits: both are right."""
    derivation = exercise.derivation
    right, rule = derivation.values(quantity), rule_for(derivation, quantity)
    rounded = {used: float(f"{derivation.values(used):.2e}") for used in derivation.inputs_of(quantity)}
    carried = derivation.values_with(numbers=rounded)(quantity)
    for value, own in ((right, {}), (carried, rounded)):
        entry = typed(value, rule.change)
        tally.right += 1
        if diagnose(derivation, quantity, entry, rule, own) or not _is_accepted(derivation, quantity, entry, own):
            tally.accused.append(f"{exercise.title}: {quantity} = {entry} for {right}, {_in_short(derivation)}")


def _is_accepted(derivation: Derivation, quantity: str, entry: float, own: Mapping[str, float]) -> bool:
    """Is the number right to the tutor, for the true values or for the learner's own?"""
    rule, right = rule_for(derivation, quantity), derivation.values(quantity)
    references = [right, derivation.values_near(own)(quantity)] if own else [right]
    text = f"{entry:.{max(0, rule.places(right))}f}" if rule.is_finer(right) else f"{entry:.2e}"
    judged, _ = judge_value(derivation, quantity, read_number(text), references, rule, own, {})
    return judged.verdict == "correct"


def _is_right(rule: Rule, value: float, entry: float, right: float) -> bool:
    """Is it the right value in the digits asked? Halfway between two numbers of so many digits, each of them is."""
    tie = math.isclose(abs(entry - right), rule.last_unit(right) / 2, rel_tol=1e-6)
    return tie or rule.alike(value, right) or rule.alike(entry, right)


def _enter(tally: Tally, exercise: Exercise, case: tuple[str, str, float], *, near: bool) -> None:
    quantity, code, value = case
    derivation = exercise.derivation
    rule = rule_for(derivation, quantity)
    entry, right = typed(value, rule.change), derivation.values(quantity)
    if _is_right(rule, value, entry, right):
        return
    if rule.near(value, right) or rule.near(entry, right):
        tally.near += 1
        if _is_accepted(derivation, quantity, entry, {}):
            tally.accepted.append(f"{exercise.title}: {code}: {quantity} = {entry} (from {value}) for {right}, "
                                  f"{derivation.detail}, {_in_short(derivation)}")
    elif not near:
        _diagnose(tally, exercise, case, entry)


def _diagnose(tally: Tally, exercise: Exercise, case: tuple[str, str, float], entry: float) -> None:
    """Count what is said of a wrong number that is not within the tolerance."""
    derivation, (quantity, code, _) = exercise.derivation, case
    rule = rule_for(derivation, quantity)
    same = {other for other, number in exercise.wrong[quantity] if typed(number, rule.change) == entry}
    known = {step: derivation.values(step) for step in derivation.order[:derivation.order.index(quantity)]}
    diagnoses = diagnose(derivation, quantity, entry, rule, known=known, unit=rule.last_unit(entry))
    codes = [diagnosis.code for diagnosis in diagnoses]
    tally.told[code] += bool(sentence(diagnoses))
    named, first = bool(same.intersection(codes)), bool(codes) and codes[0] in same
    for counted, name, yes in ((tally.entered, "entered", True), (tally.named, "named", named),
                               (tally.first, "first", first)):
        counted[code] += yes
        tally.steps[code, role_of(quantity), name] += yes
    if not first:
        tally.missed.append(f"{exercise.title}: {code}: {quantity} = {entry} for {derivation.values(quantity):.4g}, "
                            f"{derivation.detail}, {_in_short(derivation)}: {codes}")


def _in_short(derivation: Derivation) -> str:
    network = derivation.task
    if isinstance(network, Circuit):
        gates = ", ".join(f"{gate.name} = {plain(gate.expression)}" for gate in network.gates)
        return f"{dict(network.inputs)}, {gates}, r = {network.learning_rate}"
    sizes = "-".join(str(len(layer)) for layer in network.layers)
    return (f"{sizes} {' '.join(network.activations)}, {network.cost}, {len(network.samples)} samples, "
            f"r = {network.learning_rate}{'' if network.biases else ', no biases'}")


def main() -> None:
    reader = argparse.ArgumentParser(description="How many mistakes are named on random networks.")
    reader.add_argument("--networks", type=int, default=1000)
    reader.add_argument("--circuits", type=int, default=300)
    reader.add_argument("--first", type=int, default=0, help="begin with the network, and the circuit, of this number")
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--near", action="store_true", help="enter only the wrong values within the tolerance")
    reader.add_argument("--missed", type=int, default=0, help="print so many that were not named first")
    reader.add_argument("--steps", action="store_true", help="print each mistake at each kind of step")
    chosen = reader.parse_args()
    networks, circuits = (range(chosen.first, chosen.first + count) for count in (chosen.networks, chosen.circuits))
    tally = soak(networks, circuits, chosen.seed, near=chosen.near)
    if not chosen.near:
        _print_shares(tally, by_step=chosen.steps)
    print(f"wrong values within the tolerance {tally.near}, accepted {len(tally.accepted)}")
    print(*tally.accused, *tally.accepted, *tally.missed[:chosen.missed], sep="\n")


def _print_shares(tally: Tally, *, by_step: bool) -> None:
    for code, count in sorted(tally.entered.items()):
        print(f"{code:32}{count:7}  named {tally.named[code] / count:7.2%}  first {tally.first[code] / count:7.2%}  "
              f"told {tally.told[code] / count:7.2%}")
        for step in sorted({step for of, step, _ in tally.steps if of == code} if by_step else ()):
            entered, named, first = (tally.steps[code, step, name] for name in ("entered", "named", "first"))
            print(f"    {step:28}{entered:7}  named {named / entered:7.2%}  first {first / entered:7.2%}")
    print(f"{'all':32}{tally.entered.total():7}  named {tally.share(tally.named):7.2%}  "
          f"first {tally.share(tally.first):7.2%}  told {tally.share(tally.told):7.2%}")
    print(f"right values entered {tally.right}, accused or refused {len(tally.accused)}")


if __name__ == "__main__":
    main()
