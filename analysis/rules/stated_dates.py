"""Periods and days that a row states in words and in cells: the two name the same time."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from analysis import periods
from analysis.errors import Defect
from analysis.package import Tables, numbered
from analysis.readings import split
from analysis.rules.dates import AHEAD, near, years_in

NUMBERS = {
    word: number for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)
}
ASSIGNED = re.compile(rf"assigned: ({'|'.join(NUMBERS)}) (year|month)s?\b")
BY_YEAR = re.compile(r"\b(?:before|until|by|over)\s[^,;:]*?\b(20\d\d)\b|\bin (20\d\d)\b", re.IGNORECASE)
"""The year by which something is expected, in the words of a forecast."""
SINCE = re.compile(r"\bsince\b[^.,;]*?\b((?:19|20)\d\d)\b", re.IGNORECASE)
EXPECTED = re.compile(r"\b(?:before|plan|will|expect|intend)")
"""Words of what had not come yet when a sentence was written."""

Row = dict[str, Any]


def claims(tables: Tables) -> Iterator[Defect]:
    """A claim's own reading measures it at its period, or says in its ground why at another."""
    claim = {row["claim_id"]: row for _, row in numbered(tables["claims"])}
    for line, row in numbered(tables["readings"]):
        stated = claim[row["claim_id"]]
        named = row["period"] if row["method"] != "date" else row["expected"]
        if row["primary"] != "yes" or named in ("", "latest"):
            continue
        try:
            read = periods.parse(named)
            asked = periods.parse(stated["period"]) if stated["period"] else None
        except ValueError:
            continue
        # A comparison tries several windows, each declared as an option of its curve.
        explained = bool(years_in(row["ground"]) & years_in(named)) or (
            stated["kind"] == "comparison" and asked is not None and asked.overlaps(read)
        )
        if asked and not (asked.contains(read) or read.contains(asked)) and not explained:
            yield Defect(
                "readings.csv", line, "period" if row["method"] != "date" else "expected", named,
                f"the claim speaks of {stated['period']}", "read the claim's period, or name in ground the years read",
            )  # fmt: skip
        elif row["method"] in ("date", "holder", "occurrence"):
            years = years_in(stated["statement_en"])
            if years and not any(read.start.year <= int(year) <= read.end.year for year in years):
                yield Defect(
                    "readings.csv", line, "period" if row["method"] != "date" else "expected", named,
                    f"the claim names {', '.join(sorted(years))}", "read the year that the claim names",
                )  # fmt: skip


def statements(tables: Tables) -> Iterator[Defect]:
    """The years of a claim's sentence lie near its period, and are the same in both languages."""
    for line, row in numbered(tables["claims"]):
        years, chinese = years_in(row["statement_en"]), set(re.findall(r"(?:19|20)\d\d", row["statement_zh"]))
        if chinese and not chinese & set(re.findall(r"(?:19|20)\d\d", row["statement_en"])):
            yield Defect(
                "claims.csv", line, "statement_zh", row["statement_zh"], "names other years than the English",
                "name the same years in both languages",
            )  # fmt: skip
        if not years or not row["period"]:
            continue
        try:
            period = periods.parse(row["period"])
        except ValueError:
            continue
        close = range(period.start.year, period.end.year + 1)
        compared = any(word in row["statement_en"] for word in (" than ", "promise"))
        since = SINCE.search(row["statement_en"])
        if (since and int(since[1]) != period.start.year) or (
            not compared and not any(int(year) in close for year in years)
        ):
            yield Defect(
                "claims.csv", line, "period", row["period"], f"the sentence names {', '.join(sorted(years))}",
                "write the period that the sentence speaks of",
            )  # fmt: skip


def forecasts(tables: Tables) -> Iterator[Defect]:
    """A horizon lies as far off as its ground says; an outcome falls after the article and before it was known."""
    article = dict(zip(tables["claims"]["claim_id"], tables["claims"]["article_id"], strict=True))
    published = dict(zip(tables["articles"]["article_id"], tables["articles"]["published"], strict=True))
    for line, row in numbered(tables["forecasts"]):

        def defect(column: str, problem: str, mend: str, line: int = line, row: Row = row) -> Defect:
            return Defect("forecasts.csv", line, column, row[column], problem, mend)

        try:
            printed = periods.last_day(published[article[row["claim_id"]]])
            horizon = periods.last_day(row["horizon"]) if row["horizon"] else None
            outcome = periods.parse(row["outcome_date"]) if row["outcome_date"] else None
        except ValueError:
            continue
        assigned = ASSIGNED.match(row["horizon_ground"])
        if horizon and not row["horizon_ground"].startswith(("printed", "assigned")):
            yield defect(
                "horizon_ground",
                "neither printed nor assigned",
                "begin with printed, or with assigned: and why",
            )
        if horizon and horizon <= printed:
            yield defect("horizon", "not after the article", "write the day by which it should be seen")
        elif horizon and assigned:
            years = (horizon - printed).days / 365.25
            if abs(years - NUMBERS[assigned[1]] / (12 if assigned[2] == "month" else 1)) > 0.95:
                yield defect(
                    "horizon",
                    f"{years:.1f} years off where its ground says {assigned[1]} {assigned[2]}s",
                    "correct the one or the other",
                )
        if outcome and outcome.end < printed:
            yield defect("outcome_date", "before the article", "what was decided by then is no forecast")
        if outcome and horizon and outcome.start > horizon + AHEAD:
            yield defect(
                "outcome_date",
                f"after the horizon of {row['horizon']}",
                "write the day on which it was decided",
            )


