"""A function over a parameter: how an answer moves with what is assumed, and the points that matter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

import pandas as pd
from matplotlib.transforms import Bbox

from analysis.figures import layout, parts, style
from analysis.figures.figure import Caption, Figure, publish
from analysis.figures.parts import Statement

_PANEL = 2.5
_NAME_WIDTH = 1.2
_PLAIN = style.Actor("", style.INK, style.INK, "o")


def _free_place(
    at: tuple[float, float],
    size: tuple[float, float],
    frame: Bbox,
    taken: Sequence[Bbox],
    line: Sequence[tuple[float, float]],
) -> Bbox:
    """A box of that size beside a point that covers no other and as little of the lines as can be."""
    (x, y), (wide, tall) = at, size
    best: tuple[float, Bbox] | None = None
    for away in (0.07, 0.16, 0.3):
        for across, down in ((1, -1), (-1, -1), (1, 1), (-1, 1), (1, 0), (-1, 0), (0, -1), (0, 1)):
            left = x + away * across - wide * (1 - across) / 2
            top = y + away * down - tall * (1 - down) / 2
            box = Bbox.from_extents(left, top, left + wide, top + tall)
            outside = box.x0 < frame.x0 or box.x1 > frame.x1 or box.y0 < frame.y0 or box.y1 > frame.y1
            cost = 1000.0 * sum(box.overlaps(other) for other in taken) + 300 * outside + 10 * away
            cost += sum(box.padded(0.03).contains(*point) for point in line)
            if best is None or cost < best[0] - 1e-9:
                best = (cost, box)
    assert best is not None
    return best[1]


def curve(
    data: pd.DataFrame,
    *,
    unit: str,
    x_title: str,
    x_unit: str = "",
    points: pd.DataFrame | None = None,
    statement: Statement | None = None,
    log_x: bool = False,
    zero: bool = True,
    **caption: Unpack[Caption],
) -> Figure:
    """Draw y as a function of x, one line a case.

    `data` has `x` and `y` (in `unit`), and, where they apply, `line` (the case, named at the line's
    end), `actor` (area code, for its colour), `low` and `high` (an uncertain band). `points` (x, y,
    label) are marked and named. `x_title` names the parameter under its axis; `log_x` spaces it by
    ratios; `zero` makes the y axis begin at nought. ValueError, naming the figure, for missing
    columns or rows, or a parameter that is not above nought on an axis of ratios.
    """
    figure_id = caption["figure_id"]
    parts.require(data, ("x", "y"), figure_id)
    rows = data.copy()
    for column in ("line", "actor"):
        rows[column] = rows[column].fillna("") if column in rows else ""
    if log_x and rows["x"].min() <= 0:
        raise ValueError(f"figure {figure_id}: an axis of ratios needs x above 0")
    marked = pd.DataFrame({"x": [], "y": [], "label": []}) if points is None else points
    cases = [
        (str(name), part.sort_values("x", kind="stable")) for name, part in rows.groupby("line", sort=False)
    ]
    looks = [style.actor(part["actor"].iloc[0]) if part["actor"].iloc[0] else _PLAIN for _, part in cases]
    names = [layout.wrap(name, _NAME_WIDTH, style.SMALL) if name else [] for name, _ in cases]
    bands = [column for column in ("low", "high") if column in rows]
    values = [*rows[["y", *bands]].stack(), *marked["y"], *(statement.ends() if statement else [])]
    low, high = parts.value_range(values, zero)
    at, labels = parts.ticks(low, high, unit)
    first, last = float(rows["x"].min()), float(rows["x"].max())

    left, top, foot = 0.1 + parts.widest(labels), 0.1, 0.46
    right = 0.16 + parts.widest(text for words in names for text in words)
    symbols = [statement.symbol()] if statement else []
    key_room = parts.key_height(symbols)
    height = top + _PANEL + foot + key_room
    canvas = style.canvas(height)
    axes = layout.panel(canvas, left, right, top, foot + key_room)
    page = layout.page(canvas)
    if log_x:
        axes.set_xscale("log")
        axes.minorticks_off()
    axes.set(xlim=(first, last), ylim=(low, high))
    axes.set_yticks(at, labels)
    axes.set_xticks(*parts.ticks(first, last, x_unit))
    axes.set_xlabel(x_title, labelpad=3)
    if statement:
        parts.band(axes, statement, "y")
    for (_, part), look in zip(cases, looks, strict=True):
        if len(bands) == 2:
            axes.fill_between(
                part["x"], part["low"], part["high"], color=look.colour, alpha=0.16, linewidth=0
            )
        axes.plot(
            part["x"], part["y"], color=look.colour, linestyle=(0, look.dash) if look.dash else "-", zorder=3
        )

    def place(x: float, y: float) -> tuple[float, float]:
        """Inches from the page's top left corner."""
        across, up = axes.transData.transform((x, y)) / canvas.dpi
        return float(across), float(height - up)

    path = [place(x, y) for x, y in zip(rows["x"], rows["y"], strict=True)]
    frame = Bbox.from_extents(left, 0.02, style.WIDTH - right, top + _PANEL)
    taken: list[Bbox] = []
    for x, y, label in zip(marked["x"], marked["y"], marked["label"], strict=True):
        axes.plot(
            x, y, "o", color=style.INK, markersize=6, markeredgecolor=style.PAPER, zorder=5, clip_on=False
        )
        words = layout.wrap(str(label), 1.7, style.SMALL)
        size = (parts.widest(words), len(words) * layout.line_height(style.SMALL))
        taken.append(_free_place(place(x, y), size, frame, taken, path))
        layout.write(
            page, taken[-1].x0, taken[-1].y0, words, color=style.INK, va="top", zorder=6, gid="point"
        )
    ends = [
        parts.LineEnd(*place(part["x"].iloc[-1], part["y"].iloc[-1]), words, look)
        for (_, part), words, look in zip(cases, names, looks, strict=True)
        if words
    ]
    parts.name_lines(page, style.WIDTH - right, ends, 0.04, top + _PANEL + 0.1)
    parts.key(page, height - key_room, symbols)
    return publish(canvas, data, **caption)
