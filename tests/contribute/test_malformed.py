"""Malformed inputs: each is said once, with its place and its mend; all of a run in one report; nothing is written.

Damages that do not touch one another lie in one folder of tables, so that one run of `check` must name them all.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest
import sound

from analysis import cli
from analysis.cli import WRONG_INPUT
from analysis.errors import InputError
from analysis.figures import style
from publish import build, execute, notebooks
from publish.errors import BuildFailed

Cells = dict[str, str]


class Damage(NamedTuple):
    """Something wrong in a folder of tables, and what is to be said of it: the beginning and a part of the mend."""

    what: str
    table: str
    cells: Cells
    place: str
    mend: str


def observed(year: int, **cells: str) -> Cells:
    """A sound observation of a year of its own, with some cells changed."""
    key = f"s@{cells.get('period', year)}@RU-CN@x"
    return {**sound.SOUND["observations"][0], "observation_id": key, "period": str(year), **cells}


# Cells that are wrong by themselves. Every observation is a row of its own, in order of its year.
IN_CELLS = [
    Damage("thousands separator", "observations", observed(2001, value="1,000"), "row 2, column value: '1,000'", "digits are 0 to 9"),
    Damage("blank as separator", "observations", observed(2002, value="1 000"), "row 3, column value: '1 000'", "digits are 0 to 9"),
    Damage("decimal comma", "observations", observed(2003, value="30,1"), "row 4, column value: '30,1'", "with a point"),
    Damage("Chinese digits", "observations", observed(2004, value="三十"), "row 5, column value: '三十'", "digits are 0 to 9"),
    Damage("full-width digits", "observations", observed(2005, value="３０"), "row 6, column value: '３０'", "digits are 0 to 9"),
    Damage("percent sign", "observations", observed(2006, value="30%"), "row 7, column value: '30%'", "digits are 0 to 9"),
    Damage("no value", "observations", observed(2007, value=""), "row 8, column value: '': empty", "write the value"),
    Damage("unknown area", "observations", observed(2008, geo="EUROPE", observation_id="s@2008@EUROPE-CN@x"), "row 9, column geo: 'EUROPE'", "add the row it points to"),
    Damage("no such word", "observations", observed(2009, bound="exakt"), "row 10, column bound: 'exakt'", "write one of exact, about, above, below"),
    Damage("relay without origin", "observations", observed(2010, origin_ids=""), "row 11, column origin_ids: ''", "name the first publisher"),
    Damage("dangling source", "observations", observed(2011, source_id="y", observation_id="s@2011@RU-CN@y"), "row 12, column source_id: 'y': not in sources.csv", "correct the spelling"),
    Damage("wrong type", "claims", {"claim_id": "a.04", "paragraph": "two"}, "row 5, column paragraph: 'two'", "0 to 9"),
    Damage("full-width whole number", "claims", {"claim_id": "a.05", "paragraph": "３"}, "row 6, column paragraph: '３'", "0 to 9"),
    Damage("unknown kind", "claims", {"claim_id": "a.06", "kind": "opinion"}, "row 7, column kind: 'opinion'", "write one of numerical"),
    Damage("id in another form", "claims", {"claim_id": "a.7x"}, "row 8, column claim_id: 'a.7x'", "<article>.<number>"),
    Damage("unknown method", "readings", {"reading_id": "a.03.b", "method": "guess"}, "row 5, column method: 'guess'", "write one of figure"),
    Damage("probability in percent", "forecasts", {"claim_id": "a.03", "probability_low": "60"}, "row 2, column probability_low: '60'", "its maximum is 1"),
    Damage("dangling reading of an option", "specifications", {"claim_id": "a.01", "estimand": "e", "dimension": "window", "option": "o", "reading_id": "a.01.z", "reason": "r"}, "row 2, column reading_id: 'a.01.z': not in readings.csv", "correct the spelling"),
]  # fmt: skip

# What only shows between cells, rows and tables. Rows that a rule removes are not asked for by the next.
BETWEEN_ROWS = [
    Damage("period that is none", "observations", observed(2001, period="2001-13"), "row 2, column period: '2001-13'", "write one that is, as in 2024-02-29"),
    Damage("full-width period", "observations", observed(2002, period="２００２", observation_id="s@2042@RU-CN@x"), "row 13, column period: '２００２'", "write 2023"),
    Damage("negative share", "observations", observed(2003, value="-3"), "row 3, column value: '-3'", "correct the value"),
    Damage("share over the whole", "observations", observed(2004, value="301"), "row 4, column value: '301'", "or the unit of its series"),
    Damage("percent as a fraction", "observations", observed(2005, value="0.45", observation_id="s@2005@RU-CN@x@a"), "row 5, column value: '0.45'", "write 45"),
    Damage("", "observations", observed(2005, value="44.6", bound="above", observation_id="s@2005@RU-CN@x@b"), "", ""),
    Damage("outturn of the future", "observations", observed(2030), "row 9, column status: 'outturn'", "mark it as plan, forecast or estimate"),
    Damage("30 February", "observations", observed(2007, known_since="2024-02-30"), "row 7, column known_since: '2024-02-30'", "write one that is"),
    Damage("id that does not repeat its row", "observations", observed(2031, period="2006", observation_id="s@2031@RU-CN@x"), "row 10, column observation_id: 's@2031@RU-CN@x'", "write s@2006@RU-CN@x"),
    Damage("blank at an edge", "observations", observed(2032, period="2008", observation_id="s@2040@RU-CN@x", note=" x"), "row 11, column note: ' x'", "remove them"),
    Damage("NUL byte", "observations", observed(2033, observation_id="s@2041@RU-CN@x", note="a\0b"), "row 12, column note: 'a\\x00b'", "remove it"),
    Damage("source without address", "observations", observed(2012, source_id="w", observation_id="s@2012@RU-CN@w"), "row 8, column source_id: 'w'", "write its url in sources.csv"),
    Damage("", "sources", {"source_id": "w", "url": ""}, "", ""),
    Damage("relay of itself", "sources", {"source_id": "z", "relays": "z"}, "row 4, column relays: 'z'", "name the source behind it"),
    Damage("unknown unit", "series", {"series_id": "t", "unit": "percents"}, "row 3, column unit: 'percents'", "add it to datapackage.json"),
    Damage("period reversed", "readings", {"reading_id": "a.01.b", "claim_id": "a.01", "period": "2023/2021"}, "row 3, column period: '2023/2021'", "write the earlier end first"),
    Damage("primary that drops words", "readings", {"reading_id": "a.01.c", "claim_id": "a.01", "omits": "about", "primary": "yes"}, "row 4, column omits: 'about'", "make it not primary"),
    Damage("figure upside down", "claims", {"claim_id": "a.04", "figure_low": "40", "figure_high": "30", "statement_en": "It was 30 to 40 percent."}, "row 5, column figure_low: '40'", "swap the two"),
    Damage("paragraph that is none", "claims", {"claim_id": "a.05", "paragraph": "99"}, "row 6, column paragraph: '99'", "count the non-blank lines"),
    Damage("cyclic inference", "inferences", {"inference_id": "a.i03", "from_claim": "a.03", "to_claim": "a.01", "relation": "support", "warrant": "w"}, "row 4, column to_claim: 'a.01': the argument runs in a circle", "remove one step"),
    Damage("forecast without horizon", "forecasts", {"claim_id": "a.02", "horizon": "", "horizon_ground": ""}, "row 2, column horizon: ''", "write the day printed"),
    Damage("probabilities reversed", "forecasts", {"claim_id": "a.03", "probability_low": "0.95"}, "row 3, column probability_low: '0.95'", "swap the two"),
    Damage("reply before the article", "replies", {"claim_id": "a.01", "author": "A", "date": "2020", "language": "en", "text": "No.", "permission": "p"}, "row 2, column date: '2020'", "correct the date"),
    Damage("office that ends first", "offices", {"person": "P", "office": "O", "from": "2024", "to": "2023", "source_id": "x", "origin_ids": "o"}, "row 2, column to: '2023'", "correct one of the dates"),
]  # fmt: skip

# What is missing is asked for once every row is sound.
ON_ABSENCE = [
    Damage("two primaries", "readings", {"reading_id": "a.01.b", "claim_id": "a.01"}, "claims.csv, row 2, column claim_id: 'a.01': 2 primary readings", "mark exactly one"),
    Damage("comparison without options", "claims", {"claim_id": "a.04", "kind": "comparison"}, "claims.csv, row 5, column kind: 'comparison'", "declare them in specifications.csv"),
    Damage("", "readings", {"reading_id": "a.04.a", "claim_id": "a.04", "method": "threshold", "expected": ">0"}, "", ""),
    Damage("row that nothing uses", "origins", {"origin_id": "p", "name_en": "P", "name_zh": "乙"}, "origins.csv, row 3, column origin_id: 'p'", "use it or remove the row"),
    Damage("", "sources", {"source_id": "y", "published": "2025-12-31"}, "", ""),
    Damage("scored forecast without word", "forecasts", {"claim_id": "a.03", "outcome": "1", "outcome_date": "2025", "source_id": "y"}, "claims.csv, row 4, column claim_id: 'a.03'", "add the article's word to wordings.csv"),
]  # fmt: skip


def damaged(folder: Path, damages: list[Damage], alone: tuple[str, ...] = ()) -> Path:
    """Sound tables with the damaged rows added, or in place of the row with the same key; sorted by key."""
    made = copy.deepcopy(sound.SOUND)
    for name in alone:
        made[name] = []
    for damage in damages:
        rows = made.setdefault(damage.table, [])
        key = next(iter(damage.cells))
        pattern = next((row for row in sound.SOUND.get(damage.table, []) if row[key] == damage.cells[key]), None)
        like = pattern or (sound.SOUND.get(damage.table) or [{}])[0]
        rows[:] = [row for row in rows if (row is not pattern and row.get(key) != damage.cells[key]) or (key == "claim_id" and damage.table == "specifications")]
        rows.append({**like, **damage.cells})
    for name in made:
        key = {"observations": "observation_id", "inferences": "inference_id"}.get(name)
        made[name].sort(key=lambda row, key=key: row[key] if key else next(iter(row.values())))
    # So wide that what is impossible by its unit is said by the rule of units alone.
    made["limits"] = [row | {"value_least": "-1000", "value_most": "1000"} if row["scope"] == "series" else row for row in sound.limits(made)]
    return sound.write(folder, made)


def report(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What `check` says of a folder: on standard error alone, with exit status 2, and nothing is written."""
    before = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    assert cli.main(["--data", str(folder), "check"]) == WRONG_INPUT
    out, err = capsys.readouterr()
    assert out == "" and {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()} == before
    return err.splitlines()


