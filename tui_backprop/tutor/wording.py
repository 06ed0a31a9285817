"""The words for a step, with its unit's symbols and its functions' rules put in."""

from __future__ import annotations

from collections.abc import Mapping

from tui_backprop.dataclass import replace
from tui_backprop.derivation import Derivation
from tui_backprop.derivation.words import Words


def words_for(derivation: Derivation, quantity: str) -> Words:
    """A step in words. Raises KeyError for a quantity that is no step."""
    graph, words = derivation.graph, _words_of(derivation, quantity)
    activation, cost = graph.activation_at(quantity), graph.cost
    symbols = _symbols(derivation, quantity)
    if activation is None or cost is None:
        return replace(words, goal=words.goal.format_map(symbols))
    rules = _RuleWords(symbols, {"activation": activation.rule, "slope": activation.slope_rule, "cost": cost.rule,
                                  "cost slope": cost.slope_rule, "cost name": cost.title, "function": activation.title})
    return Words(words.title.format_map(symbols), words.goal.format_map(rules), words.rule.format_map(rules),
                 words.skill)


def _words_of(derivation: Derivation, quantity: str) -> Words:
    """A step's words, with nothing put in yet."""
    words = derivation.graph.words(quantity)
    if words is None:
        raise KeyError(f"there are no words for {quantity}: it is no step")
    return words


def title_for(derivation: Derivation, quantity: str) -> str:
    """A step's title; in a batch with the sample it belongs to, for its name is the same in all of them."""
    graph = derivation.graph
    sample = graph.sample_of(quantity) if graph.batch > 1 else None
    title = _words_of(derivation, quantity).title.format_map({"delta": derivation.notation.delta})
    return title if sample is None else f"{title}, sample {sample}"


def functions_of(derivation: Derivation) -> str:
    """The activation functions of a network, in the order of layers, and its cost; empty for a circuit."""
    graph = derivation.graph
    if graph.cost is None:
        return ""
    return f"{', '.join(activation.title for activation in graph.activations)} · {graph.cost.title}"


class _RuleWords(dict[str, str]):
    """Symbols, and rules that are filled in when they are asked for.

    A symbol may have braces of its own, a_{A_}: a text that it has been put into is never formatted again.
    """

    def __init__(self, symbols: Mapping[str, str], rules: Mapping[str, str]) -> None:
        super().__init__(symbols)
        self._rules = rules

    def __missing__(self, key: str) -> str:
        return self._rules[key].format_map(self)


def _symbols(derivation: Derivation, quantity: str) -> dict[str, str]:
    """The symbols of a step's unit: its activation, its pre-activation and, for an output, its target."""
    units = derivation.graph.about_unit(quantity)
    return {"delta": derivation.notation.delta,
            **{letter: derivation.name_of(of_unit) for letter, of_unit in units.items()}}
