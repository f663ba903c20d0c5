"""Advertising: whom the brands' own messages reach.

    p_b     = min(1, p decay^(t-1) + campaign_b),  0 before the launch
    ad_hit_ib ~ Bernoulli(p_b),  0 where withheld_ib

The same draw makes the person aware and starts a consideration.  Who was ever hit has seen the
brand's promise.  Advertising never reaches those from whom it is withheld; the draws of others stay
as they are.

Reads   launched, campaign, withheld
Writes  ad_rate, ad_rate_before, ad_hit, promise_seen
Draws   ADVERTISING (person, brand, step)
Source  Bass (1969), coefficient of innovation
Twin    tests/reference/market.py: advertising
"""

from __future__ import annotations

import numpy as np

from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import BATCH, Stream, fill_uniforms_between

READS = ("launched", "campaign", "withheld")
WRITES = ("ad_rate", "ad_rate_before", "ad_hit", "promise_seen")
STREAMS = ("ADVERTISING",)


def advertising(state, params, draws, step):
    """Draw who is reached."""
    adoption = params.adoption
    state.ad_rate_before[:] = state.ad_rate
    state.ad_rate[:] = ad_rate(adoption.p, adoption.p_decay, step, state.campaign, state.launched)
    stream = int(Stream.ADVERTISING)
    for b in range(state.b):
        if state.ad_rate[b] > 0.0:
            _advertise(b, state.ad_rate[b], state.withheld, draws.seed, stream, step, state.ad_hit,
                       state.promise_seen)
        else:
            state.ad_hit[:, b] = 0


# -- rules -----------------------------------------------------------------------------------------

def ad_rate(p, decay, step, campaign, launched):
    """p_b = min(1, p decay^(t-1) + campaign_b) by brand (b,), 0 before the launch."""
    rate = p * decay ** (step - 1) + campaign
    return np.where(launched > 0, np.minimum(rate, 1.0), 0.0)


@inlined
def is_reached(withheld, u, rate):
    """ad_hit = 1 with probability p_b, unless advertising is withheld."""
    return (withheld == 0) & (u < rate)


# -- kernels ---------------------------------------------------------------------------------------

@kernel
def _advertise(b, rate, withheld, seed, stream, step, ad_hit, promise_seen):
    u = np.empty(BATCH)
    for start in range(0, len(ad_hit), BATCH):
        stop = min(start + BATCH, len(ad_hit))
        # draw
        fill_uniforms_between(seed, stream, step, start, stop, b, u)
        # apply and write, to views of the block: the loop vectorises
        hit = ad_hit[start:stop]
        seen = promise_seen[start:stop]
        spared = withheld[start:stop]
        for k in range(stop - start):
            reached = is_reached(spared[k, b], u[k], rate)
            hit[k, b] = reached
            seen[k, b] |= reached
