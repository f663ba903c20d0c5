"""A knock-out in plain words."""

from __future__ import annotations

import pandas as pd

from experiments.figures.words import number, several
from experiments.tasks.compare.words import amount
from experiments.tasks.knockout.targets import Target


def name_of(target: Target) -> str:
    """Return the target in words."""
    words = {"process": f"talk about {target.brand}'s {target.name}", "motive": f"posting out of {target.name}",
             "policy": f"{target.brand}'s policy {target.name}", "person": f"person {target.name}",
             "review": f"review {target.name}"}
    return words[target.kind].replace("_", " ")


def console(target: Target, table: pd.DataFrame, worlds: list[dict], params) -> str:
    """Return what the console says: the ledger's figures, the knock-out's, and their difference."""
    sales, npv = table.set_index("figure").loc[["sales", "npv"]].to_dict("records")
    where = "in this world" if target.of_one_world else f"mean of {several(len(worlds), 'world')}"
    lines = [f"{target.brand}'s sales that go back to {name_of(target)} ({where})", "",
             f"  ledger, what made people consider   {number(sales['ledger_trigger']):>10}",
             f"  ledger, what made people choose     {number(sales['ledger_persuasion']):>10}",
             f"  knock-out, sales gone without it    {amount(sales['knockout']):>10}{span(sales)}",
             f"  ledger less knock-out               "
             f"{amount(sales['ledger_trigger'] - sales['knockout']):>10}  (considering), "
             f"{amount(sales['ledger_persuasion'] - sales['knockout'])} (choosing)",
             f"  net present value gone without it   {amount(npv['knockout']):>10} {params.value.currency}{span(npv)}"]
    if "worth" in worlds[0]:
        lines += worth_lines(worlds[0]["worth"], params.value.currency)
    return "\n".join(lines)


def span(effect: dict) -> str:
    """Return the interval of an effect, nothing where one world is all there is."""
    return "" if effect["low"] != effect["low"] else f"  (95 %: {amount(effect['low'])} to {amount(effect['high'])})"


def worth_lines(worth: dict[str, float], currency: str) -> list[str]:
    """Return what a person is worth, in the terms of Kumar et al. (2010)."""
    return ["", f"  as a customer (CLV)                 {amount(worth['clv']):>10} {currency}",
            f"  by referral, type one (CRV)         {amount(worth['crv_type_one']):>10} {currency}  "
            f"({number(worth['referred'] - worth['referred_anyway'])} who would not have bought)",
            f"  by referral, type two (CRV)         {amount(worth['crv_type_two']):>10} {currency}  "
            f"({number(worth['referred_anyway'])} who would have bought anyway)",
            f"  by influence (CIV)                  {amount(worth['civ']):>10} {currency}  (all that changes when this "
            f"person falls silent)"]
