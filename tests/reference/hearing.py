"""What brands can know, by the docstring of phases/listening.py."""

from __future__ import annotations

import math

from .world import NONE, clip


class Knowledge:
    """What one brand knows: fading counts, the scores of authors, and what it saw in this step."""

    def __init__(self, world, b):
        self.pain = {process.row: 0.0 for process in world.processes_of(b)}
        self.volume = dict(self.pain)
        self.mood = {-1: 0.0, 0: 0.0, 1: 0.0}
        self.voice = self.voice_all = 0.0
        self.nps = math.nan
        self.expert_score = [0.0] * world.n
        self.seen = []


def listening(world):
    """Let every brand read what it sees."""
    for b in range(len(world.brands)):
        know, listen = world.known[b], world.brands[b].listening
        rows = [row for row in range(world.first_post, len(world.posts)) if world.posts[row]["generation"] == 0
                and is_seen(world, b, world.posts[row])]
        know.seen = [read(world, b, row) for row in rows if world.posts[row]["brand"] == b]
        fade(know, listen.memory)
        know.voice += len(know.seen)
        know.voice_all += len(rows)
        for item in know.seen:
            update_knowledge(world, know, item)
        estimate_nps(know, listen)


def is_seen(world, b, post):
    """Tell whether the brand sees the review."""
    listen = world.brands[b].listening
    return listen.site_access or world.luck.pair("LISTEN_SEEN", b, post["key"]) < listen.coverage


def read(world, b, row):
    """Return what the brand makes of a review about itself."""
    post, listen, luck = world.posts[row], world.brands[b].listening, world.luck
    truth = 1 if post["stars"] >= 4 else -1 if post["stars"] <= 2 else 0
    u, error = luck.pair("LISTEN_SENTIMENT", b, post["key"]), listen.sentiment_error
    sentiment = truth
    if u < error:
        sentiment = -truth if truth else (-1 if u < error / 2.0 else 1)
    author = post["author"] if luck.pair("LISTEN_AUTHOR", b, post["key"]) < listen.author_resolution else NONE
    return {"post": row, "sentiment": sentiment, "process": read_process(world, b, post), "author": author,
            "reach": world.params.feed.attention * len(world.followers[post["author"]])}


def read_process(world, b, post):
    """Return the process that the brand reads into a review."""
    own, listen, process = world.processes_of(b), world.brands[b].listening, post["process"]
    if process < 0 or len(own) < 2 or world.luck.pair("LISTEN_TOPIC", b, post["key"]) >= listen.topic_error:
        return process
    shift = 1 + int(world.luck.pair("LISTEN_TOPIC_WRONG", b, post["key"]) * (len(own) - 1))
    return own[0].row + (process - own[0].row + shift) % len(own)


def fade(know, memory):
    """Forget a part of everything."""
    for table in (know.pain, know.volume, know.mood):
        for name in table:
            table[name] *= memory
    know.voice *= memory
    know.voice_all *= memory


def update_knowledge(world, know, item):
    """Add one seen review."""
    know.mood[item["sentiment"]] += 1.0
    if item["process"] >= 0:
        know.volume[item["process"]] += 1.0
        if item["sentiment"] < 0:
            know.pain[item["process"]] += item["reach"]
    if item["author"] >= 0:
        know.expert_score[item["author"]] += world.posts[item["post"]]["helpful"]


def estimate_nps(know, listen):
    """Estimate the share of people for less the share against, in points."""
    total = sum(know.mood.values())
    if total <= 0.0:
        return
    shares = {sign: know.mood[sign] / total for sign in (-1, 1)}
    if listen.corrected:
        right = 1.0 - listen.sentiment_error
        shares = {sign: clip((share + right - 1.0) / (2.0 * right - 1.0)) for sign, share in shares.items()}
    know.nps = 100.0 * (shares[1] - shares[-1])
