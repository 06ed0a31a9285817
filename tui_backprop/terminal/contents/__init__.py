"""The contents on the screen: lessons and exercises with the progress in each, and what can be done with them."""
