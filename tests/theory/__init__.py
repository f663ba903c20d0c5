"""Closed forms: the ordinary model against numbers that can be computed without it."""
