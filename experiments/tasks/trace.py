"""task=trace: one sale and what the ledger credits it to, followed back to a root cause.

A sale is credited in two stages (docs/decisions/0008): the trigger made the person consider, persuasion made the person
choose.  The chain follows the heaviest trigger: from the sale to a review, from the review to the purchase of its
author, from that to its own trigger, until something that is no review stands there.  It is the path of the column
``parent`` of the conversions.
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any, Literal, NamedTuple

from experiments.figures.words import several
from experiments.tasks.run_folder import RunFolder, open_run, percent, plain, who
from simulation.params import ConfigError, Strict, parameter

WRITES_FILES = False
WIDTH = 100
INDENT = " " * 11

BOUGHT = {"first": "bought {brand}", "repeat": "bought {brand} again", "switch": "switched to {brand}",
          "return": "came back and bought {brand}", "seed": "was given {brand}"}
STAGES = {"trigger": "What made {who} consider {brand} (trigger)",
          "persuasion": "What made {who} choose {brand} (persuasion)"}
CAUSES = {
    ("trigger", "advertising"): "advertising of {brand}",
    ("trigger", "due"): "a repurchase that was due",
    ("trigger", "seed"): "a seed, the gift of {brand}",
    ("trigger", "chance"): "chance, something from outside the model",
    ("trigger", "neighbours"): "neighbours who had {brand}",
    ("trigger", "older"): "all lighter reviews together, not kept one by one",
    ("persuasion", "experience"): "own experience with {brand}",
    ("persuasion", "carried_belief"): "what {who} had thought of {brand} all along",
    ("persuasion", "older"): "all lighter reviews together, not kept one by one",
    ("persuasion", "chance"): "chance, as nothing that the ledger knows pulled towards {brand}",
}
CLOSING = ("Ledger credit says who was read, not what would have happened without it: knock-out not computed; run "
           "task=knockout{what} with the settings and the seed of this run.")


class Task(Strict):
    """Which sale of which run."""

    kind: Literal["trace"]
    run: str = parameter("path", "assumption", doc="folder of a finished run")
    sale: int = parameter("row", "assumption", doc="number of the sale, column conversion of conversions")


class Source(NamedTuple):
    """Something that is credited with a share of one stage of a sale, as in the table of credits."""

    source: str
    channel: str
    review: int
    author: str
    sharer: str
    share: float


class Link(NamedTuple):
    """One sale of a chain, a row of the conversions, and its heaviest trigger."""

    sale: Any
    cause: Source


def main(config: dict, params, folder: Path) -> None:
    """Print the causal chain of one sale."""
    task = config["task"]
    run = open_run(task["run"])
    print(trace_text(run, sale_of(run, task["sale"])))


def sale_of(run: RunFolder, number: int) -> int:
    """Return the number of a sale if the run has it; raises ConfigError."""
    n = len(run.table("conversions"))
    if not 0 <= number < n:
        there = f"0..{n - 1} in this run" if n else "the number of a sale, but this run has none"
        raise ConfigError(f"task.sale: must be {there}, got {int(number)}")
    return int(number)


def sources(run: RunFolder, sale: int, stage: str) -> list[Source]:
    """Return the sources of one stage of a sale, heaviest first; of equal shares reviews first, then as recorded.

    What was read several times on one way is one source.
    """
    credits = run.table("credits")
    mine = credits[credits["conversion"] == sale]
    shares: dict[tuple, float] = {}
    for *way, share in mine.loc[mine["stage"] == stage, list(Source._fields)].itertuples(index=False):
        shares[tuple(way)] = shares.get(tuple(way), 0.0) + share
    found = [Source(*way, share) for way, share in shares.items()]
    return sorted(found, key=lambda source: (-source.share, source.review < 0))


def heaviest_trigger(run: RunFolder, sale: int) -> Source:
    """Return the source that ``parent`` of the sale was taken from: the heaviest, of equal ones the parent's."""
    named = [cause for cause in sources(run, sale, "trigger") if cause.source != "older"]
    best = [cause for cause in named if cause.share == named[0].share]
    parent = run.row("conversions", sale).parent
    return next((cause for cause in best if cause.review >= 0 and purchase_behind(run, cause) == parent), best[0])


def purchase_behind(run: RunFolder, cause: Source) -> int:
    """Return the author's purchase that a source goes back to, -1 where there is none."""
    return int(run.row("reviews", cause.review).purchase) if cause.review >= 0 else -1


def chain(run: RunFolder, sale: int) -> list[Link]:
    """Return the sale, the purchase behind its heaviest trigger, the one behind that, ...; the last has none."""
    links = []
    while sale >= 0:
        cause = heaviest_trigger(run, sale)
        links.append(Link(run.row("conversions", sale), cause))
        sale = purchase_behind(run, cause)
    return links


def trace_text(run: RunFolder, sale: int) -> str:
    """Return everything about one sale as text for a terminal."""
    links, told = chain(run, sale), set()
    parts = [headline(run, links[0].sale), *(stage_text(run, links[0].sale, stage, told) for stage in STAGES),
             chain_text(run, links), closing(links[0])]
    return "\n\n".join(parts).replace("\u00a0", " ")


def headline(run: RunFolder, sale: Any) -> str:
    """Return what was sold, when, to whom and for how much, and the run it happened in."""
    first = "; the first purchase of any brand" if sale.kind == "first" else ""
    title = f"Sale {sale.conversion}: {deed(sale)} in {run.when(sale.step)}"
    return "\n".join([fill(title), "=" * min(len(title), WIDTH),
                      fill(f"price {run.money(sale.price)}, margin {run.money(sale.margin)}{first}"),
                      fill(f"run {run.params.name}, seed {run.params.seed}, in {run.folder}")])


