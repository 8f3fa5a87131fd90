"""A matrix of what was expected: in every cell a badge for each expectation, with its direction and its outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any, Unpack

import pandas as pd
from matplotlib.patches import FancyBboxPatch, Rectangle

from analysis.figures import layout, parts, style
from analysis.figures.figure import Caption, Figure, publish
from analysis.figures.parts import Symbol

ARROWS = {"more": "↑", "less": "↓", "same": "="}
_WIDE, _TALL, _GAP = 0.32, 0.2, 0.03
_PAD = 0.06
_LABEL = 0.76


@dataclass(frozen=True)
class Look:
    """How an outcome is drawn: its sign, in `ink` on `fill`, with an edge."""

    icon: str
    fill: str
    ink: str
    edge: str


def _badge(look: Look) -> dict[str, Any]:
    return {"facecolor": look.fill, "edgecolor": look.edge, "linewidth": 0.8}


def outcomes(data: pd.DataFrame, *, looks: Mapping[str, Look], **caption: Unpack[Caption]) -> Figure:
    """Draw a badge for each row of `data` in the cell of its `row` and `column` (names, in order of appearance).

    `direction` is more, less or same and drawn as an arrow, `outcome` a key of `looks`, in whose order the badges
    of a cell and the key stand. ValueError, naming the figure, for missing columns or rows, or another word.
    """
    figure_id = caption["figure_id"]
    parts.require(data, ("row", "column", "direction", "outcome"), figure_id)
    for name, known in (("direction", ARROWS), ("outcome", looks)):
        strange = data[~data[name].isin(list(known))]
        if len(strange):
            raise ValueError(
                f"figure {figure_id}: {strange[name].iloc[0]!r} is no {name}; write {', '.join(known)}"
            )
    rows, columns = (list(dict.fromkeys(data[name])) for name in ("row", "column"))
    order = {name: place for place, name in enumerate(looks)}
    cells = {
        (row, column): part.sort_values("outcome", key=lambda words: words.map(order), kind="stable")
        for (row, column), part in data.groupby(["row", "column"], sort=False)
    }
    room = style.WIDTH - _LABEL
    each = _WIDE + _GAP
    # A column of single badges is as wide as its heading; the others share the rest alike.
    fullest = {
        column: max(len(part) for (_, at), part in cells.items() if at == column) for column in columns
    }
    least = {
        column: max(each - _GAP, layout.text_width(str(column), style.SMALL)) + 2 * _PAD for column in columns
    }
    broad = [column for column in columns if fullest[column] > 1] or columns
    spare = (room - sum(least[column] for column in columns if column not in broad)) / len(broad)
    wide = {column: spare if column in broad else least[column] for column in columns}
    if any(wide[column] < least[column] for column in columns):
        raise ValueError(f"figure {figure_id}: {len(columns)} columns have no room beside one another")
    across = {column: max(int((wide[column] - 2 * _PAD + _GAP) / each), 1) for column in columns}
    deep = {
        row: max(ceil(len(part) / across[at]) for (name, at), part in cells.items() if name == row)
        for row in rows
    }
    tall = {row: deep[row] * (_TALL + _GAP) - _GAP + 2 * _PAD for row in rows}
    used = [name for name in looks if (data["outcome"] == name).any()]
    symbols = [Symbol(f"{looks[name].icon} {name}", patch=_badge(looks[name])) for name in used]
    top = layout.line_height(style.SMALL) + 0.08
    canvas = style.canvas(top + sum(tall.values()) + parts.key_height(symbols))
    page = layout.page(canvas)
    left = _LABEL
    for place, column in enumerate(columns):
        page.add_patch(
            Rectangle(
                (left, top),
                wide[column],
                sum(tall.values()),
                facecolor="#F5F6F8" if place % 2 == 0 else style.PAPER,
                linewidth=0,
            )
        )
        layout.write(page, left + _PAD, top - 0.07, str(column), color=style.INK, va="baseline")
        left += wide[column]
    down = top
    for row in rows:
        page.plot([0, style.WIDTH], [down, down], color=style.GRID, linewidth=0.8)
        layout.write(page, 0, down + _PAD + _TALL / 2, str(row), color=style.INK, va="center")
        left = _LABEL
        for column in columns:
            for place, (_, one) in enumerate(cells.get((row, column), data.iloc[:0]).iterrows()):
                look = looks[one["outcome"]]
                corner = (
                    left + _PAD + place % across[column] * each,
                    down + _PAD + place // across[column] * (_TALL + _GAP),
                )
                shape = "round,pad=0,rounding_size=0.04"
                page.add_patch(FancyBboxPatch(corner, _WIDE, _TALL, boxstyle=shape, **_badge(look)))
                middle = corner[1] + _TALL / 2
                for sign, share in ((ARROWS[one["direction"]], 0.3), (look.icon, 0.72)):
                    layout.write(
                        page,
                        corner[0] + share * _WIDE,
                        middle,
                        sign,
                        color=look.ink,
                        ha="center",
                        va="center_baseline",
                    )
            left += wide[column]
        down += tall[row]
    page.plot([0, style.WIDTH], [down, down], color=style.GRID, linewidth=0.8)
    parts.key(page, down, symbols)
    return publish(canvas, data, **caption)
