"""Acts over time on a scale from hostile to cooperative, one lane a pair of actors, all on one axis of time."""

from __future__ import annotations

from typing import Any, Unpack

import pandas as pd
from matplotlib.axes import Axes

from analysis.figures import layout, numbers, parts, style, time_axis
from analysis.figures.figure import Caption, Figure, Spot, publish
from analysis.figures.parts import Symbol
from analysis.figures.signed_network import FRIENDLY, HOSTILE

_PLOT = 1.0  # inches
_LEFT = 0.42
_LABEL = 1.12  # widest label of a landmark
_LINES = 3
_HEAD = 0.22
_ENDS = 10.0  # of the scale
_TINTS = {1: "#CBE5DA", -1: "#F7D3C8"}
_LOOKS: dict[int, dict[str, Any]] = {
    1: {"marker": "^", "color": FRIENDLY},
    -1: {"marker": "v", "color": HOSTILE},
    0: {"marker": "o", "color": style.SOFT},
}
_DOT = {"linestyle": "none", "markersize": 4.6, "markeredgewidth": 0.5, "markeredgecolor": style.PAPER}


def _side(weight: float) -> int:
    return (weight > 0) - (weight < 0)


def _symbols(rows: pd.DataFrame, step: str) -> list[Symbol]:
    said = {1: "a cooperative act", -1: "a hostile act", 0: "neither"}
    shown = {_side(weight) for weight in rows["weight"]}
    symbols = [Symbol(said[side], line={**_DOT, **look}) for side, look in _LOOKS.items() if side in shown]
    return [*symbols, Symbol(step, line={"color": style.INK, "linewidth": 1.3})]


def _steps(axes: Axes, means: pd.DataFrame) -> None:
    """The means as steps over a tint from nought, broken where a stretch has none."""
    last: tuple[float, float] | None = None
    for start, end, mean in means[["start", "end", "mean"]].itertuples(index=False):
        if pd.isna(mean):
            last = None
            continue
        axes.fill_between([start, end], 0, mean, color=_TINTS.get(_side(mean), style.GRID), linewidth=0, zorder=1)
        if last is not None and last[0] == start:
            axes.plot([start, start], [last[1], mean], color=style.INK, linewidth=0.8, zorder=2)
        axes.plot([start, end], [mean, mean], color=style.INK, linewidth=1.3, zorder=2, gid="mean")
        last = (end, mean)


def _name_landmarks(page: Axes, marks: pd.DataFrame, above: bool, edge: float, low: float, high: float) -> None:
    """Write the landmarks' labels in a row over or under the plot, each joined to its act."""
    if marks.empty:
        return
    line = layout.line_height(style.SMALL)
    words = [layout.wrap(str(label), _LABEL, style.SMALL, _LINES) for label in marks["label"]]
    wide = [max(layout.text_width(one, style.SMALL) for one in lines) + 0.12 for lines in words]
    for (_, row), lines, centre in zip(
        marks.iterrows(), words, layout.spread(marks["across"].tolist(), wide, low, high), strict=True
    ):
        elbow = edge - 0.05 if above else edge + 0.05
        page.plot(
            [row["across"], row["across"], centre], [row["down"], edge, elbow], color=style.SOFT, linewidth=0.5, zorder=3
        )
        down = elbow - 0.02 - len(lines) * line / 2 if above else elbow + 0.02 + len(lines) * line / 2
        layout.write(
            page, centre, down, lines, color=_LOOKS[_side(row["weight"])]["color"], ha="center", va="center", zorder=3.5,
            bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.6}, gid="landmark",
        )  # fmt: skip


