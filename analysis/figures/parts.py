"""Parts that charts share: printed scales, the stated band, names at lines' ends, the key to symbols."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator

from analysis.figures import layout, numbers, style


def require(data: pd.DataFrame, columns: Sequence[str], figure_id: str) -> None:
    """ValueError, naming the figure, when columns are missing or there is no row to draw."""
    absent = [column for column in columns if column not in data.columns]
    if absent:
        raise ValueError(
            f"figure {figure_id}: its data lack {', '.join(absent)}; they have {', '.join(data.columns)}"
        )
    if data.empty:
        raise ValueError(f"figure {figure_id}: there is no row to draw")


def value_range(values: Iterable[float], zero: bool) -> tuple[float, float]:
    """Ends of an axis that shows all values with some air, from nought where `zero`."""
    shown = [value for value in values if isfinite(value)]
    low, high = min(shown), max(shown)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    air = 0.06 * ((high - low) or abs(high) or 1.0)
    # At nought itself no air is needed: nothing lies beyond it.
    return low - air * (low != 0 or not zero), high + air * (high != 0 or not zero)


def ticks(low: float, high: float, unit: str, most: int = 5) -> tuple[list[float], list[str]]:
    """Round values between two others and how they are printed: the unit once, at the far end."""
    places = MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    at = [float(place) for place in places if low <= place <= high]
    decimals = max((numbers.places(numbers.shortest(value)) for value in at), default=0)
    labels = [numbers.number(value, decimals) for value in at]
    if at:
        labels[-1] = numbers.quantity(at[-1], unit, decimals)
    return at, labels


def widest(labels: Iterable[str]) -> float:
    """Width in inches of the widest of some labels in the small second text."""
    return max((layout.text_width(label, style.SMALL) for label in labels), default=0.0)


@dataclass(frozen=True)
class Symbol:
    """One entry of the key: words, and either how its line is drawn or how its patch is filled."""

    text: str
    line: dict[str, Any] = field(default_factory=dict)
    patch: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Statement:
    """What an article states, drawn as a band behind the evidence: the admitted values and a few words."""

    interval: pd.Interval
    label: str

    def ends(self) -> list[float]:
        """Those ends that are numbers."""
        return [float(end) for end in (self.interval.left, self.interval.right) if isfinite(end)]

    def symbol(self) -> Symbol:
        """The band's entry in the key."""
        look = {"facecolor": style.STATEMENT, "edgecolor": style.STATEMENT_EDGE, "linewidth": 0.8}
        return Symbol(self.label, patch=look)


def clipped(statement: Statement, low: float, high: float) -> tuple[float, float]:
    """The stated values as far as an axis from `low` to `high` shows them."""
    return max(statement.interval.left, low), min(statement.interval.right, high)


def band(axes: Axes, statement: Statement, along: str, across: tuple[float, float] | None = None) -> None:
    """Draw the stated values along axis x or y, over the other axis's whole length or its stretch `across`.

    An open end runs to the plot's edge.
    """
    low, high = axes.get_ylim() if along == "y" else axes.get_xlim()
    first, last = across or (axes.get_xlim() if along == "y" else axes.get_ylim())
    left, right = clipped(statement, low, high)
    fill, edge = (axes.fill_between, axes.hlines) if along == "y" else (axes.fill_betweenx, axes.vlines)
    fill([first, last], left, right, facecolor=style.STATEMENT, linewidth=0, zorder=0.8)
    ends = [end for end in statement.ends() if low <= end <= high]
    edge(ends, first, last, color=style.STATEMENT_EDGE, linewidth=0.8, zorder=0.9)


def _marker(*strokes: Sequence[tuple[float, float]]) -> Path:
    vertices = [point for stroke in strokes for point in stroke]
    codes = [Path.MOVETO if place == 0 else Path.LINETO for stroke in strokes for place in range(len(stroke))]
    return Path(vertices, codes)


ABOVE = _marker([(-4, 0), (4, 0)], [(0, 0), (0, 10)], [(-2.6, 6.8), (0, 10), (2.6, 6.8)])
BELOW = _marker([(-4, 0), (4, 0)], [(0, 0), (0, -10)], [(-2.6, -6.8), (0, -10), (2.6, -6.8)])
BOUND_SIZE = 20.0  # points: twice the length of the arrow


