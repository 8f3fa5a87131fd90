"""What each article got right and wrong, what it attributed wrongly, and what nobody can know yet.

Every line comes from rows: a claim's two verdicts decide where it stands. No article gets a mark: shares stand
beside counts, and kinds of claims are kept apart, because an article of plain figures is easier to confirm than
one of causes.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import pandas as pd
from IPython.display import HTML, Markdown

from analysis.addresses import anchor, claim_address
from analysis.chapter import Chapter
from analysis.chapters.forecasts import state
from analysis.chapters.phrases import KINDS, of_all, percent
from analysis.figures import numbers, style
from analysis.figures.figure import Figure
from analysis.figures.outcomes import Look
from analysis.figures.strips import strips
from analysis.figures.table import LONG, Column, Html, Table, markup
from analysis.figures.verdicts import ATTRIBUTION
from analysis.ledger import attribution
from analysis.readings import Reference
from analysis.synthesis.book import Book
from analysis.verdicts import CONFLICTING, LABELS, NOT_ENOUGH, OPEN, REFUTED, SUPPORTED, plural

BOOK = "the book’s own rules on the rows named at each claim"
SHOWN = 2
"""Rows quoted against a claim; all of them stand at the claim."""

RIGHT, CONFIRMED = "right when written", "confirmed later"
WRONG, OVERTURNED = "wrong when written", "overturned later"
DISPUTED, PENDING, UNKNOWN = "evidence conflicts", "still open", "cannot be told"


def _look(label: str, *, pale: str = "") -> Look:
    look = style.verdict(label)
    face, edge, ink = look.colours(False)
    return Look(look.icon, pale, look.ink, look.ink) if pale else Look(look.icon, face, ink, edge)


# What came later stands in a paler tone of the same verdict; hollow means at publication throughout the book.
LOOKS = {
    RIGHT: _look(SUPPORTED),
    CONFIRMED: _look(SUPPORTED, pale="#A9CCE6"),
    DISPUTED: _look(CONFLICTING),
    OVERTURNED: _look(REFUTED, pale="#F3C0A3"),
    WRONG: _look(REFUTED),
    UNKNOWN: _look(NOT_ENOUGH),
    PENDING: _look(OPEN),
}
VERDICT_LOOKS = {label: _look(label) for label in LABELS}


def fate(then: str, now: str) -> str:
    """Where a claim stands, by its verdicts at publication and now."""
    if now == SUPPORTED:
        return RIGHT if then == SUPPORTED else CONFIRMED
    if now == REFUTED:
        return WRONG if then == REFUTED else OVERTURNED
    return {CONFLICTING: DISPUTED, OPEN: PENDING, NOT_ENOUGH: UNKNOWN}[now]


def claims(book: Book) -> pd.DataFrame:
    """Every claim: claim_id, article_id, article (name and month), kind, then, now (verdicts), fate, attribution.

    ValueError when there is no claim.
    """
    rows = [
        {
            "claim_id": claim_id,
            "article_id": article_id,
            "article": book.name(article_id),
            "kind": claim["kind"],
            "then": chapter.then[claim_id].label,
            "now": chapter.now[claim_id].label,
            "fate": fate(chapter.then[claim_id].label, chapter.now[claim_id].label),
            "attribution": attribution(chapter.library, claim_id) or "",
        }
        for article_id, chapter in book.chapters.items()
        for claim_id, claim in chapter.claims.items()
    ]
    if not rows:
        raise ValueError("figure right-and-wrong: there is no claim")
    return pd.DataFrame(rows)


def _share(count: int, total: int) -> str:
    return f"{count} of {total} ({percent(100 * count / total)})"


# The pictures


def overview(book: Book) -> Markdown:
    """How all claims fared, and how often those that can be settled are right, article by article."""
    rows = claims(book)
    counts = rows["fate"].value_counts().reindex(list(LOOKS), fill_value=0)
    settled = rows[rows["now"].isin([SUPPORTED, REFUTED])]
    shares = 100 * settled["now"].eq(SUPPORTED).groupby(settled["article_id"]).mean()
    good, bad = int(counts[RIGHT] + counts[CONFIRMED]), int(counts[WRONG] + counts[OVERTURNED])
    said = (
        f" Where the evidence settles a claim, it bears out {_range(shares)} of an article’s." if len(shares) else ""
    )
    return Markdown(
        f"Of {plural(len(rows), 'claim')} in {plural(rows['article_id'].nunique(), 'article')}, "
        f"{good} ({percent(100 * good / len(rows))}) are supported and {bad} ({percent(100 * bad / len(rows))}) refuted; for {counts[DISPUTED]} the evidence conflicts, "
        f"{counts[UNKNOWN]} cannot be told and {counts[PENDING]} are still open.{said} Later evidence confirmed "
        f"{counts[CONFIRMED]} that what was known at first did not bear out, and refuted {counts[OVERTURNED]} that it had not "
        "refuted."
    )


def _range(shares: pd.Series) -> str:
    low, high = percent(shares.min()), percent(shares.max())
    return low if low == high else f"{low} to {high}"


def fates_figure(book: Book) -> Figure:
    """Each article's claims by what became of them, as shares, so that a long article is not judged by its length."""
    rows = claims(book)
    counts = rows.groupby(["article", "fate"], sort=False).size().rename("count").reset_index()
    data = counts.rename(columns={"article": "row", "fate": "kind"}).assign(column="claims")
    shares = pd.DataFrame(
        {
            name: 100 * part["fate"].value_counts(normalize=True).reindex(list(LOOKS), fill_value=0.0)
            for name, part in rows.groupby("article", sort=False)
        }
    ).T
    good, bad = shares[RIGHT] + shares[CONFIRMED], shares[WRONG] + shares[OVERTURNED]
    return strips(
        data[["row", "column", "kind", "count"]],
        looks=LOOKS,
        figure_id="right-and-wrong",
        title=f"In each article {_range(good)} of the claims are supported and {_range(bad)} refuted",
        subtitle=f"Share of an article’s claims, and their number; verdicts at publication and on {book.tables.schema.as_of}",
        source=BOOK,
        alt="; ".join(
            f"{name}: {', '.join(f'{percent(part[kind])} {kind}' for kind in LOOKS if part[kind])}"
            for name, part in shares.iterrows()
        )
        + ".",
    )


