"""What each article got right and wrong, in step with the ledger as its command prints it and with the rows."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter, defaultdict
from typing import Any

import pytest
from books import changed, empty, only
from chapter_rows import numbers_in, read_rows

from analysis import paths
from analysis.synthesis import virtues
from analysis.synthesis.book import Book

Line = dict[str, Any]


@pytest.fixture(scope="module")
def ledger() -> list[Line]:
    """The ledger from the command line, on the files."""
    command = [sys.executable, "-m", "analysis", "ledger", "--json"]
    done = subprocess.run(command, cwd=paths.DATA.parent, capture_output=True, check=True)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def fates(line: Line) -> str:
    """Where a claim stands, said once more."""
    now, then = line["verdict"], line["verdict_at_publication"]
    return {
        ("Supported", True): "right when written",
        ("Supported", False): "confirmed later",
        ("Refuted", True): "wrong when written",
        ("Refuted", False): "overturned later",
    }.get(
        (now, now == then),
        {"Conflicting evidence": "evidence conflicts", "Open": "still open"}.get(now, "cannot be told"),
    )


def by_article(ledger: list[Line]) -> dict[str, list[Line]]:
    groups = defaultdict(list)
    for line in ledger:
        groups[line["article_id"]].append(line)
    return groups


def test_each_claim_stands_in_one_list_of_its_article(book: Book, ledger: list[Line]) -> None:
    for article, lines in by_article(ledger).items():
        listed = {
            claim_id: table.table_id.removeprefix(f"{article}-").replace("-", " ")
            for table in virtues.lists(book, article)
            for claim_id in table.data["claim_id"]
        }
        assert sum(len(table.data) for table in virtues.lists(book, article)) == len(lines)
        assert listed == {line["claim_id"]: fates(line) for line in lines}


def test_every_line_leads_to_its_claim(book: Book) -> None:
    for article in book.chapters:
        for table in virtues.tables(book, article):
            for claim_id in table.data["claim_id"]:
                assert f'href="claims/{article}.html#claim-{claim_id.replace(".", "-")}"' in table.html


def test_the_titles_say_counts_and_shares(book: Book, ledger: list[Line]) -> None:
    groups = by_article(ledger)
    for article, lines in groups.items():
        counts = Counter(map(fates, lines))
        for table in virtues.lists(book, article):
            name = table.table_id.removeprefix(f"{article}-").replace("-", " ")
            said = numbers_in(table.title)
            assert said[:2] == [counts[name], len(lines)]
            assert said[2] == pytest.approx(100 * counts[name] / len(lines), abs=0.501)


def test_the_pictures_count_the_ledger(book: Book, ledger: list[Line]) -> None:
    shares = {True: [], False: []}
    data = virtues.fates_figure(book).data.set_index(["row", "kind"])["count"]
    for article, lines in by_article(ledger).items():
        counts = Counter(map(fates, lines))
        assert data[book.name(article)].to_dict() == counts
        for good, label in ((True, "Supported"), (False, "Refuted")):
            shares[good].append(100 * sum(line["verdict"] == label for line in lines) / len(lines))
    said = numbers_in(virtues.fates_figure(book).title)
    expected = [end for good in (True, False) for end in (min(shares[good]), max(shares[good]))]
    assert said == pytest.approx(expected, abs=0.501)


def test_the_kinds_are_those_of_the_ledger(book: Book, ledger: list[Line]) -> None:
    figure = virtues.kinds_figure(book)
    drawn = {(row["row"], row["column"], row["kind"]): row["count"] for _, row in figure.data.iterrows()}
    counts = Counter(
        (virtues.KINDS[line["kind"]], line["article_id"].capitalize(), line["verdict"]) for line in ledger
    )
    assert drawn == counts
    assert list(dict.fromkeys(figure.data["row"])) == [
        name for kind, name in virtues.KINDS.items() if any(line["kind"] == kind for line in ledger)
    ]
    said = numbers_in(figure.title)
    for kind, share in zip(("numerical", "event", "position", "forecast", "causal"), said, strict=True):
        verdicts = [line["verdict"] for line in ledger if line["kind"] == kind]
        settled = sum(verdict in ("Supported", "Refuted") for verdict in verdicts)
        assert share == pytest.approx(100 * settled / len(verdicts), abs=0.501)


def test_the_overview_adds_up(book: Book, ledger: list[Line]) -> None:
    counts = Counter(map(fates, ledger))
    said = numbers_in(str(virtues.overview(book).data))
    right = counts["right when written"] + counts["confirmed later"]
    wrong = counts["wrong when written"] + counts["overturned later"]
    assert said[:3] == [len(ledger), len(by_article(ledger)), right]
    assert said[4] == wrong
    assert said[6:9] == [counts["evidence conflicts"], counts["cannot be told"], counts["still open"]]
    assert right + wrong + sum(said[6:9]) == len(ledger)
    assert said[-2:] == [counts["confirmed later"], counts["overturned later"]]


def test_the_summary_counts_kinds_and_sources(book: Book, ledger: list[Line]) -> None:
    for article, lines in by_article(ledger).items():
        text = str(virtues.summary(book, article).data)
        for kind, total in Counter(line["kind"] for line in lines).items():
            right = sum(line["kind"] == kind and line["verdict"] == "Supported" for line in lines)
            assert f"{virtues.KINDS[kind]} {right} of {total}" in text
        named = Counter(line["attribution"] for line in lines if line["attribution"])
        if named:
            said = numbers_in(text[text.index("**Sources:**") :])
            checked = named["yes"] + named["partly"] + named["no"]
            total = named.total()
            assert said == [total, checked, named["yes"], named["partly"], named["no"], total - checked]


def test_what_is_attributed_wrongly_is_that_of_the_rows(book: Book) -> None:
    for article in book.chapters:
        rows = [row for row in read_rows("attributions") if row["claim_id"].startswith(f"{article}.")]
        tables = {table.table_id: table for table in virtues.attributed(book, article)}
        for name, answers in (
            ("attributed-wrongly", ("no", "partly")),
            ("attribution-unchecked", ("source_not_found", "unchecked")),
        ):
            expected = sorted((row["claim_id"], row["source_id"]) for row in rows if row["faithful"] in answers)
            table = tables.get(f"{article}-{name}")
            found = [] if table is None else sorted(zip(table.data["claim_id"], table.data["source_id"], strict=True))
            assert found == expected


def test_causes_are_undecided_by_the_rule(book: Book, ledger: list[Line]) -> None:
    causes = [line for line in ledger if line["kind"] == "causal"]
    settled = sum(line["verdict"] in ("Supported", "Refuted") for line in causes)
    names = {line["claim_id"] for line in causes}
    implied = {row["from_claim"] for row in read_rows("inferences", relation="implies")} & names
    text = str(virtues.why_causes(book).data)
    assert f"{settled or 'None'} of {len(causes)} causal" in text
    assert f"named for {len(implied)} of {len(causes)}" in text


def test_what_speaks_against_a_claim_is_quoted_from_its_rows(book: Book, ledger: list[Line]) -> None:
    stances = {(row["claim_id"], row["source_id"]): row for row in read_rows("stances")}
    events = {row["event_id"]: row["event"] for row in read_rows("events")}
    wrong = {
        claim_id: table.html
        for article in book.chapters
        for table in virtues.lists(book, article)
        if table.table_id.endswith("wrong-when-written")
        for claim_id in table.data["claim_id"]
    }
    quoted = 0
    for line in ledger:
        if line["claim_id"] not in wrong or line["kind"] not in ("quote", "position", "legal", "event"):
            continue
        grounds = [
            stances[line["claim_id"], row["source_id"]]["ground"] if row["table"] == "stances" else events[row["key"]]
            for row in line["evidence"]
            if row["table"] in ("stances", "events")
        ]
        assert any(ground.rstrip(".")[:40] in wrong[line["claim_id"]].replace("&#x27;", "'") for ground in grounds)
        quoted += 1
    assert quoted


def test_a_changed_row_moves_its_claim(book: Book) -> None:
    few = changed(book, articles=only("hedge"))
    before = virtues.fates_figure(few)

    halved = changed(few, observations=lambda frame: frame.assign(value=[value / 2 for value in frame["value"]]))
    assert virtues.fates_figure(halved).data.to_dict() != before.data.to_dict()
    turned = changed(few, attributions=lambda frame: frame.assign(faithful="no", discrepancy="it says otherwise"))
    (table,) = virtues.attributed(turned, "hedge")
    assert len(table.data) == len([row for row in read_rows("attributions") if row["claim_id"].startswith("hedge.")])
    assert "The article names none" not in str(virtues.summary(turned, "hedge").data).replace("**", "")
    assert virtues.attributed(changed(few, attributions=empty), "hedge") == []
    assert "names none" in str(virtues.summary(changed(few, attributions=empty), "hedge").data)


def test_what_is_missing_is_named(book: Book) -> None:
    bare = changed(book, claims=empty, articles=only("hedge"))
    with pytest.raises(ValueError, match="right-and-wrong: there is no claim"):
        virtues.fates_figure(bare)
    claims = changed(book, articles=only("hedge", "offer"), claims=only("offer"))
    with pytest.raises(ValueError, match="hedge-right-and-wrong: the article has no claim"):
        virtues.summary(claims, "hedge")
    plain = changed(book, articles=only("offer"), claims=lambda frame: frame[frame["kind"] != "causal"])
    assert str(virtues.why_causes(plain).data) == "No article states a cause."


def test_every_article_with_claims_stands_on_the_page_in_order(book: Book) -> None:
    two = changed(book, articles=only("hedge", "offer"), claims=only("offer"))
    shown = [getattr(part, "data", "") for part in virtues.one_by_one(two)]
    assert [text for text in shown if str(text).startswith("<h3")] == [
        '<h3 id="right-and-wrong-offer">Offer, Feb 2026</h3>'
    ]
    assert len(shown) == 2 + len(virtues.tables(two, "offer"))
    assert "#right-and-wrong-offer" in virtues.contents(two).data and "hedge" not in virtues.contents(two).data
