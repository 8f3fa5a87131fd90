"""Where the articles meet: their stands on shared propositions, what the evidence says, one joint argument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape

import pandas as pd
from IPython.display import Markdown

from analysis import arguments
from analysis.addresses import claim_address
from analysis.arguments import FALL, HIGH_SCORES, RISE, SEMANTICS, TIE, TRANSFERS, UNDECIDED, Argument
from analysis.chapters.coders import agreement
from analysis.chapters.phrases import of_all
from analysis.figures import style
from analysis.figures.bars import bars, dots
from analysis.figures.figure import Figure
from analysis.figures.stands import STANDS, chip, confrontation
from analysis.figures.table import Column, Html, Table, markup
from analysis.figures.verdicts import verdict_table
from analysis.readings import Record, split
from analysis.synthesis.book import Book
from analysis.verdicts import LABELS, REFUTED, SUPPORTED, plural

BOOK = "the book's own rules on the rows named at each claim"
DISPUTED, QUALIFIED, AGREED = "disputed", "qualified", "agreed"
RELATIONS = {"for": "support", "against": "attack"}
MARGIN = 0.05
"""How near to one half a strength is called as good as there."""
SHOWN = 10
"""How many of the weightiest premises are shown, before ties."""


@dataclass(frozen=True)
class Meeting:
    """The shared propositions of a book, in order of dispute, with stands, bearings and the joint argument."""

    book: Book

    # Stands

    @cached_property
    def claims(self) -> dict[str, Record]:
        """The claims of all articles by id."""
        return {
            key: claim for chapter in self.book.chapters.values() for key, claim in chapter.claims.items()
        }

    @cached_property
    def articles(self) -> list[str]:
        """The articles that coders have held against the propositions, in order of publication."""
        coded = set(self.book.tables["stands"]["article_id"])
        return [article for article in self.book.chapters if article in coded]

    @cached_property
    def stands(self) -> dict[str, dict[str, tuple[str, list[str]]]]:
        """For each proposition, in order of dispute, each coded article's stand and the claims in which it takes it.

        ValueError when there is no proposition, or one lacks the stand of such an article.
        """
        propositions = self.book.tables["propositions"]["proposition_id"].tolist()
        if not propositions:
            raise ValueError("there is no shared proposition: propositions.csv is empty")
        rows = {
            (row["proposition_id"], row["article_id"]): (str(row["stand"]), split(row["claim_ids"]))
            for row in self.book.tables["stands"].to_dict("records")
        }
        found = {}
        for proposition in sorted(propositions):
            for article in self.articles:
                if (proposition, article) not in rows:
                    raise ValueError(f"the proposition {proposition} has no stand of {article} in stands.csv")
            found[proposition] = {article: rows[proposition, article] for article in self.articles}
        places = {proposition: self._place(by) for proposition, by in found.items()}
        return {
            proposition: found[proposition]
            for proposition in sorted(found, key=lambda key: (places[key], key))
        }

    @staticmethod
    def _place(stands: Mapping[str, tuple[str, list[str]]]) -> tuple[int, int]:
        speaking = [stand for stand, _ in stands.values() if stand != "silent"]
        return [DISPUTED, QUALIFIED, AGREED].index(_accord(speaking)), -len(speaking)

    def accord(self, proposition: str) -> str:
        """Whether the articles that speak of it agree: agreed, qualified (some in part), or disputed (yes and no)."""
        return _accord([stand for stand, _ in self.stands[proposition].values() if stand != "silent"])

    def takers(self, proposition: str) -> dict[str, list[str]]:
        """The articles by the stand that they take."""
        found: dict[str, list[str]] = {}
        for article, (stand, _) in self.stands[proposition].items():
            found.setdefault(stand, []).append(article)
        return found

    @cached_property
    def words(self) -> dict[str, Record]:
        """The propositions' rows by id."""
        return {row["proposition_id"]: row for row in self.book.tables["propositions"].to_dict("records")}

    # Evidence

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """The verdict on every claim of the book, at its article's publication (`then`) and `now`."""
        chapters = self.book.chapters.values()
        return {
            when: {key: label for chapter in chapters for key, label in chapter.labels(when).items()}
            for when in ("then", "now")
        }

    @cached_property
    def bearings(self) -> pd.DataFrame:
        """A row a claim that bears on a proposition: proposition_id, claim_id, bearing, then, now; in their order.

        ValueError when there is none; a bearing on which the coders differ counts for nothing.
        """
        rows = self.book.tables["bearings"]
        rows = rows[rows["bearing"].isin(RELATIONS)]
        if rows.empty:
            raise ValueError("no claim bears on a shared proposition: bearings.csv is empty")
        order = {proposition: place for place, proposition in enumerate(self.stands)}
        rows = rows.assign(place=rows["proposition_id"].map(order))
        rows = rows.sort_values(["place", "claim_id"])[["proposition_id", "claim_id", "bearing"]]
        verdicts = {when: rows["claim_id"].map(self.labels[when]) for when in ("then", "now")}
        return rows.assign(**verdicts).reset_index(drop=True)

    def borne_out(self, proposition: str, when: str = "now") -> tuple[int, int]:
        """How many decided claims speak for a proposition, and how many against.

        A supported claim speaks the way it bears, a refuted one the other way; all others speak for neither.
        """
        rows = self.bearings[self.bearings["proposition_id"] == proposition]
        ways = rows["bearing"].map({"for": 1, "against": -1}) * rows[when].map({SUPPORTED: 1, REFUTED: -1})
        return int((ways == 1).sum()), int((ways == -1).sum())

    # The joint argument

    @cached_property
    def argument(self) -> Argument:
        """All inferences of the book, and the propositions, fed by the claims of the stands that bear on them.

        A proposition is a sink. InvalidData when a circle results.
        """
        way = self.bearings.set_index(["proposition_id", "claim_id"])["bearing"].to_dict()
        fed = [
            {
                "inference_id": f"{proposition}|{claim}",
                "from_claim": claim,
                "to_claim": proposition,
                "relation": RELATIONS[way[proposition, claim]],
                "warrant": self.words[proposition]["short_en"],
            }
            for proposition, stands in self.stands.items()
            for _, named in stands.values()
            for claim in named
            if (proposition, claim) in way
        ]
        inferences = self.book.tables["inferences"]
        rows = pd.concat([inferences, pd.DataFrame(fed, columns=inferences.columns)], ignore_index=True)
        return arguments.build(rows)

    def strengths(self, when: str = "now") -> dict[str, float]:
        """The strength of every claim and proposition of the joint argument, under DF-QuAD."""
        return self.argument.strengths(self.argument.base_scores(self.labels[when]))

    @cached_property
    def conclusions(self) -> list[str]:
        """The claims marked as conclusions that inferences lead to, in order of id."""
        graph = self.argument.graph
        return sorted(
            key
            for key in graph
            if key in self.claims and self.claims[key]["role"] == "conclusion" and graph.in_degree(key)
        )

    @cached_property
    def rules(self) -> pd.DataFrame:
        """Under every rule of strength the summed change, over conclusions and propositions, that each premise's fall makes.

        A row a premise, 0 where it starts low already; a column a rule (semantics, transfer, score of
        Supported), the book's own first.
        """
        targets = [*self.conclusions, *(key for key in self.stands if key in self.argument.graph)]
        columns = {}
        for name, semantics in SEMANTICS.items():
            for transfer_name, transfer in TRANSFERS.items():
                for high in sorted(HIGH_SCORES, key=lambda score: abs(score - 0.9)):
                    scores = {SUPPORTED: high, REFUTED: 1 - high}
                    base = self.argument.base_scores(self.labels["now"], scores)
                    falls = self.argument.falls(base, targets, semantics, transfer)
                    columns[name, transfer_name, high] = falls.abs().sum(axis=1)
        return pd.DataFrame(columns, index=self.argument.premises).fillna(0.0)


