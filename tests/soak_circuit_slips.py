"""Wrong values of circuits: at gates, local slopes, paths, gradients, updates. Written from MISTAKES.md alone."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator

from tests.soak_circuits import FUNCTIONS, Board
from tests.soak_found import Wrong

WEIGHTS = "weight_factor_missing input_factor_missing"


def circuit_values(board: Board, steps: Collection[str]) -> Wrong:
    """Every wrong value of the steps, with its codes."""
    right = _right(board)
    wrong: Wrong = {}
    for codes, quantity, value in (*_gates(board), *_slopes(board), *_gradients(board), *_updates(board)):
        known = right.get(quantity)
        if quantity not in steps or known is None or not math.isfinite(value) or 0 < abs(value) < 1e-12:
            continue
        if not math.isclose(value, known, rel_tol=1e-9, abs_tol=1e-12):
            wrong.setdefault(quantity, []).extend((code, value) for code in codes.split())
    return wrong


def _right(board: Board) -> dict[str, float]:
    out = board.output
    found = {name: board.values[name] for name in board.gates}
    found |= {f"d[{gate}]/d{name}": slope for (gate, name), slope in board.slopes.items()}
    found |= {f"d{out}/d{name}": slope for name, slope in board.gradients.items()}
    found |= {f"{name}'": value - board.rate * board.gradients[name] for name, value in board.inputs.items()}
    return found | {f"d{out}/d{name} via {gate}": slope * board.gradients[gate]
                    for (gate, name), slope in board.slopes.items() if len(board.uses[name]) > 1}


def _gates(board: Board) -> Iterator[tuple[str, str, float]]:
    """A gate's own value, and what the next gates make of it."""
    for gate, (kind, sources) in board.gates.items():
        values = [board.values[source] for source in sources]
        for codes, value in _of_gate(kind, values, board.values[gate]):
            yield codes, gate, value
            if "point" in codes:
                continue
            carried = codes.replace("pre_activation_for_activation", "pre_activation_for_activation activation_missing")
            try:
                after = board.forward({gate: value})
            except OverflowError:
                continue
            for user in board.uses[gate]:
                yield carried, user, after[user]


def _of_gate(kind: str, values: list[float], right: float) -> Iterator[tuple[str, float]]:
    yield "sign", -right
    yield "point_slipped", right * 10
    if kind in FUNCTIONS:
        yield ("square_missing" if kind == "square" else
               "pre_activation_for_activation relu_gate_ignored" if kind == "relu" else
               "pre_activation_for_activation"), values[0]
    elif kind == "product":
        yield "added_factors", sum(values)
    elif kind in ("sum", "difference"):
        yield "one_input_missing", values[0]
        yield "multiplied_terms", values[0] * (values[-1] if kind == "sum" else -values[-1])
    elif kind in ("max", "min"):
        yield "other_activation", sum(values) - right


def _slopes(board: Board) -> Iterator[tuple[str, str, float]]:
    """Each local slope, and the path and the gradient that follow from it."""
    for (gate, name), right in board.slopes.items():
        for codes, value in _of_slope(board, gate, name, right):
            yield codes, f"d[{gate}]/d{name}", value
            slopes = board.slopes | {(gate, name): value}
            yield codes, f"d{board.output}/d{name}", board.backward(slopes)[name]


def _of_slope(board: Board, gate: str, name: str, right: float) -> Iterator[tuple[str, float]]:
    kind, sources = board.gates[gate]
    yield "sign", -right
    if kind == "product":
        yield "operand_swapped", board.values[name]
        yield "derivative_of_other_function", 1.0
    elif kind == "sum":
        yield "derivative_of_other_function", board.values[next(s for s in sources if s != name)]
    elif kind in ("max", "min") or kind == "relu":
        yield "relu_gate_ignored", 1 - right
    else:
        yield "activation_derivative_missing", 1.0
        yield from _at_another_point(kind, board.values[name], board.values[gate])


def _at_another_point(kind: str, x: float, out: float) -> Iterator[tuple[str, float]]:
    wrong = "derivative_at_wrong_point"
    if kind == "square":
        yield "factor_two", x
        yield wrong, 2 * out
    elif kind == "exp":
        yield wrong, x
    elif kind == "sigmoid":
        yield wrong, x * (1 - x)
    elif kind == "tanh":
        yield wrong, 1 - x * x


def _gradients(board: Board) -> Iterator[tuple[str, str, float]]:
    out, gradients = board.output, board.gradients
    for name in (*board.inputs, *board.gates):
        if name == out:
            continue
        quantity, right = f"d{out}/d{name}", gradients[name]
        paths = {gate: board.slopes[gate, name] * gradients[gate] for gate in board.uses[name]}
        yield "sign", quantity, -right
        yield "cost_for_derivative", quantity, board.values[out]
        if len(paths) > 1:
            yield "multiplied_terms", quantity, math.prod(paths.values())
        for term in paths.values() if len(paths) == 2 else ():
            yield "sign", quantity, right - 2 * term
        for term in paths.values() if len(paths) > 1 else ():
            yield "path_missing", quantity, term
            yield "path_twice", quantity, right + term
        for gate in paths:
            at = quantity if len(paths) == 1 else f"{quantity} via {gate}"
            if gate != out:
                yield from _of_product(board, at, gate, name)
        if name in board.inputs:
            for other in board.inputs:
                yield "wrong_layer", quantity, gradients[other]
            yield "value_for_gradient", quantity, board.inputs[name] - board.rate * right


def _of_product(board: Board, quantity: str, gate: str, name: str) -> Iterator[tuple[str, str, float]]:
    slope, arriving = board.slopes[gate, name], board.gradients[gate]
    kind = board.gates[gate][0]
    gated, function = kind in ("max", "min", "relu"), kind in FUNCTIONS
    instead = " relu_gate_ignored" if gated else " activation_derivative_missing" if function else ""
    yield WEIGHTS + instead, quantity, arriving
    yield "added_factors", quantity, slope + arriving
    for factor in (slope, arriving):
        if factor:
            yield "divided_factors", quantity, slope * arriving / factor ** 2


def _updates(board: Board) -> Iterator[tuple[str, str, float]]:
    rate = board.rate
    for name, old in board.inputs.items():
        quantity, gradient = f"{name}'", board.gradients[name]
        yield "ascent sign", quantity, old + rate * gradient
        yield "step_only", quantity, -rate * gradient
        yield "learning_rate_missing", quantity, old - gradient
        yield "learning_rate_twice", quantity, old - rate * rate * gradient
        yield "not_updated", quantity, old
        yield "value_for_gradient", quantity, gradient
        for other, value in board.inputs.items():
            yield "wrong_base", quantity, value - rate * gradient
            yield "wrong_layer", quantity, old - rate * board.gradients[other]
