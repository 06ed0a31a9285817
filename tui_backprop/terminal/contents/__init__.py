"""The contents: what there is, how far it has come, and what can be done with it."""
