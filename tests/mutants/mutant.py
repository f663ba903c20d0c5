"""What a mutant is: a sound text of one file, its wrong version, and the test that must fail on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Mutant:
    """One wrong version of the engine.

    name    how it is called on the command line
    what    one sentence: what is wrong in it
    file    the file that is changed, from the root of the project
    old     text that stands exactly once in that file
    new     what stands there in the wrong version
    killer  node id of the one test that must fail on it, run alone
    """

    name: str
    what: str
    file: str
    old: str
    new: str
    killer: str

    def applied(self, text: str) -> str:
        """Return the wrong version of the file's ``text``; raises ValueError unless ``old`` stands there once."""
        times = text.count(self.old)
        if times != 1:
            raise ValueError(f"mutant {self.name}: the text to be changed must stand once in {self.file}, "
                             f"got {times} times: {self.old!r}")
        return text.replace(self.old, self.new)
