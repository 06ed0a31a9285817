"""How long reading, judging and comparing take, as ratios to Python's own parser on the same strings in the same run.

    python tests/bench/bench_parse.py

Prints one line a string and fails (status 1) where a string within the limits takes longer than a key press may.
"""

from __future__ import annotations

import ast
import sys
import time
from collections.abc import Callable
from functools import partial

from tui_backprop.maths.equivalence import equivalent
from tui_backprop.maths.expression import Expr
from tui_backprop.maths.parse import ParseError, parse
from tui_backprop.maths.spelling import Vocabulary
from tui_backprop.tutor.numbers import check_number

NAMES = Vocabulary({name: name for name in ("a_k", "a_j", "w_jk", "x", "y", "x^(L)", "w_{1,12}")})
TYPICAL = ("-1.2054", "2*(0.397-1)", "2*(a_k - y)", "a_j*2*(a_k - y)", "1/(1 + exp(-x))", "w_jk - 0.1*2*(a_k - y)*a_j")
WORST = (
    "x" + "+x" * 99, "(" * 59 + "1" + ")" * 59, "-" * 59 + "x", "2^" * 59 + "2", "x/" * 99 + "x", "9^9^9^9^9",
    "1e400*" * 60 + "1", "(" * 400, "a_k" * 133, "_" * 400, "aaaa" * 100, "|" * 400, "max(" * 50 + "x" + ")" * 50,
    "1/(1+" * 50 + "x" + ")" * 50, "exp(" * 50 + "x" + ")" * 50, "(1+x)^99" * 10, "ₖ" * 400, "{" * 400, "w_{1,12}" * 30,
)
LONGEST_WAIT = 0.1
"""Seconds that any string within the limits may take: a key's answer still feels immediate."""


def seconds(action: Callable[[], object], least: float = 0.05) -> float:
    """The mean time of one call, over calls that take ``least`` seconds together."""
    calls = 0
    start = time.perf_counter()
    while (elapsed := time.perf_counter() - start) < least or not calls:
        action()
        calls += 1
    return elapsed / calls


def read(text: str) -> Expr | ParseError:
    try:
        return parse(text, NAMES)
    except ParseError as refusal:
        return refusal


def python_reads(text: str) -> object:
    return ast.parse(text.replace("^", "**"), mode="eval")


def compare(text: str) -> object:
    expr = read(text)
    return expr if isinstance(expr, ParseError) else equivalent(expr, expr)


def print_typical(text: str) -> None:
    python = seconds(partial(python_reads, text))
    for label, action in (("parse", read), ("compare", compare), ("judge", partial(check_number, expected=1.0))):
        taken = seconds(partial(action, text))
        print(f"{taken * 1e3:8.3f} {taken / python:7.1f}  {label:8} {text}")


def once(text: str) -> float:
    start = time.perf_counter()
    compare(text)
    check_number(text, 1.0)
    return time.perf_counter() - start


def main() -> int:
    print(f"{'ms':>8} {'× ast':>7}  typical")
    for text in TYPICAL:
        print_typical(text)
    slow = []
    print(f"{'ms':>8} {'':7}  worst: parse, compare and judge, once each")
    for text in WORST:
        taken = min(once(text) for _ in range(3))
        print(f"{taken * 1e3:8.2f} {'':7}  {text[:24]}… ({len(text)} characters)")
        if taken > LONGEST_WAIT:
            slow.append(text)
    for text in slow:
        print(f"slower than {LONGEST_WAIT} s: {text[:60]}", file=sys.stderr)
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())
