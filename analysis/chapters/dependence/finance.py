"""Money: whose currency settles Russia's trade and is traded in Moscow, and whose payment system is larger.

Three things are measured apart and never mixed in one line: all of Russia's foreign trade, trade with
one partner (China, or BRICS as a bloc), and Russia's own currency market. A year's mean in a line of
months would bend it, so a line keeps to one of them. Shares are in percent.
"""

from __future__ import annotations

from functools import partial

import pandas as pd
from IPython.display import Markdown

from analysis.chapter import Chapter
from analysis.chapters.phrases import SHARE, admitted, bounded, ends_of_lines, share
from analysis.chapters.rows import (
    by_end,
    gaps,
    last,
    lines,
    measured,
    medians,
    of_precision,
    origins_of,
    pick,
    records,
    rows_of,
    shared,
)  # fmt: skip
from analysis.figures.bars import bars
from analysis.figures.figure import Figure
from analysis.figures.numbers import DASH, interval, number, quantity
from analysis.figures.time_axis import extent, printed
from analysis.figures.timeseries import timeseries
from analysis.verdicts import Verdict

NO_BREAK = "\u00a0"
WESTERN = "EU27"  # the look of the currencies of all sanctioning states together
value = partial(bounded, above="at least", below="at most")


def answer(chapter: Chapter) -> Markdown:
    """The section in brief, from the verdicts."""
    said = {
        "dependence.067": "Western currencies lost ground in Russia’s trade",
        "dependence.068": "the yuan gained ground",
        "dependence.141": "the yuan dominates trade with China",
        "dependence.077": "China’s payment system is the larger",
    }
    by_label: dict[str, list[str]] = {}
    for claim_id, words in said.items():
        by_label.setdefault(chapter.now[claim_id].label, []).append(words)
    found = "; ".join(f"**{label}**: {', '.join(words)}" for label, words in sorted(by_label.items(), reverse=True))
    tie = chapter.now["dependence.047"]
    return Markdown(
        f"{found}. That the financial tie as a whole is lopsided in China’s favour: **{tie.label}**, the yuan leading the "
        f"rouble in {_held(tie)}."
    )


def _held(verdict: Verdict) -> str:
    """In how many of a comparison's specifications the criterion holds, together and by definition."""
    runs = pd.concat([curve.runs for curve in verdict.curves])
    by_definition = "; ".join(
        f"{definition}: {int(part['holds'].sum())} of {len(part)}"
        for definition, part in runs.groupby("definition", sort=True)
    )
    return f"{int(runs['holds'].sum())} of {len(runs)} comparisons that have data ({by_definition})"


# All of Russia's trade


def _remainder(rouble: pd.DataFrame, western: pd.DataFrame, direct: pd.DataFrame) -> pd.DataFrame:
    """What rouble and sanctioning states' currencies leave of all payments, for months nobody printed it.

    The Bank of Russia's three groups add up to the whole.
    """
    left = (100 - medians(rouble) - medians(western)).dropna().round(1)
    left = left[~left.index.isin(direct["period"])]
    return direct.iloc[[0] * len(left)].assign(
        period=list(left.index), value=list(left), bound="exact", status="outturn", quality="derived",
        source_id="", source="remainder", origins=origins_of(rouble, western), observation_id="",
    )  # fmt: skip


