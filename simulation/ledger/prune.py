"""Settled reads: those that nobody can be credited to any more leave the table, so it does not grow with time.

What i read about b in step s is looked at again
    by the trigger of a sale of step s + 2;
    by what i decides about b, until he has decided: persuasion and lost sales go back to the decision before.

When exposure begins in step t, those stay that were read in t - 1, or not before i's last decision about b.  Where no
credit is kept, or sales come by contact and credit no review, none stays.  At level ``full`` a sink gets them before
they go; without a sink all stay.
"""

from __future__ import annotations

import numpy as np

from simulation.numerics.jit import kernel
from simulation.world.state import NONE

LEAST = 65_536
"""Rows below which it is not worth while to look through them."""


def drop_settled(state, params, step: int) -> None:
    """Drop settled reads where that is due: where none stays at once, else when twice as many stand as stayed last."""
    ledger, reads = state.ledger, state.ledger.reads
    none_stays = ledger.level == "none" or not params.adoption.deliberates
    if (ledger.level == "full" and ledger.sink is None) or not (none_stays or reads.n >= max(LEAST, 2 * ledger.stayed)):
        return
    ledger.hand_over()
    if none_stays:
        state.newest_read[reads["reader"]] = NONE
        reads.n = 0
    else:
        n = np.zeros(1, np.int64)
        state.newest_read[:] = NONE
        _keep_open(reads.n, step - 1, state.decided_at, reads.arrays, ledger.posts.arrays.brand, state.newest_read, n)
        reads.n = int(n[0])
    ledger.stayed = reads.n


@kernel
def _keep_open(stop, since, decided_at, reads, brands, newest, n):
    """Move the rows that stay to the front, in order, and hang them on their readers anew."""
    reader, post, step, channel, previous = reads.reader, reads.post, reads.step, reads.channel, reads.previous
    strength, weight, gain, k = reads.strength, reads.weight, reads.gain, 0
    for r in range(stop):
        v, p = reader[r], post[r]
        if step[r] < since and step[r] < decided_at[v, brands[p]]:
            continue
        reader[k], post[k], step[k], channel[k] = v, p, step[r], channel[r]
        strength[k], weight[k], gain[k] = strength[r], weight[r], gain[r]
        previous[k] = newest[v]
        newest[v] = k
        k += 1
    n[0] = k
