import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.agreement import krippendorff_alpha

N = float("nan")
# The worked example of Krippendorff (2011): twelve units, four observers.
PUBLISHED = pd.DataFrame(
    {
        "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
        "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
        "C": [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
        "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
    }
)


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_published_example(level, alpha):
    assert krippendorff_alpha(PUBLISHED, level) == pytest.approx(alpha, abs=5e-4)


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=2, max_size=20))
def test_alpha_knows_no_order_of_coders_and_never_exceeds_one(pairs):
    codes = pd.DataFrame(pairs, columns=["one", "two"], dtype=float)
    alpha = krippendorff_alpha(codes, "ordinal")
    swapped = krippendorff_alpha(codes[["two", "one"]], "ordinal")
    assert (np.isnan(alpha) and np.isnan(swapped)) or alpha == pytest.approx(swapped)
    assert np.isnan(alpha) or alpha <= 1 + 1e-12


def test_edges():
    perfect = pd.DataFrame({"one": [1.0, 2, 3], "two": [1.0, 2, 3]})
    assert krippendorff_alpha(perfect, "interval") == 1
    assert np.isnan(krippendorff_alpha(pd.DataFrame({"one": [2.0, 2], "two": [2.0, 2]}), "ratio"))
    words = pd.DataFrame({"one": ["yes", "no", "no"], "two": ["yes", "no", "yes"]})
    # Disagreement 2 of 6 ordered pairs; expected 18 of 30 with three of each word.
    assert krippendorff_alpha(words, "nominal") == pytest.approx(1 - (2 / 6) / (18 / 30))
    with pytest.raises(ValueError, match="unit with two codes"):
        krippendorff_alpha(pd.DataFrame({"one": [1.0], "two": [N]}), "nominal")
    with pytest.raises(ValueError, match="found fuzzy"):
        krippendorff_alpha(perfect, "fuzzy")
