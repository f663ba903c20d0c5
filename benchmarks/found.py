"""All measurements of a session, and the questions one asks them."""

from __future__ import annotations

from statistics import median

REASONS = ("missing", "failed", "left_out")


class Found:
    """Measurements as ``measure.run_race`` yields them."""

    def __init__(self, measurements: list[dict]):
        self.measurements = measurements

    def values(self, race: str, people: int, contestant: str, number: str = "seconds") -> list[float]:
        """Return one number of every repetition (none where nothing was found)."""
        return [one["found"][number] for one in self._of(race, people, contestant) if number in one["found"]]

    def median(self, race: str, people: int, contestant: str, number: str = "seconds") -> float | None:
        """Return the median over repetitions, None where there are none."""
        values = self.values(race, people, contestant, number)
        return median(values) if values else None

    def best(self, race: str, people: int, contestant: str, number: str = "seconds") -> float | None:
        """Return the smallest value over repetitions, None where there are none."""
        return min(self.values(race, people, contestant, number), default=None)

    def why_not(self, race: str, people: int, contestant: str) -> str:
        """Return why a contestant has no result: not installed, failed, not run at this size, not asked."""
        for one in self._of(race, people, contestant):
            for reason in REASONS:
                if reason in one["found"]:
                    text = one["found"][reason]
                    return f"not installed ({text})" if reason == "missing" else text
        return "not run in this session"

    def sizes(self, race: str) -> list[int]:
        """Return the numbers of people at which a race was run."""
        return sorted({one["people"] for one in self.measurements if one["race"] == race})

    def contestants(self, race: str) -> list[str]:
        """Return who took part in a race, or would have, in order of appearance."""
        return list(dict.fromkeys(one["contestant"] for one in self.measurements if one["race"] == race))

    def versions(self) -> dict[str, str]:
        """Return the versions of all packages that took part."""
        out: dict[str, str] = {}
        for one in self.measurements:
            for name, version in one["found"].get("versions", {}).items():
                if version not in out.setdefault(name, version).split(" / "):
                    out[name] += f" / {version}"
        return dict(sorted(out.items()))

    def waiting(self) -> tuple[float, float] | None:
        """Return the least and the largest wall time over processor time: below 1 several cores worked, far above
        1 the machine was busy with something else.  Work of several processes does not count, nor less than 50 ms.
        """
        ratios = [one["found"]["seconds"] / one["found"]["seconds_cpu"] for one in self.measurements
                  if one["race"] != "sweep" and one["found"].get("seconds_cpu", 0.0) > 0.05]
        return (min(ratios), max(ratios)) if ratios else None

    def _of(self, race: str, people: int, contestant: str) -> list[dict]:
        return [one for one in self.measurements
                if (one["race"], one["people"], one["contestant"]) == (race, people, contestant)]
