"""Industry: cars by badge and by place of assembly, chips and machines by channel and by maker, investment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pandas as pd
from IPython.display import Markdown

from analysis import periods
from analysis.chapter import Chapter
from analysis.chapters.rows import pick, rows_of, tally
from analysis.figures.bars import bars, dots
from analysis.figures.evidence import evidence
from analysis.figures.figure import Figure
from analysis.figures.numbers import interval, number, quantity
from analysis.figures.parts import Statement
from analysis.figures.table import Column, Table, table
from analysis.figures.time_axis import printed
from analysis.figures.timeseries import timeseries
from analysis.intervals import judge, measured_interval, statement_interval

SHARE = "percent_share"
BRAND = "ru_car_market.chinese_brand_share"
WORDS = {"about": "about ", "above": "over ", "below": "under ", "exact": ""}


def _bounded(row: pd.Series) -> str:
    """An observation's value in words, with its bound and unit."""
    return WORDS[row["bound"]] + quantity(row["value"], row["unit"])


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows by the last day of their period, then by the first."""
    spans = rows["period"].map(periods.parse)
    keyed = rows.assign(end=spans.map(lambda p: p.end), start=spans.map(lambda p: p.start))
    return keyed.sort_values(["end", "start", "observation_id"], kind="stable").drop(columns=["end", "start"])


def _precision(rows: pd.DataFrame) -> pd.Series:
    return rows["period"].map(lambda period: periods.parse(period).precision)


def _middle(period: str) -> str:
    """The day in the middle of a period."""
    run = periods.parse(period)
    return (run.start + timedelta(days=(run.end - run.start).days // 2)).isoformat()


def _stated(chapter: Chapter, claim_id: str) -> str:
    """The figure that the article states, with its hedge, in words."""
    claim = chapter.claims[claim_id]
    return f"{claim['qualifier'].replace('_', ' ')} {quantity(claim['figure_low'], claim['unit'])}"


def answer(chapter: Chapter, claim_ids: Sequence[str]) -> Markdown:
    """The section's answer: how its claims came out, and the two measures that pull apart."""
    chips = rows_of(chapter, "dependence-chips")
    channel = pick(chips, "dependence-chips", series_id="ru_microelectronics.china_share").iloc[0]
    maker = pick(chips, "dependence-chips", series_id="ru_chips.chinese_maker_share").iloc[0]
    cars = _cars_by_count(chapter)
    badge, made = (_counted(cars, "CN", count) for count in ("badge", "assembly"))
    return Markdown(
        f"**Of the {len(claim_ids)} claims of these paragraphs the evidence finds {tally(chapter, claim_ids)}.** "
        f"Much hangs on what is counted: {_bounded(channel)} of Russia’s microelectronics came by way of China, "
        f"{_bounded(maker)} of its chips were of Chinese make; {_bounded(badge)} of the new cars sold in "
        f"{printed(badge['period'])} had a Chinese badge, {_bounded(made)} were put together in China."
    )


def car_share(chapter: Chapter) -> Figure:
    """Chinese brands' share of the Russian car market, every span and source, with both figures of the article."""
    figure_id = "dependence-car-share"
    rows = pick(rows_of(chapter, figure_id), figure_id, series_id=BRAND)
    yearly = _precision(rows) == "year"
    drawn = rows.assign(
        line=yearly.map({True: "calendar years", False: "months and other spans"}), actor="CN"
    )
    first_claim, last_claim = "dependence.121", "dependence.122"
    start = chapter.claims[first_claim]["period"]
    begin = pick(rows, figure_id, period=start)["value"].median()
    exact = rows[rows["bound"] == "exact"]
    peak = exact.sort_values("value", kind="stable").iloc[-1]
    last = _in_order(rows).iloc[-1]
    title = (
        f"Chinese brands held {quantity(begin, SHARE)} of Russia’s new-car market in {printed(start)} "
        f"and {quantity(peak['value'], SHARE)} at their peak in {printed(peak['period'])}"
    )
    if last["value"] < peak["value"]:
        title += f"; by {printed(last['period'])} they were down to {quantity(last['value'], SHARE)}"
    marks = pd.DataFrame(
        {
            "date": [_middle(chapter.claims[claim]["period"]) for claim in (first_claim, last_claim)],
            "label": [f"article: {_stated(chapter, claim)}" for claim in (first_claim, last_claim)],
        }
    )
    order = drawn.sort_values("line", kind="stable")
    return timeseries(
        order,
        unit=SHARE,
        marks=marks,
        figure_id=figure_id,
        title=title,
        subtitle=f"% of new passenger cars sold, by badge · Russia · {_span(rows)}",
        source=chapter.publishers(rows),
        alt=(
            f"Two lines that run together, one through calendar years and one through shorter spans. They rise from "
            f"{quantity(rows['value'].min(), SHARE)} to {quantity(peak['value'], SHARE)} in "
            f"{printed(peak['period'])} and end at {quantity(last['value'], SHARE)} in {printed(last['period'])}. "
            f"Upright lines mark what the article states: {marks['label'][0]} in {printed(start)}, "
            f"{marks['label'][1]} in {printed(chapter.claims[last_claim]['period'])}."
        ),
    )


