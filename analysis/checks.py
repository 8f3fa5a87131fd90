"""What the schema cannot say: rules that hold between cells, rows and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from analysis import periods
from analysis.arguments import cycle_defect
from analysis.errors import Defect
from analysis.intervals import statement_interval, threshold_interval
from analysis.methods.adjudication import adjudicate, adjudicate_names, adjudicate_unordered
from analysis.package import Tables, numbered
from analysis.readings import split, transformed_unit
from analysis.rules import (
    characters,
    dates,
    harmless,
    limits,
    second_source,
    stated,
    stated_dates,
    ties,
    unit_words,
)
from analysis.specifications import CHOICES

METHODS_OF_KIND = {
    "numerical": {"figure", "threshold"},
    "event": {"date", "occurrence"},
    "office": {"holder"},
    "comparison": {"figure", "threshold"},
    "causal": {"implication", "design", "threshold"},
    "legal": {"stance"},
    "forecast": {"forecast"},
    "quote": {"stance"},
    "position": {"stance"},
}
TABLE_OF_METHOD = {
    "figure": "observations",
    "threshold": "observations",
    "design": "observations",
    "date": "events",
    "occurrence": "events",
    "holder": "offices",
    "stance": "stances",
    "forecast": "forecasts",
    "implication": "inferences",
}
CHANGES = {"change", "percent_change"}
UNORDERED = {"stands": "stand", "bearings": "bearing"}
"""Tables whose codes have no order, and the column that holds them."""
TWO_SERIES = {"ratio", "share", "difference", "sum"}
NOT_OUTTURNS = {"_plan": "plan", "_forecast": "forecast", "_estimate": "estimate"}


def _meaning(cell: str, field: dict[str, Any], units: Mapping[str, str], known: set[str] | None) -> list[tuple[str, str, str]]:
    """What is wrong with one cell that is not empty: the part that is wrong, the problem and the mend of each."""
    found = []
    if cell != cell.strip() or "\n" in cell or "\r" in cell:
        found.append((cell, "blanks or line breaks at its edge", "remove them"))
    semantic = field.get("semantic")
    if semantic in ("period", "day"):
        try:
            period = periods.parse(cell)
        except ValueError as error:
            found.append((cell, "not a date of the calendar", str(error)))
        else:
            if semantic == "day" and period.precision not in ("day", "month", "year"):
                found.append((cell, "a date is needed", "write 2024-05-16, 2024-05 or 2024"))
    elif semantic == "unit" and cell not in units:
        found.append((cell, "no such unit", f"write one of {', '.join(units)}, or add it to datapackage.json"))
    elif known is not None:
        mend = "add the row it points to, or correct the spelling"
        found += [(part, f"not in {field['references']}", mend) for part in split(cell) if part not in known]
    return found


def cells(tables: Tables) -> Iterator[Defect]:
    """Cells with a meaning: periods, days, units, lists that refer to another table; no stray blanks.

    Equal cells of a column are looked at once.
    """
    for table in tables.schema.tables.values():
        for name, field in table.fields.items():
            column = tables[table.name][name]
            if column.dtype != object:
                continue
            known = None
            if "references" in field:
                other, target = field["references"].split(".")
                known = set(tables[other][target])
            wrong = {
                cell: found
                for cell in set(column)
                if isinstance(cell, str) and cell and (found := _meaning(cell, field, tables.schema.units, known))
            }
            if not wrong:
                continue
            for line, cell in zip(column.index, column, strict=True):
                for part, problem, mend in wrong.get(cell, ()):
                    yield Defect(table.path, line, name, part, problem, mend)


def order(tables: Tables) -> Iterator[Defect]:
    """Rows stand sorted by key, so that branches merge."""
    for table in tables.schema.tables.values():
        keys = tables[table.name][list(table.key)].astype(str)
        for (_, one), (line, other) in pairwise(
            zip(keys.index, keys.itertuples(index=False, name=None), strict=True)
        ):
            if other < one:
                yield Defect(
                    table.path,
                    line,
                    table.key[0],
                    other[0],
                    f"stands after {', '.join(one)}",
                    "sort the rows by their key; `python -m analysis sort` does it",
                )
                break


def articles(tables: Tables) -> Iterator[Defect]:
    for line, row in numbered(tables["articles"]):
        low, day, high = (
            periods.last_day(row[name]) for name in ("published_low", "published", "published_high")
        )
        if not low <= day <= high:
            yield Defect(
                "articles.csv",
                line,
                "published",
                row["published"],
                "not between published_low and published_high",
                "widen the bounds or correct the date",
            )


def claims(tables: Tables) -> Iterator[Defect]:
    paragraphs = dict(zip(tables["articles"]["article_id"], tables["articles"]["paragraphs"], strict=True))
    for line, row in numbered(tables["claims"]):

        def defect(
            column: str, problem: str, mend: str, line: int = line, row: dict[str, Any] = row
        ) -> Defect:
            return Defect("claims.csv", line, column, str(row[column] or ""), problem, mend)

        if row["claim_id"].partition(".")[0] != row["article_id"]:
            yield defect("claim_id", "does not begin with its article", f"write {row['article_id']}.<number>")
        if row["paragraph"] > paragraphs[row["article_id"]]:
            yield defect(
                "paragraph",
                f"the article has {paragraphs[row['article_id']]} paragraphs",
                "count the non-blank lines of the text from 1",
            )
        ends = (row["figure_low"], row["figure_high"])
        if None not in ends and ends[0] > ends[1]:
            yield defect("figure_low", "above figure_high", "swap the two")
            continue
        stated = row["figure_low"] is not None or row["figure_high"] is not None
        if stated or row["qualifier"]:
            try:
                statement_interval(row["qualifier"], row["figure_low"], row["figure_high"], row["unit"])
            except ValueError as error:
                yield defect("qualifier", str(error), "write the figure, or empty the qualifier")
            if not row["unit"]:
                yield defect("unit", "a figure without a unit", "write the unit of the figure")


def _keys(tables: Tables) -> dict[str, set[str]]:
    offices = tables["offices"]
    return {
        "observations": set(tables["series"]["series_id"]),
        "events": set(tables["events"]["event_id"]),
        "offices": set(offices["person"] + "|" + offices["office"]),
        "stances": set(tables["claims"]["claim_id"]),
        "forecasts": set(tables["claims"]["claim_id"]),
        "inferences": set(tables["claims"]["claim_id"]),
    }


def readings(tables: Tables) -> Iterator[Defect]:
    by_claim = {row["claim_id"]: row for _, row in numbered(tables["claims"])}
    unit_of = dict(zip(tables["series"]["series_id"], tables["series"]["unit"], strict=True))
    keys = _keys(tables)
    statuses = set(tables.schema.tables["observations"].fields["status"]["constraints"]["enum"])
    for line, row in numbered(tables["readings"]):

        def defect(
            column: str, problem: str, mend: str, line: int = line, row: dict[str, Any] = row
        ) -> Defect:
            return Defect("readings.csv", line, column, row[column], problem, mend)

        claim, method, parts = by_claim[row["claim_id"]], row["method"], split(row["key"])
        if row["reading_id"].rpartition(".")[0] != row["claim_id"]:
            yield defect("reading_id", "does not begin with its claim", f"write {row['claim_id']}.<letter>")
        if method not in METHODS_OF_KIND[claim["kind"]]:
            allowed = ", ".join(sorted(METHODS_OF_KIND[claim["kind"]]))
            yield defect(
                "method", f"does not judge a claim of kind {claim['kind']}", f"write one of {allowed}"
            )
        if row["table"] != TABLE_OF_METHOD[method]:
            yield defect("table", f"method {method} does not read it", f"write {TABLE_OF_METHOD[method]}")
            continue
        if row["primary"] == "yes" and row["omits"]:
            yield defect(
                "omits", "a primary reading drops words", "keep every condition, or make it not primary"
            )
        for part in parts:
            if part not in keys[row["table"]]:
                yield defect(
                    "key", f"{part} is not in {row['table']}", "add the row, or correct the spelling"
                )
        if row["table"] in ("stances", "forecasts", "inferences") and parts != [row["claim_id"]]:
            yield defect("key", "points to another claim", f"write {row['claim_id']}")
        yield from _reading_of_observations(row, claim, parts, unit_of, statuses, defect)
        if method == "date":
            try:
                periods.parse(row["expected"])
            except ValueError as error:
                yield defect("expected", "not the date that the claim states", str(error))
        if method == "occurrence" and row["expected"] not in ("yes", "no"):
            yield defect("expected", "says not whether it should have happened", "write yes or no")
        if method == "holder":
            if row["expected"] not in ("in", "out"):
                yield defect("expected", "says not whether the office should be held", "write in or out")
            if not row["period"]:
                yield defect("period", "an office is held at a time", "write the claim's period")
        if method in ("occurrence", "holder") and row["period"]:
            try:
                periods.parse(row["period"])
            except ValueError as error:
                yield defect("period", "not a period that can be read", str(error))


def _reading_of_observations(
    row: dict[str, Any],
    claim: dict[str, Any],
    parts: list[str],
    unit_of: dict[str, str],
    statuses: set[str],
    defect: Callable[[str, str, str], Defect],
) -> Iterator[Defect]:
    if row["table"] != "observations":
        return
    transform = row["transform"]
    if len(parts) != (2 if transform in TWO_SERIES else 1):
        yield defect(
            "key",
            f"{len(parts)} series where the transform {transform or 'none'} takes {2 if transform in TWO_SERIES else 1}",
            "name as many series as it takes, joined by a semicolon",
        )
        return
    if unknown := set(split(row["status"])) - statuses:
        yield defect(
            "status",
            f"no such status: {', '.join(sorted(unknown))}",
            f"write some of {', '.join(sorted(statuses))}",
        )
    if row["method"] in ("threshold", "design"):
        try:
            threshold_interval(row["expected"])
        except ValueError as error:
            yield defect("expected", "not a comparator with its threshold", str(error))
    units = {unit_of[part] for part in parts if part in unit_of}
    if transform in ("ratio", "share", "difference", "sum") and len(units) > 1:
        yield defect("key", f"mixes units {', '.join(sorted(units))}", "combine series of one unit")
    elif units and claim["unit"] and row["method"] == "figure":
        unit = transformed_unit(transform, units.pop())
        if unit != claim["unit"]:
            yield defect(
                "key",
                f"measures {unit} where the claim states {claim['unit']}",
                "choose a series or transform in the claim's unit",
            )
    if row["method"] == "figure" and not (claim["unit"]):
        yield defect(
            "method",
            "the claim states no figure",
            "give the claim its figure, or read it against a threshold",
        )
    if not row["period"]:
        yield defect("period", "observations are read at a period", "write it, or latest")
    elif row["period"] != "latest" or transform in CHANGES:
        try:
            if transform in CHANGES:
                first, last = map(periods.parse, periods.ends(row["period"]))
                if last.start <= first.start:
                    raise ValueError(
                        f"{row['period']!r} ends before it begins: write the earlier period first"
                    )
            else:
                periods.parse(row["period"])
        except ValueError as error:
            yield defect("period", "not a period that can be read", str(error))


def specifications(tables: Tables) -> Iterator[Defect]:
    by_reading = {row["reading_id"]: row for _, row in numbered(tables["readings"])}
    primary = {row["claim_id"]: row for row in by_reading.values() if row["primary"] == "yes"}
    rows = list(numbered(tables["specifications"]))
    base = {
        (row["claim_id"], row["estimand"]): by_reading[row["reading_id"]]
        for _, row in rows
        if row["dimension"] == "estimand"
    }
    changed_by: dict[tuple[str, str, str], tuple[str, str]] = {}
    for line, row in rows:
        reading = by_reading[row["reading_id"]]

        def defect(problem: str, mend: str, line: int = line, row: dict[str, Any] = row) -> Defect:
            return Defect("specifications.csv", line, "reading_id", row["reading_id"], problem, mend)

        if reading["claim_id"] != row["claim_id"]:
            yield defect("is a reading of another claim", f"name a reading of {row['claim_id']}")
            continue
        against = base.get((row["claim_id"], row["estimand"]), primary.get(row["claim_id"]))
        if row["dimension"] == "estimand" or against is None:
            continue
        for column in CHOICES:
            if reading[column] == against[column]:
                continue
            key = (row["claim_id"], row["estimand"], column)
            dimension, option = changed_by.setdefault(key, (row["dimension"], row["option"]))
            if dimension != row["dimension"]:
                yield defect(
                    f"changes {column}, which option {option!r} of dimension {dimension!r} changes too",
                    "let each column be changed by one dimension only",
                )


def inferences(tables: Tables) -> Iterator[Defect]:
    kind = dict(zip(tables["claims"]["claim_id"], tables["claims"]["kind"], strict=True))
    first: dict[str, dict[str, Any]] = {}
    for line, row in numbered(tables["inferences"]):
        head = first.setdefault(row["inference_id"], row)
        for column in ("to_claim", "relation", "warrant"):
            if row[column] != head[column]:
                yield Defect(
                    "inferences.csv",
                    line,
                    column,
                    row[column],
                    f"linked premises of {row['inference_id']} differ in {column}",
                    "linked premises share conclusion, relation and warrant; else give the row its own inference_id",
                )
        if row["relation"] == "implies" and kind[row["from_claim"]] != "causal":
            yield Defect(
                "inferences.csv",
                line,
                "from_claim",
                row["from_claim"],
                "implies leads from a claim that is no cause",
                "use implies for causal claims, support or attack for the others",
            )
    if (circle := cycle_defect(tables["inferences"])) is not None:
        yield circle


def attributions(tables: Tables) -> Iterator[Defect]:
    for line, row in numbered(tables["attributions"]):
        if row["faithful"] in ("partly", "no") and not row["discrepancy"]:
            yield Defect(
                "attributions.csv", line, "discrepancy", "", "empty", "say where article and source part"
            )
        if row["faithful"] == "source_not_found" and not row["searched"]:
            yield Defect("attributions.csv", line, "searched", "", "empty", "say where it was looked for")


def replies(tables: Tables) -> Iterator[Defect]:
    """Nobody answers before the article has appeared."""
    published = dict(zip(tables["articles"]["article_id"], tables["articles"]["published_low"], strict=True))
    for line, row in numbered(tables["replies"]):
        first = published[row["claim_id"].rpartition(".")[0]]
        if periods.last_day(row["date"]) < periods.parse(first).start:
            yield Defect(
                "replies.csv", line, "date", row["date"], f"before the article, of {first}", "correct the date"
            )


def sources(tables: Tables) -> Iterator[Defect]:
    """A relay passes on another source; a measured or dated fact can be looked up, unless it is derived."""
    for line, row in numbered(tables["sources"]):
        if row["relays"] == row["source_id"]:
            yield Defect(
                "sources.csv", line, "relays", row["relays"], "passes itself on", "name the source behind it, or leave it empty"
            )  # fmt: skip
    printed = set(tables["sources"].loc[tables["sources"]["url"] == "", "source_id"])
    for name in ("observations", "events", "offices"):
        for line, row in numbered(tables[name]):
            if row["source_id"] in printed and row.get("quality") != "derived":
                yield Defect(
                    f"{name}.csv", line, "source_id", row["source_id"], "a source without public address",
                    "write its url in sources.csv, or take another source",
                )  # fmt: skip


def _as_fraction(tables: Tables) -> Iterator[Defect]:
    """A share written as a fraction of one, where another source of the same period gives a hundred times as much."""
    shares = tables["series"].loc[tables["series"]["unit"] == "percent_share", "series_id"]
    rows = tables["observations"]
    rows = rows[rows["series_id"].isin(shares)]
    for _, same in rows.groupby(["series_id", "period", "geo", "counterparty"]):
        others = [other for other in same["value"] if other >= 1]
        for line, row in numbered(same):
            if 0 < row["value"] < 1 and any(abs(100 * row["value"] - other) <= other / 4 for other in others):
                yield Defect(
                    "observations.csv", line, "value", str(row["value"]),
                    "a fraction where others of its period are in percent", f"write {100 * row['value']:f}",
                )  # fmt: skip


def observations(tables: Tables) -> Iterator[Defect]:
    yield from _as_fraction(tables)
    published = dict(zip(tables["sources"]["source_id"], tables["sources"]["published"], strict=True))
    series_units = dict(zip(tables["series"]["series_id"], tables["series"]["unit"], strict=True))
    for line, row in numbered(tables["observations"]):

        def defect(
            column: str, problem: str, mend: str, line: int = line, row: dict[str, Any] = row
        ) -> Defect:
            return Defect("observations.csv", line, column, str(row[column]), problem, mend)

        stem = f"{row['series_id']}@{row['period']}@{row['geo']}-{row['counterparty']}@{row['source_id']}"
        if row["observation_id"] != stem and not row["observation_id"].startswith(stem + "@"):
            yield defect("observation_id", "does not repeat its row", f"write {stem}, or {stem}@<vintage>")
        try:
            period = periods.parse(row["period"])
            known = row["known_since"] or published[row["source_id"]]
            last = periods.last_day(known) if known else None
        except ValueError:  # the source's date is reported by `cells`
            continue
        if row["status"] == "outturn":
            if last is not None and period.end > last:
                yield defect(
                    "status",
                    f"an outturn of {row['period']} cannot be known on {known}",
                    "mark it as plan, forecast or estimate, or write the interval that the value covers",
                )
            for ending, status in NOT_OUTTURNS.items():
                if row["series_id"].endswith(ending):
                    yield defect("status", f"a {status} as outturn", f"write {status}")
        if series_units.get(row["series_id"]) == "percent_share" and not 0 <= row["value"] <= 100:
            yield defect("value", "a share outside 0–100", "correct the value, or the unit of its series")


def corrections(tables: Tables) -> Iterator[Defect]:
    value = dict(zip(tables["observations"]["observation_id"], tables["observations"]["value"], strict=True))
    for line, row in numbered(tables["corrections"]):
        held = value[row["observation_id"]]
        if held != row["expected"]:
            yield Defect(
                "corrections.csv",
                line,
                "expected",
                str(row["expected"]),
                f"the row now holds {held}",
                "read the source again, then drop the correction or renew it",
            )
        if (row["action"] == "override") != (row["value"] is not None):
            yield Defect(
                "corrections.csv", line, "value", str(row["value"] or ""), f"does not fit action {row['action']}",
                "an override has a value, a drop has none",
            )  # fmt: skip


def offices(tables: Tables) -> Iterator[Defect]:
    for line, row in numbered(tables["offices"]):
        if row["to"] and periods.last_day(row["to"]) < periods.parse(row["from"]).start:
            yield Defect(
                "offices.csv", line, "to", row["to"], "ends before it begins", "correct one of the dates"
            )


def relations(tables: Tables) -> Iterator[Defect]:
    """A tie is named once, from its first actor, and its sign is what the written rule makes of the codes."""
    for line, row in numbered(tables["relations"]):
        if not row["actor_a"] < row["actor_b"]:
            yield Defect(
                "relations.csv",
                line,
                "actor_a",
                row["actor_a"],
                "not before actor_b",
                "name the two in alphabetical order",
            )
    yield from _settled(tables, "relations", "sign", adjudicate(_coded(tables, "relations"))["code"].to_dict())


def codings(tables: Tables) -> Iterator[Defect]:
    """A code stands on its scale: the issue of a position, the part of a score, or its table's only scale."""
    points: dict[str, dict[str, set[str]]] = {"event_codes": {"cameo.csv": set(tables["cameo"]["code"])}}
    points |= {name: {"datapackage.json": _words(tables, name)} for name in UNORDERED}
    for _, row in numbered(tables["anchors"]):
        points.setdefault(row["table"], {}).setdefault(row["scale"], set()).add(str(row["code"]))
    for line, row in numbered(tables["codings"]):
        if row["table"] not in points:
            continue
        scales, parts = points[row["table"]], row["key"].split("|")
        named = parts[1] if len(parts) > 1 else ""
        scale = named if named in scales or len(scales) > 1 else next(iter(scales))
        if row["code"] not in scales.get(scale, set()):
            place = scale if row["table"] in ("event_codes", *UNORDERED) else "anchors.csv"
            yield Defect(
                "codings.csv",
                line,
                "code",
                row["code"],
                f"no point of the scale {scale or row['key']}",
                f"write a point that {place} gives a meaning, or add the point there",
            )


