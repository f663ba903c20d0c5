"""Print how the house is built: ``python -m tests.house``."""

from tests.house.report import report

print(report())
