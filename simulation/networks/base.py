"""The family of networks: a rule with one verb, ``build``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from simulation.networks.meetings import Meetings
from simulation.params import Rule, parameter
from simulation.ties import Ties


class Network(Rule):
    """A recipe for the ties among people.

    ``build`` must return the same ties for the same (n, seed) on every machine, without self-ties.
    """

    seed: Literal["run"] | Annotated[int, Field(ge=0)] = parameter(
        "1", "assumption", doc="'run' (the run's own seed) or a number")
    meetings: Meetings

    @model_validator(mode="after")
    def _somebody_to_meet(self) -> Network:
        if self.meetings.kind == "cliques_with_weak" and not self.has_communities():
            raise ValueError("network.meetings.kind cliques_with_weak needs a network of several communities "
                             "(people of one community do not meet), got one without")
        return self

    def has_communities(self) -> bool:
        """Return whether people belong to different communities."""
        return False

    def size(self, n: int) -> int:
        """Return the number of people of this network when the config asks for ``n``."""
        return n

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties among ``n`` people."""
        raise NotImplementedError
