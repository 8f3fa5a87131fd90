"""A series says in words what its unit is: whoever reads dollars in its definition expects no cubic metres."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.errors import Defect
from analysis.package import Tables

WORDS = {
    "usd": r"dollar|USD|\bvalue at\b",
    "eur": r"euros?\b",
    "rub": r"rouble",
    "cny": r"yuan|renminbi",
    "percent": r"percent|share|growth|rate\b|change|yield|\bpart\b|premium|price index|proportion",
    "bcm": r"cubic",
    "tonnes": r"tonne|oxide|weight",
    "barrel": r"barrel",
    "index": r"index|score|scale|code|rank|level|deflator",
    "ratio": r"ratio|times|divided|\bover\b|\ba US dollar\b",
    "count": r"number|count|how many|votes?\b|entries|rows",
    "million": r"number|million|people",
    "year": r"years?\b",
}
"""The words of a unit, by a part of its code; the first part that fits a code is taken."""
TELLING = ("usd", "eur", "rub", "cny", "bcm", "tonnes", "barrel", "index")
"""Units whose words say what is measured; those of the others (a share, a number, a year) stand in many definitions."""


def words(tables: Tables) -> Iterator[Defect]:
    """A series that names units names its own among them, in its id, title or definition."""
    frame = tables["series"]
    for line, row in zip(frame.index.tolist(), frame.to_dict("records"), strict=True):
        text = f"{row['series_id'].replace('_', ' ')} {row['title_en']} {row['definition']}"
        named = [part for part in TELLING if re.search(WORDS[part], text, re.IGNORECASE)]
        own = next((part for part in WORDS if part in row["unit"]), None)
        if own and named and not re.search(WORDS[own], text, re.IGNORECASE):
            yield Defect(
                "series.csv", line, "unit", row["unit"], f"its words speak of {', '.join(named)}",
                "correct the unit, or name it in the definition",
            )  # fmt: skip


RULES = (words,)
