"""Bad input: each defect is named with its file, row, column, value and mend, and nothing is loaded."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
import rows
import sound

from analysis import checks, tables
from analysis.errors import InputError, InvalidData


def _broken(folder: Path, table: str, row: int, cells: dict[str, str]) -> list[str]:
    rows = copy.deepcopy(sound.SOUND)
    rows.setdefault(table, [])
    if row == len(rows[table]):
        rows[table].append({})
    rows[table][row].update(cells)
    return [str(defect) for defect in tables.check(sound.write(folder, rows))]


def test_sound_tables_have_no_defect(tmp_path: Path) -> None:
    assert tables.check(sound.write(tmp_path)) == []
    assert len(tables.load(tmp_path)["observations"]) == 2


@pytest.mark.parametrize(
    ("table", "row", "cells", "place", "said"),
    [
        ("observations", 0, {"value": "30,1"}, "observations.csv, row 2, column value: '30,1'", "with the digits printed"),
        ("observations", 0, {"value": "三十"}, "row 2, column value", "with the digits printed"),
        ("observations", 0, {"value": ""}, "row 2, column value", "write the value"),
        ("observations", 0, {"bound": "exakt"}, "row 2, column bound: 'exakt'", "write one of exact, about, above, below"),
        ("observations", 0, {"origin_ids": ""}, "row 2, column origin_ids", "a relay without origin cannot be counted"),
        ("observations", 0, {"origin_ids": "q"}, "row 2, column origin_ids: 'q'", "not in origins.origin_id"),
        ("observations", 0, {"geo": "XX"}, "row 2, column geo: 'XX'", "add the row it points to"),
        ("observations", 0, {"source_id": "y"}, "row 2, column source_id: 'y'", "add the row it points to"),
        ("observations", 0, {"value": "301"}, "column value: '301'", "a share outside 0–100"),
        ("observations", 0, {"observation_id": "s@2022@RU-CN@y"}, "column observation_id", "write s@2022@RU-CN@x"),
        ("observations", 0, {"period": "2022-13", "observation_id": "s@2022-13@RU-CN@x"}, "column period: '2022-13'", "not a day or month"),
        ("observations", 0, {"period": "2022/2024-01", "observation_id": "s@2022/2024-01@RU-CN@x"}, "column period", "mixes year and month"),
        ("observations", 1, {"period": "2025", "observation_id": "s@2025@RU-CN@x"}, "row 3, column status", "cannot be known on 2024-01-31"),
        ("observations", 1, {"period": "2022", "observation_id": "s@2022@RU-CN@x"}, "observations.csv, row 3", "keys are never repeated"),
        ("observations", 1, {"known_since": "2024-Q1"}, "column known_since", "a date is needed"),
        ("observations", 1, {"note": " x"}, "column note: ' x'", "blanks or line breaks"),
        ("sources", 0, {"url": "example.org"}, "column url: 'example.org'", "public address"),
        ("series", 0, {"unit": "percents"}, "column unit: 'percents'", "no such unit"),
        ("articles", 0, {"published": "2024-07-01"}, "column published", "not between"),
        ("claims", 0, {"paragraph": "10"}, "claims.csv, row 2, column paragraph: '10'", "the article has 9 paragraphs"),
        ("claims", 0, {"paragraph": "１"}, "claims.csv, row 2, column paragraph: '１'", "in the digits 0 to 9"),
        ("claims", 0, {"paragraph": "1_0"}, "claims.csv, row 2, column paragraph: '1_0'", "in the digits 0 to 9"),
        ("claims", 0, {"figure_low": "", "figure_high": ""}, "column qualifier: 'about'", "needs its figure"),
        ("claims", 0, {"unit": ""}, "column unit", "a figure without a unit"),
        ("claims", 0, {"unit": "usd_bn"}, "readings.csv, row 2, column key: 's'", "measures percent_share where the claim states usd_bn"),
        ("claims", 0, {"kind": "opinion"}, "column kind: 'opinion'", "write one of numerical, event"),
        ("claims", 0, {"kind": "legal"}, "readings.csv, row 2, column method: 'figure'", "write one of stance"),
        ("claims", 0, {"kind": "comparison"}, "claims.csv, row 2, column kind", "declare them in specifications.csv"),
        ("claims", 1, {"kind": "forecast"}, "readings.csv, row 3, column method", "write one of forecast"),
        ("readings", 0, {"primary": "no"}, "claims.csv, row 2, column claim_id: 'a.01'", "0 primary readings"),
        ("readings", 0, {"transform": "change", "period": "latest"}, "column period: 'latest'", "is no interval"),
        ("readings", 0, {"transform": "change", "period": "2023/2021"}, "column period: '2023/2021'", "the earlier period first"),
        ("readings", 0, {"omits": "about"}, "column omits: 'about'", "keep every condition"),
        ("readings", 0, {"key": "t"}, "column key: 't'", "t is not in observations"),
        ("readings", 0, {"transform": "ratio"}, "column key: 's'", "1 series where the transform ratio takes 2"),
        ("readings", 0, {"transform": "change"}, "column period: '2023'", "no interval"),
        ("readings", 0, {"period": ""}, "column period", "observations are read at a period"),
        ("readings", 0, {"method": "threshold", "expected": "big"}, "column expected: 'big'", "write >0, >=50, <0 or <=5"),
        ("readings", 0, {"status": "outtern"}, "column status: 'outtern'", "no such status"),
        ("readings", 0, {"table": "events"}, "column table: 'events'", "write observations"),
        ("readings", 0, {"reading_id": "a.02.b"}, "column reading_id: 'a.02.b'", "write a.01.<letter>"),
        ("inferences", 1, {"to_claim": "a.01", "from_claim": "a.01"}, "inferences.csv, row 3, column to_claim", "in a circle"),
        ("inferences", 1, {"from_claim": "a.09"}, "column from_claim: 'a.09'", "add the row it points to"),
        ("forecasts", 0, {"probability_low": "0.95"}, "forecasts.csv, row 2, column probability_low", "swap the two"),
        ("forecasts", 0, {"outcome": "0.7"}, "column outcome: '0.7'", "write 1, 0, 0.5 for partly"),
        ("forecasts", 0, {"outcome": "1"}, "column outcome_date", "empty beside an outcome"),
        ("corrections", 0, {"observation_id": "s@2022@RU-CN@x", "action": "drop", "expected": "46", "reason": "r"}, "corrections.csv, row 2, column expected: '46'", "the row now holds 30.1"),
        ("origins", 1, {"origin_id": "p", "name_en": "P", "name_zh": "乙"}, "origins.csv, row 3, column origin_id: 'p'", "nothing rests on it"),
        ("relations", 0, {"actor_a": "RU", "actor_b": "CN", "period": "2023", "sign": "1", "source_id": "x", "ground": "g"}, "relations.csv, row 2, column actor_a", "alphabetical order"),
        ("positions", 0, {"actor": "RU", "issue": "i", "period": "2024-11", "code": "-2", "ground": "g"}, "positions.csv, row 2, column code: '-2'", "no coder has coded it"),
        ("relations", 0, {"actor_a": "CN", "actor_b": "RU", "period": "2023", "sign": "1", "source_id": "x", "ground": "g"}, "relations.csv, row 2, column sign: '1'", "no coder has coded it"),
        ("attributions", 0, {"claim_id": "a.01", "source_id": "x", "faithful": "source_not_found"}, "attributions.csv, row 2, column searched", "where it was looked for"),
    ],
)  # fmt: skip
def test_each_defect_names_its_place_and_its_mend(
    tmp_path: Path, table: str, row: int, cells: dict[str, str], place: str, said: str
) -> None:
    defects = _broken(tmp_path, table, row, cells)
    assert any(place in defect and said in defect for defect in defects), defects
    with pytest.raises(InvalidData):
        tables.load(tmp_path)


def test_all_defects_of_all_tables_come_in_one_run(tmp_path: Path) -> None:
    rows = copy.deepcopy(sound.SOUND)
    rows["observations"][0]["bound"] = "exakt"
    rows["observations"][1]["known_since"] = "yesterday"
    rows["series"][0]["unit"] = "percents"
    rows["claims"][0]["paragraph"] = "10"
    rows["inferences"][1]["from_claim"] = "a.09"
    places = {(defect.file, defect.column) for defect in tables.check(sound.write(tmp_path, rows))}
    assert places >= {
        ("observations.csv", "bound"),
        ("observations.csv", "known_since"),
        ("series.csv", "unit"),
        ("claims.csv", "paragraph"),
        ("inferences.csv", "from_claim"),
    }


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda text: b"\xff\xfe" + text, "UTF-8"),
        (lambda text: b"\xef\xbb\xbf" + text, "byte-order mark"),
        (lambda text: text.replace(b"origin_id,", b"origin,", 1), "it must be origin_id,name_en,name_zh"),
        (lambda text: text.replace(b"name_zh", b"name_zh,more", 1), "it must be origin_id,name_en,name_zh"),
        (lambda text: text.replace(b",name_zh", b"", 1), "it must be origin_id,name_en,name_zh"),
        (lambda text: text + "p,P,乙,4\n".encode(), "more cells than the header"),
        (lambda text: text + b"p,P\n", "fewer cells than the header"),
        (lambda text: b"", "header"),
    ],
)
def test_a_damaged_file_is_named_with_its_mend(tmp_path: Path, damage, said: str) -> None:
    path = sound.write(tmp_path) / "origins.csv"
    path.write_bytes(damage(path.read_bytes()))
    defects = [str(defect) for defect in tables.check(tmp_path)]
    assert any(defect.startswith("origins.csv") and said in defect for defect in defects), defects


def test_a_missing_file_is_named_with_its_mend(tmp_path: Path) -> None:
    (sound.write(tmp_path) / "origins.csv").unlink()
    assert any(
        "origins.csv" in str(defect) and "restore the file" in str(defect)
        for defect in tables.check(tmp_path)
    )


def test_a_folder_without_schema_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        tables.check(tmp_path)
    (tmp_path / "datapackage.json").write_text("{")
    with pytest.raises(InputError, match="not a JSON text"):
        tables.check(tmp_path)


def test_unsorted_rows_are_named(tmp_path: Path) -> None:
    rows = copy.deepcopy(sound.SOUND)
    rows["observations"].reverse()
    (defect,) = tables.check(sound.write(tmp_path, rows))
    assert (defect.file, defect.row) == ("observations.csv", 3) and "sort the rows" in defect.mend


@pytest.mark.parametrize(
    ("kind", "reading"),
    [
        ("office", {"method": "holder", "table": "offices", "key": "P|O", "expected": "in"}),
        ("event", {"method": "occurrence", "table": "events", "key": "e", "expected": "yes"}),
    ],
)
def test_the_period_of_a_reading_of_offices_or_events_can_be_read(kind: str, reading: dict[str, str]) -> None:
    made = rows.tables(
        claims=[{"kind": kind}], readings=[{**reading, "period": "latest"}], offices=[{}], events=[{}]
    )
    assert [defect.problem for defect in checks.readings(made)] == ["not a period that can be read"]


def test_an_article_that_nobody_has_coded_lacks_no_stand(tmp_path: Path) -> None:
    made = copy.deepcopy(sound.SOUND) | {
        "propositions": [{"proposition_id": "p", "short_en": "s", "statement_en": "S", "statement_zh": "句", "ground": "g"}]
    }
    assert tables.check(sound.write(tmp_path, made)) == []
