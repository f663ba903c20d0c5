"""Tables: what happened, in the words of the user (ids, names of brands and processes), by key."""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulation.ledger import codes
from simulation.ledger.codes import Act, Channel, CostItem, Route, Source, Stage, TicketKind
from simulation.world.state import Purchase, Role, Rung


class Names:
    """Turns codes into words; -1 becomes the empty word."""

    def __init__(self, state, params):
        self.person = np.array([*state.ties.ids, ""], dtype=object)
        self.brand = np.array([*params.brands, ""], dtype=object)
        self.process = np.array([p for b in params.brands.values() for p in b.processes] + [""],
                                dtype=object)
        self.motive = np.full(257, "", dtype=object)
        for name, motive in params.motives.items():
            self.motive[motive.code] = name
        self.units = [np.array([*b.organisation.units, ""], dtype=object)
                      for b in params.brands.values()]
        self.policies = [np.array([*b.policies, ""], dtype=object) for b in params.brands.values()]

    def by_brand(self, words: list[np.ndarray], brands: np.ndarray,
                 codes: np.ndarray) -> np.ndarray:
        """Return words whose meaning depends on the brand."""
        out = np.full(codes.size, "", dtype=object)
        for b, names in enumerate(words):
            out[brands == b] = names[codes[brands == b]]
        return out


def words(enum) -> np.ndarray:
    """Return the words of an enum by code; -1 is the empty word."""
    return np.array([*codes.words(enum), ""], dtype=object)


def people_table(state, params, rungs_estimated: list[np.ndarray], books) -> pd.DataFrame:
    """Return one row per person: id, traits, and the final state with every brand.

    ``books`` keep the values; None where the run did not record money.
    """
    names, rung = Names(state, params), words(Rung)
    out = {"id": names.person[:-1], "role": words(Role)[state.role],
           "employer": names.brand[state.employer], "followers": state.ties.out_degree(),
           "follows": state.ties.in_degree(), "community": state.ties.community,
           "activity": state.activity, "expertise": state.expertise,
           "susceptibility": state.susceptibility, "reservation": state.reservation,
           "owns": names.brand[state.owned], "owned_since": state.owned_since}
    for b, brand in enumerate(params.brands):
        out |= {f"adopted_at_{brand}": state.adopted_at[:, b],
                f"times_bought_{brand}": state.times_bought[:, b],
                f"belief_{brand}": state.belief[:, b],
                f"confidence_{brand}": state.confidence[:, b],
                f"satisfaction_{brand}": np.where(state.times_bought[:, b] > 0,
                                                  state.satisfaction[:, b], np.nan),
                f"advocacy_{brand}": state.advocacy[:, b], f"rung_{brand}": rung[state.rung[:, b]],
                f"rung_estimated_{brand}": rung[rungs_estimated[b]]}
        out |= {f"value_{brand}": books.value[:, b]} if books else {}
    attributes = state.ties.facts.get("attributes", {})
    return pd.DataFrame(out | {f"attribute_{name}": values for name, values in attributes.items()})


def ledger_tables(state, params) -> dict[str, pd.DataFrame]:
    """Return the ledger tables that this run's level keeps, by file name.

    Reads that go to a sink are not here.
    """
    names, ledger = Names(state, params), state.ledger
    tables = {"reviews": reviews_table(ledger.posts, names),
              "experiences": experiences_table(ledger.posts, names),
              "conversions": conversions_table(ledger.conversions, names),
              "tickets": tickets_table(ledger.tickets, names),
              "decisions": decisions_table(ledger.decisions, names),
              "costs": costs_table(ledger.costs, names)}
    if ledger.level != "none":
        tables |= {"credits": credits_table(ledger.credits, names),
                   "lost_sales": lost_table(ledger.lost, names)}
    if ledger.level == "full" and ledger.sink is None:
        tables |= {"reads": reads_table(ledger.reads, names)}
    return tables


def ledger_names(ledger) -> list[str]:
    """Return the names of the tables that ``ledger_tables`` makes, without making them."""
    kept = ["credits", "lost_sales"] if ledger.level != "none" else []
    reads = ["reads"] if ledger.level == "full" and ledger.sink is None else []
    return ["reviews", "experiences", "conversions", "tickets", "decisions", "costs", *kept, *reads]


