"""Politics beside the economy: what is drawn is what the rows say, recomputed from the files."""

from __future__ import annotations

from itertools import permutations
from math import sqrt
from statistics import mean, pstdev

import pytest
from chapter_rows import levels_of, numbers_in, read_rows, with_table, with_value_changed, without_rows

from analysis.chapter import Chapter, read_chapter
from analysis.chapters.hedge import politics

PATROLS, EXPORTS = "cn_ru_bomber_patrols.count", "cn_customs.exports_to_ru"
DRAWN = {
    "hedge-politics-economics": (politics.side_by_side, PATROLS, "2025"),
    "hedge-votes": (politics.votes, politics.VOTES, "2022-11-14"),
    "hedge-contacts": (politics.contacts, PATROLS, "2025"),
    "hedge-divergence": (politics.specifications, EXPORTS, "2025"),
    "hedge-divergence-test": (politics.tests, EXPORTS, "2025"),
}


@pytest.fixture(scope="module")
def own() -> Chapter:
    return read_chapter("hedge")


def votes_of_china(year: str) -> list[int]:
    rows = read_rows("observations", series_id=politics.VOTES, geo="CN")
    return [int(row["value"]) for row in rows if row["period"].startswith(year)]


def yearly(series_id: str) -> dict[int, float]:
    return {int(period): value for period, value in levels_of(series_id).items() if period.isdigit()}


@pytest.mark.parametrize("figure_id", DRAWN)
def test_a_changed_cell_changes_the_figure(own: Chapter, figure_id: str) -> None:
    draw, series, period = DRAWN[figure_id]
    rows = read_rows("observations", series_id=series, period=period)
    cell = next(row["observation_id"] for row in rows if row["geo"] == "CN")
    factor = "0" if series == politics.VOTES else "0.9"
    assert draw(own).csv != draw(with_value_changed(own, cell, factor)).csv


@pytest.mark.parametrize("figure_id", DRAWN)
def test_without_rows_the_error_names_the_figure(own: Chapter, figure_id: str) -> None:
    with pytest.raises(ValueError, match="figure hedge-"):
        DRAWN[figure_id][0](without_rows(own, "observations"))


def test_the_measures_that_rose_and_fell_are_counted(own: Chapter) -> None:
    moved = []
    for series in (
        "xi_putin_meetings.count",
        PATROLS,
        EXPORTS,
        "crude.imports_volume",
        "gas.pipeline_to_china",
    ):
        values = yearly(series)
        moved.append(values[2025] - values[2023])
    shares = [votes_of_china(year).count(-1) / len(votes_of_china(year)) for year in ("2023", "2025")]
    sides = [[*moved[:2], shares[1] - shares[0]], moved[2:]]
    fell = [sum(change < 0 for change in side) for side in sides]
    rose = [sum(change > 0 for change in side) for side in sides]
    title = politics.side_by_side(own).title
    wanted = [
        2023,
        2025,
        fell[0],
        3,
        *([rose[0]] if rose[0] else []),
        fell[1],
        3,
        *([rose[1]] if rose[1] else []),
    ]
    assert numbers_in(title) == wanted
    outran = rose[0] - fell[0] > rose[1] - fell[1]
    assert ("did not outrun" in title) != outran


def test_votes_are_counted_with_abstention_apart(own: Chapter) -> None:
    since = [vote for year in range(2022, 2027) for vote in votes_of_china(str(year))]
    figure = politics.votes(own)
    assert numbers_in(figure.title) == [2022, since.count(0), since.count(-1)]
    texts = {row["period"] for row in read_rows("observations", series_id=politics.VOTES)}
    assert figure.data["question"].nunique() == len(texts)
    assert "never" in figure.title and 1 not in since


def test_the_index_is_recomputed_for_one_pair(own: Chapter) -> None:
    patrols, exports = yearly(PATROLS), yearly(EXPORTS)
    years = [year for year in sorted(patrols) if year <= 2025]

    def z(values: dict[int, float], year: int) -> float:
        used = [values[one] for one in years]
        return (values[year] - mean(used)) / pstdev(used)

    wanted = (z(patrols, 2025) - z(exports, 2025)) - (z(patrols, 2023) - z(exports, 2023))
    frame = politics.divergences(own).set_index(["politics", "economy", "compared with", "standardised over"])
    assert frame.loc[("patrols", "exports", "2023", "all common years"), "estimate"] == pytest.approx(wanted)


