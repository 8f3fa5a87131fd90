"""Rules between cells, rows and tables, one at a time: a row that each refuses beside one that it accepts."""

from __future__ import annotations

import inspect
from collections import Counter
from types import ModuleType
from typing import Any

import pytest
import rows

from analysis import checks, rules

Cells = dict[str, Any]
Made = dict[str, list[Cells]]


def _judge(rule: Any, table: str, refused: Cells, accepted: Cells, place: str, said: str, others: Made) -> None:
    """The rule names the refused row, which follows the accepted one, and nothing else."""
    found = rows.said(rule, {**others, table: [accepted, refused]})
    file = f"{table}.csv, row 3, column {place}: "
    assert rows.refused(found, f"{file}{said}"), found


@pytest.mark.parametrize(
    ("table", "column", "refused", "said", "accepted"),
    [
        ("sources", "title", " x", "blanks or line breaks at its edge; remove them", "x"),
        ("sources", "title", "x ", "blanks or line breaks at its edge", "x y"),
        ("sources", "title", "x\ny", "blanks or line breaks at its edge", ""),
        ("sources", "title", "x\ry", "blanks or line breaks at its edge", "x"),
        ("claims", "period", "2023-13", "not a date of the calendar; '2023-13' is not a day or month", "2023-Q1"),
        ("sources", "published", "2024-02-30", "not a date of the calendar", "2024-02-29"),
        ("sources", "published", "2024-Q1", "a date is needed; write 2024-05-16, 2024-05 or 2024", "2024-01"),
        ("sources", "published", "2023/2024", "a date is needed", "2024"),
        ("series", "unit", "percents", "no such unit; write one of percent_share, percent", "usd_bn"),
        ("observations", "origin_ids", "q", "not in origins.origin_id; add the row it points to", "o"),
        ("events", "actors", "XX", "not in areas.area", "RU;CN"),
    ],
)
def test_a_cell_means_what_its_column_says(table: str, column: str, refused: str, said: str, accepted: str) -> None:
    made = {"origins": [{"origin_id": "o"}], "areas": [{"area": "CN"}, {"area": "RU"}]}
    made[table] = [{column: accepted}, {column: refused}, {column: refused}]
    found = rows.said(checks.cells, made)
    assert rows.refused(found, *(f"{table}.csv, row {row}, column {column}: {refused!r}: {said}" for row in (3, 4)))


def test_each_part_of_a_list_that_points_nowhere_is_named() -> None:
    made = {"origins": [{"origin_id": "o"}], "observations": [{"origin_ids": "p;o;q"}]}
    said = [f"observations.csv, row 2, column origin_ids: '{part}': not in origins.origin_id" for part in "pq"]
    assert rows.refused(rows.said(checks.cells, made), *said)


@pytest.mark.parametrize(
    ("table", "given", "said"),
    [
        ("areas", [{"area": area} for area in ("CN", "IN", "RU")], ""),
        ("areas", [{"area": area} for area in ("CN", "RU", "IN", "AA")], "row 4, column area: 'IN': stands after RU; sort the rows"),
        ("cameo", [{"code": "9"}, {"code": "10"}], "row 3, column code: '10': stands after 9; sort"),
        ("stances", [{"source_id": "x"}, {"source_id": "w"}], "row 3, column claim_id: 'a.01': stands after a.01, x; sort"),
        ("stances", [{"source_id": "x"}, {"source_id": "x"}], ""),
    ],
)
def test_rows_stand_sorted_by_their_whole_key(table: str, given: list[Cells], said: str) -> None:
    found = rows.said(checks.order, {table: given, "wordings": [{"claim_id": "b"}, {"claim_id": "a"}]})
    last = "wordings.csv, row 3, column claim_id: 'a': stands after b; sort"
    assert rows.refused(found, *([f"{table}.csv, {said}"] if said else []), last)


@pytest.mark.parametrize(
    ("refused", "accepted"),
    [
        ({"published": "2024-05-31"}, {"published": "2024-06-01"}),
        ({"published": "2024-07-01"}, {"published": "2024-06-30"}),
        ({"published": "2024-07"}, {"published": "2024-06"}),
    ],
)
def test_an_article_lies_between_its_bounds(refused: Cells, accepted: Cells) -> None:
    bounds = {"published_low": "2024-06-01", "published_high": "2024-06"}
    said = f"'{refused['published']}': not between published_low and published_high"
    _judge(checks.articles, "articles", bounds | refused, bounds | accepted, "published", said, {})


FIGURE = {"figure_low": "30", "figure_high": "40", "unit": "percent"}