@pytest.mark.parametrize(
    ("damages", "alone"),
    [(IN_CELLS, ("observations", "forecasts")), (BETWEEN_ROWS, ("observations",)), (ON_ABSENCE, ())],
    ids=["cells", "between rows", "absence"],
)
def test_all_defects_of_one_run_are_each_said_once_with_place_and_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], damages: list[Damage], alone: tuple[str, ...]
) -> None:
    said = report(damaged(tmp_path, damages, alone), capsys)
    for damage in filter(lambda damage: damage.what, damages):
        place = damage.place if ".csv, row" in damage.place.partition(":")[0] else f"{damage.table}.csv, {damage.place}"
        found = [line for line in said if line.startswith(place)]
        assert len(found) == 1 and damage.mend in found[0], (damage.what, place, found, said)
    assert len(said) == sum(1 for damage in damages if damage.what), said


# Files that are no tables as they stand: each of these makes one of a folder's files unreadable.
Change = Callable[[bytes], bytes]
FILES: dict[str, tuple[str, Change, str, str]] = {
    "UTF-16": ("areas.csv", lambda text: text.decode().encode("utf-16"), "areas.csv: not UTF-8", "save the file as UTF-8"),
    "GBK": ("origins.csv", lambda text: text.decode().encode("gbk"), "origins.csv: not UTF-8", "save the file as UTF-8"),
    "byte-order mark": ("claims.csv", lambda text: b"\xef\xbb\xbf" + text, "claims.csv: begins with a byte-order mark", "without"),
    "mixed line ends": ("series.csv", lambda text: text + b"\r\n", "series.csv: a line end of another system in row 3", "LF"),
    "line ends of an old system": ("readings.csv", lambda text: text.replace(b"\n", b"\r"), "readings.csv: a line end of another system in row 1", "LF"),
    "empty file": ("forecasts.csv", lambda text: b"", "forecasts.csv: an empty file", "write at least the header"),
    "missing column": ("stances.csv", lambda text: text.replace(b",stance", b"", 1), "stances.csv, row 1: the header is claim_id,source_id,known_since", "it must be claim_id,source_id,stance"),
    "extra column": ("events.csv", lambda text: text.replace(b",note", b",note,more", 1), "events.csv, row 1: the header is", "it must be event_id"),
    "verdict typed by hand": ("attributions.csv", lambda text: text.replace(b",searched", b",searched,verdict", 1), "attributions.csv, row 1: the header is", "a verdict follows from rows and is never written by hand"),
    "columns in another order": ("corrections.csv", lambda text: text.replace(b"observation_id,action", b"action,observation_id", 1), "corrections.csv, row 1: the header is action,observation_id", "it must be observation_id,action"),
    "semicolons": ("figures.csv", lambda text: text.replace(b",", b";"), "figures.csv, row 1: the header is figure_id;article_id", "it must be figure_id,article_id"),
    "quotes unbalanced": ("sources.csv", lambda text: text + b'y,"T,P,,,,,\n', "sources.csv: quotes that do not pair in row 3", "close the quote"),
}  # fmt: skip
# Rows that are broken as a whole, in files that can be read; they are said in the same run.
ROWS: dict[str, tuple[str, Change, str, str]] = {
    "trailing comma": ("relations.csv", lambda text: text + b"CN,RU,2023,1,x,g,\n", "relations.csv, row 2: too many cells", "quote a cell that holds a comma"),
    "too few cells": ("positions.csv", lambda text: text + b"RU,i\n", "positions.csv, row 2: too few cells", "write empty cells too"),
    "empty line": ("inferences.csv", lambda text: text.replace(b"\n", b"\n\n", 1), "inferences.csv, row 2: an empty line", "remove the empty line"),
    "duplicate key": ("articles.csv", lambda text: text + text.splitlines(keepends=True)[1], "articles.csv, row 3: the same as", "drop one of the two rows"),
}  # fmt: skip


