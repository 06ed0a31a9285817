"""Finds a step or a given by what is typed: its number, its id, its name as it is shown, or words about it.

The work does not grow with the number of steps: ids are looked up, names are guessed from the numbers in the text and
then compared, and words are compared with those of one step of each kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import permutations

from tui_backprop.derivation import Derivation
from tui_backprop.derivation.ids import Ref
from tui_backprop.derivation.lazy import Made
from tui_backprop.derivation.order import BlockOrder, ListedOrder, Order, StepBlock
from tui_backprop.patterns import late_pattern
from tui_backprop.tutor.wording import words_for
from tui_backprop.typeset.glyphs import Glyphs, plain_text
from tui_backprop.typeset.linear import linear

SMALL = 1500
"""Up to this many quantities, all names are searched for the text typed."""
_MOST_NUMBERS = 6
_SILENT = late_pattern(r"[\s_{}()^]")
_LAYER = late_pattern(r"\^\([^)]*\)|(?<=[a-z])\^\d+")
"""The layer in a name, as the notations write it."""


def step_words(derivation: Derivation, quantity: str) -> str:
    """The words by which a step is found: its title, its kind and the first part of its id."""
    kind = derivation.graph.kind(quantity).replace("_", " ")
    start, _, rest = quantity.partition(":")  # with the role, and of a batch the sample
    via = "via" if " via " in rest else ""
    return f"{words_for(derivation, quantity).title} {kind} {start} {via}".casefold()


def list_given_words(derivation: Derivation, quantity: str) -> str:
    """The words by which a given is found: what it is, its role and its layer, and in a batch the sample."""
    start = quantity.partition(":")[0]
    return f"{derivation.graph.describe_given(quantity)} {start}".casefold()


class Finder:
    """Finds places in ``order``, ids of ``derivation``. ``universe`` is an order of all ids that are possible."""

    def __init__(
        self, derivation: Derivation, order: Sequence[str], universe: Order,
        words: Callable[[Derivation, str], str] = step_words,
    ) -> None:
        self._derivation = derivation
        self._order: Order = order if isinstance(order, Order) else ListedOrder(tuple(order))
        self._universe = universe
        self._words = words

    def find(self, text: str) -> Sequence[int]:
        """The places that match, in order; all for an empty text. Long results are made as they are looked at."""
        wanted = " ".join(text.replace("→", "->").split())
        count = len(self._order)
        if not wanted:
            return range(count)
        if wanted.isdecimal():
            return range(int(wanted) - 1, int(wanted)) if 1 <= int(wanted) <= count else ()
        exact = self._places(self._ids(wanted)) or self._places(self._find_called(wanted))
        if count <= SMALL:
            return exact or [n for n, words in enumerate(self._haystack) if _has_all(words, wanted)]
        return exact or self._about(wanted)

    @cached_property
    def _haystack(self) -> list[str]:
        name = self._derivation.naming.name
        return [" ".join((quantity, *(linear(name(quantity), level) for level in (Glyphs.FULL, Glyphs.ASCII)),
                          self._words(self._derivation, quantity))).casefold() for quantity in self._order]

    def _about(self, wanted: str) -> Sequence[int]:
        """All steps of the kinds whose words these are."""
        kept = self._order.only(lambda quantity: _has_all(self._words(self._derivation, quantity), wanted))
        return Made(kept, self._order.index)

    def _places(self, ids: Iterable[str]) -> list[int]:
        return sorted({place for quantity in ids if (place := self._order.find(quantity)) is not None})

    def _ids(self, wanted: str) -> Iterator[str]:
        """The ids that ``wanted`` may mean, in one sample or another."""
        samples = range(1, self._derivation.graph.batch + 1)
        yield from (wanted, *(f"#{sample} {wanted}" for sample in samples))

    def _find_called(self, wanted: str) -> Iterator[str]:
        """The ids whose name is ``wanted``, with or without its layer. Labels in the text say which are possible."""
        universe = self._universe
        if not isinstance(universe, BlockOrder):
            return
        written = plain_text(wanted, Glyphs.ASCII)
        spelled = _squeeze(written)
        singles, pairs = self._units(written)
        for block in universe.blocks:
            for ref in _guesses(block, singles, pairs):
                quantity = str(ref)
                if universe.find(quantity) is None:
                    continue
                name = self._derivation.name_of(quantity, Glyphs.ASCII)
                if spelled in (_squeeze(name), _squeeze(_LAYER.sub("", name))):
                    yield quantity

    def _units(self, written: str) -> tuple[list[str], list[tuple[str, str]]]:
        """The units, and the pairs of units, that the numbers in a name may stand for."""
        runs = list(dict.fromkeys(re.findall(r"\d+", written)))[:_MOST_NUMBERS]
        labels = dict.fromkeys([*re.findall(r"[A-Za-z]\d+", written), *runs])
        splits = [(run[:n], run[n:]) for run in runs for n in range(1, len(run))]
        both = [*permutations(labels, 2), *((label, label) for label in labels), *splits, *(s[::-1] for s in splits)]
        found = self._by_label
        units = [unit for label in labels for unit in found.get(label, ())]
        pairs = [(one, two) for first, second in both for one in found.get(first, ()) for two in found.get(second, ())]
        return list(dict.fromkeys(units)), list(dict.fromkeys([*pairs, *self._find_numbered(runs)]))

    @cached_property
    def _by_label(self) -> dict[str, set[str]]:
        """The names of units, of any layer, that each label stands for."""
        found: dict[str, set[str]] = {}
        for label, name in self._derivation.naming.unit_labels():
            found.setdefault(label, set()).add(name)
        return found

    def _find_numbered(self, runs: Sequence[str]) -> Iterator[tuple[str, str]]:
        """The ends of the weights that these numbers stand for, in both orders."""
        for run in runs:
            ends = self._derivation.naming.ends_of_numbered(int(run))
            yield from (ends, ends[::-1]) if ends else ()


@lru_cache(maxsize=4)
def givens_finder(derivation: Derivation) -> Finder:
    """A finder of a derivation's givens, by their places in the table of parameters."""
    givens = derivation.graph.givens()
    return Finder(derivation, givens, givens, list_given_words)


def _guesses(block: StepBlock, singles: Sequence[str], pairs: Sequence[tuple[str, str]]) -> Iterator[Ref]:
    """The quantities of a block that these units could mean."""
    if block.layer is None:
        yield from block.kinds()
    for unit in singles:
        yield from block.of_unit(unit)
    for outer, inner in pairs if block.inner else ():
        yield from block.between(outer, inner)


def _has_all(words: str, wanted: str) -> bool:
    return all(word in words for word in wanted.casefold().split())


def _squeeze(text: str) -> str:
    return _SILENT.sub("", text)