@pytest.mark.parametrize(
    ("refused", "place", "said", "accepted"),
    [
        ({"claim_id": "b.01"}, "claim_id", "'b.01': does not begin with its article; write a.<number>", {}),
        ({"paragraph": "10"}, "paragraph", "'10': the article has 9 paragraphs", {"paragraph": "9"}),
        (FIGURE | {"figure_low": "41"}, "figure_low", "'41': above figure_high", FIGURE | {"figure_low": "40"}),
        ({"qualifier": "about", "unit": "percent"}, "qualifier", "'about': ", FIGURE | {"qualifier": "about"}),
        (FIGURE | {"unit": ""}, "unit", "'': a figure without a unit", FIGURE),
        ({"qualifier": "over", "figure_low": "30"}, "unit", "'': a figure without a unit", FIGURE | {"qualifier": "over", "figure_high": ""}),
        ({"figure_low": "30", "unit": "percent"}, "qualifier", "'': ", FIGURE),
        ({"figure_high": "30", "unit": "percent"}, "qualifier", "'': ", FIGURE),
    ],
)  # fmt: skip
def test_a_claim_fits_its_article_and_its_figure_its_qualifier(refused: Cells, place: str, said: str, accepted: Cells) -> None:
    _judge(checks.claims, "claims", refused, accepted, place, said, {})
    upside_down = FIGURE | {"figure_low": "41", "unit": ""}  # hides no claim after it
    assert len(rows.said(checks.claims, {"claims": [upside_down, refused]})) == 2


OTHERS: Made = {
    "series": [{}, {"series_id": "t"}, {"series_id": "u", "unit": "usd_bn"}],
    "events": [{"event_id": "e"}],
    "offices": [{"person": "P", "office": "O"}],
}
OF_KIND = {
    "numerical": {"method": "figure"},
    "event": {"method": "date", "table": "events", "key": "e", "expected": "2023-05"},
    "office": {"method": "holder", "table": "offices", "key": "P|O", "expected": "in"},
    "comparison": {"method": "threshold", "expected": ">0"},
    "causal": {"method": "implication", "table": "inferences", "key": "a.01"},
    "legal": {"method": "stance", "table": "stances", "key": "a.01"},
    "forecast": {"method": "forecast", "table": "forecasts", "key": "a.01"},
    "quote": {"method": "stance", "table": "stances", "key": "a.01"},
    "position": {"method": "stance", "table": "stances", "key": "a.01"},
}
"""A sound reading of a claim of each kind."""


@pytest.mark.parametrize(
    ("kind", "refused", "place", "said", "accepted"),
    [
        *((kind, {"reading_id": "a.02.a"}, "reading_id", "'a.02.a': does not begin with its claim; write a.01.<letter>", {}) for kind in OF_KIND),
        ("numerical", {"method": "design", "expected": ">0"}, "method", "'design': does not judge a claim of kind numerical; write one of figure, threshold", {"method": "threshold", "expected": ">0"}),
        ("event", {"method": "forecast", "table": "forecasts", "key": "a.01", "expected": ""}, "method", "'forecast': does not judge a claim of kind event; write one of date, occurrence", {"method": "occurrence", "expected": "yes"}),
        ("causal", {"method": "figure", "table": "observations", "key": "s"}, "method", "'figure': does not judge a claim of kind causal; write one of design, implication, threshold", {"method": "design", "table": "observations", "key": "s", "expected": ">0"}),
        ("numerical", {"table": "events"}, "table", "'events': method figure does not read it; write observations", {}),
        ("numerical", {"omits": "about"}, "omits", "'about': a primary reading drops words", {"omits": "about", "primary": "no"}),
        ("numerical", {"key": "z"}, "key", "'z': z is not in observations", {"key": "t"}),
        ("event", {"key": "f"}, "key", "'f': f is not in events", {}),
        ("office", {"key": "P|Q"}, "key", "'P|Q': P|Q is not in offices", {}),
        ("legal", {"key": "a.02"}, "key", "'a.02': points to another claim; write a.01", {}),
        ("forecast", {"key": "a.02"}, "key", "'a.02': points to another claim", {}),
        ("causal", {"key": "a.01;a.02"}, "key", "'a.01;a.02': points to another claim", {}),
        ("event", {"expected": "soon"}, "expected", "'soon': not the date that the claim states", {"expected": "2023"}),
        ("event", {"method": "occurrence", "expected": "perhaps"}, "expected", "'perhaps': says not whether it should have happened", {"method": "occurrence", "expected": "no"}),
        ("event", {"method": "occurrence", "expected": "yes", "period": "latest"}, "period", "'latest': not a period that can be read", {"method": "occurrence", "expected": "yes", "period": ""}),
        ("office", {"expected": "yes"}, "expected", "'yes': says not whether the office should be held", {"expected": "out"}),
        ("office", {"period": ""}, "period", "'': an office is held at a time", {}),
        ("office", {"period": "latest"}, "period", "'latest': not a period that can be read", {"period": "2023-05"}),
        ("numerical", {"key": "s;t"}, "key", "'s;t': 2 series where the transform none takes 1", {}),
        ("numerical", {"key": "s", "transform": "share"}, "key", "'s': 1 series where the transform share takes 2", {"key": "s;t", "transform": "share"}),
        ("numerical", {"key": "s", "transform": "sum"}, "key", "'s': 1 series where the transform sum takes 2", {"key": "s;t", "transform": "sum"}),
        ("comparison", {"key": "s", "transform": "difference"}, "key", "'s': 1 series", {"key": "s;t", "transform": "difference"}),
        ("comparison", {"key": "s", "transform": "ratio"}, "key", "'s': 1 series", {"key": "s;t", "transform": "ratio"}),
        ("comparison", {"key": "s;u", "transform": "ratio"}, "key", "'s;u': mixes units percent_share, usd_bn", {"key": "t;s", "transform": "ratio"}),
        ("numerical", {"status": "outturn;actual;real"}, "status", "'outturn;actual;real': no such status: actual, real; write some of", {"status": "outturn;plan"}),
        ("comparison", {"expected": "big"}, "expected", "'big': not a comparator with its threshold", {"expected": "<=5"}),
        ("numerical", {"key": "u"}, "key", "'u': measures usd_bn where the claim states percent_share", {"key": "u", "method": "threshold", "expected": ">0"}),
        ("numerical", {"period": ""}, "period", "'': observations are read at a period; write it, or latest", {"period": "latest"}),
        ("numerical", {"period": "soon"}, "period", "'soon': not a period that can be read", {"period": "2021/2023"}),
        ("comparison", {"transform": "change", "period": "latest"}, "period", "'latest': not a period that can be read", {"transform": "change", "period": "2021/2023"}),
        ("comparison", {"transform": "percent_change", "period": "2023/2021"}, "period", "'2023/2021': not a period that can be read; '2023/2021' ends before it begins", {"transform": "percent_change", "period": "2021/2022"}),
        ("comparison", {"transform": "change", "period": "2023/2023"}, "period", "'2023/2023': not a period that can be read", {"transform": "change", "period": "2022-01/2022-02"}),
    ],
)  # fmt: skip
def test_a_reading_fits_its_claim_and_its_method(kind: str, refused: Cells, place: str, said: str, accepted: Cells) -> None:
    claim = {"kind": kind, "unit": "percent_share"}
    sound = OF_KIND[kind]
    others = {**OTHERS, "claims": [claim, claim | {"claim_id": "a.02"}]}
    _judge(checks.readings, "readings", sound | refused, sound | accepted, place, said, others)


