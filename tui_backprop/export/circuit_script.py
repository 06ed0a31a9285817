"""A circuit as a short script: plain Python, gate by gate, or PyTorch with autograd's gradients."""

from __future__ import annotations

import builtins
import keyword
import math
from collections.abc import Iterator, Mapping

from tui_backprop.derivation.circuit_graph import CircuitGraph
from tui_backprop.derivation.order import Order
from tui_backprop.derivation.values import Values
from tui_backprop.export.code import Code, Printer
from tui_backprop.export.dialects import Plain, PyTorch, as_tensors
from tui_backprop.export.script import assemble
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Call, Cell, Expr, Number, Symbol, symbols, walk

_TAKEN = frozenset((*keyword.kwlist, *keyword.softkwlist, *dir(builtins), "math", "torch", "value", "tensor", "sign"))


def python_script(title: str, graph: CircuitGraph, order: Order) -> str:
    """Plain Python: every step of the derivation is one line, and is printed with its id.

    Raises ValueError where a part of a formula is not finite although the formula's value is: Python refuses such a
    part.
    """
    _check_parts(graph, order)
    names = _names(graph, order)
    dialect = Plain()
    printer = Printer(dialect, lambda symbol: _name(symbol, names))

    def lines(kinds: tuple[str, ...]) -> list[str]:
        steps = [quantity for quantity in order if graph.kind(quantity) in kinds]
        return [f"{names[quantity]} = {printer.statement(_formula(graph, quantity)).text}" for quantity in steps]

    forward, backward = lines(("gate",)), lines(("factor", "path", "gradient"))
    update = lines(("update",))
    parts: list[list[str]] = [
        ["import math"], ["# What is given", *_write_givens(graph, names)], *map(list, dialect.helpers.values()),
        ["# Forward", *forward], ["# Backward: slope_g_x is the slope of gate g by x", *backward],
        *([["# Update", *update]] if update else []),
        [f'print(f"{quantity} = {{{names[quantity]}:.12g}}")' for quantity in order],
    ]
    if not any("math." in line for part in parts[1:] for line in part):
        parts = parts[1:]
    return assemble(title, "Plain Python: forward, backward by the chain rule, update.", parts)


def pytorch_script(title: str, graph: CircuitGraph, order: Order) -> str:
    """PyTorch: the gates on tensors, autograd's gradients, and the update. Raises as :func:`python_script` does."""
    _check_parts(graph, order)
    names = _names(graph, order)
    printer = Printer(PyTorch(), lambda symbol: _name(symbol, names))
    circuit = graph.circuit
    values = [name for name, _ in circuit.inputs] + [gate.name for gate in circuit.gates]
    forward = [f"{names[gate.name]} = {_tensor(printer, gate.expression)}" for gate in circuit.gates]
    gradients = [name for name in order if graph.kind(name) == "gradient"]
    update = [name for name in order if graph.kind(name) == "update"]
    by_gradient = {graph.gradient_id(name): name for name in values}
    parts: list[list[str]] = [
        ["import torch", "", "torch.set_default_dtype(torch.float64)"],
        ["# What is given", *_write_givens(graph, names, "torch.tensor({}, requires_grad=True)")],
        ["# Forward", *forward],
        ["# Backward, by autograd", f"for value in ({', '.join(names[name] for name in values)}):",
         "    value.retain_grad()  # keep what autograd finds on its way", f"{names[circuit.output]}.backward()",
         *(f"{names[name]} = {_gradient(graph, by_gradient[name], names)}" for name in gradients)],
        *([["# Update", "with torch.no_grad():",
            *(f"    {names[name]} = {printer.statement(_formula(graph, name)).text}" for name in update)]]
          if update else []),
        [f'print(f"{quantity} = {{{names[quantity]}:.12g}}")'
         for quantity in (*(gate.name for gate in circuit.gates), *gradients, *update)],
    ]
    return assemble(title, "PyTorch: forward, autograd, update.", parts)


def _check_parts(graph: CircuitGraph, order: Order) -> None:
    values = Values(graph)
    for quantity in order:
        for part in walk(_formula(graph, quantity)):
            if not math.isfinite(evaluate(part, values)):
                raise ValueError(f"a part of {quantity} is not a finite number, which no script can work with: "
                                 "write that gate in another way")


def _names(graph: CircuitGraph, order: Order) -> Mapping[str, str]:
    """A variable for every quantity: the file's own names, unless Python uses them otherwise."""
    names: dict[str, str] = {}
    taken = set(_TAKEN)
    givens = [name for name, _ in graph.circuit.inputs]
    for quantity in (*givens, *(gate.name for gate in graph.circuit.gates), graph.rate, *order):
        if quantity in names:
            continue
        name = _list_spellings(graph, quantity)
        while name in taken:
            name += "_"
        names[quantity] = name
        taken.add(name)
    return names


def _list_spellings(graph: CircuitGraph, quantity: str) -> str:
    if quantity == graph.rate:
        return quantity.replace(" ", "_")
    if quantity.endswith("'"):
        return f"new_{quantity[:-1]}"
    local = quantity.startswith("d[")
    plain = quantity.replace("d[", "slope_").replace("]/d", "_") if local else quantity.replace("/", "_")
    return plain.replace(" via ", "_via_")


def _name(symbol: Symbol | Cell, names: Mapping[str, str]) -> Code:
    if isinstance(symbol, Cell):
        raise TypeError(f"a circuit has no templates: {symbol!r}")
    return Code(names[symbol.name])


def _formula(graph: CircuitGraph, quantity: str) -> Expr:
    formula = graph.formula(quantity)
    if formula is None:
        raise TypeError(quantity)
    return formula


def _write_givens(graph: CircuitGraph, names: Mapping[str, str], make: str = "{}") -> Iterator[str]:
    for name, value in graph.circuit.inputs:
        yield f"{names[name]} = {make.format(repr(value))}"
    if graph.circuit.learning_rate is not None:
        yield f"{names[graph.rate]} = {graph.circuit.learning_rate!r}"


def _tensor(printer: Printer, expression: Expr) -> str:
    """The code of a gate's value as a tensor of its own: neither a plain number nor another gate's tensor."""
    code = printer.statement(as_tensors(expression))
    if isinstance(expression, Symbol):
        return f"{code.text}.clone()"
    if symbols(expression):
        return code.text
    if any(isinstance(node, Call) for node in walk(expression)):
        return f"({code.text}).requires_grad_()"
    text = f"float({code.text})" if not isinstance(expression, Number) else repr(float(expression.value))
    return f"torch.tensor({text}, requires_grad=True)"


def _gradient(graph: CircuitGraph, name: str, names: Mapping[str, str]) -> str:
    """The code of autograd's gradient; 0.0 for a value that the output does not depend on."""
    used = graph.consumers[name] or name == graph.circuit.output
    return f"{names[name]}.grad" if used else "0.0"
