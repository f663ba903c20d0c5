"""Rows: readings of the feed and of the site, weighed block by block and written into the table of readings.

Draws   NOTICE
"""

from __future__ import annotations

import numpy as np

from simulation.numerics.jit import kernel
from simulation.numerics.randomness import BLOCK
from simulation.phases.exposure.weight import fill_credibility, weight_of


@kernel
def write_readings(m, who, of, along, strength, channel, posts, luck, reader, author, k, out):
    """Weigh ``m`` readings and write them from row ``k`` on; return the next free row."""
    belief, susceptibility, brand, valence = reader.belief, reader.susceptibility, posts.brand, posts.valence
    evidence, negativity, reach, step = reader.evidence, reader.negativity, reader.reach, luck.step
    held, taken, credibility = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK)
    for j in range(m):          # nothing but loads: those that miss the cache are under way at once
        held[j] = belief[who[j], brand[of[j]]]
        taken[j] = susceptibility[who[j]]
    fill_credibility(m, who, of, posts, luck, reader, author, credibility)
    for j in range(m):
        y, tie = valence[of[j]], strength[along[j]]
        w = weight_of(evidence, tie, credibility[j], taken[j], negativity, y, held[j], reach)
        out.reader[k], out.post[k], out.step[k], out.channel[k] = who[j], of[j], step, channel
        out.strength[k], out.weight[k], out.gain[k] = tie, w, w * (y - held[j])
        k += 1
    return k
