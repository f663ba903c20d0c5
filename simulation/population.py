"""The population at step 0: traits by address, ties by the network rule, seeds who own the product.

Every trait of a person is drawn at an address of its own, so adding a person or a trait changes
nobody else's.  Influencers are the only role by rank; it is fixed here, once.

    activity        min(exp(Normal(log_mean, log_sd)), max); influencers x influencer_activity
    expertise       Beta(a, b);  experts have expert_expertise
    susceptibility, prior belief, threshold   Normal(mean, sd), cut to their range
    reservation, response_style, taste        Normal(mean, sd)
    willingness     uniform between min and max;   motive weights  Beta(a, b)

Writes  the traits; belief, expectation and satisfaction at the start; what first owners have; their
        purchases and credits
Draws   TRAIT (person, trait)
Source  docs/odd.md, initialisation
Twin    tests/reference/people.py: populate
"""

from __future__ import annotations

import zlib

import numpy as np

from simulation.ledger.codes import Source, Stage
from simulation.ledger.credit import credit_simply
from simulation.ledger.tables import Ledger
from simulation.numerics.randomness import Draws, Stream
from simulation.world.state import NONE, Purchase, Role, State
from simulation.world.ties import Ties, build_ties

TRAITS = ("activity", "expertise", "is_expert", "susceptibility", "reservation", "response_style",
          "is_employee", "employer", "workplace", "threshold", "willingness", "influencer_luck")
"""Names of traits; their positions are addresses: append only."""

PRIOR, TASTE, MOTIVE, SEEDS = 1000, 2000, 3000, 2**31
"""First addresses of traits by brand, by motive and by group of seeds (by its name)."""


def network_of(params) -> Ties:
    """Return the ties that the config asks for: the same for the same network, people and seed."""
    network = params.network
    n = network.size(params.population.size)
    return network.build(n, params.seed if network.seed == "run" else network.seed)


def initial_state(params, draws: Draws, ties: Ties | None = None) -> State:
    """Return the world at step 0, on ``ties`` where ``network_of(params)`` was built already."""
    network = params.network
    ties = network_of(params) if ties is None else ties
    k = sum(len(brand.processes) for brand in params.brands.values())
    state = State(n=ties.n, b=len(params.brands), k=k, m=len(params.motives))
    state.ties = ties
    state.meetings = network.meetings
    state.added = build_ties(state.n, [], [], community=ties.community, ids=ties.ids)
    state.ledger = Ledger(params.output.ledger)
    state.site = [np.empty(0, np.int64) for _ in params.brands]
    draw_traits(state, params, draws)
    draw_roles(state, params, draws)
    draw_brand_traits(state, params, draws)
    give_to_seeds(state, params, draws)
    return state


def draw_traits(state: State, params, draws: Draws) -> None:
    """Write the traits that depend on nobody else."""
    p = params.population
    rows = np.arange(state.n)

    def normal(trait, mean, sd):
        return mean + sd * draws.normals(Stream.TRAIT, 0, rows, TRAITS.index(trait))

    activity = np.exp(normal("activity", p.activity_log_mean, p.activity_log_sd))
    state.activity[:] = np.minimum(activity, p.activity_max)
    state.expertise[:] = draws.betas(Stream.TRAIT, 0, rows, p.expertise_a, p.expertise_b,
                                     TRAITS.index("expertise"))
    susceptibility = normal("susceptibility", p.susceptibility_mean, p.susceptibility_sd)
    state.susceptibility[:] = np.clip(susceptibility, p.susceptibility_min, p.susceptibility_max)
    state.reservation[:] = normal("reservation", p.reservation_mean, p.reservation_sd)
    state.response_style[:] = normal("response_style", 0.0, p.response_style_sd)
    state.threshold[:] = np.maximum(normal("threshold", p.threshold_mean, p.threshold_sd), 0.0)
    u = draws.uniforms(Stream.TRAIT, 0, rows, TRAITS.index("willingness"))
    state.willingness[:] = p.willingness_min + (p.willingness_max - p.willingness_min) * u


def draw_roles(state: State, params, draws: Draws) -> None:
    """Write roles: experts and employees by lot, influencers by rank.

    Of several roles a person has one: employee before influencer before expert.
    """
    p = params.population
    rows = np.arange(state.n)

    def lot(trait):
        return draws.uniforms(Stream.TRAIT, 0, rows, TRAITS.index(trait))

    experts = lot("is_expert") < p.expert_share
    state.expertise[experts] = p.expert_expertise
    state.role[experts] = Role.EXPERT
    influencers = find_influencers(state, params, lot("influencer_luck"))
    state.role[influencers] = Role.INFLUENCER
    raised = state.activity[influencers] * p.influencer_activity
    state.activity[influencers] = np.minimum(raised, p.activity_max)
    employees = lot("is_employee") < p.employee_share
    state.role[employees] = Role.EMPLOYEE
    units = np.array([max(len(brand.organisation.units), 1) for brand in params.brands.values()])
    employer = np.minimum((lot("employer") * state.b).astype(np.int64), state.b - 1)
    state.employer[employees] = employer[employees]
    state.workplace[employees] = (lot("workplace") * units[employer]).astype(np.int64)[employees]


