import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.present_value import (
    break_even_rate,
    cumulative_output,
    equivalent_rate,
    flows,
    present_value,
    staged_investment,
    survival,
)

rates = st.floats(min_value=0.005, max_value=0.5)
hazards = st.floats(min_value=0.0, max_value=0.5)
horizons = st.integers(min_value=1, max_value=60)


def annuity(payment, rate, years):
    return payment * (1 - (1 + rate) ** -years) / rate


@given(rates, horizons)
def test_level_payments_are_an_annuity(rate, years):
    assert present_value(rate, flows(12, years)) == pytest.approx(annuity(12 / years, rate, years))


def test_a_deferral_discounts_the_annuity_once_more():
    payments = flows(12, 30, deferral=5)
    assert len(payments) == 35
    assert present_value(0.15, payments) == pytest.approx(annuity(0.4, 0.15, 30) / 1.15**5)


@given(rates, hazards, horizons)
def test_a_hazard_in_the_flows_equals_a_higher_rate(rate, hazard, years):
    risky = present_value(rate, flows(12, years, hazard=hazard))
    assert risky == pytest.approx(present_value(equivalent_rate(rate, hazard), flows(12, years)))


@given(rates, horizons, st.floats(min_value=-0.2, max_value=0.3))
def test_growth_moves_the_payments_and_not_the_total(rate, years, growth):
    payments = flows(12, years, growth=growth)
    assert payments.sum() == pytest.approx(12)
    if years > 1:
        assert payments[1] / payments[0] == pytest.approx(1 + growth)


def test_break_even_rate_is_the_true_root():
    payments = flows(12, 30)
    rate = break_even_rate(2.1, payments)
    assert rate == pytest.approx(0.1894, abs=5e-5)  # numpy_financial.rate gives -1.92 here
    assert present_value(rate, payments) == pytest.approx(2.1)
    assert np.isnan(break_even_rate(2.1, [0.0, 0.0]))
    assert break_even_rate(2.0, [1.0, 1.0]) == pytest.approx(0.0, abs=1e-9)


def test_survival_and_the_equivalent_rate():
    assert survival(0.05, 30) == pytest.approx(0.95**30)
    assert survival(0.3, 0) == 1
    assert equivalent_rate(0.10, 0.05) == pytest.approx(1.1 / 0.95 - 1)
    with pytest.raises(ValueError, match="hazard must be below 1"):
        equivalent_rate(0.1, 1.0)


def test_cumulative_output():
    assert cumulative_output(2.0, 0.5, 2) == pytest.approx(3.0 + 4.5)
    assert cumulative_output(2.0, 0.0, 30) == pytest.approx(60)


def test_worked_staged_investment():
    # Two stages at no interest: half the projects pass each; 10 is paid, then 30, for a payoff of 100.
    stages = pd.DataFrame({"cost": [10.0, 30.0], "years": [1, 1], "success": [0.5, 0.5]})
    assert staged_investment(stages, 100, 0.0).tolist() == pytest.approx([0.0, 0.0, 0.0])
    # At a cost of 60 the second stage never pays: stopping before it is worth what going on would lose.
    stages["cost"] = [10.0, 60.0]
    assert staged_investment(stages, 100, 0.0).tolist() == pytest.approx([-15.0, 0.0, 15.0])
    # One year at 25 percent: 100 x 0.5 / 1.25 - 20.
    one = pd.DataFrame({"cost": [20.0], "years": [1], "success": [0.5]})
    assert staged_investment(one, 100, 0.25)["flexible"] == pytest.approx(20)


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0, 1), st.floats(0, 1), st.floats(-50, 500), rates)
def test_the_right_to_stop_is_never_worth_less_than_nothing(first, second, one, two, payoff, rate):
    stages = pd.DataFrame({"cost": [first, second], "years": [2, 3], "success": [one, two]})
    result = staged_investment(stages, payoff, rate)
    assert result["option"] >= -1e-9
    assert result["flexible"] >= 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: flows(12, 0), "years of payment must be at least 1"),
        (lambda: flows(12, 30, hazard=1.2), "hazard must be at least 0 and at most 1"),
        (lambda: flows(12, 30, growth=-1), "growth must be above -1"),
        (lambda: present_value(0.1, []), "at least one payment"),
        (lambda: present_value(-1, [1]), "discount rate must be above -1"),
        (lambda: break_even_rate(0, [1]), "price must be above 0"),
        (lambda: break_even_rate(1, []), "payments has no values"),
        (lambda: break_even_rate(1, [2, -1]), "payments must be at least 0, found -1"),
        (lambda: survival(0.1, -1), "years must be at least 0, found -1"),
        (lambda: cumulative_output(-1, 0, 2), "output must be at least 0, found -1"),
        (lambda: cumulative_output(1, -1, 2), "growth must be above -1, found -1"),
        (lambda: cumulative_output(1, 0, 0), "years must be at least 1, found 0"),
        (lambda: flows(-1, 30), "total must be at least 0, found -1"),
        (lambda: flows(12, 30, deferral=-1), "deferral must be at least 0, found -1"),
        (lambda: survival(1.1, 1), "hazard must be at least 0 and at most 1"),
        (lambda: staged_investment(pd.DataFrame(columns=["cost", "years", "success"]), 1, 0.1), "one stage"),
    ],
)
def test_what_has_no_value_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
