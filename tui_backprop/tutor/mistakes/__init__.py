"""Finds which known mistake a wrong number comes from."""