def test_a_figure_is_read_for_a_claim_that_states_one() -> None:
    found = rows.said(checks.readings, {**OTHERS, "claims": [{}], "readings": [{}, {"method": "threshold", "expected": ">0"}]})
    assert rows.refused(found, "readings.csv, row 2, column method: 'figure': the claim states no figure")


def _options(*options: tuple[str, str, str], estimand: str = "e") -> list[Cells]:
    """Declared options: dimension, option and the letter of the reading that runs it."""
    return [
        {"estimand": estimand, "dimension": dimension, "option": option, "reading_id": f"a.01.{letter}"}
        for dimension, option, letter in options
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (_options(("window", "short", "b"), ("source", "other", "c")), ""),
        (_options(("window", "short", "b"), ("window", "late", "d")), ""),
        (_options(("window", "short", "b"), ("source", "late", "d")), "row 3, column reading_id: 'a.01.d': changes period, which option 'short' of dimension 'window' changes too"),
        (_options(("estimand", "e", "d"), ("window", "as it was", "a"), ("source", "short", "b")), "row 4, column reading_id: 'a.01.b': changes period, which option 'as it was' of dimension 'window' changes too"),
        (_options(("estimand", "e", "b"), ("window", "as before", "b"), ("source", "other", "e")), ""),
        (_options(("window", "short", "b")) + _options(("source", "late", "d"), estimand="f"), ""),
        ([{"dimension": "window", "option": "short", "reading_id": "a.02.a"}], "row 2, column reading_id: 'a.02.a': is a reading of another claim; name a reading of a.01"),
        ([{"claim_id": "a.02", "dimension": "window", "option": "o", "reading_id": "a.02.a"}, *_options(("window", "short", "b"), ("source", "late", "d"))], "row 4, column reading_id: 'a.01.d': changes period"),
    ],
)  # fmt: skip
def test_each_choice_is_changed_by_one_dimension(options: list[Cells], said: str) -> None:
    readings = [
        {},
        {"reading_id": "a.01.b", "period": "2022", "primary": "no"},
        {"reading_id": "a.01.c", "key": "t", "primary": "no"},
        {"reading_id": "a.01.d", "period": "2024", "primary": "no"},
        {"reading_id": "a.01.e", "key": "t", "period": "2022", "primary": "no"},
        {"reading_id": "a.02.a", "claim_id": "a.02", "primary": "no"},
    ]
    found = rows.said(checks.specifications, {"readings": readings, "specifications": options})
    assert rows.refused(found, *([f"specifications.csv, {said}"] if said else []))


