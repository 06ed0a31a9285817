"""The Textual app: screens, widgets, and what this terminal can show."""
