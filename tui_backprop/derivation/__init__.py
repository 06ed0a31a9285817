"""The step engine: ordered, lazily made, explained steps, in any notation."""

from tui_backprop.derivation.derivation import Derivation, Step
from tui_backprop.derivation.graph import KINDS, UnknownIdError
from tui_backprop.derivation.roles import Kind
from tui_backprop.derivation.solution import Solution

__all__ = ["KINDS", "Derivation", "Kind", "Solution", "Step", "UnknownIdError"]
