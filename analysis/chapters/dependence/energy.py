"""Oil and gas: who buys how much, what China pays, and what of its discount is left as rent.

Every count has its scope, window and measure, and every price its comparison, so neither the largest
buyer nor the discount is one number: all declared combinations are shown, and a title counts them. What
rests on an estimate is called provisional.
"""

from __future__ import annotations

import pandas as pd
from IPython.display import Markdown

from analysis import periods, specifications
from analysis.chapter import Chapter
from analysis.chapters.phrases import moved, of_all, percent, share, tenth, years
from analysis.chapters.rows import Parameter, by_end, lines, parameter, pick, precisions, records, rows_of
from analysis.figures import style
from analysis.figures.bars import bars, dots
from analysis.figures.figure import Figure
from analysis.figures.numbers import interval, number, quantity
from analysis.figures.parts import require
from analysis.figures.specification_curve import counts, specification_curve
from analysis.figures.table import Column, Table, table
from analysis.figures.time_axis import printed
from analysis.figures.timeseries import timeseries
from analysis.intervals import threshold_interval
from analysis.methods.discount import discount, implied_supply_elasticity, rent
from analysis.readings import Evidence, read, split

VERDICT_WORDS = {
    "Supported": "supported",
    "Refuted": "refuted",
    "Conflicting evidence": "contested",
    "Not enough evidence": "undecided for want of evidence",
    "Open": "still open",
}


def answer(chapter: Chapter) -> Markdown:
    """The section's answer in one sentence, from its verdicts and rows."""
    references = chapter.now["dependence.081"].evidence[0].references
    exports, imports = (float(reference.value) for reference in references)
    reached = {fuel: counts(_definitions(chapter, "dependence.143", fuel)) for fuel in ("oil", "gas")}
    large, force = (VERDICT_WORDS[chapter.now[claim].label] for claim in ("dependence.143", "dependence.098"))
    return Markdown(
        f"**The oil trade {'leans' if exports > imports else 'does not lean'} on China**: in {references[0].period} China "
        f"took {share(exports)} of Russia’s crude exports, and Russia supplied {share(imports)} of China’s crude imports. "
        f"**That China’s price cuts are large is {large}**: {of_all(*reached['oil'][:2])} comparisons for oil reach "
        f"{percent(_large(chapter))}, {of_all(*reached['gas'][:2])} for gas do. That buyer power forces them is {force}."
    )


# Volumes


def volumes(chapter: Chapter) -> Markdown:
    """Crude to China since the first sanctions, since the war, and in the latest year."""

    def told(name: str) -> str:
        reading = chapter.library.readings[f"dependence.{name}"]
        [item] = read(chapter.library, reading, chapter.tables.schema.as_of)
        first, final = periods.ends(reading["period"])
        change = item.estimate or 0.0
        return f"{moved(0, change)} by {percent(abs(change))} from {first} to {final}"

    return Markdown(
        f"By weight, Chinese imports of Russian crude {told('083.a')}; they {told('091.a')} and {told('091.d')}. They "
        f"{told('083.d')} already, on contracts older than the sanctions."
    )


def _count(chapter: Chapter, reading_id: str) -> str:
    """When and how a reading counts, short enough for one line, as in Jan–May 2023, barrels."""
    reading = chapter.library.readings[reading_id]
    span = periods.parse(reading["period"])
    days = span.precision == "interval of days"
    when = printed(f"{span.start:%Y-%m}/{span.end:%Y-%m}" if days else reading["period"])
    series = split(reading["key"])[0]
    units = {"million_barrels_per_day": "barrels", "million_tonnes": "tonnes", "usd_bn": "value"}
    measure = units.get(chapter.library.series[series]["unit"], "")
    fuels = {"oil": "with products", "fossil": f"{measure} of all fuels"}
    measure = fuels.get(series.partition(".")[0], measure)
    return f"{when}, {measure}" if measure else when