_AFTER_HANDLE, _BETWEEN = 0.06, 0.2  # inches
KEY_LINE = layout.line_height(style.SMALL)


def _handle(symbol: Symbol) -> float:
    """Width of an entry's sign: a lone marker needs less than a line or a patch."""
    return 0.1 if symbol.line.get("linestyle") == "none" else 0.22


def key_rows(symbols: Sequence[Symbol], width: float = style.WIDTH) -> list[list[tuple[float, Symbol]]]:
    """The entries of a key in rows that fit `width`, each with its place from the left, in inches."""
    rows: list[list[tuple[float, Symbol]]] = []
    across = width + 1
    for symbol in symbols:
        need = _handle(symbol) + _AFTER_HANDLE + layout.text_width(symbol.text, style.SMALL)
        if across + need > width:
            rows.append([])
            across = 0.01
        rows[-1].append((across, symbol))
        across += need + _BETWEEN
    return rows


def key_height(symbols: Sequence[Symbol], width: float = style.WIDTH) -> float:
    """Room in inches that a key takes at the foot of a drawing, with air above and below; none for no entry."""
    rows = len(key_rows(symbols, width))
    return rows * KEY_LINE + 0.14 if rows else 0.0


def verdict_key(used: Collection[str]) -> list[Symbol]:
    """What explains the verdicts among `used`, and that hollow is at publication and filled is now."""
    symbols = [
        Symbol(
            f"{look.icon} {look.label}",
            patch={"facecolor": look.fill, "edgecolor": look.ink, "linewidth": 0.8},
        )
        for look in style.VERDICTS.values()
        if look.label in used
    ]
    frame = {"facecolor": style.PAPER, "edgecolor": style.SOFT, "linewidth": 1}
    symbols += [
        Symbol("at publication", patch=frame),
        Symbol("now", patch={**frame, "facecolor": style.SOFT}),
    ]
    return symbols


def key(
    page: Axes, top: float, symbols: Sequence[Symbol], width: float = style.WIDTH, left: float = 0.0
) -> None:
    """Draw the key to the symbols on the page's axes, `top` inches down and `left` inches in."""
    for place, row in enumerate(key_rows(symbols, width)):
        middle = top + 0.09 + (place + 0.5) * KEY_LINE
        for indent, symbol in row:
            across, wide = left + indent, _handle(symbol)
            if symbol.patch:
                page.add_patch(
                    Rectangle((across, middle - 0.05), wide, 0.1, **{"linewidth": 0, **symbol.patch})
                )
            else:
                at = [across + wide / 2] if wide == 0.1 else [across, across + wide / 2, across + wide]
                # An arrow stands on its value, so it is drawn from beside the line's middle.
                shift = {id(ABOVE): 0.05, id(BELOW): -0.05}.get(id(symbol.line.get("marker")), 0.0)
                page.add_line(Line2D(at, [middle + shift] * len(at), **symbol.line))
            layout.write(page, across + wide + _AFTER_HANDLE, middle, symbol.text, va="center")


@dataclass(frozen=True)
class LineEnd:
    """Where a line ends on the page, in inches, the words that name it there, and its look."""

    across: float
    down: float
    words: Sequence[str]
    look: style.Actor


def name_lines(page: Axes, edge: float, ends: Sequence[LineEnd], top: float, bottom: float) -> None:
    """Write each line's name right of the plot's `edge`, as near to its end as the others allow."""
    sizes = [len(end.words) * layout.line_height(style.SMALL) for end in ends]
    for end, centre in zip(ends, layout.spread([end.down for end in ends], sizes, top, bottom), strict=True):
        reach = [end.across + 0.05, max(edge, end.across + 0.05), edge + 0.08]
        page.plot(reach, [end.down, end.down, centre], color=end.look.colour, linewidth=0.5)
        layout.write(page, edge + 0.1, centre, end.words, color=end.look.ink, va="center", gid="line-name")
