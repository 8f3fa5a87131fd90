"""A composite of asymmetric dependence over domains, and how far every choice behind it matters.

A domain enters only with rows on both sides; in settlement, where China's side has only a ceiling, that
stands for it. No weights, normalisation or mean is right by itself, so every combination is run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from IPython.display import Markdown

from analysis import periods
from analysis.chapter import Chapter
from analysis.chapters.phrases import percent
from analysis.chapters.rows import last, medians, of_precision, origins_of, pick, rows_of, shared, valued
from analysis.figures.bars import bars, dots
from analysis.figures.figure import Figure
from analysis.figures.numbers import number, quantity
from analysis.figures.specification_curve import specification_curve
from analysis.figures.time_axis import printed
from analysis.methods import composite as index
from analysis.methods import sensitivity, weights

SHARE, COUNT, GAP = "share", "count", "gap"


def answer(chapter: Chapter) -> Markdown:
    """What the composite says, in one sentence."""
    data = combinations(domain_pairs(chapter, "dependence-composite"))
    return Markdown(
        f"A composite makes Russia the more dependent side under over half of all weightings in "
        f"{int(data['holds'].sum())} of {len(data)} combinations of choices; the direction is sturdy, the size is not."
    )


# The domains


class Pair(NamedTuple):
    """Each side's weight for the other in one domain.

    kind is share (percent of the same kind of total), count (banks), or gap, where only the difference in
    points is on record and stands with the side that leans more, the other holding 0.
    """

    russia: float
    china: float
    when: str
    kind: str
    origins: str


def _sources(chapter: Chapter, pairs: Iterable[Pair]) -> str:
    return chapter.publishers(pd.DataFrame({"origins": [pair.origins for pair in pairs]}))


def domain_pairs(chapter: Chapter, figure_id: str) -> dict[str, Pair]:
    """Every domain with rows on both sides, at the latest period that both sides share where there is one."""
    rows = pick(rows_of(chapter, figure_id), status="outturn")

    def together(first: str, second: str) -> Pair:
        mine, yours = pick(rows, first), pick(rows, second)
        when = shared(medians(mine), medians(yours))[-1]
        used = origins_of(pick(mine, period=when), pick(yours, period=when))
        return Pair(medians(mine)[when], medians(yours)[when], printed(when), SHARE, used)

    abroad = last(valued(pick(rows, "cips.participants.russian_banks")))
    here = last(valued(pick(rows, "spfs.participants.chinese_banks")))
    arms = last(valued(pick(rows, "dependence_gap.arms")))
    when = f"{printed(abroad['period'])} and {printed(here['period'])}"
    return {
        "goods trade": together("trade_share.cn_in_ru_total", "trade_share.ru_in_cn_total"),
        "crude oil": together("crude.partner_share_of_exports", "crude.share_of_partner_imports"),
        "settlement": _settlement(rows),
        "payment systems": Pair(
            abroad["value"], here["value"], when, COUNT, f"{abroad['origins']};{here['origins']}"
        ),
        "arms": Pair(
            max(arms["value"], 0.0), max(-arms["value"], 0.0), printed(arms["period"]), GAP, arms["origins"]
        ),
    }


def _settlement(rows: pd.DataFrame) -> Pair:
    """Russia's import payments in yuan against the most that China's trade can be settled in roubles.

    Nobody counts roubles in China's trade. As far as only Russia is paid in them they cannot exceed the
    rouble's part of the trade between the two, times Russia's part of China's trade.
    """
    roubles = last(pick(rows, "ru_cn_trade.settlement_share.rub"))
    span = periods.parse(roubles["period"])
    within = [period for period in set(rows["period"]) if span.contains(periods.parse(period))]
    yuan = pick(rows, "ru_imports.settlement_share.cny", period=within)
    trade = pick(rows, "trade_share.ru_in_cn_total", period=str(span.start.year))
    most = roubles["value"] * trade["value"].max() / 100
    used = f"{origins_of(yuan, trade)};{roubles['origins']}"
    return Pair(yuan["value"].median(), most, printed(roubles["period"]), SHARE, used)


ONE_SIDED = {
    "high-priority goods": "ru_hpi_imports.china_share",
    "car brands": "ru_car_market.chinese_brand_share",
}


def two_sides(chapter: Chapter) -> Figure:
    """Each side's weight for the other by domain, with the domains in which only one side has rows."""
    figure_id = "dependence-two-sides"
    rows, pairs = rows_of(chapter, figure_id), domain_pairs(chapter, figure_id)
    levels = {domain: pair for domain, pair in pairs.items() if pair.kind == SHARE}
    shown: list[tuple[str, str, str, float]] = []
    for domain, pair in levels.items():
        label = f"{domain}, {pair.when}" + (" (China: at most)" if domain == "settlement" else "")
        shown += [(label, "Russia on China", "RU", pair.russia), (label, "China on Russia", "CN", pair.china)]
    used = pd.DataFrame({"origins": [pair.origins for pair in pairs.values()]})
    for domain, series in ONE_SIDED.items():
        years = of_precision(pick(rows, series), "year")
        year, value = medians(years).index[-1], medians(years).iloc[-1]
        shown.append((f"{domain}, {year} (Russia only)", "Russia on China", "RU", value))
        used = pd.concat([used, pick(years, period=year)])
    leaning, arms = sum(pair.russia > pair.china for pair in levels.values()), pairs["arms"]
    said = "; ".join(
        f"{domain} {percent(pair.russia, 1)} for Russia, {percent(pair.china, 1)} for China"
        for domain, pair in levels.items()
    )
    return dots(
        pd.DataFrame(shown, columns=["label", "series", "actor", "value"]),
        unit="percent_share", ordered=False, figure_id=figure_id,
        title=f"In {leaning} of {len(levels)} domains with shares on both sides China weighs more for Russia than "
        f"Russia for China; in arms {'it is the other way round' if arms.china > arms.russia else 'so it does'}",
        subtitle="The other’s share, percent: of all goods trade; of crude exports (Russia) or imports (China); of "
        "import payments in yuan (Russia), goods trade in roubles (China)",
        source=chapter.publishers(used),
        alt=f"Pairs of dots: {said}. {' and '.join(ONE_SIDED)} have a dot for Russia only.",
    )  # fmt: skip


