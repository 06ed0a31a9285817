"""Each notation against its author's own published formulas, typed as they stand there.

The left side must be what the program calls the quantity, and be read as it; the right side must come to its value,
with numbers that are all different, so that no index can stand in another's place.
"""

from __future__ import annotations

import math
import os
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pytest

from tui_backprop import course
from tui_backprop.derivation import Derivation, Solution
from tui_backprop.derivation.formulas import Detail
from tui_backprop.derivation.naming import names_for
from tui_backprop.derivation.notation import NOTATIONS
from tui_backprop.export.text import solution_text
from tui_backprop.maths.evaluate import evaluate
from tui_backprop.maths.expression import Symbol
from tui_backprop.maths.parse import parse
from tui_backprop.maths.spelling import canonical
from tui_backprop.network.model import Circuit, Network, Sample
from tui_backprop.typeset.glyphs import Glyphs
from tui_backprop.typeset.linear import linear

GOLDEN = Path(__file__).parent / "golden"


def network(layers: tuple[tuple[str, ...], ...], cost: str = "squared_error") -> Network:
    """A sigmoid network over these units, every number in it another."""
    numbers = iter(round(0.07 + 0.113 * n - 0.019 * n * n, 4) for n in range(40))
    pairs = list(pairwise(layers))
    weights = tuple(tuple(tuple(next(numbers) for _ in after) for _ in before) for before, after in pairs)
    biases = tuple(tuple(next(numbers) for _ in after) for _, after in pairs)
    sample = Sample(tuple(next(numbers) for _ in layers[0]), tuple(next(numbers) for _ in layers[-1]))
    return Network(layers, ("sigmoid",) * len(pairs), cost, 0.3, weights, biases, (sample,))


def shipped(name: str) -> Network | Circuit:
    return course.load(name).task


CHAIN = network((("h",), ("i",), ("j",)))
JK = network((("k", "l"), ("j", "m")))
DEEP = network((("i", "n"), ("k", "l"), ("j", "m")))
QUADRATIC = network((("i", "n"), ("k", "l"), ("j", "m")), "half_squared_error")
FIGURE_21_3 = network((("1", "2"), ("3", "4"), ("5",)))
LETTERS = network((("i", "h"), ("j", "l"), ("k",)))
MLP = network((("1", "2"), ("1", "2"), ("1", "2")))

