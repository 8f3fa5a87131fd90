"""Which rows are used: by a reading, a figure, an event rule or an inference."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.readings import split

Rows = Mapping[str, list[dict[str, str]]]


def used_rows(rows: Rows) -> dict[str, set[int]]:
    """The positions of the used rows, by table; every cell of a used row counts as used.

    A claim and whatever judges it (readings, options, premises, stances, forecasts, attributions) is used. So
    is an observation whose series a reading reads for that pair of areas, or a figure draws; an event or a
    tenure that a reading names; an event that a picture names or that is coded; the series, source, origin
    and area behind any of them. Tables that only a chapter's own method reads (words, codes of coders,
    parameters) are not counted here; they are in the sample all the same.
    """
    read = {
        (series, row["geo"], row["counterparty"])
        for row in rows["readings"]
        if row["table"] == "observations"
        for series in split(row["key"])
    }
    drawn = {series for row in rows["figures"] for series in split(row["series_ids"])}
    named = {
        table: {
            part
            for row in rows["readings"]
            if row["table"] == table
            for part in (split(row["key"]) if table == "events" else [row["key"]])
        }
        for table in ("events", "offices")
    }
    named["events"] |= {row["event_id"] for table in ("landmarks", "event_codes") for row in rows[table]}
    whole = "articles claims readings specifications inferences attributions forecasts stances figures corrections"
    found = {name: set(range(len(rows[name]))) for name in whole.split()}
    found["observations"] = {
        place
        for place, row in enumerate(rows["observations"])
        if (row["series_id"], row["geo"], row["counterparty"]) in read or row["series_id"] in drawn
    }
    found["events"] = {
        place for place, row in enumerate(rows["events"]) if row["event_id"] in named["events"]
    }
    found["offices"] = {
        place
        for place, row in enumerate(rows["offices"])
        if f"{row['person']}|{row['office']}" in named["offices"]
    }
    serving = [rows[table][place] for table, places in sorted(found.items()) for place in sorted(places)]
    behind = {
        "series": {row.get("series_id", "") for row in serving},
        "sources": {row.get("source_id", "") for row in serving},
        "origins": {part for row in serving for part in split(row.get("origin_ids", ""))},
        "areas": {row.get(name, "") for row in serving for name in ("geo", "counterparty")},
    }
    for name, keys in behind.items():
        key = next(iter(rows[name][0])) if rows[name] else ""
        found[name] = {place for place, row in enumerate(rows[name]) if row[key] in keys}
    return found
