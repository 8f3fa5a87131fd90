"""Every verdict rule on rows made for it, both sides of each boundary."""

from datetime import date
from typing import Any

import pytest
from rows import tables

from analysis import verdicts
from analysis.package import Tables
from analysis.readings import Library
from analysis.verdicts import CONFLICTING, NOT_ENOUGH, OPEN, REFUTED, SUPPORTED

FIGURE = {"qualifier": "about", "figure_low": "36.5", "figure_high": "36.5", "unit": "percent_share"}


def _now(made: Tables, claim_id: str = "a.01") -> str:
    return verdicts.now(Library(made), claim_id).label


def _both(made: Tables) -> tuple[str, str]:
    library = Library(made)
    return verdicts.at_publication(library, "a.01").label, verdicts.now(library, "a.01").label


def _numerical(*values: str | dict[str, Any], claim: dict[str, Any] = FIGURE, **reading: Any) -> Tables:
    observations = [
        {"origin_ids": f"o{place}", **(value if isinstance(value, dict) else {"value": value})}
        for place, value in enumerate(values)
    ]
    return tables(claims=[claim], readings=[reading], series=[{}], observations=observations)


class TestNumbers:
    @pytest.mark.parametrize(
        ("values", "label"),
        [
            (["36.0"], SUPPORTED),
            (["36.0", "38.0"], SUPPORTED),
            (["30.0"], REFUTED),
            (["36.0", "30.0"], CONFLICTING),
            ([], NOT_ENOUGH),
        ],
    )
    def test_all_inside_all_outside_both_none(self, values: list[str], label: str) -> None:
        assert _now(_numerical(*values)) == label

    def test_a_bound_that_decides_nothing_is_not_counted(self) -> None:
        assert _now(_numerical({"value": "30", "bound": "above"})) == NOT_ENOUGH
        assert _now(_numerical({"value": "30", "bound": "above"}, "36.0")) == SUPPORTED

    @pytest.mark.parametrize(
        ("transform", "first", "second", "criteria"),
        [
            ("change", "10.0", "10.3", ("<=0.3", ">=0.3")),
            ("percent_change", "100", "110", ("<=10", ">=10")),
            ("difference", "0.7", "0.4", ("<=0.3", ">=0.3")),
            ("share", "7", "25", ("<=28", ">=28")),
        ],
    )
    def test_a_result_on_the_threshold_meets_it(
        self, transform: str, first: str, second: str, criteria: tuple[str, str]
    ) -> None:
        grows = transform in ("change", "percent_change")
        rows = [{"value": first}, {"value": second}]
        rows = (
            [{**row, "period": year} for row, year in zip(rows, ("2021", "2023"), strict=True)]
            if grows
            else [rows[0], {**rows[1], "series_id": "t"}]
        )
        for expected in criteria:
            reading = {"method": "threshold", "transform": transform, "expected": expected}
            reading |= {"period": "2021/2023"} if grows else {"key": "s;t"}
            made = tables(claims=[{}], readings=[reading], series=[{}, {"series_id": "t"}], observations=rows)
            assert _now(made) == SUPPORTED

    def _change(self, *measured: dict[str, Any]) -> Tables:
        rows = [
            {**row, "period": year, "value": value}
            for row in measured
            for year, value in zip(("2021", "2023"), row["values"], strict=True)
        ]
        reading = {"method": "threshold", "transform": "change", "period": "2021/2023", "expected": ">0"}
        sources = [{"source_id": name} for name in ("x", "y")]
        return tables(claims=[{}], readings=[reading], series=[{}], observations=rows, sources=sources)

    def test_a_derived_change_counts_only_without_a_direct_one_of_its_origins(self) -> None:
        direct = {"values": ("10", "20")}
        derived = {"values": ("30", "20"), "quality": "derived", "origin_ids": "o;p"}
        assert _now(self._change(direct, derived)) == SUPPORTED
        assert _now(self._change(derived)) == REFUTED
        assert _now(self._change(direct, {**derived, "origin_ids": "p"})) == CONFLICTING

    def test_a_change_relayed_under_more_origins_is_one_piece_of_evidence(self) -> None:
        relay = {"values": ("10", "20"), "origin_ids": "o;p", "source_id": "y"}
        for values, pieces in ((("10", "20"), 1), (("10.0", "20.1"), 1), (("10", "25"), 2)):
            made = self._change({"values": values}, relay)
            assert len(verdicts.now(Library(made), "a.01").evidence) == pieces

    def test_the_latest_period_is_none_that_only_an_article_speaks_of(self) -> None:
        observations = [
            {"period": "2022", "value": "36.5"},
            {"period": "2023", "value": "90", "source_id": "z"},
        ]
        made = tables(
            claims=[FIGURE], readings=[{"period": "latest"}], series=[{}], observations=observations,
            sources=[{}, {"source_id": "z", "kind": "article"}],
        )  # fmt: skip
        assert _now(made) == SUPPORTED

    def test_periods_must_match_unless_the_series_speaks_of_each_moment(self) -> None:
        assert _now(_numerical({"value": "36.0", "period": "2024"})) == NOT_ENOUGH
        month = {**FIGURE, "period": "2023-05"}
        for span, label in (("mean", NOT_ENOUGH), ("each", SUPPORTED)):
            made = tables(
                claims=[month],
                readings=[{"period": "2023-05"}],
                series=[{"span": span}],
                observations=[{"value": "36"}],
            )
            assert _now(made) == label

    @pytest.mark.parametrize("status", ["plan", "forecast", "estimate"])
    def test_only_outturns_count_unless_the_reading_says_otherwise(self, status: str) -> None:
        assert _now(_numerical({"value": "36", "status": status})) == NOT_ENOUGH
        assert _now(_numerical({"value": "36", "status": status}, status=f"outturn;{status}")) == SUPPORTED

    def test_outturns_never_mix_with_provisional_values(self) -> None:
        both = {"status": "outturn;estimate"}
        firm, early = (
            {"value": "36", "origin_ids": "o"},
            {"value": "90", "origin_ids": "p", "status": "estimate"},
        )
        assert _now(_numerical(firm, early, **both)) == SUPPORTED
        assert _now(_numerical(early, **both)) == REFUTED
        ends = [{"value": "10", "period": "2021", "origin_ids": "o"}, {**early, "origin_ids": "o"}]
        change = {"method": "threshold", "transform": "change", "period": "2021/2023", "expected": ">0"}
        assert _now(_numerical(*ends, **both, **change)) == NOT_ENOUGH

    def test_geography_must_match(self) -> None:
        assert _now(_numerical({"value": "36", "geo": "RU"})) == NOT_ENOUGH
        assert _now(_numerical({"value": "36", "geo": "RU"}, geo="RU")) == SUPPORTED

    def test_what_became_known_later_counts_only_now(self) -> None:
        later = {"value": "36", "known_since": "2024-07-01"}
        assert _both(_numerical(later)) == (NOT_ENOUGH, SUPPORTED)
        assert _both(_numerical({**later, "known_since": "2024-06-30"})) == (SUPPORTED, SUPPORTED)
        assert _both(_numerical({**later, "known_since": "2024-06"})) == (SUPPORTED, SUPPORTED)
        assert _both(_numerical({**later, "known_since": "2024"})) == (NOT_ENOUGH, SUPPORTED)

    def test_without_a_day_of_its_own_a_row_is_known_since_its_source(self) -> None:
        assert _both(_numerical({"value": "36", "known_since": ""})) == (SUPPORTED, SUPPORTED)

    def test_an_undated_level_is_read_at_the_latest_period_known_at_publication(self) -> None:
        rows = [
            {"value": "10", "period": "2022", "origin_ids": "o"},
            {"value": "36", "period": "2023", "origin_ids": "o"},
            {"value": "90", "period": "2024", "origin_ids": "o", "known_since": "2025-01-31"},
        ]
        assert _both(_numerical(*rows, period="latest")) == (SUPPORTED, SUPPORTED)

    def test_complement_change_and_share(self) -> None:
        assert _now(_numerical("63.5", transform="complement")) == SUPPORTED
        ends = [
            {"value": "10", "period": "2021", "origin_ids": "o"},
            {"value": "9", "period": "2023", "origin_ids": "o"},
        ]
        change = {"method": "threshold", "transform": "change", "period": "2021/2023"}
        assert _now(_numerical(*ends, **change, expected="<0")) == SUPPORTED
        assert _now(_numerical(*ends, **change, expected=">0")) == REFUTED
        share = tables(
            claims=[FIGURE],
            readings=[{"key": "s;t", "transform": "share"}],
            series=[{"unit": "usd_bn"}, {"series_id": "t", "unit": "usd_bn"}],
            observations=[{"value": "73"}, {"series_id": "t", "value": "200"}],
        )
        assert _now(share) == SUPPORTED

    def test_growth_is_never_derived_across_vintages_or_origins(self) -> None:
        change = {
            "method": "threshold",
            "transform": "percent_change",
            "period": "2021/2023",
            "expected": ">0",
        }
        one, other = {"value": "10", "period": "2021"}, {"value": "12", "period": "2023"}
        assert _now(_numerical(one, other, **change)) == NOT_ENOUGH  # two origins
        same = [{**row, "origin_ids": "o"} for row in (one, other)]
        assert _now(_numerical(*same, **change)) == SUPPORTED
        mixed = [{**same[0], "vintage": "2022-03"}, {**same[1], "vintage": "2024-03"}]
        assert _now(_numerical(*mixed, **change)) == NOT_ENOUGH

    def test_a_zero_start_has_no_growth(self) -> None:
        rows = [
            {"value": "0", "period": "2021", "origin_ids": "o"},
            {"value": "1", "period": "2023", "origin_ids": "o"},
        ]
        assert (
            _now(
                _numerical(
                    *rows, method="threshold", transform="percent_change", period="2021/2023", expected=">0"
                )
            )
            == NOT_ENOUGH
        )

    def test_a_changed_bound_carries_through_a_change(self) -> None:
        rows = [
            {"value": "10", "period": "2021", "origin_ids": "o"},
            {"value": "50", "bound": "above", "period": "2023", "origin_ids": "o"},
        ]
        change = {"method": "threshold", "transform": "change", "period": "2021/2023"}
        assert _now(_numerical(*rows, **change, expected=">30")) == SUPPORTED
        assert _now(_numerical(*rows, **change, expected=">45")) == NOT_ENOUGH


