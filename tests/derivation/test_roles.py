"""The table of roles: what is read off a row agrees with the quantities that networks have."""

from __future__ import annotations

import pytest

from tui_backprop import course
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.formulas import DETAILS, Detail
from tui_backprop.derivation.ids import parse_id
from tui_backprop.derivation.roles import ROLES


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("name", ["exercise-2", "batch-of-three"])
def test_every_quantity_is_of_a_role_in_the_table(name: str, detail: Detail) -> None:
    derivation = Derivation(course.load(name).task, detail)
    for quantity in (*derivation.graph.givens(), *derivation.order):
        ref = parse_id(quantity)
        role = ROLES[ref.role]
        assert role.is_edge == ("->" in quantity)
        assert role.per_sample or ref.sample is None
        if role.kind == "given":
            assert derivation.graph.given_word(quantity) == role.word


def test_what_an_update_changes_is_there_once_more() -> None:
    for role in [role for role in ROLES.values() if role.changes]:
        after = ROLES[f"{role.name}'"]
        assert after.after_update
        assert (after.kind, after.shape, after.per_sample, after.mean) == (
            role.kind, role.shape, role.per_sample, role.mean)
