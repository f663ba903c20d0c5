"""Exposure: who reads which review on feed and site, and what it weighs; ``phase`` gives the order."""
