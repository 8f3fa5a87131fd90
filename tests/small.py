"""A small package of three tables that point to one another, for tests of what reads and examines any package."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from analysis.schema import Schema

FIELDS: list[dict[str, Any]] = [
    {"name": "country", "type": "string", "description": "Its name.", "constraints": {"required": True, "pattern": "[A-Z][a-z]+"}},
    {"name": "size", "type": "string", "description": "Its size.", "constraints": {"required": True, "enum": ["small", "large"]}},
    {"name": "people", "type": "integer", "description": "How many live there.", "constraints": {"minimum": 1, "maximum": 9}},
    {"name": "share", "type": "number", "description": "EU share.", "constraints": {"minimum": 0, "maximum": 1}},
    {"name": "area", "type": "string", "semantic": "decimal", "description": "In km.", "constraints": {"pattern": r"-?\d+(\.\d+)?"}},
    {"name": "flag", "type": "boolean", "description": "Whether it has one."},
    {"name": "code", "type": "string", "description": "Two letters.", "constraints": {"maxLength": 2}},
]  # fmt: skip
TOWNS: list[dict[str, Any]] = [
    {"name": "town", "type": "string", "description": "Its name."},
    {"name": "country", "type": "string", "description": "Where it lies."},
    {"name": "origin_ids", "type": "string", "description": "Who says so.", "constraints": {"required": True}},
]
ROADS: list[dict[str, Any]] = [
    {"name": "road", "type": "string", "description": "Its name."},
    {"name": "town", "type": "string", "description": "Where it begins."},
]


def _resource(name: str, fields: list[dict[str, Any]], **keys: Any) -> dict[str, Any]:
    return {
        "name": name, "path": f"{name}.csv", "title": name, "description": name, "format": "csv", "encoding": "utf-8",
        "type": "table", "schema": {"fields": fields, "primaryKey": [fields[0]["name"]], **keys},
    }  # fmt: skip


def _points(column: str, table: str) -> dict[str, Any]:
    return {"foreignKeys": [{"fields": column, "reference": {"resource": table, "fields": column}}]}


PACKAGE = {
    "resources": [
        _resource("countries", FIELDS),
        _resource("towns", TOWNS, **_points("country", "countries")),
        _resource("roads", ROADS, **_points("town", "towns")),
    ]
}
COUNTRIES = "country,size,people,share,area,flag,code\nChad,large,2,0.5,1.50,true,TD\nMali,small,,,,,\n"
FILES = {"countries": COUNTRIES, "towns": "town,country,origin_ids\nBamako,Mali,o\nGao,Mali,o\n", "roads": "road,town\nN1,Gao\nN2,\n"}


def written(folder: Path, **files: str | bytes | None) -> Schema:
    """The small package in a folder, with other texts for some of its files; None for a file that is not there."""
    for name, text in {**FILES, **files}.items():
        if text is not None:
            (folder / f"{name}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return Schema(folder, copy.deepcopy(PACKAGE))
