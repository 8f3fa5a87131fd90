"""Size: who trades how much with whom, and what each definition of dependence makes of it.

Values are medians over the sources of a period, so that no source decides alone, and estimates stand in
only where no outturn is known. Since 2022 Russia publishes no trade by partner: China's customs carry
the levels, and whatever rests on mirrors or estimates says so.
"""

from __future__ import annotations

import pandas as pd
from IPython.display import Markdown

from analysis import periods
from analysis.chapter import Chapter
from analysis.chapters.phrases import SHARE, admitted, moved, percent, stated, years
from analysis.chapters.rows import (
    firm,
    gaps,
    last,
    lines,
    medians,
    of_precision,
    origins_of,
    pick,
    records,
    rows_of,
    shared,
)  # fmt: skip
from analysis.figures.bars import bars, dots
from analysis.figures.evidence import evidence
from analysis.figures.figure import Figure
from analysis.figures.numbers import DASH, interval, number, quantity
from analysis.figures.parts import Statement
from analysis.figures.table import Column, Table, table
from analysis.figures.time_axis import printed
from analysis.figures.timeseries import timeseries
from analysis.methods import concentration, salience, trade_dependence, trade_share
from analysis.readings import split

CHINA = "China’s share in Russia’s trade"
RUSSIA = "Russia’s share in China’s trade"
UNION = "EU’s share in Russia’s trade"


def answer(chapter: Chapter) -> Markdown:
    """The section's answer in one sentence."""
    china, russia, both = _two_shares(chapter)
    wider = chapter.now["dependence.131"].label.lower()
    return Markdown(
        f"**In short:** in {both[-1]} China had {percent(china[both[-1]])} of Russia’s goods trade and Russia "
        f"{percent(russia[both[-1]])} of China’s; that the imbalance grew over the decade is *{wider}*, and what it "
        "would cost either side to break off is another question, taken up in the next section."
    )


# How much


def trade_volume(chapter: Chapter) -> Figure:
    """Goods trade by Chinese customs, the total and both directions, by calendar year."""
    names = {
        "cn_customs.exports_to_ru": ("China to Russia", "CN"),
        "cn_customs.imports_from_ru": ("Russia to China", "RU"),
        "cn_customs.trade_total_ru": ("both ways", ""),
    }
    data = lines(of_precision(rows_of(chapter, "dependence-trade-volume"), "year"), names)
    total = medians(pick(data, "cn_customs.trade_total_ru"))
    first, peak, final = total.index[0], str(total.idxmax()), total.index[-1]
    money = {year: quantity(value, "usd_bn", 0) for year, value in total.items()}
    later = f"; by {final} it was down to {money[final]}" if peak != final else ", and it has not fallen since"
    return timeseries(
        pd.concat([data, gaps(data).drop(columns="actor")]), unit="usd_bn", figure_id="dependence-trade-volume",
        title=f"China–Russia trade: {money[first]} in {first}, {money[peak]} at its height in {peak}{later}",
        subtitle=f"Goods, billions of current US dollars · China’s customs · {years(data['period'])}, calendar years",
        source=chapter.publishers(data),
        alt=f"Lines of goods trade by year. Trade both ways runs from {money[first]} in {first} to {money[peak]} in "
        f"{peak} and {money[final]} in {final}; China’s imports from Russia and its exports to Russia are drawn below it.",
    )  # fmt: skip