def test_files_that_are_no_tables_are_said_with_all_else_that_can_be_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sound.write(tmp_path)
    for name, change, _, _ in [*FILES.values(), *ROWS.values()]:
        (tmp_path / name).write_bytes(change((tmp_path / name).read_bytes()))
    (tmp_path / "codings.csv").unlink()
    said = report(tmp_path, capsys)
    for what, (_, _, place, mend) in (FILES | ROWS).items():
        found = [line for line in said if line.startswith(place)]
        assert len(found) == 1 and mend in found[0], (what, found, said)
    assert [line for line in said if line.startswith("codings.csv")] == [
        "codings.csv: no such file; restore the file: every table of the schema exists, if only as a header"
    ]
    assert len(said) == len(FILES) + len(ROWS) + 1, said


def test_a_table_with_its_header_only_leaves_what_refers_to_it_dangling(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sound.write(tmp_path) / "sources.csv"
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    assert [line.partition(";")[0] for line in report(tmp_path, capsys)] == [
        f"observations.csv, row {row}, column source_id: 'x': not in sources.csv" for row in (2, 3)
    ]


def test_rows_out_of_order_are_named_with_the_command_that_sorts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sound.write(tmp_path) / "observations.csv"
    head, one, other = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(head + other + one)
    (line,) = report(tmp_path, capsys)
    assert line.startswith("observations.csv, row 3, column observation_id") and "`python -m analysis sort`" in line


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["trace", "moon.01"], "'moon.01' is no claim"),
        (["import", "observation", "x.csv"], "'observation' is no table; write one of articles"),
        (["import", "observations"], "import: observations: no file of rows behind it; write TABLE FILE"),
        (["import", "claims", "x.csv", "claims", "y.csv"], "claims is named twice; put its rows into one file"),
        (["import", "observations", "nowhere.csv"], "nowhere.csv: no such file; name a CSV file of rows"),
    ],
)
def test_a_command_line_that_cannot_be_followed_is_answered_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert cli.main(["--data", str(sound.write(tmp_path)), *arguments]) == WRONG_INPUT
    out, err = capsys.readouterr()
    assert out == "" and said in err and err.count("\n") == 1