class TestEventsAndOffices:
    def _event(self, expected: str, *events: dict[str, Any], method: str = "date", period: str = "") -> str:
        rows = [
            {"event_id": f"e{place}", "origin_ids": f"o{place}", **event}
            for place, event in enumerate(events)
        ]
        reading = {
            "method": method,
            "table": "events",
            "expected": expected,
            "period": period,
            "key": ";".join(row["event_id"] for row in rows) or "e",
        }
        return _now(tables(claims=[{"kind": "event"}], readings=[reading], events=rows))

    def test_the_date_holds_within_the_precision_stated(self) -> None:
        assert self._event("2023-12", {"date": "2023-12-02"}) == SUPPORTED
        assert self._event("2023-12-02", {"date": "2023-12-02"}) == SUPPORTED
        assert self._event("2023-12-02", {"date": "2023-12-03"}) == REFUTED
        assert self._event("2023-12-02", {"date": "2023-12-02"}, {"date": "2023-12-03"}) == CONFLICTING
        assert self._event("2023-12-02", {"date": "2023-12"}) == NOT_ENOUGH  # too coarse to decide

    def test_what_no_source_denies_and_none_confirms_is_not_enough(self) -> None:
        assert self._event("yes", method="occurrence") == NOT_ENOUGH

    def test_a_documented_absence_denies(self) -> None:
        absence = {"date": "2024-01-31", "occurred": "no"}
        assert self._event("yes", absence, method="occurrence") == REFUTED
        assert self._event("no", absence, method="occurrence") == SUPPORTED
        assert self._event("2023-12", absence) == REFUTED

    @pytest.mark.parametrize(
        ("period", "expected", "label"),
        [
            ("2020-06", "in", SUPPORTED),
            ("2020-06", "out", REFUTED),
            ("2019-12-31", "in", REFUTED),
            ("2022-01-01", "out", SUPPORTED),
            ("2021", "in", SUPPORTED),
            ("2021/2022", "in", NOT_ENOUGH),
        ],
    )
    def test_the_holder_is_in_or_out_at_the_period(self, period: str, expected: str, label: str) -> None:
        reading = {
            "method": "holder",
            "table": "offices",
            "key": "P|O",
            "period": period,
            "expected": expected,
        }
        made = tables(
            claims=[{"kind": "office"}],
            readings=[reading],
            offices=[{"from": "2020-01-01", "to": "2021-12-31"}],
        )
        assert _now(made) == label

    def test_an_open_tenure_is_known_up_to_the_day_of_its_source(self) -> None:
        for period, label in (("2024-01-31", SUPPORTED), ("2024-02-01", NOT_ENOUGH)):
            reading = {
                "method": "holder",
                "table": "offices",
                "key": "P|O",
                "period": period,
                "expected": "in",
            }
            assert (
                _now(
                    tables(claims=[{"kind": "office"}], readings=[reading], offices=[{"from": "2020-01-01"}])
                )
                == label
            )

    def test_a_source_of_some_day_of_a_month_speaks_for_its_first(self) -> None:
        for period, label in (("2024-01-01", SUPPORTED), ("2024-01-02", NOT_ENOUGH)):
            reading = {
                "method": "holder",
                "table": "offices",
                "key": "P|O",
                "period": period,
                "expected": "in",
            }
            made = tables(
                claims=[{"kind": "office"}],
                readings=[reading],
                offices=[{"from": "2020-01-01", "known_since": "2024-01"}],
            )
            assert _now(made) == label

    def test_an_absence_speaks_only_of_the_time_up_to_its_date(self) -> None:
        before = {"date": "2024-01-01", "occurred": "no"}
        assert self._event("2024-01-08", before) == NOT_ENOUGH
        assert self._event("yes", before, method="occurrence", period="2024-01") == NOT_ENOUGH
        for day in ("2024-01-31", "2024-02-01"):
            after = {"date": day, "occurred": "no"}
            assert self._event("2024-01-08", after) == REFUTED
            assert self._event("yes", after, method="occurrence", period="2024-01") == REFUTED
            assert self._event("no", after, method="occurrence", period="2024-01") == SUPPORTED

    def test_a_happening_confirms_only_the_period_that_it_falls_in(self) -> None:
        for day, label in (("2023-12-05", SUPPORTED), ("2022-12-05", NOT_ENOUGH), ("2023", NOT_ENOUGH)):
            assert self._event("yes", {"date": day}, method="occurrence", period="2023-12") == label
        assert self._event("no", {"date": "2023-12-05"}, method="occurrence", period="2023-12") == REFUTED

    def test_a_derived_event_counts_only_without_a_direct_row_of_its_origins(self) -> None:
        direct = {"date": "2023-12-05", "origin_ids": "o", "quality": "news"}
        derived = {"date": "2023-12-06", "origin_ids": "o;p", "quality": "derived"}
        assert self._event("2023-12-05", direct, derived) == SUPPORTED
        assert self._event("2023-12-05", derived) == REFUTED

    @pytest.mark.parametrize(
        ("terms", "period", "expected", "label"),
        [
            ([("2000-05-07", "2008-05-07"), ("2012-05-07", "")], "2024-01-10", "in", SUPPORTED),
            ([("2000-05-07", "2008-05-07"), ("2012-05-07", "")], "2004", "in", SUPPORTED),
            ([("2000-05-07", "2008-05-07"), ("2012-05-07", "")], "2010", "out", SUPPORTED),
            # one term, on whose end two sources part
            ([("2020-01-01", "2022-01-01"), ("2020-02-01", "")], "2023-06", "in", CONFLICTING),
            # some day of 2023
            ([("2020-01-01", "2023")], "2023-06-01", "in", NOT_ENOUGH),
            ([("2020-01-01", "2023")], "2023-06-01", "out", NOT_ENOUGH),
            ([("2020-01-01", "2023")], "2022-12-31", "in", SUPPORTED),
            ([("2020-01-01", "2023")], "2024-01-01", "out", SUPPORTED),
            ([("2023", "2024-01-05")], "2023-06-01", "in", NOT_ENOUGH),
            ([("2023", "2024-01-05")], "2023-06-01", "out", NOT_ENOUGH),
            ([("2023", "2024-01-05")], "2023-12-31", "in", SUPPORTED),
            ([("2023", "2024-01-05")], "2022-12-31", "out", SUPPORTED),
        ],
    )
    def test_terms_of_office(
        self, terms: list[tuple[str, str]], period: str, expected: str, label: str
    ) -> None:
        reading = {
            "method": "holder",
            "table": "offices",
            "key": "P|O",
            "period": period,
            "expected": expected,
        }
        rows = [
            {"from": start, "to": end, "origin_ids": f"o{place}"} for place, (start, end) in enumerate(terms)
        ]
        made = tables(claims=[{"kind": "office"}], readings=[reading], offices=rows)
        assert _now(made) == label


