"""Two pictures to play with: the elasticity behind the cost of a cut-off, and the weights behind the composite.

The page's scripts work out what `cutoff_loss` and `composite` work out; browser tests compare the two.
"""

from __future__ import annotations

from typing import Any

from analysis.chapter import Chapter
from analysis.chapters.dependence import composite as domains
from analysis.chapters.dependence import vulnerability
from analysis.chapters.rows import parameter
from analysis.figures.numbers import interval, number
from analysis.figures.play import Bar, Choice, Play, Slider

GOODS = {
    "all": ("all imports from the other", vulnerability.ALL_RUSSIA, vulnerability.ALL_CHINA),
    "narrow": (
        "high-priority goods for Russia, crude oil for China",
        "Russia: high-priority goods from China",
        "China: crude oil from Russia",
    ),
}


def cutoff(chapter: Chapter) -> Play:
    """What a cut-off costs each side, at the reader's elasticities."""
    year, bought = vulnerability.purchases(chapter)
    sigma = parameter(chapter, "sigma")
    least, most = (parameter(chapter, name).middle for name in ("sigma_low", "sigma_high"))
    return Play(
        "dependence-play-cutoff",
        "cutoff",
        "How hard is the other to replace?",
        [
            Choice("goods", "What is cut off", {name: words for name, (words, *_) in GOODS.items()}),
            Slider(
                "sigma", "Elasticity of substitution in Russia’s purchases", "", round(least, 1), round(most, 1), 0.1, round(sigma.middle, 1),
                f"published: {interval(sigma.low, sigma.high, '', 1)}; middle {number(sigma.middle, 1)}",
            ),
            Slider("harder", "China finds it harder to replace, by a factor of", "", 0.5, 40, 0.5, 1, "1: both find it alike"),
        ],
        "Russia’s purchases lose {russia} of their worth, China’s {china}. {more}.",
        [Bar("RU", "Russia", "RU"), Bar("CN", "China", "CN")],
        f"Loss of a bundle of goods after substitution, with the shares of {year}; hardness is one over the elasticity less one.",
        {"shares": {name: {"RU": float(bought[russia].share), "CN": float(bought[china].share)} for name, (_, russia, china) in GOODS.items()}},
    )  # fmt: skip


NORMALISATIONS = {domains.POINTS: "points", domains.PART: "part", domains.Z_SCORE: "z_score", domains.RANK: "rank"}
SCALES = {"points": (0.0, 1.0), "part": (0.0, 1.0), "z_score": (-1.0, 1.0), "rank": (1.0, 2.0)}
"""The least and the greatest score of a pair under each normalisation."""


def composite(chapter: Chapter) -> Play:
    """Each side's composite at the reader's weights; settings hold the scores under every choice."""
    pairs = domains.domain_pairs(chapter, "dependence-composite")
    keys = {domain: domain.replace(" ", "_") for domain in pairs}
    scores: dict[str, dict[str, Any]] = {}
    for words, normalisation in NORMALISATIONS.items():
        scores[normalisation] = {}
        for mean in domains.MEANS:
            fitting = {domain: pair for domain, pair in pairs.items() if domains.fits(pair, words, mean)}
            rows = domains.scores(fitting, words).tolist() if fitting else []
            scores[normalisation][mean] = {keys[domain]: row for domain, row in zip(fitting, rows, strict=True)}
    return Play(
        "dependence-play-composite",
        "composite",
        "Which domain weighs how much?",
        [
            *(Slider(keys[domain], f"Weight of {domain}", "", 0, 10, 1, 5) for domain in pairs),
            Choice("normalisation", "Scores", {name: words for words, name in NORMALISATIONS.items()}),
            Choice("mean", "Mean", {mean: mean for mean in domains.MEANS}),
        ],
        "{more}: Russia {russia}, China {china}. {out}",
        [Bar("RU", "Russia depends on China", "RU"), Bar("CN", "China depends on Russia", "CN")],
        "No weights are right by themselves; the next picture counts all of them. A z-score has no geometric or harmonic mean.",
        {"scores": scores, "scale": SCALES, "domains": {key: domain for domain, key in keys.items()}},
    )