def _settled(tables: Tables, name: str, column: str, settled: Mapping[Any, Any]) -> Iterator[Defect]:
    """Every code of a table is what the written rule makes of the coders' codes, by key."""
    table = tables.schema.tables[name]
    for line, row in numbered(tables[name]):
        key = "|".join(str(row[part]) for part in table.key)
        if key not in settled:
            problem, mend = "no coder has coded it", "add the coders' rows to codings.csv"
        elif row[column] != settled[key]:
            problem, mend = "not what the rule makes of the codes", f"write {settled[key]}"
        else:
            continue
        yield Defect(table.path, line, column, str(row[column]), problem, mend)


def _coded(tables: Tables, name: str) -> pd.DataFrame:
    """The coders' rows on a table that can be settled; whatever else they wrote is reported by `codings`."""
    coded = tables["codings"]
    coded = coded[coded["table"] == name]
    if name == "event_codes":
        return coded[coded["code"].isin(tables["cameo"]["code"])]
    if name in UNORDERED:
        return coded[coded["code"].isin(_words(tables, name))]
    return coded[coded["code"].str.fullmatch(r"-?\d+")]


def _words(tables: Tables, name: str) -> set[str]:
    """The codes that the schema allows in the coded column of a table whose codes have no order."""
    return set(tables.schema.tables[name].fields[UNORDERED[name]]["constraints"]["enum"])