def find_influencers(state: State, params, u: np.ndarray) -> np.ndarray:
    """Return the rows of the influencers: the top share by the config's measure, ties by lot."""
    p = params.population
    count = round(p.influencer_share * state.n)
    if p.influencer_by == "list":
        return rows_of(state.ties, p.influencer_list, "population.influencer_list")
    if p.influencer_by == "followers":
        score = state.ties.out_degree()
    elif p.influencer_by == "betweenness":
        score = betweenness(state.ties, params.seed)
    else:
        score = np.zeros(state.n)
    return np.lexsort((u, -score))[:count]


def betweenness(ties: Ties, seed: int) -> np.ndarray:
    """Return betweenness centrality (n,), from 200 sampled pivots above 2,000 people."""
    # a third of a second, which few runs need
    from networkx import Graph, betweenness_centrality

    graph = Graph()
    graph.add_nodes_from(range(ties.n))
    graph.add_edges_from(zip(ties.sources().tolist(), ties.targets.tolist(), strict=True))
    pivots = 200 if ties.n > 2000 else None
    centrality = betweenness_centrality(graph, k=pivots, seed=seed)
    return np.array([centrality[i] for i in range(ties.n)])


def rows_of(ties: Ties, names: tuple[str, ...], where: str) -> np.ndarray:
    """Return the rows of people by their ids; raises ValueError naming the first unknown one."""
    missing = [name for name in names if name not in ties.rows]
    if missing:
        raise ValueError(f"{where}: no person is called {missing[0]!r} in this network "
                         f"(ids look like {ties.ids[0]!r})")
    return np.array([ties.row_of(name) for name in names], np.int64)


def draw_brand_traits(state: State, params, draws: Draws) -> None:
    """Write prior beliefs and tastes by brand, and motive weights by motive."""
    p = params.population
    rows = np.arange(state.n)
    for b in range(state.b):
        prior = p.prior_mean + p.prior_sd * draws.normals(Stream.TRAIT, 0, rows, PRIOR + b)
        state.belief[:, b] = np.clip(prior, 0.0, 1.0)
        state.taste[:, b] = p.taste_sd * draws.normals(Stream.TRAIT, 0, rows, TASTE + b)
    for m, motive in enumerate(params.motives.values()):
        state.motive_weight[:, m] = draws.betas(Stream.TRAIT, 0, rows, p.motive_a, p.motive_b,
                                                MOTIVE + motive.code)
    for column in (state.belief_without_bad_news, state.belief_start, state.expectation,
                   state.satisfaction):
        column[:] = state.belief
    state.confidence[:] = params.belief.prior_confidence


def give_to_seeds(state: State, params, draws: Draws) -> None:
    """Let the seeds of step 0 own the product; they meet their first processes in step 1."""
    for name, seeds in params.population.seeds.items():
        b = list(params.brands).index(seeds.brand)
        lot = SEEDS + zlib.crc32(name.encode()) % SEEDS
        u = draws.uniforms(Stream.TRAIT, 0, np.arange(state.n), lot)
        people = choose_seeds(state, seeds, u, f"population.seeds.{name}")
        state.owned[people] = b
        state.owned_since[people] = 0
        state.bought_now[people] = 1
        state.times_bought[people, b] = 1
        state.adopted_at[people, b] = 0
        state.decided_at[people, b] = 0
        state.aware[people, b] = 1
        brand = params.brands[seeds.brand]
        state.last_purchase[people, b] = book_gifts(state.ledger, people, b, brand)


def book_gifts(ledger: Ledger, people: np.ndarray, b: int, brand) -> np.ndarray:
    """Append what seeds were given at step 0, and its credit; return the conversions (s,)."""
    where = ledger.conversions.append({
        "step": 0, "person": people, "brand": b, "kind": Purchase.SEED, "price": 0.0,
        "margin": brand.unit_margin - brand.price, "parent": NONE})
    rows = np.arange(where.start, where.stop)
    credit_simply(ledger, rows, Stage.TRIGGER, Source.SEED, np.ones(rows.size))
    credit_simply(ledger, rows, Stage.PERSUASION, Source.CHANCE, np.ones(rows.size))
    return rows


def choose_seeds(state: State, seeds, u: np.ndarray, where: str) -> np.ndarray:
    """Return the rows of the people who own the product at step 0, among those who own none yet."""
    if seeds.by == "list":
        people = rows_of(state.ties, seeds.people, f"{where}.people")
        return people[state.owned[people] < 0]
    if seeds.by == "random":
        people = np.argsort(u, kind="stable")
    elif seeds.by == "degree":
        people = np.lexsort((u, -state.ties.out_degree()))
    else:
        centre = int(rows_of(state.ties, seeds.people, f"{where}.people")[0])
        people = ball(state.ties, centre, seeds.count)
    return people[state.owned[people] < 0][:seeds.count]


def ball(ties: Ties, centre: int, count: int) -> np.ndarray:
    """Return ``count`` people around ``centre``: itself, its followers, theirs, and so on."""
    found = [centre]
    frontier = [centre]
    seen = {centre}
    while frontier and len(found) < count:
        followers = [ties.targets[ties.offsets[i]:ties.offsets[i + 1]] for i in frontier]
        frontier = np.concatenate(followers).tolist()
        frontier = [i for i in dict.fromkeys(frontier) if i not in seen]
        seen.update(frontier)
        found.extend(frontier)
    return np.array(found[:count], np.int64)
