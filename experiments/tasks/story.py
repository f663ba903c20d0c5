"""task=story: the life of one person in a finished run, as a timeline.

What happened in one step is told in the order of the phases: purchases, experiences and reviews, re-shares, reading,
what brands did.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pandas as pd

from experiments.figures.words import CREDIT, listed, several
from experiments.tasks.run_folder import RunFolder, open_run, percent, plain, who
from experiments.tasks.trace import (
    INDENT,
    STAGES,
    WIDTH,
    cause_words,
    deed,
    experience_words,
    fill,
    sale_words,
    sources,
)
from simulation.params import ConfigError, Strict, parameter

WRITES_FILES = False
FEW = 3
"""How many of many are named: the heaviest."""

TRAITS = {"activity": "readiness to post and to pass on", "expertise": "knowledge of the product",
          "susceptibility": "weight of what is read", "reservation": "belief at which buying is even odds"}
LEVELS = ((0.1, "among the lowest"), (0.35, "lower than most"), (0.65, "middling"), (0.9, "higher than most"),
          (1.0, "among the highest"))


class Task(Strict):
    """Whose life in which run."""

    kind: Literal["story"]
    run: str = parameter("path", "assumption", doc="folder of a finished run")
    person: str | int = parameter("id", "assumption", doc="column id of people")


class Event(NamedTuple):
    """Something that happened to a person: when, the place of its phase in the step, and lines of text."""

    step: int
    place: int
    lines: list[str]


def main(config: dict, params, folder: Path) -> None:
    """Print the life of one person."""
    task = config["task"]
    run = open_run(task["run"])
    print(story_text(run, person_of(run, task["person"])))


def person_of(run: RunFolder, person: str | int) -> str:
    """Return the id if the run has this person; raises ConfigError."""
    ids = run.table("people")["id"]
    if not (ids == str(person)).any():
        raise ConfigError(f"task.person: must be the id of a person of this run; ids look like "
                          f"{', '.join(ids[:FEW])}; got {str(person)!r}")
    return str(person)


def story_text(run: RunFolder, person: str) -> str:
    """Return a life as text for a terminal."""
    people = run.table("people")
    row = people[people["id"] == person].iloc[0]
    parts = [title(run, row), traits(people, row), timeline(run, person), consequences(run, person), end(run, row)]
    return "\n\n".join(parts).replace("\u00a0", " ")


def title(run: RunFolder, row: pd.Series) -> str:
    """Return who this is: role, ties, rungs at the end, and the run."""
    job = f" of {row['employer']}" if row["employer"] else ""
    head = f"Story of {who(row['id'])}, {row['role']}{job}"
    rungs = listed([f"{row[f'rung_{brand}']} of {brand}" for brand in run.params.brands])
    ties = (f"{several(row['followers'], 'follower')}, follows {several(row['follows'], 'person', 'people')}, lives in "
            f"community {row['community']}")
    return "\n".join([fill(head), "=" * min(len(head), WIDTH), fill(f"{ties}; in the end {rungs}"),
                      fill(f"run {run.params.name}, seed {run.params.seed}, in {run.folder}")])


def traits(people: pd.DataFrame, row: pd.Series) -> str:
    """Return traits as number, place among all people, and meaning; own columns of the user as they are."""
    lines = [f"{name:<15} {row[name]:>6.2f}  {level(people[name], row[name]):<17}  {meaning}"
             for name, meaning in TRAITS.items()]
    own = [name for name in people if name.startswith("attribute_")]
    return "\n".join([*lines, *(fill(f"{name.removeprefix('attribute_'):<15} {row[name]}") for name in own)])


def level(values: pd.Series, value: float) -> str:
    """Return where a value stands among those of all people, ties counting half."""
    if values.min() == values.max():
        return "as everybody's"
    below = (values < value).mean() + (values == value).mean() / 2
    return next(word for edge, word in LEVELS if below <= edge)


def timeline(run: RunFolder, person: str) -> str:
    """Return what happened, step by step."""
    told = [*purchases(run, person), *hesitations(run, person), *posts(run, person), *readings(run, person),
            *attentions(run, person)]
    lines = []
    for step, events in groupby(sorted(told, key=lambda event: event[:2]), key=lambda event: event.step):
        label = run.when(step)
        for event in events:
            first, *rest = event.lines
            lines += [fill(f"{label:<10} {first}", INDENT + "  "),
                      *(fill(f"{INDENT}  {line}", INDENT + "    ") for line in rest)]
            label = ""
    note = ("(pull: weight of a reading times its distance from the belief; above 0 it speaks for the brand)"
            if run.params.output.ledger == "full" else
            "(What was read in each step is kept by runs with output.ledger=full only.)")
    return "\n".join([*(lines or ["Nothing happened to this person that the ledger keeps."]), note])


def purchases(run: RunFolder, person: str) -> Iterator[Event]:
    """Yield what the person bought or was given, with the heaviest causes of both stages."""
    table = run.table("conversions")
    for sale in table[table["person"] == person].itertuples(index=False):
        first = ", the first purchase of any brand" if sale.kind == "first" else ""
        price = "" if sale.kind == "seed" else f" for {run.money(sale.price)}"
        text = deed(sale).removeprefix(f"{who(person)} ")
        yield Event(sale.step, 1, [f"{text}{price}{first} (sale {sale.conversion})",
                                   f"considered because of {causes(run, sale, 'trigger')}",
                                   f"chosen because of {causes(run, sale, 'persuasion')}"])


def causes(run: RunFolder, sale: Any, stage: str) -> str:
    """Return the heaviest causes of one stage of a sale."""
    named = [(f"review {cause.review} by {who(cause.author)}" if cause.source == "review"
              else cause_words(sale, stage, cause.source), percent(cause.share))
             for cause in sources(run, sale.conversion, stage)]
    return "; ".join(few([f"{name} ({share})" for name, share in named]))


def few(texts: list[str]) -> list[str]:
    """Return the first texts and how many more there are."""
    return texts if len(texts) <= FEW + 1 else [*texts[:FEW], f"and {len(texts) - FEW} more"]


def hesitations(run: RunFolder, person: str) -> Iterator[Event]:
    """Yield the decisions on which bad reviews weighed, and by how much they lowered the chance to buy."""
    table = run.table("lost_sales")
    for (step, brand), rows in table[table["person"] == person].groupby(["step", "brand"]):
        heaviest = rows[rows["review"] >= 0].sort_values("sales", ascending=False)
        named = [f"review {row.review} by {who(row.author)}" for row in heaviest.itertuples(index=False)]
        points = f"{100 * rows['sales'].sum():.1f} points"
        yield Event(step, 0, [f"decided about {brand}; bad reviews had lowered the chance to buy it by {points}",
                              *(["; ".join(few(named))] if named else [])])


def posts(run: RunFolder, person: str) -> Iterator[Event]:
    """Yield the reviews that the person wrote, with the experience behind each, and those passed on."""
    table = run.table("reviews")
    for post in table[table["sharer"] == person].itertuples(index=False):
        if post.generation > 0:
            yield Event(post.step, 3, [f"passed on review {post.root} of {post.brand}: {several(post.stars, 'star')} "
                                       f"by {who(post.author)}"])
            continue
        votes = several(post.helpful, "helpful vote")
        yield Event(post.step, 2, [f"wrote review {post.review} of {post.brand}: {several(post.stars, 'star')}",
                                   experience_words(run, post), f"{several(post.readers, 'reading')}, {votes}"])


def readings(run: RunFolder, person: str) -> Iterator[Event]:
    """Yield what was read in each step, the heaviest by name; nothing where the run did not keep it."""
    if run.params.output.ledger != "full":
        return
    reads, columns = run.table("reads"), ["review", "root", "brand", "stars", "author"]
    table = reads[reads["reader"] == person].merge(run.table("reviews")[columns], on="review")
    table = table.sort_values("gain", key=abs, ascending=False, kind="stable")
    for step, rows in table.groupby("step"):
        named = [f"review {row.root} of {row.brand}, {several(row.stars, 'star')} by {who(row.author)} "
                 f"({row.channel}, pull {round(row.gain, 2) + 0.0:+.2f})" for row in rows.itertuples(index=False)]
        yield Event(step, 4, [f"read {several(len(rows), 'review')}", *few(named)] if len(named) > 1
                    else [f"read {named[0]}"])


def attentions(run: RunFolder, person: str) -> Iterator[Event]:
    """Yield what brands did for this person by name: answers, gifts with their lasting incentive."""
    table = run.table("decisions")
    for row in table[table["person"] == person].itertuples(index=False):
        deeds = {"answer": "answered the complaint",
                 "seed": f"offered its product as a gift, and a lasting incentive of {row.amount:g} to review it"}
        text = f"{row.brand} {deeds.get(row.action, plain(row.action))}"
        yield Event(row.step, 5, [f"{text} (policy {row.policy}, {run.money(row.cost)})"])


def consequences(run: RunFolder, person: str) -> str:
    """Return which sales were credited to the person's reviews and re-shares, and what they cost elsewhere."""
    credits, lost = run.table("credits"), run.table("lost_sales")
    wrote, shared = credits["author"] == person, credits["sharer"] == person
    lost = lost[lost["author"] == person].groupby("review")["sales"].sum().sort_values(ascending=False)
    lines = [*credited(run, credits[wrote], "reviews written"),
             *credited(run, credits[shared & ~wrote], "reviews passed on")]
    if len(lost):
        lines += [f"  {lost.sum():.2f} expected sales lost where reviews written spoke against a brand (direct effect)",
                  *(f"    review {review}: {sales:.2f}" for review, sales in lost.head(FEW).items())]
    nothing = ["  no sale, won or lost, is credited to posts of this person"]
    return "\n".join([f"What came of it ({CREDIT})", *(lines or nothing)])


