"""Oil and gas: who buys how much, what China pays, and what of its discount is left as rent."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
from IPython.display import Markdown

from analysis import periods, specifications
from analysis.chapter import Chapter
from analysis.chapters.rows import rows_of
from analysis.figures import numbers, style
from analysis.figures.bars import bars, dots
from analysis.figures.figure import Figure
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


def _parameter(chapter: Chapter, name: str) -> tuple[float, float, float]:
    """Low, middle and high of a parameter; the middle of a uniform range is its centre."""
    row = chapter.parameters()[f"{chapter.article_id}.{name}"]
    low, high = float(row["low"]), float(row["high"])
    return low, (low + high) / 2 if pd.isna(row["mode"]) else float(row["mode"]), high


def _estimates(chapter: Chapter, reading_id: str) -> list[float]:
    shown = chapter.reading_table(chapter.library.readings[reading_id]["claim_id"]).set_index("reading_id")
    return dict(zip(shown.index, shown["estimates"], strict=True))[reading_id]


def _percent(value: float, decimals: int | None = None) -> str:
    return numbers.quantity(value, "percent", decimals)


def _years(rows: pd.DataFrame) -> str:
    """First and last year of the rows, as a subtitle prints them."""
    spans = [periods.parse(period) for period in rows["period"]]
    return f"{min(span.start for span in spans).year}–{max(span.end for span in spans).year}"


def _tenth(value: float) -> Decimal:
    return Decimal(str(round(value, 6))).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _all(count: int, total: int) -> str:
    return f"all {total}" if count == total else f"{count} of {total}" if count else f"none of {total}"


# Volumes


def _count(chapter: Chapter, reading_id: str) -> str:
    """When and how a reading counts, short enough for one line, as in Jan–May 2023, barrels."""
    reading = chapter.library.readings[reading_id]
    span = periods.parse(reading["period"])
    whole = (
        f"{span.start:%Y-%m}/{span.end:%Y-%m}" if span.precision == "interval of days" else reading["period"]
    )
    series = split(reading["key"])[0]
    words = {"million_barrels_per_day": "barrels", "million_tonnes": "tonnes", "usd_bn": "value"}
    measure = words.get(chapter.library.series[series]["unit"], "")
    measure = {"oil": "with products", "fossil": f"{measure} of all fuels"}.get(
        series.partition(".")[0], measure
    )
    return f"{printed(whole)}, {measure}" if measure else printed(whole)


def _status(chapter: Chapter, item: Evidence) -> str:
    """Whether a piece of evidence rests on an estimate or on outturns alone."""
    rows = [row for rows in chapter.library.observations.values() for row in rows]
    statuses = {row.observation_id: row.status for row in rows}
    early = any(statuses[reference.row_id] == "estimate" for reference in item.references)
    return "estimate" if early else "outturn"


def largest_buyer(chapter: Chapter) -> Figure:
    """China's lead over India as buyer of Russian crude, by every declared count."""
    figure_id, claim_id = "dependence-largest-buyer", f"{chapter.article_id}.092"
    rows = rows_of(chapter, figure_id)
    declared = chapter.tables["specifications"]
    declared = declared[(declared["claim_id"] == claim_id) & (declared["dimension"] == "window")]
    readings = chapter.library.readings
    shown = pd.DataFrame(
        [
            {
                "label": _count(chapter, row["reading_id"])
                + (" by sea" if row["estimand"] == "by sea only" else ""),
                "scope": row["estimand"],
                "window": row["option"],
                "ratio": item.estimate,
                "judgement": item.judgement,
                "status": _status(chapter, item),
                "primary": readings[row["reading_id"]]["primary"] == "yes",
            }
            for row in declared.to_dict("records")
            for item in read(chapter.library, readings[row["reading_id"]], chapter.tables.schema.as_of)
        ]
    )
    require(shown, ("scope", "window", "ratio", "judgement"), figure_id)
    shown["value"] = [round(100 * (ratio - 1)) for ratio in shown["ratio"]]
    shown["actor"] = shown["judgement"].map({"inside": "CN", "outside": "IN"}).fillna("")
    main = shown.loc[shown["primary"], "scope"].iloc[0]
    shown = shown.assign(other=shown["scope"] != main)
    shown = shown.sort_values(["other", "scope", "ratio"], ascending=[True, True, False], kind="stable")
    long, rest = shown[~shown["other"]], shown[shown["other"]]
    early = int((shown["status"] == "estimate").sum()) or "no"
    ahead, behind = int((long["actor"] == "CN").sum()), int((rest["actor"] == "IN").sum())
    return bars(
        shown[["label", "scope", "window", "value", "ratio", "judgement", "status", "actor"]],
        unit="percent",
        ordered=False,
        figure_id=figure_id,
        title=f"China bought more Russian crude than India in {_all(ahead, len(long))} counts of half a year or longer; "
        f"by sea alone or in one month India led {behind} times in {len(rest)}",
        subtitle="China’s purchases over India’s, % more (red) or less (green); grey: too close to call · "
        f"Russian crude by volume, share or value · {_years(rows)}; {early} counts rest on an estimate",
        source=chapter.publishers(rows),
        alt=f"Bars to the right where China bought more than India and to the left where it bought less. Over half a year "
        f"or longer China leads in {_all(ahead, len(long))} counts, by {min(long['value'])} to {max(long['value'])} percent; "
        f"in single months and by sea only the lead runs from {min(rest['value'])} to {max(rest['value'])} percent.",
    )


