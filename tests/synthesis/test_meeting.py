"""Where the articles meet: its words and figures follow from the rows, and from no order of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from chapter_rows import numbers_in, read_rows

from analysis.errors import InvalidData
from analysis.figures.stands import STANDS, chip, confrontation
from analysis.figures.stylesheet import stylesheet
from analysis.package import Tables
from analysis.synthesis import meeting
from analysis.synthesis.book import Book, read_book
from analysis.synthesis.meeting import AGREED, DISPUTED, QUALIFIED, Meeting


@pytest.fixture(scope="module")
def together() -> Meeting:
    return Meeting(read_book())


def changed(together: Meeting, **tables: Callable[[pd.DataFrame], pd.DataFrame]) -> Meeting:
    """The same on tables of which some have been changed; verdicts hang on none of these and are kept."""
    old = together.book.tables
    frames = {name: tables[name](old[name].copy()) if name in tables else old[name] for name in old}
    new = Meeting(replace(together.book, tables=Tables(old.schema, frames)))
    new.__dict__["labels"] = together.labels
    return new


def empty(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.iloc[:0]


def backwards(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.iloc[::-1]


def disputed() -> set[str]:
    """The propositions that one article affirms and another denies, from the file alone."""
    taken: dict[str, set[str]] = {}
    for row in read_rows("stands"):
        taken.setdefault(row["proposition_id"], set()).add(row["stand"])
    return {key for key, stands in taken.items() if {"affirms", "denies"} <= stands}


# Stands


def test_the_table_counts_the_disputes_of_the_rows(together: Meeting) -> None:
    table = meeting.stands_table(together)
    rows = read_rows("stands")
    propositions = {row["proposition_id"] for row in rows}
    assert numbers_in(table.title)[:2] == [len(disputed()), len(propositions)]
    assert len(table.data) == len(rows) == len(read_rows("articles")) * len(propositions)
    assert set(table.data.loc[table.data["accord"] == DISPUTED, "proposition_id"]) == disputed()
    for row in rows:
        for claim in filter(None, row["claim_ids"].split(";")):
            assert f"claims/{row['article_id']}.html#claim-{claim.replace('.', '-')}" in table.html
    assert table.html.count('class="stand ') == len(rows)


def test_disputes_stand_first_and_articles_in_order_of_publication(together: Meeting) -> None:
    order = [together.accord(key) for key in together.stands]
    assert order == sorted(order, key=[DISPUTED, QUALIFIED, AGREED].index)
    published = {row["article_id"]: row["published"] for row in read_rows("articles")}
    for stands in together.stands.values():
        assert list(stands) == sorted(published, key=lambda key: published[key])


def test_a_stand_that_changes_ends_a_dispute(together: Meeting) -> None:
    key = sorted(disputed())[0]

    def calmed(frame: pd.DataFrame) -> pd.DataFrame:
        hit = (frame["proposition_id"] == key) & (frame["stand"] == "denies")
        assert hit.any()
        return frame.assign(stand=frame["stand"].mask(hit, "affirms"))

    calm = changed(together, stands=calmed)
    assert calm.accord(key) != DISPUTED
    assert together.words[key]["short_en"] in meeting.disputes(together).data
    assert together.words[key]["short_en"] not in meeting.disputes(calm).data
    assert meeting.stands_table(calm).title != meeting.stands_table(together).title
    assert f"On {len(disputed()) - 1} one affirms" in meeting.answer(calm).data


def test_what_is_missing_is_named(together: Meeting) -> None:
    key = read_rows("propositions")[0]["proposition_id"]
    lacking = changed(together, stands=lambda frame: frame[frame["proposition_id"] != key])
    with pytest.raises(ValueError, match=f"{key} has no stand of endgame in stands.csv"):
        meeting.stands_table(lacking)
    with pytest.raises(ValueError, match="no shared proposition"):
        meeting.answer(changed(together, propositions=empty))
    with pytest.raises(ValueError, match="no claim bears"):
        meeting.evidence(changed(together, bearings=empty))
    with pytest.raises(ValueError, match="leads to no conclusion"):
        meeting.conclusions_table(changed(together, inferences=empty))


def test_an_article_that_nobody_has_coded_waits_and_is_named(together: Meeting) -> None:
    waiting = changed(together, stands=lambda frame: frame[frame["article_id"] != "offer"])
    assert waiting.articles == [article for article in together.articles if article != "offer"]
    assert set(meeting.stands_table(waiting).data["article_id"]) == set(waiting.articles)
    assert "Not yet held against the propositions: Offer, Feb 2026." in meeting.answer(waiting).data
    assert "Not yet held" not in meeting.answer(together).data


# Evidence


def test_a_claim_counts_the_way_it_bears_and_turned_round_when_refuted(together: Meeting) -> None:
    signs = {"Supported": 1, "Refuted": -1}
    for key in together.stands:
        ways = [
            signs.get(together.labels["now"][row["claim_id"]], 0) * (1 if row["bearing"] == "for" else -1)
            for row in read_rows("bearings", proposition_id=key)
            if row["bearing"] != "neither"
        ]
        assert together.borne_out(key) == (ways.count(1), ways.count(-1))


def test_the_evidence_shows_every_bearing_and_counts_the_leaning(together: Meeting) -> None:
    figure = meeting.evidence(together)
    rows = [row for row in read_rows("bearings") if row["bearing"] != "neither"]
    assert sorted(figure.data["claim_id"]) == sorted(row["claim_id"] for row in rows)
    leans = [one - other for one, other in map(together.borne_out, together.stands)]
    expected = [sum(lean > 0 for lean in leans), len(leans), sum(lean < 0 for lean in leans)]
    assert numbers_in(figure.title.replace("none", "0").replace("all", f"{len(leans)} of")) == expected
    table = meeting.bearing_table(together)
    assert len(re.findall('<a class="verdict-claim-id"', table.html)) == len(rows)


def test_a_bearing_turned_round_changes_sides(together: Meeting) -> None:
    hit = next(row for row in together.bearings.to_dict("records") if row["now"] == "Supported")

    def turned(frame: pd.DataFrame) -> pd.DataFrame:
        this = (frame["proposition_id"] == hit["proposition_id"]) & (frame["claim_id"] == hit["claim_id"])
        assert this.sum() == 1
        other = "against" if hit["bearing"] == "for" else "for"
        return frame.assign(bearing=frame["bearing"].mask(this, other))

    one, other = together.borne_out(hit["proposition_id"])
    step = -1 if hit["bearing"] == "for" else 1
    assert changed(together, bearings=turned).borne_out(hit["proposition_id"]) == (one + step, other - step)
    unsure = changed(together, bearings=lambda frame: frame.assign(bearing="neither"))
    with pytest.raises(ValueError, match="no claim bears"):
        meeting.evidence(unsure)


# The joint argument


def test_propositions_are_sinks_fed_by_the_claims_of_the_stands(together: Meeting) -> None:
    graph = together.argument.graph
    way = {(row["proposition_id"], row["claim_id"]): row["bearing"] for row in read_rows("bearings")}
    for row in read_rows("stands"):
        for claim in filter(None, row["claim_ids"].split(";")):
            bearing = way[row["proposition_id"], claim]
            if bearing == "neither":  # the coders differ on it, so it passes nothing on
                assert not graph.has_edge(claim, row["proposition_id"])
            else:
                relation = {"for": "support", "against": "attack"}[bearing]
                assert graph.edges[claim, row["proposition_id"]]["relation"] == relation
    assert all(graph.out_degree(key) == 0 for key in together.stands)


def test_joined_or_apart_a_conclusion_is_as_strong(together: Meeting) -> None:
    joined = together.strengths()
    for chapter in together.book.chapters.values():
        for claim, strength in chapter.strengths().items():
            assert joined[claim] == pytest.approx(strength)


def test_a_proposition_that_led_back_would_be_refused(together: Meeting) -> None:
    key, (_, named) = next(
        (key, stand) for key, stands in together.stands.items() for stand in stands.values() if stand[1]
    )

    def circular(frame: pd.DataFrame) -> pd.DataFrame:
        row = {
            "inference_id": "x.i01",
            "from_claim": key,
            "to_claim": named[0],
            "relation": "support",
            "warrant": "w",
        }
        return pd.concat([frame, pd.DataFrame([row])], ignore_index=True)

    with pytest.raises(InvalidData, match="circle"):
        _ = changed(together, inferences=circular).argument


def test_the_weightiest_premise_moves_what_its_fall_moves(together: Meeting) -> None:
    figure = meeting.hinges(together)
    premise = figure.data["claim_id"].iloc[0]
    base = together.argument.base_scores(together.labels["now"])
    before, after = (together.argument.strengths(scores) for scores in (base, {**base, premise: 0.1}))
    targets = [*together.conclusions, *together.stands]
    total = sum(abs(after[key] - before[key]) for key in targets)
    assert float(figure.data["value"].iloc[0]) == pytest.approx(total, abs=0.005)
    assert list(figure.data["value"].astype(float)) == sorted(
        figure.data["value"].astype(float), reverse=True
    )
    moving = together.rules.iloc[:, 0].sort_values(ascending=False)
    half = numbers_in(figure.title)[0]
    assert moving.iloc[: int(half)].sum() >= moving.sum() / 2 > moving.iloc[: int(half) - 1].sum()


def test_a_claim_that_is_refuted_weakens_what_it_carries(together: Meeting) -> None:
    premise = meeting.hinges(together).data["claim_id"].iloc[0]
    other = changed(together)
    other.__dict__["labels"] = {
        when: {**labels, premise: "Refuted"} for when, labels in together.labels.items()
    }
    assert meeting.hinges(other).csv != meeting.hinges(together).csv
    assert other.strengths() != together.strengths()


def test_the_strengths_of_propositions_are_named_and_lie_in_their_range(together: Meeting) -> None:
    figure = meeting.proposition_strengths(together)
    now = together.strengths()
    near = sum(abs(now[key] - 0.5) <= meeting.MARGIN + 1e-9 for key in together.stands)
    assert numbers_in(figure.title.replace("all", f"{near} of").replace("none", "0"))[:2] == [
        near,
        len(figure.data),
    ]
    values = figure.data["value"].astype(float)
    assert ((figure.data["low"] <= values + 0.005) & (values - 0.005 <= figure.data["high"])).all()


def test_no_order_of_rows_changes_anything(together: Meeting) -> None:
    tables = ("propositions", "stands", "bearings", "inferences")
    turned = changed(together, **dict.fromkeys(tables, backwards))
    for make in (meeting.answer, meeting.disputes, meeting.joint, meeting.moved_most, meeting.stability):
        assert make(turned).data == make(together).data
    for table in (
        meeting.stands_table,
        meeting.bearing_table,
        meeting.conclusions_table,
        meeting.propositions,
    ):
        assert table(turned)._repr_html_() == table(together)._repr_html_()
    for figure in (meeting.evidence, meeting.hinges, meeting.proposition_strengths):
        assert figure(turned)._repr_html_() == figure(together)._repr_html_()


def test_the_joint_words_count_what_is_there(together: Meeting) -> None:
    said = meeting.joint(together).data
    premises = {row["from_claim"] for row in read_rows("inferences") if row["relation"] != "implies"}
    reached = {row["to_claim"] for row in read_rows("inferences") if row["relation"] != "implies"}
    named = {claim for row in read_rows("stands") for claim in filter(None, row["claim_ids"].split(";"))}
    assert f"join {len(premises | reached | named)} claims" in said
    assert f"; {len((premises | named) - reached)} premises" in said
    assert "coded" in meeting.coders(together).data or "codes equal" in meeting.coders(together).data


# Their look


def test_stands_have_looks_and_what_is_no_stand_is_refused() -> None:
    sheet = stylesheet()
    for name, look in STANDS.items():
        assert f".stand-{name}" in sheet and look.icon in chip(name)
    assert (
        len({look.icon for look in STANDS.values()})
        == len({look.fill for look in STANDS.values()})
        == len(STANDS)
    )
    with pytest.raises(ValueError, match="'agrees' is no stand"):
        chip("agrees")


@pytest.mark.parametrize(
    ("rows", "stands", "message"),
    [
        ({}, {"P": {"agrees": ["a"]}}, "'agrees' is no stand"),
        ({}, {}, "'P' has no stand"),
        ({"now": "True"}, {"P": {"affirms": ["a"]}}, "'True' is no verdict"),
    ],
)
def test_what_cannot_be_confronted_is_refused(
    rows: dict[str, str], stands: dict[str, dict[str, list[str]]], message: str
) -> None:
    data = pd.DataFrame([{"proposition": "P", "bearing": "for", "then": "Open", "now": "Supported", **rows}])
    words = {"figure_id": "f", "title": "T", "subtitle": "S", "source": "B", "alt": "A"}
    with pytest.raises(ValueError, match=message):
        confrontation(data, stands=stands, **words)
    with pytest.raises(ValueError, match="figure f"):
        confrontation(data.iloc[:0], stands=stands, **words)


def test_a_book_opens_its_chapters_on_one_set_of_tables(together: Meeting) -> None:
    book = together.book
    assert isinstance(book, Book) and all(chapter.tables is book.tables for chapter in book.chapters.values())
