"""The whole configuration as one typed model: every parameter with its unit, range and source.

No parameter has a default value here; the values stand in the YAML files under ``configs``.
Whatever has a name is a mapping keyed by it (``brands.alpha.processes.delivery.failure_rate``),
never a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field

from simulation.adoption import AdoptionKind
from simulation.beliefs import BeliefKind
from simulation.config.changes import changed, with_fields
from simulation.config.event_kinds import EventKind
from simulation.metrics import METRICS
from simulation.motives import MotiveKind
from simulation.networks import NetworkKind
from simulation.params import Strict, money, parameter, share
from simulation.policies import PolicyKind


class Seeds(Strict):
    """Who owns the product of ``brand`` at step 0."""

    brand: str = parameter("name", "assumption")
    count: int = parameter("people", "assumption", ge=0, le=10_000_000)
    by: Literal["random", "degree", "list", "ball"]
    people: tuple[str, ...] = parameter("ids", "assumption",
                                        doc="who, for by: list; the centre, for by: ball")


class Population(Strict):
    """People at step 0: how many, and how their traits are distributed."""

    size: int = parameter("people", "assumption", ge=1, le=20_000_000)
    seeds: dict[str, Seeds]
    influencer_share: float = share("assumption", doc="top share by ``influencer_by``")
    influencer_by: Literal["followers", "betweenness", "random", "list"]
    influencer_list: tuple[str, ...] = parameter("ids", "assumption")
    influencer_activity: float = parameter("1", "hinz2011", ge=0, le=10, doc="factor on activity")
    expert_share: float = share("assumption")
    expert_expertise: float = share("assumption")
    employee_share: float = share("assumption", doc="share of people who work for a brand")
    activity_log_mean: float = parameter("log", "vanmierlo2014", ge=-10, le=10)
    activity_log_sd: float = parameter("log", "vanmierlo2014", ge=0, le=10)
    activity_max: float = parameter("1", "assumption", gt=0, le=100)
    expertise_a: float = parameter("1", "assumption", gt=0, le=1000, doc="Beta distribution")
    expertise_b: float = parameter("1", "assumption", gt=0, le=1000, doc="Beta distribution")
    susceptibility_mean: float = parameter("1", "assumption", ge=0, le=10)
    susceptibility_sd: float = parameter("1", "assumption", ge=0, le=10)
    susceptibility_min: float = parameter("1", "assumption", ge=0, le=10)
    susceptibility_max: float = parameter("1", "assumption", ge=0, le=10)
    reservation_mean: float = parameter("belief", "assumption", ge=-10, le=10)
    reservation_sd: float = parameter("belief", "assumption", ge=0, le=10)
    prior_mean: float = parameter("quality", "assumption", ge=0, le=1)
    prior_sd: float = parameter("quality", "assumption", ge=0, le=10)
    motive_a: float = parameter("1", "assumption", gt=0, le=1000,
                                doc="Beta distribution of motive weights")
    motive_b: float = parameter("1", "assumption", gt=0, le=1000,
                                doc="Beta distribution of motive weights")
    response_style_sd: float = parameter("points", "assumption", ge=0, le=10,
                                         doc="response style on the 0-10 scale")
    taste_sd: float = parameter("quality", "hu2017", ge=0, le=1,
                                doc="lasting fit of brand and person")
    threshold_mean: float = parameter("share", "watts2002", ge=0, le=2)
    threshold_sd: float = parameter("share", "watts2002", ge=0, le=10)
    willingness_min: float = money("assumption")
    willingness_max: float = money("assumption")


class Talk(Strict):
    """Posting: how often, how exactly, and what a post carries besides stars."""

    base: float = parameter("1 per experience", "anderson1998", ge=0, le=100)
    rating_noise: float = parameter("quality", "assumption", ge=0, le=1)
    lapsed_talk: int = parameter("steps", "assumption", ge=0, le=10000)
    expression: Literal["stars", "belief"]
    idea_share: float = share("bayus2013",
                              doc="share of helping and concerned posts that carry an idea")
    idea_a: float = parameter("1", "assumption", gt=0, le=1000,
                              doc="Beta distribution of idea strength")
    idea_b: float = parameter("1", "assumption", gt=0, le=1000)


class Feed(Strict):
    """The feed: posts travel along ties, and may be passed on."""

    attention: float = share("assumption", doc="chance that a follower reads a visible post")
    reshare: float = share("bakshy2011")
    novelty: float = share("assumption", doc="factor per generation of re-sharing")
    bad_news: float = parameter("1", "assumption", ge=0, le=10,
                                doc="factor for posts below the middle")
    generations: int = parameter("re-shares", "goel2016", ge=0, le=20)


class Site(Strict):
    """The review site: people who consider a brand read some of its reviews there."""

    reads: int = parameter("reviews", "assumption", ge=0, le=100)
    memory: int = parameter("reviews", "assumption", ge=1, le=1000)
    choice: Literal["recent", "helpful", "random"]
    strength: float = parameter("1", "assumption", gt=0, le=1)
    helpful_votes: float = share("mudambi2010", doc="chance of a helpful vote, times credibility")


class Reading(Strict):
    """What one review weighs with one reader."""

    evidence: float = parameter("evidence", "assumption", ge=0, le=100)
    negativity: float = parameter("1", "east2008", ge=0, le=10,
                                  doc="factor for reviews below the belief")
    credibility_floor: float = share("assumption")
    credibility_expertise: float = share("assumption")
    detect: float = share("assumption", doc="chance to notice the author's motive")


class Experience(Strict):
    """How a met quality is felt and what it changes."""

    disconfirmation_weight: float = parameter("1", "oliver1980", ge=0, le=10,
                                              doc="weight of disconfirmation")
    loss_aversion: float = parameter("1", "tversky1992", ge=0, le=10)
    satisfaction_rate: float = parameter("1", "assumption", ge=0, le=1, doc="step of satisfaction")
    expectation_rate: float = parameter("1", "assumption", ge=0, le=1, doc="step of expectation")
    own_weight: float = parameter("evidence", "assumption", ge=0, le=100)


class Ladder(Strict):
    """From satisfaction to advocacy, detraction and leaving."""

    rate: float = parameter("1 per step", "assumption", ge=0, le=1)
    rise: float = parameter("1", "assumption", ge=-1, le=1)
    fall: float = parameter("1", "assumption", ge=-1, le=1)
    band: float = parameter("1", "assumption", ge=0, le=2)
    reject_below: float = share("assumption")
    promoter: int = parameter("points", "reichheld2003", ge=0, le=10)
    detractor: int = parameter("points", "reichheld2003", ge=0, le=10)
    churn: float = share("assumption", doc="largest chance to leave, per step")
    churn_middle: float = parameter("quality", "assumption", ge=0, le=1)
    churn_scale: float = parameter("quality", "assumption", gt=0, le=1)


class When(Strict):
    """When an owner meets a process; the conditions add up."""

    on_purchase: bool = parameter("flag", "assumption")
    rate: float = share("assumption", doc="chance per step while owning")
    after_failure: float = share("assumption",
                                 doc="chance in the step after a failure; 0 keeps the rate")
    every: int = parameter("steps", "assumption", ge=0, le=10000, doc="0 = never")


class Process(Strict):
    """A business process: what it delivers, how often it fails, what it costs."""

    quality: float = share("assumption")
    spread: float = parameter("quality", "assumption", ge=0, le=1)
    failure_rate: float = share("assumption")
    failure_quality: float = share("assumption")
    failure_spread: float = parameter("quality", "assumption", ge=0, le=1)
    when: When
    salience: float = parameter("1", "assumption", ge=0, le=10)
    capacity: Annotated[float, Field(ge=0)] | Literal["unlimited"] = parameter(
        "customers per step", "assumption", doc="beyond it quality falls by congestion")
    congestion: float = parameter("quality", "assumption", ge=0, le=1,
                                  doc="quality lost at full overload")
    unit_cost: float = money("assumption")
    failure_floor: float = share("assumption", doc="failure rate that no money can remove")
    quality_ceiling: float = share("assumption", doc="quality that no idea can exceed")
    spend_scale: float = parameter("currency", "rust1995", gt=0, le=1e12,
                                   doc="money that removes 63 % of the avoidable failures")


class Listening(Strict):
    """What a brand can see and how well it reads it."""

    coverage: float = share("schweidel2014", doc="chance to see a review off its own site")
    site_access: bool = parameter("flag", "assumption", doc="every review on the site is seen")
    sentiment_error: float = share("semeval2017")
    topic_error: float = share("assumption")
    author_resolution: float = share("assumption")
    memory: float = parameter("1 per step", "assumption", ge=0, le=1,
                              doc="what is kept of pain and volume")
    corrected: bool = parameter("flag", "rogan1978", doc="apply the Rogan-Gladen correction")


class Unit(Strict):
    """A business unit: ``servers`` people who work on tickets about the processes it owns."""

    processes: tuple[str, ...] = parameter("names", "assumption")
    servers: int = parameter("people", "assumption", ge=1, le=100000)
    service_time: float = parameter("steps", "assumption", gt=0, le=1000,
                                    doc="mean work on one ticket")
    service: Literal["exponential", "fixed"]
    order: Literal["first_come", "reach"]
    inflow: float = parameter("tickets per step", "assumption", ge=0, le=1e6,
                              doc="Poisson, from outside")


class Organisation(Strict):
    """How feedback finds the unit that would benefit from it."""

    handled_share: float = share("assumption", doc="share of seen items that triage takes up")
    routing_accuracy: float = share("assumption")
    bounce_delay: float = parameter("steps", "assumption", ge=0, le=1000,
                                    doc="time lost in the wrong unit")
    lead_time: int = parameter("steps", "assumption", ge=0, le=1000,
                               doc="from finished ticket to effect")
    fix_effect: float = parameter("customers", "assumption", ge=0, le=1e6)
    idea_effect: float = share("bayus2013")
    relay: float = share("assumption",
                         doc="chance that an employee carries what they read to the right unit")
    ticket_cost: float = money("assumption")
    units: dict[str, Unit]


class Brand(Strict):
    """A firm: its offer, its processes, how it listens, how it is organised, what it does."""

    price: float = money("assumption")
    reference_price: float = parameter("currency", "assumption", gt=0, le=1e12)
    unit_margin: float = parameter("currency", "assumption", ge=-1e12, le=1e12)
    promise: float = share("oliver1980", doc="how far advertising lifts expectation towards 1")
    budget: float = money("assumption",
                          doc="for all policies together, per step; unspent money is kept")
    initial_budget: float = money("assumption", doc="for all policies together, at the start")
    processes: dict[str, Process]
    listening: Listening
    organisation: Organisation
    policies: dict[str, PolicyKind]


class Value(Strict):
    """Money over time."""

    discount_rate: float = parameter("1 per year", "goldenberg2007", ge=0, le=10)
    currency: str = parameter("name", "assumption", doc="for labels")


class Output(Strict):
    """What a run writes."""

    ledger: Literal["none", "conversions", "full"]
    credit_depth: int = parameter("reads", "assumption", ge=1, le=1000)
    figures: bool = parameter("flag", "assumption")
    tables: Literal["parquet", "csv"]


PhaseName = Literal["events", "advertising", "conversion", "experience", "review", "exposure",
                    "belief", "ladder", "listening", "decision", "organisation"]

PARTS_WITH_A_KIND = ("network", "adoption", "belief")
FEW = 4
"""Names that a short text spells out."""


class Params(Strict):
    """Everything that determines a run.

    PACKAGES  the user's own modules, whose rules, metrics and figures it may use
    METRICS   the metrics that may be recorded, by name: those of the engine, and those of PACKAGES
    FIGURES   the figures of PACKAGES, by name
    """

    PACKAGES: ClassVar[tuple[str, ...]] = ()
    METRICS: ClassVar[Mapping[str, Any]] = METRICS
    FIGURES: ClassVar[Mapping[str, Callable]] = {}

    name: str = parameter("name", "assumption", doc="label of the run in tables and figures")
    seed: int = parameter("1", "assumption", ge=0, lt=2**64)
    steps: int = parameter("steps", "assumption", ge=1, le=1_000_000)
    step_days: float = parameter("days", "assumption", gt=0, le=10000)
    until: Literal["steps", "quiet"]
    quiet_steps: int = parameter("steps", "assumption", ge=1, le=100_000,
                                 doc="until: quiet stops after so many steps without sale, "
                                 "consideration or post")
    checked: bool = parameter("flag", "assumption",
                              doc="hold every phase to what it declares (slow)")
    without: tuple[PhaseName, ...] = parameter("names", "assumption", doc="phases to leave out")
    population: Population
    network: NetworkKind
    adoption: AdoptionKind
    belief: BeliefKind
    motives: dict[str, MotiveKind]
    talk: Talk
    feed: Feed
    site: Site
    reading: Reading
    experience: Experience
    ladder: Ladder
    brands: dict[str, Brand] = Field(min_length=1, max_length=100)
    events: dict[str, EventKind]
    value: Value
    metrics: dict[str, bool] = parameter("flag", "assumption", doc="what is recorded in every step")
    output: Output

    def changed(self, changes: Mapping[str, Any]) -> Self:
        """Return the same market with other values: ``changed({"brands.alpha.price": 70})``.

        Paths are those of files.  A mapping changes the entries that it names (or replaces all
        where it names another ``kind``), a new name is added where names are free, and
        ``{"~motives.venting": None}`` removes an entry.  Raises ConfigError with every problem, as
        for a file.
        """
        return changed(self, changes)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with other whole fields; held to what a file is held to (ConfigError)."""
        copied = super().model_copy(deep=deep)
        return with_fields(copied, update) if update else copied

    def __repr__(self) -> str:
        """Name the market: people, steps, brands, seed, and the rules that make the difference."""
        kinds = ", ".join(f"{part} {getattr(self, part).kind}" for part in PARTS_WITH_A_KIND)
        return (f"<Params {self.name}: {self.population.size:,} people, {self.steps:,} steps, "
                f"{names_of('brand', self.brands)}, seed {self.seed}, {kinds}>")

    __str__ = __repr__


def names_of(what: str, names: Iterable[str]) -> str:
    """Return names in a few words: ``brands alpha, beta`` or ``98 brands (alpha, beta, ...)``."""
    names = list(names)
    if len(names) > FEW:
        return f"{len(names)} {what}s ({', '.join(names[:2])}, ...)"
    return f"{what}{'' if len(names) == 1 else 's'} {', '.join(names)}"
