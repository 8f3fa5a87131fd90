"""Keyness against published numbers, a library's own G-test and arithmetic."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from analysis.methods.keyness import log_likelihood, log_ratio, log_ratio_intervals


def series(*values: float) -> pd.Series:
    return pd.Series(values, index=[f"w{place}" for place in range(len(values))])


def test_two_cells_and_four_cells_differ_a_little_for_a_common_word() -> None:
    # 120 in 10,000 words against 40 in 20,000, by the calculator of Rayson and Garside and by a G-test.
    assert log_likelihood(series(120), series(40), 10_000, 20_000, 2).iloc[0] == pytest.approx(116.157, abs=5e-4)
    assert log_likelihood(series(120), series(40), 10_000, 20_000, 4).iloc[0] == pytest.approx(116.828, abs=5e-4)


def test_they_differ_much_in_a_tiny_text() -> None:
    assert log_likelihood(series(7), series(2), 10, 9, 2).iloc[0] == pytest.approx(2.44, abs=5e-3)
    assert log_likelihood(series(7), series(2), 10, 9, 4).iloc[0] == pytest.approx(4.535, abs=5e-4)


def test_log_ratio_is_one_for_a_word_twice_as_frequent() -> None:
    # Hardie's example: 0.0006 against 0.0002 is three times as often.
    assert log_ratio(series(6), series(2), 10_000, 10_000).iloc[0] == pytest.approx(np.log2(3))
    assert log_ratio(series(4, 1, 2), series(4, 1, 2), 1000, 2000).tolist() == [1, 1, 1]


def test_a_word_of_one_text_alone_counts_as_half_in_the_other() -> None:
    found = log_ratio(series(8, 0, 0), series(0, 8, 0), 100, 100)
    assert found.iloc[0] == 4 and found.iloc[1] == -4 and np.isnan(found.iloc[2])
    assert log_likelihood(series(8), series(0), 100, 100, 2).iloc[0] == pytest.approx(16 * np.log(2))


@given(st.integers(0, 50), st.integers(0, 50), st.integers(51, 500), st.integers(51, 500))
def test_four_cells_are_the_g_test_of_a_library(a: int, b: int, c: int, d: int) -> None:
    if a + b:
        table = [[a, b], [c - a, d - b]]
        expected = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
        assert log_likelihood(series(a), series(b), c, d).iloc[0] == pytest.approx(expected, abs=1e-9)


@given(st.integers(1, 50), st.integers(1, 50), st.integers(51, 500), st.integers(51, 500))
def test_swapping_target_and_reference_turns_the_sign_and_keeps_the_evidence(
    a: int, b: int, c: int, d: int
) -> None:
    assert log_ratio(series(a), series(b), c, d).iloc[0] == pytest.approx(-log_ratio(series(b), series(a), d, c).iloc[0])
    for cells in (2, 4):
        one, other = log_likelihood(series(a), series(b), c, d, cells), log_likelihood(series(b), series(a), d, c, cells)
        assert one.iloc[0] == pytest.approx(other.iloc[0], abs=1e-9)


def test_no_words_and_impossible_counts_are_refused() -> None:
    for sizes in ((0, 10), (10, 0), (3, 10)):
        with pytest.raises(ValueError, match="keyness needs"):
            log_likelihood(series(4), series(4), *sizes)
    with pytest.raises(ValueError, match="same words"):
        log_ratio(series(1, 2), series(1), 10, 10)
    with pytest.raises(ValueError, match="2 or 4"):
        log_likelihood(series(1), series(1), 10, 10, 3)


def test_intervals_close_on_the_ratio_where_all_sections_are_alike() -> None:
    one = pd.DataFrame({"word": [8, 8, 8], "rest": [92, 92, 92]})
    other = pd.DataFrame({"word": [1, 1], "rest": [49, 49]})
    found = log_ratio_intervals({"one": one, "other": other}, "one", ["word"])
    assert found.loc["word"].tolist() == pytest.approx([2, 2])


def test_intervals_widen_where_a_word_stands_in_one_section() -> None:
    spread = pd.DataFrame({"word": [2, 2, 2, 2], "rest": [98] * 4})
    heaped = pd.DataFrame({"word": [8, 0, 0, 0], "rest": [92, 100, 100, 100]})
    other = pd.DataFrame({"word": [1, 1, 1, 1], "rest": [99] * 4})
    wide = [
        float(np.ptp(log_ratio_intervals({"a": text, "b": other}, "a", ["word"]).loc["word"]))
        for text in (spread, heaped)
    ]
    assert wide[0] == pytest.approx(0) and wide[1] > 2


def test_a_text_without_another_has_no_key_words() -> None:
    with pytest.raises(ValueError, match="at least one other text"):
        log_ratio_intervals({"one": pd.DataFrame({"word": [1]})}, "one", ["word"])
