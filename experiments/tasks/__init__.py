"""One module or folder a task, found by the name of its kind."""
