"""A second, blind implementation of the whole step in plain Python, to compare the engine with."""
