"""Curves, maps and trainings as runs of roles and as SVG."""