def not_drawn(chapter: Chapter) -> Markdown:
    """The domains that the pairs of shares leave out, and what is on record for them."""
    pairs = domain_pairs(chapter, "dependence-two-sides")
    arms, banks = pairs["arms"], pairs["payment systems"]
    gap = quantity(arms.russia - arms.china, "percentage_point", 1, signed=True)
    return Markdown(
        f"Two domains have no pair of shares. For arms only the gap is on record ({gap} in {arms.when}: China’s "
        "weight among Russia’s customers less Russia’s weight among China’s suppliers). For payment systems there "
        f"are numbers of banks: {number(banks.russia, 0)} Russian in China’s system and "
        f"{number(banks.china, 0)} Chinese in Russia’s ({banks.when}; the Russian list has not been public "
        f"since). For {' and '.join(ONE_SIDED)} no row measures China’s side, so they stay out of the composite. "
        "Rouble payments in China’s trade are a ceiling: they cannot exceed the rouble’s part of its trade with "
        "Russia."
    )


# The composite


Transform = Callable[[np.ndarray], np.ndarray]

# A mean ranks two units as the weighted sum of these does, which makes the probability exact for all three.
MEANS: Mapping[str, tuple[index.Mean, Transform]] = {
    "arithmetic": (index.arithmetic_mean, lambda scores: scores),
    "geometric": (index.geometric_mean, np.log),
    "harmonic": (index.harmonic_mean, lambda scores: -1 / scores),
}

POINTS, PART, Z_SCORE, RANK = (
    "shares, 0 to 100 %",
    "part of the larger side",
    "z-score of the pair",
    "rank in the pair",
)
NORMALISATIONS: Mapping[str, Callable[[pd.Series], pd.Series]] = {
    POINTS: lambda pair: index.goalposts(pair, 0.0, 100.0),
    PART: lambda pair: index.distance_to_reference(pair, float(pair.max())),
    Z_SCORE: lambda pair: index.z_score(pair, ddof=0),
    RANK: index.rank,
}


def fits(pair: Pair, normalisation: str, mean: str) -> bool:
    """Whether a domain has a score under these choices."""
    if normalisation == Z_SCORE and mean != "arithmetic":
        return False  # negative scores have no geometric or harmonic mean
    if pair.kind == GAP:
        return normalisation in (Z_SCORE, RANK) or (normalisation == POINTS and mean == "arithmetic")
    return pair.kind == SHARE or normalisation != POINTS


def scores(pairs: Mapping[str, Pair], normalisation: str) -> np.ndarray:
    """Normalised scores: a row a domain, Russia's dependence and China's."""
    normalise = NORMALISATIONS[normalisation]
    return np.array([normalise(pd.Series([pair.russia, pair.china])).to_numpy() for pair in pairs.values()])


