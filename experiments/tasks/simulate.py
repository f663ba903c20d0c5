"""task=simulate: one run, its tables, figures and a summary on the console."""

from __future__ import annotations

import json
import shlex
import sys
from datetime import datetime
from pathlib import Path

import yaml
from tqdm import tqdm

from experiments.study.compile_notice import say_if_cold
from simulation.config.schema import Params
from simulation.model import WordOfMouthModel
from simulation.output.archive import archived

LINES = (("adoption", "adoption (share of people)", "{:.1%}"), ("customers", "customers at the end", "{:,.0f}"),
         ("sales", "sales", "{:,.0f}"), ("nps", "net promoter score, true", "{:+.1f}"),
         ("nps_estimated", "net promoter score, as the brand sees it", "{:+.1f}"),
         ("reviews", "reviews", "{:,.0f}"), ("mean_stars", "mean stars", "{:.2f}"),
         ("share_one_star", "share of one star", "{:.1%}"),
         ("word_of_mouth_share", "purchases triggered by word of mouth *", "{:.0%}"),
         ("detractors", "detractors", "{:,.0f}"), ("advocates", "advocates", "{:,.0f}"),
         ("lost_sales", "sales lost to bad reviews, direct effect *", "{:,.0f}"), ("profit", "profit", "{:,.0f}"),
         ("npv", "net present value", "{:,.0f}"))


def main(config: dict, params: Params, folder: Path) -> None:
    """Run the model once and write everything into ``folder``."""
    say_if_cold()
    model = WordOfMouthModel(params)
    with archived(model.state, params, folder):
        with tqdm(total=params.steps, unit="step", disable=not sys.stderr.isatty(), leave=False) as bar:
            results = model.run(progress=lambda step: bar.update(1))
        write_run(config, model, results, folder)
    print(summary_text(results.summary, params, model))
    print(f"written to {folder}")


def write_run(config: dict, model: WordOfMouthModel, results, folder: Path) -> None:
    """Write tables, summary, figures, config and manifest."""
    results.write(folder)
    if model.params.output.figures:
        from experiments.figures import write_figures
        write_figures(results, folder / "figures")
    (folder / "config.yaml").write_text(yaml.safe_dump(config, sort_keys=False, allow_unicode=True))
    manifest = model.manifest() | {"name": model.params.name, "command": shlex.join(sys.argv),
                                   "finished": datetime.now().astimezone().isoformat(timespec="seconds")}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


def summary_text(summary: dict, params: Params, model: WordOfMouthModel) -> str:
    """Return the summary as a table, one column per brand."""
    brands = list(params.brands)
    ties = len(model.state.ties)
    lines = [f"{summary['name']}: {model.state.n:,} people, {ties:,} directed ties ({params.network.kind}), "
             f"{summary['steps']} steps, seed {summary['seed']}, {model.seconds['run']:.1f} s", ""]
    lines.append(f"{'':44}" + "".join(f"{brand:>16}" for brand in brands))
    for key, label, form in LINES:
        lines.append(f"{label:44}" + "".join(f"{text(summary[b].get(key), form):>16}" for b in brands))
    lines.append(f"\n{summary['all']['adoption']:.1%} of all people bought at least once.")
    lines.append("* credit in the ledger; what would be missing without it was not computed (task=knockout)")
    return "\n".join(lines)


def text(value, form: str) -> str:
    """Return a number in its format, or 'not defined'."""
    return "-" if value is None or value != value else form.format(value)
