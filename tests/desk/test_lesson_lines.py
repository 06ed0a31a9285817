"""A lesson's text in lines: words without end, also of strangers' making."""

from __future__ import annotations

import pytest

from tui_backprop.desk.lesson import lines
from tui_backprop.desk.lesson.lines import wrap_runs
from tui_backprop.typeset.glyphs import cells


@pytest.mark.parametrize("word", [
    [("aa", "x"), ("b" * 40, "y")], [("界" * 30, "x"), ("b", "y")], [("a", "x"), ("b", "y")] * 30,
    [("ab\u0301" * 20, "x")],
])
def test_a_word_without_end_fills_its_lines(word: list[tuple[str, str]]) -> None:
    rows = list(wrap_runs(word, 12))
    assert "".join(text for row in rows for text, _ in row) == "".join(text for text, _ in word)
    widths = [cells("".join(text for text, _ in row)) for row in rows]
    assert set(widths[:-1]) == {12}
    assert 0 < widths[-1] <= 12


def test_a_word_without_end_takes_time_in_proportion_to_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = 0

    def count(text: str) -> int:
        nonlocal measured
        measured += len(text)
        return len(text)

    monkeypatch.setattr(lines, "cells", count)
    assert len(list(wrap_runs([("a", "x"), ("b", "y")] * 5000, 10))) == 1000
    assert measured < 50_000
