"""The rows of the target table: what is asked, the bar to accept, the aim, and how the answer is computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.found import Found
from benchmarks.races import ONE, TWO, US, Sizes

READS, BUYERS = 2e7, 0.2
"""What makes the campaign of a million people an ordinary one."""

Value = Callable[[Found, Sizes], float | None]


@dataclass(frozen=True)
class Row:
    """A question with two bars; ``more`` says that larger is better.  ``race``, ``at``: where its answer comes from."""

    key: str
    words: str
    unit: str
    accept: float
    aim: float
    value: Value
    source: Callable[[Sizes], tuple[str, int, tuple[str, ...]]]
    more: bool = False

    def verdict(self, value: float | None) -> str:
        """Return which bar a value meets."""
        if value is None:
            return "-"
        for bar, word in ((self.aim, "aim"), (self.accept, "accept")):
            if value >= bar if self.more else value <= bar:
                return word
        return "no"


def plain(race: str, size: Callable[[Sizes], int], number: str = "seconds", scale: float = 1.0) -> dict:
    """Return value and source of a row that is one number of ours in one race."""
    def value(found: Found, sizes: Sizes) -> float | None:
        seen = found.median(race, size(sizes), US, number)
        return None if seen is None else seen * scale
    return {"value": value, "source": lambda sizes: (race, size(sizes), (US,))}


def per_message(size: Callable[[Sizes], int]) -> dict:
    """Return value and source of nanoseconds per message when everybody posts."""
    def value(found: Found, sizes: Sizes) -> float | None:
        seconds = found.median("everybody", size(sizes), US)
        messages = found.median("everybody", size(sizes), US, "messages")
        return None if seconds is None else 1e9 * seconds / messages
    return {"value": value, "source": lambda sizes: ("everybody", size(sizes), (US,))}


def faster_than(rival: str, race: str, size: Callable[[Sizes], int]) -> dict:
    """Return value and source of how many times faster we are than a rival (medians)."""
    def value(found: Found, sizes: Sizes) -> float | None:
        ours, theirs = (found.median(race, size(sizes), name) for name in (US, rival))
        return None if ours is None or theirs is None else theirs / ours
    return {"value": value, "source": lambda sizes: (race, size(sizes), (US, rival)), "more": True}


def efficiency(found: Found, sizes: Sizes, contestant: str = TWO) -> float | None:
    """Return the share of two processes' time that is not lost against one worker, in percent; start to end."""
    one, two = (found.median("sweep", sizes.default, name, "process") for name in (ONE, contestant))
    return None if one is None or two is None else 100 * one / (2 * two)


def growth(found: Found, sizes: Sizes) -> float | None:
    """Return the cost of a person-step in the largest market over that in the smallest."""
    costs = [person_step(found, "market", n) for n in (sizes.market[0], sizes.market[-1])]
    return None if None in costs else costs[1] / costs[0]


def person_step(found: Found, race: str, people: int, contestant: str = US) -> float | None:
    """Return nanoseconds per person and step (median)."""
    seconds = found.median(race, people, contestant)
    return None if seconds is None else 1e9 * seconds / found.median(race, people, contestant, "person_steps")


GB = 2 ** 20 / 1e9

ROWS = (
    Row("default_loop", "default model, 10,000 people, 104 weeks, loop", "s", 1.0, 0.5,
        **plain("default", lambda s: s.default)),
    Row("market_loop", "full model, 1e6 people, 1e7 ties, 100 steps, loop", "s", 20, 10,
        **plain("market", lambda s: s.market[-1])),
    Row("market_memory", "the same, peak memory of the process, network built in it", "GB", 1.5, 0.7,
        **plain("market", lambda s: s.market[-1], "peak_mb", GB)),
    Row("bytes_person", "the same, bytes held per person", "B", 300, 150,
        **plain("market", lambda s: s.market[-1], "bytes_per_person")),
    Row("bytes_tie", "the same, bytes held per directed tie", "B", 12, 8,
        **plain("market", lambda s: s.market[-1], "bytes_per_tie")),
    Row("message_small", "exposure, everybody posts, 1e5 people", "ns per message", 6, 4,
        **per_message(lambda s: s.everybody[0])),
    Row("message_large", "exposure, everybody posts, 1e6 people", "ns per message", 10, 6,
        **per_message(lambda s: s.everybody[-1])),
    Row("huge", "full model, 1e7 people, 1e8 ties, 20 steps, in 24 GB, loop (only with --huge)", "s", 180, 60,
        **plain("huge", lambda s: s.huge)),
    Row("cascade_small", "independent cascade, 1e5 people, against cynetdiff", "times faster", 0.5, 2,
        **faster_than("cynetdiff", "cascade", lambda s: s.cascade[-2])),
    Row("cascade_large", "independent cascade, 1e6 people, against cynetdiff", "times faster", 1, 2,
        **faster_than("cynetdiff", "cascade", lambda s: s.cascade[-1])),
    Row("mesa", "Bass on a network, 1e5 people, 100 steps, against Mesa objects", "times faster", 30, 100,
        **faster_than("Mesa objects", "imitation", lambda s: s.imitation[1])),
    Row("sweep", "two workers against one, sweep of 10,000-person runs", "% efficiency", 90, 97, efficiency,
        lambda s: ("sweep", s.default, (ONE, TWO)), more=True),
    Row("growth", "cost of a person-step, 1e6 people against 1e4", "times", 2, 1.3, growth,
        lambda s: ("market", s.market[-1], (US,))),
)
