"""The screens that open beside the workbench, each with what comes of it. They are imported when they are opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

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
        screen.bench.note_looked_up(seen or ())
        screen.show_afresh()

    screen.app.push_screen(NudgeScreen(screen.bench.walk, screen.bench.parameter_in_hand), close)


def _open_curve(screen: WorkbenchScreen) -> None:
    from tui_backprop.terminal.plots.curve import CurveScreen

    def close(outcome: PictureOutcome | None) -> None:
        screen.bench.note_looked_up(outcome.revealed if outcome else ())
        if outcome is not None and outcome.exercise is not None:
            screen.bench.changes.go_on_with(outcome.exercise)
        screen.show_all()

    bench, walk = screen.bench, screen.bench.walk
    picture = CurveScreen(bench.setup.numbers.exercise, walk.derivation, walk, bench.parameter_in_hand)
    screen.app.push_screen(picture, close)


SIDE_SCREENS: Final[Mapping[str, Callable[[WorkbenchScreen], None]]] = {
    "narrow": _open_narrowing, "mode": _open_modes, "notation": _open_notations, "steps": _open_steps,
    "nudge": _open_nudge, "curve": _open_curve,
}
"""What opens each of them, by its name in a key's action."""
