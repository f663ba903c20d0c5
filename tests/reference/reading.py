"""Who reads what and what it weighs: by the docstring of phases/exposure/phase.py."""

from __future__ import annotations

from .world import ONE

FEED, SITE = 0, 1


def exposure(world):
    """Read, count once, add up, vote, decide what to pass on."""
    candidates = feed_reads(world) + site_reads(world)
    counted = count_once(world, candidates)
    world.reads_now = counted
    for read in counted:
        world.reads.append(read)
        world.reads_of.setdefault((read["reader"], world.posts[read["post"]]["brand"]), []).append(read)
    add_up(world, counted)
    vote(world, counted)
    share(world, counted)


def links(world):
    """Return the followers of each person in this step: ties and meetings."""
    network = world.params.network
    met = [list(row) for row in world.followers]
    if network.meetings.kind == "matching":
        order = sorted(range(world.n), key=lambda i: world.luck.uniform("MEETING", world.step, i, 0))
        half = world.n // 2
        for one, other in zip(order[:half], order[half:2 * half], strict=True):
            met[one].append((other, network.meetings.strength, 1.0))
            met[other].append((one, network.meetings.strength, 1.0))
    return met


def feed_reads(world):
    """Return all readings on the feed."""
    reads, followers = [], links(world)
    for row in range(world.first_post, len(world.posts)):
        post = world.posts[row]
        for reader, strength, visibility in followers[post["sharer"]]:
            if reader == post["author"]:
                continue
            if world.luck.pair("FEED_READ", reader, post["key"]) < world.params.feed.attention * visibility:
                reads.append(read_of(world, reader, row, FEED, strength))
    return reads


def site_reads(world):
    """Return all readings on the site."""
    rule, reads = world.params.site, []
    for i in range(world.n):
        for b in range(len(world.brands)):
            if world.considering[i][b]:
                shown = world.site[b] if rule.choice == "random" else world.site[b][-rule.memory:]
                others = [row for row in shown if world.posts[row]["author"] != i]
                order = sorted(others, key=lambda row, i=i: site_rank(world, i, row))
                reads += [read_of(world, i, row, SITE, rule.strength) for row in order[:rule.reads]]
    return reads


def site_rank(world, i, row):
    """Return what sorts the reviews on the site; the smallest are read."""
    post = world.posts[row]
    luck = world.luck.pair("SITE_ORDER", i, post["key"])
    if world.params.site.choice != "helpful":
        return luck
    help_ = credibility(world, post) * (1.0 + abs(2.0 * post["valence"] - 1.0)) + post["helpful"]
    return -help_, luck      # among equals in the reader's own order


def credibility(world, post):
    """Return the credibility of an author before any motive is noticed."""
    rule = world.params.reading
    return rule.credibility_floor + rule.credibility_expertise * world.expertise[post["author"]]


def weight_of(world, reader, post, strength):
    """Return what a review weighs with a reader."""
    rule, belief = world.params.reading, world.belief[reader][post["brand"]]
    if abs(post["valence"] - belief) > getattr(world.params.belief, "epsilon", 1.0):
        return 0.0
    believed = credibility(world, post)
    discount = {motive.code: motive.discount for motive in world.motives}[post["motive"]]
    if world.luck.pair("NOTICE", reader, world.posts[post["root"]]["key"]) < rule.detect:
        believed *= 1.0 - discount
    weight = rule.evidence * strength * believed * world.susceptibility[reader]
    return weight * rule.negativity if post["valence"] < belief else weight


def read_of(world, reader, row, channel, strength):
    """Return one reading."""
    post = world.posts[row]
    weight = weight_of(world, reader, post, strength)
    gain = weight * (post["valence"] - world.belief[reader][post["brand"]])
    return {"reader": reader, "post": row, "step": world.step, "channel": channel, "weight": weight, "gain": gain,
            "strength": strength, "root": post["root"]}


def count_once(world, candidates):
    """Keep the heaviest reading of each reader and root; among equals that of the smallest key."""
    best = {}
    for read in candidates:
        place, key = (read["reader"], read["root"]), world.posts[read["post"]]["key"]
        rank = (-read["weight"], key)
        if place not in best or rank < best[place][0]:
            best[place] = (rank, read)
    return [read for _, read in best.values()]


def add_up(world, counted):
    """Sum weights and values by reader and brand."""
    columns = ("reads_weight", "reads_value", "good_weight", "good_value", "reads_trigger")
    for name in columns:
        setattr(world, name, [[0] * len(world.brands) for _ in range(world.n)])
    world.reads_feed, world.reads_site = [0] * len(world.brands), [0] * len(world.brands)
    for read in counted:
        i, post = read["reader"], world.posts[read["post"]]
        (world.reads_feed if read["channel"] == FEED else world.reads_site)[post["brand"]] += 1
        b, y, w = post["brand"], post["valence"], read["weight"]
        reminder = read["strength"] * max(0.0, 2.0 * y - 1.0) if read["channel"] == FEED else 0.0
        good = y >= world.belief[i][b]
        amounts = (w, w * y, w if good else 0.0, w * y if good else 0.0, reminder)
        for name, amount in zip(columns, amounts, strict=True):
            getattr(world, name)[i][b] += round(amount * ONE)


def vote(world, counted):
    """Count readers and helpful votes."""
    for read in counted:
        root = world.posts[world.posts[read["post"]]["root"]]
        root["readers"] += 1
        if read["channel"] == SITE:
            chance = world.params.site.helpful_votes * credibility(world, root)
            root["helpful"] += int(world.luck.pair("HELPFUL", read["reader"], root["key"]) < chance)


def share(world, counted):
    """Decide what feed readers pass on in the next step."""
    feed = world.params.feed
    for read in counted:
        post = world.posts[read["post"]]
        generation = post["generation"] + 1
        if read["channel"] != FEED or generation > feed.generations:
            continue
        factor = feed.bad_news if post["valence"] < 0.5 else world.sharing_factor[post["brand"]]
        chance = feed.reshare * min(1.0, world.activity[read["reader"]]) * feed.novelty**generation * factor
        if world.luck.pair("RESHARE", read["reader"], post["key"]) < min(1.0, chance):
            world.shares.append((read["post"], read["reader"]))
