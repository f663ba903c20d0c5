"""The best split of money.  Workers import ``frontier.measure``, which draws nothing; ``task`` is the parent's."""
