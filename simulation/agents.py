"""The Mesa face: people, brand teams and units as Mesa agents (handles on rows of the columns)."""

from __future__ import annotations


def make_agents(model) -> None:
    """Give the model its agents; people are made when somebody asks."""


def python_steps(model) -> None:
    """Call the steps that a user wrote in Python."""
