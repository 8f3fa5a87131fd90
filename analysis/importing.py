"""New rows come in here: merged, sorted and checked as a whole, or refused with nothing written."""

from __future__ import annotations

import csv
import shutil
import tempfile
from pathlib import Path

from analysis import schema, tables
from analysis.errors import Defect, InputError, InvalidData

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


def _located(defect: Defect, incoming: Path, table_path: str, lines: dict[int, int]) -> Defect:
    """Name the line of the file that is imported rather than of the table that it would make."""
    if defect.file != table_path or defect.row not in lines:
        return defect
    return Defect(str(incoming), lines[defect.row], defect.column, defect.value, defect.problem, defect.mend)


def import_rows(folder: Path, table_name: str, incoming: Path) -> int:
    """Add the rows of the CSV file `incoming` to a table of `folder`; returns how many.

    InputError or InvalidData, with nothing written, when the table would break a rule: an unknown
    area, a plan as outturn, a relay without origin, a repeated key, and all else that `check` names.
    """
    described = schema.read(folder)
    if table_name not in described.tables:
        raise InputError(f"{table_name!r} is no table; write one of {', '.join(described.tables)}")
    table = described.tables[table_name]
    new = read_rows(incoming, table.columns)
    old = read_rows(folder / table.path, table.columns)
    with tempfile.TemporaryDirectory() as scratch:
        candidate = Path(scratch) / "data"
        shutil.copytree(folder, candidate)
        write_rows(candidate / table.path, table.columns, table.key, old + new)
        place = {id(row): line for line, row in enumerate(new, start=2)}
        ordered = sorted(old + new, key=lambda row: tuple(row[column] for column in table.key))
        lines = {line: place[id(row)] for line, row in enumerate(ordered, start=2) if id(row) in place}
        if defects := tables.check(candidate):
            raise InvalidData(_located(defect, incoming, table.path, lines) for defect in defects)
        replace(folder / table.path, (candidate / table.path).read_bytes())
    return len(new)


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
