"""The summary: the figures by which a run is judged, one flat name each, with units."""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulation.metrics import UNITS as METRIC_UNITS
from simulation.statistics.bass_fit import fit_bass
from simulation.statistics.cascades import cascades_of
from simulation.statistics.influence import caused_purchases, gini
from simulation.statistics.times import time_to

UNITS = {"adoption": "share of people", "customers": "people", "sales": "purchases",
         "nps": "points", "nps_estimated": "points", "nps_late": "points, mean over the last half",
         "mean_satisfaction": "quality", "reviews": "reviews", "mean_stars": "stars",
         "share_negative": "share of reviews", "share_one_star": "share of reviews",
         "share_five_stars": "share of reviews", "reads": "reads",
         "word_of_mouth_share": "share of triggers", "detractors": "people",
         "share_detractors": "share of customers", "advocates": "people", "lapsed": "people",
         "revenue": "currency", "cost": "currency", "profit": "currency", "npv": "currency",
         "lost_sales": "expected purchases", "time_to_10": "steps", "time_to_50": "steps",
         "time_to_90": "steps", "peak_at": "step", "bass_p": "1 per step", "bass_q": "1 per step",
         "bass_m": "people", "bass_r2": "1", "influence_gini": "1", "largest_cascade": "purchases",
         "mean_structural_virality": "1"}


def summarise(state, params, series: pd.DataFrame) -> dict:
    """Return {brand: {name: value}} for every brand and for 'all', and the units."""
    wide = series.pivot_table(index="step", columns=["brand", "metric"], values="value",
                              dropna=False)
    brands = {brand: brand_summary(state, params, wide[brand].reindex(columns=list(METRIC_UNITS)),
                                   b) for b, brand in enumerate(params.brands)}
    everyone = {"adoption": float((state.adopted_at >= 0).any(axis=1).mean()),
                "customers": float((state.adopted_at >= 0).any(axis=1).sum()), "people": state.n}
    return {"name": params.name, "seed": params.seed, "steps": state.step, "all": everyone,
            **brands, "units": UNITS | {"people": "people"}}


def brand_summary(state, params, wide: pd.DataFrame, b: int) -> dict[str, float]:
    """Return the figures of one brand; nan where the run did not record what a figure needs."""
    total, last = wide.sum(min_count=1), wide.iloc[-1]
    late = wide.iloc[len(wide) // 2:]
    stars = np.array([total[f"n_stars_{s}"] for s in range(1, 6)])
    share = stars / stars.sum() if stars.sum() > 0 else np.full(5, np.nan)
    cumulative = wide["cum_customers"].to_numpy()[1:]
    fit = fit_bass(cumulative)
    bass = {"bass_p": fit.p, "bass_q": fit.q, "bass_m": fit.m, "bass_r2": fit.r2}
    years = wide.index.to_numpy() * params.step_days / 365.25
    discounted = wide["profit"].to_numpy() / (1.0 + params.value.discount_rate) ** years
    new = total["new_customers"]
    return {"adoption": float(last["cum_customers"] / state.n),
            "customers": float(last["n_owners"]), "sales": float(total["new_sales"]),
            "nps": float(last["nps"]), "nps_estimated": float(last["nps_estimated"]),
            "nps_late": float(late["nps"].mean()),
            "mean_satisfaction": float(last["mean_satisfaction"]),
            "reviews": float(total["n_reviews"]), "mean_stars": float(share @ np.arange(1, 6)),
            "share_negative": float(share[0] + share[1]), "share_one_star": float(share[0]),
            "share_five_stars": float(share[4]),
            "reads": float(total["n_reads_feed"] + total["n_reads_site"]),
            "word_of_mouth_share": float((total["new_by_reviews"]
                                          + total["new_by_neighbours"]) / new) if new else np.nan,
            "detractors": float(last["n_detractor"]),
            "share_detractors": float(last["n_detractor"] / last["n_owners"]) if last["n_owners"]
            else np.nan, "advocates": float(last["n_advocate"]), "lapsed": float(last["n_lapsed"]),
            "revenue": float(total["revenue"]), "cost": float(total["cost"]),
            "profit": float(total["profit"]), "npv": float(discounted.sum()),
            "time_to_10": time_to(cumulative, 0.1), "time_to_50": time_to(cumulative, 0.5),
            "time_to_90": time_to(cumulative, 0.9),
            "peak_at": float(np.argmax(wide["new_customers"].to_numpy()[1:]) + 1) if new
            else np.nan,} | bass | influence_summary(state, b)


def influence_summary(state, b: int) -> dict[str, float]:
    """Return how unequal influence is and how far word of mouth travels;
    nan where the ledger keeps no credits.
    """
    if state.ledger.level == "none":
        return dict.fromkeys(("lost_sales", "influence_gini", "largest_cascade",
                              "mean_structural_virality"), np.nan)
    sales = state.ledger.conversions
    mine = np.flatnonzero(sales["brand"] == b)
    number = np.full(len(sales) + 1, -1)
    number[mine] = np.arange(mine.size)
    trees = cascades_of(number[sales["parent"][mine]])
    several = trees["size"] > 1
    caused = caused_purchases(state.ledger, state.n, state.b)[:, b]
    return {"lost_sales": float(state.ledger.lost["sales"][state.ledger.lost["brand"] == b].sum()),
            "influence_gini": gini(caused[state.adopted_at[:, b] >= 0]),
            "largest_cascade": float(trees["size"].max(initial=0)),
            "mean_structural_virality": float(trees["structural_virality"][several].mean())
            if several.any() else 0.0}
