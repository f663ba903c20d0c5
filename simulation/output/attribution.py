"""Attribution: what the sales of each brand are credited to: source, channel, author and so on.

    sales of a name   sum over credits to the name of share
    revenue, margin   sum of share x that of the sale
    lost sales        sum over lost sales of the name; they stand in the rows of stage persuasion,
                      where bad reviews pull, as good ones do
    lost revenue      lost sales x price of the brand
    advertising, by policy
                      p decay^(s-1) to p decay^(s-1) + campaigns of step s, to each its part; s is
                      the step that set the trigger: the one before the sale, under contact rules
                      that of the sale
    a gift            the policy whose decision gave it, or the first owners of step 0
    a review written while an incentive stood
                      the policy that seeded its author (the earliest), else the one with the
                      strongest offer in that step (equal ones: the first of the config)

In each of the two stages every way of naming (``by``) hands out all sales of the brand, so what is
no review, or no policy, has names too.  *Older* reviews are those beyond the depth that credit
keeps.  The channel of a lost sale is that of the reading that cost it.

Credit is accounting inside one history: it says who was read, and what else was at work.  What
would have happened without somebody is another question, and its answer another run: the knock-out
(``task=knockout``).  Its place here, column ``knockout``, is nan: not computed.

Source  docs/decisions/0008-credit-in-two-stages.md
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from simulation.ledger.codes import Act, Channel, Source, Stage, words

BY = ("source", "channel", "process", "motive", "author", "policy")
AMOUNTS = ("sales", "revenue", "margin", "lost_sales", "lost_revenue")
OLDER_REVIEW, NO_REVIEW = -2, -1
NAME_OF_SOURCE = {
    Source.REVIEW: "feed or site", Source.ADVERTISING: "advertising", Source.DUE: "due",
    Source.SEED: "seeding", Source.EXPERIENCE: "own experience",
    Source.CARRIED_BELIEF: "carried belief", Source.OLDER: "feed or site", Source.CHANCE: "chance",
    Source.NEIGHBOURS: "neighbours"}
"""What a source is called ``by`` channel, where the channel itself is not known."""
NAMES_BY_CHANNEL = (*words(Channel), *dict.fromkeys(NAME_OF_SOURCE.values()))
PLACE_OF_SOURCE = np.array([NAMES_BY_CHANNEL.index(NAME_OF_SOURCE[source]) for source in Source])
"""Place of each source in ``NAMES_BY_CHANNEL``."""
NO_POLICY = ("base advertising", "first owners", "no policy")
"""What stands after the policies of all brands among the words of ``by`` policy."""


@dataclass
class Pieces:
    """What is handed out: one row per credit or lost sale, (r,)."""

    step: np.ndarray      # of the sale, or of the decision that was lost
    person: np.ndarray    # who bought, or decided
    brand: np.ndarray
    stage: np.ndarray
    source: np.ndarray
    channel: np.ndarray   # feed, site, or -1 = not known or no review
    review: np.ndarray    # row of the original review, OLDER_REVIEW or NO_REVIEW
    amounts: np.ndarray   # (a, r), in the order of ``AMOUNTS``


def attribution_table(state, params, names) -> pd.DataFrame:
    """Return what each brand's sales are credited to, by every way of naming in ``BY``.

    ``names`` are those of ``tables``.  Rows without credit and without lost sales are left out; the
    order is that of brands, ``BY`` and stages, then sales (largest first), then names.  Raises
    ValueError where the ledger keeps no credits.
    """
    if state.ledger.level == "none":
        raise ValueError("output.ledger: none keeps no credits, so there is nothing to attribute")
    pieces = joined(credits_of(state.ledger), lost_of(state.ledger, params))
    parts = [filled_rows(add_up(rows, code, state.b, len(words)), words, place)
             for place, (words, rows, code) in enumerate(namings(state, params, names, pieces))]
    return tidy({name: np.concatenate([part[name] for part in parts]) for name in parts[0]}, names)


def credits_of(ledger) -> Pieces:
    """Return the credits as pieces.

    What triggers is read on the feed, so the channel of older triggers is known.
    """
    credits, sales = ledger.credits, ledger.conversions
    sale, share, older = credits["conversion"], credits["share"], credits["source"] == Source.OLDER
    none = np.zeros(share.size)
    return Pieces(step=sales["step"][sale], person=sales["person"][sale],
                  brand=sales["brand"][sale], stage=credits["stage"], source=credits["source"],
                  review=np.where(older, OLDER_REVIEW, credits["post"]),
                  channel=np.where(older & (credits["stage"] == Stage.TRIGGER), Channel.FEED,
                                   credits["channel"]),
                  amounts=np.stack([share, share * sales["price"][sale],
                                    share * sales["margin"][sale], none, none]))


def lost_of(ledger, params) -> Pieces:
    """Return the lost sales as pieces."""
    lost, none = ledger.lost, np.zeros(len(ledger.lost))
    older = lost["post"] < 0
    price = np.array([brand.price for brand in params.brands.values()])[lost["brand"]]
    return Pieces(step=lost["step"], person=lost["person"], brand=lost["brand"],
                  stage=np.full(len(lost), Stage.PERSUASION),
                  source=np.where(older, Source.OLDER, Source.REVIEW),
                  review=np.where(older, OLDER_REVIEW, lost["post"]), channel=lost["channel"],
                  amounts=np.stack([none, none, none, lost["sales"], lost["sales"] * price]))


def taken(pieces: Pieces, rows: np.ndarray) -> Pieces:
    """Return some rows."""
    return Pieces(**{name: values[..., rows] for name, values in vars(pieces).items()})


def joined(first: Pieces, second: Pieces) -> Pieces:
    """Return the rows of both."""
    return Pieces(**{name: np.concatenate([values, getattr(second, name)], axis=-1)
                     for name, values in vars(first).items()})


def namings(state, params, names,
            pieces: Pieces) -> Iterator[tuple[Sequence[str], Pieces, np.ndarray]]:
    """Yield for each of ``BY`` its words, the pieces, and the place of each in the words (r,)."""
    posts, processes = state.ledger.posts, [*names.process[:-1], "no process"]
    process = np.where(posts["process"] < 0, len(processes) - 1, posts["process"])
    by_channel = np.where(pieces.channel >= 0, pieces.channel, PLACE_OF_SOURCE[pieces.source])
    yield words(Source), pieces, pieces.source
    yield NAMES_BY_CHANNEL, pieces, by_channel
    for called, of_post in ((processes, process), (names.motive, posts["motive"]),
                           (names.person[:-1], posts["author"])):
        # OLDER_REVIEW, NO_REVIEW
        codes = np.append(of_post.astype(np.int64), [len(called), len(called) + 1])
        yield [*called, "older reviews", "no review"], pieces, codes[pieces.review]
    policies = [name for brand in params.brands.values() for name in brand.policies]
    size = len(policies) + len(NO_POLICY)
    by_policy = policy_of(state, params, pieces, size)
    yield [*policies, *NO_POLICY], *split_advertising(state, params, pieces, by_policy, size)


def add_up(pieces: Pieces, code: np.ndarray, brands: int, size: int) -> np.ndarray:
    """Return the amounts by brand, stage and code below ``size``, (a, brands, stages, size)."""
    shape = (brands, len(Stage), size)
    where = np.ravel_multi_index((pieces.brand, pieces.stage, code), shape)
    return np.stack([np.bincount(where, x, np.prod(shape)).reshape(shape) for x in pieces.amounts])


def filled_rows(total: np.ndarray, called: Sequence[str], place: int) -> dict[str, np.ndarray]:
    """Return the columns of one way of naming, without the names that got nothing."""
    some = (total[AMOUNTS.index("sales")] > 0) | (total[AMOUNTS.index("lost_sales")] > 0)
    brand, stage, code = np.nonzero(some)
    return {"brand": brand, "by": np.full(brand.size, place),
            "name": np.array(called, dtype=object)[code], "stage": stage,
            **{name: total[a][some] for a, name in enumerate(AMOUNTS)}}


def tidy(columns: dict[str, np.ndarray], names) -> pd.DataFrame:
    """Return the table in words and in order; sales alike in nine decimals go by name."""
    order = np.lexsort((columns["name"].astype(str), -np.round(columns["sales"], 9),
                        columns["stage"], columns["by"], columns["brand"]))
    columns = {name: values[order] for name, values in columns.items()}
    columns |= {"brand": names.brand[columns["brand"]],
                "by": np.array(BY, dtype=object)[columns["by"]],
                "stage": np.array(words(Stage), dtype=object)[columns["stage"]]}
    return pd.DataFrame(columns | {"knockout": np.full(order.size, np.nan)})


def decided(state, params, act: Act) -> dict[str, np.ndarray]:
    """Return the decisions of one kind that acted.

    ``step`` is the one from whose start they did; ``policy`` counts the policies of all brands in
    config order.
    """
    table = state.ledger.decisions
    rows = np.flatnonzero((table["action"] == act) & (table["effective"] <= state.step))
    first = np.cumsum([0] + [len(brand.policies) for brand in params.brands.values()])
    return {"brand": table["brand"][rows], "person": table["person"][rows],
            "step": table["effective"][rows], "amount": table["amount"][rows],
            "policy": first[table["brand"][rows]] + table["policy"][rows]}


def policy_of(state, params, pieces: Pieces, size: int) -> np.ndarray:
    """Return the policy of each piece among ``size`` words (r,), advertising not split yet."""
    first_owners, none = size - 2, size - 1
    codes = np.append(policy_of_reviews(state, params, none), [none, none])[pieces.review]
    gifts = np.flatnonzero(pieces.source == Source.SEED)
    asked, seeds = vars(taken(pieces, gifts)), decided(state, params, Act.SEED)
    found = first_match(state, asked, seeds, "brand", "person", "step")
    codes[gifts] = np.append(seeds["policy"], none)[found]
    codes[gifts[asked["step"] == 0]] = first_owners
    return codes


def policy_of_reviews(state, params, none: int) -> np.ndarray:
    """Return the policy whose incentive stood when a review was written (posts,), or ``none``."""
    posts = state.ledger.posts
    paid = np.flatnonzero(posts["incentivised"])
    asked = {"brand": posts["brand"][paid], "person": posts["author"][paid],
             "step": posts["step"][paid]}
    seeds, offers = decided(state, params, Act.SEED), decided(state, params, Act.OFFER)
    seeds = {name: values[seeds["amount"] > 0] for name, values in seeds.items()}
    strongest = np.argsort(-offers["amount"], kind="stable")
    offers = {name: values[strongest] for name, values in offers.items()}
    seed = first_match(state, asked, seeds, "brand", "person")
    offered = np.append(offers["policy"], none)[first_match(state, asked, offers, "brand", "step")]
    since = np.append(seeds["step"], state.step + 1)[seed]
    codes = np.full(len(posts), none)
    codes[paid] = np.where(since <= asked["step"], np.append(seeds["policy"], none)[seed], offered)
    return codes


def first_match(state, asked: dict[str, np.ndarray], decisions: dict[str, np.ndarray],
                *on: str) -> np.ndarray:
    """Return the place of the first decision that agrees in ``on`` with each row, -1 for none."""
    sizes = {"brand": state.b, "person": state.n, "step": state.step + 1}
    keys, wanted = (np.ravel_multi_index([table[name] for name in on], [sizes[name] for name in on])
                    for table in (decisions, asked))
    known, first = np.unique(keys, return_index=True)
    found, place = np.isin(wanted, known), np.full(wanted.size, -1)
    place[found] = first[np.searchsorted(known, wanted[found])]
    return place


def split_advertising(state, params, pieces: Pieces, codes: np.ndarray,
                      size: int) -> tuple[Pieces, np.ndarray]:
    """Return pieces and codes with each credit of advertising in one row per policy behind it."""
    is_ad = pieces.source == Source.ADVERTISING
    ads, rest = np.flatnonzero(is_ad), np.flatnonzero(~is_ad)
    set_before = 1 if params.adoption.deliberates else 0  # who is triggered at t decides at t + 1
    part = advertising_parts(state, params, size)[pieces.brand[ads], pieces.step[ads] - set_before]
    row, policy = np.nonzero(part)
    split = taken(pieces, ads[row])
    split.amounts = split.amounts * part[row, policy]
    return joined(taken(pieces, rest), split), np.concatenate([codes[rest], policy])


def advertising_parts(state, params, size: int) -> np.ndarray:
    """Return each policy's part in the advertising rate, (b, steps + 1, size), summing to 1."""
    rule, base = params.adoption, size - 3
    rates = np.zeros((state.b, state.step + 1, size))
    rates[:, :, base] = rule.p * rule.p_decay ** np.maximum(np.arange(state.step + 1) - 1, 0)
    ads = decided(state, params, Act.ADVERTISE)
    np.add.at(rates, (ads["brand"], ads["step"], ads["policy"]), ads["amount"])
    rates[rates.sum(axis=2) == 0, base] = 1.0
    return rates / rates.sum(axis=2, keepdims=True)
