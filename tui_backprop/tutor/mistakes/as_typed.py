"""Which mistake was made, where it was typed out: ``2·1`` is a product, whatever else has the value 2."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from tui_backprop.dataclass import replace
from tui_backprop.derivation import Derivation
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Add, Expr, Mul, Neg, Number, Pow, Symbol, children, rebuild, substitute, walk
from tui_backprop.patterns import late_pattern
from tui_backprop.tutor.mistakes import known
from tui_backprop.tutor.mistakes.diagnosis import Diagnosis, put_names, workings_of
from tui_backprop.tutor.mistakes.slip import Slip
from tui_backprop.tutor.mistakes.update import typed_steps

_FEW = 6
"""In a formula of more quantities than this it is not looked for one that another was put in the place of."""
_ROUNDED = 0.005
"""The share by which a number that was typed may be off the one on the screen."""
_THAT_IS = late_pattern(r"That (?:is|comes) (?:(?!\{)|\{[^}]*\}(, of [^.]*)?)")
_EXACT = 1e-9
_MINUS_FIRST = "A power comes before a minus: −3² is −9. Put what is squared in brackets, as in (−3)²."


def find_typed(derivation: Derivation, quantity: str, typed: Expr) -> Diagnosis | None:
    """The known mistake at this step whose formula this is, in names or in numbers; None for a bare number."""
    if _is_leaf(typed) and not isinstance(typed, Symbol):
        return None
    if slip := _likeliest(_made(derivation, quantity, typed)):
        return None if _is_likelier_here(derivation, quantity, slip) else _diagnosis_of(derivation, slip)
    if isinstance(typed, Symbol):
        say = f"That is {{{typed.name}}}. Here {{{quantity}}} is asked for."
        return _diagnosis_of(derivation, Slip(known.WRONG_LAYER, "named", typed, say))
    bracketed = _minus_first(typed)
    if bracketed != typed and _is_near(evaluate(bracketed, derivation.values), derivation.values(quantity)):
        return _diagnosis_of(derivation, Slip(known.BRACKET_LOST, "minus first", typed, _MINUS_FIRST))
    return None


def find_value_for_slope(derivation: Derivation, quantity: str, typed: Symbol) -> Diagnosis | None:
    """The mistake of somebody who types a name for a factor that is not it, though its number is the same here."""
    formula = workings_of(derivation).formula(quantity)
    if derivation.graph.kind(quantity) != "factor" or formula is None or typed in walk(formula):
        return None
    taken = (slip for slip in _made(derivation, quantity, typed) if slip.mistake is known.OPERAND_SWAPPED)
    slip = _likeliest(taken)
    return None if slip is None else _diagnosis_of(derivation, slip)


def _is_likelier_here(derivation: Derivation, quantity: str, slip: Slip) -> bool:
    """Does the number come of a likelier slip at the step itself than the one in a part of it that was typed out?

    What is typed for ``∂f/∂g · 2`` without its 2 may be ``2·7``, which is ``∂f/∂g`` written out.
    """
    if slip not in _in_a_part(derivation, quantity):
        return False
    own, value = workings_of(derivation).slips(quantity).values(), evaluate(slip.formula, derivation.values)
    return any(each.rank < slip.rank and each.mistake is not known.WRONG_LAYER and math.isclose(
        evaluate(each.formula, derivation.values), value, rel_tol=_EXACT) for each in own)


def _made(derivation: Derivation, quantity: str, typed: Expr) -> Iterator[Slip]:
    """The slips at a step whose formula was typed."""
    slips = [*workings_of(derivation).slips(quantity).values(), *_in_a_part(derivation, quantity),
             *typed_steps(derivation, quantity)]
    return (slip for slip in slips if typed == slip.formula
            or (not isinstance(typed, Symbol) and _is_same(derivation, typed, slip.formula)))


def _likeliest(slips: Iterable[Slip]) -> Slip | None:
    return min(slips, key=lambda slip: slip.rank, default=None)


def _diagnosis_of(derivation: Derivation, slip: Slip) -> Diagnosis:
    value = evaluate(slip.formula, derivation.values)
    return Diagnosis(slip.code, value, put_names(derivation, slip.say), slip.rank)


def _minus_first(expr: Expr) -> Expr:
    """The expression with each minus before a power inside its base: (−3)² for −3²."""
    inner = rebuild(expr, _minus_first)
    if isinstance(inner, Neg) and isinstance(inner.operand, Pow):
        return Neg(inner.operand.base) ** inner.operand.exponent
    return inner


def _is_near(value: float, right: float) -> bool:
    return abs(value - right) <= _ROUNDED * abs(right)


def _in_a_part(derivation: Derivation, quantity: str) -> Iterator[Slip]:
    """The slips that put one number in the place of another that the step is made of, such as w for ∂z/∂w."""
    workings = workings_of(derivation)
    formula, parts = workings.formula(quantity), workings.find_parts(quantity)
    if formula is None or len(parts) > _FEW:
        return
    for part in parts:
        for slip in workings.slips(part).values():
            if isinstance(slip.formula, Symbol):
                wrong = substitute(formula, {part: slip.formula}.get)
                yield replace(slip, formula=wrong, way=f"{slip.way} in {part}", say=_say_of_whole(slip, part),
                              unlikely=slip.unlikely + 1)


def _say_of_whole(slip: Slip, part: str) -> str:
    """What to say where a part's slip was made within a longer formula: "That is …" would be false of the whole."""
    found = _THAT_IS.match(slip.say)
    if found is None or not isinstance(slip.formula, Symbol):
        return slip.say
    beside = f"{found[1]}," if found[1] else ""
    return f"That has {{{slip.formula.name}}}{beside} where {{{part}}} belongs."


def _is_leaf(expr: Expr) -> bool:
    return isinstance(expr.operand if isinstance(expr, Neg) else expr, Number | Symbol)


def _is_same(derivation: Derivation, typed: Expr, formula: Expr) -> bool:
    """Are both the same operations on the same numbers? The order of terms and factors does not matter."""
    if _is_leaf(typed) or _is_leaf(formula):
        values = [evaluate(each, derivation.values) for each in (typed, formula)]
        return _is_leaf(typed) and _is_leaf(formula) and _is_near(*values)
    if type(typed) is not type(formula):
        return False
    left, right = _parts(typed), _parts(formula)
    if len(left) != len(right):
        return False
    if not isinstance(typed, Add | Mul):
        return all(_is_same(derivation, one, other) for one, other in zip(left, right, strict=True))
    return _is_same_set(derivation, left, right)


def _is_same_set(derivation: Derivation, left: Sequence[Expr], right: Sequence[Expr]) -> bool:
    rest = list(right)
    for part in left:
        place = next((at for at, other in enumerate(rest) if _is_same(derivation, part, other)), None)
        if place is None:
            return False
        del rest[place]
    return True


def _parts(expr: Expr) -> Sequence[Expr]:
    """The parts of a node; of sums of sums and products of products all of them in one row."""
    if not isinstance(expr, Add | Mul):
        return children(expr)
    return [part for child in children(expr) for part in (_parts(child) if type(child) is type(expr) else (child,))]
