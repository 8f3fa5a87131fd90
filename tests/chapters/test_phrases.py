"""Words chosen from numbers, each the right one on either side of its edge."""

from __future__ import annotations

import pandas as pd
import pytest
from chapter_rows import read_rows

from analysis.chapters.phrases import (
    admitted,
    bounded,
    ends_of_lines,
    moved,
    of_all,
    percent,
    share,
    stated,
    tally,
    years,
)

THIN = "\u202f"


def test_a_share_keeps_its_digits_and_a_percentage_is_rounded():
    assert share(36.5) == f"36.5{THIN}%"
    assert (percent(36.5), percent(36.44, 1)) == (f"37{THIN}%", f"36.4{THIN}%")


@pytest.mark.parametrize(
    ("bound", "words"), [("exact", ""), ("about", "about "), ("above", "over "), ("below", "under ")]
)
def test_a_bound_is_said(bound, words):
    row = {"value": 90.0, "unit": "percent_share", "bound": bound}
    assert bounded(row) == f"{words}90{THIN}%"
    assert bounded(row, "at least", "at most").startswith(
        {"above": "at least", "below": "at most"}.get(bound, words)
    )


def test_years_run_from_the_first_day_to_the_last():
    assert years(["2021-12/2022-03", "2019-Q4"]) == "2019–2022"
    assert years(["2023", "2023-05"]) == "2023"


def test_numbers_choose_their_words():
    assert [moved(1, 2), moved(2, 1), moved(1, 1)] == ["rose", "fell", "stayed"]
    assert [of_all(5, 5), of_all(3, 5), of_all(0, 5)] == ["all 5", "3 of 5", "none of 5"]


def test_a_stated_figure_lies_in_what_it_admits(chapter):
    for claim in read_rows("claims", article_id="dependence", unit="percent_share"):
        if claim["qualifier"] == "about":
            assert float(claim["figure_low"]) in admitted(chapter, claim["claim_id"])
            assert stated(chapter, claim["claim_id"]) == f"about {claim['figure_low']}{THIN}%"


def test_every_verdict_is_counted_once(chapter):
    assert sum(int(part.split()[0]) for part in tally(chapter, chapter.claims).split(", ")) == len(
        chapter.claims
    )


def test_the_ends_of_a_line_are_medians_or_bounds():
    rows = [
        ("2021", 1.0, "exact"),
        ("2021", 3.0, "exact"),
        ("2022", None, "exact"),
        ("2023-Q4", 9.0, "below"),
    ]
    data = pd.DataFrame(rows, columns=["period", "value", "bound"]).assign(line="yuan", unit="percent_share")
    assert ends_of_lines(data) == f"yuan 2{THIN}% in 2021, at most 9{THIN}% in Q4 2023."
    assert ends_of_lines(data.iloc[3:]) == f"yuan at most 9{THIN}% in Q4 2023."
