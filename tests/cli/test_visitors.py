"""Visitors in a browser: keys that are no paths, names that find their work again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_backprop.web.visitors import Visitors, is_key, key_of_name, new_key


@pytest.mark.parametrize("key", ["", ".", "..", "../x", "a/b", "A", "-a", "a" * 81, "a\n", "x\x00"])
def test_what_is_no_key_leads_nowhere(key: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nobody's key"):
        Visitors(tmp_path, 3).state_of(key)


@given(st.text(max_size=60))
def test_every_name_with_something_in_it_has_a_key(name: str) -> None:
    key = key_of_name(name)
    assert (key is None) == (not name.strip())
    assert key is None or ((is_key(key) and key.startswith("name-") and key_of_name(name.upper().lower()) == key)
                           or not name.isascii())


def test_a_name_finds_its_work_again() -> None:
    assert key_of_name("Ada Lovelace") == key_of_name(" ada  LOVELACE. ") == "name-ada-lovelace"
    assert key_of_name("Анна") != key_of_name("Ольга")


def test_a_guest_is_nobody_else() -> None:
    assert is_key(new_key())
    assert new_key() != new_key()
    assert not new_key().startswith("name-")
