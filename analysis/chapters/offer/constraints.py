"""What stands in the offer's way: pipes and contracts, American law, ties to Asia; and what the offer then is."""

from __future__ import annotations

from html import escape

import pandas as pd
from IPython.display import Markdown

from analysis import periods
from analysis.chapter import Chapter
from analysis.chapters.common import branch, map_figure
from analysis.chapters.phrases import of_all, share, tally, years
from analysis.chapters.rows import pick, records, rows_of
from analysis.figures.bars import bars
from analysis.figures.figure import Figure
from analysis.figures.numbers import DASH, number, quantity
from analysis.figures.table import Column, Html, Table, markup, table
from analysis.figures.time_axis import printed
from analysis.figures.timeline import timeline
from analysis.figures.verdicts import chip
from analysis.readings import Record, split
from analysis.verdicts import plural

PIPES = [f"offer.{number:03d}" for number in range(65, 78)]
LAW = [*(f"offer.{number:03d}" for number in range(78, 83)), "offer.092", "offer.101"]
ASIA = [f"offer.{number:03d}" for number in range(86, 92)]
MEASURED = ("offer.067", "offer.086", "offer.087", "offer.088", "offer.089")
VERDICT = ["offer.083", "offer.084", "offer.100", "offer.102", "offer.103"]
BUILT = ("offer.065", "offer.066", "offer.068", "offer.069", "offer.070")
STOCKS = ("us_sdn.stock.eo14024", "us_sdn.stock.ukraine_eos", "us_sdn.stock.russia_any")
STANCE_WORDS = {"supports": "for the claim", "contradicts": "against it", "silent": "silent"}


def constraint_map(chapter: Chapter, claim_id: str, name: str) -> Figure:
    """A constraint with the premises that carry it, and the strength that they give it."""
    graph = branch(chapter, claim_id)
    strength = chapter.strengths()[claim_id]
    return map_figure(
        chapter, graph, name,
        f"{chapter.claims[claim_id]['short_en']}: strength {strength:.2f} from {plural(len(graph) - 1, 'premise')}",
    )  # fmt: skip


def stances_table(chapter: Chapter, claim_id: str) -> Table:
    """What independent sources say of a claim that no number settles, those for it first."""
    order = list(STANCE_WORDS)
    rows = sorted(
        (row for row in records(chapter.tables["stances"]) if row["claim_id"] == claim_id),
        key=lambda row: (order.index(row["stance"]), row["source_id"]),
    )
    sources = [chapter.library.sources[row["source_id"]] for row in rows]
    data = pd.DataFrame(
        {
            "source": [f"{source['publisher']}, {printed(source['published'])}" for source in sources],
            "stance": [STANCE_WORDS[row["stance"]] for row in rows],
            "ground": [row["ground"] for row in rows],
        }
    )
    counts = [int((data["stance"] == STANCE_WORDS[stance]).sum()) for stance in order]
    return table(
        data,
        {"source": Column("Source"), "stance": Column("Speaks"), "ground": Column("What it says")},
        table_id=f"stances-{claim_id.replace('.', '-')}",
        title=f"{chapter.claims[claim_id]['short_en']}: {plural(counts[0], 'source')} for, {counts[1]} against"
        + (f", {counts[2]} silent" if counts[2] else ""),
        subtitle="Each source’s part on the claim, in the book’s own words",
        source=chapter.publishers(pd.DataFrame({"origins": [row["origin_ids"] for row in rows]})),
        css_class="finding-verdicts",
    )


# Infrastructure


def infrastructure_answer(chapter: Chapter) -> Markdown:
    """The section's answer from the verdicts on its claims."""
    rows = rows_of(chapter, "offer-lng-terms")
    longest = rows["value"].max()
    stated = float(chapter.claims["offer.071"]["figure_low"])
    return Markdown(
        f"**{'Gas pipes do not turn, but less is built than is told' if _unsigned(chapter) else 'The second line is signed'}.** "
        f"Of {plural(len(PIPES), 'claim')} on pipes, ports and contracts: {tally(chapter, PIPES)}. The second Power of Siberia line has "
        f"{'a memorandum and no contract' if _unsigned(chapter) else 'a contract'}, and the longest contract for liquefied gas that was found "
        f"runs for {quantity(longest, 'year', 0)}, not {number(stated, 0)}."
    )


