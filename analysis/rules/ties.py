"""What ties a row to its source: a name, a date, or another row that passes on the same.

The id of an observation repeats its source; the rows of other tables hang on it by what these rules ask.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from analysis import periods
from analysis.errors import Defect
from analysis.package import Tables, numbered
from analysis.readings import split
from analysis.rules.dates import A_MONTH, near

PASSED_ON = {"stances": "", "events": "date", "offices": "from"}
"""Tables whose rows name a first publisher and are not called after their source; the column of their day, if any."""
OWN_WORDS = ("locator", "ground", "note", "event")
COMMON = 3
"""A word in the names of so many first publishers, as ministry or news, tells none of them from the others."""
HALF_A_YEAR = timedelta(days=183)
NOT_READ = re.compile(r"not found|no title printed|\(printed as|read only in")
"""What stands in the title or publisher of a source that an article names and nobody could read."""

Row = dict[str, Any]


def _printed(source: Row) -> str:
    """All that a source says of itself, in small letters."""
    return " ".join(source[name] for name in ("source_id", "title", "publisher", "author", "url")).lower()


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", text.lower()))


def _telling(origins: list[Row]) -> dict[str, set[str]]:
    """The words by which each first publisher is known: of its id and its English name, without the common ones."""
    words = {
        row["origin_id"]: _words(f"{row['origin_id']} {row['name_en']}".replace("_", " ")) for row in origins
    }
    often = Counter(word for own in words.values() for word in own)
    return {
        name: {word for word in own if often[word] < COMMON and (len(word) > 2 or word == name)}
        for name, own in words.items()
    }


def _named(words: set[str], text: str) -> bool:
    """Whether one of the words stands in a text, a short one as a word of its own."""
    joined, apart = re.sub(r"[^a-z0-9]", "", text), _words(text.replace("_", " "))
    return any(word in joined if len(word) > 3 else word in apart for word in words)


def first_publishers(tables: Tables) -> Iterator[Defect]:
    """A source names the first publisher of what it tells, or more than one row says that it passes this one on.

    The rows of a publisher's other sources count. Where one row alone says so, it tells what happened within a
    month of the source, or its own words name the first publisher. A source from which nothing else is taken
    cannot be compared with itself and is left out.
    """
    telling = _telling([row for _, row in numbered(tables["origins"])])
    names = {row["origin_id"]: row["name_en"].lower() for _, row in numbered(tables["origins"])}
    source = {row["source_id"]: row for _, row in numbered(tables["sources"])}
    taken: Counter[str] = Counter()
    passed: Counter[tuple[str, str]] = Counter()
    for name in ("observations", *PASSED_ON):
        taken.update(tables[name]["source_id"])
        for told, origins in zip(tables[name]["source_id"], tables[name]["origin_ids"], strict=True):
            passed.update((source[told]["publisher"], origin) for origin in split(origins) if told in source)
    for name, dated in PASSED_ON.items():
        for line, row in numbered(tables[name]):
            told, origins = source.get(row["source_id"]), split(row["origin_ids"])
            if told is None or not origins or taken[row["source_id"]] < 2:
                continue
            if any(passed[told["publisher"], origin] > 1 for origin in origins):
                continue
            if dated and told["published"] and near(row[dated], told["published"], A_MONTH):
                continue
            words = set().union(*(telling.get(origin, set()) for origin in origins))
            said = f"{_printed(told)} {' '.join(str(row.get(column, '')) for column in OWN_WORDS).lower()}"
            if not _named(words, said) and not any(names.get(origin, said) in said for origin in origins):
                yield Defect(
                    tables.schema.tables[name].path, line, "source_id", row["source_id"],
                    f"nothing says that it passes on {row['origin_ids']}",
                    "name the source that tells it, or say in the row's own words whom this one quotes",
                )  # fmt: skip


def attributed(tables: Tables) -> Iterator[Defect]:
    """A source to which an article ascribes something is named as the article names it, or is cited elsewhere too.

    Elsewhere is another claim of the same article, or a stance on this claim. A source that nobody could read
    says so, and nothing was checked against it.
    """
    claim = {row["claim_id"]: row for _, row in numbered(tables["claims"])}
    source = {row["source_id"]: row for _, row in numbered(tables["sources"])}
    rows = list(numbered(tables["attributions"]))
    cited = Counter((claim[row["claim_id"]]["article_id"], row["source_id"]) for _, row in rows)
    stands = set(zip(tables["stances"]["claim_id"], tables["stances"]["source_id"], strict=True))
    for line, row in rows:
        told, stated = source.get(row["source_id"]), claim[row["claim_id"]]
        if told is None:
            continue
        problem = ""
        unread = NOT_READ.search(f"{told['title']} {told['publisher']}") is not None
        if (row["faithful"] == "source_not_found") > unread:
            problem = "a source that was found"
        elif unread and row["faithful"] in ("partly", "no", "unchecked"):
            problem = "a source that was not found"
        elif (
            told["kind"] != "article"
            and cited[stated["article_id"], row["source_id"]] < 2
            and (row["claim_id"], row["source_id"]) not in stands
            and not _named(_words(stated["attributed_to"]), _printed(told))
        ):
            problem = f"nothing says that it is of {stated['attributed_to'] or 'whom the article means'}"
        if problem:
            yield Defect(
                "attributions.csv", line, "source_id", row["source_id"], problem,
                "name the source that the article cites, or correct faithful",
            )  # fmt: skip


def outcomes(tables: Tables) -> Iterator[Defect]:
    """The source of a forecast's outcome is younger than the article, and at most half a year older than the outcome.

    What stayed as it was up to a day may have been told some months before it.
    """
    article = dict(zip(tables["claims"]["claim_id"], tables["claims"]["article_id"], strict=True))
    printed = dict(zip(tables["articles"]["article_id"], tables["articles"]["published_low"], strict=True))
    published = dict(zip(tables["sources"]["source_id"], tables["sources"]["published"], strict=True))
    for line, row in numbered(tables["forecasts"]):
        told = published.get(row["source_id"], "")
        if not told or not row["outcome_date"]:
            continue
        try:
            known, first = periods.last_day(told), periods.parse(printed[article[row["claim_id"]]]).start
            outcome = periods.parse(row["outcome_date"]).start
        except ValueError:  # reported where dates are read
            continue
        problem = ""
        if known < first:
            problem = f"of {told}, before the article"
        elif known + HALF_A_YEAR < outcome:
            problem = f"of {told}, long before the outcome"
        if problem:
            yield Defect(
                "forecasts.csv", line, "source_id", row["source_id"], problem, "name the source that tells the outcome"
            )  # fmt: skip


RULES = (first_publishers, attributed, outcomes)