def stands(tables: Tables) -> Iterator[Defect]:
    """Every article has a stand on every proposition, in claims of its own that bear on it the same way.

    An article that no coder has begun to hold against the propositions yet, with neither stand nor bearing, waits.
    """
    article = dict(zip(tables["claims"]["claim_id"], tables["claims"]["article_id"], strict=True))
    bearing = tables["bearings"].set_index(["proposition_id", "claim_id"])["bearing"].to_dict()
    opposite = {"affirms": "against", "denies": "for"}
    taken = set(zip(tables["stands"]["proposition_id"], tables["stands"]["article_id"], strict=True))
    begun = {named for _, named in taken} | {article[claim] for claim in tables["bearings"]["claim_id"]}
    for line, row in numbered(tables["propositions"]):
        for missing in sorted(begun & set(tables["articles"]["article_id"])):
            if (row["proposition_id"], missing) not in taken:
                yield Defect(
                    "propositions.csv",
                    line,
                    "proposition_id",
                    row["proposition_id"],
                    f"no stand of {missing}",
                    "add its row to stands.csv, silent if it says nothing",
                )
    for line, row in numbered(tables["stands"]):

        def defect(problem: str, mend: str, line: int = line, row: dict[str, Any] = row) -> Defect:
            return Defect("stands.csv", line, "claim_ids", row["claim_ids"], problem, mend)

        named = split(row["claim_ids"])
        if (row["stand"] == "silent") != (not named):
            yield defect(f"does not fit {row['stand']}", "name the claims of a stand, and none of silence")
        for claim in named:
            way = bearing.get((row["proposition_id"], claim))
            if claim not in article:  # a defect of the claim's own row, reported there
                continue
            if article[claim] != row["article_id"]:
                yield defect(f"{claim} is of another article", "name claims of this article alone")
            elif way is None:
                yield defect(f"{claim} bears on nothing here", "add its row to bearings.csv")
            elif way == opposite.get(row["stand"]):
                yield defect(f"{claim} bears {way}", f"an article that {row['stand']} says the opposite: correct one")
    coded = adjudicate_unordered(_coded(tables, "stands"), "qualifies", "silent")
    yield from _settled(tables, "stands", "stand", coded["code"].to_dict())