def _span(rows: pd.DataFrame) -> str:
    runs = [periods.parse(period) for period in rows["period"]]
    first, last = min(run.start for run in runs).year, max(run.end for run in runs).year
    return str(first) if first == last else f"{first}–{last}"


GROUPS = {
    "ru_car_market.russian_brand_share": ("Russian", "RU"),
    BRAND: ("Chinese", "CN"),
    "ru_car_market.european_brand_share": ("European", "EU27"),
    "ru_car_market.korean_brand_share": ("Korean", "KR"),
    "ru_car_market.japanese_brand_share": ("Japanese", "JP"),
}


def car_brands(chapter: Chapter) -> Figure:
    """Who held the market a year after the invasion, and who had held it before."""
    figure_id = "dependence-car-brands"
    rows = rows_of(chapter, figure_id)
    part = pick(rows, figure_id, series_id="ru_car_market.chinese_part_of_lost_share").iloc[0]
    drawn = []
    for end in reversed(periods.ends(part["period"])):
        for series_id, (name, actor) in GROUPS.items():
            row = _nearest(pick(rows, figure_id, series_id=series_id), end, figure_id)
            drawn.append({**row, "series": printed(end), "label": f"{name} brands", "actor": actor})
    data = pd.DataFrame(drawn)
    after, before = (data[data["series"] == name].set_index("series_id") for name in data["series"].unique())
    data.loc[data["series"] == before["series"].iloc[0], "actor"] = ""
    others = [series_id for series_id, (_, actor) in GROUPS.items() if actor not in ("RU", "CN")]
    lost, left = before.loc[others, "value"].sum(), after.loc[others, "value"].sum()
    reached = ", ".join(
        f"{row['label']} held {quantity(row['value'], SHARE)} then"
        if place == 0
        else f"{row['label']} {quantity(row['value'], SHARE)}"
        for place, (_, row) in enumerate(
            after.drop(index=others).sort_values("value", ascending=False).iterrows()
        )
    )
    return dots(
        data,
        unit=SHARE,
        figure_id=figure_id,
        title=(
            f"European, Korean and Japanese brands {'fell' if left < lost else 'went'} from {quantity(lost, SHARE)} to "
            f"{quantity(left, SHARE)} of the market within a year; {reached}"
        ),
        subtitle=f"% of new passenger cars sold, by badge · Russia · {before['series'].iloc[0]} and {after['series'].iloc[0]}",
        source=chapter.publishers(data),
        alt=(
            " ".join(
                f"{row['label']}: {_bounded(before.loc[series_id])} in {printed(before.loc[series_id, 'period'])}, "
                f"{_bounded(row)} in {printed(row['period'])}."
                for series_id, row in after.iterrows()
            )
            + f" Of every 100 points that the three groups lost, Chinese brands gained {number(part['value'])}."
        ),
    )


def _nearest(rows: pd.DataFrame, period: str, figure_id: str) -> pd.Series:
    """The row of the shortest span that shares days with a period."""
    wanted = periods.parse(period)
    spans = rows["period"].map(periods.parse)
    touching = rows[spans.map(lambda span: span.overlaps(wanted))]
    if touching.empty:
        raise ValueError(f"figure {figure_id}: no row of {rows['series_id'].iloc[0]} touches {period}")
    days = touching["period"].map(lambda text: periods.parse(text).end - periods.parse(text).start)
    return touching.assign(days=days).sort_values("days", kind="stable").drop(columns="days").iloc[0]