def _events(chapter: Chapter) -> list[Record]:
    """The events on which the claims about works rest, each happening once, each absence at its own date."""
    keys = [
        key for claim in BUILT for reading in chapter.library.readings_of[claim] for key in split(reading["key"])
    ]
    rows = [row for key in dict.fromkeys(keys) for row in chapter.library.events[key]]
    kept: dict[tuple[str, str], Record] = {}
    for row in rows:
        stem = row["event_id"].partition(".")[0]
        kept.setdefault((stem, row["date"] if row["occurred"] == "no" else ""), row)
    return list(kept.values())


def _unsigned(chapter: Chapter) -> bool:
    return all(row["occurred"] == "no" for row in _events(chapter) if row["event_id"].startswith("pos2_contract."))


def works(chapter: Chapter) -> Figure:
    """What was closed, banned, built or only planned, by date; what had not happened is hollow."""
    rows = _events(chapter)
    if not rows:
        raise ValueError("figure offer-infrastructure: there is no event to draw")
    data = pd.DataFrame(
        {
            "date": [row["date"] for row in rows],
            "label": [row["event"] for row in rows],
            "actor": ["EU27" if "EU27" in split(row["actors"]) else "RU" for row in rows],
            "occurred": [row["occurred"] for row in rows],
            "origins": [row["origin_ids"] for row in rows],
            "event_id": [row["event_id"] for row in rows],
        }
    ).sort_values(["date", "event_id"])
    reports = [row for row in rows if row["event_id"].startswith("pos2_contract.")]
    latest = max((row["date"] for row in reports), key=lambda day: periods.parse(day).end)
    blasts = min(row["date"] for row in rows if row["event_id"].startswith("nord_stream"))
    return timeline(
        data, figure_id="offer-infrastructure",
        title=(
            f"Power of Siberia 2 has a memorandum and, by {plural(len(reports), 'report')} up to {printed(latest)}, no contract; "
            if _unsigned(chapter)
            else "Power of Siberia 2 has a contract; "
        )
        + f"Nord Stream was blown up on {printed(blasts)}",
        subtitle=f"Dated events on which the claims about works rest; hollow: had not happened by then · {years(data['date'])}",
        source=chapter.publishers(data),
        alt=f"{len(data)} dated events from top to bottom. "
        + " ".join(f"{printed(row['date'])}: {row['label']}." for row in records(data)),
    )  # fmt: skip


def lng_terms(chapter: Chapter) -> Figure:
    """Terms of long contracts for Russian liquefied gas by buyer's country, beside what the article prints."""
    rows = rows_of(chapter, "offer-lng-terms")
    found = rows.drop_duplicates(["counterparty", "period", "value"])
    names = dict(zip(chapter.tables["areas"]["area"], chapter.tables["areas"]["name_en"], strict=True))
    stated = {
        f"Article, paragraph {chapter.claims[claim]['paragraph']}": float(chapter.claims[claim]["figure_low"])
        for claim in ("offer.071", "offer.102")
    }
    contracts = pd.DataFrame(
        {
            "label": [f"{names[row['counterparty']]}, {periods.parse(row['period']).start.year}" for row in records(found)],
            "value": found["value"].to_numpy(),
            "actor": found["counterparty"].to_numpy(),
            "observation_id": found["observation_id"].to_numpy(),
        }
    ).sort_values(["value", "label"], ascending=[False, True])
    printed_terms = pd.DataFrame({"label": list(stated), "value": list(stated.values()), "actor": ""})
    most, claimed = contracts["value"].max(), max(stated.values())
    common = contracts["value"].mode().iloc[0]
    same = int((contracts["value"] == common).sum())
    reach = f"No contract found runs for {claimed:.0f} years" if most < claimed else f"Contracts run for up to {most:.0f} years"
    return bars(
        pd.concat([printed_terms, contracts]), unit="year", ordered=False, figure_id="offer-lng-terms",
        title=f"{reach}: the longest has {most:.0f}, and {same} of {len(contracts)} have {common:.0f}",
        subtitle="Term in years by buyer’s country and year of signature (China 2020: day of the page) · grey: as the article prints it, "
        f"in two places · not a complete list · {years(found['period'])}",
        source=chapter.publishers(rows),
        alt="Bars of "
        + ", ".join(f"{row['value']:.0f} years for {row['label']}" for row in records(contracts))
        + f"; the article prints {' and '.join(f'{value:.0f}' for value in stated.values())}.",
    )  # fmt: skip


