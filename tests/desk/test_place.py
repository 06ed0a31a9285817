"""A reader's place in a text that is set anew for another width."""

from __future__ import annotations

import pytest

from tui_backprop import course
from tui_backprop.desk.lesson.place import characters_before, row_of
from tui_backprop.desk.lesson.text import block_rows
from tui_backprop.drawing.canvas import Runs
from tui_backprop.typeset.glyphs import Glyphs

LESSON = course.load_lesson("01-slopes")


def set_for(width: int, place: int) -> list[Runs]:
    return block_rows(LESSON.blocks[place], LESSON.folder, width, Glyphs.FULL)


@pytest.mark.parametrize("place", range(8))
def test_the_first_word_of_a_row_is_in_the_row_found_at_another_width(place: int) -> None:
    wide = set_for(78, place)
    for number, row in enumerate(wide[:-1]):
        words = "".join(text for text, _ in row).split()
        narrow = set_for(40, place)
        found = narrow[row_of(narrow, characters_before(wide, number))]
        assert not words or words[0] in "".join(text for text, _ in found)


def test_the_empty_row_behind_a_block_is_found_again() -> None:
    wide, narrow = set_for(78, 2), set_for(40, 2)
    assert row_of(narrow, characters_before(wide, len(wide) - 1)) == len(narrow) - 1