def _settlement(chapter: Chapter, figure_id: str, flow: str) -> Figure:
    names = {
        "rub": ("Rouble", "RU"),
        "friendly_non_rub": ("Other currencies, mostly yuan", ""),
        "cny": ("Yuan alone", "CN"),
        "unfriendly": ("Sanctioning states’ currencies", WESTERN),
    }
    rows = of_precision(pick(rows_of(chapter, figure_id), counterparty="WLD"), "month")
    data = lines(rows, {f"ru_{flow}.settlement_share.{code}": name for code, name in names.items()})
    rouble, others, yuan, western = (pick(data, line=name) for name, _ in names.values())
    data = pd.concat([data, _remainder(rouble, western, others)])
    # Before the war two lines would have a single point each; they begin where the yuan's begins.
    begin = yuan["period"].min()
    data = data[data["period"] >= begin].sort_values(["period", "source_id"], kind="stable")
    data = data.set_index("line").loc[[name for name, _ in names.values()]].reset_index()
    rub, rest, _, west = (medians(pick(data, line=name)) for name, _ in names.values())
    lead = (rub - rest).dropna()
    month = lead.index[-1]
    place = "is not ahead of"
    if lead[month] > 0:
        place = "has overtaken" if (lead < 0).any() else "is ahead of"
    return timeseries(
        data, unit=SHARE, figure_id=figure_id,
        title=f"In payments for Russia’s {flow} Western currencies "
        f"{'fell' if west.iloc[-1] < west.iloc[0] else 'did not fall:'} from {share(west.iloc[0])} to "
        f"{share(west.iloc[-1])}; the rouble {place} all others, mostly yuan: {share(rub[month])} against "
        f"{share(rest[month])} in {printed(month)}",
        subtitle=f"% of payments for {flow} · Russia with all countries · months, {_run(data)}",
        source=f"{chapter.publishers(data)}. Lines join the months found printed; other currencies are the remainder to "
        "the whole where they were not",
        alt=ends_of_lines(data),
    )  # fmt: skip


def _run(data: pd.DataFrame) -> str:
    """From when to when the lines run."""
    return f"{printed(min(data['period'], key=extent))}{DASH}{printed(max(data['period'], key=by_end))}"


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
        rows = pick(rows_of(chapter, f"dependence-settlement-{flow}"), counterparty="WLD")
        yearly, prefix = of_precision(rows, "year"), f"ru_{flow}.settlement_share."
        dollar, euro = medians(pick(yearly, prefix + "usd")), medians(pick(yearly, prefix + "eur"))
        yuan, rest = medians(pick(rows, prefix + "cny")), medians(pick(rows, prefix + "other_friendly_ex_cny"))
        year, month = shared(dollar, euro)[-1], shared(rest, yuan)[-1]
        said.append(
            f"Of the payments for {flow} {share(dollar[year])} were in dollars and {share(euro[year])} in "
            f"euros in {year}, the last year for which both were found; in {printed(month)} the yuan had "
            f"{share(yuan[month])} and all other currencies of states without sanctions, save the rouble, "
            f"{share(rest[month])}."
        )
    return Markdown(" ".join(said))


# Trade with BRICS


def brics_dollar(chapter: Chapter) -> Figure:
    """Currencies of Russia's exports to BRICS: what is printed, and what can only be bounded for 2020."""
    rows = rows_of(chapter, "dependence-brics-dollar")
    prefix, partners = "ru_exports.settlement_share.", ("Yuan and other partners’ currencies", "CN")
    names = {"usd": ("US dollar", "US"), "eur": ("Euro", "EU27"), "other_national": partners, "cny": partners}
    data = lines(pick(rows, counterparty="BRICS"), {prefix + code: name for code, name in names.items()})
    dollar, euro, yuan = (last(pick(data, line=name)) for name, _ in dict.fromkeys(names.values()))
    led = euro["bound"] != "below" and yuan["bound"] != "above" and euro["value"] > yuan["value"]
    what = "The euro, not the yuan, took" if led else "What took"
    data = pd.concat([data, _stated_dollar(chapter)])
    return timeseries(
        pd.concat([data, gaps(data).drop(columns="value")]), unit=SHARE, figure_id="dependence-brics-dollar",
        title=f"{what} the dollar’s place in exports to BRICS: dollars had {value(dollar)} in "
        f"{printed(dollar['period'])}, euros {value(euro)} in {printed(euro['period'])}",
        subtitle="% of payments for exports · Russia to Brazil, India, China and South Africa · "
        f"{printed(min(data['period'], key=extent))}{DASH}{printed(dollar['period'])}",
        source=f"{chapter.publishers(rows)}; bounds computed from partial tables. Stated: the article",
        alt=ends_of_lines(data),
    )  # fmt: skip


