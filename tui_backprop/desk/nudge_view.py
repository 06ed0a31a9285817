"""What the nudging screen shows, as plain data: the parameters, the nudge, the costs, and both results aligned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tui_backprop.derivation.landscape import CostHill, space_evenly
from tui_backprop.drawing.boxes import Setter
from tui_backprop.drawing.paragraphs import Paragraph
from tui_backprop.drawing.plots.curve import CurvePicture
from tui_backprop.maths.expression import Div, Symbol
from tui_backprop.maths.numerals import to_text, typographic
from tui_backprop.tutor.explaining import LONG_SUM
from tui_backprop.tutor.nudge import DIGITS, SIZES, Nudge, places_for, sentences, warning, write_fixed
from tui_backprop.tutor.plan import chain_of
from tui_backprop.tutor.walk import Walk
from tui_backprop.typeset.align import align
from tui_backprop.typeset.box import Box, above, beside, draw_in
from tui_backprop.typeset.formula import formula as set_formula
from tui_backprop.typeset.glyphs import Glyphs, cells, plain_text
from tui_backprop.typeset.layout import EQUALS, TIMES, Fenced, Fraction, Layout, Tagged, Text, number_text
from tui_backprop.typeset.linear import ScriptStyle, style_of

SLOPE, GRADIENT = "slope", "gradient"
_NOTHING = Text("")
_RISE_OVER_RUN = Fraction(Text("rise", "words"), Text("run", "words"))
_AGREES = "^"
"""The mark under each digit that agrees."""
_WIDE_GAP, _GAP = "    ", "  "
_CURVE_POINTS, _CURVE_NUDGES = 61, 3
"""How many points the curve has, and how many nudges it reaches to each side."""


def parameter_text(walk: Walk, parameter: str, glyphs: Glyphs) -> str:
    """A row of the list: name and value."""
    name = walk.derivation.name_of(parameter, glyphs)
    return f"{name} = {plain_text(walk.shown(parameter) or '', glyphs)}"


def goal_title(walk: Walk) -> str:
    """What the numbers at the three points are: the cost or the output."""
    return walk.derivation.graph.goal_word


def size_text(size: float, typed: str) -> str:
    """The nudge: as it is being typed, or chosen from those offered."""
    if typed:
        return f"nudge  h = {typed}_"
    offered = "  ".join(f"[{each:g}]" if each == size else f"{each:g}" for each in SIZES)
    return f"nudge  h = {_write_given(size)}   {offered}"


def cost_rows(nudge: Nudge, width: int, glyphs: Glyphs) -> list[str]:
    """The three points below each other, with the slopes between them where there is room."""
    name, cost = (nudge.derivation.name_of(each, glyphs) for each in (nudge.parameter, nudge.goal))
    points = [f"{name}{plain_text(by, glyphs)}" for by in (" − h", "", " + h")]
    values = _point_texts(nudge)
    left, right = nudge.side_texts
    slopes = (f"left slope {left}", "", f"right slope {right}")
    columns: list[Sequence[str]] = [points, values, nudge.cost_texts]
    wide = [max(cells(plain_text(text, glyphs)) for text in column) for column in columns]
    for gap, words in ((_WIDE_GAP, slopes), (_GAP, slopes), (_GAP, ("",) * 3)):
        rows = [f"{point:{wide[0]}} = {plain_text(value, glyphs):>{wide[1]}}{gap}{cost} = "
                f"{plain_text(text, glyphs):>{wide[2]}}{gap}{plain_text(slope, glyphs)}".rstrip()
                for point, value, text, slope in zip(points, values, nudge.cost_texts, words, strict=True)]
        if max(map(len, rows)) <= width:
            break
    return [row[:width] for row in rows]


def curve_picture(nudge: Nudge) -> CurvePicture:
    """The cost near the parameter's value, within a few nudges: the smaller the nudge, the straighter the curve."""
    name, goal = (nudge.derivation.name_of(each) for each in (nudge.parameter, nudge.goal))
    x, reach = nudge.value, _CURVE_NUDGES * nudge.size
    xs = space_evenly(x - reach, x + reach, _CURVE_POINTS)
    points = tuple(zip(xs, CostHill(nudge.derivation, nudge.parameter).costs(xs), strict=True))
    beside_it = ((x - nudge.size, nudge.below), (x + nudge.size, nudge.above))
    return CurvePicture(points, (x, nudge.here), nudge.gradient, names=(name, goal), around=beside_it)


def comparison(nudge: Nudge) -> tuple[Setter, dict[str, str]]:
    """Rise over run and below it the chain rule, with their values aligned and marks under the digits that agree.

    Gives the setter of the formula, and the roles of its tags.
    """
    slope, found = Tagged(SLOPE, number_text(nudge.texts[0])), chain_of(nudge.derivation, nudge.gradient_id)
    factors = found[1] if found is not None and found[0] == nudge.gradient_id else ()
    chain = list(_chain(nudge))

    def box(glyphs: Glyphs, width: int, height: int) -> Box:
        boxes = []
        for fraction in (_costs_over_points(nudge), _rise_over_run(nudge)):
            nudging: list[Layout] = [_RISE_OVER_RUN, EQUALS, fraction, EQUALS, slope]
            lined_up = _line_up(nudge, nudging, factors, glyphs) if factors else None
            boxes.append(lined_up if lined_up is not None and lined_up.width <= width
                         else align([nudging, *chain], glyphs, width, height))
        return boxes[0] if boxes[0].height <= boxes[1].height else boxes[1]

    role = "good" if nudge.agreeing else "bad"
    return box, {SLOPE: role, GRADIENT: role}