def kinds_figure(book: Book) -> Figure:
    """Verdicts now by kind of claim and article: what can be settled, and what hardly ever is."""
    rows = claims(book)
    names = {article_id: article_id.capitalize() for article_id in rows["article_id"].unique()}
    data = pd.DataFrame(
        [
            {"row": KINDS[kind], "column": name, "kind": label, "count": int(count)}
            for kind in KINDS
            if (rows["kind"] == kind).any()
            for article_id, name in names.items()
            for label, count in rows[(rows["kind"] == kind) & (rows["article_id"] == article_id)]["now"].value_counts().items()
        ]
    )
    # Columns keep the order of publication although the first kind may be missing from an article.
    place = {name: number for number, name in enumerate(names.values())}
    lines = {name: number for number, name in enumerate(KINDS.values())}
    data = data.sort_values(["row", "column"], key=lambda cells: cells.map(place | lines), kind="stable")
    settled = {
        str(kind): (int(part.isin([SUPPORTED, REFUTED]).sum()), len(part)) for kind, part in rows.groupby("kind")["now"]
    }
    said = ", ".join(
        f"{percent(100 * settled[kind][0] / settled[kind][1])} of {KINDS[kind]}"
        for kind in ("numerical", "event", "position", "forecast", "causal")
        if kind in settled
    )
    return strips(
        data,
        looks=VERDICT_LOOKS,
        figure_id="right-and-wrong-kinds",
        title=f"Settled either way: {said}",
        subtitle=f"Verdicts now ({book.tables.schema.as_of}) by kind of claim and article, as shares; number of claims behind "
        "each strip",
        source=BOOK,
        alt="; ".join(
            f"{name}: {settled[kind][0]} of {settled[kind][1]} settled" for kind, name in KINDS.items() if kind in settled
        )
        + ".",
    )


