"""What stands in the way of a thaw, as an argument: how well each obstacle is supported and what it carries.

Strength says how far the premises of an argument, scored by their verdicts, carry what is built on them, under a
stated rule. It is no probability, and no measure of how much an obstacle weighs in the world.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

import networkx as nx
import pandas as pd
from IPython.display import Markdown

from analysis.arguments import FALL, HIGH_SCORES, RISE, SEMANTICS, TIE, TRANSFERS, Argument, excess
from analysis.chapter import Chapter
from analysis.chapters.common import BOOK, branch, map_figure
from analysis.chapters.phrases import of_all
from analysis.chapters.rows import records
from analysis.chapters.words import link
from analysis.figures.bars import dots
from analysis.figures.figure import Figure
from analysis.figures.numbers import DASH
from analysis.figures.table import Column, Table, markup
from analysis.figures.verdicts import verdict_counts
from analysis.verdicts import SUPPORTED, plural

CONCLUSION = "reset.119"
OBSTACLES = {
    "Territory": range(44, 52),
    "Mistrust": range(52, 55),
    "Europe": range(55, 61),
    "Kyiv": range(61, 63),
    "American politics": range(63, 69),
}
"""The article's obstacles by the paragraphs that set them out."""

OWN = "DF-QuAD"
"""The semantics by which the book states strengths."""

NOTABLE = 0.005
"""Less rounds to nothing at two decimals and is not said to be a change."""


@dataclass(frozen=True)
class Obstacle:
    """The steps of one obstacle to the conclusion, and all claims that lead to them."""

    name: str
    inferences: tuple[str, ...]
    claims: tuple[str, ...]


# The argument


def _obstacles(chapter: Chapter, figure_id: str) -> list[Obstacle]:
    """The article's obstacles in its order; ValueError, naming the figure, when one has no step to the conclusion."""
    graph = chapter.argument.graph
    found = []
    for name, paragraphs in OBSTACLES.items():
        steps = [
            step
            for step in chapter.argument.inferences
            if step.conclusion == CONCLUSION
            and step.relation == "support"
            and all(int(chapter.claims[premise]["paragraph"]) in paragraphs for premise in step.premises)
        ]
        if not steps:
            raise ValueError(f"figure {figure_id}: {name.lower()} leads to no conclusion")
        direct = {premise for step in steps for premise in step.premises}
        claims = direct.union(*(nx.ancestors(graph, premise) for premise in direct))
        found.append(Obstacle(name, tuple(step.inference_id for step in steps), tuple(sorted(claims))))
    return found


def _without(argument: Argument, gone: Iterable[str]) -> Argument:
    """The argument without some steps to the conclusion."""
    removed = set(gone)
    return Argument(tuple(step for step in argument.inferences if step.inference_id not in removed))


def _rules() -> list[tuple[str, str, float]]:
    """Every semantics, transfer and score of a supported premise."""
    return list(product(SEMANTICS, TRANSFERS, HIGH_SCORES))


def _strengths(chapter: Chapter, runs: Mapping[str, Iterable[str]], when: str = "now") -> pd.DataFrame:
    """The conclusion's strength without each set of steps, under every rule: a row a rule, a column a set.

    A claim that loses all that leads to it keeps the base of a claim that is led to: it is not scored anew.
    """
    rows = []
    cut = {name: _without(chapter.argument, gone) for name, gone in runs.items()}
    for semantics, transfer, high in _rules():
        base = chapter.argument.base_scores(chapter.labels(when), {"Supported": high, "Refuted": 1 - high})
        found = {
            name: argument.strengths(base, SEMANTICS[semantics], TRANSFERS[transfer])[CONCLUSION]
            for name, argument in cut.items()
        }
        rows.append({"semantics": semantics, "transfer": transfer, "score": high, **found})
    return pd.DataFrame(rows)


def _losses(chapter: Chapter, figure_id: str) -> pd.DataFrame:
    """What the conclusion loses without each obstacle, under every rule; `strength` is what it has with all."""
    obstacles = _obstacles(chapter, figure_id)
    found = _strengths(chapter, {"strength": (), **{one.name: one.inferences for one in obstacles}})
    for one in obstacles:
        found[one.name] = (found["strength"] - found[one.name]).round(12)
    return found


def _stated(found: pd.DataFrame) -> pd.DataFrame:
    """The rules by which the book scores and passes on, one row a semantics."""
    standard = next(name for name, transfer in TRANSFERS.items() if transfer is excess)
    return found[(found["transfer"] == standard) & (found["score"] == HIGH_SCORES[1])].set_index("semantics")


def _row(stated: pd.DataFrame, semantics: str) -> dict[str, float]:
    """The numbers of one semantics by column."""
    row = stated.drop(columns=["transfer", "score"]).loc[semantics]
    return dict(zip(row.index, row.to_numpy(float).tolist(), strict=True))


def _leading(found: pd.DataFrame, names: list[str]) -> dict[str, int]:
    """Under how many rules each obstacle is the one whose removal costs most; ties count for all, a trifle for none."""
    counted = found[found[names].max(axis=1) >= NOTABLE]
    return {name: int((counted[name] > counted[names].max(axis=1) - TIE).sum()) for name in names}


