"""Stands on shared propositions: as chips in a table, and beside what the evidence says.

A stand carries a word, an icon and a colour of its own, apart from those of verdicts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from typing import Unpack

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.figures import layout, parts, style
from analysis.figures.figure import Caption, Figure, publish
from analysis.figures.table import Html


@dataclass(frozen=True)
class Stand:
    """How a stand is drawn: `icon` and `word` (`plural` of several articles) on `fill` in `ink`; `mark` is its ink on paper."""

    word: str
    plural: str
    icon: str
    fill: str
    ink: str
    mark: str


# Dark, middle and pale, so that they differ in greyscale too.
STANDS: Mapping[str, Stand] = MappingProxyType(
    {
        "affirms": Stand("affirms", "affirm", "▲", "#0B5D57", style.PAPER, "#0B5D57"),
        "qualifies": Stand("qualifies", "qualify", "◆", "#DCE5B8", style.INK, "#5C661F"),
        "denies": Stand("denies", "deny", "▼", "#C084B8", style.INK, "#8A3F80"),
        "silent": Stand("silent", "silent", "–", style.PAPER, style.SOFT, style.SOFT),
    }
)


def chip(stand: str) -> Html:
    """A stand's word with its icon, as markup. ValueError for a word that is none."""
    if stand not in STANDS:
        raise ValueError(f"{stand!r} is no stand; the stands are {', '.join(STANDS)}")
    look = STANDS[stand]
    return Html(
        f'<span class="stand stand-{stand}"><span class="verdict-icon" aria-hidden="true">{look.icon}</span>'
        f"{escape(look.word)}</span>"
    )


_STRIP, _THEN = 0.17, 0.07
_GAP = 0.16


def _strip(page: Axes, middle: float, down: float, unit: float, sides: pd.DataFrame, then: bool) -> None:
    """Both sides of one proposition: claims for it to the right of the middle, against it to the left."""
    for side, sign in (("for", 1), ("against", -1)):
        labels = sides.loc[sides["bearing"] == side, "then" if then else "now"]
        reach = 0
        for look in style.VERDICTS.values():
            count = int((labels == look.label).sum())
            if not count:
                continue
            face, edge, ink = look.colours(then)
            near = middle + sign * (0.03 + reach * unit)
            left, wide = (near if sign > 0 else near - count * unit), count * unit
            tall = _THEN if then else _STRIP
            page.add_patch(
                Rectangle(
                    (left + 0.01, down), wide - 0.02, tall, facecolor=face, edgecolor=edge, linewidth=0.9
                )
            )
            said = str(count)
            if not then and layout.text_width(said, style.SMALL) < wide - 0.03:
                centre = (left + wide / 2, down + tall / 2)
                layout.write(page, *centre, said, color=ink, ha="center", va="center_baseline")
            reach += count


def confrontation(
    data: pd.DataFrame, *, stands: Mapping[str, Mapping[str, list[str]]], **caption: Unpack[Caption]
) -> Figure:
    """Draw for each proposition who takes which stand, and how the claims for and against it fared.

    `data` has a row a claim that bears on a proposition: `proposition` (in the order to be shown), `bearing`
    (for, to the right, or against, to the left), and its verdicts `then` (hollow) and `now` (filled). `stands`
    gives for each proposition the names of those who take each stand. ValueError, naming the figure, for
    missing columns or rows, a verdict or stand that is none, or a proposition without stands.
    """
    figure_id = caption["figure_id"]
    parts.require(data, ("proposition", "bearing", "then", "now"), figure_id)
    used = {style.verdict(word).label for column in ("then", "now") for word in data[column]}
    names = list(dict.fromkeys(data["proposition"]))
    for name in names:
        if name not in stands:
            raise ValueError(f"figure {figure_id}: {name!r} has no stand")
        if strange := set(stands[name]) - set(STANDS):
            raise ValueError(f"figure {figure_id}: {strange.pop()!r} is no stand")
    sizes = data.groupby(["proposition", "bearing"], sort=False).size().unstack(fill_value=0)
    most = {side: int(sizes[side].max()) if side in sizes else 0 for side in ("for", "against")}
    unit = (style.WIDTH - 0.1) / sum(most.values())
    middle = 0.05 + most["against"] * unit
    line = layout.line_height(style.SMALL)
    each = layout.line_height() + line + 0.03 + _STRIP + 0.03 + _THEN + _GAP
    symbols = parts.verdict_key(used)
    top = line + 0.08
    canvas = style.canvas(top + each * len(names) + parts.key_height(symbols))
    page = layout.page(canvas)
    layout.write(page, middle - 0.06, line / 2, "← claims that speak against it", va="center", ha="right")
    layout.write(page, middle + 0.06, line / 2, "claims that speak for it →", va="center")
    for place, name in enumerate(names):
        down = top + each * place
        layout.write(
            page, 0, down + layout.line_height() / 2, str(name), size=style.SIZE, color=style.INK, va="center"
        )
        down += layout.line_height()
        across = 0.0
        for stand, look in STANDS.items():
            takers = stands[name].get(stand, [])
            if not takers or stand == "silent":
                continue
            said = f"{look.icon} {', '.join(takers)} {look.word if len(takers) == 1 else look.plural}"
            layout.write(page, across, down + line / 2, said, color=look.mark, va="center", gid="stand")
            across += layout.text_width(said, style.SMALL) + 0.14
        down += line + 0.03
        page.plot(
            [middle, middle],
            [down - 0.01, down + _STRIP + 0.03 + _THEN + 0.01],
            color=style.INK,
            linewidth=0.8,
        )
        sides = data[data["proposition"] == name]
        _strip(page, middle, down, unit, sides, then=False)
        _strip(page, middle, down + _STRIP + 0.03, unit, sides, then=True)
    parts.key(page, top + each * len(names), symbols)
    return publish(canvas, data, **caption)