def gas_volumes(chapter: Chapter) -> Figure:
    """Russian pipeline gas to China, to Europe and to Turkey, by year."""
    figure_id = "dependence-gas-volumes"
    rows = rows_of(chapter, figure_id)
    names = {
        "gas.pipeline_to_china": ("China", "CN"),
        "gas.pipeline_to_europe": ("Europe", "EU27"),
        "gas.pipeline_to_turkey": ("Türkiye", "TR"),
    }
    shown = rows.assign(
        line=rows["series_id"].map(lambda series: names[series][0]),
        actor=rows["series_id"].map(lambda series: names[series][1]),
    )
    mean = shown.groupby(["line", "period"])["value"].mean()
    common = sorted(set(mean["China"].index) & set(mean["Europe"].index))
    first, last = common[0], common[-1]
    gain = mean["China", last] - mean["China", first]
    loss = mean["Europe", first] - mean["Europe", last]
    ahead = "more" if mean["China", last] > mean["Europe", last] else "no more"
    only = "only " if gain < loss / 2 else ""
    return timeseries(
        shown[["line", "actor", "period", "value", "bound", "status", "source", "observation_id"]],
        unit="bcm",
        figure_id=figure_id,
        title=f"In {last} China took {ahead} Russian pipeline gas than Europe, yet its gain since {first} covers {only}"
        f"{numbers.number(gain, 0)} of the {numbers.number(loss, 0)} bn m³ lost in Europe",
        subtitle="Billion cubic metres a year · Russian pipeline gas delivered; Europe without Türkiye (2021: European "
        f"Union) · {_years(rows)}",
        source=chapter.publishers(rows),
        alt=f"Lines by year. Europe falls from {mean['Europe', first]:.0f} in {first} to {mean['Europe', last]:.0f} in {last} "
        f"billion cubic metres; China rises from {mean['China', first]:.0f} to {mean['China', last]:.0f}.",
    )


# Prices


