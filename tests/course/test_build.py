"""Building a network or a circuit: what fits stays, blanks are allowed, and what is saved is read back the same."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from tests.effort import examples
from tests.strategies import exercises, networks
from tui_backprop import course
from tui_backprop.course import build_circuit as circuit
from tui_backprop.course import build_network as network
from tui_backprop.course.draft import (
    NEW_CIRCUIT,
    NEW_NETWORK,
    BuildError,
    CircuitDraft,
    Draft,
    NetworkDraft,
    SampleDraft,
    draft_from_text,
    draft_of,
    draft_text,
    finish,
    missing,
    value_at,
    with_value,
)
from tui_backprop.course.exercise import Exercise
from tui_backprop.course.read import PRECISIONS, exercise_from_text
from tui_backprop.network.costs import COSTS
from tui_backprop.network.model import Network

SLOW = examples(80,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
TWO_GATES = CircuitDraft((("x", -2.0), ("y", 5.0), ("z", -4.0)), ("q = x + y", "f = q * z"))


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """A draft of an exercise with some of its numbers blanked and some of its gates spoiled."""
    draft = draft_of(draw(exercises(precisions=len(PRECISIONS))))
    if isinstance(draft, CircuitDraft):
        inputs = tuple((name, draw(st.sampled_from([value, None]))) for name, value in draft.inputs)
        spoiled = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=8)
        gates = tuple(draw(st.just(gate) | spoiled) for gate in draft.gates)
        return replace(draft, inputs=inputs, gates=gates)

    def some(row: tuple[float | None, ...]) -> tuple[float | None, ...]:
        return tuple(draw(st.sampled_from([value, None])) for value in row)

    return replace(
        draft, weights=tuple(tuple(map(some, matrix)) for matrix in draft.weights),
        samples=tuple(SampleDraft(some(sample.inputs), some(sample.targets)) for sample in draft.samples),
        learning_rate=draw(st.sampled_from([draft.learning_rate, None])),
        title=draw(st.sampled_from([draft.title, ""])),
    )


@SLOW
@given(exercises(precisions=len(PRECISIONS)))
def test_an_exercise_becomes_a_draft_and_the_same_exercise_again(exercise: Exercise) -> None:
    again, text = finish(draft_of(exercise), exercise.name)
    assert replace(again, digest="") == exercise
    assert exercise_from_text(text, exercise.name, "saved.toml") == again


@SLOW
@given(drafts())
def test_an_unfinished_draft_is_kept_with_its_blanks(draft: Draft) -> None:
    assert draft_from_text(draft_text(draft)) == draft


@SLOW
@given(networks(most_layers=3), st.data())
def test_a_network_keeps_its_shape_whatever_is_done_to_it(drawn: Network, data: st.DataObject) -> None:
    draft = draft_of(Exercise("drawn", "Drawn", drawn))
    assert isinstance(draft, NetworkDraft)
    for _ in range(data.draw(st.integers(1, 6))):
        layer = data.draw(st.integers(0, draft.last))
        change = data.draw(st.sampled_from([
            network.add_layer, network.remove_layer, network.add_unit, network.remove_unit, _other_activation,
            _other_cost, _more_samples, _other_units]))
        with suppress(BuildError):
            draft = change(draft, layer)
    _check_shape(draft)
    full = network.fill(draft, data.draw(st.integers(0, 99)))
    assert not list(missing(full))
    assert _filled_only(draft, full)


@given(st.integers(0, 10_000), st.integers(1, 6), st.integers(1, 6))
def test_drawn_numbers_have_two_digits_all_differ_and_none_is_0(seed: int, inputs: int, outputs: int) -> None:
    draft = network.set_units(network.set_units(NEW_NETWORK, 0, network.read_units(str(inputs))), 1,
                              network.read_units(str(outputs)))
    full = network.fill(draft, seed)
    assert full == network.fill(draft, seed)
    numbers = [abs(n or 0) for matrix in full.weights for row in matrix for n in row]
    numbers += [abs(n or 0) for row in full.biases for n in row] + [abs(n or 0) for n in full.samples[0].inputs]
    assert len(set(numbers)) == len(numbers)
    assert all(0.1 < n < 1 and len(repr(n)) == 4 for n in numbers)
    assert min(numbers) < 0.55 < max(numbers) or len(numbers) < 4


@pytest.mark.parametrize("cost", COSTS)
def test_drawn_targets_suit_the_cost(cost: str) -> None:
    draft = network.set_units(NEW_NETWORK, 1, network.read_units("3"))
    draft = replace(draft, cost=cost, activations=(COSTS[cost].output or "tanh",))
    for seed in range(5):
        exercise, _ = finish(network.fill(draft, seed))
        assert isinstance(exercise.task, Network)
        targets = exercise.task.samples[0].targets
        assert all(0 <= target <= 1 for target in targets) or "entropy" not in cost
        assert sum(targets) == pytest.approx(1) or cost != "cross_entropy"


def test_typed_numbers_stay_when_the_blanks_are_filled_and_when_weights_are_drawn_anew() -> None:
    draft = with_value(NEW_NETWORK, ("weight", 1, 0, 0), 0.37)
    draft = with_value(draft, ("input", 0, 0), 7.0)
    full = network.fill(draft, 1)
    assert value_at(full, ("weight", 1, 0, 0)) == 0.37
    anew = network.fill(full, 2, anew=True)
    assert value_at(anew, ("weight", 1, 0, 0)) != 0.37
    assert value_at(anew, ("input", 0, 0)) == 7.0


def test_filling_what_is_missing_leaves_no_learning_rate_missing() -> None:
    full = network.fill(replace(NEW_NETWORK, learning_rate=None), 1)
    assert full.learning_rate == NEW_NETWORK.learning_rate
    assert network.count_blanks(full) == 0
    assert network.fill(replace(full, learning_rate=0.7), 2, anew=True).learning_rate == 0.7


def test_a_layers_units_keep_their_weights_by_name_and_by_place() -> None:
    loaded = draft_of(course.load("exercise-3"))
    assert isinstance(loaded, NetworkDraft)
    renamed = network.set_units(loaded, 0, ("p", "q"))
    assert renamed.weights == loaded.weights
    turned = network.set_units(loaded, 0, loaded.layers[0][::-1])
    assert turned.weights[0] == loaded.weights[0][::-1]
    more = network.set_units(loaded, 0, (*loaded.layers[0], "n"))
    assert more.weights[0] == (*loaded.weights[0], (None,))


@pytest.mark.parametrize(("text", "units"), [
    ("3", ("1", "2", "3")), ("i, j", ("i", "j")), ("i j", ("i", "j")), (" h1;h2 ", ("h1", "h2")), ("1 2", ("1", "2")),
])
def test_units_are_typed_as_a_number_or_as_names(text: str, units: tuple[str, ...]) -> None:
    assert network.read_units(text) == units
    assert network.read_units(network.format_units(units)) == units


@pytest.mark.parametrize(("text", "reason"), [
    ("", "type how many units"), ("0", "1 to 20000 units"), ("9999999", "1 to 20000 units"), ("i, i", "rename one"),
    ("-1", "cannot name a unit"), ("a b! c", "cannot name a unit"),
])
def test_units_that_cannot_be_are_refused_in_one_line(text: str, reason: str) -> None:
    with pytest.raises(BuildError, match=reason) as caught:
        network.read_units(text)
    assert "\n" not in str(caught.value)


def test_a_network_too_large_for_a_file_is_refused_before_it_is_made() -> None:
    wide = network.set_units(NEW_NETWORK, 0, network.read_units("20000"))
    with pytest.raises(BuildError, match="300000 numbers at most"):
        network.set_units(wide, 1, network.read_units("20000"))


def test_only_permitted_pairs_of_activation_and_cost_are_offered() -> None:
    hidden = network.add_layer(NEW_NETWORK, 0)
    assert "softmax" not in network.activations_for(hidden, 1)
    assert "softmax" in network.activations_for(hidden, 2)
    assert "binary_cross_entropy" in network.costs_for(hidden)
    assert "cross_entropy" not in network.costs_for(hidden)
    soft = with_value(hidden, ("activation", 2), "softmax")
    assert "cross_entropy" in network.costs_for(soft)
    assert network.activations_for(replace(soft, cost="cross_entropy"), 2) == ("softmax",)


def test_a_restriction_of_the_quiz_goes_with_the_weight_it_names() -> None:
    text = draft_text(network.fill(network.set_units(NEW_NETWORK, 0, ("i", "j")), 1))
    asked = exercise_from_text(text.replace("[answers]", '[ask]\nweights = ["1:i->1"]\n[answers]'), "asked", "")
    draft = draft_of(asked)
    assert isinstance(draft, NetworkDraft)
    assert network.set_units(draft, 0, ("i",)).ask.parameters == ("1:i->1",)
    assert network.set_units(draft, 0, ("j",)).ask.parameters is None


def test_what_is_missing_is_named_with_its_field() -> None:
    with pytest.raises(BuildError, match="this input is missing") as caught:
        finish(NEW_NETWORK)
    assert caught.value.where == ("input", 0, 0)
    with pytest.raises(BuildError, match="x has no number yet") as caught:
        finish(NEW_CIRCUIT)
    assert caught.value.where == ("given", 0)


def test_targets_that_do_not_sum_to_one_may_be_kept_but_not_practised() -> None:
    draft = replace(network.fill(NEW_NETWORK, 1), activations=("softmax",), cost="cross_entropy",
                    bias_use="frozen", samples=(SampleDraft((0.5,), (0.4,)),))
    assert draft_from_text(draft_text(draft)) == draft
    with pytest.raises(BuildError, match="sum to 1") as caught:
        finish(draft)
    assert caught.value.where == ("target", 0, 0)


def test_a_circuit_follows_the_names_of_its_inputs_and_gates() -> None:
    renamed = circuit.set_input(TWO_GATES, 0, "a", -2.0)
    assert renamed.gates == ("q = a + y", "f = q * z")
    assert circuit.set_gate(renamed, 0, "p = a + 2y").gates == ("p = a + 2y", "f = p * z")


@pytest.mark.parametrize(("text", "reason"), [
    ("f = q *", "cannot be read"), ("q * z", "no name"), ("f = w", "w"), ("x = q", "twice"), ("f =", "no formula"),
    ("f = " + "z + " * 200 + "z", "400 characters"),
])
def test_a_gate_that_cannot_be_is_refused_in_one_line(text: str, reason: str) -> None:
    with pytest.raises(BuildError, match=reason) as caught:
        circuit.set_gate(TWO_GATES, 1, text)
    assert "\n" not in str(caught.value)


def test_a_gate_whose_input_is_taken_out_says_so() -> None:
    orphaned = circuit.remove_gate(TWO_GATES, 0)
    assert circuit.count_blanks(orphaned) == 1
    with pytest.raises(BuildError, match="q") as caught:
        finish(orphaned)
    assert caught.value.where == ("gate", 0)
    assert draft_from_text(draft_text(orphaned)) == orphaned


@given(st.text(max_size=30), st.integers(0, 1))
def test_any_text_is_taken_as_a_gate_or_refused(text: str, place: int) -> None:
    for change in (lambda: circuit.set_gate(TWO_GATES, place, text),
                   lambda: circuit.set_input(TWO_GATES, place, text, 1.0), lambda: network.read_units(text)):
        said = ""
        try:
            change()
        except BuildError as error:
            said = str(error)
        assert len(said.splitlines()) <= 1


def test_a_finished_drafts_file_holds_no_blank() -> None:
    _, text = finish(network.fill(NEW_NETWORK, 1))
    assert "nan" not in text
    assert tomllib.loads(text)["network"]["layers"] == [1, 1]


def _other_activation(draft: NetworkDraft, layer: int) -> NetworkDraft:
    return with_value(draft, ("activation", layer), network.activations_for(draft, layer)[-1]) if layer else draft


def _other_cost(draft: NetworkDraft, layer: int) -> NetworkDraft:
    costs = network.costs_for(draft)
    return replace(draft, cost=costs[layer % len(costs)])


def _more_samples(draft: NetworkDraft, layer: int) -> NetworkDraft:
    return network.add_sample(draft, layer % len(draft.samples))


def _other_units(draft: NetworkDraft, layer: int) -> NetworkDraft:
    return network.set_units(draft, layer, ("p", *draft.layers[layer][1:], "longer"))


def _check_shape(draft: NetworkDraft) -> None:
    sizes = [len(units) for units in draft.layers]
    assert [(len(m), {len(row) for row in m}) for m in draft.weights] == [(a, {b}) for a, b in pairwise(sizes)]
    assert [len(row) for row in draft.biases] == sizes[1:]
    assert len(draft.activations) == draft.last
    assert all((len(s.inputs), len(s.targets)) == (sizes[0], sizes[-1]) for s in draft.samples)
    for layer in range(1, draft.last + 1):
        assert draft.activations[layer - 1] in network.activations_for(draft, layer)
    assert draft.cost in network.costs_for(draft)


def _filled_only(draft: NetworkDraft, full: NetworkDraft) -> bool:
    """Is every number that was there still the same?"""
    pairs = [(a, b) for old, new in zip(draft.weights, full.weights, strict=True)
             for x, y in zip(old, new, strict=True) for a, b in zip(x, y, strict=True)]
    return all(a is None or a == b for a, b in pairs)
