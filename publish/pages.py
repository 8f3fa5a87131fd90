"""Pages and parts of pages written from the tables and the ledger.

Parts are HTML, made by templates that escape whatever a cell holds, and taken into Markdown pages
by `{raw} html` with `:file:`, so that no cell can end a block or start a directive. What does stand
in Markdown (headings) is escaped by `codebook.text`.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from analysis import codebook, intervals
from analysis.addresses import anchor, claim_address, source_address
from analysis.chapter import Chapter
from analysis.figures import numbers, style
from analysis.figures.verdicts import chip
from analysis.package import Tables
from analysis.readings import split
from analysis.schema import Table
from analysis.verdicts import CONFLICTING, LABELS, NOT_ENOUGH, OPEN, REFUTED, SUPPORTED
from publish import citations, claim_review, scores, series_chart, source_pages, table_pages
from publish.chinese import regional, searched
from publish.figures import Drawn
from publish.stage import ACROSS

Row = dict[str, Any]

ATTRIBUTION_SHORT = {
    "yes": "says so",
    "partly": "in part",
    "no": "says otherwise",
    "source_not_found": "not found",
    "unchecked": "unchecked",
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
    "partly": "the source says part of it",
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
    "end": "the level at the end of its period",
    "each": "true of every moment of its period",
}
LONG = 45
"""Characters beyond which a cell needs room to wrap."""
BOUNDS = {"about": "about", "above": "over", "below": "under"}


def series_page(series_id: str) -> str:
    """The page of a series, without ending."""
    return f"series/{re.sub('[^A-Za-z0-9]+', '-', series_id)}"


OBJECTIONS = {
    "wrong-verdict.yml": "This verdict is wrong",
    "new-evidence.yml": "There is new evidence",
    "reply.yml": "I wrote the article, and reply",
}
"""Forms for those who object to a verdict, and what each is called on the page."""


def objections(claim_id: str, repository: str) -> list[tuple[str, str]]:
    """Where to object to the verdict on a claim, as words and address; none without an address of the project."""
    if not repository:
        return []
    form = f"{repository.rstrip('/')}/issues/new"
    return [(words, f"{form}?{urlencode({'template': name, 'claim': claim_id})}") for name, words in OBJECTIONS.items()]


def untitled(title: str) -> str:
    """The title as a heading: that an article has none of its own is said where it is described."""
    return title.removeprefix("(untitled) ")


def language(script: str) -> str:
    """The lang attribute of Chinese text in a script."""
    return f"zh-{script}"


def tally(rows: Iterable[Row], column: str = "verdict") -> list[tuple[str, int]]:
    """How many rows carry each verdict now, or in another column of the ledger, in the labels' fixed order."""
    counts = Counter(row[column] for row in rows)
    return [(label, counts[label]) for label in LABELS]


def _raw(path: str) -> str:
    return f"```{{raw}} html\n:file: {path}\n:encoding: utf-8\n```\n"


def _corrected(observations: Iterable[Row], corrections: Mapping[str, Row]) -> Iterable[Row]:
    """The rows as they count: without those that a correction drops, with the values that one puts in their place."""
    for row in observations:
        correction = corrections.get(row["observation_id"])
        if correction is None:
            yield row
        elif correction["action"] == "override":
            yield {**row, "value": correction["value"]}


def _admitted(claim: Row) -> str:
    """The values at which a claim with a figure holds, with their unit."""
    stated = intervals.statement_interval(claim["qualifier"], claim["figure_low"], claim["figure_high"], claim["unit"])
    return numbers.interval(stated.left, stated.right, claim["unit"], closed=stated.closed)


def _grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups


class Pages:
    """All generated pages of one state of the tables.

    `ledger` is the ledger of these tables, `chapters` the ids of the articles that have a notebook,
    `drawn` the figures and tables that these show.
    """

    def __init__(self, tables: Tables, ledger: list[Row], chapters: set[str], drawn: Sequence[Drawn] = ()) -> None:
        self.drawn = {shown.figure_id: shown for shown in drawn}
        self.tables = tables
        self.ledger = {row["claim_id"]: row for row in ledger}
        self.chapters = chapters
        self.environment = Environment(
            loader=PackageLoader("publish"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        # The schema takes no other address; a page would follow whatever stands in one.
        self.environment.tests["of_the_web"] = lambda address: str(address).startswith(("https://", "http://"))
        self.environment.globals.update(
            anchor=anchor,
            attribution_words=ATTRIBUTION_WORDS,
            citation=citations.plain,
            chip=lambda label, hollow=False: Markup(chip(label, hollow=hollow)),
            claim_address=claim_address,
            css_class=lambda label: style.verdict(label).css_class,
            series_page=series_page,
            sources=self.sources,
        )

    def rows(self, table: str) -> list[Row]:
        """The rows of a table."""
        return [{str(name): cell for name, cell in row.items()} for row in self.tables[table].to_dict("records")]

    @cached_property
    def articles(self) -> list[Row]:
        """The articles in order of publication."""
        return sorted(self.rows("articles"), key=lambda row: (row["published"], row["article_id"]))

    @cached_property
    def claims(self) -> list[Row]:
        """All claims, in order of id."""
        return self.rows("claims")

    @cached_property
    def inferences(self) -> list[Row]:
        """All rows of inferences."""
        return self.rows("inferences")

    @cached_property
    def book(self) -> citations.Item:
        """The book as something to be cited."""
        return citations.book(self.tables.schema.package["as_of"])

    def _chapter_item(self, article: Row) -> citations.Item:
        return citations.part(self.book, article["article_id"], article["title_en"], "chapter")

    @cached_property
    def _claims(self) -> dict[str, Row]:
        return {row["claim_id"]: row for row in self.claims}

    @cached_property
    def _scripts(self) -> dict[str, str]:
        return {row["article_id"]: row["script"] for row in self.articles}

    @cached_property
    def _claims_readings(self) -> dict[str, list[Row]]:
        return _grouped(self.rows("readings"), "claim_id")

    @cached_property
    def _attributions(self) -> dict[str, list[Row]]:
        return _grouped(self.rows("attributions"), "claim_id")

    @cached_property
    def replies(self) -> dict[str, list[Row]]:
        """What authors answer to the verdicts on their claims, by claim, the oldest answer first."""
        return _grouped(sorted(self.rows("replies"), key=lambda row: (row["date"], row["author"])), "claim_id")

    @cached_property
    def regional_names(self) -> dict[str, str]:
        """What one region calls otherwise, to the form that a search asks for."""
        return regional((row["variant"], row["name_zh"]) for row in self.rows("lexicon-names"))

    def _drawn_by(self, column: str) -> dict[str, list[Drawn]]:
        """The figures shown that name a claim or series in that column of their row."""
        found: dict[str, list[Drawn]] = defaultdict(list)
        for figure in self.rows("figures"):
            if shown := self.drawn.get(figure["figure_id"]):
                for key in split(figure[column]):
                    found[key].append(shown)
        return found

    @cached_property
    def _claims_figures(self) -> dict[str, list[Drawn]]:
        return self._drawn_by("claim_ids")

    @cached_property
    def _series_figures(self) -> dict[str, list[Drawn]]:
        return self._drawn_by("series_ids")

    @cached_property
    def sources(self) -> dict[str, Row]:
        """The sources by id, each with the letter under which it stands."""
        return {row["source_id"]: {**row, "initial": source_pages.initial(row["publisher"])} for row in self.rows("sources")}

    @cached_property
    def _series(self) -> dict[str, Row]:
        return {row["series_id"]: row for row in self.rows("series")}

    @cached_property
    def _observations(self) -> list[Row]:
        return self.rows("observations")

    @cached_property
    def _areas(self) -> dict[str, str]:
        return {row["area"]: row["name_en"] for row in self.rows("areas")}

    @cached_property
    def _origins(self) -> dict[str, str]:
        return {row["origin_id"]: row["name_en"] for row in self.rows("origins")}

    @cached_property
    def _words(self) -> dict[tuple[str, ...], str]:
        """What a row other than an observation says, by table and key, and by source where that is needed."""
        words: dict[tuple[str, ...], str] = {}
        for row in self.rows("events"):
            words["events", row["event_id"]] = words["events", row["event_id"], row["source_id"]] = row["event"]
        for row in self.rows("stances"):
            words["stances", row["claim_id"], row["source_id"]] = row["ground"]
        for row in self.rows("offices"):
            words["offices", f"{row['person']}|{row['office']}", row["source_id"]] = f"{row['person']}, {row['office']}"
        for row in self.rows("forecasts"):
            words["forecasts", row["claim_id"], row["source_id"]] = row["note"] or row["criterion"]
        return words

    @cached_property
    def _row_places(self) -> dict[tuple[str, ...], str]:
        """Where a row of the other tables stands, by table and first key, and by source where rows share that key."""
        places: dict[tuple[str, ...], str] = {}
        for table in table_pages.shown(self.tables.schema):
            rows = self.rows(table.name)
            for row, name in zip(rows, table_pages.anchors(table, rows), strict=True):
                place = f"{table_pages.page(table.name)}.html{f'#{name}' if name else ''}"
                places.setdefault((table.name, str(row[table.key[0]])), place)
                if "source_id" in table.fields:
                    key = f"{row['person']}|{row['office']}" if table.name == "offices" else row[table.key[0]]
                    places.setdefault((table.name, key, row["source_id"]), place)
        return places

    def key_cell(self, table: str, key: str, up: str = "") -> tuple[str, str]:
        """What a key of a table is called, and where its row stands, seen from the folder that `up` leads out of."""
        if table == "claims":
            return key, claim_address(key, up)
        if table == "series" and key in self._series:
            return self._series[key]["title_en"], f"{up}{series_page(key)}.html"
        if table == "sources" and key in self.sources:
            return self.sources[key]["publisher"], source_address(key, up)
        if table == "observations" and key in self._series_of:
            series = self._series_of[key]
            return self._series[series]["title_en"], f"{up}{series_page(series)}.html#{anchor('row', key)}"
        if table == "articles":
            return key, f"{up}{key}.html" if key in self.chapters else ""
        if table in ("areas", "origins"):
            return (self._areas if table == "areas" else self._origins).get(key, key), ""
        place = self._row_places.get((table, key), "")
        return self._words.get((table, key), key), f"{up}{place}" if place else ""

    @cached_property
    def _series_of(self) -> dict[str, str]:
        return {row["observation_id"]: row["series_id"] for row in self._observations}

    @cached_property
    def _found(self) -> dict[tuple[str, str, str], list[Row]]:
        """Observations by series, period and source."""
        found: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in self._observations:
            found[row["series_id"], row["period"], row["source_id"]].append(row)
        return found

    def _render(self, template: str, **values: Any) -> str:
        return self.environment.get_template(template).render(**values).strip() + "\n"

    def _between(self, row: Row) -> str:
        """Reporting area and counterparty in words."""
        codes = [str(row[column]) for column in ("geo", "counterparty") if row[column]]
        return " with ".join(self._areas.get(code, code) for code in codes)

    def _evidence(self, row: Row, up: str) -> list[Row]:
        """The ledger's evidence of a claim, each item in words, with its unit and a link to its row."""
        shown = []
        for item in row["evidence"]:
            key, source_id = item["key"], item["source_id"]
            if item["table"] == "observations":
                series = self._series[key]
                rows = [
                    found
                    for found in self._found[key, item["period"], source_id]
                    if item["value"] is None or float(found["value"]) == float(item["value"])
                ]
                place = f"#{anchor('row', rows[0]['observation_id'])}" if len(rows) == 1 else ""
                printed = rows[0]["value"] if len(rows) == 1 else item["value"]
                bound = BOUNDS.get(rows[0]["bound"], "") if len(rows) == 1 else ""
                what, href = series["title_en"], f"{up}{series_page(key)}.html{place}"
                if len(rows) == 1 and (between := self._between(rows[0])):
                    what = f"{what} ({between})"
                value = f"{bound} {numbers.quantity(printed, series['unit'])}".strip()
            else:
                what = self._words.get((item["table"], key, source_id), key)
                place = self._row_places.get((item["table"], key, source_id), "")
                href = f"{up}{place}" if place else ""
                value = "" if item["value"] == item["period"] else str(item["value"])
            shown.append({**item, "what": what, "shown": value, "href": href})
        return shown

    def _readings(self, rows: list[Row], up: str) -> list[Row]:
        """Readings, the primary one first, their series named and linked."""
        shown = []
        for row in sorted(rows, key=lambda row: (row["primary"] != "yes", row["reading_id"])):
            names = [
                dict(zip(("name", "href"), self.key_cell("series" if row["table"] == "observations" else row["table"], key, up), strict=True))
                for key in split(row["key"])
            ]
            shown.append({**row, "names": names, "area": self._between(row)})
        return shown

    def claim_part(self, claim_id: str, up: str) -> str:
        """All that the book says of one claim, for a page in the folder that `up` leads out of."""
        claim, row = self._claims[claim_id], self.ledger[claim_id]
        by_figure = any(item["primary"] == "yes" and item["method"] == "figure" for item in self._claims_readings[claim_id])
        return self._render(
            "claim.html",
            admitted=_admitted(claim) if by_figure else "",
            claim=claim,
            row=row,
            script=language(self._scripts[claim["article_id"]]),
            evidence=self._evidence(row, up),
            attributions=self._attributions[claim_id],
            replies=self.replies.get(claim_id, []),
            objections=objections(claim_id, self.tables.schema.package.get("repository", "")),
            readings=self._readings(self._claims_readings[claim_id], up),
            figures=self._claims_figures[claim_id],
            cited=citations.claim(self.book, claim),
            up=up,
            chapter=claim["article_id"] in self.chapters,
        )

    def _explorer_part(self) -> str:
        """The table of all claims, in the order of the chapters and of their claims."""
        place = {article["article_id"]: number for number, article in enumerate(self.articles)}
        rows = []
        for claim in sorted(self.claims, key=lambda claim: (place[claim["article_id"]], claim["claim_id"])):
            row = self.ledger[claim["claim_id"]]
            words = " ".join(str(claim[name]) for name in ("short_en", "statement_en", "statement_zh"))
            then, now = row["verdict_at_publication"], row["verdict"]
            rows.append(
                {
                    **claim,
                    # The table library decodes what it searches as markup once more.
                    "searched": str(escape(searched(f"{claim['claim_id']} {words}", self.regional_names).lower())),
                    "then": then,
                    "now": now,
                    "then_order": LABELS.index(then),
                    "now_order": LABELS.index(now),
                    "attribution": ATTRIBUTION_SHORT.get(row["attribution"], ""),
                }
            )
        return self._render("explorer.html", rows=rows)

    def _cite_part(self) -> str:
        """How to cite the book and each of its chapters, in three forms."""
        listed = [("The whole book", self.book), *((row["title_en"], self._chapter_item(row)) for row in self.articles)]
        forms = [
            (title, item, citations.bibtex(item), json.dumps([item], ensure_ascii=False, indent=1)) for title, item in listed
        ]
        return self._render("cite.html", forms=forms)

    def _claims_page(self, article: Row, claims: list[Row]) -> str:
        name = article["article_id"]
        lines = [f"# Claims: {codebook.text(untitled(article['title_en']))}", "", _raw(f"../parts/article-{name}.html")]
        for claim in claims:
            number = claim["claim_id"].rpartition(".")[2]
            lines += [
                f"({anchor('claim', claim['claim_id'])})=",
                f"## {number} {codebook.text(claim['short_en'])}",
                "",
                _raw(f"../parts/{claim['claim_id']}.html"),
            ]
        return "\n".join(lines)

    def _series_page(self, series: Row) -> str:
        part = _raw(f"../parts/{series_page(series['series_id'])}.html")
        return f"---\norphan: true\n---\n# {codebook.text(series['title_en'])}\n\n{part}"

    def _series_part(self, series: Row, observations: list[Row], corrections: dict[str, Row], claims: set[str]) -> str:
        aligned = numbers.aligned([row["value"] for row in observations])
        drawn = series_chart.chart(
            list(_corrected(observations, corrections)),
            series["span"],
            self._between,
            lambda value: numbers.quantity(value, series["unit"]),
        )
        return self._render(
            "series.html",
            series=series,
            chart=Markup(self._render("series_chart.html", chart=drawn, title=series["title_en"])) if drawn else "",
            unit=self.tables.schema.units[series["unit"]],
            frequencies=FREQUENCIES,
            spans=SPANS,
            bounds=BOUNDS,
            observations=[
                {**row, "shown": text, "area": self._between(row), "correction": corrections.get(row["observation_id"])}
                for row, text in zip(observations, aligned, strict=True)
            ],
            claims=sorted(claims),
            figures=self._series_figures[series["series_id"]],
        )

    def _catalogue_part(self, observations: dict[str, list[Row]], claims: dict[str, set[str]]) -> str:
        listed = []
        for key, series in sorted(self._series.items(), key=lambda item: (item[1]["title_en"].casefold(), item[0])):
            periods = sorted(row["period"] for row in observations[key])
            listed.append(
                {
                    **series,
                    "unit": numbers.unit(series["unit"]).title,
                    "first": periods[0] if periods else "",
                    "last": periods[-1] if periods else "",
                    "rows": len(periods),
                    "claims": len(claims[key]),
                }
            )
        return self._render("catalogue.html", listed=listed)

    def _table_page(self, table: Table) -> str:
        part = _raw(f"../parts/{table_pages.page(table.name)}.html")
        # Left out of the search: what counts of these rows is said where they are used.
        return f"---\norphan: true\nnosearch: true\n---\n# {codebook.text(table.title)}\n\n{part}"

    def _table_part(self, table: Table) -> str:
        """All rows of a table; columns that are empty throughout are left out, and an id stands last, where it is out of the way."""
        rows, held = self.rows(table.name), table_pages.keys_held(self.tables.schema, table.name)
        columns = [column for column in table.columns if any(row[column] not in ("", None) for row in rows)]
        own = table.key[0] if len(table.key) == 1 and table.key[0] not in held else ""
        columns.sort(key=lambda column: column == own)
        dates = [*table.having("day"), *table.having("period")]
        wide = {column for column in columns if column != own and any(len(str(row[column])) > LONG for row in rows)}

        def cell(row: Row, column: str) -> list[tuple[str, str]]:
            words = "" if row[column] is None else str(row[column])
            if column in held:
                return [self.key_cell(held[column], key, "../") for key in (split(words) if words else [])]
            return [(part, "") for part in (split(words) if column in table.having("list") else [words])]

        return self._render(
            "table.html",
            table=table,
            place=re.sub("[^a-z0-9]+", "-", table.title.lower()),
            columns=[(column, "period" if column in dates else "long" if column in wide else "") for column in columns],
            rows=[
                (name, [cell(row, column) for column in columns])
                for row, name in zip(rows, table_pages.anchors(table, rows), strict=True)
            ],
        )

    def _tables_part(self) -> str:
        """Every table with its page, its number of rows and its file."""
        tables = self.tables.schema.tables.values()
        return self._render(
            "tables.html", listed=[(table, table_pages.home(table.name), len(self.tables[table.name])) for table in tables]
        )

    def _claims_by_source(self) -> dict[str, set[str]]:
        """Which claims rest on a source: by evidence, stance, attribution or a forecast's outcome."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.ledger.values():
            for item in row["evidence"]:
                found[item["source_id"]].add(row["claim_id"])
        for table in ("stances", "attributions", "forecasts"):
            for row in self.rows(table):
                found[row["source_id"]].add(row["claim_id"])
        return found

    def _claims_by_series(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for reading in self.rows("readings"):
            if reading["table"] == "observations":
                for series_id in split(reading["key"]):
                    found[series_id].add(reading["claim_id"])
        return found

    @cached_property
    def _by_initial(self) -> dict[str, list[Row]]:
        """The sources by the letter of their publisher, which is how their pages part them; `other` comes last."""
        order = lambda row: (row["publisher"].casefold(), row["published"], row["title"], row["source_id"])  # noqa: E731
        groups = _grouped(sorted(self.sources.values(), key=order), "initial")
        return {name: groups[name] for name in sorted(groups, key=lambda name: (name == source_pages.OTHER, name))}

    @cached_property
    def source_places(self) -> dict[str, str]:
        """The page, without ending, on which a source stands, by its fragment."""
        return {
            anchor("source", row["source_id"]): source_pages.page(name) for name, rows in self._by_initial.items() for row in rows
        }

    def _sources_files(self) -> dict[str, str]:
        """The page of all publishers, and the sources under each letter."""
        claims = self._claims_by_source()
        read_for: dict[str, set[str]] = defaultdict(set)
        for row in self._observations:
            read_for[row["source_id"]].add(row["series_id"])
        initials = [(name, source_pages.page(name)) for name in self._by_initial]
        made = {
            "parts/sources.html": self._render(
                "sources.html",
                total=len(self.sources),
                kinds=sorted(Counter(row["kind"] for row in self.sources.values()).items(), key=lambda item: (-item[1], item[0])),
                initials=[(name, page, list(_grouped(self._by_initial[name], "publisher").items())) for name, page in initials],
            )
        }
        for name, page in initials:
            listed = [
                {
                    **source,
                    "claims": sorted(claims[source["source_id"]]),
                    "series": [(key, self._series[key]["title_en"]) for key in sorted(read_for[source["source_id"]])],
                }
                for source in self._by_initial[name]
            ]
            title = f"Sources: {name.upper() if len(name) == 1 else name}"
            made[f"{page}.md"] = f"---\norphan: true\n---\n# {title}\n\n{_raw(f'../parts/{page}.html')}"
            made[f"parts/{page}.html"] = self._render("sources_of.html", listed=listed, initials=initials, here=page)
        return made

    def of(self, article: Row) -> list[Row]:
        """The claims of an article, in order of id."""
        return [claim for claim in self.claims if claim["article_id"] == article["article_id"]]

    def _about(self, article: Row) -> Row:
        """What a page says of an article: its dates, script, counts and conclusions."""
        claims = self.of(article)
        rows = [self.ledger[claim["claim_id"]] for claim in claims]
        chapter = Chapter(article["article_id"], self.tables)
        now, then = (
            chapter.argument.strengths(
                chapter.argument.base_scores({row["claim_id"]: row[column] for row in rows})
            )
            for column in ("verdict", "verdict_at_publication")
        )
        return {
            "article": article,
            "assumed": article["published_low"] != article["published_high"],
            "script": language(article["script"]),
            "chapter": article["article_id"] in self.chapters,
            "total": len(claims),
            "title": untitled(article["title_en"]),
            "counts": tally(rows),
            "counts_then": tally(rows, "verdict_at_publication"),
            "strengths": [
                {"claim": chapter.claims[name], "now": now[name], "then": then[name]} for name in chapter.conclusions
            ],
            "conclusions": [(chapter.claims[name], self.ledger[name]["verdict"]) for name in chapter.conclusions],
        }

    def _example_part(self) -> str:
        """One claim with a figure, from statement to verdict: the first that independent rows decide."""
        for claim in self.claims:
            row = self.ledger[claim["claim_id"]]
            decided = row["verdict"] in (SUPPORTED, REFUTED) and row["evidence"]
            if claim["kind"] == "numerical" and isinstance(claim["figure_low"], Decimal) and decided:
                break
        else:
            return self._render("example.html", claim=None)
        article = next(item for item in self.articles if item["article_id"] == claim["article_id"])
        readings = self._claims_readings[claim["claim_id"]]
        return self._render(
            "example.html",
            claim=claim,
            article=article,
            script=language(article["script"]),
            row=row,
            reading=next(item for item in readings if item["primary"] == "yes"),
            interval=_admitted(claim),
            evidence=self._evidence(row, ""),
        )

    def files(self) -> dict[str, str]:
        """Every generated file of the book's source: path to text."""
        observations = _grouped(self._observations, "series_id")
        corrections = {row["observation_id"]: row for row in self.rows("corrections")}
        claims_by_series = self._claims_by_series()
        counts = tally(self.ledger.values())
        cards = [self._about(row) for row in self.articles]
        made = {
            "codebook.md": codebook.markdown(self.tables.schema.package),
            "parts/articles.html": self._render("articles.html", cards=cards),
            "parts/overview.html": self._render(
                "overview.html",
                cards=cards,
                next=[(page, words) for page, words in ACROSS.items() if page in {*self.chapters, "explorer"}],
            ),
            "parts/tally.html": self._render("tally.html", counts=counts),
            "parts/labels.html": self._render(
                "labels.html", labels=[(label, MEANINGS[label], count) for label, count in counts]
            ),
            "parts/example.html": self._example_part(),
            "parts/explorer.html": self._explorer_part(),
            "parts/cite.html": self._cite_part(),
            **self._sources_files(),
            "parts/series.html": self._catalogue_part(observations, claims_by_series),
            "parts/tables.html": self._tables_part(),
            "parts/scores-data.html": scores.data(),
            "parts/scores-code.html": scores.code(),
            "parts/how-fast.html": scores.speed(),
        }
        for table in table_pages.shown(self.tables.schema):
            made[f"{table_pages.page(table.name)}.md"] = self._table_page(table)
            made[f"parts/{table_pages.page(table.name)}.html"] = self._table_part(table)
        for article in self.articles:
            name, claims = article["article_id"], self.of(article)
            if claims:
                made[f"claims/{name}.md"] = self._claims_page(article, claims)
                reviews = claim_review.graph(article, claims, self.ledger, self.tables.schema.package)
                made[f"parts/article-{name}.html"] = self._render(
                    "article.html",
                    **self._about(article),
                    cited=self._chapter_item(article),
                    reviews=Markup(claim_review.script(reviews)),
                )
            for claim in claims:
                key = claim["claim_id"]
                made[f"parts/{key}.html"] = self.claim_part(key, up="../")
        for key, series in self._series.items():
            made[f"{series_page(key)}.md"] = self._series_page(series)
            made[f"parts/{series_page(key)}.html"] = self._series_part(
                series, observations[key], corrections, claims_by_series[key]
            )
        return made


def write(files: dict[str, str], folder: Path) -> None:
    """Write generated files under `folder`."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
