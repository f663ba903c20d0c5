"""Erlang (1917): how often a ticket waits in a unit, and how many tickets the unit holds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure
from scipy.special import pdtr

from experiments.figures.style import (
    BRAND_COLOURS,
    BRAND_MARKERS,
    INK,
    PALE,
    blank_figure,
    label_ends,
    number_axis,
    percent_axis,
    styled,
)
from experiments.study.cells import Cell
from experiments.tasks.replicate.claims import Claim, Page, equals, holds

PAGE = Page(
    title="Waiting in a unit's queue",
    question="Do the business units keep tickets waiting as often as queueing theory says, although the rest of the "
             "model moves in steps?",
    prediction="Erlang's C: with c servers and load a (tickets per service time) a ticket waits with probability "
               "a^c/c! c/(c - a) / (sum over k < c of a^k/k! + a^c/c! c/(c - a)), .5541 for c = 5 and a = 4; the unit "
               "holds a + C a/(c - a) tickets on average. With fixed service and one server it waits as often, and "
               "the queue is half as long (Pollaczek and Khinchine).",
    design="One brand of which only the organisation runs; its four ordinary units with 1, 2, 5 and 10 servers, "
           "exponential service, tickets from outside by a Poisson law; busy 50 to 90 % of the time. Once with twenty "
           "service times to a step and once with two steps to a service time. Runs begin empty: what that costs, "
           "and the standard errors, are computed exactly from the equations of the chain.",
    mind="A unit whose waiting probability or mean number of tickets leaves theory by more than 5 standard errors; "
         "any difference between short and long steps.",
    limits="Tickets from outside only: feedback from reviews arrives in bursts, follows no Poisson law and waits "
           "longer. Nobody gives up waiting. With several servers and fixed service there is no short formula, and "
           "nothing is claimed.",
    sources=("erlang1917", "kleinrock1975"),
)
FAST = True
SERVERS = {"goods": 1, "logistics": 2, "care": 5, "accounts": 10}
"""Servers of each unit in the preset."""
SERVICE, STEPS, LONG, LOADS, MAIN = 0.05, 200, 40, (0.5, 0.6, 0.7, 0.9), 0.8
UNITS = "brands.alpha.organisation.units"


def cells(full: bool) -> list[Cell]:
    """Return one world per share of time that servers are busy; the main one also with long service and fixed."""
    few, many = (6, 20) if full else (2, 6)
    out = [Cell(f"{busy}", ("experiment=replicate/queue",), world(busy), range(1, 1 + (many if busy == MAIN else few)))
           for busy in sorted((*LOADS, MAIN))]
    out.append(Cell("long service", ("experiment=replicate/queue",), world(MAIN, stretch=LONG),
                    range(101, 101 + few // 2)))
    idle = {f"{UNITS}.{unit}.inflow": 0.0 for unit in list(SERVERS)[1:]}    # only the single server has a formula
    out.append(Cell("fixed service", ("experiment=replicate/queue",), world(MAIN, service="fixed") | idle,
                    range(201, 201 + 2 * many)))
    return out


def world(busy: float, stretch: int = 1, service: str = "exponential") -> dict:
    """Return the values of a world in which all units are ``busy``, and service lasts ``stretch`` times as long."""
    out = {"steps": STEPS * stretch}
    for unit, servers in SERVERS.items():
        out |= {f"{UNITS}.{unit}.inflow": busy * servers / (SERVICE * stretch),
                f"{UNITS}.{unit}.service_time": SERVICE * stretch, f"{UNITS}.{unit}.service": service}
    return out


def measure(model) -> np.ndarray:
    """Return per unit: tickets that came, those of them that had to wait, and mean number present, (4, 3)."""
    queues = model.state.organisations[0].queues
    return np.array([(q.n_started + len(q.waiting), q.n_waited + len(q.waiting), q.area / model.tick)
                     for q in queues])


class Law(NamedTuple):
    """Long-run mean of a sum over a queue per service time, what an empty start adds in all, and its variance rate."""

    mean: float
    start: float
    variance: float


def erlang_c(c: int, a: float) -> float:
    """Return the probability that a ticket waits at c servers and load a < c; Poisson terms keep it exact."""
    full = (pdtr(c, a) - pdtr(c - 1, a)) * c / (c - a)
    return full / (pdtr(c - 1, a) + full)


def law(c: int, a: float, of: str) -> Law:
    """Return the law of ``waited`` (arrivals that wait, less C times all) or ``present`` (tickets, over time).

    Numbers present are a birth-death chain with rates a up and min(n, c) down.  With gains g at arrivals and f
    over time, h solves Q h = -(a g + f - mean); the martingale of the sum and h gives the variance.
    """
    n = np.arange(c + int(40 / (1 - a / c)) + 20)
    down = np.minimum(n, c).astype(float)
    p = np.concatenate([[0.0], np.cumsum(np.log(a / down[1:]))])
    p = np.exp(p - p.max()) / np.exp(p - p.max()).sum()
    gain, flow = (n >= c) - erlang_c(c, a), 0.0 * n
    if of == "present":
        gain, flow = 0.0 * n, n.astype(float)
    mean = float(p @ (a * gain + flow))
    rise = np.zeros(n.size)      # h(n + 1) - h(n), from the balance of each cut: a p(n) rise(n) = sum above n
    above = np.cumsum((p * (a * gain + flow - mean))[::-1])[::-1]
    rise[:-1] = above[1:] / (a * p[:-1])
    h = np.concatenate([[0.0], np.cumsum(rise[:-1])])
    variance = p @ (a * (gain + rise) ** 2) + p[1:] @ (down[1:] * rise[:-1] ** 2)
    return Law(mean, float(h[0] - p @ h), float(variance))


def judge(found: dict) -> list[Claim]:
    """Compare the unit of five servers by name, all units by standard errors, and fixed service."""
    runs, time = np.array(found[f"{MAIN}"]), STEPS / SERVICE
    waited = law(5, 4.0, "waited")
    fixed, busy = np.array(found["fixed service"])[:, 0], MAIN
    empty = abs(law(1, busy, "waited").start) / (busy * time), abs(law(1, busy, "present").start) / time
    far = {name: farthest(found, name) for name in found if name != "fixed service"}
    long = far.pop("long service")
    return [
        equals("a ticket waits with Erlang's probability at 5 servers and load 4", erlang_c(5, 4.0),
               runs[:, 2, 1] / runs[:, 2, 0], abs(waited.start) / (4.0 * time), "{:.4f}"),
        *(holds(f"{what} follows Erlang's C in every unit at every load", "at most 5 standard errors away",
                f"{worst:.1f} standard errors at most in {4 * len(far)} units", worst <= 5.0)
          for what, worst in zip(("the share that waits", "the mean number in the unit"),
                                 np.max(list(far.values()), axis=0), strict=True)),
        holds("so it does where a service lasts two steps instead of a twentieth", "at most 5 standard errors away",
              f"{long.max():.1f} standard errors at most", bool((long <= 5.0).all())),
        equals("with fixed service and one server the busy share waits", busy, fixed[:, 1] / fixed[:, 0], empty[0]),
        equals("and the unit holds as many tickets as Pollaczek and Khinchine say",
               busy + busy ** 2 / (2 * (1 - busy)), fixed[:, 2], empty[1], "{:.2f}")]


def farthest(found: dict, name: str) -> np.ndarray:
    """Return how many standard errors a cell is away from theory at most: share that waits, mean number, (2,)."""
    runs, out = np.array(found[name]), []
    busy = MAIN if name == "long service" else float(name)
    time = STEPS / SERVICE * len(runs)
    for u, c in enumerate(SERVERS.values()):
        a = busy * c
        waited, present = law(c, a, "waited"), law(c, a, "present")
        excess = runs[:, u, 1].sum() - erlang_c(c, a) * runs[:, u, 0].sum() - len(runs) * waited.start
        number = runs[:, u, 2].mean() - present.mean - present.start * len(runs) / time
        out.append((abs(excess) / np.sqrt(waited.variance * time), abs(number) / np.sqrt(present.variance / time)))
    return np.max(out, axis=0)


@styled
def draw(found: dict) -> Figure:
    """Return waiting probability and mean queue by busy share: Erlang's curves, the simulated units as points."""
    fig = blank_figure("The units' queues wait as Erlang's formula says, however many servers they have",
                       "Lines: Erlang's C. Points: the units, with 95 % bands of theory. Open: service of two steps",
                       "Tickets from outside by a Poisson law, exponential service · Erlang (1917)")
    left, right = fig.add_gridspec(1, 2, wspace=0.5).subplots()
    share = np.linspace(0.4, 0.93, 107)
    for u, (c, colour, marker) in enumerate(zip(SERVERS.values(), BRAND_COLOURS, BRAND_MARKERS, strict=False)):
        chance = np.array([erlang_c(c, c * busy) for busy in share])
        left.plot(share, chance, color=INK, linewidth=1.4)
        right.plot(share, chance * share / (1 - share), color=INK, linewidth=1.4)
        for name, runs in found.items():
            if name != "fixed service":
                points(left, right, np.array(runs)[:, u], c, name, colour, marker)
    decorate(left, right)
    label_ends(left, [(erlang_c(c, 0.93 * c), f"{c} server{'s' * (c > 1)}", BRAND_COLOURS[u])
                      for u, c in enumerate(SERVERS.values())])
    return fig