def crude_discounts(chapter: Chapter) -> Figure:
    """Differentials of ESPO and Urals to their benchmarks over time; above nought is a premium."""
    figure_id = "dependence-crude-discounts"
    rows = rows_of(chapter, figure_id)
    rows = rows[
        [periods.parse(period).precision != "year" for period in rows["period"]]
    ]  # months, not their means
    require(rows, (), figure_id)
    names = {
        "espo.discount_to_ice_brent": ("ESPO in China", "CN"),
        "urals.discount_to_brent": ("Urals, western ports", "RU"),
    }
    buyers = {area: ("Urals in " + style.actor(area).name, area) for area in ("CN", "IN")}
    named = [
        names.get(series) or buyers[geo] for series, geo in zip(rows["series_id"], rows["geo"], strict=True)
    ]
    shown = rows.assign(line=[line for line, _ in named], actor=[actor for _, actor in named])
    espo = shown[shown["series_id"] == "espo.discount_to_ice_brent"]
    urals = shown[shown["series_id"] == "urals.discount_to_brent"]
    premium, over = int((espo["value"] > 0).sum()), int((urals["value"] > 0).sum())
    pair = pd.concat([espo, urals])
    missing = [
        {"line": part["line"].iloc[0], "actor": part["actor"].iloc[0], "period": period, "value": None}
        for part in (espo, urals)
        for period in sorted(set(pair["period"]))
        if not any(periods.parse(own).overlaps(periods.parse(period)) for own in part["period"])
        and min(part["period"]) < period < max(part["period"])
    ]
    west = "never" if not over else f"{over} times in {len(urals)}"
    columns = ["line", "actor", "period", "value", "bound", "status", "source", "observation_id"]
    return timeseries(
        # Where only one grade was quoted the other's line is dotted.
        pd.concat([shown[columns].astype({"value": object}), pd.DataFrame(missing, columns=columns[:4])]),
        unit="usd_per_barrel",
        figure_id=figure_id,
        title=f"ESPO in China was quoted above Brent {premium or 'no'} times in {len(espo)}, Urals at western ports {west}",
        subtitle="Differential to Brent, dollars a barrel, below nought a discount · ESPO delivered in China; Urals free on "
        f"board for all buyers, or delivered where a country is named · {_years(rows)}",
        source=chapter.publishers(rows),
        alt=f"ESPO lies between {min(espo['value']):.1f} and {max(espo['value']):+.1f} dollars a barrel to Brent and is above "
        f"nought in {premium} of {len(espo)} quotes; Urals lies between {min(urals['value']):.1f} and "
        f"{max(urals['value']):.1f} and is above nought in {over} of {len(urals)}.",
    )


def port_discounts(chapter: Chapter) -> Figure:
    """ESPO at Kozmino beside Urals at western ports, in the months with a quote of both, at the loading port."""
    figure_id = "dependence-crude-ports"
    rows = rows_of(chapter, figure_id)
    kept = ["period", "value", "status"]
    espo = rows.loc[rows["series_id"] == "espo.discount_to_ice_brent", kept]
    urals = rows.loc[rows["series_id"] == "urals.discount_to_brent", kept]
    pairs = espo.merge(urals, on="period", suffixes=("_espo", "_urals"), validate="one_to_one").sort_values(
        "period"
    )
    require(pairs, ("period",), figure_id)
    tonne = _parameter(chapter, "barrels_per_tonne")
    low, middle, high = _parameter(chapter, "freight_espo_china")
    freight = (low / tonne[2], middle / tonne[1], high / tonne[0])
    provisional = (pairs["status_espo"] == "estimate") | (pairs["status_urals"] == "estimate")
    pairs["label"] = [
        printed(period) + (" (provisional)" if early else "")
        for period, early in zip(pairs["period"], provisional, strict=True)
    ]
    # ESPO is quoted delivered: what the ship costs comes off to compare it at the loading port.
    kozmino = pd.DataFrame(
        {
            "label": pairs["label"],
            "series": "ESPO at Kozmino",
            "value": (pairs["value_espo"] - freight[1]).map(_tenth),
            "low": pairs["value_espo"] - freight[2],
            "high": pairs["value_espo"] - freight[0],
            "quote": pairs["value_espo"],
            "actor": "CN",
        }
    )
    west = pd.DataFrame(
        {
            "label": pairs["label"],
            "series": "Urals at western ports",
            "value": pairs["value_urals"].map(_tenth),
            "low": pairs["value_urals"],
            "high": pairs["value_urals"],
            "quote": pairs["value_urals"],
            "actor": "RU",
        }
    )
    smaller = int((kozmino["value"] > west["value"]).sum())
    surely = int((kozmino["low"] > west["high"]).sum())
    where = "deeper" if 2 * smaller > len(pairs) else "shallower"
    agreeing = smaller if where == "deeper" else len(pairs) - smaller
    even = ", even with the dearest freight" if where == "deeper" and surely == smaller else ""
    return dots(
        pd.concat([west, kozmino]).sort_index(kind="stable").reset_index(drop=True),
        unit="usd_per_barrel",
        ordered=False,
        figure_id=figure_id,
        title=f"In {_all(agreeing, len(pairs))} months with both quotes the price cut was {where} at the western ports "
        f"than at Kozmino, where China is nearly the only buyer{even}",
        subtitle="Dollars a barrel to Brent at the loading port · ESPO quote in China less freight (bar: cheapest to dearest "
        f"ship), Urals for all buyers · {pairs['label'].iloc[0]} to {pairs['label'].iloc[-1].removesuffix(' (provisional)')}",
        source=chapter.publishers(rows) + "; freight: S&P Global",
        alt=f"Two dots a month. Urals lies {min(abs(west['value'])):.1f} to {max(abs(west['value'])):.1f} dollars under Brent, "
        f"ESPO less its freight between {min(kozmino['value']):.1f} and {max(kozmino['value']):+.1f}. Even with the dearest "
        f"freight ESPO is cut less in {surely} of {len(pairs)} months.",
    )


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
    declared.sort(
        key=lambda one: (periods.parse(one.reading["period"]).end, order[dict(one.options)["definition"]])
    )
    grid = pd.DataFrame(
        [
            {
                **dict(one.options),
                "period": one.reading["period"],
                "primary": all(one.reading[column] == primary[column] for column in specifications.CHOICES),
            }
            for one in declared
        ]
    )
    dimensions = [name for name, _ in declared[0].options]
    runs = curves[0].runs.assign(status=[_status(chapter, item) for item in curves[0].evidence])
    merged = grid.merge(runs, on=dimensions, how="left")
    return merged.assign(holds=merged["holds"].eq(True), estimate=merged["estimate"].astype(float))


