"""How the articles speak: their key words, actors, frames, tone and spellings, from word counts alone.

Every figure is computed from table `tokens` and the lexicon; a word that is shown has a gloss or is refused.
The articles differ in outlet, genre, public and date at once, so a difference is one of texts, never of publics.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import networkx as nx
import pandas as pd
from IPython.display import Markdown

from analysis.chapter import Chapter
from analysis.chapters.phrases import of_all
from analysis.chapters.rows import records
from analysis.figures import numbers, style
from analysis.figures.figure import Figure
from analysis.figures.grouped_dots import grouped_dots
from analysis.figures.heat import heat
from analysis.figures.network import network
from analysis.figures.table import LONG, Column, Table, table
from analysis.methods.cooccurrence import cooccurrence
from analysis.methods.keyness import log_likelihood, log_ratio, log_ratio_intervals
from analysis.methods.log_odds import informative_prior, weighted_log_odds
from analysis.methods.section_bootstrap import LEVEL
from analysis.methods.word_rate import word_rates
from analysis.synthesis.corpus import Corpus
from analysis.verdicts import CONFLICTING, REFUTED, SUPPORTED

SOURCE = "the articles’ own words, counted by section (tables tokens and lexicon)"
PER_THOUSAND = "per thousand words"
INTERVAL = f"{LEVEL:.0%} interval from sections drawn anew"

# What can be a key word: nouns, names, verbs, adjectives and pairs of countries, of two signs or more.
CONTENT = r"n|v$|vn|a$|an|j"
LEAST_COUNT = 4  # in the article
LEAST_SECTIONS = 2
PRIOR = 500.0  # words that the prior of the log-odds weighs
SHOWN = 5

TONE = {"hedge": "hedges", "certainty": "certainty"}
GENERIC = ("conflict", "economic_consequences", "responsibility", "human_interest", "morality")

LEAST_MENTIONS = 10  # in all articles together, from which an actor is shown
PRESENT = 2  # mentions from which a section speaks of an actor
TOGETHER = 5  # sections from which a pair is drawn
FIGHTING, WAR = "fighting, whichever is meant", "战争"

CHANCE = 0.15  # bits of mutual information that count as chance: a tenth more or fewer meetings


def _with_public(corpus: Corpus, article_id: str) -> str:
    return f"{article_id} ({corpus.publics[article_id]})"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


# Key words


def keyness(corpus: Corpus) -> pd.DataFrame:
    """The words that part each article from the others, by article and then by z of the log-odds.

    Columns article_id, word, count, elsewhere, sections, log_ratio with low and high (bootstrap over
    sections), least (the smallest Log Ratio when one of the others is left out), g2 (four cells) and z.
    Only words of content that are frequent and spread enough, and whose interval lies above 0.
    """
    content = corpus.tags.str.match(CONTENT) & (corpus.tags.index.str.len() > 1)
    background = corpus.counts.sum(axis=1)
    parts = []
    for article_id in corpus.articles:
        target, others = corpus.counts[article_id], corpus.counts.drop(columns=article_id)
        reference, size = others.sum(axis=1), corpus.sizes[article_id]
        spread = (corpus.texts[article_id] > 0).sum()
        wanted = content & (target >= LEAST_COUNT) & (spread >= LEAST_SECTIONS)
        words = list(corpus.counts.index[wanted])
        odds = weighted_log_odds(target, reference, informative_prior(background, PRIOR))
        without = [
            log_ratio(target, reference - others[name], size, others.drop(columns=name).to_numpy().sum())
            for name in others
        ]
        rows = pd.DataFrame(
            {
                "article_id": article_id,
                "word": words,
                "count": target[words].astype(int).to_numpy(),
                "elsewhere": reference[words].astype(int).to_numpy(),
                "sections": spread[words].to_numpy(),
                "log_ratio": log_ratio(target, reference, size, reference.sum())[words].to_numpy(),
                "least": pd.concat(without, axis=1).min(axis=1)[words].to_numpy(),
                "g2": log_likelihood(target, reference, size, reference.sum())[words].to_numpy(),
                "z": odds.loc[words, "z"].to_numpy(),
            }
        )
        ends = log_ratio_intervals(corpus.texts, article_id, words)
        rows[["low", "high"]] = ends.to_numpy()
        parts.append(rows[rows["low"] > 0].sort_values("z", ascending=False, kind="stable"))
    return pd.concat(parts, ignore_index=True)


def _times(value: float) -> str:
    """A Log Ratio as a number of times."""
    times = 2**value
    return numbers.number(times, 0 if times >= 9.95 else 1)


def key_words(corpus: Corpus) -> Figure:
    """The words that most part each article from the others, with how many times more it uses them."""
    figure_id = "speech-key-words"
    rows = keyness(corpus)
    if rows.empty:
        raise ValueError(f"figure {figure_id}: no word parts an article from the others")
    corpus.check_glosses(rows["word"])
    top = rows.groupby("article_id", sort=False).head(SHOWN)
    data = pd.DataFrame(
        {
            "group": [_with_public(corpus, article_id) for article_id in top["article_id"]],
            "label": [corpus.spelled(word) for word in top["word"]],
            "value": top["log_ratio"],
            "low": top["low"],
            "high": top["high"],
            "count": top["count"],
            "elsewhere": top["elsewhere"],
            "g2": top["g2"],
            "z": top["z"],
        }
    ).reset_index(drop=True)
    first = top.drop_duplicates("article_id").set_index("article_id")["word"]
    said = [f"{corpus.gloss(word)} ({article_id})" for article_id, word in first.items()]
    return grouped_dots(
        data,
        ticks={0.0: "as often", 2.0: "4 ×", 4.0: "16 ×", 6.0: "64 ×"},
        figure_id=figure_id,
        title=f"The word that most parts each article from the others: {_listed(said)}",
        subtitle=f"Words ranked by weighted log-odds; how many times as often as in the other {len(corpus.articles) - 1} articles, "
        f"{INTERVAL}; a word found nowhere else counts as half an occurrence there",
        source=SOURCE,
        alt="; ".join(
            f"{group}: "
            + ", ".join(f"{row['label']} {_times(row['value'])} times as often" for row in records(part))
            for group, part in data.groupby("group", sort=False)
        )
        + ".",
    )


def key_word_table(corpus: Corpus) -> Table:
    """Every key word with both statistics, its interval and how it stands without each other article."""
    table_id = "speech-key-word-table"
    rows = keyness(corpus)
    rows = rows.assign(
        label=[corpus.spelled(word) for word in rows["word"]],
        rate=rows["count"] / rows["article_id"].map(corpus.sizes) * 1000,
        interval=[
            f"{numbers.number(low, 1)} to {numbers.number(high, 1)}"
            for low, high in zip(rows["low"], rows["high"], strict=True)
        ],
    )
    firm = int((rows["least"] > 0).sum())
    columns = {
        "label": Column("Word"),
        "article_id": Column("Article"),
        "count": Column("Here", numeric=True, decimals=0),
        "elsewhere": Column("In the others", numeric=True, decimals=0),
        "rate": Column("Per thousand words", numeric=True, decimals=1),
        "log_ratio": Column("Log Ratio", numeric=True, decimals=1),
        "interval": Column("Interval"),
        "least": Column("Least, one other left out", numeric=True, decimals=1),
        "g2": Column("G²", numeric=True, decimals=1),
        "z": Column("z of log-odds", numeric=True, decimals=1),
    }
    found = table(
        rows[["label", *list(columns)[1:]]],
        columns,
        table_id=table_id,
        title=f"{len(rows)} key words; {of_all(firm, len(rows))} lead also when any one of the other articles is left out",
        subtitle=f"Words with at least {LEAST_COUNT} occurrences in {LEAST_SECTIONS} sections whose {INTERVAL} lies above 0; "
        "Log Ratio 1 means twice as often",
        source=SOURCE,
    )
    return replace(found, folds_over=LONG)


# Actors


def _rates(corpus: Corpus, groups: dict[str, list[str]]) -> pd.DataFrame:
    """Rates per thousand words with intervals: article_id, group, count, value, low, high."""
    mentions, sizes = corpus.mentions(groups), corpus.sections.sum(axis=1)
    parts = []
    for article_id in corpus.articles:
        found = word_rates(mentions.loc[[article_id]], sizes.loc[[article_id]])
        parts.append(found.rename_axis("group").reset_index().assign(article_id=article_id))
    return pd.concat(parts, ignore_index=True)


def _actor_name(code: str) -> str:
    return "Europe" if code == "EU27" else style.ACTORS[code].name if code in style.ACTORS else code


def _most(rates: pd.DataFrame, article_id: str) -> str:
    part = rates[rates["article_id"] == article_id]
    return str(part.sort_values("value", kind="stable")["group"].iloc[-1])


def actors(corpus: Corpus) -> Figure:
    """How often each article speaks of each actor."""
    figure_id = "speech-actors"
    groups = corpus.groups("actors", "actor")
    if not groups:
        raise ValueError(f"figure {figure_id}: no word speaks of an actor")
    rates = _rates(corpus, groups)
    total = rates.groupby("group")["count"].sum().sort_values(ascending=False)
    kept = list(total.index[total >= LEAST_MENTIONS])
    order = rates["group"].map({name: place for place, name in enumerate(kept)})
    rates = rates[order.notna()].assign(order=order.dropna()).sort_values("order", kind="stable")
    data = pd.DataFrame(
        {
            "row": [_actor_name(code) for code in rates["group"]],
            "column": rates["article_id"],
            "value": rates["value"],
            "low": rates["low"],
            "high": rates["high"],
            "count": rates["count"].astype(int),
        }
    )
    leads = {article_id: _actor_name(_most(rates, article_id)) for article_id in corpus.articles}
    spoken = {
        name: [article_id for article_id in corpus.articles if leads[article_id] == name] for name in leads.values()
    }
    said = [f"{name} leads in {_listed(which)}" for name, which in spoken.items()]
    return heat(
        data, heads=corpus.publics, figure_id=figure_id,
        title=f"Whom the articles speak of most: {'; '.join(said)}",
        subtitle=f"Words for each actor {PER_THOUSAND}, with its leaders, capital and pairs of countries; below, {INTERVAL}; "
        "shaded against the largest of its row",
        source=SOURCE,
        alt="; ".join(
            f"{row}: " + ", ".join(f"{cell['column']} {numbers.number(cell['value'], 1)}" for cell in records(part))
            for row, part in data.groupby("row", sort=False)
        )
        + ".",
    )  # fmt: skip


def together(corpus: Corpus) -> nx.Graph:
    """The graph of actors that are spoken of in the same sections, the busiest first."""
    groups = corpus.groups("actors", "actor")
    mentions = corpus.mentions(groups)
    present = mentions >= PRESENT
    order = present.sum().sort_values(ascending=False, kind="stable").index
    graph = cooccurrence(present[list(order)], TOGETHER)
    graph.remove_nodes_from([node for node in graph if graph.nodes[node]["sections"] < TOGETHER])
    words = {name: set(found) for name, found in groups.items()}
    # A leader is a part of the state: that both are spoken of at once says nothing.
    graph.remove_edges_from(
        [(one, other) for one, other in graph.edges if words[one] <= words[other] or words[other] <= words[one]]
    )
    return graph


def actor_network(corpus: Corpus) -> Figure:
    """Which actors are spoken of in the same sections more, or less, than chance has it."""
    figure_id = "speech-network"
    graph = together(corpus)
    names = {code: _actor_name(code) for code in graph}
    edges = sorted(graph.edges(data="pmi"), key=lambda edge: (-edge[2], edge[0], edge[1]))
    if not edges:
        raise ValueError(f"figure {figure_id}: no two actors share {TOGETHER} sections")
    above = [f"{names[one]} with {names[other]}" for one, other, pmi in edges if pmi > CHANCE]
    below = [f"{names[one]} with {names[other]}" for one, other, pmi in reversed(edges) if pmi < -CHANCE]
    said = [
        f"{how} often than chance: {', '.join(pairs[:2])}"
        for how, pairs in (("more", above), ("less", below))
        if pairs
    ]
    return network(
        graph, names=names, chance=CHANCE, figure_id=figure_id,
        title=f"Named together {'; '.join(said)}" if said else "No two are named together beyond chance",
        subtitle=f"Sections of at least 200 words with {PRESENT} or more mentions of both, at least {TOGETHER} of "
        f"{len(corpus.sections)}; circles by sections of each",
        source=SOURCE,
        alt="; ".join(
            f"{names[one]} and {names[other]}: {edge['sections']} sections, {numbers.number(edge['pmi'], 2, signed=True)} bits"
            for one, other, edge in graph.edges(data=True)
        )
        + ".",
    )  # fmt: skip


# Frames


def _frame_name(frame: str) -> str:
    return frame.replace("_", " ").capitalize()


def frames(corpus: Corpus) -> Figure:
    """How often each article uses the words of each frame, the generic ones first."""
    figure_id = "speech-frames"
    groups = {name: words for name, words in corpus.groups("frames", "frame").items() if name not in TONE}
    if not groups:
        raise ValueError(f"figure {figure_id}: no word signals a frame")
    order = [name for name in GENERIC if name in groups] + sorted(set(groups) - set(GENERIC))
    rates = _rates(corpus, {name: groups[name] for name in order})
    rates["place"] = rates["group"].map(order.index)
    rates = rates.sort_values("place", kind="stable")
    data = pd.DataFrame(
        {
            "row": [_frame_name(name) for name in rates["group"]],
            "column": rates["article_id"],
            "value": rates["value"],
            "low": rates["low"],
            "high": rates["high"],
            "count": rates["count"].astype(int),
        }
    )
    leads = []
    for name, part in rates.groupby(rates["group"].astype(str), sort=False):
        ranked = part.sort_values("value", ascending=False, kind="stable")
        if ranked["low"].iloc[0] > ranked["high"].iloc[1:].max():
            leads.append(f"{_frame_name(name).lower()} (by article {ranked['article_id'].iloc[0]})")
    said = f": {_listed(leads)}" if leads else ""
    return heat(
        data, heads=corpus.publics, figure_id=figure_id,
        title=f"In {of_all(len(leads), len(order))} frames one article leads beyond the others’ intervals{said}",
        subtitle=f"Words of each frame {PER_THOUSAND}; below, {INTERVAL}; shaded against the largest of its row. The first "
        f"{len(set(GENERIC) & set(groups))} frames are generic, the others this debate’s own",
        source=SOURCE,
        alt="; ".join(
            f"{row}: " + ", ".join(f"{cell['column']} {numbers.number(cell['value'], 1)}" for cell in records(part))
            for row, part in data.groupby("row", sort=False)
        )
        + ".",
    )  # fmt: skip


# Tone


def fared(corpus: Corpus) -> pd.DataFrame:
    """How each article's claims fared now: supported, decided (supported, refuted, conflicting) and claims."""
    rows = []
    for article_id in corpus.articles:
        counts = Chapter(article_id, corpus.tables).counts()
        decided = counts[SUPPORTED] + counts[REFUTED] + counts[CONFLICTING]
        rows.append((article_id, counts[SUPPORTED], decided, sum(counts.values())))
    return pd.DataFrame(rows, columns=["article_id", "supported", "decided", "claims"]).set_index("article_id")


