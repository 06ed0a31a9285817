"""Maps and trainings as they are drawn."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_backprop.dataclass import replace
from tui_backprop.derivation.training import TrainingRun
from tui_backprop.drawing.canvas import RAMP
from tui_backprop.drawing.plots.map import MapPicture, Relief, contour_labels, draw_map, map_grid
from tui_backprop.drawing.plots.roles import BANDS
from tui_backprop.drawing.plots.training import TrainingPicture, draw_training
from tui_backprop.typeset.glyphs import Glyphs

SPAN = (-2.0, 2.0)


def bowl(width: int, height: int) -> MapPicture:
    xs, ys = map_grid(SPAN, SPAN, width, height)
    costs = tuple(tuple(x * x + y * y for x in xs) for y in ys)
    path = tuple((1.8 * 0.7 ** n, -1.5 * 0.7 ** n) for n in range(8))
    return MapPicture(Relief(xs, ys, costs), ("w", "v"), path, path[0], (-1.8, 1.5))


def test_a_heat_map_has_two_rows_of_points_a_cell_and_about_twelve_bands() -> None:
    picture = bowl(60, 20)
    assert len(picture.relief.ys) == 2 * 17
    bands = {picture.relief.band(cost) for row in picture.relief.costs for cost in row}
    assert bands == set(range(BANDS))
    text = "\n".join(draw_map(picture, 60, 20, Glyphs.FULL, shaded=True).lines())
    assert "▀" in text
    assert all(str(number) in text for number in (1, 2, 3))


@pytest.mark.parametrize("glyphs", list(Glyphs))
def test_without_colours_the_ramp_goes_from_sparse_to_dense(glyphs: Glyphs) -> None:
    rows = draw_map(bowl(60, 20), 60, 20, glyphs, shaded=False).lines()
    middle, corner = rows[len(rows) // 2 - 1][30], rows[1][-1]
    assert RAMP.index(middle) < RAMP.index(corner)
    assert glyphs is not Glyphs.ASCII or "".join(rows).isascii()


def test_contour_lines_run_round_the_valley() -> None:
    rows = draw_map(bowl(60, 20), 60, 20, Glyphs.FULL, shaded=True).lines()
    assert sum("\u2800" < character <= "\u28ff" for row in rows for character in row) > 60


@pytest.mark.parametrize("shaded", [True, False])
def test_each_contour_line_bears_its_cost(shaded: bool) -> None:
    picture = bowl(60, 20)
    text = "\n".join(draw_map(picture, 60, 20, Glyphs.FULL, shaded=shaded).lines())
    labels = contour_labels(picture)
    assert [cost for _, _, cost in labels] == ["0.52", "2.1", "4.7"]
    for x, y, cost in labels:
        assert x * x + y * y == pytest.approx(float(cost), rel=0.05)
        assert (cost if shaded else f" C={cost} ") in text


def test_numbers_of_near_contours_have_the_digits_that_tell_them_apart() -> None:
    xs = tuple(n / 30 for n in range(60))
    relief = Relief(xs, xs, tuple(tuple(5 + 0.001 * (x + y) for x in xs) for y in xs))
    texts = [cost for _, _, cost in contour_labels(MapPicture(relief))]
    assert len(set(texts)) == len(texts) == 3


@pytest.mark.parametrize(("glyphs", "shaded"), [(Glyphs.FULL, True), (Glyphs.FULL, False), (Glyphs.ASCII, False)])
def test_numbers_of_a_walk_touch_neither_each_other_nor_the_point_and_the_last_is_there(
    glyphs: Glyphs, shaded: bool
) -> None:
    """No arrow is drawn over them: the walk itself leads downhill."""
    picture = replace(bowl(60, 20), downhill=None)
    text = "\n".join(draw_map(picture, 60, 20, glyphs, shaded=shaded).lines())
    numbers = re.findall(r"(?<![.=\d])\d+(?![.\d])", "\n".join(line[4:] for line in text.splitlines()[1:-2]))
    assert {"1", "2", "3", "7"} <= set(numbers)
    assert len(numbers) == len(set(numbers))
    assert not re.search(r"[o●]\d|\d[o●]", text)


def test_no_contour_line_runs_along_the_arrow() -> None:
    picture = replace(bowl(60, 20), path=())
    rows = draw_map(picture, 60, 20, Glyphs.FULL, shaded=True).lines()
    row, column = next((n, line.index("●")) for n, line in enumerate(rows) if "●" in line)
    assert "\u2800" < rows[row][column - 1] <= "\u28ff"  # its shaft
    assert not any("\u2800" < rows[row][beside] <= "\u28ff" for beside in (column + 1, column + 2))


def test_a_number_on_a_border_of_two_bands_has_one_ground() -> None:
    picture = bowl(60, 20)
    for row in draw_map(picture, 60, 20, Glyphs.FULL, shaded=True).runs():
        for cost in ("0.52", "2.1", "4.7"):
            assert any(cost in text for text, _ in row) == (cost in "".join(text for text, _ in row))


@given(st.lists(st.lists(st.floats(), min_size=3, max_size=3), min_size=2, max_size=4), st.floats(), st.floats(),
       st.sampled_from(Glyphs), st.booleans(), st.integers(0, 40), st.integers(0, 14))
def test_any_costs_give_a_map_of_its_size(
    costs: list[list[float]], x: float, y: float, glyphs: Glyphs, shaded: bool, width: int, height: int,
) -> None:
    relief = Relief((0.0, 1.0, 2.0), tuple(map(float, range(len(costs)))), tuple(map(tuple, costs)))
    picture = MapPicture(relief, ("w", "v"), ((x, y), (1.0, 1.0)), (1.0, 0.5), (x, y))
    rows = draw_map(picture, width, height, glyphs, shaded=shaded).runs()
    assert len(rows) == height
    assert all(sum(len(text) for text, _ in row) == width for row in rows)


RUNS = (TrainingRun(0.1, tuple(0.8 ** n for n in range(50))), TrainingRun(1.0, tuple(0.5 for _ in range(50))),
        TrainingRun(9.0, (*(2.0 ** n for n in range(20)), *(math.nan for _ in range(30)))))


@pytest.mark.parametrize("glyphs", list(Glyphs))
def test_each_run_has_its_own_line_and_says_its_rate_and_its_end(glyphs: Glyphs) -> None:
    text = "\n".join(draw_training(TrainingPicture(RUNS, log=True, at=5), 76, 18, glyphs).lines())
    assert all(said in text for said in ("r = 0.1", "r = 1", "r = 9", "grows without end"))
    assert glyphs is Glyphs.FULL or all(mark in text for mark in ("*****", "+++++", "....."))


@given(st.lists(st.lists(st.floats(), min_size=1, max_size=300), min_size=1, max_size=3), st.booleans(),
       st.integers(0, 80), st.integers(0, 20), st.sampled_from(Glyphs))
def test_any_costs_give_a_training_of_its_size(
    costs: list[list[float]], log: bool, width: int, height: int, glyphs: Glyphs,
) -> None:
    runs = tuple(TrainingRun(0.1 * (n + 1), tuple(run)) for n, run in enumerate(costs))
    rows = draw_training(TrainingPicture(runs, log, 3), width, height, glyphs).runs()
    assert all(sum(len(text) for text, _ in row) == width for row in rows)


def test_swings_of_many_updates_are_not_thinned_away() -> None:
    wild = TrainingRun(1.0, tuple(1.0 + (n % 2) for n in range(5000)))
    rows = draw_training(TrainingPicture((wild,)), 60, 16, Glyphs.ASCII).lines()
    inked = [row for row in rows if "***" in row[6:]]
    assert len(inked) >= 5


def test_what_comes_to_rest_above_0_is_seen_to_and_the_last_update_has_its_number() -> None:
    run = TrainingRun(0.1, tuple(2 / 3 + 0.3 * 0.8 ** n for n in range(61)))
    for glyphs, line in ((Glyphs.ASCII, "*"), (Glyphs.FULL, "⠉⠒⠤⣀")):
        rows = draw_training(TrainingPicture((run,), at=60), 60, 14, glyphs).lines()
        rest = next(n for n, row in enumerate(rows) if row.endswith(("o", "●")))
        assert rows[rest][-5] in line  # the point is as high as the line
        zero = next(n for n, row in enumerate(rows) if row.split("┤")[0].split("+")[0].strip() in ("0", "0.0", "0.00"))
        assert zero - rest >= 4
        assert rows[-1].endswith("updates  60")


def test_the_legend_tells_the_cost_at_the_update_that_is_marked() -> None:
    run = TrainingRun(0.1, (1920.8, 1000.25, 10.684))
    told = [draw_training(TrainingPicture((run,), at=at), 60, 14, Glyphs.FULL).lines()[0] for at in (0, 1, None)]
    assert [line.split()[-1] for line in told] == ["1921", "1000", "10.68"]


def test_two_runs_in_one_cell_have_the_first_one_s_look() -> None:
    same = tuple(0.5 ** n for n in range(20))
    picture = TrainingPicture((TrainingRun(0.1, same), TrainingRun(0.2, same)))
    rows = draw_training(picture, 60, 14, Glyphs.ASCII).lines()
    assert not any("+" in row.split("|", 1)[-1] for row in rows[2:-3] if "|" in row)
