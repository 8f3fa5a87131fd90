"""Magnitudes side by side: horizontal bars from nought, or dots with ranges joined along a row."""

from __future__ import annotations

from typing import Unpack

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from analysis.figures import layout, numbers, parts, style
from analysis.figures.figure import Caption, Figure, publish
from analysis.figures.parts import Statement

_LABEL_WIDTH = 1.5  # inches
_PAD = 0.14
_ARROW = 9.0  # points that a bound's arrow reaches beyond its dot
_BOUNDS = {"above": "over ", "below": "under "}


def _rows(data: pd.DataFrame, columns: tuple[str, ...], figure_id: str) -> pd.DataFrame:
    parts.require(data, columns, figure_id)
    rows = data.copy()
    rows["y"] = pd.to_numeric(rows["value"])
    if rows["y"].isna().any():
        raise ValueError(
            f"figure {figure_id}: {rows.loc[rows['y'].isna(), 'label'].iloc[0]!r} has no value to draw"
        )
    for end in ("low", "high"):
        rows[end] = pd.to_numeric(rows[end]).fillna(rows["y"]) if end in rows else rows["y"]
    if "actor" not in rows:
        rows["actor"] = ""
    rows["bound"] = rows["bound"].fillna("exact") if "bound" in rows else "exact"
    rows["hollow"] = rows["hollow"].fillna(False).astype(bool) if "hollow" in rows else False
    return rows


def _canvas(
    labels: list[list[str]], row_height: float, top: float, bottom: float
) -> tuple[Canvas, Axes, Axes]:
    """A drawing with a row for each label: its plot's axes, counted in rows downwards, and its page."""
    left = 0.06 + max(layout.text_width(line) for label in labels for line in label)
    height = top + row_height * len(labels) + bottom
    canvas = style.canvas(height)
    axes = layout.panel(canvas, left, 0.02, top, bottom)
    page = layout.page(canvas)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.set_yticks([])
    axes.grid(False)
    axes.spines["bottom"].set_visible(False)
    for place, label in enumerate(labels):
        middle = top + row_height * (place + 0.5)
        layout.write(
            page, left - 0.06, middle, label, size=style.SIZE, color=style.INK, ha="right", va="center"
        )
    return canvas, axes, page


def bars(data: pd.DataFrame, *, unit: str, ordered: bool = True, **caption: Unpack[Caption]) -> Figure:
    """Draw one value a row as a bar from nought, the largest on top.

    `data` has `label` and `value` (in `unit`; text keeps its digits), and, where they apply, `actor`
    (area code, for the colour; grey without) and `low` and `high` (a range drawn over the bar's end).
    `ordered` false keeps the rows' order. ValueError, naming the figure, for missing columns or values.
    """
    rows = _rows(data, ("label", "value"), caption["figure_id"])
    if ordered:
        rows = rows.sort_values("y", ascending=False, kind="stable")
    printed = [numbers.quantity(value, unit) for value in rows["value"]]
    labels = [layout.wrap(str(label), _LABEL_WIDTH) for label in rows["label"]]
    widest = max(layout.text_width(text) for text in printed)
    row_height = max(0.3, max(map(len, labels)) * layout.line_height() + 0.06)
    canvas, axes, _ = _canvas(labels, row_height, 0.04, 0.04)
    low, high = min(0.0, rows["low"].min()), max(0.0, rows["high"].max())
    # The printed values stand behind the bars' ends, so the scale leaves them their room.
    room = axes.get_position().width * style.WIDTH
    beside = (widest + _PAD) * ((low < 0) + (high > 0))
    scale = (high - low) / (room - beside) if high > low else 1.0
    gap = scale * (widest + _PAD)
    axes.set_xlim(low - gap * (low < 0), high + gap * (high > 0) if high > low else 1.0)
    axes.set_xticks([])
    for place, (_, row) in enumerate(rows.iterrows()):
        look = style.actor(row["actor"])
        axes.barh(place, row["y"], height=0.62, color=look.colour, linewidth=0, gid="bar")
        if row["high"] > row["low"]:
            ends = [row["low"], row["high"]]
            axes.plot(
                ends, [place, place], "|-", color=style.PAPER, linewidth=3, markersize=9, markeredgewidth=3
            )
            axes.plot(
                ends, [place, place], "|-", color=style.INK, linewidth=1.2, markersize=7, markeredgewidth=1.2
            )
        end = max(row["high"], 0.0) if row["y"] >= 0 else min(row["low"], 0.0)
        axes.annotate(
            printed[place],
            (end, place),
            xytext=(3 if row["y"] >= 0 else -3, 0),
            textcoords="offset points",
            ha="left" if row["y"] >= 0 else "right",
            va="center",
            color=style.INK,
        )
    axes.axvline(0, color=style.SOFT, linewidth=0.8)
    return publish(canvas, data, **caption)


