"""The tables' schema, read from datapackage.json and from nowhere else."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.errors import InputError

PROBLEMS = {
    FileNotFoundError: "no such file",
    NotADirectoryError: "no such file",
    IsADirectoryError: "a folder, no file",
    PermissionError: "may not be read",
}

# Below the folder of the tables, on every system.
TABLE_PATH = re.compile(r"(?:[a-z0-9_]+/)*[a-z0-9_]+\.csv")

# The tables that the verdict rules read by name.
TABLES = frozenset(
    [
        "anchors",
        "articles",
        "areas",
        "attributions",
        "claims",
        "codings",
        "corrections",
        "events",
        "figures",
        "forecasts",
        "inferences",
        "limits",
        "observations",
        "offices",
        "origins",
        "positions",
        "readings",
        "relations",
        "sanctions",
        "series",
        "sources",
        "specifications",
        "stances",
    ]
)


@dataclass(frozen=True)
class Table:
    """One table's part of the schema: its file, key and fields."""

    name: str
    path: str
    title: str
    description: str
    key: tuple[str, ...]
    fields: dict[str, dict[str, Any]]

    @property
    def columns(self) -> list[str]:
        return list(self.fields)

    def having(self, semantic: str) -> list[str]:
        """The columns whose cells have a meaning beyond their type: period, day, decimal, list or unit."""
        return [name for name, field in self.fields.items() if field.get("semantic") == semantic]


@dataclass(frozen=True)
class Schema:
    """The data package's description."""

    folder: Path
    package: dict[str, Any]

    @cached_property
    def tables(self) -> dict[str, Table]:
        return {
            resource["name"]: Table(
                resource["name"],
                resource["path"],
                resource["title"],
                resource["description"],
                tuple(resource["schema"]["primaryKey"]),
                {field["name"]: field for field in resource["schema"]["fields"]},
            )
            for resource in self.package["resources"]
        }

    @property
    def units(self) -> dict[str, str]:
        """What each unit code means."""
        return self.package["units"]

    @property
    def as_of(self) -> date:
        """The day up to which the evidence reaches; nothing reads the clock."""
        return date.fromisoformat(self.package["as_of"])


def read(folder: Path) -> Schema:
    """Read `folder`/datapackage.json; InputError when it is missing, no JSON or no description of the tables."""
    path = folder / "datapackage.json"
    try:
        package = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(
            f"{path}: {PROBLEMS.get(type(error), error.strerror)}; "
            "name the folder that holds the tables and their schema"
        ) from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not a JSON text ({error}); restore it or mend the place named") from None
    described = Schema(folder, package)
    try:
        missing = sorted(TABLES - set(described.tables))
        unread = not (described.as_of and described.units)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise InputError(
            f"{path}: no description of the tables ({type(error).__name__}: {error}); restore it"
        ) from None
    for table in described.tables.values():
        if not TABLE_PATH.fullmatch(table.path):
            raise InputError(
                f"{path}: table {table.name} is said to be in {table.path!r}; write a path below the folder, as lexicon/names.csv"
            )
    if missing or unread:
        raise InputError(
            f"{path}: does not describe {', '.join(missing) or 'the units'}; restore what is missing"
        )
    return described
