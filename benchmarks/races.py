"""What is run: the races by name, at full and at quick sizes."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.engine.networks import KINDS
from benchmarks.measure import MEMORY_GB, Contestant, Race

US = "Grapevine"
ONE, TWO, APART = "one worker", "two workers", "two apart"
"""Contestants of the sweep."""


@dataclass(frozen=True)
class Sizes:
    """How much of everything: people, steps and runs."""

    default: int
    default_steps: int
    market: tuple[int, ...]
    market_steps: int
    everybody: tuple[int, ...]
    cascade: tuple[int, ...]
    imitation: tuple[int, ...]
    imitation_steps: int
    sweep_runs: int
    networks: tuple[int, ...]
    huge: int
    huge_steps: int


FULL = Sizes(10_000, 104, (10_000, 100_000, 1_000_000), 100, (100_000, 1_000_000), (10_000, 100_000, 1_000_000),
             (10_000, 100_000, 1_000_000), 100, 96, (10_000, 100_000, 1_000_000), 10_000_000, 20)
QUICK = Sizes(400, 20, (300, 600), 20, (300, 600), (300, 600), (300, 600), 20, 2, (300,), 1_000, 5)


def races_of(sizes: Sizes, huge: bool = False) -> list[Race]:
    """Return all races; those of ten million people only where ``huge``."""
    out = [Race("limits", 0, (Contestant(US, "benchmarks.engine.limits"),)),
           one("default", sizes.default, "market", steps=sizes.default_steps)]
    out += [one("market", n, "market", world="MARKET", steps=sizes.market_steps) for n in sizes.market]
    out += [Race("everybody", n, (Contestant(US, "benchmarks.engine.everybody"),
                                  Contestant("all read", "benchmarks.engine.everybody", settings={"attention": 1.0})),
                 on_graph=True)
            for n in sizes.everybody]
    out += [cascade(n, runs) for n, runs in zip(sizes.cascade, (20, 5, 2), strict=False)]
    out += [imitation(n, sizes.imitation_steps) for n in sizes.imitation]
    out += [Race("start", 0, (Contestant(US, "benchmarks.engine.start"),))]
    out += [Race("networks", n, tuple(Contestant(kind, "benchmarks.engine.networks", settings={"kind": kind})
                                      for kind in KINDS)) for n in sizes.networks]
    out += [sweep(sizes)]
    if huge:
        out += [one("huge", sizes.huge, "market", world="MARKET", steps=sizes.huge_steps, memory_gb=MEMORY_GB),
                cascade(sizes.huge, 1)]
    return out


def one(name: str, people: int, module: str, **settings) -> Race:
    """Return a race of the engine against the clock."""
    return Race(name, people, (Contestant(US, f"benchmarks.engine.{module}"),), settings)


def cascade(people: int, runs: int) -> Race:
    """Return independent cascades (100 seeds, p = .1): everybody who can do them on a graph that is given."""
    return Race("cascade", people, (
        Contestant(US, "benchmarks.engine.cascade"),
        Contestant("cynetdiff", "benchmarks.rivals.cynetdiff"),
        Contestant("EoN", "benchmarks.rivals.eon", largest=1_000_000),
        Contestant("NDlib", "benchmarks.rivals.ndlib", largest=100_000),
        Contestant("Starsim", "benchmarks.rivals.starsim", largest=1_000_000),
    ), {"runs": runs}, on_graph=True)


def imitation(people: int, steps: int) -> Race:
    """Return Bass on a network: the engine and a Mesa model of objects."""
    return Race("imitation", people, (
        Contestant(US, "benchmarks.engine.imitation"),
        Contestant("Mesa objects", "benchmarks.rivals.mesa_model", largest=100_000),
    ), {"steps": steps}, on_graph=True)


def sweep(sizes: Sizes) -> Race:
    """Return the same runs on one worker process, on two, and in two processes that have nothing in common."""
    return Race("sweep", sizes.default, (
        Contestant(ONE, "benchmarks.engine.sweep", settings={"workers": 1}),
        Contestant(TWO, "benchmarks.engine.sweep", settings={"workers": 2}),
        Contestant(APART, "benchmarks.engine.apart", settings={"processes": 2}),
    ), {"runs": sizes.sweep_runs, "steps": sizes.default_steps})
