"""Rows: readings of feed and site, weighed batch by batch and written into the table of readings.

    weight  w of exposure/weight.py
    gain    w (y - belief), the pull of a reading on the belief, kept for credit

Draws   NOTICE (reader, root key)
Twin    tests/reference/reading.py: read_of
"""

from __future__ import annotations

import numpy as np

from simulation.numerics.jit import inlined, kernel
from simulation.numerics.randomness import BATCH
from simulation.phases.exposure.weight import fill_credibility, review_weight

# -- rules ----------------------------------------------------------------------------------------

@inlined
def gain(weight, valence, belief):
    """Pull on the belief: w (y - belief)."""
    return weight * (valence - belief)


# -- kernels --------------------------------------------------------------------------------------

@kernel
def write_readings(m, candidates, strength, channel, posts, draws, people, rule, k, out):
    """Weigh ``m`` readings and write them from row ``k`` on; return the next free row."""
    reader = candidates.reader
    post = candidates.post
    edge = candidates.edge
    brand = posts.brand
    valence = posts.valence
    belief = np.empty(BATCH)
    susceptibility = np.empty(BATCH)
    credibility = np.empty(BATCH)
    # gather: nothing but loads, so that those that miss the cache are under way at once
    for j in range(m):
        belief[j] = people.belief[reader[j], brand[post[j]]]
        susceptibility[j] = people.susceptibility[reader[j]]
    # draw
    fill_credibility(m, candidates, posts, draws, people, rule, credibility)
    for j in range(m):
        # apply
        y = valence[post[j]]
        tie = strength[edge[j]]
        base = rule.evidence * np.float64(tie)
        w = review_weight(base, credibility[j], susceptibility[j], y, belief[j], rule.negativity,
                          rule.reach)
        # write
        out.reader[k] = reader[j]
        out.post[k] = post[j]
        out.step[k] = draws.step
        out.channel[k] = channel
        out.strength[k] = tie
        out.weight[k] = w
        out.gain[k] = gain(w, y, belief[j])
        k += 1
    return k
