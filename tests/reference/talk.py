"""Who posts, out of which motive, and what: by the docstrings of phases/review and motives/*.py."""

from __future__ import annotations

import math

from .luck import f4, reshare_key, review_key
from .world import NONE, clip

BRAND_STRIDE = 256
IDEA_MOTIVES = ("concern", "helping_company")
ALWAYS, ADOPTION = ("opinion",), ("on_adoption",)


def review(world):
    """Append the reviews of this step, then the re-shares."""
    world.first_post = len(world.posts)
    for i in range(world.n):
        for b in range(len(world.brands)):
            motive = motive_of(world, i, b)
            if motive is not None and world.silent[i][b] == 0 and is_spoken_of(world, world.last_cause[i][b]):
                write_review(world, i, b, motive)
    show_on_site(world)
    pass_on(world)


def is_spoken_of(world, process):
    """Tell whether people may write about a process."""
    return process < 0 or not world.unspoken[process]


def is_occasion(world, i, b, kind):
    """Tell whether a motive of this kind may fire; employees never rate their own brand."""
    owns = world.owned[i] == b
    if world.employer[i] == b:
        return False
    if kind in ALWAYS:
        return bool(world.launched[b])
    if kind in ADOPTION:
        return world.bought_now[i] and owns
    if owns:
        return world.processes_met[i] > 0
    since = world.step - world.left_at[i][b]
    lapsed = world.left_at[i][b] >= 0 and world.owned[i] < 0 and world.last_cause[i][b] >= 0
    return lapsed and 0 < since <= world.params.talk.lapsed_talk


def felt_quality(world, i, b, kind):
    """Return (S, d) of the occasion."""
    if kind in ALWAYS:
        return world.belief[i][b], 0.0
    if kind in ADOPTION and world.processes_met[i] == 0:
        return world.belief[i][b], 0.0
    return world.last_evaluation[i][b], world.last_gap[i][b]


def motive_of(world, i, b):
    """Return the firing motive with the largest trigger, the first of the config among equals."""
    best, largest = None, -1.0
    for m, motive in enumerate(world.motives):
        if not is_occasion(world, i, b, motive.kind):
            continue
        strength = trigger_of(world, i, b, motive)
        chance = probability(world, i, b, m, motive, strength) * answered(world, i, b, motive.kind)
        u = world.luck.uniform("MOTIVE_FIRES", world.step, i, motive.code + BRAND_STRIDE * b)
        if u < chance and strength > largest:
            best, largest = motive, strength
    return best


def answered(world, i, b, kind):
    """Return the factor by which a brand that answers changes posting."""
    s, _ = felt_quality(world, i, b, kind)
    return world.posting_negative[b] if s < 0.5 else world.posting_positive[b]


def trigger_of(world, i, b, motive):
    """Return the strength of a motive."""
    s, d = felt_quality(world, i, b, motive.kind)
    if motive.kind == "venting":
        return motive.slope * max(-d, 0.0)
    if motive.kind == "concern":
        return motive.slope * abs(d)
    if motive.kind == "self_enhancement":
        audience = math.log(1 + len(world.followers[i])) / math.log(1 + motive.followers_reference)
        return motive.slope * max(d, 0.0) * min(1.0, audience)
    if motive.kind == "helping_company":
        return motive.slope * max(s - motive.threshold, 0.0)
    if motive.kind == "social_benefits":
        return motive.level
    if motive.kind == "incentive":
        return offered(world, i, b)
    if motive.kind == "polarity":
        extreme = (stars_of(s + noise(world, i, b)) - 3) / 2
        return motive.floor + (motive.positive if extreme >= 0 else motive.negative) * extreme**2
    return 1.0


def offered(world, i, b):
    """Return what the brand offers this person for a review."""
    return max(world.offer[b], world.engaged[i][b])


def probability(world, i, b, m, motive, strength):
    """Return the chance that a motive fires."""
    if motive.kind == "polarity":
        return clip(motive.weight * strength)
    if motive.kind in ("everybody", "opinion", "on_adoption"):
        return min(motive.weight, 1.0)
    cause = world.last_cause[i][b]
    salience = world.processes[cause].values.salience if cause >= 0 else 1.0
    weight = motive.weight * world.motive_weight[i][m]
    return clip(world.activity[i] * world.params.talk.base * salience * weight * strength)


def noise(world, i, b):
    """Return how far a rating misses what was felt."""
    return world.params.talk.rating_noise * world.luck.normal("RATING_NOISE", world.step, i, b)


def stars_of(rating):
    """Return 1 .. 5 stars."""
    return 1 + round(4.0 * clip(rating))


def write_review(world, i, b, motive):
    """Append one review."""
    s, d = felt_quality(world, i, b, motive.kind)
    stars, row = stars_of(s + motive.bias + noise(world, i, b)), len(world.posts)
    valence = world.belief[i][b] if world.params.talk.expression == "belief" else (stars - 1) / 4.0
    world.posts.append({
        "step": world.step, "author": i, "sharer": i, "brand": b, "process": world.last_cause[i][b],
        "stars": stars, "valence": valence, "motive": motive.code, "incentivised": int(offered(world, i, b) > 0.0),
        "idea": idea_of(world, i, b, motive), "key": review_key(i, b, world.step), "root": row, "parent": NONE,
        "generation": 0, "purchase": world.last_purchase[i][b], "quality": world.last_quality[i][b],
        "gap": d, "failed": world.last_failed[i][b], "evaluation": s, "readers": 0, "helpful": 0})


def idea_of(world, i, b, motive):
    """Return the strength of the idea that the review carries, 0 for none."""
    talk, luck = world.params.talk, world.luck
    if motive.kind not in IDEA_MOTIVES or luck.uniform("IDEA", world.step, i, b) >= talk.idea_share:
        return 0.0
    strength = luck.beta("IDEA_STRENGTH", world.step, i, talk.idea_a, talk.idea_b, b)
    return f4(world.expertise[i] * strength)


def show_on_site(world):
    """Put the reviews of this step on the site in the order of their keys."""
    fresh = sorted(range(world.first_post, len(world.posts)), key=lambda row: world.posts[row]["key"])
    for row in fresh:
        world.site[world.posts[row]["brand"]].append(row)


def pass_on(world):
    """Append the re-shares decided in the step before, each person and root once."""
    for post, sharer in sorted(world.shares):
        root = world.posts[post]["root"]
        if (sharer, root) in world.passed_on or world.silent[sharer][world.posts[root]["brand"]] == 2:
            continue
        if not is_spoken_of(world, world.posts[root]["process"]):
            continue
        world.passed_on.add((sharer, root))
        world.posts.append(world.posts[post] | {
            "step": world.step, "sharer": sharer, "parent": post, "root": root,
            "generation": world.posts[post]["generation"] + 1, "readers": 0, "helpful": 0,
            "key": reshare_key(sharer, world.posts[root]["key"], world.step)})
    world.shares = []
