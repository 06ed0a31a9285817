r"""A LaTeX document that pdflatex compiles with nothing but the base packages, amsmath and geometry.

Every title, name and word in it is escaped: no file can bring a command along.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from tui_backprop.derivation import Derivation, Solution, Step
from tui_backprop.drawing.picture import RADIUS, Line, Picture, picture_of
from tui_backprop.export.fitting import break_lines, scientific, width
from tui_backprop.export.outline import derive_lines, equation, list_given_rows, number_of, sections
from tui_backprop.tutor.wording import words_for
from tui_backprop.typeset.glyphs import Glyphs, plain_text, plain_title
from tui_backprop.typeset.latex import escape_words, latex, left_out
from tui_backprop.typeset.layout import EQUALS, Layout, Text, row
from tui_backprop.typeset.linear import untagged

_ROOM = 80
"""The width of a line of formula in digits, its name included."""
_AT_ONCE = 30
"""The number of steps that are aligned with each other: amsmath measures them together."""
_WIDEST = 470.0
"""The width between the margins in points; a wider picture is drawn smaller."""

_TIP = 6.0
"""The length of an arrow's tip, in points."""
_MOST_POINTS = 20_000
"""The most points in all lines of a picture together."""

_PREAMBLE = r"""\documentclass[a4paper,fleqn]{article}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\usepackage[margin=2cm]{geometry}
\usepackage{amsmath,color,longtable}
\ProvideTextCommandDefault{\textquotedbl}{''}
\allowdisplaybreaks
\setlength{\parindent}{0pt}
\raggedright
\newcommand{\stepwords}[2]{\intertext{\makebox[2em][l]{#1.}#2}}
\renewcommand{\arraystretch}{1.25}
\setlength{\fboxsep}{0.8pt}
\setlength{\LTleft}{0pt}
\setlength{\LTpre}{0pt}
\setlength{\LTpost}{6pt}
\begin{document}
\setlength{\mathindent}{2.5em}
\setlength{\abovedisplayskip}{3pt plus 1pt}
\setlength{\belowdisplayskip}{5pt plus 2pt}
\setlength{\jot}{2pt}"""


def solution_paper(solution: Solution, steps: Iterable[Step], glyphs: Glyphs) -> Iterator[str]:
    """The worked solution as a document."""
    yield from document(_solution(solution, steps, glyphs))


def document(body: Iterable[str]) -> Iterator[str]:
    """The whole document around the lines of its body."""
    yield _PREAMBLE
    yield from body
    yield r"\end{document}"


def words(text: str, glyphs: Glyphs) -> str:
    """Text from a file or from the tutor, escaped; at poorer glyph levels in ASCII alone."""
    return escape_words(plain_text(_settable(text), glyphs))


def title(text: str, glyphs: Glyphs) -> str:
    """As :func:`words`, for a title."""
    return escape_words(plain_title(_settable(text), glyphs))


def _settable(text: str) -> str:
    lost = left_out(text)
    return "".join(character for character in text if character not in lost)


def tabulate_givens(derivation: Derivation, worked_out: Sequence[str] = ()) -> Iterator[str]:
    """The givens, a row for each kind, and then what is ``worked_out`` already."""
    yield r"\begin{longtable}{@{}l@{\quad}p{0.75\textwidth}@{}}\hline"
    rows = [(given.label, [maths(item) for item in given.items]) for given in list_given_rows(derivation)]
    for label, formulas in (*rows, *((("worked out already", worked_out),) if worked_out else ())):
        items = r" \hspace{1em} ".join(formulas)
        yield rf"{escape_words(label)} & \raggedright\rule{{0pt}}{{2.9ex}}{items} \tabularnewline \hline"
    yield r"\end{longtable}"


def maths(layout: Layout) -> str:
    """A formula in a line of text, in pieces no wider than the table; running words stay words."""
    inside = untagged(layout)
    if isinstance(inside, Text) and inside.role == "words":
        return escape_words(inside.text)
    return r" \hspace{0pt}".join(rf"\mbox{{${latex(line)}$}}" for line in break_lines(scientific(layout), _ROOM - 20))


