"""A field that is chosen holds one of its choices, however its text comes in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_backprop.course.draft import BuildError, value_at
from tui_backprop.desk.builder.builder import Builder
from tui_backprop.records.drafts import Drafts
from tui_backprop.typeset.glyphs import Glyphs

CHOSEN = [("activation", 1), ("cost",), ("biases",), ("detail",), ("digits",)]


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    return Builder("network", Drafts(tmp_path))


@pytest.mark.parametrize("where", CHOSEN)
@pytest.mark.parametrize("text", ["", "0.5", "none at all", "softmaxx"])
def test_what_is_no_choice_is_refused(where: tuple[str | int, ...], text: str, builder: Builder) -> None:
    before = builder.draft
    with pytest.raises(BuildError, match="choose from"):
        builder.enter(where, text)
    assert builder.draft == before
    assert list(builder.rows(Glyphs.ASCII))


@pytest.mark.parametrize(("where", "text", "value"), [
    (("activation", 1), "relu", "relu"), (("activation", 1), "ReLU", "relu"), (("cost",), "mean_squared_error", None),
    (("biases",), "frozen", "frozen"), (("detail",), "delta", "delta"), (("digits",), "4 significant digits", None)])
def test_a_choice_is_named_as_it_is_shown_or_as_a_file_has_it(
        where: tuple[str | int, ...], text: str, value: object, builder: Builder) -> None:
    builder.enter(where, text)
    [row] = [row for row in builder.rows(Glyphs.ASCII) if row.where == where]
    assert value_at(builder.draft, where) == value if value else row.value == text.replace("_", " ")


def test_what_goes_with_nothing_else_here_is_refused(builder: Builder) -> None:
    builder.enter(("cost",), "squared_error")
    with pytest.raises(BuildError, match="choose from"):
        builder.enter(("cost",), "cross_entropy")
    assert list(builder.rows(Glyphs.ASCII))


def test_what_is_only_taken_out_is_not_typed(builder: Builder) -> None:
    with pytest.raises(BuildError, match="not typed"):
        builder.enter(("ask",), "weights")
