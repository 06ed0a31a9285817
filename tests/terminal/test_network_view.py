"""What the diagram lights for a step, and whose values it shows."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.terminal.screen_text import check_golden, text_of
from tui_backprop import course
from tui_backprop.course.exercise import Exercise
from tui_backprop.derivation.formulas import Detail
from tui_backprop.desk.diagram_view import highlight_of, network_title, picture_of
from tui_backprop.drawing.diagram import Diagram, picture
from tui_backprop.network.model import Network, Sample
from tui_backprop.tutor.quiz import Quiz
from tui_backprop.typeset.glyphs import Glyphs


def network(*layers: str, output: str = "sigmoid", samples: int = 1) -> Network:
    """A network whose units are single letters, ``ab``, with biases that are not trained."""
    names = tuple(tuple(layer) for layer in layers)
    weights = tuple(tuple(tuple(0.1 * (i + 2 * j + 1) for j in range(len(after))) for i in range(len(before)))
                    for before, after in pairwise(names))
    cost = "cross_entropy" if output == "softmax" else "squared_error"
    targets = (1.0, *(0.0 for _ in names[-1][1:]))
    return Network(names, (*("tanh" for _ in names[2:]), output), cost, 0.5, weights,
                   tuple(tuple(0.3 for _ in layer) for layer in names[1:]),
                   tuple(Sample(tuple(0.1 * (n + i + 1) for i, _ in enumerate(names[0])), targets)
                         for n in range(samples)),
                   train_biases=False)


def quiz_of(task: Network, detail: Detail = "full") -> Quiz:
    return Quiz(Exercise("drawn", "Drawn", task, "", detail=detail))


@pytest.mark.parametrize(("layers", "step", "lit", "path"), [
    (("ab", "hi", "op"), "dC/da 1:h via 2:o", {"1:h", "2:o", "w 2:h->o"}, {"y 2:o"}),
    (("ab", "hi", "op"), "dC/da 1:h via 2:p", {"1:h", "2:p", "w 2:h->p"}, {"y 2:p"}),
    (("ab", "hi", "op"), "dC/da 1:h", {"1:h"}, {"w 2:h->o", "w 2:h->p", "2:o", "2:p", "y 2:o", "y 2:p"}),
    (("ab", "hij", "op"), "dC/da 1:j via 2:p", {"1:j", "2:p", "w 2:j->p"}, {"y 2:p"}),
    (("ab", "hij", "op"), "dC/da 1:j", {"1:j"}, {"w 2:j->o", "w 2:j->p", "2:o", "2:p", "y 2:o", "y 2:p"}),
    (("a", "gh", "ij", "op"), "dC/da 1:g via 2:j", {"1:g", "2:j", "w 2:g->j"},
     {"w 3:j->o", "w 3:j->p", "3:o", "3:p", "y 3:o", "y 3:p"}),
    (("a", "gh", "ij", "op"), "dC/da 1:g", {"1:g"},
     {"w 2:g->i", "w 2:g->j", "2:i", "2:j", "w 3:i->o", "w 3:i->p", "w 3:j->o", "w 3:j->p", "3:o", "3:p",
      "y 3:o", "y 3:p"}),
])
def test_one_path_is_lit_after_the_other_and_a_sum_lights_all(
    layers: tuple[str, ...], step: str, lit: set[str], path: set[str]
) -> None:
    highlight = highlight_of(quiz_of(network(*layers)), step)
    assert highlight.lit == lit
    assert highlight.path == path


def test_softmax_the_long_way_and_delta_light_what_they_are_made_of() -> None:
    softmax = quiz_of(network("ab", "hij", "op", output="softmax"))
    assert highlight_of(softmax, "da/dz 2:o,p").lit == {"2:o", "2:p"}
    both = highlight_of(softmax, "dC/dz 2:o")
    assert both.lit == {"2:o", "y 2:o"}
    assert both.path == {"2:p", "y 2:p"}
    delta = quiz_of(network("ab", "hij", "op"), "delta")
    assert highlight_of(delta, "dC/dz 2:o").lit == {"2:o", "y 2:o"}
    assert highlight_of(delta, "dC/dz 1:i").path >= {"w 2:i->o", "w 2:i->p"}


def test_frozen_biases_are_in_the_picture_and_in_no_step() -> None:
    quiz = quiz_of(network("ab", "hi", "op"))
    assert not [step for step in quiz.plan if "dC/db" in step or "b'" in step]
    diagram = picture_of(quiz, quiz.plan[0])
    assert "b +0.3" in "\n".join(picture(diagram, highlight_of(quiz, None), 60, 12, Glyphs.FULL).lines())


def test_in_a_batch_the_values_are_the_samples_and_a_mean_shows_none() -> None:
    quiz = quiz_of(network("ab", "hi", "op", samples=3))
    quiz.go_on_from(quiz.plan.index("w' 2:h->o"))
    shown = {}
    for step in ("#1 a 2:o", "#2 a 2:o", "dC/dw 2:h->o", "w' 2:h->o"):
        diagram = picture_of(quiz, step)
        assert isinstance(diagram, Diagram)
        shown[step] = network_title(quiz, step), diagram.layers[0].units[0].value, diagram.layers[2].units[0].value
    assert shown["#1 a 2:o"] == ("Network · sample 1 of 3", "0.1", quiz.shown("#1 a 2:o"))
    assert shown["#2 a 2:o"] == ("Network · sample 2 of 3", "0.2", quiz.shown("#2 a 2:o"))
    assert shown["dC/dw 2:h->o"] == shown["w' 2:h->o"] == ("Network · all 3 samples", None, None)
    assert network_title(quiz_of(network("ab", "op")), "z 1:o") == "Network"


@pytest.mark.parametrize("glyphs", Glyphs)
def test_pictures_of_paths(glyphs: Glyphs) -> None:
    quiz = quiz_of(network("a", "gh", "ij", "op"))
    pictures = []
    for step in ("dC/da 1:g via 2:i", "dC/da 1:g via 2:j", "dC/da 1:g"):
        diagram = picture_of(quiz, step)
        pictures.append(f"{step}\n{text_of(picture(diagram, highlight_of(quiz, step), 76, 8, glyphs).lines())}")
    check_golden(f"paths_{glyphs.value}", "\n".join(pictures))


def test_every_step_of_every_shipped_exercise_has_a_picture() -> None:
    for entry in course.exercises():
        quiz = Quiz(course.load(entry.name))
        for step in quiz.plan:
            assert picture(picture_of(quiz, step), highlight_of(quiz, step), 48, 6, Glyphs.FULL).lines()
