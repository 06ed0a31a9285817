"""The screens that open beside the workbench, each with what comes of it. They are imported when they are opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

from textual.binding import Binding

from tui_backprop.dataclass import dataclass

if TYPE_CHECKING:
    from tui_backprop.terminal.plots.picture import PictureOutcome
    from tui_backprop.terminal.workbench.screen import WorkbenchScreen

Chosen = TypeVar("Chosen")


def _take(screen: WorkbenchScreen, intent: Callable[[Chosen], None]) -> Callable[[Chosen | None], None]:
    """A function for the result of a list; if nothing was chosen, the focus stays where it was."""
    def take(chosen: Chosen | None) -> None:
        if chosen is not None:
            intent(chosen)
            screen.show_choice()

    return take


def _open_narrowing(screen: WorkbenchScreen) -> None:
    from tui_backprop.terminal.workbench.narrowing import NarrowingScreen

    bench = screen.bench
    screen.app.push_screen(NarrowingScreen(bench.walk, bench.setup.mastered), _take(screen, bench.changes.narrow))


def _open_modes(screen: WorkbenchScreen) -> None:
    from tui_backprop.terminal.workbench.modes import ModesScreen

    screen.app.push_screen(ModesScreen(screen.bench.setup.mode), _take(screen, screen.bench.changes.choose))


def _open_notations(screen: WorkbenchScreen) -> None:
    from tui_backprop.terminal.workbench.notation import NotationScreen

    screen.app.push_screen(NotationScreen(screen.bench.setup.notation), _take(screen, screen.bench.changes.use))


def _open_steps(screen: WorkbenchScreen) -> None:
    from tui_backprop.terminal.workbench.steps import StepsScreen

    screen.app.push_screen(StepsScreen(screen.bench.walk), _take(screen, screen.bench.go_to))


def _open_nudge(screen: WorkbenchScreen) -> None:
    from tui_backprop.terminal.workbench.nudge import NudgeScreen

    def close(seen: Sequence[str] | None) -> None:
        screen.bench.sitting.note_looked_up(seen or ())
        screen.show_afresh()

    screen.app.push_screen(NudgeScreen(screen.bench.walk, screen.bench.parameter_in_hand), close)


def _open_curve(screen: WorkbenchScreen) -> None:
    from tui_backprop.desk.plots.curve_play import CurvePlay
    from tui_backprop.terminal.plots.curve import CurveScreen

    def close(outcome: PictureOutcome | None) -> None:
        screen.bench.sitting.note_looked_up(outcome.revealed if outcome else ())
        if outcome is not None and outcome.exercise is not None:
            screen.bench.changes.go_on_with(outcome.exercise)
        screen.show_all()

    screen.app.push_screen(CurveScreen(CurvePlay(screen.bench.walk, screen.bench.parameter_in_hand)), close)


@dataclass(frozen=True, slots=True)
class SideScreen:
    """A screen beside the workbench: its ``name``, the keys that open it, and what they are said to do."""

    name: str
    keys: str
    does: str
    tooltip: str
    open: Callable[[WorkbenchScreen], None]

    @property
    def binding(self) -> Binding:
        return Binding(self.keys, f"open('{self.name}')", self.does, show=False, tooltip=self.tooltip)


SIDE_SCREENS: Final[Mapping[str, SideScreen]] = {side.name: side for side in (
    SideScreen("steps", "f3,l", "steps", "The list of all steps", _open_steps),
    SideScreen("narrow", "f4,w", "what is asked",
               "Be asked for everything, for what one weight needs, or for what is not mastered yet", _open_narrowing),
    SideScreen("mode", "f5,a", "quiz, watch or exam", "Be asked for the steps, be shown them, or take an exam",
               _open_modes),
    SideScreen("nudge", "f6,c", "check by nudging",
               "Change a weight a little, and compare what the cost does with the gradient", _open_nudge),
    SideScreen("curve", "f10,v", "curve of the cost",
               "See the cost against the weight at hand: curve, map and training", _open_curve),
    SideScreen("notation", "ctrl+n,o", "notation", "Whose symbols and indices are used", _open_notations),
)}
"""The screens by their names, in the order of their keys."""
