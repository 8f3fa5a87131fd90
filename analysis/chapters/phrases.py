"""Numbers, bounds, spans and comparisons in words, chosen from the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from analysis import periods
from analysis.chapter import Chapter
from analysis.chapters.rows import last, medians
from analysis.figures import numbers, style
from analysis.figures.time_axis import printed
from analysis.intervals import statement_interval

SHARE = "percent_share"

KINDS = {
    "numerical": "figures",
    "event": "events",
    "office": "offices",
    "legal": "law",
    "quote": "quotes",
    "comparison": "comparisons",
    "position": "positions",
    "forecast": "forecasts",
    "causal": "causes",
}
"""What each kind of claim is called on the page, from what one can look up to what one can only argue."""


def share(value: float) -> str:
    """A percentage with the digits that it has, as in 36.5 %."""
    return numbers.quantity(value, SHARE)


def percent(value: float, decimals: int = 0) -> str:
    """A computed percentage, rounded."""
    return numbers.quantity(value, "percent", decimals)


def tenth(value: float) -> Decimal:
    """A computed number rounded half up to one decimal, as a reader would."""
    return Decimal(str(round(value, 6))).quantize(Decimal("0.1"), ROUND_HALF_UP)


def hedge(bound: str, above: str = "over", below: str = "under") -> str:
    """The word before a value, with the space after it: over, under, about or none."""
    return {"above": f"{above} ", "below": f"{below} ", "about": "about "}.get(bound, "")


def bounded(row: Mapping[str, Any] | pd.Series, above: str = "over", below: str = "under") -> str:
    """An observation's value with its unit and bound, as in over 90 %."""
    return hedge(row["bound"], above, below) + numbers.quantity(row["value"], row["unit"])


def years(spans: Iterable[str]) -> str:
    """The first and the last year of some periods, as in 2013–2024, or the only one."""
    runs = [periods.parse(span) for span in spans]
    first, final = min(run.start for run in runs).year, max(run.end for run in runs).year
    return str(first) if first == final else f"{first}{numbers.DASH}{final}"


def moved(before: float, after: float) -> str:
    """Whether a number rose, fell or stayed."""
    return "rose" if after > before else "fell" if after < before else "stayed"


def of_all(count: int, total: int) -> str:
    """How many of all, as in all 5, 3 of 5, none of 5."""
    return f"all {total}" if count == total else f"{count or 'none'} of {total}"


def tally(chapter: Chapter, claim_ids: Iterable[str]) -> str:
    """How many of some claims have which verdict now, in words."""
    labels = [chapter.now[claim_id].label for claim_id in claim_ids]
    counts = [(labels.count(label), label) for label in style.VERDICTS]
    return ", ".join(f"{count} {label.lower()}" for count, label in counts if count)


def admitted(chapter: Chapter, claim_id: str) -> pd.Interval:
    """The values that the figure of a claim admits, its hedge counted in."""
    claim = chapter.claims[claim_id]
    return statement_interval(claim["qualifier"], claim["figure_low"], claim["figure_high"], claim["unit"])


def stated(chapter: Chapter, claim_id: str) -> str:
    """The figure of a claim with its hedge, as in about 36.5 %."""
    claim = chapter.claims[claim_id]
    return f"{claim['qualifier'].replace('_', ' ')} {numbers.quantity(claim['figure_low'], claim['unit'])}"


def ends_of_lines(data: pd.DataFrame) -> str:
    """Each line's first and last value, for whoever does not see the lines."""
    said = []
    for line, part in data.dropna(subset=["value"]).groupby("line", sort=False):
        first = part.loc[part["period"] == min(part["period"], key=periods.parse)].iloc[0]
        levels = medians(part) if part["bound"].isin(["exact", "about"]).any() else pd.Series(dtype=float)
        points = [
            f"{share(levels[row['period']]) if row['period'] in levels else bounded(row, 'at least', 'at most')} in "
            f"{printed(row['period'])}"
            for row in (first, last(part))
        ]
        said.append(f"{line} {', '.join(dict.fromkeys(points))}")
    return "; ".join(said) + "."
