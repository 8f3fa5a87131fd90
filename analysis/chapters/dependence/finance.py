"""Money: whose currency settles Russia's trade and is traded in Moscow, and whose payment system is larger.

Three things are measured apart and never mixed in one line: all of Russia's foreign trade, trade with
one partner (China, or BRICS as a bloc), and Russia's own currency market. Shares are in percent.
"""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
from IPython.display import Markdown

from analysis.chapter import Chapter
from analysis.chapters.rows import pick, rows_of
from analysis.figures import numbers, time_axis
from analysis.figures.bars import bars
from analysis.figures.figure import Figure
from analysis.figures.timeseries import timeseries
from analysis.intervals import measured_interval, statement_interval
from analysis.verdicts import Verdict

SHARE = "percent_share"
NO_BREAK = "\u00a0"
WESTERN = "EU27"  # the look of the currencies of all sanctioning states together
# A year's mean in a line of months would bend it, so that a line keeps to one of them.
MONTH = r"\d{4}-\d{2}"
YEAR = r"\d{4}"
_BOUNDS = {"above": "at least ", "below": "at most ", "about": "about "}


# Rows


def _line(
    rows: pd.DataFrame, figure_id: str, series_id: str, line: str = "", actor: str = "", *,
    counterparty: str = "", period: str = "",
) -> pd.DataFrame:  # fmt: skip
    """The rows of one series with one partner and periods of one kind, named and coloured; ValueError for none."""
    where = {"series_id": series_id} | ({"counterparty": counterparty} if counterparty else {})
    part = pick(rows, figure_id, **where)
    if period:
        part = part[part["period"].str.fullmatch(period)]
    if part.empty:
        raise ValueError(f"figure {figure_id}: series {series_id} has no period like {period}")
    return part.assign(line=line, actor=actor)


def _levels(rows: pd.DataFrame) -> pd.Series:
    """Value by period, in order of the periods' ends: the median of the sources; a mere bound is no value."""
    known = rows[rows["bound"].isin(["exact", "about"])]
    levels = known.groupby("period")["value"].median()
    return levels.loc[sorted(levels.index, key=time_axis.extent)]


def _last(rows: pd.DataFrame) -> pd.Series:
    """The row whose period ends last, a bound too; of several the first by id."""
    ends = rows["period"].map(lambda period: time_axis.extent(period)[1])
    return rows[ends == ends.max()].iloc[0]


def _value(row: pd.Series) -> str:
    return _BOUNDS.get(row["bound"], "") + numbers.quantity(row["value"], row["unit"])


def _share(value: float) -> str:
    return numbers.quantity(value, SHARE)


def _when(period: str) -> str:
    return time_axis.printed(period)


