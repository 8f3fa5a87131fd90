"""Support for Ukraine: what people want, what donors give, what allies spend.

Polls put different questions to different people, so each question keeps a line or a row of its own,
and a share of a part is never drawn as a share of the whole. Aid is what donors set aside, in the one
edition of the tracker that the rows hold; what an estimate says stands in words, beside the outturns.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from IPython.display import Markdown

from analysis import periods
from analysis.chapter import Chapter
from analysis.chapters.phrases import admitted, moved, of_all, percent, share, years
from analysis.chapters.rows import (
    article_mark,
    by_end,
    in_order,
    last,
    lines,
    of_precision,
    outturns,
    pick,
    records,
    rows_of,
)
from analysis.chapters.words import link
from analysis.figures.bars import dots
from analysis.figures.figure import Figure
from analysis.figures.numbers import number, quantity
from analysis.figures.parts import Statement
from analysis.figures.table import Column, Table, table
from analysis.figures.time_axis import printed
from analysis.figures.timeseries import timeseries
from analysis.intervals import threshold_interval
from analysis.verdicts import plural

MAJORITY = "endgame.056"
DIVIDED = "endgame.067"
PLEDGE = "endgame.124"

TALKS, FIGHT = "opinion.ukraine_negotiate_asap", "opinion.ukraine_fight_until_victory"
OPEN_AMONG_THEM = "opinion.ukraine_concessions_among_negotiators"
READY, AGAINST = "opinion.kiis_ready_for_concessions", "opinion.kiis_against_any_concessions"
ROLE_EU, ROLE_GB, ROLE_US = (f"opinion.ukraine_role_in_talks_{place}" for place in ("eu", "gb", "us"))
AID, ARMS = "ukraine_aid.allocations_total", "ukraine_aid.allocations_military"
UNION = "ukraine_aid.eu_institutions.allocations_total"
AID_OF_ALL, ARMS_OF_ALL = "ukraine_aid.all_donors_total", "ukraine_aid.all_donors_military"
AID_PRINTED = "ukraine_aid.published_total"
ARMS_CHANGE = "ukraine_aid.military_change_vs_2022_24"
SPENT, ALLIES = "nato_defence.share_of_gdp", "nato_defence.allies_at_pledge"
SPENT_SIPRI = "milex.share_of_gdp"
EUROPE, WORLD = "EUROPE_KIEL", "WLD"


def in_short(chapter: Chapter, claim_ids: Sequence[str]) -> Markdown:
    """The verdicts now on the claims that a section turns on, in a line."""
    said = [f"{link(chapter, claim_id)}: {chapter.now[claim_id].label.lower()}" for claim_id in claim_ids]
    return Markdown("**In short.** " + "; ".join(said) + ".")


def _names(chapter: Chapter) -> dict[str, str]:
    areas = chapter.tables["areas"]
    return dict(zip(areas["area"], areas["name_en"], strict=True))


def _by_then(chapter: Chapter, rows: pd.DataFrame) -> pd.Series:
    """The row of the last period that had ended when the article appeared."""
    published = periods.parse(chapter.article["published"]).end
    return last(rows[[periods.parse(period).end <= published for period in rows["period"]]])


def _highest(rows: pd.DataFrame) -> pd.Series:
    return rows.sort_values("value", kind="stable").iloc[-1]


# What Ukrainians want


def war_weariness(chapter: Chapter) -> Figure:
    """Two institutes and two questions, wave by wave: talks or fighting on, and land or no land."""
    figure_id = "endgame-war-weariness"
    names = {
        TALKS: ("Gallup: talks as soon as possible", "UA"),
        FIGHT: ("Gallup: fight until victory", ""),
        READY: ("KIIS: some land for peace", "UA"),
        AGAINST: ("KIIS: no land at all", ""),
    }
    data = lines(outturns(rows_of(chapter, figure_id)), names)
    waves = {series: pick(data, series) for series in names}
    (talks, land), (later, kept) = (
        [find(waves[series]) for series in (TALKS, AGAINST)]
        for find in (lambda rows: _by_then(chapter, rows), last)
    )
    ends = [f"{names[series][0]} {share(first)} to {share(final)}" for series, first, final in (
        (series, in_order(rows)["value"].iloc[0], last(rows)["value"]) for series, rows in waves.items()
    )]  # fmt: skip
    return timeseries(
        data, unit="percent_share", marks=article_mark(chapter), figure_id=figure_id,
        title=f"As the article appeared {share(talks['value'])} of Ukrainians wanted talks soon, {share(land['value'])} "
        f"no land given up; in {later['period'][:4]} it was {share(later['value'])} and {share(kept['value'])}",
        subtitle=f"% of those asked, area held by the government · {years(data['period'])} · each wave a point",
        source=chapter.publishers(data),
        alt=f"Four lines from their first to their last wave: {'; '.join(ends)}.",
    )  # fmt: skip


def _asked(chapter: Chapter) -> tuple[pd.Series, pd.Series, float]:
    """Those for talks of all, those open to concessions among them, and the share of all that the two make, in %."""
    rows = outturns(rows_of(chapter, "endgame-concessions-base"))
    among = _by_then(chapter, pick(rows, OPEN_AMONG_THEM))
    talks = last(pick(rows, TALKS, period=among["period"]))
    return talks, among, talks["value"] * among["value"] / 100


def concessions_base(chapter: Chapter) -> Figure:
    """The poll behind the claimed majority by the people it was put to, and the other institute's beside."""
    figure_id = "endgame-concessions-base"
    rows = outturns(rows_of(chapter, figure_id))
    talks, among, both = _asked(chapter)
    ready = pick(rows, READY)
    then, highest = _by_then(chapter, ready), _highest(ready)
    shown = {
        "Gallup, put to all: talks as soon as possible": (talks["value"], "UA"),
        "Gallup, put to these alone: open to some concessions": (among["value"], ""),
        "Both, of all: the product": (both, "UA"),
        f"KIIS, put to all: some land for peace, {printed(then['period'])}": (then["value"], "UA"),
        f"KIIS, its highest wave, {printed(highest['period'])}": (highest["value"], "UA"),
    }
    data = pd.DataFrame(
        {"label": label, "series": "% of those asked", "value": value, "actor": actor}
        for label, (value, actor) in shown.items()
    )
    stated = admitted(chapter, MAJORITY)
    return dots(
        data, unit="percent_share", ordered=False, figure_id=figure_id,
        statement=Statement(stated, f"the article: over {share(stated.left)} of all"),
        title=f"{share(among['value'])} of the {share(talks['value'])} who want talks would concede something: "
        f"{'about ' if both % 1 else ''}{percent(both)} of all said so",
        subtitle=f"% of those to whom the question was put; grey: of a part · Ukraine · {printed(among['period'])}",
        source=chapter.publishers(rows),
        alt="; ".join(f"{row['label']} {percent(row['value'])}" for row in records(data)) + ".",
    )  # fmt: skip


