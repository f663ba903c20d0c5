"""A page to be mailed: one HTML file with its figures inside and every assumption listed.

A task writes its own template, which extends ``page.html.j2`` and fills the block ``body``.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape
from matplotlib.figure import Figure

from experiments.figures import save
from experiments.page.assumptions import assumptions
from simulation.config.schema import Params

HERE = Path(__file__).parent


def write_page(template: Path, values: Mapping[str, Any], filters: Mapping[str, Callable],
               market: tuple[str, Params], folder: Path) -> Path:
    """Write ``report.html`` into the folder and return its path; ``market`` is what the assumptions are listed of."""
    environment = Environment(loader=FileSystemLoader([template.parent, HERE]), trim_blocks=True, lstrip_blocks=True,
                              autoescape=select_autoescape(["j2"]))
    environment.filters |= filters
    name, params = market
    more = {"market": name, "assumptions": assumptions(params)}
    page = environment.get_template(template.name).render(values | more)
    path = folder / "report.html"
    path.write_text(page, encoding="utf-8")
    return path


def pictures(figures: Mapping[str, Figure], folder: Path) -> dict[str, str]:
    """Write the figures into ``figures`` of the folder, and return them as the addresses of images inside a page."""
    (folder / "figures").mkdir(exist_ok=True)
    found = {}
    for name, figure in figures.items():
        path = folder / "figures" / f"{name}.png"
        save(figure, path)
        found[name] = "data:image/png;base64," + base64.b64encode(path.read_bytes()).decode()
    return found
