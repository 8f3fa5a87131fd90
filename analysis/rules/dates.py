"""Dates that say the same in two places: what is known of a thing cannot be older than the thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from analysis import periods
from analysis.errors import Defect
from analysis.package import Tables, numbered
from analysis.readings import split

A_MONTH, AHEAD = timedelta(days=31), timedelta(days=100)
"""How far a page's date may lie from the date in its address (it was written, then changed); how far ahead an
event may be announced by the source that reports it."""
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?![\dA-Za-z])")
DAY = re.compile(r"(?<!\d)(20\d\d)([-/_]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
MONTH = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(?!\d)")
DATED = {
    "events": ("date", "known_since"),
    "stances": ("known_since",),
    "observations": ("known_since",),
    "offices": ("known_since", "to"),
    "forecasts": ("known_since", "outcome_date"),
}
"""The days that a row takes from its source."""

Row = dict[str, Any]


def near(one: str, other: str, reach: timedelta) -> bool:
    """Whether two dates of any precision can lie within a reach of each other; a date that cannot be read can."""
    try:
        first, second = periods.parse(one), periods.parse(other)
    except ValueError:  # reported where dates are read
        return True
    return first.start - reach <= second.end and second.start - reach <= first.end


def years_in(text: str) -> set[str]:
    """The years that a text names."""
    return set(YEAR.findall(text))


def _written(source: Row) -> str:
    """The date that a source's id or address gives, at its precision; empty when neither gives one."""
    if found := DAY.search(source["source_id"]):
        return f"{found[1]}-{found[3]}-{found[4]}"
    if found := MONTH.search(source["source_id"]):
        return f"{found[1]}-{found[2]}"
    found = DAY.search(source["url"])
    return f"{found[1]}-{found[3]}-{found[4]}" if found else ""


def sources(tables: Tables) -> Iterator[Defect]:
    """A date in a source's id or address is its date; a year in its id is its year, unless its title speaks of it."""
    for line, row in numbered(tables["sources"]):
        published = row["published"]
        if not published:
            continue
        written = _written(row)
        if written:
            agrees = near(written, published, A_MONTH)
        else:
            years = years_in(row["source_id"])
            january = re.fullmatch(r"(\d{4})-01(-\d\d)?", published)
            about = {published[:4], *([str(int(published[:4]) - 1)] if january else [])}
            agrees = not years or bool(years & about) or bool(years & years_in(row["title"]))
        if not agrees:
            yield Defect(
                "sources.csv", line, "published", published, "not the date in its id or address",
                "read the page's date again and correct the one that is wrong",
            )  # fmt: skip


def known(tables: Tables) -> Iterator[Defect]:
    """What a source tells was public no later than the source, and long before it only if the row names that year."""
    published = dict(zip(tables["sources"]["source_id"], tables["sources"]["published"], strict=True))
    for name in ("observations", "events", "stances", "offices", "forecasts"):
        for line, row in numbered(tables[name]):
            since, told = row["known_since"], published.get(row["source_id"], "")
            if not since or not told:
                continue
            try:
                early, late = periods.parse(since), periods.parse(told)
            except ValueError:
                continue
            if early.start > late.end + 2 * A_MONTH or (
                name == "forecasts" and early.end < late.start - A_MONTH
            ):
                problem = f"its source is of {told}"
            elif (
                name == "stances"
                and early.end < late.start - 2 * A_MONTH
                and since[:4] not in years_in(f"{row['locator']} {row['ground']}")
            ):
                problem = f"its source is of {told}, and the row names no {since[:4]}"
            else:
                continue
            yield Defect(
                tables.schema.tables[name].path, line, "known_since", since, problem,
                "correct the date, or name the source that first made it known",
            )  # fmt: skip


def told(tables: Tables) -> Iterator[Defect]:
    """An article cites nothing later than itself, and a source knows of no term that begins or ended after it."""
    published = dict(zip(tables["sources"]["source_id"], tables["sources"]["published"], strict=True))
    article = dict(zip(tables["claims"]["claim_id"], tables["claims"]["article_id"], strict=True))
    latest = dict(zip(tables["articles"]["article_id"], tables["articles"]["published_high"], strict=True))
    for line, row in numbered(tables["attributions"]):
        told_on = published.get(row["source_id"], "")
        if told_on and _later(told_on, latest[article[row["claim_id"]]]):
            yield Defect(
                "attributions.csv", line, "source_id", row["source_id"], f"of {told_on}, after the article",
                "name the source that the article can have read",
            )  # fmt: skip
    for line, row in numbered(tables["offices"]):
        told_on = published.get(row["source_id"], "")
        for column in ("from", "to"):
            if told_on and row[column] and _later(row[column], told_on):
                yield Defect(
                    "offices.csv", line, column, row[column], f"after its source, which is of {told_on}",
                    "correct the date, or name the source that tells it",
                )  # fmt: skip