def _accord(speaking: list[str]) -> str:
    if {"affirms", "denies"} <= set(speaking):
        return DISPUTED
    return QUALIFIED if len(set(speaking)) > 1 else AGREED


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _link(meeting: Meeting, claim_id: str) -> str:
    return f"[{meeting.claims[claim_id]['short_en']}]({claim_address(claim_id)})"


def _named(meeting: Meeting, keys: list[str]) -> str:
    return _listed([f"*{meeting.words[key]['short_en']}*" for key in keys])


# Stands


def answer(meeting: Meeting) -> Markdown:
    """The page's answer: where the articles contradict each other, and how the evidence on it lies."""
    by = {
        word: [key for key in meeting.stands if meeting.accord(key) == word]
        for word in (DISPUTED, QUALIFIED, AGREED)
    }
    said = [f"The articles meet on {plural(len(meeting.stands), 'shared proposition')}."]
    if by[DISPUTED]:
        said.append(
            f"On {len(by[DISPUTED])} one affirms what another denies: {_named(meeting, by[DISPUTED])}."
        )
        leans = {
            way: [key for key in by[DISPUTED] if _lean(*meeting.borne_out(key)) == way] for way in (1, -1, 0)
        }
        parts = [
            f"{word} {_named(meeting, leans[way])}"
            for way, word in ((1, "for"), (-1, "against"), (0, "for neither side of"))
            if leans[way]
        ]
        said.append(f"Of the claims decided by now more speak {'; '.join(parts)}.")
    else:
        said.append("On none does one affirm what another denies.")
    if by[QUALIFIED]:
        said.append(f"On {len(by[QUALIFIED])} at least one article qualifies what others say outright.")
    said.append(
        f"On {len(by[AGREED]) or 'none'} all that speak agree{': ' + _named(meeting, by[AGREED]) if by[AGREED] else ''}."
    )
    waiting = [meeting.book.name(article) for article in meeting.book.chapters if article not in meeting.articles]
    if waiting:
        said.append(f"Not yet held against the propositions: {_listed(waiting)}.")
    return Markdown(" ".join(said))


