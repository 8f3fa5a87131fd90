"""Small multiples: short series in their own units side by side, in columns that are compared."""

from __future__ import annotations

from typing import Unpack

import pandas as pd

from analysis.figures import layout, numbers, parts, style
from analysis.figures.figure import Caption, Figure, publish

_GAP = 0.3  # inches between columns
_PLOT = 0.72
_HEAD = 0.28
_AIR = 1.4  # the scale's end over the largest value, so that printed values have their room


def panels(data: pd.DataFrame, *, marked: int, **caption: Unpack[Caption]) -> Figure:
    """Draw one small chart a measure, each from nought in its own unit, in a column for each group.

    `data` has a row a value: `group` (the column's heading, in order), `panel` (the measure's name),
    `year` (a whole number), `value` in `unit`, and, where they apply, `decimals` (digits printed behind the
    point) and `actor` (area code, for the colour). The values of each panel's first year, of the year `marked` and of the last are printed, and
    the stretch between the latter two is drawn strong. All panels share one axis of years, and a year without a value
    breaks the line. ValueError, naming the figure, for missing columns or rows, a year that a panel has
    twice, or a value below nought.
    """
    figure_id = caption["figure_id"]
    parts.require(data, ("group", "panel", "year", "value", "unit"), figure_id)
    rows = data.assign(y=pd.to_numeric(data["value"]), actor=data.get("actor", ""))
    if rows.duplicated(["group", "panel", "year"]).any():
        twice = rows[rows.duplicated(["group", "panel", "year"])].iloc[0]
        raise ValueError(f"figure {figure_id}: {twice['panel']!r} has the year {twice['year']} twice")
    if (rows["y"] < 0).any():
        raise ValueError(f"figure {figure_id}: {rows.loc[rows['y'] < 0, 'panel'].iloc[0]!r} is below nought")
    columns = [
        (str(name), [(str(panel), values) for panel, values in part.groupby("panel", sort=False)])
        for name, part in rows.groupby("group", sort=False)
    ]
    wide = (style.WIDTH - _GAP * (len(columns) - 1)) / len(columns)
    names = [[layout.wrap(panel, wide, style.SMALL) for panel, _ in measures] for _, measures in columns]
    deep = max(len(measures) for _, measures in columns)
    line = layout.line_height(style.SMALL)
    heads = [line * max(len(words[row]) for words in names if row < len(words)) for row in range(deep)]
    tops = [_HEAD + sum(heads[: row + 1]) + row * (_PLOT + 0.16) for row in range(deep)]
    height = tops[-1] + _PLOT + 0.26
    canvas = style.canvas(height)
    page = layout.page(canvas)
    first, last = int(rows["year"].min()), int(rows["year"].max())
    for place, (heading, measures) in enumerate(columns):
        left = place * (wide + _GAP)
        page.plot([left, left + wide], [_HEAD - 0.03] * 2, color=style.INK, linewidth=1)
        layout.write(page, left, 0.02, heading, size=style.SIZE, color=style.INK, va="top")
        for row, (_, values) in enumerate(measures):
            values = values.sort_values("year")
            top = tops[row]
            layout.write(page, left, top - 0.02, names[place][row], color=style.INK, va="bottom")
            axes = layout.panel(canvas, left, style.WIDTH - left - wide, top, height - top - _PLOT)
            look = style.actor(values["actor"].iloc[0])
            high = values["y"].max() * _AIR or 1.0
            axes.set(xlim=(first - 0.45, last + 0.95), ylim=(0, high))
            axes.set_yticks([])
            axes.grid(False)
            foot = row == len(measures) - 1
            shown = sorted({first, marked, last}) if foot else []
            axes.set_xticks(shown, [str(year) for year in shown])
            whole = values.set_index("year")["y"].reindex(range(first, last + 1))
            axes.plot(whole.index, whole, color=style.FAINT, linewidth=1.2, zorder=2)
            strong = whole[whole.index >= marked]
            axes.plot(strong.index, strong, color=look.colour, linewidth=2.2, zorder=3)
            for year, value in zip(values["year"].tolist(), values["y"].tolist(), strict=True):
                late = year >= marked
                axes.plot(
                    year, value, look.marker, color=look.colour if late else style.FAINT, markersize=4.6 if late else 3,
                    markeredgecolor=style.PAPER, markeredgewidth=0.5, zorder=4, clip_on=False,
                )  # fmt: skip
            begin, end = values["year"].iloc[0], values["year"].iloc[-1]
            ends = {
                begin: (-3, "left") if begin == first else (0, "center"),
                marked: (5, "right"),
                end: (0, "center"),
            }
            for year, (shift, side) in ends.items():
                for _, one in values[values["year"] == year].iterrows():
                    axes.annotate(
                        numbers.quantity(one["value"], str(one["unit"]), one.get("decimals")), (year, one["y"]), xytext=(shift, 5),
                        textcoords="offset points", ha=side, va="bottom", size=style.SMALL,
                        color=look.ink if year >= marked else style.SOFT, annotation_clip=False, gid="value",
                    )  # fmt: skip
    return publish(canvas, data, **caption)
