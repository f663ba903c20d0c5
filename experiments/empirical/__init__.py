"""The empirical check: which patterns of real data come out of the ordinary engine?

    python -m experiments.empirical            # prints the tables (some minutes)
    python -m experiments.empirical --write    # puts them into docs/empirical-check.md

One file per pattern.  Each has ``figures(data)``, the figures of the data, and ``findings(data, mapped)``, what the
engine makes of them: first with its default parameters, then with parameters chosen on one half of the data and
judged on the other.  The halves are by number: what has an odd number (item, author, village) is calibrated on, what
has an even one is judged.  Seeds are written in the files; none was looked for.
"""
