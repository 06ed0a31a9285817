"""A lesson without Textual: its rows, its pictures, and a learner's way through it."""
