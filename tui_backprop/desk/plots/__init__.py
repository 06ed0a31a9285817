"""What happens at a curve, a map and a training, without a screen."""