def lanes(
    data: pd.DataFrame, *, means: pd.DataFrame, marks: pd.DataFrame, step: str, **caption: Unpack[Caption]
) -> Figure:
    """Draw acts by date and weight, hostile ones downwards, with the mean of each stretch of time.

    `data` has a row an act: `lane` (its heading, in order), `date` (as the tables write periods), `weight`
    (-10 to 10), `said` (who did what, when) and `href`, where a reader who points at the act is led, and
    `label` (words beside the act if it is a landmark, else empty). `means` has `lane`, `start` and `end`
    (periods) and `mean`, `step` says in the key what a mean is of; `marks` has `date` and `label` of what is
    marked through all lanes. ValueError, naming the figure, for missing columns or rows or a weight off the
    scale.
    """
    figure_id = caption["figure_id"]
    parts.require(data, ("lane", "date", "weight", "said", "href", "label"), figure_id)
    if not data["weight"].between(-_ENDS, _ENDS).all():
        raise ValueError(f"figure {figure_id}: a weight lies off the scale of {-_ENDS:g} to {_ENDS:g}")
    rows = data.assign(at=[sum(time_axis.extent(str(when))) / 2 for when in data["date"]])
    stretches = means.assign(
        start=[time_axis.extent(str(when))[0] for when in means["start"]],
        end=[time_axis.extent(str(when))[1] for when in means["end"]],
    )
    dates = [time_axis.extent(str(when))[0] for when in marks["date"]]
    names = list(dict.fromkeys(rows["lane"]))
    line = layout.line_height(style.SMALL)
    room = {
        (lane, above): line * max(
            (
                len(layout.wrap(str(row["label"]), _LABEL, style.SMALL, _LINES))
                for _, row in rows[(rows["lane"] == lane) & (rows["label"] != "")].iterrows()
                if (row["weight"] > 0) == above
            ),
            default=0,
        )
        for lane in names
        for above in (True, False)
    }  # fmt: skip
    room = {key: need + 0.12 for key, need in room.items()}
    tall = {lane: _HEAD + room[lane, True] + _PLOT + room[lane, False] for lane in names}
    symbols = _symbols(rows, step)
    low, high = stretches["start"].min(), stretches["end"].max()
    foot = 0.24 if high - low >= 2 else 0.38  # an axis of months has a line for the year
    top = line * (1 if len(marks) else 0) + 0.04
    height = top + sum(tall.values()) + foot + parts.key_height(symbols)
    canvas = style.canvas(height)
    page = layout.page(canvas)
    right = 0.06

    def across(moment: float) -> float:
        return _LEFT + (style.WIDTH - _LEFT - right) * (moment - low) / (high - low)

    bottom = top + sum(tall.values())
    wide = [layout.text_width(str(label), style.SMALL) + 0.12 for label in marks["label"]]
    placed = layout.spread([across(at) for at in dates], wide, 0, style.WIDTH)
    for at, label, centre in zip(dates, marks["label"], placed, strict=True):
        page.plot([centre, across(at), across(at)], [top - 0.05, top + 0.04, bottom], color=style.FAINT, linewidth=0.7, zorder=0.5)
        layout.write(page, centre, top - 0.06, str(label), ha="center", va="bottom", gid="mark")
    down, spots = top, []
    for lane in names:
        own = rows[rows["lane"] == lane].sort_values(["at", "weight"], kind="stable")
        begin = down + _HEAD + room[lane, True]
        layout.write(
            page, 0, down + _HEAD - 0.04, lane, size=style.SIZE, color=style.INK, va="bottom",
            bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 1},
        )  # fmt: skip
        axes = layout.panel(canvas, _LEFT, right, begin, height - begin - _PLOT)
        axes.set(xlim=(low, high), ylim=(-_ENDS, _ENDS))
        axes.patch.set_alpha(0)
        axes.grid(False)
        axes.spines["bottom"].set_visible(False)
        axes.set_yticks([-_ENDS, 0, _ENDS], [numbers.number(end, 0, signed=True) if end else "0" for end in (-_ENDS, 0, _ENDS)])
        axes.axhline(0, color=style.SOFT, linewidth=0.8, zorder=1.5)
        axes.set_xticks([])
        _steps(axes, stretches[stretches["lane"] == lane].sort_values("start"))
        own = own.assign(
            across=[across(at) for at in own["at"]],
            down=[begin + _PLOT * (_ENDS - weight) / (2 * _ENDS) for weight in own["weight"]],
        )
        for row in own.to_dict("records"):
            look = _LOOKS[_side(row["weight"])]
            axes.plot(row["at"], row["weight"], zorder=4, alpha=0.85, clip_on=False, gid="act", **{**_DOT, **look})
            spots.append(Spot(row["across"] / style.WIDTH, row["down"] / height, row["href"], row["said"]))
        named = own[own["label"] != ""]
        for above, edge in ((True, begin - 0.03), (False, begin + _PLOT + 0.03)):
            _name_landmarks(page, named[(named["weight"] > 0) == above], above, edge, 0.0, style.WIDTH)
        down += tall[lane]
    axis = layout.panel(canvas, _LEFT, right, bottom, height - bottom - 0.01)
    axis.set_yticks([])
    axis.grid(False)
    time_axis.label_years(axis, low, high)
    parts.key(page, bottom + foot, symbols)
    return publish(canvas, data, spots=spots, **caption)
