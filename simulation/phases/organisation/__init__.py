"""How feedback reaches the units that can act on it, and how processes improve."""
