"""Every parameter matters: tables with one row per parameter of the schema, and the test that runs them."""