def _with_gaps(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, and one without a value for each whole year inside a line's run that has none."""
    added = []
    for line, part in rows.groupby("line", sort=False):
        years = {int(period[:4]) for period in part["period"]}
        gaps = [str(year) for year in range(min(years), max(years)) if year not in years]
        added.append(pd.DataFrame({"line": line, "actor": part["actor"].iloc[0], "period": gaps}))
    return pd.concat([rows, *[gaps for gaps in added if len(gaps)]], ignore_index=True)


def _ends_said(rows: pd.DataFrame) -> str:
    """Each line's first and last value in words, for whoever does not see the lines."""
    said = []
    for line, part in rows.dropna(subset=["value"]).groupby("line", sort=False):
        levels = _levels(part)
        starts = part["period"].map(time_axis.extent)
        first, last = part.loc[starts == starts.min()].iloc[0], _last(part)
        points = []
        for row in (first, last):
            middle = levels.get(row["period"])
            points.append(
                f"{_share(middle) if middle is not None else _value(row)} in {_when(row['period'])}"
            )
        said.append(f"{line} {', '.join(dict.fromkeys(points))}")
    return "; ".join(said) + "."


# All of Russia's trade


def _remainder(rouble: pd.DataFrame, western: pd.DataFrame, direct: pd.DataFrame) -> pd.DataFrame:
    """What rouble and sanctioning states' currencies leave of all payments, for months nobody printed it.

    The Bank of Russia's three groups add up to the whole.
    """
    left = (100 - _levels(rouble) - _levels(western)).dropna().round(1)
    left = left[~left.index.isin(direct["period"])]
    origins = ";".join(
        sorted({origin for cell in [*rouble["origins"], *western["origins"]] for origin in cell.split(";")})
    )
    return direct.iloc[[0] * len(left)].assign(
        period=list(left.index), value=list(left), bound="exact", status="outturn", quality="derived",
        source_id="", source="remainder", origins=origins, observation_id="",
    )  # fmt: skip


def _settlement(chapter: Chapter, figure_id: str, flow: str) -> Figure:
    rows = rows_of(chapter, figure_id)
    prefix = f"ru_{flow}.settlement_share."
    world = {"counterparty": "WLD", "period": MONTH}
    western = _line(
        rows, figure_id, prefix + "unfriendly", "Sanctioning states’ currencies", WESTERN, **world
    )
    rouble = _line(rows, figure_id, prefix + "rub", "Rouble", "RU", **world)
    others = _line(rows, figure_id, prefix + "friendly_non_rub", "Other currencies, mostly yuan", **world)
    yuan = _line(rows, figure_id, prefix + "cny", "Yuan alone", "CN", **world)
    others = pd.concat([others, _remainder(rouble, western, others)])
    # Before the war two lines would have a single point each; they begin where the yuan's begins.
    begin = yuan["period"].min()
    data = pd.concat([western, rouble, others, yuan])
    data = data[data["period"] >= begin].sort_values(["line", "period", "source_id"], kind="stable")
    data = data.set_index("line").loc[
        ["Rouble", others["line"].iloc[0], "Yuan alone", western["line"].iloc[0]]
    ]
    data = data.reset_index()

    west, rub, rest = (
        _levels(data[data["line"] == part["line"].iloc[0]]) for part in (western, rouble, others)
    )
    lead = (rub - rest).dropna()
    moved = "fell" if west.iloc[-1] < west.iloc[0] else "did not fall:"
    month = lead.index[-1]
    ahead = "has overtaken" if (lead < 0).any() else "is ahead of"
    place = ahead if lead[month] > 0 else "is not ahead of"
    title = (
        f"In payments for Russia’s {flow} Western currencies {moved} from {_share(west.iloc[0])} to "
        f"{_share(west.iloc[-1])}; the rouble {place} all others, mostly yuan: {_share(rub[month])} against "
        f"{_share(rest[month])} in {_when(month)}"
    )
    last = max(data["period"], key=lambda period: time_axis.extent(period)[1])
    return timeseries(
        data, unit=SHARE, figure_id=figure_id, title=title,
        subtitle=f"% of payments for {flow} · Russia with all countries · months, {_when(begin)}–{_when(last)}",
        source=(
            f"{chapter.publishers(data)}. Lines join the months found printed; other currencies are the remainder to "
            "the whole where they were not"
        ),
        alt=_ends_said(data),
    )  # fmt: skip


def settlement_exports(chapter: Chapter) -> Figure:
    """Currencies in which all of Russia's exports are paid, by group, and the yuan alone while it was printed."""
    return _settlement(chapter, "dependence-settlement-exports", "exports")


def settlement_imports(chapter: Chapter) -> Figure:
    """The same for all of Russia's imports."""
    return _settlement(chapter, "dependence-settlement-imports", "imports")


def settlement_parts(chapter: Chapter) -> Markdown:
    """What the groups of currencies are made of: dollar and euro before the war, the yuan in the others after."""
    said = []
    for flow in ("exports", "imports"):
        figure_id = f"dependence-settlement-{flow}"
        rows = rows_of(chapter, figure_id)
        level = {
            code: _levels(_line(rows, figure_id, f"ru_{flow}.settlement_share.{code}", counterparty="WLD"))
            for code in ("usd", "eur", "cny", "other_friendly_ex_cny")
        }
        year = [period for period in level["usd"].index if len(period) == 4 and period in level["eur"]][-1]
        month = [period for period in level["other_friendly_ex_cny"].index if period in level["cny"]][-1]
        said.append(
            f"Of the payments for {flow} {_share(level['usd'][year])} were in dollars and {_share(level['eur'][year])} in "
            f"euros in {_when(year)}, the last year for which both were found; in {_when(month)} the yuan had "
            f"{_share(level['cny'][month])} and all other currencies of states without sanctions, save the rouble, "
            f"{_share(level['other_friendly_ex_cny'][month])}."
        )
    return Markdown(" ".join(said))


# Definitions side by side


# Trade with BRICS


def brics_dollar(chapter: Chapter) -> Figure:
    """Currencies of Russia's exports to BRICS: what is printed, and what can only be bounded for 2020."""
    figure_id = "dependence-brics-dollar"
    rows = rows_of(chapter, figure_id)
    prefix = "ru_exports.settlement_share."
    dollar = _line(rows, figure_id, prefix + "usd", "US dollar", "US", counterparty="BRICS")
    euro = _line(rows, figure_id, prefix + "eur", "Euro", "EU27", counterparty="BRICS")
    partners = "Yuan and other partners’ currencies"
    yuan = pd.concat(
        [
            _line(rows, figure_id, prefix + "other_national", partners, "CN", counterparty="BRICS"),
            _line(rows, figure_id, prefix + "cny", partners, "CN", counterparty="BRICS"),
        ]
    )
    last, gained, most = _last(dollar), _last(euro), _last(yuan)
    if gained["bound"] != "below" and most["bound"] != "above" and gained["value"] > most["value"]:
        title = "The euro, not the yuan, took the dollar’s place in exports to BRICS"
    else:
        title = "What took the dollar’s place in exports to BRICS"
    title += f": dollars had {_value(last)} in {_when(last['period'])}, euros {_value(gained)} in {_when(gained['period'])}"
    data = _with_gaps(pd.concat([dollar, euro, yuan, _stated(chapter, ["dependence.059", "dependence.060"])]))
    first = min(data["period"], key=time_axis.extent)
    return timeseries(
        data, unit=SHARE, figure_id=figure_id, title=title,
        subtitle=(
            f"% of payments for exports · Russia to Brazil, India, China and South Africa · "
            f"{_when(first)}–{_when(last['period'])}"
        ),
        source=f"{chapter.publishers(rows)}; bounds computed from partial tables. Stated: the article",
        alt=_ends_said(data),
    )  # fmt: skip


def _stated(chapter: Chapter, claim_ids: list[str]) -> pd.DataFrame:
    """The article's own figures for the dollar, to be set beside the evidence; they are no evidence."""
    claims = [chapter.claims[claim_id] for claim_id in claim_ids]
    return pd.DataFrame(
        {
            "line": "Dollar as stated",
            "actor": "",
            "period": [claim["period"] for claim in claims],
            "value": [float(claim["figure_low"]) for claim in claims],
            "bound": [claim["qualifier"] for claim in claims],
            "unit": [claim["unit"] for claim in claims],
            "source": "the article",
        }
    )


def brics_bounds(chapter: Chapter) -> Markdown:
    """What is known of the dollar in exports to BRICS at the end of 2020, and what the euro's rise bounds."""
    figure_id = "dependence-brics-dollar"
    rows = rows_of(chapter, figure_id)
    dollar = _line(
        rows, figure_id, "ru_exports.settlement_share.usd", "US dollar", "US", counterparty="BRICS"
    )
    printed = _levels(dollar)
    bound = _last(dollar)
    stated = chapter.claims["dependence.060"]
    interval = statement_interval(
        stated["qualifier"], stated["figure_low"], stated["figure_high"], stated["unit"]
    )
    measured = measured_interval(Decimal(str(bound["value"])), bound["bound"], bound["unit"])
    room = "leaves room for" if measured.overlaps(interval) else "excludes"
    own = {
        flow: _levels(
            _line(rows, figure_id, f"ru_{flow}.settlement_share.other_national", counterparty="BRICS")
        )
        for flow in ("exports", "imports")
    }
    year = [period for period in own["exports"].index if period in own["imports"]][-1]
    return Markdown(
        f"The last year for which a share of the dollar in exports to the four partners was found printed is "
        f"{_when(printed.index[-1])}: {_share(printed.iloc[-1])}. For {_when(bound['period'])} the evidence only says "
        f"{_value(bound)}, which {room} the stated "
        f"{numbers.interval(interval.left, interval.right, SHARE)}; the verdict on that figure is "
        f"**{chapter.now['dependence.060'].label}**. Imports are another matter: in {_when(year)} the partners’ own "
        f"currencies had {_share(own['imports'][year])} of the payments for imports from them, and "
        f"{_share(own['exports'][year])} of those for exports to them."
    )


# Trade with China


def bilateral_settlement(chapter: Chapter) -> Figure:
    """Currencies of trade between Russia and China: the yuan alone, and yuan and rouble taken together."""
    figure_id = "dependence-bilateral-settlement"
    rows = rows_of(chapter, figure_id)
    prefix = "ru_cn_trade.settlement_share."
    own = _line(rows, figure_id, prefix + "rub_cny", "Yuan and rouble together", counterparty="CN")
    yuan = _line(rows, figure_id, prefix + "cny", "Yuan alone", "CN", counterparty="CN")
    rouble = _line(rows, figure_id, prefix + "rub", "Rouble alone", "RU", counterparty="CN")
    dollar, euro = (
        _line(rows, figure_id, prefix + code, "Dollar and euro", WESTERN, counterparty="CN")
        for code in ("usd", "eur")
    )
    western = _line(rows, figure_id, prefix + "usd_eur", "Dollar and euro", WESTERN, counterparty="CN")
    both = (_levels(dollar) + _levels(euro)).dropna()
    western = pd.concat(
        [
            western,
            dollar[dollar["period"].isin(both.index)].assign(value=lambda part: part["period"].map(both)),
        ]
    )
    data = pd.concat([own, yuan, rouble, western])
    together, alone = _last(own), _last(yuan)
    title = (
        f"Officials put yuan and rouble together at {_value(together)} of trade with China ({_when(together['period'])}); "
        f"the yuan’s own share was last given as {_value(alone)} ({_when(alone['period'])})"
    )
    first = min(data["period"], key=time_axis.extent)
    return timeseries(
        _with_gaps(data), unit=SHARE, figure_id=figure_id, title=title,
        subtitle=(
            f"% of settlement · trade between Russia and China, both directions · {_when(first)}–"
            f"{_when(together['period'])}"
        ),
        source=f"{chapter.publishers(data)}. Later points are officials’ statements, not statistics",
        alt=_ends_said(data),
    )  # fmt: skip


def bilateral_parts(chapter: Chapter) -> Markdown:
    """The yuan in one direction of the trade with China only, by payments and by invoices."""
    figure_id = "dependence-bilateral-settlement"
    rows = rows_of(chapter, figure_id)
    paid = _levels(_line(rows, figure_id, "cn_exports_to_ru.settlement_share.cny"))
    invoiced = _line(rows, figure_id, "ru_imports.invoicing_share.cny", counterparty="CN")
    month = _last(invoiced)["period"]
    values = sorted(invoiced.loc[invoiced["period"] == month, "value"])
    return Markdown(
        f"One direction alone says something else than both: of the payments for China’s exports to Russia the yuan had "
        f"{_share(paid.iloc[0])} in {_when(paid.index[0])} and {_share(paid.iloc[-1])} in {_when(paid.index[-1])}. In the "
        f"invoices, not the payments, of these goods it had {numbers.interval(values[0], values[-1], SHARE)} in "
        f"{_when(month)}, by the press reports of one study of customs records."
    )


# Russia's own currency market


def yuan_exchange_otc(chapter: Chapter) -> Figure:
    """The yuan on the Moscow Exchange against the dollar, and over the counter against all Western currencies."""
    figure_id = "dependence-yuan-exchange-otc"
    rows = rows_of(chapter, figure_id)
    yuan = _line(rows, figure_id, "fx_moex.share.cny", "Yuan, exchange", "CN", period=MONTH)
    dollar = _line(rows, figure_id, "fx_moex.share.usd", "Dollar, exchange", "US", period=MONTH)
    yuan_otc = _line(rows, figure_id, "fx_otc.share.cny", "Yuan, over the counter", "CN", period=MONTH)
    western = _line(
        rows, figure_id, "fx_otc.share.unfriendly", "Sanctioning states’ currencies, over the counter", WESTERN,
        period=MONTH,
    )  # fmt: skip
    data = pd.concat([yuan, dollar, western, yuan_otc])
    ahead = (_levels(yuan) - _levels(dollar)).dropna()
    passed = list(ahead.index[ahead > 0])
    behind = (_levels(yuan_otc) - _levels(western)).dropna()
    month = behind.index[-1]
    lead = (
        f"On the exchange the yuan had passed the dollar by {_when(passed[0])}"
        if passed
        else f"On the exchange the yuan had not passed the dollar by {_when(ahead.index[-1])}"
    )
    if behind.iloc[-1] < 0:
        rest = f"over the counter Western currencies still led in {_when(month)}"
        link = "but" if passed else "and"
    else:
        rest = f"over the counter it led all Western currencies in {_when(month)}"
        link = "and" if passed else "but"
    title = f"{lead}, {link} {rest}, with {_share(_levels(western)[month])} against {_share(_levels(yuan_otc)[month])}"
    periods = sorted(data["period"])
    return timeseries(
        data, unit=SHARE, figure_id=figure_id, title=title,
        subtitle=(
            f"% of turnover against the rouble, exchange and over the counter each for itself · Russia · months, "
            f"{_when(periods[0])}–{_when(periods[-1])}"
        ),
        source=f"{chapter.publishers(data)}; the exchange’s own figures cover the main currencies only",
        alt=_ends_said(data),
    )  # fmt: skip


def market_parts(chapter: Chapter) -> Markdown:
    """How large the over-the-counter part is, and the stricter test against all Western currencies."""
    figure_id = "dependence-yuan-exchange-otc"
    rows = rows_of(chapter, figure_id)
    part = _last(_line(rows, figure_id, "fx_otc.share_of_market", period=MONTH))
    yuan = _levels(_line(rows, figure_id, "fx_moex.share.cny", period=MONTH))
    western = _levels(_line(rows, figure_id, "fx_moex.share.unfriendly", period=MONTH))
    gap = (yuan - western).dropna()
    over = list(gap.index[gap > 0])
    first = (
        f"first in {_when(over[0])} ({_share(yuan[over[0]])} against {_share(western[over[0]])})"
        if over
        else f"in none of the months up to {_when(gap.index[-1])}"
    )
    volume = {
        code: _levels(_line(rows, figure_id, f"fx_moex.volume.{code}", period=YEAR))
        for code in ("cny", "usd")
    }
    years = [period for period in volume["cny"].index if period in volume["usd"]]
    turnover = "; ".join(
        f"{year}: {numbers.quantity(volume['cny'][year], 'rub_tn')} in yuan, "
        f"{numbers.quantity(volume['usd'][year], 'rub_tn')} in dollars"
        for year in years
    )
    without = {}
    for market in ("moex", "otc"):
        west, euro, own = (
            _levels(_line(rows, figure_id, f"fx_{market}.share.{code}", period=MONTH))
            for code in ("unfriendly", "eur", "cny")
        )
        without[market] = pd.DataFrame({"rest": west - euro, "yuan": own}).dropna()
    month = [period for period in without["otc"].index if period in without["moex"].index][-1]
    exchange, counter = (without[market].loc[month] for market in ("moex", "otc"))
    return Markdown(
        f"Turnover on the exchange over the year – {turnover}. Against all currencies of sanctioning states taken "
        f"together, a stricter test than the dollar alone, the yuan led on the exchange {first}. Over the counter, "
        f"{_value(part)} of the market in {_when(part['period'])}, the dollar alone is not published; but "
        f"the currencies of sanctioning states less the euro, hence mainly the dollar, had {_share(counter['rest'])} there in "
        f"{_when(month)} against the yuan’s {_share(counter['yuan'])}, and on the exchange {_share(exchange['rest'])} against "
        f"{_share(exchange['yuan'])}."
    )


# Payment systems


def cips_spfs(chapter: Chapter) -> Figure:
    """CIPS beside SPFS on the last date with both counts, and the banks of the one country in the other's system."""
    figure_id = "dependence-cips-spfs"
    rows = rows_of(chapter, figure_id)
    cips = _line(rows, figure_id, "cips.participants.total", "CIPS, participants", "CN")
    spfs = _line(rows, figure_id, "spfs.participants.total", "SPFS, users", "RU")
    foreign = _line(rows, figure_id, "spfs.participants.nonresident", "SPFS, users abroad", "RU")
    russian = _last(_line(rows, figure_id, "cips.participants.russian_banks", "Russian banks in CIPS", "CN"))
    chinese = _last(_line(rows, figure_id, "spfs.participants.chinese_banks", "Chinese banks in SPFS", "RU"))
    counted = set(spfs["period"]) & set(foreign["period"])
    common = [period for period in _levels(cips).index if period in counted]
    if not common:
        raise ValueError(f"figure {figure_id}: CIPS and SPFS were never counted in the same period")
    when = common[-1]
    data = pd.DataFrame(
        [*(part[part["period"] == when].iloc[0] for part in (cips, spfs, foreign)), russian, chinese]
    ).reset_index(drop=True)
    data["label"] = [
        f"{row['line']}{', ' + _BOUNDS[row['bound']].strip() if row['bound'] in _BOUNDS else ''} "
        f"({_when(row['period']).replace(' ', NO_BREAK)})"
        for _, row in data.iterrows()
    ]
    first, second = float(data["value"].iloc[0]), float(data["value"].iloc[1])
    more = f"{numbers.number(first / second, 1)} times as many participants as SPFS had users"
    fewer = f"no more participants than SPFS had users, {numbers.number(first)} and {numbers.number(second)}"
    title = (
        f"CIPS had {more if first > second else fewer} ({_when(when)}); {_value(russian)} Russian banks were counted in "
        f"CIPS, {_value(chinese)} Chinese on the latest list of SPFS found"
    )
    return bars(
        data, unit="count", ordered=False, figure_id=figure_id, title=title,
        subtitle="number of institutions · worldwide · latest date with both counts, and latest count of each other’s banks",
        source=chapter.publishers(data),
        alt="; ".join(f"{row['label']}: {numbers.number(row['value'])}" for _, row in data.iterrows()) + ".",
    )  # fmt: skip


def cips_value(chapter: Chapter) -> Markdown:
    """What CIPS processed, how far it reaches, and what is not known of SPFS."""
    figure_id = "dependence-cips-spfs"
    rows = rows_of(chapter, figure_id)
    value = _levels(_line(rows, figure_id, "cips.value", period=YEAR))
    reach = _last(_line(rows, figure_id, "cips.reach.countries"))
    cips = _last(_line(rows, figure_id, "cips.participants.total"))
    direct = _last(_line(rows, figure_id, "cips.participants.direct"))
    indirect = _last(_line(rows, figure_id, "cips.participants.indirect"))
    countries = _levels(_line(rows, figure_id, "cips.countries"))
    spfs = _levels(_line(rows, figure_id, "spfs.countries"))
    both = [period for period in countries.index if period in spfs.index]
    return Markdown(
        f"CIPS processed {numbers.quantity(value.iloc[-1], 'cny_tn')} in {_when(value.index[-1])}, "
        f"{numbers.number(value.iloc[-1] / value.iloc[0], 1)} times what it did in {_when(value.index[0])}. It "
        f"counted {numbers.number(cips['value'])} participants in {_when(cips['period'])} "
        f"({numbers.number(direct['value'])} direct in {_when(direct['period'])}, {numbers.number(indirect['value'])} indirect "
        f"in {_when(indirect['period'])}) and "
        f"said in {_when(reach['period'])} that banks in {numbers.number(reach['value'])} countries and regions can be "
        f"reached through them. In {_when(both[-1])} participants sat in {numbers.number(countries[both[-1]])} countries, "
        f"users of SPFS in {numbers.number(spfs[both[-1]])}. No value of the payments ordered through SPFS is published."
    )


def reach(chapter: Chapter) -> Markdown:
    """Yuan and rouble in the world's payments and currency trading: how often the yuan is ahead."""
    verdict = chapter.now["dependence.056"]
    return Markdown(
        f"The yuan is ahead of the rouble in {_held(verdict)}; the claim of the greater capacity is **{verdict.label}**. "
        "Such a share speaks of robustness and is no probability."
    )


# The section's answer


def answer(chapter: Chapter) -> Markdown:
    """The section in brief, from the verdicts."""
    said = {
        "dependence.067": "Western currencies lost ground in Russia’s trade",
        "dependence.068": "the yuan gained ground",
        "dependence.141": "the yuan dominates trade with China",
        "dependence.077": "China’s payment system is the larger",
    }
    verdicts: dict[str, list[str]] = {}
    for claim_id, words in said.items():
        verdicts.setdefault(chapter.now[claim_id].label, []).append(words)
    found = "; ".join(
        f"**{label}**: {', '.join(words)}" for label, words in sorted(verdicts.items(), reverse=True)
    )
    tie = chapter.now["dependence.047"]
    return Markdown(
        f"{found}. That the financial tie as a whole is lopsided in China’s favour: **{tie.label}**, the yuan leading the "
        f"rouble in {_held(tie)}."
    )


def _held(verdict: Verdict) -> str:
    """In how many of a comparison's specifications the criterion holds, together and by definition."""
    if not verdict.curves:
        raise ValueError("a verdict without specifications cannot be counted")
    runs = pd.concat([curve.runs for curve in verdict.curves])
    by_definition = "; ".join(
        f"{definition}: {int(part['holds'].sum())} of {len(part)}"
        for definition, part in runs.groupby("definition", sort=True)
    )
    return f"{int(runs['holds'].sum())} of {len(runs)} comparisons that have data ({by_definition})"