# Figures


def support_picture(chapter: Chapter) -> Figure:
    """Each obstacle's claims by verdict, then and now."""
    figure_id = "reset-obstacles"
    obstacles = _obstacles(chapter, figure_id)
    rows = pd.concat([chapter.verdict_rows(one.claims).assign(group=one.name) for one in obstacles])
    shares = {
        one.name: (sum(chapter.now[claim_id].label == SUPPORTED for claim_id in one.claims), len(one.claims))
        for one in obstacles
    }
    firm = sum(2 * count > total for count, total in shares.values())
    said = [f"{name} {count} of {total}" for name, (count, total) in shares.items()]
    steps = [premise for one in obstacles for step in one.inferences for premise in _premises(chapter, step)]
    open_ = sum(chapter.now[premise].label != SUPPORTED for premise in steps)
    return verdict_counts(
        rows[["group", "claim_id", "verdict", "verdict_at_publication"]],
        figure_id=figure_id,
        title=f"Most claims behind {of_all(firm, len(shares))} obstacles are supported; of the {len(steps)} that bear directly on the "
        f"conclusion {open_} are not",
        subtitle="All claims that lead to the conclusion by way of each obstacle, by the verdict on their own evidence; some serve two",
        source=BOOK,
        alt=f"Supported now: {'; '.join(said)}.",
    )


def _premises(chapter: Chapter, inference_id: str) -> tuple[str, ...]:
    (step,) = (one for one in chapter.argument.inferences if one.inference_id == inference_id)
    return step.premises


def losses(chapter: Chapter) -> Figure:
    """What the conclusion loses without each obstacle, under three semantics."""
    figure_id = "reset-obstacle-losses"
    found = _losses(chapter, figure_id)
    names = list(OBSTACLES)
    stated = _stated(found)
    data = pd.DataFrame(
        [
            {"label": name, "series": semantics, "value": f"{_row(stated, semantics)[name]:.2f}"}
            for name in names
            for semantics in SEMANTICS
        ]
    ).assign(hollow=lambda rows: rows["series"] != OWN)
    top = max(names, key=lambda name: found[name].max())
    own = max(_row(stated, OWN)[name] for name in names)
    return dots(
        data, unit="index", ordered=False, figure_id=figure_id,
        title=f"Without any one obstacle the conclusion loses at most {found[top].max():.2f} over {len(found)} rules ({_small(top)}); "
        f"{_lost(own)} by the book’s own",
        subtitle="Loss of strength on a scale from 0 to 1, of which the axis shows a small part; no probability · filled: the book’s "
        "rule",
        source=BOOK,
        alt="; ".join(
            f"{name}: " + ", ".join(f"{semantics} {_row(stated, semantics)[name]:.2f}" for semantics in SEMANTICS)
            for name in names
        )
        + ".",
    )  # fmt: skip


def _lost(loss: float) -> str:
    return "under 0.01" if loss < NOTABLE else f"at most {loss:.2f}"


def removal_table(chapter: Chapter) -> Table:
    """Each obstacle: how many claims, how many supported, what its steps pass on, and what the conclusion loses."""
    table_id = "reset-obstacle-removal"
    obstacles = _obstacles(chapter, table_id)
    found = _losses(chapter, table_id)
    stated, lead = _stated(found), _leading(found, list(OBSTACLES))
    strengths = chapter.strengths()
    passed = {
        one.name: [
            f"{excess(min(strengths[premise] for premise in _premises(chapter, step))):.2f}"
            for step in one.inferences
        ]
        for one in obstacles
    }
    data = pd.DataFrame(
        [
            {
                "obstacle": one.name,
                "claims": len(one.claims),
                "supported": sum(chapter.now[claim_id].label == SUPPORTED for claim_id in one.claims),
                "steps": ", ".join(passed[one.name]),
                **{semantics: _row(stated, semantics)[one.name] for semantics in SEMANTICS},
                "range": f"{found[one.name].min():.2f}{DASH}{found[one.name].max():.2f}",
                "first": lead[one.name],
            }
            for one in obstacles
        ]
    )
    shown = data.assign(firm=[f"{row['supported']} of {row['claims']}" for row in records(data)])
    columns = {
        "obstacle": Column("Obstacle"),
        "firm": Column("Claims supported"),
        "steps": Column("Its steps pass on"),
        "range": Column("Conclusion loses without it"),
    }
    idle = [_small(name) for name, steps in passed.items() if set(steps) == {"0.00"}]
    return Table(
        table_id,
        f"{plural(len(obstacles), 'obstacle')}, taken away one at a time"
        + (f": {_listed(idle)} {'passes' if len(idle) == 1 else 'pass'} nothing on by the book’s rule" if idle else ""),
        f"What each step to the conclusion passes on ({OWN}, 0 to 1), and the least and most that the conclusion loses over "
        f"{len(found)} rules: {len(SEMANTICS)} semantics × {len(TRANSFERS)} transfers × {len(HIGH_SCORES)} scores of a supported premise",
        BOOK,
        markup(shown, columns),
        data,
    )