PREMISE = {"inference_id": "i", "from_claim": "a.01", "to_claim": "a.03"}


@pytest.mark.parametrize(
    ("refused", "place", "said", "accepted"),
    [
        (PREMISE | {"from_claim": "a.02", "to_claim": "a.04"}, "to_claim", "'a.04': linked premises of i differ in to_claim", PREMISE),
        (PREMISE | {"from_claim": "a.02", "relation": "attack"}, "relation", "'attack': linked premises of i differ in relation", PREMISE),
        (PREMISE | {"from_claim": "a.02", "warrant": "v"}, "warrant", "'v': linked premises of i differ in warrant", PREMISE),
        ({"inference_id": "j", "from_claim": "a.01", "to_claim": "a.02", "relation": "implies"}, "from_claim", "'a.01': implies leads from a claim that is no cause", {"inference_id": "i", "from_claim": "a.05", "to_claim": "a.03", "relation": "implies"}),
        ({"inference_id": "j", "from_claim": "a.03", "to_claim": "a.01"}, "to_claim", "'a.01': the argument runs in a circle", PREMISE),
    ],
)  # fmt: skip
def test_linked_premises_share_their_step_and_no_step_leads_back(refused: Cells, place: str, said: str, accepted: Cells) -> None:
    claims = [{"claim_id": f"a.0{number}", "kind": "causal" if number == 5 else "event"} for number in range(1, 6)]
    _judge(checks.inferences, "inferences", refused, accepted, place, said, {"claims": claims})


@pytest.mark.parametrize(
    ("refused", "place", "said", "accepted"),
    [
        ({"faithful": "partly"}, "discrepancy", "'': empty; say where article and source part", {"faithful": "partly", "discrepancy": "D."}),
        ({"faithful": "no"}, "discrepancy", "'': empty", {"faithful": "yes"}),
        ({"faithful": "source_not_found"}, "searched", "'': empty; say where it was looked for", {"faithful": "source_not_found", "searched": "its site"}),
    ],
)  # fmt: skip
def test_an_attribution_says_where_it_fails(refused: Cells, place: str, said: str, accepted: Cells) -> None:
    _judge(checks.attributions, "attributions", refused, accepted, place, said, {})


@pytest.mark.parametrize(("refused", "accepted"), [("2024-05-31", "2024-06-01"), ("2024-05", "2024-06")])
def test_nobody_answers_before_the_article(refused: str, accepted: str) -> None:
    given = ({"claim_id": "a.01", "date": day} for day in (refused, accepted))
    others = {"articles": [{"published_low": "2024-06"}]}
    _judge(checks.replies, "replies", *given, "date", f"'{refused}': before the article, of 2024-06; correct the date", others)


def test_a_source_does_not_relay_itself() -> None:
    given = ({"relays": "x"}, {"source_id": "y", "relays": "x"})
    _judge(checks.sources, "sources", *given, "relays", "'x': passes itself on", {})


@pytest.mark.parametrize("table", ["observations", "events", "offices"])
def test_a_fact_can_be_looked_up(table: str) -> None:
    others = {"sources": [{"url": "https://example.org"}, {"source_id": "w"}]}
    _judge(checks.sources, table, {"source_id": "w"}, {}, "source_id", "'w': a source without public address", others)
    if table != "offices":
        assert rows.said(checks.sources, {**others, table: [{"source_id": "w", "quality": "derived"}]}) == []


def _observed(value: str, period: str = "2023", **cells: str) -> Cells:
    """An observation whose id repeats its row."""
    series = cells.get("series_id", "s")
    return {"observation_id": f"{series}@{period}@RU-CN@x", "geo": "RU", "counterparty": "CN", "period": period, "value": value, **cells}