def dots(
    data: pd.DataFrame,
    *,
    unit: str,
    statement: Statement | None = None,
    zero: bool = True,
    ordered: bool = True,
    **caption: Unpack[Caption],
) -> Figure:
    """Draw several values a row as dots on one scale, joined to show how far apart they lie.

    `data` has `label` (the row), `series` (which of the row's values; named over the first row) and
    `value` in `unit`, and, where they apply, `actor` (area code: colour and marker), `low` and `high`
    (a range), `bound` (above and below are given an arrow and a word) and `hollow` (the earlier of two
    dates, say). `statement` marks what is stated or pledged. Rows stand in the order of their first
    series, largest on top; `ordered` false keeps the given order; `zero` lets the scale begin at nought.
    ValueError, naming the figure, for missing columns or values, or a series that occurs twice in a row.
    """
    figure_id = caption["figure_id"]
    rows = _rows(data, ("label", "series", "value"), figure_id)
    if rows.duplicated(["label", "series"]).any():
        twice = rows[rows.duplicated(["label", "series"])].iloc[0]
        raise ValueError(f"figure {figure_id}: {twice['label']!r} has series {twice['series']!r} twice")
    series = list(dict.fromkeys(rows["series"]))
    names = list(dict.fromkeys(rows["label"]))
    if ordered:
        lead = rows[rows["series"] == series[0]].set_index("label")["y"]
        names.sort(key=lambda name: -lead.get(name, float("-inf")))
    labels = [layout.wrap(str(name), _LABEL_WIDTH) for name in names]
    printed = {
        index: _BOUNDS.get(bound, "") + numbers.quantity(value, unit)
        for index, value, bound in zip(rows.index, rows["value"], rows["bound"], strict=True)
    }
    arrow = _ARROW if rows["bound"].isin(_BOUNDS).any() else 0.0
    widest = arrow / 72 + max(layout.text_width(text, style.SMALL) for text in printed.values())
    row_height = max(0.34, max(map(len, labels)) * layout.line_height() + 0.08)
    top = 0.06 + 2 * layout.line_height(style.SMALL)
    symbols = [] if statement is None else [statement.symbol()]
    bottom = (0.22 if zero else 0.04) + parts.key_height(symbols)
    canvas, axes, page = _canvas(labels, row_height, top, bottom)
    ends = [] if statement is None else statement.ends()
    low, high = min([rows["low"].min(), *ends]), max([rows["high"].max(), *ends])
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    room = axes.get_position().width * style.WIDTH
    gap = (high - low or 1.0) / (room - 2 * (widest + _PAD)) * (widest + _PAD)
    axes.set_xlim(low - gap, high + gap)
    axes.set_xticks([0] if zero else [])
    axes.tick_params(axis="x", length=0)
    if zero:
        axes.axvline(0, color=style.SOFT, linewidth=0.8, zorder=1)
    if statement is not None:
        parts.band(axes, statement, "x")
    for place, name in enumerate(names):
        row = rows[rows["label"] == name].sort_values("y", kind="stable")
        axes.axhline(place, color=style.GRID, linewidth=0.7, zorder=0.5)
        axes.plot(row["y"].iloc[[0, -1]], [place, place], color="#C3C8CE", linewidth=3, zorder=1.5)
        for position, (index, one) in enumerate(row.iterrows()):
            look = style.actor(one["actor"])
            if one["high"] > one["low"]:
                axes.plot(
                    [one["low"], one["high"]], [place, place], color=look.colour, linewidth=1.3, zorder=2
                )
            axes.plot(
                one["y"],
                place,
                look.marker,
                color=look.colour,
                markersize=6.4 if one["hollow"] else 7,
                markerfacecolor=style.PAPER if one["hollow"] else look.colour,
                markeredgecolor=look.colour if one["hollow"] else style.PAPER,
                markeredgewidth=1.4 if one["hollow"] else 0.8,
                zorder=3,
            )
            outward = {"above": 1, "below": -1}.get(one["bound"], 0)
            if outward:
                axes.annotate(
                    "",
                    (one["y"], place),
                    xytext=(outward * (_ARROW + 4), 0),
                    textcoords="offset points",
                    arrowprops={
                        "arrowstyle": "<-",
                        "color": look.colour,
                        "linewidth": 1.3,
                        "shrinkA": 0,
                        "shrinkB": 0,
                    },
                    zorder=2.5,
                )
            # Only the ends are printed beside their dots; what lies between has no room.
            if position in (0, len(row) - 1):
                after = position == len(row) - 1
                edge = one["high"] if after else one["low"]
                beside = 6 + (_ARROW if outward == (1 if after else -1) else 0)
                axes.annotate(
                    printed[index],
                    (edge, place),
                    xytext=(beside if after else -beside, 0),
                    textcoords="offset points",
                    ha="left" if after else "right",
                    va="center",
                    size=style.SMALL,
                    color=look.ink,
                    bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 1},
                )
    _name_series(axes, page, rows[rows["label"] == names[0]], top, row_height)
    parts.key(page, top + row_height * len(names) + bottom - parts.key_height(symbols), symbols)
    return publish(canvas, data, **caption)


def _name_series(axes: Axes, page: Axes, first: pd.DataFrame, top: float, row_height: float) -> None:
    """Name the series over the dots of the first row, moved apart where they would collide."""
    box = axes.get_position()
    low, high = axes.get_xlim()
    wanted = [style.WIDTH * (box.x0 + box.width * (y - low) / (high - low)) for y in first["y"]]
    wide = [layout.text_width(str(name), style.SMALL) + 0.1 for name in first["series"]]
    placed = layout.spread(wanted, wide, 0.0, style.WIDTH)
    for (_, one), want, centre in zip(first.iterrows(), wanted, placed, strict=True):
        look = style.actor(one["actor"])
        page.plot([want, centre], [top + row_height / 2 - 0.07, top - 0.08], color=look.colour, linewidth=0.6)
        layout.write(page, centre, top - 0.1, str(one["series"]), color=look.ink, ha="center")
