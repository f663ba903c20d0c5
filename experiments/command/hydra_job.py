"""A job in the hands of Hydra: it makes the folder, or those of a multirun, and calls us back in each."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import hydra
from hydra._internal.hydra import Hydra
from hydra.core.hydra_config import HydraConfig
from omegaconf import OmegaConf

from simulation.config.hydra_loader import Loader
from simulation.config.overrides import config_folder
from simulation.params import ConfigError

Perform = Callable[[dict, Path], int]
"""``perform(config, folder)`` runs one job in its folder and returns its status."""


def run_with_hydra(words: list[str], perform: Perform, mode: Any) -> int:
    """Let Hydra make the folder (or the folders of a multirun) and perform the job in it.

    Hydra would compose everything once more only to learn its mode, which ``check`` knows already; and it composes
    with our loader, whose cost is linear in the number of brands.
    """
    statuses: list[int] = []
    late: list[str] = []
    app = hydra.main(version_base="1.3", config_path=str(config_folder().resolve()), config_name="config")
    with command_line(words), patch.object(Hydra, "get_mode", return_value=mode), \
            patch("hydra._internal.hydra.ConfigLoaderImpl", Loader):
        try:
            app(job_of(perform, statuses, late))()
        except SystemExit as stop:
            statuses.append(int(stop.code or 0))
    if late:
        raise ConfigError(late)
    return max(statuses, default=0)


@contextmanager
def command_line(words: list[str]) -> Iterator[None]:
    """Show Hydra these words as the command line, and let it raise instead of printing errors itself."""
    before, full = sys.argv, os.environ.get("HYDRA_FULL_ERROR")
    sys.argv, os.environ["HYDRA_FULL_ERROR"] = [before[0], *words], "1"
    try:
        yield
    finally:
        sys.argv = before
        if full is None:
            del os.environ["HYDRA_FULL_ERROR"]
        else:
            os.environ["HYDRA_FULL_ERROR"] = full


def job_of(perform: Perform, statuses: list[int], late: list[str]) -> Callable:
    """Return the function that Hydra calls for each job; bad input found late is noted, not raised."""
    home = os.getpid()

    def job(config: Any) -> None:
        try:
            statuses.append(perform(OmegaConf.to_container(config, resolve=True),
                                    Path(HydraConfig.get().runtime.output_dir)))
        except ConfigError as error:
            if os.getpid() != home:
                raise
            late.extend(error.problems)

    return job
