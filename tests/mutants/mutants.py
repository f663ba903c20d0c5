"""All mutants, by area."""

from __future__ import annotations

from tests.mutants import brands, market, measures, people, talk, whatif
from tests.mutants.mutant import Mutant

AREAS: dict[str, tuple[Mutant, ...]] = {
    "Luck, events and ties": market.MUTANTS,
    "People: advertising, purchase, experience, ladder": people.MUTANTS,
    "Talk: reviews, reading, belief, credit": talk.MUTANTS,
    "Brands: listening, decisions, queues, repairs": brands.MUTANTS,
    "What is measured": measures.MUTANTS,
    "What if: silences, accounts, paired worlds": whatif.MUTANTS,
}
MUTANTS: dict[str, Mutant] = {mutant.name: mutant for mutants in AREAS.values() for mutant in mutants}