def test_rows_that_need_one_another_come_in_together_or_not_at_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = sound.write(tmp_path / "data")
    new = {
        "claims": {**sound.SOUND["claims"][0], "claim_id": "a.04"},
        "readings": {**sound.SOUND["readings"][0], "reading_id": "a.04.a", "claim_id": "a.04"},
    }
    for name, row in new.items():
        head = (folder / f"{name}.csv").read_text("utf-8").splitlines()[0]
        cells = ",".join(row.get(column, "") for column in head.split(","))
        (tmp_path / f"{name}.csv").write_text(f"{head}\n{cells}\n", encoding="utf-8")
    pairs = [part for name in new for part in (name, str(tmp_path / f"{name}.csv"))]
    before = {path: path.read_bytes() for path in folder.glob("*.csv")}
    assert cli.main(["--data", str(folder), "import", *pairs[:2]]) == WRONG_INPUT
    assert f"{tmp_path / 'claims.csv'}, row 2, column claim_id: 'a.04': 0 primary readings" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in folder.glob("*.csv")} == before
    assert cli.main(["--data", str(folder), "import", *pairs]) == 0
    assert cli.main(["--data", str(folder), "check"]) == 0


# Notebooks


def notebook(path: Path, *cells: str, **metadata: object) -> Path:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells], metadata=metadata)
    path.parent.mkdir(exist_ok=True)
    nbformat.write(made, path)
    return path


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "a.ipynb: not a notebook (no JSON text); restore it, or write it anew with Jupyter"),
        (b"\xff\xfe", "a.ipynb: not a notebook (no JSON text); restore it"),
        (b"[]", "a.ipynb: not a notebook (no cells); restore it"),
        (b'{"cells": []}', "a.ipynb: not a notebook (no cells); restore it"),
        (None, "a.ipynb: no such file; restore it"),
    ],
)
def test_a_notebook_that_is_none_is_named(tmp_path: Path, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / "a.ipynb").write_bytes(content)
    with pytest.raises(BuildFailed) as raised:
        notebooks.read(tmp_path / "a.ipynb")
    assert said in str(raised.value)


