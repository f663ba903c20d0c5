"""An audit in plain words: a sentence per channel, and the table on the console."""

from __future__ import annotations

import pandas as pd

from experiments.figures.words import number, percent, several, step_word
from experiments.tasks.audit.measure import KNOCKOUT, METHODS, TEST
from experiments.tasks.audit.tables import channels_used, in_shares

IN_WORDS = {"advertising": "advertising", "feed": "word of mouth", "site": "the review site", "gifts": "gifts",
            "experience": "own experience"}
TITLES = {"advertising": "advertising", "feed": "word of mouth", "site": "review site", "gifts": "gifts",
          "experience": "own experience", "none": "nobody", "unknown": "do not know", "all": "sum"}


def console(task, params, table: pd.DataFrame, worlds: int) -> str:
    """Return what the console says: what was run, the table in percent, a sentence per channel."""
    shares = in_shares(table)
    return "\n".join([scope(task, params, table, worlds), "", *grid(shares, channels_used(table)), "",
                      *sentences(shares, channels_used(table)), *remarks(shares, task)])


def scope(task, params, table: pd.DataFrame, worlds: int) -> str:
    """Return brand, sales, worlds, people and time in a sentence."""
    word = step_word(params)
    since = "" if task.start == 1 else f" from {word} {task.start} on"
    total = table.loc[table["channel"] == "all", "sales"].iloc[1]
    return (f"{task.brand}: {number(round(total))} sales per world{since}, in {several(worlds, 'world')} of "
            f"{params.population.size:,} people and {several(params.steps, word)}")


def grid(shares: pd.DataFrame, used: list[str]) -> list[str]:
    """Return the lines of the table: methods by channels, in percent of all sales."""
    names = [*used, "none", "unknown", "all"]
    table = shares["sales"].unstack("channel")
    width = [len(TITLES[name]) + 3 for name in names]
    head = f"{'% of sales':18}" + "".join(f"{TITLES[name]:>{w}}" for name, w in zip(names, width, strict=True))
    return [head, *(f"{method:18}" + "".join(f"{cell(table.loc[method, name]):>{w}}"
                                             for name, w in zip(names, width, strict=True))
                    for method in (KNOCKOUT, *METHODS))]


def cell(share: float) -> str:
    """Return a share as a number of percent, a dash where it was not computed."""
    return "-" if share != share else percent(0.0 if abs(share) < 0.0005 else share).removesuffix("\u00a0%")


def sentences(shares: pd.DataFrame, used: list[str]) -> list[str]:
    """Return one sentence per channel: what last touch gives it, what would be gone, and who comes nearest."""
    return [f"Last touch gives {claim(shares, channel)} (95 %: {span(shares.loc[KNOCKOUT, channel])}). "
            f"{nearest(shares, channel)}" for channel in used]


def claim(shares: pd.DataFrame, channel: str, whose: str = "") -> str:
    """Return 'advertising 40 % of sales; without it 71 % would be gone', or what else the knock-out found."""
    truth, them = shares.loc[KNOCKOUT, channel], "them" if channel == "gifts" else "it"
    given = f"{IN_WORDS[channel]} {percent(shares.loc[('last touch', channel), 'sales'])} of {whose}sales"
    if truth["low"] == truth["high"] == 0:
        return f"{given}; without {them} nothing would change"
    if truth["low"] <= 0 <= truth["high"]:
        small = max(-truth["low"], truth["high"]) < 0.05
        return f"{given}; without {them} {'hardly any' if small else 'perhaps none'} would be gone"
    if truth["sales"] < 0:
        return f"{given}; without {them} there would be {percent(-truth['sales'])} more"
    return f"{given}; without {them} {percent(truth['sales'])} would be gone"


def span(effect: pd.Series) -> str:
    """Return the interval of a share, in percent: '69 to 73 %'."""
    return f"{cell(effect['low'])} to {cell(effect['high'])}\u00a0%".replace("-", "\u2212")


def nearest(shares: pd.DataFrame, channel: str) -> str:
    """Return which other method is least wrong about a channel."""
    errors = shares["error"].xs(channel, level="channel").abs().dropna()
    best = errors.drop("last touch").idxmin()
    if errors[best] > errors["last touch"] - 0.005:
        return "No other comes nearer."
    return f"Nearest comes {article(best)} ({percent(shares.loc[(best, channel), 'sales'])})."


def article(method: str) -> str:
    """Return a method as it stands in a sentence."""
    return method if method in ("last touch", "first touch", "linear", "time decay") else f"the {method}"


def remarks(shares: pd.DataFrame, task) -> list[str]:
    """Return what the holdout test says of advertising, what the knock-outs add up to, and what to ask instead."""
    test, truth = shares.loc[(TEST, "advertising")], shares.loc[(KNOCKOUT, "advertising"), "sales"]
    lines = []
    if truth != 0:
        lines.append(f"The holdout test finds {percent(test['sales'])} for advertising, where {percent(truth)} would "
                     f"be gone: {verdict(test)}.")
    lines.append(f"The knock-outs add up to {percent(shares.loc[(KNOCKOUT, 'all'), 'sales'])} of sales. They need not "
                 "make 100 %: a sale that needs two channels counts in both, and one that either of two would have "
                 "made counts in none.")
    if truth > 0.995 and task.start == 1:
        lines.append("Without advertising nobody begins to buy here. To ask what it does in a market that is under "
                     "way, set task.start, for example task.start=53.")
    return lines


def verdict(test: pd.Series) -> str:
    """Return why a holdout test is right or wrong."""
    if test["error_high"] < 0:
        return "word of mouth carries advertising on to those who were held out, and the test cannot see it"
    return "it says too much here" if test["error_low"] > 0 else "the two cannot be told apart"


def headline(shares: pd.DataFrame, used: list[str], brand: str) -> str:
    """Return the finding: the channel about which last touch is most wrong."""
    errors = shares.loc["last touch", "error"].reindex(used).abs()
    if not errors.max() > 0:
        return f"Last touch is right about {brand}'s sales"
    return f"Last touch gives {claim(shares, errors.idxmax(), whose=brand + chr(39) + 's ')}"