def _status(chapter: Chapter, item: Evidence) -> str:
    """Whether a piece of evidence rests on an estimate or on outturns alone."""
    used = {reference.row_id for reference in item.references}
    rows = (row for rows in chapter.library.observations.values() for row in rows)
    return "estimate" if any(row.status == "estimate" for row in rows if row.observation_id in used) else "outturn"


def largest_buyer(chapter: Chapter) -> Figure:
    """China's lead over India as buyer of Russian crude, by every declared count."""
    rows = rows_of(chapter, "dependence-largest-buyer")
    declared, readings = chapter.tables["specifications"], chapter.library.readings
    declared = declared[(declared["claim_id"] == "dependence.092") & (declared["dimension"] == "window")]
    shown = pd.DataFrame(
        {
            "label": _count(chapter, row["reading_id"]) + (" by sea" if row["estimand"] == "by sea only" else ""),
            "scope": row["estimand"],
            "window": row["option"],
            "value": round(100 * (item.estimate - 1)),
            "ratio": item.estimate,
            "judgement": item.judgement,
            "status": _status(chapter, item),
            "actor": {"inside": "CN", "outside": "IN"}.get(item.judgement, ""),
        }
        for row in records(declared)
        for item in read(chapter.library, readings[row["reading_id"]], chapter.tables.schema.as_of)
        if item.estimate is not None
    )
    require(shown, ("scope", "window", "ratio", "judgement"), "dependence-largest-buyer")
    main = chapter.library.primary("dependence.092")["reading_id"]
    scope = declared.set_index("reading_id").loc[main, "estimand"]
    shown = shown.sort_values(["scope", "ratio"], ascending=[True, False], kind="stable")
    long, rest = shown[shown["scope"] == scope], shown[shown["scope"] != scope]
    ahead, behind = of_all(sum(long["actor"] == "CN"), len(long)), sum(rest["actor"] == "IN")
    return bars(
        pd.concat([long, rest]), unit="percent", ordered=False, figure_id="dependence-largest-buyer",
        title=f"China bought more Russian crude than India in {ahead} counts of half a year or longer; "
        f"by sea alone or in one month India led {behind} times in {len(rest)}",
        subtitle="China’s purchases over India’s, % more (red) or less (green); grey: too close to call · "
        f"Russian crude by volume, share or value · {years(rows['period'])}; "
        f"{sum(shown['status'] == 'estimate') or 'no'} counts rest on an estimate",
        source=chapter.publishers(rows),
        alt=f"Bars to the right where China bought more than India and to the left where it bought less. Over half a year "
        f"or longer China leads in {ahead} counts, by {min(long['value'])} to {max(long['value'])} percent; "
        f"in single months and by sea only the lead runs from {min(rest['value'])} to {max(rest['value'])} percent.",
    )  # fmt: skip


def gas_volumes(chapter: Chapter) -> Figure:
    """Russian pipeline gas to China, to Europe and to Turkey, by year."""
    names = {
        "gas.pipeline_to_china": ("China", "CN"),
        "gas.pipeline_to_europe": ("Europe", "EU27"),
        "gas.pipeline_to_turkey": ("Türkiye", "TR"),
    }
    data = lines(rows_of(chapter, "dependence-gas-volumes"), names)
    china, europe = (data[data["line"] == line].groupby("period")["value"].mean() for line in ("China", "Europe"))
    common = china.index.intersection(europe.index)
    first, final = common[0], common[-1]
    gain, loss = china[final] - china[first], europe[first] - europe[final]
    return timeseries(
        data[["line", "actor", "period", "value", "bound", "status", "source", "observation_id"]],
        unit="bcm", figure_id="dependence-gas-volumes",
        title=f"In {final} China took {'more' if china[final] > europe[final] else 'no more'} Russian pipeline gas than "
        f"Europe, yet its gain since {first} covers {'only ' if gain < loss / 2 else ''}{number(gain, 0)} of the "
        f"{number(loss, 0)} bn m³ lost in Europe",
        subtitle="Billion cubic metres a year · Russian pipeline gas delivered; Europe without Türkiye (2021: European "
        f"Union) · {years(data['period'])}",
        source=chapter.publishers(data),
        alt=f"Lines by year. Europe falls from {europe[first]:.0f} in {first} to {europe[final]:.0f} in {final} "
        f"billion cubic metres; China rises from {china[first]:.0f} to {china[final]:.0f}.",
    )  # fmt: skip


