"""A lesson without Textual: how it looks, and how it goes on."""
