"""The search for the best split: Optuna proposes, a function of the split answers.

One figure: a tree of Parzen estimators (TPE), which looks where good splits were found.  Two figures: NSGA-II, which
keeps a front of splits none of which is worse in both.  The sampler is made anew for every trial, seeded by the number
of the trial, and knows the trials before it: so the same answers lead to the same proposals, and a search that was
stopped goes on by asking again, with the answers it has.

Source  TPE: Bergstra et al. (2011); NSGA-II: Deb et al. (2002); both as in Optuna: Akiba et al. (2019)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType

import numpy as np

from experiments.tasks.optimise.splits import Bounds
from simulation.params import ConfigError

Evaluate = Callable[[Mapping[str, float]], Sequence[float]]
"""From shares to the figures to be made large (one or two)."""


@dataclass(frozen=True)
class Trial:
    """One split that was tried, and what came of it."""

    number: int
    shares: dict[str, float]
    values: tuple[float, ...]


def search(evaluate: Evaluate, bounds: Bounds, figures: int, trials: int, seed: int) -> list[Trial]:
    """Return the trials in their order; all figures are made as large as possible, nan counts as nothing gained."""
    optuna = package()
    study = optuna.create_study(directions=["maximize"] * figures, study_name="splits")
    space = {use: optuna.distributions.FloatDistribution(0.0, 1.0) for use in bounds.uses[:-1]}
    for split in bounds.corners()[:trials]:
        study.enqueue_trial(bounds.point(split))
    found = []
    for number in range(trials):
        study.sampler = sampler(optuna, figures, trials, np.random.SeedSequence([seed, number]))
        trial = study.ask(space)
        shares = bounds.split(trial.params)
        values = tuple(float(value) for value in evaluate(shares))
        study.tell(trial, [0.0 if value != value else value for value in values])
        found.append(Trial(number, shares, values))
    return found


def sampler(optuna: ModuleType, figures: int, trials: int, luck: np.random.SeedSequence):
    """Return the sampler of one trial."""
    seed = int(luck.generate_state(1)[0])
    if figures == 1:
        return optuna.samplers.TPESampler(seed=seed)
    return optuna.samplers.NSGAIISampler(seed=seed, population_size=min(max(trials // 6, 6), 50))


def package() -> ModuleType:
    """Return Optuna, quiet; raises ConfigError where it is not installed."""
    try:
        import optuna
    except ImportError as error:
        raise ConfigError("task.kind: optimise needs the package optuna, got none; install it with "
                          "pip install 'grapevine-sim[study]'") from error
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    return optuna


def best(trials: list[Trial]) -> list[Trial]:
    """Return the best trial, or with two figures the trials that no other beats, the best in the first figure first.

    A trial is beaten by one that is at least as large in all figures and larger in one, or equal and earlier.
    """
    kept = [trial for trial in trials if not any(beats(other, trial) for other in trials)]
    return sorted(kept, key=lambda trial: -trial.values[0])


def beats(other: Trial, trial: Trial) -> bool:
    """Tell whether ``other`` beats ``trial``; nan is beaten by everything."""
    ours, theirs = (np.nan_to_num(np.array(one.values), nan=-np.inf) for one in (trial, other))
    return bool(np.all(theirs >= ours) and (np.any(theirs > ours) or other.number < trial.number))
