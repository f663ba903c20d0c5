"""The look of all figures: colours, type, sizes, and the small parts that every figure is made of.

Brands keep one colour and one marker over all figures (Okabe & Ito 2008: safe for colour-blind readers); rungs
and triggers have scales of their own that differ in lightness as well, so that they survive a grey printer.
"""

from __future__ import annotations

import functools
import textwrap
from collections.abc import Iterator
from itertools import count

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.offsetbox import AnchoredOffsetbox, DrawingArea, HPacker, TextArea
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator

from experiments.figures.words import number, pretty, source_line, step_word

WIDTH, HEIGHT, DPI = 10.0, 5.6, 140
INK, GREY, PALE, FAINT = "#222222", "#6B6B6B", "#C9C9C9", "#E9E9E9"
TEXT, TITLE, SOURCE = 12, 16, 9.5

BRAND_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#8C6D31")
BRAND_MARKERS = ("o", "s", "^", "D", "v", "P", "X", "h")
RUNG_COLOURS = {
    "advocate": "#01574F", "client": "#35978F", "customer": "#A3D9D0", "prospect": "#D2D2D2",
    "unaware": "#EDEDED", "lapsed": "#E6CF9C", "rejecter": "#BF812D", "detractor": "#7A4405",
}
RUNG_INK = RUNG_COLOURS | {"customer": "#2F8A80", "prospect": "#6B6B6B", "unaware": "#6B6B6B",
                           "lapsed": "#9A7726"}
"""The same for words, dark enough to be read."""
TRIGGER_COLOURS = {"word of mouth": "#5B3A8C", "neighbours": "#A98CCB", "advertising": "#BDBDBD",
                   "seeding": "#4D4D4D"}

RC = {
    "font.family": "DejaVu Sans", "font.size": TEXT, "axes.titlesize": TEXT + 1, "axes.labelsize": TEXT,
    "xtick.labelsize": TEXT, "ytick.labelsize": TEXT, "text.color": INK, "axes.labelcolor": INK,
    "xtick.color": INK, "ytick.color": INK, "axes.edgecolor": GREY, "axes.linewidth": 0.8,
    "axes.spines.top": False, "axes.spines.right": False, "axes.titlelocation": "left",
    "axes.titleweight": "bold", "axes.grid": False, "axes.axisbelow": True, "grid.color": FAINT,
    "grid.linewidth": 0.8, "lines.linewidth": 2.4, "lines.solid_capstyle": "round", "hatch.linewidth": 1.4,
    "figure.facecolor": "white", "axes.facecolor": "white", "savefig.facecolor": "white", "savefig.bbox": None,
    "xtick.direction": "out", "ytick.direction": "out", "axes.unicode_minus": True, "text.usetex": False,
}


def styled(draw):
    """Make a function draw in this style, whatever the user's own matplotlib settings say."""
    @functools.wraps(draw)
    def inside(*args, **kwargs):
        with matplotlib.rc_context(RC):
            return draw(*args, **kwargs)
    return inside


def new_figure(results, title: str, note: str = "", mark: str = "") -> Figure:
    """Return an empty figure of a run: its finding as title, ``note`` under it, the source line with a ``mark``."""
    return blank_figure(title, note, source_line(results) + (f" · {mark}" if mark else ""))


def blank_figure(title: str, note: str, source: str, height: float = HEIGHT) -> Figure:
    """Return an empty figure with title, note and source line, ``height`` inches high.

    The margins are set so that panels made with ``fig.add_gridspec`` stand clear of all three.
    """
    fig = Figure(figsize=(WIDTH, height), dpi=DPI)
    FigureCanvasAgg(fig)
    size, lines = TITLE, balanced(title, 66)
    if len(lines) > 2:
        size, lines = TITLE - 2, balanced(title, 76)
    top = height - 0.14
    fig.suptitle("\n".join(lines), x=0.02, y=top / height, ha="left", va="top", fontsize=size, fontweight="bold",
                 linespacing=1.15)
    top -= len(lines) * size * 1.19 / 72 + 0.06
    for line in textwrap.wrap(note, 104):
        fig.text(0.02, top / height, line, ha="left", va="top", fontsize=TEXT, color=GREY)
        top -= TEXT * 1.3 / 72
    fig.text(0.02, 0.1 / height, source, ha="left", va="bottom", fontsize=SOURCE, color=GREY)
    fig.subplots_adjust(left=0.095, right=0.97, bottom=0.86 / height, top=(top - 0.36) / height)
    return fig


def balanced(text: str, width: int) -> list[str]:
    """Return the text in as few lines as the width allows, the last of them not much shorter than the first."""
    lines = shorter = textwrap.wrap(text, width)
    while len(lines) > 1 and len(shorter) == len(lines) and len(lines[-1]) < 0.5 * len(lines[0]):
        lines, width = shorter, width - 1
        shorter = textwrap.wrap(text, width)
    return lines


def brand_style(results, brand: str) -> tuple[str, str]:
    """Return colour and marker of a brand: the same in every figure."""
    at = list(results.params.brands).index(brand)
    return BRAND_COLOURS[at % len(BRAND_COLOURS)], BRAND_MARKERS[at % len(BRAND_MARKERS)]


def brands_shown(results, limit: int) -> list[str]:
    """Return the ``limit`` brands with most purchases, in the order of the config."""
    brands = list(results.params.brands)
    bought = results.state.times_bought.sum(axis=0)
    largest = sorted(range(len(brands)), key=lambda b: (-int(bought[b]), b))[:limit]
    return [brands[b] for b in sorted(largest)]