def _lean(one: int, other: int) -> int:
    return (one > other) - (one < other)


def stands_table(meeting: Meeting) -> Table:
    """Propositions by articles: each cell a stand, with the claims in which the article takes it."""
    names = {article: meeting.book.name(article) for article in meeting.articles}
    cells, rows = [], []
    for key, stands in meeting.stands.items():
        cell: dict[str, str] = {
            "proposition": Html(
                f'<span title="{escape(meeting.words[key]["statement_en"])}">{escape(meeting.words[key]["short_en"])}'
                f'</span><span class="stand-claims">{meeting.accord(key)}</span>'
            )
        }
        for article, (stand, named) in stands.items():
            links = " ".join(
                f'<a href="{claim_address(claim)}" title="{escape(meeting.claims[claim]["short_en"])}">'
                f"{claim.rpartition('.')[2]}</a>"
                for claim in named
            )
            cell[article] = Html(
                chip(stand) + (f'<span class="stand-claims">{links}</span>' if links else "")
            )
            row = {"proposition_id": key, "article_id": article, "stand": stand, "claim_ids": ";".join(named)}
            rows.append({**row, "accord": meeting.accord(key)})
        cells.append(cell)
    columns = {"proposition": Column("Proposition")} | {key: Column(name) for key, name in names.items()}
    disputed = sum(meeting.accord(key) == DISPUTED for key in meeting.stands)
    silent = sum(stand == "silent" for stands in meeting.stands.values() for stand, _ in stands.values())
    return Table(
        "together-stands",
        f"On {of_all(disputed, len(meeting.stands))} shared propositions one article affirms what another denies",
        f"Stand of each article, in order of publication; numbers lead to its claims; {silent} of "
        f"{len(rows)} cells are silent",
        "the articles, as coders read them and a written rule settles it",
        markup(pd.DataFrame(cells), columns, "finding-stands"),
        pd.DataFrame(rows),
    )


def propositions(meeting: Meeting) -> Table:
    """What each proposition says in full, and why the articles meet there."""
    rows = pd.DataFrame([meeting.words[key] for key in meeting.stands])
    shown = rows.assign(
        statement_zh=[Html(f'<span lang="zh-Hans">{escape(text)}</span>') for text in rows["statement_zh"]]
    )
    columns = {
        "statement_en": Column("Proposition"),
        "statement_zh": Column("In Chinese"),
        "ground": Column("Why here"),
    }
    return Table(
        "together-propositions",
        f"The {len(rows)} propositions in full",
        "In English and Chinese, with what each leaves out",
        BOOK,
        markup(shown, columns, "finding-cards"),
        rows,
        0,
    )


def coders(meeting: Meeting) -> Markdown:
    """How far the coders agree on stands and bearings."""
    codings = meeting.book.tables["codings"]
    said = []
    for name in ("stands", "bearings"):
        codes = codings[codings["table"] == name].pivot(index="key", columns="coder", values="code")
        said.append(agreement(name, codes, "nominal"))
    return Markdown(f"How far coders agree: {'; '.join(said)}.")


