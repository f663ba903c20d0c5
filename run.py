"""Run Grapevine: ``python run.py [overrides]``; ``python run.py --help`` says what there is."""

import sys

from experiments.main import main

if __name__ == "__main__":
    sys.exit(main())
