"""What Americans were asked, beside what the article uses it for.

A poll measures the answer to its question. The article cites one on the outlook for the whole administration
under the heading of opposition to the thaw; the others here do ask about Russia or the war, each in words of its
own, so that no two of them are waves of one series and no trend is drawn through them.
"""

from __future__ import annotations

from html import escape

import pandas as pd
from IPython.display import Markdown

from analysis.addresses import source_address
from analysis.chapter import Chapter
from analysis.chapters.phrases import moved, of_all, share
from analysis.chapters.rows import pick, records, rows_of
from analysis.chapters.words import link
from analysis.figures.bars import bars, dots
from analysis.figures.figure import Figure
from analysis.figures.table import LONG, Column, Html, Table, markup
from analysis.figures.time_axis import printed
from analysis.ledger import attribution
from analysis.periods import last_day
from analysis.verdicts import plural

CITED = "opinion.us_worried_umd"
CITED_CLAIM, OPPOSITION = "reset.189", "reset.192"
HALF = 50.0
PARTIES = {
    CITED: "all adults",
    f"{CITED}_democrats": "Democrats",
    f"{CITED}_independents": "independents",
    f"{CITED}_republicans": "Republicans",
}
ENEMY = {
    "opinion.us_russia_enemy_pew": "Russia is an enemy: all",
    "opinion.us_russia_enemy_pew_republicans": "Russia is an enemy: Republicans",
    "opinion.us_sympathise_umd_democrats": "sympathy with Ukraine: Democrats",
    "opinion.us_sympathise_umd_republicans": "sympathy with Ukraine: Republicans",
}
# A question in a few words, and which of its answers is critical of the course and which favours it.
QUESTIONS = {
    "handling of the war, Quinnipiac": (
        "opinion.us_disapprove_war_quinnipiac",
        "opinion.us_approve_war_quinnipiac",
    ),
    "handling of the war, CBS": ("opinion.us_disapprove_war_cbs", "opinion.us_approve_war_cbs"),
    "handling of the war, YouGov": ("opinion.us_disapprove_war_yougov", ""),
    "Trump favours Russia, CBS": ("opinion.us_trump_favours_russia_cbs", ""),
    "Trump favours Russia, Chicago Council": ("opinion.us_trump_favours_russia_chicago", ""),
    "Trump favours Russia, Pew": ("opinion.us_trump_favours_russia_pew", "opinion.us_right_balance_pew"),
    "too closely aligned, Ipsos": ("opinion.us_trump_too_close_ipsos", "opinion.us_not_too_close_ipsos"),
    "stop of aid, Maryland": ("opinion.us_oppose_aid_stop_umd", "opinion.us_support_aid_stop_umd"),
    "land before a quick end, Gallup": ("opinion.us_regain_land_gallup", ""),
    "not tough enough, Quinnipiac": ("opinion.us_trump_not_tough_quinnipiac", ""),
}


def _printed_shares(rows: pd.DataFrame, series: str) -> tuple[float, float]:
    """The least and the greatest share of an answer that reports of one poll print; mostly they agree."""
    values = pick(rows, series)["value"].astype(float)
    return float(values.min()), float(values.max())


def _answer(rows: pd.DataFrame, series: str) -> dict[str, float]:
    """The share of an answer as a chart takes it: the least that is printed, with the range of reports."""
    low, high = _printed_shares(rows, series)
    return {"value": low, "low": low, "high": high}


def cited_poll(chapter: Chapter) -> Figure:
    """The poll that the article cites, by party: worry about the administration as a whole."""
    rows = rows_of(chapter, "reset-maryland-question")
    data = pd.DataFrame(
        [{"label": name, "value": _printed_shares(rows, series)[0]} for series, name in PARTIES.items()]
    )
    worried = data.set_index("label")["value"]
    return bars(
        data,
        unit="percent_share",
        ordered=False,
        figure_id="reset-maryland-question",
        title=f"The cited poll found {share(worried['all adults'])} worried about the administration as a whole; "
        "it did not ask about Russia",
        subtitle=f"Share very or somewhat worried · adults in the United States · {printed(rows['period'].iloc[0])}",
        source=chapter.publishers(rows),
        alt="; ".join(f"{name} {share(value)}" for name, value in worried.items()) + ".",
    )


def on_russia(chapter: Chapter) -> Figure:
    """Polls that do ask about Russia or the war: the critical answer, and the favourable one where it is printed."""
    rows = rows_of(chapter, "reset-public-opinion")
    published = last_day(chapter.article["published"])
    data, majorities, early = [], 0, 0
    for label, (critical, favourable) in QUESTIONS.items():
        begun = pick(rows, critical)["period"].iloc[0].split("/")[0]
        early += last_day(begun) < published
        name = f"{label}, {printed(begun[:7])}"
        found = _answer(rows, critical)
        majorities += found["value"] > HALF
        data.append({"label": name, "series": "critical", **found, "hollow": False})
        if favourable:
            data.append({"label": name, "series": "favourable", **_answer(rows, favourable), "hollow": True})
    frame = pd.DataFrame(data)
    shares = frame.loc[frame["series"] == "critical", "value"].tolist()
    return dots(
        frame,
        unit="percent_share",
        ordered=True,
        figure_id="reset-public-opinion",
        title=f"Asked about Russia or the war, majorities were critical in {of_all(majorities, len(shares))} questions",
        subtitle=f"Share of respondents in the United States · filled: critical of Trump’s course, hollow: favourable, where "
        f"printed; line: reports differ · {early} asked before the article",
        source=chapter.publishers(rows),
        alt=f"The critical answer runs from {share(min(shares))} to {share(max(shares))} over "
        f"{plural(len(shares), 'question')}.",
    )


