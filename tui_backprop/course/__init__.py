"""Lesson and exercise files: read, lint, find."""
