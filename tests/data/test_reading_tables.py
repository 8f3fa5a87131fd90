"""Files read into frames: a small package of three tables, damaged in one place at a time."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from small import COUNTRIES, FILES, written

from analysis import package
from analysis.errors import Defect


def _said(folder: Path, **files: str | bytes | None) -> list[str]:
    return list(dict.fromkeys(map(str, package.read(written(folder, **files))[1])))


def _country(**cells: str) -> str:
    """The table of countries with some cells of its first row changed; Mali stays as it is."""
    header, first, *rest = COUNTRIES.splitlines()
    changed = dict(zip(header.split(","), first.split(","), strict=True)) | cells
    return "\n".join([header, ",".join(changed.values()), *rest, ""])


def test_sound_rows_are_typed_and_known_by_their_line(tmp_path: Path) -> None:
    tables, defects = package.read(written(tmp_path))
    assert defects == [] and list(tables) == ["countries", "towns", "roads"] and len(tables) == 3
    countries = tables["countries"]
    assert [line for line, _ in package.numbered(countries)] == [2, 3]
    first = next(package.numbered(countries))[1]
    assert first == {"country": "Chad", "size": "large", "people": 2, "share": 0.5, "area": Decimal("1.50"), "flag": "true", "code": "TD"}
    assert str(first["area"]) == "1.50"
    assert countries["code"][3] == "" and countries["area"][3] is None and countries["people"].isna()[3]
    assert (str(countries["people"].dtype), str(countries["share"].dtype)) == ("Int64", "Float64")
    assert tables.row("countries", "Mali")["country"] == "Mali"
    with pytest.raises(KeyError, match="Atlantis"):
        tables.row("countries", "Atlantis")
    trusted = package.trusted(written(tmp_path))
    for name in tables:
        pd.testing.assert_frame_equal(trusted[name], tables[name])


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"people": "two"}, "column people: 'two': no whole number; write it in the digits 0 to 9, without separators"),
        ({"people": "２"}, "column people: '２': no whole number; write it in the digits"),
        ({"people": "0"}, "column people: '0': too small; write how many live there; its minimum is 1"),
        ({"people": "10"}, "column people: '10': too large; write how many live there; its maximum is 9"),
        ({"share": "half"}, "column share: 'half': no number; write it in the digits 0 to 9, with a point and without separators"),
        ({"share": "1e-1"}, "column share: '1e-1': no number; write"),
        ({"share": "1.5"}, "column share: '1.5': too large; write EU share; its maximum is 1"),
        ({"size": "medium"}, "column size: 'medium': no such word here; write one of small, large"),
        ({"country": "chad"}, "column country: 'chad': not written as needed; write its name"),
        ({"size": ""}, "column size: '': empty; write the size: Its size."),
        ({"area": "1_5"}, "column area: '1_5': not written as needed; write in km; digits are 0 to 9 with a point, and nothing else"),
        ({"flag": "perhaps"}, "column flag: 'perhaps': not of its type; write whether it has one."),
        ({"code": "TDX"}, "column code: 'TDX': constraint \"maxLength\" is \"2\"; write two letters"),
    ],
)
def test_a_cell_that_breaks_the_schema_is_named_and_its_row_left_out(tmp_path: Path, cells: dict[str, str], said: str) -> None:
    tables, defects = package.read(written(tmp_path, countries=_country(**cells)))
    (defect,) = defects
    assert str(defect).startswith(f"countries.csv, row 2, {said}")
    assert list(tables["countries"].index) == [3]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"countries": f"{COUNTRIES}Mali,large,,,,,\n"}, ["countries.csv, row 4: ", "; keys are never repeated: drop one"]),
        ({"countries": f"{COUNTRIES}Togo,,,,,,,5\n"}, ["countries.csv, row 4", ": too many cells; the row has more cells than the header"]),
        ({"countries": f"{COUNTRIES}Togo,,\n"}, ["countries.csv, row 4: too few cells; the row has fewer cells than the header"]),
        ({"countries": f"{COUNTRIES}\n"}, ["countries.csv, row 4: an empty line; remove the empty line"]),
        ({"towns": "town,country,origin_ids\nGao,Mali,\n"}, ["towns.csv, row 2, column origin_ids: '': empty; name the first publisher", "cannot be counted"]),
        ({"towns": "town,country,origin_ids\nGao,Togo,o\n"}, ["towns.csv, row 2, column country: 'Togo': not in countries.csv; add the row it points to"]),
    ],
)  # fmt: skip
def test_a_row_that_breaks_the_schema_is_named_once(tmp_path: Path, files: dict[str, str], said: list[str]) -> None:
    (found,) = _said(tmp_path, **files)
    assert found.startswith(said[0]) and said[-1] in found


HEADER = "the header is {}; it must be road,town"


@pytest.mark.parametrize(
    ("roads", "said"),
    [
        (None, "roads.csv: no such file; restore the file: every table of the schema exists"),
        ("", "roads.csv: an empty file; write at least the header"),
        (b"\xff\xfe", "roads.csv: not UTF-8 (invalid start byte at byte 0); save the file as UTF-8"),
        ("road,town\nN1,Gao\n".encode("utf-16-le"), "roads.csv, row 1: the header is "),
        (b"road,town\nN1,G\xe4\n", "roads.csv: not UTF-8 (invalid continuation byte at byte 14); save"),
        ("\ufeffroad,town\n", "roads.csv: begins with a byte-order mark; save the file as UTF-8 without"),
        ("town,road\n", f"roads.csv, row 1: {HEADER.format('town,road')}"),
        ("road\nN1\n", f"roads.csv, row 1: {HEADER.format('road')}"),
        ("road,town,verdict\n", f"roads.csv, row 1: {HEADER.format('road,town,verdict')}; a verdict follows from rows"),
        ("\nroad,town\n", f"roads.csv, row 1: {HEADER.format('')}"),
        ("road,town\nN1,Gao\r\n", "roads.csv: a line end of another system in row 2; save the file with the line ends of Unix (LF)"),
        ('road,town\nN1,Gao\n"N2,\n', "roads.csv: quotes that do not pair in row 3; close the quote"),
        ('road,town\n"N\n1",Gao\n"N"2,\n', "roads.csv: quotes that do not pair in row 4; close the quote"),
    ],
)
def test_of_a_file_that_is_no_table_that_alone_is_said(tmp_path: Path, roads: str | bytes | None, said: str) -> None:
    """Nothing is said of what would point to it, but what is wrong in other files is."""
    found = _said(tmp_path, roads=roads, countries=_country(size="medium"), towns="town,country,origin_ids\nGao,Togo,o\n")
    assert len(found) == 2 and found[0].startswith(said)
    assert found[1].startswith("countries.csv, row 2, column size: 'medium'")


def test_a_cell_too_long_for_a_table_is_no_csv(tmp_path: Path) -> None:
    limit = csv.field_size_limit(100)
    try:
        found = _said(tmp_path, roads=f"{'r' * 101},town\n")
    finally:
        csv.field_size_limit(limit)
    assert [one.partition(";")[0] for one in found] == ["roads.csv: not a CSV text (field larger than field limit (100))"]


def test_a_folder_in_place_of_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "roads.csv").mkdir()
    assert _said(tmp_path, roads=None) == ["roads.csv: a folder, no file; restore the file: every table of the schema exists, if only as a header"]


def test_where_no_file_can_be_read_each_is_named(tmp_path: Path) -> None:
    found = _said(tmp_path, countries=None, towns=None, roads=None)
    assert [one.partition(";")[0] for one in found] == [f"{name}.csv: no such file" for name in FILES]


def test_a_row_that_points_to_a_row_left_out_is_left_out_too(tmp_path: Path) -> None:
    tables, _ = package.read(written(tmp_path))
    sound = package.without(tables, [Defect("countries.csv", 3, "size", "", "p", "m"), Defect("roads.csv", 9, "", "", "p", "m")])
    assert [list(sound[name].index) for name in sound] == [[2], [], [3]]
    assert [list(package.without(tables, [])[name].index) for name in tables] == [[2, 3], [2, 3], [2, 3]]


@pytest.mark.parametrize(
    ("kind", "plain", "odd"),
    [
        ("integer", ["", "0", "-12"], ["+1", "1.0", "1_0", " 1", "１", "1e3", "-"]),
        ("number", ["", "0", "-12", "0.5", ".5", "-0.25"], ["+1", "1.", "1,5", "1_0", "1e3", "nan", "０.5", "."]),
        ("string", ["", "any"], []),
    ],
)
def test_a_number_is_written_as_a_reader_would(kind: str, plain: list[str], odd: list[str]) -> None:
    assert [cell for cell in [*plain, *odd] if package.plainly_written({"type": kind}, cell)] == plain
