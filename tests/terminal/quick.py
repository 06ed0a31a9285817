"""Textual, done in less time for the hundreds of apps that a test run starts one after the other.

What every app works out anew, and with the same result, is kept for the whole run: the parsed style sheets and the
colours of a theme. The rest is Textual's own work in fewer steps. None of it changes what an app does.
"""

from __future__ import annotations

import typing
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from functools import cache
from inspect import CO_VARARGS, CO_VARKEYWORDS, isfunction, ismethod, signature
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from rich.segment import Segment
from textual.cache import FIFOCache
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.design import ColorSystem
from textual.message import Message
from textual.message_pump import MessagePump
from textual.strip import Strip

from tui_backprop.terminal.stylesheet import CandidateRules, KeptStylesheet

Variables = frozenset[tuple[str, str]]
Handlers = tuple[tuple[type, Callable[..., Awaitable[None]]], ...]
"""The functions that handle messages of one kind, from the class itself to its farthest base, each with its class."""
_PARSED: dict[object, list[RuleSet]] = {}
_SHEETS: dict[object, tuple[list[RuleSet], dict[frozenset[str], CandidateRules]]] = {}
_MAPS: dict[int, tuple[list[RuleSet], dict[str, list[RuleSet]]]] = {}
"""By the identity of a list of rules, which is kept too: so no other list gets its identity."""
_COLOURS: dict[str, dict[str, str]] = {}
_VARIABLES: WeakKeyDictionary[Stylesheet, tuple[dict[str, str], Variables]] = WeakKeyDictionary()
_parse_rules, _parse, _generate = Stylesheet._parse_rules, KeptStylesheet.parse, ColorSystem.generate
_dispatch_methods = MessagePump._get_dispatch_methods
_HANDLERS: dict[tuple[type[MessagePump], str, type[Message]], Handlers | None] = {}
"""None where a class names messages of this kind with ``@on``."""
_protocol_attributes = cache(vars(typing)["_get_protocol_attrs"])
"""Python 3.11 lists what a protocol asks for each time that something is held against it."""


_CACHE_SIZES = {"_crop_cache": 16, "_style_cache": 16}


def _make_strip(strip: Strip, segments: Iterable[Segment], cell_length: int | None = None) -> None:
    """In the place of ``Strip.__init__``, without its seven caches: most strips use none of them."""
    strip._segments = list(segments)
    strip._cell_length = cell_length
    strip._render_cache = strip._link_ids = strip._cell_count = None


def _make_cache(strip: Strip, name: str) -> FIFOCache[Any, Any]:
    """One of a strip's caches, when it is first used."""
    if name not in Strip.__slots__ or not name.endswith("_cache"):
        raise AttributeError(name)
    cache: FIFOCache[Any, Any] = FIFOCache(_CACHE_SIZES.get(name, 4))
    setattr(strip, name, cache)
    return cache


class _NoLog:
    """Takes what is logged, by whichever of its names: a test has no console for developers."""

    def __call__(self, *_: object, **__: object) -> _NoLog:
        return self

    def __getattr__(self, name: str) -> _NoLog:
        return self


def make_textual_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the test ends."""
    monkeypatch.setattr(Stylesheet, "_parse_rules", _parsed_once)
    monkeypatch.setattr(KeptStylesheet, "parse", _parse_once)
    monkeypatch.setattr(KeptStylesheet, "rules_map", property(_mapped_once))
    monkeypatch.setattr(ColorSystem, "generate", _generated_once)
    _HANDLERS.clear()  # the test before this one may have put others in their place
    monkeypatch.setattr(MessagePump, "_get_dispatch_methods", _handlers_of)
    monkeypatch.setattr(Strip, "__init__", _make_strip)
    monkeypatch.setattr(Strip, "__getattr__", _make_cache, raising=False)
    monkeypatch.setattr("textual._callback._count_parameters", count_parameters)
    monkeypatch.setattr("textual.message_pump.log", _NoLog())
    monkeypatch.setattr(typing, "_get_protocol_attrs", _protocol_attributes)


def _variables_of(sheet: Stylesheet) -> Variables:
    if (known := _VARIABLES.get(sheet)) is None or known[0] is not sheet._variables:
        known = _VARIABLES[sheet] = sheet._variables, frozenset(sheet._variables.items())
    return known[1]


def _parsed_once(sheet: Stylesheet, *source: Any, **more: Any) -> list[RuleSet]:
    """The rules of a source: they are never changed, and every app of a test run has the same ones."""
    key = _variables_of(sheet), source, tuple(more.items())
    if key not in _PARSED:
        _PARSED[key] = _parse_rules(sheet, *source, **more)
    return _PARSED[key]


def _parse_once(sheet: KeptStylesheet) -> None:
    """Give a style sheet the rules of all its sources, and what was found out with them."""
    key = _variables_of(sheet), tuple(sheet.source.items())
    if key not in _SHEETS:
        _parse(sheet)
        _SHEETS[key] = sheet._rules, {}
    sheet._rules, sheet._candidates = _SHEETS[key]
    sheet._require_parse = False


def _mapped_once(sheet: KeptStylesheet) -> Mapping[str, list[RuleSet]]:
    """The rules by the names in their selectors."""
    rules = sheet.rules
    if id(rules) not in _MAPS:
        mapped: dict[str, list[RuleSet]] = {}
        for rule in rules:
            for name in rule.selector_names:
                mapped.setdefault(name, []).append(rule)
        _MAPS[id(rules)] = rules, mapped
    return _MAPS[id(rules)][1]


def _generated_once(system: ColorSystem) -> dict[str, str]:
    """All colours and shades of a theme."""
    key = repr(sorted(vars(system).items()))
    if key not in _COLOURS:
        _COLOURS[key] = _generate(system)
    return dict(_COLOURS[key])


def _handlers_of(
    pump: MessagePump, method_name: str, message: Message
) -> Iterator[tuple[type, Callable[[Message], Awaitable[None]]]]:
    """What handles a message: by Textual's own search where a class names such messages with ``@on``, else by name."""
    key = type(pump), method_name, type(message)
    if key not in _HANDLERS:
        _HANDLERS[key] = _find_handlers(*key)
    handlers = _HANDLERS[key]
    if handlers is None:
        yield from _dispatch_methods(pump, method_name, message)
        return
    for cls, method in handlers:
        if message._no_default_action:
            return
        yield cls, method.__get__(pump, cls)


def _find_handlers(pump: type[MessagePump], method_name: str, message: type[Message]) -> Handlers | None:
    kinds = set(message.__mro__)
    found = []
    for cls in pump.__mro__:
        if not kinds.isdisjoint(cls.__dict__.get("_decorated_handlers") or ()):
            return None
        method = cls.__dict__.get(f"_{method_name}") or cls.__dict__.get(method_name)
        if method is not None and not getattr(method, "_textual_on", None):
            found.append((cls, method))
    return tuple(found)


def count_parameters(function: Callable[..., object]) -> int:
    """How many parameters a callable has, read off its code where Python's full account of it says the same."""
    if ismethod(function):
        return count_parameters(function.__func__) - 1
    if isfunction(function) and not hasattr(function, "__wrapped__"):
        code = function.__code__
        more = bool(code.co_flags & CO_VARARGS) + bool(code.co_flags & CO_VARKEYWORDS)
        return code.co_argcount + code.co_kwonlyargcount + more
    return len(signature(function).parameters)
