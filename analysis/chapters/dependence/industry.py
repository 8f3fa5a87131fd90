"""Industry: cars by badge and by place of assembly, chips and machines by channel and by maker, investment.

A car with a Chinese badge may be assembled in Russia, and a chip that came by way of China may be
American, so each figure says which of the two it counts and never joins them. Values of one counter, or
over spans of one length, are compared only with one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pandas as pd
from IPython.display import Markdown

from analysis import periods
from analysis.chapter import Chapter
from analysis.chapters.phrases import SHARE, admitted, bounded, percent, share, stated, tally, years
from analysis.chapters.rows import (
    in_order,
    last,
    lines,
    measured,
    of_precision,
    origins_of,
    pick,
    precisions,
    records,
    rows_of,
)  # fmt: skip
from analysis.figures.bars import bars, dots
from analysis.figures.evidence import evidence
from analysis.figures.figure import Figure
from analysis.figures.numbers import interval, number, quantity
from analysis.figures.parts import Statement
from analysis.figures.table import Column, Table, table
from analysis.figures.time_axis import printed
from analysis.figures.timeseries import timeseries
from analysis.intervals import judge

BRAND = "ru_car_market.chinese_brand_share"


def answer(chapter: Chapter, claim_ids: Sequence[str]) -> Markdown:
    """The section's answer: how its claims came out, and the two measures that pull apart."""
    channel, maker = _channel_and_maker(rows_of(chapter, "dependence-chips"))
    cars = _cars_by_count(chapter)
    badge, made = (_counted(cars, "CN", count) for count in ("badge", "assembly"))
    return Markdown(
        f"**Of the {len(claim_ids)} claims of these paragraphs the evidence finds {tally(chapter, claim_ids)}.** "
        f"Much hangs on what is counted: {bounded(channel)} of Russia’s microelectronics came by way of China, "
        f"{bounded(maker)} of its chips were of Chinese make; {bounded(badge)} of the new cars sold in "
        f"{printed(badge['period'])} had a Chinese badge, {bounded(made)} were put together in China."
    )


# Cars by badge


