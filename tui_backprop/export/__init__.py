"""Worked solutions on paper and screen."""
