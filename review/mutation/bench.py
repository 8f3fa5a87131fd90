"""The bench: the tables in memory, and one damaged copy after another held against every layer that could catch it."""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import frictionless
import pandas as pd

from analysis import checks, package, schema
from analysis.errors import Defect
from analysis.package import Tables
from analysis.readings import split
from review import second_path
from review.mutation.operators import Damage
from review.second_path.folder import NAMES, Folder

SCHEMA, RULES, BOUNDS, SECOND_SOURCE = "schema", "rules", "bounds", "second source"
VERDICTS, FIGURES, DIGEST = "verdicts", "figures", "digest"
MEANING = (SCHEMA, RULES, BOUNDS, SECOND_SOURCE)
"""Layers that know what a cell means and need no stored result."""
STORED = (VERDICTS, FIGURES)
"""Layers that hold a result against the one stored in the book: recomputed verdicts, and what figures draw."""
LAYERS = (*MEANING, *STORED, DIGEST)

DRAWN = {
    "observations": {
        "observation_id",
        "series_id",
        "period",
        "geo",
        "counterparty",
        "value",
        "bound",
        "status",
    }
    | {"quality", "source_id", "origin_ids"},
    "series": {"series_id", "title_en", "unit"},
    "sources": {"source_id", "publisher"},
    "figures": {"figure_id", "article_id", "series_ids"},
}
"""The columns that the data of a figure shows, by table."""

