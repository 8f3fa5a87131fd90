"""Sentences that every chapter needs, with their numbers taken from verdicts and rows."""

from __future__ import annotations

from html import escape

from IPython.display import HTML, Markdown

from analysis import periods
from analysis.addresses import claim_address
from analysis.arguments import FALL, RISE, UNDECIDED
from analysis.chapter import Chapter
from analysis.figures import numbers
from analysis.figures.table import LONG, Table
from analysis.figures.verdicts import verdict_table
from analysis.ledger import attribution
from analysis.verdicts import LABELS, NOT_ENOUGH, SUPPORTED, judge, plural

VISIBLE = 0.005
"""A change of strength that rounds to nothing in print."""


def link(chapter: Chapter, claim_id: str) -> str:
    """A claim's short label, linked to its rows."""
    return f"[{chapter.claims[claim_id]['short_en']}]({claim_address(claim_id)})"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _amount(change: float) -> str:
    return f"{change:.2f}" if change >= 0.005 else "less than 0.01"


def _folded(lines: list[str], name: str) -> str:
    """A list as Markdown; a long one stands behind its name until a reader opens it."""
    listed = "\n".join(lines)
    if len(lines) <= LONG:
        return listed
    return f"<details><summary>{name}</summary>\n\n{listed}\n\n</details>"


def source_card(chapter: Chapter) -> HTML:
    """Who wrote the article, where and when, and what the date rests on."""
    article = chapter.article
    address = (
        f'<a href="{escape(article["url"])}">{escape(article["url"])}</a>'
        if article["url"]
        else "none was found"
    )
    rows = {
        "Title": f'<span lang="zh-{article["script"]}">{escape(article["title_zh"])}</span><br>{escape(article["title_en"])}',
        "Published by": escape(article["outlet"])
        + (f", {escape(article['authors'])}" if article["authors"] else ""),
        "Date": f"{article['published']} ({escape(article['published_ground'])})",
        "Public copy": address,
        "Length": f"{article['paragraphs']} paragraphs, {numbers.number(int(article['characters']))} characters",
        "Text read": f'SHA-256 <code title="{article["sha256"]}">{article["sha256"][:12]}</code>',
    }
    cells = "".join(f"<tr><th>{name}</th><td>{cell}</td></tr>" for name, cell in rows.items())
    return HTML(f'<table class="source-card"><tbody>{cells}</tbody></table>')


def answer(chapter: Chapter) -> Markdown:
    """The chapter's answer in a few sentences: how the claims fared, and how far the argument carries."""
    counts, strengths = chapter.counts(), chapter.strengths()
    tally = _listed([f"{counts[label]} {label.lower()}" for label in LABELS if counts[label]])
    carried = [claim_id for claim_id in chapter.conclusions if strengths[claim_id] > UNDECIDED]
    names = [f"*{chapter.claims[claim_id]['short_en']}*" for claim_id in carried]
    ends = plural(len(chapter.conclusions), "end point")
    reach = (
        f"carries {_listed(names)} beyond the starting value"
        if carried
        else "carries none beyond the starting value"
    )
    return Markdown(
        f"Of {plural(len(chapter.claims), 'checkable claim')}: {tally}. The argument has {ends} and {reach} of "
        f"{UNDECIDED:.2f}; what each conclusion is worth, by its own evidence and by its premises, stands below."
    )


def conclusions(chapter: Chapter) -> Table:
    """The article's conclusions: the verdict on each by its own evidence, and its strength from its premises."""
    shown = [
        claim_id
        for claim_id in chapter.argument.order
        if chapter.claims[claim_id]["role"] == "conclusion" and chapter.argument.graph.in_degree(claim_id)
    ]
    now, then = chapter.strengths(), chapter.strengths("then")
    rows = chapter.verdict_rows(shown).drop(columns="attribution")
    rows["strength"] = [now[claim_id] for claim_id in shown]
    moved = max(abs(now[claim_id] - then[claim_id]) for claim_id in shown)
    later = (
        f"later evidence moved it by at most {moved:.2f}" if moved >= 0.005 else "later evidence moved none"
    )
    return verdict_table(
        rows,
        table_id=f"{chapter.article_id}-conclusions",
        title=f"{int((rows['verdict'] == SUPPORTED).sum())} of {plural(len(rows), 'conclusion')} supported by evidence of their own",
        subtitle=f"Verdict from its own evidence; strength, 0 to 1, from its premises now ({later})",
        source="the book's own rules on the rows named at each claim",
    )


def hinges(chapter: Chapter) -> Markdown:
    """For each conclusion: the premises whose fall lowers it most and whose rise raises it most."""
    lines = []
    for conclusion in chapter.conclusions:
        fall, rise = chapter.argument.hinges(chapter.base_scores(), conclusion)
        lines.append(f"- **{chapter.claims[conclusion]['short_en']}**")
        for hinge, verb, value in ((fall, "lowers", FALL), (rise, "raises", RISE)):
            if abs(hinge.change) >= VISIBLE:
                names = _listed([link(chapter, premise) for premise in hinge.premises])
                each = " (each by itself)" if len(hinge.premises) > 1 else ""
                lines.append(f"  - setting {names}{each} to {value} {verb} it by {abs(hinge.change):.2f}")
            else:
                lines.append(f"  - no single premise set to {value} {verb} it by as much as 0.01")
    return Markdown("\n".join(lines))


