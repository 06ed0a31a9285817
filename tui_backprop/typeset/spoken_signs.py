"""How signs, powers, brackets and functions of a formula are said in words."""

from __future__ import annotations

from collections.abc import Mapping

from tui_backprop.typeset.layout import GAP

SIGNS: Mapping[str, str] = {
    "∂": "d", "−": "minus", "-": "minus", "+": "plus", "·": "times", "×": "times", "÷": "divided by", "/": "over",
    "=": "equals", "≈": "is about", "≠": "is not", "≤": "is at most", "≥": "is at least", "<": "is below",
    ">": "is above", "→": "gives", "⇒": "so", "±": "plus or minus", "∈": "in", "∇": "gradient of", "∞": "infinity",
    "′": "prime", "½": "one half", "∑": "the sum of", "∏": "the product of", "…": "and so on", GAP.text: "the gap",
    "⊙": "times, part by part,", "∼": "is drawn from", "∝": "is proportional to", "∀": "for all", "ℓ": "l",
    "⊤": "transposed", "‖": "norm", "?": "what?", ",": ",", ";": ";", ":": ":", "%": "percent", "σ": "sigma",
    "{": "open brace", "}": "close brace",
    "⟨": "open angle bracket", "⟩": "close angle bracket", "⌊": "the floor of", "⌋": "", "⌈": "the ceiling of",
    "⌉": "", "∃": "there is", "¬": "not", "∅": "the empty set", "†": "dagger", "∫": "the integral of",
    "≪": "is far below", "≫": "is far above", "∓": "minus or plus", "⊗": "times", "⊕": "plus",
    "∪": "joined with", "∩": "and also in",
    "⊂": "is part of", "⊆": "is part of", "∖": "without", "≃": "is about", "≅": "is about", "⇔": "exactly when",
    "⇐": "follows from", "∧": "and", "∨": "or", "⊥": "is at right angles to", "∥": "is parallel to", "←": "becomes",
    ":=": "is defined as", "∘": "after", "∉": "is not in", "↦": "goes to", "≡": "is the same as", "⋮": "and so on",
    "⋱": "and so on", "⋆": "star", "•": "times", "*": "times", "|": "given", "↑": "up", "↓": "down",
    "\u20d7": "vector", "\u0307": "dot", "\u0308": "double dot", "\u030c": "check",
    "\u0302": "hat", "\u0304": "bar", "\u0303": "tilde", "ŷ": "y hat", "→ ": "gives",
}
POWERS: Mapping[str, str] = {
    "2": "squared", "3": "cubed", "⊤": "transposed", "′": "prime", "*": "star", "⋆": "star", "†": "dagger",
}
BRACKETS: Mapping[str, tuple[str, str]] = {
    "|": ("the size of", ""), "‖": ("the norm of", ""), "⌊": ("the floor of", ""), "⌈": ("the ceiling of", ""),
}
FUNCTIONS: Mapping[str, str] = {"√": "the square root of", "σ": "sigma", "ln": "the log of", "exp": "e to the"}
UNDER: Mapping[str, str] = {
    "∇": "the gradient by {} of", "∂": "d by d {} of", "lim": "the limit as {} of", "|": "at {}", "│": "at {}",
}
"""How these signs are said with a subscript; ``{}`` stands for the subscript."""
