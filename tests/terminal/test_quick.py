"""The quicker ways of :mod:`tests.terminal.quick` come to what Textual's own come to."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from inspect import getmembers, isclass, isfunction, signature
from pathlib import Path

import pytest
from rich.segment import Segment
from textual import events
from textual.cache import FIFOCache
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.message import Message
from textual.message_pump import MessagePump
from textual.strip import Strip

from tests.terminal import quick
from tests.terminal.test_workbench import app_with
from tui_backprop.records.journal import Journal
from tui_backprop.terminal.widgets.prompt import Prompt


def test_parameters_are_counted_as_python_counts_them() -> None:
    modules = [module for name, module in list(sys.modules.items()) if name.startswith("tui_backprop.terminal")]
    kinds = {kind for module in modules for _, kind in getmembers(module, isclass) if issubclass(kind, MessagePump)}
    functions = {function for kind in kinds for _, function in getmembers(kind, isfunction)}
    assert len(functions) > 500
    for function in functions:
        assert quick.count_parameters(function) == len(signature(function).parameters), function


def test_a_strip_has_the_caches_that_textual_gives_it(monkeypatch: pytest.MonkeyPatch) -> None:
    quick.make_textual_quick(monkeypatch)
    strip = Strip([Segment("one"), Segment("two")])
    monkeypatch.undo()
    whole = Strip([Segment("one"), Segment("two")])
    quick.make_textual_quick(monkeypatch)
    for name in Strip.__slots__:
        ours, theirs = getattr(strip, name), getattr(whole, name)
        assert type(ours) is type(theirs), name
        if isinstance(theirs, FIFOCache):
            assert ours._maxsize == theirs._maxsize, name
            assert getattr(strip, name) is ours, name
        else:
            assert ours == theirs, name
    assert not hasattr(strip, "colour")


def account(rules: Iterable[RuleSet]) -> list[tuple[object, ...]]:
    """All that counts in them."""
    return [(rule.selectors, repr(rule.styles.get_rules()), rule.is_default_rules, rule.tie_breaker) for rule in rules]


async def test_the_same_rules_and_the_same_handlers_in_the_same_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Journal(tmp_path) as journal:
        app = app_with("exercise-2", journal)
        async with app.run_test(size=(80, 24)):
            sheet = app.stylesheet
            anew = Stylesheet(variables=sheet._variables)
            anew.source = sheet.source
            monkeypatch.setattr(Stylesheet, "_parse_rules", quick._parse_rules)
            anew.parse()
            assert account(sheet.rules) == account(anew.rules)
            assert sheet.rules_map.keys() == anew.rules_map.keys()
            for name, rules in anew.rules_map.items():
                assert account(sheet.rules_map[name]) == account(rules), name
            messages: list[Message] = [events.Key("a", "a"), events.Mount(), events.Focus(), events.Idle(),
                                       events.Resize(app.size, app.size), Prompt.Answered("1")]
            pumps: list[MessagePump] = [app, app.screen, *app.screen.walk_children()]
            for pump in pumps:
                for message in messages:
                    asked = pump, message.handler_name, message
                    assert list(quick._handlers_of(*asked)) == list(quick._dispatch_methods(*asked)), asked
