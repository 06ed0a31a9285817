"""The known mistakes of a gate's slope as somebody differentiates it: by a changed rule, or stopping half-way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from tui_backprop.maths.derivative import derivative
from tui_backprop.maths.expression import Call, Div, Expr, Mul, Neg, Pow, call, number, symbols, walk
from tui_backprop.maths.simplify import simplify
from tui_backprop.tutor.mistakes import known
from tui_backprop.tutor.mistakes.derivatives import wrong_derivatives
from tui_backprop.tutor.mistakes.gates import brackets, put
from tui_backprop.tutor.mistakes.shape import MOST_DEPTH, wrong_parts
from tui_backprop.tutor.mistakes.slip import Slip

_SWITCHES: Final = frozenset({"step", "sign"})
"""Functions in the slopes of gates that switch, such as max and relu."""
_FEW: Final = 4
"""Of more inputs nobody can tell by which one a slope was taken."""
_MOST_NODES: Final = 30
"""In a larger expression no rule of differentiation is tried changed."""
_BESIDE: Final = 1.1
"""How much less likely a changed rule is than what gives the same number and is told of gates alone."""
_MISTAKES: Final[Mapping[str, known.Mistake]] = {
    "inner_slope_missing": known.FACTOR_MISSING, "exponent_not_in_front": known.FACTOR_MISSING,
    "factor_dropped": known.FACTOR_MISSING, "sum_for_product": known.ADDED_FACTORS,
    "outer_at_variable": known.DERIVATIVE_AT_WRONG_POINT, "outer_at_slope": known.DERIVATIVE_AT_WRONG_POINT,
    "outer_at_variable_alone": known.DERIVATIVE_AT_WRONG_POINT, "term_left_out": known.ONE_INPUT_MISSING,
    "half_a_product": known.PATH_MISSING, "denominator_not_squared": known.SQUARE_MISSING,
}
"""The mistakes that changed rules are; any other is the slope of another function."""
_TOLD_OTHERWISE: Final = frozenset({
    "sign", "not_differentiated", "by_another_variable", "no_slope", "term_turned", "not_turned_over",
    "slope_half_done", "differentiated_twice", "integrated", "each_letter_moved", "exponent_lost",
    "outer_slope_missing",
})
"""Mistakes that other slips of a gate are for, or that a mere number does not show."""


def half_done(gate: str, name: str, expression: Expr, formula: Expr, *, nearby: bool) -> Iterator[Slip]:
    """Slips at the slope of a gate by one of its inputs."""
    slope = simplify(formula)
    if any(isinstance(node, Call) and node.function in _SWITCHES for node in walk(slope)):
        return  # nobody sees such a slope written out: it is 0 or 1, or the like
    yield from _upside_down(slope)
    unsigned = slope.operand if isinstance(slope, Neg) else slope
    yield from brackets(unsigned)
    for number_of, (wrong, mistake, say) in enumerate(wrong_parts(unsigned, MOST_DEPTH)):
        yield Slip(mistake, f"part {number_of}", wrong, say, unlikely=0.5)
    for place, power in enumerate(node for node in walk(unsigned) if isinstance(node, Pow)):
        yield Slip(known.SQUARE_MISSING, f"no power {place}", put(slope, power, power.base),
                   "That leaves a power out of the slope.", unlikely=0.3)
    if isinstance(expression, Call) and expression.function == "exp":
        inside = expression.arguments[0]
        yield Slip(known.DERIVATIVE_OF_OTHER_FUNCTION, "power rule", inside * call("exp", inside - 1),
                   f"That is the rule for a power. In {{{gate}}} it is the exponent that moves.")
    if isinstance(expression, Call) and expression.function == "sqrt":
        inner = derivative(expression.arguments[0], name)
        yield Slip(known.OPERAND_SWAPPED, "root above", expression * inner / number(2),
                   "That has the root above the line. In the slope of a root it stands below it.")
    if isinstance(expression, Mul | Div | Pow):
        for other in symbols(expression)[:_FEW]:
            if other != name:
                yield Slip(known.OPERAND_SWAPPED, f"by {other}", derivative(expression, other),
                           f"That is how {{{gate}}} changes with {{{other}}}. Here {{{name}}} moves.", unlikely=0.2)
    if nearby:
        yield from _by_changed_rules(name, expression)


def _upside_down(slope: Expr) -> Iterator[Slip]:
    sign, quotient = (-1, slope.operand) if isinstance(slope, Neg) else (1, slope)
    if not isinstance(quotient, Div) or not symbols(quotient.denominator):
        return
    if not symbols(quotient.numerator):
        yield Slip(known.OPERAND_SWAPPED, "not turned over", sign * quotient.denominator / quotient.numerator,
                   "That is upside down: what stands below the line came out above it.")
    if isinstance(quotient.denominator, Pow):
        yield Slip(known.SQUARE_MISSING, "below", sign * quotient.numerator / quotient.denominator.base,
                   "What stands below is squared in the slope of a quotient.")


def _by_changed_rules(name: str, expression: Expr) -> Iterator[Slip]:
    """The slopes that changed rules of differentiation give, as in the lessons on them."""
    nodes = list(walk(expression))
    if len(nodes) > _MOST_NODES or not any(isinstance(node, Call | Pow | Div) for node in nodes):
        return
    seen: set[Expr] = set()
    for number_of, (mistake, wrong) in enumerate(wrong_derivatives(expression, name)):
        if mistake.code not in _TOLD_OTHERWISE and wrong not in seen:
            seen.add(wrong)
            yield Slip(_MISTAKES.get(mistake.code, known.DERIVATIVE_OF_OTHER_FUNCTION), f"{mistake.code} {number_of}",
                       wrong, mistake.say.replace("{x}", f"{{{name}}}"), unlikely=_BESIDE)
