"""The report of a run: one page that needs nothing else, and the same as JSON under a published schema.

Its parts follow the README template of the Social Science Data Editors (version 1.1): data availability and rights,
computational requirements, run time and memory, instructions, and the list of figures, tables and numbers in text
with the program that makes each. What it says comes from the run, the tables and the notebooks.
"""

from __future__ import annotations

import argparse
import csv
import json
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from analysis import paths, tables
from publish import scores
from review import unreproducible
from review.findings import FAILED, PASSED, SKIPPED
from review.mapping import mapping
from review.rows import counted, package, table
from review.seeds import seeds
from review.stages import STAGES

SCHEMA = Path(__file__).parent / "schemas" / "report.schema.json"
RESULTS = Path(__file__).parent / "results"
# What every user of the book needs to know of its software; the rest stands in the lock file.
SHOWN = ("jupyter-book", "sphinx", "pandas", "numpy", "scipy", "statsmodels", "networkx", "matplotlib", "salib", "jieba", "frictionless")


def _citation(folder: Path) -> dict[str, Any]:
    try:
        return dict(yaml.safe_load((folder / "CITATION.cff").read_text("utf-8")))
    except (OSError, ValueError, yaml.YAMLError):
        return {}


def _tables(folder: Path) -> list[dict[str, Any]]:
    return [
        {"name": one["name"], "path": f"data/{one['path']}", "title": one.get("title", ""), "rows": len(table(folder, one["path"].removesuffix(".csv")))}
        for one in package(folder).get("resources", [])
    ]


def _scores() -> list[dict[str, Any]]:
    """The published scores of the harnesses that break data and code, a file each."""
    return [
        {"name": path.stem.replace("_", " "), "path": f"review/results/{path.name}", "rows": list(csv.DictReader(path.open(encoding="utf-8")))}
        for path in sorted(RESULTS.glob("*mutation*.csv"))
    ]


def document(outcome: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The whole report, as it is published in JSON; `outcome` is what the run said, `folder` the copy it looked at."""
    ran = {line["name"] for line in outcome["stages"]}
    facts = {line["name"]: line["facts"] for line in outcome["stages"]}
    machine = facts.get("environment", {})
    described = package(folder)
    sources = table(folder, "sources")
    return {
        **outcome,
        "title": _citation(folder).get("title", ""),
        "version": str(_citation(folder).get("version", "")),
        "as_of": described.get("as_of", ""),
        "data_digest": tables.digest(folder / "data"),
        "not_run": [{"name": stage.name, "title": stage.title} for stage in STAGES if stage.name not in ran],
        "machine": {name: machine.get(name) for name in ("platform", "machine", "python", "cores", "memory_bytes")},
        "software": {name: release for name, release in machine.get("packages", {}).items() if name in SHOWN},
        "seeds": seeds(folder),
        "not_reproducible": unreproducible.everything(folder),
        "data": {
            "licence": described.get("licenses", []),
            "tables": _tables(folder),
            "sources_by_licence": counted(sources, "licence"),
            "sources_by_kind": counted(sources, "kind"),
            "sources_without_address": sources.loc[sources["url"] == "", "source_id"].tolist() if "url" in sources else [],
        },
        "programs": mapping(folder),
        "scores": _scores(),
    }


def duration(seconds: float) -> str:
    """A time as people say it."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def size(count: float | None) -> str:
    """Bytes as MB or GB; nothing for none."""
    if not count:
        return "–"
    return f"{count / 2**30:.1f} GB" if count >= 2**30 else f"{count / 2**20:.0f} MB"


def breakable(name: str) -> Markup:
    """A dotted name that a narrow column may break at its dots."""
    return Markup(".<wbr>").join(escape(part) for part in name.split("."))


def page(said: dict[str, Any]) -> str:
    """The report as one HTML page, with nothing outside it."""
    environment = Environment(loader=PackageLoader("review"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"breakable": breakable, "duration": duration, "size": size}
    words = {PASSED: "passed", FAILED: "found something", SKIPPED: "skipped"}
    chapters = {name: list(rows) for name, rows in groupby(said["programs"], key=lambda row: row["notebook"])}
    damage = Markup(scores.data(RESULTS)) if (RESULTS / "mutation.csv").exists() else ""
    return environment.get_template("report.html").render(report=said, words=words, chapters=chapters, damage=damage)


def write(outcome: dict[str, Any], folder: Path, target: Path) -> None:
    """Write report.html and report.json to `target`."""
    said = document(outcome, folder)
    target.mkdir(parents=True, exist_ok=True)
    (target / "report.json").write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (target / "report.schema.json").write_text(SCHEMA.read_text("utf-8"), encoding="utf-8")
    (target / "report.html").write_text(page(said), encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Write the report from the file that a run left."""
    parser = argparse.ArgumentParser(prog="python -m review report", description=__doc__)
    parser.add_argument("outcome", type=Path, help="what the stages said, as JSON")
    parser.add_argument("target", type=Path, help="folder of the report")
    parser.add_argument("--folder", type=Path, default=paths.ROOT, help="the copy of the project that was looked at")
    parsed = parser.parse_args(arguments)
    write(json.loads(parsed.outcome.read_text("utf-8")), parsed.folder, parsed.target)
    return 0