def latest_months(chapter: Chapter) -> Markdown:
    """The months of the newest year beside the same months of the year before, from first releases."""
    rows = rows_of(chapter, "dependence-trade-volume")
    rows = rows[rows["series_id"].str.endswith("_month")]
    end = max(periods.parse(period).end for period in rows["period"])
    window = f"{{0}}-01/{{0}}-{end:%m}"

    def total(year: int) -> float:
        months = periods.parse(window.format(year))
        inside = rows[[months.contains(periods.parse(period)) for period in rows["period"]]]
        # Some months were published together, so a row may cover several.
        covered = {
            (series, month)
            for series, span in zip(inside["series_id"], inside["period"].map(periods.parse), strict=True)
            for month in range(span.start.month, span.end.month + 1)
        }
        if len(covered) < 2 * end.month:
            raise ValueError(f"figure dependence-trade-volume: some months of {year} have no row")
        return float(inside["value"].sum())

    now, before = total(end.year), total(end.year - 1)
    return Markdown(
        f"The newest months: {printed(window.format(end.year))} came to {quantity(now, 'usd_bn', 1)}, "
        f"{'more' if now > before else 'less'} than the {quantity(before, 'usd_bn', 1)} of the same months "
        "a year earlier (first releases)."
    )


def mirror(chapter: Chapter) -> Markdown:
    """How far Russia's record of one flow lies above China's, in the years in which Russia still reported it."""
    rows = of_precision(rows_of(chapter, "dependence-trade-volume"), "year")
    sent = medians(pick(rows, "cn_customs.exports_to_ru"))
    received = pick(rows, "ru_imports.goods_by_partner", counterparty="CN")
    # An estimate made from partners' reports repeats the mirror and checks nothing.
    own = medians(received[["fcs" in split(origins) for origins in received["origins"]]]) / 1000
    both = shared(sent, own)
    excess = 100 * (own[both] / sent[both] - 1)
    return Markdown(
        f"The two customs services record one flow differently: from {both[0]} to {both[-1]} Russia’s record of goods "
        f"from China, which includes freight and insurance, stood {percent(excess.min(), 1)} to "
        f"{percent(excess.max(), 1)} over China’s record of the same goods at its own border. "
        "Since 2022 Russia publishes no trade by partner, so later figures for it are mirrors or estimates."
    )


# What share


def _share_lines(chapter: Chapter) -> pd.DataFrame:
    names = {
        "ru_customs.share_of_total_trade_eu": (UNION, "EU27"),
        "trade_share.cn_in_ru_total": (CHINA, "CN"),
        "trade_share.ru_in_cn_total": (RUSSIA, "RU"),
    }
    return lines(firm(of_precision(rows_of(chapter, "dependence-trade-shares"), "year")), names)


def _two_shares(chapter: Chapter) -> tuple[pd.Series, pd.Series, list[str]]:
    """China's share in Russia's trade, Russia's in China's, and the years that have both."""
    data = _share_lines(chapter)
    china, russia = medians(pick(data, line=CHINA)), medians(pick(data, line=RUSSIA))
    return china, russia, shared(china, russia)


def trade_shares(chapter: Chapter) -> Figure:
    """Both sides' weights in one another's goods trade, with the European Union's in Russia's."""
    data = _share_lines(chapter)
    china, russia, both = _two_shares(chapter)
    union = medians(pick(data, line=UNION))

    def way(shares: pd.Series) -> str:
        before, after = shares[both[0]], shares[both[-1]]
        return f"{moved(before, after)} from {percent(before)} to {percent(after)}"

    return timeseries(
        pd.concat([data, gaps(data).drop(columns="actor")]), unit=SHARE, figure_id="dependence-trade-shares",
        title=f"China’s share in Russia’s trade {way(china)} between {both[0]} and {both[-1]}, "
        f"Russia’s share in China’s {way(russia)}",
        subtitle=f"Goods trade, exports plus imports, percent of the country’s total · {years(data['period'])}, calendar "
        "years · EU with the members of the day · estimates only where no outturn is known",
        source=chapter.publishers(data),
        alt=f"Three lines. China’s share in Russia’s trade {way(china)} from {both[0]} to {both[-1]}; Russia’s share "
        f"in China’s trade {way(russia)}; the European Union’s share in Russia’s trade "
        f"{moved(union.iloc[0], union.iloc[-1])} from {percent(union.iloc[0])} in {union.index[0]} to "
        f"{percent(union.iloc[-1])} in {union.index[-1]}. Points are single sources.",
    )  # fmt: skip


