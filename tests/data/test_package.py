"""The data package as its own tools read it, without a line of this project's code."""

from __future__ import annotations

import json
from typing import Any

import frictionless
import pytest

from analysis import paths

PACKAGE = paths.DATA / "datapackage.json"


def test_frictionless_itself_finds_the_package_and_every_table_valid() -> None:
    report = frictionless.validate(str(PACKAGE))
    assert report.valid, report.flatten(["type", "note", "rowNumber", "fieldName"])[:5]
    assert report.stats["tasks"] == len(json.loads(PACKAGE.read_text("utf-8"))["resources"])


@pytest.mark.parametrize(
    "damage",
    [
        lambda package: package["resources"][0].pop("path"),
        lambda package: package["resources"][0].update(name=7),
        lambda package: package["resources"][0]["schema"]["fields"][0].update(type="word"),
        lambda package: package["resources"][0]["schema"].update(foreignKeys=[{"fields": "x"}]),
    ],
)
def test_frictionless_itself_refuses_a_damaged_description(damage: Any) -> None:
    package = json.loads(PACKAGE.read_text("utf-8"))
    damage(package)
    with pytest.raises(frictionless.FrictionlessException):
        frictionless.Package.from_descriptor(package, basepath=str(paths.DATA))
