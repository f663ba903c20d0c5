"""Who comes across which review, on feed and site, and what it weighs there; ``phase`` gives the order."""