class TestStances:
    def _judged(self, *stances: dict[str, Any], kind: str = "position", cited: bool = False) -> str:
        sources = [{"source_id": f"x{place}"} for place in range(len(stances))]
        rows = [
            {"source_id": f"x{place}", "origin_ids": f"o{place}", **row} for place, row in enumerate(stances)
        ]
        reading = {"method": "stance", "table": "stances", "key": "a.01"}
        attributions = [{"source_id": "x0"}] if cited else []
        return _now(
            tables(
                claims=[{"kind": kind}],
                readings=[reading],
                stances=rows,
                sources=sources,
                attributions=attributions,
            )
        )

    @pytest.mark.parametrize("kind", ["quote", "position", "legal"])
    def test_supports_contradicts_both_silence(self, kind: str) -> None:
        yes, no, silent = ({"stance": word} for word in ("supports", "contradicts", "silent"))
        assert self._judged(yes, yes, kind=kind) == SUPPORTED
        assert self._judged(no, kind=kind) == REFUTED
        assert self._judged(yes, no, kind=kind) == CONFLICTING
        assert self._judged(silent, kind=kind) == NOT_ENOUGH
        assert self._judged(kind=kind) == NOT_ENOUGH

    def test_a_cited_source_counts_for_what_was_said_but_not_for_its_judgement(self) -> None:
        assert self._judged({"stance": "supports"}, kind="quote", cited=True) == SUPPORTED
        assert self._judged({"stance": "supports"}, kind="position", cited=True) == NOT_ENOUGH


