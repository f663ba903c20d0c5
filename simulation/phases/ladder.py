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

import numpy as np

from simulation.jit import kernel
from simulation.randomness import Stream, uniform
from simulation.state import Rung

READS = ("owned", "times_bought", "satisfaction", "style", "aware", "stance", "belief")
WRITES = ("advocacy", "rung", "recommend", "left", "flows")
STREAMS = ("CHURN",)

UNAWARE, PROSPECT, CUSTOMER, CLIENT, ADVOCATE, DETRACTOR, REJECTER, LAPSED = (int(rung) for rung in Rung)
NEGATIVE = 2


def ladder(state, params, draws, step):
    """Read every rung anew and draw who leaves."""
    p = params.ladder
    state.flows[:] = 0
    _ladder(state.owned, state.times_bought, state.satisfaction, state.style, state.aware, state.stance,
            state.belief, p.rate, p.rise, p.fall, p.band, p.reject_below, p.promoter, p.detractor, p.churn,
            p.churn_middle, p.churn_scale, draws.seed, int(Stream.CHURN), step, state.advocacy, state.rung,
            state.recommend, state.left, state.flows)


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
def _ladder(owned, times_bought, satisfaction, style, aware, stance, belief, rate, rise, fall, band, reject_below,
            promoter, detractor, churn, churn_middle, churn_scale, seed, stream, step, advocacy, rung, recommend,
            left, flows):
    for i in range(owned.size):
        recommend[i], left[i] = -1, 0
        for b in range(rung.shape[1]):
            before = rung[i, b]
            if owned[i] == b:
                felt = np.float64(satisfaction[i, b])
                points = round(min(max(10.0 * felt + np.float64(style[i]), 0.0), 10.0))
                recommend[i] = points
                n = (1.0 if points >= promoter else 0.0) - (1.0 if points <= detractor else 0.0)
                advocacy[i, b] += rate * (n - np.float64(advocacy[i, b]))
                rung[i, b] = owner_rung(np.float64(advocacy[i, b]), before, times_bought[i, b], rise, fall, band)
                u = uniform(seed, stream, step, i, b)    # no hazard is above churn: most need no exponential
                left[i] = u < churn and u < churn / (1.0 + math.exp((felt - churn_middle) / churn_scale))
            else:
                rung[i, b] = outsider_rung(times_bought[i, b], stance[i, b], aware[i, b], belief[i, b],
                                           reject_below)
            flows[b, before, rung[i, b]] += 1
