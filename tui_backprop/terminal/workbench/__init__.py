"""The workbench and the screens opened from it."""
