"""A specification curve: every declared way of measuring, sorted by its estimate, over its choices.

Simonsohn, Simmons & Nelson (2020), Nature Human Behaviour 4: 1208–1214.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

import pandas as pd

from analysis.figures import layout, numbers, parts, style
from analysis.figures.figure import Caption, Figure, publish

_LABEL_WIDTH = 1.55  # inches for the options' names
_CURVE = 1.7
_ROW = 0.17
_HEAD = 0.2

HOLDS = style.VERDICTS["Supported"]
FAILS = style.VERDICTS["Refuted"]


def counts(data: pd.DataFrame) -> tuple[int, int, int]:
    """How many combinations hold, how many have data, and how many have none."""
    measured = data["estimate"].notna()
    return int(data.loc[measured, "holds"].astype(bool).sum()), int(measured.sum()), int((~measured).sum())


def specification_curve(
    data: pd.DataFrame,
    *,
    dimensions: Sequence[str],
    unit: str,
    threshold: float,
    criterion: str,
    limit: float | None = None,
    **caption: Unpack[Caption],
) -> Figure:
    """Draw one estimand's specification curve with the choices behind each estimate.

    `data` has a row for each combination of options: `estimate` (in `unit`; empty where there are no
    data), `holds` (whether the criterion holds), a column for each of `dimensions` with the option
    chosen, and, where it applies, `primary` (true for the primary reading). `threshold` is the value
    that parts the two outcomes and `criterion` says in a few words what holds beyond it. Combinations
    without data are counted in words and left out of the share, which is that of options with data.
    Estimates over `limit` stand at it and are counted in words, so that a few huge ones hide no others.
    ValueError, naming the figure, for missing columns or when no combination has data.
    """
    figure_id = caption["figure_id"]
    parts.require(data, ("estimate", "holds", *dimensions), figure_id)
    holding, measured, without = counts(data)
    if not measured:
        raise ValueError(f"figure {figure_id}: none of its {without} combinations has data")
    rows = data[data["estimate"].notna()].sort_values(["estimate", *dimensions], kind="stable")
    estimates = rows["estimate"].astype(float).tolist()
    holds = rows["holds"].astype(bool).tolist()
    primary = rows["primary"].astype(bool).tolist() if "primary" in rows else [False] * measured

    summary = f"{holding} of {measured} combinations hold ({numbers.quantity(100 * holding / measured, 'percent', 0)})"
    if without:
        summary += f"; {without} more have no data"
    beyond = 0 if limit is None else sum(estimate > limit for estimate in estimates)
    if limit is not None and beyond:
        summary += f"; {beyond} over {numbers.quantity(limit, unit)} (up to {numbers.quantity(estimates[-1], unit, 0)}) stand at the edge"
        estimates = [min(estimate, limit) for estimate in estimates]
    lines_above = layout.wrap(summary, style.WIDTH, style.SMALL)
    options = [(dimension, list(dict.fromkeys(data[dimension]))) for dimension in dimensions]
    line = layout.line_height(style.SMALL)
    labels = {
        (dimension, option): layout.wrap(str(option), _LABEL_WIDTH - 0.1, style.SMALL)
        for dimension, names in options
        for option in names
    }
    room = {choice: max(_ROW, len(words) * line) for choice, words in labels.items()}
    top = 0.06 + line * len(lines_above)
    matrix = sum(
        _HEAD + sum(room[dimension, option] for option in names) + 0.04 for dimension, names in options
    )
    height = top + _CURVE + 0.14 + matrix + 0.06
    right = 0.06 + layout.text_width("00/00", style.SMALL)

    canvas = style.canvas(height)
    page = layout.page(canvas)
    axes = layout.panel(canvas, _LABEL_WIDTH, right, top, height - top - _CURVE)
    low, high = min(*estimates, threshold), max(*estimates, threshold)
    pad = 0.08 * ((high - low) or 1.0)
    axes.set_ylim(low - pad, high + pad)
    axes.set_yticks(*parts.ticks(low - pad, high + pad, unit))
    axes.set_xlim(-0.8, measured - 0.2)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.axhline(threshold, color=style.STATEMENT_EDGE, linewidth=1.2, zorder=2)
    size = 5.0 if measured <= 40 else 3.4 if measured <= 90 else 2.2
    for outcome, look in ((True, HOLDS), (False, FAILS)):
        at = [place for place, held in enumerate(holds) if held == outcome]
        axes.plot(
            at,
            [estimates[place] for place in at],
            linestyle="none",
            marker=look.marker,
            color=look.ink,
            markersize=size if outcome else size * 0.95,
            markeredgewidth=0,
            zorder=3,
        )
    layout.write(page, 0, 0.02, lines_above, color=style.INK, va="top")
    words = layout.wrap(criterion, _LABEL_WIDTH - 0.5, style.SMALL)
    beside = top + _CURVE * (high + pad - threshold) / (high - low + 2 * pad)
    layout.write(page, 0, beside, words, color=style.STATEMENT_INK, va="center")
    for place, decides in enumerate(primary):
        if decides:
            axes.plot(
                place,
                estimates[place],
                "o",
                markersize=size + 5,
                markerfacecolor="none",
                markeredgecolor=style.INK,
                markeredgewidth=1.1,
                zorder=4,
            )
            # The curve only rises, so nothing is drawn to its upper left nor to its lower right.
            above = place > measured / 3
            axes.annotate(
                "primary reading",
                (place, estimates[place]),
                xytext=(-5, 5) if above else (5, -5),
                textcoords="offset points",
                size=style.SMALL,
                va="bottom" if above else "top",
                ha="right" if above else "left",
            )

    # The choices: one column under each estimate, inked as the estimate is.
    width = style.WIDTH - _LABEL_WIDTH - right
    columns = [_LABEL_WIDTH + width * (place + 0.8) / (measured + 0.6) for place in range(measured)]
    thick = min(3.4, 72 * width / measured * 0.6)
    down = top + _CURVE + 0.14
    layout.write(page, style.WIDTH, down + 0.02, "hold", color=style.INK, ha="right", va="top")
    for dimension, names in options:
        page.plot([0, style.WIDTH], [down] * 2, color=style.GRID, linewidth=0.8)
        layout.write(page, 0, down + 0.02, dimension, color=style.INK, va="top")
        down += _HEAD
        for option in names:
            tall = room[dimension, option]
            middle = down + tall / 2
            layout.write(page, 0.1, middle, labels[dimension, option], va="center")
            chosen = [place for place, value in enumerate(rows[dimension]) if value == option]
            for outcome, look, half in ((True, HOLDS, 0.06), (False, FAILS, 0.025)):
                under = [columns[place] for place in chosen if holds[place] == outcome]
                page.vlines(under, middle - half, middle + half, color=look.ink, linewidth=thick)
            share = f"{sum(holds[place] for place in chosen)}/{len(chosen)}" if chosen else "no data"
            layout.write(page, style.WIDTH, middle, share, ha="right", va="center")
            down += tall
        down += 0.04
    return publish(canvas, data, **caption)
