"""Docking: our engine and programs by other people, on one graph with one set of parameters, must agree in law."""