def tone(corpus: Corpus) -> Figure:
    """Hedges and words of certainty in each article, beside how its claims fared."""
    figure_id = "speech-tone"
    groups = {name: words for name, words in corpus.groups("frames", "frame").items() if name in TONE}
    if set(groups) != set(TONE):
        raise ValueError(f"figure {figure_id}: the lexicon has no words for {_listed(sorted(set(TONE) - set(groups)))}")
    rates, outcome = _rates(corpus, {name: groups[name] for name in TONE}), fared(corpus)
    heads, shares = {}, {}
    for article_id, row in outcome.iterrows():
        heads[article_id] = f"{article_id}: {row['supported']} of {row['decided']} decided claims supported"
        shares[article_id] = row["supported"] / row["decided"] if row["decided"] else float("nan")
        if not row["decided"]:
            heads[article_id] = f"{article_id}: no claim decided yet"
    rates["share"] = rates["article_id"].map(shares)
    rates = rates.sort_values("share", ascending=False, kind="stable", na_position="last")
    data = pd.DataFrame(
        {
            "group": rates["article_id"].map(heads),
            "label": rates["group"].map(TONE),
            "value": rates["value"],
            "low": rates["low"],
            "high": rates["high"],
            "count": rates["count"].astype(int),
            "supported_share": rates["share"],
        }
    ).reset_index(drop=True)
    counts = rates.pivot(index="article_id", columns="group", values="count").loc[corpus.articles]
    kinds = {
        "more certainty than hedging in": counts["certainty"] > counts["hedge"],
        "more hedging in": counts["certainty"] < counts["hedge"],
        "as much of both in": counts["certainty"] == counts["hedge"],
    }
    halves = [f"{said} {_listed(list(counts.index[which]))}" for said, which in kinds.items() if which.any()]
    top = int(data["high"].max())
    return grouped_dots(
        data, ticks={float(tick): str(tick) for tick in range(0, top + 1, 5)}, figure_id=figure_id,
        title=f"By their words: {', '.join(halves)}",
        subtitle=f"Hedges (may, perhaps) and words of certainty (bound to, of course) {PER_THOUSAND}, {INTERVAL}; "
        f"articles by the share of their decided claims that is supported. {len(corpus.articles)} texts: no correlation is claimed",
        source=f"{SOURCE}; verdicts of the claims",
        alt="; ".join(
            f"{group}: " + ", ".join(f"{row['label']} {numbers.number(row['value'], 1)}" for row in records(part))
            for group, part in data.groupby("group", sort=False)
        )
        + ".",
    )  # fmt: skip


