"""The second path: it shares nothing with the first, agrees with it on the book, and can disagree."""

from __future__ import annotations

import ast
import copy
import csv
import random
import sys
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import sound
from hypothesis import given
from hypothesis import strategies as st

from analysis import intervals as first_intervals
from analysis import ledger, paths, periods, tables
from analysis.package import Tables
from review import second_path
from review.second_path import __main__ as command
from review.second_path import days, folder, intervals
from review.second_path.labels import label
from review.second_path.origins import groups

FOLDER = Path(second_path.__file__).parent


def _imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: name the whole module"
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_it_imports_the_standard_library_and_itself(path: Path) -> None:
    allowed = {*sys.stdlib_module_names, "review.second_path"}
    assert {
        name for name in _imported(path) if not {name.split(".")[0], ".".join(name.split(".")[:2])} & allowed
    } == set()
    assert "importlib" not in path.read_text("utf-8") and "__import__" not in path.read_text("utf-8")


def test_both_paths_agree_on_the_book() -> None:
    assert second_path.compare(paths.DATA) == []


def test_both_paths_agree_on_evidence_changed_at_random() -> None:
    """Agreement on the book alone could be fitted; here values move over edges, stances turn and bounds change."""
    chance, loaded, rows = (
        random.Random(20261122),
        tables.load(),
        copy.deepcopy(dict(folder.read(paths.DATA).rows)),
    )
    frames = {name: frame.copy() for name, frame in loaded.items()}

    def change(
        table: str, column: str, cell: Callable[[str], str], count: int, typed: Callable[[str], object] = str
    ) -> None:
        for place in chance.sample(range(len(rows[table])), count):
            changed = cell(rows[table][place][column])
            rows[table][place][column] = changed
            frames[table].at[place + 2, column] = typed(changed)

    factors = ("0.5", "0.94", "0.99", "1.02", "1.06", "2")
    change(
        "observations",
        "value",
        lambda value: f"{Decimal(value) * Decimal(chance.choice(factors)):f}",
        900,
        Decimal,
    )
    change("observations", "bound", lambda _: chance.choice(("exact", "about", "above", "below")), 300)
    change("stances", "stance", lambda _: chance.choice(("supports", "contradicts", "silent")), 200)
    change("events", "occurred", lambda _: chance.choice(("yes", "no")), 60)
    first = ledger.ledger(Tables(loaded.schema, frames))
    second = second_path.recompute_rows(folder.Folder(rows, loaded.schema.as_of))
    unchanged = second_path.recompute(paths.DATA)
    assert second_path.differences(first, second) == []
    assert len(second_path.differences(unchanged, second)) > 100


def test_a_claim_of_the_sound_folder(tmp_path: Path) -> None:
    results = {row["claim_id"]: row for row in second_path.recompute(sound.write(tmp_path))}
    assert results["a.01"]["verdict"] == results["a.01"]["verdict_at_publication"] == "Supported"
    assert results["a.02"]["verdict"] == "Not enough evidence" and results["a.02"]["strength"] is None
    assert results["a.03"]["verdict"] == "Open"
    # One supported premise passes on 2 × 0.9 − 1, which lifts a base of one half by four fifths of what is left.
    assert results["a.03"]["strength"] == pytest.approx(0.9)


def test_a_difference_is_named_with_both_sides() -> None:
    one = [
        {"claim_id": "a.01", "verdict": "Supported", "holds_share": 0.25},
        {"claim_id": "a.02", "verdict": "Open"},
    ]
    other = copy.deepcopy(one[:1])
    other[0] |= {"verdict": "Refuted", "holds_share": 0.25 + 1e-12}
    assert second_path.differences(one, other) == [
        {"claim_id": "a.01", "what": "verdict", "first": "Supported", "second": "Refuted"},
        {"claim_id": "a.02", "what": "claim_id", "first": "a.02", "second": None},
    ]


def test_the_command_ends_with_one_where_the_paths_differ(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = sound.write(tmp_path)
    monkeypatch.setattr(
        second_path.verdicts.Court, "_cause", lambda *_: second_path.verdicts.Verdict("Refuted")
    )
    assert command.main(["--data", str(data)]) == 1
    assert "a.02, verdict: first path Not enough evidence, second path Refuted" in capsys.readouterr().out
    assert command.main(["--data", str(tmp_path / "none")]) == 2


FIGURES = st.decimals(-(10**6), 10**6, allow_nan=False, places=2) | st.decimals(-500, 500, places=0)


@given(
    st.sampled_from(
        ["exact", "", "about", "over", "at_least", "under", "at_most", "nearly", "almost_all", "negligible"]
    ),
    FIGURES,
    st.sampled_from(["percent_share", "usd_bn"]),
)
def test_statement_intervals_are_those_of_the_first_path(qualifier: str, figure: Decimal, unit: str) -> None:
    if unit == "percent_share" and not 0 <= figure <= 100:
        figure = abs(figure) % 100
    theirs = first_intervals.statement_interval(qualifier, figure, figure, unit)
    ours = intervals.admitted(qualifier, str(figure), str(figure), unit)
    assert (float(ours.low), float(ours.high)) == pytest.approx((theirs.left, theirs.right))
    for end in (ours.low, ours.high):
        if abs(end) != float("inf"):
            point = intervals.Interval(end, end)
            assert point.inside(ours) == (float(end) in theirs)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]))
def test_dates_cover_what_they_cover_in_the_first_path(day: date, form: str) -> None:
    later = (day + timedelta(days=400)).strftime(form)
    half = f"{day.year}-H{1 + (day.month > 6)}"
    for text in (
        day.strftime(form),
        f"{day.strftime(form)}/{later}",
        half,
        f"{day.year}-Q{(day.month + 2) // 3}",
    ):
        parsed = periods.parse(text)
        assert days.span(text) == (parsed.start, parsed.end)
    assert days.span("FY2023-24") == (date(2023, 4, 1), date(2024, 3, 31))


def test_edges_of_intervals() -> None:
    over, point = intervals.criterion(">5"), intervals.measured("5", "exact", "usd_bn")
    assert intervals.judge(point, over) is False
    assert intervals.judge(intervals.measured("5", "above", "usd_bn"), over) is True
    assert intervals.judge(intervals.measured("4", "above", "usd_bn"), over) is None
    assert intervals.judge(intervals.measured("5", "below", "usd_bn"), intervals.criterion(">=5")) is False
    half = intervals.over(
        intervals.measured("1", "above", "usd_bn"), intervals.measured("2", "exact", "usd_bn")
    )
    assert half == intervals.Interval(Fraction(1, 2), float("inf"), False, False)
    assert intervals.over(point, intervals.measured("0", "exact", "usd_bn")) is None


def test_groups_join_what_a_third_thing_joins() -> None:
    things = [frozenset("a"), frozenset("b"), frozenset("c"), frozenset("ab")]
    assert sorted(map(len, groups(things, lambda thing: thing))) == [1, 3]


def test_labels() -> None:
    assert [label(answers) for answers in ([], [True], [False, False], [True, False])] == [
        "Not enough evidence", "Supported", "Refuted", "Conflicting evidence",
    ]  # fmt: skip


def test_a_folder_with_a_damaged_row_is_not_judged(tmp_path: Path) -> None:
    data = sound.write(tmp_path)
    path = data / "observations.csv"
    rows = list(csv.reader(path.open(encoding="utf-8", newline="")))
    rows[1][rows[0].index("value")] = rows[2][rows[0].index("value")] = "many"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    with pytest.raises(ValueError, match="many"):
        second_path.recompute(data)