def drawing(derivation: Derivation, glyphs: Glyphs) -> Iterator[str]:
    """The network or circuit in LaTeX's own picture environment."""
    picture = picture_of(derivation)
    unit = 0.8 * min(1.0, _WIDEST / picture.width)
    yield rf"\setlength{{\unitlength}}{{{unit:.3f}pt}}"
    yield rf"\begin{{picture}}({picture.width:.0f},{picture.height:.0f})\footnotesize\linethickness{{0.3pt}}"
    yield from (_line(picture, line) for line in picture.lines)
    for node in picture.nodes:
        x, y, wide = node.x, picture.height - node.y, node.half_width
        box, size = (r"\framebox", 2 * wide) if node.is_box else (r"\oval", 2 * max(wide, RADIUS))
        name = words(node.label, glyphs)
        if node.is_box:
            yield rf"\put({x - wide:.1f},{y - RADIUS:.1f}){{{box}({size:.1f},{2 * RADIUS:.1f}){{\textit{{{name}}}}}}}"
        else:
            yield rf"\put({x:.1f},{y:.1f}){{{box}({size:.1f},{2 * RADIUS:.1f})}}"
            yield rf"\put({x:.1f},{y:.1f}){{\makebox(0,0){{\textit{{{name}}}}}}}"
        if node.below:
            yield rf"\put({x:.1f},{y - RADIUS - 9:.1f}){{\makebox(0,0){{{words(node.below, glyphs)}}}}}"
    places = {"middle": "", "start": "[l]", "end": "[r]"}
    for label in picture.labels:
        y = picture.height - label.y + 4
        text = rf"\colorbox{{white}}{{{words(label.text, glyphs)}}}"
        yield rf"\put({label.x:.1f},{y:.1f}){{\makebox(0,0){places[label.anchor]}{{{text}}}}}"
    yield r"\end{picture}"
    yield r"\par\bigskip"


def _line(picture: Picture, line: Line) -> str:
    """A line of any slope with an arrow's tip, drawn as straight curves, since LaTeX's own arrows have few slopes.

    TeX sets a curve as points, and has room for a limited number of them: where there are many lines, they are dotted.
    """
    points = min(500, _MOST_POINTS // len(picture.lines))
    y1, y2 = picture.height - line.y1, picture.height - line.y2
    middle = f"{(line.x1 + line.x2) / 2:.1f},{(y1 + y2) / 2:.1f}"
    curve = rf"\qbezier[{points}]({line.x1:.1f},{y1:.1f})({middle})({line.x2:.1f},{y2:.1f})"
    return curve + "".join(_half_tip(line.x2, y2, line.x2 - line.x1, y2 - y1, side) for side in (-1, 1))


def _half_tip(x: float, y: float, across: float, up: float, side: int) -> str:
    """One of the two strokes of the tip at (x, y) of a line in the direction (across, up)."""
    scale = 1 / max((across**2 + up**2) ** 0.5, 1e-9)
    back_x = x - scale * (_TIP * across + side * _TIP / 2.5 * up)
    back_y = y - scale * (_TIP * up - side * _TIP / 2.5 * across)
    middle = f"{(x + back_x) / 2:.1f},{(y + back_y) / 2:.1f}"
    return rf"\qbezier[12]({back_x:.1f},{back_y:.1f})({middle})({x:.1f},{y:.1f})"


def _solution(solution: Solution, steps: Iterable[Step], glyphs: Glyphs) -> Iterator[str]:
    derivation = solution.derivation
    yield rf"\section*{{{title(solution.title, glyphs)}}}"
    yield from drawing(derivation, glyphs)
    yield from tabulate_givens(derivation)
    for heading, members in sections(steps):
        yield rf"\subsection*{{{escape_words(heading)}}}"
        while some := list(islice(members, _AT_ONCE)):
            yield r"\begin{align*}"
            for place, step in enumerate(some):
                said = words(words_for(derivation, step.id).title, glyphs)
                yield rf"\stepwords{{{number_of(step)}}}{{{said}}}"
                lines = [*_equation(step), *_write_parts(step)]
                yield " \\\\\n".join(lines) + (r" \\" if place < len(some) - 1 else "")
            yield r"\end{align*}"


def _write_parts(step: Step) -> Iterator[str]:
    """The lines for the quantities that a step is made of, where these are listed."""
    for place, parts in enumerate(derive_lines(step)):
        if place == 0:
            yield r"&\text{with}"
        yield from _fit([scientific(part) for part in parts])


def _equation(step: Step) -> Iterator[str]:
    """The lines of a step: one where it fits, else one for each part, which are broken where necessary."""
    for elide in (6, 4):
        parts = [scientific(part) for part in equation(step, elide=elide)]
        if max(map(width, parts)) <= _ROOM:
            break
    return _fit(parts)


def _fit(parts: Sequence[Layout]) -> Iterator[str]:
    name, *rest = parts
    room = max(_ROOM - width(name), 30)
    if sum(width(part) + 3 for part in rest) <= room:
        yield f"{latex(name)} &{''.join(map(_with_sign, rest))}"
        return
    for place, part in enumerate(rest):
        first, *more = break_lines(part, room - 3)
        yield f"{latex(name) if place == 0 else ''} &{_with_sign(first)}"
        yield from (rf" &\qquad {latex(line)}" for line in more)


def _with_sign(part: Layout) -> str:
    return latex(row(EQUALS, part))
