"""Networks and circuits as data; activation functions and costs as formulas."""
