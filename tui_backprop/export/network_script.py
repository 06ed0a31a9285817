"""A network as a short script: NumPy with the gradients written out, or PyTorch with autograd's.

Every line of mathematics is printed from the derivation's own templates and the definitions of the activation
functions and costs. Rows of matrices are samples; weights are [from, to].
"""

from __future__ import annotations

from collections.abc import Iterator

from tui_backprop.dataclass import replace
from tui_backprop.derivation import formulas
from tui_backprop.derivation.network_graph import NetworkGraph
from tui_backprop.derivation.roles import ROLES
from tui_backprop.export.code import KEPT, SAMPLES, Code, Printer, expanded, guarded, shifted
from tui_backprop.export.dialects import NumPy, PyTorch, as_tensors
from tui_backprop.export.script import array, assembled, listing
from tui_backprop.maths.expression import Cell, Expr, Sum, Symbol, number
from tui_backprop.network.activations import ACTIVATIONS
from tui_backprop.network.costs import COSTS, TINY


def numpy_script(title: str, graph: NetworkGraph) -> str:
    """A NumPy script that works the network out and prints every number with its id."""
    dialect = NumPy()
    writer = _Writer(graph, dialect)
    forward, backward = list(writer.forward()), list(writer.backward())  # these find out which functions are needed
    return assembled(title, f"NumPy: forward, cost, backward, update. {_ROWS}", (
        ("import numpy as np",), ("# What is given", *writer.given("np.array({})")), *dialect.helpers.values(), forward,
        ("# Forward", *writer.first_pass()), ("# Backward", *backward),
        ("# Update", *writer.update(), writer.after_update()), *writer.shows(), [*writer.printing(written_out=True)],
    ))


def pytorch_script(title: str, graph: NetworkGraph) -> str:
    """A PyTorch script of the same network, whose gradients are autograd's."""
    writer = _Writer(graph, PyTorch())
    update = (*writer.update(), writer.after_update())
    return assembled(title, f"PyTorch: forward, cost, autograd, update. {_ROWS}", (
        ("import torch", "", "torch.set_default_dtype(torch.float64)"),
        ("# What is given", *writer.given("torch.tensor({})", ", requires_grad=True")), [*writer.forward()],
        ("# Forward", *writer.first_pass()), ("# Backward, by autograd", *writer.autograd()),
        ("# Update", "with torch.no_grad():", *(f"    {line}" for line in update)),
        *writer.shows(), [*writer.printing(written_out=False)],
    ))


_ROWS = "The rows of a matrix are samples; weights are [from, to]."