def bearings(tables: Tables) -> Iterator[Defect]:
    """The way a claim bears on a proposition is what the written rule makes of the codes."""
    coded = adjudicate_unordered(_coded(tables, "bearings"), "neither")
    yield from _settled(tables, "bearings", "bearing", coded["code"].to_dict())


def positions(tables: Tables) -> Iterator[Defect]:
    """An adjudicated code is what the written rule makes of the coders' codes."""
    yield from _settled(tables, "positions", "code", adjudicate(_coded(tables, "positions"))["code"].to_dict())


def event_codes(tables: Tables) -> Iterator[Defect]:
    """An act is one actor's towards another, and its code is what the written rule makes of the codes."""
    for line, row in numbered(tables["event_codes"]):
        if row["actor_from"] == row["actor_to"]:
            yield Defect(
                "event_codes.csv", line, "actor_to", row["actor_to"], "acts upon itself", "name two actors"
            )
    weights = tables["cameo"].set_index("code")["goldstein"]
    settled = adjudicate_names(_coded(tables, "event_codes"), weights)
    yield from _settled(tables, "event_codes", "code", settled["code"].to_dict())


def backing(tables: Tables) -> Iterator[Defect]:
    """Tables that a figure draws on exist."""
    known = sorted(tables.schema.tables)
    for line, row in numbered(tables["backing"]):
        for name in split(row["tables"]):
            if name not in known:
                yield Defect(
                    "backing.csv", line, "tables", name, "no such table", f"write one of {', '.join(known)}"
                )


