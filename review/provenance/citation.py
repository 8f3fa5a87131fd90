"""CITATION.cff by the schema of the Citation File Format, and the deposit's .zenodo.json made from it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft7Validator, Draft202012Validator

from analysis import paths
from review.findings import Result
from review.rows import package

SCHEMAS = Path(__file__).parent.parent / "schemas"
CFF, ZENODO = "CITATION.cff", ".zenodo.json"


def cited(folder: Path) -> dict[str, Any]:
    """CITATION.cff with its dates as text, as its schema wants them."""
    loaded: dict[str, Any] = yaml.load((folder / CFF).read_text("utf-8"), Loader=yaml.BaseLoader)
    return loaded


def deposit(folder: Path) -> dict[str, Any]:
    """What a deposit at Zenodo says of the project: from CITATION.cff and the description of the tables."""
    said, described = cited(folder), package(folder)
    creators = [{"name": one["name"] if "name" in one else f"{one['family-names']}, {one['given-names']}"} for one in said["authors"]]
    return {
        "upload_type": "dataset",
        "title": said["title"],
        "creators": creators,
        "description": said["abstract"].strip(),
        "version": said["version"],
        "keywords": said["keywords"],
        "access_right": "open",
        # One licence fits the field; the code's stands in the notes.
        "license": "cc-by-4.0",
        "language": "eng",
        "notes": f"Text, figures and data: CC BY 4.0. Code: MIT. Evidence up to {described['as_of']}.",
    }


def write(folder: Path = paths.ROOT) -> Path:
    """Write .zenodo.json anew."""
    path = folder / ZENODO
    path.write_text(json.dumps(deposit(folder), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def _schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SCHEMAS / name).read_text("utf-8"))
    return loaded


def check(folder: Path, result: Result) -> None:
    """Add what is wrong with either file, and where they disagree with one another or with the version elsewhere."""
    try:
        said = cited(folder)
    except (OSError, yaml.YAMLError) as error:
        result.add(CFF, f"cannot be read: {error}")
        return
    faults = list(Draft7Validator(_schema("cff-1.2.0.schema.json")).iter_errors(said))
    for fault in faults:
        result.add(f"{CFF}, {'.'.join(map(str, fault.path)) or 'top'}", fault.message[:300])
    project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
    for name, version in (("pyproject.toml", project["version"]), ("data/datapackage.json", package(folder).get("version"))):
        if version != said.get("version"):
            result.add(f"{CFF}, version", f"is {said.get('version')}, and {version} in {name}")
    try:
        stored = json.loads((folder / ZENODO).read_text("utf-8"))
    except (OSError, ValueError) as error:
        result.add(ZENODO, f"cannot be read: {error}; run `python -m review deposit`")
        return
    for fault in Draft202012Validator(_schema("zenodo.schema.json")).iter_errors(stored):
        result.add(f"{ZENODO}, {'.'.join(map(str, fault.path)) or 'top'}", fault.message[:300])
    if not faults:
        made = deposit(folder)
        for name in sorted(key for key in made.keys() | stored.keys() if made.get(key) != stored.get(key)):
            result.add(f"{ZENODO}, {name}", f"is not what {CFF} says; run `python -m review deposit`")


def main(arguments: list[str]) -> int:
    """Write .zenodo.json from CITATION.cff."""
    print(f"written: {write().relative_to(paths.ROOT)}")
    return 0
