"""Ladder: where each person stands with each brand, and who leaves.

    L         = round(clip(10 satisfaction + response_style, 0, 10)): likelihood to recommend
    advocacy += rate (n - advocacy),  n = 1 for promoters (L >= promoter), -1 for detractors
                (L <= detractor), else 0
    advocate    from advocacy >= rise until it falls below rise - band
    detractor   from advocacy <= fall until it rises above fall + band
    leaves      with hazard churn / (1 + exp((satisfaction - middle) / scale))

Precedence: lapsed > detractor, advocate > client > customer > rejecter > prospect > unaware.  To
stay goes before to become: where band = rise - fall, a detractor at advocacy = rise stays a
detractor, and an advocate at advocacy = fall stays an advocate.  The rung is a reading: it drives
no other phase.

Reads   owned, times_bought, satisfaction, response_style, aware, stance, belief
Writes  advocacy, rung, likelihood_to_recommend, left, flows
Draws   CHURN (person, brand, step)
Source  Christopher, Payne & Ballantyne (2002); Reichheld (2003)
Twin    tests/reference/minds.py: ladder
"""

from __future__ import annotations

import math
from collections import namedtuple

import numpy as np

from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import BLOCK, Stream, fill_uniforms_by
from simulation.world.state import Rung, Stance

READS = ("owned", "times_bought", "satisfaction", "response_style", "aware", "stance", "belief")
WRITES = ("advocacy", "rung", "likelihood_to_recommend", "left", "flows")
STREAMS = ("CHURN",)

UNAWARE = int(Rung.UNAWARE)
PROSPECT = int(Rung.PROSPECT)
CUSTOMER = int(Rung.CUSTOMER)
CLIENT = int(Rung.CLIENT)
ADVOCATE = int(Rung.ADVOCATE)
DETRACTOR = int(Rung.DETRACTOR)
REJECTER = int(Rung.REJECTER)
LAPSED = int(Rung.LAPSED)
NEGATIVE = int(Stance.NEGATIVE)

Relations = namedtuple("Relations", "owned times_bought satisfaction response_style aware stance "
                                    "belief")
"""What a rung is read from; columns by person and brand are flat (n b,)."""

Rungs = namedtuple("Rungs", "advocacy rung likelihood_to_recommend left flows")
"""What is written; columns by person and brand are flat (n b,)."""

Owners = namedtuple("Owners", "people brands u")
"""Who of a block owns something, what, and their draws, (block,)."""

Rules = namedtuple("Rules", "rate rise fall band reject_below promoter detractor churn middle "
                            "scale")
LadderDraws = namedtuple("LadderDraws", "seed stream step")


def ladder(state, params, draws, step):
    """Read every rung anew and draw who leaves."""
    p = params.ladder
    state.flows[:] = 0
    relations = Relations(state.owned, state.times_bought.ravel(), state.satisfaction.ravel(),
                          state.response_style, state.aware.ravel(), state.stance.ravel(),
                          state.belief.ravel())
    rungs = Rungs(state.advocacy.ravel(), state.rung.ravel(), state.likelihood_to_recommend,
                  state.left, state.flows)
    rules = Rules(p.rate, p.rise, p.fall, p.band, p.reject_below, p.promoter, p.detractor, p.churn,
                  p.churn_middle, p.churn_scale)
    address = LadderDraws(draws.seed, int(Stream.CHURN), step)
    _ladder(state.b, relations, rules, address, rungs)


# -- rules -----------------------------------------------------------------------------------------

@inlined
def likelihood_to_recommend(satisfaction, response_style):
    """L = round(clip(10 satisfaction + response_style, 0, 10))."""
    return round(min(max(10.0 * satisfaction + response_style, 0.0), 10.0))


@inlined
def pull_of_points(points, promoter, detractor):
    """n = 1 for promoters (L >= promoter), -1 for detractors (L <= detractor), else 0."""
    return np.float64(points >= promoter) - np.float64(points <= detractor)


@inlined
def hazard_of_leaving(satisfaction, churn, middle, scale):
    """h = churn / (1 + exp((satisfaction - middle) / scale))."""
    return churn / (1.0 + math.exp((satisfaction - middle) / scale))


