"""Networks and circuits drawn by a seeded generator: all activations with all permitted costs, every function of the
grammar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, cycle, pairwise
from random import Random

from tests.strategies import HIDDEN, off_kinks
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Call, Expr, Number, Pow, walk
from tui_backprop.maths.parse import parse
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.network.costs import COSTS
from tui_backprop.network.model import Circuit, Gate, Network, Sample

PAIRS = [(cost, output) for cost in COSTS for output in ACTIVATIONS if COSTS[cost].output in (None, output)]
"""Every cost with every output activation it permits."""
MOST_LAYERS, MOST_UNITS, MOST_SAMPLES = 5, 4, 4
MOST = 1e4
"""Beyond this, steep powers and quotients of a circuit lose more digits than the comparison allows."""

_FUNCTIONS = ("exp", "ln", "log", "sqrt", "abs", "relu", "leaky_relu", "step", "sign", "sigmoid", "tanh", "softplus")
_CONSTANTS = ("2", "0.5", "3", "pi", "e")


def networks(random: Random, amount: int) -> Iterator[Network]:
    """So many networks: pairs of cost and output, depths, batch sizes and biases in turn, the rest by chance.

    Where a derivative does not exist, or a logarithm has lost its digits, another is drawn in its place.
    """
    turns = zip(cycle(PAIRS), count(), range(amount), strict=False)
    for (cost, output), turn, _ in turns:
        round_of = turn // len(PAIRS)
        depth, batch = 1 + round_of % MOST_LAYERS, 1 + turn % MOST_SAMPLES
        drawn = (_network(random, cost, output, depth, batch, turn % 3) for _ in count())
        yield next(network for network in drawn if off_kinks(network) and well_conditioned(network))


def well_conditioned(network: Network) -> bool:
    """Is no output so close to 0 or 1 that 1 − a has lost its digits? There a logarithm cannot be compared to 1e-10."""
    from tui_backprop.derivation import Derivation

    if COSTS[network.cost].output is None:
        return True
    values, batch = Derivation(network).values, len(network.samples)
    outputs = [values(f"#{sample} a {network.last}:{unit}" if batch > 1 else f"a {network.last}:{unit}")
               for sample in range(1, batch + 1) for unit in network.layers[-1]]
    return all(1e-4 < output < 1 - 1e-4 for output in outputs) or len(network.layers[-1]) == 1 == min(outputs)


def _network(random: Random, cost: str, output: str, depth: int, batch: int, biases: int) -> Network:
    """``biases``: 0 none, 1 trained, 2 frozen."""

    def numbers(size: int) -> tuple[float, ...]:
        return tuple(round(random.uniform(-1.5, 1.5), 4) for _ in range(size))

    sizes = [random.randint(1, MOST_UNITS) for _ in range(depth + 1)]
    return Network(
        layers=tuple(tuple(str(unit + 1) for unit in range(size)) for size in sizes),
        activations=(*(random.choice(HIDDEN) for _ in range(depth - 1)), output),
        cost=cost,
        learning_rate=random.choice([0.01, 0.1, 0.5]),
        weights=tuple(tuple(numbers(after) for _ in range(before)) for before, after in pairwise(sizes)),
        biases=tuple(numbers(size) for size in sizes[1:]) if biases else None,
        samples=tuple(Sample(numbers(sizes[0]), _targets(random, cost, sizes[-1])) for _ in range(batch)),
        train_biases=biases != 2,
    )


def _targets(random: Random, cost: str, size: int) -> tuple[float, ...]:
    if cost == "cross_entropy":
        hot = random.randrange(size)
        return tuple(float(place == hot) for place in range(size))
    if cost == "binary_cross_entropy":
        return tuple(random.choice([0.0, 0.25, 1.0]) for _ in range(size))
    return tuple(round(random.uniform(-1.5, 1.5), 4) for _ in range(size))


def circuits(random: Random, amount: int) -> Iterator[Circuit]:
    """So many circuits, of 1 to 6 gates over 1 to 4 inputs, with values that are there and moderate."""
    for _ in range(amount):
        drawn = (_circuit(random) for _ in count())
        yield next(circuit for circuit in drawn if _is_moderate(circuit))


def _circuit(random: Random) -> Circuit:
    names = [f"x{place}" for place in range(random.randint(1, 4))]
    inputs = tuple((name, round(random.uniform(-2, 2), 3)) for name in names)
    gates = []
    for place in range(random.randint(1, 6)):
        gates.append(Gate(f"g{place}", parse(_expression(random, names, 3), {name: name for name in names})))
        names.append(f"g{place}")
    return Circuit(inputs, tuple(gates), random.choice([None, 0.1]))


def _expression(random: Random, names: list[str], depth: int) -> str:
    """An expression that the learner's grammar and Python's own read alike, once ``^`` is ``**``."""
    if depth == 0 or random.random() < 0.2:
        return random.choice(names) if random.random() < 0.8 else random.choice(_CONSTANTS)

    def part() -> str:
        return _expression(random, names, depth - 1)

    match random.randrange(8):
        case 0 | 1:
            return f"({part()} {random.choice('+-')} {part()})"
        case 2 | 3:
            return f"({part()} * {part()})"
        case 4:
            return f"({part()} / {part()})"
        case 5:
            return f"({part()}^{random.choice(['2', '3', '0.5'])} - {part()})"
        case 6:
            arguments = ", ".join(part() for _ in range(random.randint(2, 3)))
            return f"{random.choice(['max', 'min'])}({arguments})"
    return f"{random.choice(_FUNCTIONS)}({part()})"


def _is_moderate(circuit: Circuit) -> bool:
    from tui_backprop.derivation import Derivation

    derivation = Derivation(circuit)
    if derivation.first_not_finite() is not None:
        return False
    return all(abs(derivation.values(quantity)) < MOST for quantity in derivation.order) and not any(
        _is_singular(node, derivation.values) for gate in circuit.gates for node in walk(gate.expression))


def _is_singular(node: Expr, value: Callable[[str], float]) -> bool:
    """A root of 0 has no slope; and of three equals the larger is no matter of rule. (Of two, half goes to each.)"""
    match node:
        case Pow(base, Number(exponent)):
            return exponent < 1 and evaluate(base, value) == 0
        case Call("sqrt", (argument,)):
            return evaluate(argument, value) == 0
        case Call("max" | "min", arguments) if len(arguments) > 2:
            return len({evaluate(argument, value) for argument in arguments}) < len(arguments)
    return False
