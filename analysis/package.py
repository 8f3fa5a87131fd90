"""The data package read into frames: the rows that agree with the schema, and what disagrees."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
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
    "type-error": "write a value of the type that the schema gives",
}


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


def _mend(error: Any, table: Table) -> str:
    if error.type != "constraint-error":
        return MENDS.get(error.type, error.description)
    field = table.fields[getattr(error, "field_name", "")]
    if 'constraint "required"' in error.note:
        if field["name"] == "origin_ids":
            return (
                "name the first publisher of the measurement, since a relay without origin cannot be counted"
            )
        return f"write the {field['name']}: {field['description']}"
    if "enum" in field.get("constraints", {}):
        return f"write one of {', '.join(field['constraints']['enum'])}"
    return f"write {field['description'][0].lower()}{field['description'][1:]}"


def _defect(error: Any, table: Table) -> Defect:
    """One error of the validator, in our words."""
    row = getattr(error, "row_number", 0) or 0
    column = getattr(error, "field_name", "") or getattr(error, "label", "") or ""
    value, problem = str(getattr(error, "cell", "") or ""), error.note or error.title
    if error.type == "foreign-key":
        column, value = ", ".join(error.field_names), ", ".join(error.field_cells)
        problem = f"not in {error.reference_name}.csv"
    return Defect(table.path, row, column, value, problem, _mend(error, table))


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
        if problem:
            found.append(Defect(table.path, 1 if "header" in problem else 0, "", "", problem, mend))
    return found


PLAIN = {"integer": re.compile(r"-?[0-9]+"), "number": re.compile(r"-?([0-9]+(\.[0-9]+)?|\.[0-9]+)")}
"""How numbers are written. The validator takes whatever Python does: other scripts' digits, 1_000, NaN."""


def plainly_written(field: Mapping[str, Any], cell: str) -> bool:
    """Whether a cell is empty, no number, or a number in the digits 0 to 9 with a point before its decimals."""
    form = PLAIN.get(field["type"])
    return not cell or form is None or form.fullmatch(cell) is not None


def number_defects(table: Table, frame: pd.DataFrame) -> Iterator[Defect]:
    """Numbers that the validator accepts and that nobody should write."""
    for name, field in table.fields.items():
        if field["type"] in PLAIN:
            for line, cell in frame[name].items():
                if not plainly_written(field, cell):
                    yield Defect(
                        table.path, int(str(line)), name, cell, "not written in plain digits",
                        "write it in the digits 0 to 9, with a point before decimals and no other mark",
                    )  # fmt: skip


def schema_defects(schema: Schema) -> list[Defect]:
    """Everything in the tables that breaks types, constraints, keys or references of the schema.

    Where a file cannot be read as a table, that alone is said: all that refers to it would follow.
    """
    if found := file_defects(schema):
        return found
    report = frictionless.Package(schema.package, basepath=str(schema.folder)).validate()
    return [_defect(error, schema.tables[task.name]) for task in report.tasks for error in task.errors]


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
        badly_written = list(number_defects(table, frame))
        defects += badly_written
        frames[name] = typed(table, frame.drop(sorted({defect.row for defect in badly_written})))
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