def _curve(
    chapter: Chapter, figure_id: str, claim_id: str, shown: pd.DataFrame, title: str, subtitle: str, alt: str
) -> Figure:
    interval = threshold_interval(chapter.library.primary(claim_id)["expected"])
    threshold = interval.right
    return specification_curve(
        shown,
        dimensions=["definition", "window"],
        unit="percent",
        threshold=threshold,
        criterion="below: cheaper"
        if not threshold
        else f"below: cheaper by {_percent(-threshold, 0)} or more",
        figure_id=figure_id,
        title=title,
        subtitle=subtitle,
        source=chapter.publishers(shown[shown["estimate"].notna()]),
        alt=alt,
    )


def oil_price_definitions(chapter: Chapter) -> Figure:
    """What China pays for Russian crude against what others get, by definition and window."""
    figure_id, claim_id = "dependence-oil-price-definitions", f"{chapter.article_id}.096"
    rows_of(chapter, figure_id)
    shown = _definitions(chapter, claim_id, "oil")
    require(shown, ("estimate", "holds"), figure_id)
    cheaper, measured, without = counts(shown)
    size, large = _large(chapter, "oil")
    estimates = shown["estimate"].dropna()
    link = "but" if 2 * large < cheaper else "and"
    return _curve(
        chapter,
        figure_id,
        claim_id,
        shown,
        f"Russian crude was cheaper for China in {_all(cheaper, measured)} comparisons, {link} by {_percent(size, 0)} or "
        f"more in {'only ' if link == 'but' and large else ''}{large or 'none'}",
        "Price of Russian crude in China less that of the comparison, % of the latter · customs unit values and market "
        f"quotes · {_span(shown)}",
        f"Estimates from {estimates.min():.1f} to {estimates.max():+.1f} percent, in rising order, over the definition and the "
        f"window of each. {cheaper} of {measured} lie below nought and {large} at minus {size:.0f} percent or lower; "
        f"{without} declared combinations have no data.",
    )


def _span(shown: pd.DataFrame) -> str:
    """The years of the comparisons with data, and how many of them rest on an estimate."""
    measured = shown[shown["estimate"].notna()]
    early = int((measured["status"] == "estimate").sum())
    return _years(measured) + (f", {early} of the comparisons provisional" if early else "")


def _large(chapter: Chapter, estimand: str) -> tuple[float, int]:
    """The size that counts as large, in percent, and how many comparisons reach it."""
    claim_id = f"{chapter.article_id}.143"
    size = -threshold_interval(chapter.library.primary(claim_id)["expected"]).right
    return size, counts(_definitions(chapter, claim_id, estimand))[0]


def gas_price_definitions(chapter: Chapter) -> Figure:
    """What China pays for Russian pipeline gas against other suppliers and other customers."""
    figure_id, claim_id = "dependence-gas-price-definitions", f"{chapter.article_id}.143"
    rows_of(chapter, figure_id)
    shown = _definitions(chapter, claim_id, "gas")
    require(shown, ("estimate", "holds"), figure_id)
    holding, measured, without = counts(shown)
    size, _ = _large(chapter, "gas")
    estimates = shown["estimate"].dropna()
    return _curve(
        chapter,
        figure_id,
        claim_id,
        shown,
        f"Russian pipeline gas was cheaper for China by {_percent(size, 0)} or more in {_all(holding, measured)} comparisons",
        "Price of Russian gas in China less that of the comparison, % of the latter · pipeline gas at the border; Chinese "
        f"contracts follow oil, European ones gas markets · {_span(shown)}",
        f"Estimates from {estimates.min():.1f} to {estimates.max():+.1f} percent, in rising order, over the definition and the "
        f"window of each; {holding} of {measured} lie at minus {size:.0f} percent or lower; {without} declared combinations "
        "have no data.",
    )


