"""The data package read into frames: the rows that agree with the schema, and what disagrees."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

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


def numbered(frame: pd.DataFrame) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each row of a table with its line in the file, the header being line 1."""
    yield from zip(frame.index, frame.to_dict("records"), strict=True)


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


def references(schema: Schema) -> list[tuple[str, str, str, str]]:
    """The schema's foreign keys: table and column, and the table and column that they point to."""
    return [
        (resource["name"], key["fields"], key["reference"]["resource"], key["reference"]["fields"])
        for resource in schema.package["resources"]
        for key in resource["schema"].get("foreignKeys", [])
    ]


def schema_defects(schema: Schema, frames: Mapping[str, pd.DataFrame], unread: set[str]) -> list[Defect]:
    """Everything in the tables, `frames` of text, that breaks types, constraints, keys or references of the schema.

    The files `unread` are left out, and references too when there are any: all would follow from that.
    References are looked up here: the validator would read and type the file a key points to once
    for every key, which took most of its time.
    """
    import frictionless  # slow to import, and not needed for tables known to be sound

    package = deepcopy(schema.package)
    package["resources"] = [resource for resource in package["resources"] if resource["path"] not in unread]
    if not package["resources"]:
        return []
    for resource in package["resources"]:
        resource["schema"].pop("foreignKeys", None)
    found = []
    for task in frictionless.Package(package, basepath=str(schema.folder)).validate().tasks:
        whole = {error.row_number for error in task.errors if error.type in WHOLE_ROW}
        for error in task.errors:
            if error.type in WHOLE_ROW or getattr(error, "row_number", None) not in whole:
                found.append(_defect(error, schema.tables[task.name]))
    return found if unread else found + dangling(schema, frames)


def dangling(schema: Schema, frames: Mapping[str, pd.DataFrame]) -> list[Defect]:
    """Cells that point to a row that is not there."""
    found = []
    for name, column, other, target in references(schema):
        cells = frames[name][column]
        lost = cells[(cells != "") & ~cells.isin(set(frames[other][target]))]
        found += [
            Defect(schema.tables[name].path, line, column, cell, f"not in {other}.csv", MENDS["foreign-key"])
            for line, cell in zip(lost.index, lost, strict=True)
        ]
    return found


def plainly_written(field: Mapping[str, Any], cell: str) -> bool:
    """Whether a cell is empty, of a field that is no number, or a number as a reader would write it."""
    form = NUMBER.get(field["type"])
    return not cell or form is None or form.fullmatch(cell) is not None


def number_defects(table: Table, frame: pd.DataFrame) -> Iterator[Defect]:
    """Cells that the validator takes for numbers and a reader would not: other digits, signs or blanks."""
    for name, field in table.fields.items():
        if field["type"] in NUMBER:
            for line, cell in frame[name].items():
                if not plainly_written(field, cell):
                    yield Defect(table.path, int(str(line)), name, cell, *TYPES[field["type"]])


def _text(table: Table, schema: Schema) -> pd.DataFrame:
    """The table's rows of full length, as text, by line; none when the file cannot be read."""
    try:
        with (schema.folder / table.path).open(encoding="utf-8", newline="") as file:
            rows = {line: row for line, row in enumerate(csv.reader(file), start=1)}
    except (OSError, UnicodeDecodeError, csv.Error):
        rows = {}
    if rows.pop(1, None) != table.columns:
        rows = {}
    kept = {line: row for line, row in rows.items() if len(row) == len(table.columns)}
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
    """The rows that agree with the schema, typed, and every defect of those that do not.

    Where a file cannot be read as a table, that alone is said of it, and nothing of references: all would follow.
    """
    frames = {name: _text(table, schema) for name, table in schema.tables.items()}
    defects = file_defects(schema)
    defects += schema_defects(schema, frames, {defect.file for defect in defects})
    broken: dict[str, set[int]] = {}
    for defect in defects:
        broken.setdefault(defect.file, set()).add(defect.row)
    for name, table in schema.tables.items():
        lines = broken.get(table.path, set())
        sound = frames[name][~frames[name].index.isin(lines)] if lines else frames[name]
        badly_written = list(number_defects(table, sound))
        defects += badly_written
        frames[name] = typed(table, sound.drop(index=sorted({defect.row for defect in badly_written})))
    return Tables(schema, frames), defects


def trusted(schema: Schema) -> Tables:
    """The tables, typed, for a caller who knows that they have no defect."""
    return Tables(schema, {name: typed(table, _text(table, schema)) for name, table in schema.tables.items()})


def without(tables: Tables, defects: list[Defect]) -> Tables:
    """The tables without the defective rows, nor any row that refers to a row that is not there."""
    frames = {}
    for name, table in tables.schema.tables.items():
        lines = {defect.row for defect in defects if defect.file == table.path}
        frames[name] = tables[name][~tables[name].index.isin(lines)]
    shrunk = True
    while shrunk:
        shrunk = False
        for name, column, other, target in references(tables.schema):
            cells = frames[name][column]
            kept = frames[name][(cells == "") | cells.isin(frames[other][target])]
            shrunk = shrunk or len(kept) < len(frames[name])
            frames[name] = kept
    return Tables(tables.schema, frames)
