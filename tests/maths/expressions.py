"""Random expressions, for the property tests of this folder."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from tui_backprop.maths.expression import Add, Call, Constant, Div, Expr, Mul, Neg, Number, Pow, Symbol
from tui_backprop.maths.functions import FUNCTIONS

NAMES = ("x", "y", "a_k", "w_jk'")

numbers = st.one_of(
    st.integers(-12, 12).map(Fraction),
    st.fractions(min_value=-20, max_value=20, max_denominator=60),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda x: Fraction(repr(x))),
).map(Number)
leaves = st.one_of(numbers, st.sampled_from(NAMES).map(Symbol), st.sampled_from(["e", "pi"]).map(Constant))


def _grow(parts: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    several = st.lists(parts, min_size=2, max_size=4).map(tuple)
    single = sorted(name for name, function in FUNCTIONS.items() if function.most == 1)
    return st.one_of(
        several.map(Add), several.map(Mul), parts.map(Neg), st.builds(Div, parts, parts), st.builds(Pow, parts, parts),
        st.builds(Call, st.sampled_from(single), st.tuples(parts)),
        st.builds(Call, st.sampled_from(["max", "min"]), st.lists(parts, min_size=1, max_size=3).map(tuple)),
    )


expressions: st.SearchStrategy[Expr] = st.recursive(leaves, _grow, max_leaves=12)
"""Any expression of the grammar, most of them without a value somewhere."""
