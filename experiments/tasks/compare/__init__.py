"""Scenarios on the same random worlds.  Workers import ``measure``, which draws nothing; ``task`` is the parent's."""
