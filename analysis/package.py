"""The data package read into frames: the rows that agree with the schema, and what disagrees."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import frictionless
import pandas as pd

from analysis.errors import Defect
from analysis.schema import PROBLEMS, Schema, Table

MENDS = {
    "primary-key": "keys are never repeated: drop one of the two rows, or give it its own key",
    "foreign-key": "add the row it points to, or correct the spelling",
    "incorrect-label": "the header must repeat the schema's columns in their order, without a byte-order mark",
    "extra-cell": "the row has more cells than the header: quote a cell that holds a comma",
    "missing-cell": "the row has fewer cells than the header: write empty cells too",
    "blank-row": "remove the empty line",
    "encoding-error": "save the file as UTF-8 without a byte-order mark",
    "scheme-error": "restore the file: every table of the schema exists, if only as a header",
    "source-error": "write at least the header: every table of the schema exists",
}
PROBLEMS_SAID = {
    "extra-cell": "too many cells",
    "missing-cell": "too few cells",
    "blank-row": "an empty line",
}
TYPES = {
    "integer": ("no whole number", "write it in the digits 0 to 9, without separators"),
    "number": ("no number", "write it in the digits 0 to 9, with a point and without separators"),
}
NUMBER = {"integer": re.compile(r"-?[0-9]+"), "number": re.compile(r"-?[0-9]*\.?[0-9]+")}
WHOLE_ROW = {"extra-cell", "missing-cell", "blank-row"}
"""Errors of a row as a whole, from which others about its cells follow."""


class Tables(Mapping[str, pd.DataFrame]):
    """All tables of one folder, by name; a frame's index is the line of the row in its file.

    Text columns hold str with "" for an empty cell; integers and numbers are nullable; columns of
    semantic `decimal` hold Decimal (or None), so that the digits printed are kept.
    """

    def __init__(self, schema: Schema, frames: dict[str, pd.DataFrame]) -> None:
        self.schema = schema
        self._frames = frames

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._frames[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)

    def row(self, table: str, key: str) -> pd.Series:
        """The row of a table with a single-column key; KeyError when there is none."""
        column = self.schema.tables[table].key[0]
        found = self[table][self[table][column] == key]
        if found.empty:
            raise KeyError(key)
        return found.iloc[0]


def _lower(text: str) -> str:
    """A sentence to go on with: its first letter small, unless it begins with an abbreviation."""
    return text if text[1:2].isupper() else f"{text[0].lower()}{text[1:]}"


def _said(error: Any, table: Table) -> tuple[str, str]:
    """What is wrong, and the mend."""
    field = table.fields.get(getattr(error, "field_name", "") or "", {})
    if error.type == "type-error":
        return TYPES.get(field["type"], ("not of its type", f"write {_lower(field['description'])}"))
    if error.type != "constraint-error":
        return PROBLEMS_SAID.get(error.type, error.note or error.title), MENDS.get(error.type, error.description)
    if 'constraint "required"' in error.note:
        if field["name"] == "origin_ids":
            return "empty", (
                "name the first publisher of the measurement, since a relay without origin cannot be counted"
            )
        return "empty", f"write the {field['name']}: {field['description']}"
    if "enum" in field.get("constraints", {}):
        return "no such word here", f"write one of {', '.join(field['constraints']['enum'])}"
    rule = error.note.partition('constraint "')[2].partition('" is ')
    said = {"pattern": "not written as needed", "minimum": "too small", "maximum": "too large"}.get(rule[0], error.note)
    if rule[0] in ("minimum", "maximum"):
        return said, f"write {_lower(field['description']).rstrip('.')}; its {rule[0]} is {field['constraints'][rule[0]]}"
    form = "; digits are 0 to 9 with a point, and nothing else" if field.get("semantic") == "decimal" else ""
    return said, f"write {_lower(field['description']).rstrip('.')}{form}"


def _defect(error: Any, table: Table) -> Defect:
    """One error of the validator, in our words."""
    row = getattr(error, "row_number", 0) or 0
    column = getattr(error, "field_name", "") or getattr(error, "label", "") or ""
    cell = getattr(error, "cell", "")
    value = "" if cell is None else str(cell)
    problem, mend = _said(error, table)
    if error.type == "foreign-key":
        column, value = ", ".join(error.field_names), ", ".join(error.field_cells)
        problem = f"not in {error.reference_name}.csv"
    return Defect(table.path, row, "" if error.type in WHOLE_ROW else column, value, problem, mend)


def _unquoted(path: Path) -> tuple[str, str]:
    """What is wrong with the quotes or line ends of a CSV text, and the mend; empty when nothing is."""
    if b"\r" in path.read_bytes():
        row = path.read_bytes().partition(b"\r")[0].count(b"\n") + 1
        return f"a line end of another system in row {row}", "save the file with the line ends of Unix (LF) throughout"
    with path.open(encoding="utf-8", newline="") as file:
        rows, start = csv.reader(file, strict=True), 1
        try:
            for _ in rows:
                start = rows.line_num + 1
        except csv.Error:
            return f"quotes that do not pair in row {start}", "close the quote; inside a quoted cell write it twice"
    return "", ""


def file_defects(schema: Schema) -> list[Defect]:
    """Tables that cannot be read as tables at all: no file, no text, no rows, not the schema's header."""
    found = []
    for table in schema.tables.values():
        path = schema.folder / table.path
        problem, mend = "", MENDS["scheme-error"]
        try:
            with path.open(encoding="utf-8", newline="") as file:
                header = next(csv.reader(file), None)
                for _ in file:  # decode it all
                    pass
        except OSError as error:
            problem = PROBLEMS.get(type(error), error.strerror or "cannot be opened")
        except UnicodeDecodeError as error:
            problem, mend = f"not UTF-8 ({error.reason} at byte {error.start})", MENDS["encoding-error"]
        except csv.Error as error:
            problem, mend = f"not a CSV text ({error})", MENDS["incorrect-label"]
        else:
            if header is None:
                problem, mend = "an empty file", MENDS["source-error"]
            elif header and header[0].startswith("\ufeff"):
                problem, mend = "begins with a byte-order mark", MENDS["encoding-error"]
            elif header != table.columns:
                problem = f"the header is {','.join(header)}"
                mend = f"it must be {','.join(table.columns)}"
                if "verdict" in set(header) - set(table.columns):
                    mend += "; a verdict follows from rows and is never written by hand"
            else:
                problem, mend = _unquoted(path)
        if problem:
            found.append(Defect(table.path, 1 if "header" in problem else 0, "", "", problem, mend))
    return found