def warming(chapter: Chapter) -> Markdown:
    """Which energy flows grew in 2025, from the specification curve of claim 034."""
    [curve] = chapter.now["dependence.034"].curves
    by = curve.runs.groupby("definition")["holds"].agg(["sum", "count"])
    parts = [
        f"{str(name).replace('_', ' ').replace('lng', 'LNG')} in {of_all(row['sum'], row['count'])}"
        for name, row in by.sort_values(["sum", "count"], ascending=[False, True], kind="stable").iterrows()
    ]
    return Markdown(f"Growth on the year before, by flow and count of windows: {'; '.join(parts)}.")


# Discounts

ESPO, URALS = "espo.discount_to_ice_brent", "urals.discount_to_brent"


def crude_discounts(chapter: Chapter) -> Figure:
    """Differentials of ESPO and Urals to their benchmarks over time; above nought is a premium."""
    rows = rows_of(chapter, "dependence-crude-discounts")
    rows = rows[precisions(rows) != "year"]  # months, not their means
    names = {ESPO: ("ESPO in China", "CN"), URALS: ("Urals, western ports", "RU")}
    buyers = {area: (f"Urals in {style.actor(area).name}", area) for area in ("CN", "IN")}
    named = [names.get(row["series_id"]) or buyers[row["geo"]] for row in records(rows)]
    data = rows.assign(line=[line for line, _ in named], actor=[actor for _, actor in named])
    espo, urals = pick(data, ESPO), pick(data, URALS)
    # Where only one grade was quoted the other's line is dotted.
    missing = [
        {"line": part["line"].iloc[0], "actor": part["actor"].iloc[0], "period": period, "value": None}
        for part in (espo, urals)
        for period in sorted({*espo["period"], *urals["period"]})
        if not any(periods.parse(own).overlaps(periods.parse(period)) for own in part["period"])
        and min(part["period"]) < period < max(part["period"])
    ]
    columns = ["line", "actor", "period", "value", "bound", "status", "source", "observation_id"]
    premium, over = (int((part["value"] > 0).sum()) for part in (espo, urals))
    return timeseries(
        pd.concat([data[columns].astype({"value": object}), pd.DataFrame(missing, columns=columns[:4])]),
        unit="usd_per_barrel", figure_id="dependence-crude-discounts",
        title=f"ESPO in China was quoted above Brent {premium or 'no'} times in {len(espo)}, Urals at western ports "
        f"{f'{over} times in {len(urals)}' if over else 'never'}",
        subtitle="Differential to Brent, dollars a barrel, below nought a discount · ESPO delivered in China; Urals free on "
        f"board for all buyers, or delivered where a country is named · {years(data['period'])}",
        source=chapter.publishers(data),
        alt=f"ESPO lies between {min(espo['value']):.1f} and {max(espo['value']):+.1f} dollars a barrel to Brent and is above "
        f"nought in {premium} of {len(espo)} quotes; Urals lies between {min(urals['value']):.1f} and "
        f"{max(urals['value']):.1f} and is above nought in {over} of {len(urals)}.",
    )  # fmt: skip


