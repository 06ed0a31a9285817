"""Other questions about a step than its value: its formula first, or a part of it after the same slip twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from tui_backprop.derivation import Derivation
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Call, Expr, Mul, Neg, Number, Symbol, children, substitute, symbols, walk
from tui_backprop.maths.spelling import Vocabulary
from tui_backprop.tutor.entries import Feedback
from tui_backprop.typeset.formula import formula as set_formula
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear

_KINDS: Final = frozenset({"factor", "update"})
_KINKS: Final = frozenset({"step", "sign"})
_LONGEST: Final = 40
"""A formula over more quantities than this is not asked for: nobody types it."""
_LONGEST_WRITTEN_OUT: Final = 200
"""A formula that names quantities more often than this is not written out: every path through a network is in it."""


def has_formula(derivation: Derivation, quantity: str) -> bool:
    """May a learner be asked for the step's formula? Not where it is a bare number, or jumps."""
    if derivation.graph.kind(quantity) not in _KINDS:
        return False
    formula = derivation.formula(quantity)
    if formula is None or not 0 < len(symbols(formula)) <= _LONGEST:
        return False
    return not any(isinstance(node, Call) and node.function in _KINKS for node in walk(formula))


def part_of(derivation: Derivation, quantity: str) -> Expr | None:
    """The part of the step's formula to ask about: the first that is more than one quantity; None where there is none.
    Of a long product the last two factors: what comes back from the cost is what reuse keeps.

    It is one operation on numbers at hand. A quantity that is no step, such as an activation after the update, is
    written out; a part that is multiplied by 0 is passed over. A choice, such as a max gate's slope, has no parts.
    """
    formula = derivation.step(quantity).evaluated
    if any(isinstance(node, Call) and node.function == "sign" for node in walk(formula)):
        return None
    if isinstance(formula, Mul) and len(formula.factors) > _PAIR and not any(map(_is_part, formula.factors)):
        return Mul(formula.factors[-_PAIR:])
    if _can_be_written_out(derivation, quantity):
        formula = _write_out(derivation, formula)
    return next((found for child in _worth_asking(derivation, formula)
                 if (found := _first_part(derivation, child)) is not None), None)


def part_entered(derivation: Derivation, quantity: str, is_entered: Callable[[Expr], bool]) -> Expr | None:
    """The largest part of the step's formula whose value was entered for the whole; None where none was.

    None, too, where it is made of so many numbers that to try all of its parts would take seconds.
    """
    if not _can_be_written_out(derivation, quantity):
        return None
    formula = derivation.step(quantity).evaluated
    shown_and_open = (formula, _write_out(derivation, formula))
    return next((part for form in shown_and_open for part in walk(form)
                 if part is not form and _is_part(part) and is_entered(part)), None)


def name_of_part(derivation: Derivation, quantity: str, part: Expr) -> str | None:
    """The id of the quantity in the step's formula that this part works out; None where it has no name."""
    for name in symbols(derivation.step(quantity).evaluated):
        formula = derivation.formula(name)
        if formula is not None and part in (formula, _write_out(derivation, formula)):
            return name
    return None


def _can_be_written_out(derivation: Derivation, quantity: str) -> bool:
    """Is the formula short once every quantity is written out that is neither given nor a step?"""
    lengths: dict[str, int] = {}

    def length(name: str) -> int:
        if name != quantity and (derivation.graph.kind(name) == "given" or name in derivation.order):
            return 1
        if name not in lengths:
            lengths[name] = sum(map(length, symbols(derivation.formula(name) or Symbol(name))))
        return lengths[name]

    few = 0 < len(derivation.inputs_at_hand(quantity)) <= _LONGEST
    return few and length(quantity) <= _LONGEST_WRITTEN_OUT


def _write_out(derivation: Derivation, expr: Expr) -> Expr:
    """The expression with every quantity written out that is neither given nor a step."""
    def hidden(name: str) -> Expr | None:
        return None if derivation.graph.kind(name) == "given" or name in derivation.order else derivation.formula(name)

    opened = substitute(expr, hidden)
    return expr if opened == expr else _write_out(derivation, opened)


def _worth_asking(derivation: Derivation, expr: Expr) -> Sequence[Expr]:
    """The parts of an expression; none where the expression is a product that is 0."""
    parts = children(expr)
    at_0 = isinstance(expr, Mul) and any(evaluate(factor, derivation.values) == 0 for factor in parts)
    return () if at_0 else parts


_PAIR: Final = 2


def _first_part(derivation: Derivation, expr: Expr) -> Expr | None:
    parts = _worth_asking(derivation, expr)
    if not parts and children(expr):
        return None
    inner = next((found for child in parts if (found := _first_part(derivation, child)) is not None), None)
    return inner if inner is not None else expr if _is_part(expr) else None


def _is_part(expr: Expr) -> bool:
    return bool(symbols(expr)) and not isinstance(expr, Symbol | Number | Neg)


def judge_formula(derivation: Derivation, quantity: str, text: str, names: Mapping[str, str] | Vocabulary) -> Feedback:
    """Judge an expression typed for a step, over the ``names`` that may be used. A known slip is named."""
    from tui_backprop.maths.equivalence import equivalent  # most quizzes ask for numbers alone
    from tui_backprop.maths.parse import ParseError, read, right_side
    from tui_backprop.tutor.formulas import SAID

    begin = right_side(text)
    try:
        parsed = read(text[begin:], names)
    except ParseError as refusal:
        return Feedback(quantity, "invalid", False, refusal.message, None, begin + refusal.start, begin + refusal.end,
                        (), "formula")
    expr = parsed.expr
    said = " ".join((*parsed.notes, f"I read {say_formula(derivation, expr)}."))
    if not symbols(expr):
        return Feedback(quantity, "invalid", False, f"{said} Write it with the names here; the number comes next.",
                        asked="formula")
    right = derivation.formula(quantity)
    assert right is not None  # only steps are asked
    over_sums, right_over_sums = (_write_out_activations(derivation, each) for each in (expr, right))
    verdicts = [equivalent(expr, right), equivalent(over_sums, right_over_sums)]
    if "equivalent" in verdicts:
        return Feedback(quantity, "equivalent", False, said, asked="formula")
    if "undecided" in verdicts:
        return Feedback(quantity, "undecided", False, f"{said} {SAID['undecided']}", asked="formula")
    from tui_backprop.tutor.mistakes.diagnosis import put_names, workings_of  # its mistakes are known when one is made

    for slip in workings_of(derivation).slips(quantity).values():
        if equivalent(expr, slip.formula) == "equivalent":
            return Feedback(quantity, "different", False, f"{said} {put_names(derivation, slip.say)}",
                            mistakes=(slip.code,), asked="formula")
    return Feedback(quantity, "different", False, f"{said} {SAID['different']}", asked="formula")


def say_formula(derivation: Derivation, expr: Expr) -> str:
    """An expression over ids as text, in the names of the derivation's notation."""
    return linear(set_formula(expr, derivation.naming.name), Glyphs.FULL)


def _write_out_activations(derivation: Derivation, expr: Expr) -> Expr:
    """The expression with activations written out over weighted sums, so that σ(z)(1 − σ(z)) counts as a(1 − a)."""
    graph = derivation.graph
    return substitute(expr, lambda name: graph.formula(name) if graph.kind(name) == "activation" else None)