def moved_by_width(chapter: Chapter) -> Markdown:
    """Which verdicts hang on how wide a stated figure is taken to be."""
    table = chapter.width_table().set_index("claim_id")
    moved = chapter.hanging_on_width()
    lines = [
        f"Halving or doubling the tolerance of stated figures moves the verdict on {len(moved)} of "
        f"{plural(len(table), 'claim')} with a figure" + (":" if moved else ".")
    ]
    for claim_id in moved:
        spread = ", ".join(f"× {width}: {label.lower()}" for width, label in table.loc[claim_id].items())
        lines.append(f"- {link(chapter, claim_id)}: {spread}")
    return Markdown("\n".join([lines[0], "", *lines[1:]]))


def moved_by_date(chapter: Chapter) -> Markdown:
    """Which verdicts at publication hang on the day that is assumed for an article without a printed date."""
    low, high = chapter.article["published_low"], chapter.article["published_high"]
    if low == high:
        return Markdown("The article prints its date, so no verdict hangs on an assumed one.")
    labels = {
        day: {
            claim_id: judge(chapter.library, claim_id, periods.last_day(day)).label for claim_id in chapter.claims
        }
        for day in (low, high)
    }
    moved = [claim_id for claim_id in chapter.claims if labels[low][claim_id] != labels[high][claim_id]]
    start = f"The article's date is assumed, between {low} and {high}. Between the two days "
    if not moved:
        return Markdown(f"{start}no verdict at publication differs.")
    lines = []
    for claim_id in moved:
        one, other = labels[low][claim_id].lower(), labels[high][claim_id].lower()
        lines.append(f"- {link(chapter, claim_id)}: {one} on the first day, {other} on the last")
    said = f"{start}{plural(len(moved), 'verdict')} at publication would differ."
    return Markdown(f"{said}\n\n{_folded(lines, 'Which')}")


def overturned(chapter: Chapter) -> Markdown:
    """What later evidence changed: not a mistake at the time."""
    moved = chapter.overturned()
    if not moved:
        return Markdown("No verdict is another now than it was when the article appeared.")
    said = f"Evidence that became known later moved {plural(len(moved), 'verdict')}; that was no mistake then:"
    lines = []
    for claim_id in moved:
        then, now = chapter.then[claim_id].label.lower(), chapter.now[claim_id].label.lower()
        lines.append(f"- {link(chapter, claim_id)}: {then} then, {now} now")
    return Markdown(f"{said}\n\n{_folded(lines, 'Which')}")


def open_questions(chapter: Chapter) -> Markdown:
    """What the evidence cannot say, and what would settle it."""
    lines = []
    for claim_id in chapter.claims:
        if chapter.now[claim_id].label == NOT_ENOUGH:
            ground = chapter.library.primary(claim_id)["ground"].rstrip(".")
            lines.append(f"- {link(chapter, claim_id)}: {ground}.")
    if not lines:
        return Markdown("Every claim is decided.")
    return Markdown(_folded(lines, f"{plural(len(lines), 'open claim')}"))


def misattributed(chapter: Chapter) -> Markdown:
    """Whether the sources that the article names say what it says."""
    checked = {claim_id: attribution(chapter.library, claim_id) for claim_id in chapter.claims}
    named = [claim_id for claim_id, answer in checked.items() if answer]
    faithful = [claim_id for claim_id in named if checked[claim_id] == "yes"]
    said = f"The article names a source for {plural(len(named), 'claim')}; for {len(faithful)} of them the source says so in full."
    lines = []
    for claim_id in named:
        for row in chapter.library.attributions[claim_id]:
            if row["faithful"] != "yes":
                found = row["discrepancy"] or f"looked for in {row['searched']}"
                lines.append(f"- {link(chapter, claim_id)}: {found.rstrip('.')}.")
    return Markdown(f"{said}\n\n{_folded(lines, 'What differs, and what was not found')}")


def sources(chapter: Chapter) -> Markdown:
    """How many sources the chapter rests on, by kind; the list itself is a page of its own."""
    frame = chapter.sources()
    if frame.empty:
        return Markdown("The chapter's verdicts rest on no source yet.")
    kinds = _listed([f"{count} {kind}" for kind, count in sorted(frame["kind"].value_counts().items())])
    rows = len(chapter.observations_used())
    return Markdown(
        f"The chapter's verdicts and figures rest on {plural(len(frame), 'source')} ({kinds}) and on "
        f"{numbers.number(rows)} observations. Every source, with what rests on it, is on the page "
        "[Sources](sources.html); every series, with its definition and rows, on [Series](series.html)."
    )
