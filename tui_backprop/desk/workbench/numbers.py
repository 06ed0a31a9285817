"""The numbers an exercise is done with: changed by the learner, changed back, and updated round by round."""

from __future__ import annotations

from tui_backprop.course.exercise import Exercise
from tui_backprop.tutor.edit import again as updated
from tui_backprop.tutor.edit import edit, list_changed_values


class EditedNumbers:
    """The numbers of an exercise: ``exercise`` has the present ones, ``original`` those of the file.

    ``costs``: the cost before each update of this series of rounds; an edit begins another series.
    """

    def __init__(self, original: Exercise, exercise: Exercise) -> None:
        self.original = original
        self.exercise = exercise
        self.costs: tuple[float, ...] = ()
        self._earlier: list[tuple[Exercise, tuple[float, ...]]] = []
        self._compared: Exercise | None = None
        self._changed: frozenset[str] = frozenset()

    @property
    def changed(self) -> frozenset[str]:
        """The givens that differ from the file's."""
        if self._compared is not self.exercise:  # after an update of a large network it may be all of them
            self._compared = self.exercise
            self._changed = frozenset(list_changed_values(self.exercise, self.original))
        return self._changed

    def why_not(self, quantity: str, text: str) -> str | None:
        """Why a parameter cannot have this value; None where it can."""
        try:
            edit(self.exercise, quantity, text)
        except ValueError as error:
            return str(error)
        return None

    def edit(self, quantity: str, text: str) -> None:
        """Give a parameter another value. Raises ValueError, with one sentence, where it cannot have it."""
        self._go_on_with(edit(self.exercise, quantity, text), ())

    def update(self, cost: float | None) -> None:
        """Go on with the updated parameters.

        ``cost``: the cost before the update; None where the cost after it is no step.
        """
        self._go_on_with(updated(self.exercise), () if cost is None else (*self.costs, cost))

    def replace(self, exercise: Exercise) -> None:
        """Go on with the numbers of this exercise."""
        self._go_on_with(exercise, ())

    def undo(self) -> bool:
        """Go back to the numbers before the last change; False where there was none."""
        if not self._earlier:
            return False
        self.exercise, self.costs = self._earlier.pop()
        return True

    def _go_on_with(self, exercise: Exercise, costs: tuple[float, ...]) -> None:
        self._earlier.append((self.exercise, self.costs))
        self.exercise, self.costs = exercise, costs
