"""The command line: what it prints, where errors go, and that nothing is half-written."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
import sound

from analysis import cli, schema
from analysis.cli import WRONG_INPUT, main


def _run(folder: Path, *arguments: str) -> int:
    return main(["--data", str(folder), *arguments])


def _snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _rows(folder: Path, path: Path, **cells: str) -> Path:
    columns = schema.read(folder).tables["observations"].columns
    row = {
        "series_id": "s", "period": "2021", "geo": "RU", "counterparty": "CN", "value": "25.2", "bound": "exact",
        "status": "outturn", "origin_ids": "o", "source_id": "x", "quality": "official", **cells,
    }  # fmt: skip
    row.setdefault(
        "observation_id",
        f"{row['series_id']}@{row['period']}@{row['geo']}-{row['counterparty']}@{row['source_id']}",
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerow(row)
    return path


def test_check_counts_what_it_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(sound.write(tmp_path), "check") == 0
    assert "no defect" in capsys.readouterr().out


def test_check_reports_defects_on_standard_error_with_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (sound.write(tmp_path) / "origins.csv").unlink()
    assert _run(tmp_path, "check") == WRONG_INPUT == 2
    out, err = capsys.readouterr()
    assert out == "" and "origins.csv" in err and "Traceback" not in err


def test_the_ledger_has_a_line_for_each_claim_with_every_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(sound.write(tmp_path), "ledger", "--json") == 0
    lines = json.loads(capsys.readouterr().out)
    assert [line["claim_id"] for line in lines] == ["a.01", "a.02", "a.03"]
    assert set(lines[0]) == {
        "claim_id", "article_id", "kind", "role", "verdict", "verdict_at_publication", "attribution", "figure_low",
        "figure_high", "unit", "evidence", "holds_share", "explanation",
    }  # fmt: skip
    assert [line["verdict"] for line in lines] == ["Supported", "Not enough evidence", "Open"]
    assert lines[0]["evidence"] == [
        {"table": "observations", "key": "s", "value": 36.4, "period": "2023", "source_id": "x"}
    ]
    assert lines[0]["figure_low"] == 36.5 and lines[1]["figure_low"] is None


def test_findings_never_change_the_exit_status(tmp_path: Path) -> None:
    for value in ("36.4", "90.0"):
        rows = {
            **sound.SOUND,
            "observations": [{**row, "value": value} for row in sound.SOUND["observations"]],
        }
        assert _run(sound.write(tmp_path, rows), "ledger") == 0


def test_the_trail_runs_both_ways(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sound.write(tmp_path)
    assert _run(tmp_path, "trace", "a.01") == 0
    there = capsys.readouterr().out
    for step in ("a.01.a", "s@2023@RU-CN@x", "https://example.org/x", "Supported"):
        assert step in there
    for row in ("s@2023@RU-CN@x", "x", "s"):
        assert _run(tmp_path, "trace", row) == 0
        assert "a.01" in capsys.readouterr().out


def test_an_unknown_id_is_refused_in_one_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(sound.write(tmp_path), "trace", "a.99") == WRONG_INPUT
    out, err = capsys.readouterr()
    assert out == "" and "'a.99' is no claim" in err and "a.01" in err


def test_verify_says_what_stands_in_its_way(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tmp_path / "nowhere", "verify") == WRONG_INPUT
    assert "the second path could not run" in capsys.readouterr().err


def test_import_adds_rows_sorted(tmp_path: Path) -> None:
    folder = sound.write(tmp_path / "data")
    assert _run(folder, "import", "observations", str(_rows(folder, tmp_path / "new.csv"))) == 0
    periods = [
        line.split(",")[2] for line in (folder / "observations.csv").read_text("utf-8").splitlines()[1:]
    ]
    assert periods == ["2021", "2022", "2023"]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"geo": "EUROPE"}, "column geo: 'EUROPE'"),
        ({"period": "2026"}, "mark it as plan, forecast or estimate"),
        ({"origin_ids": ""}, "a relay without origin cannot be counted"),
        ({"origin_ids": "unheard"}, "not in origins.origin_id"),
        ({"period": "2022"}, "keys are never repeated"),
        ({"value": "1,000"}, "with the digits printed"),
        ({"status": "actual"}, "write one of outturn, estimate, forecast, plan"),
    ],
)
def test_import_refuses_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], cells: dict[str, str], said: str
) -> None:
    folder = sound.write(tmp_path / "data")
    before = _snapshot(folder)
    assert (
        _run(folder, "import", "observations", str(_rows(folder, tmp_path / "new.csv", **cells)))
        == WRONG_INPUT
    )
    assert said in capsys.readouterr().err
    assert _snapshot(folder) == before


def test_import_names_the_line_of_the_file_that_is_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = sound.write(tmp_path / "data")
    _run(folder, "import", "observations", str(_rows(folder, tmp_path / "new.csv", geo="EUROPE")))
    assert f"{tmp_path / 'new.csv'}, row 2, column geo" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2\n", "the header is a,b; it must be"),
        (b"\xff\xfe", "not UTF-8"),
        (None, "no such file"),
    ],
)
def test_import_refuses_what_is_no_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, said: str
) -> None:
    folder, new = sound.write(tmp_path / "data"), tmp_path / "new.csv"
    if content is not None:
        new.write_bytes(content)
    assert _run(folder, "import", "observations", str(new)) == WRONG_INPUT
    assert said in capsys.readouterr().err
    assert _run(folder, "import", "observation", str(new)) == WRONG_INPUT
    assert "'observation' is no table" in capsys.readouterr().err


def test_sort_puts_rows_in_the_order_of_their_keys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = sound.write(tmp_path, {**sound.SOUND, "areas": sound.SOUND["areas"][::-1]})
    assert _run(folder, "check") == WRONG_INPUT
    assert _run(folder, "sort") == 0 and "areas.csv" in capsys.readouterr().out
    assert _run(folder, "check") == 0


def test_the_command_line_says_what_it_can_do(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([])
    assert ended.value.code == WRONG_INPUT and "COMMAND" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["check"], ["ledger", "--json"], ["trace", "a.01"], ["sort"]])
@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("datapackage.json", b"[]", "no description of the tables"),
        ("datapackage.json", b"{}", "no description of the tables"),
        ("datapackage.json", b'{"resources": [], "as_of": "2025-12-31", "units": {}}', "does not describe"),
        (
            "datapackage.json",
            b'{"resources": [], "as_of": "soon", "units": {}}',
            "no description of the tables",
        ),
        ("datapackage.json", b"\xff", "not a JSON text"),
        ("datapackage.json", None, "no such file"),
        ("claims.csv", None, "no such file"),
        ("claims.csv", b"", "claims.csv"),
        ("claims.csv", b"\xff\xfe", "not UTF-8"),
        ("claims.csv", b"claim_id,claim_id\n", "the header is claim_id,claim_id; it must be"),
    ],
)
def test_what_cannot_be_read_is_said_once_and_nothing_is_written(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
    file: str,
    content: bytes | None,
    said: str,
) -> None:
    folder = sound.write(tmp_path, {**sound.SOUND, "areas": sound.SOUND["areas"][::-1]})
    (folder / file).unlink()
    if content is not None:
        (folder / file).write_bytes(content)
    before = _snapshot(folder)
    assert _run(folder, *command) == WRONG_INPUT
    out, err = capsys.readouterr()
    assert out == "" and file in err and said in err and err.count("\n") == 1
    assert _snapshot(folder) == before


def test_a_folder_where_a_file_should_be_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = sound.write(tmp_path / "data")
    assert _run(folder / "claims.csv", "check") == WRONG_INPUT
    assert _run(folder, "import", "observations", str(folder)) == WRONG_INPUT
    (folder / "claims.csv").unlink()
    (folder / "claims.csv").mkdir()
    assert _run(folder, "check") == WRONG_INPUT
    assert [line.rpartition(";")[0].rpartition(": ")[2] for line in capsys.readouterr().err.splitlines()] == [
        "no such file",
        "a folder, no file",
        "a folder, no file",
    ]


def test_a_control_character_is_a_defect(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = {**sound.SOUND, "readings": [{**row, "ground": "a\0b"} for row in sound.SOUND["readings"]]}
    assert _run(sound.write(tmp_path, rows), "check") == WRONG_INPUT
    assert "column ground: 'a\\x00b': a control character" in capsys.readouterr().err


def test_a_long_id_is_shortened_in_the_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(sound.write(tmp_path), "trace", "x" * 10_000) == WRONG_INPUT
    assert len(capsys.readouterr().err) < 300


def test_a_reader_that_stops_early_ends_the_command_quietly(tmp_path: Path) -> None:
    sound.write(tmp_path)
    ledger = subprocess.Popen(
        [sys.executable, "-m", "analysis", "--data", str(tmp_path), "ledger", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert ledger.stdout is not None and ledger.stderr is not None
    ledger.stdout.close()
    assert ledger.stderr.read() == b"" and ledger.wait() == 0
