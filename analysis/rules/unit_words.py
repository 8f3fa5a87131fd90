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

_MONEY = (
    r"dollar|USD|euros?\b|rouble|yuan|renminbi|value|revenue|income|loss|lost|tax|funds?\b|sum\b|prices?\b|spot|discount|"
    r"exports?\b|imports?\b|trade|surplus|balance|budget|stock|engagement|market|aid\b|debt|costs?\b|contribution|limit"
)
AMOUNTS = {
    **dict.fromkeys(("usd", "eur", "rub", "cny"), _MONEY),
    **dict.fromkeys(("bcm", "cubic"), r"cubic|\bgas\b"),
    "tonnes": r"tonne|oxide|weight|cargo",
    "barrel": r"barrel|crude|\boil\b",
    "thousand_units": r"number|thousand|how many",
    "tiv": r"trend.indicator",
}
"""Words of which one stands beside an amount, by a part of the code of its unit."""
KINDS = (
    ("A count", r"count"),
    ("A place in an order", r"count"),
    ("A share of a whole", r"percent_share"),
    ("The difference of two shares", r"percentage_point"),
    ("A rate", r"percent"),
    ("A whole economy moves", r"percent"),
    ("Nothing falls by more than all", r"percent"),
    ("One amount as percent", r"percent"),
    ("One price against another", r"percent"),
    ("What is gained over", r"percent"),
    (
        "An amount",
        r"(usd|eur|rub|cny)_(mn|bn|tn)|bcm|.*(tonnes|barrels|cubic).*|thousand_units|tiv_mn|million",
    ),
    ("A monthly mean of the traded price", r"usd_per_\w+"),
    ("A difference, of either sign", r"(usd|eur|rub|cny)_\w+|million"),
    ("Not negative by nature", r"ratio|year|month"),
    ("The index", r"index"),
    ("A price index", r"index"),
    ("A vote", r"index"),
)
"""How the ground of a series' bounds begins, which says what kind of quantity it is, and the units of that kind."""


def words(tables: Tables) -> Iterator[Defect]:
    """A series that names units names its own among them, in its id, title or definition."""
    frame = tables["series"]
    for line, row in zip(frame.index.tolist(), frame.to_dict("records"), strict=True):
        text = f"{row['series_id'].replace('_', ' ')} {row['title_en']} {row['definition']}"
        named = [part for part in TELLING if re.search(WORDS[part], text, re.IGNORECASE)]
        own = next((part for part in WORDS if part in row["unit"]), None)
        amount = next((part for part in AMOUNTS if part in row["unit"]), None)
        if own and named and not re.search(WORDS[own], text, re.IGNORECASE):
            problem = f"its words speak of {', '.join(named)}"
        elif amount and not re.search(AMOUNTS[amount], text, re.IGNORECASE):
            problem = "its words speak of nothing that is counted so"
        else:
            continue
        yield Defect(
            "series.csv", line, "unit", row["unit"], problem, "correct the unit, or name it in the definition"
        )


def kinds(tables: Tables) -> Iterator[Defect]:
    """A series is of the kind that the ground of its bounds names: a share is in percent of a whole, a count is no sum."""
    unit = dict(zip(tables["series"]["series_id"], tables["series"]["unit"], strict=True))
    line_of = dict(zip(tables["series"]["series_id"], tables["series"].index.tolist(), strict=True))
    limits = tables["limits"]
    limits = limits[limits["scope"] == "series"]
    for name, ground in zip(limits["subject"], limits["ground"], strict=True):
        of_kind = next((units for begins, units in KINDS if ground.startswith(begins)), None)
        if name in unit and of_kind and not re.fullmatch(of_kind, unit[name]):
            yield Defect(
                "series.csv", line_of[name], "unit", unit[name], f"its bounds are those of another kind: {ground}",
                "correct the unit, or the ground of the series in limits.csv",
            )  # fmt: skip


RULES = (words, kinds)