# Law


def law_answer(chapter: Chapter) -> Markdown:
    """The section's answer: how much of the list an order can end, and what was done without Congress."""
    count, whole, _ = _by_order(chapter)
    partial = chapter.now["offer.079"].label == "Supported" and chapter.now["offer.078"].label == "Conflicting evidence"
    return Markdown(
        f"**{'The bar is real and partial' if partial else 'How far the bar reaches is not settled'}.** "
        f"{share(round(100 * count / whole, 1))} of the entries counted last under both sets of orders rested on the order of 2021 "
        f"alone, which some of the readings of the law below put within a president’s own power. Of {plural(len(LAW), 'claim')} on law and "
        f"politics: {tally(chapter, LAW)}."
    )


def _by_order(chapter: Chapter) -> tuple[float, float, str]:
    """Entries under the order of 2021 alone, all entries, and the last day for which both are counted."""
    rows = rows_of(chapter, "offer-monitor-listings")
    by_day = [pick(rows, series).groupby("period")["value"].first() for series in STOCKS]
    day = max(set.intersection(*(set(one.index) for one in by_day)))
    _, older, whole = (float(one[day]) for one in by_day)
    return whole - older, whole, day


READERS = (
    ("thehill_eo14024_2021", "valdai_lifting_2024", "justsecurity_103743"),
    ("sanctionlaw_216", "espreso_caatsa"),
    ("exportlawblog_201707",),
)


def _publishers(chapter: Chapter, source_ids: tuple[str, ...]) -> str:
    return "; ".join(chapter.library.sources[source]["publisher"] for source in source_ids)


def powers(chapter: Chapter) -> Table:
    """What a president can lift alone and what not, by the readings of the law, with the entries that hang on it."""
    alone, whole, day = _by_order(chapter)
    older = whole - alone
    data = pd.DataFrame(
        {
            "basis": ["Order of 2021 (14024) alone", "Orders of 2014, in statute since 2017", "General licences under either"],
            "entries": [alone, older, None],
            "share": [round(100 * alone / whole, 1), round(100 * older / whole, 1), None],
            "who": [
                "the president by a further order, by some readings of the law; another holds that his power is large and not absolute",
                "the president after reporting to Congress, which may block it within the review period",
                "the Treasury; a licence that changes policy is subject to review, but the executive itself judges whether it does",
            ],
            "by": [_publishers(chapter, sources) for sources in READERS],
        }
    )
    return table(
        data,
        {
            "basis": Column("Rests on"),
            "entries": Column("Entries", True, "", 0),
            "share": Column("Of all, %", True, "", 1),
            "who": Column("Who can lift it"),
            "by": Column("By"),
        },
        table_id="offer-powers",
        title=f"{number(alone, 0)} of {number(whole, 0)} entries over Russia rest on an order that, by some readings of the law, a president can end",
        subtitle=f"Entries of the US blocking list on {printed(day)}, the last day counted for both · readings of the law differ: see the "
        "sources for and against below",
        source=chapter.publishers(pick(rows_of(chapter, "offer-monitor-listings"), STOCKS))
        + "; the publishers named with each basis",
        css_class="finding-cards",
    )


