"""Expressions to boxes of text (Unicode, console, ASCII), to one line, to LaTeX."""
