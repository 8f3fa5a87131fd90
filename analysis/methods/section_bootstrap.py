"""How much counts of words hang on the passages that a text happens to have: a bootstrap over its sections.

Words of one passage go together, so words drawn singly would look more certain than they are; whole sections
are drawn instead, with replacement, as many as the text has (a cluster bootstrap: Davison, A. C. and Hinkley,
D. V. (1997), Bootstrap Methods and their Application, Cambridge University Press, section 3.8).
The intervals are percentile intervals. A text of few sections has few different draws, and its interval is rough.
"""

import numpy as np
import pandas as pd

DRAWS = 2000
SEED = 20080
LEVEL = 0.95


def resampled(
    sections: pd.DataFrame, draws: int = DRAWS, seed: int | tuple[int, ...] = SEED
) -> np.ndarray:
    """Counts of a text drawn anew: an array of draws by columns.

    `sections` has a row a section of one text and a column a word; texts that are drawn independently are
    given seeds of their own. ValueError without sections.
    """
    if sections.empty:
        raise ValueError("a bootstrap over sections needs at least one section")
    count = len(sections)
    weights = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), size=draws)
    return np.asarray(weights @ sections.to_numpy(dtype=float))


def interval(values: np.ndarray, level: float = LEVEL) -> tuple[np.ndarray, np.ndarray]:
    """The lower and the upper end that hold the middle share `level` of the draws, column by column."""
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, found {level:g}")
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return low, high