def asked(chapter: Chapter) -> Markdown:
    """The arithmetic of the conditional question, and what it leaves open."""
    talks, among, both = _asked(chapter)
    then = _by_then(chapter, pick(outturns(rows_of(chapter, "endgame-concessions-base")), READY))
    return Markdown(
        f"**{link(chapter, MAJORITY)}: {chapter.now[MAJORITY].label.lower()}.** Of all, {share(talks['value'])} would talk "
        f"as soon as possible. Only these were asked about concessions, and {share(among['value'])} of them are open to "
        f"some: {percent(both)} of all. The others, {percent(100 - talks['value'])}, were not asked, so that the share of all can "
        f"be higher; another institute put its question to all and found {share(then['value'])} ready to give up some land in "
        f"{printed(then['period'])}."
    )


def weariness_groups(chapter: Chapter) -> Table:
    """The same questions by region and sex, as far as they were published."""
    table_id = "endgame-weariness-groups"
    rows = outturns(rows_of(chapter, table_id))
    ends = {"Country": "", "East": "_east", "Kyiv": "_kyiv", "Men": "_men", "Women": "_women"}
    first = in_order(pick(rows, FIGHT + "_men"))["period"].iloc[0]
    final = last(pick(rows, FIGHT + "_kyiv"))
    waves = [
        (FIGHT, first, "Fight on"),
        (FIGHT, final["period"], "Fight on"),
        (TALKS, last(pick(rows, TALKS + "_east"))["period"], "Talks soon"),
        (READY, _by_then(chapter, pick(rows, READY + "_east"))["period"], "Some land (KIIS)"),
    ]

    def found(series: str, period: str) -> float | None:
        at = rows[(rows["series_id"] == series) & (rows["period"] == period)]
        return None if at.empty else float(at["value"].iloc[0])

    data = pd.DataFrame(
        {
            "question": f"{question}, {printed(period)}",
            **{name: found(series + end, period) for name, end in ends.items()},
        }
        for series, period, question in waves
    )
    apart = data["East"][2] - data["Country"][2], data["Kyiv"][1] - data["Country"][1]
    said = [
        f"{quantity(abs(float(gap)), 'percentage_point')} {'more' if gap > 0 else 'less'}" for gap in apart
    ]
    columns = {"question": Column("Who would"), **{name: Column(name, numeric=True) for name in ends}}
    derived = (
        f"; Kyiv in {final['period'][:4]} worked out from the fall that was printed"
        if final["bound"] == "about"
        else ""
    )
    return table(
        data, columns, table_id=table_id,
        title=f"The East was for talks by {said[0]} than the country, Kyiv for fighting on by {said[1]}",
        subtitle=f"% of those asked · Ukraine · {years(period for _, period, _ in waves)} · Gallup, last row KIIS; groups are small "
        f"and their margins wide{derived}",
        source=chapter.publishers(rows),
    )  # fmt: skip