def ahead(tables: Tables) -> Iterator[Defect]:
    """Nothing is known, told or read after the end of the evidence, and what an article reports it lived to see.

    Forecasts and laws may speak of a later time, and so may a figure; a sentence that looks ahead says so.
    """
    for name in ("sources", "observations", "events", "stances", "offices", "forecasts"):
        column, frame = "published" if name == "sources" else "known_since", tables[name]
        for line, cell in zip(frame.index.tolist(), frame[column].tolist(), strict=True):
            if _after(cell, tables.schema.as_of):
                yield Defect(
                    tables.schema.tables[name].path, line, column, cell,
                    f"after the end of the evidence, {tables.schema.as_of}", "read the year again, or move as_of",
                )  # fmt: skip
    for line, row in numbered(tables["readings"]):
        last = row["period"].rpartition("/")[2]
        if _after(last, tables.schema.as_of) and not {"forecast", "plan"} & set(split(row["status"])):
            yield Defect(
                "readings.csv", line, "period", row["period"],
                f"ends after the evidence, {tables.schema.as_of}", "read the year again, or read forecasts or plans",
            )  # fmt: skip
    latest = dict(zip(tables["articles"]["article_id"], tables["articles"]["published_high"], strict=True))
    for line, row in numbered(tables["claims"]):
        if row["kind"] in ("numerical", "legal", "forecast") or EXPECTED.search(row["statement_en"]):
            continue
        try:
            printed = periods.last_day(latest[row["article_id"]])
        except ValueError:  # reported where dates are read
            continue
        if _after(row["period"], printed):
            yield Defect(
                "claims.csv", line, "period", row["period"], f"after the article, of {printed}",
                "write the period that the sentence speaks of; what is still to come is a forecast",
            )  # fmt: skip


def _after(text: str, day: date) -> bool:
    """Whether a date or period begins after a day; one that is empty or no date does not."""
    try:
        return bool(text) and periods.parse(text).start > day
    except ValueError:
        return False


def horizons(tables: Tables) -> Iterator[Defect]:
    """Forecasts of one article that are given a day for the same reason have the same day; a year named after the article's is the horizon's."""
    article = dict(zip(tables["claims"]["claim_id"], tables["claims"]["article_id"], strict=True))
    published = dict(zip(tables["articles"]["article_id"], tables["articles"]["published"], strict=True))
    given: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for line, row in numbered(tables["forecasts"]):
        if not row["horizon"]:
            continue
        printed = published[article[row["claim_id"]]][:4]
        if row["horizon_ground"].startswith("assigned"):
            given[article[row["claim_id"]], row["horizon_ground"]].append((line, row["horizon"]))
        words = f"{row['criterion']}; {row['horizon_ground']}"
        named = {year for year in years_in(words) if year > printed}
        named |= {year for found in BY_YEAR.findall(words) for year in found if year >= printed}
        if named and row["horizon"][:4] not in named:
            yield Defect(
                "forecasts.csv", line, "horizon", row["horizon"], f"its words name {', '.join(sorted(named))}",
                "correct the day, or the year in criterion or horizon_ground",
            )  # fmt: skip
    for (_, ground), days in given.items():
        if len({day for _, day in days}) == 1:
            continue
        usual = Counter(day for _, day in days).most_common(1)[0][0]
        for line, day in days:
            if day != usual:
                yield Defect(
                    "forecasts.csv", line, "horizon", day, f"{usual} for the same reason elsewhere: {ground}",
                    "correct the day, or say in horizon_ground why it is another",
                )  # fmt: skip


def articles(tables: Tables) -> Iterator[Defect]:
    """The bounds of an article's date lie within a year of it."""
    for line, row in numbered(tables["articles"]):
        for name in ("published_low", "published_high"):
            if not near(row["published"], row[name], timedelta(days=300)):
                yield Defect(
                    "articles.csv",
                    line,
                    name,
                    row[name],
                    "far from published",
                    "correct the date or its bound",
                )


def options(tables: Tables) -> Iterator[Defect]:
    """An option named after years is run by a reading of these years."""
    period = dict(zip(tables["readings"]["reading_id"], tables["readings"]["period"], strict=True))
    for line, row in numbered(tables["specifications"]):
        read = period[row["reading_id"]]
        years = years_in(row["option"])
        if (
            row["dimension"] == "window"
            and years
            and read not in ("", "latest")
            and not years & set(re.findall(r"\d{4}", read))
        ):
            yield Defect(
                "specifications.csv", line, "option", row["option"], f"its reading reads {read}",
                "name the reading that makes this choice",
            )  # fmt: skip


RULES = (claims, statements, forecasts, ahead, horizons, articles, options)