def _stated_dollar(chapter: Chapter) -> pd.DataFrame:
    """The article's own figures for the dollar, to be set beside the evidence; they are no evidence."""
    claims = pd.DataFrame([chapter.claims[claim_id] for claim_id in ("dependence.059", "dependence.060")])
    kept = claims[["period", "unit"]].assign(value=claims["figure_low"].astype(float), bound=claims["qualifier"])
    return kept.assign(line="Dollar as stated", actor="", source="the article")


def brics_bounds(chapter: Chapter) -> Markdown:
    """What is known of the dollar in exports to BRICS at the end of 2020, and what the euro's rise bounds."""
    rows = pick(rows_of(chapter, "dependence-brics-dollar"), counterparty="BRICS")
    dollar = pick(rows, "ru_exports.settlement_share.usd")
    known, bound, stated = medians(dollar), last(dollar), admitted(chapter, "dependence.060")
    room = measured(bound).overlaps(stated)
    exports, imports = (
        medians(pick(rows_of(chapter, "dependence-brics-dollar"), f"ru_{flow}.settlement_share.other_national"))
        for flow in ("exports", "imports")
    )
    year = shared(exports, imports)[-1]
    return Markdown(
        f"The last year for which a share of the dollar in exports to the BRICS partners was found printed is "
        f"{printed(known.index[-1])}: {share(known.iloc[-1])}. For {printed(bound['period'])} the evidence only says "
        f"{value(bound)}, which {'leaves room for' if room else 'excludes'} the stated "
        f"{interval(stated.left, stated.right, SHARE)}; the verdict on that figure is "
        f"**{chapter.now['dependence.060'].label}**. Imports are another matter: in {printed(year)} the partners’ own "
        f"currencies had {share(imports[year])} of the payments for imports from them, and "
        f"{share(exports[year])} of those for exports to them."
    )


# Trade with China


def bilateral_settlement(chapter: Chapter) -> Figure:
    """Currencies of trade between Russia and China: the yuan alone, and yuan and rouble taken together."""
    rows = pick(rows_of(chapter, "dependence-bilateral-settlement"), counterparty="CN")
    names = {
        "rub_cny": ("Yuan and rouble together", ""),
        "cny": ("Yuan alone", "CN"),
        "rub": ("Rouble alone", "RU"),
        "usd_eur": ("Dollar and euro", WESTERN),
    }
    prefix = "ru_cn_trade.settlement_share."
    data = lines(rows, {prefix + code: name for code, name in names.items()})
    dollar = lines(rows, {prefix + "usd": names["usd_eur"]})
    both = (medians(dollar) + medians(pick(rows, prefix + "eur"))).dropna()
    summed = dollar[dollar["period"].isin(both.index)]
    data = pd.concat([data, summed.assign(value=summed["period"].map(both))])
    together, alone = (last(pick(data, line=names[code][0])) for code in ("rub_cny", "cny"))
    return timeseries(
        pd.concat([data, gaps(data).drop(columns="value")]), unit=SHARE, figure_id="dependence-bilateral-settlement",
        title=f"Officials put yuan and rouble together at {value(together)} of trade with China "
        f"({printed(together['period'])}); the yuan’s own share was last given as {value(alone)} "
        f"({printed(alone['period'])})",
        subtitle="% of settlement · trade between Russia and China, both directions · "
        f"{printed(min(data['period'], key=extent))}{DASH}{printed(together['period'])}",
        source=f"{chapter.publishers(data)}. Later points are officials’ statements, not statistics",
        alt=ends_of_lines(data),
    )  # fmt: skip


def bilateral_parts(chapter: Chapter) -> Markdown:
    """The yuan in one direction of the trade with China only, by payments and by invoices."""
    rows = rows_of(chapter, "dependence-bilateral-settlement")
    paid = medians(pick(rows, "cn_exports_to_ru.settlement_share.cny"))
    invoiced = pick(rows, "ru_imports.invoicing_share.cny", counterparty="CN")
    month = last(invoiced)["period"]
    counts = pick(invoiced, period=month)["value"]
    return Markdown(
        f"One direction alone says something else than both: of the payments for China’s exports to Russia the yuan had "
        f"{share(paid.iloc[0])} in {printed(paid.index[0])} and {share(paid.iloc[-1])} in {printed(paid.index[-1])}. In the "
        f"invoices, not the payments, of these goods it had {interval(counts.min(), counts.max(), SHARE)} in "
        f"{printed(month)}, by the press reports of one study of customs records."
    )


