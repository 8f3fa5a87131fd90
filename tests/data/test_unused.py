"""Rows that nothing reads are found, and only those."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
import sound

from analysis import cli, tables, unused


def test_a_row_between_other_areas_is_read_by_nobody(tmp_path: Path) -> None:
    rows = copy.deepcopy(sound.SOUND)
    assert unused.observations(tables.load(sound.write(tmp_path / "read", rows))) == []
    rows["observations"].append(
        {**rows["observations"][0], "observation_id": "s@2022@CN-RU@x", "geo": "CN", "counterparty": "RU"}
    )
    rows["observations"].sort(key=lambda row: row["observation_id"])
    assert unused.observations(tables.load(sound.write(tmp_path / "unread", rows))) == ["s@2022@CN-RU@x"]


def test_check_lists_them_when_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["--data", str(sound.write(tmp_path)), "check", "--unused"]) == 0
    said = capsys.readouterr().out
    assert "no defect" in said and "0 observations" in said