def points(left, right, runs: np.ndarray, c: int, name: str, colour: str, marker: str) -> None:
    """Mark one unit's runs (runs, 3): the share that waited, and the mean number waiting, over the bands of theory."""
    long = name == "long service"
    busy, time = MAIN if long else float(name), STEPS / SERVICE * len(runs)
    style = {"color": colour, "marker": marker, "markerfacecolor": "white" if long else colour, "linestyle": "none",
             "markersize": 9 if long else 6.5, "zorder": 3 if long else 4}
    left.plot(busy, runs[:, 1].sum() / runs[:, 0].sum(), **style)
    right.plot(busy, runs[:, 2].mean() - c * busy, **style)
    if not long:
        chance, a = erlang_c(c, c * busy), c * busy
        for ax, middle, of, scale in ((left, chance, "waited", a * time),
                                      (right, chance * a / (c - a), "present", time)):
            half = 1.96 * np.sqrt(law(c, a, of).variance * time) / scale
            ax.plot([busy, busy], [middle - half, middle + half], color=PALE, linewidth=7, zorder=1,
                    solid_capstyle="butt")


def decorate(left, right) -> None:
    """Label the two panels."""
    left.set_title("tickets that wait", pad=8)
    right.set_title("tickets waiting, on average", pad=8)
    left.set_ylim(0, 1)
    right.set_ylim(0, 10)
    percent_axis(left.yaxis)
    number_axis(right.yaxis)
    for ax in (left, right):
        ax.set_xlim(0.4, 0.93)
        ax.set_xlabel("share of time that a server is busy")
        percent_axis(ax.xaxis)
