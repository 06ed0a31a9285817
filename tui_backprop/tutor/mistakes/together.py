"""Works many mistakes out at once: those made at the same quantities differ only in the numbers that come of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from tui_backprop.maths.evaluate import Column, evaluate
from tui_backprop.maths.expression import Expr, symbols
from tui_backprop.tutor.mistakes.workings import Numbers, Workings


class Together:
    """What comes of mistakes, worked out from one set of numbers."""

    def __init__(self, workings: Workings, numbers: Numbers) -> None:
        self._workings: Final = workings
        self._numbers: Final = numbers
        self._alone: dict[int, tuple[Expr, float]] = {}
        self._names: dict[int, tuple[Expr, tuple[str, ...]]] = {}

    def alone(self, formula: Expr) -> float:
        """The value of a mistaken formula where nothing before it is mistaken.

        It is kept by the formula's identity, since comparing formulas takes longer.
        """
        found = self._alone.get(id(formula))
        if found is None:
            found = self._alone[id(formula)] = formula, evaluate(formula, self._numbers.__getitem__)
        return found[1]

    def work_out(
        self, names: Sequence[str], mistaken: Mapping[str, Sequence[Expr]], rows: int,
    ) -> Sequence[float]:
        """The last of these quantities once for each row, all of the quantities worked out again.

        ``mistaken``: the formulas of some of them, one for each row. Quantities that are not named stay as they are.
        """
        changed = _Changed(self._numbers, rows)
        for name in names:
            formulas = mistaken.get(name)
            changed[name] = self._workings.columns[name](changed) if formulas is None else \
                [self._in_row(formula, changed, row) for row, formula in enumerate(formulas)] if changed else \
                [self.alone(formula) for formula in formulas]
        return changed[names[-1]]

    def _in_row(self, formula: Expr, changed: _Changed, row: int) -> float:
        if changed.keys().isdisjoint(self._names_in(formula)):
            return self.alone(formula)

        def number(name: str) -> float:
            return changed[name][row] if name in changed else self._numbers[name]

        return evaluate(formula, number)

    def _names_in(self, formula: Expr) -> tuple[str, ...]:
        found = self._names.get(id(formula))
        if found is None:
            found = self._names[id(formula)] = formula, symbols(formula)
        return found[1]


class _Changed(dict[str, Column]):
    """Numbers that a mistake changed, one for each row; one that is missing is as it was in all rows."""

    def __init__(self, numbers: Numbers, rows: int) -> None:
        super().__init__()
        self._numbers, self.rows = numbers, rows

    def __missing__(self, name: str) -> Column:
        return [self._numbers[name]] * self.rows
