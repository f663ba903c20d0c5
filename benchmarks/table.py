"""The tables, in Markdown: targets, rivals, other numbers, and who is missing."""

from __future__ import annotations

from benchmarks.found import Found
from benchmarks.races import APART, ONE, TWO, US, Sizes
from benchmarks.rows import BUYERS, READS, ROWS, efficiency, person_step


def page(found: Found, sizes: Sizes, machine: dict, judged: bool) -> str:
    """Return the whole page; bars are judged only at the sizes they are meant for."""
    parts = ["# Benchmarks", about(machine, found), limits(found),
             "## Targets", targets(found, sizes, judged), campaign(found, sizes), ceiling(found, sizes),
             "## Independent cascade, 100 seeds, p = 0.1", race_table(found, "cascade"),
             "## Bass on a network", race_table(found, "imitation"),
             "## Cost by size", costs(found), "## Waiting", waiting(found), "## Who is missing", missing(found)]
    return "\n\n".join(part for part in parts if part) + "\n"


def about(machine: dict, found: Found) -> str:
    """Say where and when."""
    versions = ", ".join(f"{name} {version}" for name, version in found.versions().items())
    load = max((one["found"].get("load", 0.0) for one in found.measurements), default=0.0)
    wait = found.waiting()
    quiet = f", wall time {wait[0]:.2f} to {wait[1]:.2f} times processor time" if wait else ""
    return (f"{machine['date']}, commit {machine['commit'][:12]}{'+changes' * machine['commit'].endswith('+changes')}; "
            f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']} GB, {machine['system']}; "
            f"load average up to {load:.1f}{quiet}. {versions}.")


def limits(found: Found) -> str:
    """Say what the machine allows, of which every time is made."""
    copy, draw, *random = (found.median("limits", 0, US, name)
                           for name in ("copy", "draw", "read_8", "write_8", "read_80", "write_80"))
    if copy is None:
        return ""
    near, near_write, far, far_write = map(cell, random)
    return (f"What this machine allows (medians): a copy {cell(copy)} GB/s; a number at a random place takes {near} ns "
            f"to read and {near_write} ns to add to within 8 MB (a column of a million people), {far} and {far_write} "
            f"ns within 80 MB; a draw {cell(draw)} ns.")


def targets(found: Found, sizes: Sizes, judged: bool) -> str:
    """Return the target table."""
    lines = [("what", "measured", "unit", "accept", "aim", "met")]
    for row in ROWS:
        value = row.value(found, sizes)
        sign = "≥" if row.more else "≤"
        met = row.verdict(value) if judged else "not judged: quick sizes"
        lines.append((row.words, cell(value) if value is not None else why_empty(row, found, sizes), row.unit,
                      f"{sign} {row.accept:g}", f"{sign} {row.aim:g}", met if value is not None else "-"))
    return markdown(lines)


def why_empty(row, found: Found, sizes: Sizes) -> str:
    """Return why a row has no value."""
    race, people, contestants = row.source(sizes)
    reasons = {name: found.why_not(race, people, name) for name in contestants
               if found.median(race, people, name) is None}
    if len(set(reasons.values())) == 1:
        return next(iter(reasons.values()))
    return "; ".join(f"{name}: {reason}" for name, reason in reasons.items())


def campaign(found: Found, sizes: Sizes) -> str:
    """Say whether the campaign of the full model was an ordinary one."""
    people = sizes.market[-1]
    reads, buyers = (found.median("market", people, US, name) for name in ("reads", "buyers"))
    if reads is None:
        return ""
    enough = reads >= READS and buyers >= BUYERS
    return (f"The full model at {people:,} people: {reads:,.0f} reads, {100 * buyers:.0f} % of the people bought: "
            f"{'an ordinary campaign' if enough else 'a smaller campaign than asked for'} "
            f"(at least {READS:,.0f} reads and {100 * BUYERS:.0f} % buyers).")


def ceiling(found: Found, sizes: Sizes) -> str:
    """Say how large the sweep was, and what any two processes reach on this machine."""
    best = efficiency(found, sizes, APART)
    if best is None:
        return ""
    one, two, apart = (found.median("sweep", sizes.default, name, "process") for name in (ONE, TWO, APART))
    pooled = "" if two is None else f"{two:.1f} s with two workers, "
    return (f"The sweep: {sizes.sweep_runs} runs of {sizes.default:,} people, {sizes.default_steps} steps, from start "
            f"to end of the process: {one:.1f} s with one worker, {pooled}{apart:.1f} s in two processes that have "
            f"nothing in common ({best:.0f} %: what this machine allows; each of them starts up as well).")