def _cars_by_count(chapter: Chapter) -> pd.DataFrame:
    """For China and Russia, shares by badge and by assembly of the latest period that one counter has both for."""
    figure_id = "dependence-car-assembly"
    rows = rows_of(chapter, figure_id)
    assembly = pick(rows, figure_id, series_id="ru_car_market.share_by_assembly_country")
    found = []
    for actor, series in (("CN", BRAND), ("RU", "ru_car_market.russian_brand_share")):
        placed = pick(assembly, figure_id, counterparty=actor)
        both = placed.merge(
            pick(rows, figure_id, series_id=series), on=["period", "origins"], suffixes=("", "_badge")
        )
        if both.empty:
            raise ValueError(f"figure {figure_id}: no counter has both shares of {actor} in one period")
        latest = _in_order(both).iloc[-1]
        for count, column in (("badge", "_badge"), ("assembly", "")):
            found.append(
                {
                    "actor": actor,
                    "count": count,
                    "period": latest["period"],
                    "value": latest[f"value{column}"],
                    "unit": SHARE,
                    "bound": latest[f"bound{column}"],
                    "origins": latest["origins"],
                    "observation_id": latest[f"observation_id{column}"],
                }
            )
    return pd.DataFrame(found)


def _counted(cars: pd.DataFrame, actor: str, count: str) -> pd.Series:
    return cars[(cars["actor"] == actor) & (cars["count"] == count)].iloc[0]


def car_assembly(chapter: Chapter) -> Figure:
    """The same market counted by badge and by country of assembly."""
    cars = _cars_by_count(chapter)
    names, places = {"CN": "Chinese", "RU": "Russian"}, {"CN": "China", "RU": "Russia"}
    drawn = cars.assign(
        label=[
            f"{names[actor]} badge, {printed(period)}"
            if count == "badge"
            else f"assembled in {places[actor]}, {printed(period)}"
            for actor, count, period in zip(cars["actor"], cars["count"], cars["period"], strict=True)
        ]
    )
    by_badge, by_place = (
        cars[cars["count"] == count].sort_values("value", kind="stable")["actor"].iloc[-1]
        for count in ("badge", "assembly")
    )
    title = (
        f"By badge {names[by_badge]} cars lead the Russian market with "
        f"{_bounded(_counted(cars, by_badge, 'badge'))}, by place of assembly "
        f"{'also ' if by_place == by_badge else ''}cars made in {places[by_place]} with "
        f"{_bounded(_counted(cars, by_place, 'assembly'))}"
    )
    values = " ".join(
        f"{label}: {quantity(value, SHARE)}."
        for label, value in zip(drawn["label"], drawn["value"], strict=True)
    )
    return bars(
        drawn,
        unit=SHARE,
        ordered=False,
        figure_id="dependence-car-assembly",
        title=title,
        subtitle=f"% of new passenger cars sold, two ways of counting the same cars · Russia · {_span(drawn)}",
        source=chapter.publishers(drawn),
        alt=f"Four bars, two for China and two for Russia. {values}",
    )


def local_assembly(chapter: Chapter) -> Markdown:
    """How much of what carries a Chinese badge is put together in Russia, and how far that goes."""
    figure_id = "dependence-car-assembly"
    rows = rows_of(chapter, figure_id)
    local = _in_order(pick(rows, figure_id, series_id="ru_car_market.chinese_brand_local_assembly_share"))
    first, last = local.iloc[0], local.iloc[-1]
    content = _in_order(pick(rows, figure_id, series_id="ru_car_market.haval_local_content")).iloc[-1]
    built, sold, planned, room = (
        pick(rows, figure_id, series_id=f"moskvich.{name}", period="2023").iloc[0]
        for name in ("output", "sales", "output_plan", "capacity")
    )
    return Markdown(
        f"Of the cars sold with a Chinese badge, {_bounded(first)} were assembled in Russia in "
        f"{printed(first['period'])} and {_bounded(last)} in {printed(last['period'])}; the other "
        f"{quantity(100 - last['value'], SHARE)} came in finished. Assembled is not made: Haval, the one brand with a "
        f"full plant in Russia, is put at {_bounded(content)} local content ({printed(content['period'])}). "
        f"The Moskvich plant, with room for {number(room['value'])} thousand cars a year, built "
        f"{number(built['value'])} thousand in {built['period']}, where {number(planned['value'])} thousand had been "
        f"announced, and {number(sold['value'])} thousand Moskvich cars were sold in that year."
    )


VOLUMES = {
    "ru_car_market.total_sales": ("sold in Russia, all brands", ""),
    "ru_car_market.chinese_brand_sales": ("sold with a Chinese badge", "CN"),
    "ru_car_output.passenger": ("made in Russia, kits included", "RU"),
}