def forecasts(tables: Tables) -> Iterator[Defect]:
    for line, row in numbered(tables["forecasts"]):

        def defect(
            column: str, problem: str, mend: str, line: int = line, row: dict[str, Any] = row
        ) -> Defect:
            value = "" if pd.isna(row[column]) else str(row[column])
            return Defect("forecasts.csv", line, column, value, problem, mend)

        low, high, outcome = (row[name] for name in ("probability_low", "probability_high", "outcome"))
        if row["criterion"] and not row["horizon"]:
            yield defect("horizon", "a criterion without a day", "write the day printed, or assign one with its ground")
        if row["horizon"] and row["criterion"]:
            if pd.isna(low) or pd.isna(high):
                yield defect(
                    "probability_low", "empty", "give the range of probability that the wording can mean"
                )
            elif low > high:
                yield defect("probability_low", "above probability_high", "swap the two")
            if not row["horizon_ground"]:
                yield defect("horizon_ground", "empty", "write printed, or why this day was assigned")
        if not pd.isna(outcome):
            if outcome not in (0, 0.5, 1):
                yield defect("outcome", "no outcome", "write 1, 0, 0.5 for partly, or leave it empty")
            for column in ("source_id", "outcome_date"):
                if not row[column]:
                    yield defect(
                        column, "empty beside an outcome", "write when it was decided and where that was read"
                    )


