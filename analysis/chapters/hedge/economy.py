"""China's hedge: are words and deeds apart, and is it fear that parts them?

The monthly customs record is drawn as it was published: months that came out together stay together,
and months that nobody has stay empty. Press accounts of payments are single values, never a series.
"""

from __future__ import annotations

import pandas as pd
from IPython.display import Markdown

from analysis import periods
from analysis.chapter import Chapter
from analysis.chapters.phrases import hedge, moved
from analysis.chapters.rows import article_mark, by_end, last, lines, outturns, pick, records, rows_of
from analysis.figures import numbers
from analysis.figures.bars import dots
from analysis.figures.figure import Figure
from analysis.figures.numbers import quantity
from analysis.figures.table import Column, Table, markup
from analysis.figures.time_axis import printed
from analysis.figures.timeseries import timeseries
from analysis.methods.price_volume import price_volume
from analysis.verdicts import plural

MONTHLY = {
    "cn_customs.exports_to_ru_month": ("China to Russia", "CN"),
    "cn_customs.imports_from_ru_month": ("Russia to China", "RU"),
}
GROWTH = {"China": "cn_customs.exports_to_ru_yoy", "Russia": "cn_customs.imports_from_ru_yoy"}
ORDER = "Executive Order 14114: secondary sanctions on foreign banks"


def _monthly(rows: pd.DataFrame) -> pd.DataFrame:
    """The monthly rows without the yearly totals under the same ids; `months` counts those of each row."""
    spans = [periods.parse(period) for period in rows["period"]]
    rows = rows.assign(months=[len(_months(period)) for period in rows["period"]])
    return rows[[span.precision in ("month", "interval of months") for span in spans]]


def trade_monthly(chapter: Chapter) -> Figure:
    """Goods trade by month in both directions, with the order on secondary sanctions and the article."""
    figure_id = "hedge-trade-monthly"
    rows = outturns(rows_of(chapter, figure_id))
    data = _monthly(lines(rows, MONTHLY))
    sanctions = chapter.tables["sanctions"]
    ordered = str(sanctions.loc[sanctions["measure"] == ORDER, "date"].iloc[0])
    marks = pd.DataFrame(
        {"date": [ordered, chapter.article["published"]], "label": ["US order on banks", "the article"]}
    )
    # The printed growth: months of two editions must not be set against one another.
    spans = set.intersection(*(set(pick(rows, series)["period"]) for series in GROWTH.values()))
    span = max((period for period in spans if period[:4] == chapter.article["published"][:4]), key=by_end)
    said = []
    for who, series in GROWTH.items():
        (row,) = records(pick(rows, series, period=span))
        size = hedge(row["bound"]) + quantity(abs(row["value"]), "percent", 1)
        said.append(f"{who}’s deliveries {moved(0, row['value'])} by {size}")
    first, last = (sorted(data["period"], key=by_end)[place] for place in (0, -1))
    peaks = [
        f"{line}: most in {printed(max(records(part), key=lambda row: row['value'])['period'])}"
        for line, part in data[data["months"] == 1].groupby("line", sort=False)
    ]
    data = data.assign(value=data["value"] / data["months"])
    return timeseries(
        data, unit="usd_bn", marks=marks, figure_id=figure_id,
        title=f"In {printed(span)} {said[0]} and {said[1]} on the year before",
        subtitle="Goods, billions of current US dollars a month; months published together as their mean · China’s customs · "
        f"{printed(first)} to {printed(last)}",
        source=chapter.publishers(data),
        alt=f"Two lines of monthly goods trade, {'; '.join(peaks)}. The order of {ordered} and the article are marked; "
        "months published together are drawn as one span at their monthly mean.",
    )  # fmt: skip


