"""Random layouts, for the property tests of this folder."""

from __future__ import annotations

from hypothesis import strategies as st

from tui_backprop.typeset.layout import Fenced, Fraction, Grid, Layout, Row, Scripted, Tagged, Text

ROLES = ("symbol", "number", "operator", "function", "words", "blank")

course_texts = st.sampled_from([
    "a", "w", "w′", "C", "∂", "δ", "σ", "jk", "(L)", "L−1", "1,12", "0.397", "−0.5", "½", "2", " · ", " = ", " − ", "∑",
    "…", "[?]", "ReLU", "if z > 0", "", "q", "B",
])
any_texts = st.one_of(course_texts, st.text(max_size=6))


def layouts_of(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Layout]:
    """Layouts of any shape over these texts."""
    leaves = st.builds(Text, texts, st.sampled_from(ROLES))

    def grow(parts: st.SearchStrategy[Layout]) -> st.SearchStrategy[Layout]:
        maybe = st.none() | parts
        fences = st.sampled_from(["()", "[]", "||", "{}", "[)"])
        return st.one_of(
            st.builds(Scripted, parts, maybe, maybe), st.builds(Fraction, parts, parts),
            st.lists(parts, max_size=4).map(lambda found: Row(tuple(found))),
            st.builds(lambda body, pair: Fenced(body, pair[0], pair[1]), parts, fences),
            st.builds(lambda rows, pair, eq: Grid(tuple(map(tuple, rows)), (pair[0], pair[1]), eq),
                      st.lists(st.lists(parts, min_size=1, max_size=2), min_size=1, max_size=2), fences, st.booleans()),
            st.builds(Tagged, st.sampled_from(["one", "two"]), parts),
        )

    return st.recursive(leaves, grow, max_leaves=10)


course_layouts = layouts_of(course_texts)
any_layouts = layouts_of(any_texts)
