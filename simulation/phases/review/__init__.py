"""Who posts, out of which motive, what they write, and who passes it on; ``phase`` is the order."""
