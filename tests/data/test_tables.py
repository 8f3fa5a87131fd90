"""Tables examined as a whole: in which order rules are asked, and what names a state of the data.

Every folder here is one of the small package, with one rule of each kind.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import small

from analysis import checks, paths, tables
from analysis.errors import Defect, InvalidData
from analysis.package import Tables, numbered
from analysis.schema import Schema

COUNTRIES = "country,size,people,share,area,flag,code\n"
TOWNS = "town,country,origin_ids\nSarh,Chad,o\nGao,Mali,o\n"


def _capitals(read: Tables) -> Iterator[Defect]:
    """Of cells: a code is of capitals."""
    for line, row in numbered(read["countries"]):
        if row["code"].islower():
            yield Defect("countries.csv", line, "code", row["code"], "small", "write capitals")


def _larger(read: Tables) -> Iterator[Defect]:
    """Between rows: no country is larger than the first."""
    for line, row in numbered(read["countries"]):
        if row["size"] == "large" and read["countries"]["size"].iloc[0] == "small":
            yield Defect("countries.csv", line, "size", row["size"], "larger", "look again")


def _empty(read: Tables) -> Iterator[Defect]:
    """On absence: every country has a town."""
    for line, row in numbered(read["countries"]):
        if row["country"] not in set(read["towns"]["country"]):
            yield Defect("countries.csv", line, "country", row["country"], "no town", "add one")


@pytest.fixture(autouse=True)
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables.schema, "read", lambda folder: Schema(folder, copy.deepcopy(small.PACKAGE)))
    for kind, rule in {"OF_CELLS": _capitals, "BETWEEN_ROWS": _larger, "ON_ABSENCE": _empty}.items():
        monkeypatch.setattr(checks, kind, (rule,))


def _folder(folder: Path, *countries: str, **files: str | None) -> Path:
    """A folder of the small package with these countries, and other texts for other files."""
    folder.mkdir(exist_ok=True)
    text = "\n".join([COUNTRIES.strip(), *(countries or ("Chad,large,,,,,TD", "Mali,small,,,,,ML")), ""])
    return small.written(folder, **{"countries": text, "towns": TOWNS, **files}).folder


def _found(folder: Path, *countries: str, **files: str | None) -> list[str]:
    return [str(one).partition(";")[0] for one in tables.check(_folder(folder, *countries, **files))]


SMALL, TOO_LARGE = "countries.csv, row 2, column code: 'td': small", "countries.csv, row 3, column size: 'large': larger"


def test_a_file_that_is_no_table_is_told_before_any_rule_is_asked(tmp_path: Path) -> None:
    wrong = ("Chad,small,,,,,td", "Mali,large,,,,,")
    assert _found(tmp_path / "b", *wrong) == [SMALL]
    assert _found(tmp_path / "c", *wrong, roads=None) == ["roads.csv: no such file"]
    assert _found(tmp_path / "d", *wrong, roads="road\n") == ["roads.csv, row 1: the header is road"]
    assert _found(tmp_path / "e", *wrong, roads=None, towns="town\n") == ["roads.csv: no such file", "towns.csv, row 1: the header is town"]


def test_a_row_that_breaks_the_schema_keeps_no_rule_from_the_others(tmp_path: Path) -> None:
    found = _found(tmp_path, "Chad,medium,,,,,td", "Mali,small,,,,,ml", "Niger,large,,,,,NE")
    assert found == [
        "countries.csv, row 2, column size: 'medium': no such word here", "countries.csv, row 3, column code: 'ml': small"
    ]  # fmt: skip


def test_rules_between_rows_are_not_asked_of_a_row_that_is_wrong_by_itself(tmp_path: Path) -> None:
    assert _found(tmp_path / "a", "Chad,small,,,,,TD", "Mali,large,,,,,ML") == [TOO_LARGE]
    assert _found(tmp_path / "b", "Chad,small,,,,,td", "Mali,large,,,,,ML") == [SMALL]
    assert _found(tmp_path / "c", "Chad,small,,,,,TD", "Mali,small,,,,,ml", "Niger,large,,,,,NE") == [
        "countries.csv, row 3, column code: 'ml': small", "countries.csv, row 4, column size: 'large': larger"
    ]  # fmt: skip


def test_what_is_missing_is_asked_for_once_all_rows_are_sound(tmp_path: Path) -> None:
    towns = "town,country,origin_ids\nGao,Mali,o\n"
    absent = "countries.csv, row 2, column country: 'Chad': no town"
    assert _found(tmp_path / "a") == []
    assert _found(tmp_path / "b", towns=towns) == [absent]
    assert _found(tmp_path / "c", "Chad,small,,,,,TD", "Mali,large,,,,,ML", towns=towns) == [TOO_LARGE]
    assert _found(tmp_path / "d", "Chad,large,,,,,td", "Mali,small,,,,,ML", towns=towns) == [SMALL]


def test_a_defect_is_told_once_and_nothing_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "BETWEEN_ROWS", (_larger, _larger))
    folder = _folder(tmp_path, "Chad,small,,,,,TD", "Mali,large,,,,,ML", "Niger,large,,,,,NE", "Benin,large,,,,,bj")
    found = tables.check(folder)
    assert [(one.row, one.column) for one in found] == [(3, "size"), (4, "size"), (5, "code")]
    with pytest.raises(InvalidData) as refused:
        tables.load(folder)
    assert refused.value.defects == found


def test_the_digest_is_of_the_names_and_bytes_of_all_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.csv").write_bytes(b"x\n")
    (tmp_path / "a.json").write_bytes(b"{}")
    assert tables.digest(tmp_path) == hashlib.sha256(b"a.json\0{}\0b/c.csv\0x\n\0").hexdigest()


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of sound tables that takes the place of the project's own."""
    monkeypatch.setattr(paths, "DATA", _folder(tmp_path / "data"))
    monkeypatch.setattr(tables, "SOUND", tmp_path / "built" / "sound")
    return tmp_path / "data"