def port_discounts(chapter: Chapter) -> Figure:
    """ESPO at Kozmino beside Urals at western ports, in the months with a quote of both, at the loading port."""
    rows = rows_of(chapter, "dependence-crude-ports")
    kept = ["period", "value", "status"]
    pairs = pick(rows, ESPO)[kept].merge(pick(rows, URALS)[kept], on="period", suffixes=("_espo", "_urals"))
    pairs = pairs.sort_values("period")
    require(pairs, ("period",), "dependence-crude-ports")
    early = (pairs[["status_espo", "status_urals"]] == "estimate").any(axis=1)
    tonne, freight = parameter(chapter, "barrels_per_tonne"), parameter(chapter, "freight_espo_china")
    # ESPO is quoted delivered: what the ship costs comes off to compare it at the loading port.
    ship = Parameter(freight.low / tonne.high, freight.middle / tonne.middle, freight.high / tonne.low)
    grades = (
        ("Urals at western ports", "value_urals", "RU", Parameter(0, 0, 0)),
        ("ESPO at Kozmino", "value_espo", "CN", ship),
    )
    months = pairs["period"].map(printed)
    west, kozmino = (
        pd.DataFrame(
            {
                "label": months + early.map({True: " (provisional)", False: ""}),
                "series": name,
                "value": (pairs[quote] - less.middle).map(tenth),
                "low": pairs[quote] - less.high,
                "high": pairs[quote] - less.low,
                "quote": pairs[quote],
                "actor": actor,
            }
        )
        for name, quote, actor, less in grades
    )
    smaller, surely = int((kozmino["value"] > west["value"]).sum()), int((kozmino["low"] > west["high"]).sum())
    deeper = 2 * smaller > len(pairs)
    even = ", even with the dearest freight" if deeper and surely == smaller else ""
    return dots(
        pd.concat([west, kozmino]).sort_index(kind="stable").reset_index(drop=True),
        unit="usd_per_barrel", ordered=False, figure_id="dependence-crude-ports",
        title=f"In {of_all(smaller if deeper else len(pairs) - smaller, len(pairs))} months with both quotes the price cut "
        f"was {'deeper' if deeper else 'shallower'} at the western ports than at Kozmino, where China is nearly the only "
        f"buyer{even}",
        subtitle="Dollars a barrel to Brent at the loading port · ESPO quote in China less freight (bar: cheapest to dearest "
        f"ship), Urals for all buyers · {west['label'].iloc[0]} to {months.iloc[-1]}",
        source=chapter.publishers(rows) + "; freight: S&P Global",
        alt=f"Two dots a month. Urals lies {min(abs(west['value'])):.1f} to {max(abs(west['value'])):.1f} dollars under Brent, "
        f"ESPO less its freight between {min(kozmino['value']):.1f} and {max(kozmino['value']):+.1f}. Even with the dearest "
        f"freight ESPO is cut less in {surely} of {len(pairs)} months.",
    )  # fmt: skip


# Prices by definition


def _definitions(chapter: Chapter, claim_id: str, estimand: str) -> pd.DataFrame:
    """Every declared combination of one estimand with its estimates; those without data have an empty one."""
    library = chapter.library
    primary = library.primary(claim_id)
    declared = [one for one in specifications.declare(library, claim_id) if one.estimand == estimand]
    curves = specifications.run(library, declared, chapter.tables.schema.as_of)
    if not declared or not curves:
        return pd.DataFrame()
    options = chapter.tables["specifications"]
    options = options[options["claim_id"] == claim_id]
    order = dict(zip(options["option"], options["reading_id"], strict=True))
    declared.sort(key=lambda one: (by_end(one.reading["period"])[0], order[dict(one.options)["definition"]]))
    grid = pd.DataFrame(
        {
            **dict(one.options),
            "period": one.reading["period"],
            "primary": all(one.reading[column] == primary[column] for column in specifications.CHOICES),
        }
        for one in declared
    )
    runs = curves[0].runs.assign(status=[_status(chapter, item) for item in curves[0].evidence])
    merged = grid.merge(runs, on=[name for name, _ in declared[0].options], how="left")
    return merged.assign(holds=merged["holds"].eq(True), estimate=merged["estimate"].astype(float))


def _large(chapter: Chapter) -> float:
    """The price cut that counts as large, in percent."""
    return -threshold_interval(chapter.library.primary("dependence.143")["expected"]).right


