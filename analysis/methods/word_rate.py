"""How often groups of words occur per thousand words, with an interval from a bootstrap over sections."""

import pandas as pd

from analysis.methods.section_bootstrap import DRAWS, LEVEL, SEED, interval, resampled

THOUSAND = 1000.0


def word_rates(
    mentions: pd.DataFrame, sizes: pd.Series, draws: int = DRAWS, seed: int = SEED, level: float = LEVEL
) -> pd.DataFrame:
    """Rate per thousand words of one text: columns count, value, low and high, a row a column of `mentions`.

    `mentions` has a row a section and a column a group of words, `sizes` the words of each section. Counts and
    sizes of a section are drawn together, so the ratio is what varies. ValueError without sections or words.
    """
    if not mentions.index.equals(sizes.index):
        raise ValueError("rates need the size of each section, in the same order")
    if mentions.empty or not (sizes > 0).all():
        raise ValueError("rates need sections with words")
    drawn = resampled(mentions.assign(**{"": sizes}), draws, seed)
    low, high = interval(drawn[:, :-1] / drawn[:, -1:] * THOUSAND, level)
    counts = mentions.sum()
    return pd.DataFrame(
        {"count": counts, "value": counts / sizes.sum() * THOUSAND, "low": low, "high": high},
        index=mentions.columns,
    )
