"""Tables known to be sound are not examined again, and any change of a byte makes them unknown."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import sound

from analysis import paths, tables
from analysis.errors import InvalidData


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of sound tables that takes the place of the project's own."""
    folder = sound.write(tmp_path / "data")
    monkeypatch.setattr(paths, "DATA", folder)
    monkeypatch.setattr(tables, "SOUND", tmp_path / "sound")
    return folder


def _refuse(folder: Path) -> None:
    raise AssertionError("examined again")


def test_a_known_state_is_read_as_it_was_when_examined(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examined = tables.load(own)
    monkeypatch.setattr(tables, "_examine", _refuse)
    trusted = tables.load(own)
    assert list(trusted) == list(examined)
    for name in examined:
        pd.testing.assert_frame_equal(trusted[name], examined[name])
    with pytest.raises(AssertionError, match="examined again"):
        tables.load(own, anew=True)


def test_a_changed_byte_is_examined_and_a_defect_is_never_kept(own: Path) -> None:
    tables.load(own)
    table = own / "observations.csv"
    before = table.read_bytes()
    table.write_bytes(before.replace(b"30.1", b"301"))
    for _ in range(2):
        with pytest.raises(InvalidData, match="301"):
            tables.load(own)
    table.write_bytes(before)
    assert len(tables.load(own)["observations"]) == 2


def test_changed_rules_are_applied_to_old_tables(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables.load(own)
    monkeypatch.setattr(tables, "_rules", lambda: "other rules")
    monkeypatch.setattr(tables, "_examine", _refuse)
    with pytest.raises(AssertionError, match="examined again"):
        tables.load(own)


def test_the_project_s_own_tables_are_the_same_either_way() -> None:
    examined, trusted = tables.load(anew=True), tables.load()
    for name in examined:
        pd.testing.assert_frame_equal(trusted[name], examined[name])
