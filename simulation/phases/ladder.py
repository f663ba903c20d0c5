"""Ladder: where each person stands with each brand, and who leaves.

    L         = round(clip(10 satisfaction + response_style, 0, 10)): likelihood to recommend (Reichheld 2003)
    advocacy += rate (n - advocacy),  n = 1 for promoters (L >= promoter), -1 for detractors (L <= detractor), else 0
    advocate    from advocacy >= rise until it falls below rise - band; detractor mirrored at fall, fall + band
    leaves      with hazard churn / (1 + exp((satisfaction - middle) / scale))

Precedence: lapsed > detractor, advocate > client > customer > rejecter > prospect > unaware.  The rung is a
reading: it drives no other phase.

Reads   owned, times_bought, satisfaction, response_style, aware, stance, belief
Writes  advocacy, rung, likelihood_to_recommend, left, flows
Draws   CHURN (person, brand, step)
Source  Christopher, Payne & Ballantyne (2002); Reichheld (2003)
"""

from __future__ import annotations

import math
from collections import namedtuple

import numpy as np

from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import BLOCK, Stream, fill_uniforms_by
from simulation.world.state import Rung

READS = ("owned", "times_bought", "satisfaction", "response_style", "aware", "stance", "belief")
WRITES = ("advocacy", "rung", "likelihood_to_recommend", "left", "flows")
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
    _ladder(state.b, state.owned, state.times_bought.ravel(), state.satisfaction.ravel(), state.response_style,
            state.aware.ravel(), state.stance.ravel(), state.belief.ravel(), rules, draws.seed, int(Stream.CHURN), step,
            state.advocacy.ravel(), state.rung.ravel(), state.likelihood_to_recommend, state.left, state.flows)


@inlined
def owner_rung(advocacy, before, times_bought, rise, fall, band):
    """Return the rung of an owner from advocacy, with hysteresis."""
    is_advocate = (advocacy >= rise) | ((before == ADVOCATE) & (advocacy >= rise - band))
    is_detractor = (advocacy <= fall) | ((before == DETRACTOR) & (advocacy <= fall + band))
    rung = CLIENT if times_bought > 1 else CUSTOMER
    rung = DETRACTOR if is_detractor else rung
    return ADVOCATE if is_advocate else rung


@inlined
def outsider_rung(times_bought, stance, aware, belief, reject_below):
    """Return the rung of somebody who does not own the brand; no jumps, for nobody can guess them."""
    rung = PROSPECT if aware > 0 else UNAWARE
    rung = REJECTER if (stance == NEGATIVE) | ((aware > 0) & (belief < reject_below)) else rung
    return LAPSED if times_bought > 0 else rung


@kernel
def _ladder(brands, owned, times_bought, satisfaction, response_style, aware, stance, belief, rules, seed, stream, step,
            advocacy, rung, likelihood_to_recommend, left, flows):
    mine, which, u = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64), np.empty(BLOCK)
    before = np.empty(BLOCK * brands, np.int8)
    reject_below, rate, promoter, detractor = rules.reject_below, rules.rate, rules.promoter, rules.detractor
    for start in range(0, owned.size, BLOCK):
        stop, n = min(start + BLOCK, owned.size), 0
        first = start * brands
        for i in range(start, stop):
            likelihood_to_recommend[i], left[i] = -1, 0
            mine[n], which[n] = i, owned[i]
            n += owned[i] >= 0
        for j in range(first, stop * brands):
            before[j - first] = rung[j]
            rung[j] = outsider_rung(times_bought[j], stance[j], aware[j], belief[j], reject_below)
        fill_uniforms_by(seed, stream, step, mine[:n], which[:n], u)
        for k in range(n):
            i = mine[k]
            j = i * brands + which[k]
            felt = np.float64(satisfaction[j])
            points = round(min(max(10.0 * felt + np.float64(response_style[i]), 0.0), 10.0))
            likelihood_to_recommend[i] = points
            target = np.float64(points >= promoter) - np.float64(points <= detractor)
            advocacy[j] += rate * (target - np.float64(advocacy[j]))
            rung[j] = owner_rung(np.float64(advocacy[j]), before[j - first], times_bought[j], rules.rise, rules.fall,
                                 rules.band)
            if u[k] < rules.churn:    # no hazard is above churn: most need no exponential
                left[i] = u[k] < rules.churn / (1.0 + math.exp((felt - rules.churn_middle) / rules.churn_scale))
        for b in range(brands):
            for j in range(first + b, stop * brands, brands):
                flows[b, before[j - first], rung[j]] += 1