@inlined
def owner_rung(advocacy, before, times_bought, rise, fall, band):
    """Return the rung of an owner from advocacy, with hysteresis; branch-free."""
    stays = ((before == ADVOCATE) & (advocacy >= rise - band)) | (
        (before == DETRACTOR) & (advocacy <= fall + band))
    rung = CLIENT if times_bought > 1 else CUSTOMER
    rung = DETRACTOR if advocacy <= fall else rung
    rung = ADVOCATE if advocacy >= rise else rung
    return before if stays else rung


@inlined
def outsider_rung(times_bought, stance, aware, belief, reject_below):
    """Return the rung of somebody who does not own the brand; branch-free: it is unpredictable."""
    rung = PROSPECT if aware > 0 else UNAWARE
    rung = REJECTER if (stance == NEGATIVE) | ((aware > 0) & (belief < reject_below)) else rung
    return LAPSED if times_bought > 0 else rung


# -- kernels ---------------------------------------------------------------------------------------

@kernel
def _ladder(brands, relations, rules, draws, rungs):
    owners = Owners(np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64), np.empty(BLOCK))
    before = np.empty(BLOCK * brands, np.int8)
    people = relations.owned.size
    for start in range(0, people, BLOCK):
        stop = min(start + BLOCK, people)
        n = find_owners(start, stop, relations, rungs, owners)
        read_outsiders(start * brands, stop * brands, relations, rules.reject_below, before, rungs)
        # draw
        fill_uniforms_by(draws.seed, draws.stream, draws.step, owners.people[:n], owners.brands[:n],
                         owners.u)
        read_owners(n, brands, start, relations, rules, owners, before, rungs)
        count_flows(start, stop, brands, before, rungs)


@inlined
def find_owners(start, stop, relations, rungs, owners):
    """Gather the owners of a block, clear what is written of owners; return their number."""
    owned, people, brands = relations.owned, owners.people, owners.brands
    n = 0
    for i in range(start, stop):
        rungs.likelihood_to_recommend[i] = -1
        rungs.left[i] = 0
        people[n] = i
        brands[n] = owned[i]
        n += owned[i] >= 0
    return n


@inlined
def read_outsiders(first, last, relations, reject_below, before, rungs):
    """Keep the rungs of a block in ``before``, and write those of people who own nothing of it."""
    times_bought, stance, aware = relations.times_bought, relations.stance, relations.aware
    belief, rung = relations.belief, rungs.rung
    for j in range(first, last):
        before[j - first] = rung[j]
        rung[j] = outsider_rung(times_bought[j], stance[j], aware[j], belief[j], reject_below)


@inlined
def read_owners(n, brands, start, relations, rules, owners, before, rungs):
    """Write what ``n`` owners think of their brand, on which rung they stand, and who leaves."""
    advocacy, rung = rungs.advocacy, rungs.rung
    for k in range(n):
        # gather
        i = owners.people[k]
        j = i * brands + owners.brands[k]
        satisfaction = np.float64(relations.satisfaction[j])
        # apply
        points = likelihood_to_recommend(satisfaction, np.float64(relations.response_style[i]))
        target = pull_of_points(points, rules.promoter, rules.detractor)
        # write
        rungs.likelihood_to_recommend[i] = points
        advocacy[j] += rules.rate * (target - np.float64(advocacy[j]))
        rung[j] = owner_rung(np.float64(advocacy[j]), before[j - start * brands],
                             relations.times_bought[j], rules.rise, rules.fall, rules.band)
        # no hazard is above churn: most need no exponential
        if owners.u[k] < rules.churn:
            hazard = hazard_of_leaving(satisfaction, rules.churn, rules.middle, rules.scale)
            rungs.left[i] = owners.u[k] < hazard


@inlined
def count_flows(start, stop, brands, before, rungs):
    """Count who of a block went from which rung to which, brand by brand."""
    rung, flows, first = rungs.rung, rungs.flows, start * brands
    for b in range(brands):
        for j in range(first + b, stop * brands, brands):
            flows[b, before[j - first], rung[j]] += 1
