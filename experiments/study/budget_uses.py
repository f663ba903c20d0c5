"""Uses of money: how a policy spends a share of it, what it may cost at most, and the market with it.

Money is turned into the size of a policy so that it cannot spend more, and lasts ``over`` steps:

    fix_named, fix_worst   spend = money / over per step
    seed                   count = floor(money / price), at once
    advertise              amount = money / (over price people), 1 at most
    recover, community     a whole number per step: floor(money / (over price)), 1 at least, for fewer steps if need be

What a whole number cannot buy, and what finds nobody to be spent on, stays unspent.  The price of an effect is the
parameter ``PRICES`` of the kind; all others stay what the user wrote.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from experiments.study.scenarios import everything_recorded, named, words_of_the_command
from simulation.config.compose import check_params, compose
from simulation.config.schema import Params
from simulation.params import ConfigError, Strict
from simulation.policies import PolicyKind
from simulation.policies.base import Policy, affordable

PRICES = {"fix_named": "spend_scale", "fix_worst": "spend_scale", "seed": "cost_per_seed",
          "advertise": "cost_per_person_reached", "recover": "cost_per_answer", "community": "cost_per_introduction"}
"""What makes an effect dearer, by kind of policy; ``spend_scale`` belongs to the process."""

MOST = {"seed": 10_000_000, "recover": 10_000_000, "community": 1_000_000}
"""The largest number that such a policy takes."""

Shares = Mapping[str, float]


class Money(Strict):
    """Parameters of a task that spends the same money in different ways."""

    budget: Annotated[float, Field(gt=0, le=1e12)]
    brand: str
    process: str
    over: Annotated[int, Field(ge=1, le=1_000_000)]
    uses: Annotated[dict[str, PolicyKind], Field(min_length=1)]
    replicates: Annotated[int, Field(ge=2, le=1_000_000)]
    workers: Literal["auto"] | Annotated[int, Field(ge=1, le=1024)]


@dataclass(frozen=True)
class SpendingMarket:
    """The market in which money is spent: the words of the command on the baseline, ``task.brand`` idle."""

    task: Money
    config: dict
    plugins: tuple[str, ...]
    params: Params
    people: int

    def spending(self, shares: Shares, prices: Shares | None = None) -> Params:
        """Return the market in which the money is spent so; ``prices`` multiplies the price of an effect by use."""
        config, prices = copy.deepcopy(self.config), dict(prices or {})
        brand = config["brands"][self.task.brand]
        for use, share in shares.items():
            policy = self.task.uses[use]
            for process in repaired(policy, brand["processes"]) if share > 0 else ():
                before = self.config["brands"][self.task.brand]["processes"][process]["spend_scale"]
                brand["processes"][process]["spend_scale"] = before * prices.get(use, 1.0)
            funded = fund(policy, share * self.task.budget, self.task.over, self.people, prices.get(use, 1.0))
            if funded is not None:
                brand["policies"][use] = funded.model_dump(mode="json")
        return check_params(config, self.plugins)


def spending_market(task: Money, params: Params) -> SpendingMarket:
    """Return the market of the running command; raises ConfigError with every problem of brand and uses."""
    config = compose(*words_of_the_command(scenario="baseline"))
    plain = check_params(config, params.PACKAGES)
    named(list(plain.brands), task.brand, "task.brand")
    brand = config["brands"][task.brand]
    problems = [line for use, policy in task.uses.items() for line in wrong(use, policy, task, plain)]
    problems += problems_of(everything_recorded, plain)
    if problems:
        raise ConfigError(problems)
    brand |= {"policies": {}, "budget": 0.0, "initial_budget": task.budget}
    return SpendingMarket(task, config, params.PACKAGES, check_params(config, params.PACKAGES),
                  plain.network.size(plain.population.size))


def wrong(use: str, policy: Policy, task: Money, params: Params) -> Iterable[str]:
    """Yield what is wrong with one use of money."""
    at = f"task.uses.{use}"
    if policy.kind not in PRICES:
        yield f"{at}.kind: must be {', '.join(PRICES)}, got {policy.kind!r}, whose costs nothing limits"
        return
    if policy.kind == "fix_named":
        place = "task.process" if policy.process == task.process else f"{at}.process"
        yield from problems_of(named, list(params.brands[task.brand].processes), policy.process, place)
    if getattr(policy, PRICES[policy.kind], 1.0) <= 0.0:
        yield f"{at}.{PRICES[policy.kind]}: must be above 0, or money buys without end, got 0"
    last = policy.start + (1 if policy.kind == "seed" else task.over) - 1
    if last > params.steps:
        yield (f"task.over: must be at most {max(params.steps - policy.start + 1, 0)} for {use} (it starts in step "
               f"{policy.start} of {params.steps}), got {task.over}")


def problems_of(check: Callable, *what) -> list[str]:
    """Return what a check complains about, instead of raising it."""
    try:
        check(*what)
    except ConfigError as error:
        return error.problems
    return []


def check_shares(shares: Shares, task: Money, where: str) -> list[str]:
    """Return what is wrong with the shares of one option."""
    problems = [line for use in shares for line in problems_of(named, list(task.uses), use, where)]
    problems += [f"{where}.{use}: must be a number in [0, 1], got {share:g}" for use, share in shares.items()
                 if not 0.0 <= share <= 1.0]
    if sum(shares.values()) > 1.0 + 1e-9:
        problems.append(f"{where}: shares must sum to at most 1, got {sum(shares.values()):g}")
    return problems


def repaired(policy: Policy, processes: Iterable[str]) -> tuple[str, ...]:
    """Return the processes whose ``spend_scale`` is the price of this policy."""
    if PRICES[policy.kind] != "spend_scale":
        return ()
    return (policy.process,) if policy.kind == "fix_named" else tuple(processes)


def fund(policy: Policy, money: float, over: int, people: int, price: float = 1.0) -> Policy | None:
    """Return the policy of the size that ``money`` pays for, None if it pays for nothing.

    ``price`` multiplies the price of an effect, except that of a repair, which belongs to the process.
    """
    name, last = PRICES[policy.kind], policy.start + over - 1
    cost = getattr(policy, name, 0.0) * price
    sizes = {"fix_named": {"spend": money / over, "limit": money, "stop": last},
             "fix_worst": {"spend": money / over, "stop": last}}.get(policy.kind)
    if sizes is None and policy.kind == "advertise":
        sizes = {name: cost, "amount": min(1.0, money / (over * cost * people)), "stop": last}
    elif sizes is None:
        sizes = {name: cost} | whole(policy, money, over, cost)
    bought = next(sizes[key] for key in ("spend", "amount", "count", "per_step", "pairs") if key in sizes)
    return policy.model_copy(update=sizes) if bought > 0 else None


def whole(policy: Policy, money: float, over: int, cost: float) -> dict:
    """Return the sizes of a policy that buys a whole number: of people at once, or of answers or pairs per step."""
    most = MOST[policy.kind]
    if policy.kind == "seed":
        return {"count": affordable(most, cost, money)}
    each = min(max(1, affordable(most, over * cost, money)), most)
    steps = affordable(over, each * cost, money)
    size = "per_step" if policy.kind == "recover" else "pairs"
    return {size: each if steps else 0, "stop": policy.start + max(steps, 1) - 1}