def _listed(names: list[str]) -> str:
    return " and ".join(", ".join(names).rsplit(", ", 1))


def obstacles_map(chapter: Chapter) -> Figure:
    """The conclusion with the claims that bear directly on it."""
    _obstacles(chapter, "reset-obstacles-map")
    return map_figure(
        chapter,
        branch(chapter, CONCLUSION),
        "obstacles-map",
        "What bears directly on the conclusion that obstacles remain",
    )


# Sentences


def answer(chapter: Chapter) -> Markdown:
    """Whether any obstacle, taken away, changes the conclusion, and by which rule."""
    figure_id = "reset-obstacle-losses"
    names = list(OBSTACLES)
    found = _losses(chapter, figure_id)
    stated, lead = _stated(found), _leading(found, names)
    parts = []
    for semantics in SEMANTICS:
        row = _row(stated, semantics)
        most = max(names, key=lambda name: row[name])
        lost = f"loses most, {row[most]:.2f}, without {_small(most)}"
        parts.append(
            f"under {semantics} it stands at {row['strength']:.2f} and "
            + (lost if row[most] >= NOTABLE else "loses less than 0.01 without any one of them")
        )
    verdict = chapter.now[CONCLUSION].label.lower()
    costly = [name for name in sorted(names, key=lambda name: -lead[name]) if lead[name]]
    ranked = _listed([f"{_small(name)} under {lead[name]}" for name in costly])
    none = int((found[names].max(axis=1) < NOTABLE).sum())
    return Markdown(
        f"**That obstacles remain is {verdict} on its own evidence. As an argument:** {'; '.join(parts)}. Of all {len(found)} rules, "
        + (f"the obstacle that costs most is {ranked}; " if costly else "")
        + f"under {none or 'none'} no obstacle costs as much as 0.01."
    )


def _small(name: str) -> str:
    return name if name in ("Europe", "Kyiv", "American politics") else name.lower()


def others_sentence(chapter: Chapter) -> Markdown:
    """What else bears on the conclusion, and its strength without that and without all obstacles."""
    obstacles = _obstacles(chapter, "reset-obstacle-losses")
    every = [step for one in obstacles for step in one.inferences]
    steps = [step for step in chapter.argument.inferences if step.conclusion == CONCLUSION]
    beside = [step for step in steps if step.relation == "support" and step.inference_id not in every]
    against = [step for step in steps if step.relation == "attack"]
    runs: dict[str, list[str]] = {"with everything": [], "without all obstacles": every}
    said = []
    if beside:
        named = ", ".join(
            " with ".join(f"*{link(chapter, premise)}*" for premise in step.premises) for step in beside
        )
        said.append(f"Beside the obstacles the article gives {plural(len(beside), 'more reason')} for the conclusion: {named}.")
        runs["without these"] = [step.inference_id for step in beside]
    if against:
        named = ", ".join(f"*{link(chapter, premise)}*" for step in against for premise in step.premises)
        said.append(f"Against it: {named}.")
        runs["without what speaks against it"] = [step.inference_id for step in against]
    else:
        said.append("Nothing in the argument speaks against it.")
    stated = _stated(_strengths(chapter, runs))
    lines = []
    for semantics in SEMANTICS:
        row = _row(stated, semantics)
        lines.append(f"- {semantics}: " + ", ".join(f"{row[name]:.2f} {name}" for name in runs))
    return Markdown("\n".join([" ".join([*said, "The conclusion’s strength:"]), "", *lines]))


def hinges_sentence(chapter: Chapter) -> Markdown:
    """Under each semantics the premises whose fall or rise moves the conclusion most, ties listed."""
    base = chapter.base_scores()
    lines = []
    for name, semantics in SEMANTICS.items():
        hinges = zip(chapter.argument.hinges(base, CONCLUSION, semantics), (FALL, RISE), strict=True)
        parts = [
            f"{', '.join(link(chapter, premise) for premise in hinge.premises)} set to {value}: {abs(hinge.change):.2f} "
            f"{'lower' if hinge.change < 0 else 'higher'}"
            for hinge, value in hinges
            if abs(hinge.change) >= NOTABLE
        ]
        lines.append(f"- {name}: {'; '.join(parts) or 'none moves it by as much as 0.01'}")
    return Markdown("\n".join(["The single premise that moves the conclusion most:", "", *lines]))


def causes_sentence(chapter: Chapter) -> Markdown:
    """How the claims that something holds the thaw up, as causes, fared."""
    claims = {claim_id for one in _obstacles(chapter, "reset-obstacles") for claim_id in one.claims}
    causes = sorted(claim_id for claim_id in claims if chapter.claims[claim_id]["kind"] == "causal")
    labels = pd.Series([chapter.now[claim_id].label for claim_id in causes]).value_counts()
    said = ", ".join(f"{count} {str(label).lower()}" for label, count in labels.items())
    named = "; ".join(link(chapter, claim_id) for claim_id in causes)
    return Markdown(
        f"Of the claims on the obstacles {of_all(len(causes), len(claims))} say that one thing holds up or brings about another ({named}): "
        f"{said}."
    )
