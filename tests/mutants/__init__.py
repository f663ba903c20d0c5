"""Wrong versions of the engine, by name, and for each the one test that must notice.

    python -m tests.mutants                 every mutant
    python -m tests.mutants name1 name2     these
    python -m tests.mutants --write         docs/mutants.md anew (nothing is run)
"""
