"""A square for each thing that is counted, so that few and many are seen as such: rows of badges by outcome."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Unpack

import pandas as pd
from matplotlib.patches import Rectangle

from analysis.figures import layout, parts, style
from analysis.figures.figure import Caption, Figure, publish
from analysis.figures.outcomes import Look
from analysis.figures.parts import Symbol

_SIDE, _GAP = 0.2, 0.025
_BETWEEN = 0.1


def units(data: pd.DataFrame, *, looks: Mapping[str, Look], noun: str, **caption: Unpack[Caption]) -> Figure:
    """Draw each row of `data` as a square in the look of its `outcome`, under the name of its `group`.

    Groups stand in order of appearance, the squares of each in the order of `looks`, which is the key's; `noun`
    names one thing. ValueError, naming the figure, for missing columns or rows, or an outcome without a look.
    """
    figure_id = caption["figure_id"]
    parts.require(data, ("group", "outcome"), figure_id)
    strange = data[~data["outcome"].isin(list(looks))]
    if len(strange):
        raise ValueError(f"figure {figure_id}: the outcome {strange['outcome'].iloc[0]!r} has no look")
    across = int((style.WIDTH + _GAP) / (_SIDE + _GAP))
    groups = list(data.groupby("group", sort=False))
    line = layout.line_height()
    tall = [line + 0.03 + ceil(len(part) / across) * (_SIDE + _GAP) + _BETWEEN for _, part in groups]
    counts = data["outcome"].value_counts()
    symbols = [
        Symbol(
            f"{look.icon} {name}: {counts[name]}",
            patch={"facecolor": look.fill, "edgecolor": look.edge, "linewidth": 0.8},
        )
        for name, look in looks.items()
        if name in counts
    ]
    canvas = style.canvas(sum(tall) + parts.key_height(symbols))
    page = layout.page(canvas)
    top = 0.0
    order = {name: place for place, name in enumerate(looks)}
    for (group, part), height in zip(groups, tall, strict=True):
        layout.write(page, 0, top + line / 2, str(group), size=style.SIZE, color=style.INK, va="center")
        said = f"{len(part)} {noun}{'' if len(part) == 1 else 's'}"
        layout.write(page, style.WIDTH, top + line / 2, said, ha="right", va="center")
        for place, name in enumerate(sorted(part["outcome"], key=order.__getitem__)):
            left = 0.01 + place % across * (_SIDE + _GAP)
            down = top + line + 0.03 + place // across * (_SIDE + _GAP)
            look = looks[name]
            page.add_patch(
                Rectangle(
                    (left, down), _SIDE, _SIDE, facecolor=look.fill, edgecolor=look.edge, linewidth=0.8, gid="unit"
                )
            )
            middle = (left + _SIDE / 2, down + _SIDE / 2)
            layout.write(page, *middle, look.icon, color=look.ink, ha="center", va="center_baseline")
        top += height
    parts.key(page, top, symbols)
    return publish(canvas, data, **caption)
