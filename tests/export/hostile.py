"""Titles that a file may have, and that must never be more than text; and exercises that are hard to set."""

from __future__ import annotations

from dataclasses import replace

from tests.export.test_scripts import circuit_of
from tui_backprop import course
from tui_backprop.course.exercise import Exercise
from tui_backprop.network.model import Network, Sample

TITLES = (
    "<script>alert(1)</script>", r"\input{/etc/passwd}", "$x$ & 100% #1 _a_ ~b~ ^c^ {d}",
    "</title><img src=x onerror=y>", r"\end{document}", "`code` *bold* [link](http://example.org) ![](x) | cell",
    'Quotes " and \' and `', "a\\", "%",
    "Příklad: Żółw, ő ű ğ Œ, Παράδειγμα ς Ά, Пример",
    "Ærø, Þór, ð, ñ, ß – “Größe” … ∂ Ω 漢字 😀 §¶©", "&lt;b&gt; &amp;", "--- <!-- x -->", "~~~ ^^M ''",
)


def titled(title: str, name: str = "exercise-2") -> Exercise:
    """A shipped exercise under another title."""
    return replace(course.load(name), title=title)


def wide_network() -> Exercise:
    """Ten units in front of one, a batch of twelve, numbers with all their digits."""
    numbers = tuple((n * 7919 % 101 - 50) / 37 for n in range(10))
    samples = tuple(Sample(tuple(x * (n + 1) / 13 for x in numbers), (n / 7,)) for n in range(12))
    network = Network((tuple(f"unit_{n}" for n in range(10)), ("a_long_name",)), ("softplus",), "squared_error", 1e-7,
                      (tuple((x,) for x in numbers),), ((0.1234567,),), samples)
    return Exercise("wide", "A wide one", network)


def long_circuit() -> Exercise:
    """Gates whose formulas are longer than a line, in brackets, in fractions, and in functions."""
    terms = " + ".join(f"{n}.25 x y^{n}" for n in range(1, 12))
    gates = (f"q = {terms}", f"s = exp(-({terms}) / 1000) / ({terms})", "t = tanh(s) * sigmoid(q) + |x - y|",
             "f = (q + s) (q - s) (t + x) (t - y) / (1 + (q + s + t)^2 + (q - s - t)^2 + (x + y + q)^2)")
    return Exercise("long", "A long one", circuit_of(gates, (("x", 0.31), ("y", 0.72))))


def deep_network() -> Exercise:
    """Five outputs under softmax: denominators of five powers, sums over five paths."""
    weights = tuple(tuple(((3 * i + 5 * j) % 7 - 3) / 9 for j in range(5)) for i in range(5))
    names = tuple("abcde")
    network = Network((names, names, names), ("tanh", "softmax"), "cross_entropy", 0.1, (weights, weights), None,
                      (Sample((0.1, 0.2, 0.3, 0.4, 0.5), (0.0, 1.0, 0.0, 0.0, 0.0)),))
    return Exercise("deep", "A deep one", network)


def crowded_network() -> Exercise:
    """Five layers of twelve units: more lines than TeX has room for at its finest."""
    layer = tuple(f"u{n}" for n in range(12))
    weights = tuple(tuple(tuple((i + 2 * j) % 5 / 10 for j in range(12)) for i in range(12)) for _ in range(4))
    network = Network((layer,) * 5, ("tanh",) * 4, "squared_error", 0.1, weights, None,
                      (Sample((0.1,) * 12, (0.2,) * 12),))
    return Exercise("crowded", "A crowded one", network)
