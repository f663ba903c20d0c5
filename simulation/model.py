"""The model: a Mesa model around the columns; one ``step`` is one pass of ``pipeline.STEP``."""

from __future__ import annotations

import time

from simulation.agents import Market, make_agents, python_steps
from simulation.config.consistency import check_network
from simulation.contracts import run_step_checked
from simulation.numerics.randomness import Draws
from simulation.output.brief import model_html, model_line
from simulation.output.provenance import commit, network_hash, versions
from simulation.output.recorder import Recorder
from simulation.output.results import Results
from simulation.pipeline import phases_of, run_step
from simulation.population import initial_state
from simulation.resources.estimate import refuse_if_too_large
from simulation.resources.machine import peak_memory
from simulation.world.ties import Ties


class WordOfMouthModel(Market):
    """A market in which customers talk.

    params  typed parameters (``simulation.load_params``)
    seed    replaces the seed of ``params`` where given
    agent_classes  subclasses of ``Customer``, ``BrandTeam``, ... to be used in their place
    ties    the network, where it has been built already
            (``simulation.population.network_of(params)``): a run never changes it,
            so several runs may share one

    Without ``ties``, raises ConfigError before anything is built where the run is expected to need
    more memory than there is; whoever gives them has room for them
    (``simulation.resources.estimate.refuse_if_too_large``).

    ``agents``, ``agents_by_type`` and the verbs of ``AgentSet`` work as in any Mesa model; people
    are light handles on rows of ``state``.
    """

    def __init__(self, params, seed: int | None = None, agent_classes: tuple[type, ...] = (),
                 ties: Ties | None = None):
        if seed is not None:
            params = params.model_copy(update={"seed": int(seed)})
        if ties is None:
            refuse_if_too_large(params)
        super().__init__(rng=int(params.seed))
        started = time.perf_counter()
        self.params = params
        self.draws = Draws(params.seed)
        self.state = initial_state(params, self.draws, ties)
        check_network(params, self.state.ties)
        self.recorder = Recorder(params)
        self._results: Results | None = None
        self.recorder.observe(self.state)
        make_agents(self, agent_classes)
        self.last_active_step = 0
        self.seconds = {"build": time.perf_counter() - started, "run": 0.0}

    @property
    def tick(self) -> int:
        """Number of steps done."""
        return self.state.step

    def step(self) -> None:
        """Advance by one step: steps that a user wrote in Python, then the pipeline,
        then the recorder.
        """
        started = time.perf_counter()
        python_steps(self)
        advance = run_step_checked if self.params.checked else run_step
        advance(self.state, self.params, self.draws, self.state.step + 1)
        self.recorder.observe(self.state)
        self.seconds["run"] += time.perf_counter() - started
        self.running = not self.is_over()

    def is_over(self) -> bool:
        """Tell whether the horizon is reached, or (``until:
        quiet``) nothing has happened for long enough.
        """
        if self.state.step >= self.params.steps:
            return True
        return self.params.until == "quiet" and self.is_quiet()

    def is_quiet(self) -> bool:
        """Tell whether nobody bought, considered or posted for ``quiet_steps``,
        with no event still to come.
        """
        state = self.state
        moved = state.bought_now.view(bool).any() or state.considering.view(bool).any()
        if moved or state.ledger.posts.n > state.first_post:
            self.last_active_step = state.step
        to_come = any(getattr(event, "start", getattr(event, "step", 0)) > state.step
                      for event in self.params.events.values())
        return state.step - self.last_active_step >= self.params.quiet_steps and not to_come

    def run(self, progress=None) -> Results:
        """Run to the end and return the results; ``progress(step)`` is called after every step."""
        while not self.is_over():
            self.step()
            if progress is not None:
                progress(self.state.step)
        return self.results

    @property
    def results(self) -> Results:
        """What the run has left behind so far: one object, which follows the model.

        What it works out (summary, frames) is kept until the next step.
        """
        if self._results is None or self._results.params is not self.params:
            self._results = Results(self.state, self.params, self.recorder)
        return self._results

    def __repr__(self) -> str:
        return model_line(self)

    def _repr_html_(self) -> str:
        return model_html(self)

    def manifest(self) -> dict:
        """Return everything needed to repeat the run, and what it cost."""
        facts = {name: value for name, value in self.state.ties.facts.items()
                 if name != "attributes"}
        return {"seed": self.params.seed, "steps": self.state.step, "people": self.state.n,
                "ties": len(self.state.ties), "network_sha256": network_hash(self.state.ties),
                "network_facts": facts,
                "phases": [phase.__name__ for phase in phases_of(self.params)],
                "versions": versions(), "commit": commit(), "peak_memory_mb": peak_memory() / 2**20,
                "seconds": {name: round(value, 3) for name, value in self.seconds.items()}}