PUBLISHED: list[tuple[str, Network | Circuit, Detail, str, str]] = [
    # 3Blue1Brown, Backpropagation calculus: one unit a layer, then two and more.
    ("3blue1brown", CHAIN, "full", "C", "C_0 = (a^(L) - y)^2"),
    ("3blue1brown", CHAIN, "full", "z 2:j", "z^(L) = w^(L) a^(L-1) + b^(L)"),
    ("3blue1brown", CHAIN, "full", "a 2:j", "a^(L) = σ(z^(L))"),
    ("3blue1brown", CHAIN, "full", "dC/dw 2:i->j", "∂C_0/∂w^(L) = ∂z^(L)/∂w^(L) ∂a^(L)/∂z^(L) ∂C_0/∂a^(L)"),
    ("3blue1brown", CHAIN, "full", "dC/da 2:j", "∂C_0/∂a^(L) = 2(a^(L) - y)"),
    ("3blue1brown", CHAIN, "full", "dz/dw 2:i->j", "∂z^(L)/∂w^(L) = a^(L-1)"),
    ("3blue1brown", CHAIN, "full", "dC/db 2:j", "∂C_0/∂b^(L) = ∂a^(L)/∂z^(L) ∂C_0/∂a^(L)"),
    ("3blue1brown", CHAIN, "full", "dC/da 1:i", "∂C_0/∂a^(L-1) = ∂z^(L)/∂a^(L-1) ∂a^(L)/∂z^(L) ∂C_0/∂a^(L)"),
    ("3blue1brown", JK, "full", "C", "C_0 = (a_j^(L) - y_j)^2 + (a_m^(L) - y_m)^2"),
    ("3blue1brown", JK, "full", "z 1:j", "z_j^(L) = w_jk^(L) a_k^(L-1) + w_jl^(L) a_l^(L-1) + b_j^(L)"),
    ("3blue1brown", JK, "full", "dC/dw 1:k->j",
     "∂C_0/∂w_jk^(L) = ∂z_j^(L)/∂w_jk^(L) ∂a_j^(L)/∂z_j^(L) ∂C_0/∂a_j^(L)"),
    ("3blue1brown", DEEP, "full", "dC/da 1:k",
     "∂C_0/∂a_k^(L-1) = ∂z_j^(L)/∂a_k^(L-1) ∂a_j^(L)/∂z_j^(L) ∂C_0/∂a_j^(L)"
     " + ∂z_m^(L)/∂a_k^(L-1) ∂a_m^(L)/∂z_m^(L) ∂C_0/∂a_m^(L)"),
    # Nielsen, chapter 2: equations 23 and 25, BP1 to BP4 written out for one unit.
    ("nielsen", QUADRATIC, "delta", "z 2:j", "z^3_j = w^3_jk a^2_k + w^3_jl a^2_l + b^3_j"),
    ("nielsen", QUADRATIC, "delta", "a 2:j", "a^3_j = σ(w^3_jk a^2_k + w^3_jl a^2_l + b^3_j)"),
    ("nielsen", QUADRATIC, "delta", "C", "C = 1/2 ((y_j - a^3_j)^2 + (y_m - a^3_m)^2)"),
    ("nielsen", QUADRATIC, "delta", "dC/dz 2:j", "δ^3_j = ∂C/∂a^3_j σ(z^3_j) (1 - σ(z^3_j))"),
    ("nielsen", QUADRATIC, "delta", "dC/dz 1:k", "δ^2_k = (w^3_jk δ^3_j + w^3_mk δ^3_m) σ(z^2_k) (1 - σ(z^2_k))"),
    ("nielsen", QUADRATIC, "delta", "dC/db 2:j", "∂C/∂b^3_j = δ^3_j"),
    ("nielsen", QUADRATIC, "delta", "dC/dw 2:k->j", "∂C/∂w^3_jk = a^2_k δ^3_j"),
    ("nielsen", MLP, "delta", "dC/dw 1:2->1", "∂C/∂w^2_12 = a^1_2 δ^2_1"),
    ("nielsen", QUADRATIC, "delta", "w' 2:k->j", "w'^3_jk = w^3_jk - η ∂C/∂w^3_jk"),
    # Russell and Norvig, 4th edition, section 21.1, figure 21.3, equations 21.4 and 21.5 with g = σ.
    ("russell-norvig", LETTERS, "full", "z 1:j", "in_j = w_i,j x_i + w_h,j x_h + w_0,j"),
    ("russell-norvig", LETTERS, "full", "a 1:j", "a_j = σ(in_j)"),
    ("russell-norvig", FIGURE_21_3, "full", "z 2:5", "in_5 = w_0,5 + w_3,5 a_3 + w_4,5 a_4"),
    ("russell-norvig", FIGURE_21_3, "full", "a 2:5",
     "ŷ = σ(w_0,5 + w_3,5 σ(w_0,3 + w_1,3 x_1 + w_2,3 x_2) + w_4,5 σ(w_0,4 + w_1,4 x_1 + w_2,4 x_2))"),
    ("russell-norvig", FIGURE_21_3, "full", "C", "Loss = (y - ŷ)^2"),
    ("russell-norvig", FIGURE_21_3, "full", "dC/dw 2:3->5",
     "∂Loss/∂w_3,5 = -2(y - ŷ) σ(in_5) (1 - σ(in_5)) a_3"),
    ("russell-norvig", FIGURE_21_3, "full", "dC/dw 1:1->3",
     "∂Loss/∂w_1,3 = -2(y - ŷ) σ(in_5) (1 - σ(in_5)) w_3,5 σ(in_3) (1 - σ(in_3)) x_1"),
    ("russell-norvig", FIGURE_21_3, "delta", "dC/dz 2:5", "Δ_5 = 2(ŷ - y) σ(in_5) (1 - σ(in_5))"),
    ("russell-norvig", FIGURE_21_3, "delta", "dC/dz 1:3", "Δ_3 = Δ_5 w_3,5 σ(in_3) (1 - σ(in_3))"),
    ("russell-norvig", FIGURE_21_3, "delta", "dC/dw 1:1->3", "∂Loss/∂w_1,3 = Δ_3 x_1"),
    ("russell-norvig", FIGURE_21_3, "delta", "w' 1:1->3", "w'_1,3 = w_1,3 - α ∂Loss/∂w_1,3"),
    # Goodfellow, Bengio and Courville, algorithms 6.3 and 6.4, element by element, with f = σ.
    ("goodfellow", MLP, "delta", "z 1:1", "a_1^(1) = b_1^(1) + W_1,1^(1) x_1 + W_1,2^(1) x_2"),
    ("goodfellow", MLP, "delta", "a 1:1", "h_1^(1) = σ(a_1^(1))"),
    ("goodfellow", MLP, "delta", "z 2:2", "a_2^(2) = b_2^(2) + W_2,1^(2) h_1^(1) + W_2,2^(2) h_2^(1)"),
    ("goodfellow", MLP, "delta", "a 2:1", "ŷ_1 = σ(a_1^(2))"),
    ("goodfellow", MLP, "delta", "C", "J = (ŷ_1 - y_1)^2 + (ŷ_2 - y_2)^2"),
    ("goodfellow", MLP, "delta", "dC/dz 2:1", "g_1^(2) = ∂J/∂ŷ_1 σ(a_1^(2)) (1 - σ(a_1^(2)))"),
    ("goodfellow", MLP, "delta", "dC/db 2:1", "∂J/∂b_1^(2) = g_1^(2)"),
    ("goodfellow", MLP, "delta", "dC/dw 2:2->1", "∂J/∂W_1,2^(2) = g_1^(2) h_2^(1)"),
    ("goodfellow", MLP, "delta", "dC/da 1:2", "∂J/∂h_2^(1) = W_1,2^(2) g_1^(2) + W_2,2^(2) g_2^(2)"),
    ("goodfellow", MLP, "delta", "b' 1:1", "b'_1^(1) = b_1^(1) - ε ∂J/∂b_1^(1)"),
    # Mazur, with his numbers.
    ("mazur", shipped("mazur"), "full", "z 1:h1", "net_h1 = w_1 * i_1 + w_2 * i_2 + b_1 * 1"),
    ("mazur", shipped("mazur"), "full", "a 1:h1", "out_h1 = 1/(1 + e^(-net_h1))"),
    ("mazur", shipped("mazur"), "full", "z 1:h2", "net_h2 = w_3 * i_1 + w_4 * i_2 + b_1 * 1"),
    ("mazur", shipped("mazur"), "full", "z 2:o1", "net_o1 = w_5 * out_h1 + w_6 * out_h2 + b_2 * 1"),
    ("mazur", shipped("mazur"), "full", "C 2:o1", "E_o1 = 1/2 (target_o1 - out_o1)^2"),
    ("mazur", shipped("mazur"), "full", "C", "E_total = E_o1 + E_o2"),
    ("mazur", shipped("mazur"), "full", "dC/dw 2:h1->o1",
     "∂E_total/∂w_5 = ∂E_total/∂out_o1 * ∂out_o1/∂net_o1 * ∂net_o1/∂w_5"),
    ("mazur", shipped("mazur"), "full", "dC/da 2:o1", "∂E_total/∂out_o1 = -(target_o1 - out_o1)"),
    ("mazur", shipped("mazur"), "full", "da/dz 2:o1", "∂out_o1/∂net_o1 = out_o1 (1 - out_o1)"),
    ("mazur", shipped("mazur"), "delta", "dC/dz 2:o1", "δ_o1 = -(target_o1 - out_o1) * out_o1 (1 - out_o1)"),
    ("mazur", shipped("mazur"), "delta", "dC/dw 2:h1->o1", "∂E_total/∂w_5 = δ_o1 out_h1"),
    ("mazur", shipped("mazur"), "delta", "dC/dw 1:i1->h1", "∂E_total/∂w_1 = δ_h1 i_1"),
    ("mazur", shipped("mazur"), "full", "dC/dw 1:i1->h1",
     "∂E_total/∂w_1 = ∂E_total/∂out_h1 * ∂out_h1/∂net_h1 * ∂net_h1/∂w_1"),
    ("mazur", shipped("mazur"), "full", "w' 2:h1->o1", "w_5^+ = w_5 - η * ∂E_total/∂w_5"),
    ("mazur", shipped("mazur"), "full", "w' 1:i2->h2", "w_4^+ = w_4 - η * ∂E_total/∂w_4"),
]


