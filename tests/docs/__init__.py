"""Tests of the documentation: what its pages say is run, and is what the code says."""
