"""The tables: the project's own check of every rule, and frictionless itself on the published description."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

from review import command
from review.findings import Result

PLACE = re.compile(r"^(?P<place>\S+\.(?:csv|json)(?:, row \d+)?(?:, column \w+)?)(?P<rest>.*)$", re.DOTALL)


def check(folder: Path) -> Result:
    """`analysis check` and `frictionless validate` on the tables in `folder`."""
    result = Result()
    done = command.python(folder, "analysis", "check")
    if done.status:
        for line in done.errors.strip().splitlines() or [done.last]:
            match = PLACE.match(line)
            result.add(f"data/{match['place']}" if match else "analysis check", (match["rest"] if match else line).lstrip(": "))
    _frictionless(folder, result)
    tables = sorted((folder / "data").rglob("*.csv"))
    result.facts = {"tables": len(tables), "rows": sum(_rows(table) for table in tables)}
    return result


def _rows(table: Path) -> int:
    with table.open(encoding="utf-8", errors="replace", newline="") as file:
        return max(sum(1 for _ in csv.reader(line.replace("\0", "") for line in file)) - 1, 0)


def _frictionless(folder: Path, result: Result) -> None:
    done = command.python(folder / "data", "frictionless", "validate", "datapackage.json", "--json", PYTHONPATH="")
    try:
        report = json.loads(done.out)
    except ValueError:
        result.add("data/datapackage.json", f"frictionless could not read it: {done.last}")
        return
    for error in report.get("errors", []):
        result.add("data/datapackage.json", f"frictionless: {error['message']}")
    for task in report.get("tasks", []):
        for error in task["errors"]:
            row = f", row {error['rowNumber']}" if error.get("rowNumber") else ""
            column = f", column {error['fieldName']}" if error.get("fieldName") else ""
            result.add(f"data/{task.get('place', task['name'])}{row}{column}", f"frictionless: {error['message']}")
