"""Values of a composed config: the same change in every process of every brand."""

from __future__ import annotations

from collections.abc import Callable


def processes(config: dict, entry: str, change: Callable[[str, float], float]) -> dict[str, float]:
    """Return path and new value of an entry of all processes; ``change`` gets the process and its value."""
    return {f"brands.{brand}.processes.{name}.{entry}": change(name, process[entry])
            for brand, firm in config["brands"].items() for name, process in firm["processes"].items()}


def activity(sd: float) -> dict[str, float]:
    """Return values that spread the activity of people, with the mean of a lognormal of -.8 and .8 and no cut."""
    return {"population.activity_log_sd": sd, "population.activity_log_mean": -0.8 - (sd**2 - 0.8**2) / 2,
            "population.activity_max": 100.0}