# Wording


def spellings(corpus: Corpus) -> Table:
    """Names and words that the articles write in more than one way, before the spellings become one."""
    table_id = "speech-spellings"
    names, counts = corpus.tables["lexicon-names"], corpus.tables["variants"]
    common = dict(zip(names["variant"], names["name_zh"], strict=True))
    counts = counts.assign(name=[common.get(variant, variant) for variant in counts["variant"]])
    ways = counts.groupby("name")["variant"].nunique()
    counts = counts[counts["name"].isin(ways.index[ways > 1])]
    if counts.empty:
        raise ValueError(f"table {table_id}: nothing is spelled in more than one way")
    data = pd.DataFrame(
        [
            {"meaning": corpus.gloss(name)} | _used(corpus, part, "variant", lambda variant: variant)
            for name, part in counts.groupby(counts["name"].astype(str))
        ]
    )
    data = data.sort_values("meaning", kind="stable")
    columns = {"meaning": Column("What is meant")} | _heads(corpus)
    return table(
        data, columns, table_id=table_id,
        title=f"{len(data)} names and words are spelled in {counts['variant'].nunique()} ways: left as they are, spelling "
        "would pass for meaning",
        subtitle="Occurrences in each text, in simplified characters and before names take their common form",
        source="the articles’ own spellings (tables variants and lexicon names)",
    )  # fmt: skip


