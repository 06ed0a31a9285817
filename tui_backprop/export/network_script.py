"""A network as a short script: NumPy with the gradients written out, or PyTorch with autograd's.

Every line of mathematics is printed from the derivation's own templates and the definitions of the activation
functions and costs. Rows of matrices are samples; weights are [from, to].
"""

from __future__ import annotations

from collections.abc import Iterator

from tui_backprop.dataclass import replace
from tui_backprop.derivation import formulas, roles
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.derivation.roles import ROLES, Role
from tui_backprop.export.code import KEPT, SAMPLES, Code, Printer, expand, guard, shift_layers
from tui_backprop.export.dialects import NumPy, PyTorch, as_tensors
from tui_backprop.export.script import array, assemble, listing
from tui_backprop.maths.expression import Cell, Expr, Sum, Symbol, number
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.network.costs import COUNT, TINY


def numpy_script(title: str, graph: NetworkGraph) -> str:
    """A NumPy script that works the network out and prints every number with its id."""
    dialect = NumPy()
    writer = _ScriptWriter(graph, dialect)
    forward, backward = list(writer.forward()), list(writer.backward())  # these find out which functions are needed
    return assemble(title, f"NumPy: forward, cost, backward, update. {_ROWS}", (
        ("import numpy as np",), ("# What is given", *writer.write_givens("np.array({})")),
        *dialect.helpers.values(), forward,
        ("# Forward", *writer.first_pass()), ("# Backward", *backward),
        ("# Update", *writer.update(), writer.after_update()), *writer.shows(), [*writer.printing(written_out=True)],
    ))


def pytorch_script(title: str, graph: NetworkGraph) -> str:
    """A PyTorch script of the same network, whose gradients are autograd's."""
    writer = _ScriptWriter(graph, PyTorch())
    update = (*writer.update(), writer.after_update())
    return assemble(title, f"PyTorch: forward, cost, autograd, update. {_ROWS}", (
        ("import torch", "", "torch.set_default_dtype(torch.float64)"),
        ("# What is given", *writer.write_givens("torch.tensor({})", ", requires_grad=True")), [*writer.forward()],
        ("# Forward", *writer.first_pass()), ("# Backward, by autograd", *writer.autograd()),
        ("# Update", "with torch.no_grad():", *(f"    {line}" for line in update)),
        *writer.shows(), [*writer.printing(written_out=False)],
    ))


_ROWS = "The rows of a matrix are samples; weights are [from, to]."