Rule = Callable[[Tables], Iterator[Defect]]
Rows = dict[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Mutant:
    """One damage to one row."""

    table: str
    position: int
    column: str
    operator: str
    damage: Damage


def _layer(rule: Rule) -> str:
    """The layer that a rule of the checks belongs to, by the module that holds it."""
    return {"limits": BOUNDS, "second_source": SECOND_SOURCE}.get(rule.__module__.rpartition(".")[2], RULES)


class _Watched(Tables):
    """Tables that remember which of them were asked for."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables.schema, dict(tables))
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> pd.DataFrame:
        self.asked.add(name)
        return super().__getitem__(name)


class _WatchedRow(dict[str, str]):
    """A row that remembers which of its columns were read."""

    def __init__(self, row: dict[str, str], read: set[str]) -> None:
        super().__init__(row)
        self.read = read

    def __getitem__(self, name: str) -> str:
        self.read.add(name)
        return super().__getitem__(name)


class _Remembered:
    """Rows of frames as dictionaries, each frame's made once: every rule asks for them, and nearly all stay the same."""

    def __init__(self, kept: list[pd.DataFrame]) -> None:
        self.made = {id(frame): (frame, self._made(frame)) for frame in kept}
        self.damaged: tuple[pd.DataFrame, list[tuple[int, dict[str, Any]]]] | None = None

    @staticmethod
    def _made(frame: pd.DataFrame) -> list[tuple[int, dict[str, Any]]]:
        return list(zip(frame.index.tolist(), frame.to_dict("records"), strict=True))  # type: ignore[arg-type]

    def __call__(self, frame: pd.DataFrame) -> list[tuple[int, dict[str, Any]]]:
        if id(frame) in self.made:
            return self.made[id(frame)][1]
        if self.damaged is None or self.damaged[0] is not frame:
            self.damaged = frame, self._made(frame)
        return self.damaged[1]


class Bench:
    """One folder of sound tables; `caught` says what a mutant of it would trip over."""

    def __init__(self, folder: Path) -> None:
        self.schema = schema.read(folder)
        self.rows: Rows = {}
        for name, table in self.schema.tables.items():
            with (folder / table.path).open(encoding="utf-8", newline="") as file:
                self.rows[name] = list(csv.DictReader(file))
        self.frames = {name: self._typed(name, rows) for name, rows in self.rows.items()}
        self.descriptors = {
            resource["name"]: resource["schema"] for resource in self.schema.package["resources"]
        }
        self.readers = {
            name: {field.name: field.create_cell_reader() for field in frictionless.Schema(described).fields}
            for name, described in self.descriptors.items()
        }
        self.rules = self._sound_rules()
        self.drawn_series = {part for row in self.rows["figures"] for part in split(row["series_ids"])}

    def _typed(self, name: str, rows: list[dict[str, str]]) -> pd.DataFrame:
        table = self.schema.tables[name]
        frame = pd.DataFrame(rows, columns=table.columns, dtype=object)
        frame.index = pd.Index(range(2, len(frame) + 2))
        return package.typed(table, frame)

    # What the layers know before anything is damaged

    def _sound_rules(self) -> list[tuple[Rule, str, set[str]]]:
        """Every rule between rows with its layer and the tables that it asks for; ValueError when one is broken already."""
        found: list[tuple[Rule, str, set[str]]] = []
        remembered = _Remembered(list(self.frames.values()))
        for rule in (*checks.BETWEEN_ROWS, *checks.ON_ABSENCE):
            if rule is not checks.order:
                watched = _Watched(Tables(self.schema, self.frames))
                if defects := list(rule(watched)):
                    raise ValueError(f"the tables are not sound before any damage: {defects[0]}")
                found.append((rule, _layer(rule), watched.asked))
                module = sys.modules[rule.__module__]
                if hasattr(module, "numbered"):
                    setattr(module, "numbered", remembered)  # noqa: B010
        # Layers in their order, so that the first that catches is the one that is named.
        return sorted(found, key=lambda rule: LAYERS.index(rule[1]))

    @cached_property
    def keys(self) -> dict[str, Counter[tuple[str, ...]]]:
        return {
            name: Counter(tuple(row[part] for part in table.key) for row in self.rows[name])
            for name, table in self.schema.tables.items()
        }

    @cached_property
    def references(self) -> list[tuple[str, str, str, str]]:
        """Table and column that refer, table and column referred to: foreign keys, and lists of keys."""
        found = [
            (name, key["fields"], key["reference"]["resource"], key["reference"]["fields"])
            for name, described in self.descriptors.items()
            for key in described.get("foreignKeys") or []
        ]
        for name, table in self.schema.tables.items():
            for column, field in table.fields.items():
                if "references" in field:
                    other, target = field["references"].split(".")
                    found.append((name, column, other, target))
        return found

    @cached_property
    def referred(self) -> dict[tuple[str, str], Counter[str]]:
        """How often each cell of a table and column is referred to."""
        found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for name, column, other, target in self.references:
            for row in self.rows[name]:
                found[other, target].update(split(row[column]))
        return found

    @cached_property
    def values(self) -> dict[tuple[str, str], Counter[str]]:
        """The cells of each column that is referred to."""
        return {
            (other, target): Counter(row[target] for row in self.rows[other])
            for _, _, other, target in self.references
        }

    @cached_property
    def _second(self) -> tuple[list[dict[str, Any]], dict[str, set[str]]]:
        """The results of the undamaged tables, and the columns that they rest on, by table."""
        read: dict[str, set[str]] = {name: set() for name in NAMES}
        watched = {name: [_WatchedRow(row, read[name]) for row in self.rows[name]] for name in NAMES}
        return second_path.recompute_rows(Folder(watched, self.as_of)), read  # type: ignore[arg-type]

    @property
    def as_of(self) -> date:
        return self.schema.as_of

    # One mutant

    def caught(self, mutant: Mutant) -> tuple[str, str]:
        """The first layer that catches a mutant, and what it says; the digest sees what no other layer does.

        Rows that break the schema are never loaded, and tables that break a rule are never judged.
        """
        if said := self._schema(mutant):
            return SCHEMA, said
        for layer, said in self._rules(mutant):
            return layer, said
        if said := self._verdicts(mutant):
            return VERDICTS, said
        if said := self._figures(mutant):
            return FIGURES, said
        return DIGEST, "nothing but the bytes of the table differs"

    def _changed(self, mutant: Mutant) -> dict[str, str]:
        before = self.rows[mutant.table][mutant.position]
        return {name: cell for name, cell in mutant.damage.cells.items() if cell != before[name]}

    def _schema(self, mutant: Mutant) -> str:
        """Text, types and constraints of cells, the table's key, keys of other tables, as the validator sees them."""
        name, table = mutant.table, self.schema.tables[mutant.table]
        if mutant.damage.undecodable:
            return f"{table.path}: not UTF-8"
        before, after = self.rows[name][mutant.position], mutant.damage.cells
        for column in self._changed(mutant):
            _, notes = self.readers[name][column](after[column])
            if notes:
                return f"{column}: {next(iter(notes.values()))}"
            if not package.plainly_written(table.fields[column], after[column]):
                return f"{column}: not written in plain digits"
        if mutant.damage.rows == 2:
            return "a key twice"
        old, new = (tuple(row[part] for part in table.key) for row in (before, after))
        if old != new and self.keys[name][new]:
            return "a key twice"
        gone = {column: before[column] for column in table.columns} if mutant.damage.rows == 0 else {}
        changed = self._changed(mutant)
        for here, column, other, target in self.references:
            known = self.values[other, target]
            if here == name and column in changed and mutant.damage.rows:
                missing = [part for part in split(after[column]) if not known[part]]
                if missing:
                    return f"{column}: {missing[0]} is not in {other}"
            if other == name and (target in changed or target in gone):
                lost = before[target]
                if known[lost] == 1 and self.referred[other, target][lost]:
                    return f"{target}: {lost} is referred to by {here}"
        return ""

    def _frames(self, mutant: Mutant) -> dict[str, pd.DataFrame]:
        frame, position = self.frames[mutant.table], mutant.position
        kept = [frame.iloc[:position], frame.iloc[position + 1 :]]
        if mutant.damage.rows:
            one = self._typed(mutant.table, [dict(mutant.damage.cells)])
            one.index = pd.Index([position + 2])
            kept.insert(1, one)
        return {**self.frames, mutant.table: pd.concat(kept)}

    def _rules(self, mutant: Mutant) -> Iterator[tuple[str, str]]:
        frames = self._frames(mutant)
        alone = schema.Schema(
            self.schema.folder,
            {
                **self.schema.package,
                "resources": [row for row in self.schema.package["resources"] if row["name"] == mutant.table],
            },
        )
        one = frames[mutant.table]
        shown = {**frames, mutant.table: one[one.index == mutant.position + 2]}
        for rule in checks.OF_CELLS:
            if defect := next(rule(Tables(alone, shown)), None):
                yield RULES, str(defect)
                return  # the row is left out, so that no other rule meets a period that cannot be read
        if defect := next(checks.order(Tables(alone, frames)), None):
            yield RULES, str(defect)
        damaged = Tables(self.schema, frames)
        for rule, layer, asked in self.rules:
            if mutant.table in asked:
                try:
                    if defect := next(rule(damaged), None):
                        yield layer, str(defect)
                except (ValueError, KeyError, ArithmeticError, TypeError) as error:
                    yield layer, f"{type(error).__name__}: {error}"

    def _verdicts(self, mutant: Mutant) -> str:
        name = mutant.table
        if name not in NAMES:
            return ""
        results, read = self._second
        if mutant.damage.rows == 1 and not read[name] & set(self._changed(mutant)):
            return ""
        rows: Rows = {**{table: self.rows[table] for table in NAMES}}
        damaged = [dict(mutant.damage.cells)] * mutant.damage.rows
        rows[name] = [*rows[name][: mutant.position], *damaged, *rows[name][mutant.position + 1 :]]
        try:
            differing = second_path.differences(results, second_path.recompute_rows(Folder(rows, self.as_of)))
        except (ValueError, KeyError, IndexError, TypeError, ArithmeticError) as error:
            return f"cannot be judged: {type(error).__name__}: {error}"
        return f"{len(differing)} results differ, first {differing[0]['claim_id']}" if differing else ""

    def _figures(self, mutant: Mutant) -> str:
        """Whether what a figure draws is another: worked out from the columns that its data shows."""
        shown = DRAWN.get(mutant.table)
        if not shown or (mutant.damage.rows == 1 and not shown & set(self._changed(mutant))):
            return ""
        row = self.rows[mutant.table][mutant.position]
        if mutant.table == "sources":
            drawn = row["source_id"] in self._drawn_sources
        elif mutant.table == "figures":
            drawn = bool(row["series_ids"]) or "figure_id" in self._changed(
                mutant
            )  # its notebook asks for it by id
        else:
            drawn = row["series_id"] in self.drawn_series
        return "the data of a figure differs" if drawn else ""

    @cached_property
    def _drawn_sources(self) -> set[str]:
        return {
            row["source_id"] for row in self.rows["observations"] if row["series_id"] in self.drawn_series
        }
