"""Golden numbers: a run that must not move without a written reason."""
