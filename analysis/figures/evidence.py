"""One claim against its evidence: the stated band, and each reading's measurements by origin."""

from __future__ import annotations

from datetime import date
from math import inf, isfinite
from typing import Any, Unpack

import pandas as pd
from matplotlib.axes import Axes

from analysis import periods
from analysis.figures import layout, numbers, parts, style
from analysis.figures.figure import Caption, Figure, publish
from analysis.figures.parts import Statement, Symbol

_LABEL_WIDTH = 1.25  # inches for the origins' names
_ROW = 0.24
_HEAD_GAP = 0.1


def _known_later(value: Any, published: date) -> bool:
    """Whether the row became known after the article, or cannot be dated; a partial date counts as its last day."""
    if numbers.missing(value):
        return True
    return (value if isinstance(value, date) else periods.last_day(str(value))) > published


def _limits(rows: pd.DataFrame, statement: Statement, unit: str) -> tuple[float, float]:
    ends = [*rows["low"], *rows["high"], *rows["estimate"].dropna(), *statement.ends()]
    low, high = parts.value_range(ends, zero=False)
    # A share ends at 0 and 100, with room for half a marker.
    return (max(low, -1.5), min(high, 101.5)) if unit == "percent_share" else (low, high)


def _is_bound(row: pd.Series) -> bool:
    """Whether the measurement only says "over" or "under": its number, if any, is an end of what it admits."""
    return row["low"] < row["high"] and not row["low"] < row["estimate"] < row["high"]


def _printed(row: pd.Series, unit: str) -> str:
    low, high = row["low"], row["high"]
    if not _is_bound(row):
        text = numbers.quantity(row["estimate"], unit)
    elif row["estimate"] == high or low == -inf:
        text = numbers.interval(-inf, high, unit, closed="neither")
    elif row["estimate"] == low or high == inf:
        text = numbers.interval(low, inf, unit, closed="neither")
    else:
        text = numbers.interval(low, high, unit)
    return f"{text} {style.JUDGEMENTS[row['judgement']].icon}"


def _draw(axes: Axes, down: float, row: pd.Series, low: float, high: float) -> None:
    look = style.JUDGEMENTS[row["judgement"]]
    left, right = max(row["low"], low), min(row["high"], high)
    if right > left:
        axes.plot([left, right], [down, down], color=look.ink, linewidth=2, solid_capstyle="butt", zorder=3)
        for end, edge, arrow in ((row["high"], right, ">"), (row["low"], left, "<")):
            shape: dict[str, Any] = {"marker": "|", "markersize": 7, "markeredgewidth": 1.4}
            if not isfinite(end):
                shape = {"marker": arrow, "markersize": 5.5, "markeredgewidth": 0}
            axes.plot([edge], [down], color=look.ink, zorder=3, clip_on=False, **shape)
    if not _is_bound(row):
        face = look.ink if row["later"] else style.PAPER
        point: dict[str, Any] = {
            "marker": look.marker,
            "markersize": 6.5,
            "markeredgewidth": 1.5,
            "linestyle": "none",
        }
        axes.plot(
            row["estimate"], down, color=look.ink, markerfacecolor=face, zorder=4, gid="estimate", **point
        )


def _symbols(rows: pd.DataFrame) -> list[Symbol]:
    dot = {"marker": "o", "linestyle": "none", "markersize": 5.6, "markeredgewidth": 1.3, "color": style.SOFT}
    symbols = [
        Symbol(judgement, line={**dot, "marker": look.marker, "color": look.ink})
        for judgement, look in style.JUDGEMENTS.items()
        if (rows["judgement"] == judgement).any()
    ]
    if not rows["later"].all():
        symbols.append(Symbol("known at publication", line={**dot, "markerfacecolor": style.PAPER}))
    if rows["later"].any():
        symbols.append(Symbol("known only later", line=dot))
    return symbols


