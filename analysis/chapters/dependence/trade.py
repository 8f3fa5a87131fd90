"""Who trades how much with whom, and what each definition of dependence makes of it."""

from __future__ import annotations

import pandas as pd
from IPython.display import Markdown

from analysis import periods
from analysis.chapter import Chapter
from analysis.chapters.rows import pick, rows_of
from analysis.figures import numbers, time_axis
from analysis.figures.bars import bars, dots
from analysis.figures.evidence import evidence
from analysis.figures.figure import Figure
from analysis.figures.parts import Statement
from analysis.figures.table import Column, Table, table
from analysis.figures.timeseries import timeseries
from analysis.intervals import statement_interval
from analysis.methods import concentration, salience, trade_dependence, trade_share
from analysis.readings import split

CHINA = "China’s share in Russia’s trade"
RUSSIA = "Russia’s share in China’s trade"
UNION = "EU’s share in Russia’s trade"


def whole_years(rows: pd.DataFrame) -> pd.DataFrame:
    """Only the rows that measure a calendar year."""
    return rows[[periods.parse(period).precision == "year" for period in rows["period"]]]


def medians(rows: pd.DataFrame) -> pd.Series:
    """The median of a period's values over its sources, in order of period; a bound is no value."""
    return rows[rows["bound"].isin(["exact", "about"])].groupby("period")["value"].median().sort_index()


