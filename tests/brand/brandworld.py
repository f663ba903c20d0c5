"""Tiny worlds for the brand's side, built by hand: no model, no population, no other phase."""

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import yaml
from pydantic import TypeAdapter

from simulation.config.schema import Brand
from simulation.ledger.tables import Ledger
from simulation.numerics.randomness import review_keys
from simulation.policies import PolicyKind
from simulation.world.state import State
from simulation.world.ties import build_ties

CONFIGS = Path(__file__).parents[2] / "configs"
PROCESS = {
    "quality": 0.8, "spread": 0.1, "failure_rate": 0.12, "failure_quality": 0.2, "failure_spread": 0.1,
    "when": {"on_purchase": True, "rate": 0.0, "after_failure": 0.0, "every": 0}, "salience": 1.0,
    "capacity": "unlimited", "congestion": 0.0, "unit_cost": 0.0, "failure_floor": 0.02,
    "quality_ceiling": 0.9, "spend_scale": 1000.0}
LISTENING = {"coverage": 1.0, "site_access": False, "sentiment_error": 0.0, "topic_error": 0.0,
             "author_resolution": 1.0, "memory": 0.5, "corrected": False}
UNIT = {"servers": 1, "service_time": 0.25, "service": "fixed", "order": "first_come", "inflow": 0.0}
ORGANISATION = {"handled_share": 1.0, "routing_accuracy": 1.0, "bounce_delay": 2.0, "lead_time": 3,
                "fix_effect": 2.0, "idea_effect": 0.5, "relay": 0.0, "ticket_cost": 7.0}


def yaml_of(group, name):
    """Return the values of one config file."""
    return yaml.safe_load((CONFIGS / group / f"{name}.yaml").read_text())


def policy_of(**values):
    """Return one policy from its values; it runs from step 1 to the end unless said otherwise."""
    return TypeAdapter(PolicyKind).validate_json(json.dumps({"start": 1, "stop": "end"} | values))


def brand_of(processes=("product", "delivery"), listening=None, organisation=None, units=None, policies=None,
             budget=0.0, initial_budget=0.0):
    """Return a brand with one unit per process unless units are given."""
    units = units or {name: UNIT | {"processes": [name]} for name in processes}
    values = {"price": 50, "reference_price": 50, "unit_margin": 15, "promise": 0.0, "budget": budget,
              "initial_budget": initial_budget,
              "processes": dict.fromkeys(processes, PROCESS), "listening": LISTENING | (listening or {}),
              "organisation": ORGANISATION | (organisation or {}) | {"units": units},
              "policies": policies or {}}
    return Brand.model_validate_json(json.dumps(values))


def params_of(*brands, attention=0.5, site_reads=0):
    """Return what the three phases read of the parameters."""
    return SimpleNamespace(brands=dict(zip(("alpha", "beta"), brands, strict=False)),
                           feed=SimpleNamespace(attention=attention), site=SimpleNamespace(reads=site_reads))


def world(params, n=4, ties=()):
    """Return a state of ``n`` people of whom nobody owns anything, with undirected or directed ``ties``."""
    k = sum(len(brand.processes) for brand in params.brands.values())
    state = State(n=n, b=len(params.brands), k=k, m=1)
    state.ties = build_ties(n, [a for a, _ in ties], [b for _, b in ties])
    state.added = build_ties(n, [], [])
    state.ledger = Ledger("full")
    return state


def post(state, step, authors, stars, process=0, brand=0, idea=0.0, helpful=0):
    """Append original reviews of one step and return their rows."""
    authors = np.asarray(authors)
    first = state.ledger.posts.n
    rows = np.arange(first, first + authors.size)
    brands = np.broadcast_to(brand, authors.size)
    state.ledger.posts.append(dict.fromkeys(state.ledger.posts.arrays._fields, 0) | {
        "step": step, "author": authors, "sharer": authors, "brand": brands, "process": process,
        "stars": stars, "valence": (np.asarray(stars) - 1) / 4, "motive": 0, "incentivised": 0, "idea": idea,
        "key": review_keys(authors, brands, step), "root": rows, "parent": -1, "generation": 0,
        "purchase": -1, "quality": 0.5, "gap": 0.0, "evaluation": 0.5, "readers": 0, "helpful": helpful})
    return rows


def see(state, step, readers, posts, channel=0):
    """Append readings of one step."""
    state.ledger.reads.append(dict.fromkeys(state.ledger.reads.arrays._fields, 0) | {
        "reader": readers, "post": posts, "step": step, "channel": channel, "weight": 1.0, "strength": 1.0,
        "previous": -1})
