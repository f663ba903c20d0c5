"""Metrics: one module per question; ``METRICS`` names those that a config may record."""

from simulation.metrics import adoption, beliefs, feedback, money, nps, reviews, rungs

METRICS = {"adoption": adoption, "rungs": rungs, "nps": nps, "reviews": reviews, "beliefs": beliefs, "money": money,
           "feedback": feedback}
UNITS = {name: unit for module in METRICS.values() for name, unit in module.UNITS.items()}