def incomplete(tables: Tables) -> Iterator[Defect]:
    """Every claim has what its rule needs."""
    primaries = Counter(tables["readings"].loc[tables["readings"]["primary"] == "yes", "claim_id"])
    compared = set(tables["specifications"]["claim_id"])
    foretold = set(tables["forecasts"]["claim_id"])
    worded = set(tables["wordings"]["claim_id"])
    came = set(tables["forecasts"].loc[tables["forecasts"]["outcome"].notna(), "claim_id"])
    for line, row in numbered(tables["claims"]):

        def defect(
            column: str, problem: str, mend: str, line: int = line, row: dict[str, Any] = row
        ) -> Defect:
            return Defect("claims.csv", line, column, row[column], problem, mend)

        if primaries[row["claim_id"]] != 1:
            yield defect(
                "claim_id",
                f"{primaries[row['claim_id']]} primary readings",
                "mark exactly one of its readings as primary in readings.csv",
            )
        if row["kind"] == "comparison" and row["claim_id"] not in compared:
            yield defect(
                "kind", "a comparison without declared options", "declare them in specifications.csv"
            )
        if row["kind"] == "forecast" and row["claim_id"] not in foretold:
            yield defect("kind", "a forecast without its row", "add the claim to forecasts.csv")
        if row["claim_id"] in came - worded:
            yield defect("claim_id", "a scored forecast without its word", "add the article's word to wordings.csv")


