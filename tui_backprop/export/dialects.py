"""How Python's ``math``, NumPy and PyTorch each write the functions of the grammar.

For ``math`` and NumPy a function is written out by its own definition. For PyTorch it must be one of PyTorch's own
functions, which have slopes; those chosen have the tutor's slopes at the kinks too.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Final

from tui_backprop.export.code import ATOM, LOOSEST, SUM, Code
from tui_backprop.export.traced import Traced, find_shared, trace, uses, write
from tui_backprop.maths.expression import Call, Cell, Expr, Symbol, rebuild, walk
from tui_backprop.maths.functions import FUNCTIONS


class _Defining(ABC):
    """A dialect in which a function that needs its argument twice gets a definition of its own.

    ``helpers`` maps such a function's name to the lines that define it, in the order of first use.
    """

    def __init__(self) -> None:
        self.helpers: dict[str, tuple[str, ...]] = {}

    def call(self, function: str, arguments: Sequence[Code]) -> Code:
        """The code of a function of the grammar: written out, or a call of its definition among the helpers."""
        root, names = trace(function, len(arguments))
        counts = uses(root)
        if all(counts.get(id(name), 0) <= 1 for name in names) and not self._is_missing(root):
            known = {id(name): argument for name, argument in zip(names, arguments, strict=True)}
            return write(root, known, self._library)
        self.helpers.setdefault(function, self._definition(function, root, names))
        axes = max((argument.axes for argument in arguments), key=len, default=())
        return Code(f"{function}({', '.join(argument.text for argument in arguments)})", ATOM, axes)

    def _definition(self, function: str, root: Traced, names: tuple[Traced, ...]) -> tuple[str, ...]:
        letters = ["x"] if len(names) == 1 else [f"x{number}" for number in range(1, len(names) + 1)]
        known = {id(name): Code(letter) for name, letter in zip(names, letters, strict=True)}
        lines = [f"def {function}({', '.join(letters)}):"]
        if (part := find_shared(root)) is not None:
            lines.append(f"    part = {write(part, known, self._library).text}")
            known[id(part)] = Code("part")
        return (*lines, f"    return {write(root, known, self._library).text}")

    def _is_missing(self, _root: Traced) -> bool:
        return False

    @abstractmethod
    def _library(self, name: str, arguments: Sequence[Code]) -> Code: ...


class NumPy(_Defining):
    """Arrays of NumPy."""

    module = "np"

    def constant(self, name: str) -> str:
        """``np.pi``."""
        return f"np.{name}"

    def total(self, array: Code, axis: int, *, keep: bool) -> Code:
        """``np.sum`` along an axis."""
        return _total("np.sum", array, f"axis={axis}" + ", keepdims=True" * keep, axis, keep)

    def _library(self, name: str, arguments: Sequence[Code]) -> Code:
        return Code(f"np.{name}({', '.join(argument.text for argument in arguments)})")


class Plain(_Defining):
    """Plain Python: floats and ``math``."""

    module = "math"
    _OWN: Final[Mapping[str, str]] = {"abs": "abs", "maximum": "max", "minimum": "min"}

    def constant(self, name: str) -> str:
        """``math.pi``."""
        return f"math.{name}"

    def total(self, *_arguments: object, **_options: object) -> Code:
        """Raises TypeError: plain floats have no axes."""
        raise TypeError("there is no sum over an axis of plain floats")

    def _is_missing(self, root: Traced) -> bool:
        return root.operation == "call sign"  # which Python has not; it needs its argument twice

    def _library(self, name: str, arguments: Sequence[Code]) -> Code:
        if name == "where":
            condition, one, other = (argument.within(LOOSEST + 1) for argument in arguments)
            return Code(f"{one} if {condition} else {other}", LOOSEST)
        if name == "sign":
            value = arguments[0].within(SUM + 1)
            return Code(f"({value} > 0) - ({value} < 0)", SUM)
        return Code(f"{self._OWN.get(name, f'math.{name}')}({', '.join(argument.text for argument in arguments)})")


class PyTorch:
    """Tensors of PyTorch, 64-bit."""

    module = "torch"

    def constant(self, name: str) -> str:
        """``torch.pi``."""
        return f"torch.{name}"

    def call(self, function: str, arguments: Sequence[Code]) -> Code:
        """A function of the grammar, applied to tensors."""
        axes = max((argument.axes for argument in arguments), key=len, default=())
        if function == "tensor":
            return Code(f"torch.tensor({_as_float(arguments[0].text)})")
        code = FUNCTIONS[function].torch
        if FUNCTIONS[function].most == 1:
            return Code(code.format(arguments[0].text), ATOM, axes)
        nested = arguments[-1].text
        for argument in reversed(arguments[:-1]):  # a tie is shared as in max(a, max(b, c))
            nested = code.format(argument.text, nested)
        return Code(nested, ATOM if len(arguments) > 1 else arguments[-1].binding, axes)

    def total(self, array: Code, axis: int, *, keep: bool) -> Code:
        """``torch.sum`` along an axis."""
        return _total("torch.sum", array, f"dim={axis}" + ", keepdim=True" * keep, axis, keep)


def _total(function: str, array: Code, how: str, axis: int, keep: bool) -> Code:
    left = tuple("*" if place == axis else name for place, name in enumerate(array.axes))
    axes = left if keep else tuple(name for name in left if name != "*")
    return Code(f"{function}({array.text}, {how})", ATOM, axes)



def as_tensors(expr: Expr) -> Expr:
    """The expression with constants made tensors where a function is applied to them, as PyTorch requires."""
    if isinstance(expr, Call):
        return Call(expr.function, tuple(_tensor(argument) for argument in expr.arguments))
    return rebuild(expr, as_tensors)


def _as_float(text: str) -> str:
    """The code of a constant, made a float where Python might read a whole number."""
    if text.isdigit():
        return f"{text}.0"
    return text if text.replace(".", "").replace("e-", "").isdigit() else f"float({text})"


def _tensor(argument: Expr) -> Expr:
    if any(isinstance(node, Symbol | Cell | Call) for node in walk(argument)):
        return as_tensors(argument)
    return Call("tensor", (argument,))
