"""Estimates with their intervals on one scale, in groups under headings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

import pandas as pd

from analysis.figures import layout, parts, style
from analysis.figures.figure import Caption, Figure, publish

_ROW = 0.215
_HEAD = 0.3


def grouped_dots(data: pd.DataFrame, *, ticks: Mapping[float, str], **caption: Unpack[Caption]) -> Figure:
    """Draw a dot with its interval a row, under the heading of its group.

    `data` has `group`, `label`, `value`, `low` and `high`, the rows of a group together; `ticks` names places
    of the scale, of which the one at 0 is drawn strongest. ValueError, naming the figure, for missing columns,
    rows or values, or a label that occurs twice in a group.
    """
    figure_id = caption["figure_id"]
    parts.require(data, ("group", "label", "value", "low", "high"), figure_id)
    if data[["value", "low", "high"]].isna().any(axis=None):
        raise ValueError(f"figure {figure_id}: a row has no value or no interval to draw")
    if data.duplicated(["group", "label"]).any():
        twice = data[data.duplicated(["group", "label"])].iloc[0]
        raise ValueError(f"figure {figure_id}: {twice['label']!r} stands twice under {twice['group']!r}")
    groups = list(dict.fromkeys(data["group"]))
    left = 0.1 + parts.widest(data["label"])
    top = 0.04 + layout.line_height(style.SMALL)
    height = top + _HEAD * len(groups) + _ROW * len(data) + 0.06
    canvas = style.canvas(height)
    page = layout.page(canvas)
    low, high = min(data["low"].min(), *ticks), max(data["high"].max(), *ticks)
    edge = 0.5 * max(layout.text_width(text, style.SMALL) for text in ticks.values())
    room = style.WIDTH - left - edge - 0.06

    def across(value: float) -> float:
        return left + 0.06 + (value - low) / (high - low) * room

    for value, text in ticks.items():
        layout.write(page, across(value), 0.02, text, ha="center", va="top")
    down = top
    for group in groups:
        layout.write(page, 0, down + _HEAD - 0.05, str(group), color=style.INK, va="bottom")
        down += _HEAD
        long = _ROW * int((data["group"] == group).sum())
        for value in ticks:
            place, colour = across(value), style.GRID if value else style.SOFT
            page.plot([place, place], [down, down + long], color=colour, linewidth=0.8, zorder=1)
        for row in data[data["group"] == group].itertuples():
            middle = down + _ROW / 2
            layout.write(page, left, middle, str(row.label), color=style.INK, ha="right", va="center")
            ends = [across(row.low), across(row.high)]
            page.plot(ends, [middle, middle], color=style.FAINT, linewidth=2.2, zorder=2, gid="interval")
            page.plot(across(row.value), middle, "o", color=style.INK, markersize=5.5, zorder=3, gid="dot")
            down += _ROW
    return publish(canvas, data, **caption)
