"""The command: run mutants, by default all, and say which test killed each; exit status 1 if one survives."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.mutants.mutant import Mutant
from tests.mutants.mutants import MUTANTS
from tests.mutants.page import PAGE, write
from tests.mutants.run import KILLED, copy_tree, try_killers, try_mutant


def main() -> int:
    """Return the exit status: 0 if every mutant was killed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description="Run wrong versions of the engine.")
    parser.add_argument("names", nargs="*", help="mutants to run (default: all)")
    parser.add_argument("--write", action="store_true", help="write docs/mutants.md anew and run nothing")
    parser.add_argument("--why", action="store_true", help="show the failed assertion of every mutant")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in MUTANTS]
    if unknown:
        parser.error(f"no mutant is called {unknown[0]!r}; there are {', '.join(MUTANTS)}")
    if options.write:
        write()
        print(f"wrote {PAGE.name}")
        return 0
    return run([MUTANTS[name] for name in options.names or MUTANTS], options.why)


def run(mutants: list[Mutant], tell_why: bool) -> int:
    """Run these mutants, print a line for each, and return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        tree = copy_tree(Path(folder))
        complaint = try_killers(tree, mutants)
        if complaint:
            print(f"{complaint}\nNot every killer passes on the unchanged code: no mutant was run.")
            return 1
        print(f"{'mutant':44} {'seconds':>7}  {'verdict':14} killed by")
        alive = 0
        for mutant in mutants:
            verdict = try_mutant(tree, mutant)
            alive += verdict.word != KILLED
            print(f"{mutant.name:44} {verdict.seconds:7.1f}  {verdict.word:14} {mutant.killer}", flush=True)
            if tell_why or verdict.word != KILLED:
                print("    " + verdict.why.replace("\n", "\n    "))
    print(f"{len(mutants) - alive} of {len(mutants)} killed")
    return int(alive > 0)


if __name__ == "__main__":
    sys.exit(main())
