"""Asking for a file, and opening a large one."""
