"""Exercise files that several tests write."""

from __future__ import annotations


def chain_file(*, learning_rate: float = 0.1) -> str:
    """An exercise of one weight, as a file's text. Its gradient is −1: an update changes the weight by the rate."""
    return f"""
format = 1
title = "A chain"
[network]
layers = [["i"], ["k"]]
activation = "relu"
cost = "squared_error"
learning_rate = {learning_rate}
weights = [{{ "i->k" = 0.5 }}]
[[samples]]
inputs = {{ i = 1.0 }}
targets = {{ k = 1.0 }}
"""