def oil_growth(chapter: Chapter) -> Figure:
    """Growth on the year before of the weight and the value of Russian crude in China, window by window."""
    figure_id = "hedge-oil-price-quantity"
    names = {
        "crude.imports_volume_yoy": ("weight", "CN"),
        "crude.imports_value_yoy": ("value in dollars", "RU"),
    }
    rows = lines(outturns(rows_of(chapter, figure_id)), names).drop_duplicates(["line", "period"])
    year = int(chapter.article["published"][:4])
    rows = rows[rows["period"].str[:4].isin([str(year - 1), str(year)])]
    wide = rows.pivot(index="period", columns="line", values="value")
    wide = wide.loc[sorted(wide.index, key=by_end)]
    own = wide[wide.index.str[:4] == str(year)]
    both = own.dropna()
    lower = int((both["value in dollars"] < both["weight"]).sum())
    rows = rows.assign(label=rows["period"].map(printed), series=rows["line"])
    rows = rows.sort_values("period", key=lambda spans: spans.map(list(wide.index).index), kind="stable")
    return dots(
        rows, unit="percent", ordered=False, figure_id=figure_id,
        title=f"China took less Russian crude by weight in {int((own['weight'] < 0).sum())} of {own['weight'].count()} spans of "
        f"{year}; by value it did worse in {lower} of {len(both)}",
        subtitle="Change on the same span a year earlier, % · crude oil, China’s imports from Russia · customs and agencies",
        source=chapter.publishers(rows),
        alt="; ".join(f"{row['label']}, {row['line']}: {quantity(row['value'], 'percent', 1, signed=True)}" for row in records(rows)),
    )  # fmt: skip


def oil_monthly(chapter: Chapter) -> Figure:
    """Russian crude bought by China, by month: joint months at their mean, months that nobody printed empty."""
    figure_id = "hedge-oil-monthly"
    data = _monthly(lines(outturns(rows_of(chapter, figure_id)), {"crude.imports_volume_month": ("Russian crude", "RU")}))
    data = data.assign(value=data["value"] / data["months"])
    known = {month for period in data["period"] for month in _months(period)}
    empty = [month for month in _months(f"{min(known)}/{max(known)}") if month not in known]
    shown = pd.concat(
        [data, pd.DataFrame({"line": "Russian crude", "actor": "RU", "period": empty, "value": None, "bound": "exact"})]
    )
    year = chapter.article["published"][:4]
    # A year's share of the months of the year before that have a counterpart.
    pairs = [(month, f"{int(year) - 1}{month[4:]}") for month in sorted(known) if month[:4] == year]
    values = {month: row["value"] for row in records(data) for month in _months(row["period"])}
    lower = [now for now, before in pairs if before in values and values[now] < values[before]]
    compared = [now for now, before in pairs if before in values]
    marks = article_mark(chapter)
    return timeseries(
        shown, unit="million_tonnes", marks=marks, figure_id=figure_id,
        title=f"By weight China bought less Russian crude in {len(lower)} of {len(compared)} months of {year} than a year before",
        subtitle="Million tonnes a month; months published together as their mean; hatched: months without a value · "
        f"China’s customs · {printed(min(known))} to {printed(max(known))}",
        source=chapter.publishers(data),
        alt=f"One line from {min(known)} to {max(known)}, between {quantity(data['value'].min(), 'million_tonnes', 1)} and "
        f"{quantity(data['value'].max(), 'million_tonnes', 1)} a month; {len(empty)} months are empty.",
    )  # fmt: skip


def _months(period: str) -> list[str]:
    """The months that a span of months covers."""
    span = periods.parse(period)
    return [str(month) for month in pd.period_range(str(span.start)[:7], str(span.end)[:7], freq="M")]