class TestCauses:
    def _cause(
        self, values: list[str], lasting: str = "", known: str = "2024-01-31", design: str = ""
    ) -> Tables:
        readings = [
            {"method": "implication", "table": "inferences", "key": "a.01", "period": ""},
            {"reading_id": "a.02.a", "claim_id": "a.02", "method": "threshold", "expected": ">0"},
        ]
        if design:
            readings.append({"reading_id": "a.01.b", "method": "design", "expected": design, "primary": "no"})
        return tables(
            claims=[{"kind": "causal", "lasting": lasting}, {"claim_id": "a.02"}],
            readings=readings,
            series=[{"unit": "percent"}],
            inferences=[
                {"inference_id": "a.i01", "from_claim": "a.01", "to_claim": "a.02", "relation": "implies"}
            ],
            observations=[
                {"value": value, "origin_ids": f"o{place}", "known_since": known}
                for place, value in enumerate(values)
            ],
        )

    def test_refuted_only_by_two_origins_against_a_necessary_implication(self) -> None:
        assert _now(self._cause(["-1", "-2"])) == REFUTED
        assert _now(self._cause(["-1"])) == NOT_ENOUGH
        assert _now(self._cause(["-1", "2"])) == NOT_ENOUGH

    def test_an_implication_that_holds_does_not_support_the_cause(self) -> None:
        assert _now(self._cause(["1", "2"])) == NOT_ENOUGH

    def test_an_identifying_design_that_holds_does(self) -> None:
        assert _now(self._cause(["1", "2"], design=">0")) == SUPPORTED
        assert _now(self._cause(["1", "2"], design="<0")) == NOT_ENOUGH

    def test_later_evidence_refutes_only_a_cause_stated_as_lasting(self) -> None:
        assert _both(self._cause(["-1", "-2"], known="2024-07-31")) == (NOT_ENOUGH, NOT_ENOUGH)
        assert _both(self._cause(["-1", "-2"], known="2024-07-31", lasting="yes")) == (NOT_ENOUGH, REFUTED)


