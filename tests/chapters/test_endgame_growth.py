"""The endgame's pictures of growth say what the rows say, worked out here from the files alone."""

from __future__ import annotations

from collections import defaultdict

import pytest
from chapter_rows import numbers_in, read_rows, with_value_changed, without_rows

from analysis.chapter import Chapter, read_chapter
from analysis.chapters.endgame import growth

YEARS = ("2022", "2023", "2024", "2025")


@pytest.fixture(scope="module")
def own() -> Chapter:
    return read_chapter("endgame")


def forecasts(year: str) -> list[dict[str, str]]:
    rows = read_rows("observations", period=year, geo="RU", status="forecast")
    return [row for row in rows if row["series_id"].startswith("ru_gdp_growth.forecast_")]


def counted(year: str) -> list[float]:
    rows = read_rows("observations", series_id="ru_gdp.real_growth", period=year, geo="RU", status="outturn")
    return [float(row["value"]) for row in rows]


@pytest.mark.parametrize("year", YEARS)
def test_forecasts_off_the_counts_are_counted_from_the_rows(own: Chapter, year: str) -> None:
    made = defaultdict(list)
    for row in forecasts(year):
        if row["vintage"] > "2022-02":
            made[row["origin_ids"], row["vintage"]].append(float(row["value"]))
    below = sum(max(values) < min(counted(year)) for values in made.values())
    above = sum(min(values) > max(counted(year)) for values in made.values())
    title = growth.vintages(own, year).title
    said = numbers_in(title)
    assert said[0] == int(year)
    if below == len(made):
        assert f"all {below} forecasts" in title
    else:
        assert said[1:3] == [below, len(made)]
    assert ("none above" in title) == (above == 0)
    assert above == 0 or said[-1] == above


def test_the_years_after_the_first_are_told_as_they_would_be_drawn(own: Chapter) -> None:
    parts = growth.other_years(own).data.split("; ")
    assert len(parts) == len(YEARS) - 1
    for year, part in zip(YEARS[1:], parts, strict=True):
        title, said = growth.vintages(own, year).title, numbers_in(part)
        assert [number for number in said if number] == numbers_in(title)
        assert ("none above" in part) == ("none above" in title)


@pytest.mark.parametrize("year", YEARS)
def test_no_count_is_drawn_among_the_forecasts(own: Chapter, year: str) -> None:
    figure = growth.vintages(own, year)
    assert set(figure.data["status"]) == {"forecast"}
    assert sorted(map(float, figure.data["value"])) == sorted(float(row["value"]) for row in forecasts(year))


def test_the_baselines_chain_growth_within_one_edition(own: Chapter) -> None:
    actual = {}
    for row in read_rows("observations", series_id="ru_gdp.real_growth", geo="RU", vintage="2024-04"):
        actual[row["period"]] = float(row["value"])
    level = (1 + actual["2022"] / 100) * (1 + actual["2023"] / 100)
    imf = defaultdict(dict)
    for year in ("2022", "2023"):
        for row in read_rows(
            "observations", series_id="ru_gdp_growth.forecast_imf", period=year, status="forecast"
        ):
            imf[row["vintage"]][year] = float(row["value"])
    gaps = {
        month: 100 * (level / ((1 + imf[month]["2022"] / 100) * (1 + imf[month]["2023"] / 100)) - 1)
        for month in ("2022-01", "2022-04")
    }
    figure = growth.baselines(own)
    drawn = {row.vintage: float(row.value) for row in figure.data.itertuples() if row.body == "IMF"}
    for month, gap in gaps.items():
        assert drawn[month] == pytest.approx(gap, abs=0.051)
    assert "below" in figure.title and "above" in figure.title
    said = numbers_in(figure.title)
    assert said[1] == pytest.approx(abs(gaps["2022-01"]), abs=0.051)
    assert said[3] == pytest.approx(gaps["2022-04"], abs=0.051)


def test_the_sentence_gives_the_mean_miss_of_each_kind(own: Chapter) -> None:
    middle = sum(counted("2022")) / len(counted("2022"))
    ends = defaultdict(list)
    for row in forecasts("2022"):
        if "2022-02" < row["vintage"] <= "2022-06":
            ends[row["origin_ids"], row["vintage"]].append(float(row["value"]))
    misses = defaultdict(list)
    for (origin, _), values in ends.items():
        home = origin in ("cbr", "minec_ru", "interfax")
        misses[home].append(middle - (min(values) + max(values)) / 2)
    said = str(growth.missed(own).data)
    for home, found in misses.items():
        assert f"{abs(sum(found) / len(found)):.1f}" in said, home


def test_the_answer_names_every_year_with_its_counts(own: Chapter) -> None:
    said = str(growth.answer(own).data).replace("−", "-")
    for year in YEARS:
        assert year in said
        assert f"{max(counted(year)):.1f}" in said


@pytest.mark.parametrize(
    ("draw", "cell"),
    [
        (
            lambda chapter: growth.vintages(chapter, "2024"),
            "ru_gdp_growth.forecast_imf@2024@RU-@trade_fc_interfax_2024_01@2024-01",
        ),
        (growth.baselines, "ru_gdp_growth.forecast_imf@2022@RU-@trade_fc_interfax_2022_04@2022-04"),
    ],
)
def test_a_changed_cell_changes_the_figure(own: Chapter, draw, cell: str) -> None:
    assert draw(own).csv != draw(with_value_changed(own, cell)).csv


@pytest.mark.parametrize(
    ("draw", "figure_id"),
    [
        (lambda chapter: growth.vintages(chapter, "2022"), "endgame-growth-vintages"),
        (growth.baselines, "endgame-growth-baselines"),
        (growth.missed, "endgame-growth-vintages"),
        (growth.other_years, "endgame-growth-vintages"),
        (growth.answer, "endgame-growth-vintages"),
    ],
)
def test_without_rows_the_error_names_the_figure(own: Chapter, draw, figure_id: str) -> None:
    with pytest.raises(ValueError, match=figure_id):
        draw(without_rows(own, "observations"))