def talks_roles(chapter: Chapter) -> Figure:
    """Whom Ukrainians want to play a large part in talks, in two waves."""
    figure_id = "endgame-talks-roles"
    rows = outturns(rows_of(chapter, figure_id))
    places = {
        ROLE_EU: ("The European Union", "EU27"),
        ROLE_GB: ("The United Kingdom", ""),
        ROLE_US: ("The United States under Trump", "US"),
    }
    data = lines(rows, places)
    first, final = (edge(data["period"], key=by_end) for edge in (min, max))
    data = data.assign(label=data["line"], series=data["period"].map(printed), hollow=data["period"] == first)
    (eu, us), (eu_later, us_later) = (
        [float(last(pick(data, series, period=period))["value"]) for series in (ROLE_EU, ROLE_US)]
        for period in (first, final)
    )
    gap, later = eu - us, eu_later - us_later
    return dots(
        data, unit="percent_share", ordered=False, figure_id=figure_id,
        title=f"In {first[:4]} the European Union was wanted in talks by {quantity(abs(gap), 'percentage_point')} "
        f"{'more' if gap > 0 else 'less'} than the United States under Trump; in {final[:4]} by "
        f"{quantity(abs(later), 'percentage_point')} {'more' if later > 0 else 'less'}",
        subtitle="% who want each to play a large part in peace talks; several could be named, and nobody was asked who should "
        f"lead · Ukraine · {printed(first)} (hollow) and {printed(final)}",
        source=chapter.publishers(data),
        alt="; ".join(f"{row['label']} {share(row['value'])} in {row['series']}" for row in records(data)) + ".",
    )  # fmt: skip


# What Americans want


def us_opinion(chapter: Chapter) -> Figure:
    """Republicans and Democrats on Ukraine, question by question and wave by wave."""
    figure_id = "endgame-us-opinion"
    rows = outturns(rows_of(chapter, figure_id))
    questions = {
        "too_much_pew": "Pew: too much support",
        "too_much_gallup": "Gallup: doing too much",
        "end_quickly_gallup": "Gallup: end the war soon",
        "responsibility_pew": "Pew: a duty to help",
        "stay_umd": "Maryland: help to the end",
        "sympathise_umd": "Maryland: for Ukraine",
    }
    parts, gaps = [], []
    for stem, question in questions.items():
        sides = [pick(rows, f"opinion.us_{stem}_{party}") for party in ("republicans", "democrats")]
        both = pd.concat(
            [sides[0].assign(series="Republicans"), sides[1].assign(series="Democrats", hollow=True)]
        )
        both = in_order(both)
        parts.append(
            both.assign(label=[f"{question}, {printed(period)}" for period in both["period"]], actor="US")
        )
        levels = [side.set_index("period")["value"] for side in sides]
        gaps += [
            abs(levels[0][period] - levels[1][period])
            for period in levels[0].index
            if period in levels[1].index
        ]
    data = pd.concat(parts).assign(hollow=lambda frame: frame["hollow"].eq(True))
    bar = threshold_interval(chapter.library.primary(DIVIDED)["expected"])
    wide = sum(gap in bar for gap in gaps)
    return dots(
        data, unit="percent_share", ordered=False, figure_id=figure_id,
        title=f"In {of_all(wide, len(gaps))} polls the American parties stand at least {number(bar.left)} points apart over "
        f"Ukraine, in one by {number(max(gaps))}",
        subtitle=f"% of each party’s supporters who say so · United States · {years(data['period'])}; hollow: Democrats",
        source=chapter.publishers(data),
        alt=f"{plural(len(gaps), 'pair')} of dots; the distance runs from {number(min(gaps))} to {number(max(gaps))} points.",
    )  # fmt: skip


