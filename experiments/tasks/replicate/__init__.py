"""Published results.  Workers import ``claims`` and one of ``experiments.replications``; ``task`` is the parent's."""
