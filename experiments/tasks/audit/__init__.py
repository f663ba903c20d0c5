"""How wrong attribution is.  Workers import ``measure`` and ``settings``, which draw nothing, and not ``task``."""