# What donors give


def us_aid(chapter: Chapter) -> Figure:
    """American aid by quarter, all kinds and military."""
    figure_id = "endgame-us-aid"
    rows = of_precision(pick(outturns(rows_of(chapter, figure_id)), geo="US"), "quarter")
    data = lines(rows, {AID: ("all kinds", "US"), ARMS: ("military alone", "")})
    quarters = in_order(pick(data, AID))
    peak, arms = _highest(quarters), pick(data, ARMS)
    beside, most = pick(arms, period=peak["period"]).iloc[0], _highest(arms)
    final = last(quarters[quarters["value"] > 0])["period"]
    ended = f"; none was set aside after {printed(final)}" if final != last(quarters)["period"] else ""
    return timeseries(
        data, unit="eur_bn", marks=article_mark(chapter), figure_id=figure_id,
        title=f"American aid was largest in {printed(peak['period'])}, {quantity(peak['value'], 'eur_bn', 1)}, of which "
        f"{quantity(beside['value'], 'eur_bn', 1)} military{ended}",
        subtitle=f"Billions of euros set aside, by quarter · United States to Ukraine · {years(data['period'])}",
        source=chapter.publishers(data),
        alt=f"Two lines by quarter: all kinds, highest in {printed(peak['period'])}; military alone, highest in "
        f"{printed(most['period'])} at {quantity(most['value'], 'eur_bn', 1)}; the last quarter with any aid is {printed(final)}.",
    )  # fmt: skip


def _last_change(levels: pd.Series) -> float:
    """The last of some values in order of time less the one before it."""
    before, final = levels.tolist()[-2:]
    return float(final - before)


def _yearly(chapter: Chapter) -> pd.DataFrame:
    """Aid of all kinds by year in billions of euros; columns US, Europe (with the Union's institutions), all donors."""
    rows = of_precision(outturns(rows_of(chapter, "endgame-aid-by-donor")), "year")
    parts = {
        "US": pick(rows, AID, geo="US"),
        "states": pick(rows, AID, geo=EUROPE),
        "union": pick(rows, UNION),
        "all": pick(rows, AID_OF_ALL),
    }
    wide = pd.DataFrame({name: part.set_index("period")["value"] for name, part in parts.items()}).dropna()
    return wide.assign(Europe=wide["states"] + wide["union"]).sort_index()


def aid_by_donor(chapter: Chapter) -> Figure:
    """Aid of all kinds by year: the United States, Europe with the Union's institutions, and all donors."""
    figure_id = "endgame-aid-by-donor"
    wide = _yearly(chapter)
    named = {
        "all": ("all donors", ""),
        "Europe": ("Europe with the Union’s institutions", "EU27"),
        "US": ("United States", "US"),
    }
    data = pd.DataFrame(
        {"line": line, "actor": actor, "period": period, "value": float(wide[name][period])}
        for name, (line, actor) in named.items()
        for period in wide.index
    )
    before, final = wide.iloc[-2], wide.iloc[-1]

    def change(name: str) -> str:
        first, second = (quantity(row[name], "eur_bn", 1) for row in (before, final))
        return f"{moved(before[name], final[name])} from {first} to {second}"

    return timeseries(
        data, unit="eur_bn", marks=article_mark(chapter), figure_id=figure_id,
        title=f"In {wide.index[-1]} American aid {change('US')}, Europe’s {change('Europe')}, and that of all donors "
        f"{change('all')}",
        subtitle=f"Billions of euros set aside, all kinds of aid · to Ukraine · {years(wide.index)}",
        source=chapter.publishers(rows_of(chapter, figure_id)),
        alt="Three lines by year. " + "; ".join(
            f"{line}: {', '.join(quantity(value, 'eur_bn', 1) for value in part['value'])}"
            for line, part in data.groupby("line", sort=False)
        ) + ".",
    )  # fmt: skip


def _arms(chapter: Chapter) -> pd.DataFrame:
    """Military aid by donor in the last two years, in billions of euros: a row a donor, a column a year."""
    rows = of_precision(outturns(rows_of(chapter, "endgame-military-aid-by-donor")), "year")
    wide = pick(rows, (ARMS, ARMS_OF_ALL)).pivot(index="geo", columns="period", values="value")
    return wide[sorted(wide.columns)[-2:]].dropna()


