"""Rates per thousand words with intervals: arithmetic and edges."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.word_rate import word_rates


def test_a_rate_by_hand() -> None:
    found = word_rates(pd.DataFrame({"war": [1, 3], "peace": [0, 0]}), pd.Series([200, 300]))
    assert found.loc["war", "count"] == 4 and found.loc["war", "value"] == 8
    # With two sections a draw is the first twice, the second twice, or both: 5, 10 or 8 per thousand.
    assert found.loc["war", ["low", "high"]].tolist() == [5, 10]
    assert found.loc["peace", ["value", "low", "high"]].tolist() == [0, 0, 0]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(200, 300)), min_size=1, max_size=8))
def test_the_interval_lies_between_the_sections_own_rates(rows: list[tuple[int, int]]) -> None:
    frame = pd.DataFrame(rows, columns=["word", "size"])
    found = word_rates(frame[["word"]], frame["size"], draws=200).loc["word"]
    rates = frame["word"] / frame["size"] * 1000
    assert rates.min() - 1e-9 <= found["low"] <= found["high"] <= rates.max() + 1e-9


def test_sections_without_words_or_sizes_of_others_are_refused() -> None:
    with pytest.raises(ValueError, match="sections with words"):
        word_rates(pd.DataFrame({"word": [1]}), pd.Series([0]))
    with pytest.raises(ValueError, match="sections with words"):
        word_rates(pd.DataFrame({"word": []}), pd.Series([], dtype=float))
    with pytest.raises(ValueError, match="size of each section"):
        word_rates(pd.DataFrame({"word": [1]}), pd.Series([200], index=["other"]))
