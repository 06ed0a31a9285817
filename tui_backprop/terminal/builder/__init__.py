"""The builder on the screen."""
