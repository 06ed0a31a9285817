"""Translation of text to what a terminal can show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui_backprop.maths.spelling import GREEK
from tui_backprop.typeset.glyphs import Glyphs, cells, cut, fill_lines, one_cell, plain_text, shorten
from tui_backprop.typeset.scripts import FROM_SUBSCRIPT, FROM_SUPERSCRIPT, subscript, superscript

OWN_CHARACTERS = (
    "∂∇∑∏√½·×→←≤≥≠≈−′…✓✗“”‘’–—•▸▶●○╭╮╰╯─│━┃┌┐└┘├┤┬┴┼█▓▒░▀▄▌▐⎛⎜⎝⎞⎟⎠⠁⣿éüñß"
    + "".join(GREEK) + "".join(FROM_SUBSCRIPT) + "".join(FROM_SUPERSCRIPT)
)
"""What lessons, formulas, diagrams and frames are written with."""
CONSOLE_CHARACTERS = set("·×→←↑↓−≤≥≠≈─│┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╦╩╬█▓▒░▀▄▌▐■½éüñß")


@pytest.mark.parametrize(("text", "console", "ascii_text"), [
    ("∂C/∂wᵢⱼ⁽ᴸ⁻¹⁾ = 2(aₖ − y)²", "dC/dw_ij^(L−1) = 2(a_k − y)^2", "dC/dw_ij^(L-1) = 2(a_k - y)^2"),
    ("✗ I read −0.603.", "x I read −0.603.", "x I read -0.603."),
    ("✓ right", "ok right", "ok right"),
    ("0.86 · 0.7 × 2 → 1", "0.86 · 0.7 × 2 → 1", "0.86 * 0.7 * 2 -> 1"),
    ("σ′(z), δⱼ, ∑ᵢ", "sigma'(z), delta_j, sum_i", "sigma'(z), delta_j, sum_i"),
    ("“don’t” — that’s it…", '"don\'t" - that\'s it...', '"don\'t" - that\'s it...'),
    ("▓▓▓░░", "▓▓▓░░", "###.."),
    ("╭─ Network ─╮", "┌─ Network ─┐", "+- Network -+"),
    ("10⁻⁵ and 2ᵃᵇ and x¹²", "10^(−5) and 2^(ab) and x^12", "10^(-5) and 2^(ab) and x^12"),
    ("a ≤ b ≥ c ≠ d ≈ e", "a ≤ b ≥ c ≠ d ≈ e", "a <= b >= c != d ~ e"),
    ("½ café 数", "½ café ?", "1/2 cafe ?"),
    ("plain words", "plain words", "plain words"),
])
def test_running_text_is_spelled_out_where_it_cannot_be_shown(text: str, console: str, ascii_text: str) -> None:
    assert plain_text(text, Glyphs.FULL) == text
    assert plain_text(text, Glyphs.CONSOLE) == console
    assert plain_text(text, Glyphs.ASCII) == ascii_text


@given(st.text())
def test_ascii_is_ascii_whatever_the_text(text: str) -> None:
    assert plain_text(text, Glyphs.ASCII).isascii()


def test_every_character_the_course_uses_has_a_translation() -> None:
    assert [character for character in OWN_CHARACTERS if "?" in plain_text(character, Glyphs.ASCII)] == []
    console = {character: plain_text(character, Glyphs.CONSOLE) for character in OWN_CHARACTERS}
    assert {character: text for character, text in console.items()
            if not all(shown.isascii() or shown in CONSOLE_CHARACTERS for shown in text)} == {}


@given(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from(list(Glyphs)))
def test_one_cell_keeps_the_width_of_every_character(character: str, glyphs: Glyphs) -> None:
    assert cells(one_cell(character, glyphs)) == cells(character)


@given(st.characters(exclude_categories=["Cs", "Cc"]))
def test_one_cell_is_ascii_at_the_poorest_level(character: str) -> None:
    assert one_cell(character, Glyphs.ASCII).isascii()


def test_the_courses_characters_take_one_cell_as_the_terminal_counts_it() -> None:
    assert [character for character in OWN_CHARACTERS if not cells(character) == cell_len(character) == 1] == []


@given(st.text("aehijklmnoprstuvx0123456789+-=()", min_size=1))
def test_small_letters_read_back_as_what_they_stand_for(text: str) -> None:
    sub, sup = subscript(text), superscript(text)
    assert sub is not None
    assert sup is not None
    assert "".join(FROM_SUBSCRIPT[c] for c in sub) == text.replace("-", "−")
    assert "".join(FROM_SUPERSCRIPT[c] for c in sup) == text.replace("-", "−")


@pytest.mark.parametrize("letter", "bcdfgqwyzL")
def test_missing_subscripts_are_missed(letter: str) -> None:
    assert subscript(f"a{letter}") is None


@pytest.mark.parametrize("letter", "qCFQSXYZ")
def test_missing_superscripts_are_missed(letter: str) -> None:
    assert superscript(f"a{letter}") is None


@given(st.text(), st.integers(-2, 30))
def test_a_text_is_cut_shortened_and_filled_by_cells(text: str, room: int) -> None:
    left = cut(text, room)
    assert text.startswith(left)
    assert cells(left) <= max(room, 0)
    assert left == text or cells(text[:len(left) + 1]) > room
    short = shorten(text, room)
    assert short == text if cells(text) <= room else cells(short) <= max(room, 0)
    assert cells(fill_lines(left, room)) == max(room, cells(left))


@pytest.mark.parametrize(("text", "room", "shown"), [
    ("漢字かな", 7, "漢字か…"), ("漢字かな", 6, "漢字…"), ("漢字かな", 8, "漢字かな"),
    ("e\u0301\u0301x", 2, "e\u0301\u0301x"), ("abc", 0, ""),
])
def test_a_text_too_wide_ends_with_an_ellipsis(text: str, room: int, shown: str) -> None:
    assert shorten(text, room) == shown


@pytest.mark.parametrize(("text", "shown"), [
    ("2aⱼ²wⱼₖ − 2aⱼy", "2a_j^2 w_jk - 2a_j y"), ("w₁₂x", "w_12 x"), ("x²y³", "x^2 y^3"), ("a²)", "a^2)")])
def test_what_follows_a_script_is_no_part_of_it(text: str, shown: str) -> None:
    assert plain_text(text, Glyphs.ASCII) == shown
