"""Which mistake a wrong number is."""
