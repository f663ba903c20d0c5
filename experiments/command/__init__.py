"""The command ``python run.py`` or ``grapevine``: its words are checked here and handed to a task."""
