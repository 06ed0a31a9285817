"""The screens of curve, map and training."""
