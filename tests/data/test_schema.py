"""The schema: what datapackage.json says, and what is said where it cannot be read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analysis import paths, schema
from analysis.errors import InputError

READ_BY_NAME = """anchors articles areas attributions claims codings corrections events figures forecasts inferences limits
observations offices origins positions readings relations sanctions series sources specifications stances""".split()


def _write(folder: Path, change: Callable[[Any], object]) -> Path:
    """A folder with the project's description, changed."""
    package = json.loads((paths.DATA / "datapackage.json").read_text("utf-8"))
    change(package)
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return folder


def test_a_table_is_described_as_the_package_says() -> None:
    described = schema.read(paths.DATA)
    package = json.loads((paths.DATA / "datapackage.json").read_text("utf-8"))
    assert described.package == package and described.folder == paths.DATA
    assert list(described.tables) == [resource["name"] for resource in package["resources"]]
    for resource in package["resources"]:
        table = described.tables[resource["name"]]
        assert table.name == resource["name"] and table.path == resource["path"]
        assert (table.title, table.description) == (resource["title"], resource["description"])
        assert table.key == tuple(resource["schema"]["primaryKey"])
        assert table.columns == [field["name"] for field in resource["schema"]["fields"]]
        assert list(table.fields.values()) == resource["schema"]["fields"]
    assert described.units == package["units"] and described.as_of == date.fromisoformat(package["as_of"])


def test_columns_are_found_by_their_meaning() -> None:
    claims = schema.read(paths.DATA).tables["claims"]
    assert claims.having("decimal") == ["figure_low", "figure_high"] and claims.having("unit") == ["unit"]
    assert claims.having("period") == ["period"] and claims.having("day") == []


@pytest.mark.parametrize("name", READ_BY_NAME)
def test_a_table_that_verdicts_read_is_described(tmp_path: Path, name: str) -> None:
    folder = _write(tmp_path, lambda package: package.update(resources=[one for one in package["resources"] if one["name"] != name]))
    with pytest.raises(InputError, match=rf"datapackage\.json: does not describe {name}; restore what is missing$"):
        schema.read(folder)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda package: package.update(units={}), "does not describe the units; restore"),
        (lambda package: package.update(as_of="soon"), "no description of the tables (ValueError: "),
        (lambda package: package.pop("units"), "no description of the tables (KeyError: 'units'); restore it"),
        (lambda package: package.pop("as_of"), "no description of the tables (KeyError: 'as_of'); restore it"),
        (lambda package: package["resources"][0].pop("title"), "no description of the tables (KeyError: 'title'); restore it"),
        (lambda package: package["resources"][0].update(path="a b.csv"), "table articles is said to be in 'a b.csv'; write a path below"),
        (lambda package: package["resources"][0].update(path="/a.csv"), "table articles is said to be in '/a.csv'"),
        (lambda package: package["resources"][0].update(path="A.CSV"), "table articles is said to be in 'A.CSV'"),
        (lambda package: package["resources"][0].update(path="a.csv.exe"), "table articles is said to be in 'a.csv.exe'"),
    ],
)
def test_a_damaged_description_is_named(tmp_path: Path, change: Callable[[Any], object], said: str) -> None:
    with pytest.raises(InputError, match=re.escape(f"{tmp_path / 'datapackage.json'}: {said}")):
        schema.read(_write(tmp_path, change))


def test_a_table_may_lie_in_a_folder_of_its_own(tmp_path: Path) -> None:
    folder = _write(tmp_path, lambda package: package["resources"][0].update(path="a_1/b2/articles_3.csv"))
    assert schema.read(folder).tables["articles"].path == "a_1/b2/articles_3.csv"


def _folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: None, ": no such file; name the folder that holds the tables and their schema"),
        (_folder, ": a folder, no file; name the folder"),
        (lambda path: path.write_bytes(b"{"), ": not a JSON text ("),
        (lambda path: path.write_bytes(b"\xff"), ": not a JSON text ("),
        (lambda path: path.write_bytes(b"[]"), ": no description of the tables ("),
    ],
)
def test_a_folder_without_a_readable_schema_is_refused(tmp_path: Path, make: Callable[[Path], object], said: str) -> None:
    make(tmp_path / "datapackage.json")
    with pytest.raises(InputError, match=re.escape(f"{tmp_path / 'datapackage.json'}{said}")):
        schema.read(tmp_path)


def test_a_file_is_no_folder_of_tables(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="no such file; name the folder"):
        schema.read(tmp_path / "file")