def car_volumes(chapter: Chapter) -> Figure:
    """Cars sold, made in Russia and sold with a Chinese badge, by calendar year."""
    figure_id = "dependence-car-volumes"
    rows = pick(rows_of(chapter, figure_id), figure_id, series_id=list(VOLUMES))
    drawn = rows[_precision(rows) == "year"]
    drawn = drawn.assign(
        line=drawn["series_id"].map(lambda series: VOLUMES[series][0]),
        actor=drawn["series_id"].map(lambda series: VOLUMES[series][1]),
    )
    middle = drawn.groupby(["series_id", "period"])["value"].median()
    sales, output = middle["ru_car_market.total_sales"], middle["ru_car_output.passenger"]
    common = sorted(set(sales.index) & set(output.index))
    first, last = common[0], common[-1]
    sold, made = (100 * series[last] / series[first] for series in (sales, output))
    title = (
        f"In {last} Russians bought {quantity(sold, 'percent', 0)} as many new cars as in {first}; "
        f"{'only ' if made < sold else ''}{quantity(made, 'percent', 0)} as many were made in Russia"
    )
    return timeseries(
        drawn,
        unit="thousand_units",
        marks=pd.DataFrame({"date": [_invasion(chapter)], "label": ["full-scale invasion"]}),
        figure_id=figure_id,
        title=title,
        subtitle=f"thousand new passenger cars a year · Russia · {_span(drawn)}",
        source=chapter.publishers(drawn),
        alt=(
            f"{len(VOLUMES)} lines, {first} to {last}, in thousand cars. Sold: {number(sales[first])}, lowest "
            f"{number(sales.min())}, {number(sales[last])} in {last}. Made in Russia: {number(output[first])}, lowest "
            f"{number(output.min())}, {number(output[last])} in {last}. The line of Chinese badges runs from "
            f"{number(middle['ru_car_market.chinese_brand_sales'].iloc[0])} to "
            f"{number(middle['ru_car_market.chinese_brand_sales'].iloc[-1])}."
        ),
    )


def car_counts(chapter: Chapter) -> Markdown:
    """Two further counts that include other vehicles or stand at another border."""
    figure_id = "dependence-car-volumes"
    rows = rows_of(chapter, figure_id)

    def told(series_id: str) -> str:
        values = _in_order(pick(rows, figure_id, series_id=series_id))
        years = values[_precision(values) == "year"]
        return ", ".join(
            f"{number(row['value'], 0)} thousand in {row['period']}" for _, row in years.iterrows()
        )

    return Markdown(
        f"Other counts draw the line elsewhere. The Association of European Businesses, which counts vans too, has "
        f"{told('ru_car_market.total_sales_aeb')} sold; at the Chinese border vehicles for Russia were "
        f"{told('cn_vehicle_exports.to_russia')} (the figure for 2023 covers vehicles of every kind, the others cars)."
    )


def _invasion(chapter: Chapter) -> str:
    """The day on which the full-scale invasion began, as the events that date it to the day give it."""
    days = {
        row["date"]
        for key, rows in chapter.library.events.items()
        if key.startswith("invasion_2022.")
        for row in rows
    }
    return max(days, key=len)


# What was counted, and a word for it; the group tells channel from maker.
CHIPS = {
    "Chips, by where they came from": {
        "ru_microelectronics.china_share": "microelectronics",
        "ru_semiconductors.china_share": "semiconductors",
        "ru_chips.china_hk_share": "chips",
    },
    "Chips, by whose product they are": {
        "ru_chips.chinese_maker_share": "imported",
        "ru_weapons.chinese_component_share": "found in weapons",
    },
    "Wider lists of war goods, by where they came from": {
        "ru_hpi_imports.china_share": "50 codes",
        "ru_battlefield_imports.any_chinese_channel_share": "any Chinese link",
        "ru_battlefield_imports.seller_share": "Chinese seller",
    },
    "Wider lists of war goods, by whose product they are": {
        "ru_battlefield_imports.maker_share": "Chinese maker",
    },
}


