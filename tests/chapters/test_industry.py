"""The figures of the section on industry, against a recomputation straight from the tables' files."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

import pytest
from chapter_rows import read_rows, value_of, with_value_changed, without_rows

from analysis.chapter import Chapter
from analysis.chapters.dependence import industry
from analysis.figures.figure import Figure
from analysis.figures.numbers import quantity

BRAND = "ru_car_market.chinese_brand_share"
# Each figure with the id of one observation that it draws.
DRAWN: dict[Callable[[Chapter], Figure], str] = {
    industry.car_share: f"{BRAND}@2024-09@RU-CN@autostat_lenta_20251119",
    industry.car_brands: "ru_car_market.korean_brand_share@2023-02@RU-KR@carnewschina_20230328",
    industry.car_assembly: "ru_car_market.share_by_assembly_country@2025@RU-CN@rambler_assembly_20260114",
    industry.car_volumes: "ru_car_output.passenger@2025@RU-@sibnet_rosstat_20260207",
    industry.chips: "ru_chips.chinese_maker_share@2023-01/2023-09@RU-CN@bloomberg_liga_20240125",
    industry.machine_tools: "ru_battlefield_imports.seller_share@2023@RU-CN_HK@kse_komersant_20250328",
}
SENTENCES = (industry.local_assembly, industry.car_counts, industry.makers)


def share(value: float) -> str:
    return quantity(value, "percent_share")


def test_the_share_of_chinese_brands_starts_peaks_and_ends_as_the_title_says(chapter: Chapter) -> None:
    rows = read_rows("observations", series_id=BRAND)
    start = value_of(BRAND, "2021")
    peak = max(float(row["value"]) for row in rows if row["bound"] == "exact")
    last = value_of(BRAND, "2026-02")
    assert max(row["period"][:7] for row in rows) == "2026-02"
    title = industry.car_share(chapter).title
    assert title.startswith(f"Chinese brands held {share(start)} ")
    assert f"{share(peak)} at their peak in Sep 2024" in title
    assert title.endswith(f"by Feb 2026 they were down to {share(last)}")


def test_the_title_tells_of_no_fall_when_the_latest_share_is_the_peak(chapter: Chapter) -> None:
    risen = with_value_changed(chapter, f"{BRAND}@2026-02@RU-CN@mailru_gpb_20260312", "2")
    assert "down" not in industry.car_share(risen).title


def test_brands_that_left_are_summed_before_and_after(chapter: Chapter) -> None:
    groups = [f"ru_car_market.{name}_brand_share" for name in ("european", "korean", "japanese")]
    before, after = (sum(value_of(group, month) for group in groups) for month in ("2022-02", "2023-02"))
    figure = industry.car_brands(chapter)
    assert f"fell from {share(before)} to {share(after)} of the market" in figure.title
    russian, chinese = value_of("ru_car_market.russian_brand_share", "2023-02"), value_of(BRAND, "2023-02")
    assert russian > chinese
    assert figure.title.endswith(
        f"Russian brands held {share(russian)} then, Chinese brands {share(chinese)}"
    )


def test_the_chinese_share_before_the_invasion_is_drawn_as_the_bound_it_is(chapter: Chapter) -> None:
    drawn = industry.car_brands(chapter).data
    (row,) = drawn[(drawn["series_id"] == BRAND) & (drawn["series"] == "Feb 2022")].to_dict("records")
    assert (row["value"], row["bound"], row["period"]) == (10.0, "below", "2022-01/2022-02")


def test_badge_and_assembly_come_from_one_counter_and_one_period(chapter: Chapter) -> None:
    figure = industry.car_assembly(chapter)
    by_place = "ru_car_market.share_by_assembly_country"
    span = "2025-01/2025-09"
    wanted = {
        ("CN", "badge"): value_of(BRAND, "2025", origin_ids="autostat"),
        ("CN", "assembly"): value_of(by_place, "2025", counterparty="CN"),
        ("RU", "badge"): value_of("ru_car_market.russian_brand_share", span),
        ("RU", "assembly"): value_of(by_place, span, counterparty="RU"),
    }
    drawn = {(row["actor"], row["count"]): row for row in figure.data.to_dict("records")}
    assert {key: row["value"] for key, row in drawn.items()} == wanted
    for actor in ("CN", "RU"):
        one, other = drawn[actor, "badge"], drawn[actor, "assembly"]
        assert (one["period"], one["origins"]) == (other["period"], other["origins"])
    assert f"Chinese cars lead the Russian market with {share(wanted['CN', 'badge'])}" in figure.title
    assert figure.title.endswith(f"cars made in Russia with {share(wanted['RU', 'assembly'])}")


def test_sales_and_output_are_compared_with_the_first_year(chapter: Chapter) -> None:
    sold, made = (
        {
            year: median(
                float(row["value"]) for row in read_rows("observations", series_id=series, period=year)
            )
            for year in ("2021", "2025")
        }
        for series in ("ru_car_market.total_sales", "ru_car_output.passenger")
    )
    sales, output = (round(100 * part["2025"] / part["2021"]) for part in (sold, made))
    title = industry.car_volumes(chapter).title
    assert title.startswith(
        f"In 2025 Russians bought {quantity(sales, 'percent')} as many new cars as in 2021"
    )
    assert title.endswith(f"only {quantity(output, 'percent')} as many were made in Russia")


def test_channel_and_maker_are_judged_against_the_stated_share(chapter: Chapter) -> None:
    figure = industry.chips(chapter)
    channel = value_of("ru_microelectronics.china_share", "2023")
    maker = value_of("ru_chips.chinese_maker_share", "2023-01/2023-09")
    assert figure.title.startswith(f"About {share(channel)} ")
    assert f"but under {share(maker)} of its chips" in figure.title
    judged = figure.data.set_index("observation_id")["judgement"].to_dict()
    for row in read_rows("observations"):
        if row["observation_id"] not in judged:
            continue
        value, bound = float(row["value"]), row["bound"]
        admits = {
            "exact": (value, value),
            "about": (0.95 * value, min(1.05 * value, 100)),
            "above": (value, 100),
            "below": (0, value),
        }[bound]
        expected = "inside" if admits[0] >= 90 else "outside" if admits[1] < 90 else "undecided"
        assert judged[row["observation_id"]] == expected, row["observation_id"]


def test_each_class_is_compared_from_its_first_value_to_its_last(chapter: Chapter) -> None:
    ends = {
        "ru_machine_tools.china_share_imports": ("2022", "2023"),
        "ru_machine_tool_parts.china_share": ("2022", "2023"),
        "ru_cnc.china_share_imports": ("2022-02", "2023-07"),
        "ru_battlefield_imports.seller_share": ("2022", "2023"),
        "ru_sanctioned_goods.china_share": ("2021", "2023"),
    }
    drawn = {
        (row["series_id"], row["series"]): row
        for row in industry.machine_tools(chapter).data.to_dict("records")
    }
    risen = over = 0
    for series_id, periods in ends.items():
        first, last = (
            median(
                float(row["value"])
                for row in read_rows("observations", series_id=series_id, period=period)
                if row["counterparty"] in ("CN", "CN_HK")
            )
            for period in periods
        )
        assert drawn[series_id, "earlier"]["value"] == first
        assert drawn[series_id, "later"]["value"] == last
        risen, over = risen + (last > first), over + (last > 50)
    assert (risen, over) == (5, 5)
    assert industry.machine_tools(chapter).title == (
        "China’s share rose in all 5 classes of controlled goods, to over half in each"
    )


def test_the_investment_table_multiplies_firms_and_holds_every_count(chapter: Chapter) -> None:
    firms = [value_of("ru_chinese_firms.stock", period) for period in ("2021-12", "2025-09")]
    shown = industry.investment(chapter)
    assert f"{firms[1] / firms[0]:.1f} times" in shown.title
    (figure,) = read_rows("figures", figure_id="dependence-investment")
    series = figure["series_ids"].split(";")
    assert len(shown.data) == sum(len(read_rows("observations", series_id=one)) for one in series)


def test_the_answer_counts_the_claims_it_is_given(chapter: Chapter) -> None:
    claims = ["dependence.121", "dependence.122"]
    said = industry.answer(chapter, claims).data
    assert said.startswith("**Of the 2 claims")
    assert "1 supported, 1 refuted" in said


@pytest.mark.parametrize("draw", DRAWN, ids=lambda draw: draw.__name__)
def test_a_changed_cell_changes_the_figure(chapter: Chapter, draw: Callable[[Chapter], Figure]) -> None:
    changed = with_value_changed(chapter, DRAWN[draw])
    assert draw(changed).csv != draw(chapter).csv


@pytest.mark.parametrize("draw", [*DRAWN, industry.investment], ids=lambda draw: draw.__name__)
def test_without_rows_the_figure_is_named(chapter: Chapter, draw: Callable[[Chapter], Figure]) -> None:
    name = draw.__name__.replace("_", "-")
    with pytest.raises(ValueError, match=f"figure dependence-{name}"):
        draw(without_rows(chapter, "observations"))


@pytest.mark.parametrize("say", SENTENCES, ids=lambda say: say.__name__)
def test_sentences_follow_their_rows(chapter: Chapter, say: Callable[[Chapter], object]) -> None:
    said = say(chapter).data
    assert "nan" not in said and "None" not in said
    with pytest.raises(ValueError, match="figure dependence-"):
        say(without_rows(chapter, "observations"))


def test_the_sentence_on_local_assembly_recomputes(chapter: Chapter) -> None:
    last = value_of("ru_car_market.chinese_brand_local_assembly_share", "2025-10")
    assert f"the other {share(100 - last)} came in finished" in industry.local_assembly(chapter).data
