"""task=warm: compile the kernels that ordinary runs use, so that no run has to wait for it.

Small worlds are run with every rule of adoption and belief, every level of the ledger and every kind of meeting.  The
compiled code lies in a folder of the user's (``simulation.numerics.jit.CACHE``), from which every process reads it.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tqdm import tqdm

from simulation.config.compose import load_params
from simulation.config.schema import Params
from simulation.model import WordOfMouthModel
from simulation.numerics.jit import CACHE, compiled_files, remove_old

WRITES_FILES = False
SMALL = ("population.size=400", "steps=26", "output.figures=false", "talk.base=3", "feed.reshare=0.3")
"""Few people, who talk much: what is rare in an ordinary run has to happen here too."""
WORLDS = ((), ("output.ledger=none",), ("output.ledger=full",),
          ("adoption=bass",), ("adoption=cascade",), ("adoption=cascade_negative",), ("adoption=threshold",),
          ("belief=anchored",), ("belief=bounded",), ("belief=fixed_confidence",),
          ("network=well_mixed", "adoption=bass"), ("network=cliques_fresh", "adoption=cascade"),
          ("meetings@network.meetings=matching", "motives=opinion", "belief=bounded"),
          ("network=barabasi_albert", "site.choice=helpful"), ("network=watts_strogatz", "site.choice=random"))
"""What differs between the worlds, each in overrides."""


def main(config: dict, params: Params, folder: Path) -> None:
    """Run the worlds one after another and say what there is now."""
    before, started = len(compiled_files()), time.perf_counter()
    for words in tqdm(WORLDS, unit="world", disable=not sys.stderr.isatty(), leave=False):
        WordOfMouthModel(load_params(*SMALL, *words)).run().tables()
    new, removed = len(compiled_files()) - before, remove_old()
    old = f"; {removed} folders of older code removed" if removed else ""
    print(f"{new} files of compiled code added to {CACHE} in {time.perf_counter() - started:.0f} s{old}")
