"""Influence: rules of contact that say one thing only, how strongly contacts convince; plain NumPy.

    c_b       chance that contacts convince a person of brand b: the rule's ``influence``
    chance_b  1 - (1 - p_b)(1 - c_b),  p_b the rate of advertising
    success   an advertisement hits, or u < c_b; the brand is launched and within reach (price gate)
    several   of the successful brands, b is bought with chance_b / sum of their chances
    credit    ln(1 - p_b) / (ln(1 - p_b) + ln(1 - c_b)) goes to advertising, the rest to contacts

The addresses of the draws and the order of the sums are those of ``contacts``, so that the same
equation written either way gives the same run, bit by bit; kernels are faster, this is shorter.

Source  several brands: Libai, Muller & Peres (2013)
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from simulation.adoption.base import Contact
from simulation.numerics.randomness import Draws, Stream
from simulation.world.state import NONE, State

BETWEEN_BRANDS = 127
"""Which draw of a person decides between several successful brands."""
CERTAIN = 1.0 - 1e-16


class Influence(Contact):
    """A rule of contact that states ``influence``, given who owned what when the step began."""

    activation: Literal["synchronous"]

    def influence(self, state: State, params, rows: np.ndarray) -> np.ndarray:
        """Return the chance, (r, b), that contacts convince each of ``rows`` (r,) of each brand."""
        raise NotImplementedError

    def decide(self, state: State, params, draws: Draws, step: int, choice: np.ndarray,
               advertising_share: np.ndarray) -> None:
        """Let everybody who owns nothing decide."""
        rows = np.flatnonzero(state.owned == NONE)
        contacts = self.checked(self.influence(state, params, rows), rows.size, state.b)
        success = self.is_convinced(state, params, draws, step, rows, contacts)
        some = success.any(axis=1)
        rows, contacts = rows[some], contacts[some]
        chance = 1.0 - (1.0 - state.ad_rate) * (1.0 - contacts)
        u = draws.uniforms(Stream.CONTACT, step, rows, BETWEEN_BRANDS)
        bought = one_of(success[some], chance, u)
        choice[rows] = bought
        by_contacts = contacts[np.arange(rows.size), bought]
        advertising_share[rows] = share_of_advertising(state.ad_rate[bought], by_contacts)

    def checked(self, contacts: np.ndarray, people: int, brands: int) -> np.ndarray:
        """Return what ``influence`` gave; raises ValueError unless these are chances for all."""
        contacts = np.asarray(contacts)
        if contacts.shape != (people, brands) or contacts.dtype.kind not in "fiub":
            raise ValueError(f"adoption.kind={self.kind}: influence() must return one chance per "
                             f"person and brand, {(people, brands)}, got {contacts.shape} of "
                             f"{contacts.dtype}")
        if not ((contacts >= 0.0) & (contacts <= 1.0)).all():
            raise ValueError(f"adoption.kind={self.kind}: influence() must return chances in "
                             f"[0, 1], got {np.min(contacts):g} to {np.max(contacts):g}")
        return contacts

    def is_convinced(self, state: State, params, draws: Draws, step: int, rows: np.ndarray,
                     contacts: np.ndarray) -> np.ndarray:
        """Return who is convinced of which brand and can have it, bool (r, b)."""
        brands = params.brands.values()
        price = np.array([brand.price if self.price_gate else -np.inf for brand in brands])
        can_buy = (state.launched > 0) & (price <= state.willingness[rows][:, None])
        u = [draws.uniforms(Stream.CONTACT, step, rows, b) for b in range(state.b)]
        return ((state.ad_hit[rows] > 0) | (np.stack(u, axis=1) < contacts)) & can_buy


def one_of(success: np.ndarray, chance: np.ndarray, u: np.ndarray) -> np.ndarray:
    """Return one successful brand of each person (r,), in proportion to their chances (r, b)."""
    brands = np.where(success, np.arange(success.shape[1]), -1)
    rest = u * sum(np.where(success, chance, 0.0).T)
    bought, is_open = brands.max(axis=1), np.ones(u.size, bool)
    for b in range(success.shape[1]):
        rest -= np.where(success[:, b], chance[:, b], 0.0)
        taken = is_open & success[:, b] & (rest < 0.0)
        bought[taken] = b
        is_open &= ~taken
    return bought


def share_of_advertising(p: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Return ln(1 - p) / (ln(1 - p) + ln(1 - c)), where a certainty counts as 1 - 1e-16."""
    by_advertising = np.log1p(-np.minimum(p, CERTAIN))
    return by_advertising / (by_advertising + np.log1p(-np.minimum(c, CERTAIN)))


def owners_around(state: State, rows: np.ndarray) -> np.ndarray:
    """Return the share of each brand's owners among the in-neighbours of ``rows`` (r,), (r, b).

    It is 0 without in-neighbours, and the share among all people where the network is well mixed.
    """
    if state.ties.facts.get("well_mixed"):
        owners = np.bincount(state.owned[state.owned != NONE], minlength=state.b)
        return np.broadcast_to(owners / state.n, (rows.size, state.b))
    share, ties = np.zeros((rows.size, state.b)), (state.ties, state.added)
    around = sum(np.bincount(part.targets, minlength=state.n) for part in ties)[rows]
    for b in range(state.b):
        owners = sum(np.bincount(part.targets[state.owned[part.sources()] == b], minlength=state.n)
                     for part in ties)
        np.divide(owners[rows], around, out=share[:, b], where=around > 0)
    return share