def military_aid_by_donor(chapter: Chapter) -> Figure:
    """Military aid by donor in the year of the article and the year after."""
    figure_id = "endgame-military-aid-by-donor"
    wide, names = _arms(chapter), _names(chapter)
    before, final = wide.columns
    names |= {EUROPE: "Europe, all states", WORLD: "All donors"}
    order = wide.sort_values(final, ascending=False).index
    data = pd.DataFrame(
        {
            "label": names[donor],
            "series": year,
            "value": f"{wide[year][donor]:.2f}",
            "actor": "US" if donor == "US" else "",
            "hollow": year == before,
        }
        for donor in order
        for year in (before, final)
    )
    lost, won = (_last_change(wide.T[donor]) for donor in ("US", EUROPE))
    others = wide.drop(index=["US", EUROPE, WORLD])
    more = int((others[final] > others[before]).sum())
    return dots(
        data, unit="eur_bn", ordered=False, figure_id=figure_id,
        title=f"From {before} to {final} American military aid {moved(0, lost)} by {quantity(abs(lost), 'eur_bn', 1)} and "
        f"Europe’s {moved(0, won)} by {quantity(abs(won), 'eur_bn', 1)}; {of_all(more, len(others))} of the others shown gave more",
        subtitle=f"Billions of euros set aside, military aid · to Ukraine · {before} (hollow) and {final}",
        source=chapter.publishers(rows_of(chapter, figure_id)),
        alt="; ".join(f"{row['label']} {quantity(row['value'], 'eur_bn')} in {row['series']}" for row in records(data)) + ".",
    )  # fmt: skip


def gap(chapter: Chapter) -> Markdown:
    """How much of what the United States no longer gave Europe made up, by two bases."""
    total, arms = _yearly(chapter), _arms(chapter)
    before, final = arms.columns[-2:]
    lost, won = (_last_change(total[name]) for name in ("US", "Europe"))
    arms_lost, arms_won = (_last_change(arms.T[donor]) for donor in ("US", EUROPE))
    rows = pick(outturns(rows_of(chapter, "endgame-military-aid-by-donor")), ARMS_CHANGE)
    europe, world = (last(pick(rows, geo=geo)) for geo in (EUROPE, WORLD))
    in_print = pick(outturns(rows_of(chapter, "endgame-aid-by-donor")), AID_PRINTED)
    span = _by_then(chapter, in_print)["period"]
    known = pick(in_print, period=span).set_index("geo")["value"]
    return Markdown(
        f"Between {before} and {final} European aid rose by {percent(100 * won / -lost)} of what American aid fell by, and "
        f"European arms by {percent(100 * arms_won / -arms_lost)} of what American arms fell by. The tracker’s authors take a "
        f"longer base, the three years up to {before}, and prices out: European arms {quantity(europe['value'], 'percent', signed=True)}, "
        f"those of all donors {quantity(world['value'], 'percent', signed=True)}. The American peak of {before} holds a loan "
        "against the proceeds of frozen assets, so that its fall is also the end of a single large payment. What was in print "
        f"when the article appeared counted from the beginning, with Europe at {quantity(known[EUROPE], 'eur_bn')} and the United "
        f"States at {quantity(known['US'], 'eur_bn')} up to {printed(span)}."
    )


# What allies spend, and what Europeans want


def _pledge(chapter: Chapter) -> float:
    return float(threshold_interval(chapter.library.primary(PLEDGE)["expected"]).left)


def _spending(rows: pd.DataFrame) -> pd.DataFrame:
    """Defence spending over output by the alliance's definition, outturns: a row a country, a column a year."""
    wide = pick(outturns(rows), SPENT).pivot(index="geo", columns="period", values="value")
    return wide[sorted(wide.columns)].dropna()