def test_a_notebook_of_another_language_is_refused(tmp_path: Path) -> None:
    path = notebook(tmp_path / "a.ipynb", "1", kernelspec={"name": "ir", "display_name": "R", "language": "R"})
    with pytest.raises(BuildFailed, match=r"a\.ipynb: written for the language R; .*Python"):
        notebooks.read(path)


def test_a_notebook_without_kernel_gets_that_of_the_book(tmp_path: Path) -> None:
    path = notebook(tmp_path / "a.ipynb", "1")
    assert notebooks.normalised(notebooks.read(path)).metadata["kernelspec"] == notebooks.KERNEL


def test_a_cell_that_fails_is_named_and_nothing_is_stored(tmp_path: Path) -> None:
    path = notebook(tmp_path / "book" / "a.ipynb", "a = 1", "assert a == 2, 'one is not two'")
    before = path.read_bytes()
    with pytest.raises(BuildFailed, match=r"(?s)a\.ipynb, cell 2: .*one is not two"):
        execute.execute([path], tmp_path / "cache")
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", ["book", "notebooks"])
def test_a_fault_ends_the_build_with_its_message_and_status_2(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing() -> None:
        raise BuildFailed("a.ipynb: not a notebook; restore it")

    monkeypatch.setattr(build, "book", failing)
    monkeypatch.setattr(build, "store_notebooks", failing)
    assert build.main([command]) == WRONG_INPUT
    out, err = capsys.readouterr()
    assert out == "" and err == f"{command}: a.ipynb: not a notebook; restore it\n"


def test_a_missing_font_is_named_before_another_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = tmp_path / "NotoSansSC.otf"
    monkeypatch.setattr(style.pylopdf_fonts_zh_cn, "sans_path", lambda: missing)
    with pytest.raises(InputError, match=r"NotoSansSC\.otf: no such font; .*`make setup`"):
        style.font_family()