class _Writer:
    """The parts of a script, as lines."""

    def __init__(self, graph: NetworkGraph, dialect: NumPy | PyTorch) -> None:
        self.graph = graph
        self.network = graph.network
        self.dialect = dialect
        self.layers = range(1, len(graph.network.layers))
        self.has_biases = graph.network.biases is not None
        self.several = len(graph.network.layers[-1]) > 1

    @property
    def parameters(self) -> list[str]:
        """The names of the weights and biases, layer by layer."""
        return [name for n in self.layers for name in (f"W{n}", *((f"b{n}",) if self.has_biases else ()))]

    @property
    def trained(self) -> list[str]:
        """The parameters that the update changes."""
        return [name for name in self.parameters if name[0] == "W" or self.network.train_biases]

    @property
    def results(self) -> list[str]:
        """What a forward pass gives."""
        between = [name for n in self.layers for name in (f"z{n}", f"a{n}")]
        return [*between, *(("parts",) if self.several else ()), "C"]

    def given(self, make: str, grad: str = "") -> Iterator[str]:
        """The numbers of the exercise."""
        network = self.network
        wide = make.format("{}" + grad)
        yield f"units = {listing(network.layers)}"
        yield array("a0", [sample.inputs for sample in network.samples], make)
        yield array("y", [sample.targets for sample in network.samples], make)
        for n in self.layers:
            yield array(f"W{n}", network.weights[n - 1], wide)
            if network.biases is not None:
                yield array(f"b{n}", network.biases[n - 1], wide)
        yield f"r = {network.learning_rate!r}"
        if self.graph.batch > 1:
            yield "n = len(a0)"

    def forward(self) -> Iterator[str]:
        """The forward pass as a function: it runs again after the update."""
        yield f"def forward({', '.join(self.parameters)}):"
        for n in self.layers:
            kind = self.graph.layer_kind(n)
            entry = ACTIVATIONS[kind.activation]
            yield f"    z{n} = {self._print(formulas.pre_activation(kind), n)}"
            if entry.coupled and isinstance(self.dialect, PyTorch):
                yield f"    a{n} = torch.{entry.name}(z{n}, dim=1)"
                continue
            if entry.coupled:
                yield f"    z{n}_max = np.max(z{n}, axis=1, keepdims=True)  # taken off, so that no power is too large"
            yield f"    a{n} = {self._print(entry.stable or formulas.activation(kind), n)}"
        last = self.graph.layer_kind(self.network.last)
        part = guarded(formulas.cost_part(last), TINY)
        if self.several:
            yield f"    parts = {self._print(part, self.network.last)}"
        yield f"    C = {self._print(Sum('j', 0, Cell('C', 0, ('j',)) if self.several else part), self.network.last)}"
        yield f"    return {', '.join(self.results)}"

    def first_pass(self) -> Iterator[str]:
        yield f"{', '.join(self.results)} = forward({', '.join(self.parameters)})"

    def backward(self) -> Iterator[str]:
        """The gradients, from the last layer back to the first."""
        detail = self.graph.detail
        for n in reversed(self.layers):
            kind = self.graph.layer_kind(n)
            if not self.graph.has_short_delta(n):
                yield f"dC_da{n} = {self._print(self._arriving(n), n)}"
                yield f"da{n}_dz{n} = {self._slope(formulas.activation_derivative(kind), n)}"
            yield f"dC_dz{n} = {self._print(formulas.delta(kind, detail), n)}"
            yield f"dC_dW{n} = {self._mean(formulas.gradient(kind, 'delta'), n)}"
            if self.has_biases:
                yield f"dC_db{n} = {self._mean(formulas.bias_gradient(kind, 'delta', on=False), n)}"

    def autograd(self) -> Iterator[str]:
        between = ", ".join(name for n in self.layers for name in (f"z{n}", f"a{n}"))
        yield f"for tensor in ({between}):"
        yield "    tensor.retain_grad()  # keep what autograd finds on its way"
        yield "C.mean().backward()"
        for n in reversed(self.layers):
            times = " * n" if self.graph.batch > 1 else ""
            yield f"dC_da{n} = a{n}.grad{times}"
            yield f"dC_dz{n} = z{n}.grad{times}"
            yield f"dC_dW{n} = W{n}.grad"
            if self.has_biases:
                yield f"dC_db{n} = b{n}.grad"

    def update(self) -> Iterator[str]:
        """One step of gradient descent, all from the old parameters."""
        for name in self.trained:
            letter = "w" if name[0] == "W" else "b"
            yield f"new_{name} = {self._print(formulas.update(letter), int(name[1:]))}"

    def after_update(self) -> str:
        """The cost with the new parameters."""
        new = ", ".join(f"new_{name}" if name in self.trained else name for name in self.parameters)
        return f"new_C = forward({new})[-1]"

    def printing(self, *, written_out: bool) -> Iterator[str]:
        """Every number with its id, in the order in which it is found."""
        last = self.network.last
        for n in self.layers:
            yield f'show("z", {n}, z{n})'
            yield f'show("a", {n}, a{n})'
        if self.several:
            yield f'show("C", {last}, parts)'
        if self.graph.batch > 1:
            yield "for sample, cost in enumerate(C, start=1):"
            yield '    print(f"#{sample} C = {cost:.12g}")'
        yield 'print(f"C = {C.mean():.12g}")'
        for n in reversed(self.layers):
            for role, name in self._slopes(n, written_out=written_out):
                yield f'show("{role}", {n}, {name})'
            yield f'show_weights("dC/dw", {n}, dC_dW{n})'
            if self.has_biases:
                yield f'show_biases("dC/db", {n}, dC_db{n})'
        for name in self.trained:
            shows, role = ("show_weights", "w'") if name[0] == "W" else ("show_biases", "b'")
            yield f'{shows}("{role}", {name[1:]}, new_{name})'
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

    def _slopes(self, n: int, *, written_out: bool) -> Iterator[tuple[str, str]]:
        short = self.graph.has_short_delta(n) and written_out
        if not short:
            yield "dC/da", f"dC_da{n}"
        if written_out and not short and not self.graph.is_coupled(n):
            yield "da/dz", f"da{n}_dz{n}"
        yield "dC/dz", f"dC_dz{n}"

    def _arriving(self, n: int) -> Expr:
        """∂C/∂a: for outputs in the form that has a value everywhere."""
        stable = formulas.rename_output(COSTS[self.network.cost].stable_derivative)
        kind = self.graph.layer_kind(n)
        return stable if stable is not None and n == self.network.last else formulas.cost_by_activation(kind, "delta")

    def _slope(self, template: Expr, n: int) -> str:
        code = self._code(template, n)
        return code.text if code.axes else f"np.full_like(z{n}, {code.text})"

    def _mean(self, template: Expr, n: int) -> str:
        """The mean over the samples of a gradient; of one sample, its own."""
        whole = self._print(Sum(SAMPLES, 0, template), n)
        return f"{whole} / n" if self.graph.batch > 1 else whole

    def _print(self, template: Expr, n: int) -> str:
        return self._code(template, n).text

    def _code(self, template: Expr, n: int) -> Code:
        whole = expanded(template, lambda cell: self._definition(cell, n))
        if isinstance(self.dialect, PyTorch):
            whole = as_tensors(whole)
        return self._printer(n).statement(whole)

    def _printer(self, n: int) -> Printer:
        return Printer(self.dialect, lambda cell: self._name(cell, n), units=len(self.network.layers[n]))

    def _definition(self, cell: Cell, n: int) -> Expr | None:
        """What a factor stands for that needs no name of its own in matrices: ∂z/∂w is an activation."""
        if cell.role == "n":
            return number(len(self.network.layers[-1]))
        role, at = ROLES[cell.role], n + cell.offset
        if not role.inline or role.template is None:
            return None
        template = role.template(replace(self.graph.setting(at), detail="delta"))
        return shifted(template, cell.offset, dict(zip(role.indices, cell.indices, strict=True)))

    def _name(self, cell: Symbol | Cell, n: int) -> Code:
        if not isinstance(cell, Cell):
            raise TypeError(f"no template has symbols: {cell!r}")
        role = ROLES[cell.role]
        name = (role.code or _variable(role.name)).format(n + cell.offset)
        if role.shape == "layer":
            return Code(name, axes=(SAMPLES, KEPT))
        is_of_batch = not role.per_sample or role.kind == "gradient"
        return Code(name, axes=cell.indices if is_of_batch else (SAMPLES, *cell.indices))


def _variable(role: str) -> str:
    """``a{0}``, ``dC_da{0}``, ``da{0}_dz{0}``: with the number of the layer to put in."""
    top, slash, bottom = role.partition("/")
    above = top if top == "dC" else f"{top}{{0}}"
    return f"{above}_{bottom}{{0}}" if slash else above