def _line_up(nudge: Nudge, nudging: Sequence[Layout], factors: Sequence[str], glyphs: Glyphs) -> Box:
    """Rise over run, and the chain with each factor's value under the factor; both results under one another."""
    derivation = nudge.derivation
    names = [derivation.naming.name(each) for each in (nudge.gradient_id, *factors)]
    values = [_factor_text(derivation.values(factor)) for factor in factors]
    gradient = Tagged(GRADIENT, number_text(nudge.texts[1]))
    style = style_of([*nudging, *names, *values, gradient], glyphs)
    rise, equals, fraction, _, slope = (draw_in(layout, style) for layout in nudging)
    name, *tops = (draw_in(layout, style) for layout in names)
    belows = [draw_in(layout, style) for layout in values]
    columns = [max(top.width, below.width) for top, below in zip(tops, belows, strict=True)]
    chain, numbers = (_product([box.centred(column) for box, column in zip(boxes, columns, strict=True)], style)
                      for boxes in (tops, belows))
    first, second = max(rise.width, name.width), max(fraction.width, chain.width)
    empty = draw_in(_NOTHING, style).centred(first)
    marks = draw_in(Text(agreement_marks(nudge), "words"), style)
    return above(
        beside(rise.centred(first), equals, fraction.centred(second), equals, slope),
        beside(name.centred(first), equals, chain),
        beside(empty, equals, numbers.padded(right=second - numbers.width), equals, draw_in(gradient, style)),
        marks.padded(left=first + second + 2 * equals.width), baseline=1)


def _product(boxes: Sequence[Box], style: ScriptStyle) -> Box:
    times = draw_in(TIMES, style)
    return beside(*[box for factor in boxes for box in (times, factor)][1:])


def _factor_text(value: float) -> Layout:
    """A factor's number; in parentheses where its minus would follow the sign of the product."""
    text = number_text(_in_formula(value))
    return Fenced(text) if value < 0 else text


def _chain(nudge: Nudge) -> Iterator[list[Layout]]:
    """The gradient with its formula, and below it the numbers; for a mean over samples the numbers alone."""
    step = nudge.derivation.step(nudge.gradient_id)
    numbers: list[Layout] = [EQUALS, step.lay_out_substituted(_in_formula, elide=LONG_SUM), EQUALS,
                             Tagged(GRADIENT, number_text(nudge.texts[1]))]
    if step.kind == "mean":
        yield [step.name, *numbers]
    else:
        yield [step.name, EQUALS, step.formula_layout(elide=LONG_SUM)]
        yield [_NOTHING, *numbers]
    yield [*[_NOTHING] * 4, Text(agreement_marks(nudge), "words")]


def agreement_marks(nudge: Nudge) -> str:
    """Marks under the leading digits that agree and look alike."""
    slope, gradient = nudge.texts
    if nudge.is_flat:
        return _AGREES
    marks, left = "", nudge.agreeing
    for one, other in zip(slope, gradient, strict=False):
        if one != other or not left:
            break
        marks += _AGREES
        left -= one.isdigit() and (one != "0" or any(digit in "123456789" for digit in slope[:len(marks)]))
    return marks.ljust(len(gradient))


def describe_nudge(nudge: Nudge) -> tuple[Paragraph, ...]:
    """Whether slope and gradient agree, and what that means."""
    first, *others = sentences(nudge)
    good = nudge.agreeing >= 3 and not nudge.cornered
    return (Paragraph(first, "✓" if good else "!", "good" if good else "note"), *map(Paragraph, others))


def ask_first(nudge: Nudge) -> Sequence[Paragraph]:
    """What stands in place of the numbers while they would give a gradient away."""
    return (Paragraph(warning(nudge), "!", "note"), Paragraph("Press Enter to see it all the same."))


def _rise_over_run(nudge: Nudge) -> Layout:
    places = places_for(nudge.rise, DIGITS) if nudge.rise else 0
    return Fraction(number_text(write_fixed(nudge.rise, places)), number_text(_write_given(nudge.run)))


def _costs_over_points(nudge: Nudge) -> Layout:
    below, _, above = nudge.cost_texts
    lower, _, upper = _point_texts(nudge)
    texts = {"below": below, "above": above, "lower": lower, "upper": upper}
    expr = Div(Symbol("above") - Symbol("below"), Symbol("upper") - Symbol("lower"))
    return set_formula(expr, lambda name: number_text(texts[name]))


def _point_texts(nudge: Nudge) -> tuple[str, str, str]:
    return (_write_given(nudge.value - nudge.size), _write_given(nudge.value), _write_given(nudge.value + nudge.size))


def _write_given(value: float) -> str:
    """A parameter's value with all its digits, except those that come from binary fractions: 0.00001, and not 1e−05."""
    text = f"{value:.12g}"
    return typographic(f"{Decimal(text):f}" if _SMALLEST <= abs(value) < 1 else text)


_SMALLEST = 1e-9


def _in_formula(value: float) -> str:
    return to_text(value, DIGITS)
