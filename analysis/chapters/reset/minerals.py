"""What the minerals agreement asked of Kyiv from draft to draft, and what lies in the ground that it was about.

Whom a term favours is one reader's judgement of one text or report, with its ground beside it; what no text
mentions is not known, and not the same as fair to both.
"""

from __future__ import annotations

from html import escape

import pandas as pd
from IPython.display import Markdown

from analysis import periods
from analysis.addresses import source_address
from analysis.chapter import Chapter
from analysis.chapters.phrases import of_all, share, tally, years
from analysis.chapters.rows import in_order, outturns, pick, records, rows_of, valued
from analysis.figures import numbers, style
from analysis.figures.bars import bars, dots
from analysis.figures.figure import Figure
from analysis.figures.grid import Kind, kinds
from analysis.figures.table import LONG, Column, Html, Table, markup
from analysis.figures.time_axis import printed
from analysis.verdicts import plural

TERMS = {
    "sum_to_be_paid": "Sum to be paid in",
    "past_aid_counts": "Aid already given",
    "debt": "Debt",
    "future_aid": "Aid to come",
    "share_of_revenue": "Share of revenue",
    "existing_resources": "Mines already at work",
    "first_offer": "First right to buy",
    "ownership_of_fund": "Who owns the fund",
    "governance": "Who runs the fund",
    "transfer_of_shares": "Sale of shares",
    "reinvestment": "Where profit goes",
    "governing_law": "Whose law applies",
    "duration": "How long it binds",
    "eu_accession": "Room for joining the EU",
    "security_guarantee": "Security guarantee",
}
LOOKS = {
    "US": Kind("US", "favours Washington", style.actor("US").ink, style.PAPER),
    "": Kind("even", "favours neither", "#E6E9ED", style.INK),
    "UA": Kind("UA", "favours Kyiv", "#F3D79A", style.INK),
}
BREAK_UP = "reset.101"
BUSINESS = "reset.073 reset.074 reset.107 reset.111 reset.114 reset.118".split()
"""What the article expects of business between Washington and Moscow."""

PRODUCED, REFINED = (f"minerals.rare_earth_{name}" for name in ("production_share", "refining_share"))


# The agreement


def _terms(chapter: Chapter, figure_id: str) -> pd.DataFrame:
    """Every term of every version that a text or report mentions, in order of term and version."""
    rows = chapter.tables["agreement_terms"]
    if rows.empty:
        raise ValueError(f"figure {figure_id}: there is no row to draw")
    unknown = sorted(set(rows["term"]) - set(TERMS))
    if unknown:
        raise ValueError(f"figure {figure_id}: the term {unknown[0]} has no name")
    order = {term: place for place, term in enumerate(TERMS)}
    rows = rows.assign(place=rows["term"].map(order), version=rows["version"].astype(str))
    return rows.sort_values(["place", "version"], kind="stable")


def _versions(rows: pd.DataFrame) -> list[str]:
    return sorted(rows["version"].unique())


def _favouring(rows: pd.DataFrame, version: str, side: str) -> tuple[int, int]:
    """How many of a version's known terms favour a side, and how many are known."""
    own = rows.loc[rows["version"] == version, "favours"]
    return int((own == side).sum()), len(own)