# Rent


def rent_account(chapter: Chapter) -> pd.DataFrame:
    """China's gain on Russian crude a year, against the price that it paid all other suppliers.

    Both prices are delivered, so no freight is taken off; quality is what Urals was worth less than Brent
    before the sanctions. Returns a row a year with bill, gap, what is left at the dearest and the cheapest
    quality (all US$ bn), the discount in percent, and the supply elasticity at which a single buyer's
    markdown would be as large (empty for a premium).
    """
    figure_id = "dependence-crude-rent"
    rows = rows_of(chapter, figure_id)
    wide = rows.pivot_table(index="period", columns="series_id", values="value", aggfunc="mean")
    series = ["crude.imports_value", "crude.imports_volume", "crude.price_gap_vs_other_suppliers"]
    if absent := [name for name in series if name not in wide]:
        raise ValueError(f"figure {figure_id}: no row of {', '.join(absent)}")
    wide = wide[series].dropna().sort_index()
    require(wide, (), figure_id)
    bill, quantity, gap = (wide[name] for name in series)
    paid = 1000 * bill / quantity  # dollars a tonne from billion dollars and million tonnes
    reference = paid / (1 + gap / 100)
    quality, tonne = _parameter(chapter, "urals_discount_before"), _parameter(chapter, "barrels_per_tonne")
    least = rent(reference, paid, 0.0, quality[2] * tonne[2], quantity)
    most = rent(reference, paid, 0.0, quality[0] * tonne[0], quantity)
    cut = discount(reference, paid)
    return pd.DataFrame(
        {
            "year": wide.index,
            "bill": bill.to_numpy(),
            "gap": (least["gap"] / 1000).to_numpy(),
            "left_low": (least["rent"] / 1000).to_numpy(),
            "left_high": (most["rent"] / 1000).to_numpy(),
            "discount": (100 * cut).to_numpy(),
            "elasticity": [float(implied_supply_elasticity(one)) if one > 0 else None for one in cut],
        }
    )


def rent_table(chapter: Chapter) -> Table:
    """The rent account as a table of the page."""
    account = rent_account(chapter)
    rows = rows_of(chapter, "dependence-crude-rent")
    last = account.iloc[-1]
    top = account.sort_values("gap", kind="stable").iloc[-1]
    bills = (top["bill"], last["bill"])
    saved = f"{numbers.quantity(top['gap'], 'usd_bn', 1)} in {top['year']}"
    if last["gap"] > 0 and last["year"] != top["year"]:
        saved += f" and {numbers.quantity(last['gap'], 'usd_bn', 1)} in {last['year']}"
    account["left"] = [
        numbers.interval(low, high, "", 1)
        for low, high in zip(account["left_low"], account["left_high"], strict=True)
    ]
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
        f"{numbers.interval(min(bills), max(bills), 'usd_bn', 0)}",
        subtitle="Against the mean price of all other suppliers, delivered (minus: China paid more) · after quality: less what "
        "Urals was worth under Brent before the sanctions · elasticity of supply at which a single buyer would cut as much "
        "· China, crude from Russia",
        source=chapter.publishers(rows) + "; own calculation",
    )


# Sentences


def answer(chapter: Chapter) -> Markdown:
    """The section's answer in one sentence, from its verdicts and rows."""
    [claim] = [chapter.now[f"{chapter.article_id}.081"]]
    exports, imports = (float(reference.value) for reference in claim.evidence[0].references)
    year = claim.evidence[0].references[0].period
    leaning = "leans on China" if exports > imports else "does not lean on China"
    size, oil = _large(chapter, "oil")
    _, gas = _large(chapter, "gas")
    measured = {
        fuel: counts(_definitions(chapter, f"{chapter.article_id}.143", fuel))[1] for fuel in ("oil", "gas")
    }
    large, force = (
        VERDICT_WORDS[chapter.now[f"{chapter.article_id}.{number}"].label] for number in ("143", "098")
    )
    return Markdown(
        f"**The oil trade {leaning}**: in {year} China took {_percent(exports)} of Russia’s crude exports, and Russia "
        f"supplied {_percent(imports)} of China’s crude imports. **That China’s price cuts are large is {large}**: "
        f"{_all(oil, measured['oil'])} comparisons for oil reach {_percent(size, 0)}, {_all(gas, measured['gas'])} for "
        f"gas do. That buyer power forces them is {force}."
    )