def _price_curve(
    chapter: Chapter, figure_id: str, shown: pd.DataFrame, threshold: float, title: str, what: str, lie: str
) -> Figure:
    """The curve of a fuel's price in China against each comparison."""
    found = shown[shown["estimate"].notna()]
    early = sum(found["status"] == "estimate")
    return specification_curve(
        shown, dimensions=["definition", "window"], unit="percent", threshold=threshold,
        criterion=f"below: cheaper by {percent(-threshold)} or more" if threshold else "below: cheaper",
        figure_id=figure_id, title=title,
        subtitle=f"Price of Russian {what} · {years(found['period'])}"
        + (f", {early} of the comparisons provisional" if early else ""),
        source=chapter.publishers(found),
        alt=f"Estimates from {found['estimate'].min():.1f} to {found['estimate'].max():+.1f} percent, in rising order, over "
        f"the definition and the window of each{lie}; {counts(shown)[2]} declared combinations have no data.",
    )  # fmt: skip


def oil_price_definitions(chapter: Chapter) -> Figure:
    """What China pays for Russian crude against what others get, by definition and window."""
    figure_id = "dependence-oil-price-definitions"
    rows_of(chapter, figure_id)
    shown = _definitions(chapter, "dependence.096", "oil")
    require(shown, ("estimate", "holds"), figure_id)
    cheaper, measured, _ = counts(shown)
    size, large = _large(chapter), counts(_definitions(chapter, "dependence.143", "oil"))[0]
    link = ("but by", "only " if large else "") if 2 * large < cheaper else ("and by", "")
    return _price_curve(
        chapter, figure_id, shown, 0,
        f"Russian crude was cheaper for China in {of_all(cheaper, measured)} comparisons, {link[0]} {percent(size)} or more in "
        f"{link[1]}{large or 'none'}",
        "crude in China less that of the comparison, % of the latter · customs unit values and market quotes",
        f". {cheaper} of {measured} lie below nought and {large} at minus {size:.0f} percent or lower",
    )  # fmt: skip


def gas_price_definitions(chapter: Chapter) -> Figure:
    """What China pays for Russian pipeline gas against other suppliers and other customers."""
    figure_id = "dependence-gas-price-definitions"
    rows_of(chapter, figure_id)
    shown = _definitions(chapter, "dependence.143", "gas")
    require(shown, ("estimate", "holds"), figure_id)
    holding, measured, _ = counts(shown)
    size = _large(chapter)
    return _price_curve(
        chapter, figure_id, shown, -size,
        f"Russian pipeline gas was cheaper for China by {percent(size)} or more in {of_all(holding, measured)} comparisons",
        "gas in China less that of the comparison, % of the latter · pipeline gas at the border; Chinese contracts follow "
        "oil, European ones gas markets",
        f"; {holding} of {measured} lie at minus {size:.0f} percent or lower",
    )  # fmt: skip


def controls(chapter: Chapter) -> Markdown:
    """What stands outside the curve: another buyer, oil that is itself discounted, and the deepest cut."""
    rows = rows_of(chapter, "dependence-oil-price-definitions")
    india = pick(rows, "crude.price_gap_india_vs_west_asia")
    malaysia = pick(rows, "crude.price_gap_vs_malaysia")
    deepest = pick(rows, "espo.discount_to_dubai").sort_values("value", kind="stable").iloc[0]
    return Markdown(
        f"Two controls outside the curve. India, which is not the only buyer of its grade, paid {_beside(india['value'])} than "
        f"for West Asian crude in {years(india['period'])}. China paid {_beside(malaysia['value'])} than for oil under a "
        "Malaysian label, much of it from other sanctioned sellers. The deepest cut reported for ESPO against Dubai was "
        f"{'about ' if deepest['bound'] == 'about' else ''}{quantity(-deepest['value'], 'usd_per_barrel')} in "
        f"{printed(deepest['period'])}."
    )


def _beside(gaps: pd.Series) -> str:
    """Gaps in percent as words: 8–23 % less, 2.6–6.5 % more."""
    low, high = sorted((abs(gaps.min()), abs(gaps.max())))
    if gaps.max() < 0 or gaps.min() > 0:
        return f"{interval(low, high, 'percent')} {'less' if gaps.max() < 0 else 'more'}"
    return f"between {share(-gaps.min())} less and {share(gaps.max())} more"


