"""Statistics: what a paper on diffusion reports, as pure functions of arrays;
nothing here runs a model.

People are 0 .. n-1.  A tie (source, target) lets the target see the source.  ``adopted_at`` (n,) is
the step of a first purchase, negative for people who never bought,
as in ``results.state.adopted_at[:, brand]``.

    adopter_categories   innovators .. laggards by mean and sd of adoption times, or by quantile
    adoption_curve       people who have adopted by every step
    bass_curve           cumulative adopters of the Bass model
    fit_bass             p, q, m of a curve, by least squares on increments or cumulative values
    fit_bass_people      p and q of the hazard from who adopted when, by maximum likelihood
    cascades_of          size, depth, breadth and structural virality of trees of purchases
    caused_purchases     purchases that go back to each person's reviews
    coverage             how often a paired interval, sized in two stages, covers the truth
    exposure             share or number of in-neighbours who adopted before, by person and step
    gini                 inequality of non-negative values
    hazard_by_exposure   new adopters per person-step at risk, by exposure, with Wilson intervals
    moran                Moran's I of values on in-ties
    network_autocorrelation  the same, or the correlation across ties, with a permutation test
    paired_effect        a difference in shared worlds: mean, 95 % interval, variance reduction
    person_steps         the person-steps at risk: their exposure, and who adopted in them
    reproduction_by_cohort   purchases caused per buyer, by step of first purchase
    thresholds           exposure of every adopter at the own adoption
    tie_correlation      Pearson correlation of values across ties
    time_to              first step with a share of the final level
    times_or             times of adoption, with one value for those who never adopted
    wilson               interval of a share, from successes and trials
    worlds_needed        how many paired worlds make an interval as narrow as wanted

Names are imported when first used: nobody waits for a package that is not needed.
"""

from importlib import import_module

WHERE = {"adopter_categories": "categories", "adoption_curve": "times", "bass_curve": "bass_fit",
         "cascades_of": "cascades", "caused_purchases": "influence", "coverage": "paired",
         "exposure": "exposures", "fit_bass": "bass_fit", "fit_bass_people": "bass_people",
         "gini": "influence", "hazard_by_exposure": "hazards", "moran": "autocorrelation",
         "network_autocorrelation": "permutation", "paired_effect": "paired",
         "person_steps": "at_risk", "reproduction_by_cohort": "influence",
         "thresholds": "exposures", "tie_correlation": "autocorrelation", "time_to": "times",
         "times_or": "times", "wilson": "hazards", "worlds_needed": "paired"}

__all__ = sorted(WHERE)


def __getattr__(name: str):
    if name not in WHERE:
        raise AttributeError(f"module 'simulation.statistics' has no attribute {name!r}")
    return getattr(import_module(f"simulation.statistics.{WHERE[name]}"), name)