class TestForecasts:
    def _forecast(self, **row: Any) -> tuple[str, str]:
        filled = {
            "horizon": "2025-06-30",
            "probability_low": "0.6",
            "probability_high": "0.9",
            "known_since": "2025-01-31",
            **row,
        }
        reading = {"method": "forecast", "table": "forecasts", "key": "a.01", "period": ""}
        return _both(tables(claims=[{"kind": "forecast"}], readings=[reading], forecasts=[filled]))

    def test_a_failed_condition_comes_first(self) -> None:
        assert self._forecast(condition="c", condition_met="no", outcome="1", horizon="") == (
            NOT_ENOUGH,
            NOT_ENOUGH,
        )

    @pytest.mark.parametrize("missing", ["criterion", "horizon"])
    def test_what_cannot_be_checked_is_not_resolvable(self, missing: str) -> None:
        assert self._forecast(**{missing: ""}, outcome="1") == (NOT_ENOUGH, NOT_ENOUGH)

    def test_open_until_the_last_day_of_the_horizon_then_unknown(self) -> None:
        assert self._forecast(horizon="2025-12-31") == (OPEN, OPEN)
        assert self._forecast(horizon="2025-12-30") == (OPEN, NOT_ENOUGH)

    @pytest.mark.parametrize(
        ("low", "high", "outcome", "label"),
        [
            ("0.6", "0.9", "1", SUPPORTED),
            ("0.6", "0.9", "0", REFUTED),
            ("0.6", "0.9", "0.5", CONFLICTING),
            ("0.1", "0.4", "1", REFUTED),
            ("0.1", "0.4", "0", SUPPORTED),
            ("0.59", "0.9", "1", NOT_ENOUGH),
            ("0.1", "0.41", "0", NOT_ENOUGH),
        ],
    )
    def test_committed_wording_is_judged_and_a_mere_may_is_scored(
        self, low: str, high: str, outcome: str, label: str
    ) -> None:
        assert self._forecast(probability_low=low, probability_high=high, outcome=outcome) == (OPEN, label)

    def test_the_brier_band_spans_the_wording(self) -> None:
        reading = {"method": "forecast", "table": "forecasts", "key": "a.01", "period": ""}
        row = {
            "horizon": "2025-06-30",
            "probability_low": "0.3",
            "probability_high": "0.7",
            "outcome": "1",
            "known_since": "2025-01-31",
        }
        verdict = verdicts.now(
            Library(tables(claims=[{"kind": "forecast"}], readings=[reading], forecasts=[row])), "a.01"
        )
        assert verdict.brier == pytest.approx((0.09, 0.49))
        assert "0.09" in verdict.explanation and "0.49" in verdict.explanation


