"""Curves, maps and training curves as runs of roles and as SVG."""
