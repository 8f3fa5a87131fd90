"""Stands on a scale of whole points between two demands: one block an issue, one row a date, one column a point.

Who stands where, how often each point is the middle, and how far two sides would have to go to meet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Unpack

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import FancyBboxPatch, Rectangle

from analysis.figures import layout, numbers, parts, style
from analysis.figures.figure import Caption, Figure, publish
from analysis.figures.parts import Symbol

POINTS = (-2, -1, 0, 1, 2)
Ends = tuple[tuple[str, str], tuple[str, str]]
ENDS: Ends = (("RU", "Moscow’s demand"), ("UA", "Kyiv’s demand"))
"""Whose demand ends the scale on either side, by area code, and how that is put."""

_LEFT = 0.68  # inches for the dates
_CHIP = (0.24, 0.17)  # width and height of an actor's name
_SLOT = (0.255, 0.2)
_HEADING = 0.3
_ROW = 0.27
_BAND = "#F3F5F7"
_FULL = "#3A4A63"  # a point that is always the middle


@dataclass(frozen=True)
class _Grid:
    """A page ruled into columns for the points; `rows` holds each row's middle in inches by block and row."""

    canvas: Canvas
    page: Axes
    right: float
    rows: Mapping[tuple[str, str], float]
    foot: float

    @property
    def column(self) -> float:
        return (style.WIDTH - _LEFT - self.right) / len(POINTS)

    def across(self, point: float) -> float:
        """Inches from the left to a point of the scale."""
        return _LEFT + (point - POINTS[0] + 0.5) * self.column


def _ruled(
    heights: Mapping[tuple[str, str], float],
    right: float,
    foot: float,
    heads: Sequence[tuple[float, str]] = (),
    banded: bool = True,
    ends: Ends = ENDS,
) -> _Grid:
    """An empty grid with the ends of the scale named on top and a heading over each block.

    `heights` gives each row's height by (block, row), in the order of the page; `heads` names columns right
    of the grid, each by the inches to its right edge; `foot` is room left below; `banded` tells the points'
    columns apart by a tint; `ends` says whose demands end the scale.
    """
    top = 0.06 + layout.line_height(style.SMALL)
    rows: dict[tuple[str, str], float] = {}
    headings: dict[str, float] = {}
    blocks: list[tuple[float, float]] = []
    down = top
    for (block, row), height in heights.items():
        if block not in headings:
            headings[block] = down + _HEADING
            down += _HEADING
            blocks.append((down, down))
        rows[block, row] = down + height / 2
        down += height
        blocks[-1] = (blocks[-1][0], down)
    canvas = style.canvas(down + 0.06 + foot)
    page = layout.page(canvas)
    grid = _Grid(canvas, page, right, rows, down + 0.06)
    for (actor, said), edge, side in zip(ends, (_LEFT, style.WIDTH - right), ("left", "right"), strict=True):
        layout.write(page, edge, 0.03, said, color=style.actor(actor).ink, ha=side, va="top")
    for edge, head in heads:
        layout.write(page, edge, 0.03, head, ha="right", va="top")
    for block, bottom in headings.items():
        layout.write(page, 0, bottom - 0.05, block, color=style.INK, size=style.SIZE, va="bottom")
    for begin, end in blocks:
        for point in POINTS[::2] if banded else ():
            corner = (grid.across(point) - grid.column / 2, begin)
            page.add_patch(
                Rectangle(corner, grid.column, end - begin, facecolor=_BAND, linewidth=0, zorder=0.3)
            )
        page.plot([0, style.WIDTH], [begin, begin], color=style.GRID, linewidth=0.8, zorder=0.5)
    for (_, row), middle in rows.items():
        layout.write(page, 0, middle, row, va="center")
    return grid


def _checked(
    data: pd.DataFrame, columns: Sequence[str], figure_id: str, points: Sequence[str]
) -> pd.DataFrame:
    parts.require(data, columns, figure_id)
    for column in points:
        off = data[~pd.to_numeric(data[column]).between(POINTS[0], POINTS[-1])]
        if len(off):
            raise ValueError(f"figure {figure_id}: {column} {off[column].iloc[0]} lies off the scale")
    return data


def _parts(rows: pd.DataFrame) -> dict[tuple[str, str], pd.DataFrame]:
    """The rows of each line of the page, by block and row, in their order."""
    return {(str(block), str(row)): part for (block, row), part in rows.groupby(["block", "row"], sort=False)}


