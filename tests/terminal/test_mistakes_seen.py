"""A learner who makes a dozen different mistakes in one quiz, and reads after each which one it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.effort import pairs
from tests.terminal.screen_text import screen_text
from tests.terminal.test_workbench import app_with, at_step, bench, type_in
from tui_backprop.records.journal import Journal

# Two paths: a1 0.6, a2 0.9; w13 0.4, w23 0.7, w35 0.8; b3 0.1; all units active ReLUs; target 0.35; rate 0.1.
WIDTHS = [80, 60]
MADE = [
    ("z 1:3", "0.4*0.6+0.7*0.9", "bias_missing", "bias"),
    ("z 1:3", "0.4*0.6+0.1", "one_input_missing", "sum"),
    ("dC/da 2:5", "0.795-0.35", "factor_two", "brings a 2 down"),
    ("dC/da 2:5", "2(0.35-0.795)", "sign", "sign"),
    ("dC/da 2:5", "0.198025", "cost_for_derivative", "C itself"),
    ("da/dz 2:5", "0", "relu_gate_ignored", "This ReLU is on"),
    ("dz/dw 2:3->5", "0.8", "operand_swapped", "That has w₃₅"),
    ("dC/dw 2:3->5", "0.89", "input_factor_missing", "∂z₅/∂w₃₅"),
    ("dC/dw 2:3->5", "0.97+1+0.89", "added_factors", "The chain rule multiplies them"),
    ("dz/da 2:3->5", "0.71367", "updated_weight", "old weight"),
    ("dC/db 1:3", "0.712*0.6", "bias_times_input", "multiplied by a₁"),
    ("w' 2:3->5", "0.8+0.08633", "ascent", "steps the wrong way"),
    ("w' 2:3->5", "0.8-0.8633", "learning_rate_missing", "How long is one step?"),
    ("w' 2:3->5", "-0.08633", "step_only", "That is the step"),
]


def test_the_mistakes_are_of_many_kinds() -> None:
    assert len({code for *_, code, _ in MADE}) >= 10


@pytest.mark.parametrize("width", WIDTHS)
async def test_every_mistake_of_a_quiz_is_named_in_the_records_and_on_the_screen(width: int, tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    made = [slip for slip, at in pairs(MADE, WIDTHS) if at == width]
    async with app_with("two-paths", journal).run_test(size=(width, 24)) as pilot:
        for step, entry, code, said in made:
            await at_step(pilot, step)
            assert bench(pilot).walk.plan[bench(pilot).walk.position] == step
            await type_in(pilot, journal, entry)
            text = " ".join(screen_text(pilot.app).replace("│", " ").split())
            assert "✗ I read" in text
            assert said in text.partition("✗ I read")[2], text.partition("✗ I read")[2]
            assert code in str(journal.events[-2].note.data["mistakes"])
