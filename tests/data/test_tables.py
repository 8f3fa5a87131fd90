"""Tables examined as a whole: in which order rules are asked, and what names a state of the data."""

from __future__ import annotations

import copy
import hashlib
from pathlib import Path

import pytest
import sound

from analysis import paths, tables
from analysis.errors import InvalidData


def _found(folder: Path, **changed: list[dict[str, str]]) -> list[tuple[str, int, str]]:
    """Where tables with some of their rows changed are wrong."""
    return [(one.file, one.row, one.column) for one in tables.check(sound.write(folder, {**sound.SOUND, **changed}))]


def _rows(table: str, place: int, **cells: str) -> dict[str, list[dict[str, str]]]:
    """The sound rows of a table, one of them changed."""
    made = copy.deepcopy(sound.SOUND[table])
    made[place] |= cells
    return {table: made}


UNUSED = [*sound.SOUND["origins"], {"origin_id": "p", "name_en": "P", "name_zh": "乙"}]


def test_a_file_that_is_no_table_is_told_before_any_rule_is_asked(tmp_path: Path) -> None:
    folder = sound.write(tmp_path, {**sound.SOUND, **_rows("claims", 0, statement_en="No stop")})
    (folder / "origins.csv").unlink()
    (folder / "areas.csv").write_text("area\n", encoding="utf-8")
    assert [str(one).partition(":")[0] for one in tables.check(folder)] == ["areas.csv, row 1", "origins.csv"]


def test_rules_between_rows_are_not_asked_of_a_row_that_is_wrong_by_itself(tmp_path: Path) -> None:
    wrong = _rows("claims", 0, qualifier="perhaps", statement_en="No stop")
    assert _found(tmp_path / "a", **wrong) == [("claims.csv", 2, "qualifier")]
    damaged = _rows("claims", 0, short_en=" x", statement_en="No stop")
    assert _found(tmp_path / "b", **damaged) == [("claims.csv", 2, "short_en")]
    assert _found(tmp_path / "c", **_rows("claims", 0, statement_en="It was 36.5")) == [("claims.csv", 2, "statement_en")]


def test_what_is_missing_is_asked_for_once_all_rows_are_sound(tmp_path: Path) -> None:
    assert _found(tmp_path / "a", origins=UNUSED) == [("origins.csv", 3, "origin_id")]
    assert _found(tmp_path / "b", origins=UNUSED, **_rows("series", 0, definition="No stop")) == [("series.csv", 2, "definition")]
    assert _found(tmp_path / "c", origins=UNUSED, **_rows("claims", 1, short_en=" x")) == [("claims.csv", 3, "short_en")]


def test_defects_come_in_order_and_nothing_is_loaded(tmp_path: Path) -> None:
    folder = sound.write(tmp_path, {**sound.SOUND, **_rows("series", 0, definition="No stop"), **_rows("claims", 2, statement_en="No stop")})
    found = tables.check(folder)
    assert [one.file for one in found] == ["claims.csv", "series.csv"]
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
    monkeypatch.setattr(paths, "DATA", sound.write(tmp_path / "data"))
    monkeypatch.setattr(tables, "SOUND", tmp_path / "built" / "sound")
    return tmp_path / "data"


def test_one_sound_state_is_remembered_and_none_of_another_folder(own: Path, tmp_path: Path) -> None:
    tables.load(sound.write(tmp_path / "other"))
    assert not tables.SOUND.exists()
    tables.load(own)
    (first,) = tables.SOUND.iterdir()
    areas = own / "areas.csv"
    areas.write_text(areas.read_text("utf-8").replace("China", "The PRC"), encoding="utf-8")
    assert tables.load(own)["areas"]["name_en"][2] == "The PRC"
    (second,) = tables.SOUND.iterdir()
    assert first.name != second.name and len(second.name) == 64
    tables.load(own, anew=True)
    assert list(tables.SOUND.iterdir()) == [second]


def test_another_folder_is_examined_each_time(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables.load(own)
    monkeypatch.setattr(tables, "_state", lambda folder: next(tables.SOUND.iterdir()).name)
    other = sound.write(tmp_path / "other", {**sound.SOUND, "origins": UNUSED})
    with pytest.raises(InvalidData, match="nothing rests on it"):
        tables.load(other)


def test_where_nothing_can_be_written_tables_are_loaded_all_the_same(own: Path, tmp_path: Path) -> None:
    (tmp_path / "built").write_text("a file")
    assert len(tables.load(own)["observations"]) == 2


def test_a_state_names_the_rules_and_libraries_too(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tables._state(own)
    assert before == tables._state(own)
    tables._rules.cache_clear()
    monkeypatch.setattr(tables, "version", lambda name: f"another {name}")
    assert tables._state(own) != before
    for name in ("frictionless", "pandas", "networkx"):
        assert f"{name} another {name}" in tables._rules()
    tables._rules.cache_clear()