# Evidence


def evidence(meeting: Meeting) -> Figure:
    """The claims for and against each proposition by verdict, beside the articles' stands."""
    rows = meeting.bearings
    shorts = rows["proposition_id"].map({key: words["short_en"] for key, words in meeting.words.items()})
    leans = [_lean(*meeting.borne_out(key)) for key in meeting.stands]
    data = rows.assign(proposition=shorts)[["proposition", "claim_id", "bearing", "then", "now"]]
    tally = "; ".join(
        f"{meeting.words[key]['short_en']}: {one} for, {other} against"
        for key in meeting.stands
        for one, other in [meeting.borne_out(key)]
    )
    return confrontation(
        data,
        stands={meeting.words[key]["short_en"]: meeting.takers(key) for key in meeting.stands},
        figure_id="together-evidence",
        title=f"More decided claims speak for {of_all(leans.count(1), len(leans))} propositions, and more against "
        f"{leans.count(-1) or 'none'}",
        subtitle=f"Claims of all {len(meeting.articles)} articles that bear on each proposition, by their own verdict; nothing is weighed",
        source=BOOK,
        alt=f"A supported claim counts the way it bears and a refuted one the other way. {tally}.",
    )


def bearing_table(meeting: Meeting) -> Table:
    """Every claim for and against each proposition, with its verdict now, linked to its rows."""

    def marked(row: pd.Series) -> str:
        look = style.verdict(row["now"])
        return (
            f'<a class="verdict-claim-id" href="{claim_address(row["claim_id"])}" '
            f'title="{escape(meeting.claims[row["claim_id"]]["short_en"])}: {look.label}">{look.icon} {row["claim_id"]}</a>'
        )

    cells = []
    for key in meeting.stands:
        rows = meeting.bearings[meeting.bearings["proposition_id"] == key]
        cell: dict[str, str] = {"proposition": meeting.words[key]["short_en"]}
        for side in RELATIONS:
            cell[side] = Html(" ".join(marked(row) for _, row in rows[rows["bearing"] == side].iterrows()))
        cells.append(cell)
    key_to_icons = ", ".join(f"{look.icon} {look.label.lower()}" for look in style.VERDICTS.values())
    columns = {
        "proposition": Column("Proposition"),
        "for": Column("Claims that speak for it"),
        "against": Column("Claims that speak against it"),
    }
    return Table(
        "together-bearings",
        f"The {plural(len(meeting.bearings), 'bearing')} one by one",
        f"Verdicts now: {key_to_icons}",
        BOOK,
        markup(pd.DataFrame(cells), columns, "finding-cards"),
        meeting.bearings,
        0,
    )


def disputes(meeting: Meeting) -> Markdown:
    """Each disputed proposition: who stands where, and how many decided claims speak for either side."""
    lines = []
    for key in meeting.stands:
        if meeting.accord(key) != DISPUTED:
            continue
        takers, (one, other), (before, against) = (
            meeting.takers(key),
            meeting.borne_out(key),
            meeting.borne_out(key, "then"),
        )
        who = "; ".join(
            f"{', '.join(takers[stand])} {look.word if len(takers[stand]) == 1 else look.plural}"
            for stand, look in STANDS.items()
            if stand in takers and stand != "silent"
        )
        rows = meeting.bearings[meeting.bearings["proposition_id"] == key]
        undecided = len(rows) - one - other
        lines.append(
            f"- **{meeting.words[key]['short_en']}** ({who}): of {plural(len(rows), 'claim')} that bear on it, {one} "
            f"now speak for it, {other} against, {undecided} for neither; at publication {before} and {against}."
        )
    return Markdown("\n".join(lines) if lines else "No proposition is disputed.")


# The joint argument


