"""Ledger credit beside causal credit.  Workers import ``measure``, which draws nothing; ``task`` is the parent's."""
