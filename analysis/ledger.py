"""The ledger of all claims with their verdicts, and the trail from a claim to its rows and back."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Any

from analysis import side_by_side, verdicts
from analysis.errors import InputError, shortened
from analysis.package import Tables
from analysis.readings import Evidence, Library, read


def _number(figure: Decimal | None) -> float | None:
    return None if figure is None else float(figure)


def _evidence(evidence: tuple[Evidence, ...]) -> list[dict[str, Any]]:
    """The rows behind a verdict, each once, in a fixed order."""
    rows = {
        (reference.table, reference.row_id): {
            "table": reference.table,
            "key": reference.key,
            "value": reference.value,
            "period": reference.period,
            "source_id": reference.source_id,
        }
        for item in evidence
        for reference in item.references
    }
    return [rows[identity] for identity in sorted(rows)]


def attribution(library: Library, claim_id: str) -> str | None:
    """Whether the sources that the article names say what it says: the least faithful answer; None without any."""
    order = ("no", "partly", "source_not_found", "unchecked", "yes")
    found = {row["faithful"] for row in library.attributions.get(claim_id, [])}
    return next((answer for answer in order if answer in found), None)


def entry(library: Library, claim_id: str) -> dict[str, Any]:
    """One claim's line of the ledger, ready for JSON."""
    claim = library.claims[claim_id]
    now, then = verdicts.now(library, claim_id), verdicts.at_publication(library, claim_id)
    return {
        "claim_id": claim_id,
        "article_id": claim["article_id"],
        "kind": claim["kind"],
        "role": claim["role"],
        "verdict": now.label,
        "verdict_at_publication": then.label,
        "attribution": attribution(library, claim_id),
        "figure_low": _number(claim["figure_low"]),
        "figure_high": _number(claim["figure_high"]),
        "unit": claim["unit"] or None,
        "evidence": _evidence(now.evidence),
        "holds_share": now.share,
        "explanation": now.explanation,
    }


def ledger(tables: Tables, jobs: int | None = None) -> list[dict[str, Any]]:
    """All claims with their verdicts, in order of id; worked out in `jobs` processes (default: one a core)."""
    library = Library(tables)
    return side_by_side.run(partial(entry, library), sorted(library.claims), jobs)


def _lines_of(library: Library, item: Evidence) -> Iterator[str]:
    yield f"    {item.judgement}" + (f", {item.estimate:g}" if item.estimate is not None else "")
    for reference in item.references:
        source = library.sources[reference.source_id]
        yield f"      {reference.table}: {reference.row_id} = {reference.value} ({reference.period})"
        yield f"        {source['source_id']}: {source['title']}, {source['publisher']}, {source['published']}"
        if source["url"]:
            yield f"        {source['url']}"


def _claim_trail(library: Library, claim_id: str) -> Iterator[str]:
    claim = library.claims[claim_id]
    now, then = verdicts.now(library, claim_id), verdicts.at_publication(library, claim_id)
    yield f"{claim_id} ({claim['kind']}, paragraph {claim['paragraph']})"
    yield f"  {claim['statement_en']}"
    yield f"  {claim['statement_zh']}"
    yield f"  now: {now.label}. {now.explanation}"
    yield f"  at publication: {then.label}. {then.explanation}"
    as_of = library.tables.schema.as_of
    for reading in library.readings_of[claim_id]:
        name = "primary reading" if reading["primary"] == "yes" else "other reading"
        omits = f", omits {reading['omits']}" if reading["omits"] else ""
        yield f"  {name} {reading['reading_id']}: {reading['method']} of {reading['key']}{omits}"
        for item in read(library, reading, as_of):
            yield from _lines_of(library, item)
    for row in library.attributions.get(claim_id, []):
        yield f"  attributed to {row['source_id']}: faithful {row['faithful']}. {row['discrepancy']}".rstrip()


def claims_resting_on(library: Library) -> dict[str, list[str]]:
    """For every source, series, event and observation that a verdict uses now: the claims that rest on it."""
    found: dict[str, set[str]] = {}
    for claim_id in library.claims:
        for item in verdicts.now(library, claim_id).evidence:
            for reference in item.references:
                for name in (reference.source_id, reference.key, reference.row_id):
                    found.setdefault(name, set()).add(claim_id)
    return {name: sorted(claims) for name, claims in sorted(found.items())}


def trace(tables: Tables, identity: str) -> list[str]:
    """From a claim to its readings, rows and sources; or from a source, series or row to its claims.

    InputError when the tables hold nothing of that name.
    """
    library = Library(tables)
    if identity in library.claims:
        return list(_claim_trail(library, identity))
    known = {cell for name, table in tables.schema.tables.items() for cell in tables[name][table.key[0]]}
    if identity not in known:
        examples = ", ".join(sorted(library.claims)[:3])
        raise InputError(
            f"{shortened(identity)!r} is no claim, source, series, event or observation; write an id such as {examples}"
        )
    claims = claims_resting_on(library).get(identity, [])
    lines = [
        f"{identity}: {len(claims)} claims rest on it"
        if len(claims) != 1
        else f"{identity}: 1 claim rests on it"
    ]
    return lines + [f"  {claim}: {library.claims[claim]['statement_en']}" for claim in claims]