def stands(
    data: pd.DataFrame, *, joined: Sequence[str], ends: Ends = ENDS, **caption: Unpack[Caption]
) -> Figure:
    """Write every actor at its point: one block an issue, one row a date.

    `data` has `block`, `row`, `actor` (area code), `code` (a point), and `short` and `name` (how the actor
    is written, and what that means). Actors with a colour stand on it; the path of those in `joined` is
    drawn from row to row; `ends` names the ends of the scale. ValueError, naming the figure, for missing columns or rows or a point off the scale.
    """
    rows = _checked(data, ("block", "row", "actor", "code", "short", "name"), caption["figure_id"], ["code"])
    lines_of = _parts(rows)
    abreast = int((style.WIDTH - _LEFT) / len(POINTS) / _SLOT[0])
    lines = {key: -(-part.groupby("code").size().max() // abreast) for key, part in lines_of.items()}
    names = rows[["short", "name"]].drop_duplicates().sort_values("short")
    said = [f"{short} {name}" for short, name in names.itertuples(index=False)]
    key_lines = layout.wrap(", ".join(said), style.WIDTH, style.SMALL)
    foot = 0.1 + len(key_lines) * layout.line_height(style.SMALL)
    grid = _ruled({key: count * _SLOT[1] + 0.1 for key, count in lines.items()}, 0.0, foot, ends=ends)
    places: dict[tuple[str, str, str], tuple[float, float]] = {}
    for key, part in lines_of.items():
        for code, cell in part.groupby(part["code"].astype(float)):
            members = sorted(cell["actor"], key=lambda one: (one not in joined, one not in style.ACTORS, one))
            tall = -(-len(members) // abreast)
            for place, actor in enumerate(members):
                line, slot = divmod(place, abreast)
                wide = min(len(members) - line * abreast, abreast)
                places[*key, actor] = (
                    grid.across(float(str(code))) + (slot - (wide - 1) / 2) * _SLOT[0],
                    grid.rows[key] + (line - (tall - 1) / 2) * _SLOT[1],
                )
    for actor in joined:
        path = [(key, places[*key, actor]) for key in lines_of if (*key, actor) in places]
        for (before, start), (after, end) in pairwise(path):
            if before[0] == after[0]:
                colour = style.actor(actor).colour
                grid.page.plot(
                    *zip(start, end, strict=True), color=colour, linewidth=1.6, zorder=1, gid="path"
                )
    short = dict(zip(rows["actor"], rows["short"], strict=True))
    for (_, _, actor), (across, down) in places.items():
        look = style.actor(actor)
        coloured = actor in style.ACTORS
        grid.page.add_patch(
            FancyBboxPatch(
                (across - _CHIP[0] / 2 + 0.03, down - _CHIP[1] / 2 + 0.03),
                _CHIP[0] - 0.06,
                _CHIP[1] - 0.06,
                boxstyle="round,pad=0.03",
                facecolor=look.colour if coloured else style.PAPER,
                edgecolor=look.colour,
                linewidth=0.7,
                zorder=2,
            )
        )
        ink = style.PAPER if coloured else style.INK
        layout.write(
            grid.page,
            across,
            down,
            short[actor],
            color=ink,
            ha="center",
            va="center_baseline",
            zorder=3,
            gid="actor",
        )
    layout.write(grid.page, 0, grid.foot + 0.06, key_lines, va="top")
    return publish(grid.canvas, data, **caption)


def _shade(share: float) -> str:
    """The colour of a share from nought, paper, to one."""
    red, green, blue = (
        end + (full - end) * share for end, full in zip(to_rgb(style.PAPER), to_rgb(_FULL), strict=True)
    )
    return to_hex((red, green, blue))


def chances(data: pd.DataFrame, *, rule: str, **caption: Unpack[Caption]) -> Figure:
    """Shade each point by how often it is the outcome, and frame the outcome without perturbation.

    `data` has a row a point: `block`, `row`, `code`, `share` (0 to 1), `base` (true at the unperturbed
    outcome), and `mean` and `actors`, equal within a row and printed beside it. `rule` names what is framed.
    ValueError, naming the figure, for missing columns or rows or a point off the scale.
    """
    columns = ("block", "row", "code", "share", "base", "mean", "actors")
    rows = _checked(data, columns, caption["figure_id"], ["code", "mean"])
    symbols = [
        Symbol(rule, patch={"facecolor": style.PAPER, "edgecolor": style.INK, "linewidth": 1.4}),
        Symbol("the stronger, the more often", patch={"facecolor": _shade(0.7)}),
    ]
    heads = [(style.WIDTH - 0.46, "mean"), (style.WIDTH, "actors")]
    grid = _ruled(dict.fromkeys(_parts(rows), _ROW), 0.98, parts.key_height(symbols), heads, banded=False)
    half = (grid.column / 2 - 0.02, _ROW / 2 - 0.02)
    for key, part in _parts(rows).items():
        down = grid.rows[key]
        for edge, column in ((style.WIDTH - 0.46, "mean"), (style.WIDTH, "actors")):
            value = part[column].iloc[0]
            said = numbers.number(float(value), 1) if column == "mean" else str(value)
            layout.write(grid.page, edge, down, said, ha="right", va="center")
        for code, share, base in part[["code", "share", "base"]].itertuples(index=False):
            look: dict[str, Any] = {"facecolor": _shade(share), "linewidth": 0, "zorder": 1}
            if base:
                look |= {"edgecolor": style.INK, "linewidth": 1.4, "zorder": 2}
            corner = (grid.across(code) - half[0], down - half[1])
            grid.page.add_patch(Rectangle(corner, 2 * half[0], 2 * half[1], **look))
            if share >= 0.005:
                ink = style.PAPER if share > 0.55 else style.INK
                said = numbers.quantity(100 * share, "percent_share", 0)
                layout.write(
                    grid.page, grid.across(code), down, said, color=ink, ha="center", va="center", zorder=3
                )
    parts.key(grid.page, grid.foot, symbols)
    return publish(grid.canvas, data, **caption)


def spans(data: pd.DataFrame, *, beside: str, ends: Ends = ENDS, **caption: Unpack[Caption]) -> Figure:
    """Draw what each of two sides would accept, and mark where the two overlap.

    `data` has a row a side: `block`, `row`, `actor`, `code` (its stand), `low` and `high` (what it would
    accept), `coded` (false for a stand carried over from an earlier date: hollow) and `note`, equal within
    a row and printed beside it under the head `beside`. ValueError, naming the figure, for missing columns
    or rows or a point off the scale.
    """
    columns = ("block", "row", "actor", "code", "low", "high", "coded", "note")
    rows = _checked(data, columns, caption["figure_id"], ["code", "low", "high"])
    dot = {"marker": "o", "linestyle": "none", "markersize": 5.6, "markeredgewidth": 1.3, "color": style.SOFT}
    symbols = [
        Symbol("stand of that month", line=dot),
        Symbol("carried over or assumed", line={**dot, "markerfacecolor": style.PAPER}),
        Symbol("both would accept", patch={"facecolor": style.STATEMENT, "edgecolor": style.STATEMENT_EDGE}),
    ]
    heads = [(style.WIDTH, beside)]
    grid = _ruled(dict.fromkeys(_parts(rows), _ROW), 0.86, parts.key_height(symbols), heads, ends=ends)
    for key, part in _parts(rows).items():
        down = grid.rows[key]
        layout.write(grid.page, style.WIDTH, down, str(part["note"].iloc[0]), ha="right", va="center")
        low, high = part["low"].max(), part["high"].min()
        if low <= high:
            corner = (grid.across(low) - 0.08, down - _ROW / 2 + 0.02)
            look: dict[str, Any] = {
                "facecolor": style.STATEMENT,
                "edgecolor": style.STATEMENT_EDGE,
                "linewidth": 0.8,
            }
            wide = grid.across(high) - grid.across(low) + 0.16
            grid.page.add_patch(Rectangle(corner, wide, _ROW - 0.04, zorder=1, gid="zone", **look))
        for place, side in enumerate(part.to_dict("records")):
            look_of = style.actor(side["actor"])
            at = down + (place - (len(part) - 1) / 2) * 0.09
            reach = [grid.across(side["low"]), grid.across(side["high"])]
            grid.page.plot(reach, [at, at], color=look_of.colour, linewidth=2.4, zorder=2, gid="span")
            face = look_of.colour if side["coded"] else style.PAPER
            grid.page.plot(
                grid.across(side["code"]),
                at,
                "o",
                color=look_of.colour,
                markerfacecolor=face,
                markersize=5.6,
                markeredgewidth=1.3,
                zorder=3,
            )
    parts.key(grid.page, grid.foot, symbols)
    return publish(grid.canvas, data, **caption)
