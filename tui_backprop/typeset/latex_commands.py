r"""The LaTeX that lessons may use, as tables: what each command stands for.

The table in ``docs/file-formats.md`` names them all, and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui_backprop.typeset.latex import GREEK_COMMANDS, SIGN_COMMANDS
from tui_backprop.typeset.layout import Brackets, Text, operator

GREEK: Mapping[str, str] = {
    **{command: letter for letter, command in GREEK_COMMANDS.items() if command.startswith("\\")},
    r"\epsilon": "ε", r"\phi": "φ", r"\vartheta": "θ",
}
_SPACED_SIGNS = "·×→≤≥≠≈±∈⇒←÷∼∝≡⊙∘∉↦∓≪≫⊗⊕∪∩⊂⊆∖≃≅⇔⇐∧∨⊥∥⋆•"
SPACED: Mapping[str, str] = {
    **{command: sign for sign, command in SIGN_COMMANDS.items() if sign in _SPACED_SIGNS},
    r"\to": "→", r"\leq": "≤", r"\geq": "≥", r"\neq": "≠", r"\implies": "⇒", r"\mid": "|", r"\lt": "<", r"\gt": ">",
    r"\leqslant": "≤", r"\geqslant": "≥", r"\gets": "←", r"\longrightarrow": "→", r"\Longrightarrow": "⇒", r"\iff": "⇔",
    r"\land": "∧", r"\lor": "∨", r"\ast": "*", r"\coloneqq": ":=", r"\colon": ":",
    **{sign: sign for sign in "=<>·×→≤≥≠≈±"}, "*": "·",
}
"""Signs with room on both sides."""
NEGATED: Mapping[str, str] = {"=": "≠", r"\in": "∉"}
r"""What ``\not`` makes of the sign after it."""
SYMBOLS: Mapping[str, str] = {
    r"\partial": "∂", r"\prime": "′", r"\nabla": "∇", r"\infty": "∞",
    **dict.fromkeys((r"\dots", r"\ldots", r"\cdots", r"\dotsc", r"\dotsb", r"\hdots"), "…"),
    r"\ell": "ℓ", r"\top": "⊤", r"\forall": "∀", r"\textunderscore": "_",
    **{SIGN_COMMANDS[sign]: sign for sign in "⟨⟩⌊⌋⌈⌉∃¬∅†↑↓⋮⋱"}, r"\varnothing": "∅",
    **dict.fromkeys((r"\|", r"\Vert", r"\lVert", r"\rVert"), "‖"),
    **dict.fromkeys((r"\vert", r"\lvert", r"\rvert"), "|"), r"\lbrace": "{", r"\rbrace": "}",
    r"\%": "%", r"\#": "#", r"\&": "&", r"\$": "$", r"\_": "_", r"\{": "{", r"\}": "}", "?": "?", "!": "!", ".": ".",
    "/": "/", "|": "|", "@": "@", '"': '"', ")": ")", "]": "]", "(": "(", "[": "[", "`": "`",
}
LETTERS_OF_SIGNS = frozenset("∂′∇∞…ℓ⊤∀∃∅†⋮⋱")
"""The symbols that are set as letters are."""
PUNCTUATION = frozenset(",;:")
SPACES: Mapping[str, Text] = {
    **dict.fromkeys((r"\quad", r"\qquad"), Text("   ", "words")), r"\!": operator(""),
    **dict.fromkeys((r"\,", r"\;", r"\:", r"\ ", r"\space", "~"), operator(" ")),
}
LIMITS = frozenset((r"\limits", r"\nolimits"))
SILENT = frozenset((
    r"\displaystyle", r"\textstyle", r"\nonumber", r"\notag", r"\middle",
    *(rf"\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")))) | LIMITS
"""Commands that only say how large or where: read, and of no effect here."""
UNSEEN = frozenset((r"\label", r"\color"))
"""Commands whose argument is not shown."""
FUNCTIONS = frozenset(rf"\{name}" for name in (
    "ln", "exp", "log", "tanh", "sin", "cos", "tan", "sinh", "cosh", "arcsin", "arccos", "arctan", "max", "min", "arg",
    "argmax", "argmin", "lim", "sup", "inf", "det", "dim", "Pr"))
BIG = {r"\sum": "∑", r"\prod": "∏", r"\int": "∫"}
FRACTIONS = frozenset((r"\frac", r"\tfrac", r"\dfrac", r"\cfrac"))
PLAIN_GROUPS = frozenset(rf"\{name}" for name in (
    "mathbf", "boldsymbol", "bm", "pmb", "mathit", "mathfrak", "underline", "boxed"))
"""Commands that only say how letters look; their argument is set as it would be without them."""
BRACES = frozenset((r"\underbrace", r"\overbrace"))
"""Commands that put words under or over a part; here the words stand behind it, in brackets."""
STACKED: Mapping[str, str] = {r"\underset": "_", r"\overset": "^", r"\stackrel": "^"}
"""Commands that set something under or over a sign, and the script that it becomes here."""
WORDS = frozenset(rf"\{name}" for name in ("text", "textbf", "textit", "textrm", "texttt", "textnormal", "mbox"))
UPRIGHT = frozenset((r"\operatorname", r"\mathrm", r"\mathsf", r"\mathtt"))
ACCENTS: Mapping[str, str] = {
    r"\hat": "\u0302", r"\bar": "\u0304", r"\tilde": "\u0303", r"\vec": "\u20d7", r"\dot": "\u0307", r"\ddot": "\u0308",
    r"\check": "\u030c", r"\widehat": "\u0302", r"\overline": "\u0304", r"\widetilde": "\u0303",
    r"\overrightarrow": "\u20d7",
}
"""The combining mark that each command puts over one letter."""
ALPHABETS: Mapping[str, Mapping[str, str]] = {
    r"\mathbb": dict(zip("CNPQRZ", "ℂℕℙℚℝℤ", strict=True)),
    r"\mathcal": dict(zip("BEFHILMR", "ℬℰℱℋℐℒℳℛ", strict=True)),
}
"""By command, the letters that have a character of their own in common fonts; any other letter stays as it is."""
ENVIRONMENTS: Mapping[str, Brackets] = {
    "cases": ("{", ""), "matrix": ("", ""), "smallmatrix": ("", ""), "array": ("", ""), "bmatrix": ("[", "]"),
    "pmatrix": ("(", ")"), "vmatrix": ("|", "|"), "Vmatrix": ("‖", "‖"), "Bmatrix": ("{", "}"),
    "aligned": ("", ""), "align": ("", ""), "split": ("", ""), "gathered": ("", ""), "gather": ("", ""),
    "equation": ("", ""),
}
"""The brackets around an environment's rows of cells. In it ``&`` parts two cells, two backslashes two rows."""
EQUATIONS = frozenset(("aligned", "align", "split"))
"""The environments that hold equations under each other."""
OTHERS = frozenset(rf"\{name}" for name in (
    "sqrt", "binom", "textcolor", "tag", "hspace", "not", "left", "right", "begin", "end"))
"""Commands that the reader handles one by one, each in its own way."""
INSTEAD: Mapping[str, str] = {
    r"\rm": r"\mathrm{…}", r"\bf": r"\mathbf{…}", r"\it": r"\mathit{…}", r"\over": r"\frac{…}{…}",
    r"\softmax": r"\operatorname{softmax}", r"\relu": r"\operatorname{ReLU}",
}
"""For commands that are not read, what to write instead."""


def list_commands() -> frozenset[str]:
    """All commands that are read."""
    tables = (GREEK, SPACED, SYMBOLS, SPACES, SILENT, UNSEEN, FUNCTIONS, BIG, FRACTIONS, PLAIN_GROUPS, BRACES, STACKED,
              WORDS, UPRIGHT, ACCENTS, ALPHABETS, OTHERS)
    return frozenset(command for table in tables for command in table if command.startswith("\\"))
