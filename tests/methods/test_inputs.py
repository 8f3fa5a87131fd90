import numpy as np
import pandas as pd
import pytest

from analysis.methods.inputs import check_range, table


def test_the_ends_of_the_range_pass_unless_excluded():
    check_range("share", np.array([0.0, 1.0]), high=1.0)
    check_range("index", 1.0, high=1.0, low_excluded=True)


def test_a_missing_value_passes():
    check_range("trade", pd.Series([1.0, np.nan]))
    check_range("trade", float("nan"))


def test_the_message_names_the_value_its_label_and_the_range():
    with pytest.raises(ValueError, match=r"^trade must be at least 0, found -3 at 2023$"):
        check_range("trade", pd.Series({2022: 1.0, 2023: -3.0}))
    with pytest.raises(ValueError, match=r"^share must be at least 0 and at most 1, found 1.5$"):
        check_range("share", 1.5, high=1.0)
    with pytest.raises(ValueError, match=r"^total must be above 0, found 0$"):
        check_range("total", 0.0, low_excluded=True)
    with pytest.raises(ValueError, match=r"^freight must be finite, found inf$"):
        check_range("freight", float("inf"), low=-np.inf)


def test_an_empty_table_is_refused():
    with pytest.raises(ValueError, match=r"^trade has no values$"):
        check_range("trade", pd.Series(dtype=float))


def test_table_lines_up_series_of_different_years_and_fills_scalars():
    result = table(trade=pd.Series({2021: 1.0, 2023: 3.0}), product=pd.Series({2022: 5.0, 2023: 6.0}), rate=2)
    expected = pd.DataFrame(
        {"trade": [1.0, np.nan, 3.0], "product": [np.nan, 5.0, 6.0], "rate": 2.0}, index=[2021, 2022, 2023]
    )
    pd.testing.assert_frame_equal(result, expected)


def test_scalars_alone_make_one_row():
    assert table(first=1, second=2.5).to_numpy().tolist() == [[1.0, 2.5]]


def test_arrays_of_different_length_are_refused():
    with pytest.raises(ValueError):
        table(first=np.array([1.0, 2.0]), second=np.array([1.0]))
