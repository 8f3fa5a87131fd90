"""Did sanctions succeed? The score of Hufbauer, Schott and Elliott.

The policy result (1 failed to 4 achieved) times the sanctions' contribution to it (1 none or negative to 4
decisive); 9 or more of 16 counts as success (Hufbauer, G. C., Schott, J. J., Elliott, K. A. and Oegg, B.,
2007, Economic Sanctions Reconsidered, third edition). So a 4 with a 2, which makes 8, is no success. Hufbauer
himself warns that pain is not success.
"""

import pandas as pd

SUCCESS = 9


def success_scores(results: pd.Series, contributions: pd.Series) -> pd.DataFrame:
    """Score and success of each case under the same labels: result x contribution, success at 9 or more.

    Raises ValueError if the labels differ or a code is not one of 1, 2, 3 and 4.
    """
    if not results.index.equals(contributions.index):
        raise ValueError("results and contributions must have the same labels in the same order")
    for name, codes in (("result", results), ("contribution", contributions)):
        wrong = codes[~codes.isin([1, 2, 3, 4])]
        if len(wrong):
            raise ValueError(f"{name} of {wrong.index[0]} must be 1, 2, 3 or 4, found {wrong.iloc[0]}")
    score = results * contributions
    return pd.DataFrame({"score": score, "success": score >= SUCCESS})