def combinations(pairs: Mapping[str, Pair]) -> pd.DataFrame:
    """The exact share of weightings that make Russia the more dependent side, for every combination of choices.

    Columns: normalisation, mean, left out (a domain, or none), domains (those that enter), estimate (percent of
    all weights, uniform on the simplex), holds (over half), and primary.
    """
    results = []
    for normalisation in NORMALISATIONS:
        for mean, (_, transform) in MEANS.items():
            fitting = {domain: pair for domain, pair in pairs.items() if fits(pair, normalisation, mean)}
            for left_out in ("nothing", *fitting) if len(fitting) > 1 else ():
                kept = {domain: pair for domain, pair in fitting.items() if domain != left_out}
                sides = transform(scores(kept, normalisation))
                share = weights.probability_first_beats_second(sides[:, 0], sides[:, 1])
                results.append(
                    {
                        "normalisation": normalisation,
                        "mean": mean,
                        "left out": left_out,
                        "domains": ";".join(kept),
                        "estimate": 100 * float(share),
                        "holds": share > 0.5,
                        "primary": (normalisation, mean, left_out) == (POINTS, "arithmetic", "nothing"),
                    }
                )
    return pd.DataFrame(results)


def composite(chapter: Chapter) -> Figure:
    """How sure a composite makes the direction of dependence, over every declared combination of choices."""
    figure_id = "dependence-composite"
    pairs = domain_pairs(chapter, figure_id)
    data = combinations(pairs)
    least, most = float(data["estimate"].min()), float(data["estimate"].max())
    without_arms = data.loc[["arms" not in domains.split(";") for domains in data["domains"]], "estimate"]
    title = f"Russia is the more dependent side under {percent(least)} to {percent(most)} of all weightings"
    if least < 100 and (without_arms == 100).all():
        title += ", and under every one where arms are left out"
    return specification_curve(
        data,
        dimensions=["normalisation", "mean", "left out"],
        unit="percent",
        threshold=50,
        criterion="over half of all weights",
        figure_id=figure_id,
        title=title,
        subtitle="Share of all weights, each set as likely, under which Russia’s composite exceeds China’s · "
        f"{', '.join(pairs)} · technology and cars lack a Chinese side and do not enter",
        source=_sources(chapter, pairs.values()),
        alt=f"{len(data)} combinations of normalisation, mean and domain left out, sorted: from {percent(least)} "
        f"to {percent(most)} of all weightings put Russia above China; in {int(data['holds'].sum())} it is over half.",
    )


def arms_weight(chapter: Chapter) -> Markdown:
    """How heavy arms would have to weigh to turn the composite, the other domains sharing the rest equally."""
    pairs = domain_pairs(chapter, "dependence-composite")
    others = [pair.russia - pair.china for pair in pairs.values() if pair.kind == SHARE]
    gap, mean = pairs["arms"].china - pairs["arms"].russia, sum(others) / len(others)
    if gap <= 0 or mean <= 0:
        return Markdown("No domain runs against the others, so no weight turns the composite round.")
    turning = 100 * mean / (mean + gap)
    return Markdown(
        "The lever of a sceptic is arms, the one domain held in which China leans on Russia. With gaps in points, "
        f"the other shares weighing alike, arms must carry more than {percent(turning)} of the weight to make China "
        "the more dependent side; where only the direction of each domain counts, more than half."
    )


def composite_choices(chapter: Chapter) -> Figure:
    """Which choice moves the size of the composite asymmetry: total Sobol indices."""
    figure_id = "dependence-composite-choices"
    pairs = {domain: pair for domain, pair in domain_pairs(chapter, figure_id).items() if pair.kind == SHARE}
    scaled = {name: scores(pairs, name).T for name in NORMALISATIONS if name != Z_SCORE}
    kept = {"nothing": np.ones(len(pairs))} | {
        domain: np.array([other != domain for other in pairs], dtype=float) for domain in pairs
    }

    def log_ratio(weight: np.ndarray, normalisation: str, mean: str, left_out: str) -> float:
        russia, china = MEANS[mean][0](scaled[normalisation], weight * kept[left_out])
        return float(np.log(russia / china))

    choices = {"normalisation": list(scaled), "mean": list(MEANS), "left_out": list(kept)}
    found = sensitivity.composite_indices(log_ratio, list(pairs), choices, {}, samples=512, seed=1)
    data = pd.DataFrame(
        {
            "label": [str(name).replace("left_out", "domain left out") for name in found.index],
            "value": 100 * found["total"].to_numpy(),
            "low": 100 * found["total_low"].clip(lower=0).to_numpy(),
            "high": 100 * found["total_high"].to_numpy(),
            "first_order": 100 * found["first_order"].to_numpy(),
        }
    ).round(0)
    order = data.sort_values("value", ascending=False).to_dict("records")
    return bars(
        data,
        unit="percent",
        figure_id=figure_id,
        title=f"How lopsided the composite looks hangs most on the {order[0]['label']}, "
        f"then on the {order[1]['label']}",
        subtitle="Total Sobol index: part of the variance of the log ratio of the two composites that would remain "
        f"if all else were fixed, percent, 95 % interval · {', '.join(pairs)}",
        source=_sources(chapter, pairs.values()),
        alt="Bars: " + "; ".join(f"{one['label']} {percent(one['value'])}" for one in order) + ".",
    )
