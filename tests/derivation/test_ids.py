"""Ids: what is written can be read, and nothing else."""

import pytest

from tui_backprop.derivation.ids import Ref, parse_id
from tui_backprop.derivation.roles import VIA

CONTRACT = [
    "a 0:i", "y 2:k", "w 2:j->k", "b 2:k", "r", "z 1:j", "a 1:j", "C 2:k", "C", "dC/da 2:k", "da/dz 2:k", "da/dz 2:i,k",
    "dz/dw 2:j->k", "dz/da 2:j->k", "dC/da 1:j via 2:k", "dC/da 1:j", "dC/dz 2:k", "da/dw 2:j->k", "da/da 2:j->k",
    "dC/dw 2:j->k", "dC/db 2:k", "w' 2:j->k", "b' 2:k", "C'", "#2 dC/dw 2:j->k", "#2 C",
]


@pytest.mark.parametrize("text", CONTRACT)
def test_every_id_of_the_contract_reads_and_writes_back(text: str) -> None:
    assert str(parse_id(text)) == text


def test_a_path_is_taken_apart() -> None:
    assert parse_id("#3 dC/da 1:j via 2:k") == Ref(VIA, 1, ("j", "k"), 3)


@pytest.mark.parametrize("text", ["", "#0x C", "w 2:j,k", "dC/da 1:j via 3:k", "z  1:j", "z 1:j ", "z 1:", "##1 C"])
def test_anything_else_is_no_id(text: str) -> None:
    with pytest.raises(ValueError, match="is not the id of a quantity"):
        parse_id(text)
