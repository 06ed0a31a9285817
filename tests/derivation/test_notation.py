"""Names: in every notation each is its quantity's own, and what is typed is read as that quantity."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from tests.effort import examples
from tests.strategies import networks
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.formulas import DETAILS
from tui_backprop.derivation.ids import parse_id
from tui_backprop.derivation.naming import NetworkNaming, names_for
from tui_backprop.derivation.notation import NOTATIONS, Notation
from tui_backprop.maths.expression import Symbol, symbols
from tui_backprop.maths.parse import parse
from tui_backprop.maths.spelling import Vocabulary
from tui_backprop.network.model import Network
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear

notations = st.sampled_from(tuple(NOTATIONS.values()))


def named(derivation: Derivation) -> dict[str, str]:
    """Every quantity with a name of its own and its name in ASCII: all givens, steps, and what they are made of."""
    found: dict[str, str] = {}
    waiting = list(derivation.order)
    while waiting:
        quantity = waiting.pop()
        if quantity not in found:
            found[quantity] = linear(derivation.naming.name(quantity), Glyphs.ASCII)
            waiting += symbols(derivation.formula(quantity) or Symbol(quantity))
    return {quantity: name for quantity, name in found.items() if " " not in name}


def shares_a_bias(derivation: Derivation, quantity: str) -> bool:
    """One bias for a whole layer is one number, under one name."""
    naming = derivation.naming
    assert isinstance(naming, NetworkNaming)
    return naming.notation.numbered and naming.labels.shares_biases and parse_id(quantity).role == "b"


@examples(40)
@given(networks(most_layers=4, most_units=3, most_samples=1), notations, st.sampled_from(DETAILS))
def test_no_two_quantities_have_one_name_and_each_is_read_as_its_own(
    network: Network, notation: Notation, detail: str
) -> None:
    derivation = Derivation(network, next(d for d in DETAILS if d == detail), notation)
    names = named(derivation)
    by_name: dict[str, set[str]] = defaultdict(set)
    for quantity, name in names.items():
        if not shares_a_bias(derivation, quantity):
            by_name[name].add(quantity)
    assert {name: ids for name, ids in by_name.items() if len(ids) > 1} == {}
    vocabulary = Vocabulary(names_for(derivation.naming, names))
    for quantity in names:
        if not shares_a_bias(derivation, quantity):
            for glyphs in Glyphs:
                text = linear(derivation.naming.name(quantity), glyphs)
                assert parse(text, vocabulary) == Symbol(quantity), text


@examples(30)
@given(networks(most_layers=3, most_units=3, most_samples=1), notations)
def test_every_spelling_means_one_quantity(network: Network, notation: Notation) -> None:
    derivation = Derivation(network, "full", notation)
    meant: dict[str, set[str]] = defaultdict(set)
    for quantity in named(derivation):
        if not shares_a_bias(derivation, quantity):
            for spelling in derivation.naming.spellings(quantity):
                meant[spelling].add(quantity)
    assert {spelling: ids for spelling, ids in meant.items() if len(ids) > 1} == {}