def schema_defects(schema: Schema) -> list[Defect]:
    """Everything in the tables that breaks types, constraints, keys or references of the schema.

    Where a file cannot be read as a table, that alone is said of it, and nothing of references: all would follow.
    """
    found = file_defects(schema)
    package = schema.package
    if found:
        unread = {defect.file for defect in found}
        package = {**package, "resources": [_alone(one) for one in package["resources"] if one["path"] not in unread]}
    if not package["resources"]:
        return found
    report = frictionless.Package(package, basepath=str(schema.folder)).validate()
    for task in report.tasks:
        whole = {error.row_number for error in task.errors if error.type in WHOLE_ROW}
        for error in task.errors:
            if error.type in WHOLE_ROW or getattr(error, "row_number", None) not in whole:
                found.append(_defect(error, schema.tables[task.name]))
    return found


def _alone(resource: dict[str, Any]) -> dict[str, Any]:
    """A table's description without its references to others."""
    described = {name: part for name, part in resource["schema"].items() if name != "foreignKeys"}
    return {**resource, "schema": described}


def _number_defects(table: Table, frame: pd.DataFrame) -> Iterator[Defect]:
    """Cells that the validator takes for numbers and a reader would not: other digits, signs or blanks."""
    for name, field in table.fields.items():
        if field["type"] in NUMBER and field.get("semantic") != "decimal":
            for line, cell in frame.loc[frame[name] != "", name].items():
                if not NUMBER[field["type"]].fullmatch(cell):
                    yield Defect(table.path, int(str(line)), name, cell, *TYPES[field["type"]])


def _readable(table: Table, schema: Schema, broken: set[int]) -> pd.DataFrame:
    """The table's rows of full length that are not broken, as text, by line; none when the file cannot be read."""
    try:
        with (schema.folder / table.path).open(encoding="utf-8", newline="") as file:
            rows = {line: row for line, row in enumerate(csv.reader(file), start=1)}
    except (OSError, UnicodeDecodeError):
        rows = {}
    if rows.pop(1, None) != table.columns:
        rows = {}
    kept = {line: row for line, row in rows.items() if line not in broken and len(row) == len(table.columns)}
    return pd.DataFrame.from_dict(kept, orient="index", columns=table.columns, dtype=object)


def typed(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame of text with its numbers as numbers, by the schema."""
    for name, field in table.fields.items():
        if field.get("semantic") == "decimal":
            decimals = [Decimal(cell) if cell else None for cell in frame[name]]
            frame[name] = pd.Series(decimals, index=frame.index, dtype=object)
        elif field["type"] in ("integer", "number"):
            numbers = pd.to_numeric(frame[name].replace("", None))
            frame[name] = numbers.astype("Int64" if field["type"] == "integer" else "Float64")
    return frame


def read(schema: Schema) -> tuple[Tables, list[Defect]]:
    """The rows that agree with the schema, typed, and every defect of those that do not."""
    defects = schema_defects(schema)
    frames = {}
    for name, table in schema.tables.items():
        broken = {defect.row for defect in defects if defect.file == table.path and defect.row}
        frame = _readable(table, schema, broken)
        unreadable = list(_number_defects(table, frame))
        defects += unreadable
        frames[name] = typed(table, frame.drop(index=[defect.row for defect in unreadable]))
    return Tables(schema, frames), defects


def without(tables: Tables, defects: list[Defect]) -> Tables:
    """The tables without the defective rows, nor any row that refers to a row that is not there."""
    frames = {}
    for name, table in tables.schema.tables.items():
        lines = {defect.row for defect in defects if defect.file == table.path}
        frames[name] = tables[name][~tables[name].index.isin(lines)]
    references = [
        (resource["name"], key["fields"], key["reference"]["resource"], key["reference"]["fields"])
        for resource in tables.schema.package["resources"]
        for key in resource["schema"].get("foreignKeys", [])
    ]
    shrunk = True
    while shrunk:
        shrunk = False
        for name, column, other, target in references:
            cells = frames[name][column]
            kept = frames[name][(cells == "") | cells.isin(frames[other][target])]
            shrunk = shrunk or len(kept) < len(frames[name])
            frames[name] = kept
    return Tables(tables.schema, frames)
