"""The bootstrap over sections: exact moments, one section, the same draws every time."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.section_bootstrap import interval, resampled


def test_totals_scatter_as_a_multinomial_does() -> None:
    sections = pd.DataFrame({"word": [0, 0, 0, 8], "all": [10, 10, 10, 10]})
    drawn = resampled(sections, draws=40_000)
    # The word's total is 8 times a binomial of 4 trials with chance a quarter: mean 8, variance 64 * 3/4.
    assert drawn[:, 0].mean() == pytest.approx(8, abs=0.1)
    assert drawn[:, 0].var() == pytest.approx(48, rel=0.03)
    assert (drawn[:, 1] == 40).all()


def test_sections_that_are_alike_leave_no_doubt_and_one_section_none_either() -> None:
    for sections in (pd.DataFrame({"word": [3, 3, 3]}), pd.DataFrame({"word": [9]})):
        low, high = interval(resampled(sections))
        assert low[0] == high[0] == 9


def test_words_of_a_section_are_drawn_together() -> None:
    drawn = resampled(pd.DataFrame({"a": [1, 5, 2], "b": [2, 10, 4]}))
    assert (drawn[:, 1] == 2 * drawn[:, 0]).all()


def test_the_same_seed_gives_the_same_draws() -> None:
    sections = pd.DataFrame({"word": [1, 2, 3]})
    assert (resampled(sections) == resampled(sections)).all()
    assert (resampled(sections, seed=1) != resampled(sections, seed=2)).any()


@given(st.lists(st.integers(0, 20), min_size=1, max_size=8))
def test_an_interval_lies_between_what_sections_can_make(counts: list[int]) -> None:
    low, high = interval(resampled(pd.DataFrame({"word": counts}), draws=200))
    assert len(counts) * min(counts) <= low[0] <= high[0] <= len(counts) * max(counts)


def test_the_ends_hold_the_middle_share() -> None:
    low, high = interval(np.arange(101.0).reshape(-1, 1), 0.9)
    assert low[0] == pytest.approx(5) and high[0] == pytest.approx(95)


def test_what_nobody_chooses_is_what_the_pages_are_made_with() -> None:
    sections = pd.DataFrame({"word": [1, 2, 3]})
    assert (resampled(sections) == resampled(sections, draws=2000, seed=20080)).all()
    low, high = interval(np.arange(201.0).reshape(-1, 1))
    assert low[0] == pytest.approx(5) and high[0] == pytest.approx(195)


def test_no_sections_and_an_impossible_level_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one section"):
        resampled(pd.DataFrame({"word": []}))
    with pytest.raises(ValueError, match="level"):
        interval(np.ones((3, 1)), 1)
