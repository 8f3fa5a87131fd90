"""The minerals agreement and the rare earths, in step with their rows."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from chapter_rows import (
    numbers_in,
    read_rows,
    value_of,
    with_cell,
    with_table,
    with_value_changed,
    without_rows,
)

from analysis.chapter import Chapter, read_chapter
from analysis.chapters.phrases import of_all
from analysis.chapters.reset import minerals
from analysis.figures.figure import Figure


@pytest.fixture(scope="module")
def reset() -> Chapter:
    return read_chapter("reset")


def favouring(version: str, side: str) -> tuple[int, int]:
    rows = read_rows("agreement_terms", version=version)
    return sum(row["favours"] == side for row in rows), len(rows)


def versions() -> list[str]:
    return sorted({row["version"] for row in read_rows("agreement_terms")})


def test_the_picture_holds_every_known_term_and_its_title_counts_washingtons(reset: Chapter) -> None:
    drawn = minerals.terms_picture(reset)
    assert len(drawn.data) == len(read_rows("agreement_terms"))
    counts = [favouring(version, "US") for version in versions()]
    said = drawn.title.partition(": ")[2].split(", ")
    assert [one.partition(" on ")[0] for one in said] == [of_all(*pair) for pair in counts]
    assert list(dict.fromkeys(drawn.data.sort_values("version")["version"])) == versions()


def test_a_term_judged_otherwise_changes_the_picture(reset: Chapter) -> None:
    changed = with_cell(reset, "agreement_terms", "favours", "US", version=versions()[-1], term="governance")
    before, after = minerals.terms_picture(reset), minerals.terms_picture(changed)
    assert not before.data.equals(after.data)
    count, known = favouring(versions()[-1], "US")
    assert f"{count + 1} of {known} on" in after.title and after.svg != before.svg


def test_a_term_without_a_name_is_refused(reset: Chapter) -> None:
    odd = with_table(reset, "agreement_terms", lambda rows: rows.assign(term="colour_of_ink"))
    with pytest.raises(ValueError, match="figure reset-minerals-terms: the term colour_of_ink has no name"):
        minerals.terms_picture(odd)


def test_changes_from_version_to_version_are_those_of_the_rows(reset: Chapter) -> None:
    lines = str(minerals.changes_sentence(reset).data).splitlines()[2:]
    rank = {"US": -1, "": 0, "UA": 1}
    for line, before, after in zip(lines, versions(), versions()[1:], strict=False):
        one, other = (
            {row["term"]: rank[row["favours"]] for row in read_rows("agreement_terms", version=version)}
            for version in (before, after)
        )
        both = set(one) & set(other)
        gained, lost = (
            sum(other[term] > one[term] for term in both),
            sum(other[term] < one[term] for term in both),
        )
        assert f"of {len(both)} terms known in both" in line
        assert (f" {gained} term" in line and "towards Kyiv" in line) or not gained
        assert (f" {lost} term" in line and "towards Washington" in line) or not lost
    assert len(lines) == len(versions()) - 1


def test_the_wording_is_linked_and_its_gaps_are_counted(reset: Chapter) -> None:
    shown = minerals.terms_table(reset)
    rows = read_rows("agreement_terms")
    cells = len({row["term"] for row in rows}) * len(versions())
    assert shown.html.count("sources.html#") == len(rows)
    assert f"{cells - len(rows)} of {cells} cells are empty" in shown.subtitle


def test_the_answer_says_when_it_was_signed_and_counts_what_came_about(reset: Chapter) -> None:
    text = str(minerals.answer(reset).data)
    (row,) = read_rows("forecasts", claim_id="reset.101")
    assert (
        row["outcome"] == "0" and "was signed on 30 Apr 2025" in text and row["outcome_date"] == "2025-04-30"
    )
    count, known = favouring(versions()[-1], "US")
    assert f"{of_all(count, known)} favour Washington" in text

    def broken(rows: pd.DataFrame) -> pd.DataFrame:
        return rows.assign(outcome=rows["outcome"].mask(rows["claim_id"] == "reset.101", 1))

    assert "was not signed by then" in str(minerals.answer(with_table(reset, "forecasts", broken)).data)


def test_shares_of_rare_earths_are_those_of_the_rows(reset: Chapter) -> None:
    drawn = minerals.rare_earths(reset)
    mined = value_of("minerals.rare_earth_production_share", "2024", geo="CN")
    refined = value_of("minerals.rare_earth_refining_share", "2024", geo="CN")
    russia = value_of("minerals.rare_earth_production_share", "2024", geo="RU")
    assert numbers_in(drawn.title) == [mined, refined, russia]
    (row,) = read_rows(
        "observations", series_id="minerals.rare_earth_production_share", period="2024", geo="CN"
    )
    moved = minerals.rare_earths(with_value_changed(reset, row["observation_id"]))
    assert not moved.data.equals(drawn.data) and moved.title != drawn.title


def test_reserves_stand_edition_by_edition(reset: Chapter) -> None:
    drawn = minerals.reserves(reset)
    rows = sorted(
        read_rows("observations", series_id="minerals.rare_earth_reserves", geo="RU"),
        key=lambda row: row["period"],
    )
    assert [float(value) for value in drawn.data["value"]] == [float(row["value"]) for row in rows]
    assert " cut them " in drawn.title and f"in {len(rows)} editions" in drawn.title
    raised = with_value_changed(reset, rows[-1]["observation_id"], "10")
    assert " raised them " in minerals.reserves(raised).title


@pytest.mark.parametrize(
    ("draw", "figure_id", "table"),
    [
        (minerals.terms_picture, "reset-minerals-terms", "agreement_terms"),
        (minerals.rare_earths, "reset-rare-earths", "observations"),
        (minerals.reserves, "reset-reserves", "observations"),
    ],
)
def test_a_figure_without_rows_names_itself(
    reset: Chapter, draw: Callable[[Chapter], Figure], figure_id: str, table: str
) -> None:
    assert draw(reset).figure_id == figure_id
    with pytest.raises(ValueError, match=f"figure {figure_id}: there is no row to draw"):
        draw(without_rows(reset, table))
