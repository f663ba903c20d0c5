"""Worker processes: Dask runs the jobs of a study, on this machine, without a port open to others.

Where the system can fork (not on Windows), one server process imports what all workers need, and workers are forked off
it, new ones for lost ones as well: docs/decisions/0011.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from experiments.study.compile_notice import say_if_cold

Map = Callable[[Callable, list], Iterable]
"""``map(function, jobs)`` yields (number of the job, its result) as jobs finish."""

FORKS = "forkserver" in multiprocessing.get_all_start_methods()
IMPORTED = ["distributed.nanny", "numba", "simulation.model", "experiments.study.cells"]
"""What the server imports for its workers; where one cannot be imported, workers do so themselves."""
ONE_CORE = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
SETTINGS = {
    "distributed.worker.multiprocessing-method": "forkserver" if FORKS else "spawn",
    "distributed.worker.profile.enabled": False,                # else the stack is looked at a hundred times a second
    "distributed.admin.tick.interval": "1s",                    # else every process wakes fifty times a second
    "distributed.admin.system-monitor.interval": "1 day",
    "distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": None,   # else every array's memory is given back
    "distributed.nanny.pre-spawn-environ.NUMBA_NUM_THREADS": "1",
}
"""What Dask does for clusters that somebody watches, and what ours do without."""


DOOR = "grapevine"
"""The module by which our packages are found where the user's own have the same names."""


def came_by_the_door() -> bool:
    """Tell whether this process has imported our front door, so that workers must do so before anything else."""
    file = getattr(sys.modules.get(DOOR), "__file__", None)
    return file is not None and Path(file).resolve().parent == Path(__file__).resolve().parents[2]


def said_once() -> str:
    """Return Python's warning filters for workers: what the door hides has been said by their parent."""
    said = "ignore:Grapevine's own packages hide:UserWarning"
    return ",".join(filter(None, [os.environ.get("PYTHONWARNINGS"), said]))


def settings_of_the_door() -> dict[str, Any]:
    """Return what Dask's workers do first, where they are not forked off a server that has done it."""
    if not came_by_the_door():
        return {}
    return {"distributed.worker.preload": [DOOR], "distributed.nanny.pre-spawn-environ.PYTHONWARNINGS": said_once()}


def workers_of(wanted: int | str) -> int:
    """Return the number of processes; ``auto`` is one per core that this process may use."""
    if wanted != "auto":
        return int(wanted)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def get_ready(wanted: Any) -> None:
    """Start the server that workers are forked off, in the background: it imports while its caller goes on.

    It ends with this process.  Nothing happens where it runs, where one process is wanted, or where what is wanted is
    no number (whoever asked will be told so later).
    """
    several = wanted == "auto" or (isinstance(wanted, int) and wanted > 1)
    if not FORKS or not several or workers_of(wanted) == 1:
        return
    from multiprocessing import forkserver

    path = os.pathsep.join(os.path.abspath(folder) for folder in sys.path)
    cores = {name: os.environ.get(name, "1") for name in ONE_CORE}      # read when a library is imported
    quiet = {"PYTHONWARNINGS": said_once()} if came_by_the_door() else {}
    first = [DOOR] if came_by_the_door() else []
    same = {"PYTHONPATH": path, "PYTHONSAFEPATH": "1"}                  # it must find what we find
    with patch.dict(os.environ, cores | quiet | same):
        forkserver.set_forkserver_preload([*first, *IMPORTED])
        forkserver.ensure_running()


@contextmanager
def pool(workers: int) -> Iterator[Map]:
    """Give a ``Map`` over so many processes, and say where kernels have to be compiled first."""
    say_if_cold()
    with silent_pool(workers) as mapped:
        yield mapped


@contextmanager
def silent_pool(workers: int) -> Iterator[Map]:
    """Give a ``Map`` over so many processes; with one worker everything runs in this process.

    Each process counts on one core: the libraries of linear algebra and Numba are told so, unless the user's
    environment says otherwise.  How much memory a world needs was looked at before, so Dask does not.
    """
    if workers == 1:
        yield lambda function, jobs: ((i, function(job)) for i, job in enumerate(jobs))
        return
    get_ready(workers)
    import dask
    from distributed import Client, LocalCluster

    logging.getLogger("distributed").setLevel(logging.ERROR)
    with dask.config.set(SETTINGS | settings_of_the_door()), \
            LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1", memory_limit=0,
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