def firm(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows without estimates of a period for which the series has an outturn."""
    outturns = rows[rows["status"] == "outturn"].groupby("series_id")["period"].agg(set)
    superseded = [
        row["status"] != "outturn" and row["period"] in outturns.get(row["series_id"], set())
        for row in rows.to_dict("records")
    ]
    return rows[[not one for one in superseded]]


def with_gaps(data: pd.DataFrame) -> pd.DataFrame:
    """The lines of a chart with an empty row for every year inside a line that no source has."""
    known = {line: set(part["period"].astype(int)) for line, part in data.groupby("line", sort=False)}
    empty = [
        {"line": line, "period": str(year), "value": None}
        for line, years in known.items()
        for year in sorted(set(range(min(years), max(years))) - years)
    ]
    return pd.concat([data, pd.DataFrame(empty)], ignore_index=True) if empty else data


def percent(value: float, decimals: int = 0) -> str:
    """A percentage as the book prints it."""
    return numbers.quantity(value, "percent", decimals)


def _moved(before: float, after: float) -> str:
    return "rose" if after > before else "fell" if after < before else "stayed"


def _years(rows: pd.DataFrame) -> str:
    return f"{rows['period'].min()}{numbers.DASH}{rows['period'].max()}"


def trade_volume(chapter: Chapter) -> Figure:
    """Goods trade by Chinese customs, the total and both directions, by calendar year."""
    figure_id = "dependence-trade-volume"
    rows = whole_years(rows_of(chapter, figure_id))
    lines = {
        "cn_customs.trade_total_ru": ("both ways", ""),
        "cn_customs.imports_from_ru": ("Russia to China", "RU"),
        "cn_customs.exports_to_ru": ("China to Russia", "CN"),
    }
    rows = rows[rows["series_id"].isin(lines)]
    total = medians(rows[rows["series_id"] == "cn_customs.trade_total_ru"])
    first, peak, last = total.index[0], str(total.idxmax()), total.index[-1]

    def money(year: str) -> str:
        return numbers.quantity(total[year], "usd_bn", 0)

    later = f"; by {last} it was down to {money(last)}" if peak != last else ", and it has not fallen since"
    data = rows.assign(
        line=rows["series_id"].map(lambda series: lines[series][0]),
        actor=rows["series_id"].map(lambda series: lines[series][1]),
    )
    return timeseries(
        with_gaps(data),
        unit="usd_bn",
        figure_id=figure_id,
        title=f"China–Russia trade: {money(first)} in {first}, {money(peak)} at its height in {peak}{later}",
        subtitle=f"Goods, billions of current US dollars · China’s customs · {_years(rows)}, calendar years",
        source=chapter.publishers(rows),
        alt=f"Lines of goods trade by year. Trade both ways runs from {money(first)} in {first} to "
        f"{money(peak)} in {peak} and {money(last)} in {last}; China’s imports from Russia and its exports "
        "to Russia are drawn below it.",
    )


def latest_months(chapter: Chapter) -> Markdown:
    """The months of the newest year beside the same months of the year before, from first releases."""
    rows = rows_of(chapter, "dependence-trade-volume")
    monthly = rows[rows["series_id"].str.endswith("_month")]
    spans = monthly["period"].map(periods.parse)
    end = max(span.end for span in spans)

    def total(year: int) -> float:
        # Some months were published together, so a row may cover several.
        inside = [span.start.year == span.end.year == year and span.end.month <= end.month for span in spans]
        part = monthly[inside]
        covered = {
            (series, month)
            for series, period in zip(part["series_id"], part["period"], strict=True)
            for month in range(periods.parse(period).start.month, periods.parse(period).end.month + 1)
        }
        if len(covered) < 2 * end.month:
            raise ValueError(f"figure dependence-trade-volume: some months of {year} have no row")
        return float(part["value"].sum())

    now, before = total(end.year), total(end.year - 1)
    months = time_axis.printed(f"{end.year}-01/{end.year}-{end.month:02}")
    return Markdown(
        f"The newest months: {months} came to {numbers.quantity(now, 'usd_bn', 1)}, "
        f"{'more' if now > before else 'less'} than the {numbers.quantity(before, 'usd_bn', 1)} of the same months "
        "a year earlier (first releases)."
    )


def mirror(chapter: Chapter) -> Markdown:
    """How far Russia's record of one flow lies above China's, in the years in which Russia still reported it."""
    rows = whole_years(rows_of(chapter, "dependence-trade-volume"))
    sent = medians(rows[rows["series_id"] == "cn_customs.exports_to_ru"])
    received = rows[(rows["series_id"] == "ru_imports.goods_by_partner") & (rows["counterparty"] == "CN")]
    # An estimate made from partners' reports repeats the mirror and checks nothing.
    own = medians(received[received["origins"].str.split(";").map(lambda origins: "fcs" in origins)]) / 1000
    excess = (100 * (own / sent - 1)).dropna()
    if excess.empty:
        raise ValueError(
            "figure dependence-trade-volume: no year has both records of China’s sales to Russia"
        )
    first, last = excess.index[0], excess.index[-1]
    return Markdown(
        f"The two customs services record one flow differently: from {first} to {last} Russia’s record of goods "
        f"from China, which includes freight and insurance, stood {percent(excess.min(), 1)} to "
        f"{percent(excess.max(), 1)} over China’s record of the same goods at its own border. "
        "Since 2022 Russia publishes no trade by partner, so later figures for it are mirrors or estimates."
    )


def trade_shares(chapter: Chapter) -> Figure:
    """Both sides' weights in one another's goods trade, with the European Union's in Russia's."""
    figure_id = "dependence-trade-shares"
    rows = firm(whole_years(rows_of(chapter, figure_id)))
    lines = {
        "trade_share.cn_in_ru_total": (CHINA, "CN"),
        "trade_share.ru_in_cn_total": (RUSSIA, "RU"),
        "ru_customs.share_of_total_trade_eu": (UNION, "EU27"),
    }
    data = rows.assign(
        line=rows["series_id"].map(lambda series: lines[series][0]),
        actor=rows["series_id"].map(lambda series: lines[series][1]),
    )
    shares = {name: medians(part) for name, part in data.groupby("line")}
    both = shares[CHINA].index.intersection(shares[RUSSIA].index)
    first, last = both[0], both[-1]

    def way(name: str) -> str:
        before, after = shares[name][first], shares[name][last]
        return f"{_moved(before, after)} from {percent(before)} to {percent(after)}"

    union = shares[UNION]
    return timeseries(
        with_gaps(data),
        unit="percent_share",
        figure_id=figure_id,
        title=f"China’s share in Russia’s trade {way(CHINA)} between {first} and {last}, "
        f"Russia’s share in China’s {way(RUSSIA)}",
        subtitle=f"Goods trade, exports plus imports, percent of the country’s total · {data['period'].min()}"
        f"{numbers.DASH}{data['period'].max()}, calendar years · EU with the members of the day · estimates only where no outturn is known",
        source=chapter.publishers(rows),
        alt=f"Three lines. China’s share in Russia’s trade {way(CHINA)} from {first} to {last}; Russia’s share "
        f"in China’s trade {way(RUSSIA)}; the European Union’s share in Russia’s trade "
        f"{_moved(union.iloc[0], union.iloc[-1])} from {percent(union.iloc[0])} in {union.index[0]} to "
        f"{percent(union.iloc[-1])} in {union.index[-1]}. Points are single sources.",
    )


def import_share_2023(chapter: Chapter) -> Figure:
    """What each count of Russia's imports makes of the share that the article prints."""
    figure_id, claim_id = "dependence-import-share-2023", "dependence.133"
    rows = rows_of(chapter, figure_id)
    claim = chapter.claims[claim_id]
    admitted = statement_interval(
        claim["qualifier"], claim["figure_low"], claim["figure_high"], claim["unit"]
    )
    data = chapter.evidence_rows(claim_id)
    if data.empty:
        raise ValueError(f"figure {figure_id}: no reading of {claim_id} finds a row")
    names = {
        "dependence.133.a": "over all imports in the balance of payments",
        "dependence.133.customs": "over imports as customs or partners count them",
        "dependence.133.ten_months": "over imports as an institute counts them, January to October",
    }
    data = data.assign(reading=data["reading_id"].map(names))
    stated = f"about {numbers.quantity(claim['figure_low'], claim['unit'])}"
    inside = data[data["judgement"] == "inside"]
    outside = data[data["judgement"] == "outside"]
    if inside.empty or outside.empty:
        title = f"“{stated.capitalize()}” of Russia’s imports: " + (
            "no count of 2023 agrees" if inside.empty else "every count of 2023 agrees"
        )
    else:
        run = numbers.interval(outside["estimate"].min(), outside["estimate"].max(), "percent_share", 1)
        title = (
            f"{len(inside)} of {len(data)} counts {'puts' if len(inside) == 1 else 'put'} China’s share in Russia’s "
            f"imports of 2023 at {stated}; the others say {run}"
        )
    return evidence(
        data,
        statement=Statement(admitted, f"the article: {stated}"),
        unit=claim["unit"],
        published=str(chapter.article["published"]),
        figure_id=figure_id,
        title=title,
        subtitle="China’s share in Russia’s goods imports, percent, by what the imports are divided by · 2023",
        source=chapter.publishers(rows[rows["period"].str.startswith("2023")]),
        alt=f"Points by definition beside a band for {stated}: "
        + "; ".join(
            f"{row['origin']}, {row['reading']}: {percent(row['estimate'], 1)} ({row['judgement']} the band)"
            for row in data.to_dict("records")
        )
        + ".",
    )


def import_denominators(chapter: Chapter) -> Markdown:
    """The three totals of Russia's imports in the claim's year, and other rows with the figure it prints."""
    figure_id, claim_id = "dependence-import-share-2023", "dependence.133"
    rows = rows_of(chapter, figure_id)
    claim = chapter.claims[claim_id]
    year = claim["period"]
    totals = {
        "the IMF’s estimate from partners’ reports": "imf.ru_imports_wld",
        "Russian customs": "ru_customs.imports_wld",
        "the balance of payments": "cbr_bop.goods_imports",
    }
    said = ", ".join(
        f"{numbers.quantity(float(pick(rows, figure_id, series_id=series, period=year)['value'].iloc[0]), 'usd_bn', 1)}"
        f" ({name})"
        for name, series in totals.items()
    )
    union = pick(rows, figure_id, series_id="trade_share.eu_in_ru_imports")
    same = union[[value == float(claim["figure_low"]) for value in union["value"]]]
    twin = "".join(
        f" The same figure is also on record for the European Union’s share in {row['period']}; "
        "whether that is more than coincidence the rows cannot tell."
        for row in same.to_dict("records")
    )
    return Markdown(f"What Russia imported in {year} has three official totals: {said}.{twin}")


def _partner_values(chapter: Chapter) -> tuple[pd.DataFrame, pd.Series]:
    """Imports by partner and from the world, in millions of dollars: one row a partner and year; totals by year."""
    rows = rows_of(chapter, "dependence-import-concentration")
    partners = rows[rows["series_id"] == "ru_imports.goods_by_partner"]
    totals = rows[rows["series_id"] != "ru_imports.goods_by_partner"]
    # A total of another origin than the parts could be smaller than their sum.
    origin = partners.groupby("period")["origins"].first()
    totals = totals[totals["origins"] == totals["period"].map(origin)]
    return partners, totals.set_index("period")["value"] * 1000


def _suppliers(values: pd.Series, total: float, union_members: int | None) -> tuple[float, float]:
    """Bounds on the effective number of suppliers: fewest and most.

    The Herfindahl index over groups is the sum of squared group shares times each group's own index.
    The Union is one supplier, or so many members of unknown shares; whoever is not listed shares the
    remainder, and no country sells more than China.
    """
    cap = values["CN"]
    listed = values.drop("EU27") if union_members else values
    groups: list[tuple[float, int | None]] = [(total - float(values.sum()), None)]
    if union_members:
        groups.append((float(values["EU27"]), union_members))
    low = high = float((listed**2).sum()) / total**2
    for amount, members in groups:
        within = concentration.herfindahl_bounds([], amount, partners=members, cap=cap)
        low += within[0] * (amount / total) ** 2
        high += within[1] * (amount / total) ** 2
    return concentration.effective_partners(high), concentration.effective_partners(low)


def supplier_bounds(chapter: Chapter) -> pd.DataFrame:
    """Fewest and most equal suppliers of Russia's imports, a row a year with the EU as its members or as one."""
    partners, totals = _partner_values(chapter)
    members = len(split(chapter.tables.row("areas", "EU27")["members"]))
    rows = []
    for year, part in partners.groupby("period"):
        values = part.set_index("counterparty")["value"]
        for union in (False, True):
            fewest, most = _suppliers(values, float(totals[year]), None if union else members)
            rows.append({"year": year, "union": union, "fewest": fewest, "most": most})
    return pd.DataFrame(rows)


def import_concentration(chapter: Chapter) -> Figure:
    """To how many equally large suppliers Russia's imports come down, with bounds for partners not held."""
    figure_id = "dependence-import-concentration"
    bounds = supplier_bounds(chapter)
    first, last = bounds["year"].min(), bounds["year"].max()
    shown = bounds[~bounds["union"] | bounds["year"].isin([first, last])].sort_values("union", kind="stable")
    ends = {(row["union"], row["year"]): (row["fewest"], row["most"]) for row in shown.to_dict("records")}
    fewer = {union: ends[union, last][1] < ends[union, first][0] for union in (False, True)}

    def run(union: bool, year: str) -> str:
        return numbers.interval(*ends[union, year], "", 1)

    title = (
        f"Russia’s imports are as concentrated as if they came from {run(False, last)} equal suppliers in {last}, "
        f"against {run(False, first)} in {first}"
    )
    if fewer[False] != fewer[True]:
        title += "; with the EU as one seller the change is not certain"
    elif not fewer[False]:
        title += ": the bounds overlap"
    data = pd.DataFrame(
        [
            {
                "label": f"{row['year']}, EU as one" if row["union"] else row["year"],
                "series": series,
                "value": f"{value:.1f}",
                "suppliers": value,
            }
            for row in shown.to_dict("records")
            for series, value in (("at least", row["fewest"]), ("at most", row["most"]))
        ]
    )
    return dots(
        data,
        unit="",
        ordered=False,
        figure_id=figure_id,
        title=title,
        subtitle="Effective number of suppliers of goods (one over the Herfindahl index), bounds · Russia · "
        f"{first}{numbers.DASH}{last} · unlisted partners split every way that leaves China the largest country · Russian customs, then IMF estimates",
        source=chapter.publishers(rows_of(chapter, figure_id)),
        alt="Bars between the least and the greatest number of equal suppliers by year: "
        + "; ".join(
            f"{year}{' with the EU as one' if union else ''} {run(union, year)}" for union, year in ends
        )
        + ".",
    )


def gdp_dependence(chapter: Chapter) -> Figure:
    """The same trade over the gross domestic product of either side."""
    figure_id = "dependence-gdp-dependence"
    rows = rows_of(chapter, figure_id)
    drawn = rows[rows["series_id"] == "gdp_dependence.trade_total"]
    names = {"RU": "of Russia’s GDP:", "CN": "of China’s GDP:"}
    data = drawn.assign(line=drawn["geo"].map(names), actor=drawn["geo"])
    # Two editions of the national accounts must not be compared, so the title stays inside the longer one.
    edition = _edition(rows)
    inside = drawn[drawn["period"].isin(edition)]
    ends = inside.pivot_table(index="period", columns="geo", values="value").sort_index()
    first, last = ends.index[0], ends.index[-1]

    def way(geo: str) -> str:
        return f"from {percent(float(ends.loc[first, geo]), 1)} to {percent(float(ends.loc[last, geo]), 1)}"

    russia, china = (_moved(ends.loc[first, geo], ends.loc[last, geo]) for geo in ("RU", "CN"))
    title = f"Trade with the other side {russia} {way('RU')} of Russia’s GDP and "
    title += f"{'' if china == russia else f'{china} '}{way('CN')} of China’s ({first}{numbers.DASH}{last})"
    later = sorted(set(drawn["period"]) - set(edition))
    return timeseries(
        data,
        unit="percent",
        figure_id=figure_id,
        title=title,
        subtitle=f"Goods trade between the two, percent of GDP in current dollars · {_years(drawn)}"
        + (f" · {', '.join(later)} by a later edition of GDP" if later else ""),
        source=chapter.publishers(drawn),
        alt=f"Two lines: trade with China over Russia’s GDP {russia} {way('RU')} between {first} and {last}, "
        f"trade with Russia over China’s GDP {china} {way('CN')}.",
    )


def _edition(rows: pd.DataFrame) -> list[str]:
    """The years of the edition of GDP that covers most of them."""
    products = rows[rows["series_id"] == "wb.gdp_current_usd"]
    editions = products.groupby("source_id")["period"].apply(lambda years: sorted(set(years)))
    return max(editions.tolist(), key=len)


def openness_identity(chapter: Chapter) -> Table:
    """Trade share times openness is dependence on GDP, for both sides, inside one edition of GDP."""
    rows = rows_of(chapter, "dependence-gdp-dependence")
    years = [_edition(rows)[0], _edition(rows)[-1]]
    shown = []
    used = rows[rows["series_id"] != "cn_ru.gdp_ratio"]
    for geo, name in (("RU", "Russia on China"), ("CN", "China on Russia")):

        def by_year(series_id: str, geo: str = geo) -> pd.Series:
            part = rows[
                (rows["series_id"] == series_id) & ((rows["geo"] == geo) | series_id.startswith("cn_customs"))
            ]
            return medians(part).reindex(years)

        product = by_year("wb.gdp_current_usd")
        total = by_year("wb.merchandise_trade_share_of_gdp") / 100 * product
        parts = 100 * trade_dependence.decomposition(by_year("cn_customs.trade_total_ru"), total, product)
        shown += [{"side": f"{name}, {year}", **parts.loc[year].to_dict()} for year in years]
    return table(
        pd.DataFrame(shown),
        {
            "side": Column("Dependence"),
            "trade_share": Column("Share in all its trade", True, "percent_share", 1),
            "openness": Column("× trade over GDP", True, "percent", 1),
            "dependence": Column("= over GDP", True, "percent", 1),
        },
        table_id="dependence-openness-identity",
        title="Trade share times openness is dependence on GDP",
        subtitle=f"Goods, percent · Russia and China · {years[0]} and {years[-1]}",
        source=chapter.publishers(used),
    )


def two_readings(chapter: Chapter) -> Table:
    """The gap of the two shares, and Barbieri's salience and symmetry, by year."""
    rows = firm(whole_years(rows_of(chapter, "dependence-trade-shares")))
    china = medians(rows[rows["series_id"] == "trade_share.cn_in_ru_total"]) / 100
    russia = medians(rows[rows["series_id"] == "trade_share.ru_in_cn_total"]) / 100
    years = china.index.intersection(russia.index)
    china, russia = china[years], russia[years]
    gap = trade_share.asymmetry(china, russia)
    shown = pd.DataFrame(
        {
            "year": years,
            "difference": 100 * gap["difference"].to_numpy(),
            "ratio": gap["ratio"].to_numpy(),
            "salience": salience.salience(china, russia).to_numpy(),
            "symmetry": salience.symmetry(china, russia).to_numpy(),
            "interdependence": salience.interdependence(china, russia).to_numpy(),
        }
    )
    first, last = shown.iloc[0], shown.iloc[-1]
    heavier = "weighs more" if last["salience"] > first["salience"] else "weighs less"
    lopsided = "more lopsided" if last["symmetry"] < first["symmetry"] else "more even"
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


def imbalance(chapter: Chapter) -> Figure:
    """How much more one side weighs for the other, by what is measured: goods, GDP and arms."""
    figure_id = "dependence-imbalance"
    rows = rows_of(chapter, figure_id)
    names = {
        "trade_gap.imports": "China as supplier",
        "trade_gap.total": "all goods trade",
        "trade_gap.exports": "China as customer",
        "gdp_dependence.gap": "trade over GDP",
        "dependence_gap.arms": "arms: Russia’s sales, China’s purchases",
    }
    shown = []
    for series_id, name in names.items():
        part = rows[rows["series_id"] == series_id]
        latest = firm(part[part["period"] == part["period"].max()])
        value = float(latest["value"].median())
        when = time_axis.printed(latest["period"].iloc[0])
        shown.append(
            {
                "label": f"{name}, {when}",
                "value": value,
                "low": float(latest["value"].min()),
                "high": float(latest["value"].max()),
                "actor": "RU" if value > 0 else "CN",
                "series_id": series_id,
                "origins": ";".join(latest["origins"]),
            }
        )
    data = pd.DataFrame(shown)
    towards = data["value"] > 0
    if towards.all():
        title = "By every measure held China weighs more for Russia than Russia for China"
    else:
        other = ", ".join(names[series].split(":")[0] for series in data.loc[~towards, "series_id"])
        title = (
            f"By {towards.sum()} of {len(data)} measures China weighs more for Russia than Russia for China; "
            f"in {other} it is the other way round"
        )
    return bars(
        data.drop(columns="origins"),
        unit="percentage_point",
        figure_id=figure_id,
        title=title,
        subtitle="China’s weight for Russia less Russia’s weight for China, percentage points; right: Russia "
        "leans on China, left: China on Russia · latest period of each measure, range of its sources",
        source=chapter.publishers(data),
        alt="Bars: "
        + "; ".join(
            f"{label} {numbers.quantity(value, 'percentage_point', 1, signed=True)}"
            for label, value in zip(data["label"], data["value"], strict=True)
        )
        + ".",
    )


def hm_index(chapter: Chapter) -> Table:
    """The printed HM index beside the two products of shares that its undisclosed formula may mean."""
    figure_id = "dependence-hm-index"
    rows = rows_of(chapter, figure_id)
    printed = rows[rows["series_id"] == "trade_interdependence.hm_index"]
    year = printed["period"].max()

    # Each side's two shares from one origin, so that its exports and imports are counted alike.
    used = rows[(rows["period"] == year) & rows["origins"].isin(["imf", "gacc", *printed["origins"]])]

    def share(series_id: str) -> float:
        return float(pick(used, figure_id, series_id=series_id)["value"].median()) / 100

    china_sells, china_buys = share("trade_share.ru_in_cn_exports"), share("trade_share.ru_in_cn_imports")
    russia_sells, russia_buys = share("trade_share.cn_in_ru_exports"), share("trade_share.cn_in_ru_imports")
    by_area = printed[printed["period"] == year].set_index("geo")["value"]
    shown = pd.DataFrame(
        [
            ("as printed", by_area["RU"], by_area["CN"]),
            (
                "share of own exports × (1 − partner’s share of own imports)",
                100 * russia_sells * (1 - russia_buys),
                100 * china_sells * (1 - china_buys),
            ),
            (
                "share of own exports × (1 − own share of partner’s imports)",
                100 * russia_sells * (1 - china_buys),
                100 * china_sells * (1 - russia_buys),
            ),
        ],
        columns=["formula", "russia", "china"],
    )
    shown["ratio"] = shown["russia"] / shown["china"]
    printed_ratio, highest = shown["ratio"].iloc[0], shown["ratio"].iloc[1:].max()
    return table(
        shown,
        {
            "formula": Column("Formula"),
            "russia": Column("Russia on China", True, "index", 2),
            "china": Column("China on Russia", True, "index", 2),
            "ratio": Column("Ratio", True, "", 1),
        },
        table_id=figure_id,
        title=f"The HM index prints Russia {numbers.number(printed_ratio, 1)} times as dependent; "
        f"another reading of its formula would say {numbers.number(highest, 1)} times",
        subtitle=f"Index, 0 to 100 · {year} · the abstract gives no formula; the lower rows are computed here "
        "from the IMF’s and China’s customs shares",
        source=chapter.publishers(used),
    )


def answer(chapter: Chapter) -> Markdown:
    """The section's answer in one sentence."""
    rows = firm(whole_years(rows_of(chapter, "dependence-trade-shares")))
    china = medians(rows[rows["series_id"] == "trade_share.cn_in_ru_total"])
    russia = medians(rows[rows["series_id"] == "trade_share.ru_in_cn_total"])
    year = china.index.intersection(russia.index)[-1]
    wider = chapter.now["dependence.131"].label.lower()
    return Markdown(
        f"**In short:** in {year} China had {percent(china[year])} of Russia’s goods trade and Russia "
        f"{percent(russia[year])} of China’s; that the imbalance grew over the decade is *{wider}*, and what it "
        "would cost either side to break off is another question, taken up in the next section."
    )