def joint(meeting: Meeting) -> Markdown:
    """How large the joint argument is, and what it makes of conclusions and propositions."""
    now, graph = meeting.strengths(), meeting.argument.graph
    shown = meeting.conclusions
    top = max(f"{now[key]:.2f}" for key in shown)
    strongest = [key for key in shown if f"{now[key]:.2f}" == top]
    low = min(f"{now[key]:.2f}" for key in shown)
    weakest = [key for key in shown if f"{now[key]:.2f}" == low]
    labels = [meeting.labels["now"][key] for key in strongest]
    tally = ", ".join(f"{labels.count(label)} {label.lower()}" for label in LABELS if label in labels)
    carried = [key for key in shown if now[key] > UNDECIDED + TIE]
    refuted = [key for key in carried if meeting.labels["now"][key] == REFUTED]
    said = [
        f"All inferences of the {len(meeting.book.chapters)} articles together join {len(meeting.claims.keys() & set(graph))} claims; "
        f"{plural(len(meeting.argument.premises), 'premise')} that nothing supports carry "
        f"{plural(len(shown), 'conclusion')}. The premises lift {len(carried)} of these above one half.",
        f"The strongest, at {top}, are {len(strongest)} at once; by evidence of their own they are {tally}.",
        f"The weakest, at {low}: {_listed([_link(meeting, key) for key in weakest])}.",
    ]
    if refuted:
        said.append(
            f"A strong argument is no proof: {_listed([_link(meeting, key) for key in refuted])} "
            f"{'stands' if len(refuted) == 1 else 'stand'} above one half and {'is' if len(refuted) == 1 else 'are'} "
            "refuted by evidence of their own."
        )
    return Markdown(" ".join(said))


def conclusions_table(meeting: Meeting) -> Table:
    """All conclusions of the book in order of their strength, each with the verdict on its own evidence."""
    now, then = meeting.strengths(), meeting.strengths("then")
    if not meeting.conclusions:
        raise ValueError("table together-conclusions: inferences.csv leads to no conclusion")
    order = sorted(meeting.conclusions, key=lambda key: (-round(now[key], 6), key))
    rows = pd.DataFrame(
        {
            "claim_id": order,
            "label": [meeting.claims[key]["short_en"] for key in order],
            "verdict_at_publication": [meeting.labels["then"][key] for key in order],
            "verdict": [meeting.labels["now"][key] for key in order],
            "strength": [now[key] for key in order],
            "address": [claim_address(key) for key in order],
        }
    )
    well = [key for key in order if now[key] >= RISE - TIE]
    supported = sum(meeting.labels["now"][key] == SUPPORTED for key in well)
    moved = max(abs(now[key] - then[key]) for key in order)
    table = verdict_table(
        rows,
        table_id="together-conclusions",
        title=f"{len(well)} of {plural(len(order), 'conclusion')} reach a strength of {RISE}; {supported} of them are "
        "supported by evidence of their own",
        subtitle=f"Strength, 0 to 1, from the premises now; later evidence moved it by at most {moved:.2f}",
        source=BOOK,
    )
    return Table(table.table_id, table.title, table.subtitle, table.source, table.html, table.data, SHOWN)


def proposition_strengths(meeting: Meeting) -> Figure:
    """How strong each proposition comes out of the joint argument, with its range over all rules of strength."""
    rows = []
    now = meeting.strengths()
    for key in meeting.stands:
        if key not in meeting.argument.graph:
            raise ValueError(f"figure together-propositions-strength: no claim feeds {key}")
        span = meeting.argument.robustness(meeting.labels["now"], key)["strength"]
        rows.append(
            {
                "label": meeting.words[key]["short_en"],
                "series": "strength",
                "value": f"{now[key]:.2f}",
                "low": span.min(),
                "high": span.max(),
            }
        )
    data = pd.DataFrame(rows)
    near = sum(abs(now[key] - UNDECIDED) <= MARGIN + TIE for key in meeting.stands)
    said = "; ".join(f"{row['label']} {row['value']}, {row['low']:.2f} to {row['high']:.2f}" for row in rows)
    return dots(
        data,
        unit="",
        figure_id="together-propositions-strength",
        title=f"Arguments on both sides leave {of_all(near, len(data))} propositions within {MARGIN} of one half",
        subtitle="Strength, 0 to 1, from the claims of the stands; dot: the book’s own rule, line: lowest to highest of all rules",
        source=BOOK,
        alt=f"{said}.",
    )


# What it hangs on


def _weightiest(meeting: Meeting) -> pd.Series:
    """The premises whose fall changes most, weightiest first, all that tie with the last shown included."""
    own = meeting.rules.iloc[:, 0]
    own = own[own > TIE]
    if own.empty:
        raise ValueError("figure together-hinges: no premise moves a conclusion")
    order = sorted(own.index, key=lambda key: (-round(float(own[key]), 9), key))
    last = own[order[min(SHOWN, len(order)) - 1]]
    return own[[key for key in order if own[key] > last - TIE]]


