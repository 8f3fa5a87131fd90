from itertools import product

import pandas as pd
import pytest

from analysis.methods.success_score import success_scores


def test_only_four_of_sixteen_pairs_pass():
    pairs = list(product([1, 2, 3, 4], repeat=2))
    scores = success_scores(pd.Series([a for a, _ in pairs]), pd.Series([b for _, b in pairs]))
    passed = [pair for pair, success in zip(pairs, scores["success"], strict=True) if success]
    assert passed == [(3, 3), (3, 4), (4, 3), (4, 4)]
    assert scores["score"].max() == 16


def test_no_case_and_wrong_codes():
    assert success_scores(pd.Series(dtype=int), pd.Series(dtype=int)).empty
    with pytest.raises(ValueError, match="result of signal must be 1, 2, 3 or 4, found 5"):
        success_scores(pd.Series({"signal": 5}), pd.Series({"signal": 1}))
    with pytest.raises(ValueError, match="contribution of signal must be 1, 2, 3 or 4, found 0"):
        success_scores(pd.Series({"signal": 1}), pd.Series({"signal": 0}))
    with pytest.raises(ValueError, match="same labels"):
        success_scores(pd.Series({"signal": 1}), pd.Series({"revenue": 1}))
