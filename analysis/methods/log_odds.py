"""Which words part two texts when rare words are kept from shouting: weighted log-odds with a Dirichlet prior.

With counts y of a word in texts of n words, a prior count a of the word and a0 of all words,

    delta = ln((y1 + a) / (n1 + a0 - y1 - a)) - ln((y2 + a) / (n2 + a0 - y2 - a)),
    variance = 1 / (y1 + a) + 1 / (y2 + a),    z = delta / sqrt(variance).

Words are ranked by z: delta alone puts words that occur once on top. An informative prior gives each word the
share that it has in the texts together, so that common words must differ more to stand out.
Source: Monroe, B. L., Colaresi, M. P. and Quinn, K. M. (2008), Fightin' Words, Political Analysis 16(4),
372-403, equations 15, 16, 22 and 23.
"""

import numpy as np
import pandas as pd


def informative_prior(background: pd.Series, size: float) -> pd.Series:
    """Prior counts that sum to `size`, shared as the background's counts are; every word must occur there."""
    if not size > 0 or not (background > 0).all():
        raise ValueError("a prior needs a size above 0 and a background in which every word occurs")
    return background * (size / background.sum())


def weighted_log_odds(target: pd.Series, reference: pd.Series, prior: pd.Series) -> pd.DataFrame:
    """Columns delta, variance and z by word, z descending; positive where the target uses the word more.

    Takes counts of all words of both texts, in the same order as the prior counts. ValueError for other words,
    negative counts, a prior count of nought or texts without words.
    """
    if not (target.index.equals(reference.index) and target.index.equals(prior.index)):
        raise ValueError("log-odds need counts and prior of the same words, in the same order")
    if not (prior > 0).all():
        raise ValueError(f"log-odds need a prior count above 0, found {prior.min():g} for {prior.idxmin()!r}")
    for name, counts in (("target", target), ("reference", reference)):
        if (counts < 0).any() or not counts.sum() > 0:
            raise ValueError(f"log-odds need a {name} with words and no count below 0")
    one, other, whole = target + prior, reference + prior, prior.sum()
    odds = [counts / (size + whole - counts) for counts, size in ((one, target.sum()), (other, reference.sum()))]
    delta = np.log(odds[0]) - np.log(odds[1])
    variance = 1 / one + 1 / other
    found = pd.DataFrame({"delta": delta, "variance": variance, "z": delta / np.sqrt(variance)})
    return found.sort_values("z", ascending=False, kind="stable")
