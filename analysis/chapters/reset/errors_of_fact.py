"""Errors of fact: which dates, offices, figures, words and legal points the sources give otherwise.

The list follows from verdicts: Refuted or Conflicting claims of kinds that state a fact, with what the rows
against them say. A forecast is no statement of fact and never enters; nor does a position or a cause, which the
sections judge. Beside each error stands whether it was one on what was known at publication, and beside the list
how many statements of each kind were checked and right.
"""

from __future__ import annotations

from html import escape

import pandas as pd
from IPython.display import Markdown

from analysis.addresses import claim_address, source_address
from analysis.chapter import Chapter
from analysis.chapters.phrases import of_all
from analysis.figures.figure import Figure
from analysis.figures.numbers import quantity
from analysis.figures.table import LONG, Column, Html, Table, markup
from analysis.figures.time_axis import printed
from analysis.figures.verdicts import ATTRIBUTION, chip, verdict_counts
from analysis.readings import Evidence
from analysis.verdicts import CONFLICTING, NOT_ENOUGH, REFUTED, SUPPORTED, plural

KINDS = {
    "event": "dates and events",
    "office": "offices",
    "numerical": "figures",
    "quote": "words of others",
    "legal": "legal points",
}
WRONG = (REFUTED, CONFLICTING)
THEN, LATER, TURNED = "known when it was written", "shown only later", "true when written, overturned later"
SINCE = {
    THEN: "against sources of the day",
    LATER: "against sources that came later",
    TURNED: "true when written and overturned since",
}


def _said(chapter: Chapter, item: Evidence) -> list[tuple[str, str]]:
    """What the rows of one piece of evidence say, each with the id of its source."""
    said = []
    for reference in item.references:
        if reference.table == "stances":
            rows = chapter.tables["stances"]
            claim, source = reference.key, reference.source_id
            rows = rows[(rows["claim_id"] == claim) & (rows["source_id"] == source)]
            text = " ".join(rows["ground"])
        elif reference.table == "events":
            row = chapter.tables.row("events", reference.row_id)
            did = "" if row["occurred"] == "yes" else ", did not happen"
            text = f"{row['date']}{did}: {row['event']}"
        elif reference.table == "offices":
            rows = chapter.tables["offices"]
            person, _, office = reference.key.partition("|")
            rows = rows[
                (rows["person"] == person)
                & (rows["office"] == office)
                & (rows["source_id"] == reference.source_id)
            ]
            text = "; ".join(
                f"{row['person']}, {row['office']}, from {row['from']} to {row['to'] or 'now'}"
                for _, row in rows.iterrows()
            )
        else:
            row = chapter.tables.row("observations", reference.row_id)
            series = chapter.library.series[row["series_id"]]
            value = quantity(row["value"], series["unit"])
            text = f"{series['title_en']}, {printed(row['period'])}: {value}"
        said.append((text, reference.source_id))
    return said


def _when(chapter: Chapter, claim_id: str) -> str:
    before = chapter.then[claim_id].label
    if before in WRONG:
        return THEN
    return TURNED if before == SUPPORTED else LATER


def _wrong(chapter: Chapter) -> list[str]:
    return [
        claim_id
        for claim_id, claim in chapter.claims.items()
        if claim["kind"] in KINDS and chapter.now[claim_id].label in WRONG
    ]


def _evidence(chapter: Chapter, claim_id: str, judgement: str = "outside") -> list[tuple[str, str]]:
    """The rows against a claim, or those with it (`inside`), each text once, with its source."""
    found = [
        pair
        for item in chapter.now[claim_id].evidence
        if item.judgement == judgement
        for pair in _said(chapter, item)
    ]
    return list(dict.fromkeys(found))


