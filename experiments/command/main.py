"""The command ``python run.py`` or ``grapevine``: check everything, then let Hydra run the task.

    0 done    2 bad input: a message on stderr, no traceback, nothing left behind; or memory or the disk ran out:
                the same, but the folder stays, with its mark INCOMPLETE and what was finished
    3 some runs failed (the task's table says which)    130 interrupted: what was finished is kept

A task is a module ``experiments/tasks/<kind>.py`` or ``experiments/tasks/<kind>/task.py`` with
``main(config, params, folder)``.
It may define ``Task``, the typed parameters under ``task`` (else there is only ``kind``), and ``WRITES_FILES = False``
to do without a folder, ``RESUMES = True`` to get the same folder whenever the same command is given; it may return an
exit status.  While a task runs, a file ``INCOMPLETE`` stands in its folder.
"""

from __future__ import annotations

import gc
import logging
import os
import shutil
import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

INCOMPLETE = "INCOMPLETE"


def main(argv: list[str] | None = None) -> int:
    """Run the command with these words (default: those of the command line) and return the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    gc.set_threshold(100_000, 50, 50)    # what is imported stays: looking through it rarely saves a tenth of a run
    if {"-h", "--help"} & set(words):
        from experiments.command.choices import help_text

        print(help_text())
        return 0
    from simulation.params import ConfigError

    try:
        return run(words)
    except ConfigError as error:
        print(message(error.problems), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted; what was finished is kept", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (MemoryError, OSError) as error:      # outside of a task: perform() knows more
        print(message([said_of(error, None, Path.cwd())]), file=sys.stderr)
        return 2


def said_of(error: MemoryError | OSError, params: Any, folder: Path) -> str:
    """Return the line about memory or a disk that ran out; raises any other error again."""
    from experiments.study.out_of_resources import is_shortage, shortage

    if not is_shortage(error):
        raise error
    return shortage(error, params, folder)


def message(problems: list[str]) -> str:
    """Return the message for bad input: every problem on a line of its own."""
    if len(problems) == 1:
        return f"grapevine: {problems[0]}"
    return "\n".join([f"grapevine: {len(problems)} problems", *(f"  {problem}" for problem in problems)])


def run(words: list[str]) -> int:
    """Check the words, then run; raises ConfigError before anything is written."""
    from hydra._internal.utils import get_args_parser

    from experiments.command.hydra_job import run_with_hydra
    from simulation.config.overrides import split_plugins

    words, plugins = split_plugins(words)
    try:
        args = get_args_parser().parse_args(words)
    except SystemExit as stop:
        return int(stop.code or 0)
    if not (args.hydra_help or args.shell_completion or args.experimental_rerun):
        config, params, task, mode = check(args, plugins)
        if not getattr(task, "WRITES_FILES", True) and not (args.multirun or args.cfg or args.info):
            return task.main(config, params, Path()) or 0
        return run_with_hydra([*words, *folder_of(task, words, plugins)], partial(perform, plugins=plugins), mode)
    return run_with_hydra(words, partial(perform, plugins=plugins), None)


def folder_of(task: ModuleType, words: list[str], plugins: tuple[str, ...]) -> list[str]:
    """Return the override that gives a task which resumes (``RESUMES = True``) the same folder for the same words."""
    if not getattr(task, "RESUMES", False) or any(word.startswith("hydra.run.dir=") for word in words):
        return []
    from experiments.study.store import digest

    kind = task.__name__.split(".")[2]
    return [f"hydra.run.dir=outputs/{kind}/{digest([*words, *plugins])}"]


def check(args: Any, plugins: tuple[str, ...]) -> tuple[dict, Any, ModuleType, Any]:
    """Return (config, params, task, mode) of the run, or of the first of a multirun; all of them are checked."""
    from simulation.config.compose import configs_of

    overrides = list(args.overrides)
    if args.config_dir:
        overrides.append(f'hydra.searchpath=["file://{Path(args.config_dir).resolve()}"]')
    if plugins:
        overrides.append(f"plugins=[{','.join(plugins)}]")
    folder = Path(args.config_path) if args.config_path else None
    configs = configs_of(overrides, args.multirun, args.config_name or "config", folder)
    found = [(config, *prepare(config, plugins), mode) for config, mode in configs]
    if not (args.cfg or args.info):
        for config, params, task, _ in found:
            refuse_what_cannot_fit(config, params, task)
    return found[0]


def refuse_what_cannot_fit(config: dict, params: Any, task: ModuleType) -> None:
    """Raise ConfigError where the worlds that the task runs at once need more memory than there is."""
    from experiments.study.workers import workers_of
    from simulation.resources.estimate import refuse_if_too_large

    if getattr(task, "WRITES_FILES", True):      # the others run no world
        workers, worlds = workers_of(config["task"].get("workers", 1)), config["task"].get("replicates")
        refuse_if_too_large(params, min(workers, worlds) if isinstance(worlds, int) else workers)


def prepare(config: dict, plugins: tuple[str, ...]) -> tuple[Any, ModuleType]:
    """Return (params, module of the task), or raise ConfigError with every problem of both."""
    from experiments.figures import refuse_taken
    from simulation.config.compose import check_params
    from simulation.params import ConfigError

    problems, params, task = [], None, None
    try:
        params = check_params(config, plugins)
        refuse_taken(params.FIGURES)
    except ConfigError as error:
        problems += error.problems
    try:
        task = task_of(config.get("task"), load=not problems)
    except ConfigError as error:
        problems += error.problems
    if problems:
        raise ConfigError(problems)
    return params, task


def task_of(task: Any, load: bool = True) -> ModuleType | None:
    """Return the module of a task whose parameters are in order; ``load=False``: check the kind alone."""
    from experiments.study.workers import get_ready
    from simulation.config.messages import did_you_mean, got, validate
    from simulation.config.overrides import config_folder
    from simulation.params import ConfigError

    kinds = sorted(file.stem for file in (config_folder() / "task").glob("*.yaml"))
    kind = task.get("kind") if isinstance(task, dict) else task
    if kind not in kinds:
        hint = did_you_mean(kind, kinds)
        raise ConfigError(f"task.kind: must be {', '.join(kinds)}, got {got(kind)}{hint}")
    if not load:
        return None
    if isinstance(task, dict):
        get_ready(task.get("workers"))      # while the task is imported here, its workers' server imports the engine
    module = import_module(module_of(kind))
    _, problems = validate(getattr(module, "Task", only_kind()), task, at="task")
    if problems:
        raise ConfigError(problems)
    return module


def module_of(kind: str) -> str:
    """Return the name of the module in which a task stands."""
    folder = Path(__file__).parents[1] / "tasks" / kind
    return f"experiments.tasks.{kind}.task" if folder.is_dir() else f"experiments.tasks.{kind}"


def only_kind() -> type:
    """Return the parameters of a task that has none."""
    from pydantic import create_model

    from simulation.params import Strict

    return create_model("Task", __base__=Strict, kind=(str, ...))


def perform(config: dict, folder: Path, plugins: tuple[str, ...]) -> int:
    """Run one task in its folder; INCOMPLETE stands there until everything is written."""
    from simulation.params import ConfigError

    before = {path.name for path in folder.iterdir()} - {".hydra", INCOMPLETE}
    mark, params = folder / INCOMPLETE, None
    try:
        params, task = prepare(config, plugins)
        refuse_what_cannot_fit(config, params, task)
        mark.write_text("This run has not finished, or it failed: what stands here is not a result.\n")
        logging.getLogger("MESA").setLevel(logging.WARNING)    # it would print a line per step
        status = task.main(config, params, folder) or 0
    except ValueError as error:
        if not isinstance(error, ConfigError) and not names_a_parameter(error):
            raise
        discard(folder, before)
        raise error if isinstance(error, ConfigError) else ConfigError(str(error)) from error
    except (MemoryError, OSError) as error:      # the mark stays: what was written before is no result
        raise ConfigError(said_of(error, params, folder)) from error
    mark.unlink()
    return status


def names_a_parameter(error: ValueError) -> bool:
    """Tell whether an error is about the input: such messages begin with the path of a parameter."""
    from simulation.config.schema import Params

    head, dot, _ = str(error).partition(".")
    return bool(dot) and head in Params.model_fields


def discard(folder: Path, before: set[str]) -> None:
    """Remove what Hydra and we wrote for a job that could not start, and the folders that are empty then."""
    if {path.name for path in folder.iterdir()} - {".hydra", INCOMPLETE} != before:
        return
    (folder / INCOMPLETE).unlink(missing_ok=True)
    if before:
        return
    shutil.rmtree(folder / ".hydra", ignore_errors=True)
    for path in (folder, *folder.parents[:2]):
        if any(path.iterdir()) or path.resolve() == Path.cwd():
            return
        path.rmdir()