def volumes(chapter: Chapter) -> Markdown:
    """Crude to China since the first sanctions, since the war, and in the latest year."""

    def moved(number: str) -> str:
        reading = chapter.library.readings[f"{chapter.article_id}.{number}"]
        [change] = _estimates(chapter, reading["reading_id"])
        first, last = periods.ends(reading["period"])
        return f"{'rose' if change > 0 else 'fell'} by {_percent(abs(change), 0)} from {first} to {last}"

    return Markdown(
        f"By weight, Chinese imports of Russian crude {moved('083.a')}; they {moved('091.a')} and {moved('091.d')}. They "
        f"{moved('083.d')} already, on contracts older than the sanctions."
    )


def warming(chapter: Chapter) -> Markdown:
    """Which energy flows grew in 2025, from the specification curve of claim 034."""
    [curve] = chapter.now[f"{chapter.article_id}.034"].curves
    by = curve.runs.groupby("definition")["holds"].agg(["sum", "count"])
    parts = [
        f"{str(name).replace('_', ' ').replace('lng', 'LNG')} in {_all(int(row['sum']), int(row['count']))}"
        for name, row in by.sort_values(["sum", "count"], ascending=[False, True], kind="stable").iterrows()
    ]
    return Markdown(f"Growth on the year before, by flow and count of windows: {'; '.join(parts)}.")


def controls(chapter: Chapter) -> Markdown:
    """What stands outside the curve: another buyer, oil that is itself discounted, and the deepest cut."""
    rows = rows_of(chapter, "dependence-oil-price-definitions")
    india = rows[rows["series_id"] == "crude.price_gap_india_vs_west_asia"]
    malaysia = rows[rows["series_id"] == "crude.price_gap_vs_malaysia"]
    require(india, (), "dependence-oil-price-definitions")
    require(malaysia, (), "dependence-oil-price-definitions")
    dubai = rows[rows["series_id"] == "espo.discount_to_dubai"]
    require(dubai, (), "dependence-oil-price-definitions")
    deepest = dubai.sort_values("value", kind="stable").iloc[0]
    about = "about " if deepest["bound"] == "about" else ""

    return Markdown(
        f"Two controls outside the curve. India, which is not the only buyer of its grade, paid {_beside(india['value'])} than "
        f"for West Asian crude in {_years(india)}. China paid {_beside(malaysia['value'])} than for oil under a Malaysian "
        "label, much of it from other sanctioned sellers. The deepest cut reported for ESPO against Dubai was "
        f"{about}{numbers.quantity(-deepest['value'], 'usd_per_barrel')} in {printed(deepest['period'])}."
    )


def _beside(gaps: pd.Series) -> str:
    """Gaps in percent as words: 8–23 % less, 2.6–6.5 % more."""
    low, high = sorted((abs(gaps.min()), abs(gaps.max())))
    if gaps.max() < 0 or gaps.min() > 0:
        return f"{numbers.interval(low, high, 'percent')} {'less' if gaps.max() < 0 else 'more'}"
    return f"between {_percent(-gaps.min())} less and {_percent(gaps.max())} more"


def markdown_check(chapter: Chapter) -> Markdown:
    """How elastic Russian supply would have to be if the whole discount were a single buyer's markdown."""
    account = rent_account(chapter).dropna(subset=["elasticity"])
    require(account, ("elasticity",), "dependence-crude-rent")
    last = account.iloc[-1]
    return Markdown(
        f"If the whole discount of {last['year']}, {_percent(last['discount'], 1)}, were the markdown of a single buyer, Russian "
        f"supply to China would answer each percent of price with {_percent(last['elasticity'], 0)} of volume, as if "
        "other outlets lay close by. This checks consistency only; a discount also pays for risk, delay and quality."
    )