def two_readings(chapter: Chapter) -> Table:
    """The gap of the two shares, and Barbieri's salience and symmetry, by year."""
    china, russia, both = _two_shares(chapter)
    china, russia = china[both] / 100, russia[both] / 100
    gap = trade_share.asymmetry(china, russia)
    shown = pd.DataFrame(
        {
            "year": both,
            "difference": 100 * gap["difference"].to_numpy(),
            "ratio": gap["ratio"].to_numpy(),
            "salience": salience.salience(china, russia).to_numpy(),
            "symmetry": salience.symmetry(china, russia).to_numpy(),
            "interdependence": salience.interdependence(china, russia).to_numpy(),
        }
    )
    first, final = shown.iloc[0], shown.iloc[-1]
    heavier = "weighs more" if final["salience"] > first["salience"] else "weighs less"
    lopsided = "more lopsided" if final["symmetry"] < first["symmetry"] else "more even"
    rows = firm(of_precision(rows_of(chapter, "dependence-trade-shares"), "year"))
    return table(
        shown,
        {
            "year": Column("Year"),
            "difference": Column("Gap of shares", True, "percentage_point", 1),
            "ratio": Column("Ratio of shares", True, "", 1),
            "salience": Column("Salience", True, "", 3),
            "symmetry": Column("Symmetry", True, "", 2),
            "interdependence": Column("Product of both", True, "", 3),
        },
        table_id="dependence-salience",
        title=f"The tie {heavier} for the two together than in {first['year']} and is {lopsided}",
        subtitle="Median share of all sources; Barbieri’s salience and symmetry run from 0 to 1 · calendar years",
        source=chapter.publishers(rows[rows["series_id"].str.startswith("trade_share")]),
    )


IMBALANCE = {
    "trade_gap.imports": "China as supplier",
    "trade_gap.total": "all goods trade",
    "trade_gap.exports": "China as customer",
    "gdp_dependence.gap": "trade over GDP",
    "dependence_gap.arms": "arms: Russia’s sales, China’s purchases",
}


def imbalance(chapter: Chapter) -> Figure:
    """How much more one side weighs for the other, by what is measured: goods, GDP and arms."""
    rows = rows_of(chapter, "dependence-imbalance")
    shown = []
    for series, name in IMBALANCE.items():
        part = pick(rows, series)
        period = last(part)["period"]
        gaps = firm(pick(part, period=period))
        shown.append(
            {
                "label": f"{name}, {printed(period)}",
                "value": gaps["value"].median(),
                "low": gaps["value"].min(),
                "high": gaps["value"].max(),
                "actor": "RU" if gaps["value"].median() > 0 else "CN",
                "series_id": series,
                "origins": origins_of(gaps),
            }
        )
    data = pd.DataFrame(shown)
    away = data.loc[data["value"] <= 0, "series_id"]
    title = "By every measure held China weighs more for Russia than Russia for China"
    if len(away):
        title = (
            f"By {len(data) - len(away)} of {len(data)} measures China weighs more for Russia than Russia for China; "
            f"in {', '.join(IMBALANCE[series].split(':')[0] for series in away)} it is the other way round"
        )
    values = (quantity(value, "percentage_point", 1, signed=True) for value in data["value"])
    return bars(
        data.drop(columns="origins"), unit="percentage_point", figure_id="dependence-imbalance", title=title,
        subtitle="China’s weight for Russia less Russia’s weight for China, percentage points; right: Russia "
        "leans on China, left: China on Russia · latest period of each measure, range of its sources",
        source=chapter.publishers(data),
        alt="Bars: " + "; ".join(map(" ".join, zip(data["label"], values, strict=True))) + ".",
    )  # fmt: skip


# The share that the article prints


