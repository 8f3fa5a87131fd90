"""What every chapter shows alike: findings, evidence, definitions, curves, maps, in step with the tables."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from math import prod

import nbformat
import pytest
from chapter_rows import read_rows, value_of

from analysis import paths, specifications
from analysis.chapter import Chapter, read_chapter
from analysis.chapters import common, words
from analysis.figures.table import LONG
from analysis.verdicts import LABELS


@pytest.mark.parametrize("claim_id", ["dependence.065", "dependence.108", "dependence.141", "dependence.145"])
def test_every_reading_stands_beside_its_verdict(chapter: Chapter, claim_id: str) -> None:
    shown = common.definitions(chapter, claim_id).data
    assert len(shown) == len(read_rows("readings", claim_id=claim_id))
    assert set(shown["verdict"]) <= set(LABELS)
    assert shown["reading"].iloc[0].endswith(("(sets the criterion)", "(decides)"))


def test_definitions_keep_each_reading_in_its_own_unit(chapter: Chapter) -> None:
    values = " ".join(common.definitions(chapter, "dependence.065").data["value"]).replace("\u202f", " ")
    turnover = value_of("fx_moex.volume.cny", "2023") - value_of("fx_moex.volume.usd", "2023")
    assert f"₽{turnover:.2f} tn" in values and " pp" in values


def test_a_change_from_a_year_to_a_month_keeps_both_ends() -> None:
    periods_shown = list(common.definitions(read_chapter("offer"), "offer.086").data["period"])
    assert periods_shown[0] == "2021–Nov 2025" and "2023–2025" in periods_shown


def test_evidence_on_one_scale_leaves_out_readings_in_other_units(chapter: Chapter) -> None:
    units = {row["series_id"]: row["unit"] for row in read_rows("series")}
    readings = {row["reading_id"]: row for row in read_rows("readings", claim_id="dependence.065")}
    drawn = {
        readings[name]["key"] for name in common.evidence_figure(chapter, "dependence.065").data["reading_id"]
    }
    assert len({units[key.split(";")[0]] for key in drawn}) == 1
    assert len({units[row["key"].split(";")[0]] for row in readings.values()}) > 1


def test_a_claim_that_no_number_measures_has_no_evidence_figure(chapter: Chapter) -> None:
    with pytest.raises(ValueError, match="evidence-dependence-004: no measured evidence"):
        common.evidence_figure(chapter, "dependence.004")


def test_a_curve_accounts_for_every_declared_combination(chapter: Chapter) -> None:
    for claim_id, verdict in chapter.now.items():
        for curve in verdict.curves:
            rows = read_rows("specifications", claim_id=claim_id, estimand=curve.estimand)
            options = Counter(row["dimension"] for row in rows if row["dimension"] != "estimand")
            assert curve.combinations + curve.without_data + curve.provisional == prod(options.values()), claim_id
        if any(len(curve.runs) for curve in verdict.curves):
            runs = [curve.runs for curve in verdict.curves if len(curve.runs)]
            for part, figure in zip(runs, common.curve_figure(chapter, claim_id), strict=True):
                assert f"holds in {int(part['holds'].sum())} of {len(part)} comparison" in figure.title


def test_the_map_ends_in_the_conclusions(chapter: Chapter) -> None:
    graph = common.trunk(chapter)
    assert set(chapter.conclusions) <= set(graph)
    assert all(graph.in_degree(claim) or graph.out_degree(claim) for claim in graph)


def test_the_backbone_holds_every_conclusion_and_ways_between_them() -> None:
    reset = read_chapter("reset")
    graph = common.backbone(reset)
    concluding = {row["claim_id"] for row in read_rows("claims", article_id="reset", role="conclusion")}
    led = {row["to_claim"] for row in read_rows("inferences") if row["relation"] != "implies"}
    assert concluding & led <= set(graph)
    for claim in set(graph) - concluding:
        assert graph.in_degree(claim) and graph.out_degree(claim)


def test_the_answer_counts_every_claim_once(chapter: Chapter) -> None:
    said = words.answer(chapter).data
    counted = [
        int(count) for count in re.findall(r"(\d+) (?:supported|refuted|conflicting|not enough|open)", said)
    ]
    assert sum(counted) == len(read_rows("claims", article_id="dependence"))


@pytest.mark.parametrize("path", sorted(paths.BOOK.glob("*.ipynb")), ids=lambda path: path.stem)
def test_every_claim_of_a_chapter_stands_in_exactly_one_of_its_sections(path) -> None:
    sources = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    sections = [
        source for source in sources if source.startswith("findings(") and "chapter.claims" not in source
    ]
    # A section may spell its claims out or count them off.
    given = {"findings": lambda _, claim_ids, *_rest, **_named: list(claim_ids), "chapter": None}
    named = list(chain.from_iterable(eval(source, dict(given)) for source in sections))
    assert sorted(named) == sorted(row["claim_id"] for row in read_rows("claims", article_id=path.stem))


def test_every_declared_figure_is_shown() -> None:
    stored = "".join(path.read_text("utf-8") for path in sorted(paths.BOOK.glob("*.ipynb")))
    missing = [
        row["figure_id"]
        for row in read_rows("figures")
        if not re.search(rf"(figure|table)-{row['figure_id']}\W", stored)
    ]
    assert missing == []


def test_an_assumed_date_is_varied_between_its_bounds(chapter: Chapter) -> None:
    assert "prints its date" in words.moved_by_date(chapter).data
    hedge = read_chapter("hedge")
    (article,) = read_rows("articles", article_id="hedge")
    said = words.moved_by_date(hedge).data
    assert article["published_low"] in said and article["published_high"] in said
    listed = said.count("\n- ")
    assert said.splitlines()[0].endswith("no verdict at publication differs.") or f"{listed} verdict" in said


def test_the_named_sources_are_counted_before_what_differs() -> None:
    for article_id in ("dependence", "offer"):
        claims = {row["claim_id"] for row in read_rows("claims", article_id=article_id)}
        named = {row["claim_id"] for row in read_rows("attributions")} & claims
        said = words.misattributed(read_chapter(article_id)).data
        assert said.startswith(f"The article names a source for {len(named)} claims; for ")


def test_a_curve_says_what_held_at_publication(chapter: Chapter) -> None:
    early = chapter.library.published("dependence.040")
    known = {
        curve.estimand: (int(curve.runs["holds"].sum()), len(curve.runs))
        for curve in specifications.run(chapter.library, specifications.declare(chapter.library, "dependence.040"), early)
        if not curve.runs.empty
    }
    said = [re.search(r"publication: in (\d+) of (\d+)", figure.subtitle) for figure in common.curve_figure(chapter, "dependence.040")]
    assert sorted(tuple(map(int, found.groups())) for found in said if found) == sorted(known.values())


def test_long_lists_of_verdicts_fold_and_the_answer_never_does(chapter: Chapter) -> None:
    claims = list(chapter.claims)
    folded = common.findings(chapter, claims[: LONG + 1])._repr_html_()
    assert f"<summary>Show the {LONG + 1} rows</summary>" in folded
    assert "<details" not in common.findings(chapter, claims[:LONG])._repr_html_()
    assert "<details" not in words.conclusions(chapter)._repr_html_()
