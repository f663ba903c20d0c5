"""One figure as an object: drawn when asked for, seen in a notebook without further ado."""

from __future__ import annotations

import io
from functools import partial
from importlib import import_module

import matplotlib
from matplotlib.figure import Figure

from experiments.figures import FIGURES, checked, refuse_taken
from experiments.figures.style import RC
from simulation.params import ConfigError

DPI_ON_SCREEN = 75
"""Of the picture in a notebook: 750 pixels wide, some 30 kB."""


def draw_figure(results, name: str) -> Figure:
    """Return the figure of this name, ours or a plug-in's; a notebook shows it as a small picture.

    Raises ConfigError where a plug-in has nothing to show.
    """
    own = results.params.FIGURES
    refuse_taken(own)
    draw = own[name] if name in own else import_module(FIGURES[name]).draw
    fig = checked(draw(results), name)
    if fig is None:
        raise ConfigError(f"figure: {name} has nothing to show for this run")
    fig._repr_png_ = partial(picture, fig)
    return fig


def picture(fig: Figure) -> bytes:
    """Return the figure as PNG, as small as a screen needs it."""
    out = io.BytesIO()
    with matplotlib.rc_context(RC):
        fig.savefig(out, format="png", dpi=DPI_ON_SCREEN, metadata={"Software": None})
    return out.getvalue()