def reviews_table(posts, names: Names) -> pd.DataFrame:
    """Return one row per review and re-share, with the number of its original, its root."""
    return pd.DataFrame({"review": np.arange(len(posts)), "step": posts["step"],
                         "author": names.person[posts["author"]],
                         "sharer": names.person[posts["sharer"]],
                         "brand": names.brand[posts["brand"]],
                         "process": names.process[posts["process"]], "stars": posts["stars"],
                         "valence": posts["valence"], "motive": names.motive[posts["motive"]],
                         "incentivised": posts["incentivised"] > 0, "idea": posts["idea"],
                         "root": posts["root"], "parent": posts["parent"],
                         "generation": posts["generation"], "purchase": posts["purchase"],
                         "readers": posts["readers"], "helpful": posts["helpful"],
                         "key": posts["key"]})


def experiences_table(posts, names: Names) -> pd.DataFrame:
    """Return one row per experience that led to a review."""
    rows = np.flatnonzero(posts["generation"] == 0)
    return pd.DataFrame({"review": rows, "step": posts["step"][rows],
                         "person": names.person[posts["author"][rows]],
                         "brand": names.brand[posts["brand"][rows]],
                         "process": names.process[posts["process"][rows]],
                         "quality": posts["quality"][rows], "disconfirmation": posts["gap"][rows],
                         "evaluation": posts["evaluation"][rows],
                         "failed": posts["failed"][rows] > 0, "purchase": posts["purchase"][rows]})


def conversions_table(sales, names: Names) -> pd.DataFrame:
    """Return one row per purchase; its parent is the purchase whose review triggered it most."""
    return pd.DataFrame({"conversion": np.arange(len(sales)), "step": sales["step"],
                         "person": names.person[sales["person"]],
                         "brand": names.brand[sales["brand"]],
                         "kind": words(Purchase)[sales["kind"]], "price": sales["price"],
                         "margin": sales["margin"], "parent": sales["parent"]})


def credits_table(credits, names: Names) -> pd.DataFrame:
    """Return who is credited with what share of which purchase, in two stages that sum to 1."""
    return pd.DataFrame({
        "conversion": credits["conversion"], "stage": words(Stage)[credits["stage"]],
        "source": words(Source)[credits["source"]], "channel": words(Channel)[credits["channel"]],
        "review": credits["post"],
        "author": names.person[credits["author"]], "sharer": names.person[credits["sharer"]],
        "share": credits["share"]})


def lost_table(lost, names: Names) -> pd.DataFrame:
    """Return the expected sales that each bad review cost at a decision (the direct effect)."""
    return pd.DataFrame({"step": lost["step"], "person": names.person[lost["person"]],
                         "brand": names.brand[lost["brand"]], "review": lost["post"],
                         "author": names.person[lost["author"]], "sales": lost["sales"]})


def reads_table(reads, names: Names) -> pd.DataFrame:
    """Return every reading that counted."""
    return pd.DataFrame({"step": reads["step"], "reader": names.person[reads["reader"]],
                         "review": reads["post"], "channel": words(Channel)[reads["channel"]],
                         "strength": reads["strength"], "weight": reads["weight"],
                         "gain": reads["gain"]})


def tickets_table(tickets, names: Names) -> pd.DataFrame:
    """Return one row per piece of feedback that a unit got."""
    return pd.DataFrame({
        "ticket": np.arange(len(tickets)), "brand": names.brand[tickets["brand"]],
        "kind": words(TicketKind)[tickets["kind"]],
        "review": tickets["post"], "process": names.process[tickets["process"]],
        "unit": names.by_brand(names.units, tickets["brand"], tickets["unit"]),
        "route": words(Route)[tickets["route"]],
        "arrival": tickets["arrival"], "start": tickets["start"], "finish": tickets["finish"],
        "effective": tickets["effective"]})


def decisions_table(decisions, names: Names) -> pd.DataFrame:
    """Return what each brand team decided, and what it had seen when it did."""
    return pd.DataFrame({"step": decisions["step"], "brand": names.brand[decisions["brand"]],
                         "policy": names.by_brand(names.policies, decisions["brand"],
                                                  decisions["policy"]),
                         "action": words(Act)[decisions["action"]],
                         "process": names.process[decisions["process"]],
                         "person": names.person[decisions["person"]], "amount": decisions["amount"],
                         "cost": decisions["cost"], "effective": decisions["effective"],
                         "reviews_seen": decisions["seen"], "volume": decisions["volume"],
                         "pain": decisions["pain"]})


def costs_table(costs, names: Names) -> pd.DataFrame:
    """Return what was spent on what."""
    return pd.DataFrame({"step": costs["step"], "brand": names.brand[costs["brand"]],
                         "item": words(CostItem)[costs["item"]], "amount": costs["amount"]})
