"""What writes the pages of our own docs: reference pages and the table of defaults."""
