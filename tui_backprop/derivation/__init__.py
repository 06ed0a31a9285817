"""The step engine: ordered, lazily made, explained steps, in any notation.

Each name is imported when it is first used, so that code which needs only the notations does not wait for the engine.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui_backprop.derivation.derivation import Derivation, Step
    from tui_backprop.derivation.graph import KINDS, UnknownIdError
    from tui_backprop.derivation.roles import StepKind
    from tui_backprop.derivation.solution import Solution

__all__ = ["KINDS", "Derivation", "Solution", "Step", "StepKind", "UnknownIdError"]

_HOMES = {
    "Derivation": "derivation", "Step": "derivation", "KINDS": "graph", "UnknownIdError": "graph", "StepKind": "roles",
    "Solution": "solution",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
