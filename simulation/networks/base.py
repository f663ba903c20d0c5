"""The family of networks: a rule with one verb, ``build``."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from simulation.networks.meetings import Meetings
from simulation.params import Rule, parameter
from simulation.world.ties import Ties


class Network(Rule):
    """A recipe for the ties among people.

    ``build`` must return the same ties for the same (n, seed) on every machine, without self-ties.
    """

    built_per_tie: ClassVar[float] = 35
    """Most bytes per directed tie that stand at once while ties are made and sorted, measured."""
    sized_by: ClassVar[str] = ""
    """The parameter of this rule to change where the network is too large; empty:
    ``population.size``.
    """
    seed: Literal["run"] | Annotated[int, Field(ge=0)] = parameter(
        "1", "assumption", doc="'run' (the run's own seed) or a number")
    meetings: Meetings

    @model_validator(mode="after")
    def _somebody_to_meet(self) -> Network:
        if self.meetings.kind == "cliques_with_weak" and not self.has_communities():
            raise ValueError("network.meetings.kind cliques_with_weak needs a network of several "
                             "communities (people of one community do not meet), got one without")
        return self

    def has_communities(self) -> bool:
        """Return whether people belong to different communities."""
        return False

    def size(self, n: int) -> int:
        """Return the number of people of this network when the config asks for ``n``."""
        return n

    def expected_size(self, n: int) -> float:
        """Return about ``size(n)``, known before anything is read or built (default:
        ``size(n)``).
        """
        return self.size(n)

    def expected_ties(self, n: float) -> float:
        """Return the expected number of directed ties among ``n`` people (default:
        12 of everybody).

        With ``ties_differ`` it decides how much memory a run is expected to need; a wrong number
        changes no result.
        """
        return 12.0 * n

    def ties_differ(self) -> bool:
        """Return whether strength, visibility or kind differ among ties (default: no)."""
        return False

    def build(self, n: int, seed: int) -> Ties:
        """Return the ties among ``n`` people."""
        raise NotImplementedError
