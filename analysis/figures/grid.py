"""A grid of shares: one row and one column a name, each cell shaded and printed."""

from __future__ import annotations

from typing import Any, Unpack

import pandas as pd
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle

from analysis.figures import layout, numbers, parts, style
from analysis.figures.figure import Caption, Figure, publish
from analysis.figures.parts import Symbol

FULL = "#3A4A63"
_ROW = 0.25
_LABEL = 1.5


def shade(share: float) -> str:
    """The colour of a share from 0, paper, to 1."""
    ends = zip(to_rgb(style.PAPER), to_rgb(FULL), strict=True)
    red, green, blue = (low + (high - low) * share for low, high in ends)
    return to_hex((red, green, blue))


def shares(data: pd.DataFrame, *, empty: str, shaded: str, **caption: Unpack[Caption]) -> Figure:
    """Shade each cell by its share and print it in percent.

    `data` has a row a cell: `row` and `column` (names, in order) and `share` (0 to 1, or missing: hatched).
    `empty` says in the key what a missing share means, `shaded` what the darkest means. ValueError, naming
    the figure, for missing columns or rows, a share outside 0 to 1, or a cell given twice.
    """
    figure_id = caption["figure_id"]
    parts.require(data, ("row", "column", "share"), figure_id)
    if data.duplicated(["row", "column"]).any():
        twice = data[data.duplicated(["row", "column"])].iloc[0]
        raise ValueError(f"figure {figure_id}: {twice['row']!r} has {twice['column']!r} twice")
    known = pd.to_numeric(data["share"])
    if not known.dropna().between(0, 1).all():
        raise ValueError(f"figure {figure_id}: a share lies outside 0 to 1")
    rows, columns = (list(dict.fromkeys(data[name])) for name in ("row", "column"))
    cells = dict(zip(zip(data["row"], data["column"], strict=True), known, strict=True))
    left = min(_LABEL, max(layout.text_width(str(name), style.SMALL) for name in rows) + 0.1)
    wide = (style.WIDTH - left) / len(columns)
    heads = [layout.wrap(str(name), wide - 0.04, style.SMALL) for name in columns]
    top = max(map(len, heads)) * layout.line_height(style.SMALL) + 0.06
    hatched: dict[str, Any] = {"facecolor": style.PAPER, "edgecolor": style.GRID, "hatch": "////"}
    symbols = [Symbol(shaded, patch={"facecolor": FULL})]
    if known.isna().any() or len(cells) < len(rows) * len(columns):
        symbols.append(Symbol(empty, patch=hatched))
    canvas = style.canvas(top + _ROW * len(rows) + 0.04 + parts.key_height(symbols))
    page = layout.page(canvas)
    for place, head in enumerate(heads):
        layout.write(page, left + wide * (place + 0.5), top - 0.04, head, ha="center", va="bottom")
    for line, row in enumerate(rows):
        down = top + _ROW * line
        layout.write(page, left - 0.08, down + _ROW / 2, str(row), color=style.INK, ha="right", va="center")
        for place, column in enumerate(columns):
            share = cells.get((row, column), float("nan"))
            corner, size = (left + wide * place + 0.015, down + 0.015), (wide - 0.03, _ROW - 0.03)
            if pd.isna(share):
                page.add_patch(Rectangle(corner, *size, linewidth=0.6, **hatched))
                continue
            look: dict[str, Any] = {"facecolor": shade(share), "edgecolor": style.GRID, "linewidth": 0.6}
            page.add_patch(Rectangle(corner, *size, gid="cell", **look))
            said = numbers.quantity(100 * share, "percent_share", 0) if wide > 0.45 else f"{100 * share:.0f}"
            ink = style.PAPER if share > 0.55 else style.INK
            middle = (left + wide * (place + 0.5), down + _ROW / 2)
            layout.write(page, *middle, said, color=ink, ha="center", va="center")
    parts.key(page, top + _ROW * len(rows) + 0.04, symbols)
    return publish(canvas, data, **caption)
