"""Small multiples of shares: in each cell of a grid one strip, parted by kind, all of one length."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

import pandas as pd
from matplotlib.patches import Rectangle

from analysis.figures import layout, numbers, parts, style
from analysis.figures.figure import Caption, Figure, publish
from analysis.figures.outcomes import Look
from analysis.figures.parts import Symbol

_TALL = {True: 0.22, False: 0.15}
_ROW = {True: 0.32, False: 0.25}
_LABEL = 1.3


def strips(data: pd.DataFrame, *, looks: Mapping[str, Look], **caption: Unpack[Caption]) -> Figure:
    """Draw how the `count` of each `row` and `column` of `data` is parted among its `kind`s, as shares of a strip.

    Rows and columns stand in order of appearance, kinds in the order of `looks`, which is the key's. How many
    things a strip stands for is printed behind it; with a single column the shares are printed in the strips, too.
    A cell without any is marked by a dash. ValueError, naming the figure, for missing columns or rows, a kind
    without a look, a count below nought, or a kind that a cell has twice.
    """
    figure_id = caption["figure_id"]
    parts.require(data, ("row", "column", "kind", "count"), figure_id)
    strange = data[~data["kind"].isin(list(looks))]
    if len(strange):
        raise ValueError(f"figure {figure_id}: the kind {strange['kind'].iloc[0]!r} has no look")
    if data.duplicated(["row", "column", "kind"]).any():
        twice = data[data.duplicated(["row", "column", "kind"])].iloc[0]
        raise ValueError(f"figure {figure_id}: {twice['row']!r} has {twice['kind']!r} twice in {twice['column']!r}")
    if (data["count"] < 0).any():
        raise ValueError(f"figure {figure_id}: a count is below nought")
    rows, columns = (list(dict.fromkeys(data[name])) for name in ("row", "column"))
    cells = data.pivot_table(index=["row", "column"], columns="kind", values="count", aggfunc="sum", fill_value=0)
    single = len(columns) == 1
    names = [layout.wrap(str(row), _LABEL, style.SMALL) for row in rows]
    left = 0.1 + max(layout.text_width(line, style.SMALL) for name in names for line in name)
    line = layout.line_height(style.SMALL)
    heights = [max(_ROW[single], len(name) * line + 0.06) for name in names]
    wide = (style.WIDTH - left) / len(columns)
    totals = cells.sum(axis=1)
    room = 0.1 + max(layout.text_width(str(total), style.SMALL) for total in totals)
    heads = [[] if single else layout.wrap(str(column), wide - 0.08, style.SMALL) for column in columns]
    top = 0.02 + max(map(len, heads)) * line + (0.0 if single else 0.05)
    present = [kind for kind in looks if kind in cells and cells[kind].any()]
    symbols = [
        Symbol(
            f"{looks[kind].icon} {kind}".strip(),
            patch={"facecolor": looks[kind].fill, "edgecolor": looks[kind].edge, "linewidth": 0.8},
        )
        for kind in present
    ]
    canvas = style.canvas(top + sum(heights) + parts.key_height(symbols))
    page = layout.page(canvas)
    for place, head in enumerate(heads):
        layout.write(page, left + place * wide, top - 0.05, head, color=style.INK, va="bottom")
    down = top
    for row, name, height in zip(rows, names, heights, strict=True):
        middle = down + height / 2
        layout.write(page, left - 0.08, middle, name, color=style.INK, ha="right", va="center")
        for place, column in enumerate(columns):
            start = left + place * wide
            if (row, column) not in cells.index or not totals[row, column]:
                layout.write(page, start, middle, numbers.DASH, color=style.FAINT, va="center")
                continue
            total, scale = int(totals[row, column]), (wide - room) / totals[row, column]
            for kind in present:
                count = int(cells.loc[(row, column), kind])
                if not count:
                    continue
                look, length = looks[kind], count * scale
                corner = (start, middle - _TALL[single] / 2)
                page.add_patch(
                    Rectangle(
                        corner, length, _TALL[single],
                        facecolor=look.fill, edgecolor=look.edge, linewidth=0.6, gid="strip",
                    )
                )  # fmt: skip
                said = numbers.quantity(100 * count / total, "percent_share", 0)
                if single and layout.text_width(said, style.SMALL) < length - 0.04:
                    layout.write(
                        page, start + length / 2, middle, said, color=look.ink, ha="center", va="center_baseline"
                    )
                start += length
            layout.write(page, start + 0.05, middle, str(total), va="center")
        down += height
    parts.key(page, down, symbols)
    return publish(canvas, data, **caption)