def against(chapter: Chapter) -> Figure:
    """What speaks against growing opposition: fewer call Russia an enemy; sympathy with Ukraine parts by party."""
    rows = rows_of(chapter, "reset-russia-enemy")
    data = []
    for series, label in ENEMY.items():
        part = pick(rows, series).sort_values("period")
        for row, name, hollow in ((part.iloc[0], "before", True), (part.iloc[-1], "2025", False)):
            year = str(row["period"])[:4]
            data.append(
                {
                    "label": label,
                    "series": name,
                    "value": row["value"],
                    "hollow": hollow,
                    "year": year,
                }
            )
    frame = pd.DataFrame(data)
    ends = frame.pivot(index="label", columns="series", values="value").astype(float)
    years = {
        label: frame.loc[(frame["label"] == label) & frame["hollow"], "year"].iloc[0]
        for label in ENEMY.values()
    }
    frame["label"] = [f"{label}, from {years[label]}" for label in frame["label"]]
    shares = {str(label): (float(row["before"]), float(row["2025"])) for label, row in ends.iterrows()}
    everyone, party = shares["Russia is an enemy: all"], shares["Russia is an enemy: Republicans"]
    return dots(
        frame,
        unit="percent_share",
        ordered=False,
        figure_id="reset-russia-enemy",
        title=f"The share that calls Russia an enemy {moved(*everyone)} from {share(everyone[0])} to {share(everyone[1])}, "
        f"among Republicans from {share(party[0])} to {share(party[1])}",
        subtitle="Share of adults in the United States · hollow: the earlier poll, filled: March 2025",
        source=chapter.publishers(rows),
        alt="; ".join(
            f"{label} {share(before)}, then {share(now)}" for label, (before, now) in shares.items()
        )
        + ".",
    )


def questions(chapter: Chapter) -> Table:
    """Every question as it was asked, with the answer that is counted, who was asked, when, and the share."""
    asked = chapter.tables["poll_questions"]
    parts = [
        rows_of(chapter, name)
        for name in ("reset-maryland-question", "reset-public-opinion", "reset-russia-enemy")
    ]
    rows = pd.concat(parts)
    known = rows.groupby("series_id")["value"].agg(lambda values: values.tolist()[-1])
    origins = rows.drop_duplicates("series_id").set_index("series_id")["origins"]
    found = [row for row in records(asked) if row["series_id"] in known.index]
    if not found:
        raise ValueError("table reset-poll-questions: no question of the chapter’s polls is recorded")
    found.sort(key=lambda row: (row["asked_from"] or "9999", row["series_id"]))
    shown = pd.DataFrame(
        {
            "question": [row["question"] for row in found],
            "answer": [row["answer"] for row in found],
            "share": [share(float(known[row["series_id"]])) for row in found],
            "who": [
                row["population"]
                + (f"; {int(row['sample']):,} asked".replace(",", " ") if row["sample"] else "")
                for row in found
            ],
            "when": [
                printed(f"{row['asked_from']}/{row['asked_to']}") if row["asked_from"] else "days not printed"
                for row in found
            ],
            "source": [
                Html(
                    f'<a href="{escape(source_address(row["source_id"]))}">'
                    f"{escape(chapter.publishers(pd.DataFrame({'origins': [origins[row['series_id']]]})))}</a>"
                )
                for row in found
            ],
        }
    )
    columns = {
        "question": Column("Asked"),
        "answer": Column("Counted answer"),
        "share": Column("Share"),
        "who": Column("Of whom"),
        "when": Column("When"),
        "source": Column("Poll"),
    }
    russia = sum(row["question"].find("no word on Russia") < 0 for row in found)
    return Table(
        "reset-poll-questions",
        f"{plural(len(found), 'answer')} and the question behind each; {russia} are to questions on Russia or the war",
        "Questions in our words, after what the pollsters or reports print; samples and days where they are printed",
        chapter.publishers(rows),
        markup(shown, columns, "finding-cards"),
        pd.DataFrame(found),
        LONG,
    )


def in_short(chapter: Chapter) -> Markdown:
    """What the article takes its poll for, what the poll asked, and what the verdicts are."""
    cited = next(row for row in records(chapter.tables["poll_questions"]) if row["series_id"] == CITED)
    verdict = chapter.now[CITED_CLAIM].label.lower()
    other, before = (chapter.now[OPPOSITION].label.lower(), chapter.then[OPPOSITION].label.lower())
    faithful = {"yes": "as it stands in the source", "partly": "only partly as the source has it"}.get(
        attribution(chapter.library, CITED_CLAIM) or "", "otherwise than the source has it"
    )
    return Markdown(
        f"The article puts one figure under opposition to the thaw, {link(chapter, CITED_CLAIM)}: {verdict} as a number, "
        f"and used {faithful}, since the question was this: {cited['question'][0].lower()}{cited['question'][1:]}. That "
        f"opposition to the thaw was there is another claim, {link(chapter, OPPOSITION)}, and rests on other polls: "
        f"{other} now, {before} on what was known at publication."
    )
