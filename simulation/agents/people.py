"""People: light handles on rows of the state, made on demand.

A Mesa user reads and writes attributes; the columns are what is read and written.
"""

from __future__ import annotations

import mesa

from simulation.world.state import NONE, Rung

from .fields import (
    ROLES,
    RUNGS,
    Code,
    Derived,
    Field,
    PerBrand,
    brand_words,
    count_followers,
    count_follows,
    main_rung,
    place,
)

INF = float("inf")
NAN = float("nan")


class Person(mesa.Agent):
    """Somebody in the market: a handle on row ``row`` of the state of ``model``."""

    __slots__ = ("model", "row")
    pos = None

    activity = Field("factor on the chance to talk", 0)
    expertise = Field("what the person knows of the product", 0, 1)
    susceptibility = Field("factor on the weight of what is read", 0)
    reservation = Field("belief at which buying is even odds", -INF)
    response_style = Field("response style, points on the 0-10 scale", -INF)
    belief = PerBrand("quality expected of each brand", 0, 1)
    confidence = PerBrand("evidence behind each belief", 0)
    expectation = PerBrand("quality the person counts on", 0, 1)
    satisfaction = PerBrand("with each brand owned so far", 0, 1)
    advocacy = PerBrand("leaning to recommend (1) or warn (-1)", -1, 1)
    aware = PerBrand("written by the phase conversion")
    adopted_at = PerBrand("step of the first purchase, -1 = never; written by the phase conversion")
    times_bought = PerBrand("purchases so far; written by the phase conversion")
    owned_since = Field("step of the last purchase, -1 = none; written by the phase conversion")
    likelihood_to_recommend = Field(
        "0 to 10 points, -1 = owns nothing; written by the phase ladder")
    role = Code("fixed at step 0", lambda state, rows: state.role[rows], lambda model: ROLES)
    brand = Code("the brand owned; give a product with receive(brand), take it with give_up()",
                 lambda state, rows: state.owned[rows], brand_words)
    employer = Code("the brand worked for; fixed at step 0",
                    lambda state, rows: state.employer[rows], brand_words)
    rung = Code("read by the phase ladder", main_rung, lambda model: RUNGS)
    followers = Derived("a count of ties", count_followers)
    follows = Derived("a count of ties", count_follows)
    community = Derived("given by the network", lambda state, rows: state.ties.community[rows])

    def __init__(self, model, row: int):
        if row != model.roster.making:
            raise ValueError("people come with the network and are not made by hand: "
                             "take them from model.agents or model.person(id)")
        self.model = model
        self.row = row

    def __eq__(self, other) -> bool:
        return isinstance(other, Person) and other.row == self.row and other.model is self.model

    def __hash__(self) -> int:
        return hash((id(self.model), self.row))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"

    @property
    def unique_id(self) -> int:
        """Number of the agent in its model, from 1."""
        return self.row + 1

    @property
    def id(self) -> str:
        """The user's own name of the person."""
        return self.model.state.ties.ids[self.row]

    def rung_with(self, brand: str) -> Rung:
        """Return the rung the person stands on with a brand."""
        return RUNGS[self.model.state.rung[self.row, place(self.model.roster.brands, brand)]]

    def receive(self, brand: str) -> None:
        """Be given the product in the next step, free, unless they own one by then."""
        self.model.state.seeded[self.row] = place(self.model.roster.brands, brand)
        self.model.roster.given.append((self.row, self.model.tick))

    def give_up(self) -> None:
        """Stop owning, at the start of the next step."""
        self.model.state.left[self.row] = 1

    def remove(self) -> None:
        """Leave the market for good: own, buy, say and learn nothing, work for nobody.

        The row stays, so shares of people keep their denominator and nobody else's draws change;
        posts already written can still be read.
        """
        self.model.state.left_at[self.row] = NONE
        keep_out(self.model.state, self.row)
        super().remove()


class Customer(Person):
    """Somebody without a special role."""


class Influencer(Person):
    """Somebody whom many follow."""


class Expert(Person):
    """Somebody who knows the product."""


class Employee(Person):
    """Somebody who works for a brand."""


def keep_out(state, rows) -> None:
    """Write what it means to be out of the market into ``rows``, whatever the adoption rule is.

    No price compares with a willingness to pay of nan, not even where prices do not matter (-inf).
    """
    for column in (state.owned, state.owned_since, state.employer, state.seeded):
        column[rows] = NONE
    for column in (state.considering, state.bought_now, state.left, state.stance):
        column[rows] = 0
    for column in (state.activity, state.susceptibility):
        column[rows] = 0.0
    for column in (state.reservation, state.threshold):
        column[rows] = INF
    state.willingness[rows] = NAN
