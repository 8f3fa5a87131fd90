"""Load the tables as a whole: typed and checked; an invalid table is never loaded."""

from __future__ import annotations

import hashlib
from pathlib import Path

from analysis import checks, harmless, package, paths, schema
from analysis.errors import Defect, InvalidData
from analysis.package import Tables

__all__ = ["Tables", "check", "digest", "load"]


def _examine(folder: Path) -> tuple[Tables, list[Defect]]:
    """The tables, and everything wrong with them.

    Rules between rows are applied to the rows that are sound by themselves; rules on what is missing
    wait until every row is, since a broken row is not a missing one.
    """
    described = schema.read(folder)
    tables, defects = package.read(described)
    if any(not defect.row or defect.row == 1 for defect in defects):
        return tables, sorted(set(defects))
    defects += [*harmless.texts(tables), *checks.cells(tables)]
    sound = package.without(tables, defects)
    defects += [defect for rule in checks.BETWEEN_ROWS for defect in rule(sound)]
    if all(len(sound[name]) == len(tables[name]) for name in tables) and not defects:
        defects += [defect for rule in checks.ON_ABSENCE for defect in rule(sound)]
    return sound, sorted(set(defects))


def check(folder: Path = paths.DATA) -> list[Defect]:
    """Every defect of every table of `folder`, in order; InputError when there is no schema."""
    return _examine(folder)[1]


def load(folder: Path = paths.DATA) -> Tables:
    """Load all tables of `folder`; InvalidData lists every defect, and then nothing is loaded."""
    tables, defects = _examine(folder)
    if defects:
        raise InvalidData(defects)
    return tables


def digest(folder: Path = paths.DATA) -> str:
    """SHA-256 over the names and bytes of all files of `folder`: the identity of the evidence."""
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