@pytest.mark.parametrize(
    ("refused", "place", "said", "accepted"),
    [
        (_observed("5", observation_id="s@2022@RU-CN@x"), "observation_id", "'s@2022@RU-CN@x': does not repeat its row; write s@2023@RU-CN@x, or s@2023@RU-CN@x@<vintage>", _observed("5", observation_id="s@2023@RU-CN@x@2024")),
        (_observed("5", observation_id="s@2023@RU-CN@xy"), "observation_id", "'s@2023@RU-CN@xy': does not repeat its row", _observed("5")),
        (_observed("5", known_since="2023-12-30"), "status", "'outturn': an outturn of 2023 cannot be known on 2023-12-30", _observed("5", known_since="2023-12-31")),
        (_observed("5", "2024", known_since=""), "status", "'outturn': an outturn of 2024 cannot be known on 2024-01-31", _observed("5", "2024-01", known_since="")),
        (_observed("5", "2025"), "status", "'outturn': an outturn of 2025 cannot be known", _observed("5", "2025", status="plan")),
        (_observed("5", series_id="s_plan"), "status", "'outturn': a plan as outturn; write plan", _observed("5", series_id="s_plan", status="plan")),
        (_observed("5", series_id="s_forecast"), "status", "'outturn': a forecast as outturn; write forecast", _observed("5", series_id="s_forecasts")),
        (_observed("5", series_id="s_estimate"), "status", "'outturn': a estimate as outturn; write estimate", _observed("5", series_id="s_estimate", status="estimate")),
        (_observed("100.1"), "value", "'100.1': a share outside 0–100", _observed("100")),
        (_observed("-0.1"), "value", "'-0.1': a share outside 0–100", _observed("0")),
        (_observed("300"), "value", "'300': a share outside 0–100", _observed("300", series_id="u")),
    ],
)  # fmt: skip
def test_an_observation_repeats_its_row_and_is_known_after_its_period(refused: Cells, place: str, said: str, accepted: Cells) -> None:
    _judge(checks.observations, "observations", refused, accepted, place, said, {"series": OTHERS["series"]})


@pytest.mark.parametrize(
    ("fraction", "others", "said"),
    [
        ("0.45", ["44"], "write 45.00"),
        ("0.45", ["36"], "write 45.00"),
        ("0.45", ["35.9"], ""),
        ("0.45", ["60"], "write 45.00"),
        ("0.45", ["60.1"], ""),
        ("0.01", ["1"], "write 1.00"),
        ("0.01", ["0.9"], ""),
        ("0", ["1"], ""),
        ("1", ["100"], ""),
        ("0.45", ["2", "44"], "write 45.00"),
    ],
)
def test_a_share_is_no_fraction_where_others_are_in_percent(fraction: str, others: list[str], said: str) -> None:
    given = [_observed(value, bound="about", observation_id=f"s@2023@RU-CN@x@{place}") for place, value in enumerate([*others, fraction])]
    elsewhere = [_observed("0.44", "2022"), _observed("0.44", series_id="u")]
    found = rows.said(checks.observations, {"series": OTHERS["series"], "observations": [*elsewhere, *given]})
    place = f"observations.csv, row {len(given) + 3}, column value: '{fraction}': a fraction where others of its period are in percent; {said}"
    assert rows.refused(found, *([place] if said else []))


@pytest.mark.parametrize(
    ("refused", "place", "said", "accepted"),
    [
        ({"action": "drop", "expected": "46"}, "expected", "'46': the row now holds 30.1", {"action": "drop", "expected": "30.1"}),
        ({"action": "drop", "value": "5"}, "value", "'5': does not fit action drop", {"action": "override", "value": "5"}),
        ({"action": "override"}, "value", "'': does not fit action override", {"action": "override", "value": "0"}),
    ],
)
def test_a_correction_expects_what_the_row_holds(refused: Cells, place: str, said: str, accepted: Cells) -> None:
    plain = {"observation_id": "r", "expected": "30.1"}
    others = {"observations": [{"observation_id": "r", "value": "30.1"}]}
    _judge(checks.corrections, "corrections", plain | refused, plain | accepted, place, said, others)


@pytest.mark.parametrize(
    ("begun", "refused", "accepted"), [("2024-01-01", "2023", "2024-01"), ("2024-05-16", "2024-05-15", "2024-05-16"), ("2024-05", "2024-04", "")]
)
def test_a_term_ends_after_it_begins(begun: str, refused: str, accepted: str) -> None:
    given = ({"from": begun, "to": day} for day in (refused, accepted))
    _judge(checks.offices, "offices", *given, "to", f"'{refused}': ends before it begins", {})


@pytest.mark.parametrize(("one", "other"), [("RU", "CN"), ("CN", "CN")])
def test_a_tie_is_named_from_its_first_actor(one: str, other: str) -> None:
    given = [{"actor_a": a, "actor_b": b, "period": "2023", "sign": "1"} for a, b in (("CN", "RU"), (one, other))]
    codes = [{"table": "relations", "key": f"{row['actor_a']}|{row['actor_b']}|2023", "coder": "c", "code": "1"} for row in given]
    found = rows.said(checks.relations, {"relations": given, "codings": codes})
    assert rows.refused(found, f"relations.csv, row 3, column actor_a: '{one}': not before actor_b")


def test_a_figure_draws_on_tables_that_exist() -> None:
    given = ({"tables": "claims;guesses"}, {"tables": "claims;lexicon-names"})
    _judge(checks.backing, "backing", *given, "tables", "'guesses': no such table; write one of agreement_terms, anchors", {})


JUDGED = {"horizon": "2025", "horizon_ground": "printed", "probability_low": "0.6", "probability_high": "0.6", "outcome_date": "", "source_id": ""}