class _ScriptWriter:
    """Writes the parts of a script, as lines."""

    def __init__(self, graph: NetworkGraph, dialect: NumPy | PyTorch) -> None:
        self.graph = graph
        self.network = graph.network
        self.dialect = dialect
        self.layers = range(1, len(graph.network.layers))
        self.has_biases = graph.network.biases is not None
        self.several = len(graph.network.layers[-1]) > 1

    @property
    def parameters(self) -> list[tuple[str, int]]:
        """Role and layer of the weights and biases, layer by layer."""
        return [(role, n) for n in self.layers for role in (roles.WEIGHT, *((roles.BIAS,) if self.has_biases else ()))]

    @property
    def trained(self) -> list[tuple[str, int]]:
        """The parameters that the update changes."""
        return [(role, n) for role, n in self.parameters if self.graph.after(role, n) != role]

    @property
    def updates(self) -> list[tuple[int, Role]]:
        """The layer and the role of what the update works out, in its order."""
        return [(n, role) for n in self.layers for role in self.graph.find_asked(n, "update", "edge", "unit")]

    @property
    def gradients(self) -> tuple[str, ...]:
        """The roles of the gradients that the update uses."""
        return (roles.GRADIENT, roles.BIAS_GRADIENT) if self.has_biases else (roles.GRADIENT,)

    @property
    def between(self) -> list[str]:
        """The variables that a forward pass finds layer by layer."""
        return [variable(role, n) for n in self.layers for role in (roles.PRE_ACTIVATION, roles.ACTIVATION)]

    @property
    def results(self) -> list[str]:
        """The variables that a forward pass returns."""
        return [*self.between, *((variable(roles.COST),) if self.several else ()), "C"]

    def call(self) -> str:
        """The names of the parameters, as arguments of a function."""
        return ", ".join(variable(*parameter) for parameter in self.parameters)

    def write_givens(self, make: str, grad: str = "") -> Iterator[str]:
        """Lines that assign the numbers of the exercise."""
        network = self.network
        wide = make.format("{}" + grad)
        yield f"units = {listing(network.layers)}"
        yield array(variable(roles.ACTIVATION, 0), [sample.inputs for sample in network.samples], make)
        yield array(variable(roles.TARGET), [sample.targets for sample in network.samples], make)
        for n in self.layers:
            yield array(variable(roles.WEIGHT, n), network.weights[n - 1], wide)
            if network.biases is not None:
                yield array(variable(roles.BIAS, n), network.biases[n - 1], wide)
        yield f"{variable(roles.RATE)} = {network.learning_rate!r}"
        if self.graph.batch > 1:
            yield "n = len(a0)"

    def forward(self) -> Iterator[str]:
        """The forward pass as a function: it runs again after the update."""
        yield f"def forward({self.call()}):"
        for n in self.layers:
            kind = self.graph.layer_kind(n)
            entry = ACTIVATIONS[kind.activation]
            z, a = variable(roles.PRE_ACTIVATION, n), variable(roles.ACTIVATION, n)
            yield f"    {z} = {self._print(formulas.pre_activation(kind), n)}"
            if entry.coupled and isinstance(self.dialect, PyTorch):
                yield f"    {a} = torch.{entry.name}({z}, dim=1)"
                continue
            if entry.coupled:
                largest = f"{variable(roles.LARGEST, n)} = np.max({z}, axis=1, keepdims=True)"
                yield f"    {largest}  # taken off, so that no power is too large"
            yield f"    {a} = {self._print(entry.stable or formulas.activation(kind), n)}"
        last = self.graph.layer_kind(self.network.last)
        part = guard(formulas.cost_part(last), TINY)
        if self.several:
            yield f"    {variable(roles.COST)} = {self._print(part, self.network.last)}"
        whole = Sum("j", 0, Cell(roles.COST, 0, ("j",)) if self.several else part)
        yield f"    C = {self._print(whole, self.network.last)}"
        yield f"    return {', '.join(self.results)}"

    def first_pass(self) -> Iterator[str]:
        yield f"{', '.join(self.results)} = forward({self.call()})"

    def backward(self) -> Iterator[str]:
        """The gradients, from the last layer back to the first."""
        detail = self.graph.detail
        for n in reversed(self.layers):
            kind = self.graph.layer_kind(n)
            if not self.graph.has_short_delta(n):
                yield f"{variable(roles.ARRIVING, n)} = {self._print(self._arriving(n), n)}"
                yield f"{variable(roles.SLOPE, n)} = {self._slope(formulas.activation_derivative(kind), n)}"
            yield f"{variable(roles.DELTA, n)} = {self._print(formulas.delta(kind, detail), n)}"
            templates = formulas.gradient(kind, "delta"), formulas.bias_gradient(kind, "delta", on=False)
            for role, template in zip(self.gradients, templates, strict=False):
                yield f"{variable(role, n)} = {self._mean(template, n)}"

    def autograd(self) -> Iterator[str]:
        yield f"for tensor in ({', '.join(self.between)}):"
        yield "    tensor.retain_grad()  # keep what autograd finds on its way"
        yield "C.mean().backward()"
        for n in reversed(self.layers):
            times = " * n" if self.graph.batch > 1 else ""
            for role in (roles.ARRIVING, roles.DELTA, *self.gradients):
                mean = "" if ROLES[role].mean else times
                yield f"{variable(role, n)} = {variable(ROLES[role].part, n)}.grad{mean}"

    def update(self) -> Iterator[str]:
        """One step of gradient descent, all from the old parameters."""
        for n, role in self.updates:
            if role.template is not None:
                yield f"{variable(role.name, n)} = {self._print(role.template(self.graph.setting(n)), n)}"

    def after_update(self) -> str:
        """The cost with the new parameters."""
        new = ", ".join(f"new_{variable(*each)}" if each in self.trained else variable(*each)
                        for each in self.parameters)
        return f"new_C = forward({new})[-1]"

    def printing(self, *, written_out: bool) -> Iterator[str]:
        """Lines that print every number with its id, in the order in which it is found."""
        last = self.network.last
        for n in self.layers:
            yield from (_write_print(role, n) for role in (roles.PRE_ACTIVATION, roles.ACTIVATION))
        if self.several:
            yield _write_print(roles.COST, last)
        if self.graph.batch > 1:
            yield "for sample, cost in enumerate(C, start=1):"
            yield '    print(f"#{sample} C = {cost:.12g}")'
        yield 'print(f"C = {C.mean():.12g}")'
        for n in reversed(self.layers):
            yield from (_write_print(role, n) for role in self._slopes(n, written_out=written_out))
            yield from (_write_print(role, n) for role in self.gradients)
        for n, role in self.updates:
            yield _write_print(role.name, n)
        yield "print(f\"C' = {new_C.mean():.12g}\")"

    def shows(self) -> Iterator[list[str]]:
        """The functions that print."""
        batch = self.graph.batch > 1
        start, rows = ("#{sample} ", "sample, row in enumerate(rows, start=1)") if batch else ("", "row in rows")
        yield ["def show(name, layer, rows):", f"    for {rows}:",
               "        for unit, value in zip(units[layer], row):",
               f'            print(f"{start}{{name}} {{layer}}:{{unit}} = {{value:.12g}}")']
        yield ["def show_weights(name, layer, matrix):",
               "    for source, row in zip(units[layer - 1], matrix):",
               "        for unit, value in zip(units[layer], row):",
               '            print(f"{name} {layer}:{source}->{unit} = {value:.12g}")']
        if self.has_biases:
            yield ["def show_biases(name, layer, row):",
                   "    for unit, value in zip(units[layer], row):",
                   '        print(f"{name} {layer}:{unit} = {value:.12g}")']

    def _slopes(self, n: int, *, written_out: bool) -> Iterator[str]:
        short = self.graph.has_short_delta(n) and written_out
        if not short:
            yield roles.ARRIVING
        if written_out and not short and not self.graph.is_coupled(n):
            yield roles.SLOPE
        yield roles.DELTA

    def _arriving(self, n: int) -> Expr:
        """∂C/∂a; for outputs in the form that has a value everywhere."""
        kind = self.graph.layer_kind(n)
        return formulas.stable_cost_by_activation(kind) or formulas.cost_by_activation(kind, "delta")

    def _slope(self, template: Expr, n: int) -> str:
        code = self._code(template, n)
        return code.text if code.axes else f"np.full_like({variable(roles.PRE_ACTIVATION, n)}, {code.text})"

    def _mean(self, template: Expr, n: int) -> str:
        """The code of a gradient's mean over the samples; for one sample, of its own gradient."""
        whole = self._print(Sum(SAMPLES, 0, template), n)
        return f"{whole} / n" if self.graph.batch > 1 else whole

    def _print(self, template: Expr, n: int) -> str:
        return self._code(template, n).text

    def _code(self, template: Expr, n: int) -> Code:
        whole = expand(template, lambda cell: self._definition(cell, n))
        if isinstance(self.dialect, PyTorch):
            whole = as_tensors(whole)
        return self._printer(n).statement(whole)

    def _printer(self, n: int) -> Printer:
        return Printer(self.dialect, lambda cell: self._name(cell, n), units=len(self.network.layers[n]))

    def _definition(self, cell: Cell, n: int) -> Expr | None:
        """The formula of a factor that needs no variable of its own: ∂z/∂w is an activation. None for any other."""
        if cell.role == COUNT:
            return number(len(self.network.layers[-1]))
        role, at = ROLES[cell.role], n + cell.offset
        if not role.inline or role.template is None:
            return None
        template = role.template(replace(self.graph.setting(at), detail="delta"))
        return shift_layers(template, cell.offset, dict(zip(role.indices, cell.indices, strict=True)))

    def _name(self, cell: Symbol | Cell, n: int) -> Code:
        if not isinstance(cell, Cell):
            raise TypeError(f"no template has symbols: {cell!r}")
        role = ROLES[cell.role]
        name = variable(role.name, n + cell.offset)
        if role.shape == "layer":
            return Code(name, axes=(SAMPLES, KEPT))
        return Code(name, axes=cell.indices if role.is_of_batch else (SAMPLES, *cell.indices))


def variable(role: str, layer: int | None = None) -> str:
    """The name of a role's array in a script: ``a1``, ``dC_da1``, ``da1_dz1``; ``new_W1`` after the update."""
    row = ROLES[role]
    if row.before != role:
        return f"new_{variable(row.before, layer)}"
    above, _, below = role.partition("/")
    of_layer = "" if row.part and ROLES[row.whole].shape == "whole" else "{0}"
    return (row.code or above + of_layer + (f"_{below}{{0}}" if below else "")).format(layer)


def _write_print(role: str, layer: int) -> str:
    """The line that prints a role's numbers in a layer."""
    row = ROLES[role]
    ends = "" if not row.is_of_batch else "_weights" if row.is_edge else "_biases"
    return f'show{ends}("{role}", {layer}, {variable(role, layer)})'
