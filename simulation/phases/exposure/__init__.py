"""Exposure: who reads which review, and what it weighs; ``phase`` gives the order."""
