"""Ladder: where each person stands with each brand, and who leaves.

    L         = round(clip(10 satisfaction + style, 0, 10)): likelihood to recommend (Reichheld 2003)
    advocacy += rate (n - advocacy),  n = 1 for promoters (L >= promoter), -1 for detractors (L <= detractor), else 0
    advocate    from advocacy >= rise until it falls below rise - band; detractor mirrored at fall, fall + band
    leaves      with hazard churn / (1 + exp((satisfaction - middle) / scale))

Precedence: lapsed > detractor, advocate > client > customer > rejecter > prospect > unaware.  The rung is a
reading: it drives no other phase.

Reads   owned, times_bought, satisfaction, style, aware, stance, belief
Writes  advocacy, rung, recommend, left, flows
Draws   CHURN (person, brand, step)
Source  Christopher, Payne & Ballantyne (2002); Reichheld (2003)
"""

from __future__ import annotations

import math
from collections import namedtuple

import numpy as np

from simulation.jit import kernel
from simulation.randomness import Stream, uniform
from simulation.state import Rung

READS = ("owned", "times_bought", "satisfaction", "style", "aware", "stance", "belief")
WRITES = ("advocacy", "rung", "recommend", "left", "flows")
STREAMS = ("CHURN",)

UNAWARE, PROSPECT, CUSTOMER, CLIENT, ADVOCATE, DETRACTOR, REJECTER, LAPSED = (int(rung) for rung in Rung)
NEGATIVE = 2

Rules = namedtuple("Rules", "rate rise fall band reject_below promoter detractor churn churn_middle churn_scale")


def ladder(state, params, draws, step):
    """Read every rung anew and draw who leaves."""
    p = params.ladder
    state.flows[:] = 0
    rules = Rules(p.rate, p.rise, p.fall, p.band, p.reject_below, p.promoter, p.detractor, p.churn, p.churn_middle,
                  p.churn_scale)
    _ladder(state.b, state.owned, state.times_bought.ravel(), state.satisfaction.ravel(), state.style,
            state.aware.ravel(), state.stance.ravel(), state.belief.ravel(), rules, draws.seed, int(Stream.CHURN), step,
            state.advocacy.ravel(), state.rung.ravel(), state.recommend, state.left, state.flows)


@kernel
def owner_rung(advocacy, before, times_bought, rise, fall, band):
    """Return the rung of an owner from advocacy, with hysteresis."""
    if advocacy >= rise or (before == ADVOCATE and advocacy >= rise - band):
        return ADVOCATE
    if advocacy <= fall or (before == DETRACTOR and advocacy <= fall + band):
        return DETRACTOR
    return CLIENT if times_bought > 1 else CUSTOMER


@kernel
def outsider_rung(times_bought, stance, aware, belief, reject_below):
    """Return the rung of somebody who does not own the brand."""
    if times_bought > 0:
        return LAPSED
    if stance == NEGATIVE or (aware and belief < reject_below):
        return REJECTER
    return PROSPECT if aware else UNAWARE


@kernel
def _ladder(brands, owned, times_bought, satisfaction, style, aware, stance, belief, rules, seed, stream, step,
            advocacy, rung, recommend, left, flows):
    i, b = 0, 0
    for j in range(rung.size):
        if b == 0:
            recommend[i], left[i] = -1, 0
        before = rung[j]
        if owned[i] == b:
            felt = np.float64(satisfaction[j])
            points = round(min(max(10.0 * felt + np.float64(style[i]), 0.0), 10.0))
            recommend[i] = points
            n = (1.0 if points >= rules.promoter else 0.0) - (1.0 if points <= rules.detractor else 0.0)
            advocacy[j] += rules.rate * (n - np.float64(advocacy[j]))
            after = owner_rung(np.float64(advocacy[j]), before, times_bought[j], rules.rise, rules.fall, rules.band)
            u = uniform(seed, stream, step, i, b)    # no hazard is above churn: most need no exponential
            left[i] = u < rules.churn and u < rules.churn / (
                1.0 + math.exp((felt - rules.churn_middle) / rules.churn_scale))
        else:
            after = outsider_rung(times_bought[j], stance[j], aware[j], belief[j], rules.reject_below)
        rung[j] = after
        flows[b, before, after] += 1
        b += 1
        if b == brands:
            i, b = i + 1, 0