def stage_text(run: RunFolder, sale: Any, stage: str, told: set[int]) -> str:
    """Return one stage: its sources with shares and their sum; reviews in ``told`` are not told again."""
    found = sources(run, sale.conversion, stage)
    lines = [fill(STAGES[stage].format(who=who(sale.person), brand=sale.brand))]
    for cause in found:
        first, *rest = cause_lines(run, sale, stage, cause)
        if cause.review in told:
            first, rest = f"{first}; see above", []
        told |= {cause.review} - {-1}
        lines += [fill(f"{percent(cause.share):>8}  {first}", INDENT), *(fill(INDENT + line, INDENT) for line in rest)]
    return "\n".join([*lines, f"{percent(sum(cause.share for cause in found)):>8}  together"])


def cause_lines(run: RunFolder, sale: Any, stage: str, cause: Source) -> list[str]:
    """Return what is known of one source of a sale: a headline and, for a review, where it came from."""
    if cause.source != "review":
        return [cause_words(sale, stage, cause.source)]
    review = run.row("reviews", cause.review)
    return [f"{review_words(run, review)}, {way_words(run, cause)}", experience_words(run, review),
            purchase_words(run, review)]


def cause_words(sale: Any, stage: str, source: str) -> str:
    """Return a source that is no review in words."""
    return CAUSES[stage, source].format(who=who(sale.person), brand=sale.brand)


def review_words(run: RunFolder, review: Any) -> str:
    """Return a review in words: number, stars, author, step."""
    return f"review {review.review}: {several(review.stars, 'star')} by {who(review.author)} in {run.when(review.step)}"


def way_words(run: RunFolder, cause: Source) -> str:
    """Return how a review reached the buyer."""
    way = f"read on the {cause.channel}"
    if cause.sharer == cause.author:
        return way
    posts = run.table("reviews")
    shared = posts[(posts["root"] == cause.review) & (posts["sharer"] == cause.sharer) & (posts["generation"] > 0)]
    return f"passed on by {who(cause.sharer)} in {run.when(shared['step'].iloc[0])}, {way}"


def experience_words(run: RunFolder, review: Any) -> str:
    """Return why a review was written: the motive, and the experience behind it."""
    table = run.table("experiences")
    met = next(table[table["review"] == review.root].itertuples(index=False))
    motive = f"motive {plain(review.motive)}{', with an incentive' if review.incentivised else ''}"
    if not met.process:
        return f"{motive}; no experience with a process behind it"
    gap = met.disconfirmation
    against = "as expected" if abs(gap) < 0.005 else f"{abs(gap):.2f} {'above' if gap > 0 else 'below'} expectation"
    return f"{motive}; {plain(met.process)}{' failed' if met.failed else ''}: quality {met.quality:.2f}, {against}"


def purchase_words(run: RunFolder, review: Any) -> str:
    """Return the purchase of the author that led to the experience."""
    if review.purchase < 0:
        return f"{who(review.author)} had not bought {review.brand}"
    return sale_words(run, run.row("conversions", review.purchase))


def sale_words(run: RunFolder, sale: Any) -> str:
    """Return a sale in words: who bought what when, and its number."""
    return f"{deed(sale)} in {run.when(sale.step)} (sale {sale.conversion})"


def chain_text(run: RunFolder, links: list[Link]) -> str:
    """Return the chain of heaviest triggers from the sale back to its root cause, with the time at the left."""
    rows = []
    for sale, cause in links:
        rows.append((run.when(sale.step), f"{deed(sale)} (sale {sale.conversion})"))
        if cause.source != "review":
            rows.append(("", f"<- {percent(cause.share):>7}  {cause_words(sale, 'trigger', cause.source)}"))
            continue
        review = run.row("reviews", cause.review)
        way = f"review {cause.review}: {several(review.stars, 'star')}, {way_words(run, cause)}"
        rows += [("", f"<- {percent(cause.share):>7}  {way}"),
                 (run.when(review.step), f"{who(review.author)} wrote it: {experience_words(run, review)}")]
    wide = max(len(label) for label, _ in rows)
    lines = [fill(f"  {label:<{wide}}  {text}", " " * (wide + 7)) for label, text in rows]
    return "\n".join(["Back to the root cause, along the heaviest trigger", *lines,
                      fill(f"Root cause: {root_words(links[-1])}.")])


def root_words(link: Link) -> str:
    """Return the cause in which a chain ends."""
    if link.cause.source == "review":
        return f"{who(link.cause.author)} wrote about {link.sale.brand} without having bought it"
    return cause_words(link.sale, "trigger", link.cause.source)


def closing(link: Link) -> str:
    """Return what credit is not, and the command that would tell: a knock-out of the review that triggered the sale."""
    review = f" task.what=review:{link.cause.review} task.brand={link.sale.brand}" if link.cause.review >= 0 else ""
    return fill(CLOSING.format(what=review))


def deed(sale: Any) -> str:
    """Return who bought what."""
    return f"{who(sale.person)} {BOUGHT[sale.kind].format(brand=sale.brand)}"


def fill(text: str, rest: str = "") -> str:
    """Break a text into lines that fit a terminal; further lines begin with ``rest``."""
    return textwrap.fill(text, WIDTH, subsequent_indent=rest, break_on_hyphens=False)