def import_share_2023(chapter: Chapter) -> Figure:
    """What each count of Russia's imports makes of the share that the article prints."""
    figure_id, claim_id = "dependence-import-share-2023", "dependence.133"
    rows = rows_of(chapter, figure_id)
    names = {
        "dependence.133.a": "over all imports in the balance of payments",
        "dependence.133.customs": "over imports as customs or partners count them",
        "dependence.133.ten_months": "over imports as an institute counts them, January to October",
    }
    data = chapter.evidence_rows(claim_id)
    data = data.assign(reading=data["reading_id"].map(names))
    figure = stated(chapter, claim_id)
    inside, outside = (data[data["judgement"] == side] for side in ("inside", "outside"))
    if inside.empty or outside.empty:
        agree = "no count of 2023 agrees" if inside.empty else "every count of 2023 agrees"
        title = f"“{figure.capitalize()}” of Russia’s imports: {agree}"
    else:
        title = (
            f"{len(inside)} of {len(data)} counts {'puts' if len(inside) == 1 else 'put'} China’s share in Russia’s "
            f"imports of 2023 at {figure}; the others say "
            f"{interval(outside['estimate'].min(), outside['estimate'].max(), SHARE, 1)}"
        )
    said = "; ".join(
        f"{row['origin']}, {row['reading']}: {percent(row['estimate'], 1)} ({row['judgement']} the band)"
        for row in records(data)
    )
    return evidence(
        data, statement=Statement(admitted(chapter, claim_id), f"the article: {figure}"),
        unit=SHARE, published=str(chapter.article["published"]), figure_id=figure_id, title=title,
        subtitle="China’s share in Russia’s goods imports, percent, by what the imports are divided by · 2023",
        source=chapter.publishers(rows[rows["period"].str.startswith("2023")]),
        alt=f"Points by definition beside a band for {figure}: {said}.",
    )  # fmt: skip


def import_denominators(chapter: Chapter) -> Markdown:
    """The three totals of Russia's imports in the claim's year, and other rows with the figure it prints."""
    rows = rows_of(chapter, "dependence-import-share-2023")
    claim = chapter.claims["dependence.133"]
    totals = {
        "imf.ru_imports_wld": "the IMF’s estimate from partners’ reports",
        "ru_customs.imports_wld": "Russian customs",
        "cbr_bop.goods_imports": "the balance of payments",
    }
    said = ", ".join(
        f"{quantity(pick(rows, series, period=claim['period'])['value'].iloc[0], 'usd_bn', 1)} ({name})"
        for series, name in totals.items()
    )
    union = pick(rows, "trade_share.eu_in_ru_imports")
    twin = "".join(
        f" The same figure is also on record for the European Union’s share in {period}; "
        "whether that is more than coincidence the rows cannot tell."
        for period in union.loc[union["value"] == float(claim["figure_low"]), "period"]
    )
    return Markdown(f"What Russia imported in {claim['period']} has {len(totals)} official totals: {said}.{twin}")


# Concentration


def _suppliers(values: pd.Series, total: float, union_members: int | None) -> tuple[float, float]:
    """Bounds on the effective number of suppliers: fewest and most.

    The Herfindahl index over groups is the sum of squared group shares times each group's own index.
    The Union is one supplier, or so many members of unknown shares; whoever is not listed shares the
    remainder, and no country sells more than China.
    """
    listed = values.drop("EU27") if union_members else values
    groups: list[tuple[float, int | None]] = [(total - float(values.sum()), None)]
    if union_members:
        groups.append((float(values["EU27"]), union_members))
    low = high = float((listed**2).sum()) / total**2
    for amount, members in groups:
        within = concentration.herfindahl_bounds([], amount, partners=members, cap=values["CN"])
        low += within[0] * (amount / total) ** 2
        high += within[1] * (amount / total) ** 2
    return concentration.effective_partners(high), concentration.effective_partners(low)


