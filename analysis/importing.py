"""New rows come in here: merged, sorted and checked as a whole, or refused with nothing written."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis import schema, tables
from analysis.errors import Defect, InputError, InvalidData, shortened

Rows = list[dict[str, str]]


def read_rows(path: Path, columns: list[str]) -> Rows:
    """The rows of a CSV file with these columns; InputError names the file, the line and the mend."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            header = list(reader.fieldnames or [])
            rows = list(reader)
    except OSError as error:
        problem = schema.PROBLEMS.get(type(error), error.strerror)
        raise InputError(f"{path}: {problem}; name a CSV file of rows") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: not UTF-8; save the file as UTF-8 without a byte-order mark") from None
    except csv.Error as error:
        raise InputError(
            f"{path}: not a CSV text ({error}); quote cells that hold commas or quotes"
        ) from None
    if header != columns:
        raise InputError(f"{path}, row 1: the header is {','.join(header)}; it must be {','.join(columns)}")
    for line, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise InputError(f"{path}, row {line}: not {len(columns)} cells; quote cells that hold commas")
    return rows


def write_rows(path: Path, columns: list[str], key: tuple[str, ...], rows: Rows) -> None:
    """Write rows to a CSV file, sorted by the columns of their key."""
    ordered = sorted(rows, key=lambda row: tuple(row[column] for column in key))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(ordered)


def replace(path: Path, content: bytes) -> None:
    """Put a finished file in its place, or in that of another: at once or not at all."""
    beside = path.with_name(f"{path.name}.new")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def replace_all(files: Mapping[Path, bytes]) -> None:
    """Put several files in their places; InputError, with all as they were, when one of them cannot be written."""
    before = {path: path.read_bytes() if path.exists() else None for path in files}
    try:
        for path, content in files.items():
            replace(path, content)
    except OSError as error:
        for written, old in before.items():
            if old is None:
                written.unlink(missing_ok=True)
            elif written.read_bytes() != old:
                replace(written, old)
        problem = schema.PROBLEMS.get(type(error), error.strerror)
        raise InputError(f"{path}: {problem}; nothing was written; let the file be written to") from None


def _located(defect: Defect, lines: dict[int, tuple[Path, int]]) -> Defect:
    """Name the line of the file that is imported rather than of the table that it would make."""
    if defect.row not in lines:
        return defect
    incoming, line = lines[defect.row]
    return Defect(str(incoming), line, defect.column, defect.value, defect.problem, defect.mend)


def import_rows(folder: Path, incoming: Sequence[tuple[str, Path]]) -> dict[str, int]:
    """Add the rows of CSV files to tables of `folder`, all at once; returns how many each table got.

    `incoming` are tables' names, each with its file: rows that need one another, as a claim and its readings,
    come in together. InputError or InvalidData, with nothing written, when a table would break a rule: an unknown
    area, a plan as outturn, a relay without origin, a repeated key, and all else that `check` names.
    """
    described = schema.read(folder).tables
    for name, _ in incoming:
        if name not in described:
            raise InputError(f"{shortened(name)!r} is no table; write one of {', '.join(described)}")
    if twice := [name for name, count in Counter(name for name, _ in incoming).items() if count > 1]:
        raise InputError(f"{twice[0]} is named twice; put its rows into one file")
    new = {name: read_rows(path, described[name].columns) for name, path in incoming}
    with tempfile.TemporaryDirectory() as scratch:
        candidate = Path(scratch) / "data"
        shutil.copytree(folder, candidate)
        lines: dict[str, dict[int, tuple[Path, int]]] = {}
        for name, path in incoming:
            table = described[name]
            rows = read_rows(folder / table.path, table.columns) + new[name]
            write_rows(candidate / table.path, table.columns, table.key, rows)
            place = {id(row): line for line, row in enumerate(new[name], start=2)}
            ordered = sorted(rows, key=lambda row: tuple(row[column] for column in table.key))
            lines[table.path] = {
                line: (path, place[id(row)]) for line, row in enumerate(ordered, start=2) if id(row) in place
            }
        if defects := tables.check(candidate):
            raise InvalidData(_located(defect, lines.get(defect.file, {})) for defect in defects)
        files = [described[name].path for name in new]
        replace_all({folder / file: (candidate / file).read_bytes() for file in files})
    return {name: len(rows) for name, rows in new.items()}


def sort(folder: Path) -> list[str]:
    """Sort the rows of every table by key, so that branches merge; returns the files that changed.

    InputError, with nothing written, when any table cannot be read.
    """
    described = schema.read(folder).tables.values()
    rows = {table.path: read_rows(folder / table.path, table.columns) for table in described}
    changed = []
    with tempfile.TemporaryDirectory() as scratch:
        for table in described:
            path, ordered = folder / table.path, Path(scratch) / "table.csv"
            write_rows(ordered, table.columns, table.key, rows[table.path])
            if ordered.read_bytes() != path.read_bytes():
                replace(path, ordered.read_bytes())
                changed.append(table.path)
    return changed
