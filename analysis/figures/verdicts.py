"""Verdicts as words, icons and colours: chips, a table of claims, and counts by article.

Hollow is the verdict at publication, filled the verdict now.
"""

from __future__ import annotations

from html import escape
from typing import Unpack

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.figures import layout, numbers, parts, style
from analysis.figures.figure import Caption, Figure, publish
from analysis.figures.table import Column, Html, Table, markup

ATTRIBUTION = {
    "yes": "says so",
    "partly": "says part of it",
    "no": "does not say so",
    "source_not_found": "source not found",
    "unchecked": "not checked",
    "": numbers.DASH,
}


def chip(verdict: str, *, hollow: bool = False) -> Html:
    """A verdict's word with its icon, as markup. ValueError for a word that is no verdict."""
    look = style.verdict(verdict)
    classes = f"verdict {look.css_class}" + (" verdict-hollow" if hollow else "")
    return Html(
        f'<span class="{classes}"><span class="verdict-icon" aria-hidden="true">{look.icon}</span>'
        f'<span class="verdict-word">{escape(look.label)}</span></span>'
    )


def transition(then: str, now: str) -> Html:
    """The verdict at publication, hollow, and now, filled; a word that has not changed stands once."""
    first = chip(then, hollow=True)
    if then == now:
        first = Html(first.replace('<span class="verdict ', '<span class="verdict verdict-bare ', 1))
    return Html(f'{first} <span class="verdict-now">→ {chip(now)}</span>')


def _claim(row: pd.Series) -> Html:
    name = f'<span class="verdict-claim-id">{escape(str(row["claim_id"]))}</span>'
    if not numbers.missing(row.get("address")):
        name = f'<a href="{escape(str(row["address"]))}">{name}</a>'
    return Html(f"{name} {escape(str(row['label']))}")


def verdict_table(data: pd.DataFrame, *, table_id: str, title: str, subtitle: str, source: str) -> Table:
    """A table of claims with both verdicts and what the named source says.

    `data` has `claim_id`, `label` (the claim in short), `verdict_at_publication`, `verdict`, and, where
    they apply, `attribution` (yes, partly, no, source_not_found, unchecked, or empty where no source
    is named), `strength` (0 to 1) and `address` (where the claim stands). On a small screen each row
    becomes a card. ValueError for an unknown verdict or attribution, or a missing column or word.
    """
    absent = [
        name
        for name in ("claim_id", "label", "verdict_at_publication", "verdict")
        if name not in data.columns
    ]
    if absent:
        raise ValueError(f"table {table_id}: its data lack {', '.join(absent)}")
    shown = pd.DataFrame({"claim": [_claim(row) for _, row in data.iterrows()]})
    columns = {"claim": Column("Claim")}
    shown["verdict"] = [
        transition(then, now)
        for then, now in zip(data["verdict_at_publication"], data["verdict"], strict=True)
    ]
    columns["verdict"] = Column("At publication → now")
    if "attribution" in data:
        unknown = sorted(set(data["attribution"].fillna("")) - set(ATTRIBUTION))
        if unknown:
            raise ValueError(
                f"table {table_id}: {unknown[0]!r} is no attribution; write {', '.join(ATTRIBUTION)}"
            )
        shown["attribution"] = [ATTRIBUTION[word] for word in data["attribution"].fillna("")]
        columns["attribution"] = Column("Named source")
    if "strength" in data:
        shown["strength"] = data["strength"].tolist()
        columns["strength"] = Column("Strength", numeric=True, decimals=2)
    return Table(table_id, title, subtitle, source, markup(shown, columns, "finding-verdicts"), data.copy())


_BAR = 0.2
_ROW = 0.16


def _strip(page: Axes, top: float, tall: float, scale: float, verdicts: pd.Series, hollow: bool) -> None:
    across = 0.01
    counts = verdicts.value_counts()
    for look in style.VERDICTS.values():
        count = int(counts.get(look.label, 0))
        if not count:
            continue
        fill, edge, ink = look.colours(hollow)
        wide = count * scale
        page.add_patch(
            Rectangle(
                (across, top), max(wide - 0.025, 0.01), tall, facecolor=fill, edgecolor=edge, linewidth=1
            )
        )
        fitting = [
            text
            for text in (f"{look.icon} {count}", str(count))
            if layout.text_width(text, style.SMALL) < wide - 0.05
        ]
        if fitting:
            middle = across + (wide - 0.025) / 2
            layout.write(
                page, middle, top + tall / 2, fitting[0], color=ink, ha="center", va="center_baseline"
            )
        across += wide


def verdict_counts(data: pd.DataFrame, **caption: Unpack[Caption]) -> Figure:
    """Draw how many claims of each article have which verdict: hollow at publication, filled now.

    `data` has a row for each claim: `group` (the article, in the order to be shown), `verdict` and
    `verdict_at_publication`. All strips have one scale, so that a longer one means more claims.
    ValueError, naming the figure, for missing columns or rows, and for an unknown verdict.
    """
    parts.require(data, ("group", "verdict", "verdict_at_publication"), caption["figure_id"])
    used = {
        style.verdict(word).label for column in ("verdict", "verdict_at_publication") for word in data[column]
    }
    groups = list(data.groupby("group", sort=False))
    most = max(len(part) for _, part in groups)
    scale = (style.WIDTH - 0.02) / most
    symbols = parts.verdict_key(used)
    line = layout.line_height()
    each = line + _ROW + 0.04 + _BAR + 0.12
    canvas = style.canvas(each * len(groups) + parts.key_height(symbols))
    page = layout.page(canvas)
    for place, (name, part) in enumerate(groups):
        top = place * each
        layout.write(page, 0, top + line / 2, str(name), size=style.SIZE, color=style.INK, va="center")
        claims = f"{len(part)} claim{'s' if len(part) != 1 else ''}"
        layout.write(page, style.WIDTH, top + line / 2, claims, va="center", ha="right")
        _strip(page, top + line, _ROW, scale, part["verdict_at_publication"], hollow=True)
        _strip(page, top + line + _ROW + 0.04, _BAR, scale, part["verdict"], hollow=False)
    parts.key(page, each * len(groups), symbols)
    counted = (
        data[["group", "verdict_at_publication", "verdict"]]
        .melt("group", var_name="at", value_name="label")
        .assign(at=lambda rows: rows["at"].map({"verdict_at_publication": "publication", "verdict": "now"}))
        .groupby(["group", "at", "label"], sort=False)
        .size()
        .rename("claims")
        .reset_index()
    )
    return publish(canvas, counted, **caption)