def supplier_bounds(chapter: Chapter) -> pd.DataFrame:
    """Fewest and most equal suppliers of Russia's imports, a row a year with the EU as its members or as one."""
    rows = rows_of(chapter, "dependence-import-concentration")
    world = pick(rows, ["ru_customs.imports_wld", "imf.ru_imports_wld"])
    members = len(split(chapter.tables.row("areas", "EU27")["members"]))
    bounds = []
    partners = pick(rows, "ru_imports.goods_by_partner")
    # A country has two letters; of the groups only the Union counts, or its members would count twice.
    partners = partners[(partners["counterparty"].str.len() == 2) | (partners["counterparty"] == "EU27")]
    for year, part in partners.groupby("period"):
        # A total of another origin than the parts could be smaller than their sum.
        [total] = 1000 * pick(world, period=str(year), origins=part["origins"].iloc[0])["value"]
        for union in (False, True):
            values = part.set_index("counterparty")["value"]
            fewest, most = _suppliers(values, total, None if union else members)
            bounds.append({"year": year, "union": union, "fewest": fewest, "most": most})
    return pd.DataFrame(bounds)


def import_concentration(chapter: Chapter) -> Figure:
    """To how many equally large suppliers Russia's imports come down, with bounds for partners not held."""
    bounds = supplier_bounds(chapter)
    first, final = bounds["year"].min(), bounds["year"].max()
    shown = bounds[~bounds["union"] | bounds["year"].isin([first, final])].sort_values("union", kind="stable")
    ends = {(row["union"], row["year"]): (row["fewest"], row["most"]) for row in records(shown)}
    runs = {key: interval(fewest, most, "", 1) for key, (fewest, most) in ends.items()}
    fewer, fewer_with_union = (ends[union, final][1] < ends[union, first][0] for union in (False, True))
    title = (
        f"Russia’s imports are as concentrated as if they came from {runs[False, final]} equal suppliers in {final}, "
        f"against {runs[False, first]} in {first}"
    )
    if fewer != fewer_with_union:
        title += "; with the EU as one seller the change is not certain"
    elif not fewer:
        title += ": the bounds overlap"
    data = pd.DataFrame(
        {"label": f"{year}, EU as one" if union else year, "series": series, "value": f"{value:.1f}", "suppliers": value}
        for (union, year), bound in ends.items()
        for series, value in zip(("at least", "at most"), bound, strict=True)
    )
    said = "; ".join(f"{year}{' with the EU as one' if union else ''} {run}" for (union, year), run in runs.items())
    return dots(
        data, unit="", ordered=False, figure_id="dependence-import-concentration", title=title,
        subtitle="Effective number of suppliers of goods (one over the Herfindahl index), bounds · Russia · "
        f"{first}{DASH}{final} · unlisted partners split every way that leaves China the largest country · Russian "
        "customs, then IMF estimates",
        source=chapter.publishers(rows_of(chapter, "dependence-import-concentration")),
        alt=f"Bars between the least and the greatest number of equal suppliers by year: {said}.",
    )  # fmt: skip


# Over GDP


def _edition(rows: pd.DataFrame) -> list[str]:
    """The years of the edition of GDP that covers most of them; two editions must not be compared."""
    editions = pick(rows, "wb.gdp_current_usd").groupby("source_id")["period"].unique()
    return max((sorted(years) for years in editions), key=len)


def gdp_dependence(chapter: Chapter) -> Figure:
    """The same trade over the gross domestic product of either side."""
    rows = rows_of(chapter, "dependence-gdp-dependence")
    drawn, edition = pick(rows, "gdp_dependence.trade_total"), _edition(rows)
    names = {"RU": "of Russia’s GDP:", "CN": "of China’s GDP:"}
    data = drawn.assign(line=drawn["geo"].map(names), actor=drawn["geo"])
    russia, china = (medians(pick(drawn, geo=geo, period=edition)) for geo in ("RU", "CN"))
    first, *_, final = shared(russia, china)

    def way(part: pd.Series) -> str:
        return f"from {percent(part[first], 1)} to {percent(part[final], 1)}"

    up, other_up = moved(russia[first], russia[final]), moved(china[first], china[final])
    later = sorted(set(drawn["period"]) - set(edition))
    return timeseries(
        data, unit="percent", figure_id="dependence-gdp-dependence",
        title=f"Trade with the other side {up} {way(russia)} of Russia’s GDP and "
        f"{'' if up == other_up else f'{other_up} '}{way(china)} of China’s ({first}{DASH}{final})",
        subtitle=f"Goods trade between the two, percent of GDP in current dollars · {years(drawn['period'])}"
        + (f" · {', '.join(later)} by a later edition of GDP" if later else ""),
        source=chapter.publishers(drawn),
        alt=f"Two lines: trade with China over Russia’s GDP {up} {way(russia)} between {first} and {final}, "
        f"trade with Russia over China’s GDP {other_up} {way(china)}.",
    )  # fmt: skip