@pytest.mark.parametrize(
    ("refused", "place", "said", "accepted"),
    [
        ({"horizon": ""}, "horizon", "'': a criterion without a day", {"horizon": "", "criterion": ""}),
        ({"probability_low": ""}, "probability_low", "'': empty; give the range", {"probability_low": "", "criterion": ""}),
        ({"probability_high": ""}, "probability_low", "'0.6': empty; give the range", {}),
        ({"probability_low": "0.61"}, "probability_low", "'0.61': above probability_high", {"probability_low": "0.6"}),
        ({"horizon_ground": ""}, "horizon_ground", "'': empty; write printed", {"horizon_ground": "", "criterion": ""}),
        ({"outcome": "0.7", "source_id": "x", "outcome_date": "2024"}, "outcome", "'0.7': no outcome", {"outcome": "0.5", "source_id": "x", "outcome_date": "2024"}),
        ({"outcome": "1", "source_id": "x"}, "outcome_date", "'': empty beside an outcome", {"outcome": "1", "source_id": "x", "outcome_date": "2024"}),
        ({"outcome": "0", "outcome_date": "2024"}, "source_id", "'': empty beside an outcome", {"outcome": "0", "source_id": "x", "outcome_date": "2024"}),
    ],
)  # fmt: skip
def test_a_forecast_has_its_day_its_odds_and_where_its_outcome_was_read(refused: Cells, place: str, said: str, accepted: Cells) -> None:
    _judge(checks.forecasts, "forecasts", JUDGED | refused, JUDGED | accepted, place, said, {})


@pytest.mark.parametrize(
    ("claim", "others", "place", "said"),
    [
        ({}, {"readings": [{}]}, "", ""),
        ({}, {"readings": [{"primary": "no"}]}, "claim_id", "'a.01': 0 primary readings"),
        ({}, {"readings": [{}, {}, {"primary": "no"}]}, "claim_id", "'a.01': 2 primary readings"),
        ({"kind": "comparison"}, {"readings": [{}]}, "kind", "'comparison': a comparison without declared options"),
        ({"kind": "comparison"}, {"readings": [{}], "specifications": [{}]}, "", ""),
        ({"kind": "forecast"}, {"readings": [{}]}, "kind", "'forecast': a forecast without its row"),
        ({"kind": "forecast"}, {"readings": [{}], "forecasts": [{}]}, "", ""),
        ({"kind": "forecast"}, {"readings": [{}], "forecasts": [{"outcome": "1"}]}, "claim_id", "'a.01': a scored forecast without its word"),
        ({"kind": "forecast"}, {"readings": [{}], "forecasts": [{"outcome": "0"}], "wordings": [{"claim_id": "a.01"}]}, "", ""),
    ],
)  # fmt: skip
def test_every_claim_has_what_its_rule_needs(claim: Cells, others: Made, place: str, said: str) -> None:
    found = rows.said(checks.incomplete, {"claims": [claim], **others})
    assert rows.refused(found, *([f"claims.csv, row 2, column {place}: {said}"] if said else []))


USED: Made = {
    "readings": [{"key": "s;t"}],
    "figures": [{"series_ids": "u;v"}],
    "series": [{"series_id": name} for name in "stuv"],
    "observations": [{"origin_ids": "o;p"}],
    "sources": [{"relays": "w"}, {"source_id": "w"}],
    "origins": [{"origin_id": "o"}, {"origin_id": "p"}],
}
"""Series, sources and origins on each of which something rests."""


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ({}, []),
        ({"readings": [{"key": "s"}]}, ["series.csv, row 3, column series_id: 't'"]),
        ({"readings": [{"key": "s;t", "table": "events"}]}, ["series.csv, row 2, column series_id: 's'", "series.csv, row 3, column series_id: 't'"]),
        ({"figures": [{"series_ids": "u"}]}, ["series.csv, row 5, column series_id: 'v'"]),
        ({"sources": [{}, {"source_id": "w"}]}, ["sources.csv, row 3, column source_id: 'w'"]),
        ({"observations": [{"origin_ids": "o", "source_id": ""}]}, ["sources.csv, row 2, column source_id: 'x'", "origins.csv, row 3, column origin_id: 'p'"]),
        ({"observations": [{"origin_ids": "o"}], "events": [{"origin_ids": "p"}]}, []),
    ],
)  # fmt: skip
def test_nothing_is_carried_that_nothing_rests_on(made: Made, said: list[str]) -> None:
    found = rows.said(checks.unused, {**USED, **made})
    assert rows.refused(found, *(f"{one}: nothing rests on it; use it or remove the row" for one in said))


CODED = (checks.codings, checks.positions, checks.relations, checks.event_codes, checks.stands, checks.bearings)
"""The rules that hold between the coders' codes and the tables that are settled by them."""


def _codes_said(made: Made) -> list[str]:
    return [said for rule in CODED for said in rows.said(rule, made)]