# Rent


def rent_account(chapter: Chapter) -> pd.DataFrame:
    """China's gain on Russian crude a year, against the price that it paid all other suppliers.

    Both prices are delivered, so no freight is taken off; quality is what Urals was worth less than Brent
    before the sanctions. Returns a row a year with bill, gap, what is left at the dearest and the cheapest
    quality (all US$ bn), the discount in percent, and the supply elasticity at which a single buyer's
    markdown would be as large (empty for a premium).
    """
    rows = rows_of(chapter, "dependence-crude-rent")
    series = ("crude.imports_value", "crude.imports_volume", "crude.price_gap_vs_other_suppliers")
    means = [pick(rows, name).groupby("period")["value"].mean() for name in series]
    wide = pd.concat(means, axis=1, keys=["bill", "volume", "gap"]).dropna().sort_index()
    require(wide, (), "dependence-crude-rent")
    paid = 1000 * wide["bill"] / wide["volume"]  # dollars a tonne from billion dollars and million tonnes
    reference = paid / (1 + wide["gap"] / 100)
    quality, tonne = parameter(chapter, "urals_discount_before"), parameter(chapter, "barrels_per_tonne")
    least = rent(reference, paid, 0.0, quality.high * tonne.high, wide["volume"])
    most = rent(reference, paid, 0.0, quality.low * tonne.low, wide["volume"])
    cut = discount(reference, paid)
    return pd.DataFrame(
        {
            "bill": wide["bill"],
            "gap": least["gap"] / 1000,
            "left_low": least["rent"] / 1000,
            "left_high": most["rent"] / 1000,
            "discount": 100 * cut,
            "elasticity": [float(implied_supply_elasticity(one)) if one > 0 else None for one in cut],
        }
    ).reset_index(names="year")


def rent_table(chapter: Chapter) -> Table:
    """The rent account as a table of the page."""
    account = rent_account(chapter)
    final, top = account.iloc[-1], account.sort_values("gap", kind="stable").iloc[-1]
    saved = f"{quantity(top['gap'], 'usd_bn', 1)} in {top['year']}"
    if final["gap"] > 0 and final["year"] != top["year"]:
        saved += f" and {quantity(final['gap'], 'usd_bn', 1)} in {final['year']}"
    low, high = sorted((top["bill"], final["bill"]))
    account["left"] = [interval(row["left_low"], row["left_high"], "", 1) for row in records(account)]
    return table(
        account,
        {
            "year": Column("Year"),
            "bill": Column("Bill", True, "usd_bn", 1),
            "discount": Column("Discount", True, "percent", 1),
            "gap": Column("Saved", True, "usd_bn", 1),
            "left": Column("After quality", unit="usd_bn"),
            "elasticity": Column("Elasticity", True, decimals=0),
        },
        table_id="dependence-crude-rent",
        title=f"Against its other suppliers’ prices China saved {saved}, on a crude bill of "
        f"{interval(low, high, 'usd_bn', 0)}",
        subtitle="Against the mean price of all other suppliers, delivered (minus: China paid more) · after quality: less what "
        "Urals was worth under Brent before the sanctions · elasticity of supply at which a single buyer would cut as much "
        "· China, crude from Russia",
        source=chapter.publishers(rows_of(chapter, "dependence-crude-rent")) + "; own calculation",
    )


def markdown_check(chapter: Chapter) -> Markdown:
    """How elastic Russian supply would have to be if the whole discount were a single buyer's markdown."""
    account = rent_account(chapter).dropna(subset=["elasticity"])
    require(account, (), "dependence-crude-rent")
    final = account.iloc[-1]
    return Markdown(
        f"If the whole discount of {final['year']}, {percent(final['discount'], 1)}, were the markdown of a single buyer, Russian "
        f"supply to China would answer each percent of price with {percent(final['elasticity'])} of volume, as if "
        "other outlets lay close by. This checks consistency only; a discount also pays for risk, delay and quality."
    )
