"""What a row says in words and in cells is the same: figures, units, lengths, places in the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from analysis.errors import Defect
from analysis.package import Tables, numbered
from analysis.readings import split, transformed_unit
from analysis.rules.dates import YEAR

Row = dict[str, Any]
CHARACTERS = (15, 1500)
"""How many characters a paragraph of an article has on average, at least and at most."""
TERMS = re.compile(
    r"facts|rights|copyright|licen[cs]e|CC |government|public|stated|permission|quot|cite|terms|reuse|open access|document|PDDL",
    re.IGNORECASE,
)


SENTENCES = (
    *(
        "readings.ground",
        "claims.statement_en",
        "claims.statement_zh",
        "articles.argument_en",
        "articles.argument_zh",
    ),
    *("series.definition", "attributions.discrepancy", "forecasts.note"),
)
NAMES = (
    *("claims.short_en", "claims.attributed_to", "readings.omits", "stances.locator", "observations.locator"),
    *("observations.note", "events.note", "series.title_en", "specifications.option", "sources.publisher"),
    *("forecasts.criterion", "forecasts.condition", "forecasts.horizon_ground", "articles.title_en"),
    *("articles.outlet", "articles.authors", "areas.name_en", "origins.name_en"),
)
"""Columns of sentences, which end in a full stop, and of names and phrases, which do not."""
WORDS = "note ground reason definition attributed_to discrepancy searched condition criterion locator outlet".split()
"""Columns of words, in which a bare number, date, unit or list of areas has lost its way."""
BARE = re.compile(r"[\d.;-]+|[A-Z]{2}\d*(?:;[A-Z]{2}\d*)*|[a-z]+(?:_[a-z0-9]+)+")
EXPECTING = {"threshold", "design", "date", "occurrence", "holder"}
NEVER_NEGATIVE = {
    "count",
    "percent_share",
    "year",
    "month",
    "ratio",
    "bcm",
    "million_tonnes",
    "thousand_tonnes",
    "thousand_units",
}
DATED = re.compile(r"printed|assumed|\b(?:day|date)\b")
FALLS = re.compile(r"minus|fell|fall|less|below|shr|lost|loss|decline|drop|contract")
STOP = re.compile(r"(?<!\bff)[.。][”’」』)）\"]*$")


def stops(tables: Tables) -> Iterator[Defect]:
    """Sentences end in a full stop, names and phrases in none: where one does, two columns may have changed places."""
    for place in (*SENTENCES, *NAMES):
        name, column = place.split(".")
        frame = tables[name]
        for line, cell in zip(frame.index.tolist(), frame[column].tolist(), strict=True):
            if cell and (STOP.search(cell) is not None) != (place in SENTENCES):
                problem = "no full stop" if place in SENTENCES else "a full stop"
                yield Defect(
                    tables.schema.tables[name].path, line, column, cell, f"{problem} at its end",
                    "end a sentence with one and a phrase without; look whether two columns were swapped",
                )  # fmt: skip


def misplaced(tables: Tables) -> Iterator[Defect]:
    """Columns of words hold words, an event begins with a capital, and only methods that expect something are told what."""
    for table in tables.schema.tables.values():
        for column in table.columns:
            if column in WORDS and not table.name.startswith("lexicon"):
                frame = tables[table.name]
                for line, cell in zip(frame.index.tolist(), frame[column].tolist(), strict=True):
                    if cell and BARE.fullmatch(cell):
                        yield Defect(
                            table.path,
                            line,
                            column,
                            cell,
                            "no words",
                            "look whether two columns were swapped",
                        )
            if table.fields[column].get("semantic") == "list":
                frame = tables[table.name]
                for line, cell in zip(frame.index.tolist(), frame[column].tolist(), strict=True):
                    parts = cell.split(";")
                    if cell and ("" in parts or len(set(parts)) < len(parts)):
                        yield Defect(
                            table.path, line, column, cell, "a part empty or twice", "name each part once"
                        )
    for line, row in numbered(tables["events"]):
        if row["event"][:1].islower():
            yield Defect(
                "events.csv",
                line,
                "event",
                row["event"],
                "begins like a note",
                "begin with a capital: say what happened",
            )
    for line, row in numbered(tables["readings"]):
        if row["expected"] and row["method"] not in EXPECTING:
            yield Defect(
                "readings.csv", line, "expected", row["expected"], f"method {row['method']} expects nothing",
                "empty the cell; look whether two columns were swapped",
            )  # fmt: skip


def figures(tables: Tables) -> Iterator[Defect]:
    """A figure that is not written in words stands in the claim's sentence, and is negative only where that names a fall."""
    for line, row in numbered(tables["claims"]):
        for name in ("figure_low", "figure_high"):
            if row[name] is None or row[name] >= 0:
                continue
            if row["unit"] in NEVER_NEGATIVE:
                problem = f"negative in {row['unit']}"
            elif not FALLS.search(row["statement_en"]):
                problem = "negative where the sentence names no fall"
            else:
                continue
            yield Defect("claims.csv", line, name, str(row[name]), problem, "correct its sign")
        if row["figure_low"] and row["figure_high"] == -row["figure_low"]:
            yield Defect(
                "claims.csv", line, "figure_high", str(row["figure_high"]), "figure_low with the other sign", "correct its sign"
            )  # fmt: skip
        sentence = row["statement_en"].replace(",", "")
        if not re.search(r"\d", YEAR.sub("", sentence)):
            continue  # the figure is written in words, as in: a quarter in 2023
        for name in ("figure_low", "figure_high"):
            figure = row[name]
            if figure is None or row["unit"] in ("count", "year"):
                continue
            digits = f"{abs(figure):f}"
            digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
            if not re.search(rf"(?<![\d.]){re.escape(digits)}(?:\.0+)?(?!\d|\.\d)", sentence):
                yield Defect(
                    "claims.csv", line, name, str(figure), "not in the claim's sentence",
                    "correct the figure, or restate the sentence with it",
                )  # fmt: skip