def _coded(table: str, settled: Cells, *codes: str, **changed: list[Cells]) -> list[str]:
    """What is said of one settled row and its coders' codes, those with a star sourced, on scales of their own."""
    key = "|".join(list(settled.values())[:3])
    made: Made = {
        "anchors": [
            *({"table": "positions", "scale": "i", "code": str(point)} for point in (-2, -1, 0, 1, 2)),
            *({"table": "positions", "scale": "j", "code": str(point)} for point in (0, 1)),
            *({"table": "relations", "scale": "tie", "code": str(point)} for point in (-1, 0, 1)),
        ],
        "cameo": [{"code": code, "goldstein": weight} for code, weight in (("036", "4"), ("111", "-2"), ("112", "-2"), ("163", "-8"))],
        "codings": [
            {"table": "elsewhere", "key": "k", "coder": "c", "code": "free"},
            *(
                {"table": table, "key": key, "coder": f"c{place}", "code": code.rstrip("*"), "source_id": "x" if "*" in code else ""}
                for place, code in enumerate(codes)
            ),
        ],
        table: [settled],
    }  # fmt: skip
    return _codes_said({**made, **changed})


def _position(code: str, issue: str = "i") -> Cells:
    return {"actor": "RU", "issue": issue, "period": "2024-11", "code": code}


def _relation(sign: str) -> Cells:
    return {"actor_a": "CN", "actor_b": "RU", "period": "2023-06", "sign": sign}


def _act(code: str, actor: str = "CN") -> Cells:
    return {"event_id": "e", "actor_from": actor, "actor_to": "RU", "code": code}


@pytest.mark.parametrize(
    ("table", "column", "row", "codes", "right", "wrong"),
    [
        ("positions", "code", _position, ["-2*", "-1"], "-2", "-1"),
        ("positions", "code", _position, ["2", "2"], "2", "-2"),
        ("relations", "sign", _relation, ["-1*", "1"], "0", "-1"),
        ("relations", "sign", _relation, ["1*", "0"], "1", "0"),
        ("event_codes", "code", _act, ["036", "163*"], "036", "163"),
        ("event_codes", "code", _act, ["112*", "111"], "112", "111"),
    ],
)
def test_a_settled_code_follows_from_the_coders_codes(table: str, column: str, row: Any, codes: list[str], right: str, wrong: str) -> None:
    place = f"{table}.csv, row 2, column {column}: "
    assert _coded(table, row(right), *codes) == []
    assert rows.refused(_coded(table, row(wrong), *codes), f"{place}'{wrong}': not what the rule makes of the codes; write {right}")
    assert rows.refused(_coded(table, row(right)), f"{place}'{right}': no coder has coded it; add the coders' rows to codings.csv")


@pytest.mark.parametrize(
    ("table", "row", "codes", "scale", "where"),
    [
        ("positions", _position("-2"), ["-2", "3"], "i", "anchors.csv"),
        ("positions", _position("-2"), ["-2", "none"], "i", "anchors.csv"),
        ("positions", _position("1", "j"), ["1", "2"], "j", "anchors.csv"),
        ("positions", _position("1", "k"), ["1", "1"], "k", "anchors.csv"),
        ("relations", _relation("1"), ["1", "2"], "tie", "anchors.csv"),
        ("event_codes", _act("036"), ["036", "36"], "cameo.csv", "cameo.csv"),
    ],
)
def test_a_code_stands_on_its_scale(table: str, row: Cells, codes: list[str], scale: str, where: str) -> None:
    found = [said for said in _coded(table, row, *codes) if said.startswith("codings.csv")]
    said = f"codings.csv, row 4, column code: '{codes[1]}': no point of the scale {scale}; write a point that {where} gives a meaning"
    first = f"codings.csv, row 3, column code: '1': no point of the scale k; write a point that {where}"
    assert rows.refused(found, *([first] if scale == "k" else []), said)


def test_a_key_without_a_scale_is_named_itself() -> None:
    found = rows.said(checks.codings, {
        "anchors": [{"table": "positions", "scale": scale, "code": "1"} for scale in "ij"],
        "codings": [{"table": "positions", "key": "RU", "coder": "c", "code": "1"}],
    })  # fmt: skip
    assert rows.refused(found, "codings.csv, row 2, column code: '1': no point of the scale RU;")


def test_an_act_is_one_actors_towards_another() -> None:
    found = _coded("event_codes", _act("036", "RU"), "036")
    assert rows.refused(found, "event_codes.csv, row 2, column actor_to: 'RU': acts upon itself; name two actors")


AGREED = {"stands": ["affirms"], "bearings": ["for"]}