def evidence(
    data: pd.DataFrame, *, statement: Statement, unit: str, published: str, **caption: Unpack[Caption]
) -> Figure:
    """Set every piece of evidence on one claim against what the article states.

    `data` has a row for each piece: `reading` (what was measured, in a few words), `primary` (true for
    the reading that decides), `origin` (who measured it), `low` and `high` (what the measurement
    admits, in `unit`; equal for an exact value, infinite for a bound), `judgement` (inside, outside,
    undecided), and, where they apply, `estimate` (the number itself) and `known_since`.
    The primary reading stands on top; a piece that became known after `published`, the article's
    date, is filled, one known by then is hollow. ValueError, naming the figure, for missing columns
    or no row.
    """
    figure_id = caption["figure_id"]
    parts.require(data, ("reading", "primary", "origin", "low", "high", "judgement"), figure_id)
    rows = data.copy()
    estimates = pd.to_numeric(rows["estimate"]) if "estimate" in rows else pd.Series(float("nan"), rows.index)
    rows["estimate"] = estimates.fillna(rows["low"].where(rows["low"] == rows["high"]))
    rows[["low", "high"]] = rows[["low", "high"]].astype(float)
    day = periods.last_day(published)
    known = rows["known_since"] if "known_since" in rows else [None] * len(rows)
    rows["later"] = [_known_later(value, day) for value in known]
    low, high = _limits(rows, statement, unit)

    # First measure how far down everything reaches, then draw on a page of that height.
    line = layout.line_height(style.SMALL)
    top = down = 0.04 + line
    heads: list[tuple[float, list[str], bool]] = []
    blocks: list[tuple[float, float]] = []
    pieces: list[tuple[float, list[str], pd.Series]] = []
    for primary in (True, False):
        for name, part in rows[rows["primary"].astype(bool) == primary].groupby("reading", sort=False):
            words = layout.wrap(
                f"Primary reading: {name}" if primary else str(name), style.WIDTH, style.SMALL
            )
            heads.append((down + _HEAD_GAP, words, primary))
            down += _HEAD_GAP + len(words) * line + 0.03
            begin = down
            for _, row in part.iterrows():
                label = layout.wrap(str(row["origin"]), _LABEL_WIDTH, style.SMALL)
                room = max(_ROW, len(label) * line + 0.05)
                pieces.append((down + room / 2, label, row))
                down += room
            blocks.append((begin, down))
    symbols = _symbols(rows)
    key_room = parts.key_height(symbols)
    left = _LABEL_WIDTH + 0.08
    right = 0.1 + parts.widest(_printed(row, unit) for _, row in rows.iterrows())

    canvas = style.canvas(down + 0.3 + key_room)
    axes = layout.panel(canvas, left, right, top, 0.3 + key_room)
    page = layout.page(canvas)
    axes.set(xlim=(low, high), ylim=(down, top))
    axes.set_xticks(*parts.ticks(low, high, unit, most=4))
    axes.set_yticks([])
    axes.grid(False)
    axes.tick_params(axis="x", length=0)
    axes.spines["bottom"].set_visible(False)
    for begin, end in blocks:
        axes.vlines(axes.get_xticks(), end, begin, color=style.GRID, linewidth=0.7, zorder=0.5)
        parts.band(axes, statement, "x", (begin, end))
    middle = sum(parts.clipped(statement, low, high)) / 2
    half = layout.text_width(statement.label, style.SMALL) / 2
    across = left + (style.WIDTH - left - right) * (middle - low) / (high - low)
    across = min(max(across, half), style.WIDTH - half)
    layout.write(page, across, top, statement.label, color=style.STATEMENT_INK, ha="center", va="bottom")
    for at, words, primary in heads:
        layout.write(page, 0, at, words, color=style.INK if primary else style.SOFT, va="top")
    for at, label, row in pieces:
        ink = style.JUDGEMENTS[row["judgement"]].ink
        _draw(axes, at, row, low, high)
        layout.write(page, 0.08, at, label, va="center", gid="origin")
        layout.write(page, style.WIDTH, at, _printed(row, unit), color=ink, va="center", ha="right")
    parts.key(page, down + 0.3, symbols)
    return publish(canvas, data, **caption)
