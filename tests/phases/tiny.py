"""A market of a few people in which nothing is left to luck unless a test asks for it."""

from __future__ import annotations

from simulation import load_params
from simulation.numerics.randomness import Draws
from simulation.population import initial_state

CERTAIN = ("scenario=baseline", "population.influencer_share=0", "population.employee_share=0",
           "population.expert_share=0", "population.response_style_sd=0", "population.reservation_sd=0",
           "population.prior_sd=0", "population.susceptibility_sd=0", "talk.rating_noise=0",
           "site.helpful_votes=0", "ladder.churn=0", "reading.credibility_expertise=0",
           "reading.credibility_floor=1")
STEADY = tuple(f"brands.{brand}.processes.{process}.{key}=0" for brand in ("alpha", "beta")
               for process in ("product", "delivery", "support", "billing") for key in ("spread", "failure_rate"))


def tiny(people: int, *overrides: str, network: str = "path"):
    """Return (state, params, draws) of ``people`` people on a path (0 - 1 - 2 ...), by default with certain luck."""
    params = load_params(*CERTAIN, *STEADY, f"network={network}", f"population.size={people}", *overrides)
    draws = Draws(params.seed)
    return initial_state(params, draws), params, draws


def own(state, person: int, brand: int = 0, since: int = 1) -> None:
    """Let a person own a brand since a step."""
    state.owned[person], state.owned_since[person] = brand, since
    state.times_bought[person, brand], state.adopted_at[person, brand] = 1, since


def post(state, author: int, valence: float, step: int, brand: int = 0, motive: int = 4) -> int:
    """Append a review to the ledger as if the review phase had; return its row."""
    posts = state.ledger.posts
    state.first_post = row = posts.n
    posts.append({"step": step, "author": author, "sharer": author, "brand": brand, "process": 4 * brand,
                  "stars": 1 + round(4 * valence), "valence": valence, "motive": motive, "incentivised": 0, "idea": 0.0,
                  "key": 1000 + row, "root": row, "parent": -1, "generation": 0,
                  "purchase": state.last_purchase[author, brand], "quality": valence, "gap": 0.0,
                  "evaluation": valence, "failed": 0, "readers": 0, "helpful": 0})
    return row