def errors(chapter: Chapter) -> Table:
    """Each statement of fact that the sources give otherwise, with what they say and since when that was known."""
    found = _wrong(chapter)
    if not found:
        raise ValueError(f"table {chapter.article_id}-errors: no statement of fact is refuted or disputed")
    # What is refuted comes before what is disputed, and each in order of the text.
    found.sort(key=lambda claim_id: (WRONG.index(chapter.now[claim_id].label), claim_id))
    against = [_evidence(chapter, claim_id) for claim_id in found]
    shown = pd.DataFrame(
        {
            "claim": [
                Html(
                    f'<a href="{escape(claim_address(claim_id))}">{escape(claim_id)}</a> '
                    f"{escape(chapter.claims[claim_id]['statement_en'])}"
                )
                for claim_id in found
            ],
            "kind": [KINDS[chapter.claims[claim_id]["kind"]] for claim_id in found],
            "verdict": [chip(chapter.now[claim_id].label) for claim_id in found],
            "instead": [
                Html(
                    "<div>"
                    + "<br>".join(_sentence(chapter, text, source) for text, source in rows)
                    + "</div>"
                )
                for rows in against
            ],
            "with": [
                Html("<div>" + "<br>".join(_sentence(chapter, *pair) for pair in rows) + "</div>")
                if rows
                else ""
                for rows in (_evidence(chapter, claim_id, "inside") for claim_id in found)
            ],
            "when": [_when(chapter, claim_id) for claim_id in found],
        }
    )
    columns = {
        "claim": Column("The article"),
        "kind": Column("Kind"),
        "verdict": Column("Verdict now"),
        "instead": Column("What sources say instead"),
        "with": Column("Sources on its side"),
        "when": Column("Evidence against it"),
    }
    labels = [chapter.now[claim_id].label for claim_id in found]
    data = pd.DataFrame(
        {
            "claim_id": found,
            "kind": [chapter.claims[claim_id]["kind"] for claim_id in found],
            "verdict": labels,
            "verdict_at_publication": [chapter.then[claim_id].label for claim_id in found],
            "when": shown["when"],
            "sources": ["; ".join(dict.fromkeys(source for _, source in rows)) for rows in against],
        }
    )
    checked = len(_checked(chapter))
    return Table(
        f"{chapter.article_id}-errors",
        f"Of {checked} statements of fact that could be checked, {labels.count(REFUTED)} are refuted and "
        f"{labels.count(CONFLICTING)} disputed",
        "Events, offices, figures, quotations and legal points; refuted: all sources are against; disputed: sources on "
        "both sides, or on a part of it",
        "the rows named at each claim",
        markup(shown, columns, "finding-cards"),
        data,
    )


def _sentence(chapter: Chapter, text: str, source: str) -> str:
    publisher = chapter.library.sources[source]["publisher"]
    return f'{escape(text.rstrip("."))} (<a href="{escape(source_address(source))}">{escape(publisher)}</a>)'


def _checked(chapter: Chapter) -> list[str]:
    """The statements of fact on which there is a verdict."""
    return [
        claim_id
        for claim_id, claim in chapter.claims.items()
        if claim["kind"] in KINDS and chapter.now[claim_id].label != NOT_ENOUGH
    ]


def counts(chapter: Chapter) -> Figure:
    """How the statements of fact fared by kind, at publication and now."""
    rows = chapter.verdict_rows(
        claim_id for claim_id, claim in chapter.claims.items() if claim["kind"] in KINDS
    )
    if rows.empty:
        raise ValueError(f"figure {chapter.article_id}-facts: there is no row to draw")
    kinds = [chapter.claims[claim_id]["kind"] for claim_id in rows["claim_id"]]
    rows = rows.assign(
        group=[KINDS[kind] for kind in kinds], order=[list(KINDS).index(kind) for kind in kinds]
    )
    rows = rows.sort_values(["order", "claim_id"])
    checked = _checked(chapter)
    right = sum(chapter.now[claim_id].label == SUPPORTED for claim_id in checked)
    said = []
    for kind, name in KINDS.items():
        own = [claim_id for claim_id in checked if chapter.claims[claim_id]["kind"] == kind]
        said.append(
            f"{name}: {of_all(sum(chapter.now[claim].label == SUPPORTED for claim in own), len(own))} right"
        )
    missed = {name: sum(KINDS[chapter.claims[claim_id]["kind"]] == name for claim_id in _wrong(chapter)) for name in KINDS.values()}
    where = ", ".join(f"{count} in {name}" for name, count in missed.items() if count)
    return verdict_counts(
        rows,
        figure_id=f"{chapter.article_id}-facts",
        title=f"{len(checked) - right} of {len(checked)} statements of fact refuted or disputed" + (f": {where}" if where else ""),
        subtitle=f"Claims by kind and verdict, at publication and now ({chapter.tables.schema.as_of})",
        source="the book’s own rules on the rows named at each claim",
        alt="; ".join(said) + ".",
    )