def test_one_sound_state_is_remembered_and_none_of_another_folder(own: Path, tmp_path: Path) -> None:
    tables.load(_folder(tmp_path / "other"))
    assert not tables.SOUND.exists()
    tables.load(own)
    (first,) = tables.SOUND.iterdir()
    assert tables.load(_folder(own, "Chad,small,,,,,TD", "Mali,small,,,,,ML"))["countries"]["size"][2] == "small"
    (second,) = tables.SOUND.iterdir()
    assert first.name != second.name and len(second.name) == 64
    tables.load(own, anew=True)
    assert list(tables.SOUND.iterdir()) == [second]


def test_a_remembered_state_is_not_examined_again_unless_asked(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables.load(own)
    monkeypatch.setattr(checks, "ON_ABSENCE", (lambda read: [Defect("a", 0, "", "", "p", "m")],))
    assert list(tables.load(own)) == ["countries", "towns", "roads"]
    with pytest.raises(InvalidData):
        tables.load(own, anew=True)


def test_another_folder_is_examined_each_time(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables.load(own)
    monkeypatch.setattr(tables, "_state", lambda folder: next(tables.SOUND.iterdir()).name)
    with pytest.raises(InvalidData, match="small; write capitals"):
        tables.load(_folder(tmp_path / "other", "Chad,large,,,,,td"))


def test_where_nothing_can_be_written_tables_are_loaded_all_the_same(own: Path, tmp_path: Path) -> None:
    (tmp_path / "built").write_text("a file")
    assert len(tables.load(own)["countries"]) == 2


def test_a_state_names_the_rules_and_libraries_too(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tables._state(own)
    assert before == tables._state(own)
    tables._rules.cache_clear()
    monkeypatch.setattr(tables, "version", lambda name: f"another {name}")
    assert tables._state(own) != before
    for name in ("frictionless", "pandas", "networkx"):
        assert f"{name} another {name}" in tables._rules()
    assert tables._sha256(Path(tables.__file__).parent, "*.py") in tables._rules()
    tables._rules.cache_clear()
