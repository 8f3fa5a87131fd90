"""The tables of a folder, read with nothing but the standard library."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from review.second_path.days import last_day

Row = Mapping[str, str]

NAMES = (
    "articles attributions claims corrections events forecasts inferences observations offices readings "
    "series sources specifications stances"
).split()
"""The tables on which verdicts rest."""


def listed(cell: str) -> list[str]:
    """The parts of a list that semicolons join."""
    return [part.strip() for part in cell.split(";") if part.strip()]


@dataclass(frozen=True)
class Folder:
    """Rows of text by table, and the day up to which the evidence reaches."""

    rows: Mapping[str, list[dict[str, str]]]
    as_of: date

    def _by(self, table: str, column: str) -> dict[str, Row]:
        return {row[column]: row for row in self.rows[table]}

    def _all_by(self, table: str, column: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows[table]:
            found[row[column]].append(row)
        return found

    @cached_property
    def claims(self) -> dict[str, Row]:
        return self._by("claims", "claim_id")

    @cached_property
    def articles(self) -> dict[str, Row]:
        return self._by("articles", "article_id")

    @cached_property
    def sources(self) -> dict[str, Row]:
        return self._by("sources", "source_id")

    @cached_property
    def series(self) -> dict[str, Row]:
        return self._by("series", "series_id")

    @cached_property
    def events(self) -> dict[str, Row]:
        return self._by("events", "event_id")

    @cached_property
    def forecasts(self) -> dict[str, Row]:
        return self._by("forecasts", "claim_id")

    @cached_property
    def readings(self) -> dict[str, Row]:
        return self._by("readings", "reading_id")

    @cached_property
    def primary(self) -> dict[str, Row]:
        """Of each claim, the reading that judges it."""
        return {row["claim_id"]: row for row in self.rows["readings"] if row["primary"] == "yes"}

    @cached_property
    def stances(self) -> dict[str, list[Row]]:
        return self._all_by("stances", "claim_id")

    @cached_property
    def specifications(self) -> dict[str, list[Row]]:
        return self._all_by("specifications", "claim_id")

    @cached_property
    def implications(self) -> dict[str, list[str]]:
        """Of each cause, the claims that must hold if it does."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.rows["inferences"]:
            if row["relation"] == "implies":
                found[row["from_claim"]].append(row["to_claim"])
        return found

    @cached_property
    def cited(self) -> set[tuple[str, str]]:
        """Which source an article names for which claim."""
        return {(row["claim_id"], row["source_id"]) for row in self.rows["attributions"]}

    @cached_property
    def offices(self) -> dict[str, list[Row]]:
        """Tenures by person and office."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows["offices"]:
            found[f"{row['person']}|{row['office']}"].append(row)
        return found

    @cached_property
    def observations(self) -> dict[tuple[str, str, str], list[Row]]:
        """Observations by series, area and counterparty, corrected; rows of the articles themselves never count."""
        corrections = self._by("corrections", "observation_id")
        found: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in self.rows["observations"]:
            mended: Row | None = row
            correction = corrections.get(row["observation_id"])
            if correction and correction["expected"] == row["value"]:
                mended = None if correction["action"] == "drop" else {**row, "value": correction["value"]}
            if mended and self.counts(mended):
                found[row["series_id"], row["geo"], row["counterparty"]].append(mended)
        return found

    def counts(self, row: Row) -> bool:
        """Whether a row's source is evidence at all."""
        return self.sources[row["source_id"]]["kind"] != "article"

    def known(self, row: Row, day: date) -> bool:
        """Whether a row was public on a day: by its own date, otherwise by its source's."""
        since = row["known_since"] or self.sources[row["source_id"]]["published"]
        return bool(since) and last_day(since) <= day

    def published(self, claim: Row) -> date:
        """The day on which the claim's article appeared."""
        return last_day(self.articles[claim["article_id"]]["published"])


def read(folder: Path) -> Folder:
    """Read the tables that `folder`/datapackage.json describes; OSError, KeyError or ValueError when it cannot be."""
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    paths = {resource["name"]: folder / resource["path"] for resource in package["resources"]}
    rows = {}
    for name in NAMES:
        with paths[name].open(encoding="utf-8", newline="") as file:
            rows[name] = list(csv.DictReader(file))
    return Folder(rows, date.fromisoformat(package["as_of"]))