def chips(chapter: Chapter) -> Figure:
    """China's share of Russia’s chips and war goods by channel and by maker, against the article's figure."""
    figure_id, claim_id = "dependence-chips", "dependence.114"
    rows = pick(rows_of(chapter, figure_id), figure_id, counterparty=("CN", "CN_HK"))
    claim = chapter.claims[claim_id]
    stated = statement_interval(claim["qualifier"], claim["figure_low"], claim["figure_high"], claim["unit"])
    known = {row.observation_id: row.known for held in chapter.library.observations.values() for row in held}
    drawn = []
    for group, series in CHIPS.items():
        for series_id, word in series.items():
            values = _in_order(pick(rows, figure_id, series_id=series_id))
            twice = values["period"].duplicated(keep=False)
            for repeated, (_, row) in zip(twice, values.iterrows(), strict=True):
                by = f", {row['source'].partition(' (')[0]}" if repeated else ""
                measured = measured_interval(Decimal(str(row["value"])), row["bound"], SHARE)
                drawn.append(
                    {
                        "reading": group,
                        "primary": False,
                        "origin": f"{word}, {printed(row['period'])}{by}",
                        "low": measured.left,
                        "high": measured.right,
                        "estimate": row["value"] if row["bound"] in ("exact", "about") else None,
                        "judgement": judge(measured, stated),
                        "known_since": known[row["observation_id"]],
                        **row[["series_id", "period", "counterparty", "bound", "origins", "observation_id"]],
                    }
                )
    data = pd.DataFrame(drawn)
    channel = pick(rows, figure_id, series_id="ru_microelectronics.china_share").iloc[0]
    maker = pick(rows, figure_id, series_id="ru_chips.chinese_maker_share").iloc[0]
    link = "but" if maker["value"] < channel["value"] else "and"
    return evidence(
        data,
        statement=Statement(stated, f"article: {_stated(chapter, claim_id)}"),
        unit=SHARE,
        published=chapter.article["published"],
        figure_id=figure_id,
        title=(
            f"{_bounded(channel).capitalize()} of Russia’s microelectronics came by way of China, {link} "
            f"{_bounded(maker)} of its chips were made by Chinese firms"
        ),
        subtitle=f"China’s share in %, by channel and by maker · imports of Russia · {_span(data)}",
        source=chapter.publishers(data),
        alt=" ".join(
            f"{group}: "
            + "; ".join(
                f"{item['origin']} {interval(item['low'], item['high'], SHARE, 0)}"
                for item in drawn
                if item["reading"] == group
            )
            + "."
            for group in CHIPS
        ),
    )


CLASSES = {
    "ru_machine_tools.china_share_imports": "machine tools",
    "ru_machine_tool_parts.china_share": "machine-tool parts",
    "ru_cnc.china_share_imports": "numerically controlled machine tools",
    "ru_battlefield_imports.seller_share": "battlefield goods",
    "ru_sanctioned_goods.china_share": "goods under EU sanctions",
}


def machine_tools(chapter: Chapter) -> Figure:
    """China's share of machine tools and controlled goods, from the first value to the last of each measure."""
    figure_id = "dependence-machine-tools"
    rows = pick(
        rows_of(chapter, figure_id), figure_id, counterparty=("CN", "CN_HK"), bound=("exact", "about")
    )
    drawn = []
    for series_id, word in CLASSES.items():
        values = _in_order(pick(rows, figure_id, series_id=series_id))
        # Only spans of one length are compared: a quarter's value is left out where years are held.
        precision = _precision(values).iloc[0]
        values = values[_precision(values) == precision]
        first, last = values["period"].iloc[[0, -1]]
        label = f"{word}, {printed(first)} to {printed(last)}"
        for name, period in (("later", last), ("earlier", first)):
            held = values[values["period"] == period]
            runs = [
                measured_interval(Decimal(str(value)), bound, SHARE)
                for value, bound in zip(held["value"], held["bound"], strict=True)
            ]
            drawn.append(
                {
                    "label": label,
                    "series": name,
                    "value": held["value"].median(),
                    "low": min(run.left for run in runs),
                    "high": max(run.right for run in runs),
                    "actor": "CN" if name == "later" else "",
                    "series_id": series_id,
                    "period": period,
                    "origins": ";".join(
                        sorted({origin for cell in held["origins"] for origin in cell.split(";")})
                    ),
                }
            )
    data = pd.DataFrame(drawn)
    ends = data.pivot(index="series_id", columns="series", values="value")
    risen, over, total = (
        int((ends["later"] > ends["earlier"]).sum()),
        int((ends["later"] > 50).sum()),
        len(ends),
    )
    return dots(
        data,
        unit=SHARE,
        figure_id=figure_id,
        title=(
            f"China’s share rose in {'all' if risen == total else f'{risen} of'} {total} classes of controlled "
            f"goods, to over half in {'each' if over == total else over}"
        ),
        subtitle=f"China’s share of Russia’s imports in %, by where the goods came from · {_span(data)}",
        source=chapter.publishers(data),
        alt=" ".join(
            f"{label}: from {quantity(part['value'].iloc[1], SHARE)} to {quantity(part['value'].iloc[0], SHARE)}."
            for label, part in data.groupby("label", sort=False)
        ),
    )


