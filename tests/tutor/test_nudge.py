"""A gradient checked by nudging: costs worked out by plain arithmetic, corners told, nothing given away."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.derivation.test_large import drawn
from tests.effort import examples
from tests.strategies import circuits, networks, off_kinks
from tui_backprop import course
from tui_backprop.course.exercise import Exercise
from tui_backprop.course.read import exercise_from_text
from tui_backprop.derivation import Derivation
from tui_backprop.network.model import Circuit, Network
from tui_backprop.tutor.edit import with_values
from tui_backprop.tutor.nudge import (
    DIGITS,
    agreeing_digits,
    nudge,
    nudgeable,
    read_size,
    sentences,
    warning,
    write_fixed,
)
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.tutor.walk import Watch


def quiz_of(name: str) -> Quiz:
    return Quiz(course.load(name))


def circuit(gates: str, inputs: str) -> Quiz:
    text = f'format = 1\ntitle = "T"\n[circuit]\ninputs = {{ {inputs} }}\ngates = [{gates}]\n'
    return Quiz(exercise_from_text(text, "drawn", "drawn.toml"))


def test_the_costs_of_exercise_2_to_both_sides_of_a_weight() -> None:
    """a_k = 0.7 · 0.86 · w; C = (a_k − 1)²."""
    found = nudge(quiz_of("exercise-2"), "w 2:j->k", 0.01)
    costs = [(0.602 * w - 1) ** 2 for w in (0.65, 0.66, 0.67)]
    assert [found.below, found.here, found.above] == pytest.approx(costs, rel=1e-12)
    assert found.slope == pytest.approx((costs[2] - costs[0]) / 0.02, rel=1e-9)
    assert found.left == pytest.approx((costs[1] - costs[0]) / 0.01, rel=1e-9)
    assert found.right == pytest.approx((costs[2] - costs[1]) / 0.01, rel=1e-9)
    assert found.gradient == pytest.approx(-0.72562672, rel=1e-12)
    assert found.texts == ("−0.725627", "−0.725627")
    assert list(sentences(found)) == [
        "Nudging and the chain agree in all digits shown.",
        "Raise wⱼₖ by a little, and C goes down by 0.726 times as much."]


def test_the_costs_are_written_with_digits_where_they_differ() -> None:
    found = nudge(quiz_of("exercise-2"), "w 2:j->k", 0.001)
    assert found.cost_texts == ("0.363949172", "0.363223182", "0.362497918")


def test_a_nudge_too_large_or_too_small_is_told() -> None:
    quiz = quiz_of("mazur")
    assert list(sentences(nudge(quiz, "b 1:h1", 0.1))) == [
        "C bends between the two points, so rise over run is off. Take a smaller nudge."]
    (tiny,) = sentences(nudge(quiz, "b 1:h1", 1e-11))
    assert "lost in rounding" in tiny
    assert "larger nudge" in tiny


def test_a_gradient_not_found_yet_is_marked_and_warned_of() -> None:
    quiz = quiz_of("exercise-2")
    found = nudge(quiz, "w 2:j->k", 0.01)
    assert not found.earned
    assert warning(found) == "You have not found ∂C/∂wⱼₖ yet. Nudging gives it away: how fast C rises when wⱼₖ does."
    while not quiz.earned("dC/dw 2:j->k"):
        quiz.reveal()
    assert nudge(quiz, "w 2:j->k", 0.01).earned
    assert not nudge(quiz, "w 1:i->j", 0.01).earned
    assert nudge(Watch(course.load("exercise-2")), "w 1:i->j", 0.01).earned


def test_a_relu_that_switches_between_the_points_is_named() -> None:
    """off-relu: z_n = −0.7·0.8 + 0.5·0.3 = −0.41, and 0.8 h reaches 0 from h = 0.5125 on."""
    quiz = quiz_of("off-relu")
    assert nudge(quiz, "w 1:i->n", 0.5).switched == ()
    found = nudge(quiz, "w 1:i->n", 0.6)
    assert found.switched == ("z 1:n",)
    assert not found.cornered
    told = " ".join(sentences(found))
    assert "zₙ passes 0 between the points." in told
    right = ((0.85 * 0.6 + 0.65 * 0.07 - 0.2) ** 2 - (0.85 * 0.6 - 0.2) ** 2) / 0.6
    assert f"0.00000 on the left, {right:.5f} on the right. Take a smaller nudge." in told


def test_right_at_a_corner_no_nudge_is_small_enough() -> None:
    at_zero = with_values(course.load("exercise-2"), {"w 1:i->j": 0.0})
    found = nudge(Quiz(at_zero), "w 1:i->j", 0.001)
    assert found.cornered
    assert found.gradient == 0
    assert found.left == 0
    assert found.right == pytest.approx(-2 * 0.66 * 0.7, rel=1e-2)
    assert "Right at a corner there is no one slope." in " ".join(sentences(found))


@pytest.mark.parametrize(("gate", "x", "switches"), [
    ("abs(x)", 0.05, True), ("max(x, 0.3)", 0.25, True), ("min(x, 0.3)", 0.25, True), ("relu(x)", -0.05, True),
    ("step(x)", 0.05, True), ("abs(x)", 0.2, False), ("x^2", 0.0, False), ("max(x, 0.3)", 0.5, False)])
def test_a_gate_with_a_corner_is_named(gate: str, x: float, switches: bool) -> None:
    found = nudge(circuit(f'"q = {gate}", "f = 2 * q"', f"x = {x}"), "x", 0.1)
    assert found.switched == (("q",) if switches else ())
    assert ("q switches between the points" in " ".join(sentences(found))) == switches


def test_of_a_batch_it_is_the_mean_cost() -> None:
    pairs = ((0.5, 0.9), (1.5, 0.7), (-0.8, 0.1))
    found = nudge(quiz_of("batch-of-three"), "w 1:i->k", 0.1)
    costs = [sum((w * x + 0.2 - y) ** 2 for x, y in pairs) / 3 for w in (0.5, 0.6, 0.7)]
    assert [found.below, found.here, found.above] == pytest.approx(costs)


def test_what_can_be_nudged() -> None:
    assert list(nudgeable(quiz_of("two-paths").derivation))[:3] == ["w 1:1->3", "w 1:2->3", "w 1:1->4"]
    assert "b 2:5" in nudgeable(quiz_of("two-paths").derivation)
    assert list(nudgeable(quiz_of("circuit-max").derivation)) == ["x", "y", "z", "w"]


@pytest.mark.parametrize("text", ["0", "-0.1", "20", "1e-15", "much", "1/0"])
def test_a_nudge_that_is_none_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"^[^\n]+$"):
        read_size(text)


def test_a_nudge_may_be_typed_as_people_write() -> None:
    assert read_size("0,05") == 0.05
    assert read_size("1e-3") == 0.001
    assert read_size("1/8") == 0.125


def test_costs_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="smaller nudge"):
        nudge(circuit('"f = ln(x)"', "x = 0.05"), "x", 0.1)


@pytest.mark.parametrize(("estimate", "exact", "digits"), [
    (0.1, 0.1, 6), (0.12346, 0.12345, 4), (0.9999, 1.0001, 4), (1.0, 2.0, 0), (-0.5, 0.5, 0), (0.0, 0.0, 6),
    (123456.4, 123456.0, 6)])
def test_digits_that_agree(estimate: float, exact: float, digits: int) -> None:
    assert agreeing_digits(estimate, exact) == agreeing_digits(exact, estimate) == digits


def test_a_rounded_nothing_has_no_sign() -> None:
    assert write_fixed(-0.0001, 2) == "0.00"
    assert write_fixed(-1.5, 1) == "−1.5"


def test_a_large_networks_costs_are_worked_out_by_layers_and_are_the_same() -> None:
    network = drawn(biases=True)
    quiz = Quiz(Exercise("drawn", "Drawn", network))
    for parameter in ("w 1:7->9", "b 1:9", "w 2:9->3", "b 2:3"):
        found = nudge(quiz, parameter, 0.001)
        slow = quiz.derivation.values_with(numbers={parameter: found.value + 0.001})
        assert found.above == pytest.approx(slow("C"), rel=1e-12)
        assert found.agreeing >= 4 or found.switched


def test_any_given_of_a_large_network_can_be_varied() -> None:
    derivation = Derivation(drawn(biases=True))
    numbers = {"#2 a 0:3": 0.4, "#1 y 2:2": 0.6, "w 2:9->3": 0.7, "b 1:4": 0.2, "w 1:1->1": -0.3}
    assert derivation.vary(numbers)("C'") == pytest.approx(derivation.values_with(numbers=numbers)("C'"), rel=1e-9)
    assert derivation.vary({})("C") == derivation.values("C")


@examples(40)
@given(task=networks(most_layers=3) | circuits(), data=st.data())
def test_nudging_agrees_with_the_chain_where_the_cost_is_smooth(task: Network | Circuit, data: st.DataObject) -> None:
    assume(not isinstance(task, Network) or off_kinks(task))
    quiz = Quiz(Exercise("drawn", "Drawn", task))
    parameter = data.draw(st.sampled_from(list(nudgeable(quiz.derivation))))
    try:
        found = nudge(quiz, parameter, 1e-5)
    except ValueError:
        return
    curved = abs(found.right - found.left)
    if not found.switched and curved < 1e-2 * max(1.0, abs(found.gradient)):
        assert math.isclose(found.slope, found.gradient, rel_tol=1e-4, abs_tol=1e-6 + 100 * found.noise)
        assert 0 <= found.agreeing <= DIGITS
    assert all(sentences(found))
