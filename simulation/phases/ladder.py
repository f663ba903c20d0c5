"""Ladder: where each person stands with each brand, and who leaves.

    L         = round(clip(10 satisfaction + response_style, 0, 10)): likelihood to recommend
                (-1 for people who own nothing)
    advocacy += rate (pull - advocacy),  pull = 1 for promoters (L >= promoter), -1 for detractors
                (L <= detractor), else 0
    of those who own the brand
        advocate    from advocacy >= rise until it falls below rise - band
        detractor   from advocacy <= fall until it rises above fall + band
        client      bought it more than once
        customer    the others
    of those who do not
        lapsed      bought it before
        rejecter    stance is negative, or aware and belief < reject_below
        prospect    aware
        unaware     the others
    leaves      with hazard churn / (1 + exp((satisfaction - churn_middle) / churn_scale))

The first that holds, from above.  To stay goes before to become: where band = rise - fall, a
detractor at advocacy = rise stays a detractor, and an advocate at advocacy = fall stays an
advocate.  The rung is a reading: it drives no other phase.

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
from simulation.numerics.randomness import BATCH, Stream, fill_uniforms_by
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

Rules = namedtuple("Rules", "rate rise fall band reject_below promoter detractor churn middle "
                            "scale")


def ladder(state, params, draws, step):
    """Read every rung anew and draw who leaves."""
    p = params.ladder
    state.flows[:] = 0
    relations = Relations(state.owned, state.times_bought.ravel(), state.satisfaction.ravel(),
                          state.response_style, state.aware.ravel(), state.stance.ravel(),
                          state.belief.ravel())
    rules = Rules(p.rate, p.rise, p.fall, p.band, p.reject_below, p.promoter, p.detractor, p.churn,
                  p.churn_middle, p.churn_scale)
    _ladder(relations, rules, draws.seed, int(Stream.CHURN), step, state.advocacy.ravel(),
            state.rung.ravel(), state.likelihood_to_recommend, state.left, state.flows)


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
def _ladder(relations, rules, seed, stream, step, advocacy, rung, points, left, flows):
    owned, times_bought, satisfaction, response_style, aware, stance, belief = relations
    brands = flows.shape[0]
    reject_below = rules.reject_below
    before = np.empty(BATCH * brands, np.int8)
    people = np.empty(BATCH, np.int64)
    which = np.empty(BATCH, np.int64)
    place = np.empty(BATCH, np.int64)
    u = np.empty(BATCH)
    for start in range(0, owned.size, BATCH):
        stop = min(start + BATCH, owned.size)
        first = start * brands
        last = stop * brands
        # gather
        points[start:stop] = -1
        left[start:stop] = 0
        n = find_owners(start, stop, brands, owned, people, which, place)
        # draw
        fill_uniforms_by(seed, stream, step, people[:n], which[:n], u)
        # apply and write
        read_outsiders(first, last, times_bought, stance, aware, belief, reject_below, before, rung)
        recommend(n, people, place, satisfaction, response_style, rules, points, advocacy)
        read_owners(n, first, place, advocacy, times_bought, rules, before, rung)
        leave(n, people, place, satisfaction, u, rules, left)
        count_flows(first, last, brands, before, rung, flows)


@inlined
def find_owners(start, stop, brands, owned, people, which, place):
    """Gather who of a block owns something, what, and the place of both; return their number."""
    n = 0
    for i in range(start, stop):
        people[n] = i
        which[n] = owned[i]
        place[n] = i * brands + np.int64(owned[i])
        n += owned[i] >= 0
    return n


@inlined
def read_outsiders(first, last, times_bought, stance, aware, belief, reject_below, before, rung):
    """Keep the rungs of a block in ``before``, and write those of people who own nothing of it."""
    for j in range(first, last):
        before[j - first] = rung[j]
    for j in range(first, last):
        rung[j] = outsider_rung(times_bought[j], stance[j], aware[j], belief[j], reject_below)


@inlined
def recommend(n, people, place, satisfaction, response_style, rules, points, advocacy):
    """Write how likely ``n`` owners are to recommend their brand, and move their advocacy."""
    for k in range(n):
        i = people[k]
        j = place[k]
        style = np.float64(response_style[i])
        likelihood = likelihood_to_recommend(np.float64(satisfaction[j]), style)
        points[i] = likelihood
        target = pull_of_points(likelihood, rules.promoter, rules.detractor)
        advocacy[j] += rules.rate * (target - np.float64(advocacy[j]))


@inlined
def read_owners(n, first, place, advocacy, times_bought, rules, before, rung):
    """Write on which rung ``n`` owners stand with their brand."""
    for k in range(n):
        j = place[k]
        held = np.float64(advocacy[j])
        rung[j] = owner_rung(held, before[j - first], times_bought[j], rules.rise, rules.fall,
                             rules.band)


@inlined
def leave(n, people, place, satisfaction, u, rules, left):
    """Write which of ``n`` owners leave; no hazard is above churn: most need no exponential."""
    for k in range(n):
        if u[k] < rules.churn:
            felt = np.float64(satisfaction[place[k]])
            left[people[k]] = u[k] < hazard_of_leaving(felt, rules.churn, rules.middle, rules.scale)


@inlined
def count_flows(first, last, brands, before, rung, flows):
    """Count who of a block went from which rung to which, brand by brand."""
    for b in range(brands):
        for j in range(first + b, last, brands):
            flows[b, before[j - first], rung[j]] += 1
