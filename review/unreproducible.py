"""What nobody can reproduce from this project alone, and why: worked out from the tables."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.methods.agreement import krippendorff_alpha
from review.rows import table

WITHHELD = re.compile(
    r"withheld|classified|suspended publication|stopped publishing|no longer publish|not published|has not published"
    r"|unpublished|publishes no|publication (?:was )?(?:ended|stopped|ceased)",
    re.IGNORECASE,
)
# How far apart two codes are: ranks for stands and marks, names for everything else.
RANKED = {"positions", "stands", "relations", "sanctions_goals"}

# The tables whose rows are evidence and name their source.
RESTING = ("observations", "events", "stances", "offices", "sanctions", "positions", "relations", "event_codes", "forecasts")


def sources(folder: Path) -> list[dict[str, Any]]:
    """Attributions whose source was not read for it: not found, or not checked; and how many rows rest on that source otherwise."""
    rows = table(folder, "attributions")
    if rows.empty:
        return []
    unread = rows[rows["faithful"].isin(["source_not_found", "unchecked"])]
    others = [table(folder, name) for name in RESTING]
    named = pd.concat([other["source_id"] for other in others if "source_id" in other] or [pd.Series(dtype=str)]).value_counts()
    return [
        {
            "claim_id": row["claim_id"],
            "source_id": row["source_id"],
            "state": row["faithful"].replace("_", " "),
            "rows": int(named.get(row["source_id"], 0)),
            "why": row["searched"] or row["discrepancy"],
        }
        for row in unread.to_dict("records")
    ]


def _alpha(codes: pd.DataFrame, level: str) -> str:
    both = codes.dropna(thresh=2)
    if both.empty:
        return "no item has two codes"
    alpha = krippendorff_alpha(codes, level)
    return "not defined, all codes are equal" if pd.isna(alpha) else f"{alpha:.2f} ({level})"


def judgements(folder: Path) -> list[dict[str, Any]]:
    """Each table of judgement codes: items, coders, items coded twice, and Krippendorff's alpha."""
    rows, found = table(folder, "codings"), []
    for name, codes in rows.groupby("table") if not rows.empty else []:
        wide = codes.pivot_table(index="key", columns="coder", values="code", aggfunc="first")
        level = "ordinal" if name in RANKED else "nominal"
        if level == "ordinal":
            numbers = wide.apply(pd.to_numeric, errors="coerce")
            wide, level = (numbers, level) if numbers.notna().equals(wide.notna()) else (wide, "nominal")
        found.append(
            {
                "table": name,
                "items": len(wide),
                "coders": wide.shape[1],
                "twice": int((wide.notna().sum(axis=1) >= 2).sum()),
                "equal": int((wide.dropna(thresh=2).nunique(axis=1) == 1).sum()),
                "alpha": _alpha(wide, level),
            }
        )
    return found


def withheld(folder: Path) -> list[dict[str, Any]]:
    """Series whose own rows say that a statistic is not, or no longer, published."""
    series, observations = table(folder, "series"), table(folder, "observations")
    if series.empty or observations.empty:
        return []
    noted = observations[observations["note"].str.contains(WITHHELD)]
    said = dict(zip(noted["series_id"], noted["note"], strict=True))
    titles = dict(zip(series["series_id"], series["title_en"], strict=True))
    said |= {row["series_id"]: row["definition"] for row in series.to_dict("records") if WITHHELD.search(row["definition"])}
    return [{"series_id": name, "title": titles.get(name, name), "why": why} for name, why in sorted(said.items())]


def articles(folder: Path) -> list[dict[str, Any]]:
    """Articles of which no public copy was found: their text can be checked by its digest only."""
    rows = table(folder, "articles")
    return [
        {"article_id": row["article_id"], "title": row["title_en"], "sha256": row["sha256"]}
        for row in rows.to_dict("records")
        if not row["url"]
    ]


def estimates(folder: Path) -> dict[str, int]:
    """How many observations are what kind of value, and how many are bounds only."""
    rows = table(folder, "observations")
    if rows.empty:
        return {}
    bounds = int(rows["bound"].isin(["above", "below"]).sum())
    return {**{str(status): int(count) for status, count in rows["status"].value_counts().sort_index().items()}, "bounds only": bounds}


def everything(folder: Path) -> dict[str, Any]:
    """All of it, by kind."""
    return {
        "articles_without_public_copy": articles(folder),
        "sources_not_read": sources(folder),
        "judgement_codes": judgements(folder),
        "withheld_statistics": withheld(folder),
        "kinds_of_observations": estimates(folder),
    }