class TestComparisons:
    def _compared(
        self, holds: int, fails: int, origins: int = 2, estimands: int = 1
    ) -> tuple[str, float | None]:
        """A claim with one option for each period, of which `holds` meet the criterion."""
        count = holds + fails
        readings = [
            {
                "reading_id": f"a.01.r{place}",
                "method": "threshold",
                "expected": ">0",
                "period": str(2000 + place),
                "primary": "yes" if place == 0 else "no",
            }
            for place in range(count + 1)
        ]
        specifications = [
            {
                "estimand": f"e{estimand}",
                "dimension": "window",
                "option": str(place),
                "reading_id": f"a.01.r{place}",
            }
            for place in range(count + 1)
            for estimand in range(estimands)
        ]
        observations = [
            {
                "period": str(2000 + place),
                "value": "1" if place < holds else "-1",
                "origin_ids": f"o{place % origins}",
            }
            for place in range(count)
        ]
        made = tables(
            claims=[{"kind": "comparison"}],
            readings=readings,
            series=[{"unit": "percent"}],
            specifications=specifications,
            observations=observations,
        )
        verdict = verdicts.now(Library(made), "a.01")
        assert "1 declared combination found no data" in verdict.explanation or estimands > 1
        return verdict.label, verdict.share

    @pytest.mark.parametrize(
        ("holds", "fails", "label"),
        [
            (9, 1, SUPPORTED),
            (89, 11, CONFLICTING),
            (1, 9, REFUTED),
            (11, 89, CONFLICTING),
            (8, 0, SUPPORTED),
            (7, 0, NOT_ENOUGH),
            (0, 8, REFUTED),
            (4, 4, CONFLICTING),
        ],
    )
    def test_the_share_of_specifications_that_hold_decides(self, holds: int, fails: int, label: str) -> None:
        assert self._compared(holds, fails) == (label, pytest.approx(holds / (holds + fails)))

    def test_one_origin_is_not_enough(self) -> None:
        assert self._compared(9, 0, origins=1)[0] == NOT_ENOUGH

    def test_several_estimands_have_their_own_curves(self) -> None:
        assert self._compared(9, 0, estimands=2)[0] == SUPPORTED


