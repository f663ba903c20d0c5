"""One figure as an object: drawn when asked for, seen in a notebook without further ado."""

from __future__ import annotations

import io
from functools import partial
from importlib import import_module

import matplotlib
from matplotlib.figure import Figure

from experiments.figures import FIGURES
from experiments.figures.style import RC

DPI_ON_SCREEN = 75
"""Of the picture in a notebook: 750 pixels wide, some 30 kB."""


def draw_figure(results, name: str) -> Figure:
    """Return the figure of this name; where a notebook shows it, it shows as a small picture."""
    fig = import_module(FIGURES[name]).draw(results)
    fig._repr_png_ = partial(picture, fig)
    return fig


def picture(fig: Figure) -> bytes:
    """Return the figure as PNG, as small as a screen needs it."""
    out = io.BytesIO()
    with matplotlib.rc_context(RC):
        fig.savefig(out, format="png", dpi=DPI_ON_SCREEN, metadata={"Software": None})
    return out.getvalue()