def relief(chapter: Chapter) -> Figure:
    """Measures since the beginning of 2025: what was imposed, what was let through, what was struck off."""
    rows = [
        row
        for row in records(chapter.tables["sanctions"])
        if row["date"] >= "2025" and row["issuer"] in ("US", "EU27")
    ]
    if not rows:
        raise ValueError("figure offer-relief: there is no measure to draw")
    data = pd.DataFrame(
        {
            "date": [row["date"] for row in rows],
            "label": [f"{row['measure']}: {row['scope']}" for row in rows],
            "actor": [row["issuer"] for row in rows],
            "source_id": [row["source_id"] for row in rows],
        }
    ).sort_values(["date", "label"])
    licences = [row for row in rows if row["measure"].startswith("General License")]
    gone = pick(rows_of(chapter, "offer-monitor-listings"), "us_sdn.removed.eo14024").sort_values("value").iloc[-1]
    names = sorted({chapter.library.sources[row["source_id"]]["publisher"] for row in rows})
    return timeline(
        data, figure_id="offer-relief",
        title=f"{plural(len(licences), 'general licence')} of {licences[-1]['date'][:4]} let Russian oil through for a time, and "
        f"{number(gone['value'], 0)} entries were struck off ({printed(gone['period'])})",
        subtitle=f"Dated measures over Russia, of the United States and the European Union · {years(data['date'])}",
        source="; ".join(names),
        alt=f"{len(data)} dated measures from top to bottom. "
        + " ".join(f"{printed(row['date'])}: {row['label']}." for row in records(data)),
    )  # fmt: skip


# Asia


def asia_answer(chapter: Chapter) -> Markdown:
    """The section's answer from the verdicts on its claims."""
    grown = sum(chapter.now[claim].label == "Supported" for claim in MEASURED)
    reset = chapter.now["offer.090"].label == "Not enough evidence"
    return Markdown(
        f"**Of the claims that a tie to Asia has grown, {of_all(grown, len(MEASURED))} hold by a measure of their own**, though China "
        f"has to stand for Asia in most of them. Of the section’s {plural(len(ASIA), 'claim')}: {tally(chapter, ASIA)}."
        + (
            " That a turn back would need a reset of the whole system is a judgement that no source found settles."
            if reset
            else ""
        )
    )


def ties(chapter: Chapter) -> Table:
    """Each tie to Asia before and after, with the verdict on the claim that it serves."""
    shown, origins = [], []
    for claim in MEASURED:
        reading = chapter.library.primary(claim)
        series = chapter.library.series[split(reading["key"])[0]]
        item = next((item for item in chapter.now[claim].evidence if len(item.references) > 1), None)
        ends = [] if item is None else [item.references[0], item.references[-1]]
        before, after = (
            [f"{quantity(end.value, series['unit'])} ({printed(end.period)})" for end in ends] or [DASH] * 2
        )
        origins += [";".join(sorted(item.origins))] if item else []
        shown.append(
            {
                "claim": chapter.claims[claim]["short_en"],
                "measure": series["title_en"],
                "before": before,
                "after": after,
                "verdict": chapter.now[claim].label,
            }
        )
    data = pd.DataFrame(shown)
    held = int((data["verdict"] == "Supported").sum())
    columns = {
        "claim": Column("Claim and its measure"),
        "verdict": Column("Now"),
        "before": Column("Before"),
        "after": Column("After"),
    }
    cells = data.assign(
        claim=[Html(f"{escape(row['claim'])}<br><small>{escape(row['measure'])}</small>") for row in records(data)],
        verdict=[chip(label) for label in data["verdict"]],
    )
    return Table(
        "offer-asia-ties",
        f"{held} of {len(data)} claims about growing ties to Asia are supported by their own measure",
        "First and last value of the measure that decides each claim, in its own unit; a dash where no row decides · Russia",
        chapter.publishers(pd.DataFrame({"origins": origins})),
        markup(cells, columns, "finding-verdicts"),
        data,
    )


# The verdict


def verdict_answer(chapter: Chapter) -> Markdown:
    """Probe or surrender: what the article's reading of the offer rests on."""
    strengths, labels = chapter.strengths(), {claim: chapter.now[claim].label for claim in VERDICT}
    told = "; ".join(
        f"*{chapter.claims[claim]['short_en']}*: {labels[claim].lower()}, strength {strengths[claim]:.2f}"
        for claim in ("offer.083", "offer.084")
    )
    stands = [row["stance"] for row in records(chapter.tables["stances"]) if row["claim_id"] == "offer.103"]
    known = "no document at hand settles it" if labels["offer.084"] == "Not enough evidence" else "sources speak to it"
    return Markdown(
        f"**Whether the offer was a probe or a surrender is a claim about aims, and {known}** ({told}). On the article’s last "
        f"point, that pipes, laws and contracts are hardest to rewrite, the verdict is *{labels['offer.103'].lower()}*: {plural(stands.count('supports'), 'case')} for it and "
        f"{stands.count('contradicts')} against."
    )