def why_causes(book: Book) -> Markdown:
    """How few causes are settled, what would refute one, and that the rule and not the authors make it so."""
    rows = claims(book)
    rows = rows[rows["kind"] == "causal"]
    if rows.empty:
        return Markdown("No article states a cause.")
    settled = int(rows["now"].isin([SUPPORTED, REFUTED]).sum())
    implied = {
        claim_id
        for chapter in book.chapters.values()
        for claim_id in chapter.library.implications
        if claim_id in set(rows["claim_id"])
    }
    designs = {
        reading["claim_id"]
        for reading in book.tables["readings"].to_dict("records")
        if reading["method"] == "design" and reading["claim_id"] in set(rows["claim_id"])
    }
    return Markdown(
        f"**Why causes stay undecided.** {of_all(settled, len(rows)).capitalize()} causal claims are settled. This follows from the "
        "method and says nothing against the authors. A cause counts as supported only when a research design tells it from "
        f"its rivals, which {of_all(len(designs), len(rows))} have, and as refuted only when something that it must imply is "
        f"refuted by two independent origins; such an implication is named for {of_all(len(implied), len(rows))}. That one thing "
        "followed another is an event, and is judged as one. Each chapter says what design would tell the causes apart."
    )


# Article by article


def contents(book: Book) -> HTML:
    """The articles that have claims, each linked to its part of this page."""
    links = [f'<a href="#{_place(article_id)}">{escape(book.name(article_id))}</a>' for article_id in _spoken(book)]
    return HTML(f"<p>{' · '.join(links)}</p>")


def one_by_one(book: Book) -> Iterator[HTML | Markdown | Table]:
    """Every article that has claims, in order of publication: its name, what it got right and wrong, and all lists."""
    for article_id in _spoken(book):
        yield HTML(f'<h3 id="{_place(article_id)}">{escape(book.name(article_id))}</h3>')
        yield summary(book, article_id)
        yield from tables(book, article_id)


def _spoken(book: Book) -> list[str]:
    return [article_id for article_id, chapter in book.chapters.items() if chapter.claims]


def _place(article_id: str) -> str:
    return anchor("right-and-wrong", article_id)


def summary(book: Book, article_id: str) -> Markdown:
    """What an article got right and wrong, in counts and shares, by kind, and how far its sources bear it out."""
    rows = claims(book)
    rows = rows[rows["article_id"] == article_id]
    if rows.empty:
        raise ValueError(f"table {article_id}-right-and-wrong: the article has no claim")
    counts = rows["fate"].value_counts().reindex(list(LOOKS), fill_value=0)
    right = rows[rows["now"] == SUPPORTED]
    kinds = [
        f"{name} {int((right['kind'] == kind).sum())} of {int((rows['kind'] == kind).sum())}"
        for kind, name in KINDS.items()
        if (rows["kind"] == kind).any()
    ]
    lines = [
        f"- **Right:** {_share(int(counts[RIGHT] + counts[CONFIRMED]), len(rows))} claims are supported, {counts[RIGHT]} "
        f"when written and {counts[CONFIRMED]} by what became known later. By kind: {', '.join(kinds)}.",
        f"- **Wrong when written:** {_share(int(counts[WRONG]), len(rows))}. **Overturned later,** which was no mistake then: "
        f"{counts[OVERTURNED]}.",
        f"- **In dispute:** for {_share(int(counts[DISPUTED]), len(rows))} the evidence points both ways.",
        f"- **Cannot be told:** {_share(int(counts[UNKNOWN]), len(rows))}; still open: {counts[PENDING]}.",
    ]
    named = rows[rows["attribution"] != ""]
    if len(named):
        said = named["attribution"].value_counts()
        checked = int(said.get("yes", 0) + said.get("partly", 0) + said.get("no", 0))
        lines.append(
            f"- **Sources:** of {plural(len(named), 'claim')} with a named source, {checked} could be held against it: "
            f"{said.get('yes', 0)} say so in full, {said.get('partly', 0)} in part, {said.get('no', 0)} not. "
            f"{len(named) - checked} could not be found or were not checked."
        )
    else:
        lines.append("- **Sources:** the article names none for any claim.")
    return Markdown("\n".join(lines))