def defence_spending(chapter: Chapter) -> Figure:
    """Spending over output in the year of the pledge and in the last full year before the article."""
    figure_id = "endgame-defence-spending"
    rows, names, pledge = rows_of(chapter, figure_id), _names(chapter), _pledge(chapter)
    wide = _spending(rows)
    first, final = wide.columns[0], wide.columns[-1]
    order = wide.sort_values(final, ascending=False).index
    data = pd.DataFrame(
        {
            "label": names[country],
            "series": year,
            "value": float(wide[year][country]),
            "hollow": year == first,
        }
        for country in order
        for year in (first, final)
    )
    kept = {year: int((wide[year] >= pledge).sum()) for year in (first, final)}
    return dots(
        data, unit="percent_share", ordered=False, figure_id=figure_id,
        statement=Statement(pd.Interval(pledge, float("inf"), closed="left"), f"the pledge: at least {share(pledge)}"),
        title=f"{of_all(kept[final], len(wide)).capitalize()} of these allies spent {share(pledge)} of output or more on defence in "
        f"{final}, {kept[first] or 'none'} in {first}",
        subtitle=f"Defence spending over gross domestic product, %, as the alliance counts · {first} (hollow) and {final}",
        source=chapter.publishers(pick(outturns(rows), SPENT)),
        alt="; ".join(f"{row['label']} {share(row['value'])} in {row['series']}" for row in records(data)) + ".",
    )  # fmt: skip


def pledge_kept(chapter: Chapter) -> Markdown:
    """How many allies kept the pledge, by outturn and estimate, and what the other definition says."""
    rows, pledge = rows_of(chapter, "endgame-defence-spending"), _pledge(chapter)
    counts = pick(rows, ALLIES)
    firm = in_order(outturns(counts))
    told = ", ".join(f"{number(row['value'])} in {row['period']}" for row in records(firm))
    foreseen = pick(counts, status="estimate")
    spread = " or ".join(number(value) for value in sorted(foreseen["value"]))
    wide = pick(outturns(rows), SPENT_SIPRI).pivot(index="geo", columns="period", values="value")
    years_known = sorted(wide.columns)
    reached = [f"{int((wide[year] >= pledge).sum())} in {year}" for year in (years_known[0], years_known[-1])]
    return Markdown(
        f"Of all allies, {told} kept the pledge; estimates made in {foreseen['period'].iloc[0]} gave {spread} for that year. "
        f"By the wider definition of SIPRI, of {len(wide)} European countries {reached[0]} and {reached[1]} spent "
        f"{share(pledge)} or more."
    )


def european_opinion(chapter: Chapter) -> Figure:
    """What Europeans said in the first and the last wave of each question: for holding out, or for an end."""
    figure_id = "endgame-european-opinion"
    rows, names = outturns(rows_of(chapter, figure_id)), _names(chapter)
    holding = {
        "opinion.support_until_ukraine_wins_yougov": "support until Ukraine wins",
        "opinion.poland_continue_fight_no_concessions": "fight on, concede nothing",
        "opinion.france_arms_supply_approve": "arms, in favour",
    }
    ending = {
        "opinion.negotiated_peace_yougov": "negotiated peace",
        "opinion.poland_peace_even_with_concessions": "peace even with concessions",
        "opinion.germany_concessions_necessary": "land will have to be ceded",
        "opinion.germany_arms_support_too_far": "arms go too far",
    }
    parts: list[pd.DataFrame] = []
    changes: dict[str, list[float]] = {"holding": [], "ending": []}
    for kind, questions in (("holding", holding), ("ending", ending)):
        for series, question in questions.items():
            for country in sorted(set(pick(rows, series)["geo"])):
                part = pick(rows, series, geo=country)
                if part["period"].nunique() < 2:
                    continue
                ends = in_order(part).iloc[[0, -1]]
                changes[kind].append(float(ends["value"].iloc[1] - ends["value"].iloc[0]))
                parts.append(
                    ends.assign(
                        label=f"{names[country]}: {question}, {years(ends['period'])}",
                        series=["first wave", "last wave"],
                        hollow=[True, False],
                    )
                )
    data = pd.concat(parts)
    fell, rose = (
        sum(change < 0 for change in changes["holding"]),
        sum(change > 0 for change in changes["ending"]),
    )
    return dots(
        data, unit="percent_share", ordered=False, figure_id=figure_id,
        title=f"Asked again, Europeans were less for holding out in {of_all(fell, len(changes['holding']))} cases and more for an "
        f"end of the war in {of_all(rose, len(changes['ending']))}",
        subtitle=f"% of adults who say so, first wave (hollow) and last wave · {years(data['period'])}",
        source=chapter.publishers(data),
        alt="; ".join(
            f"{label} {share(part['value'].iloc[0])} to {share(part['value'].iloc[1])}"
            for label, part in data.groupby("label", sort=False)
        ) + ".",
    )  # fmt: skip
