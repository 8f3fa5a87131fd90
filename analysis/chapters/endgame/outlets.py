"""Who really said it: the outlets that the digest names, what was found of them, and how it differs.

A text that was not found may exist all the same, and most texts found could be read in part only; what
lies beyond that part counts as not checked, never as an error of the article.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import pandas as pd
from IPython.display import Markdown

from analysis import periods
from analysis.chapter import Chapter
from analysis.chapters.phrases import share
from analysis.chapters.rows import last, pick, records, rows_of
from analysis.chapters.words import link
from analysis.figures.numbers import number
from analysis.figures.table import Column, Html, Table, markup
from analysis.figures.time_axis import printed
from analysis.readings import split
from analysis.verdicts import plural

# The name under each item of the digest, in its order, and the rows that stand for it.
OUTLETS = {
    "Council on Foreign Relations": ["cfr_20241120"],
    "Kyiv Independent": ["gallup_onlytrusted_2024"],
    "Washington Post": ["wapo_endgame_printed"],
    "Russia Matters": ["russiamatters_20240830"],
    "The Atlantic (picture)": ["theatlantic_2024_printed"],
    "NZZ, printed as NZZone": ["nzz_2024_printed"],
    "Le Figaro": ["lefigaro_2024_printed"],
    "The Conversation": ["theconversation_2024_printed"],
    "Wprost": ["wprost_2024_printed"],
    "Council on Foreign and Defence Policy": ["svop_2024_printed"],
    "Russian International Affairs Council": ["riac_2024_printed"],
    "Moscow Times": ["moscowtimes_2024_kallas_printed"],
    "Atlantic Council": ["atlanticcouncil_2024_printed"],
    "Bloomberg": ["bs_bloomberg_20241121", "nmg_bloomberg_20241123", "bloomberg_lng_aim_printed"],
    "Centre for European Policy Studies": ["lucas_cepa_2024"],
    "Bruegel": ["trade_bruegel_2024_03"],
    "Jamestown Foundation": ["jamestown_21_165"],
    "Observer Research Foundation": ["orf_deepdive_2024"],
}
NOT_FOUND = "source_not_found"
ANSWERS = {
    "yes": "as reported",
    "partly": "in part",
    "no": "otherwise",
    "unchecked": "not checked",
    NOT_FOUND: "not found",
}

MAJORITY, NEWEST = "endgame.056", "endgame.037"
VERDICT_OF_FAILURE = ("endgame.175", "endgame.196")
PLANS_IN_HEADING, PLANS_IN_TEXT = "endgame.074", "endgame.076"
NEW_HEIGHT, NUMBER_OF_FIRMS = "endgame.227", "endgame.223"


def _credited(chapter: Chapter) -> pd.DataFrame:
    """What the article credits to an outlet, a row a claim and source: outlet, source_id, claim_id, faithful, discrepancy."""
    outlet_of = {source: outlet for outlet, sources in OUTLETS.items() for source in sources}
    rows = chapter.tables["attributions"]
    rows = rows[rows["claim_id"].isin(list(chapter.claims))]
    if rows.empty:
        raise ValueError("table endgame-outlets: the article credits nothing to an outlet")
    unknown = sorted(set(rows["source_id"]) - set(outlet_of))
    if unknown:
        raise ValueError(f"table endgame-outlets: no outlet is named for {', '.join(unknown)}")
    return rows.assign(outlet=rows["source_id"].map(outlet_of))


def _found(chapter: Chapter, source_ids: Iterable[str]) -> Html:
    """What was found of an outlet: publisher, title with its address, day; nothing where nothing was."""
    texts = []
    for source_id in source_ids:
        source = chapter.library.sources[source_id]
        title = escape(source["title"])
        if source["url"]:
            title = f'<a href="{escape(source["url"])}">{title}</a>'
        dated = f", {printed(source['published'])}" if source["published"] else ""
        texts.append(f"{escape(source['publisher'])}: {title}{dated}")
    return Html("<br>".join(texts) or "no text")


def outlets(chapter: Chapter) -> Table:
    """A row a cited outlet: the text that was found, and for how many claims it says what the article says."""
    credited = _credited(chapter)
    counts = credited.groupby(["outlet", "faithful"]).size().unstack(fill_value=0)
    named = [outlet for outlet in OUTLETS if outlet in counts.index]
    counts = counts.reindex(index=named, columns=list(ANSWERS), fill_value=0)
    present = credited[credited["faithful"] != NOT_FOUND].groupby("outlet")["source_id"].agg(set)
    texts = [sorted(present.get(outlet, set())) for outlet in named]
    shown = pd.DataFrame(
        {
            "outlet": named,
            "claims": [plural(int(count), "claim") for count in counts.sum(axis=1)],
            "answers": [
                ", ".join(f"{row[answer]} {said}" for answer, said in ANSWERS.items() if row[answer])
                for row in records(counts)
            ],
            "found": [_found(chapter, sources) for sources in texts],
        }
    )
    data = counts.reset_index().assign(texts=[";".join(sources) for sources in texts])
    columns = {
        "outlet": Column("Named by the article"),
        "claims": Column("Credited with"),
        "answers": Column("It says so"),
        "found": Column("What was found"),
    }
    total = counts.sum()
    return Table(
        "endgame-outlets",
        f"{plural(len(named), 'outlet')} named, {len(present)} found at least in part: of {number(int(total.sum()))} claims "
        f"{number(int(total['yes']))} are borne out, {number(int(total['partly']))} in part, {number(int(total['no']))} not",
        "Claims credited to an outlet, by what its own text says; not checked: beyond the part that could be read; one claim may be "
        "credited to two outlets",
        "the texts named, as far as they could be found and read; where they were looked for stands at each claim",
        markup(shown, columns, "finding-verdicts"),
        data,
    )


def differences(chapter: Chapter) -> Markdown:
    """How the digest differs from the texts that could be read, kind by kind."""
    rows = rows_of(chapter, "endgame-concessions-base")
    among = last(pick(rows, "opinion.ukraine_concessions_among_negotiators"))
    talks = last(pick(rows, "opinion.ukraine_negotiate_asap", period=among["period"]))
    credited = _credited(chapter).set_index("claim_id")
    lucas = credited[credited["source_id"].isin(OUTLETS["Centre for European Policy Studies"])]["faithful"]
    publisher = chapter.library.sources["lucas_cepa_2024"]["publisher"].partition(",")[0]
    old = [f"{name} by {plural(days, 'day')}" for name, days in _older(chapter)]
    failure = " and ".join(link(chapter, claim_id) for claim_id in VERDICT_OF_FAILURE)
    heading, text = (chapter.claims[claim_id] for claim_id in (PLANS_IN_HEADING, PLANS_IN_TEXT))
    return Markdown(
        f"- **A condition falls away.** {link(chapter, MAJORITY)}: concessions were put only to the {share(talks['value'])} who "
        f"want talks soon, and {share(among['value'])} of these are open to some.\n"
        f"- **A call becomes a verdict.** {failure}: the author complains of failure in order to ask for tougher enforcement. The "
        f"text is one of the {publisher}, not of the centre that the article names; of {plural(len(lucas), 'claim')} it bears "
        f"out {int((lucas == 'yes').sum())} and contradicts {int((lucas == 'no').sum())}.\n"
        f"- **Old texts among the week’s news.** {link(chapter, NEWEST)}: the digest is younger than the texts of "
        f"{' and '.join(old)}.\n"
        f"- **Heading and text part ways.** {link(chapter, PLANS_IN_HEADING)} says the heading, {heading['figure_low']}; "
        f"{link(chapter, PLANS_IN_TEXT)} says the text below, nearly {text['figure_low']}. {link(chapter, NEW_HEIGHT)}: the text "
        "that is cited warns that the cooperation is overrated.\n"
        f"- **A flow becomes a stock.** {link(chapter, NUMBER_OF_FIRMS)}: a register counts new firms by period, the article the "
        "number of firms; which of the two authors made the change is open."
    )


def _older(chapter: Chapter) -> list[tuple[str, int]]:
    """Items older than the span that counts as newest: the publisher and the days up to the article, newest first."""
    reading = chapter.library.primary(NEWEST)
    begin = periods.parse(reading["expected"]).start
    published = periods.parse(chapter.article["published"]).start
    found = {}
    for event_id in split(reading["key"]):
        for event in chapter.library.events[event_id]:
            day = periods.parse(event["date"]).start
            if day < begin:
                (origin,) = split(event["origin_ids"])
                found[chapter.origin_names[origin]] = (published - day).days
    return sorted(found.items(), key=lambda item: item[1])
