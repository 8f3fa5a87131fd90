"""Dated events down the page, each named beside its date, none covering another."""

from __future__ import annotations

from math import ceil, floor
from typing import Any, Unpack

import pandas as pd
from matplotlib.axes import Axes

from analysis.figures import layout, parts, style, time_axis
from analysis.figures.figure import Caption, Figure, publish
from analysis.figures.parts import Symbol

_AXIS = 0.48  # inches from the left
_DATE = 0.74
_LABEL = 1.62
_GAP = 0.07
_LEAST = 2.0
_NOBODY = style.Actor("", style.SOFT, style.SOFT, "o")


def _symbols(rows: pd.DataFrame) -> list[Symbol]:
    dot = {"marker": "o", "linestyle": "none", "markersize": 5.6, "markeredgewidth": 1.1, "color": style.SOFT}
    symbols = [
        Symbol(look.name, line={**dot, "marker": look.marker, "color": look.colour})
        for code, look in style.ACTORS.items()
        if (rows["actor"] == code).any()
    ]
    if (rows["occurred"] == "no").any():
        symbols.append(Symbol("had not happened by then", line={**dot, "markerfacecolor": style.PAPER}))
    if rows["article"].astype(bool).any():
        symbols.append(Symbol("the article", patch={"facecolor": style.STATEMENT}))
    return symbols


def _name_years(page: Axes, begun: int, years: list[tuple[int, float]], top: float) -> None:
    """Print each year at its first day, where there is room, and the year that the axis begins in on top."""
    line = layout.line_height(style.SMALL)
    right: dict[str, Any] = {"across": _AXIS - 0.1, "ha": "right"}
    last = -line
    if not years or years[0][1] - top > 1.6 * line:
        layout.write(page, down=top, words=str(begun), va="top", **right)
    for year, at in years:
        page.plot([_AXIS - 0.06, _AXIS], [at, at], color=style.SOFT, linewidth=0.8)
        if at - last > 1.1 * line:
            layout.write(page, down=at, words=str(year), va="center", **right)
            last = at


def timeline(data: pd.DataFrame, **caption: Unpack[Caption]) -> Figure:
    """Draw events on an axis of time that runs downwards.

    `data` has `date` (as the tables write periods; a stretch of time is drawn as a bar) and `label`,
    and, where they apply, `actor` (area code, for colour and marker), `occurred` (no for what is
    documented not to have happened up to that date: hollow) and `article` (true for what an article
    did or said: highlighted). ValueError, naming the figure, for missing columns or rows.
    """
    parts.require(data, ("date", "label"), caption["figure_id"])
    rows = data.copy()
    spans = rows["date"].map(lambda when: time_axis.extent(str(when)))
    rows["start"], rows["end"] = spans.str[0], spans.str[1]
    rows["at"] = (rows["start"] + rows["end"]) / 2
    rows = rows.sort_values(["at", "label"], kind="stable").reset_index(drop=True)
    for column, default in (("actor", ""), ("occurred", "yes"), ("article", False)):
        rows[column] = rows[column].fillna(default) if column in rows else default
    line = layout.line_height(style.SMALL)
    words = [layout.wrap(str(label), style.WIDTH - _LABEL, style.SMALL) for label in rows["label"]]
    dates = [
        layout.wrap(time_axis.printed(str(when)), _LABEL - _DATE - 0.06, style.SMALL) for when in rows["date"]
    ]
    tall = [max(len(a), len(b)) * line + _GAP for a, b in zip(words, dates, strict=True)]

    symbols = _symbols(rows)
    body, top = max(sum(tall), _LEAST), 0.08
    canvas = style.canvas(top + body + 0.08 + parts.key_height(symbols))
    page = layout.page(canvas)
    first, last = rows["start"].min(), rows["end"].max()

    def down(moment: float) -> float:
        return top + body * (moment - first) / (last - first)

    page.plot([_AXIS, _AXIS], [top, top + body], color=style.SOFT, linewidth=0.8, zorder=1)
    _name_years(page, floor(first), [(year, down(year)) for year in range(ceil(first), ceil(last))], top)
    centres = layout.spread([down(at) for at in rows["at"]], tall, top, top + body)
    for (_, row), centre, label, dated in zip(rows.iterrows(), centres, words, dates, strict=True):
        look = style.ACTORS.get(row["actor"], _NOBODY)
        at = down(row["at"])
        # Date and label begin on one line, whichever of them is longer, and the leader meets that line.
        begin = centre - max(len(label), len(dated)) * line / 2
        meet = begin + line / 2
        leader = [_AXIS, _AXIS + 0.1, _DATE - 0.08, _DATE - 0.03]
        page.plot(leader, [at, at, meet, meet], color=look.colour, linewidth=0.6)
        if row["end"] - row["start"] > 0.02:
            span = [down(row["start"]), down(row["end"])]
            page.plot([_AXIS, _AXIS], span, color=look.colour, linewidth=4, solid_capstyle="butt", zorder=2)
        face, edge = (style.PAPER, look.colour) if row["occurred"] == "no" else (look.colour, style.PAPER)
        point: dict[str, Any] = {"markersize": 6.5, "markerfacecolor": face, "markeredgecolor": edge}
        page.plot(_AXIS, at, look.marker, markeredgewidth=1, zorder=4, **point)
        box = {"facecolor": style.STATEMENT, "edgecolor": "none", "pad": 1.5} if row["article"] else None
        layout.write(page, _DATE, begin, dated, color=look.ink, va="top", gid="date")
        layout.write(page, _LABEL, begin, label, color=style.INK, va="top", bbox=box, gid="event")
    parts.key(page, top + body + 0.08, symbols)
    return publish(canvas, data, **caption)