def unused(tables: Tables) -> Iterator[Defect]:
    """A series, source or origin is carried only if something rests on it."""
    readings, figures = tables["readings"], tables["figures"]
    named = {
        part for cell in readings.loc[readings["table"] == "observations", "key"] for part in split(cell)
    }
    named |= {part for cell in figures["series_ids"] for part in split(cell)}
    uses = {
        "series": named,
        "sources": {
            cell
            for name, table in tables.schema.tables.items()
            for column in ("source_id", "relays")
            if column in table.fields and name != ("sources" if column == "source_id" else "")
            for cell in tables[name][column]
        },
        "origins": {
            part
            for name, table in tables.schema.tables.items()
            if "origin_ids" in table.fields
            for cell in tables[name]["origin_ids"]
            for part in split(cell)
        },
    }
    for name, used in uses.items():
        table = tables.schema.tables[name]
        for line, row in numbered(tables[name]):
            key = row[table.key[0]]
            if key not in used:
                yield Defect(
                    table.path, line, table.key[0], key, "nothing rests on it", "use it or remove the row"
                )


OF_CELLS: tuple[Callable[[Tables], Iterator[Defect]], ...] = (harmless.texts, cells, *characters.RULES)
BETWEEN_ROWS: tuple[Callable[[Tables], Iterator[Defect]], ...] = (
    harmless.names, order, articles, claims, readings, specifications, inferences, attributions, replies,
    sources, observations, corrections, offices, relations, codings, positions, event_codes, stands, bearings, forecasts, backing,
    *dates.RULES, *ties.RULES, *stated_dates.RULES, *stated.RULES, *unit_words.RULES, *second_source.RULES,
    limits.well_formed, limits.exceeded,
)  # fmt: skip
ON_ABSENCE: tuple[Callable[[Tables], Iterator[Defect]], ...] = (incomplete, unused, limits.too_few)
