"""China's hedge: are words and deeds apart, and is it fear that parts them?

The monthly customs record is drawn as it was published: months that came out together stay together,
and months that nobody has stay empty. Press accounts of payments are single values, never a series.
"""

from __future__ import annotations

import pandas as pd

from analysis import periods
from analysis.chapter import Chapter
from analysis.chapters.rows import by_end, lines, outturns, pick, records, rows_of
from analysis.figures.bars import dots
from analysis.figures.figure import Figure
from analysis.figures.numbers import quantity
from analysis.figures.time_axis import printed
from analysis.figures.timeseries import timeseries

MONTHLY = {
    "cn_customs.exports_to_ru_month": ("China to Russia", "CN"),
    "cn_customs.imports_from_ru_month": ("Russia to China", "RU"),
}
ORDER = "Executive Order 14114: secondary sanctions on foreign banks"


def _monthly(rows: pd.DataFrame) -> pd.DataFrame:
    """The monthly rows without the yearly totals under the same ids; `months` counts those of each row."""
    spans = [periods.parse(period) for period in rows["period"]]
    months = [12 * (span.end.year - span.start.year) + span.end.month - span.start.month + 1 for span in spans]
    rows = rows.assign(months=months)
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
    growth = {"China": "cn_customs.exports_to_ru_yoy", "Russia": "cn_customs.imports_from_ru_yoy"}
    spans = set.intersection(*(set(pick(rows, series)["period"]) for series in growth.values()))
    span = max((period for period in spans if period[:4] == chapter.article["published"][:4]), key=by_end)
    said = []
    for who, series in growth.items():
        (row,) = records(pick(rows, series, period=span))
        word = "fell" if row["value"] < 0 else "rose"
        about = "about " if row["bound"] == "about" else ""
        said.append(f"{who}’s deliveries {word} by {about}{quantity(abs(row['value']), 'percent', 1)}")
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
