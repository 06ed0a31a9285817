"""Keys that arrive together, as on a slow line: each is taken in its order, whatever it does."""

from __future__ import annotations

import pytest

from tests.e2e.screen import Pane

CLEAR, RUB_OUT, LEFT, HOME = "\x15", "\x7f", "\x1b[D", "\x1b[H"

BURSTS = {
    "plain": "0.24\r0.24\r",
    "everything deleted": f"0.5{CLEAR}0.24\r9{CLEAR}0.24\r",
    "characters deleted": f"0.25{RUB_OUT}4\r0.2444{RUB_OUT}{RUB_OUT}\r",
    "the cursor moved": f"24{LEFT}{LEFT}0.\r4{HOME}0.2\r",
    "a wrong answer first": f"0.98\r0.5{CLEAR}0.24\r0.24\r",
}


@pytest.mark.parametrize("name", BURSTS)
def test_two_answers_in_one_write_are_both_judged_right(name: str, tutor: str, environment: dict[str, str]) -> None:
    with Pane([tutor, "exercise-1"], environment) as pane:
        pane.until("step 1 of 8")
        pane.press(BURSTS[name])
        # All of it at once: a screen may be read while half of it has come.
        shown = ("step 3 of 8", "✓ aₖ = 0.24", "> a number (3 digits are enough), or a sum")
        assert pane.until(lambda text: all(part in text for part in shown))


def test_what_is_typed_ahead_of_a_judgement_stays_for_the_next_step(tutor: str, environment: dict[str, str]) -> None:
    with Pane([tutor, "exercise-1"], environment) as pane:
        pane.until("step 1 of 8")
        pane.press("0.24\r0.2")
        pane.until(lambda text: "step 2 of 8" in text and "> 0.2 " in text)
        pane.press("4\r")
        assert pane.until(lambda text: "step 3 of 8" in text and "✓ aₖ = 0.24" in text)
