"""The spill-overs of the reset, in step with their rows."""

from __future__ import annotations

from collections import Counter
from html import escape

import pytest
from chapter_rows import numbers_in, read_rows, with_table, with_value_changed, without_rows

from analysis.chapter import Chapter, read_chapter
from analysis.chapters.reset import spillovers


@pytest.fixture(scope="module")
def reset() -> Chapter:
    return read_chapter("reset")


def outcome(claim_id: str) -> str:
    (row,) = read_rows("forecasts", claim_id=claim_id)
    if row["condition_met"] == "no" or not row["criterion"] or not row["outcome"]:
        return "other"
    return {1.0: "happened", 0.0: "did not"}.get(float(row["outcome"]), "other")


def test_the_matrix_holds_every_row_once(reset: Chapter) -> None:
    rows = read_rows("spillovers")
    figure = spillovers.matrix(reset)
    assert sorted(figure.data["claim_id"]) == sorted(row["claim_id"] for row in rows)
    placed = {row["claim_id"]: (row["channel"], row["region"], row["direction"]) for row in rows}
    for _, cell in figure.data.iterrows():
        assert placed[cell["claim_id"]] == (cell["row"], cell["column"], cell["direction"])
    counts = Counter(outcome(row["claim_id"]) for row in rows)
    assert numbers_in(figure.title) == [len(rows), counts["happened"], counts["did not"], counts["other"]]


def test_the_cells_link_every_claim(reset: Chapter) -> None:
    table = spillovers.cells(reset)
    for row in read_rows("spillovers"):
        assert f"#claim-{row['claim_id'].replace('.', '-')}" in table.html
        (forecast,) = read_rows("forecasts", claim_id=row["claim_id"])
        assert escape(forecast["note"]) in table.html


@pytest.mark.parametrize("region", spillovers.REGIONS)
def test_a_region_counts_its_rows(reset: Chapter, region: str) -> None:
    rows = read_rows("spillovers", region=region)
    strengths = {row["claim_id"]: row["strength"] for row in read_rows("wordings")}
    said = numbers_in(str(spillovers.in_region(reset, region).data))
    assert said[0] == len(rows) == sum(said[1:-1])
    assert said[-1] == sum(strengths[row["claim_id"]] == "may" for row in rows)


def test_another_outcome_moves_a_badge(reset: Chapter) -> None:
    turned = with_table(
        reset,
        "forecasts",
        lambda frame: frame.assign(outcome=frame["outcome"].where(frame["outcome"].isna(), 0)),
    )
    assert not spillovers.matrix(turned).data.equals(spillovers.matrix(reset).data)


def test_the_arms_are_those_of_the_rows(reset: Chapter) -> None:
    figure = spillovers.arms_clients(reset)
    rows = read_rows("observations", series_id=spillovers.SHARES, period=spillovers.AFTER, counterparty="US")
    least = min(float(row["value"]) for row in rows if row["geo"] != "EG")
    assert numbers_in(figure.title)[-1] == least
    claims = [f"reset.{number}" for number in range(294, 301)]
    held = sum(reset.now[claim].label == "Supported" for claim in claims)
    assert numbers_in(figure.title)[:-1] == ([held] if held == len(claims) else [held, len(claims)])
    changed = with_value_changed(reset, rows[0]["observation_id"])
    assert not spillovers.arms_clients(changed).data.equals(figure.data)


def test_measures_have_a_side_of_the_article(reset: Chapter) -> None:
    table = spillovers.measures(reset)
    counts = table.data["measure"].value_counts()
    assert numbers_in(table.title)[:2] == [int((counts == 2).sum()), len(counts)]
    assert set(table.data["when"]) <= {"before the article", "since"}


@pytest.mark.parametrize(
    ("draw", "table"),
    [
        (spillovers.matrix, "spillovers"),
        (spillovers.cells, "spillovers"),
        (spillovers.arms_clients, "observations"),
        (spillovers.measures, "observations"),
    ],
)
def test_nothing_to_draw_is_named(reset: Chapter, draw, table: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=r"figure reset-.*no row"):
        draw(without_rows(reset, table))
