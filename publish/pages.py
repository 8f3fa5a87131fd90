"""Pages and parts of pages written from the tables and the ledger.

Parts are HTML, made by templates that escape whatever a cell holds, and taken into Markdown pages
by `{raw} html` with `:file:`, so that no cell can end a block or start a directive. What does stand
in Markdown (headings) is escaped by `codebook.text`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from analysis import codebook, intervals
from analysis.package import Tables
from analysis.verdicts import CONFLICTING, LABELS, NOT_ENOUGH, OPEN, REFUTED, SUPPORTED

Row = dict[str, Any]

SLUGS = {
    SUPPORTED: "supported",
    REFUTED: "refuted",
    CONFLICTING: "conflicting",
    NOT_ENOUGH: "not-enough",
    OPEN: "open",
}
MEANINGS = {
    SUPPORTED: "all independent evidence lies inside what the statement admits",
    REFUTED: "all independent evidence lies outside it",
    CONFLICTING: "some lies inside and some outside",
    NOT_ENOUGH: "nothing independent decides it; the page says what would",
    OPEN: "a forecast before its horizon, and undecided",
}
ATTRIBUTION_WORDS = {
    "yes": "the source says so",
    "partly": "the source says so in part",
    "no": "the source does not say so",
    "source_not_found": "the source was not found",
    "unchecked": "not checked yet",
}
FREQUENCIES = {
    "year": "yearly",
    "half": "half-yearly",
    "quarter": "quarterly",
    "month": "monthly",
    "day": "daily",
    "irregular": "at irregular times",
}
SPANS = {
    "mean": "the mean of its period",
    "sum": "the sum over its period",
    "end": "as at the end of its period",
    "each": "holding at every moment of its period",
}
BOUNDS = {"about": "about", "above": "over", "below": "under"}


def anchor(kind: str, key: str) -> str:
    """The permanent fragment of a row: claim-dependence-01 for the claim dependence.01."""
    return f"{kind}-{re.sub('[^A-Za-z0-9]+', '-', key).strip('-')}"


def series_page(series_id: str) -> str:
    """The page of a series, without ending."""
    return f"series/{re.sub('[^A-Za-z0-9]+', '-', series_id)}"


def claim_href(claim_id: str, up: str = "") -> str:
    """The permanent address of a claim, seen from the folder `up` leads out of."""
    return f"{up}claims/{claim_id.rsplit('.', 1)[0]}.html#{anchor('claim', claim_id)}"


def language(script: str) -> str:
    """The lang attribute for Chinese text in a script."""
    return f"zh-{script}"


def tally(rows: Iterable[Row]) -> list[tuple[str, int]]:
    """How many rows carry each verdict now, in the labels' fixed order."""
    counts = Counter(row["verdict"] for row in rows)
    return [(label, counts[label]) for label in LABELS]