def credited(run: RunFolder, credits: pd.DataFrame, what: str) -> list[str]:
    """Return how many sales are credited to some posts, by how much, and the sales with the largest shares."""
    if credits.empty:
        return []
    shares = credits.pivot_table(index="conversion", columns="stage", values="share", aggfunc="sum", fill_value=0.0)
    shares = shares.reindex(columns=list(STAGES), fill_value=0.0)
    sums = ", ".join(f"{stage} {shares[stage].sum():.2f}" for stage in STAGES)
    lines = [f"  {several(len(shares), 'sale')} credited to {what} (sums of shares: {sums})"]
    for sale in shares.sum(axis=1).sort_values(ascending=False, kind="stable").index[:FEW]:
        split = ", ".join(f"{stage} {percent(shares[stage][sale])}" for stage in STAGES if shares[stage][sale] > 0)
        lines.append(f"    {sale_words(run, run.row('conversions', sale))}: {split}")
    return [fill(line, " " * 6) for line in lines]


def end(run: RunFolder, row: pd.Series) -> str:
    """Return where the person stands with every brand at the end."""
    lines = [f"At the end, owner of {row['owns'] or 'nothing'}"]
    for brand in run.params.brands:
        n, felt, bought = row[f"times_bought_{brand}"], "", "never bought"
        if n:
            bought = f"bought {several(n, 'time')}, first in {run.when(row[f'adopted_at_{brand}'])}"
            felt = f", satisfaction {row[f'satisfaction_{brand}']:.2f}, advocacy {row[f'advocacy_{brand}']:+.2f}"
        seen = row[f"rung_estimated_{brand}"] or "unknown"
        lines.append(fill(f"  {brand}: {row[f'rung_{brand}']} (in the eyes of the brand: {seen}); {bought}; belief "
                          f"{row[f'belief_{brand}']:.2f}{felt}", "    "))
    return "\n".join(lines)
