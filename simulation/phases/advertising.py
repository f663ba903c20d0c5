"""Advertising: whom the brands' own messages reach.

    ad_hit_ib ~ Bernoulli(p_b),  p_b = min(1, p decay^(t-1) + campaign_b),  0 before the launch

The same draw makes the person aware and starts a consideration.  Who was ever hit has seen the brand's promise.
From whom advertising is withheld it never reaches; what others draw stays as it is.

Reads   launched, campaign, withheld
Writes  ad_rate, ad_rate_before, ad_hit, promise_seen
Draws   ADVERTISING (person, brand, step)
Source  Bass (1969), coefficient of innovation
"""

from __future__ import annotations

import numpy as np

from simulation.numerics.jit import kernel
from simulation.numerics.randomness import BLOCK, Stream, fill_uniforms_between

READS = ("launched", "campaign", "withheld")
WRITES = ("ad_rate", "ad_rate_before", "ad_hit", "promise_seen")
STREAMS = ("ADVERTISING",)


def advertising(state, params, draws, step):
    """Draw who is reached."""
    adoption = params.adoption
    state.ad_rate_before[:] = state.ad_rate
    rate = adoption.p * adoption.p_decay ** (step - 1) + state.campaign
    state.ad_rate[:] = np.where(state.launched > 0, np.minimum(rate, 1.0), 0.0)
    for b in range(state.b):
        if state.ad_rate[b] > 0.0:
            _advertising(b, state.ad_rate[b], state.withheld, draws.seed, int(Stream.ADVERTISING), step, state.ad_hit,
                         state.promise_seen)
        else:
            state.ad_hit[:, b] = 0


@kernel
def _advertising(b, rate, withheld, seed, stream, step, ad_hit, promise_seen):
    drawn = np.empty(BLOCK)
    for start in range(0, len(ad_hit), BLOCK):
        stop = min(start + BLOCK, len(ad_hit))
        fill_uniforms_between(seed, stream, step, start, stop, b, drawn)
        reached, seen, spared = ad_hit[start:stop], promise_seen[start:stop], withheld[start:stop]
        for k in range(stop - start):
            hit = (spared[k, b] == 0) & (drawn[k] < rate)
            reached[k, b] = hit
            seen[k, b] |= hit