def test_the_width_of_the_statement_can_move_a_verdict() -> None:
    library = Library(_numerical("34"))
    assert verdicts.judge(library, "a.01", date(2025, 1, 1)).label == REFUTED
    assert verdicts.judge(library, "a.01", date(2025, 1, 1), width=2).label == SUPPORTED


def test_no_rule_looks_at_the_role() -> None:
    for role in ("premise", "inference", "conclusion"):
        assert _now(_numerical("36", claim={**FIGURE, "role": role})) == SUPPORTED


EVENT = {"method": "occurrence", "table": "events", "key": "e", "expected": "yes"}


@pytest.mark.parametrize(
    ("kind", "reading", "rows", "reference"),
    [
        ("event", EVENT, {"events": [{"date": "2023-12-02"}]}, ("events", "e", "2023-12-02", "2023-12-02", "x")),
        (
            "event",
            EVENT,
            {"events": [{"date": "2023-12-02", "occurred": "no"}]},
            ("events", "e", "not by 2023-12-02", "2023-12-02", "x"),
        ),
        (
            "position",
            {"method": "stance", "table": "stances", "key": "a.01"},
            {"stances": [{"stance": "supports"}]},
            ("stances", "a.01", "supports", "2024-01-31", "x"),
        ),
    ],
)
def test_evidence_says_what_was_found_when_and_by_whom(
    kind: str, reading: dict[str, str], rows: dict[str, Any], reference: tuple[str, ...]
) -> None:
    (item,) = verdicts.now(Library(tables(claims=[{"kind": kind}], readings=[reading], **rows)), "a.01").evidence
    (found,) = item.references
    assert (found.table, found.key, found.value, found.period, found.source_id) == reference