def _heads(corpus: Corpus) -> dict[str, Column]:
    return {article_id: Column(_with_public(corpus, article_id)) for article_id in corpus.articles}


def _used(corpus: Corpus, counts: pd.DataFrame, of: str, written: Callable[[str], str]) -> dict[str, str]:
    """What each article uses with how often, the commonest first: a cell an article."""
    counts = counts.sort_values("count", ascending=False, kind="stable")
    return {
        article_id: ", ".join(f"{written(row[of])} {int(row['count'])}" for row in records(part)) or numbers.DASH
        for article_id, part in ((name, counts[counts["article_id"] == name]) for name in corpus.articles)
    }


def wordings(corpus: Corpus) -> Table:
    """Which words the articles choose for the same thing, with how often."""
    table_id = "speech-wordings"
    groups = corpus.groups("wordings", "choice")
    if not groups:
        raise ValueError(f"table {table_id}: no choice of words is listed")
    counts = corpus.counts.rename_axis("word").reset_index().melt("word", var_name="article_id", value_name="count")
    counts = counts[counts["count"] > 0]
    rows = [
        {"choice": choice} | _used(corpus, counts[counts["word"].isin(words)], "word", corpus.spelled)
        for choice, words in groups.items()
    ]
    fighting = corpus.counts.loc[groups[FIGHTING]].T.astype(int)
    total = fighting.sum(axis=1)
    shares = (fighting[WAR] / total)[total > 0].sort_values(kind="stable")
    said = [
        f"{fighting[WAR][article_id]} of {total[article_id]} in {article_id}"
        for article_id in map(str, (shares.index[-1], shares.index[0]))
    ]
    return table(
        pd.DataFrame(rows), {"choice": Column("Speaks of")} | _heads(corpus),
        table_id=table_id, css_class="finding-cards",
        title=f"Of the words for fighting, war is {' and '.join(said)}",
        subtitle="How often each article uses each word, the commonest first; a count does not tell which war, or which side, is meant",
        source=SOURCE,
    )  # fmt: skip


