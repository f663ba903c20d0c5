"""Reviews: volume, valence and variance of what was posted in this step, and who read."""

from __future__ import annotations

import numpy as np

from simulation.metrics.base import count_by_brand

UNITS = {"n_reviews": "reviews", "n_reshares": "re-shares", "mean_stars": "stars", "sd_stars": "stars",
         "share_negative": "1", "share_of_voice": "1", "n_reads_feed": "reads", "n_reads_site": "reads",
         "n_incentivised": "reviews", "n_ideas": "reviews"} | {f"n_stars_{s}": "reviews" for s in range(1, 6)}


def measure(state, params) -> dict[str, np.ndarray]:
    """Describe the posts and the reads of this step."""
    posts = state.ledger.posts
    brand, stars = posts["brand"][state.first_post:], posts["stars"][state.first_post:]
    original = posts["generation"][state.first_post:] == 0
    n = count_by_brand(brand[original], state.b)
    histogram = {f"n_stars_{s}": count_by_brand(brand[original & (stars == s)], state.b) for s in range(1, 6)}

    def of(column):
        return count_by_brand(brand[original & (posts[column][state.first_post:] > 0)], state.b)

    with np.errstate(invalid="ignore", divide="ignore"):
        mean = sum(s * histogram[f"n_stars_{s}"] for s in range(1, 6)) / n
        square = sum(s * s * histogram[f"n_stars_{s}"] for s in range(1, 6)) / n
        return histogram | {
            "n_reviews": n, "n_reshares": count_by_brand(brand[~original], state.b), "mean_stars": mean,
            "sd_stars": np.sqrt(np.maximum(square - mean ** 2, 0.0)),
            "share_negative": (histogram["n_stars_1"] + histogram["n_stars_2"]) / n,
            "share_of_voice": n / n.sum(), "n_reads_feed": state.reads_feed.astype(float),
            "n_reads_site": state.reads_site.astype(float),
            "n_incentivised": of("incentivised"), "n_ideas": of("idea")}
