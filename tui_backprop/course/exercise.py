"""An exercise: a network or a circuit, and how it is to be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_backprop.dataclass import dataclass, field
from tui_backprop.maths.precision import THREE_DIGITS, Precision

if TYPE_CHECKING:  # a list of titles does not wait for the step engine
    from tui_backprop.derivation import Derivation, Solution
    from tui_backprop.derivation.formulas import Detail
    from tui_backprop.derivation.notation import Notation
    from tui_backprop.network.model import Circuit, Network


class ExerciseError(ValueError):
    """A file that breaks the rules, told in one line: ``FILE:LINE: what is wrong and what would be right``.

    ``file`` is the path as it may be printed; ``line`` counts from 1. Either may be unknown.
    """

    def __init__(self, message: str, file: str = "", line: int | None = None) -> None:
        place = f"{file}:{line}: " if file and line else f"{file}: " if file else ""
        super().__init__(place + message)
        self.message = message
        self.file = file
        self.line = line


@dataclass(frozen=True, slots=True)
class Ask:
    """What a quiz asks; the rest is shown. None: everything.

    ``parameters`` are ids as in the file, ``1:i->j`` for a weight and ``1:j`` for a bias; ``kinds`` are kinds of step.
    """

    parameters: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise. ``name``: on the command line and in records; ``digest``: tells whether its file changed."""

    name: str
    title: str
    task: Network | Circuit
    summary: str = ""
    detail: Detail = "full"
    ask: Ask = field(default_factory=Ask)
    precision: Precision = THREE_DIGITS
    digest: str = ""
    _derived: dict[Detail, Derivation] = field(default_factory=dict, init=False, repr=False, compare=False)

    def derive(self, notation: Notation | None = None, detail: Detail | None = None) -> Derivation:
        """The exercise's derivation, made once for all notations; ``detail`` None takes the exercise's own."""
        from tui_backprop.derivation import Derivation

        detail = detail or self.detail
        if detail not in self._derived:
            self._derived[detail] = Derivation(self.task, detail)
        derivation = self._derived[detail]
        return derivation if notation is None else derivation.in_notation(notation)

    def solve(self, detail: Detail | None = None) -> Solution:
        """The whole worked solution, worked out as it is looked at; ``detail`` None takes the exercise's own."""
        from tui_backprop.derivation import Solution

        return Solution(self.title, self.derive(detail=detail))