def oil_parts(chapter: Chapter) -> Table:
    """How much of the fall in the value of Russian crude was price and how much weight, from the printed growth.

    With the year before as 100 the value is price times weight; the interaction belongs to neither, so each
    part is a range over the three ways to place it.
    """
    figure_id = "hedge-oil-price-quantity"
    rows = pick(outturns(rows_of(chapter, figure_id)), [f"crude.imports_{name}_yoy" for name in ("volume", "value")])
    year = chapter.article["published"][:4]
    growth = {
        name: pick(rows, f"crude.imports_{name}_yoy").drop_duplicates("period").set_index("period")["value"]
        for name in ("volume", "value")
    }
    found = []
    for period in sorted(set(growth["volume"].index) & set(growth["value"].index), key=by_end):
        if period[:4] != year:
            continue
        weight, value = (float(growth[name][period]) for name in ("volume", "value"))
        price = (100 + value) / (100 + weight)
        parts = price_volume(1.0, price, 100.0, 100.0 + weight)
        found.append(
            {
                "period": printed(period),
                "value": value,
                "weight": weight,
                "unit_value": 100 * (price - 1),
                "by_price": numbers.interval(parts["price"].min(), parts["price"].max(), "percentage_point", 1),
                "by_weight": numbers.interval(parts["quantity"].min(), parts["quantity"].max(), "percentage_point", 1),
                "more_by_price": bool((parts["price"].abs() > parts["quantity"].abs()).all()),
            }
        )
    data = pd.DataFrame(found)
    if data.empty:
        raise ValueError(f"table {figure_id}: no span of {year} has the growth of both value and weight")
    columns = {
        "period": Column("Span"),
        "value": Column("Value", numeric=True, unit="percent", decimals=1, signed=True),
        "weight": Column("Weight", numeric=True, unit="percent", decimals=1, signed=True),
        "unit_value": Column("Value a tonne", numeric=True, unit="percent", decimals=1, signed=True),
        "by_price": Column("Of the fall, by price"),
        "by_weight": Column("by weight"),
    }
    return Table(
        "hedge-oil-parts",
        f"The price took more of the fall than the weight in {int(data['more_by_price'].sum())} of {plural(len(data), 'span')} of {year}",
        "Change on the same span a year earlier as printed, and its parts over three ways to place the interaction · "
        "crude oil, China’s imports from Russia in dollars",
        chapter.publishers(rows),
        markup(data, columns),
        data,
    )


def since(chapter: Chapter) -> Markdown:
    """What the printed growth of trade has been since the article: the verdicts now rest on it."""
    rows = outturns(rows_of(chapter, "hedge-trade-monthly"))
    said = []
    for who, series in GROWTH.items():
        own = pick(rows, series)
        later = own[[str(periods.parse(period).start) > chapter.article["published"] for period in own["period"]]]
        if later.empty:
            continue
        row = last(later)
        said.append(
            f"{who}’s deliveries {moved(0, row['value'])} by {quantity(abs(row['value']), 'percent', 1)} in "
            f"{printed(row['period'])}"
        )
    return Markdown(
        f"**Since the article** {' and '.join(said)}, on the year before, as printed. What was true when it was written "
        "need not be true now, and the verdicts stand at both dates."
        if said
        else "Since the article no growth of trade has been printed."
    )


def payments(chapter: Chapter) -> Figure:
    """What the press reported of payments to China: shares returned and sent through agents."""
    figure_id = "hedge-payments"
    names = {
        "ru_cn_payments.returned_share": ("returned by banks", "CN"),
        "ru_cn_payments.agent_share": ("sent through agents", "RU"),
        "cn_banks.refusing_direct_ru_payments": ("banks refusing direct payments", ""),
    }
    rows = lines(outturns(rows_of(chapter, figure_id)), names)
    rows = rows.assign(label=[f"{row['line']}, {printed(row['period'])}" for row in records(rows)], series="reported share")
    low, high = rows["value"].min(), rows["value"].max()
    return dots(
        rows, unit="percent_share", ordered=False, figure_id=figure_id,
        title=f"Press accounts of {rows['period'].str[:4].min()} put the trouble with payments anywhere from "
        f"{quantity(low, 'percent_share', 0)} to {quantity(high, 'percent_share', 0)}",
        subtitle="% of payments, or of banks, as unnamed market sources told it · Russia to China",
        source="; ".join(sorted(set(rows["source"]))),
        alt="; ".join(f"{row['label']}: {row['value']:g} % ({row['bound']})" for row in records(rows)),
    )  # fmt: skip