def _claim(chapter: Chapter, claim_id: str) -> Html:
    name = escape(chapter.claims[claim_id]["short_en"])
    return Html(f'<a href="{escape(claim_address(claim_id))}">{name}</a>')


def _measured(chapter: Chapter, claim_id: str) -> str:
    """What the evidence measures beside what the article states, or beside the criterion; empty without a number."""
    reading = chapter.library.primary(claim_id)
    values = [item.estimate for item in chapter.now[claim_id].evidence if item.estimate is not None]
    if reading["method"] not in ("figure", "threshold") or not values:
        return ""
    unit = chapter.reading_unit(reading)
    low, high = (float(f"{end:.4g}") for end in (min(values), max(values)))
    found = numbers.quantity(low, unit) if low == high else numbers.interval(low, high, unit)
    if reading["method"] == "threshold":
        return f"Measured {found}; criterion {reading['expected']}."
    claim = chapter.claims[claim_id]
    hedge = "" if claim["qualifier"] == "exact" else f"{claim['qualifier'].replace('_', ' ')} "
    if claim["figure_high"] in (None, claim["figure_low"]):
        figure = numbers.quantity(claim["figure_low"], claim["unit"])
    else:
        figure = numbers.interval(float(claim["figure_low"]), float(claim["figure_high"]), claim["unit"])
    return f"Measured {found}; stated {hedge}{figure}."


def _row(chapter: Chapter, reference: Reference) -> str:
    """What a row of an event, a stance or an office says, with its publisher."""
    library = chapter.library
    publisher = library.sources[reference.source_id]["publisher"]
    if reference.table == "events":
        event = chapter.tables.row("events", reference.row_id)
        return f"{event['event'].rstrip('.')} ({reference.value}; {publisher})"
    if reference.table == "stances":
        (stance,) = (row for row in library.stances[reference.key] if row["source_id"] == reference.source_id)
        return f"{stance['ground'].rstrip('.')} ({publisher})"
    if reference.table == "offices":
        return f"{reference.key.replace('|', ', ')}: {reference.value} ({publisher})"
    return ""


def _against(chapter: Chapter, claim_id: str) -> str:
    """The first rows that speak against a claim, each once."""
    against = [
        _row(chapter, item.references[0]) for item in chapter.now[claim_id].evidence if item.judgement == "outside"
    ]
    return "; ".join([text for text in dict.fromkeys(against) if text][:SHOWN])


def _detail(chapter: Chapter, claim_id: str) -> str:
    """What the evidence says of a claim, in sentences made from its rows."""
    now, then = chapter.now[claim_id], chapter.then[claim_id]
    kind = chapter.claims[claim_id]["kind"]
    said = [] if now.label == then.label else [f"{then.label} at publication."]
    if now.label == NOT_ENOUGH and kind != "forecast":
        return " ".join([*said, chapter.library.primary(claim_id)["ground"]])
    said += [now.explanation]
    if kind == "forecast":
        row = chapter.tables.row("forecasts", claim_id)
        said += [f"Awaited: {row['criterion']}." if now.label == OPEN else row["note"]]
    elif kind != "comparison":
        said += [_measured(chapter, claim_id)]
        if now.label in (REFUTED, CONFLICTING) and (against := _against(chapter, claim_id)):
            said += [f"Against it: {against}."]
    return " ".join(part for part in said if part)


def reason(chapter: Chapter, claim_id: str) -> str:
    """Why a claim without a verdict has none, in a few words."""
    kind = chapter.claims[claim_id]["kind"]
    if kind == "causal":
        return "a cause without a design"
    if kind == "forecast":
        row = chapter.tables.row("forecasts", claim_id)
        named = state(row, str(chapter.tables.schema.as_of))
        return "a mere possibility" if chapter.now[claim_id].brier else f"a forecast: {named}"
    if kind == "comparison":
        return "too few comparisons"
    return "no independent source"


_TITLES = {
    RIGHT: "Right when written",
    CONFIRMED: "Confirmed by what became known later",
    WRONG: "Wrong when written",
    OVERTURNED: "Overturned later, no mistake when written",
    DISPUTED: "The evidence conflicts",
    UNKNOWN: "Cannot be told yet, and what would settle it",
    PENDING: "Still open",
}


