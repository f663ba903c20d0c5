"""Prune: reads that can no longer receive credit leave the table, so it does not grow with time.

What i read about b in step s is looked at again
    by the trigger of a sale of step s + 2;
    by what i decides about b: persuasion and lost sales go back to the decision before.

When exposure begins in step t, those stay that were read in t - 1, or not before i's last decision
about b.  Where no credit is kept, or sales come by contact and credit no review, none stays.  At
level ``full`` a sink gets them before they go; without a sink all stay.
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from simulation.numerics.jit import inlined, kernel
from simulation.world.state import NONE

LEAST = 65_536
"""Rows below which it is not worth while to look through them."""

Open = namedtuple("Open", "since decided_at brands")
"""What keeps a read: the step from which all stay, everybody's last decision (n, b), and the brand
of each post (posts,)."""


def drop_settled(state, params, step: int) -> None:
    """Drop the reads that can no longer receive credit, where that is due.

    Where none stays, at once; else when there are twice as many rows as stayed the last time.
    """
    ledger, reads = state.ledger, state.ledger.reads
    if ledger.level == "full" and ledger.sink is None:
        return
    none_stays = ledger.level == "none" or not params.adoption.deliberates
    if not none_stays and reads.n < max(LEAST, 2 * ledger.stayed):
        return
    ledger.hand_over()
    if none_stays:
        state.newest_read[reads["reader"]] = NONE
        reads.n = 0
    else:
        n = np.zeros(1, np.int64)
        state.newest_read[:] = NONE
        still_open = Open(step - 1, state.decided_at, ledger.posts.arrays.brand)
        _keep_open(reads.n, still_open, reads.arrays, state.newest_read, n)
        reads.n = int(n[0])
    ledger.stayed = reads.n


# -- rules -----------------------------------------------------------------------------------------

@inlined
def can_be_credited(read_at, since, decided_at):
    """Tell whether a read may still be credited: of step t - 1, or not before the last decision."""
    return (read_at >= since) | (read_at >= decided_at)


# -- kernels ---------------------------------------------------------------------------------------

@kernel
def _keep_open(stop, still_open, reads, newest, n):
    """Move the rows that stay to the front, in order, and chain those of each reader anew."""
    reader, post, step = reads.reader, reads.post, reads.step
    since, decided_at, brands = still_open
    k = 0
    for r in range(stop):
        # gather
        i = reader[r]
        b = brands[post[r]]
        if not can_be_credited(step[r], since, decided_at[i, b]):
            continue
        # write: row r to place k, which is never behind it
        reader[k] = i
        post[k] = post[r]
        step[k] = step[r]
        reads.channel[k] = reads.channel[r]
        reads.strength[k] = reads.strength[r]
        reads.weight[k] = reads.weight[r]
        reads.gain[k] = reads.gain[r]
        reads.previous[k] = newest[i]
        newest[i] = k
        k += 1
    n[0] = k