def brand_title(ax, results, brand: str, extra: str = "", width: int = 28) -> None:
    """Write the brand's name over a panel in its colour, and something in grey behind it."""
    parts = [text_part(pretty(brand, width), brand_style(results, brand)[0], "bold", TEXT + 1)]
    if extra:
        parts.append(text_part(extra, GREY))
    place(ax, parts, 7)


def text_part(text: str, colour: str = INK, weight: str = "normal", size: float = TEXT) -> TextArea:
    """Return words as a part of a row."""
    return TextArea(text, textprops={"color": colour, "fontweight": weight, "fontsize": size})


def swatch(colour: str, hatched: bool = False) -> DrawingArea:
    """Return a small coloured square as a part of a row."""
    area = DrawingArea(12, 11, 0, 1)
    face = {"facecolor": "white", "hatch": "////"} if hatched else {"facecolor": colour}
    area.add_artist(Rectangle((0, 0), 11, 10, edgecolor=colour, linewidth=1.0, **face))
    return area


def place(ax, parts: list, gap: float, x: float = 0.0, y: float = 1.03, loc: str = "lower left") -> None:
    """Put a row of parts at (x, y) of the axes, by default above its left corner."""
    row = HPacker(children=parts, align="baseline", pad=0, sep=gap)
    box = AnchoredOffsetbox(loc, child=row, frameon=False, pad=0, borderpad=0, bbox_to_anchor=(x, y),
                            bbox_transform=ax.transAxes)
    box.set_clip_on(False)
    ax.add_artist(box)


def key(ax, entries: list[tuple], lead: str = "", **where) -> None:
    """Write a key as one row: ``lead``, then a square and a word per entry (word, colour[, hatched])."""
    parts = [text_part(lead)] if lead else []
    for word, *look in entries:
        parts += [swatch(*look), text_part(word)]
    place(ax, parts, 5, **where)


def narrow(ax, share: float):
    """Keep only the left ``share`` of a panel's width, so that labels fit on its right; return the panel."""
    box = ax.get_position()
    ax.set_position([box.x0, box.y0, box.width * share, box.height])
    return ax


def spread(wanted: list[float], size: list[float], low: float, high: float) -> list[float]:
    """Return centres near the ``wanted`` ones for labels of the given sizes that do not overlap."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    at, edge = list(wanted), low
    for i in order:
        at[i] = max(at[i], edge + size[i] / 2)
        edge = at[i] + size[i] / 2
    edge = high
    for i in reversed(order):
        at[i] = min(at[i], edge - size[i] / 2)
        edge = at[i] - size[i] / 2
    return at


def label_ends(ax, entries: list[tuple[float, str, str]], x: float = 1.015, size: float = TEXT,
               bold: bool = True, low_edge: float = -0.05) -> None:
    """Write labels (y, text, colour) at the right of a panel, moved apart where they would overlap."""
    entries = [entry for entry in entries if entry[0] == entry[0]]
    low, high = ax.get_ylim()
    tall = ax.get_position().height * HEIGHT * 72
    heights = [(text.count("\n") + 1) * size * 1.25 / tall for _, text, _ in entries]
    wanted = [(y - low) / (high - low) for y, _, _ in entries]
    for y, (_, text, colour) in zip(spread(wanted, heights, low_edge, 1.08), entries, strict=True):
        ax.text(x, y, text, transform=ax.transAxes, ha="left", va="center", color=colour, fontsize=size,
                fontweight="bold" if bold else "normal", linespacing=1.15)


def percent_axis(axis, ticks: int = 5) -> None:
    """Write the ticks of an axis of shares as percentages."""
    axis.set_major_locator(MaxNLocator(ticks, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda x, _: f"{100 * x:.3g} %"))


def number_axis(axis, ticks: int = 5, whole: bool = True) -> None:
    """Write the ticks of an axis of counts with separators and without signs."""
    axis.set_major_locator(MaxNLocator(ticks, integer=whole, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda x, _: number(abs(x))))


def time_axis(ax, results, ticks: int = 7, label: bool = True) -> None:
    """Give a panel the time axis of the run, half a step of room at both ends."""
    steps = max(results.state.step, 1)
    ax.set_xlim(-0.5 if steps > 4 else 0.0, steps + 0.5)
    weekly = step_word(results.params) == "week"
    ax.xaxis.set_major_locator(MultipleLocator(next(s for s in spacings(weekly) if steps / s <= ticks)))
    if label:
        ax.set_xlabel(step_word(results.params))


def spacings(weekly: bool) -> Iterator[int]:
    """Yield distances of ticks in steps, growing for ever: quarters and years where steps are weeks."""
    if weekly:
        yield from (1, 2, 4, 13, 26)
    for power in count():
        yield from (52 * 2 ** power,) if weekly else (10 ** power, 2 * 10 ** power, 5 * 10 ** power)


def message(ax, text: str) -> None:
    """Say in an empty panel why it is empty."""
    ax.set_axis_off()
    ax.text(0.5, 0.5, textwrap.fill(text, 60), transform=ax.transAxes, ha="center", va="center", color=GREY,
            fontsize=TEXT + 2)


def empty_figure(results, title: str, reason: str) -> Figure:
    """Return a figure that says only why there is nothing to see."""
    fig = new_figure(results, title)
    message(fig.add_subplot(), reason)
    return fig
