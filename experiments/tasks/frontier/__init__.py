"""The same money in different ways.  Workers import ``measure``, which draws nothing; ``task`` is the parent's."""
