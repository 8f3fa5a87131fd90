import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.concentration import herfindahl
from analysis.methods.supplier_dependence import (
    churn,
    core_dependency_flags,
    geodep_flags,
    import_export_ratio,
    lasting_flags,
)


def bloc_flags(products, ratio_threshold=1.0):
    return core_dependency_flags(products, share_threshold=0.5, ratio_threshold=ratio_threshold)


def bloc_products(**changes):
    row = {"supplier_concentration": 0.5, "external_imports": 60.0, "total_imports": 100.0, "exports": 30.0}
    return pd.DataFrame([row | changes], index=["850440"])


def country_products(**changes):
    row = {"import_concentration": 0.5, "export_concentration": 0.6, "imports": 10.0, "exports": 5.0}
    return pd.DataFrame([row | changes], index=["850440"])


def test_a_product_that_meets_every_criterion_is_flagged():
    assert bloc_flags(bloc_products()).iloc[0].tolist() == [True, True, True, True]
    assert geodep_flags(country_products()).iloc[0].tolist() == [True, True, True, True]


@pytest.mark.parametrize(
    ("changes", "criterion"),
    [
        ({"supplier_concentration": 0.40}, "concentrated"),
        ({"external_imports": 50.0}, "external"),
        ({"exports": 60.0}, "not_substitutable"),
    ],
)
def test_on_the_threshold_is_not_beyond_it(changes, criterion):
    flags = bloc_flags(bloc_products(**changes)).iloc[0]
    assert not flags[criterion]
    assert not flags["flagged"]


@pytest.mark.parametrize(
    ("changes", "criterion"),
    [
        ({"import_concentration": 0.40}, "imports_concentrated"),
        ({"export_concentration": 0.40}, "exports_concentrated"),
        ({"exports": 10.0}, "not_substitutable"),
    ],
)
def test_on_the_threshold_of_geodep_is_not_beyond_it(changes, criterion):
    flags = geodep_flags(country_products(**changes)).iloc[0]
    assert not flags[criterion]
    assert not flags["flagged"]


@pytest.mark.parametrize("rounding", [0.0, 1e-16, 1e-12])
def test_an_index_of_two_fifths_is_not_flagged_however_its_squares_were_rounded(rounding):
    exact = herfindahl([6, 1, 1, 1, 1])  # .36 + 4 x .01
    assert exact == pytest.approx(0.40, abs=1e-12)
    assert not geodep_flags(country_products(import_concentration=exact + rounding))["flagged"].iloc[0]
    assert geodep_flags(country_products(import_concentration=0.4001))["flagged"].iloc[0]


def test_nothing_exported_counts_as_not_substitutable():
    assert import_export_ratio(pd.Series([3.0, 0.0]), pd.Series([0.0, 0.0])).tolist() == [9999.0, 9999.0]
    assert geodep_flags(country_products(exports=0.0))["not_substitutable"].iloc[0]
    assert np.isnan(import_export_ratio(pd.Series([np.nan]), pd.Series([0.0]))).all()


def test_a_stricter_ratio_flags_less():
    assert not bloc_flags(bloc_products(exports=30.0), ratio_threshold=2)["flagged"].iloc[0]
    assert bloc_flags(bloc_products(exports=29.0), ratio_threshold=2)["flagged"].iloc[0]


def test_a_missing_value_leaves_the_flag_open_unless_another_criterion_decides():
    open_flag = geodep_flags(country_products(export_concentration=np.nan)).iloc[0]
    assert open_flag["exports_concentrated"] is pd.NA
    assert open_flag["flagged"] is pd.NA
    decided = geodep_flags(country_products(export_concentration=np.nan, import_concentration=0.1)).iloc[0]
    assert not decided["flagged"]


@pytest.mark.parametrize(
    ("function", "products", "message"),
    [
        (geodep_flags, country_products().drop(columns="exports"), "lack the column exports"),
        (geodep_flags, country_products().iloc[:0], "have no rows"),
        (geodep_flags, country_products(import_concentration=41.0), "import concentration must be"),
        (bloc_flags, bloc_products(external_imports=120.0), "share of total imports must be"),
        (bloc_flags, bloc_products(total_imports=0.0), "total imports must be above 0"),
    ],
)
def test_unusable_products_are_refused(function, products, message):
    with pytest.raises(ValueError, match=message):
        function(products)


def by_year(rows, years=(2019, 2020, 2021, 2022)):
    return pd.DataFrame(rows, columns=list(years), dtype="boolean")


def test_two_years_of_three_make_a_lasting_dependence():
    result = lasting_flags(by_year([[True, True, False, False], [True, False, False, True]]))
    assert result.columns.tolist() == [2021, 2022]
    assert result[2021].tolist() == [True, False]
    assert result[2022].tolist() == [False, False]


def test_a_missing_year_stays_open_only_where_it_could_decide():
    decided_yes, decided_no, open_flag = lasting_flags(
        by_year([[True, None, True], [False, None, False], [True, None, False]], (2019, 2020, 2021))
    )[2021]
    assert decided_yes
    assert not decided_no
    assert open_flag is pd.NA
    skipped = lasting_flags(by_year([[True, False]], (2019, 2021)))
    assert skipped[2021].iloc[0] is pd.NA


def test_churn_counts_lost_gained_and_unknown():
    flags = by_year(
        [[True, True], [True, False], [False, True], [False, False], [True, None]], years=(2019, 2021)
    )
    row = churn(flags).iloc[0]
    assert row.drop("share_lost").to_dict() == {
        "before": 2019,
        "after": 2021,
        "flagged": 2,
        "lost": 1,
        "gained": 1,
        "unknown": 1,
    }
    assert row["share_lost"] == 0.5


def test_churn_goes_by_year_whatever_the_order_of_columns():
    result = churn(by_year([[False, True, True]], (2021, 2019, 2020)))
    assert result[["before", "after"]].to_numpy().tolist() == [[2019, 2020], [2020, 2021]]
    assert result["lost"].tolist() == [0, 1]


def test_nothing_flagged_has_no_share_lost():
    assert np.isnan(churn(by_year([[False, True]], (2019, 2020)))["share_lost"].iloc[0])


@given(st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=1, max_size=10))
def test_churn_balances(rows):
    result = churn(by_year(rows, (2019, 2020, 2021)))
    assert (result["flagged"] - result["lost"] + result["gained"]).iloc[0] == result["flagged"].iloc[1]


@pytest.mark.parametrize("function", [lasting_flags, churn])
@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (by_year([], (2019, 2020)), "no rows or no years"),
        (by_year([[True]], (2019,)), "at least|at least as many"),
        (by_year([[True, True]], (2019, 2019)), "year 2019 appears twice"),
        (by_year([[True, True]], ("2019", "2020")), "years must be whole numbers"),
    ],
)
def test_unusable_years_are_refused(function, flags, message):
    with pytest.raises(ValueError, match=message):
        function(flags)
