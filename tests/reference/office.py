"""Feedback finds its unit, by the docstrings of phases/organisation and world/back_office.py."""

from __future__ import annotations

import math

from .world import NONE

COMPLAINT, PRAISE, IDEA = range(3)
RIGHT, WRONG, RELAY = range(3)
FEED, TICKET_COST = 0, 6


class Office:
    """The back office of a brand: its units with their queues, and how far its processes have come."""

    def __init__(self, world, b, first_unit):
        self.brand, self.rules, self.first_unit = b, world.brands[b].organisation, first_unit
        self.units = [Unit(unit) for unit in self.rules.units.values()]
        self.kept_failure = {process.row: 1.0 for process in world.processes_of(b)}
        self.kept_missing = dict(self.kept_failure)
        self.spent = {process.row: 0.0 for process in world.processes_of(b)}
        self.owner = {}
        for process in world.processes_of(b):
            for number, unit in enumerate(self.units):
                if process.name in unit.rules.processes:
                    self.owner[process.row] = number
        self.due = []


class Unit:
    """Servers who work on tickets, one by one; ``free`` are the times at which they are free again."""

    def __init__(self, rules):
        self.rules, self.free, self.open = rules, [0.0] * rules.servers, []

    def advance(self, end):
        """Start tickets in their order until ``end``; return them (they may finish later)."""
        started = []
        while self.open:
            server = min(range(len(self.free)), key=lambda j: self.free[j])
            time = max(self.free[server], min(ticket["joins"] for ticket in self.open))
            if time >= end:
                break
            ticket = min((ticket for ticket in self.open if ticket["joins"] <= time), key=self.rank)
            self.open.remove(ticket)
            ticket["start"], ticket["ends"] = time, time + ticket["service"]
            self.free[server] = ticket["ends"]
            started.append(ticket)
        return started

    def rank(self, ticket):
        """Return what decides who is served next."""
        reach = -ticket["reach"] if self.rules.order == "reach" else 0.0
        return reach, ticket["joins"], ticket["key"]


def organisation(world):
    """File, route, work and improve."""
    for office in world.offices:
        take_relayed(world, office)
        take_seen(world, office)
        take_outside(world, office)
        work(world, office)
        improve(world, office)


def kind_of(post, sentiment):
    """Return the kind of a feedback item, or None."""
    if post["idea"] > 0.0:
        return IDEA
    return COMPLAINT if sentiment < 0 else PRAISE if sentiment > 0 else None


def take_relayed(world, office):
    """Take what employees read on the feed and carry to the right unit."""
    roots = set()
    for read in world.reads_now:
        if read["channel"] != FEED or world.employer[read["reader"]] != office.brand:
            continue
        post = world.posts[read["root"]]
        matters = post["stars"] <= 2 or post["idea"] > 0.0
        carries = world.luck.pair("RELAY", read["reader"], post["key"]) < office.rules.relay
        if post["brand"] == office.brand and matters and carries:
            roots.add(read["root"])
    for row in sorted(roots):
        post = world.posts[row]
        if row not in world.ticket_of and post["process"] in office.owner:
            open_ticket(world, office, row, IDEA if post["idea"] > 0.0 else COMPLAINT, RELAY)


def take_seen(world, office):
    """Triage and route what the brand saw."""
    b, luck, rules = office.brand, world.luck, office.rules
    for item in world.known[b].seen:
        post = world.posts[item["post"]]
        kind = kind_of(post, item["sentiment"])
        if kind is None or item["post"] in world.ticket_of or post["process"] not in office.owner:
            continue
        if luck.pair("TICKET_HANDLED", b, post["key"]) >= rules.handled_share:
            continue
        unit, units = office.owner[item["process"]], len(office.units)
        if units > 1 and luck.pair("TICKET_ROUTE", b, post["key"]) >= rules.routing_accuracy:
            unit = (unit + 1 + int(luck.pair("TICKET_ROUTE_WRONG", b, post["key"]) * (units - 1))) % units
        open_ticket(world, office, item["post"], kind, RIGHT if unit == office.owner[post["process"]] else WRONG)