def race_table(found: Found, race: str) -> str:
    """Return a race as a table: a line per size and contestant."""
    lines = [("people", "program", "median s", "best s", "processor s", "times ours", "set up s", "peak MB", "reached")]
    for people in found.sizes(race):
        ours = found.median(race, people, US)
        for name in found.contestants(race):
            seconds = found.median(race, people, name)
            if seconds is None:
                lines.append((f"{people:,}", name, found.why_not(race, people, name), *[""] * 6))
                continue
            runs = found.values(race, people, name, "reached")
            reached = [count for run in runs for count in run]
            lines.append((f"{people:,}", name, cell(seconds), cell(found.best(race, people, name)),
                          cell(found.median(race, people, name, "seconds_cpu")), cell(seconds / ours if ours else None),
                          cell(set_up(found, race, people, name)),
                          cell(found.median(race, people, name, "peak_mb")), f"{sum(reached) / len(reached):,.0f}"))
    return markdown(lines) if len(lines) > 1 else ""


def set_up(found: Found, race: str, people: int, name: str) -> float | None:
    """Return the seconds from the arrays of the graph file to a model that is ready to run."""
    parts = [found.median(race, people, name, number) for number in ("network", "build")]
    return sum(part for part in parts if part is not None)


def costs(found: Found) -> str:
    """Return the cost of the full model and of messages by size."""
    lines = [("work", "people", "median s", "best s", "processor s", "ns per person-step", "ns per message", "peak MB",
              "B per person", "B per tie")]
    for race, name in (("default", US), ("market", US), ("huge", US), ("imitation", US), ("everybody", US),
                       ("everybody", "all read")):
        for people in found.sizes(race):
            seconds = found.median(race, people, name)
            messages, steps = (found.median(race, people, name, number) for number in ("messages", "person_steps"))
            if seconds is None:
                continue
            lines.append((race if name == US else f"{race}, {name}", f"{people:,}", cell(seconds),
                          cell(found.best(race, people, name)), cell(found.median(race, people, name, "seconds_cpu")),
                          cell(person_step(found, race, people, name) if steps else None),
                          cell(1e9 * seconds / messages if messages else None),
                          *(cell(found.median(race, people, name, number))
                            for number in ("peak_mb", "bytes_per_person", "bytes_per_tie"))))
    return markdown(lines) if len(lines) > 1 else ""


def waiting(found: Found) -> str:
    """Return what a user waits for: start, compilation, networks, workers."""
    words = {"interpreter": "Python alone", "import_simulation": "import simulation", "help": "run.py --help",
             "cold": "first tiny run, no compiled kernels", "warm": "the same, kernels compiled before",
             "compile": "compiling the kernels (difference)"}
    asked = [(text, "start", 0, US, number) for number, text in words.items()]
    asked += [(f"network {kind}", "networks", people, kind, "seconds") for people in found.sizes("networks")
              for kind in found.contestants("networks")]
    asked += [(f"starting {name}", "sweep", people, name, "start_up") for people in found.sizes("sweep")
              for name in found.contestants("sweep")]
    lines = [(text, f"{where[1]:,}" if where[1] else "", cell(found.median(*where)), cell(found.best(*where)))
             for text, *where in asked if found.values(*where)]
    return markdown([("what", "people", "median s", "best s"), *lines]) if lines else ""


def missing(found: Found) -> str:
    """Name everybody without a result, with the reason."""
    out = []
    for race in dict.fromkeys(one["race"] for one in found.measurements):
        for people in found.sizes(race):
            out += [f"- {name} ({race}, {people:,} people): {found.why_not(race, people, name)}"
                    for name in found.contestants(race) if found.median(race, people, name) is None]
    return "\n".join(out) or "Nobody."


def cell(value: float | None) -> str:
    """Return a number with three digits."""
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def markdown(lines: list[tuple]) -> str:
    """Return lines of cells as a Markdown table; the first line is the head."""
    head, *rest = lines
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, ("---",) * len(head), *rest))