def test_every_declared_combination_stands_in_the_curve(own: Chapter) -> None:
    frame = politics.divergences(own)
    assert len(frame) == (len(politics.POLITICS) + 1) * (len(politics.ECONOMY) + 1) * 2 * 2
    empty = frame[frame["estimate"].isna()]
    assert set(empty["politics"]) >= {"exercises"} and set(empty["economy"]) >= {"investment", "payments"}
    known = frame.dropna(subset=["estimate"])
    held = int((known["estimate"].astype(float).round(9) > 0).sum())
    assert numbers_in(politics.specifications(own).title) == [2025, held, len(known)]


def test_the_p_of_one_pair_is_the_share_of_all_orders(own: Chapter) -> None:
    patrols, exports = yearly(PATROLS), yearly(EXPORTS)
    years = [year for year in sorted(patrols) if year <= 2025]
    one, other = [patrols[year] for year in years], [exports[year] for year in years]

    def correlation(first: tuple[float, ...] | list[float]) -> float:
        a, b = mean(first), mean(other)
        cross = sum((x - a) * (y - b) for x, y in zip(first, other, strict=True))
        return cross / sqrt(sum((x - a) ** 2 for x in first) * sum((y - b) ** 2 for y in other))

    found = [correlation(order) for order in permutations(one)]
    p = sum(value <= correlation(one) + 1e-9 for value in found) / len(found)
    table = politics.tests(own).data
    row = table[(table["politics"] == "patrols") & (table["economy"] == "exports")].iloc[0]
    assert row["distance"] == pytest.approx(p)
    assert row["nearest"] == pytest.approx(sum(value <= min(found) + 1e-9 for value in found) / len(found))


def test_what_the_rivals_expect_is_counted(own: Chapter) -> None:
    rows = read_rows("expectations")
    table = politics.rivals(own)
    by_claim: dict[str, dict[str, str]] = {}
    for row in rows:
        by_claim.setdefault(row["claim_id"], {})[row["rival"]] = row["expects"]
    telling = {key: codes for key, codes in by_claim.items() if len(set(codes.values()) - {"open"}) > 1}
    outcome = {"Supported": "yes", "Refuted": "no"}
    decided = {key: codes for key, codes in telling.items() if own.now[key].label in outcome}
    wanted = [len(telling), len(by_claim), len(decided)]
    for rival in ("fear", "strategy", "demand"):
        asked = {key: codes[rival] for key, codes in decided.items() if codes[rival] != "open"}
        wanted += [sum(outcome[own.now[key].label] == code for key, code in asked.items()), len(asked)]
    assert numbers_in(table.title) == wanted
    for row in table.data.to_dict("records"):
        if row["verdict"] not in outcome:
            assert row["speaks"].startswith("nobody")


def test_a_verdict_that_falls_changes_for_whom_it_speaks(own: Chapter) -> None:
    def turn(frame):  # type: ignore[no-untyped-def]
        frame.loc[(frame["claim_id"] == "hedge.34") & (frame["rival"] == "demand"), "expects"] = "yes"
        return frame

    assert politics.rivals(own).csv != politics.rivals(with_table(own, "expectations", turn)).csv
    with pytest.raises(ValueError, match="hedge-rivals"):
        politics.rivals(without_rows(own, "expectations"))


def test_the_map_holds_both_rivals_and_the_hedge(own: Chapter) -> None:
    figure = politics.rivals_map(own)
    for claim_id in ("hedge.26", "hedge.68", "hedge.37"):
        assert claim_id in figure.csv
    strengths = own.strengths()
    assert numbers_in(figure.title) == [round(strengths[name], 2) for name in ("hedge.26", "hedge.68")]


def test_every_reference_is_accounted_for(own: Chapter) -> None:
    rows = [
        row
        for row in read_rows("attributions")
        if row["claim_id"] in {f"hedge.{number}" for number in range(90, 97)}
    ]
    found = [row for row in rows if row["faithful"] != "source_not_found"]
    table = politics.references(own)
    assert len(table.data) == len(rows) == 7
    assert (table.data["found"] == "yes").sum() == len(found)
    assert numbers_in(table.title)[:2] == [len(found), 7]
    assert all(table.data["searched"])
    with pytest.raises(ValueError, match="hedge-references"):
        politics.references(without_rows(own, "attributions"))
