"""A composite of asymmetric dependence over domains, and how far every choice behind it matters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from IPython.display import Markdown

from analysis import periods
from analysis.chapter import Chapter
from analysis.chapters.dependence.trade import medians, percent, whole_years
from analysis.chapters.rows import pick, rows_of
from analysis.figures import numbers, time_axis
from analysis.figures.bars import bars, dots
from analysis.figures.figure import Figure
from analysis.figures.specification_curve import specification_curve
from analysis.methods import composite as index
from analysis.methods import sensitivity, weights

SHARE, COUNT, GAP = "share", "count", "gap"


@dataclass(frozen=True)
class Pair:
    """Each side's weight for the other in one domain.

    kind is share (percent of the same kind of total), count (banks), or gap, where only the difference in
    points is on record and stands with the side that leans more, the other holding 0.
    """

    russia: float
    china: float
    when: str
    kind: str
    origins: str


def _end(rows: pd.DataFrame) -> pd.Series:
    return rows["period"].map(lambda period: periods.parse(period).end)


def _latest(rows: pd.DataFrame) -> tuple[float, str, str]:
    """The latest value that is no mere bound, its period as printed, and its origins."""
    known = rows[rows["bound"].isin(["exact", "about"])]
    row = known.iloc[_end(known).argmax()]
    return float(row["value"]), time_axis.printed(str(row["period"])), str(row["origins"])


def _origins(*used: pd.DataFrame) -> str:
    return ";".join(cell for rows in used for cell in rows["origins"])


def _sources(chapter: Chapter, pairs: Iterable[Pair]) -> str:
    return chapter.publishers(pd.DataFrame({"origins": [pair.origins for pair in pairs]}))


def domain_pairs(chapter: Chapter, figure_id: str) -> dict[str, Pair]:
    """Every domain with rows on both sides, at the latest period that both sides share where there is one."""
    rows = rows_of(chapter, figure_id)
    rows = rows[rows["status"] == "outturn"]

    def of(series_id: str) -> pd.DataFrame:
        return pick(rows, figure_id, series_id=series_id)

    def together(first: str, second: str) -> Pair:
        rows_first, rows_second = of(first), of(second)
        mine, yours = medians(rows_first), medians(rows_second)
        common = mine.index.intersection(yours.index)
        if common.empty:
            raise ValueError(f"figure {figure_id}: {first} and {second} have no period in common")
        when = max(common, key=lambda period: periods.parse(str(period)).end)
        used = (rows[rows["period"] == when] for rows in (rows_first, rows_second))
        return Pair(
            float(mine[when]), float(yours[when]), time_axis.printed(str(when)), SHARE, _origins(*used)
        )

    banks_abroad, when_abroad, origins_abroad = _latest(of("cips.participants.russian_banks"))
    banks_here, when_here, origins_here = _latest(of("spfs.participants.chinese_banks"))
    arms, when_arms, origins_arms = _latest(of("dependence_gap.arms"))
    return {
        "goods trade": together("trade_share.cn_in_ru_total", "trade_share.ru_in_cn_total"),
        "crude oil": together("crude.partner_share_of_exports", "crude.share_of_partner_imports"),
        "settlement": _settlement(
            of("ru_imports.settlement_share.cny"),
            of("ru_cn_trade.settlement_share.rub"),
            of("trade_share.ru_in_cn_total"),
            figure_id,
        ),
        "payment systems": Pair(
            banks_abroad,
            banks_here,
            f"{when_abroad} and {when_here}",
            COUNT,
            f"{origins_abroad};{origins_here}",
        ),
        "arms": Pair(max(arms, 0.0), max(-arms, 0.0), when_arms, GAP, origins_arms),
    }


def _settlement(yuan: pd.DataFrame, roubles: pd.DataFrame, trade: pd.DataFrame, figure_id: str) -> Pair:
    """Russia's import payments in yuan against the most that China's trade can be settled in roubles.

    Nobody counts roubles in China's trade. As far as only Russia is paid in them they cannot exceed the
    rouble's part of the trade between the two, times Russia's part of China's trade.
    """
    last = roubles.iloc[_end(roubles).argmax()]
    span = periods.parse(str(last["period"]))
    within = yuan[[span.contains(periods.parse(period)) for period in yuan["period"]]]
    part = pick(trade, figure_id, period=str(span.start.year))
    if within.empty:
        raise ValueError(f"figure {figure_id}: no payment in yuan is on record for {last['period']}")
    most = float(last["value"]) * float(part["value"].max()) / 100
    origins = f"{_origins(within, part)};{last['origins']}"
    return Pair(float(within["value"].median()), most, time_axis.printed(str(last["period"])), SHARE, origins)


_ONE_SIDED = {
    "high-priority goods": "ru_hpi_imports.china_share",
    "car brands": "ru_car_market.chinese_brand_share",
}


def two_sides(chapter: Chapter) -> Figure:
    """Each side's weight for the other by domain, with the domains in which only one side has rows."""
    figure_id = "dependence-two-sides"
    rows = rows_of(chapter, figure_id)
    pairs = domain_pairs(chapter, figure_id)
    levels = {domain: pair for domain, pair in pairs.items() if pair.kind == SHARE}
    shown: list[dict[str, object]] = []
    for domain, pair in levels.items():
        label = f"{domain}, {pair.when}" + (" (China: at most)" if domain == "settlement" else "")
        shown += [
            {"label": label, "series": "Russia on China", "actor": "RU", "value": pair.russia},
            {"label": label, "series": "China on Russia", "actor": "CN", "value": pair.china},
        ]
    one_sided = []
    for domain, series_id in _ONE_SIDED.items():
        years = whole_years(pick(rows, figure_id, series_id=series_id))
        series = medians(years)
        one_sided.append(years[years["period"] == series.index[-1]])
        label = f"{domain}, {series.index[-1]} (Russia only)"
        shown.append(
            {
                "label": label,
                "series": "Russia on China",
                "actor": "RU",
                "value": float(series.iloc[-1]),
            }
        )
    leaning = sum(pair.russia > pair.china for pair in levels.values())
    arms = pairs["arms"]
    return dots(
        pd.DataFrame(shown),
        unit="percent_share",
        ordered=False,
        figure_id=figure_id,
        title=f"In {leaning} of {len(levels)} domains with shares on both sides China weighs more for Russia than "
        f"Russia for China; in arms {'it is the other way round' if arms.china > arms.russia else 'so it does'}",
        subtitle="The other’s share, percent: of all goods trade; of crude exports (Russia) or imports (China); of "
        "import payments in yuan (Russia), goods trade in roubles (China)",
        source=chapter.publishers(
            pd.DataFrame({"origins": [_origins(*one_sided), *(pair.origins for pair in pairs.values())]})
        ),
        alt="Pairs of dots: "
        + "; ".join(
            f"{domain} {percent(pair.russia, 1)} for Russia, {percent(pair.china, 1)} for China"
            for domain, pair in levels.items()
        )
        + f". {' and '.join(_ONE_SIDED)} have a dot for Russia only.",
    )


