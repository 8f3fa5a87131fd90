"""A state of the project: its verdicts and the rows behind them, from a folder or from a revision of the repository."""

from __future__ import annotations

import csv
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis import tables
from analysis.errors import InputError
from review import command, copying

Row = dict[str, str]
# Tables whose rows belong to one claim and say how it is judged.
OF_CLAIMS = ("claims", "readings", "specifications", "forecasts", "stances")


@dataclass(frozen=True)
class State:
    """`digest` identifies the tables (as the foot of every page does), `date` is ISO 8601."""

    date: str
    digest: str
    ledger: dict[str, dict[str, Any]]
    rows: dict[str, dict[str, Row]]
    implied: dict[str, set[str]]

    def of(self, claim: str) -> dict[tuple[str, str], Row]:
        """The rows that say how a claim is judged, by table and key."""
        return {(name, key): row for name in OF_CLAIMS for key, row in self.rows[name].items() if row.get("claim_id") == claim}

    def evidence(self, claim: str) -> dict[tuple[str, str, str, str], str]:
        """The values that a claim's verdict rests on, by table, key, period and source."""
        found = self.ledger.get(claim, {}).get("evidence", [])
        return {(one["table"], one["key"], one["period"], one["source_id"]): str(one["value"]) for one in found}


def _table(path: Path, keys: list[str]) -> dict[str, Row]:
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {"|".join(row[key] for key in keys if key in row): row for row in csv.DictReader(file)}


def read(folder: Path, date: str = "") -> State:
    """The state of the project in `folder`; InputError where its own check refuses the tables."""
    done = command.python(folder, "analysis", "ledger", "--json")
    if done.status:
        raise InputError(f"{folder.name}: its ledger cannot be made: {done.last}")
    package = json.loads((folder / "data" / "datapackage.json").read_text("utf-8"))
    keys = {one["name"]: one["schema"].get("primaryKey", []) for one in package["resources"]}
    rows = {
        name: _table(folder / "data" / f"{name}.csv", [keys[name]] if isinstance(keys.get(name), str) else keys.get(name, []))
        for name in OF_CLAIMS
    }
    implied: dict[str, set[str]] = {}
    inferences = _table(folder / "data" / "inferences.csv", ["inference_id", "from_claim"])
    for row in inferences.values():
        if row["relation"] == "implies":
            implied.setdefault(row["from_claim"], set()).add(row["to_claim"])
    ledger = {line["claim_id"]: line for line in json.loads(done.out)}
    return State(date or package["as_of"], tables.digest(folder / "data")[:12], ledger, rows, implied)


def named(name: str, repository: Path) -> State:
    """The state that a user names: a folder that holds the project, or a revision of the repository."""
    if (Path(name) / "data" / "datapackage.json").exists():
        return read(Path(name).resolve())
    if not copying.git(repository, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"):
        raise InputError(f"{name!r} is neither a folder with the project in it nor a revision of this repository")
    with tempfile.TemporaryDirectory() as place:
        copying.export(repository, Path(place) / "project", name)
        return read(Path(place) / "project", copying.git(repository, "show", "-s", "--format=%as", name))