def open_ticket(world, office, row, kind, route):
    """Send a ticket to the owner of the true process, sooner or later."""
    post, b = world.posts[row], office.brand
    unit = office.units[office.owner[post["process"]]]
    arrival = world.step + world.luck.pair("TICKET_ARRIVAL", b, post["key"])
    ticket = {"brand": b, "kind": kind, "post": row, "process": post["process"],
              "unit": office.owner[post["process"]], "route": route, "key": post["key"],
              "arrival": arrival, "joins": arrival + (office.rules.bounce_delay if route == WRONG else 0.0),
              "start": math.nan, "finish": math.nan, "effective": NONE,
              "reach": world.params.feed.attention * len(world.followers[post["author"]]),
              "service": service_time(unit.rules, world.luck.pair("TICKET_SERVICE", b, post["key"])),
              "strength": post["idea"], "stars": post["stars"]}
    world.ticket_of[row] = ticket
    world.tickets.append(ticket)
    unit.open.append(ticket)


def service_time(rules, u):
    """Return the work on a ticket."""
    return rules.service_time if rules.service == "fixed" else -rules.service_time * math.log(1.0 - u)


def take_outside(world, office):
    """Let tickets from outside arrive."""
    for number, unit in enumerate(office.units, office.first_unit):
        count = poisson_quantile(unit.rules.inflow, world.luck.uniform("INFLOW", world.step, number, 0))
        for j in range(count):
            u = world.luck.uniform("INFLOW_SERVICE", world.step, j, number)
            unit.open.append({"joins": world.step + world.luck.uniform("INFLOW", world.step, j, 1 + number),
                              "key": j, "reach": 0.0, "service": service_time(unit.rules, u), "kind": None})


def poisson_quantile(mean, u):
    """Return the smallest k with P(Poisson(mean) <= k) >= u."""
    k, term = 0, math.exp(-mean)
    total = term
    while total < u:
        k += 1
        term *= mean / k
        total += term
    return k


def work(world, office):
    """Advance the queues to the end of the step; pay for finished tickets."""
    for unit in office.units:
        for ticket in unit.advance(world.step + 1.0):
            if ticket["kind"] is not None:
                office.due.append(ticket)
    finished = [ticket for ticket in office.due if ticket["effective"] < 0 and ticket["ends"] < world.step + 1]
    for ticket in finished:
        ticket["finish"] = ticket["ends"]
        ticket["effective"] = math.floor(ticket["finish"]) + 1 + office.rules.lead_time
    if finished and office.rules.ticket_cost > 0.0:
        world.costs.append({"step": world.step, "brand": office.brand, "item": TICKET_COST,
                            "amount": len(finished) * office.rules.ticket_cost})


def improve(world, office):
    """Apply what acts from the start of the next step."""
    customers = max(1, sum(1 for i in range(world.n) if world.owned[i] == office.brand))
    for ticket in [t for t in office.due if 0 <= t["effective"] <= world.step + 1]:
        office.due.remove(ticket)
        k = ticket["process"]
        if ticket["kind"] == COMPLAINT and ticket["stars"] <= 3:
            office.kept_failure[k] *= 1.0 - min(1.0, office.rules.fix_effect / customers)
        if ticket["kind"] == IDEA:
            office.kept_missing[k] *= 1.0 - office.rules.idea_effect * ticket["strength"]
    for order in [order for order in world.orders if order["process"] in office.spent]:
        if order["effective"] <= world.step + 1:
            world.orders.remove(order)
            office.spent[order["process"]] += order["money"]
    for process in world.processes_of(office.brand):
        k, values = process.row, process.values
        avoidable = max(0.0, values.failure_rate - values.failure_floor)
        missing = max(0.0, values.quality_ceiling - values.quality)
        left = office.kept_failure[k] * math.exp(-office.spent[k] / values.spend_scale)
        world.improved_failure[k] = avoidable * (1.0 - left)
        world.improved_quality[k] = missing * (1.0 - office.kept_missing[k])
