"""A picture to play with: the share of the lost trade that others filled, by every choice behind it.

The page's script works out what `diversion.filled` works out; a browser test compares the two.
"""

from __future__ import annotations

from math import isnan

from analysis.chapter import Chapter
from analysis.chapters.endgame import diversion
from analysis.chapters.rows import rows_of
from analysis.figures.play import Bar, Choice, Play

DEFINITIONS = {diversion.GROSS: "gross", diversion.REAL: "real", diversion.OTHERS_TREND: "others_trend", diversion.BOTH_TRENDS: "both_trends"}  # fmt: skip
FILLERS = {diversion.THREE: "three", diversion.ALL: "all", diversion.WITHOUT: "without"}
BASES = {base: f"from_{span[0]}_{span[-1]}" for base, span in diversion.BASES.items()}


def substitution(chapter: Chapter) -> Play:
    """The share filled under the reader's definition, baseline, fillers, year and direction of trade."""
    rows = rows_of(chapter, "endgame-one-change")
    levels = diversion._levels(rows)
    trade = {flow: diversion._trade(rows, flow) for flow in diversion.FLOWS}
    groups = {diversion.ADVANCED: diversion.ADVANCED} | FILLERS
    years = [str(year) for year in trade["imports"].index]
    after = [year for year in years if year > diversion.BASE]
    primary = {claim: chapter.library.primary(claim)["expected"] for claim in (diversion.TAKEN_OVER, diversion.FILLED)}
    words = {diversion.TAKEN_OVER: "taken over", diversion.FILLED: "over half filled"}
    return Play(
        "endgame-play-substitution",
        "substitution",
        "Did the others fill the gap? Choose how to count",
        [
            Choice("flow", "Direction", {"imports": "what Russia bought", "exports": "what Russia sold"}),
            Choice("definition", "Definition", {name: said for said, name in DEFINITIONS.items()}),
            Choice("base", "Before", {name: said for said, name in BASES.items()}, BASES[diversion.BASE]),
            Choice("fillers", "Who fills", {name: said for said, name in FILLERS.items()}),
            Choice("year", "After", {year: year for year in after}, diversion._year(chapter)),
        ],
        "{share} of the gap filled: the others gained {gained}, and {lost} was lost with advanced economies. It reads as: {reads}.",
        [Bar("lost", "Lost"), Bar("gained", "Gained by others", strong=True)],
        "Goods trade in current dollars, or in those of the baseline’s prices; net of a trend, gain and loss are counted from where the earlier "
        "growth would have led.",
        {
            "trade": {
                flow: {
                    key: {year: None if isnan(value) else value for year, value in zip(years, table[group], strict=True)}
                    for group, key in groups.items()
                }
                for flow, table in trade.items()
            },
            "levels": {str(year): float(level) for year, level in levels.items()},
            "bases": {BASES[base]: list(span) for base, span in diversion.BASES.items()},
            "trend": list(diversion.TREND),
            "readings": [
                {"sign": expected.rstrip("0123456789. "), "limit": float(expected.lstrip("<>= ")), "words": words[claim]}
                for claim, expected in primary.items()
            ],
            "otherwise": "half or less filled",
        },
    )  # fmt: skip
