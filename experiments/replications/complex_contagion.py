"""Complex contagion: long ties that speed simple contagion stop it where several neighbours must agree."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from experiments.figures.style import BRAND_COLOURS, BRAND_MARKERS, INK, blank_figure, percent_axis, styled
from experiments.study.cells import Cell
from experiments.tasks.replicate.claims import Claim, Page, holds, is_positive

PAGE = Page(
    title="Complex contagion and long ties",
    question="Do ties to distant people speed up a contagion that needs more than one neighbour who has bought?",
    prediction="From a group of neighbours a contagion spreads over a lattice up to a threshold: 1/2 of the "
               "neighbours on a line, 1/4 with four neighbours, 3/8 with eight (r (2 r + 1) / ((2 r + 1)^2 - 1), "
               "r = 1). Rewiring speeds it where one neighbour is enough; where two or more are needed, moderate "
               "rewiring may help and much of it stops the contagion.",
    design="A square of 50 by 50 people without borders and with eight neighbours; a share of ties swaps ends, "
           "so everybody keeps eight. Everybody buys once a of the eight have bought; a person and their neighbours "
           "start. Steps until 90 % have bought, and how often that happens.",
    mind="A lattice that a contagion fills above its threshold, or does not at it; rewiring that slows a = 1, or that "
         "leaves a = 2 and 3 to reach 90 % as often on a random network as on the lattice.",
    limits="One size of network and of seed; with larger seeds or markets the share of rewiring that stops a "
           "contagion moves. One threshold for all, and no chance in adopting.",
    sources=("centola2007", "morris2000"))
FAST = False

SIDE, NEIGHBOURS, REACHED = 50, 8, 0.9
NEEDED = (1, 2, 3, 4)
REWIRED = (0.0, 0.01, 0.03, 0.1, 0.2, 0.4, 1.0)
LATTICES = {
    "line": (1 / 2, ("network=ring", "~network.neighbourhood", "~network.rewiring"), {"population.size": 400}, 3),
    "four neighbours": (1 / 4, (), {"network.neighbourhood": "von_neumann", "network.rewiring": 0.0}, 41),
    "eight neighbours": (3 / 8, (), {"network.rewiring": 0.0}, 49),
}
"""Threshold of contagion (Morris 2000), the lattice, and the people of a ball who start."""
ABOVE = 0.001


def cells(full: bool) -> list[Cell]:
    """Return every lattice at and just above its threshold, and the torus by people needed and share rewired."""
    preset, runs, out = "experiment=replicate/complex_contagion", 24 if full else 8, []
    for name, (threshold, words, values, count) in LATTICES.items():
        for where, more in (("at", 0.0), ("above", ABOVE)):
            out.append(Cell(f"{name}, {where}", (preset, *words), values | {
                "population.seeds.start.count": count, "population.threshold_mean": threshold + more}))
    for a in NEEDED:
        for share in REWIRED:
            out.append(Cell(f"a={a}, {share}", (preset,), {
                "population.threshold_mean": a / NEIGHBOURS, "network.rewiring": share},
                range(1, 1 + (1 if share == 0.0 else runs))))
    return out


def measure(model) -> tuple[float, float]:
    """Return the final share of buyers, and the step by which 90 % had bought (nan: never)."""
    when = np.sort(model.state.adopted_at[:, 0])
    bought = when[when >= 0]
    enough = int(np.ceil(REACHED * when.size))
    return bought.size / when.size, float(bought[enough - 1]) if bought.size >= enough else np.nan


def steps_of(found: dict, a: int, share: float) -> np.ndarray:
    """Return the steps to 90 % of the runs that got there."""
    steps = np.array([run[1] for run in found[f"a={a}, {share}"]])
    return steps[~np.isnan(steps)]


def success(found: dict, a: int, share: float) -> float:
    """Return the share of runs that reached 90 %."""
    return steps_of(found, a, share).size / len(found[f"a={a}, {share}"])


def on_lattice() -> int:
    """Return the steps to 90 % on the lattice with a = 1: after t steps a square of 2 t + 3 people a side."""
    return int(np.ceil((np.sqrt(REACHED) * SIDE - 3) / 2))


def judge(found: dict) -> list[Claim]:
    """Check the thresholds of lattices, and what rewiring does by the number of neighbours needed."""
    return [lattices(found), simple(found), helped(found), *(stopped(found, a) for a in (2, 3)), never(found)]


def lattices(found: dict) -> Claim:
    """Claim that a contagion fills each lattice at its threshold and not above it."""
    at = [found[f"{name}, at"][0][0] for name in LATTICES]
    above = [found[f"{name}, above"][0][0] for name in LATTICES]
    named = ", ".join(f"{name} {threshold:g}" for name, (threshold, *_) in LATTICES.items())
    return holds("a ball of buyers wins the whole lattice at the threshold of contagion, and not just above it", named,
                 f"at it {', '.join(f'{100 * x:.0f} %' for x in at)}; .001 above it "
                 f"{', '.join(f'{100 * x:.1f} %' for x in above)}", min(at) == 1.0 and max(above) < 0.5)


def simple(found: dict) -> Claim:
    """Claim that with a = 1 no further rewiring costs steps (whole numbers, so the last shares may tie)."""
    mean = [steps_of(found, 1, share).mean() for share in REWIRED]
    exact = found[f"a=1, {REWIRED[0]}"][0][1] == on_lattice()
    return holds("where one neighbour is enough, rewiring speeds it up and more of it never slows it",
                 f"{on_lattice()} steps on the lattice, then fewer", ", ".join(f"{x:.1f}" for x in mean),
                 exact and mean[1] < mean[0] and bool((np.diff(mean) <= 0).all()))


def helped(found: dict) -> Claim:
    """Claim that with a = 2 some rewiring still saves steps."""
    lattice = steps_of(found, 2, 0.0)[0]
    return is_positive("where two are needed, 10 % rewired still save steps", f"fewer than {lattice:.0f}",
                       lattice - steps_of(found, 2, 0.1), "{:+.1f}")


def stopped(found: dict, a: int) -> Claim:
    """Claim that with ``a`` needed the lattice spreads and the random network does not."""
    often = [success(found, a, share) for share in REWIRED]
    words = ", ".join(f"{100 * x:.0f} % of runs at {100 * share:g} %" for share, x in
                      zip(REWIRED, often, strict=True) if share in (0.0, 0.1, 0.2, 0.4, 1.0))
    return holds(f"where {a} are needed, the contagion fills the lattice and dies on the random network",
                 "always; never when all ties are rewired", words, often[0] == 1.0 and often[-1] == 0.0)


def never(found: dict) -> Claim:
    """Claim that with four needed nothing spreads, rewired or not."""
    most = max(run[0] for share in REWIRED for run in found[f"a=4, {share}"])
    return holds("where four of eight are needed nothing spreads, above the threshold of 3/8", "never",
                 f"{100 * most:.1f} % of people at most", most < 0.05)


@styled
def draw(found: dict) -> Figure:
    """Return steps to 90 %, and how often it is reached, against the share of ties rewired."""
    fig = blank_figure("Long ties speed up what one neighbour can pass on, and stop what needs several",
                       "Points: mean of the simulation. Bars: 95 % of runs. Dash: exact on the lattice. Four needed: "
                       "never", "2,500 people with eight neighbours each, started by nine neighbours · Centola & Macy "
                       "(2007), Morris (2000)")
    grid = fig.add_gridspec(1, 2, wspace=0.26)
    left, right = (fig.add_subplot(grid[i]) for i in range(2))
    at = np.arange(len(REWIRED))
    left.plot([-0.3, 0.3], [on_lattice()] * 2, color=INK, linewidth=1.6)
    for a, colour, marker in zip(NEEDED, BRAND_COLOURS, BRAND_MARKERS, strict=False):
        label = f"{('one', 'two', 'three', 'four')[a - 1]} needed"
        runs = [steps_of(found, a, share) for share in REWIRED]
        some = [i for i in at if runs[i].size]
        mean = np.array([runs[i].mean() for i in some])
        ends = np.array([np.quantile(runs[i], (0.025, 0.975)) for i in some]).reshape(-1, 2)
        left.errorbar(some, mean, yerr=np.abs(ends.T - mean), fmt=marker, color=colour, markersize=6.5,
                      elinewidth=1.4, linestyle="-", linewidth=0.8)
        right.plot(at, [success(found, a, share) for share in REWIRED], marker, color=colour, markersize=6.5,
                   linestyle="-", linewidth=0.8, label=label)
    left.set(title="steps until 90 % have bought", ylim=(0, None))
    right.set(title="how often 90 % are reached", ylim=(-0.03, 1.05))
    right.legend(frameon=False, loc="center left", handletextpad=0.4)
    percent_axis(right.yaxis)
    for ax in (left, right):
        ax.set_xticks(at, [f"{100 * share:g}" for share in REWIRED])
        ax.set_xlabel("share of ties rewired, in per cent")
    return fig