def misquoted(chapter: Chapter) -> Table:
    """Where the article names a source that does not say it, or says only part of it, and what differs."""
    rows = chapter.tables["attributions"]
    rows = rows[rows["claim_id"].isin(list(chapter.claims))]
    checked = rows[rows["faithful"].isin(["yes", "partly", "no"])]
    apart = checked[checked["faithful"] != "yes"].sort_values("claim_id")
    if apart.empty:
        raise ValueError(
            f"table {chapter.article_id}-attributions: every source that was found says what it is cited for"
        )
    shown = pd.DataFrame(
        {
            "claim": [
                Html(
                    f'<a href="{escape(claim_address(claim_id))}">{escape(claim_id)}</a> '
                    f"{escape(chapter.claims[claim_id]['short_en'])}"
                )
                for claim_id in apart["claim_id"]
            ],
            "faithful": [ATTRIBUTION[word] for word in apart["faithful"]],
            "difference": apart["discrepancy"].tolist(),
            "source": [
                Html(
                    f'<a href="{escape(source_address(source))}">'
                    f"{escape(chapter.library.sources[source]['publisher'])}</a>"
                )
                for source in apart["source_id"]
            ],
        }
    )
    columns = {
        "claim": Column("The article"),
        "faithful": Column("Named source"),
        "difference": Column("What differs"),
        "source": Column("Source"),
    }
    faithful = int((checked["faithful"] == "yes").sum())
    return Table(
        f"{chapter.article_id}-attributions",
        f"{of_all(faithful, len(checked)).capitalize()} sources that were found say what they are cited for",
        f"The others, and what differs; {plural(len(rows) - len(checked), 'more source')} could not be found or read far enough",
        "the sources that the article names, as far as they could be read",
        markup(shown, columns, "finding-cards"),
        apart[["claim_id", "source_id", "faithful", "discrepancy"]].reset_index(drop=True),
        LONG,
    )


def in_short(chapter: Chapter) -> Markdown:
    """How many statements of fact were right, how many wrong when written, and how many later events overturned."""
    found = _wrong(chapter)
    when = [_when(chapter, claim_id) for claim_id in found]
    checked = _checked(chapter)
    right = sum(chapter.now[claim_id].label == SUPPORTED for claim_id in checked)
    overturned = [
        claim_id
        for claim_id in chapter.overturned()
        if chapter.then[claim_id].label == SUPPORTED and chapter.now[claim_id].label in WRONG
    ]
    elsewhere = [claim_id for claim_id in overturned if chapter.claims[claim_id]["kind"] not in KINDS]
    parts = [f"{when.count(name)} {words}" for name, words in SINCE.items() if when.count(name)]
    if len(parts) == 1:
        parts = [f"all {parts[0]}" if len(found) > 1 else parts[0]]
    return Markdown(
        f"**{right} of {len(checked)} statements of fact that could be checked are right.**"
        + (f" Of the other {len(found)}: {'; '.join(parts)}." if parts else "")
        + (
            f" What later events turned in {plural(len(elsewhere), 'statement')} of other kinds was no error of fact when written."
            if elsewhere
            else ""
        )
    )
