"""Rows that are carried and that nothing reads: no defect, but what a reader of the tables should know."""

from __future__ import annotations

from analysis.package import Tables
from analysis.readings import split


def observations(tables: Tables) -> list[str]:
    """The ids of observations whose series no figure draws and which no reading can find.

    A reading finds the rows of its series between its two areas, of whatever period.
    """
    drawn = {series for cell in tables["figures"]["series_ids"] for series in split(cell)}
    read = {
        (series, row["geo"], row["counterparty"])
        for row in tables["readings"].to_dict("records")
        if row["table"] == "observations"
        for series in split(row["key"])
    }
    rows = tables["observations"]
    places = zip(rows["series_id"], rows["geo"], rows["counterparty"], strict=True)
    return [
        identity
        for identity, place in zip(rows["observation_id"], places, strict=True)
        if place[0] not in drawn and place not in read
    ]


def areas(tables: Tables) -> list[str]:
    """Codes of areas that no row of any table names; countries of the standard list are kept for later rows."""
    named = {
        part
        for name, table in tables.schema.tables.items()
        for column, field in table.fields.items()
        if field.get("references") == "areas.area" or column in ("geo", "counterparty", "area")
        if (name, column) != ("areas", "area")
        for cell in tables[name][column]
        for part in split(cell)
    }
    members = {part for cell in tables["areas"]["members"] for part in split(cell)}
    return [area for area in tables["areas"]["area"] if area not in named | members and len(area) > 2]
