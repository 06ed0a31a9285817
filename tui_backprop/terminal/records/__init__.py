"""Records and progress on the screen."""
