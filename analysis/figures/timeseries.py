"""Values over time: every source's value as a point, a line through them, a name at each line's end."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any, Unpack

import pandas as pd
from matplotlib.axes import Axes

from analysis import periods
from analysis.figures import layout, numbers, parts, style, time_axis
from analysis.figures.figure import Caption, Figure, publish
from analysis.figures.parts import Statement, Symbol
from analysis.intervals import measured_interval

_DAYS = 0.02  # years: a period shorter than this is a matter of days
_HOURS = 1e-3  # years: days of leap years and of others do not end at quite the same moment
_NAME_WIDTH = 1.25  # inches that a name may take beside the plot before it wraps
_DEFAULTS = {"actor": "", "bound": "exact", "status": "outturn"}
_MODELLED: tuple[dict[str, Any], ...] = (
    {"color": style.SOFT, "linestyle": "-", "linewidth": 1.1},
    {"color": style.INK, "linestyle": (0, (4, 2)), "linewidth": 1.4},
)
_INTERPOLATED = {"color": style.FAINT, "linestyle": (0, (1, 1.6)), "linewidth": 1.2}
_HATCH: dict[str, Any] = {"facecolor": style.PAPER, "edgecolor": "#C4CAD0", "hatch": "//////", "linewidth": 0}


def _prepare(data: pd.DataFrame, unit: str, figure_id: str) -> pd.DataFrame:
    parts.require(data, ("line", "period", "value"), figure_id)
    rows = data.reset_index(drop=True)
    for column, default in _DEFAULTS.items():
        rows[column] = rows[column].fillna(default).replace("", default) if column in rows else default
    statuses = set(rows["status"])
    if statuses & {"forecast", "plan"} and statuses & {"outturn", "estimate"}:
        raise ValueError(
            f"figure {figure_id} mixes {' and '.join(sorted(statuses))}; "
            "what was foreseen and what came to be are drawn in separate figures"
        )
    rows["modelled"] = rows["modelled"].fillna(False).astype(bool) if "modelled" in rows else False
    spans = rows["period"].map(time_axis.extent)
    rows["start"], rows["end"] = spans.str[0], spans.str[1]
    rows["x"] = (rows["start"] + rows["end"]) / 2
    rows["known"] = [not numbers.missing(value) for value in rows["value"]]
    rows["y"] = pd.to_numeric(rows["value"], errors="raise")
    if not rows["known"].any():
        raise ValueError(f"figure {figure_id}: no row has a value")
    ranges = [
        measured_interval(Decimal(str(value)), "about", unit) if bound == "about" and known else None
        for value, bound, known in zip(rows["value"], rows["bound"], rows["known"], strict=True)
    ]
    rows["low"] = [y if run is None else run.left for y, run in zip(rows["y"], ranges, strict=True)]
    rows["high"] = [y if run is None else run.right for y, run in zip(rows["y"], ranges, strict=True)]
    return rows


def _joint(period: str) -> bool:
    """Whether a period is several months in one."""
    return periods.parse(period).precision == "interval of months"


def _along(rows: pd.DataFrame) -> pd.Series:
    """Which rows a line follows: no bound, and where periods of two lengths overlap the commoner length."""
    valued = rows["known"] & rows["bound"].isin(["exact", "about"])
    lengths = rows["period"].map(lambda period: periods.parse(period).precision)
    counts = rows[valued].groupby(lengths)["period"].nunique()
    if counts.empty:
        return valued
    common = max(counts.index, key=lambda length: (counts[length], length))
    stretches = rows.loc[valued & (lengths == common), ["start", "end"]].to_numpy().tolist()
    beside = [
        length != common and any(start < high - _HOURS and low + _HOURS < end for low, high in stretches)
        for length, start, end in zip(lengths, rows["start"], rows["end"], strict=True)
    ]
    return valued & ~pd.Series(beside, index=rows.index)


def _through(rows: pd.DataFrame) -> pd.DataFrame:
    """One point a period for the line: the median of its sources' values."""
    used = rows[rows["along"]]
    points = used.groupby(["start", "end"], sort=True).agg(
        x=("x", "first"), y=("y", "median"), firm=("status", lambda s: (s != "estimate").any())
    )
    return points.reset_index().sort_values("x", kind="stable")