# In words


def summary(corpus: Corpus) -> Markdown:
    """The section's answer, from the counts."""
    groups = {name: words for name, words in corpus.groups("frames", "frame").items() if name in TONE}
    rates = _rates(corpus, groups).sort_values("value", kind="stable")
    sure, careful = (rates[rates["group"] == name].iloc[-1] for name in ("certainty", "hedge"))
    network_edges = sorted(together(corpus).edges(data="pmi"), key=lambda edge: edge[2])
    one, other, _ = network_edges[0]
    fewest = (
        f" {_actor_name(one)} and {_actor_name(other)} share fewer passages than chance would give them."
        if network_edges[0][2] < -CHANCE
        else ""
    )
    return Markdown(
        f"Each article has a vocabulary of its own; {sure['article_id']} uses most words of certainty "
        f"({numbers.number(float(sure['value']), 1)} {PER_THOUSAND}) and {careful['article_id']} most hedges "
        f"({numbers.number(float(careful['value']), 1)}).{fewest}"
    )


def limits(corpus: Corpus) -> Markdown:
    """What so few texts can and cannot show."""
    sections = corpus.sections.groupby(level="article_id", sort=False).size()
    few, many = sections.sort_values(kind="stable").index[[0, -1]]
    publics = pd.Series(corpus.publics).value_counts()
    alone = [name for name, count in publics.items() if count == 1]
    return Markdown(
        f"The {len(corpus.articles)} texts have {numbers.number(int(corpus.sizes.sum()))} words in {len(corpus.sections)} sections, "
        f"from {sections[few]} in {few} to {sections[many]} in {many}. Words of one passage go together, so the intervals come "
        "from whole sections drawn anew, and where there are few sections they are rough. They say how a text would vary if "
        "its passages were others of its kind; they are no test of a difference between publics. "
        f"{_listed([str(name) for name in alone])} {'is' if len(alone) == 1 else 'are'} each read in a single text, so outlet, "
        "genre, author, date and public cannot be told apart. The lists of frame words and hedges were drawn up by readers who knew "
        "the articles and count words without their context: a denied war counts as war, and a word’s frame is a judgement that "
        "anyone can change in the tables and compute anew."
    )
