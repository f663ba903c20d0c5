"""Reviews: volume, valence and variance of what was posted in this step, and who read."""

from __future__ import annotations

import numpy as np

from simulation.metrics.base import count_by_brand

UNITS = {"n_reviews": "reviews", "n_reshares": "re-shares", "mean_stars": "stars",
         "sd_stars": "stars", "share_negative": "1", "share_of_voice": "1", "n_reads_feed": "reads",
         "n_reads_site": "reads", "n_incentivised": "reviews",
         "n_ideas": "reviews"} | {f"n_stars_{s}": "reviews" for s in range(1, 6)}
MEANING = {
    "n_reviews": "reviews posted in this step, without re-shares",
    "n_reshares": "re-shares in this step",
    "mean_stars": "mean of this step's reviews",
    "sd_stars": "their standard deviation",
    "share_negative": "share of one and two stars among them",
    "share_of_voice": "share of the brand among all reviews of this step",
    "n_reads_feed": "reviews read on the feed, each root once per reader",
    "n_reads_site": "reviews read on the review site",
    "n_incentivised": "reviews written while an incentive stood for the author",
    "n_ideas": "reviews that carry an idea",
} | {f"n_stars_{s}": f"reviews with {s} star{'s' if s > 1 else ''}" for s in range(1, 6)}
SOURCE = "assumption"


def measure(state, params) -> dict[str, np.ndarray]:
    """Describe the posts and the reads of this step."""
    posts, points = state.ledger.posts, np.arange(6)
    brand = posts["brand"][state.first_post:].astype(np.int64)
    original = posts["generation"][state.first_post:] == 0
    place = points.size * brand + posts["stars"][state.first_post:]
    by_stars = count_by_brand(place[original], points.size * state.b).reshape(state.b, points.size)
    n = by_stars.sum(axis=1)

    def of(column):
        return count_by_brand(brand[original & (posts[column][state.first_post:] > 0)], state.b)

    with np.errstate(invalid="ignore", divide="ignore"):
        mean, square = by_stars @ points / n, by_stars @ points**2 / n
        return {f"n_stars_{s}": by_stars[:, s] for s in range(1, 6)} | {
            "n_reviews": n, "n_reshares": count_by_brand(brand[~original], state.b),
            "mean_stars": mean,
            "sd_stars": np.sqrt(np.maximum(square - mean ** 2, 0.0)),
            "share_negative": (by_stars[:, 1] + by_stars[:, 2]) / n,
            "share_of_voice": n / n.sum(), "n_reads_feed": state.reads_feed.astype(float),
            "n_reads_site": state.reads_site.astype(float),
            "n_incentivised": of("incentivised"), "n_ideas": of("idea")}