def not_drawn(chapter: Chapter) -> Markdown:
    """The domains that the pairs of shares leave out, and what is on record for them."""
    figure_id = "dependence-two-sides"
    pairs = domain_pairs(chapter, figure_id)
    arms, banks = pairs["arms"], pairs["payment systems"]
    gap = numbers.quantity(arms.russia - arms.china, "percentage_point", 1, signed=True)
    return Markdown(
        f"Two domains have no pair of shares. For arms only the gap is on record ({gap} in {arms.when}: China’s "
        "weight among Russia’s customers less Russia’s weight among China’s suppliers). For payment systems there "
        f"are numbers of banks: {numbers.number(banks.russia, 0)} Russian in China’s system and "
        f"{numbers.number(banks.china, 0)} Chinese in Russia’s ({banks.when}; the Russian list has not been public "
        f"since). For {' and '.join(_ONE_SIDED)} no row measures China’s side, so they stay out of the composite. "
        "Rouble payments in China’s trade are a ceiling: they cannot exceed the rouble’s part of its trade with "
        "Russia."
    )


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


def answer(chapter: Chapter) -> Markdown:
    """What the composite says, in one sentence."""
    data = combinations(domain_pairs(chapter, "dependence-composite"))
    return Markdown(
        f"A composite makes Russia the more dependent side under over half of all weightings in "
        f"{int(data['holds'].sum())} of {len(data)} combinations of choices; the direction is sturdy, the size is not."
    )