class Pages:
    """All generated pages of one state of the tables.

    `chapters` are the ids of the articles that have a notebook.
    """

    def __init__(self, tables: Tables, ledger: list[Row], chapters: set[str]) -> None:
        self.tables = tables
        self.ledger = {row["claim_id"]: row for row in ledger}
        self.chapters = chapters
        self.environment = Environment(
            loader=PackageLoader("publish"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self.environment.globals.update(
            slugs=SLUGS, anchor=anchor, claim_href=claim_href, series_page=series_page, attribution_words=ATTRIBUTION_WORDS
        )

    def _rows(self, table: str) -> list[Row]:
        return [{str(name): cell for name, cell in row.items()} for row in self.tables[table].to_dict("records")]

    @cached_property
    def articles(self) -> list[Row]:
        """The articles in order of publication."""
        return sorted(self._rows("articles"), key=lambda row: (row["published"], row["article_id"]))

    @cached_property
    def claims(self) -> list[Row]:
        return self._rows("claims")

    @cached_property
    def sources(self) -> dict[str, Row]:
        return {row["source_id"]: row for row in self._rows("sources")}

    @cached_property
    def series(self) -> dict[str, Row]:
        return {row["series_id"]: row for row in self._rows("series")}

    @cached_property
    def areas(self) -> dict[str, str]:
        """English names by code."""
        return {row["area"]: row["name_en"] for row in self._rows("areas")}

    @cached_property
    def events(self) -> dict[str, Row]:
        return {row["event_id"]: row for row in self._rows("events")}

    def _unit(self, code: str) -> str:
        return self.tables.schema.units.get(code, code)

    def _grouped(self, table: str, column: str) -> dict[str, list[Row]]:
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in self._rows(table):
            groups[row[column]].append(row)
        return groups

    def _render(self, template: str, **values: Any) -> str:
        return self.environment.get_template(template).render(**values).strip() + "\n"

    def _evidence(self, row: Row, up: str) -> list[Row]:
        """The ledger's evidence of a claim, each item with a name, a unit and a link to its row."""
        shown = []
        for item in row["evidence"]:
            what, unit, href = item["key"], "", ""
            if item["table"] == "observations" and item["key"] in self.series:
                series = self.series[item["key"]]
                what, unit = series["title_en"], self._unit(series["unit"])
                href = f"{up}{series_page(item['key'])}.html"
            elif item["table"] == "events" and item["key"] in self.events:
                what = self.events[item["key"]]["event"]
            shown.append({**item, "what": what, "unit": unit, "href": href})
        return shown

    def claim(self, claim: Row, readings: list[Row], attributions: list[Row], script: str) -> str:
        """One claim with verdicts, evidence, readings and attribution."""
        row = self.ledger[claim["claim_id"]]
        return self._render(
            "claim.html",
            claim=claim,
            row=row,
            script=language(script),
            evidence=self._evidence(row, "../"),
            attributions=attributions,
            readings=sorted(readings, key=lambda reading: (reading["primary"] != "yes", reading["reading_id"])),
            sources=self.sources,
            up="../",
            chapter=claim["article_id"] in self.chapters,
        )

    def _claims_page(self, article: Row, claims: list[Row]) -> str:
        title = codebook.text(article["title_en"])
        lines = [f"# Claims: {title}", "", _raw(f"../parts/article-{article['article_id']}.html")]
        for claim in claims:
            number = claim["claim_id"].rsplit(".", 1)[1]
            lines += [
                f"({anchor('claim', claim['claim_id'])})=",
                f"## {number} {codebook.text(claim['short_en'])}",
                "",
                _raw(f"../parts/{claim['claim_id']}.html"),
            ]
        return "\n".join(lines)

    def _series_part(self, series: Row, observations: list[Row], corrections: dict[str, Row], claims: list[str]) -> str:
        shown = []
        for row in observations:
            area = " with ".join(self.areas.get(code, code) for code in (row["geo"], row["counterparty"]) if code)
            shown.append({**row, "area": area, "correction": corrections.get(row["observation_id"])})
        return self._render(
            "series.html",
            series=series,
            unit=self._unit(series["unit"]),
            spans=SPANS,
            frequencies=FREQUENCIES,
            bounds=BOUNDS,
            observations=shown,
            claims=claims,
            sources=self.sources,
        )

    def _catalogue_part(self, observations: dict[str, list[Row]], claims: dict[str, set[str]]) -> str:
        listed = []
        for key, series in sorted(self.series.items(), key=lambda item: (item[1]["title_en"].casefold(), item[0])):
            periods = sorted(row["period"] for row in observations[key])
            listed.append(
                {
                    **series,
                    "unit": self._unit(series["unit"]),
                    "first": periods[0] if periods else "",
                    "last": periods[-1] if periods else "",
                    "rows": len(periods),
                    "claims": len(claims[key]),
                }
            )
        return self._render("catalogue.html", listed=listed)

    def _claims_by_source(self) -> dict[str, set[str]]:
        """Which claims rest on a source: by evidence, stance, attribution or a forecast's outcome."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.ledger.values():
            for item in row["evidence"]:
                found[item["source_id"]].add(row["claim_id"])
        for table in ("stances", "attributions", "forecasts"):
            for row in self._rows(table):
                found[row["source_id"]].add(row["claim_id"])
        return found

    def _claims_by_series(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for reading in self._rows("readings"):
            if reading["table"] == "observations":
                for series_id in reading["key"].split(";"):
                    found[series_id.strip()].add(reading["claim_id"])
        return found

    def _sources_part(self) -> str:
        claims = self._claims_by_source()
        read_for: dict[str, set[str]] = defaultdict(set)
        for row in self._rows("observations"):
            read_for[row["source_id"]].add(row["series_id"])
        listed = [
            {
                **source,
                "claims": sorted(claims[source["source_id"]]),
                "series": [(name, self.series[name]["title_en"]) for name in sorted(read_for[source["source_id"]])],
            }
            for source in sorted(
                self.sources.values(), key=lambda row: (row["publisher"].casefold(), row["title"], row["source_id"])
            )
        ]
        return self._render("sources.html", listed=listed)

    def _cards_part(self) -> str:
        cards = []
        for article in self.articles:
            claims = [claim for claim in self.claims if claim["article_id"] == article["article_id"]]
            claims_href = f"claims/{article['article_id']}.html" if claims else ""
            cards.append(
                {
                    "article": article,
                    "assumed": article["published_low"] != article["published_high"],
                    "script": language(article["script"]),
                    "href": f"{article['article_id']}.html" if article["article_id"] in self.chapters else claims_href,
                    "claims_href": claims_href,
                    "total": len(claims),
                    "counts": tally(self.ledger[claim["claim_id"]] for claim in claims),
                    "conclusions": [claim["short_en"] for claim in claims if claim["role"] == "conclusion"],
                }
            )
        return self._render("articles.html", cards=cards)

    def _example_part(self) -> str:
        """One claim with a figure, from statement to verdict: the first that independent rows decide."""
        for claim in self.claims:
            row = self.ledger[claim["claim_id"]]
            decided = row["verdict"] in (SUPPORTED, REFUTED) and row["evidence"]
            if claim["kind"] == "numerical" and claim["figure_low"] is not None and decided:
                break
        else:
            return self._render("example.html", claim=None)
        article = next(item for item in self.articles if item["article_id"] == claim["article_id"])
        reading = next(
            item for item in self._rows("readings") if item["claim_id"] == claim["claim_id"] and item["primary"] == "yes"
        )
        low, high = claim["figure_low"], claim["figure_high"]
        interval = intervals.statement_interval(claim["qualifier"], low, high, claim["unit"])
        return self._render(
            "example.html",
            claim=claim,
            article=article,
            script=language(article["script"]),
            row=row,
            reading=reading,
            figure=str(low) if high is None or low == high else f"{low} to {high}",
            unit=self._unit(claim["unit"]),
            interval=in_words(interval.left, interval.right, interval.closed),
            evidence=self._evidence(row, ""),
            sources=self.sources,
        )

    def files(self) -> dict[str, str]:
        """Every generated file of the book's source, path to text."""
        readings = self._grouped("readings", "claim_id")
        attributions = self._grouped("attributions", "claim_id")
        observations = self._grouped("observations", "series_id")
        corrections = {row["observation_id"]: row for row in self._rows("corrections")}
        claims_by_series = self._claims_by_series()
        made = {
            "parts/articles.html": self._cards_part(),
            "parts/tally.html": self._render("tally.html", counts=tally(self.ledger.values())),
            "parts/labels.html": self._render(
                "labels.html",
                labels=[(label, MEANINGS[label], count) for label, count in tally(self.ledger.values())],
            ),
            "parts/example.html": self._example_part(),
            "parts/sources.html": self._sources_part(),
            "codebook.md": codebook.markdown(self.tables.schema.package),
        }
        for article in self.articles:
            claims = [claim for claim in self.claims if claim["article_id"] == article["article_id"]]
            if not claims:
                continue
            name = article["article_id"]
            made[f"claims/{name}.md"] = self._claims_page(article, claims)
            made[f"parts/article-{name}.html"] = self._render(
                "article.html",
                article=article,
                assumed=article["published_low"] != article["published_high"],
                script=language(article["script"]),
                chapter=name in self.chapters,
                counts=tally(self.ledger[claim["claim_id"]] for claim in claims),
            )
            for claim in claims:
                key = claim["claim_id"]
                made[f"parts/{key}.html"] = self.claim(claim, readings[key], attributions[key], article["script"])
        for key, series in self.series.items():
            page = series_page(key)
            made[f"{page}.md"] = "\n".join(
                [
                    "---\norphan: true\n---",
                    f"# {codebook.text(series['title_en'])}",
                    "",
                    _raw(f"../parts/{page}.html"),
                ]
            )
            made[f"parts/{page}.html"] = self._series_part(
                series, observations[key], corrections, sorted(claims_by_series[key])
            )
        made["parts/series.html"] = self._catalogue_part(observations, claims_by_series)
        return made


def in_words(left: float, right: float, closed: str) -> str:
    """An interval as a reader says it: from 9.5 to 10.5, over 50, at most 5."""
    lower, upper = f"{left:g}", f"{right:g}"
    if right == float("inf"):
        return f"of {lower} or more" if closed in ("left", "both") else f"over {lower}"
    if left == float("-inf"):
        return f"of {upper} or less" if closed in ("right", "both") else f"under {upper}"
    return f"from {lower} to {upper}"


def _raw(path: str) -> str:
    return f"```{{raw}} html\n:file: {path}\n:encoding: utf-8\n```\n"


def write(files: dict[str, str], folder: Path) -> None:
    """Write generated files under `folder`."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