# Russia's own currency market


def yuan_exchange_otc(chapter: Chapter) -> Figure:
    """The yuan on the Moscow Exchange against the dollar, and over the counter against all Western currencies."""
    names = {
        "fx_moex.share.cny": ("Yuan, exchange", "CN"),
        "fx_moex.share.usd": ("Dollar, exchange", "US"),
        "fx_otc.share.unfriendly": ("Sanctioning states’ currencies, over the counter", WESTERN),
        "fx_otc.share.cny": ("Yuan, over the counter", "CN"),
    }
    data = lines(of_precision(rows_of(chapter, "dependence-yuan-exchange-otc"), "month"), names)
    yuan, dollar, western, counter = (medians(pick(data, series)) for series in names)
    ahead = (yuan - dollar).dropna()
    passed = ahead.index[ahead > 0]
    month = shared(counter, western)[-1]
    led = counter[month] >= western[month]
    had = f"had passed the dollar by {printed(passed[0])}" if len(passed) else (
        f"had not passed the dollar by {printed(ahead.index[-1])}"
    )  # fmt: skip
    rest = "it led all Western currencies" if led else "Western currencies still led"
    return timeseries(
        data, unit=SHARE, figure_id="dependence-yuan-exchange-otc",
        title=f"On the exchange the yuan {had}, {'and' if led == bool(len(passed)) else 'but'} over the counter {rest} in "
        f"{printed(month)}, with {share(western[month])} against {share(counter[month])}",
        subtitle="% of turnover against the rouble, exchange and over the counter each for itself · Russia · months, "
        f"{_run(data)}",
        source=f"{chapter.publishers(data)}; the exchange’s own figures cover the main currencies only",
        alt=ends_of_lines(data),
    )  # fmt: skip


def market_parts(chapter: Chapter) -> Markdown:
    """How large the over-the-counter part is, and the stricter test against all Western currencies."""
    rows = rows_of(chapter, "dependence-yuan-exchange-otc")
    monthly, yearly = of_precision(rows, "month"), of_precision(rows, "year")
    part = last(pick(monthly, "fx_otc.share_of_market"))
    yuan, western, euro, counter_yuan, counter_western, counter_euro = (
        medians(pick(monthly, f"fx_{market}.share.{code}"))
        for market in ("moex", "otc")
        for code in ("cny", "unfriendly", "eur")
    )
    over = [month for month in shared(yuan, western) if yuan[month] > western[month]]
    first = (
        f"first in {printed(over[0])} ({share(yuan[over[0]])} against {share(western[over[0]])})"
        if over
        else f"in none of the months up to {printed(shared(yuan, western)[-1])}"
    )
    in_yuan, in_dollars = (medians(pick(yearly, f"fx_moex.volume.{code}")) for code in ("cny", "usd"))
    turnover = "; ".join(
        f"{year}: {quantity(in_yuan[year], 'rub_tn')} in yuan, {quantity(in_dollars[year], 'rub_tn')} in dollars"
        for year in shared(in_yuan, in_dollars)
    )
    month = shared(yuan, western, euro, counter_yuan, counter_western, counter_euro)[-1]
    return Markdown(
        f"Turnover on the exchange over the year – {turnover}. Against all currencies of sanctioning states taken "
        f"together, a stricter test than the dollar alone, the yuan led on the exchange {first}. Over the counter, "
        f"{value(part)} of the market in {printed(part['period'])}, the dollar alone is not published; but "
        f"the currencies of sanctioning states less the euro, hence mainly the dollar, had "
        f"{share(counter_western[month] - counter_euro[month])} there in {printed(month)} against the yuan’s "
        f"{share(counter_yuan[month])}, and on the exchange {share(western[month] - euro[month])} against "
        f"{share(yuan[month])}."
    )


