"""Weighted log-odds against the published example of another implementation, and its laws."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.log_odds import informative_prior, weighted_log_odds

FOX = "the quick brown fox jumps over the lazy pig"
# Published with package fightin_words (Wigderowitz, P. H. M., 2019), which follows Hessel's program.
UNINFORMED = {
    "very": -2.2144429606255946, "donkey": 0.3528670051726073, "purple": 0.3528670051726073,
    "sleepy": 0.3528670051726073, "brown": 1.7074955767167836, "fox": 1.7074955767167836,
    "quick": 1.7074955767167836, "jumps": 3.4564380059373603, "lazy": 3.4564380059373603,
    "over": 3.4564380059373603, "pig": 3.4564380059373603, "the": 4.954523357120953,
}  # fmt: skip
INFORMED = {
    "very": -0.4368846171934332, "purple": 0.3539801999989518, "sleepy": 0.3539801999989518,
    "donkey": 0.3539801999989518, "quick": 1.7087406001344665, "brown": 1.7087406001344665,
    "fox": 1.7087406001344665, "jumps": 3.4605672465974453, "over": 3.4605672465974453,
    "lazy": 3.4605672465974453, "pig": 3.4605672465974453, "the": 4.961066225017743,
}  # fmt: skip


def counted(*texts: str) -> list[pd.Series]:
    words = sorted({word for text in texts for word in text.split()})
    return [pd.Series({word: text.split().count(word) for word in words}) for text in texts]


def test_the_published_example_without_a_prior_of_its_own() -> None:
    one, other = counted(FOX, "the lazy purple pig jumps over the lazier donkey")
    z = weighted_log_odds(one, other, one * 0 + 0.05)["z"]
    assert {word: z[word] for word in ("donkey", "lazier", "purple")} == pytest.approx(
        dict.fromkeys(("donkey", "lazier", "purple"), -0.6894227886807968)
    )
    assert z["the"] == z["pig"] == 0 and z["fox"] == pytest.approx(0.6894227886807968)


def test_the_published_examples_of_a_word_that_drowns_all_others() -> None:
    one, other = counted(FOX, "the lazy purple pig jumps over the " + "very " * 1000 + "sleepy donkey")
    prior = one * 0 + 0.05
    assert weighted_log_odds(one, other, prior)["z"].to_dict() == pytest.approx(UNINFORMED)
    prior["very"] = 1 / 1000
    assert weighted_log_odds(one, other, prior)["z"].to_dict() == pytest.approx(INFORMED)


def test_rare_words_lead_by_delta_and_not_by_z() -> None:
    one, other = pd.Series({"rare": 1, "often": 60, "rest": 939}), pd.Series({"rare": 0, "often": 20, "rest": 980})
    found = weighted_log_odds(one, other, pd.Series({"rare": 0.01, "often": 0.01, "rest": 0.01}))
    assert found["delta"].idxmax() == "rare" and found.index[0] == "often"


def test_words_alike_stay_in_the_order_given() -> None:
    words = [f"w{place}" for place in range(60)]
    counts = pd.Series([1 + place % 2 for place in range(60)], index=words)
    found = weighted_log_odds(counts, counts * 0 + 1, counts * 0 + 0.5)
    assert list(found.index) == [*words[1::2], *words[::2]]


def test_an_informative_prior_keeps_the_shares_and_has_its_size() -> None:
    prior = informative_prior(pd.Series({"a": 30, "b": 10}), 100)
    assert prior.to_dict() == {"a": 75, "b": 25}
    for size, background in ((0, {"a": 1}), (10, {"a": 0})):
        with pytest.raises(ValueError, match="a prior needs"):
            informative_prior(pd.Series(background), size)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2, max_size=8), st.floats(0.1, 1000))
def test_swapping_the_texts_turns_every_sign(counts: list[tuple[int, int]], size: float) -> None:
    frame = pd.DataFrame(counts, columns=["one", "other"]) + 1
    prior = informative_prior(frame.sum(axis=1), size)
    found, turned = (weighted_log_odds(frame[a], frame[b], prior) for a, b in (("one", "other"), ("other", "one")))
    assert found["z"].to_dict() == pytest.approx((-turned["z"]).to_dict(), abs=1e-9)


@given(st.integers(1, 40), st.integers(1, 40))
def test_a_stronger_prior_draws_all_words_towards_no_difference(one: int, other: int) -> None:
    frame = pd.DataFrame({"one": [one, 50], "other": [other, 50]})
    deltas = [
        abs(weighted_log_odds(frame["one"], frame["other"], informative_prior(frame.sum(axis=1), size))["delta"][0])
        for size in (1, 100, 10_000)
    ]
    assert deltas == sorted(deltas, reverse=True) or deltas[0] == pytest.approx(deltas[-1], abs=0.05)


def test_no_words_no_prior_and_other_words_are_refused() -> None:
    one, prior = pd.Series({"a": 1}), pd.Series({"a": 0.5})
    with pytest.raises(ValueError, match="reference with words"):
        weighted_log_odds(one, one * 0, prior)
    with pytest.raises(ValueError, match="prior count above 0"):
        weighted_log_odds(one, one, prior * 0)
    with pytest.raises(ValueError, match="same words"):
        weighted_log_odds(one, pd.Series({"b": 1}), prior)
