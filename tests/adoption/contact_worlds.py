"""Small worlds for the rules of contact: hand-made ties, chosen owners, only the phases that matter."""

from functools import cache

import numpy as np

from simulation.config.compose import load_params
from simulation.numerics.randomness import Draws
from simulation.phases.advertising import advertising
from simulation.phases.conversion import conversion
from simulation.phases.events import events
from simulation.population import initial_state
from simulation.world.ties import build_ties

ALPHA, BETA = 0, 1
ONE_BRAND = "~brands.beta"


@cache
def params_of(*overrides):
    """Return the parameters of a run without a ledger."""
    return load_params("output.ledger=none", *overrides)


def world(n, *overrides, ties=None, owners=None, seed=1, brands=1):
    """Return (state, params, draws): ``ties`` (sources, targets[, strengths]), ``owners`` {row: brand}.

    Without ties and network everybody sees everybody.
    """
    base = "network=well_mixed" if ties is None else "network=path"
    network = [] if any(x.startswith("network=") for x in overrides) else [base]
    only = [ONE_BRAND] if brands == 1 else []
    params = params_of(f"population.size={n}", *network, *only, *overrides)
    draws = Draws(seed)
    state = initial_state(params, draws)
    if ties is not None:
        state.ties = build_ties(n, *ties)
    for row, brand in (owners or {}).items():
        own(state, row, brand)
    return state, params, draws


def own(state, rows, brand=ALPHA):
    """Let ``rows`` own ``brand`` since step 0."""
    state.owned[rows], state.owned_since[rows], state.adopted_at[rows, brand] = brand, 0, 0
    state.times_bought[rows, brand] = 1


def walk(state, params, draws, last, first=1):
    """Run steps ``first`` .. ``last``."""
    for step in range(first, last + 1):
        state.step = step
        for phase in (events, advertising, conversion):
            phase(state, params, draws, step)
    return state


def decide(state, params, draws, step=1):
    """Run one decision by hand and return (choice, advertising_share)."""
    for phase in (events, advertising):
        phase(state, params, draws, step)
    choice, advertising_share = np.full(state.n, -2, np.int8), np.full(state.n, np.nan)
    params.adoption.decide(state, params, draws, step, choice, advertising_share)
    return choice, advertising_share


def copies(count, size, sources, targets):
    """Return the ties of ``count`` disjoint copies of one small network of ``size`` people."""
    start = size * np.arange(count)[:, None]
    return (start + np.asarray(sources)).ravel(), (start + np.asarray(targets)).ravel()


def standard_error(p, n):
    """Return the standard error of a share observed in ``n`` independent trials."""
    return (p * (1.0 - p) / n) ** 0.5
