"""Worker processes: Dask runs the jobs of a study, on this machine, without a port open to others."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from experiments.cold import say_if_cold

Map = Callable[[Callable, list], Iterable]
"""``map(function, jobs)`` yields (number of the job, its result) as jobs finish."""


def workers_of(wanted: int | str) -> int:
    """Return the number of processes; ``auto`` is one per core that this process may use."""
    if wanted != "auto":
        return int(wanted)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def pool(workers: int) -> Iterator[Map]:
    """Give a ``Map`` over so many processes; with one worker everything runs in this process.

    Each process counts on one core: Dask tells the libraries of linear algebra so unless the user's environment says
    otherwise, and here Numba is told too.
    """
    say_if_cold()
    if workers == 1:
        yield lambda function, jobs: ((i, function(job)) for i, job in enumerate(jobs))
        return
    import dask
    from distributed import Client, LocalCluster

    logging.getLogger("distributed").setLevel(logging.ERROR)
    quiet = {"distributed.admin.system-monitor.interval": "1 day", "distributed.worker.memory.terminate": False,
             "distributed.nanny.pre-spawn-environ.NUMBA_NUM_THREADS": "1"}
    with dask.config.set(quiet), \
            LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1",
                         dashboard_address="127.0.0.1:0", silence_logs="ERROR") as cluster, \
            Client(cluster) as client:
        yield lambda function, jobs: _with_dask(client, function, jobs)


def _with_dask(client, function: Callable, jobs: list) -> Iterator[tuple[int, object]]:
    from distributed import KilledWorker, as_completed

    futures = {future: i for i, future in enumerate(client.map(function, jobs, pure=False))}
    try:
        for future, result in as_completed(list(futures), with_results=True):
            yield futures[future], result
            future.release()
    except KilledWorker as error:
        raise MemoryError("a worker process was killed, most likely by a system that had no memory left") from error
