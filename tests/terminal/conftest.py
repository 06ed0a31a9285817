"""What holds for every test of the terminal app."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

import pytest
from textual._compositor import Compositor
from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot

from tests.terminal.settled import paint_later, press_in_a_burst, settled

_PARSED: dict[object, list[RuleSet]] = {}
_VARIABLES: WeakKeyDictionary[Stylesheet, tuple[dict[str, str], frozenset[tuple[str, str]]]] = WeakKeyDictionary()
_parse_rules = Stylesheet._parse_rules


def _parsed_once(sheet: Stylesheet, *source: Any, **more: Any) -> list[RuleSet]:
    """The rules of a source: they are never changed, and every app of a test run has the same ones."""
    if (known := _VARIABLES.get(sheet)) is None or known[0] is not sheet._variables:
        known = _VARIABLES[sheet] = sheet._variables, frozenset(sheet._variables.items())
    key = known[1], source, tuple(more.items())
    if key not in _PARSED:
        _PARSED[key] = _parse_rules(sheet, *source, **more)
    return _PARSED[key]


@pytest.fixture(autouse=True)
def _keys_wait_for_empty_queues(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key pressed in a test has been dealt with when the app's queues are empty."""
    for module in ("textual.app", "textual.pilot"):
        monkeypatch.setattr(f"{module}.wait_for_idle", settled)
    monkeypatch.setattr(Pilot, "_wait_for_screen", settled)  # instead of a call to each widget, answered by each
    monkeypatch.setattr(App, "_press_keys", press_in_a_burst)
    monkeypatch.setattr(Compositor, "render_update", paint_later)
    monkeypatch.setattr(Stylesheet, "_parse_rules", _parsed_once)
