"""Questions asked of the model, figures and reports.  Nothing here reaches into phases."""
