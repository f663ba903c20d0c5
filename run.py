"""Run Grapevine: ``python run.py [overrides]``; ``python run.py --help`` says what there is."""

import sys

from experiments.command.main import main

if __name__ == "__main__":
    try:
        sys.exit(main())
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in ("simulation", "experiments"):
            raise
        print(f"grapevine: this Python has no package {error.name!r}; run `make run` once, then "
              f"`source .venv/bin/activate` in every terminal (Python here: {sys.executable})", file=sys.stderr)
        sys.exit(2)
