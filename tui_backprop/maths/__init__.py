"""Expressions: build, parse what people type, evaluate, differentiate, compare."""
