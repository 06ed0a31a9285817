"""The workbench without its screen: an exercise in hand, what is done at it and what is to be seen of it."""