def tables(book: Book, article_id: str) -> list[Table]:
    """All lists of an article: its claims by what became of them, then what it attributes."""
    return [*lists(book, article_id), *attributed(book, article_id)]


def lists(book: Book, article_id: str) -> list[Table]:
    """An article's claims by what became of them, a table each, without those that hold none."""
    chapter, every = book.chapters[article_id], claims(book)
    every = every[every["article_id"] == article_id]
    found = []
    for name, title in _TITLES.items():
        rows = every[every["fate"] == name]
        if rows.empty:
            continue
        shown = pd.DataFrame(
            {
                "claim": [_claim(chapter, claim_id) for claim_id in rows["claim_id"]],
                "kind": [KINDS[kind] for kind in rows["kind"]],
                "why": [reason(chapter, claim_id) if name == UNKNOWN else "" for claim_id in rows["claim_id"]],
                "detail": [_detail(chapter, claim_id) for claim_id in rows["claim_id"]],
            }
        )
        columns = {"claim": Column("Claim"), "kind": Column("Kind"), "detail": Column("What the evidence says")}
        if name == UNKNOWN:
            order = shown["why"].sort_values(kind="stable").index
            shown, rows = shown.loc[order], rows.iloc[order]
            columns = {
                "claim": Column("Claim"), "why": Column("Why"), "detail": Column("What is missing, or would settle it"),
            }  # fmt: skip
        reasons = shown["why"].value_counts()
        subtitle = "; ".join(f"{why} {count}" for why, count in reasons.items()) if name == UNKNOWN else "; ".join(
            f"{kind} {count}" for kind, count in shown["kind"].value_counts().items()
        )  # fmt: skip
        data = rows[["claim_id", "kind", "then", "now"]].reset_index(drop=True)
        found.append(
            Table(
                f"{article_id}-{name.replace(' ', '-')}",
                f"{title}: {_share(len(rows), len(every))} claims",
                subtitle,
                BOOK,
                markup(shown, columns, "finding-cards"),
                data,
                LONG,
            )
        )
    return found


def attributed(book: Book, article_id: str) -> list[Table]:
    """What an article says of its sources that they say only in part or not, and what could not be checked."""
    chapter = book.chapters[article_id]
    rows = pd.DataFrame(
        [
            {"claim_id": claim_id, **{name: row[name] for name in ("source_id", "faithful", "discrepancy", "searched")}}
            for claim_id in chapter.claims
            for row in chapter.library.attributions.get(claim_id, [])
        ],
        columns=["claim_id", "source_id", "faithful", "discrepancy", "searched"],
    )
    groups = {
        "attributed-wrongly": (["no", "partly"], "Attributed wrongly or in part", "What differs"),
        "attribution-unchecked": (["source_not_found", "unchecked"], "Sources that could not be checked", "Where it was looked for"),
    }  # fmt: skip
    found = []
    for name, (answers, title, head) in groups.items():
        part = rows[rows["faithful"].isin(answers)]
        if part.empty:
            continue
        part = part.sort_values(["faithful", "claim_id"], key=lambda cells: cells.map(answers.index) if cells.name == "faithful" else cells)
        shown = pd.DataFrame(
            {
                "claim": [_claim(chapter, claim_id) for claim_id in part["claim_id"]],
                "answer": [ATTRIBUTION[answer] for answer in part["faithful"]],
                "detail": [row["discrepancy"] or row["searched"] for _, row in part.iterrows()],
            }
        )
        counts = shown["answer"].value_counts()
        found.append(
            Table(
                f"{article_id}-{name}",
                f"{title}: {_share(part['claim_id'].nunique(), rows['claim_id'].nunique())} claims with a named source",
                "; ".join(f"{answer} {count}" for answer, count in counts.items()),
                "the named sources, as far as they could be read",
                markup(
                    shown, {"claim": Column("Claim"), "answer": Column("Named source"), "detail": Column(head)}, "finding-cards"
                ),
                part.reset_index(drop=True),
                LONG,
            )
        )
    return found