def _middle(period: str) -> str:
    """The day in the middle of a period."""
    run = periods.parse(period)
    return (run.start + timedelta(days=(run.end - run.start).days // 2)).isoformat()


def car_share(chapter: Chapter) -> Figure:
    """Chinese brands' share of the Russian car market, every span and source, with both figures of the article."""
    rows = pick(rows_of(chapter, "dependence-car-share"), BRAND)
    kinds = (precisions(rows) == "year").map({True: "calendar years", False: "months and other spans"})
    claims = ("dependence.121", "dependence.122")
    start, end = (chapter.claims[claim]["period"] for claim in claims)
    begin = pick(rows, period=start)["value"].median()
    peak = pick(rows, bound="exact").sort_values("value", kind="stable").iloc[-1]
    final = in_order(rows).iloc[-1]
    labels = [f"article: {stated(chapter, claim)}" for claim in claims]
    title = (
        f"Chinese brands held {share(begin)} of Russia’s new-car market in {printed(start)} "
        f"and {share(peak['value'])} at their peak in {printed(peak['period'])}"
    )
    if final["value"] < peak["value"]:
        title += f"; by {printed(final['period'])} they were down to {share(final['value'])}"
    return timeseries(
        rows.assign(line=kinds, actor="CN").sort_values("line", kind="stable"),
        unit=SHARE, marks=pd.DataFrame({"date": [_middle(start), _middle(end)], "label": labels}),
        figure_id="dependence-car-share", title=title,
        subtitle=f"% of new passenger cars sold, by badge · Russia · {years(rows['period'])}",
        source=chapter.publishers(rows),
        alt=f"Two lines that run together, one through calendar years and one through shorter spans. They rise from "
        f"{share(rows['value'].min())} to {share(peak['value'])} in {printed(peak['period'])} and end at "
        f"{share(final['value'])} in {printed(final['period'])}. Upright lines mark what the article states: {labels[0]} in "
        f"{printed(start)}, {labels[1]} in {printed(end)}.",
    )  # fmt: skip


BRANDS = {
    "ru_car_market.russian_brand_share": ("Russian brands", "RU"),
    BRAND: ("Chinese brands", "CN"),
    "ru_car_market.european_brand_share": ("European brands", "EU27"),
    "ru_car_market.korean_brand_share": ("Korean brands", "KR"),
    "ru_car_market.japanese_brand_share": ("Japanese brands", "JP"),
}
THOSE_WHO_STAYED = ["ru_car_market.russian_brand_share", BRAND]


def car_brands(chapter: Chapter) -> Figure:
    """Who held the market a year after the invasion, and who had held it before."""
    rows = rows_of(chapter, "dependence-car-brands")
    gained = pick(rows, "ru_car_market.chinese_part_of_lost_share").iloc[0]
    start, end = periods.ends(gained["period"])
    data = pd.DataFrame(
        {
            **_nearest(pick(rows, series), period),
            "series": printed(period),
            "label": label,
            "actor": actor if period == end else "",
        }
        for period in (end, start)
        for series, (label, actor) in BRANDS.items()
    )
    before, after = (data[data["series"] == printed(period)].set_index("series_id") for period in (start, end))
    lost, left = (part.drop(THOSE_WHO_STAYED)["value"].sum() for part in (before, after))
    held = after.loc[THOSE_WHO_STAYED].sort_values("value", ascending=False)
    ahead, behind = records(held)
    said = " ".join(
        f"{row['label']}: {bounded(old)} in {printed(old['period'])}, {bounded(row)} in {printed(row['period'])}."
        for row, old in zip(records(after), records(before), strict=True)
    )
    return dots(
        data, unit=SHARE, figure_id="dependence-car-brands",
        title=f"European, Korean and Japanese brands {'fell' if left < lost else 'went'} from {share(lost)} to "
        f"{share(left)} of the market within a year; {ahead['label']} held {share(ahead['value'])} then, {behind['label']} "
        f"{share(behind['value'])}",
        subtitle=f"% of new passenger cars sold, by badge · Russia · {printed(start)} and {printed(end)}",
        source=chapter.publishers(data),
        alt=f"{said} Of every 100 points that the three groups lost, Chinese brands gained {number(gained['value'])}.",
    )  # fmt: skip


def _nearest(rows: pd.DataFrame, period: str) -> pd.Series:
    """The row of the shortest span that shares days with a period."""
    spans = rows["period"].map(periods.parse)
    touching = pick(rows, period=[span.text for span in spans if span.overlaps(periods.parse(period))])
    days = [run.end - run.start for run in map(periods.parse, touching["period"])]
    return touching.iloc[days.index(min(days))]


# Cars by place of assembly

BADGES = {"CN": BRAND, "RU": "ru_car_market.russian_brand_share"}


def _cars_by_count(chapter: Chapter) -> pd.DataFrame:
    """For China and Russia, shares by badge and by assembly of the latest period that one counter has both for."""
    rows = rows_of(chapter, "dependence-car-assembly")
    found = []
    for actor, series in BADGES.items():
        placed = pick(rows, "ru_car_market.share_by_assembly_country", counterparty=actor)
        counters = placed.set_index(["period", "origins"]).index
        badges = pick(rows, series)
        badge = in_order(badges[badges.set_index(["period", "origins"]).index.isin(counters)]).iloc[-1]
        place = pick(placed, period=badge["period"], origins=badge["origins"]).iloc[-1]
        found += [{**badge, "actor": actor, "count": "badge"}, {**place, "actor": actor, "count": "assembly"}]
    columns = ["actor", "count", "period", "value", "unit", "bound", "origins", "observation_id"]
    return pd.DataFrame(found)[columns]


def _counted(cars: pd.DataFrame, actor: str, count: str) -> pd.Series:
    return cars[(cars["actor"] == actor) & (cars["count"] == count)].iloc[0]


def car_assembly(chapter: Chapter) -> Figure:
    """The same market counted by badge and by country of assembly."""
    cars = _cars_by_count(chapter)
    names, places = {"CN": "Chinese", "RU": "Russian"}, {"CN": "China", "RU": "Russia"}
    labels = {"badge": "{} badge", "assembly": "assembled in {}"}
    words = {"badge": names, "assembly": places}
    keys = zip(cars["count"], cars["actor"], cars["period"], strict=True)
    data = cars.assign(
        label=[f"{labels[count].format(words[count][actor])}, {printed(period)}" for count, actor, period in keys]
    )
    ordered = cars.sort_values("value", kind="stable")
    badge, place = (ordered[ordered["count"] == count].iloc[-1] for count in ("badge", "assembly"))
    said = " ".join(f"{label}: {share(value)}." for label, value in zip(data["label"], data["value"], strict=True))
    return bars(
        data, unit=SHARE, ordered=False, figure_id="dependence-car-assembly",
        title=f"By badge {names[badge['actor']]} cars lead the Russian market with {bounded(badge)}, by place of assembly "
        f"{'also ' if place['actor'] == badge['actor'] else ''}cars made in {places[place['actor']]} with {bounded(place)}",
        subtitle=f"% of new passenger cars sold, two ways of counting the same cars · Russia · {years(data['period'])}",
        source=chapter.publishers(data),
        alt=f"Four bars, two for China and two for Russia. {said}",
    )  # fmt: skip


def local_assembly(chapter: Chapter) -> Markdown:
    """How much of what carries a Chinese badge is put together in Russia, and how far that goes."""
    rows = rows_of(chapter, "dependence-car-assembly")
    local = in_order(pick(rows, "ru_car_market.chinese_brand_local_assembly_share"))
    first, final = local.iloc[0], local.iloc[-1]
    content = last(pick(rows, "ru_car_market.haval_local_content"))
    built, sold, planned, room = (
        pick(rows, f"moskvich.{name}", period="2023").iloc[0]
        for name in ("output", "sales", "output_plan", "capacity")
    )
    return Markdown(
        f"Of the cars sold with a Chinese badge, {bounded(first)} were assembled in Russia in "
        f"{printed(first['period'])} and {bounded(final)} in {printed(final['period'])}; the other "
        f"{share(100 - final['value'])} came in finished. Assembled is not made: Haval, the one brand with a "
        f"full plant in Russia, is put at {bounded(content)} local content ({printed(content['period'])}). "
        f"The Moskvich plant, with room for {number(room['value'])} thousand cars a year, built "
        f"{number(built['value'])} thousand in {built['period']}, where {number(planned['value'])} thousand had been "
        f"announced, and {number(sold['value'])} thousand Moskvich cars were sold in that year."
    )


# Cars in numbers


def car_volumes(chapter: Chapter) -> Figure:
    """Cars sold, made in Russia and sold with a Chinese badge, by calendar year."""
    names = {
        "ru_car_market.chinese_brand_sales": ("sold with a Chinese badge", "CN"),
        "ru_car_market.total_sales": ("sold in Russia, all brands", ""),
        "ru_car_output.passenger": ("made in Russia, kits included", "RU"),
    }
    data = lines(of_precision(rows_of(chapter, "dependence-car-volumes"), "year"), names)
    badges, sales, output = (data[data["series_id"] == series].groupby("period")["value"].median() for series in names)
    common = sales.index.intersection(output.index)
    first, final = common[0], common[-1]
    sold, made = (100 * series[final] / series[first] for series in (sales, output))
    return timeseries(
        data, unit="thousand_units",
        marks=pd.DataFrame({"date": [_invasion(chapter)], "label": ["full-scale invasion"]}),
        figure_id="dependence-car-volumes",
        title=f"In {final} Russians bought {percent(sold)} as many new cars as in {first}; "
        f"{'only ' if made < sold else ''}{percent(made)} as many were made in Russia",
        subtitle=f"thousand new passenger cars a year · Russia · {years(data['period'])}",
        source=chapter.publishers(data),
        alt=f"{len(names)} lines, {first} to {final}, in thousand cars. Sold: {number(sales[first])}, lowest "
        f"{number(sales.min())}, {number(sales[final])} in {final}. Made in Russia: {number(output[first])}, lowest "
        f"{number(output.min())}, {number(output[final])} in {final}. The line of Chinese badges runs from "
        f"{number(badges.iloc[0])} to {number(badges.iloc[-1])}.",
    )  # fmt: skip


def car_counts(chapter: Chapter) -> Markdown:
    """Two further counts that include other vehicles or stand at another border."""
    rows = of_precision(rows_of(chapter, "dependence-car-volumes"), "year")

    def told(series: str) -> str:
        counts = in_order(pick(rows, series))
        return ", ".join(f"{number(row['value'], 0)} thousand in {row['period']}" for row in records(counts))

    return Markdown(
        f"Other counts draw the line elsewhere. The Association of European Businesses, which counts vans too, has "
        f"{told('ru_car_market.total_sales_aeb')} sold; at the Chinese border vehicles for Russia were "
        f"{told('cn_vehicle_exports.to_russia')} (the figure for 2023 covers vehicles of every kind, the others cars)."
    )


def _invasion(chapter: Chapter) -> str:
    """The day on which the full-scale invasion began, as the events that date it to the day give it."""
    events = chapter.library.events.items()
    return max((row["date"] for key, rows in events if key.startswith("invasion_2022.") for row in rows), key=len)


# Chips and machines

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


CHIP_COLUMNS = ("series_id", "period", "counterparty", "bound", "origins", "observation_id")


def _channel_and_maker(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The share of chips that came by way of China, and the share that Chinese firms made."""
    return pick(rows, "ru_microelectronics.china_share").iloc[0], pick(rows, "ru_chips.chinese_maker_share").iloc[0]


def chips(chapter: Chapter) -> Figure:
    """China's share of Russia’s chips and war goods by channel and by maker, against the article's figure."""
    rows = pick(rows_of(chapter, "dependence-chips"), counterparty=("CN", "CN_HK"))
    interval_stated = admitted(chapter, "dependence.114")
    known = {row.observation_id: row.known for held in chapter.library.observations.values() for row in held}
    drawn = []
    for group, series_id, word in ((group, *item) for group, words in CHIPS.items() for item in words.items()):
        counts = in_order(pick(rows, series_id))
        counts["twice"] = counts["period"].duplicated(keep=False)
        for row in records(counts):
            by = f", {row['source'].partition(' (')[0]}" if row["twice"] else ""
            drawn.append(
                {
                    "reading": group,
                    "primary": False,
                    "origin": f"{word}, {printed(row['period'])}{by}",
                    "low": measured(row).left,
                    "high": measured(row).right,
                    "estimate": row["value"] if row["bound"] in ("exact", "about") else None,
                    "judgement": judge(measured(row), interval_stated),
                    "known_since": known[row["observation_id"]],
                    **{column: row[column] for column in CHIP_COLUMNS},
                }
            )
    data = pd.DataFrame(drawn)
    channel, maker = _channel_and_maker(rows)

    def told(group: str) -> str:
        counts = records(data[data["reading"] == group])
        return "; ".join(f"{one['origin']} {interval(one['low'], one['high'], SHARE, 0)}" for one in counts)

    return evidence(
        data, statement=Statement(interval_stated, f"article: {stated(chapter, 'dependence.114')}"),
        unit=SHARE, published=chapter.article["published"], figure_id="dependence-chips",
        title=f"{bounded(channel).capitalize()} of Russia’s microelectronics came by way of China, "
        f"{'but' if maker['value'] < channel['value'] else 'and'} {bounded(maker)} of its chips were made by Chinese firms",
        subtitle=f"China’s share in %, by channel and by maker · imports of Russia · {years(data['period'])}",
        source=chapter.publishers(data),
        alt=" ".join(f"{group}: {told(group)}." for group in CHIPS),
    )  # fmt: skip


CLASSES = {
    "ru_machine_tools.china_share_imports": "machine tools",
    "ru_machine_tool_parts.china_share": "machine-tool parts",
    "ru_cnc.china_share_imports": "numerically controlled machine tools",
    "ru_battlefield_imports.seller_share": "battlefield goods",
    "ru_sanctioned_goods.china_share": "goods under EU sanctions",
}


def machine_tools(chapter: Chapter) -> Figure:
    """China's share of machine tools and controlled goods, from the first value to the last of each measure."""
    rows = rows_of(chapter, "dependence-machine-tools")
    rows = pick(rows, counterparty=("CN", "CN_HK"), bound=("exact", "about"))
    drawn = []
    for series_id, word in CLASSES.items():
        shares = in_order(pick(rows, series_id))
        # Only spans of one length are compared: a quarter's value is left out where years are held.
        shares = of_precision(shares, precisions(shares).iloc[0])
        first, final = shares["period"].iloc[[0, -1]]
        for name, period in (("later", final), ("earlier", first)):
            held = pick(shares, period=period)
            runs = [measured(row) for row in records(held)]
            drawn.append(
                {
                    "label": f"{word}, {printed(first)} to {printed(final)}",
                    "series": name,
                    "value": held["value"].median(),
                    "low": min(run.left for run in runs),
                    "high": max(run.right for run in runs),
                    "actor": "CN" if name == "later" else "",
                    "series_id": series_id,
                    "period": period,
                    "origins": origins_of(held),
                }
            )
    data = pd.DataFrame(drawn)
    ends = data.pivot(index="label", columns="series", values="value").loc[data["label"].unique()]
    risen, over, total = sum(ends["later"] > ends["earlier"]), sum(ends["later"] > 50), len(ends)
    return dots(
        data, unit=SHARE, figure_id="dependence-machine-tools",
        title=f"China’s share rose in {'all' if risen == total else f'{risen} of'} {total} classes of controlled "
        f"goods, to over half in {'each' if over == total else over}",
        subtitle=f"China’s share of Russia’s imports in %, by where the goods came from · {years(data['period'])}",
        source=chapter.publishers(data),
        alt=" ".join(f"{end['label']}: from {share(end['earlier'])} to {share(end['later'])}." for end in records(ends.reset_index())),
    )  # fmt: skip


def makers(chapter: Chapter) -> Markdown:
    """Channel and maker in money and for numerically controlled machine tools, and how volumes moved."""
    rows, imported = rows_of(chapter, "dependence-machine-tools"), rows_of(chapter, "dependence-chips")
    maker = pick(rows, "ru_cnc.maker_share", counterparty="CN").iloc[0]
    channel = last(pick(rows, "ru_cnc.china_share_imports"))
    western = pick(rows, "ru_machine_tools.western_made_via_china_share").iloc[0]
    worth = pick(imported, "ru_chips.imports_total").iloc[0]
    leading = pick(imported, "ru_chips.imports_top20_makers").iloc[0]

    def grown(name: str) -> str:
        bought = in_order(pick(rows, f"{name}.imports_from_china"))
        return " to ".join(f"{bounded(bought.iloc[end])} in {bought.iloc[end]['period']}" for end in (0, -1))

    flows = pick(rows, "cn_hpi.exports_to_russia_growth")
    moved = " and ".join(
        f"{quantity(row['value'], row['unit'], signed=True)} from {'Hong Kong' if row['geo'] == 'HK' else 'the mainland'}"
        for row in records(flows)
    )
    return Markdown(
        f"Of Russia’s imported chips with military uses, worth {bounded(worth)} in {printed(worth['period'])}, "
        f"{bounded(leading)} bore the names of twenty leading firms, most of them American or European. Of its "
        f"numerically controlled machine tools {bounded(channel)} came from China "
        f"({printed(channel['period'])}) and {bounded(maker)} were made there ({printed(maker['period'])}); of the "
        f"Western-made ones {bounded(western)} were sold by Chinese firms. A share is not a volume: "
        f"what Russia bought from China went, for semiconductors from {grown('ru_semiconductors')}, integrated circuits "
        f"from {grown('ru_integrated_circuits')}; shipments of high-priority goods in "
        f"{printed(flows['period'].iloc[0])} changed by {moved}."
    )


# Investment

INVESTMENT = {
    "cn_fdi_stock.in_russia": "direct investment from China, stock",
    "ru_bri.engagement": "Belt and Road investment and contracts",
    "ru_chinese_firms.stock": "firms with Chinese founders",
}


def investment(chapter: Chapter) -> Table:
    """What different bodies count as Chinese presence in Russia."""
    rows = rows_of(chapter, "dependence-investment")
    *money, firms = (in_order(pick(rows, series)) for series in INVESTMENT)
    counted = pd.concat([*money, firms])
    shown = pd.DataFrame(
        {
            "counted": counted["series_id"].map(INVESTMENT),
            "by": [chapter.publishers(pd.DataFrame({"origins": [cell]})) for cell in counted["origins"]],
            "period": counted["period"].map(printed),
            "value": [bounded(row) for row in records(counted)],
        }
    )
    first, final = firms.iloc[0], firms.iloc[-1]
    return table(
        shown,
        {
            "counted": Column("What is counted"),
            "by": Column("Counted by"),
            "period": Column("Period"),
            "value": Column("Value"),
        },
        table_id="dependence-investment",
        title=f"Firms with Chinese founders are {number(final['value'] / first['value'], 1)} times as many in "
        f"{printed(final['period'])} as in {printed(first['period'])}; no amount of money was found for any time after "
        f"{printed(last(pd.concat(money))['period'])}",
        subtitle=f"Three measures that cannot be added · Russia · {years(rows['period'])}",
        source=chapter.publishers(rows),
    )
