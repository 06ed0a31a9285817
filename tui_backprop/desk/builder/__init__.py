"""The builder without its screen: a draft, its fields, and what is drawn of it."""