def terms_picture(chapter: Chapter) -> Figure:
    """Term by version: whom it favours, and what is not known."""
    figure_id = "reset-minerals-terms"
    rows = _terms(chapter, figure_id)
    versions = _versions(rows)
    short = {version: printed(version).rpartition(" ")[0] for version in versions}
    names = rows["term"].map(TERMS)
    data = rows.assign(row=names, column=rows["version"].map(short), kind=rows["favours"])
    data = data[["row", "column", "kind", "version", "content", "source_id", "ground"]]
    # The columns stand in order of time whichever term comes first.
    data = data.sort_values("version", kind="stable")
    data = data.sort_values(
        "row",
        key=lambda column: column.map({name: n for n, name in enumerate(TERMS.values())}),
        kind="stable",
    )
    leaning = [_favouring(rows, version, "US") for version in versions]
    said = [
        f"{of_all(count, known)} on {short[version]}"
        for version, (count, known) in zip(versions, leaning, strict=True)
    ]
    alt = "; ".join(
        f"{printed(version)}: "
        + ", ".join(
            f"{_favouring(rows, version, side)[0]} {LOOKS[side].said.replace('favours', 'favour')}"
            for side in LOOKS
        )
        for version in versions
    )
    return kinds(
        data, looks=LOOKS, empty="not known", figure_id=figure_id,
        title=f"Terms that favour Washington: {', '.join(said)}",
        subtitle=f"Whom each term favours, by draft and by the text signed at last, {printed(versions[0])} to "
        f"{printed(versions[-1])} · judgement, on what is known of each text",
        source=f"the book’s own judgement on {plural(rows['source_id'].nunique(), 'text')} named row by row in agreement_terms.csv",
        alt=f"{alt}.",
    )  # fmt: skip


def terms_table(chapter: Chapter) -> Table:
    """What each version says on each term, linked to the text it was read in."""
    table_id = "reset-minerals-wording"
    rows = _terms(chapter, table_id)
    rows["cell"] = [
        Html(f'<span><a href="{source_address(row["source_id"])}">{escape(row["content"])}</a></span>')
        for row in records(rows)
    ]
    versions = _versions(rows)
    shown = rows.pivot(index="term", columns="version", values="cell").loc[
        [t for t in TERMS if t in set(rows["term"])]
    ]
    shown.index = shown.index.map(TERMS)
    columns = {"term": Column("Term"), **{version: Column(printed(version)) for version in versions}}
    return Table(
        table_id,
        f"What is known of {plural(len(shown), 'term')} in {plural(len(versions), 'version')}",
        f"In our words · {shown.size - len(rows)} of {shown.size} cells are empty: no text or report mentions the term",
        f"{plural(rows['source_id'].nunique(), 'text')} named row by row in agreement_terms.csv",
        markup(shown.fillna("").rename_axis("term").reset_index(), columns, "finding-cards"),
        rows[["term", "version", "content", "favours", "source_id", "locator", "ground"]].reset_index(
            drop=True
        ),
        LONG,
    )


def _changes(rows: pd.DataFrame) -> list[tuple[str, str, list[str], list[str], int]]:
    """From version to version: terms that moved towards Kyiv, those that moved back, and terms known in both."""
    rank = {"US": -1, "": 0, "UA": 1}
    wide = rows.assign(rank=rows["favours"].map(rank)).pivot(index="term", columns="version", values="rank")
    wide = wide.loc[[term for term in TERMS if term in wide.index]]
    found = []
    for before, after in zip(wide.columns, wide.columns[1:], strict=False):
        both = wide[[before, after]].dropna()
        step = both[after] - both[before]
        found.append((before, after, list(step.index[step > 0]), list(step.index[step < 0]), len(both)))
    return found


def _small(name: str) -> str:
    return name[0].lower() + name[1:]


def changes_sentence(chapter: Chapter) -> Markdown:
    """How many terms changed sides from each version to the next."""
    lines = []
    for before, after, gained, lost, both in _changes(_terms(chapter, "reset-minerals-terms")):
        parts = [
            f"{plural(len(moved), 'term')} moved towards {side} ({', '.join(_small(TERMS[term]) for term in moved)})"
            for side, moved in (("Kyiv", gained), ("Washington", lost))
            if moved
        ]
        known = f"of {plural(both, 'term')} known in both"
        lines.append(f"- {printed(before)} to {printed(after)}, {known}: {'; '.join(parts) or 'none moved'}")
    return Markdown("\n".join(["From each version to the next:", "", *lines]))


