"""Reading: who comes across which review, on the feed and on the site, and what it weighs there.

The phase ``exposure`` says in which order the parts follow; each part has a file of its own.
"""