def hinges(meeting: Meeting) -> Figure:
    """The premises on which most of the book hangs, by what their fall changes in all."""
    shown = _weightiest(meeting)
    data = pd.DataFrame(
        {
            "label": [
                f"{meeting.claims[key]['short_en']} ({meeting.claims[key]['article_id']})"
                for key in shown.index
            ],
            "value": [f"{value:.2f}" for value in shown],
            "claim_id": list(shown.index),
            "verdict": [meeting.labels["now"][key] for key in shown.index],
        }
    )
    count, half = _half(meeting)
    return bars(
        data,
        unit="",
        ordered=False,
        figure_id="together-hinges",
        title=f"{half} of {plural(len(meeting.argument.premises), 'premise')} make up half of all that single falls "
        "would change",
        subtitle=f"Summed change of all conclusions and propositions when one premise falls to {FALL}; {count} change any",
        source=BOOK,
        alt="; ".join(f"{row.label} {row.value}" for row in data.itertuples()) + ".",
    )


def _half(meeting: Meeting) -> tuple[int, int]:
    """How many premises change anything, and how few of them make up half of the sum of changes."""
    own = meeting.rules.iloc[:, 0].sort_values(ascending=False)
    moving = own[own > TIE]
    return len(moving), int((moving.cumsum() < moving.sum() / 2 - TIE).sum()) + 1


def moved_most(meeting: Meeting) -> Markdown:
    """For the weightiest premises: which conclusion or proposition each changes most, and by how much."""
    targets = [*meeting.conclusions, *(key for key in meeting.stands if key in meeting.argument.graph)]
    falls = meeting.argument.falls(meeting.argument.base_scores(meeting.labels["now"]), targets)
    lines = []
    for premise in _weightiest(meeting).index:
        row = falls.loc[premise]
        most = row.abs().max()
        hit = [str(key) for key in row.index if abs(row[key]) > most - TIE]
        names = _listed(
            [_link(meeting, key) if key in meeting.claims else _named(meeting, [key]) for key in hit]
        )
        change = f"{'lowers' if row[hit[0]] < 0 else 'raises'} {names} by {most:.2f}"
        others = int((row.abs() > TIE).sum()) - len(hit)
        lines.append(
            f"- {_link(meeting, premise)}: its fall {change}{' each' if len(hit) > 1 else ''}"
            + (f" and changes {others} more" if others else "")
        )
    return Markdown("\n".join(lines))


def stability(meeting: Meeting) -> Markdown:
    """How far the ranking of premises stays the same under other semantics, transfers and base scores."""
    rules = meeting.rules
    own = set(_weightiest(meeting).index)
    kept = {rule: len(own & set(_first(rules[rule], len(own)))) for rule in rules.columns[1:]}
    ranks = rules.rank(ascending=False).corr(method="spearman").iloc[0, 1:]
    name, transfer = next(iter(SEMANTICS)), next(iter(TRANSFERS))
    alike = {rule for rule in rules.columns[1:] if rule[1] == transfer}
    spans = []
    for said, group in (
        ("with the same transfer", alike),
        ("with the whole strength passed on", set(rules.columns[1:]) - alike),
    ):
        spans.append(
            f"{said}, {min(kept[rule] for rule in group)} to {max(kept[rule] for rule in group)} of the {len(own)} stay "
            f"among the first, and the rank correlation over all premises lies between "
            f"{min(ranks[rule] for rule in group):.2f} and {max(ranks[rule] for rule in group):.2f}"
        )
    always = [key for key in own if all(key in set(_first(rules[rule], len(own))) for rule in rules.columns)]
    steady = (
        f"Under all of them {_listed([_link(meeting, key) for key in sorted(always)])} "
        f"{'stays' if len(always) == 1 else 'stay'} among the first."
        if always
        else "No premise stays among the first under all of them."
    )
    return Markdown(
        f"The ranking is that of {name} with the book’s own scores. Under {plural(len(rules.columns) - 1, 'other rule')} "
        f"(semantics, transfer, scores) it shifts: {'; '.join(spans)}. {steady}"
    )


def _first(changes: pd.Series, count: int) -> list[str]:
    """The premises with the largest changes, those that tie with the last included."""
    return [str(key) for key in changes.nlargest(count, keep="all").index]
