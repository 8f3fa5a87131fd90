"""What every chapter is made of: its claims, verdicts, argument and rows, ready to be shown.

A chapter's own module adds the figures that only its article needs; the notebook narrates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis import arguments, tables, verdicts
from analysis.addresses import claim_address
from analysis.arguments import Argument
from analysis.ledger import attribution
from analysis.package import Tables
from analysis.readings import Library, Record, Reference, read, split, transformed_unit
from analysis.verdicts import Verdict

WIDTHS = (0.5, 1.0, 1.5, 2.0)


@dataclass(frozen=True)
class Chapter:
    """One article under test: everything is computed from the tables and nothing is set here."""

    article_id: str
    tables: Tables

    @cached_property
    def library(self) -> Library:
        return Library(self.tables)

    @cached_property
    def article(self) -> Record:
        return self.library.articles[self.article_id]

    @cached_property
    def claims(self) -> dict[str, Record]:
        """The article's claims by id, in order of id."""
        return {
            claim_id: claim
            for claim_id, claim in sorted(self.library.claims.items())
            if claim["article_id"] == self.article_id
        }

    @cached_property
    def now(self) -> dict[str, Verdict]:
        return {claim_id: verdicts.now(self.library, claim_id) for claim_id in self.claims}

    @cached_property
    def then(self) -> dict[str, Verdict]:
        return {claim_id: verdicts.at_publication(self.library, claim_id) for claim_id in self.claims}

    def counts(self, when: str = "now") -> Counter[str]:
        """How many claims have each label, now or at publication (`then`)."""
        return Counter(verdict.label for verdict in (self.now if when == "now" else self.then).values())

    # The argument

    @cached_property
    def argument(self) -> Argument:
        return arguments.build(self.tables["inferences"], self.claims)

    @cached_property
    def conclusions(self) -> list[str]:
        """The claims that the argument leads to and that lead nowhere further, marked as conclusions."""
        return [
            claim_id
            for claim_id in self.argument.conclusions
            if self.claims[claim_id]["role"] == "conclusion"
        ]

    def labels(self, when: str = "now") -> dict[str, str]:
        return {
            claim_id: verdict.label
            for claim_id, verdict in (self.now if when == "now" else self.then).items()
        }

    def base_scores(self, when: str = "now") -> dict[str, float]:
        return self.argument.base_scores(self.labels(when))

    def strengths(self, when: str = "now") -> dict[str, float]:
        """The strength of every claim of the argument, under DF-QuAD with linked premises."""
        return self.argument.strengths(self.base_scores(when))

    # Tables to show

    def verdict_rows(self, claim_ids: Iterable[str] | None = None) -> pd.DataFrame:
        """A row a claim, of some claims or all: its label, its two verdicts, its attribution, its address."""
        shown = list(self.claims) if claim_ids is None else list(claim_ids)
        return pd.DataFrame(
            {
                "claim_id": shown,
                "label": [self.claims[claim_id]["short_en"] for claim_id in shown],
                "verdict_at_publication": [self.then[claim_id].label for claim_id in shown],
                "verdict": [self.now[claim_id].label for claim_id in shown],
                "attribution": [attribution(self.library, claim_id) or "" for claim_id in shown],
                "address": [claim_address(claim_id) for claim_id in shown],
            }
        )

    def overturned(self) -> list[str]:
        """Claims whose verdict is another now than at publication."""
        return [claim_id for claim_id in self.claims if self.now[claim_id].label != self.then[claim_id].label]

    def reading_table(self, claim_id: str) -> pd.DataFrame:
        """Each fair reading of a claim with the verdict that it alone would give: definitions side by side."""
        as_of = self.tables.schema.as_of
        claim = self.claims[claim_id]
        rows = []
        for reading in self.library.readings_of[claim_id]:
            if reading["table"] in ("forecasts", "inferences"):
                verdict = self.now[claim_id]
            else:
                verdict = verdicts.by_reading(self.library, claim, reading, as_of, 1.0)
            rows.append(
                {
                    "reading_id": reading["reading_id"],
                    "primary": reading["primary"] == "yes",
                    "ground": reading["ground"],
                    "omits": reading["omits"],
                    "verdict": verdict.label,
                    "estimates": [item.estimate for item in verdict.evidence if item.estimate is not None],
                }
            )
        return pd.DataFrame(rows)

    def reading_unit(self, reading: Record) -> str:
        """The unit in which a reading of observations measures."""
        unit = self.library.series[split(reading["key"])[0]]["unit"]
        return transformed_unit(reading["transform"], unit)

    def evidence_rows(self, claim_id: str) -> pd.DataFrame:
        """Every piece of evidence that any reading of a claim finds.

        Columns: reading_id, ground, primary, origin, low and high (what the measurement admits) and
        estimate (empty for a bound), judgement, period, known_since; the primary reading comes first.
        """
        rows = []
        for reading in self.library.readings_of[claim_id]:
            for item in read(self.library, reading, self.tables.schema.as_of):
                interval = item.measured
                rows.append(
                    {
                        "reading_id": reading["reading_id"],
                        "ground": reading["ground"],
                        "primary": reading["primary"] == "yes",
                        "origin": "; ".join(self.origin_names[origin] for origin in sorted(item.origins)),
                        "low": None if interval is None else interval.left,
                        "high": None if interval is None else interval.right,
                        "estimate": item.estimate if interval is not None and interval.length == 0 else None,
                        "judgement": item.judgement,
                        "period": "; ".join(dict.fromkeys(reference.period for reference in item.references)),
                        "known_since": item.known,
                    }
                )
        return pd.DataFrame(rows)

    @cached_property
    def origin_names(self) -> dict[str, str]:
        """The first publishers' names by id."""
        return dict(zip(self.tables["origins"]["origin_id"], self.tables["origins"]["name_en"], strict=True))

    def width_table(self) -> pd.DataFrame:
        """The verdict of every claim with a figure as the tolerance of its statement is narrowed and widened."""
        shown = [claim_id for claim_id, claim in self.claims.items() if claim["qualifier"]]
        as_of = self.tables.schema.as_of
        return pd.DataFrame(
            {
                "claim_id": shown,
                **{
                    f"{width:g}": [
                        verdicts.judge(self.library, claim_id, as_of, width).label for claim_id in shown
                    ]
                    for width in WIDTHS
                },
            }
        )

    def hanging_on_width(self) -> list[str]:
        """Claims whose verdict moves with the tolerance of their statement."""
        table = self.width_table().set_index("claim_id")
        return [str(claim_id) for claim_id, labels in table.iterrows() if labels.nunique() > 1]

    def undecided(self) -> pd.DataFrame:
        """What is not known, and what would settle it: the ground of each primary reading."""
        shown = [claim_id for claim_id in self.claims if self.now[claim_id].label == verdicts.NOT_ENOUGH]
        return pd.DataFrame(
            {
                "claim_id": shown,
                "claim": [self.claims[claim_id]["short_en"] for claim_id in shown],
                "why": [self.now[claim_id].explanation for claim_id in shown],
            }
        )

    # Rows behind figures

    def figure_rows(self, figure_id: str) -> pd.DataFrame:
        """All observations of a figure's series, corrected, with what a chart needs of series and source.

        Columns: series_id, series, unit, period, geo, counterparty, value, bound, status, quality,
        source_id, source, origins; one row an observation, in order of id.
        """
        figure = self.tables.row("figures", figure_id)
        rows = [
            {
                "series_id": row.series_id,
                "series": self.library.series[row.series_id]["title_en"],
                "unit": self.library.series[row.series_id]["unit"],
                "period": row.period,
                "geo": row.geo,
                "counterparty": row.counterparty,
                "value": float(row.value),
                "bound": row.bound,
                "status": row.status,
                "quality": row.quality,
                "source_id": row.source_id,
                "source": self.library.sources[row.source_id]["publisher"],
                "origins": ";".join(sorted(row.origins)),
                "observation_id": row.observation_id,
            }
            for key in sorted(self.library.observations)
            if key[0] in split(figure["series_ids"])
            for row in sorted(self.library.observations[key], key=lambda row: row.observation_id)
        ]
        columns = ["series_id", "series", "unit", "period", "geo", "counterparty", "value", "bound", "status"]
        columns += ["quality", "source_id", "source", "origins", "observation_id"]
        return pd.DataFrame(rows, columns=columns)

    def origins_of(self, claim_id: str) -> list[str]:
        """The origins of every piece of evidence on a claim, a cell a piece."""
        as_of = self.tables.schema.as_of
        found = [read(self.library, reading, as_of) for reading in self.library.readings_of[claim_id]]
        return [";".join(sorted(item.origins)) for items in found for item in items]

    def publishers(self, rows: pd.DataFrame) -> str:
        """Who first published the rows of a figure, for its source line."""
        origins = sorted({self.origin_names[origin] for cell in rows["origins"] for origin in split(cell)})
        return "; ".join(origins)

    @cached_property
    def _figures(self) -> list[pd.DataFrame]:
        """The rows behind each of the chapter's figures."""
        figures = self.tables["figures"]
        own = figures.loc[figures["article_id"] == self.article_id, "figure_id"]
        return [self.figure_rows(figure_id) for figure_id in own]

    def _references(self) -> Iterator[Reference]:
        """The rows behind every verdict now, as often as they serve."""
        for verdict in self.now.values():
            for item in verdict.evidence:
                yield from item.references

    def observations_used(self) -> set[str]:
        """The observations that the chapter's verdicts and figures rest on."""
        used = {reference.row_id for reference in self._references() if reference.table == "observations"}
        return used.union(*(rows["observation_id"] for rows in self._figures))

    def sources(self) -> pd.DataFrame:
        """The sources that the chapter's verdicts and figures rest on, each once."""
        used = {reference.source_id for reference in self._references()}
        used = used.union(*(rows["source_id"] for rows in self._figures))
        frame = self.tables["sources"]
        return frame[frame["source_id"].isin(used)].sort_values("source_id")

    def parameters(self) -> dict[str, dict[str, Any]]:
        """The numbers that this chapter's sensitivity analyses vary, by id."""
        frame = self.tables["parameters"]
        own = frame[frame["article_id"] == self.article_id]
        return {row["parameter_id"]: row for row in own.to_dict("records")}  # type: ignore[misc]


def read_chapter(article_id: str) -> Chapter:
    """Load the tables and open one article's chapter; KeyError when there is no such article."""
    chapter = Chapter(article_id, tables.load())
    if article_id not in chapter.library.articles:
        raise KeyError(article_id)
    return chapter


def strengths(loaded: Tables) -> list[dict[str, Any]]:
    """Every claim that an inference joins to another, in order of id: claim_id, strength, strength_at_publication.

    Strengths run from 0 to 1, under DF-QuAD with linked premises.
    """
    found = []
    for article_id in sorted(loaded["articles"]["article_id"]):
        chapter = Chapter(article_id, loaded)
        now, then = chapter.strengths("now"), chapter.strengths("then")
        found += [
            {"claim_id": claim, "strength": now[claim], "strength_at_publication": then[claim]}
            for claim in now
        ]
    return sorted(found, key=lambda line: str(line["claim_id"]))
