"""The project's side of each race: modules with one function, ``measure(settings) -> numbers``."""