def answer(chapter: Chapter) -> Markdown:
    """What became of the agreement that was not signed, and of the business expected with Moscow."""
    rows = _terms(chapter, "reset-minerals-terms")
    versions = _versions(rows)
    row = next(row for row in records(chapter.tables["forecasts"]) if row["claim_id"] == BREAK_UP)
    signed = (
        f"was signed on {printed(str(row['outcome_date']))}"
        if float(row["outcome"]) == 0
        else "was not signed by then"
    )
    (last, known), (worst_version, worst, of) = (
        _favouring(rows, versions[-1], "US"),
        max(
            ((version, *_favouring(rows, version, "US")) for version in versions),
            key=lambda item: item[1] / item[2],
        ),
    )
    came = [one for one in records(chapter.tables["forecasts"]) if one["claim_id"] in BUSINESS]
    happened = sum(pd.notna(one["outcome"]) and float(one["outcome"]) == 1 for one in came)
    return Markdown(
        f"**The agreement left unsigned at the White House {signed}.** Of the terms known, {of_all(last, known)} favour Washington in "
        f"the text of that day, against {of_all(worst, of)} in the draft of {printed(worst_version)}. Of {plural(len(came), 'thing')} expected of "
        f"business between Washington and Moscow, {happened or 'none'} had come about by its day. Verdicts on the "
        f"{plural(1 + len(BUSINESS), 'claim')} about the agreement’s break-up and that business: {tally(chapter, [BREAK_UP, *BUSINESS])}."
    )


# What lies in the ground


def rare_earths(chapter: Chapter) -> Figure:
    """China's, America's and Russia's shares of mining, and China's of refining, by year and source."""
    figure_id = "reset-rare-earths"
    rows = in_order(valued(outturns(rows_of(chapter, figure_id))))
    parts = []
    for series, stage in ((PRODUCED, "Mined"), (REFINED, "Refined")):
        own = pick(rows, series)
        parts.append(
            own.assign(label=[f"{stage}, {periods.parse(period).start.year}" for period in own["period"]])
        )
    data = pd.concat(parts)
    names = {row["area"]: row["name_en"] for row in records(chapter.tables["areas"])}
    data = data.assign(series=data["geo"].map(names), actor=data["geo"])
    mined, refined = ([*records(part)] for part in parts)
    last = max(periods.parse(row["period"]).end for row in mined)
    held = {row["geo"]: row["value"] for row in mined if periods.parse(row["period"]).end == last}
    if not {"CN", "RU"} <= set(held):
        raise ValueError(f"figure {figure_id}: the last year of mining lacks China or Russia")
    most = refined[-1]
    return dots(
        data, unit="percent_share", ordered=False, figure_id=figure_id,
        title=f"China mines {share(held['CN'])} and refines {share(most['value'])} of the world’s rare earths; Russia mines "
        f"{share(held['RU'])}",
        subtitle=f"Shares of the world’s output, %, {years(data['period'])} · refining: magnet rare earths, only China’s share was found",
        source=chapter.publishers(data),
        alt="; ".join(f"{row['label']}: {row['series']} {share(row['value'])}" for row in records(data)) + ".",
    )  # fmt: skip


def reserves(chapter: Chapter) -> Figure:
    """Russia's rare-earth reserves as one survey counted them, edition after edition."""
    figure_id = "reset-reserves"
    rows = in_order(valued(outturns(rows_of(chapter, figure_id))))
    data = rows.assign(label=[f"End of {printed(period)}" for period in rows["period"]], actor="RU")
    first, last = records(data)[0], records(data)[-1]
    word = "cut" if last["value"] < first["value"] else "raised"
    unit = str(data["unit"].iloc[0])
    return bars(
        data, unit=unit, ordered=False, figure_id=figure_id,
        title=f"Russia’s reserves on paper: one survey {word} them from {numbers.quantity(first['value'], unit)} to "
        f"{numbers.quantity(last['value'], unit)} in {plural(len(data), 'edition')}",
        subtitle="Rare-earth oxides that could be mined at a profit, thousand tonnes, Russia, by the year that the edition speaks of",
        source=chapter.publishers(data),
        alt=", ".join(f"{printed(row['period'])} {numbers.quantity(row['value'], unit)}" for row in records(data)) + ".",
    )  # fmt: skip
