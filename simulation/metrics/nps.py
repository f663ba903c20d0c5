"""Net promoter score: of all owners, and as the brand estimates it (Reichheld 2003)."""

from __future__ import annotations

import numpy as np

from simulation.metrics.base import count_codes, mean_of
from simulation.numerics.jit import kernel

UNITS = {"nps": "points", "nps_estimated": "points", "mean_satisfaction": "quality",
         "mean_advocacy": "1"}
MEANING = {
    "nps": "net promoter score of all owners: promoters less detractors in percent",
    "nps_estimated": "what the brand's listening makes of it, from the sentiment of seen reviews",
    "mean_satisfaction": "mean satisfaction of owners",
    "mean_advocacy": "mean advocacy of owners",
}
SOURCE = "reichheld2003"


def measure(state, params) -> dict[str, np.ndarray]:
    """Return promoters minus detractors in percent of owners, and what the brand believes it is."""
    p, found = params.ladder, [opinions_of_owners(state, b) for b in range(state.b)]
    points = [count_codes(recommend, 11) for recommend, _, _ in found]
    net = [count[p.promoter:].sum() - count[: p.detractor + 1].sum() for count in points]
    return {
        "nps": np.array([100.0 * (n / own.size) if own.size else np.nan
                         for n, (own, _, _) in zip(net, found, strict=True)]),
        "nps_estimated": np.array([o.nps_estimated for o in state.observed] or [np.nan] * state.b),
        "mean_satisfaction": np.array([mean_of(satisfaction) for _, satisfaction, _ in found]),
        "mean_advocacy": np.array([mean_of(advocacy) for _, _, advocacy in found]),
    }


def opinions_of_owners(state, b: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return likelihood to recommend, satisfaction and advocacy of those owners of
    ``b`` who were asked, (o,) each.
    """
    recommend, n = np.empty(state.n, np.int8), np.zeros(1, np.int64)
    satisfaction, advocacy = np.empty(state.n, np.float32), np.empty(state.n, np.float32)
    _opinions(b, state.owned, state.likelihood_to_recommend, state.satisfaction, state.advocacy,
              recommend, satisfaction, advocacy, n)
    own = int(n[0])
    return recommend[:own], satisfaction[:own], advocacy[:own]


@kernel
def _opinions(b, owned, recommend, satisfaction, advocacy, out_recommend, out_satisfaction,
              out_advocacy, n):
    k = 0
    for i in range(owned.size):
        out_recommend[k] = recommend[i]
        out_satisfaction[k] = satisfaction[i, b]
        out_advocacy[k] = advocacy[i, b]
        k += (owned[i] == b) & (recommend[i] >= 0)
    n[0] = k
