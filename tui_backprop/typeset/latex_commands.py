r"""The LaTeX that lessons may use, as tables: what each command stands for. ``docs/file-formats.md`` shows them all."""

from __future__ import annotations

from collections.abc import Mapping

from tui_backprop.typeset.latex import GREEK_COMMANDS, SIGN_COMMANDS
from tui_backprop.typeset.layout import Brackets, Text, operator

GREEK: Mapping[str, str] = {
    **{command: letter for letter, command in GREEK_COMMANDS.items() if command.startswith("\\")},
    r"\epsilon": "ε", r"\phi": "φ",
}
_SPACED_SIGNS = "·×→≤≥≠≈±∈⇒←÷∼∝≡⊙∘∉↦"
SPACED: Mapping[str, str] = {
    **{command: sign for sign, command in SIGN_COMMANDS.items() if sign in _SPACED_SIGNS},
    r"\to": "→", r"\leq": "≤", r"\geq": "≥", r"\neq": "≠", r"\implies": "⇒", r"\mid": "|", r"\lt": "<", r"\gt": ">",
    **{sign: sign for sign in "=<>·×→≤≥≠≈±"}, "*": "·",
}
"""Signs with room on both sides."""
SYMBOLS: Mapping[str, str] = {
    r"\partial": "∂", r"\prime": "′", r"\nabla": "∇", r"\infty": "∞", r"\dots": "…", r"\ldots": "…", r"\cdots": "…",
    r"\ell": "ℓ", r"\top": "⊤", r"\forall": "∀", r"\|": "‖", r"\textunderscore": "_",
    r"\%": "%", r"\#": "#", r"\&": "&", r"\$": "$", r"\_": "_", r"\{": "{", r"\}": "}", "?": "?", "!": "!", ".": ".",
    "/": "/", "|": "|", "@": "@", '"': '"', ")": ")", "]": "]", "(": "(", "[": "[", "`": "`",
}
LETTERS_OF_SIGNS = frozenset("∂′∇∞…ℓ⊤∀")
"""Of the symbols, those that are set as a letter is."""
PUNCTUATION = frozenset(",;:")
SPACES: Mapping[str, Text] = {
    **dict.fromkeys((r"\quad", r"\qquad"), Text("   ", "words")), r"\!": operator(""),
    **dict.fromkeys((r"\,", r"\;", r"\:", r"\ ", r"\space", "~"), operator(" ")),
}
SILENT = frozenset((
    r"\displaystyle", r"\limits", r"\nolimits", r"\big", r"\Big", r"\bigl", r"\bigr", r"\Bigl", r"\Bigr"))
"""What only says how large, or where; here it changes nothing."""
FUNCTIONS = frozenset((r"\ln", r"\exp", r"\log", r"\tanh", r"\sin", r"\cos", r"\max", r"\min", r"\arg", r"\lim"))
BIG = {r"\sum": "∑", r"\prod": "∏"}
FRACTIONS = frozenset((r"\frac", r"\tfrac", r"\dfrac"))
PLAIN_GROUPS = frozenset((r"\mathbf", r"\boldsymbol", r"\mathit", r"\boxed"))
WORDS = frozenset((r"\text", r"\textbf", r"\textit"))
UPRIGHT = frozenset((r"\operatorname", r"\mathrm"))
ACCENTS: Mapping[str, str] = {r"\hat": "\u0302", r"\bar": "\u0304", r"\tilde": "\u0303"}
"""The mark that each puts over one letter."""
ALPHABETS: Mapping[str, Mapping[str, str]] = {
    r"\mathbb": dict(zip("CNPQRZ", "ℂℕℙℚℝℤ", strict=True)),
    r"\mathcal": dict(zip("BEFHILMR", "ℬℰℱℋℐℒℳℛ", strict=True)),
}
"""The letters that have a character of their own, which common fonts have; any other stays as it is."""
ENVIRONMENTS: Mapping[str, Brackets] = {
    "cases": ("{", ""), "aligned": ("", ""), "align": ("", ""), "matrix": ("", ""), "bmatrix": ("[", "]"),
    "pmatrix": ("(", ")"), "vmatrix": ("|", "|"),
}
"""Rows of cells by their brackets: ``&`` between two cells, two backslashes between two rows."""