# Payment systems


def cips_spfs(chapter: Chapter) -> Figure:
    """CIPS beside SPFS on the last date with both counts, and the banks of the one country in the other's system."""
    names = {
        "cips.participants.total": ("CIPS, participants", "CN"),
        "spfs.participants.total": ("SPFS, users", "RU"),
        "spfs.participants.nonresident": ("SPFS, users abroad", "RU"),
        "cips.participants.russian_banks": ("Russian banks in CIPS", "CN"),
        "spfs.participants.chinese_banks": ("Chinese banks in SPFS", "RU"),
    }
    rows = lines(rows_of(chapter, "dependence-cips-spfs"), names)
    cips, spfs, abroad, russian, chinese = (pick(rows, series) for series in names)
    when = shared(medians(cips), medians(spfs), medians(abroad))[-1]
    counted = [pick(part, period=when).iloc[0] for part in (cips, spfs, abroad)]
    data = pd.DataFrame([*counted, last(russian), last(chinese)]).reset_index(drop=True)
    bounds = {"above": ", at least", "below": ", at most", "about": ", about"}
    data["label"] = [
        f"{row['line']}{bounds.get(row['bound'], '')} ({printed(row['period']).replace(' ', NO_BREAK)})"
        for row in records(data)
    ]
    first, second = data["value"].iloc[:2]
    more = f"{number(first / second, 1)} times as many participants as SPFS had users"
    fewer = f"no more participants than SPFS had users, {number(first)} and {number(second)}"
    return bars(
        data, unit="count", ordered=False, figure_id="dependence-cips-spfs",
        title=f"CIPS had {more if first > second else fewer} ({printed(when)}); {value(last(russian))} Russian banks were "
        f"counted in CIPS, {value(last(chinese))} Chinese on the latest list of SPFS found",
        subtitle="number of institutions · worldwide · latest date with both counts, and latest count of each other’s banks",
        source=chapter.publishers(data),
        alt="; ".join(f"{row['label']}: {number(row['value'])}" for row in records(data)) + ".",
    )  # fmt: skip


def cips_value(chapter: Chapter) -> Markdown:
    """What CIPS processed, how far it reaches, and what is not known of SPFS."""
    rows = rows_of(chapter, "dependence-cips-spfs")
    processed = medians(of_precision(pick(rows, "cips.value"), "year"))
    countries, spfs = medians(pick(rows, "cips.countries")), medians(pick(rows, "spfs.countries"))
    reached, cips, direct, indirect = (
        last(pick(rows, f"cips.{name}"))
        for name in ("reach.countries", "participants.total", "participants.direct", "participants.indirect")
    )
    both = shared(countries, spfs)[-1]
    return Markdown(
        f"CIPS processed {quantity(processed.iloc[-1], 'cny_tn')} in {processed.index[-1]}, "
        f"{number(processed.iloc[-1] / processed.iloc[0], 1)} times what it did in {processed.index[0]}. It "
        f"counted {number(cips['value'])} participants in {printed(cips['period'])} "
        f"({number(direct['value'])} direct in {printed(direct['period'])}, {number(indirect['value'])} indirect "
        f"in {printed(indirect['period'])}) and "
        f"said in {printed(reached['period'])} that banks in {number(reached['value'])} countries and regions can be "
        f"reached through them. In {printed(both)} participants sat in {number(countries[both])} countries, "
        f"users of SPFS in {number(spfs[both])}. No value of the payments ordered through SPFS is published."
    )


def reach(chapter: Chapter) -> Markdown:
    """Yuan and rouble in the world's payments and currency trading: how often the yuan is ahead."""
    verdict = chapter.now["dependence.056"]
    return Markdown(
        f"The yuan is ahead of the rouble in {_held(verdict)}; the claim of the greater capacity is **{verdict.label}**. "
        "Such a share speaks of robustness and is no probability."
    )