def _neighbours(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether nothing is missing between two periods; between single days a quarter may pass."""
    longer = max(end - start for start, end in (one, other))
    return other[0] - one[1] <= (0.25 if longer < _DAYS else longer / 2)


Run = tuple[str, list[tuple[float, float]]]
"""Points of a line that are joined alike: firm, estimate, or interpolated across a period without a value."""


def _runs(rows: pd.DataFrame, lasting: bool) -> list[Run]:
    points = _through(rows)
    gaps = rows.loc[~rows["known"], "x"].tolist()
    runs: list[Run] = []
    columns = (points[name].tolist() for name in ("x", "y", "firm", "start", "end"))
    for (x, y, firm, *span), (to_x, to_y, to_firm, *to_span) in pairwise(zip(*columns, strict=True)):
        parted = not lasting and not _neighbours((span[0], span[1]), (to_span[0], to_span[1]))
        if any(x < gap < to_x for gap in gaps) or parted:
            kind = "interpolated"
        else:
            kind = "firm" if firm and to_firm else "estimate"
        if not runs or runs[-1][0] != kind:
            runs.append((kind, [(x, y)]))
        runs[-1][1].append((to_x, to_y))
    return runs


def _draw_runs(axes: Axes, runs: list[Run], look: style.Actor) -> None:
    looks: dict[str, dict[str, Any]] = {
        "firm": {"color": look.colour, "linestyle": (0, look.dash) if look.dash else "-", "zorder": 3},
        "estimate": {"color": style.FAINT, "zorder": 2.5},
        "interpolated": {**_INTERPOLATED, "zorder": 2.5},
    }
    for kind, run in runs:
        axes.plot([x for x, _ in run], [y for _, y in run], **looks[kind])


def _draw_points(axes: Axes, rows: pd.DataFrame, look: style.Actor, size: float) -> None:
    known = rows[rows["known"]]
    for status, colour in (("estimate", style.FAINT), ("firm", look.colour)):
        part = known[(known["status"] == "estimate") == (status == "estimate")]
        about = part[part["bound"] == "about"]
        axes.vlines(about["x"], about["low"], about["high"], color=colour, linewidth=1.4, zorder=3.4)
        for bound, marker in (("above", parts.ABOVE), ("below", parts.BELOW)):
            held = part[part["bound"] == bound]
            axes.plot(
                held["x"],
                held["y"],
                linestyle="none",
                marker=marker,
                markersize=parts.BOUND_SIZE,
                markerfacecolor="none",
                markeredgecolor=colour,
                markeredgewidth=1.3,
                zorder=3.5,
                clip_on=False,
            )
        exact = part[part["bound"].isin(["exact", "about"])]
        wide = exact[exact["wide"]]
        axes.hlines(wide["y"], wide["start"], wide["end"], color=colour, linewidth=1, zorder=3.3)
        scale = {"*": 1.7, "X": 1.2, "P": 1.2, "D": 0.9, "^": 1.1, "v": 1.1}.get(look.marker, 1.0)
        axes.plot(
            exact["x"],
            exact["y"],
            linestyle="none",
            marker=look.marker,
            markersize=size * scale,
            color=colour,
            markeredgecolor=style.PAPER,
            markeredgewidth=0.6 if size > 3 else 0.2,
            zorder=4,
            clip_on=False,
        )


def _empty_spans(rows: pd.DataFrame) -> list[tuple[float, float]]:
    """Runs of periods for which no line has a value, neighbours joined."""
    known = rows.groupby(["start", "end"], sort=True)["known"].any().reset_index()
    spans: list[tuple[float, float]] = []
    for start, end in known.loc[~known["known"], ["start", "end"]].to_numpy().tolist():
        if spans and start - spans[-1][1] < 0.01:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _symbols(rows: pd.DataFrame, kinds: set[str], empty: bool, statement: Statement | None) -> list[Symbol]:
    """The key: only what this figure uses."""
    dot = {"marker": "o", "linestyle": "none", "markersize": 4.8, "markeredgewidth": 0, "color": style.SOFT}
    arrow = {**dot, "markersize": 14, "markerfacecolor": "none", "markeredgewidth": 1.1}
    bar = {**dot, "marker": "|", "markersize": 10, "markeredgewidth": 1.4}
    known = rows[rows["known"] & ~rows["modelled"]]
    bounds = set(known["bound"])
    wide = known["bound"].isin(["exact", "about"]) & known["wide"]
    several = bool(known.duplicated(["line", "x"]).any())
    provisional = bool((known["status"] == "estimate").any())
    grey = {"color": style.FAINT, "marker": "o", "markevery": [1]}
    entries = [
        (several, Symbol("one source’s value; lines follow the median", line=dot)),
        (
            bool(wide.any()),
            Symbol(
                "over a longer period",
                line={"color": style.SOFT, "linewidth": 1, "marker": "o", "markersize": 4, "markevery": [1]},
            ),
        ),
        ("above" in bounds, Symbol("at least", line={**arrow, "marker": parts.ABOVE})),
        ("below" in bounds, Symbol("at most", line={**arrow, "marker": parts.BELOW})),
        ("about" in bounds, Symbol("range of an “about”", line=bar)),
        (provisional, Symbol("provisional", line=grey)),
        ("interpolated" in kinds, Symbol("interpolated", line=_INTERPOLATED)),
        (empty, Symbol("no data", patch=_HATCH)),
    ]
    shown = [symbol for used, symbol in entries if used]
    if statement is not None:
        shown.insert(0, statement.symbol())
    return shown


def _mark_rows(at: list[float], labels: list[str], most: float) -> list[tuple[int, float]]:
    """Row (0 lowest) and left edge in inches of the words of marks that stand `at` these places, in order.

    Words begin at their own line and run over the shorter lines of later marks, never across a taller
    one; only `most` inches from the left do they have to end.
    """
    placed: list[tuple[int, float]] = []
    edges: list[float] = []  # where the words in each row begin
    for across, label in reversed(list(zip(at, labels, strict=True))):
        wide = layout.text_width(label, style.SMALL)
        left = min(across, most - wide)
        row = 0
        while any(left + wide + 0.08 > edge for edge in edges[row : row + 1]):
            row += 1
        # Rows below stay behind taller lines, so nothing further left may use them.
        edges = [min(edge, left) for edge in edges[:row]] + [left]
        placed.insert(0, (row, left))
    return placed


@dataclass(frozen=True)
class _Line:
    """One line: its rows, how they are joined, its look, and where and under what words it ends."""

    rows: pd.DataFrame
    runs: list[Run]
    look: style.Actor
    end: tuple[float, float]
    words: list[str]
    modelled: bool


def _last(rows: pd.DataFrame, unit: str) -> tuple[float, float, str]:
    """Moment and height of the latest value, and the value as printed: the median of its sources."""
    points = _through(rows)
    known = rows[rows["known"]].sort_values("x", kind="stable")
    bounds = known[known["bound"].isin(["above", "below"])]
    if points.empty or (not bounds.empty and points["x"].iloc[-1] < bounds["x"].iloc[-1]):
        last = bounds.iloc[-1]
        beyond = {"above": "over", "below": "under"}[last["bound"]]
        return last["x"], last["y"], f"{beyond} {numbers.quantity(last['value'], unit)}"
    when, height = points["x"].iloc[-1], points["y"].iloc[-1]
    sources = known[(known["x"] == when) & known["along"]]["value"]
    return when, height, numbers.quantity(height, unit, max(numbers.places(value) for value in sources))


def _line(name: str, rows: pd.DataFrame, unit: str, lasting: bool) -> _Line:
    rows = rows.assign(along=_along(rows))
    # A value that was published for several periods together is drawn over all of them.
    rows["wide"] = ~rows["along"] | rows["period"].map(_joint)
    when, height, printed = _last(rows, unit)
    modelled = bool(rows["modelled"].any())
    words = layout.wrap(name if modelled else f"{name} {printed}", _NAME_WIDTH, style.SMALL)
    return _Line(rows, _runs(rows, lasting), style.actor(rows["actor"].iloc[0]), (when, height), words, modelled)


def timeseries(
    data: pd.DataFrame,
    *,
    unit: str,
    statement: Statement | None = None,
    marks: pd.DataFrame | None = None,
    zero: bool = True,
    lasting: bool = False,
    panel_height: float = 2.6,
    **caption: Unpack[Caption],
) -> Figure:
    """Draw values over time.

    `data` has a row for each source's value of a line in a period: `line` (the name at its end),
    `period` (as the tables write it), `value` in `unit` (text keeps its digits; empty means that the
    period was asked for and nobody has it), and, where they apply, `actor` (area code, for the
    colour), `bound` (exact, about, above, below), `status` (outturn, estimate; or forecast and plan
    alone). The line follows the median of a period's values; where periods of two lengths overlap it
    follows the commoner one, and the other stands beside it as points with their spans. A stretch
    across a period without a value is dotted, one that ends in an estimate grey; periods that are
    given and empty for all lines are hatched. A line whose rows are `modelled` (true) is what a model
    gives: thin in its own ink, the second one dashed, without points.

    `statement` marks what an article states; `marks` (date, label) are dated lines; `zero` makes the
    axis begin at nought; `lasting` values hold until the next one, as a forecast does until its next
    edition, so that nothing is missing between them. ValueError, naming the figure, for missing
    columns, no value at all, or outturns mixed with forecasts.
    """
    figure_id = caption["figure_id"]
    rows = _prepare(data, unit, figure_id)
    known = rows.loc[rows["known"], "line"].unique()
    lines = [
        _line(str(name), part, unit, lasting)
        for name, part in rows[rows["line"].isin(known)].groupby("line", sort=False)
    ]
    empty = _empty_spans(rows)
    drawn = pd.concat([line.rows for line in lines])
    symbols = _symbols(drawn, {kind for line in lines if not line.modelled for kind, _ in line.runs}, bool(empty), statement)
    ends = statement.ends() if statement else []
    low, high = parts.value_range([*drawn["low"].dropna(), *drawn["high"].dropna(), *ends], zero)
    at, labels = parts.ticks(low, high, unit)
    first, final = rows["start"].min(), rows["end"].max()

    left = 0.1 + parts.widest(labels)
    right = 0.16 + parts.widest(text for line in lines for text in line.words)
    width = style.WIDTH - left - right

    def across(moment: float) -> float:
        return left + width * (moment - first) / (final - first)

    dated = (
        pd.DataFrame({"date": [], "label": []}) if marks is None else marks.sort_values("date", kind="stable")
    )
    places = [across(time_axis.extent(str(day))[0]) for day in dated["date"]]
    placed = _mark_rows(places, list(dated["label"]), style.WIDTH)
    row_height = layout.line_height(style.SMALL)
    top = 0.1 + row_height * (1 + max((row for row, _ in placed), default=-1))
    key_room = parts.key_height(symbols)
    bottom = (0.46 if final - first < 2 else 0.3) + key_room
    canvas = style.canvas(top + panel_height + bottom)
    axes = layout.panel(canvas, left, right, top, bottom)
    page = layout.page(canvas)

    def down(value: float) -> float:
        return top + panel_height * (high - value) / (high - low)

    axes.set_ylim(low, high)
    axes.set_yticks(at, labels)
    time_axis.label_years(axes, first, final)
    if low < 0 < high:
        axes.axhline(0, color=style.SOFT, linewidth=0.8, zorder=1.5)
        axes.spines["bottom"].set_visible(False)
    for start, end in empty:
        axes.axvspan(start, end, zorder=0.5, **_HATCH)
    if statement is not None:
        parts.band(axes, statement, "y")
    for place, (row, begin), label in zip(places, placed, dated["label"], strict=True):
        peak = top - 0.05 - row * row_height
        page.plot([place, place], [peak, top + panel_height], color=style.FAINT, linewidth=0.8, zorder=-1)
        layout.write(page, begin - 0.02, peak - 0.03, label, gid="mark")
    most = max((int(line.rows["known"].sum()) for line in lines if not line.modelled), default=0)
    size = 4.8 if most <= 16 else 3.6 if most <= 36 else 2.4
    models = iter(_MODELLED)
    for line in lines:
        if line.modelled:
            look = next(models)
            for kind, run in line.runs:
                if kind != "interpolated":
                    axes.plot([x for x, _ in run], [y for _, y in run], zorder=3.2, **look)
        else:
            _draw_runs(axes, line.runs, line.look)
            _draw_points(axes, line.rows, line.look, size)
    ending = [parts.LineEnd(across(line.end[0]), down(line.end[1]), line.words, line.look) for line in lines]
    parts.name_lines(page, left + width, ending, top - 0.05, top + panel_height + 0.1)
    parts.key(page, top + panel_height + bottom - key_room, symbols)
    return publish(canvas, data, **caption)