def slips(tables: Tables) -> Iterator[Defect]:
    """No date lies a year before or after its source to the day: that is the year misread, not an anniversary."""
    published = dict(zip(tables["sources"]["source_id"], tables["sources"]["published"], strict=True))
    for name, columns in DATED.items():
        for line, row in numbered(tables[name]):
            told_on = published.get(row["source_id"], "")
            for column in columns:
                others = [told_on, row["known_since"] if column == "outcome_date" else ""]
                if any(_a_year_apart(row[column], other) for other in others):
                    yield Defect(
                        tables.schema.tables[name].path, line, column, row[column],
                        f"a year from its source, which is of {told_on}", "read the year again",
                    )  # fmt: skip
    for line, row in numbered(tables["offices"]):
        if row["to"] and row["known_since"] and not near(row["to"], row["known_since"], 2 * A_MONTH):
            yield Defect(
                "offices.csv", line, "known_since", row["known_since"], f"the term ended on {row['to']}",
                "an end is known when it comes: correct the one or the other",
            )  # fmt: skip


def _a_year_apart(one: str, other: str) -> bool:
    """Whether two days, each known as a day, are a year apart give or take a week."""
    if not (len(one) == len(other) == len("2024-05-16")):
        return False
    try:
        first, second = periods.parse(one).start, periods.parse(other).start
    except ValueError:
        return False
    return abs(abs((first - second).days) - 365) <= 7


def _later(one: str, other: str) -> bool:
    """Whether the first date lies wholly after the second."""
    try:
        return periods.parse(one).start > periods.last_day(other)
    except ValueError:  # reported where dates are read
        return False


def vintages(tables: Tables) -> Iterator[Defect]:
    """An edition is dated as the row's id, its first release or its source is; an id ends in its source or edition."""
    published = dict(zip(tables["sources"]["source_id"], tables["sources"]["published"], strict=True))
    for line, row in numbered(tables["observations"]):
        vintage = row["vintage"]
        if vintage and row["known_since"] and not near(vintage, row["known_since"], AHEAD):
            yield Defect(
                "observations.csv", line, "known_since", row["known_since"], f"its edition is of {vintage}",
                "an edition is known when it comes: correct the one or the other",
            )  # fmt: skip
        if not vintage or row["observation_id"].endswith(f"@{vintage}"):
            continue
        dates = [day for day in (row["known_since"], published.get(row["source_id"], "")) if day]
        if dates and not any(near(vintage, day, AHEAD) for day in dates):
            yield Defect(
                "observations.csv", line, "vintage", vintage, f"its release is of {dates[0]}",
                "correct the date of the edition, or write it at the end of the row's id",
            )  # fmt: skip


def events(tables: Tables) -> Iterator[Defect]:
    """An event lies before the source that reports it, and in the year that its id names."""
    published = dict(zip(tables["sources"]["source_id"], tables["sources"]["published"], strict=True))
    for line, row in numbered(tables["events"]):
        told = row["known_since"] or published.get(row["source_id"], "")
        years = years_in(row["event_id"].partition(".")[0])
        try:
            when = periods.parse(row["date"])
            late = periods.last_day(told) if told else date.max - AHEAD
        except ValueError:
            continue
        spoken = {str(when.start.year), str(when.start.year - 1)}
        if when.start > late + AHEAD:
            problem = f"after its source, which is of {told}"
        elif years and not years & spoken:
            problem = f"not in the year {', '.join(sorted(years))} that its id names"
        else:
            continue
        yield Defect(
            "events.csv",
            line,
            "date",
            row["date"],
            problem,
            "correct the date, or name the source that reports it",
        )


def named_events(tables: Tables) -> Iterator[Defect]:
    """An event's id ends in a word of its source (of its id, title, publisher, address or first publisher), or the two are of one time."""
    told = {
        row["source_id"]: "".join(
            str(row[name]) for name in ("source_id", "title", "publisher", "author", "url")
        )
        for _, row in numbered(tables["sources"])
    }
    published = dict(zip(tables["sources"]["source_id"], tables["sources"]["published"], strict=True))
    for line, row in numbered(tables["events"]):
        last = row["event_id"].rpartition(".")[2] if "." in row["event_id"] else ""
        words = [word for word in last.split("_") if len(word) > 2]
        known_as = (told.get(row["source_id"], "") + "".join(split(row["origin_ids"])) + row["note"]).lower()
        told_on = published.get(row["source_id"]) or row["date"]
        if (
            words
            and not any(word in known_as for word in words)
            and not near(row["date"], told_on, 2 * A_MONTH)
        ):
            yield Defect(
                "events.csv", line, "source_id", row["source_id"], f"its id ends in {last}",
                "name the source after which the row is called, or say in note how the two hang together",
            )  # fmt: skip


RULES = (sources, known, told, slips, vintages, events, named_events)
