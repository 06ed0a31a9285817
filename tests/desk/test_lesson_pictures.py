"""What stands in a lesson's text: circuits as the workbench draws them, formulas that are broken before a sign."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.effort import some
from tui_backprop import course
from tui_backprop.course.lesson import Check, InlineRun, NetworkPicture, Plot
from tui_backprop.course.read_lesson import lesson_from_text
from tui_backprop.dataclass import replace
from tui_backprop.desk.lesson.lines import Manner, Speech, keep_together
from tui_backprop.desk.lesson.live import LivePicture, live_picture
from tui_backprop.desk.lesson.live_network import LiveNetwork, describe_network, network_rows
from tui_backprop.desk.lesson.live_training import LiveTraining
from tui_backprop.desk.lesson.pictures import Pictures
from tui_backprop.desk.lesson.text import block_rows, prompt_text
from tui_backprop.desk.plots.point import CORNER, formula_point
from tui_backprop.maths.parse import parse
from tui_backprop.typeset.glyphs import Glyphs


def drawn(name: str, width: int, glyphs: Glyphs = Glyphs.FULL, *, values: bool = True) -> str:
    rows = network_rows(course.load(name), values, Manner(width, glyphs))
    return "\n".join("".join(text for text, _ in row).rstrip() for row in rows)


def test_a_circuit_stands_in_a_lesson_without_what_the_lesson_asks() -> None:
    picture = drawn("circuit-two-gates", 58)
    assert "├─(+) q" in picture
    assert "−12" in picture
    assert "gradient" not in picture
    assert "−12" not in drawn("circuit-two-gates", 58, values=False)
    assert "values: q equals 3, f equals minus 12" in describe_network(course.load("circuit-two-gates"), True)


def test_biases_that_are_not_trained_are_told_with_the_picture() -> None:
    told = "\n".join(describe_network(course.load("mazur"), False))
    assert "biases (not trained): b h 1 equals 0.35, b h 2 equals 0.35, b o 1 equals 0.6, b o 2 equals 0.6" in told


def test_a_number_of_a_circuit_is_changed_in_place() -> None:
    exercise = course.load("circuit-two-gates")
    changed = LiveNetwork(exercise, exercise, True).upwards(1)
    told = ["".join(text for text, _ in row) for row in changed.rows(Manner(58, Glyphs.FULL))]
    assert "f = −12.4 with your numbers. The lesson keeps its own." in told


def test_a_picture_of_a_batch_shows_the_sample_whose_number_is_changed() -> None:
    exercise = course.load("batch-with-relu")
    second = LiveNetwork(exercise, exercise, False).sideways(1)
    assert isinstance(second, LiveNetwork)
    assert second.asks == "aᵢ of sample 2"
    rows = second.typed("2").rows(Manner(58, Glyphs.FULL))
    told = " ".join("".join(text for text, _ in row).strip() for row in rows)
    assert "2                                 1.4  0.4 This is sample 2. With your numbers the mean cost" in told


def test_a_changed_network_knows_the_numbers_that_are_the_readers_own() -> None:
    exercise = course.load("first-network")
    live = LiveNetwork(exercise, exercise, True)
    assert set(live.own_numbers()) == set()
    assert set(live.typed("0.5").own_numbers()) == {0.5, 0.35}


def test_a_caption_says_what_was_trained_in_the_lesson() -> None:
    block = Plot(1, caption=(InlineRun("The cost."),), source="rate-too-large", training=8)
    live = live_picture(block, Path()).typed("0.1")
    rows = ["".join(text for text, _ in row) for row in block_rows(block, Path(), 78, Glyphs.FULL, live=live)]
    assert "In the lesson, 8 updates at r = 4.4: The cost." in rows


def test_a_chain_of_six_layers_is_whole_in_58_columns_and_plain_labels_are_explained() -> None:
    assert "(i)─+0.9 (m)─+1.1 (n)─+0.8 (p)─+1.2 (q)─+0.7 (k)" in drawn("fading-chain", 58, values=False)
    assert drawn("two-paths", 58, Glyphs.ASCII).endswith("Here 1:+0.4 is the weight of the edge from unit 1.")
    assert "Here" not in drawn("two-paths", 58)


@pytest.mark.parametrize(("formula", "parts"), [
    ("aₖ = 0.24", ["aₖ = 0.24"]),
    ("∂C/∂aₖ = 2(aₖ − 1) = −0.789956", ["∂C/∂aₖ", "= 2(aₖ − 1)", "= −0.789956"]),
    ("C = −y · ln a − (1 − y) · ln(1 − a)", ["C", "= −y · ln a", "− (1 − y) · ln(1 − a)"]),
    ("z₄ = −0.3 · 0.6 + 0.5 · 0.9 + 0.15 = 0.42", ["z₄", "= −0.3 · 0.6", "+ 0.5 · 0.9", "+ 0.15", "= 0.42"]),
    ("0.4 · 0.593270 · 0.741365 · 0.186816 · 0.6", ["0.4", "· 0.593270", "· 0.741365", "· 0.186816", "· 0.6"]),
])
def test_a_long_formula_is_broken_before_a_sign_outside_its_brackets(formula: str, parts: list[str]) -> None:
    assert [part.replace("\u00a0", " ") for part in keep_together(formula).split(" ")] == parts


@pytest.mark.parametrize(("formula", "x", "said"), [("relu(x)", 0.0, CORNER), ("relu(x)", -1.0, "It is flat here."),
                                                    ("x^2", 0.0, "It is flat here.")])
def test_a_corner_is_told_from_flat_ground(formula: str, x: float, said: str) -> None:
    assert formula_point(parse(formula, {"x": "x"}), "x", -3, 3, x).sentence().endswith(said)


def test_a_step_that_leads_nowhere_says_so() -> None:
    block = next(block for block in course.load_lesson("06-the-loss-landscape").blocks
                 if isinstance(block, Plot) and block.against == ("w 1:j->k",))
    live = live_picture(block, Path())
    for _ in range(20):
        live = live.sideways(-1)

    def told(picture: LivePicture) -> str:
        return "".join(text for row in picture.rows(Manner(78, Glyphs.FULL)) for text, _ in row)

    assert "It is flat here." in told(live)
    assert "slope 0. The step is 0: wⱼₖ stays." in told(live.enter())
    assert "stays" not in told(live.enter().sideways(1))


@pytest.mark.parametrize(("height", "spoken"), [(0, ""), (0, "words"), (24, "")])
def test_a_map_asks_to_be_moved_only_where_there_are_keys(height: int, spoken: Speech) -> None:
    block = next(block for block in course.load_lesson("06-the-loss-landscape").blocks
                 if isinstance(block, Plot) and len(block.against) == 2)
    folder = course.locate("exercise-2", "exercise").parents[1]
    told = " ".join("".join(text for text, _ in row)
                    for row in block_rows(block, folder, 78, Glyphs.FULL, height=height, spoken=spoken))
    assert ("Move the point" in told) == bool(height)
    assert ("Whole numbers: steps of a walk" in told) == (not spoken)
    assert ("After a walk of 5 steps" in told) == bool(spoken)
    assert ("r equals 0.1" if spoken else "r = 0.1") in told


def test_lines_of_text_keep_what_a_caption_says_of_the_picture() -> None:
    block = next(block for block in course.load_lesson("01-slopes").blocks if isinstance(block, Plot))
    told = " ".join("".join(text for text, _ in row) for row in block_rows(block, Path(), 78, Glyphs.FULL))
    assert "goes uphill. The straight dotted line touches" in told.replace("  ", " ")


def test_the_page_does_not_wait_for_a_training(tmp_path: Path) -> None:
    """A piece as tall stands in the place of its curve until that is worked out."""
    lesson, _ = lesson_from_text(
        '+++\ntitle = "T"\norder = 1\nsummary = "S"\n+++\n'
        '```plot\nexercise = "rate-too-large"\ntraining = 8\n```\n', "t", tmp_path)
    pictures, manner = Pictures(lesson), Manner(76, Glyphs.FULL)
    before = pictures.live(0)
    assert before is not None
    awaited = list(before.rows(manner))
    assert pictures.awaited(range(1)) == 0
    pictures.work_out(0)
    assert pictures.awaited(range(1)) is None
    after = pictures.live(0)
    assert isinstance(after, LiveTraining)
    rows = list(after.rows(manner))
    assert abs(len(rows) + after.spare(manner) - len(awaited)) <= 1
    assert not any("Enter" in text for row in rows for text, _ in row)  # which does no such thing in a lesson


def test_a_caption_does_not_contradict_changed_numbers() -> None:
    block = next(block for block in course.load_lesson("07-the-chain-rule-on-the-network").blocks
                 if isinstance(block, NetworkPicture))
    live = live_picture(block, Path())
    for picture, before in ((live, ""), (live.upwards(1), "with your numbers. The lesson keeps its own.")):
        rows = ["".join(text for text, _ in row) for row in block_rows(block, Path(), 78, Glyphs.FULL, live=picture)]
        caption = next(place for place, row in enumerate(rows) if row.startswith("Input 0.4"))
        assert rows[caption - 1].endswith(before)
        assert bool(before) == bool(rows[caption - 1])


def test_the_prompt_says_its_question_while_that_is_scrolled_away() -> None:
    prompt = (InlineRun("The old weight is 0.7, and the rate is 0.1. What is the new weight?"),)
    check = Check("number", prompt, ("0.7496",), 7, significant_digits=4)
    assert prompt_text(check, Glyphs.FULL, 60, in_view=True) == "a number, or a sum"
    assert prompt_text(check, Glyphs.FULL, 56, in_view=False) == "a number, or a sum, for: What is the new weight?"
    assert prompt_text(check, Glyphs.FULL, 40, in_view=False) == "for: What is the new weight?"
    told = replace(check, prompt=(InlineRun("Differentiate z by w. You may type aprev."),))
    assert prompt_text(told, Glyphs.FULL, 60, in_view=False) == "a number, or a sum, for: Differentiate z by w."
    assert prompt_text(told, Glyphs.FULL, 80, in_view=False).endswith("You may type aprev.")


def test_a_changed_target_shows_no_activation_that_the_lesson_asks() -> None:
    block = next(block for block in course.load_lesson("09-deep-chain").blocks if isinstance(block, NetworkPicture))
    live = live_picture(block, course.locate("exercise-2", "exercise").parents[1])
    assert isinstance(live, LiveNetwork)

    def told(typed: tuple[int, str]) -> str:
        way, number = typed
        changed = live.sideways(way).typed(number)
        return "".join(text for row in changed.rows(Manner(78, Glyphs.FULL)) for text, _ in row)

    names = [live.sideways(way).asks for way in range(len(live._givens))]
    assert "0.602" not in told((names.index("y"), "2"))
    assert "0.3973" not in told((names.index("y"), "2"))
    assert "0.86" in told((names.index("aᵢ"), "1"))  # 1 · 0.86: another number than is asked


def _keys(live: LivePicture) -> Iterator[LivePicture]:
    """A picture after many a key, one after the other."""
    for deed in ("sideways", "sideways", "upwards", "enter", "upwards", "enter", "sideways", "enter", "start"):
        for way in (1, -1, -1):
            live = getattr(live, deed)(*(() if deed in ("enter", "start") else (way,)))
            yield live


@pytest.mark.parametrize("name", some([entry.name for entry in course.lessons()]))
def test_what_stands_below_a_picture_stays_in_its_place_as_that_is_moved(name: str) -> None:
    lesson = course.load_lesson(name)
    for block in lesson.blocks:
        if not isinstance(block, NetworkPicture | Plot):
            continue
        live = live_picture(block, lesson.folder)
        states = [live, *_keys(live)]
        for width in (58, 78):
            tall = {len(block_rows(block, lesson.folder, width, Glyphs.FULL, live=state)) for state in states}
            assert len(tall) == 1, (block.line, width)


def test_on_a_low_page_a_training_has_the_words_about_its_point_in_sight() -> None:
    lesson = course.load_lesson("06-the-loss-landscape")
    block = next(block for block in lesson.blocks if isinstance(block, Plot) and block.training)
    live = live_picture(block, lesson.folder)
    rows = ["".join(text for text, _ in row)
            for row in block_rows(block, lesson.folder, 58, Glyphs.FULL, live=live, height=16)]
    assert any(row.startswith("After ") for row in rows[:16])
    assert len(block_rows(block, lesson.folder, 58, Glyphs.FULL, live=live, height=36)) > len(rows)


def test_no_number_begins_with_the_minus_that_shortens_a_training() -> None:
    lesson = course.load_lesson("06-the-loss-landscape")
    pictures = Pictures(lesson)
    place = next(n for n, block in enumerate(lesson.blocks) if isinstance(block, Plot) and block.training)
    pictures.hold(place)
    assert pictures.in_hand is not None
    pictures.work_out(place)
    assert [pictures.add_typed(character) for character in "-+1"] == [False, False, True]
    network = course.load_lesson("09-deep-chain")
    pictures = Pictures(network)
    pictures.hold(next(n for n, block in enumerate(network.blocks) if isinstance(block, NetworkPicture)))
    assert pictures.add_typed("-")