def _proposed(codes: dict[str, list[str]], stand: str = "affirms", claims: str = "a.01", bearing: str = "for") -> list[str]:
    """What is said of a proposition, one article's stand on it and one claim's bearing; another article has not begun."""
    keys = {"stands": "p|a", "bearings": "p|a.01"}
    return _codes_said({
        "articles": [{}, {"article_id": "b"}, {"article_id": "c"}],
        "claims": [{}, {"claim_id": "a.03"}, {"claim_id": "b.01", "article_id": "b"}],
        "propositions": [{"proposition_id": "p"}],
        "stands": [
            *([{"proposition_id": "p", "article_id": "a", "stand": stand, "claim_ids": claims}] if stand else []),
            {"proposition_id": "p", "article_id": "b", "stand": "silent"},
        ],
        "bearings": [{"proposition_id": "p", "claim_id": "a.01", "bearing": bearing}],
        "codings": [
            *(
                {"table": table, "key": keys[table], "coder": f"c{place}", "code": code}
                for table in ("bearings", "stands")
                for place, code in enumerate(codes[table])
            ),
            {"table": "stands", "key": "p|b", "coder": "c0", "code": "silent"},
        ],
    })  # fmt: skip


@pytest.mark.parametrize(
    ("codes", "cells", "said"),
    [
        (AGREED, {}, ""),
        ({**AGREED, "stands": ["silent", "affirms"]}, {}, ""),
        ({**AGREED, "stands": ["denies", "affirms"]}, {"stand": "qualifies"}, ""),
        ({**AGREED, "bearings": ["for", "against"]}, {"bearing": "neither"}, ""),
        ({"stands": ["denies"], "bearings": ["against"]}, {"stand": "denies", "bearing": "against"}, ""),
        ({"stands": ["qualifies"], "bearings": ["against"]}, {"stand": "qualifies", "bearing": "against"}, ""),
        ({**AGREED, "stands": ["silent"]}, {"stand": "silent", "claims": ""}, ""),
        (AGREED, {"claims": "a.09;a.01"}, ""),  # reported where claims are looked up
        ({**AGREED, "stands": ["denies", "affirms"]}, {}, "stands.csv, row 2, column stand: 'affirms': not what the rule makes of the codes; write qualifies"),
        ({**AGREED, "stands": []}, {}, "stands.csv, row 2, column stand: 'affirms': no coder has coded it"),
        ({**AGREED, "stands": ["affirms", "yes"]}, {}, "codings.csv, row 4, column code: 'yes': no point of the scale datapackage.json; write a point that datapackage.json gives"),
        ({**AGREED, "bearings": ["for", "up"]}, {}, "codings.csv, row 3, column code: 'up': no point of the scale datapackage.json; write a point that datapackage.json gives"),
        ({**AGREED, "bearings": ["neither"]}, {}, "bearings.csv, row 2, column bearing: 'for': not what the rule makes of the codes; write neither"),
        (AGREED, {"stand": ""}, "propositions.csv, row 2, column proposition_id: 'p': no stand of a; add its row to stands.csv"),
        (AGREED, {"claims": ""}, "stands.csv, row 2, column claim_ids: '': does not fit affirms; name the claims"),
        ({**AGREED, "stands": ["silent"]}, {"stand": "silent"}, "stands.csv, row 2, column claim_ids: 'a.01': does not fit silent; name"),
        (AGREED, {"claims": "a.03"}, "stands.csv, row 2, column claim_ids: 'a.03': a.03 bears on nothing here; add its row"),
        (AGREED, {"claims": "a.01;b.01"}, "stands.csv, row 2, column claim_ids: 'a.01;b.01': b.01 is of another article; name"),
        ({"stands": ["denies"], "bearings": ["for"]}, {"stand": "denies"}, "stands.csv, row 2, column claim_ids: 'a.01': a.01 bears for; an article that denies says the opposite"),
        ({"stands": ["affirms"], "bearings": ["against"]}, {"bearing": "against"}, "stands.csv, row 2, column claim_ids: 'a.01': a.01 bears against; an article that affirms"),
    ],
)  # fmt: skip
def test_a_stand_follows_from_its_codes_and_speaks_in_claims_that_bear(codes: dict[str, list[str]], cells: dict[str, str], said: str) -> None:
    assert rows.refused(_proposed(codes, **cells), *([said] if said else []))


def _rules(module: ModuleType) -> set[Any]:
    """The public functions of a module that find defects."""
    found = inspect.getmembers(module, inspect.isgeneratorfunction)
    return {rule for name, rule in found if not name.startswith("_") and rule.__module__ == module.__name__}


def test_every_rule_is_asked_once() -> None:
    families = [checks, *(module for _, module in inspect.getmembers(rules, inspect.ismodule))]
    known = set().union(*map(_rules, families))
    assert len(families) > 8 and len(known) > 40
    assert Counter([*checks.OF_CELLS, *checks.BETWEEN_ROWS, *checks.ON_ABSENCE]) == dict.fromkeys(known, 1)
    assert set(checks.ON_ABSENCE) == {checks.incomplete, checks.unused, rules.limits.too_few}