def openness_identity(chapter: Chapter) -> Table:
    """Trade share times openness is dependence on GDP, for both sides, inside one edition of GDP."""
    rows = rows_of(chapter, "dependence-gdp-dependence")
    first, *_, final = _edition(rows)
    trade = medians(pick(rows, "cn_customs.trade_total_ru"))
    shown = []
    for geo, name in (("RU", "Russia on China"), ("CN", "China on Russia")):
        product = medians(pick(rows, "wb.gdp_current_usd", geo=geo, period=[first, final]))
        total = medians(pick(rows, "wb.merchandise_trade_share_of_gdp", geo=geo)) / 100 * product
        parts = 100 * trade_dependence.decomposition(trade[product.index], total[product.index], product)
        shown += [{"side": f"{name}, {year}", **part.to_dict()} for year, part in parts.iterrows()]
    return table(
        pd.DataFrame(shown),
        {
            "side": Column("Dependence"),
            "trade_share": Column("Share in all its trade", True, SHARE, 1),
            "openness": Column("× trade over GDP", True, "percent", 1),
            "dependence": Column("= over GDP", True, "percent", 1),
        },
        table_id="dependence-openness-identity",
        title="Trade share times openness is dependence on GDP",
        subtitle=f"Goods, percent · Russia and China · {first} and {final}",
        source=chapter.publishers(rows[rows["series_id"] != "cn_ru.gdp_ratio"]),
    )


# A published index


def hm_index(chapter: Chapter) -> Table:
    """The printed HM index beside the two products of shares that its undisclosed formula may mean."""
    rows = rows_of(chapter, "dependence-hm-index")
    index = pick(rows, "trade_interdependence.hm_index")
    year = last(index)["period"]
    # Each side's two shares from one origin, so that its exports and imports are counted alike.
    used = pick(rows, period=year, origins=["imf", "gacc", *index["origins"]])

    def part(series: str) -> float:
        return float(medians(pick(used, f"trade_share.{series}"))[year]) / 100

    china_sells, china_buys = part("ru_in_cn_exports"), part("ru_in_cn_imports")
    russia_sells, russia_buys = part("cn_in_ru_exports"), part("cn_in_ru_imports")
    by_area = pick(index, period=year).set_index("geo")["value"]
    partners = (100 * russia_sells * (1 - russia_buys), 100 * china_sells * (1 - china_buys))
    own = (100 * russia_sells * (1 - china_buys), 100 * china_sells * (1 - russia_buys))
    formulas = [
        ("as printed", by_area["RU"], by_area["CN"]),
        ("share of own exports × (1 − partner’s share of own imports)", *partners),
        ("share of own exports × (1 − own share of partner’s imports)", *own),
    ]
    shown = pd.DataFrame(formulas, columns=["formula", "russia", "china"])
    shown["ratio"] = shown["russia"] / shown["china"]
    return table(
        shown,
        {
            "formula": Column("Formula"),
            "russia": Column("Russia on China", True, "index", 2),
            "china": Column("China on Russia", True, "index", 2),
            "ratio": Column("Ratio", True, "", 1),
        },
        table_id="dependence-hm-index",
        title=f"The HM index prints Russia {number(shown['ratio'].iloc[0], 1)} times as dependent; "
        f"another reading of its formula would say {number(shown['ratio'].iloc[1:].max(), 1)} times",
        subtitle=f"Index, 0 to 100 · {year} · the abstract gives no formula; the lower rows are computed here "
        "from the IMF’s and China’s customs shares",
        source=chapter.publishers(used),
    )
