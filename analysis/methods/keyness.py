"""Which words a text uses more than a reference: log-likelihood for the evidence, Log Ratio for the size.

G2 weighs how far counts lie from what equal relative frequency would give. With counts a and b of a word in
texts of c and d words, E1 = c (a + b) / (c + d) and E2 = d (a + b) / (c + d):

- two cells, 2 (a ln(a / E1) + b ln(b / E2)): Rayson, P. and Garside, R. (2000), Comparing Corpora using
  Frequency Profiling, Workshop on Comparing Corpora, ACL, 1-6;
- four cells add the same terms of all other words, c - a and d - b: Dunning, T. (1993), Accurate Methods for
  the Statistics of Surprise and Coincidence, Computational Linguistics 19(1), 61-74.

Log Ratio is the binary logarithm of the ratio of relative frequencies, a count of nought taken as 0.5: Hardie,
A. (2014), Log Ratio: an informal introduction, CASS, Lancaster University. 1 means twice as often.
"""

import numpy as np
import pandas as pd
from scipy.special import xlogy

from analysis.methods.section_bootstrap import DRAWS, LEVEL, SEED, resampled

ABSENT = 0.5  # what a word that does not occur counts for in Log Ratio


def _checked(
    target: pd.Series, reference: pd.Series, target_size: float, reference_size: float
) -> tuple[pd.Series, pd.Series]:
    if not target.index.equals(reference.index):
        raise ValueError("keyness needs the counts of the same words, in the same order")
    for name, counts, size in (("target", target, target_size), ("reference", reference, reference_size)):
        if not size > 0:
            raise ValueError(f"keyness needs a {name} with words, found {size:g}")
        if (counts < 0).any() or (counts > size).any():
            raise ValueError(f"keyness needs {name} counts from 0 to the {name}'s {size:g} words")
    return target.astype(float), reference.astype(float)


def log_likelihood(
    target: pd.Series,
    reference: pd.Series,
    target_size: float,
    reference_size: float,
    cells: int = 4,
) -> pd.Series:
    """G2 of each word, never negative; 0 for equal relative frequency.

    Takes counts by word, in the target and the reference, and the number of words of each; `cells` is 2 or 4.
    ValueError for other words, sizes of nought or counts beyond them.
    """
    if cells not in (2, 4):
        raise ValueError(f"cells must be 2 or 4, found {cells}")
    one, other = _checked(target, reference, target_size, reference_size)
    share = (one + other) / (target_size + reference_size)
    terms = _terms(one, target_size * share) + _terms(other, reference_size * share)
    if cells == 4:
        terms = terms + _terms(target_size - one, target_size * (1 - share))
        terms = terms + _terms(reference_size - other, reference_size * (1 - share))
    return (2 * terms).clip(lower=0)


def _terms(observed: pd.Series, expected: pd.Series) -> pd.Series:
    """Observed times the logarithm of observed over expected; nought where nothing was observed."""
    ratio = np.divide(observed, expected, out=np.ones(len(observed)), where=expected.to_numpy() > 0)
    return pd.Series(xlogy(observed, np.where(observed > 0, ratio, 1.0)), index=observed.index)


def log_ratio(
    target: pd.Series, reference: pd.Series, target_size: float, reference_size: float
) -> pd.Series:
    """Log Ratio of each word: positive where the target uses it more; NaN for a word of neither."""
    one, other = _checked(target, reference, target_size, reference_size)
    found = _binary_ratio(one.to_numpy(), other.to_numpy(), target_size, reference_size)
    return pd.Series(found, index=target.index)


def _binary_ratio(
    one: np.ndarray, other: np.ndarray, size_one: float | np.ndarray, size_other: float | np.ndarray
) -> np.ndarray:
    ratio = (np.where(one > 0, one, ABSENT) / size_one) / (np.where(other > 0, other, ABSENT) / size_other)
    return np.asarray(np.where((one > 0) | (other > 0), np.log2(ratio), np.nan))


def log_ratio_intervals(
    texts: dict[str, pd.DataFrame],
    target: str,
    words: list[str],
    draws: int = DRAWS,
    seed: int = SEED,
    level: float = LEVEL,
) -> pd.DataFrame:
    """Columns low and high by word: what Log Ratio is when every text is drawn anew from its own sections.

    `texts` has for each text a row a section and a column a word, of all words; the reference is all texts
    but the target. A draw without the word on one side counts it as 0.5, one without it on both is left out.
    ValueError when there is no reference.
    """
    if len(texts) < 2:
        raise ValueError("keyness needs a reference: at least one other text")
    drawn = {}
    for place, (name, sections) in enumerate(texts.items()):
        counts = sections[words].assign(**{"": sections.sum(axis=1)})
        drawn[name] = resampled(counts, draws, (seed, place))
    one = drawn.pop(target)
    other = np.sum(list(drawn.values()), axis=0)
    ratios = _binary_ratio(one[:, :-1], other[:, :-1], one[:, -1:], other[:, -1:])
    low, high = np.nanquantile(ratios, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return pd.DataFrame({"low": low, "high": high}, index=words)