def makers(chapter: Chapter) -> Markdown:
    """Channel and maker in money and for numerically controlled machine tools, and how volumes moved."""
    figure_id = "dependence-machine-tools"
    rows = rows_of(chapter, figure_id)
    maker = pick(rows, figure_id, series_id="ru_cnc.maker_share", counterparty="CN").iloc[0]
    channel = _in_order(pick(rows, figure_id, series_id="ru_cnc.china_share_imports")).iloc[-1]
    western = pick(rows, figure_id, series_id="ru_machine_tools.western_made_via_china_share").iloc[0]
    flows = pick(rows, figure_id, series_id="cn_hpi.exports_to_russia_growth")
    imported = rows_of(chapter, "dependence-chips")
    worth, leading = (
        pick(imported, "dependence-chips", series_id=f"ru_chips.{name}").iloc[0]
        for name in ("imports_total", "imports_top20_makers")
    )
    bought = [
        _in_order(pick(rows, figure_id, series_id=f"{name}.imports_from_china")).iloc[[0, -1]]
        for name in ("ru_semiconductors", "ru_integrated_circuits")
    ]
    grown = ", ".join(
        f"{name} from {_bounded(ends.iloc[0])} in {ends.iloc[0]['period']} to {_bounded(ends.iloc[1])} in "
        f"{ends.iloc[1]['period']}"
        for name, ends in zip(("semiconductors", "integrated circuits"), bought, strict=True)
    )
    moved = " and ".join(
        f"{quantity(row['value'], row['unit'], signed=True)} from {'Hong Kong' if row['geo'] == 'HK' else 'the mainland'}"
        for _, row in flows.iterrows()
    )
    return Markdown(
        f"Of Russia’s imported chips with military uses, worth {_bounded(worth)} in {printed(worth['period'])}, "
        f"{_bounded(leading)} bore the names of twenty leading firms, most of them American or European. Of its "
        f"numerically controlled machine tools {_bounded(channel)} came from China "
        f"({printed(channel['period'])}) and {_bounded(maker)} were made there ({printed(maker['period'])}); of the "
        f"Western-made ones {_bounded(western)} were sold by Chinese firms. A share is not a volume: "
        f"what Russia bought from China went, for {grown}; shipments of high-priority goods in "
        f"{printed(flows['period'].iloc[0])} changed by {moved}."
    )


INVESTMENT = {
    "cn_fdi_stock.in_russia": "direct investment from China, stock",
    "ru_bri.engagement": "Belt and Road investment and contracts",
    "ru_chinese_firms.stock": "firms with Chinese founders",
}


def investment(chapter: Chapter) -> Table:
    """What different bodies count as Chinese presence in Russia."""
    figure_id = "dependence-investment"
    rows = rows_of(chapter, figure_id)
    kinds = list(INVESTMENT)
    rows = _in_order(rows).sort_values("series_id", key=lambda ids: ids.map(kinds.index), kind="stable")
    firms = _in_order(pick(rows, figure_id, series_id="ru_chinese_firms.stock"))
    first, last = firms.iloc[0], firms.iloc[-1]
    money = _in_order(
        pick(rows, figure_id, series_id=[kind for kind in kinds if kind != "ru_chinese_firms.stock"])
    )
    latest = money.iloc[-1]["period"]
    shown = pd.DataFrame(
        {
            "counted": rows["series_id"].map(INVESTMENT),
            "by": rows["origins"].map(
                lambda cell: "; ".join(chapter.origin_names[key] for key in cell.split(";"))
            ),
            "period": rows["period"].map(printed),
            "value": [_bounded(row) for _, row in rows.iterrows()],
        }
    )
    grew = last["value"] / first["value"]
    return table(
        shown,
        {
            "counted": Column("What is counted"),
            "by": Column("Counted by"),
            "period": Column("Period"),
            "value": Column("Value"),
        },
        table_id=figure_id,
        title=(
            f"Firms with Chinese founders are {number(grew, 1)} times as many in {printed(last['period'])} as in "
            f"{printed(first['period'])}; no amount of money was found for any time after {printed(latest)}"
        ),
        subtitle=f"Three measures that cannot be added · Russia · {_span(rows)}",
        source=chapter.publishers(rows),
    )
