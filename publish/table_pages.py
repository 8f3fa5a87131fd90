"""Pages of the tables that no other page shows row by row: events, stands, relations, parameters and the like.

Each row has a permanent address, and whatever a cell names by its key is a link: a claim, a source, a series.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.addresses import anchor
from analysis.schema import Schema, Table

Row = Mapping[str, Any]

# Shown elsewhere: claims with their readings on the claims pages, observations with their series.
ELSEWHERE = {
    "articles": "index.html",
    "claims": "explorer.html",
    "readings": "explorer.html",
    "specifications": "explorer.html",
    "sources": "sources.html",
    "series": "series.html",
    "observations": "series.html",
    "corrections": "series.html",
}
# Too long to be read: it comes as a file, and the codebook says what is in it.
FILES_ONLY = ("tokens",)


def shown(schema: Schema) -> list[Table]:
    """The tables that have a page of this kind, in the order of the schema."""
    return [table for name, table in schema.tables.items() if name not in (*ELSEWHERE, *FILES_ONLY)]


def page(table: str) -> str:
    """The page of a table, without ending."""
    return f"tables/{table}"


def home(table: str) -> str:
    """Where the rows of a table can be read or, for the longest, where it says what they are."""
    return f"codebook.html#{table}" if table in FILES_ONLY else ELSEWHERE.get(table, f"{page(table)}.html")


def anchors(table: Table, rows: Sequence[Row]) -> list[str]:
    """The permanent fragment of each row, made from its key; empty where letters and digits do not tell keys apart.

    >>> anchors(Table("t", "t.csv", "T", "", ("a", "b"), {}), [{"a": "x.1", "b": "y"}, {"a": "油", "b": ""}, {"a": "俄", "b": ""}])
    ['row-t-x-1-y', '', '']
    """
    made = [anchor("row", "|".join((table.name, *(str(row[column]) for column in table.key)))) for row in rows]
    counts = Counter(made)
    return [name if counts[name] == 1 else "" for name in made]


def keys_held(schema: Schema, name: str) -> dict[str, str]:
    """Column to the table whose keys it holds: the foreign keys, and lists such as `claim_ids`, which can be none."""
    resource = next(item for item in schema.package["resources"] if item["name"] == name)
    found = {}
    for key in resource["schema"].get("foreignKeys", []):
        column = key["fields"] if isinstance(key["fields"], str) else key["fields"][0]
        found[column] = key["reference"]["resource"] or name
    lists: dict[str, str] = {}
    for table in schema.tables.values():
        if len(table.key) == 1:
            lists.setdefault(f"{table.key[0]}s", table.name)  # claims come before the tables that say more of some claims
    return found | {column: lists[column] for column in schema.tables[name].having("list") if column in lists}