def units(tables: Tables) -> Iterator[Defect]:
    """Of the readings of observations, at least one measures a claim in the unit that it states."""
    unit_of = dict(zip(tables["series"]["series_id"], tables["series"]["unit"], strict=True))
    measured: dict[str, set[str]] = {}
    for _, row in numbered(tables["readings"]):
        first = (split(row["key"]) or [""])[0]
        if row["table"] == "observations" and first in unit_of:
            measured.setdefault(row["claim_id"], set()).add(
                transformed_unit(row["transform"], unit_of[first])
            )
    for line, row in numbered(tables["claims"]):
        found = measured.get(row["claim_id"])
        if row["unit"] and found and row["unit"] not in found:
            yield Defect(
                "claims.csv", line, "unit", row["unit"], f"its readings measure {', '.join(sorted(found))}",
                "write the unit of the figure, or read a series in that unit",
            )  # fmt: skip


def paragraphs(tables: Tables) -> Iterator[Defect]:
    """A restatement stands in another paragraph of the article; an article's counts fit one another."""
    length = dict(zip(tables["articles"]["article_id"], tables["articles"]["paragraphs"], strict=True))
    for line, row in numbered(tables["claims"]):
        for part in split(row["also_in"]):
            if (
                not re.fullmatch(r"[1-9][0-9]*", part)
                or not int(part) <= length[row["article_id"]]
                or int(part) == row["paragraph"]
            ):
                yield Defect(
                    "claims.csv", line, "also_in", row["also_in"], f"{part} is no other paragraph of the article",
                    "name paragraphs by their number, joined by semicolons",
                )  # fmt: skip
    for line, row in numbered(tables["articles"]):
        if row["published_ground"] and not DATED.search(row["published_ground"]):
            yield Defect(
                "articles.csv", line, "published_ground", row["published_ground"], "says not how the date is known",
                "say whether it is printed or assumed, and where or why",
            )  # fmt: skip
        if not CHARACTERS[0] <= row["characters"] / row["paragraphs"] <= CHARACTERS[1]:
            yield Defect(
                "articles.csv", line, "characters", str(row["characters"]), f"in {row['paragraphs']} paragraphs",
                "count again: one of the two is wrong, or lines of the text were broken or joined",
            )  # fmt: skip


def sources(tables: Tables) -> Iterator[Defect]:
    """A title is not the name of a publisher, and a licence speaks of rights."""
    publishers = Counter(tables["sources"]["publisher"])
    for line, row in numbered(tables["sources"]):
        others = publishers[row["title"]] - (row["publisher"] == row["title"])
        site = urlsplit(row["url"]).netloc.removeprefix("www.")
        if others or (site and site in row["title"].lower()):
            yield Defect(
                "sources.csv",
                line,
                "title",
                row["title"],
                "the name of a publisher or its site",
                "write the title as printed",
            )
        if not TERMS.search(row["licence"]):
            yield Defect(
                "sources.csv",
                line,
                "licence",
                row["licence"],
                "says nothing of rights",
                "name the terms, or write not stated",
            )


def coders(tables: Tables) -> Iterator[Defect]:
    """An item that one coder has coded, every coder of its table has coded.

    The probabilities of forecasts are left out: what the first coder wrote of them is the forecast's own row.
    """
    coded = tables["codings"]
    coded = coded[coded["table"] != "forecasts"]
    expected = {str(table): set(rows["coder"]) for table, rows in coded.groupby("table")}
    for (table, key), rows in coded.groupby(["table", "key"]):
        if missing := expected[str(table)] - set(rows["coder"]):
            yield Defect(
                "codings.csv", int(rows.index[0]), "key", str(key), f"not coded by {', '.join(sorted(missing))}",
                "add the row of each coder",
            )  # fmt: skip


RULES = (stops, misplaced, figures, units, paragraphs, sources, coders)
