"""A table of estimates shaded by size, each with its interval: rows and columns that can be compared at once."""

from __future__ import annotations

from typing import Unpack

import pandas as pd
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle

from analysis.figures import layout, numbers, parts, style
from analysis.figures.figure import Caption, Figure, publish

_ROW = 0.4
_LABEL = 1.36
_FULL = "#173170"


def _shade(share: float) -> str:
    """The colour of a share from nought, paper, to one."""
    red, green, blue = (
        end + (full - end) * share for end, full in zip(to_rgb(style.PAPER), to_rgb(_FULL), strict=True)
    )
    return to_hex((red, green, blue))


def heat(data: pd.DataFrame, *, heads: dict[str, str], **caption: Unpack[Caption]) -> Figure:
    """Draw a cell a row and column, shaded from nought to the largest value of its row, its interval below.

    `data` has `row`, `column`, `value` (never negative), `low` and `high`; `heads` gives each column a second
    line, in the order of the columns. An empty value is drawn as a dash, and nought without an interval. ValueError, naming the figure, for
    missing columns or rows, a column without a head, or a cell given twice.
    """
    figure_id = caption["figure_id"]
    parts.require(data, ("row", "column", "value", "low", "high"), figure_id)
    if unknown := sorted(set(data["column"]) - set(heads)):
        raise ValueError(f"figure {figure_id}: column {unknown[0]!r} has no head")
    if data.duplicated(["row", "column"]).any():
        twice = data[data.duplicated(["row", "column"])].iloc[0]
        raise ValueError(f"figure {figure_id}: {twice['row']!r}, {twice['column']!r} is given twice")
    rows = list(dict.fromkeys(data["row"]))
    line = layout.line_height(style.SMALL)
    top = 0.06 + 2 * line
    canvas = style.canvas(top + _ROW * len(rows) + 0.04)
    page = layout.page(canvas)
    wide = (style.WIDTH - _LABEL) / len(heads)
    for place, (column, head) in enumerate(heads.items()):
        middle = _LABEL + wide * (place + 0.5)
        layout.write(page, middle, 0.0, column, color=style.INK, ha="center", va="top")
        layout.write(page, middle, line, head, ha="center", va="top")
    for place, name in enumerate(rows):
        down = top + _ROW * place
        layout.write(
            page, 0, down + _ROW / 2, layout.wrap(str(name), _LABEL - 0.08, style.SMALL), color=style.INK, va="center"
        )
        part = data[data["row"] == name].set_index("column")
        largest = part["value"].max()
        for position, column in enumerate(heads):
            middle = _LABEL + wide * (position + 0.5)
            if column not in part.index or numbers.missing(part.loc[column, "value"]):
                layout.write(page, middle, down + _ROW / 2, numbers.DASH, ha="center", va="center")
                continue
            value, low, high = (float(part.loc[column, end]) for end in ("value", "low", "high"))
            if not high:  # what never occurs cannot vary from section to section
                layout.write(page, middle, down + _ROW / 2, numbers.number(value, 1), ha="center", va="center")
                continue
            share = 0.85 * value / largest
            corner = (_LABEL + wide * position + 0.015, down + 0.015)
            page.add_patch(
                Rectangle(corner, wide - 0.03, _ROW - 0.03, facecolor=_shade(share), linewidth=0, gid="cell")
            )
            ink = style.PAPER if share > 0.45 else style.INK
            said = f"{numbers.number(low, 1)}{numbers.DASH}{numbers.number(high, 1)}"
            layout.write(
                page, middle, down + 0.135, numbers.number(value, 1), color=ink, ha="center", va="center", size=style.SIZE
            )
            layout.write(page, middle, down + 0.29, said, color=ink, ha="center", va="center")
    return publish(canvas, data, **caption)
