"""Networks with the values of configs/network/*.yaml, and plain measures of ties."""

import json
from pathlib import Path

import numpy as np
import yaml
from pydantic import TypeAdapter
from scipy import sparse

from simulation.networks import NetworkKind

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "configs" / "network"
ADAPTER = TypeAdapter(NetworkKind)


def make(name, **changes):
    """Return the network of configs/network/<name>.yaml with some values changed."""
    values = yaml.safe_load((FOLDER / f"{name}.yaml").read_text())
    meetings = values.pop("defaults")[0]["/meetings@meetings"]
    values["meetings"] = yaml.safe_load((FOLDER.parent / "meetings" / f"{meetings}.yaml").read_text())
    values |= changes
    return ADAPTER.validate_json(json.dumps(values))


def matrix(ties):
    """Return the ties as a sparse 0/1 matrix (source, target)."""
    return sparse.csr_array((np.ones(len(ties)), (ties.sources(), ties.targets)), (ties.n, ties.n))


def pairs(ties):
    """Return the ties as a set of (source, target)."""
    return set(zip(ties.sources().tolist(), ties.targets.tolist(), strict=True))


def triangles_by_person(ties):
    """Return the number of triangles of each person, and each person's number of neighbours (mutual view)."""
    both = ((matrix(ties) + matrix(ties).T) > 0).astype(float)
    return ((both @ both) * both).sum(axis=1) / 2, both.sum(axis=1)