@lru_cache(maxsize=1)
def named(key: str, task: Network | Circuit, detail: Detail) -> tuple[Derivation, dict[str, str]]:
    """A task worked out, and the names of all its quantities."""
    derivation = Derivation(task, detail, NOTATIONS[key])
    return derivation, names_for(derivation.naming, (*derivation.graph.givens(), *derivation.order))


@pytest.mark.parametrize(("key", "task", "detail", "quantity", "published"), PUBLISHED)
def test_a_published_formula_is_the_programs(
    key: str, task: Network | Circuit, detail: Detail, quantity: str, published: str
) -> None:
    derivation, names = named(key, task, detail)
    left, _, right = published.partition(" = ")
    name = derivation.naming.name(quantity)
    assert canonical(left) in {canonical(linear(name, glyphs)) for glyphs in (Glyphs.FULL, Glyphs.ASCII)}
    assert parse(left, names) == Symbol(quantity)
    value = evaluate(parse(right, names), derivation.values)
    assert math.isclose(value, derivation.values(quantity), rel_tol=1e-12)


@pytest.mark.parametrize("key", NOTATIONS)
def test_one_exercise_solved_in_each(key: str) -> None:
    """Looked at once, then kept: UPDATE_GOLDEN=1 writes the files anew."""
    exercise = course.load("two-paths")
    solution = Solution(exercise.title, Derivation(exercise.task, exercise.detail, NOTATIONS[key]))
    text = "\n".join(solution_text(solution, solution.steps, Glyphs.FULL)) + "\n"
    path = GOLDEN / f"two-paths-{key}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text
